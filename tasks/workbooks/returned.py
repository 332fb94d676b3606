"""The analysts' decisions, read back row by row; nothing in the file is believed that is not under our code."""

import hmac
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from tasks.workbooks.cells import WorkbookError, canonical
from tasks.workbooks.queue_sheet import (
    CHOICES,
    COLUMNS,
    ENTRIES,
    FORMAT,
    META,
    QUEUE,
    SHOWN,
    TITLES,
    Issued,
    queue_seal,
    row_token,
)

_MAX_FILE_BYTES, _MAX_UNPACKED_BYTES = 64 << 20, 512 << 20
_Cell = tuple[object, bool]
"""a value, and whether a formula stands there"""


class Verdict(StrEnum):
    """What became of one returned row; only `OK` may be acted on."""

    OK = "OK"
    BLANK = "BLANK"
    BAD_CHOICE = "BAD_CHOICE"
    """no word of the list, or a ground without a decision"""
    MISSING_REASON = "MISSING_REASON"
    EDITED_READONLY = "EDITED_READONLY"
    BAD_TOKEN = "BAD_TOKEN"  # noqa: S105 - a verdict, no secret
    FORMULA = "FORMULA"
    DUPLICATE_ROW = "DUPLICATE_ROW"
    MISSING_ROW = "MISSING_ROW"
    UNKNOWN_ID = "UNKNOWN_ID"


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row that came back; `row` is its number in the sheet, 0 for a row that is missing."""

    submission_id: str
    revision: int
    decision: str
    ground: str
    note: str
    analyst: str
    verdict: Verdict
    decision_version: str = ""
    run_id: str = ""
    row: int = 0


def read_review(path: Path, key: bytes) -> list[ReturnedRow]:
    """Every row that came back, in its order, then those that are missing, each with its verdict.

    Whether a decision is stale or the case already decided is for the ledger to say.

    Raises:
        WorkbookError: when the file is no workbook, or its hidden sheet was not written with this key.
    """
    _refuse_unless_small(path)
    try:
        with closing(load_workbook(path, read_only=True, data_only=False, keep_links=False)) as workbook:
            run_id, issued = _meta(path, list(_cells(workbook[META], 4)), key)
            lines = list(enumerate(_cells(workbook[QUEUE], len(COLUMNS)), 1))
    except WorkbookError:
        raise
    except Exception:  # a hostile file can break a reader in any way, and none may carry its text out
        raise WorkbookError(f"{path.name}: it is not the workbook that was exported; export the queue again.") from None
    if [canonical(value) for value, _ in lines[0][1]] != TITLES:
        raise WorkbookError(f"{path.name}: the header of {QUEUE} was changed; export the queue again.")
    return _returned([line for line in lines[1:] if any(canonical(value) for value, _ in line[1])], run_id, issued, key)


def _returned(
    lines: Sequence[tuple[int, Sequence[_Cell]]], run_id: str, issued: Mapping[tuple[str, str], Issued], key: bytes
) -> list[ReturnedRow]:
    named = [(canonical(cells[0][0]), canonical(cells[1][0])) for _, cells in lines]
    times, rows = Counter(named), []
    for (number, cells), name in zip(lines, named, strict=True):
        case = issued.get(name)
        verdict = _verdict(cells, case, times[name], run_id, key)
        said = [canonical(cells[index][0]) for index in ENTRIES]
        submission_id, revision, version = case[:3] if case else (name[0][:40], 0, "")
        answer = (said[0].casefold(), said[1], said[2], said[3])
        rows.append(ReturnedRow(submission_id, revision, *answer, verdict, version, run_id, number))
    missing = [case for name, case in issued.items() if name not in times]
    gone = [ReturnedRow(*case[:2], "", "", "", "", Verdict.MISSING_ROW, case[2], run_id) for case in missing]
    return rows + gone


def _verdict(cells: Sequence[_Cell], case: Issued | None, times: int, run_id: str, key: bytes) -> Verdict:
    """The first thing that is wrong with a row, the gravest first."""
    if any(computed for _, computed in cells):
        return Verdict.FORMULA
    if case is None:
        return Verdict.UNKNOWN_ID
    if times > 1:
        return Verdict.DUPLICATE_ROW
    return _tampering(cells, case, run_id, key) or _answer(*(canonical(cells[index][0]) for index in ENTRIES[:2]))


def _tampering(cells: Sequence[_Cell], case: Issued, run_id: str, key: bytes) -> Verdict | None:
    if not hmac.compare_digest(canonical(cells[-1][0]).encode(), case.token.encode()):
        return Verdict.BAD_TOKEN
    said = row_token(key, run_id, case, [cells[index][0] for index in SHOWN])
    return None if hmac.compare_digest(said, case.token) else Verdict.EDITED_READONLY


def _answer(decision: str, ground: str) -> Verdict:
    if not decision:
        return Verdict.BAD_CHOICE if ground else Verdict.BLANK
    if decision.casefold() not in CHOICES:
        return Verdict.BAD_CHOICE
    return Verdict.MISSING_REASON if decision.casefold() == "deny" and not ground else Verdict.OK


def _cells(sheet: Any, width: int) -> Iterator[list[_Cell]]:
    """The cells of a sheet as (value, whether it is a formula); the size that the file claims is not believed."""
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=width):
        yield [(cell.value, cell.data_type == "f") for cell in row]


def _meta(path: Path, rows: Sequence[Sequence[_Cell]], key: bytes) -> tuple[str, dict[tuple[str, str], Issued]]:
    texts = [[canonical(value) for value, _ in row] for row in rows]
    run_id, seal = texts[0][1], texts[0][3]
    if texts[0][0] != FORMAT:
        raise WorkbookError(f"{path.name}: another version of Nutmeg wrote it; export the queue again.")
    issued = [Issued(case, int(revision), version, token) for case, revision, version, token in texts[1:]]
    if texts[0][2] != str(len(issued)) or not hmac.compare_digest(
        queue_seal(key, run_id, issued).encode(), seal.encode()
    ):
        raise WorkbookError(f"{path.name}: its hidden sheet does not fit the queue's key; export the queue again.")
    return run_id, {(case[0], str(case[1])): case for case in issued}


def _refuse_unless_small(path: Path) -> None:
    """A queue is a few megabytes; a file that is or unpacks to far more is not opened."""
    try:
        with ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except Exception:  # as above
        raise WorkbookError(f"{path.name}: it is not an .xlsx workbook; save it as .xlsx and hand it in.") from None
    if path.stat().st_size > _MAX_FILE_BYTES or unpacked > _MAX_UNPACKED_BYTES:
        raise WorkbookError(f"{path.name}: it is larger than a queue can be; export the queue again.")
