"""One case as the rules see it, and what a rule can say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from registry.calendar_days import age_in_years
from registry.facts import Application, DocumentFacts, DocumentRef, Kind, RegisterEntry, Role, Surroundings
from registry.law import Law, Policy
from registry.reasons import Reason
from registry.uploads import IdentityPaper, ResidencyPaper


@dataclass(frozen=True)
class Matter:
    """An application with everything known around it and the law it is measured by."""

    application: Application
    around: Surroundings
    policy: Policy

    @cached_property
    def submitted_on(self) -> date:
        """The calendar day of submission in the agency's own time."""
        return self.application.submitted_at.date()

    @cached_property
    def law(self) -> Law:
        """The law in force on the day of submission."""
        return self.policy.on(self.submitted_on)

    @cached_property
    def signed_on(self) -> date | None:
        """The day on which the certifier signed."""
        return self.application.certification.certified_on

    @cached_property
    def law_on_signing(self) -> Law:
        """The law in force when the certification was signed; of the submission day when no day is known."""
        return self.policy.on(self.signed_on or self.submitted_on)

    @property
    def entry(self) -> RegisterEntry | None:
        """The registration acted on; an initial application acts on none."""
        return None if self.application.kind is Kind.INITIAL else self.around.entry

    @property
    def is_patient(self) -> bool:
        """Whether the person applies as a patient."""
        return self.application.role is Role.PATIENT

    @cached_property
    def is_minor(self) -> bool:
        """Whether the patient is a minor on the submission day (Conn. Gen. Stat. 21a-408d(a))."""
        return self.is_patient and self.under_age_on(self.submitted_on)

    @cached_property
    def identity(self) -> IdentityPaper:
        """The proof of identity that came with the application."""
        ref = self.application.document("identity")
        accepted = self.law.words("identity_document_types")
        return IdentityPaper(ref, self.read(ref), accepted, self.application.name, self.application.date_of_birth)

    @cached_property
    def residency(self) -> ResidencyPaper:
        """The proof of residency that came with the application."""
        ref = self.application.document("residency")
        accepted = self.law.words("residency_document_types")
        return ResidencyPaper(ref, self.read(ref), accepted, self.application.name, self.application.address)

    def read(self, ref: DocumentRef | None) -> DocumentFacts | None:
        """What was found in this upload, if it was delivered and looked at."""
        return None if ref is None else self.around.documents.get(ref.sha256)

    def under_age_on(self, day: date) -> bool:
        """Whether the person was under age on that day and not emancipated."""
        years = age_in_years(self.application.date_of_birth, day)
        return years < self.law.number("age_of_majority_years") and not self.application.emancipated_minor


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found against the automatic lane; `detail` tells the analyst why, without personal values."""

    rule: str
    reason: Reason
    detail: str


Judgement = Callable[[Matter], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the law: its id, the reason it gives, the provisions it reads, and the judgement itself."""

    id: str
    reason: Reason
    provisions: tuple[str, ...]
    citation: str
    judge: Judgement

    def __call__(self, matter: Matter) -> Finding | None:
        """The finding, or None when the rule is met or does not apply."""
        detail = self.judge(matter)
        return None if detail is None else Finding(self.id, self.reason, detail)


def rule(reason: Reason, citation: str, *provisions: str) -> Callable[[Judgement], Rule]:
    """Turn a judgement (Matter -> sentence or None) into a rule named after its module and function."""

    def make(judge: Judgement) -> Rule:
        subject = judge.__module__.rpartition(".")[2]
        return Rule(f"{subject}.{judge.__name__}", reason, provisions, citation, judge)

    return make
