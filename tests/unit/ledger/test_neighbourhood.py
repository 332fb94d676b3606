"""What the ledger finds around an application: who is the same person, who nearly is, and who is somebody else."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from registry.dispositions import Disposition
from registry.facts import (
    Address,
    Application,
    Certification,
    DocumentFacts,
    DocumentRef,
    Kind,
    NearPerson,
    Payment,
    PersonName,
    Reading,
    ReadState,
    RegisterEntry,
    Role,
    Surroundings,
)
from registry.near import NearPage
from tasks.ledger import schema
from tasks.ledger.cases import neighbourhood
from tasks.ledger.deliveries import ReceivedRow, save_delivery, save_documents, save_rows, save_submissions
from tasks.ledger.engine import Engine, reading
from tasks.ledger.prints import save_marks
from tasks.ledger.registrations import save_registrations
from tasks.ledger.uploads import save_facts
from tasks.ledger.writing import writing

BORN = date(1980, 3, 4)
HOME = Address("12 Elm Street", "Apt 4", "Hartford", "CT", "06103")
SUBMITTED = datetime.fromisoformat("2026-11-20T10:00:00-05:00")


def name(text: str) -> PersonName:
    first, last = text.split("/")
    return PersonName(first, "", last, "")


def registered(number: str, who: str, **changes: Any) -> RegisterEntry:
    """An active patient of one household, born on the fourth of March 1980 unless told otherwise."""
    entry = RegisterEntry(
        registration_number=number,
        role=Role.PATIENT,
        status="active",
        status_since=None,
        name=name(who),
        date_of_birth=BORN,
        email="home@example.org",
        address=HOME,
        issued_on=date(2025, 12, 1),
        expires_on=date(2026, 12, 1),
        related_registration_number="",
        hold=False,
    )
    return replace(entry, **changes)


def submitted(number: int, who: str, **changes: Any) -> Application:
    """An initial application of that person, with papers of its own unless told otherwise."""
    papers = tuple(DocumentRef(role, "other", f"{role}.pdf", f"{role}-{number}") for role in ("identity", "residency"))
    application = Application(
        submission_id=f"T-{number:04d}",
        revision=1,
        delivery_id="E",
        row=number,
        submitted_at=SUBMITTED,
        kind=Kind.INITIAL,
        role=Role.PATIENT,
        registration_number="",
        name=name(who),
        date_of_birth=BORN,
        email="home@example.org",
        phone="",
        address=HOME,
        certification=Certification("", "", None, None, None, "", "", ()),
        caregiver_required=False,
        monthly_allotment_ounces=Decimal(5),
        dosage_restrictions="",
        related_submission_id="",
        related_registration_number="",
        relationship="",
        emancipated_minor=False,
        documents=papers,
        attestations=(True,) * 6,
        payment=Payment("not_required", None, ""),
    )
    return replace(application, **changes)


def renewal(number: int, who: str, registration_number: str, **changes: Any) -> Application:
    return submitted(number, who, kind=Kind.RENEWAL, registration_number=registration_number, **changes)


def caring(number: int, who: str, **changes: Any) -> Application:
    return submitted(number, who, role=Role.CAREGIVER, relationship="parent", **changes)


class Ledger:
    """The ledger filled by hand, and people put into it the way a night does."""

    def __init__(self, engine: Engine, book: Any) -> None:
        self.engine, self.book = engine, book

    def registers(self, *entries: RegisterEntry) -> None:
        with writing(self.engine, "me", "-") as pen:
            save_registrations(pen, entries)

    def receives(self, *applications: Application) -> None:
        rows = [
            ReceivedRow(a.row, a.submission_id, str(a.revision), "c", Disposition.ACCEPTED, (), None)
            for a in applications
        ]
        with writing(self.engine, "me", "R1") as pen:
            values = {"fingerprint": "f", "folder": "E", "exported_at": "x", "rows": len(rows), "quality": "{}"}
            save_delivery(pen, {"delivery_id": "E", **values})
            save_rows(pen, "E", rows)
            save_documents(pen, {(ref.sha256, 1, "x") for a in applications for ref in a.documents})
            save_submissions(pen, [(a, "c") for a in applications])

    def decides(self, application: Application, outcome: str, run_id: str = "R1") -> None:
        person = outcome in {"approved", "denied", "withdrawn"}
        changes = {"submission_id": application.submission_id, "outcome": outcome, "run_id": run_id}
        decision_id = f"{application.submission_id}.1:f:first"
        actor = {"actor_kind": "person" if person else "machine"}
        self.book.put(
            "decision", **self.book.decided(decision_id=decision_id, position=application.row, **changes, **actor)
        )

    def reads(self, *found: DocumentFacts, key: bytes = b"k" * 32) -> None:
        """Keeps what a reader found, the way the night does."""
        with writing(self.engine, "me", "R1") as pen:
            save_facts(pen, found)
            save_marks(pen, found, key)

    def around(self, *applications: Application, run_id: str = "R9") -> list[Surroundings]:
        """What is known around each, when all are looked at in one chunk."""
        with reading(self.engine) as connection:
            found = neighbourhood(connection, applications, {}, {}, "text/1", run_id)
        return [found.around(application) for application in applications]


@pytest.fixture
def ledger(engine: Engine, book: Any) -> Ledger:
    return Ledger(engine, book)


def numbers(around: Surroundings) -> list[str]:
    return [near.number for near in around.near_persons]


def test_two_submissions_of_one_person_see_each_other_and_not_themselves(ledger: Ledger) -> None:
    first, second = submitted(1, "Maria/Santos"), submitted(2, "MARÍA/Sántos", email="other@example.org")
    ledger.receives(first, second)
    one, two = ledger.around(first, second)
    assert (one.same_person_submissions, two.same_person_submissions) == (("T-0002",), ("T-0001",))
    assert not one.near_persons
    assert not two.near_persons


def test_one_person_with_two_active_numbers_shows_the_other_one(ledger: Ledger) -> None:
    ledger.registers(
        registered("P1", "Maria/Santos"),
        registered("P2", "Maria/Santos"),
        registered("P3", "Maria/Santos", status="expired"),
    )
    application = renewal(1, "Maria/Santos", "P1")
    ledger.receives(application)
    (around,) = ledger.around(application)
    assert around.entry is not None
    assert around.entry.registration_number == "P1"
    assert around.same_person_numbers == ("P2",)
    assert around.near_persons == ()


def test_twins_in_one_household_are_two_people_though_they_share_address_mail_and_bill(ledger: Ledger) -> None:
    bill = DocumentRef("residency", "utility_bill", "bill.pdf", "bill")
    anna, emma = (
        renewal(number, who, f"P{number}", documents=(bill,)) for number, who in ((1, "Anna/Lee"), (2, "Emma/Lee"))
    )
    ledger.registers(registered("P1", "Anna/Lee"), registered("P2", "Emma/Lee"))
    ledger.receives(anna, emma)
    for around in ledger.around(anna, emma):
        assert not around.same_person_numbers
        assert not around.same_person_submissions
        assert not around.near_persons
        assert around.document_owners == {"residency:bill": ()}


def test_twins_with_rhyming_names_are_kept_with_the_case_below_what_refers_it(ledger: Ledger) -> None:
    ledger.registers(registered("P1", "Jayden/Lee"), registered("P2", "Kayden/Lee"))
    application = renewal(1, "Jayden/Lee", "P1")
    ledger.receives(application)
    (near,) = ledger.around(application)[0].near_persons
    assert near.number == "P2"
    assert 80 <= near.likeness_percent < 90


def test_household_members_who_share_address_and_mail_are_nobody_near(ledger: Ledger) -> None:
    father, son = "John/Lee", "Jon/Lee"
    born = date(2001, 3, 4)
    ledger.registers(registered("P1", father), registered("P2", son, date_of_birth=born), registered("P3", "Joan/Park"))
    ours = renewal(1, father, "P1")
    theirs = renewal(2, son, "P2", date_of_birth=born)
    ledger.receives(ours, theirs)
    for around in ledger.around(ours, theirs):
        assert not around.same_person_numbers
        assert not around.same_person_submissions
        assert not around.near_persons


def test_somebody_elses_number_is_found_by_number_and_the_name_does_not_replace_it(ledger: Ledger) -> None:
    ledger.registers(registered("P1", "Maria/Santos"), registered("P2", "Peter/Novak", date_of_birth=date(1971, 3, 4)))
    application = renewal(1, "Maria/Santos", "P2")
    ledger.receives(application)
    (around,) = ledger.around(application)
    assert around.entry is not None
    assert around.entry.name == name("Peter/Novak")
    assert around.same_person_numbers == ("P1",)


def test_an_unknown_number_finds_no_entry_though_name_and_birth_date_match_one(ledger: Ledger) -> None:
    ledger.registers(registered("P1", "Maria/Santos"))
    application = renewal(1, "Maria/Santos", "P9")
    ledger.receives(application)
    (around,) = ledger.around(application)
    assert around.entry is None
    assert around.same_person_numbers == ("P1",)


def test_near_registrations_and_submissions_come_most_alike_first_and_five_at_most(ledger: Ledger) -> None:
    theirs = ["Jonathan/Smith", "Jon/Smyth", "Jonn/Smith", "Smith/John", "Jack/Smith", "Johnn/Smith", "Anna/Smith"]
    ledger.registers(*(registered(f"P{number}", who) for number, who in enumerate(theirs)))
    ours, other = submitted(1, "John/Smith"), submitted(2, "Jhon/Smith")
    ledger.receives(ours, other)
    found = ledger.around(ours)[0].near_persons
    assert list(found) == sorted(found, key=lambda near: (-near.likeness_percent, near.number))
    assert len(found) == 5
    assert found[0] == NearPerson("P5", 96)
    assert {near.number for near in found} < {"P1", "P2", "P3", "P4", "P5", "T-0002"}


@pytest.mark.parametrize(
    "changes",
    [
        {"role": Role.CAREGIVER},
        {"status": "expired"},
        {"date_of_birth": date(1980, 3, 5)},
        {"date_of_birth": date(1980, 4, 3)},
        {"date_of_birth": date(1981, 4, 3)},
    ],
)
def test_another_role_status_or_birth_date_makes_nobody_near(ledger: Ledger, changes: dict[str, Any]) -> None:
    ledger.registers(registered("P1", "Jon/Smith", **changes))
    application = submitted(1, "John/Smith")
    ledger.receives(application)
    assert ledger.around(application)[0].near_persons == ()


def test_day_and_month_in_each_others_place_count_for_an_equal_name_alone(ledger: Ledger) -> None:
    turned = date(1980, 4, 3)
    ledger.registers(
        registered("P1", "JOHN/Smith", date_of_birth=turned), registered("P2", "Jon/Smith", date_of_birth=turned)
    )
    ours, theirs = submitted(1, "John/Smith"), submitted(2, "John/Smith", date_of_birth=turned)
    ledger.receives(ours, theirs)
    for around in (ledger.around(ours)[0], ledger.around(ours, theirs)[0]):
        assert around.near_persons == (NearPerson("P1", 100), NearPerson("T-0002", 100))


def test_neither_what_a_row_acts_on_nor_what_it_is_related_to_is_near_to_it(ledger: Ledger) -> None:
    ledger.registers(registered("P1", "Jon/Smith"), registered("P2", "Jonn/Smith"), registered("P3", "Johnn/Smith"))
    mine = renewal(1, "John/Smith", "P1", related_registration_number="P2", related_submission_id="T-0002")
    ledger.receives(mine, renewal(2, "Jhon/Smith", "P8"))
    assert numbers(ledger.around(mine)[0]) == ["P3"]


def test_a_submission_is_not_near_to_its_own_corrected_revision(ledger: Ledger) -> None:
    mine = submitted(1, "Jon/Smith")
    ledger.receives(mine, replace(mine, revision=2, row=2, name=name("John/Smith")))
    assert ledger.around(mine)[0].near_persons == ()


def test_an_open_submission_of_another_kind_or_role_is_not_near(ledger: Ledger) -> None:
    mine = submitted(1, "John/Smith")
    ledger.receives(mine, renewal(2, "Jon/Smith", "P8"), caring(3, "Jon/Smith"), submitted(4, "Jon/Smith"))
    assert numbers(ledger.around(mine)[0]) == ["T-0004"]


@pytest.mark.parametrize(
    ("outcome", "is_open"),
    [("review", True), ("held", True), ("approved", True), ("deficient", False), ("denied", False)],
)
def test_a_near_submission_counts_while_it_is_open(ledger: Ledger, outcome: str, is_open: bool) -> None:
    mine, other = submitted(1, "John/Smith"), submitted(2, "Jon/Smith")
    ledger.receives(mine, other)
    ledger.decides(other, outcome)
    assert numbers(ledger.around(mine)[0]) == (["T-0002"] if is_open else [])


def test_what_this_run_decided_about_a_near_submission_changes_nothing_in_this_run(ledger: Ledger) -> None:
    mine, other = submitted(1, "John/Smith"), submitted(2, "Jon/Smith")
    ledger.receives(mine, other)
    before = ledger.around(mine, run_id="R1")
    ledger.decides(other, "deficient", run_id="R1")
    assert ledger.around(mine, run_id="R1") == before
    assert numbers(before[0]) == ["T-0002"]


def test_a_parent_may_care_for_several_patients_and_each_patient_sees_only_the_own_link(ledger: Ledger) -> None:
    ledger.registers(
        registered("G1", "Rosa/Diaz", role=Role.CAREGIVER, related_registration_number="P1"),
        registered("P1", "Ana/Diaz", date_of_birth=date(2012, 5, 6), related_registration_number="G1"),
        registered("P2", "Luz/Diaz", date_of_birth=date(2014, 7, 8), related_registration_number="G1"),
        registered(
            "P3", "Eva/Diaz", date_of_birth=date(2015, 9, 10), status="expired", related_registration_number="G1"
        ),
    )
    parent = caring(1, "Rosa/Diaz", kind=Kind.RENEWAL, registration_number="G1", related_registration_number="P1")
    child = renewal(2, "Luz/Diaz", "P2", date_of_birth=date(2014, 7, 8))
    ledger.receives(parent, child)
    of_parent, of_child = ledger.around(parent, child)
    assert of_parent.patients_of_caregiver == ("P2",)
    assert of_parent.caregivers_of_patient == ()
    assert of_parent.same_person_numbers == ()
    assert of_child.related_entry is not None
    assert of_child.related_entry.registration_number == "G1"
    assert of_child.patients_of_caregiver == ()
    assert of_child.near_persons == ()


def test_a_caregivers_own_troubles_stay_out_of_the_patients_surroundings(ledger: Ledger) -> None:
    """Only the caregiver's entry itself, and whether the caregiver is approved, reach the patient."""
    patient = renewal(1, "Ana/Diaz", "P1", related_submission_id="T-0002")
    trouble = {"role": Role.CAREGIVER, "date_of_birth": date(1955, 5, 6)}
    caregiver = caring(2, "Rosa/Diaz", date_of_birth=date(1955, 5, 6), related_submission_id="T-0001")
    again = replace(caregiver, submission_id="T-0003", row=3)
    slipped = replace(caregiver, submission_id="T-0004", row=4, name=name("Rossa/Diaz"))
    ledger.registers(
        registered("P1", "Ana/Diaz"),
        registered("G1", "Rosa/Diaz", **trouble, hold=True),
        registered("G2", "Rosa/Diaz", **trouble, status="revoked", status_since=date(2026, 11, 1)),
        registered("G3", "Rosa/Dias", **trouble),
    )
    ledger.receives(patient, caregiver, again, slipped)
    of_patient, of_caregiver = ledger.around(patient, caregiver)
    assert of_caregiver.person_on_hold
    assert ("revoked", date(2026, 11, 1)) in of_caregiver.same_person_actions
    assert (of_caregiver.same_person_numbers, of_caregiver.same_person_submissions) == (("G1",), ("T-0003",))
    assert numbers(of_caregiver) == ["G3", "T-0004"]
    entry = of_patient.entry
    assert entry is not None
    documents: dict[str, tuple[str, ...]] = {f"{ref.role}:{ref.sha256}": () for ref in patient.documents}
    assert of_patient == Surroundings(
        entry=entry,
        related_application=caregiver,
        same_person_actions=(("active", None),),
        document_owners=documents,
    )
    ledger.decides(caregiver, "approved")
    assert ledger.around(patient)[0] == replace(of_patient, related_approved=True)


