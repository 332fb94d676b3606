"""One answered case of the analysts' queue, taken into the ledger whole or not at all."""

import json
from typing import Any, NoReturn

from registry.decision import PersonOutcome
from registry.facts import Role
from registry.journal import canonical
from registry.reasons import Reason, ReasonClass
from tasks.correspondence import question_message
from tasks.desk import Desk
from tasks.granting import CannotIssueError, caregivers_grant, patients_grant, store
from tasks.ledger import certificates, reviews
from tasks.ledger.decisions import decision_id, save_decisions
from tasks.ledger.endings import Void, void
from tasks.ledger.reviews import Standing
from tasks.ledger.writing import Writing
from tasks.workbooks.returned import ReturnedRow

PACKET_SCHEMA = "nutmeg-answer/1"
_OUTCOMES = {
    "approve": PersonOutcome.APPROVED,
    "deny": PersonOutcome.DENIED,
    "withdraw": PersonOutcome.WITHDRAWN,
}
_LONGEST_NOTE = 1_500
_CAN_BE_ASKED = (ReasonClass.APPLICANT, ReasonClass.PERSON)


class NotTakenError(Exception):
    """A row that is not taken: its verdict, and a sentence for the analyst.

    `repeated` tells that just this answer was taken before, so that nobody has to do anything.
    """

    def __init__(self, verdict: str, sentence: str, repeated: bool = False) -> None:
        super().__init__(sentence)
        self.verdict, self.sentence, self.repeated = verdict, sentence, repeated


class TakenEarlierError(Exception):
    """This run took the row before it was cut short; all is well, and nothing is to be stored."""


def case_id(row: ReturnedRow, found: Standing) -> str:
    """The id of the decision that this row leads to: under the rules by which the case was put before the person."""
    return decision_id(row.submission_id, row.revision, found.rule_set, _occasion(row))


def question_cause(row: ReturnedRow) -> str:
    """What the analyst's question is the effect of: one question per version of a case."""
    return f"ask:{row.decision_version}"


def settle(pen: Writing, desk: Desk, row: ReturnedRow) -> None:
    """Take one answer in.

    Raises:
        NotTakenError: it cannot be taken; nothing of it is stored.
        TakenEarlierError: this run took it before it was cut short.
    """
    found = reviews.standing(pen.connection, row.submission_id, row.revision)
    if found is None:
        raise NotTakenError("UNKNOWN_ID", "The ledger holds no such case.")
    if found.actor_kind == "person":
        _refuse_decided(desk, row, found)
    if not found.current or found.decision_id != row.decision_version:
        raise NotTakenError("STALE", "The case has changed since the queue was written; see it in the next queue.")
    if row.decision == "ask":
        _ask(pen, desk, row, found)
    else:
        _decide(pen, desk, row, found)


def _refuse_decided(desk: Desk, row: ReturnedRow, found: Standing) -> NoReturn:
    same = found.decision_id == case_id(row, found)
    if same and found.run_id == desk.run.run_id:
        raise TakenEarlierError
    repeated = same and _OUTCOMES.get(row.decision) == found.outcome
    decided = f"{found.outcome} by {found.actor} on {found.decided_at[:10]}"
    raise NotTakenError("ALREADY_DECIDED", f"The case was decided before: {decided}. Nothing was done.", repeated)


def _decide(pen: Writing, desk: Desk, row: ReturnedRow, found: Standing) -> None:
    """Store the person's decision with all that follows from it."""
    # A good temporary certificate stands until the permanent one is issued; nobody is without one in between.
    ended = reviews.ended_with(pen.connection, row.submission_id, also_issued=row.decision != "approve")
    why = "another takes its place" if row.decision == "approve" else _OUTCOMES[row.decision].value
    void(pen, [Void(serial, why, why) for serial in ended])
    save_decisions(pen, [_decision(pen, desk, row, found, ended)])
    if row.decision == "approve":
        try:
            _grant(pen, desk, case_id(row, found), found)
        except CannotIssueError as error:
            raise NotTakenError("CANNOT_ISSUE", str(error)) from None


