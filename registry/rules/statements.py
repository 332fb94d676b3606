"""What the applicant declares and pays."""

from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule


@rule(Reason.ATTESTATION_NO)
def all_attested(
    is_patient: bool,
    attestations: tuple[bool | None, ...],
    patient_attestations: OnSubmission[int],
    caregiver_attestations: OnSubmission[int],
) -> str | None:
    """Every attestation of the form is answered yes."""
    count = patient_attestations if is_patient else caregiver_attestations
    answers = attestations[:count]
    if len(answers) == count and all(answer is True for answer in answers):
        return None
    open_numbers = [str(i + 1) for i in range(count) if i >= len(answers) or answers[i] is not True]
    several = len(open_numbers) > 1
    return f"Attestation{'s' * several} {', '.join(open_numbers)} {'are' if several else 'is'} not answered yes."


@rule(Reason.PAYMENT_MISSING)
def fee_settled(
    is_patient: bool,
    payment_status: str,
    patient_fee_dollars: OnSubmission[int],
    caregiver_fee_dollars: OnSubmission[int],
    settled_payment_statuses: OnSubmission[tuple[str, ...]],
) -> str | None:
    """Where a fee was due on the submission day it is paid or waived."""
    fee_dollars = patient_fee_dollars if is_patient else caregiver_fee_dollars
    if fee_dollars == 0 or payment_status in settled_payment_statuses:
        return None
    return f"A fee of {fee_dollars} dollars was due and is not settled."


RULES = (all_attested, fee_settled)
