"""Carry a recall out: granted by another person than asked for it, in chunks, killed anywhere and started again."""

from datetime import date
from itertools import groupby
from typing import Any

from registry.recall import Phase, folded, to_recall
from registry.terms import answer_by
from tasks import clock
from tasks.correspondence import recall_message
from tasks.desk import Desk, desk
from tasks.errors import WrongUseError
from tasks.ledger import certificates, recalls
from tasks.ledger.engine import Connection, Engine, reading
from tasks.ledger.recall_matches import matching
from tasks.ledger.runs import Run, unfinished
from tasks.ledger.writing import chunks, writing
from tasks.own_run import close, own_run
from tasks.recalling import certificates as in_words
from tasks.recalling import question_of
from tasks.settings import Settings
from tasks.writers import named_person, writer

KIND = "recall"
"""The kind of a run that takes certificates back."""
_HOLDERS_PER_TRANSACTION = 200
_NOT_NOW = {
    Phase.WITHDRAWN: "Recall {id} was withdrawn. Ask again if it is still wanted.",
    Phase.LAPSED: "Recall {id} lapsed on {lapses_on}: its list is too old. Ask again and have the new list looked at.",
}


def grant(recall_id: str, actor: str, as_of: date | None = None) -> dict[str, Any]:
    """Make the certificates of a question void and queue a notice to each holder; a second time is a no-op.

    One that was cut short is gone on with, under the grant that it has, whoever starts it again.

    Raises:
        WrongUseError: there is no such question, it lapsed or was withdrawn, or the same person asked for it.
    """
    settings, today = Settings.load({"NUTMEG_ACTOR": named_person(actor)}), as_of or clock.today()
    with writer(settings) as (engine, who):
        question = question_of(engine, recall_id)
        stands = question.phase(today)
        if sentence := _NOT_NOW.get(stands):
            raise WrongUseError(sentence.format(id=question.recall_id, lapses_on=question.lapses_on))
        if stands is Phase.CARRIED_OUT:
            # Killed between the last certificate and the end of the run: all is done but to say so.
            if cut_short := unfinished(engine, KIND, question.recall_id):
                _end(engine, settings, cut_short, question.recall_id)
            return _result(engine, question, today, changed=False)
        if stands is Phase.ASKED and folded(who) == question.asker:
            raise WrongUseError(
                f"{question.asked_by} asked for recall {question.recall_id}; another person has to grant it."
            )
        by = question.answered_by or who
        # Also on a day on which the keys are lost or taken away, and then of all days.
        at = desk(own_run(engine, settings, KIND, question.recall_id, today, by, draws=False).run_id)
        _carry_out(at, _granted(at, question, who))
        unpublished = _end(engine, settings, at.run, question.recall_id)
        return _result(engine, question_of(engine, recall_id), today, changed=True) | {"unpublished": unpublished}


def _end(engine: Engine, settings: Settings, run: Run, recall_id: str) -> str:
    """Publish the list that counters look at and close the run; why it could not be published, or nothing."""
    from tasks.verification_page import publish_if_possible

    why = publish_if_possible(settings, engine, clock.now())
    close(engine, run, {"recall": recall_id, "unpublished": why})
    return why


def _granted(at: Desk, question: recalls.Question, who: str) -> recalls.Question:
    if question.answer is None:
        cure_by = answer_by(at.run.as_of, at.policy.on(at.run.as_of).number("cure_days"))
        with writing(at.engine, who, at.run.run_id) as pen:
            recalls.answer(pen, question, "granted", who, cure_by)
    return question_of(at.engine, question.recall_id)


def _carry_out(at: Desk, question: recalls.Question) -> None:
    """All certificates of a holder fall in one transaction, together with the one notice that tells of them."""
    with reading(at.engine) as connection:
        left = recalls.registrations_left(connection, question.recall_id)
    for numbers in chunks(left, _HOLDERS_PER_TRANSACTION):
        with reading(at.engine) as connection:
            listed = recalls.left_of(connection, question.recall_id, numbers, at.run.as_of)
        with writing(at.engine, at.run.actor, at.run.run_id) as pen:
            taken = recalls.carry_out(pen, question.recall_id, listed)
            certificates.queue(pen, _notices(at, question, taken))


def _notices(at: Desk, question: recalls.Question, taken: list[recalls.Listed]) -> list[dict[str, Any]]:
    """One for each holder; who never got a certificate is not told that it is gone."""
    if question.cure_by is None:
        raise ValueError("a recall that is carried out was granted, with the day of its clock")
    told = {"basis": question.criterion.basis.value, "answer_by": question.cure_by.isoformat()}
    rows = []
    for number, of_holder in groupby((each for each in taken if each.was_issued), key=lambda each: each.number):
        lost = list(of_holder)
        cause = f"recall:{question.recall_id}:{number}"
        named = {**told, "serials": [each.serial for each in lost]}
        rows.append(recall_message(at, cause, lost[-1].application, lost[-1].order, named))
    return rows


def _result(engine: Engine, question: recalls.Question, as_of: date, *, changed: bool) -> dict[str, Any]:
    """What became of the list, and what matches by now without standing on it."""
    with reading(engine) as connection:
        void = recalls.serials_of(connection, question.recall_id, "void")
        passed_over = recalls.serials_of(connection, question.recall_id, "passed over")
        since = matched_since(connection, question, as_of)
    sentence = (
        f"Recall {question.recall_id}: void by now: {in_words(len(void))}; the holders have until {question.cure_by}. "
        "Registrations stay as they are."
        if changed
        else f"Recall {question.recall_id} was carried out already; nothing was done."
    )
    return {
        "recall": question.recall_id,
        "changed": changed,
        "void": len(void),
        "passed_over": passed_over,
        "matching_since": since,
        "cure_by": question.cure_by.isoformat() if question.cure_by else None,
        "sentence": sentence,
    }


def matched_since(connection: Connection, question: recalls.Question, as_of: date) -> list[str]:
    """Serials that could be recalled by the same criterion and do not stand on the list: named, never taken."""
    listed = set(recalls.serials_of(connection, question.recall_id))
    cases = to_recall(matching(connection, question.criterion, as_of))
    return [case.serial for case in cases if case.serial not in listed]
