import io
import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from registry.credential import credential
from registry.facts import Address, PersonName, Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from tasks.authority import Authority
from tasks.engraving.certificate import Engraver
from tasks.proofing import Proof, ProofError
from tasks.tokens.cwt import mint
from tasks.tokens.errors import TokenError
from tests.unit.certificates.variants import TEMPORARY

Draw = Callable[[IssuanceOrder], bytes]
ReadBack = Callable[[bytes, IssuanceOrder], Proof]

FULL = replace(
    TEMPORARY,
    name=PersonName("Maria", "Elena", "Lopez", "Jr."),
    date_of_birth=date(2012, 3, 4),
    dosage_restrictions="Tinctures only, at most 10 mg per dose.",
    caregiver_name="Anna-Sophia De La Cruz",
    no_smoking_forms=True,
)
CAREGIVER = replace(FULL, role=Role.CAREGIVER, caregiver_name="", patient_name="Tomás Lopez")
CHANGES = [
    ("serial", serial_number(2026, 124)),
    ("serial", serial_number(2025, 123)),
    ("kind", CertificateKind.PERMANENT),
    ("role", Role.CAREGIVER),
    ("registration_number", "MMP-0048218"),
    ("registration_number", "MMP-004821"),
    ("name", PersonName("Maria", "Elena", "Lopes", "Jr.")),
    ("name", PersonName("María", "Elena", "Lopez", "Jr.")),
    ("name", PersonName("Maria", "Elena", "Lopez", "")),
    ("name", PersonName("Maria", "Elena", "Lo pez", "Jr.")),
    ("name", PersonName("maria", "Elena", "Lopez", "Jr.")),
    ("name", PersonName("Маria", "Elena", "Lopez", "Jr.")),
    ("date_of_birth", date(2012, 4, 3)),
    ("date_of_birth", date(2013, 3, 4)),
    ("address", Address("49 Prospect Street", "Apt 3B", "New Haven", "CT", "06511")),
    ("address", Address("48 Prospect Street", "", "New Haven", "CT", "06511")),
    ("address", Address("48 Prospect Street", "Apt 3B", "New Haven", "CT", "06512")),
    ("issued_on", date(2026, 11, 21)),
    ("expires_on", date(2026, 12, 23)),
    ("expires_on", date(2026, 12, 2)),
    ("expires_on", date(2027, 12, 22)),
    ("monthly_allotment_ounces", Decimal("2.51")),
    ("monthly_allotment_ounces", Decimal(25)),
    ("dosage_restrictions", ""),
    ("dosage_restrictions", "Tinctures only, at most 100 mg per dose."),
    ("caregiver_name", ""),
    ("caregiver_name", "Anna-Sophia Dela Cruz"),
    ("no_smoking_forms", False),
]


def test_every_variant_passes(draw: Draw, read_back: ReadBack, variant: IssuanceOrder) -> None:
    pdf = draw(variant)
    read = read_back(pdf, variant)
    assert (read.serial, read.bytes_length) == (variant.serial, len(pdf))
    assert read.covers(pdf)


@pytest.mark.parametrize(("field", "other"), CHANGES)
def test_a_certificate_of_another_order_is_refused(
    engraver: Engraver, authority: Authority, read_back: ReadBack, field: str, other: object
) -> None:
    """Although its code says what this order says."""
    drawn = replace(FULL, **{field: other, "patient_name": "Tomás Lopez" if other is Role.CAREGIVER else ""})
    with pytest.raises(ProofError) as refused:
        read_back(engraver.draw(drawn, mint(credential(FULL), authority.tokens.active)), FULL)
    told = str(refused.value)
    assert told.count(";") < 40
    for secret in ("Maria", "Lopez", "Lopes", "Prospect", "0048213", "Cruz", "Tinctures", "2012", "2026"):
        assert secret not in told


def test_every_printed_field_is_tried_above() -> None:
    unprinted = {"registration_ends_on", "patient_name"}
    assert {field for field, _ in CHANGES} == {field.name for field in fields(IssuanceOrder)} - unprinted


@pytest.mark.parametrize("name", ["Tomas Lopez", "Tomás Lopez Jr.", ""])
def test_a_caregivers_certificate_for_another_patient_is_refused(draw: Draw, read_back: ReadBack, name: str) -> None:
    assert read_back(draw(CAREGIVER), CAREGIVER)
    with pytest.raises(ProofError, match="panel: patient"):
        read_back(draw(CAREGIVER), replace(CAREGIVER, patient_name=name))


@pytest.mark.parametrize("script", ["محمد بن عبد الله", "יוסף בן־דוד"])
def test_a_right_to_left_name_with_another_letter_is_refused(draw: Draw, read_back: ReadBack, script: str) -> None:
    drawn = replace(FULL, name=PersonName(script, "", "Lopez", ""))
    assert read_back(draw(drawn), drawn)
    with pytest.raises(ProofError, match="card front: name"):
        read_back(draw(drawn), replace(drawn, name=PersonName(script + script[0], "", "Lopez", "")))


@pytest.mark.parametrize("kept", [0, 1, 9, 100, 0.5, 0.9, 0.99, -1, -6, -20])
def test_truncated_bytes_are_refused(draw: Draw, read_back: ReadBack, kept: float) -> None:
    pdf = draw(FULL)
    with pytest.raises(ProofError, match=r"the file (is truncated|was changed)"):
        read_back(pdf[: int(kept * len(pdf)) if 0 < kept < 1 else int(kept)], FULL)


