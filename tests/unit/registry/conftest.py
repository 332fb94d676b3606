"""One clean renewal, and how to bend it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from registry.decision import Decision, decide
from registry.facts import (
    Address,
    Application,
    Certification,
    CertifierPeriod,
    Condition,
    DocumentFacts,
    DocumentRef,
    Kind,
    Payment,
    PersonName,
    ReadState,
    RegisterEntry,
    Role,
    Surroundings,
)
from registry.matter import Matter
from registry.rulebook import RULES
from tasks.law import load_policy
from tasks.settings import POLICY

LAW = load_policy(POLICY)
NAME = PersonName("Maria", "", "Santos", "")
BORN = date(1980, 1, 2)
HOME = Address("12 Elm Street", "Apt 4", "Hartford", "CT", "06103")
SUBMITTED = datetime.fromisoformat("2026-11-20T10:00:00-05:00")
ID_TEXT = """CONNECTICUT DRIVER LICENSE USA
4d DLN 123456789
1 SANTOS
2 MARIA
3 DOB 01/02/1980
4a ISS 01/02/2024
4b EXP 01/02/2030
8 12 ELM ST APT 4, HARTFORD, CT 06103
"""
BILL_TEXT = """NUTMEG STATE ELECTRIC COMPANY
Statement date: 10/30/2026
Due date: 11/25/2026
Account number 1234567
Maria Santos
12 Elm St Apt 4
Hartford, CT 06103
Service address: 12 Elm St Apt 4, Hartford CT 06103
Electricity used 412 kWh. Amount due $93.10
"""


def read(
    sha256: str, text: str, state: ReadState = ReadState.TEXT, media_type: str = "application/pdf"
) -> DocumentFacts:
    return DocumentFacts(sha256, "text/1", state, media_type, "", 1, text)


PATIENT = Application(
    submission_id="S-0001",
    revision=1,
    delivery_id="D",
    row=1,
    submitted_at=SUBMITTED,
    kind=Kind.RENEWAL,
    role=Role.PATIENT,
    registration_number="P1",
    name=NAME,
    date_of_birth=BORN,
    email="maria@example.org",
    phone="",
    address=HOME,
    certification=Certification(
        "C1", "certifier", date(2026, 11, 1), date(2027, 11, 1), None, "L1", "Dr. Ann Field", ("PTSD",)
    ),
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
ENTRY = RegisterEntry(
    "P1",
    Role.PATIENT,
    "active",
    None,
    NAME,
    BORN,
    "maria@example.org",
    HOME,
    date(2025, 12, 1),
    date(2026, 12, 1),
    "",
    False,
)
AROUND = Surroundings(
    entry=ENTRY,
    documents={"id": read("id", ID_TEXT), "bill": read("bill", BILL_TEXT)},
    certifier_periods=(
        CertifierPeriod(
            "L1", "Ann Field", "physician", date(2015, 1, 1), None, "active", date(2028, 1, 1), date(2028, 1, 1)
        ),
    ),
    conditions={
        "PTSD": Condition("PTSD", "PTSD", True, False, date(2012, 10, 1), None),
        "GLAUCOMA": Condition("GLAUCOMA", "Glaucoma", True, False, date(2012, 10, 1), None),
        "EPILEPSY": Condition("EPILEPSY", "Epilepsy", True, True, date(2012, 10, 1), None),
        "AUTISM": Condition("AUTISM", "Autism", True, False, date(2024, 7, 1), None),
    },
)


@dataclass
class Case:
    """A clean renewal of an adult patient; `with_` bends the application, `knowing` what is around it."""

    application: Application = PATIENT
    around: Surroundings = AROUND

    def with_(self, **changes: Any) -> "Case":
        return Case(replace(self.application, **changes), self.around)

    def certified(self, **changes: Any) -> "Case":
        return self.with_(certification=replace(self.application.certification, **changes))

    def knowing(self, **changes: Any) -> "Case":
        return Case(self.application, replace(self.around, **changes))

    def entry(self, **changes: Any) -> "Case":
        assert self.around.entry is not None
        return self.knowing(entry=replace(self.around.entry, **changes))

    def reading(
        self, role: str, text: str, state: ReadState = ReadState.TEXT, media_type: str = "application/pdf"
    ) -> "Case":
        ref = self.application.document(role)
        assert ref is not None
        return self.knowing(documents={**self.around.documents, ref.sha256: read(ref.sha256, text, state, media_type)})

    def certifier(self, **changes: Any) -> "Case":
        return self.knowing(certifier_periods=(replace(self.around.certifier_periods[0], **changes),))

    def minor(self) -> "Case":
        """The same person at fourteen, with everything a minor needs."""
        born = date(2012, 5, 6)
        letters = tuple(
            DocumentRef("supporting", kind, f"{kind}.pdf", kind)
            for kind in ("second_physician_letter", "parent_acknowledgement")
        )
        text = ID_TEXT.replace("01/02/1980", "05/06/2012")
        case = self.with_(
            date_of_birth=born, documents=(*self.application.documents, *letters), related_registration_number="G1"
        )
        caregiver = replace(ENTRY, registration_number="G1", role=Role.CAREGIVER, related_registration_number="P1")
        case = case.certified(condition_codes=("EPILEPSY",)).reading("identity", text)
        looked_at = {ref.sha256: read(ref.sha256, "A letter.") for ref in letters}
        case = case.knowing(documents={**case.around.documents, **looked_at})
        return case.entry(date_of_birth=born, related_registration_number="G1").knowing(related_entry=caregiver)

    def decision(self) -> Decision:
        return decide(Matter(self.application, self.around, LAW), RULES)

    @property
    def codes(self) -> set[str]:
        return set(self.decision().reason_codes)


@pytest.fixture
def case() -> Case:
    return Case()


Bend = Callable[[Case], Case]