def test_a_caregivers_entry_reaches_the_patient_by_the_link_alone(ledger: Ledger) -> None:
    ledger.registers(
        registered("P1", "Ana/Diaz", related_registration_number="G1"),
        registered("G1", "Rosa/Diaz", role=Role.CAREGIVER, status="suspended", hold=True),
    )
    patient = renewal(1, "Ana/Diaz", "P1")
    ledger.receives(patient)
    (around,) = ledger.around(patient)
    assert around.related_entry is not None
    assert (around.related_entry.status, around.related_entry.hold) == ("suspended", True)
    assert not around.person_on_hold
    assert around.same_person_actions == (("active", None),)


def test_a_larger_chunk_asks_the_ledger_no_more_questions(ledger: Ledger) -> None:
    people = [submitted(number, f"John{'n' * number}/Smith") for number in range(1, 13)]
    ledger.registers(*(registered(f"P{number}", f"Jon{'n' * number}/Smith") for number in range(12)))
    ledger.receives(*people)
    assert _questions(ledger, people[:2]) == _questions(ledger, people)


def _questions(ledger: Ledger, applications: Sequence[Application]) -> int:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(ledger.engine, "before_cursor_execute", note)
    try:
        ledger.around(*applications)
    finally:
        event.remove(ledger.engine, "before_cursor_execute", note)
    return len(asked)