@pytest.mark.parametrize("extra", [b"\n", b"x", b"%%EOF\n", b"1 0 obj <<>> endobj\nstartxref\n9\n%%EOF\n"])
def test_bytes_with_something_appended_are_refused(draw: Draw, read_back: ReadBack, extra: bytes) -> None:
    pdf = draw(FULL)
    with pytest.raises(ProofError, match=r"the file (is truncated|was changed)"):
        read_back(pdf + extra, FULL)
    assert not read_back(pdf, FULL).covers(pdf + extra)


def test_two_pages_are_refused(draw: Draw, read_back: ReadBack) -> None:
    document = pypdfium2.PdfDocument(draw(FULL))
    document.import_pages(pypdfium2.PdfDocument(draw(FULL)))
    with pytest.raises(ProofError, match="exactly one page"):
        read_back(saved(document), FULL)


def test_a_page_of_another_size_is_refused(draw: Draw, read_back: ReadBack) -> None:
    document = pypdfium2.PdfDocument(draw(FULL))
    document[0].set_mediabox(0, 0, 595, 842)
    with pytest.raises(ProofError, match="not US letter"):
        read_back(saved(document), FULL)


def saved(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n%%EOF\n", b"\x00" * 5000, b"startxref\n0\n%%EOF"])
def test_what_is_no_pdf_is_refused(read_back: ReadBack, junk: bytes) -> None:
    with pytest.raises(ProofError):
        read_back(junk, FULL)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"expires_on": date(2027, 10, 1)}, "expires: later than the end of the registration"),
        ({"expires_on": date(2026, 11, 21)}, "valid from: later than the expiry"),
        ({"serial": "MM26-0000123-10"}, "serial: its check digits"),
        ({"serial": "26-0000123"}, "serial: its check digits"),
    ],
)
def test_an_order_that_contradicts_itself_is_refused(
    engraver: Engraver, authority: Authority, read_back: ReadBack, changes: dict[str, object], told: str
) -> None:
    order = replace(FULL, **changes)  # type: ignore[arg-type]
    drawn = engraver.draw(order, mint(credential(FULL), authority.tokens.active))
    with pytest.raises(ProofError, match=told):
        read_back(drawn, order)


@pytest.mark.parametrize("changes", [{"expires_on": date(2026, 11, 21)}, {"serial": "MM26-0000123-10"}])
def test_no_code_is_made_for_an_order_that_contradicts_itself(draw: Draw, changes: dict[str, object]) -> None:
    with pytest.raises(TokenError, match="No code can be made for this certificate"):
        draw(replace(FULL, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["For epilepsy only.", "Against PTSD at night", "crohn’s: no oils"])
def test_a_diagnosis_on_the_page_is_refused(draw: Draw, read_back: ReadBack, words: str) -> None:
    order = replace(FULL, dosage_restrictions=words)
    with pytest.raises(ProofError, match="diagnosis"):
        read_back(draw(order), order)


def test_a_family_name_that_is_also_a_disease_passes(draw: Draw, read_back: ReadBack) -> None:
    order = replace(FULL, name=PersonName("Ida", "", "Parkinson", ""), caregiver_name="Carl Crohn")
    assert read_back(draw(order), order)


def test_a_placeholder_left_unfilled_is_refused(draw: Draw, read_back: ReadBack) -> None:
    order = replace(FULL, name=PersonName("{name}", "", "Lopez", ""))
    with pytest.raises(ProofError, match="placeholder"):
        read_back(draw(order), order)


def test_a_proof_can_be_made_in_no_other_way(draw: Draw, read_back: ReadBack) -> None:
    true = read_back(draw(FULL), FULL)
    with pytest.raises(TypeError):
        Proof("0" * 64, FULL.serial, 1)
    with pytest.raises(TypeError):
        Proof("0" * 64, FULL.serial, 1, object())
    with pytest.raises(TypeError):
        replace(true, serial=serial_number(2026, 9))
    with pytest.raises(AttributeError):
        true.serial = "x"  # type: ignore[misc]


def test_proofs_and_refusals_cross_process_borders(draw: Draw, read_back: ReadBack) -> None:
    true = read_back(draw(FULL), FULL)
    error = ProofError(("expires: differs",))
    assert pickle.loads(pickle.dumps(true)) == true  # noqa: S301
    assert pickle.loads(pickle.dumps(error)).problems == error.problems  # noqa: S301


def test_all_disagreements_are_told_at_once(draw: Draw, read_back: ReadBack) -> None:
    with pytest.raises(ProofError) as refused:
        read_back(draw(replace(FULL, serial=serial_number(2026, 9), name=PersonName("A", "", "B", ""))), FULL)
    problems = set(refused.value.problems)
    assert {"panel: name: differs from the order", "panel: serial: differs from the order"} <= problems
    assert {"card front: name: differs from the order", "card back: serial: differs from the order"} <= problems


def test_a_name_whose_two_lines_read_the_same_passes(draw: Draw, read_back: ReadBack) -> None:
    order = replace(FULL, name=PersonName("Παπαδοπούλου-Γεωργίου", "", "Παπαδοπούλου-Γεωργίου", ""))
    assert read_back(draw(order), order)


def test_a_certificate_good_for_one_day_passes(draw: Draw, read_back: ReadBack) -> None:
    order = replace(FULL, expires_on=FULL.issued_on, caregiver_name=FULL.name.in_full)
    assert read_back(draw(order), order)
