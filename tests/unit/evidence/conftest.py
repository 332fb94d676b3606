"""One patient with a license and a bill whose lines have places."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from registry.facts import (
    Address,
    Application,
    Certification,
    DocumentFacts,
    DocumentRef,
    Kind,
    Payment,
    PersonName,
    ReadState,
    Role,
    Spot,
)

LICENSE = """CONNECTICUT DRIVER LICENSE USA
4d DLN 123456789
1 SANTOS
2 MARIA
3 DOB 01/02/1980
4a ISS 01/02/2024
4b EXP 01/02/2030
8 12 ELM ST APT 4, HARTFORD, CT 06103"""
BILL = """NUTMEG STATE ELECTRIC COMPANY
Remit to: 900 Main St, Stamford, CT 06901
Statement date: 10/30/2026
Due date: 11/25/2026
Account number 1234567
Maria Santos
12 Elm St Apt 4
Hartford, CT 06103
Electricity used 412 kWh. Amount due $93.10"""


def facts_of(sha256: str, text: str, source: str = "layer", state: ReadState = ReadState.TEXT) -> DocumentFacts:
    """What was found in an upload whose lines stand one under another, each less surely read than the one above."""
    lines = text.split("\n") if text else []
    high = 1 / max(1, len(lines))
    boxes = [(0.1, round(at * high, 4), 0.6, round((at + 1) * high, 4)) for at in range(len(lines))]
    spots = tuple(Spot(1, box, 100 - at if source == "ocr" else 100) for at, box in enumerate(boxes))
    return DocumentFacts(sha256, "text/1", state, "application/pdf", "", 1, text, source if text else "", spots)


@pytest.fixture
def application() -> Application:
    return Application(
        submission_id="S-0001",
        revision=1,
        delivery_id="D",
        row=1,
        submitted_at=datetime.fromisoformat("2026-11-20T10:00:00-05:00"),
        kind=Kind.RENEWAL,
        role=Role.PATIENT,
        registration_number="P1",
        name=PersonName("Maria", "", "Santos", ""),
        date_of_birth=date(1980, 1, 2),
        email="maria@example.org",
        phone="",
        address=Address("12 Elm Street", "Apt 4", "Hartford", "CT", "06103"),
        certification=Certification("C1", "certifier", date(2026, 11, 1), None, None, "L1", "Ann Field", ()),
        caregiver_required=False,
        monthly_allotment_ounces=Decimal(5),
        dosage_restrictions="",
        related_submission_id="",
        related_registration_number="",
        relationship="",
        emancipated_minor=False,
        documents=(
            DocumentRef("identity", "drivers_license", "id.pdf", "id"),
            DocumentRef("residency", "utility_bill", "bill.pdf", "bill"),
        ),
        attestations=(True,) * 6,
        payment=Payment("not_required", None, ""),
    )


@pytest.fixture
def papers() -> dict[str, DocumentFacts]:
    return {"id": facts_of("id", LICENSE), "bill": facts_of("bill", BILL)}
