"""Every defect a sample can hold: its code, the households it fits, how often, and the function that bends them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from registry.reasons import Reason
from tasks.sampling import bends_certification as certification
from tasks.sampling import bends_papers as papers
from tasks.sampling import bends_register as register
from tasks.sampling.cases import Case
from tasks.sampling.household import Household

Bend = Callable[[Household, list[Case]], None]


@dataclass(frozen=True, slots=True)
class Defect:
    """One way in which a submission is not as it should be."""

    code: Reason
    scenes: tuple[str, ...]
    """the households it fits, one of which is played"""
    touches: str
    """what it changes; two defects of one case touch different things"""
    weight: float
    bend: Bend
    extra_rows: int = 0
    long_ago: bool = False
    """whether the household belongs to the spring of 2023, when a fee was due"""


def _as_it_is(house: Household, cases: list[Case]) -> None:
    """The code is true of the household as it stands."""


_ANY = ("renewal", "renewal", "renewal", "initial")
_ID = (*_ANY, "caregiver_initial")
_ENTRY = ("renewal",)
_MINOR = ("minor_initial", "minor_renewal")
_PAIR = ("initial_cared",)

DEFECTS: tuple[Defect, ...] = (
    Defect(Reason.ID_MISSING, _ID, "identity", 5, papers.id_missing),
    Defect(Reason.ID_UNREADABLE, _ID, "identity", 4, papers.id_unreadable),
    Defect(Reason.ID_UNACCEPTABLE, _ID, "identity", 2, papers.id_unacceptable),
    Defect(Reason.ID_EXPIRED, _ID, "identity", 6, papers.id_expired),
    Defect(Reason.ID_INCONCLUSIVE, _ANY, "identity", 3, papers.id_inconclusive),
    Defect(Reason.ID_NAME_MISMATCH, _ID, "identity", 3, papers.id_name_mismatch),
    Defect(Reason.ID_DOB_MISMATCH, _ID, "identity", 2, papers.id_dob_mismatch),
    Defect(Reason.RES_MISSING, _ANY, "residency", 5, papers.res_missing),
    Defect(Reason.RES_UNREADABLE, _ANY, "residency", 4, papers.res_unreadable),
    Defect(Reason.RES_UNACCEPTABLE, _ANY, "residency", 2, papers.res_unacceptable),
    Defect(Reason.RES_STALE, _ANY, "residency", 8, papers.res_stale),
    Defect(Reason.RES_INCONCLUSIVE, _ANY, "residency", 3, papers.res_inconclusive),
    Defect(Reason.RES_NAME_MISMATCH, _ANY, "residency", 3, papers.res_name_mismatch),
    Defect(Reason.RES_ADDRESS_MISMATCH, _ANY, "residency", 3, papers.res_address_mismatch),
    Defect(Reason.DOC_UNSAFE, _ANY, "identity residency", 2, papers.doc_unsafe),
    Defect(Reason.DOC_REUSED, _ENTRY, "identity residency", 1, papers.doc_reused, extra_rows=1),
    Defect(Reason.PHOTO_UNUSABLE, _ID, "photo", 3, papers.photo_unusable),
    Defect(Reason.MINOR_LETTER_MISSING, _MINOR, "letters", 1, papers.minor_letter_missing),
    Defect(Reason.MINOR_ACK_MISSING, _MINOR, "letters", 1, papers.minor_ack_missing),
    Defect(Reason.MINOR_FORM, _MINOR, "dosage", 1, certification.minor_form),
    Defect(Reason.CERT_MISSING, _ANY, "certification", 4, certification.cert_missing),
    Defect(Reason.CERT_EXPIRED, _ANY, "certification", 5, certification.cert_expired),
    Defect(Reason.CERT_WITHDRAWN, _ANY, "certification", 1, certification.cert_withdrawn),
    Defect(Reason.CERT_TOO_LONG, _ANY, "certification", 3, certification.cert_too_long),
    Defect(Reason.CERT_SOURCE_INVALID, _ANY, "certification", 1, certification.cert_source_invalid),
    Defect(Reason.CERTIFIER_UNKNOWN, _ANY, "certification", 2, certification.certifier_unknown),
    Defect(Reason.CERTIFIER_NOT_IN_STANDING, _ANY, "certification", 3, certification.certifier_not_in_standing),
    Defect(Reason.CERTIFIER_TYPE, (*_MINOR, "initial"), "certification", 1, certification.certifier_type),
    Defect(Reason.CONDITION_UNKNOWN, _ANY, "certification", 2, certification.condition_unknown),
    Defect(Reason.CONDITION_NOT_FOR_AGE, (*_MINOR, "initial"), "certification", 1, certification.condition_not_for_age),
    Defect(Reason.RENEWAL_LATE, _ENTRY, "entry", 8, register.renewal_late),
    Defect(Reason.RENEWAL_EARLY, _ENTRY, "entry", 5, register.renewal_early),
    Defect(Reason.REGISTRATION_UNKNOWN, _ENTRY, "entry", 3, register.registration_unknown),
    Defect(Reason.REGISTRATION_NOT_ACTIVE, _ENTRY, "entry", 3, register.registration_not_active),
    Defect(Reason.PRIOR_ACTION, _ANY, "entry", 2, register.prior_action),
    Defect(Reason.DUPLICATE_PERSON, _ANY, "entry identity residency", 1, register.duplicate_person, extra_rows=1),
    Defect(Reason.HOLD, _ENTRY, "entry", 2, register.hold),
    Defect(Reason.IDENTITY_CHANGED, _ENTRY, "entry person", 3, register.identity_changed),
    Defect(Reason.ADDRESS_CHANGED, _ENTRY, "entry residency", 4, register.address_changed),
    Defect(Reason.NOT_RESIDENT, ("initial",), "residency", 1, register.not_resident),
    Defect(Reason.ATTESTATION_NO, _ID, "attestations", 3, register.attestation_no),
    Defect(Reason.PAYMENT_MISSING, _ENTRY, "everything", 0.5, register.payment_missing, long_ago=True),
    Defect(Reason.CAREGIVER_MISSING, _ANY, "caregiver", 2, register.caregiver_missing),
    Defect(Reason.CAREGIVER_PENDING, ("renewal_cared",), "caregiver", 2, register.caregiver_pending),
    Defect(Reason.CAREGIVER_CHANGED, ("renewal_cared",), "caregiver", 2, register.caregiver_changed),
    Defect(Reason.CAREGIVER_SECOND, ("caregiver_initial",), "caregiver", 1, register.caregiver_second),
    Defect(Reason.CAREGIVER_LIMIT, ("caregiver_renewal",), "caregiver", 1, register.caregiver_limit),
    Defect(
        Reason.CAREGIVER_UNDERAGE, ("initial_cared", "caregiver_initial"), "identity", 1, register.caregiver_underage
    ),
    Defect(Reason.CAREGIVER_IS_CERTIFIER, _PAIR, "identity certification", 1, register.caregiver_is_certifier),
    Defect(Reason.INITIAL_NEEDS_REVIEW, ("initial",), "", 0, _as_it_is),
    Defect(Reason.MINOR_NEEDS_REVIEW, _MINOR, "", 0, _as_it_is),
    Defect(Reason.CAREGIVER_NEEDS_REVIEW, ("caregiver_initial",), "", 0, _as_it_is),
    Defect(Reason.CHANGE_NEEDS_REVIEW, ("replacement",), "", 0, _as_it_is),
)


@cache
def companions(first: Defect, scene: str) -> tuple[Defect, ...]:
    """The defects that can be true of the same case independently of the first."""
    touched = set(first.touches.split())
    alone = first.extra_rows or first.long_ago or not first.weight or "caregiver" in scene or scene == "initial_cared"
    return tuple(
        other
        for other in DEFECTS
        if not alone
        and other.weight
        and scene in other.scenes
        and not other.extra_rows
        and not other.long_ago
        and not touched & set(other.touches.split())
    )
