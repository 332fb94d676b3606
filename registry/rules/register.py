"""The registration acted on and the person behind it."""

from datetime import date

from registry.calendar_days import add_months
from registry.case import Action, Likeness
from registry.facts import Kind, NearPerson, Role
from registry.paper_words import Answer
from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule
from registry.terms import renewal_opens_on


@rule(Reason.REGISTRATION_UNKNOWN, when="acts_on_a_registration")
def known(registration_role: Role | None, role: Role, same_person: tuple[str, ...]) -> str | None:
    """The registration that is renewed, replaced or changed exists."""
    if registration_role is role:
        return None
    instead = f" The name and date of birth stand under {', '.join(same_person)}." if same_person else ""
    return f"No such registration is in the register for this role.{instead}"


@rule(Reason.REGISTRATION_NOT_ACTIVE, when="registration_is_found")
def active(
    kind: Kind, registration_status: str, registration_expires_on: date | None, submitted_on: date
) -> str | None:
    """The registration acted on is active; one that merely ran out is renewed late."""
    if registration_expires_on is None:
        return "The register does not say when the registration ends."
    if registration_status == "active":
        return None
    ran_out = registration_status == "expired" and registration_expires_on < submitted_on
    return None if ran_out and kind is Kind.RENEWAL else f"The registration is {registration_status}."


@rule(Reason.RENEWAL_EARLY, when="renews_a_registration")
def not_early(
    registration_expires_on: date | None, submitted_on: date, renewal_window_days: OnSubmission[int]
) -> str | None:
    """A renewal comes at most so many days before expiry."""
    if registration_expires_on is None:
        return None
    if submitted_on >= renewal_opens_on(registration_expires_on, renewal_window_days):
        return None
    ahead_days = (registration_expires_on - submitted_on).days
    return f"The renewal came {ahead_days} days before expiry; it opens at {renewal_window_days}."


@rule(Reason.IDENTITY_CHANGED, when="registration_is_found")
def same_person_as_registered(register_name: Likeness, register_birth_date_agrees: bool) -> str | None:
    """First name, last name and date of birth are those of the register; a middle name given twice does not differ."""
    differs = [
        words
        for words, so in (
            ("the name is nearly that of the register, and not quite", register_name is Likeness.NEAR),
            ("the name is another than the register's", register_name is Likeness.OTHER),
            ("the date of birth is another than the register's", not register_birth_date_agrees),
        )
        if so
    ]
    return f"{'; '.join(differs).capitalize()}." if differs else None


@rule(Reason.ADDRESS_CHANGED, when="registration_is_found")
def address_same_or_proven(
    register_address_agrees: bool, residency_is_read: bool, residency_address: Answer
) -> str | None:
    """The address is that of the register, or the proof of residency proves the new one."""
    proven = residency_is_read and residency_address is Answer.AGREES
    if register_address_agrees or proven:
        return None
    return "The address differs from the register and is not proven by the proof of residency."


@rule(Reason.PRIOR_ACTION)
def no_recent_action(
    actions: tuple[Action, ...],
    submitted_on: date,
    prior_action_months: OnSubmission[int],
    prior_action_statuses: OnSubmission[tuple[str, ...]],
    prior_action_statuses_until_lifted: OnSubmission[tuple[str, ...]],
) -> str | None:
    """No registration of this person was denied, suspended or revoked in the months before the submission, or since.

    An action without a date counts, and so does a suspension that was never lifted.
    """
    first_day = add_months(submitted_on, -prior_action_months)
    for action in actions:
        lasts = action.since is None or action.status in prior_action_statuses_until_lifted
        if action.status in prior_action_statuses and (lasts or action.since >= first_day):  # type: ignore[operator]
            counted = f"actions since {first_day} count, and lasting ones"
            return f"A registration of this person is {action.status}; {counted}."
    return None


@rule(Reason.HOLD)
def no_hold(hold_is_set: bool, rows_apart: int) -> str | None:
    """Nobody asked that nothing be automatic for this person, and no row of this submission waits to be compared."""
    if hold_is_set:
        return "The register asks for a person: a hold is set."
    if rows_apart:
        return f"{rows_apart} other row(s) of this submission are kept apart; compare them first."
    return None


@rule(Reason.DUPLICATE_PERSON)
def one_registration_each(
    same_person: tuple[str, ...],
    near_persons: tuple[NearPerson, ...],
    near_name_likeness_percent: OnSubmission[int],
) -> str | None:
    """Nobody else in the register or the queue bears this name and date of birth, or nearly so."""
    if same_person:
        return f"The same name and date of birth also stand under {', '.join(same_person)}."
    near = [person.number for person in near_persons if person.likeness_percent >= near_name_likeness_percent]
    return f"Nearly this name and date of birth also stand under {', '.join(near)}: twins, or twice?" if near else None


RULES = (
    known,
    active,
    not_early,
    same_person_as_registered,
    address_same_or_proven,
    no_recent_action,
    no_hold,
    one_registration_each,
)
