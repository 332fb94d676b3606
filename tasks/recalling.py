"""Ask for certificates back: what a criterion meets, and the question that a second person answers."""

import re
from datetime import date
from typing import Any

from registry.recall import Basis, Criterion, Phase, counted, folded, lapses_on, list_digest, to_recall
from tasks import clock
from tasks.desk import ledger
from tasks.errors import WrongUseError
from tasks.ledger import recalls
from tasks.ledger.engine import Connection, Engine, reading
from tasks.ledger.recall_matches import is_known, matching
from tasks.ledger.runs import NO_RUN
from tasks.ledger.writing import writing
from tasks.settings import Settings
from tasks.voiding import keyed_digest, stated_reason
from tasks.writers import named_person, writer

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_SUBJECT = 80


def criterion(basis: Basis, subject: str, first: date | None = None, last: date | None = None) -> Criterion:
    """The criterion that these words make.

    Raises:
        WrongUseError: the subject is nothing that could be meant, or the period ends before it begins.
    """
    named = subject.strip().lower() if basis is Basis.DOCUMENT else subject.strip()
    if not named or not named.isprintable() or len(named) > _LONGEST_SUBJECT:
        raise WrongUseError(f"--{basis} has to name one, in at most {_LONGEST_SUBJECT} characters.")
    if basis is Basis.DOCUMENT and not _SHA256.fullmatch(named):
        raise WrongUseError("--document is the SHA-256 of an upload: 64 hexadecimal digits.")
    if first and last and last < first:
        raise WrongUseError(f"The period ends on {last}, before it begins on {first}. Swap --from and --to.")
    return Criterion(basis, named, first, last)


def preview(settings: Settings, wanted: Criterion, as_of: date | None = None) -> dict[str, Any]:
    """What a recall would do, which is not done: counts, and the certificates by serial and submission.

    Raises:
        WrongUseError: the ledger has no such run or document.
    """
    with reading(ledger(settings.database_url)) as connection:
        return _looked_at(connection, wanted, as_of or clock.today())


def _looked_at(connection: Connection, wanted: Criterion, as_of: date) -> dict[str, Any]:
    if not is_known(connection, wanted):
        raise WrongUseError(f"The ledger has no {wanted.basis} of that name. Check what --{wanted.basis} says.")
    cases = matching(connection, wanted, as_of)
    taken = to_recall(cases)
    return {
        "basis": wanted.basis.value,
        "subject": wanted.subject,
        "from": wanted.first.isoformat() if wanted.first else None,
        "to": wanted.last.isoformat() if wanted.last else None,
        "as_of": as_of.isoformat(),
        "matching": len(cases),
        "to_recall": len(taken),
        "by": counted(cases),
        "list_sha256": list_digest(case.serial for case in taken),
        "certificates": [
            {"serial": c.serial, "submission_id": c.submission_id, "kind": c.kind, "role": c.role, "state": c.standing}
            for c in taken
        ],
    }


def ask(wanted: Criterion, reason: str, actor: str, as_of: date | None = None) -> dict[str, Any]:
    """Store the question with its exact list; the same question of the same person that still waits is no new one.

    Raises:
        WrongUseError: nobody or no reason is named, or there is nothing to recall.
    """
    why, today = stated_reason(reason), as_of or clock.today()
    settings = Settings.load({"NUTMEG_ACTOR": named_person(actor)})
    with writer(settings) as (engine, who):
        with reading(engine) as connection:
            found = _looked_at(connection, wanted, today)
            waiting = _asked_already(connection, wanted, found["list_sha256"], who, today)
        if not found["to_recall"]:
            raise WrongUseError("No certificate that is good or still to be drawn matches; there is nothing to recall.")
        asked = waiting or question_of(engine, _store(engine, settings, wanted, found, why, who, today))
    said = "was asked for before" if waiting else "is asked for"
    sentence = (
        f"Recall {asked.recall_id} of {certificates(asked.certificates)} {said}. Nothing has changed yet: another "
        f"person grants it with nutmeg recall --grant {asked.recall_id} --actor NAME, before {asked.lapses_on}."
    )
    return {**found, "recall": asked.recall_id, "changed": waiting is None, "sentence": sentence}


def _asked_already(
    connection: Connection, wanted: Criterion, sha256: str, who: str, today: date
) -> recalls.Question | None:
    same = (
        question
        for question in recalls.all_recalls(connection)
        if (question.criterion, question.serials_sha256, question.asker) == (wanted, sha256, folded(who))
        and question.phase(today) is Phase.ASKED
    )
    return next(same, None)


def _store(
    engine: Engine, settings: Settings, wanted: Criterion, found: dict[str, Any], why: str, who: str, today: date
) -> str:
    row = {
        "basis": wanted.basis.value,
        "subject": wanted.subject,
        "first_on": found["from"] or "",
        "last_on": found["to"] or "",
        "reason": why,
        "asked_by": who,
        "asker": folded(who),
        "asked_on": today.isoformat(),
        "lapses_on": lapses_on(today).isoformat(),
    }
    told = keyed_digest(settings, f"recall:{wanted.basis}:{wanted.subject}:{why}")
    with writing(engine, who, NO_RUN) as pen:
        return recalls.ask(pen, row, [each["serial"] for each in found["certificates"]], told)


def withdraw(recall_id: str, actor: str, as_of: date | None = None) -> dict[str, Any]:
    """Take a question back that nobody has granted; a second time is a no-op that says so.

    Raises:
        WrongUseError: there is no such question, or it was granted.
    """
    settings = Settings.load({"NUTMEG_ACTOR": named_person(actor)})
    with writer(settings) as (engine, who):
        question = question_of(engine, recall_id)
        if question.phase(as_of or clock.today()) in {Phase.UNDER_WAY, Phase.CARRIED_OUT}:
            raise WrongUseError(f"Recall {question.recall_id} was granted; what is void stays void.")
        changed = question.answer is None
        if changed:
            with writing(engine, who, NO_RUN) as pen:
                recalls.answer(pen, question, "withdrawn", who, None)
    said = "is withdrawn" if changed else "was withdrawn already; nothing was done"
    return {"recall": question.recall_id, "changed": changed, "sentence": f"Recall {question.recall_id} {said}."}


def certificates(number: int) -> str:
    """So many certificates, in words."""
    return f"{number:,} certificate{'' if number == 1 else 's'}"


def question_of(engine: Engine, recall_id: str) -> recalls.Question:
    """The recall with this id.

    Raises:
        WrongUseError: there is none.
    """
    with reading(engine) as connection:
        found = recalls.find(connection, recall_id.strip().upper())
    if found is None:
        raise WrongUseError(f"There is no recall {recall_id[:40]!r}. An id looks like RC-00001.")
    return found