AWAY = Address("7 Oak Road", "", "Bristol", "CT", "06010")


def bill(sha256: str, who: str, account: str = "51004478213", due: str = "$1,071.45", **changes: Any) -> DocumentFacts:
    """A bill of one sender as a reader found it; everybody's has the same words and the sender's own numbers."""
    text = f"""Nutmeg Light & Power\tPermit 5500123
Account number\t{account}
{who}
12 Elm Street
Hartford CT 06103
Statement date 11/03/2026\tCall 860-555-0100
Previous balance\t$83.12
Delivery and supply charges\t$988.33
Total amount due\t{due}"""
    facts = DocumentFacts(sha256, "text/1", ReadState.TEXT, "application/pdf", "", 1, text, "layer")
    return replace(facts, **changes)


def sent(number: int, who: str, sha256: str, role: str = "residency", **changes: Any) -> Application:
    return submitted(number, who, documents=(DocumentRef(role, "other", f"{role}.pdf", sha256),), **changes)


def card(sha256: str, last: str = "SANTOS") -> DocumentFacts:
    """A photographed license whose barcode was read."""
    said = {"last_name": last, "first_name": "MARIA", "birth_date": "1980-03-04", "expiry_date": "2029-03-04"}
    readings = tuple(Reading(what, value, "barcode", 1, (), 100) for what, value in said.items())
    return DocumentFacts(sha256, "text/1", ReadState.NO_TEXT, "image/jpeg", "", 1, "", readings=readings)


