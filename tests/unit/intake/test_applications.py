import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest

from expectations.coercion import coerce
from expectations.columns import contract
from registry.facts import Application, DocumentRef, Kind, Role
from tasks.applications import CHUNK, submission_keys, to_applications

Row = Mapping[str, str]


def _frame(*rows: Row) -> pd.DataFrame:
    columns = {name: pd.Series([row.get(name) or None for row in rows], dtype="str") for name in contract()}
    return coerce(pd.DataFrame({"row": range(1, len(rows) + 1), **columns})).frame


def _one(row: Row, documents: Mapping[str, str] | None = None) -> Application:
    (application,) = to_applications(_frame(row), "biznet-1", documents or {})
    return application


def test_an_application_says_what_the_row_said(row: Row) -> None:
    application = _one(dict(row) | {"certified_on": "06/01/2026", "condition_codes": "ptsd;cancer", "zip": "6103"})
    assert (application.delivery_id, application.row, application.revision) == ("biznet-1", 1, 1)
    assert (application.kind, application.role) == (Kind.RENEWAL, Role.PATIENT)
    assert application.name.in_full == "Ana Ng"
    assert application.date_of_birth == date(1980, 2, 29)
    assert application.address.zip_code == "06103"
    assert application.certification.certified_on == date(2026, 6, 1)
    assert application.certification.condition_codes == ("PTSD", "CANCER")


def test_the_day_of_submission_is_the_one_in_connecticut(row: Row) -> None:
    application = _one(dict(row) | {"submitted_at": "2026-11-23T02:00:00Z"})
    assert application.submitted_at.date() == date(2026, 11, 22)
    assert application.submitted_at.utcoffset() is not None


def test_what_the_row_leaves_out_has_its_default(row: Row) -> None:
    application = _one(row)
    assert application.revision == 1
    assert application.monthly_allotment_ounces == Decimal(5)
    assert application.emancipated_minor is False
    assert application.payment.amount_dollars is None
    assert application.certification.certified_on is None
    assert application.certification.condition_codes == ()


def test_an_allotment_of_nothing_is_not_the_default(row: Row) -> None:
    assert _one(dict(row) | {"monthly_allotment_ounces": "0"}).monthly_allotment_ounces == 0


@pytest.mark.parametrize(("role", "count"), [("patient", 6), ("caregiver", 5)])
def test_attestations_are_as_many_as_the_role_has(row: Row, role: str, count: int) -> None:
    answers = {"attestation_1": "yes", "attestation_2": "no", "attestation_6": "yes"}
    attested = _one(dict(row) | {"role": role} | answers).attestations
    assert attested == (True, False, None, None, None, True)[:count]


def test_documents_carry_role_type_and_digest(row: Row) -> None:
    named = {
        "residency_document_type": "lease",
        "residency_document_file": "documents/lease.pdf",
        "photo_file": "me.jpg",
        "supporting_documents": "name_change:court.pdf; other:x.pdf",
    }
    held = {"id-1.pdf": "a" * 64, "lease.pdf": "b" * 64, "court.pdf": "c" * 64}
    assert _one(dict(row) | named, held).documents == (
        DocumentRef("identity", "passport", "id-1.pdf", "a" * 64),
        DocumentRef("residency", "lease", "lease.pdf", "b" * 64),
        DocumentRef("photo", "photo", "me.jpg", ""),
        DocumentRef("supporting", "name_change", "court.pdf", "c" * 64),
        DocumentRef("supporting", "other", "x.pdf", ""),
    )


def test_a_name_composed_in_another_way_is_the_same_file(row: Row) -> None:
    named = dict(row) | {"identity_document_file": unicodedata.normalize("NFD", "café.pdf")}
    held = {unicodedata.normalize("NFD", "café.pdf"): "a" * 64}
    assert _one(named, held).documents[0].sha256 == "a" * 64
    assert _one(named, {"café.pdf": "a" * 64}).documents[0].sha256 == "a" * 64


def test_rows_come_in_order_over_the_edge_of_a_chunk(row: Row) -> None:
    frame = pd.concat([_frame(row)] * (CHUNK + 3), ignore_index=True)
    frame["row"] = range(1, len(frame) + 1)
    numbers = [application.row for application in to_applications(frame, "biznet-1", {})]
    assert len(numbers) == CHUNK + 3
    assert all(after == before + 1 for before, after in pairwise(numbers))


def test_a_row_that_was_not_judged_is_stopped_without_quoting_it(row: Row) -> None:
    with pytest.raises(ValueError, match=r"Row 1 did not pass the suites") as stopped:
        _one(dict(row) | {"date_of_birth": "canary"})
    assert "canary" not in str(stopped.value)


def test_keys_tell_the_effective_revision_and_the_content(row: Row) -> None:
    first, same, other = submission_keys(
        _frame(row, dict(row) | {"revision": "1", "zip": "6103"}, dict(row) | {"city": "Avon"})
    )
    assert (first.row, first.submission_id, first.revision) == (1, "MMP-2026-000123", 1)
    assert first[1:] == same[1:]
    assert other.content_sha256 != first.content_sha256


def test_no_rows_give_no_applications() -> None:
    assert list(to_applications(_frame(), "biznet-1", {})) == []
    assert submission_keys(_frame()) == []
