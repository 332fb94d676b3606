"""What the applicant declares and pays."""

from registry.facts import Role
from registry.matter import Matter, rule
from registry.reasons import Reason


@rule(Reason.ATTESTATION_NO, "DCP application form", "patient_attestations", "caregiver_attestations")
def all_attested(matter: Matter) -> str | None:
    """Every attestation of the form is answered yes."""
    count = matter.law.number(f"{matter.application.role.value}_attestations")
    answers = matter.application.attestations[:count]
    open_numbers = [str(i + 1) for i in range(count) if i >= len(answers) or answers[i] is not True]
    return f"Attestation {', '.join(open_numbers)} is not answered yes." if open_numbers else None


@rule(
    Reason.PAYMENT_MISSING,
    "Fees ended on 2023-07-01 (secondary source)",
    "patient_fee_dollars",
    "caregiver_fee_dollars",
    "settled_payment_statuses",
)
def fee_settled(matter: Matter) -> str | None:
    """Where a fee was due on the submission day it is paid or waived."""
    patient = matter.application.role is Role.PATIENT
    fee_dollars = matter.law.number("patient_fee_dollars" if patient else "caregiver_fee_dollars")
    settled = matter.application.payment.status in matter.law.words("settled_payment_statuses")
    return None if fee_dollars == 0 or settled else f"A fee of {fee_dollars} dollars was due and is not settled."


RULES = (all_attested, fee_settled)
