"""Every day that a certificate, a registration or an answer depends on; each function is one term of the law.

A parameter that the policy sets bears the key of its provision, and its type says by which day that is measured.
"""

from collections.abc import Container
from datetime import date

from registry.calendar_days import add_business_days, add_days
from registry.portraits import photo_doubts
from registry.reading import Applied, OnAct, OnSubmission


def registration_ends_on(certification_expires_on: date, term_held_to: date | None = None) -> date:
    """The last day of a patient's registration: that of the certification, whenever the approval came.

    Conn. Gen. Stat. 21a-408d(a); DCP renewal page. `term_held_to` is given for a change or a replacement, which gives
    nobody a day more than is held.
    """
    return certification_expires_on if term_held_to is None else min(term_held_to, certification_expires_on)


def caregivers_registration_ends_on(patients_registration_ends_on: date, term_held_to: date | None = None) -> date:
    """The last day of a caregiver's registration: that of the patient's.

    Conn. Gen. Stat. 21a-408d(a); DCP renewal page. `term_held_to` is given for a change or a replacement, which gives
    nobody a day more than is held.
    """
    return patients_registration_ends_on if term_held_to is None else min(term_held_to, patients_registration_ends_on)


def temporary_ends_on(issued_on: date, certification_expires_on: date, temporary_certificate_days: OnAct[int]) -> date:
    """The last good day of a temporary certificate: so many days from issue, never past the certification.

    Older practice for the days; Conn. Gen. Stat. 21a-408d(a) for the certification.
    """
    return min(add_days(issued_on, temporary_certificate_days), certification_expires_on)


def permanent_due_on(issued_on: date, holidays: Container[date], permanent_after_business_days: OnAct[int]) -> date:
    """The day on which the permanent certificate follows a temporary one that nobody objected to.

    Design: two certificates. `issued_on` is the day of the temporary one, and is not counted.
    """
    return add_business_days(issued_on, permanent_after_business_days, holidays)


def answer_by(notice_sent_on: date, cure_days: OnAct[int]) -> date:
    """The last day on which an applicant can answer a deficiency notice; the next day a person decides.

    Design (Missouri 14 days, Illinois 30).
    """
    return add_days(notice_sent_on, cure_days)


def renewal_opens_on(expires_on: date, renewal_window_days: OnSubmission[int]) -> date:
    """The first day on which a registration that ends on `expires_on` can be renewed.

    DCP renewal page; the window under two-year certifications is unconfirmed.
    """
    return add_days(expires_on, -renewal_window_days)


def revocation_possible_on(withdrawn_on: date, withdrawal_grace_days: OnAct[int]) -> date:
    """The first day on which a registration whose certification was withdrawn, with no new one, can be revoked.

    RCSA 21a-408-8(a)(2). The last day of grace is the patient's.
    """
    return add_days(withdrawn_on, withdrawal_grace_days + 1)


def is_drawn(ticket: int, second_look_percent: OnSubmission[int]) -> bool:
    """Whether an automatic approval with this ticket, a number that nobody can foresee, also goes to a person.

    Design, after GAO B-227682.2, which accepted such sampling.
    """
    return ticket % 100 < second_look_percent


TERMS: tuple[Applied, ...] = (
    *(
        Applied(term)
        for term in (
            registration_ends_on,
            caregivers_registration_ends_on,
            temporary_ends_on,
            permanent_due_on,
            answer_by,
            renewal_opens_on,
            revocation_possible_on,
            is_drawn,
        )
    ),
    photo_doubts,
)
"""Every term, as a reader of the law; those of the clock stand with the clock. `photo_doubts` is a conclusion too."""
