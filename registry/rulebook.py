"""Every rule that is asked of every matter, in the order of the handbook."""

from registry.matter import Rule
from registry.rules import (
    caregivers,
    certification,
    certifier,
    conditions,
    documents,
    identity,
    lanes,
    minors,
    register,
    residency,
    statements,
)

RULES: tuple[Rule, ...] = (
    *register.RULES,
    *identity.RULES,
    *residency.RULES,
    *documents.RULES,
    *certification.RULES,
    *certifier.RULES,
    *conditions.RULES,
    *minors.RULES,
    *caregivers.RULES,
    *statements.RULES,
    *lanes.RULES,
)
