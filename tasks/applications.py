"""From the coerced table to applications: here frames end, and frozen records in chunks begin."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar

import pandas as pd

from expectations.columns import contract
from expectations.forms import AGENCY_TIME
from registry.facts import (
    Address,
    Application,
    Certification,
    DocumentRef,
    Kind,
    Payment,
    PersonName,
    Role,
)
from tasks.deliveries.manifest import nfc

_Otherwise = TypeVar("_Otherwise", Decimal, None)

CHUNK = 2_000
_ATTESTATIONS = {Role.PATIENT: 6, Role.CAREGIVER: 5}
_DEFAULT_OUNCES = Decimal(5)
_ANSWERS = {"yes": True, "no": False, "": None}


class SubmissionKey(NamedTuple):
    """What tells whether a row was held before: the same content is a duplicate, other content a conflict."""

    row: int
    submission_id: str
    revision: int
    content_sha256: str


def submission_keys(accepted: pd.DataFrame) -> list[SubmissionKey]:
    """The keys of rows that passed the suites, in their order; `revision` is the effective one."""
    columns = (accepted[name] for name in SubmissionKey._fields)
    return [
        SubmissionKey(int(row), name, int(number), sha256) for row, name, number, sha256 in zip(*columns, strict=True)
    ]


def to_applications(accepted: pd.DataFrame, delivery_id: str, documents: Mapping[str, str]) -> Iterator[Application]:
    """Turn rows that passed the suites into applications, a chunk of rows at a time.

    Args:
        accepted: rows of a coerced table, see `expectations.coercion.coerce`; none of them rejected.
        delivery_id: the delivery they came in.
        documents: name of an upload below documents/ -> its sha256 (hex); a file that is not among them gets none.

    Raises:
        ValueError: a row did not pass the suites.
    """
    digests = {nfc(name): sha256 for name, sha256 in documents.items()}
    names = ("row", *contract())
    for start in range(0, len(accepted), CHUNK):
        chunk = accepted.iloc[start : start + CHUNK]
        cells = [chunk[name].fillna("").tolist() for name in names]
        for values in zip(*cells, strict=True):
            yield _accepted_or_stop(dict(zip(names, values, strict=True)), delivery_id, digests)


def _accepted_or_stop(cell: Mapping[str, str], delivery_id: str, digests: Mapping[str, str]) -> Application:
    try:
        return _application(cell, delivery_id, digests)
    except (ValueError, KeyError, ArithmeticError):
        # What was raised quotes the value, which is a person's.
        raise ValueError(f"Row {cell['row']} did not pass the suites. Judge rows before they are accepted.") from None


def _application(cell: Mapping[str, str], delivery_id: str, digests: Mapping[str, str]) -> Application:
    role = Role(cell["role"])
    return Application(
        submission_id=cell["submission_id"],
        revision=int(cell["revision"]),
        delivery_id=delivery_id,
        row=int(cell["row"]),
        submitted_at=datetime.fromisoformat(cell["submitted_at"]).astimezone(AGENCY_TIME),
        kind=Kind(cell["kind"]),
        role=role,
        registration_number=cell["registration_number"],
        name=PersonName(cell["first_name"], cell["middle_name"], cell["last_name"], cell["name_suffix"]),
        date_of_birth=date.fromisoformat(cell["date_of_birth"]),
        email=cell["email"],
        phone=cell["phone"],
        address=Address(cell["street"], cell["unit"], cell["city"], cell["state"], cell["zip"]),
        certification=_certification(cell),
        caregiver_required=cell["caregiver_required"] == "yes",
        monthly_allotment_ounces=_amount(cell["monthly_allotment_ounces"], _DEFAULT_OUNCES),
        dosage_restrictions=cell["dosage_restrictions"],
        related_submission_id=cell["related_submission_id"],
        related_registration_number=cell["related_registration_number"],
        relationship=cell["relationship"],
        emancipated_minor=cell["emancipated_minor"] == "yes",
        documents=tuple(_documents(cell, digests)),
        attestations=tuple(_ANSWERS[cell[f"attestation_{number}"]] for number in range(1, _ATTESTATIONS[role] + 1)),
        payment=Payment(cell["payment_status"], _amount(cell["payment_amount"], None), cell["payment_reference"]),
    )


def _certification(cell: Mapping[str, str]) -> Certification:
    codes = cell["condition_codes"]
    return Certification(
        certification_id=cell["certification_id"],
        source=cell["certification_source"],
        certified_on=_day(cell["certified_on"]),
        expires_on=_day(cell["certification_expires_on"]),
        withdrawn_on=_day(cell["certification_withdrawn_on"]),
        certifier_license=cell["certifier_license"],
        certifier_name=cell["certifier_name"],
        condition_codes=tuple(codes.split(";")) if codes else (),
    )


def _documents(cell: Mapping[str, str], digests: Mapping[str, str]) -> Iterator[DocumentRef]:
    for role in ("identity", "residency"):
        if file := cell[f"{role}_document_file"]:
            yield DocumentRef(role, cell[f"{role}_document_type"], file, digests.get(file, ""))
    if file := cell["photo_file"]:
        yield DocumentRef("photo", "photo", file, digests.get(file, ""))
    for part in filter(None, cell["supporting_documents"].split(";")):
        declared, _, file = part.partition(":")
        yield DocumentRef("supporting", declared, file, digests.get(file, ""))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _amount(text: str, otherwise: _Otherwise) -> Decimal | _Otherwise:
    return Decimal(text) if text else otherwise