def picture(sha256: str, light: int = 0, turned: bool = False) -> DocumentFacts:
    """A picture of sixteen by sixteen cells with a bright disc in one corner, or turned over."""
    cells = [
        40 + light + 150 * ((row - 4) ** 2 + (column - 5) ** 2 < 30) + 3 * column
        for row in range(16)
        for column in range(16)
    ]
    shown = bytes(reversed(cells) if turned else cells).hex()
    return DocumentFacts(sha256, "text/1", ReadState.NO_TEXT, "image/jpeg", "", 1, "", page_print=shown)


def test_a_bill_with_another_name_put_in_is_told_to_both_whoever_comes_first(ledger: Ledger) -> None:
    ann, eve = sent(1, "Ann/Lee", "a"), sent(2, "Eve/Moss", "b", address=AWAY)
    ledger.receives(ann, eve)
    ledger.reads(bill("a", "Ann Lee"), bill("b", "Eve Moss"))
    to_ann, to_eve = NearPage("residency", "T-0002", "numbers", 100), NearPage("residency", "T-0001", "numbers", 100)
    assert [around.near_pages for around in ledger.around(ann, eve)] == [(to_ann,), (to_eve,)]
    assert [around.near_pages for around in ledger.around(eve, ann)] == [(to_eve,), (to_ann,)]
    assert ledger.around(eve)[0].near_pages == (to_eve,)


