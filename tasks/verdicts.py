"""The decisions of a returned queue: checked against the ledger, taken in row by row, and answered row by row."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tasks import clock, issuance
from tasks.answering import NotTakenError, TakenEarlierError, case_id, ended_by, settle
from tasks.beginning import KIND as NIGHTLY
from tasks.beginning import actor_name, new_run
from tasks.desk import Desk, desk
from tasks.errors import NutmegError, WrongUseError
from tasks.keys import secret_key
from tasks.kinship import turn_of
from tasks.ledger import accounts, reviews
from tasks.ledger.engine import Connection, Engine, reading
from tasks.ledger.runs import Run, finish_run, unfinished
from tasks.ledger.writing import chunks, iso, writing
from tasks.progress import tell
from tasks.settings import Settings
from tasks.summary import write_csv
from tasks.workbooks.cells import WorkbookError
from tasks.workbooks.queue_sheet import CHOICES
from tasks.workbooks.returned import ReturnedRow, Verdict, read_review
from tasks.writers import named_person, writer

REVIEW = "review"
"""The kind of a run that takes decisions in."""
_CERTIFICATES_PER_TRANSACTION = 200
_HEADER = ("submission_id", "revision", "decision", "verdict", "sentence")
_AS_RETURNED = {
    Verdict.BLANK: "No decision; the case stays in the queue.",
    Verdict.BAD_CHOICE: "Decision holds no word of the list, or there is a Ground without a Decision.",
    Verdict.MISSING_REASON: "A denial needs a Ground.",
    Verdict.EDITED_READONLY: "A cell that is not yellow was changed; decide the case in a fresh queue.",
    Verdict.BAD_TOKEN: "The hidden code of the row was changed; decide the case in a fresh queue.",
    Verdict.FORMULA: "A formula stands in the row; type plain text.",
    Verdict.DUPLICATE_ROW: "The case stands in more than one row; keep one of them.",
    Verdict.MISSING_ROW: "The row was removed from the sheet; the case stays in the queue.",
    Verdict.UNKNOWN_ID: "The row is none of those that were handed out; remove it.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one row."""

    row: ReturnedRow
    verdict: str
    sentence: str
    settled: bool
    """whether nobody has to do anything about it"""

    @property
    def line(self) -> tuple[str, int | str, str, str, str]:
        """The row of answers.csv: nothing that somebody typed where a number or a word of the list belongs."""
        known = self.row.verdict is not Verdict.UNKNOWN_ID
        place = "" if known else f"Row {self.row.row}: "
        decision = self.row.decision if self.row.decision in CHOICES else ""
        named = (self.row.submission_id, self.row.revision) if known else ("", "")
        return (*named, decision, self.verdict, place + self.sentence)


def apply_review(path: Path, actor: str, as_of: date | None = None) -> dict[str, Any]:
    """Take the decisions of a returned queue into the ledger; counts, and the path of the answers.

    Raises:
        WrongUseError: the file is not a queue of ours, or nobody is named.
        NutmegError: a night was cut short and has to be finished first.
    """
    settings = Settings.load({"NUTMEG_ACTOR": named_person(actor)})
    with writer(settings) as (engine, _):
        rows = _read(path, secret_key(settings.key_file))
        if night := unfinished(engine, NIGHTLY):
            raise NutmegError(f"Run {night.run_id} was cut short. Start nutmeg nightly to finish it, then apply again.")
        at = desk(_run(engine, settings, path, as_of or clock.today()).run_id)
        refused = _take(at, rows)
        _issue(at)
        return _finish(at, _answers(at, rows, refused))


def _read(path: Path, key: bytes) -> list[ReturnedRow]:
    if not path.is_file():
        raise WrongUseError(f"{path} does not exist. Name the workbook that came back from the analysts.")
    try:
        return read_review(path, key)
    except WorkbookError as error:
        raise WrongUseError(str(error)) from None


def _run(engine: Engine, settings: Settings, path: Path, as_of: date) -> Run:
    """The run in which this person was cut short over this file, else a new one; others are closed as they stand."""
    source = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    while cut_short := unfinished(engine, REVIEW):
        if (cut_short.inbox, cut_short.actor) == (source, actor_name(settings)):
            tell(f"Run {cut_short.run_id} was cut short over the same file; finishing it as of {cut_short.as_of}.")
            return cut_short
        at = desk(cut_short.run_id)
        _issue(at)
        _finish(at, [])
        tell(f"Run {cut_short.run_id} of {cut_short.actor} was cut short. What it took stands; apply its file again.")
    return new_run(engine, settings, REVIEW, as_of, source)


def _take(desk: Desk, rows: Sequence[ReturnedRow]) -> dict[int, NotTakenError]:
    """Take in every row that can be; why the others could not, by their place in `rows`."""
    refused = {}
    for place in _in_turn(desk, rows):
        try:
            with writing(desk.engine, desk.run.actor, desk.run.run_id) as pen:
                settle(pen, desk, rows[place])
        except NotTakenError as error:
            refused[place] = error
        except TakenEarlierError:
            continue
    return refused


