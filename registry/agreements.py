"""What must hold between provisions on every day: where two of them contradict each other, the law is not loaded."""

from collections.abc import Callable
from dataclasses import dataclass

from registry.facts import Kind, Role
from registry.reading import Applied, OnAct


@dataclass(frozen=True)
class Agreement(Applied):
    """Something that provisions must agree in, as a function of their values on one day."""


def agreement(function: Callable[..., bool]) -> Agreement:
    """Turn a function of provisions into an agreement."""
    return Agreement(function)


@agreement
def alarm_comes_before_the_target(service_alarm_days: OnAct[int], service_target_days: OnAct[int]) -> bool:
    """The alarm about a waiting case comes no later than the day it should be settled."""
    return service_alarm_days <= service_target_days


@agreement
def temporary_outlasts_the_wait(
    temporary_certificate_days: OnAct[int], permanent_after_business_days: OnAct[int]
) -> bool:
    """A temporary certificate is good until the permanent one follows, weekends and holidays counted."""
    return temporary_certificate_days >= 2 * permanent_after_business_days


@agreement
def minors_certifiers_are_certifiers(
    minor_certifier_types: OnAct[tuple[str, ...]], certifier_types: OnAct[tuple[str, ...]]
) -> bool:
    """Whoever may certify a minor may certify at all."""
    return set(minor_certifier_types) <= set(certifier_types)


@agreement
def certifiers_are_professions(certifier_types: OnAct[tuple[str, ...]]) -> bool:
    """Certifiers are physicians, APRNs or PAs; a pharmacist's certification has provisions of its own."""
    return set(certifier_types) <= {"physician", "aprn", "pa"}


@agreement
def pharmacists_provisions_go_together(
    pharmacist_certification_longest_days: OnAct[int | None], pharmacist_patient_minimum_age_years: OnAct[int | None]
) -> bool:
    """Where a pharmacist may certify, both the longest term and the least age are given."""
    return (pharmacist_certification_longest_days is None) == (pharmacist_patient_minimum_age_years is None)


@agreement
def a_pharmacist_certifies_for_no_longer_than_others(
    pharmacist_certification_longest_days: OnAct[int | None], certification_longest_months: OnAct[int]
) -> bool:
    """A pharmacist's certification, meant for the time between two others, is no longer than theirs."""
    return (pharmacist_certification_longest_days or 0) <= 31 * certification_longest_months


@agreement
def dated_papers_are_accepted_papers(
    dated_residency_document_types: OnAct[tuple[str, ...]], residency_document_types: OnAct[tuple[str, ...]]
) -> bool:
    """A paper that goes stale is one that is accepted while it is fresh."""
    return set(dated_residency_document_types) <= set(residency_document_types)


@agreement
def identity_papers_are_known(identity_document_types: OnAct[tuple[str, ...]]) -> bool:
    """Accepted proofs of identity are of the kinds that the portal knows."""
    return set(identity_document_types) <= {"drivers_license", "state_id", "passport", "passport_card", "other"}


@agreement
def residency_papers_are_known(residency_document_types: OnAct[tuple[str, ...]]) -> bool:
    """Accepted proofs of residency are of the kinds that the portal knows."""
    return set(residency_document_types) <= _RESIDENCY


_RESIDENCY = {
    *("drivers_license", "state_id", "utility_bill", "lease", "mortgage", "bank_statement", "tax_bill", "w2"),
    *("insurance", "government_mail", "voter_registration", "other"),
}


@agreement
def what_lasts_is_an_action(
    prior_action_statuses_until_lifted: OnAct[tuple[str, ...]], prior_action_statuses: OnAct[tuple[str, ...]]
) -> bool:
    """An action that counts until it is lifted is one of the actions that count."""
    return set(prior_action_statuses_until_lifted) <= set(prior_action_statuses)


@agreement
def actions_are_statuses(prior_action_statuses: OnAct[tuple[str, ...]]) -> bool:
    """Actions that count are statuses of the register."""
    return set(prior_action_statuses) <= {"expired", "suspended", "revoked", "denied", "withdrawn"}


@agreement
def standing_is_a_status(certifier_standing_statuses: OnAct[tuple[str, ...]]) -> bool:
    """Good standing is told by statuses of the register of certifiers."""
    return set(certifier_standing_statuses) <= {"active", "probation", "suspended", "lapsed", "revoked"}


@agreement
def automatic_kinds_are_kinds(automatic_kinds: OnAct[tuple[str, ...]]) -> bool:
    """What can be approved automatically are kinds of submission."""
    return set(automatic_kinds) <= set(Kind)


@agreement
def automatic_roles_are_roles(automatic_roles: OnAct[tuple[str, ...]]) -> bool:
    """Who can be approved automatically are roles."""
    return set(automatic_roles) <= set(Role)


@agreement
def relations_are_known(caregiver_relations_without_limit: OnAct[tuple[str, ...]]) -> bool:
    """Relations without limit are relations that the portal knows."""
    known = {"parent", "guardian", "conservator", "sibling", "spouse", "child", "other"}
    return set(caregiver_relations_without_limit) <= known


@agreement
def payments_are_known(settled_payment_statuses: OnAct[tuple[str, ...]]) -> bool:
    """What settles a fee are statuses that the portal knows."""
    return set(settled_payment_statuses) <= {"paid", "waived", "not_required", "failed", "refunded"}


@agreement
def a_share_is_no_more_than_all(
    second_look_percent: OnAct[int],
    near_name_likeness_percent: OnAct[int],
    near_page_likeness_percent: OnAct[int],
    near_picture_likeness_percent: OnAct[int],
) -> bool:
    """A percentage is a hundred at most."""
    pages = max(near_page_likeness_percent, near_picture_likeness_percent)
    return max(second_look_percent, near_name_likeness_percent, pages) <= 100


AGREEMENTS = (
    alarm_comes_before_the_target,
    temporary_outlasts_the_wait,
    minors_certifiers_are_certifiers,
    certifiers_are_professions,
    pharmacists_provisions_go_together,
    a_pharmacist_certifies_for_no_longer_than_others,
    dated_papers_are_accepted_papers,
    identity_papers_are_known,
    residency_papers_are_known,
    what_lasts_is_an_action,
    actions_are_statuses,
    standing_is_a_status,
    automatic_kinds_are_kinds,
    automatic_roles_are_roles,
    relations_are_known,
    payments_are_known,
    a_share_is_no_more_than_all,
)
