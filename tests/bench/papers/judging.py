"""What the pipeline says to a claim: the law's own rules on an ordinary renewal, heard only on the one proof."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from registry.decision import decide
from registry.establishing import establish
from registry.facts import (
    Application,
    Certification,
    DocumentFacts,
    DocumentRef,
    Kind,
    Payment,
    Role,
    Surroundings,
)
from registry.law import Policy
from registry.paper_words import Answer
from tests.bench.papers.cases import SUBMITTED
from tests.bench.papers.claims import Claim
from tests.bench.papers.layouts import IDENTITY

ACCEPT, TOLD, CANNOT_TELL = "accept", "told", "cannot tell"
"""The proof passes; the machine says what is wrong; it leaves the question to a person."""
_CODES = {"identity": "ID_", "residency": "RES_"}
_FAULTS = ("_MISMATCH", "_EXPIRED", "_STALE", "_UNACCEPTABLE")
_NOON = datetime(SUBMITTED.year, SUBMITTED.month, SUBMITTED.day, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one claim."""

    outcome: str
    codes: tuple[str, ...]
    open: tuple[str, ...]
    """what was not settled: name, birth date, expiry, address, date"""


def judge(claim: Claim, facts: DocumentFacts, kind: str, purpose: str, policy: Policy) -> Judged:
    """Whether this proof would stand in the way of the automatic lane, and why."""
    application = _renewal(claim, DocumentRef(purpose, kind, "upload", facts.sha256))
    case = establish(application, Surroundings(documents={facts.sha256: facts}))
    found = decide(case, policy).reason_codes
    codes = tuple(code for code in found if code.startswith(_CODES[purpose]) or code == "DOC_UNSAFE")
    if not codes:
        return Judged(ACCEPT, (), ())
    told = any(code.endswith(_FAULTS) for code in codes)
    return Judged(TOLD if told else CANNOT_TELL, codes, tuple(_open(vars_of(case), purpose)))


def vars_of(case: Any) -> dict[str, Any]:
    """The facts of the case by name."""
    return {name: getattr(case, name) for name in case.__dataclass_fields__}


def _open(facts: dict[str, Any], purpose: str) -> list[str]:
    answers = ("name", "birth_date") if purpose == IDENTITY else ("name", "address")
    unsettled = [what for what in answers if facts[f"{purpose}_{what}"] is Answer.CANNOT_TELL]
    day = "expires_on" if purpose == IDENTITY else "dated_on"
    return unsettled + ([day] if facts[f"{purpose}_{day}"] is None else [])


def _renewal(claim: Claim, ref: DocumentRef) -> Application:
    """An application that names the paper and in which nothing else matters here."""
    signed_on = SUBMITTED - timedelta(9)
    certification = Certification("C-1", "certifier", signed_on, SUBMITTED + timedelta(300), None, "1.0", "", ("PTSD",))
    return Application(
        submission_id="BENCH-1",
        revision=1,
        delivery_id="bench",
        row=1,
        submitted_at=_NOON,
        kind=Kind.RENEWAL,
        role=Role.PATIENT,
        registration_number="MMP-000000001",
        name=claim.name,
        date_of_birth=claim.born,
        email="someone@example.org",
        phone="",
        address=claim.address,
        certification=certification,
        caregiver_required=False,
        monthly_allotment_ounces=Decimal(5),
        dosage_restrictions="",
        related_submission_id="",
        related_registration_number="",
        relationship="",
        emancipated_minor=False,
        documents=(ref,),
        attestations=(True,) * 6,
        payment=Payment("not_required", None, ""),
    )