def test_what_an_earlier_run_read_and_decided_is_found_by_a_later_one(ledger: Ledger) -> None:
    ann, eve = sent(1, "Ann/Lee", "a"), sent(2, "Eve/Moss", "b", address=AWAY)
    ledger.receives(ann, eve)
    ledger.reads(bill("a", "Ann Lee"))
    assert ledger.around(ann)[0].near_pages == ()
    ledger.decides(ann, "auto_approved")
    ledger.reads(bill("b", "Eve Moss", text_source="ocr"))
    assert [page.number for page in ledger.around(eve)[0].near_pages] == ["T-0001"]


def test_one_senders_bills_for_different_customers_are_nobody_elses(ledger: Ledger) -> None:
    people = [sent(number, f"Ann{'n' * number}/Lee", f"b{number}", address=AWAY) for number in range(1, 20)]
    ledger.receives(*people)
    ledger.reads(
        *(bill(f"b{n}", "Ann Lee", f"51{n * 7919 % 10**9:09d}", f"${n * 37 + 11}.{n + 10}") for n in range(1, 20))
    )
    assert {around.near_pages for around in ledger.around(*people)} == {()}


def test_a_familys_shared_bill_is_normal_scanned_by_each_of_them_too(ledger: Ledger) -> None:
    ann, ben = sent(1, "Ann/Lee", "a"), sent(2, "Ben/Lee", "b", address=replace(HOME, street="12 ELM ST", unit="#4"))
    ledger.receives(ann, ben)
    ledger.reads(bill("a", "Ann & Ben Lee"), bill("b", "Ann & Ben Lee", text_source="ocr"))
    assert {around.near_pages for around in ledger.around(ann, ben)} == {()}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": name("ÁNN/Lee"), "submission_id": "T-0002"},
        {"name": name("Annn/Leed"), "revision": 2},
        {"name": name("Ann/Novak"), "registration_number": "P1", "submission_id": "T-0002"},
        {"name": name("Anna/Leee"), "submission_id": "T-0002"},
    ],
    ids=["the same person a year later", "corrected", "the same registration, married", "a slip of the pen"],
)
def test_ones_own_paper_sent_again_is_nobody_elses(ledger: Ledger, changes: dict[str, Any]) -> None:
    before = sent(1, "Ann/Lee", "a", registration_number="P1")
    again = replace(before, row=2, documents=sent(2, "Ann/Lee", "b").documents, address=AWAY, **changes)
    ledger.receives(before, again)
    ledger.reads(bill("a", "Ann Lee"), bill("b", "Ann Lee", text_source="ocr"))
    assert {around.near_pages for around in ledger.around(before, again)} == {()}


