"""One clean renewal, and how to bend it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import strategies as st

from registry.case import Action, CaseFacts, Likeness, UploadState, fact_types
from registry.decision import Decision, decide
from registry.establishing import establish
from registry.facts import (
    Address,
    Application,
    Certification,
    CertifierPeriod,
    Condition,
    DocumentFacts,
    DocumentRef,
    Kind,
    NearPerson,
    Payment,
    PersonName,
    ReadState,
    RegisterEntry,
    Role,
    Surroundings,
)
from registry.law import Policy
from registry.near import NearPage
from registry.paper_words import Answer
from registry.pictures import Portrait
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
        return decide(establish(self.application, self.around), LAW)

    @property
    def codes(self) -> set[str]:
        return set(self.decision().reason_codes)


@pytest.fixture
def case() -> Case:
    return Case()


Bend = Callable[[Case], Case]


DAYS = [
    date(2012, 10, 1),
    date(2023, 6, 30),
    date(2025, 9, 30),
    date(2025, 10, 1),
    date(2026, 11, 1),
    date(2026, 11, 20),
]
LATER = [*DAYS, date(2026, 11, 30), date(2026, 12, 25), date(2027, 1, 30), date(2028, 2, 29)]
ANSWERS, STATES, ROLES = list(Answer), list(UploadState), list(Role)
PAPERS = ["drivers_license", "utility_bill", "lease", "other", ""]
VALUES: dict[str, list[Any]] = {
    "submitted_on": DAYS[1:],
    "kind": list(Kind),
    "role": ROLES,
    "date_of_birth": [date(1980, 1, 2), date(2008, 11, 20), date(2008, 11, 21), date(2012, 2, 29)],
    "address_state": ["CT", "MA", ""],
    "attestations": [(True,) * 6, (True,) * 5, (True,) * 5 + (None,), (False,) * 6, ()],
    "payment_status": ["paid", "waived", "failed", ""],
    "registration_role": [*ROLES, None],
    "registration_status": ["active", "expired", "suspended", "revoked", ""],
    "registration_expires_on": [*LATER, None],
    "register_name": list(Likeness),
    "rows_apart": [0, 2],
    "actions": [(), (Action("revoked", date(2026, 6, 1)),), (Action("suspended", None), Action("active", None))],
    "same_person": [(), ("P2", "S-0002")],
    "near_pages": [
        (),
        (NearPage("residency", "S-0002", "numbers", 89), NearPage("photo", "S-0003", "picture", 96)),
        (NearPage("residency", "S-0002", "numbers", 90),),
        (NearPage("photo", "S-0003", "picture", 97), NearPage("identity", "S-0003", "card", 100)),
    ],
    "near_persons": [(), (NearPerson("P3", 89),), (NearPerson("P3", 95), NearPerson("P4", 90))],
    "identity_state": STATES,
    "identity_type": PAPERS,
    "identity_name": ANSWERS,
    "identity_birth_date": ANSWERS,
    "identity_expires_on": [*LATER, None],
    "identity_kind_seen": ["", "drivers_license", "utility_bill"],
    "residency_state": STATES,
    "residency_type": PAPERS,
    "residency_name": ANSWERS,
    "residency_address": ANSWERS,
    "residency_dated_on": [*LATER, None],
    "residency_date_percent": [0, 90, 98, 100],
    "residency_kind_seen": ["", "utility_bill", "lease", "passport"],
    "photo_state": STATES,
    "photo_words": [0, 20, 80],
    "photo_portrait": [
        None,
        Portrait(480, 600, 150, 1, 40, 120, 130),
        Portrait(1600, 1200, 200, 0, 0, 300, 120),
        Portrait(60, 80, 5, 2, 40, 2, 20),
    ],
    "supporting_papers": [(), ("second_physician_letter",), ("second_physician_letter", "parent_acknowledgement")],
    "papers_not_come": [(), ("guardianship_proof",), ("parent_acknowledgement",)],
    "certified_on": [*LATER, date(2012, 9, 30), None],
    "certification_expires_on": [*LATER, None],
    "certification_withdrawn_on": [None, date(2026, 11, 10)],
    "certification_source": ["certifier", "pharmacist", ""],
    "license_periods_on_signing": [0, 1, 2],
    "license_type": ["physician", "aprn", "pa", "pharmacist", ""],
    "license_status": ["active", "probation", "lapsed", ""],
    "controlled_substance_registration_ends_on": [*LATER, None],
    "dea_registration_ends_on": [*LATER, None],
    "conditions_named": [("PTSD",), ("GLAUCOMA",), ("PTSD", "NOPE"), ()],
    "conditions_for_adults": [("PTSD",), ("GLAUCOMA",), ()],
    "related_role": [*ROLES, None],
    "related_status": ["active", "revoked", ""],
    "related_expires_on": [*LATER, None],
    "relationship": ["parent", "spouse", ""],
}
"""Of each fact values that mean something to a rule; of facts that are yes or no, and of lists of words, these do."""


def values_of(fact: str, kind: Any) -> list[Any]:
    """Values that this fact can have."""
    if fact in VALUES:
        return VALUES[fact]
    return [False, True] if kind is bool else ["why"] if kind is str else [(), ("PTSD",)]


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The project's own law."""
    return LAW


@pytest.fixture(scope="session")
def any_facts() -> st.SearchStrategy[CaseFacts]:
    """Any facts at all: mostly those of a clean renewal, so that single rules are seen at work, with some exchanged."""
    clean = establish(PATIENT, AROUND)
    drawn = {fact: st.sampled_from(values_of(fact, kind)) for fact, kind in fact_types().items()}
    some = st.lists(st.sampled_from(sorted(drawn)), max_size=6, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({name: drawn[name] for name in names})).map(
        lambda changes: replace(clean, **changes)
    )


@pytest.fixture(scope="session")
def other_values() -> Callable[[CaseFacts, str], list[Any]]:
    """Of a case and a fact: the values that the fact could have instead."""
    kinds = fact_types()
    return lambda facts, fact: [v for v in values_of(fact, kinds[fact]) if v != getattr(facts, fact)]
