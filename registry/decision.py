"""From findings to one outcome; no outcome here denies anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.matter import Finding, Matter, Rule
from registry.reasons import Reason, ReasonClass


class Outcome(StrEnum):
    """What the pipeline itself may decide."""

    AUTO_APPROVED = "auto_approved"
    REVIEW = "review"
    DEFICIENT = "deficient"
    HELD = "held"


class PersonOutcome(StrEnum):
    """What only a named person can decide."""

    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one submission with every finding that led to it."""

    submission_id: str
    revision: int
    outcome: Outcome
    findings: tuple[Finding, ...]
    policy_fingerprint: str

    @property
    def reason_codes(self) -> tuple[str, ...]:
        """All codes found, each once, sorted."""
        return tuple(sorted({finding.reason.value for finding in self.findings}))


# The order is the rule: a person sees everything first, then one complete notice, then waiting, then the lanes.
_PRECEDENCE = (
    (ReasonClass.PERSON, Outcome.REVIEW),
    (ReasonClass.APPLICANT, Outcome.DEFICIENT),
    (ReasonClass.WAIT, Outcome.HELD),
    (ReasonClass.LANE, Outcome.REVIEW),
)


def outcome_of(reasons: Iterable[Reason]) -> Outcome:
    """The one outcome that a set of reasons leads to; automatic approval only when there is none."""
    classes = {reason.reason_class for reason in reasons}
    return next((outcome for reason_class, outcome in _PRECEDENCE if reason_class in classes), Outcome.AUTO_APPROVED)


def decide(matter: Matter, rules: Iterable[Rule]) -> Decision:
    """Ask every rule, keep every finding, and settle the outcome."""
    findings = tuple(finding for rule in rules if (finding := rule(matter)) is not None)
    application = matter.application
    return Decision(
        submission_id=application.submission_id,
        revision=application.revision,
        outcome=outcome_of(finding.reason for finding in findings),
        findings=findings,
        policy_fingerprint=matter.policy.fingerprint,
    )