def _grant(pen: Writing, desk: Desk, decided: str, found: Standing) -> None:
    """Reserve the certificate; with a patient's own, that of the caregiver who waited for it."""
    application = found.application
    if application.role is Role.CAREGIVER:
        if grant := caregivers_grant(pen.connection, desk, application):
            store(pen, desk, decided, grant)
        return
    store(pen, desk, decided, patients_grant(pen.connection, desk, application))
    waiting = reviews.approved_and_waiting(pen.connection, application.related_submission_id)
    if waiting and waiting[1].role is Role.CAREGIVER and (grant := caregivers_grant(pen.connection, desk, waiting[1])):
        store(pen, desk, waiting[0], grant)


def _ask(pen: Writing, desk: Desk, row: ReturnedRow, found: Standing) -> None:
    """Queue the letter; the case itself stays where it is, in the queue."""
    asked = reviews.asked_by(pen.connection, question_cause(row))
    if asked == desk.run.run_id:
        raise TakenEarlierError
    if asked is not None:
        raise NotTakenError(
            "ALREADY_DECIDED", "The applicant was asked about this case before. Nothing was done.", True
        )
    codes = _codes_to_ask(row, found)
    _refuse_unfit_note(row.note, codes)
    certificates.queue(pen, [question_message(desk, question_cause(row), found.application, codes, row.note)])
    pen.record("case.asked", row.decision_version, codes=[code.value for code in codes], noted=bool(row.note))


def _codes_to_ask(row: ReturnedRow, found: Standing) -> list[Reason]:
    """The codes named as ground, else all of the case that the applicant can mend."""
    if not row.ground:
        stood = map(Reason, found.reason_codes)
        return [code for code in stood if code.reason_class is ReasonClass.APPLICANT]
    named = [code.strip().upper() for code in row.ground.split(";") if code.strip()]
    known = [Reason(code) for code in named if code in set(Reason)]
    if len(known) < len(named) or any(code.reason_class not in _CAN_BE_ASKED for code in known):
        raise NotTakenError("CANNOT_ASK", "Ground holds something that is no code to ask for; see the sheet Reasons.")
    return known


def _refuse_unfit_note(note: str, codes: list[Reason]) -> None:
    from tasks.proofing.diagnoses import named

    if not note and not codes:
        raise NotTakenError(
            "CANNOT_ASK", "No finding of the case can be mended by the applicant; name codes under Ground, or a Note."
        )
    if len(note) > _LONGEST_NOTE:
        raise NotTakenError("CANNOT_ASK", f"The Note is longer than {_LONGEST_NOTE:,} characters; shorten it.")
    if named(note):
        raise NotTakenError("CANNOT_ASK", "The Note names a diagnosis, which never stands in a mail; leave it out.")


def _decision(pen: Writing, desk: Desk, row: ReturnedRow, found: Standing, ended: list[str]) -> dict[str, Any]:
    return {
        "decision_id": case_id(row, found),
        "submission_id": row.submission_id,
        "revision": row.revision,
        "rule_set": found.rule_set,
        "occasion": _occasion(row),
        "outcome": _OUTCOMES[row.decision].value,
        "reason_codes": ";".join(found.reason_codes),
        "packet": canonical(_packet(desk, row, found, ended)),
        "second_look": False,
        "actor_kind": "person",
        "actor": desk.run.actor,
        "decided_at": pen.at,
        "run_id": desk.run.run_id,
    }


def _packet(desk: Desk, row: ReturnedRow, found: Standing, ended: list[str]) -> dict[str, Any]:
    """What the person was shown and said; `reason_codes` are those that stood when the decision was made."""
    return {
        "schema": PACKET_SCHEMA,
        "as_of": desk.run.as_of.isoformat(),
        "policy_fingerprint": desk.policy.fingerprint,
        "answers": row.decision_version,
        "queue": row.run_id,
        "outcome": _OUTCOMES[row.decision].value,
        "reason_codes": list(found.reason_codes),
        "ground": row.ground,
        "note": row.note,
        "analyst": row.analyst,
        "voided": ended,
    }


def ended_by(found: Standing) -> list[str]:
    """Serials of the temporary certificates that a person's decision made void."""
    voided: list[str] = json.loads(found.packet)["voided"]
    return voided


def _occasion(row: ReturnedRow) -> str:
    return f"review:{row.decision_version}"