def test_a_corrected_revision_with_the_same_file_is_not_another_persons(ledger: Ledger) -> None:
    before = sent(1, "Ann/Lee", "a", "identity")
    after = replace(before, row=2, revision=2, name=name("Zoe/Novak"))
    ledger.receives(before, after)
    assert ledger.around(after)[0].document_owners == {"identity:a": ()}


def test_what_another_version_of_the_reader_found_is_still_compared_and_kept_once(ledger: Ledger) -> None:
    ann, eve = sent(1, "Ann/Lee", "a"), sent(2, "Eve/Moss", "b", address=AWAY)
    ledger.receives(ann, eve)
    ledger.reads(bill("a", "Ann Lee", reader="text/0"))
    with ledger.engine.begin() as connection:  # an older version knew fewer facts
        table = schema.document_facts
        stored = json.loads(connection.execute(select(table.c.facts)).scalar_one())
        del stored["page_print"]
        connection.execute(update(table).values(facts=json.dumps(stored)))
    ledger.reads(bill("b", "Eve Moss"))
    assert [page.number for page in ledger.around(eve)[0].near_pages] == ["T-0001"]
    marks = _marks(ledger)
    ledger.reads(bill("a", "Ann Lee"))
    ledger.reads(bill("a", "Ann Lee"), bill("b", "Eve Moss"))
    assert _marks(ledger) == marks
    assert [page.number for page in ledger.around(ann)[0].near_pages] == ["T-0002"]


