"""Each rule from both sides: what passes, what is found, and the day on which it changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from registry.decision import Outcome
from registry.facts import Address, DocumentRef, Kind, Payment, PersonName, ReadState, Role
from registry.reasons import Reason
from registry.rulebook import RULES

Bend = Callable[[Any], Any]


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00-05:00")


def without(case: Any, role: str) -> Any:
    return case.with_(documents=tuple(ref for ref in case.application.documents if ref.role != role))


def typed(case: Any, role: str, kind: str) -> Any:
    refs = tuple(replace(r, declared_type=kind) if r.role == role else r for r in case.application.documents)
    return case.with_(documents=refs)


def undelivered(case: Any, role: str) -> Any:
    refs = tuple(replace(r, sha256="") if r.role == role else r for r in case.application.documents)
    return case.with_(documents=refs)


def caregiver(case: Any) -> Any:
    entry = replace(case.around.entry, registration_number="G1", role=Role.CAREGIVER, related_registration_number="P1")
    bent = case.with_(role=Role.CAREGIVER, registration_number="G1", relationship="spouse", attestations=(True,) * 5)
    return bent.knowing(entry=entry, related_entry=case.around.entry, certifier_periods=())


def with_photo(case: Any, state: ReadState, media_type: str) -> Any:
    bent = case.with_(documents=(*case.application.documents, DocumentRef("photo", "", "me.jpg", "photo")))
    return bent.reading("photo", "", state, media_type)


LEASE_TEXT = """RESIDENTIAL LEASE
This lease is made on August 22, 2024 between Brass City Properties LLC (the landlord) and
Maria Santos
(the tenant), for the dwelling at
12 Elm St Apt 4
Hartford, CT 06103
The rent is $1,450.00 a month. The tenant has paid a security deposit.
"""

PASSES: dict[str, Bend] = {
    "a clean renewal": lambda c: c,
    "a renewal on the first day of the window": lambda c: c.entry(expires_on=date(2026, 12, 20)),
    "a renewal on the last day": lambda c: c.entry(expires_on=date(2026, 11, 20)),
    "a new address that the bill proves": lambda c: c.entry(
        address=replace(c.application.address, street="9 Oak Road")
    ),
    "a register that writes the name without accents": lambda c: c.entry(name=PersonName("MARÍA", "J", "santos", "")),
    "a revocation seven months ago": lambda c: c.knowing(same_person_actions=(("revoked", date(2026, 4, 1)),)),
    "a bill of exactly 90 days": lambda c: c.reading("residency", bill(c, "08/22/2026")),
    "a lease of any age": lambda c: typed(c.reading("residency", LEASE_TEXT), "residency", "lease"),
    "a two-year certification signed on the first day of the new law": lambda c: c.certified(
        certified_on=date(2025, 10, 1), expires_on=date(2027, 10, 1)
    ),
    "an APRN certifying glaucoma alone under the new law": lambda c: c.certifier(type="aprn").certified(
        condition_codes=("GLAUCOMA",)
    ),
    "a pharmacist for 90 days": lambda c: c.certifier(
        type="pharmacist", csp_valid_to=None, dea_valid_to=None
    ).certified(source="pharmacist", expires_on=date(2026, 11, 1) + timedelta(days=90)),
    "a physician assistant": lambda c: c.certifier(type="pa"),
    "a license that lapsed after signing": lambda c: c.certifier(valid_to=date(2026, 11, 1)),
    "a caregiver who is needed, registered and unchanged": lambda c: (
        c.with_(caregiver_required=True)
        .entry(related_registration_number="G1")
        .knowing(related_entry=replace(c.around.entry, registration_number="G1", role=Role.CAREGIVER))
    ),
    "a usable photo": lambda c: with_photo(c, ReadState.NO_TEXT, "image/jpeg"),
    "a household's shared bill": lambda c: c.knowing(document_owners={"residency:bill": ()}),
}


def bill(case: Any, statement: str) -> str:
    text: str = case.around.documents["bill"].text
    return text.replace("10/30/2026", statement)


@pytest.mark.parametrize("bend", PASSES.values(), ids=PASSES.keys())
def test_the_automatic_lane_is_open_to(case: Any, bend: Bend) -> None:
    decision = bend(case).decision()
    assert decision.against == ()
    assert decision.outcome is Outcome.AUTO_APPROVED


FINDS: dict[str, tuple[Bend, set[str]]] = {
    "a renewal a day too early": (lambda c: c.entry(expires_on=date(2026, 12, 21)), {"RENEWAL_EARLY"}),
    "a renewal a day after expiry": (lambda c: c.entry(expires_on=date(2026, 11, 19)), {"RENEWAL_LATE"}),
    "a renewal of what has run out": (
        lambda c: c.entry(expires_on=date(2026, 11, 19), status="expired"),
        {"RENEWAL_LATE"},
    ),
    "an unknown registration": (lambda c: c.knowing(entry=None), {"REGISTRATION_UNKNOWN"}),
    "a registration of the other role": (lambda c: c.entry(role=Role.CAREGIVER), {"REGISTRATION_UNKNOWN"}),
    "a withdrawn registration": (lambda c: c.entry(status="withdrawn"), {"REGISTRATION_NOT_ACTIVE"}),
    "another last name": (lambda c: c.entry(name=PersonName("Maria", "", "Rodriguez", "")), {"IDENTITY_CHANGED"}),
    "another birth date": (lambda c: c.entry(date_of_birth=date(1980, 1, 3)), {"IDENTITY_CHANGED"}),
    "a revocation within six months": (
        lambda c: c.knowing(same_person_actions=(("revoked", date(2026, 6, 1)),)),
        {"PRIOR_ACTION"},
    ),
    "a suspension long ago that was never lifted": (
        lambda c: c.knowing(same_person_actions=(("suspended", date(2024, 1, 1)),)),
        {"PRIOR_ACTION"},
    ),
    "a revocation without a date": (lambda c: c.knowing(same_person_actions=(("revoked", None),)), {"PRIOR_ACTION"}),
    "a revocation after the submission": (
        lambda c: c.knowing(same_person_actions=(("revoked", date(2026, 11, 21)),)),
        {"PRIOR_ACTION"},
    ),
    "a registration without an end": (lambda c: c.entry(expires_on=None), {"REGISTRATION_NOT_ACTIVE"}),
    "a middle name that contradicts the register's": (
        lambda c: c.with_(name=replace(c.application.name, middle="Zoe")).entry(
            name=PersonName("Maria", "Ann", "Santos", "")
        ),
        {"IDENTITY_CHANGED"},
    ),
    "a hold on another registration of the person": (lambda c: c.knowing(person_on_hold=True), {"HOLD"}),
    "another row of the submission that is kept apart": (lambda c: c.knowing(rows_apart=1), {"HOLD"}),
    "a supporting paper that did not come": (
        lambda c: c.with_(documents=(*c.application.documents, DocumentRef("supporting", "other", "x.pdf", ""))),
        {"DOC_UNSAFE"},
    ),
    "a photo that we failed to look at": (
        lambda c: c.with_(documents=(*c.application.documents, DocumentRef("photo", "photo", "x.jpg", "unseen"))),
        {"DOC_UNSAFE"},
    ),
    "a license with two periods of which one is bad": (
        lambda c: c.knowing(
            certifier_periods=(
                *c.around.certifier_periods,
                replace(c.around.certifier_periods[0], valid_from=date(2026, 1, 1), status="suspended"),
            )
        ),
        {"CERTIFIER_NOT_IN_STANDING"},
    ),
    "an APRN naming glaucoma twice under the old law": (
        lambda c: c.certifier(type="aprn").certified(
            condition_codes=("GLAUCOMA", "GLAUCOMA"), certified_on=date(2025, 9, 30), expires_on=date(2026, 9, 30)
        ),
        {"CERTIFIER_TYPE", "CERT_EXPIRED"},
    ),
    "a caregiver whose registration has run out": (
        lambda c: (
            c.with_(caregiver_required=True)
            .entry(related_registration_number="G1")
            .knowing(
                related_entry=replace(
                    c.around.entry, registration_number="G1", role=Role.CAREGIVER, expires_on=date(2026, 11, 19)
                )
            )
        ),
        {"CAREGIVER_PENDING"},
    ),
    "a revoked caregiver whom somebody approved once": (
        lambda c: (
            c.with_(caregiver_required=True)
            .entry(related_registration_number="G1")
            .knowing(
                related_approved=True,
                related_entry=replace(c.around.entry, registration_number="G1", role=Role.CAREGIVER, status="revoked"),
            )
        ),
        {"CAREGIVER_PENDING"},
    ),
    "a child who is said to be emancipated": (
        lambda c: c.minor().with_(emancipated_minor=True).certified(condition_codes=("PTSD",)),
        {"MINOR_NEEDS_REVIEW"},
    ),
    "a hold": (lambda c: c.entry(hold=True), {"HOLD"}),
    "a second active number": (lambda c: c.knowing(same_person_numbers=("P2",)), {"DUPLICATE_PERSON"}),
    "a second open submission": (lambda c: c.knowing(same_person_submissions=("S-0002",)), {"DUPLICATE_PERSON"}),
    "no proof of identity": (lambda c: without(c, "identity"), {"ID_MISSING"}),
    "a proof of identity that did not come": (lambda c: undelivered(c, "identity"), {"ID_MISSING"}),
    "a bill that is sent as a license": (
        lambda c: c.reading("identity", c.around.documents["bill"].text),
        {"ID_INCONCLUSIVE"},
    ),
    "an old bill that is called a lease": (
        lambda c: typed(c.reading("residency", bill(c, "08/22/2024")), "residency", "lease"),
        {"RES_INCONCLUSIVE"},
    ),
    "another kind of identity paper": (lambda c: typed(c, "identity", "other"), {"ID_UNACCEPTABLE"}),
    "an identity paper nobody can open": (
        lambda c: c.reading("identity", "", ReadState.UNREADABLE),
        {"ID_UNREADABLE"},
    ),
    "an identity paper that is a picture": (
        lambda c: c.reading("identity", "", ReadState.NO_TEXT),
        {"ID_INCONCLUSIVE"},
    ),
    "an identity paper that says nothing": (lambda c: c.reading("identity", "Hello"), {"ID_INCONCLUSIVE"}),
    "somebody else's license": (
        lambda c: c.reading("identity", id_text(c, "SANTOS", "KOWALSKI", "MARIA", "ZOFIA")),
        {"ID_NAME_MISMATCH"},
    ),
    "another birth date on the license": (
        lambda c: c.reading("identity", id_text(c, "01/02/1980", "01/02/1981")),
        {"ID_DOB_MISMATCH"},
    ),
    "a license that ended the day before": (
        lambda c: c.reading("identity", id_text(c, "01/02/2030", "11/19/2026")),
        {"ID_EXPIRED"},
    ),
    "no proof of residency": (lambda c: without(c, "residency"), {"RES_MISSING"}),
    "another kind of residency paper": (lambda c: typed(c, "residency", "other"), {"RES_UNACCEPTABLE"}),
    "a residency paper nobody can open": (
        lambda c: c.reading("residency", "", ReadState.UNREADABLE),
        {"RES_UNREADABLE"},
    ),
    "a scanned bill": (lambda c: c.reading("residency", "", ReadState.NO_TEXT), {"RES_INCONCLUSIVE"}),
    "a bill of 91 days": (lambda c: c.reading("residency", bill(c, "08/21/2026")), {"RES_STALE"}),
    "a bill from the future": (lambda c: c.reading("residency", bill(c, "12/24/2026")), {"RES_INCONCLUSIVE"}),
    "a bill in another name": (
        lambda c: c.reading("residency", bill(c, "10/30/2026").replace("Maria Santos", "Zofia Kowalski")),
        {"RES_NAME_MISMATCH"},
    ),
    "a bill for another address": (
        lambda c: c.reading(
            "residency",
            bill(c, "10/30/2026")
            .replace("12 Elm St Apt 4", "77 Birch Ave")
            .replace("Hartford", "Norwalk")
            .replace("06103", "06850"),
        ),
        {"RES_ADDRESS_MISMATCH"},
    ),
    "an address that nothing proves": (
        lambda c: c.entry(address=Address("9 Oak Road", "", "Avon", "CT", "06001")).reading(
            "residency", "", ReadState.NO_TEXT
        ),
        {"ADDRESS_CHANGED", "RES_INCONCLUSIVE"},
    ),
    "an address in another state": (
        lambda c: c.with_(address=replace(c.application.address, state="MA")).entry(
            address=replace(c.application.address, state="MA")
        ),
        {"NOT_RESIDENT"},
    ),
    "an unsafe upload": (lambda c: c.reading("identity", "", ReadState.UNSAFE), {"DOC_UNSAFE"}),
    "a paper that came with somebody else": (
        lambda c: c.knowing(document_owners={"identity:id": ("S-0009",)}),
        {"DOC_REUSED"},
    ),
    "a photo that is no picture": (lambda c: with_photo(c, ReadState.UNREADABLE, ""), {"PHOTO_UNUSABLE"}),
    "a photo that is a letter": (lambda c: with_photo(c, ReadState.TEXT, "application/pdf"), {"PHOTO_UNUSABLE"}),
    "an open attestation": (lambda c: c.with_(attestations=(True,) * 5 + (None,)), {"ATTESTATION_NO"}),
    "a refused attestation": (lambda c: c.with_(attestations=(False,) + (True,) * 5), {"ATTESTATION_NO"}),
    "no certification": (lambda c: c.certified(certification_id=""), {"CERT_MISSING"}),
    "a certification signed after the submission": (
        lambda c: c.certified(certified_on=date(2026, 11, 21)),
        {"CERT_MISSING"},
    ),
    "a certification signed before the programme began": (
        lambda c: c.certified(certified_on=date(2012, 9, 30)),
        {"CERT_MISSING"},
    ),
    "an expired certification": (
        lambda c: c.certified(certified_on=date(2025, 11, 1), expires_on=date(2026, 11, 19)),
        {"CERT_EXPIRED"},
    ),
    "a withdrawn certification": (lambda c: c.certified(withdrawn_on=date(2026, 11, 10)), {"CERT_WITHDRAWN"}),
    "a two-year certification under the old law": (
        lambda c: c.certified(certified_on=date(2025, 9, 30), expires_on=date(2027, 9, 30)),
        {"CERT_TOO_LONG"},
    ),
    "a certification of two years and a day": (lambda c: c.certified(expires_on=date(2028, 11, 2)), {"CERT_TOO_LONG"}),
    "a pharmacist for 91 days": (
        lambda c: c.certifier(type="pharmacist").certified(
            source="pharmacist", expires_on=date(2026, 11, 1) + timedelta(days=91)
        ),
        {"CERT_TOO_LONG"},
    ),
    "a pharmacist's word from a physician": (
        lambda c: c.certified(source="pharmacist", expires_on=date(2026, 12, 1)),
        {"CERT_SOURCE_INVALID"},
    ),
    "an unknown certifier": (lambda c: c.knowing(certifier_periods=()), {"CERTIFIER_UNKNOWN"}),
    "a suspended certifier": (lambda c: c.certifier(status="suspended"), {"CERTIFIER_NOT_IN_STANDING"}),
    "a license that ended the day before signing": (
        lambda c: c.certifier(valid_to=date(2026, 10, 31)),
        {"CERTIFIER_NOT_IN_STANDING"},
    ),
    "a controlled-substance registration that had ended": (
        lambda c: c.certifier(csp_valid_to=date(2026, 10, 31)),
        {"CERTIFIER_NOT_IN_STANDING"},
    ),
    "a DEA registration that had ended": (
        lambda c: c.certifier(dea_valid_to=date(2026, 10, 31)),
        {"CERTIFIER_NOT_IN_STANDING"},
    ),
    "an APRN certifying glaucoma alone under the old law": (
        lambda c: c.certifier(type="aprn").certified(
            condition_codes=("GLAUCOMA",), certified_on=date(2025, 9, 30), expires_on=date(2026, 12, 30)
        ),
        {"CERTIFIER_TYPE", "CERT_TOO_LONG"},
    ),
    "an unknown condition": (lambda c: c.certified(condition_codes=("PTSD", "NOPE")), {"CONDITION_UNKNOWN"}),
    "no condition": (lambda c: c.certified(condition_codes=()), {"CONDITION_UNKNOWN"}),
    "a condition that was not on the list yet": (
        lambda c: c.certified(
            condition_codes=("AUTISM",), certified_on=date(2024, 6, 30), expires_on=date(2026, 12, 30)
        ),
        {"CONDITION_NOT_FOR_AGE", "CERT_TOO_LONG"},
    ),
    "a caregiver who is needed and not named": (lambda c: c.with_(caregiver_required=True), {"CAREGIVER_MISSING"}),
    "a caregiver who is needed and not registered": (
        lambda c: c.with_(caregiver_required=True, related_registration_number="G1").entry(
            related_registration_number="G1"
        ),
        {"CAREGIVER_PENDING"},
    ),
    "another caregiver than before": (
        lambda c: c.with_(related_registration_number="G2").entry(related_registration_number="G1"),
        {"CAREGIVER_CHANGED"},
    ),
    "a minor": (lambda c: c.minor(), {"MINOR_NEEDS_REVIEW"}),
    "a minor without the second physician": (
        lambda c: c.minor().with_(documents=c.minor().application.documents[:2] + c.minor().application.documents[3:]),
        {"MINOR_NEEDS_REVIEW", "MINOR_LETTER_MISSING"},
    ),
    "a minor without the parent's word": (
        lambda c: c.minor().with_(documents=c.minor().application.documents[:3]),
        {"MINOR_NEEDS_REVIEW", "MINOR_ACK_MISSING"},
    ),
    "a minor who is to inhale": (
        lambda c: c.minor().with_(dosage_restrictions="Vaporized flower twice a day"),
        {"MINOR_NEEDS_REVIEW", "MINOR_FORM"},
    ),
    "a minor certified by an APRN": (
        lambda c: c.minor().certifier(type="aprn"),
        {"MINOR_NEEDS_REVIEW", "CERTIFIER_TYPE"},
    ),
    "a minor with an adult's condition": (
        lambda c: c.minor().certified(condition_codes=("PTSD",)),
        {"MINOR_NEEDS_REVIEW", "CONDITION_NOT_FOR_AGE"},
    ),
    "a first application": (lambda c: c.with_(kind=Kind.INITIAL, registration_number=""), {"INITIAL_NEEDS_REVIEW"}),
    "a replacement": (lambda c: c.with_(kind=Kind.REPLACEMENT), {"CHANGE_NEEDS_REVIEW"}),
    "a caregiver's renewal": (caregiver, {"CAREGIVER_NEEDS_REVIEW"}),
    "a caregiver of seventeen": (
        lambda c: (
            caregiver(c)
            .with_(date_of_birth=date(2008, 11, 21))
            .knowing(entry=replace(caregiver(c).around.entry, date_of_birth=date(2008, 11, 21)))
            .reading("identity", id_text(c, "01/02/1980", "11/21/2008"))
        ),
        {"CAREGIVER_NEEDS_REVIEW", "CAREGIVER_UNDERAGE"},
    ),
    "a caregiver who is the certifier": (
        lambda c: caregiver(c).knowing(
            certifier_periods=(replace(c.around.certifier_periods[0], full_name="Maria Santos"),)
        ),
        {"CAREGIVER_NEEDS_REVIEW", "CAREGIVER_IS_CERTIFIER"},
    ),
    "a caregiver with another patient": (
        lambda c: caregiver(c).knowing(patients_of_caregiver=("P9",)),
        {"CAREGIVER_NEEDS_REVIEW", "CAREGIVER_LIMIT"},
    ),
    "a second caregiver": (
        lambda c: caregiver(c).knowing(caregivers_of_patient=("G9",)),
        {"CAREGIVER_NEEDS_REVIEW", "CAREGIVER_SECOND"},
    ),
    "a fee that was due and not paid": (
        lambda c: c.with_(submitted_at=on("2023-06-30"), payment=Payment("failed", None, "")),
        {"PAYMENT_MISSING", "CERT_MISSING", "RENEWAL_EARLY", "RES_INCONCLUSIVE"},
    ),
}


def id_text(case: Any, *changes: str) -> str:
    text: str = case.around.documents["id"].text
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(("bend", "codes"), FINDS.values(), ids=FINDS.keys())
def test_the_rules_find_in(case: Any, bend: Bend, codes: set[str]) -> None:
    decision = bend(case).decision()
    assert set(decision.reason_codes) == codes
    assert decision.outcome is not Outcome.AUTO_APPROVED


def test_a_parent_may_care_for_several(case: Any) -> None:
    parent = caregiver(case).with_(relationship="parent").knowing(patients_of_caregiver=("P9",))
    assert parent.codes == {"CAREGIVER_NEEDS_REVIEW"}


@pytest.mark.parametrize(("day", "due"), [("2023-06-30", True), ("2023-07-01", False)])
def test_the_fee_ended_on_its_day(case: Any, day: str, due: bool) -> None:
    bent = case.with_(submitted_at=on(day), payment=Payment("failed", None, ""))
    assert ("PAYMENT_MISSING" in bent.codes) is due


@pytest.mark.parametrize("status", ["paid", "waived"])
def test_a_fee_paid_or_waived_is_settled(case: Any, status: str) -> None:
    bent = case.with_(submitted_at=on("2023-06-30"), payment=Payment(status, None, ""))
    assert "PAYMENT_MISSING" not in bent.codes


def test_a_paper_that_we_failed_to_look_at_goes_to_a_person_and_never_back_to_the_applicant(case: Any) -> None:
    unseen = case.knowing(documents={})
    assert unseen.codes == {"ID_INCONCLUSIVE", "RES_INCONCLUSIVE"}
    assert unseen.decision().outcome is Outcome.REVIEW


def test_every_reason_code_is_found_by_some_rule_and_seen_in_some_case() -> None:
    assert {rule.reason for rule in RULES} == set(Reason)
    assert set().union(*(codes for _, codes in FINDS.values())) == {reason.value for reason in Reason}


def test_rules_have_their_own_ids_and_codes() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.reason for rule in RULES}) == len(RULES)
