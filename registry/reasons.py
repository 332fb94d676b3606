"""The stable reason codes, and the one class each belongs to."""

from enum import StrEnum


class ReasonClass(StrEnum):
    """Who acts on a reason."""

    APPLICANT = "applicant"
    """Certain, and the applicant can mend it."""
    PERSON = "person"
    """A machine must not settle it."""
    WAIT = "wait"
    """Another submission has to come first."""
    LANE = "lane"
    """Nothing is wrong; by rule a person decides."""


class Reason(StrEnum):
    """Every reason code a finding can carry. Codes are never renamed and never used for anything else."""

    ID_MISSING = "ID_MISSING"
    ID_UNREADABLE = "ID_UNREADABLE"
    ID_UNACCEPTABLE = "ID_UNACCEPTABLE"
    ID_EXPIRED = "ID_EXPIRED"
    RES_MISSING = "RES_MISSING"
    RES_UNREADABLE = "RES_UNREADABLE"
    RES_UNACCEPTABLE = "RES_UNACCEPTABLE"
    RES_STALE = "RES_STALE"
    PHOTO_UNUSABLE = "PHOTO_UNUSABLE"
    ATTESTATION_NO = "ATTESTATION_NO"
    CERT_MISSING = "CERT_MISSING"
    CERT_EXPIRED = "CERT_EXPIRED"
    CAREGIVER_MISSING = "CAREGIVER_MISSING"
    MINOR_LETTER_MISSING = "MINOR_LETTER_MISSING"
    MINOR_ACK_MISSING = "MINOR_ACK_MISSING"
    PAYMENT_MISSING = "PAYMENT_MISSING"
    RENEWAL_EARLY = "RENEWAL_EARLY"

    ID_INCONCLUSIVE = "ID_INCONCLUSIVE"
    ID_NAME_MISMATCH = "ID_NAME_MISMATCH"
    ID_DOB_MISMATCH = "ID_DOB_MISMATCH"
    RES_INCONCLUSIVE = "RES_INCONCLUSIVE"
    RES_NAME_MISMATCH = "RES_NAME_MISMATCH"
    RES_ADDRESS_MISMATCH = "RES_ADDRESS_MISMATCH"
    NOT_RESIDENT = "NOT_RESIDENT"
    DOC_UNSAFE = "DOC_UNSAFE"
    DOC_REUSED = "DOC_REUSED"
    CERT_WITHDRAWN = "CERT_WITHDRAWN"
    CERT_TOO_LONG = "CERT_TOO_LONG"
    CERT_SOURCE_INVALID = "CERT_SOURCE_INVALID"
    CERTIFIER_UNKNOWN = "CERTIFIER_UNKNOWN"
    CERTIFIER_NOT_IN_STANDING = "CERTIFIER_NOT_IN_STANDING"
    CERTIFIER_TYPE = "CERTIFIER_TYPE"
    CONDITION_UNKNOWN = "CONDITION_UNKNOWN"
    CONDITION_NOT_FOR_AGE = "CONDITION_NOT_FOR_AGE"
    CAREGIVER_UNDERAGE = "CAREGIVER_UNDERAGE"
    CAREGIVER_IS_CERTIFIER = "CAREGIVER_IS_CERTIFIER"
    CAREGIVER_LIMIT = "CAREGIVER_LIMIT"
    CAREGIVER_SECOND = "CAREGIVER_SECOND"
    CAREGIVER_CHANGED = "CAREGIVER_CHANGED"
    MINOR_FORM = "MINOR_FORM"
    REGISTRATION_UNKNOWN = "REGISTRATION_UNKNOWN"
    REGISTRATION_NOT_ACTIVE = "REGISTRATION_NOT_ACTIVE"
    IDENTITY_CHANGED = "IDENTITY_CHANGED"
    ADDRESS_CHANGED = "ADDRESS_CHANGED"
    PRIOR_ACTION = "PRIOR_ACTION"
    HOLD = "HOLD"
    DUPLICATE_PERSON = "DUPLICATE_PERSON"

    CAREGIVER_PENDING = "CAREGIVER_PENDING"

    INITIAL_NEEDS_REVIEW = "INITIAL_NEEDS_REVIEW"
    MINOR_NEEDS_REVIEW = "MINOR_NEEDS_REVIEW"
    CAREGIVER_NEEDS_REVIEW = "CAREGIVER_NEEDS_REVIEW"
    CHANGE_NEEDS_REVIEW = "CHANGE_NEEDS_REVIEW"
    RENEWAL_LATE = "RENEWAL_LATE"

    @property
    def reason_class(self) -> ReasonClass:
        """The one class this code belongs to."""
        return _CLASS_OF[self]


_APPLICANT = {
    Reason.ID_MISSING,
    Reason.ID_UNREADABLE,
    Reason.ID_UNACCEPTABLE,
    Reason.ID_EXPIRED,
    Reason.RES_MISSING,
    Reason.RES_UNREADABLE,
    Reason.RES_UNACCEPTABLE,
    Reason.RES_STALE,
    Reason.PHOTO_UNUSABLE,
    Reason.ATTESTATION_NO,
    Reason.CERT_MISSING,
    Reason.CERT_EXPIRED,
    Reason.CAREGIVER_MISSING,
    Reason.MINOR_LETTER_MISSING,
    Reason.MINOR_ACK_MISSING,
    Reason.PAYMENT_MISSING,
    Reason.RENEWAL_EARLY,
}
_LANE = {
    Reason.INITIAL_NEEDS_REVIEW,
    Reason.MINOR_NEEDS_REVIEW,
    Reason.CAREGIVER_NEEDS_REVIEW,
    Reason.CHANGE_NEEDS_REVIEW,
    Reason.RENEWAL_LATE,
}


def _class_of(reason: Reason) -> ReasonClass:
    """A code nobody classed is a person's: the safe side."""
    if reason in _APPLICANT:
        return ReasonClass.APPLICANT
    if reason in _LANE:
        return ReasonClass.LANE
    return ReasonClass.WAIT if reason is Reason.CAREGIVER_PENDING else ReasonClass.PERSON


_CLASS_OF = {reason: _class_of(reason) for reason in Reason}