def _in_turn(desk: Desk, rows: Sequence[ReturnedRow]) -> list[int]:
    """Places of the rows to act on: of a patient and a caregiver, the one that the other needs comes first.

    The order rests on what does not change while the rows are taken, so a second start gives the same serials.
    """
    places = [n for n, row in enumerate(rows) if row.verdict is Verdict.OK and row.decision != "leave"]
    with reading(desk.engine) as connection:
        turns = {n: turn_of(connection, rows[n].submission_id) for n in places}
    return sorted(places, key=lambda n: (turns[n], n))


def _issue(desk: Desk) -> None:
    for serials in chunks(issuance.pending(desk), _CERTIFICATES_PER_TRANSACTION):
        issuance.issue(desk, serials)


def _answers(desk: Desk, rows: Sequence[ReturnedRow], refused: dict[int, NotTakenError]) -> list[Answer]:
    with reading(desk.engine) as connection:
        return list(_each_answer(connection, rows, refused))


def _each_answer(
    connection: Connection, rows: Sequence[ReturnedRow], refused: dict[int, NotTakenError]
) -> Iterator[Answer]:
    for place, row in enumerate(rows):
        if row.verdict is not Verdict.OK:
            yield Answer(row, row.verdict.value, _AS_RETURNED[row.verdict], row.verdict is Verdict.BLANK)
        elif why := refused.get(place):
            yield Answer(row, why.verdict, why.sentence, why.repeated)
        else:
            yield _taken(connection, row)


def _taken(connection: Connection, row: ReturnedRow) -> Answer:
    if row.decision == "leave":
        return Answer(row, "OK", "Left for later.", True)
    if row.decision == "ask":
        return Answer(row, "OK", "The applicant is asked by mail; the case stays in the queue.", True)
    found = reviews.standing(connection, row.submission_id, row.revision)
    if found is None:
        raise ValueError("a row that was taken has a case")
    if row.decision == "approve":
        return _approved(row, reviews.certificate_of(connection, case_id(row, found)))
    voided = ended_by(found)
    ended = f" Void is {', '.join(voided)}; tell its holder." if voided else ""
    said = "Denied. No letter is sent by machine; the department writes it." if row.decision == "deny" else "Withdrawn."
    return Answer(row, "OK", said + ended, True)


def _approved(row: ReturnedRow, given: tuple[str, str, str] | None) -> Answer:
    if given is None:
        return Answer(row, "OK", "Approved; the certificate follows when the patient's own is issued.", True)
    serial, state, expires_on = given
    if state == "reserved":
        sentence = f"Approved, but certificate {serial} could not be drawn; see its name, address and texts."
        return Answer(row, "NOT_DRAWN", sentence, False)
    return Answer(row, "OK", f"Approved; certificate {serial} is good through {expires_on}.", True)


def _finish(desk: Desk, answers: Sequence[Answer]) -> dict[str, Any]:
    """Write the answers, close the run, and tell it in numbers."""
    path = desk.run_folder / "answers.csv"
    write_csv(path, _HEADER, (answer.line for answer in answers))
    run_id = desk.run.run_id
    with reading(desk.engine) as connection:
        unbalanced = accounts.imbalances(connection, run_id)
        summary: dict[str, Any] = {
            "run_id": run_id,
            "as_of": desk.run.as_of.isoformat(),
            "started_at": desk.run.started_at,
            "finished_at": iso(clock.now()),
            "actor": desk.run.actor,
            "verdicts": dict(sorted(Counter(answer.verdict for answer in answers).items())),
            "decisions": reviews.decided_in(connection, run_id),
            "certificates": accounts.certificates_of(connection, run_id),
            "messages": accounts.messages_of_run(connection, run_id),
            "balanced": not unbalanced,
            "unbalanced": unbalanced,
        }
    finish_run(desk.engine, desk.run, summary)
    counts = {
        "not_taken": sum(not answer.settled for answer in answers),
        "taken_before": sum(answer.settled and answer.verdict == "ALREADY_DECIDED" for answer in answers),
    }
    return {**summary, **counts, "answers": str(path)}


def told(result: dict[str, Any]) -> str:
    """The result in a few lines for a terminal."""
    verdicts, decisions = result["verdicts"], result["decisions"]
    lines = [f"Decisions of {result['actor']}, run {result['run_id']}"]
    if result["taken_before"]:
        lines.append(f"{result['taken_before']:,} answers were taken before; nothing was done for them.")
    lines += [f"  {count:>7,}  {verdict}" for verdict, count in verdicts.items()]
    lines.append(", ".join(f"{count:,} {outcome}" for outcome, count in decisions.items()) + ".")
    given, queued = result["certificates"]["issued"], result["messages"]["queued"]
    lines.append(f"{given:,} certificates issued; {queued:,} messages wait for nutmeg mail send or the next night.")
    if decisions["denied"]:
        lines.append("No letter goes to those denied; the department writes it.")
    if result["not_taken"]:
        lines.append(f"{result['not_taken']:,} rows were not taken or not finished; the answers say why.")
    lines += [f"  - {each['what']} {each['which']}: {each['why']}" for each in result["unbalanced"]]
    return "\n".join([*lines, f"  Answers       {result['answers']}"])
