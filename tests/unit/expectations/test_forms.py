import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.columns import contract
from expectations.forms import Reading, fold, form_of, stays_inside


def _read(column: str, text: str) -> Reading | None:
    return form_of(contract()[column])(fold(text))


@pytest.mark.parametrize(
    ("column", "text", "canonical"),
    [
        ("zip", "6103", "06103"),
        ("zip", "6103.0", "06103"),
        ("zip", "06103.0", "06103"),
        ("zip", "6103-1234", "06103-1234"),
        ("zip", "061031234", "06103-1234"),
        ("date_of_birth", "02/29/1980", "1980-02-29"),
        ("submitted_at", "2026-11-22T20:15", "2026-11-22T20:15:00-05:00"),
        ("submitted_at", "2026-07-01 20:15:00", "2026-07-01T20:15:00-04:00"),
        ("submitted_at", "2026-11-23T01:15:00Z", "2026-11-22T20:15:00-05:00"),
        ("phone", "+1 (860) 555-0123", "8605550123"),
        ("phone", "860•555•0123", "8605550123"),
        ("caregiver_required", "TRUE", "yes"),
        ("caregiver_required", "0", "no"),
        ("kind", "  Renewal ", "renewal"),
        ("state", "ct", "CT"),
        ("revision", "02", "2"),
        ("monthly_allotment_ounces", "2.50", "2.5"),
        ("monthly_allotment_ounces", "0", "0"),
        ("payment_amount", "100.00", "100"),
        ("condition_codes", "ptsd; Cancer;", "PTSD;CANCER"),
        ("identity_document_file", "documents/id 1.pdf", "id 1.pdf"),
        ("supporting_documents", "Other: a.pdf; name_change:b:c.pdf", "other:a.pdf;name_change:b:c.pdf"),
        ("email", "Ana@EXAMPLE.org", "Ana@example.org"),
        ("first_name", " Jose\u0301  \u00a0María ", "José María"),
        ("first_name", "A\u202ena\u200b", "Ana"),
    ],
)
def test_a_value_is_read_into_its_canonical_text(column: str, text: str, canonical: str) -> None:
    reading = _read(column, text)
    assert reading is not None
    assert reading.text == canonical


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("6103", "ZIP_LEADING_ZERO"),
        ("6103.0", "ZIP_LEADING_ZERO"),
        ("06103.0", "ZIP_DECIMAL_POINT"),
        ("061031234", "ZIP_PLUS_FOUR_HYPHEN"),
        ("06103", ""),
        ("06103-1234", ""),
    ],
)
def test_a_repaired_zip_names_the_rule_that_repaired_it(text: str, rule: str) -> None:
    assert _read("zip", text) == Reading(fold(text) if not rule else _read("zip", text).text, rule)  # type: ignore[union-attr]


def test_a_timestamp_in_the_doubled_hour_keeps_the_offset_it_came_with() -> None:
    first, second = (
        _read("submitted_at", "2026-11-01T01:30:00-04:00"),
        _read("submitted_at", "2026-11-01T01:30:00-05:00"),
    )
    assert first == Reading("2026-11-01T01:30:00-04:00")
    assert second == Reading("2026-11-01T01:30:00-05:00")


_LIKELY = st.text(alphabet=string.digits + "-/.:; TZ+$@abcdefYNyn_" + "é\u0301\u00a0٣王", max_size=40)


@given(column=st.sampled_from(sorted(contract())), text=_LIKELY | st.text(max_size=60))
def test_reading_what_was_read_gives_the_same_and_repairs_nothing(column: str, text: str) -> None:
    reading = _read(column, text)
    if reading is not None:
        assert form_of(contract()[column])(reading.text) == Reading(reading.text)


@given(
    column=st.sampled_from(sorted(contract())),
    digits=st.lists(st.sampled_from("0123456789-./: T"), max_size=26).map("".join),
)
def test_no_form_but_text_takes_digits_of_another_script_or_a_newline_behind(column: str, digits: str) -> None:
    form = form_of(contract()[column])
    if contract()[column].form in {"text", "file", "email"}:
        return
    if form(digits) is not None:
        assert form(digits + "\n") is None or contract()[column].form in {"phone", "codes", "typed_files"}
        foreign = digits.translate({ord("1"): "١", ord("0"): "٠"})
        assert foreign == digits or form(foreign) is None


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/../b",
        "a//b",
        "./a",
        "a/",
        "",
        "..",
        "a\\b",
        "C:\\x",
        "a\x00b",
        "a\nb",
        "a\u009fb",
    ],
)
def test_a_path_that_leaves_its_folder_or_takes_a_detour_is_not_inside(path: str) -> None:
    assert not stays_inside(path)


@pytest.mark.parametrize("path", ["a.pdf", "scans/a b.pdf", "..a", "a..pdf", "王.pdf", "a;b:c"])
def test_a_plain_path_is_inside(path: str) -> None:
    assert stays_inside(path)
