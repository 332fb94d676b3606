"""The registration acted on and the person behind it."""

from registry.addresses import same_address
from registry.calendar_days import add_months
from registry.facts import Kind
from registry.matter import Matter, rule
from registry.names import contradicts, same_name
from registry.papers import Answer
from registry.reasons import Reason
from registry.uploads import Standing

_LANE = "automatic lane (design)"
_IN_FORCE_UNTIL_LIFTED = "suspended"


@rule(Reason.REGISTRATION_UNKNOWN, _LANE)
def known(matter: Matter) -> str | None:
    """The registration that is renewed, replaced or changed exists."""
    application = matter.application
    wrong_role = matter.entry is not None and matter.entry.role is not application.role
    unknown = application.kind is not Kind.INITIAL and (matter.entry is None or wrong_role)
    return "No such registration is in the register for this role." if unknown else None


@rule(Reason.REGISTRATION_NOT_ACTIVE, _LANE)
def active(matter: Matter) -> str | None:
    """The registration acted on is active; one that merely ran out is renewed late."""
    entry = matter.entry
    if entry is None:
        return None
    if entry.expires_on is None:
        return "The register does not say when the registration ends."
    if entry.status == "active":
        return None
    ran_out = entry.status == "expired" and entry.expires_on < matter.submitted_on
    return None if ran_out else f"The registration is {entry.status}."


@rule(Reason.RENEWAL_EARLY, "DCP renewal page", "renewal_window_days")
def not_early(matter: Matter) -> str | None:
    """A renewal comes at most so many days before expiry."""
    entry = matter.entry
    if matter.application.kind is not Kind.RENEWAL or entry is None or entry.expires_on is None:
        return None
    window_days = matter.law.number("renewal_window_days")
    ahead_days = (entry.expires_on - matter.submitted_on).days
    return (
        f"The renewal came {ahead_days} days before expiry; it opens at {window_days}."
        if ahead_days > window_days
        else None
    )


@rule(Reason.IDENTITY_CHANGED, _LANE)
def same_person(matter: Matter) -> str | None:
    """First name, last name and date of birth are those of the register; a middle name given twice does not differ."""
    entry, application = matter.entry, matter.application
    if entry is None:
        return None
    same_names = same_name(entry.name, application.name) and not contradicts(entry.name.middle, application.name.middle)
    same = same_names and entry.date_of_birth == application.date_of_birth
    return None if same else "Name or date of birth differ from the register."


@rule(Reason.ADDRESS_CHANGED, _LANE)
def address_same_or_proven(matter: Matter) -> str | None:
    """The address is that of the register, or the proof of residency proves the new one."""
    entry = matter.entry
    if entry is None or same_address(entry.address, matter.application.address) or _proven(matter):
        return None
    return "The address differs from the register and is not proven by the proof of residency."


def _proven(matter: Matter) -> bool:
    paper = matter.residency
    return matter.is_patient and paper.standing is Standing.TEXT and paper.agrees_in_address is Answer.AGREES


@rule(Reason.PRIOR_ACTION, "RCSA 21a-408-7(a)(5)", "prior_action_months", "prior_action_statuses")
def no_recent_action(matter: Matter) -> str | None:
    """No registration of this person was denied, suspended or revoked in the months before the submission, or since.

    An action without a date counts, and so does a suspension that was never lifted.
    """
    statuses = matter.law.words("prior_action_statuses")
    months = matter.law.number("prior_action_months")
    since = add_months(matter.submitted_on, -months)
    recent = [
        status
        for status, day in matter.around.same_person_actions
        if status in statuses and (day is None or day >= since or status == _IN_FORCE_UNTIL_LIFTED)
    ]
    return f"A registration of this person is {recent[0]}, since the last {months} months or still." if recent else None


@rule(Reason.HOLD, _LANE)
def no_hold(matter: Matter) -> str | None:
    """Nobody asked that nothing be automatic for this person, and no row of this submission waits to be compared."""
    if matter.around.person_on_hold or (matter.entry is not None and matter.entry.hold):
        return "The register asks for a person: a hold is set."
    apart = matter.around.rows_apart
    return f"{apart} other row(s) of this submission are kept apart; compare them first." if apart else None


@rule(Reason.DUPLICATE_PERSON, _LANE)
def one_registration_each(matter: Matter) -> str | None:
    """Nobody else in the register or the queue bears this person's name and date of birth."""
    numbers, submissions = matter.around.same_person_numbers, matter.around.same_person_submissions
    if not numbers and not submissions:
        return None
    return f"The same name and date of birth also stand under {', '.join(numbers + submissions)}."


RULES = (
    known,
    active,
    not_early,
    same_person,
    address_same_or_proven,
    no_recent_action,
    no_hold,
    one_registration_each,
)