def test_no_number_of_a_paper_stands_among_the_marks_and_without_the_key_nobody_can_make_them(ledger: Ledger) -> None:
    ann, eve = sent(1, "Ann/Lee", "a"), sent(2, "Eve/Moss", "b", address=AWAY)
    ledger.receives(ann, eve)
    ledger.reads(bill("a", "Ann Lee"))
    ledger.reads(bill("b", "Eve Moss"), key=b"l" * 32)
    marks = _marks(ledger)
    assert not any("51004478213" in mark or "107145" in mark for _, mark in marks)
    assert len({mark for _, mark in marks}) == len(marks) == 8


def test_a_number_that_a_whole_crowd_has_is_the_senders_own(ledger: Ledger) -> None:
    people = [sent(number, f"Ann{'n' * number}/Lee", f"b{number}", address=AWAY) for number in range(1, 31)]
    ledger.receives(*people)
    ledger.reads(
        *(replace(bill(f"b{n}", ""), text="Customer service 5500123\nDate: November 3, 2026") for n in range(1, 31))
    )
    assert {around.near_pages for around in ledger.around(*people)} == {()}


def test_a_page_that_went_round_is_told_to_each_however_many_they_are(ledger: Ledger) -> None:
    people = [sent(number, f"Ann{'n' * number}/Lee", f"b{number}") for number in range(1, 31)]
    away = [replace(each, address=replace(AWAY, street=f"{each.row} Oak Road")) for each in people]
    away = [replace(each, date_of_birth=date(1950 + each.row, 1, 2)) for each in away]
    ledger.receives(*away)
    ledger.reads(*(bill(f"b{number}", f"Ann Lee {number}") for number in range(1, 31)))
    assert all(len(around.near_pages) == 5 for around in ledger.around(*away))


def test_a_license_photographed_anew_is_known_by_its_code(ledger: Ledger) -> None:
    maria, eve, zoe = (
        sent(number, who, sha256, "identity", address=AWAY)
        for number, who, sha256 in ((1, "Maria/Santos", "a"), (2, "Eve/Moss", "b"), (3, "Zoe/Park", "c"))
    )
    ledger.receives(maria, eve, zoe)
    ledger.reads(card("a"), card("b"), card("c", "PARK"))
    found = [around.near_pages for around in ledger.around(maria, eve, zoe)]
    assert found == [
        (NearPage("identity", "T-0002", "card", 100),),
        (NearPage("identity", "T-0001", "card", 100),),
        (),
    ]


def test_a_photo_saved_in_another_light_is_told_and_proofs_are_never_compared_as_pictures(ledger: Ledger) -> None:
    photos = [sent(number, f"Ann{'n' * number}/Lee", f"p{number}", "photo") for number in (1, 2, 3)]
    scans = [sent(number, f"Ann{'n' * number}/Lee", f"p{number}", "identity") for number in (4, 5)]
    strangers = [replace(each, date_of_birth=date(1950 + each.row, 1, 2)) for each in (*photos, *scans)]
    ledger.receives(*strangers)
    ledger.reads(picture("p1"), picture("p2", light=12), picture("p3", turned=True), picture("p4"), picture("p5", 3))
    found = [around.near_pages for around in ledger.around(*strangers)]
    assert found == [
        (NearPage("photo", "T-0002", "picture", 100),),
        (NearPage("photo", "T-0001", "picture", 100),),
        (),
        (),
        (),
    ]


def _marks(ledger: Ledger) -> list[tuple[str, str]]:
    c = schema.document_mark.c
    with reading(ledger.engine) as connection:
        assert connection.execute(select(func.max(c.place))).scalar_one() <= 9
        return sorted((row.sha256, row.mark) for row in connection.execute(select(c.sha256, c.mark)))
