"""Queue the notices that decisions call for, and bring what is in the outbox to where it goes."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from registry.facts import Application
from registry.issuance import IssuanceOrder
from registry.journal import canonical
from registry.reasons import Reason, ReasonClass
from registry.terms import answer_by
from tasks.desk import Desk
from tasks.files import certificate_path, private_folder, staged_path, sync_folder
from tasks.ledger.certificates import queue
from tasks.ledger.engine import Engine, reading
from tasks.ledger.messages import Letter, letters, queued, settle, without_notice
from tasks.ledger.runs import NO_RUN
from tasks.ledger.writing import chunks, writing
from tasks.mailroom import Attachment, MailError, build_message, message_id, write_eml
from tasks.notices import NoticeError, deficiency_items, load_reasons, render
from tasks.settings import Settings

DEFICIENCY, QUESTION, RECALL = "deficiency", "question", "recall"
_PER_TRANSACTION = 200
_DAYS = ("expires_on", "answer_by")


def queue_deficiencies(desk: Desk) -> int:
    """Queue the one complete notice of every deficient decision that has none; how many those were."""
    with reading(desk.engine) as connection:
        due = without_notice(connection, DEFICIENCY)
    reasons = load_reasons()
    last_day = answer_by(desk.run.as_of, desk.policy.on(desk.run.as_of).number("cure_days"))
    rows = []
    for decision_id, codes, application in due:
        to_mend = [r for r in map(Reason, codes) if r.reason_class is ReasonClass.APPLICANT]
        context = {
            "name": application.name.in_full,
            "submission_id": application.submission_id,
            "items": deficiency_items(to_mend, reasons),
            "answer_by": last_day.isoformat(),
        }
        rows.append(_row(desk, f"decision:{decision_id}", DEFICIENCY, application, context))
    if rows:
        with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
            queue(pen, rows)
    return len(rows)


def certificate_message(desk: Desk, order: IssuanceOrder, application: Application) -> dict[str, Any]:
    """The outbox row that brings a certificate to its holder."""
    context = {
        "name": order.name.in_full,
        "serial": order.serial,
        "expires_on": order.expires_on.isoformat(),
    }
    return _row(desk, f"certificate:{order.serial}", f"certificate_{order.kind}", application, context, order.serial)


def question_message(
    desk: Desk, cause: str, application: Application, codes: Sequence[Reason], note: str
) -> dict[str, Any]:
    """The outbox row of the letter in which an analyst asks for these points, with the analyst's own words."""
    last_day = answer_by(desk.run.as_of, desk.policy.on(desk.run.as_of).number("cure_days"))
    context = {
        "name": application.name.in_full,
        "submission_id": application.submission_id,
        "items": deficiency_items(codes, load_reasons()),
        "note": note,
        "answer_by": last_day.isoformat(),
    }
    return _row(desk, cause, QUESTION, application, context)


def recall_message(
    desk: Desk, cause: str, application: Application, order: IssuanceOrder, told: dict[str, Any]
) -> dict[str, Any]:
    """The outbox row of the notice that takes certificates back; `told` holds basis, serials and answer_by."""
    return _row(desk, cause, RECALL, application, {"name": order.name.in_full, **told})


def _row(
    desk: Desk, cause: str, template: str, application: Application, context: dict[str, Any], attachments: str = ""
) -> dict[str, Any]:
    return {
        "message_id": message_id(desk.key, cause, template),
        "cause": cause,
        "template": template,
        "to_address": application.email,
        "context": canonical(context),
        "attachments": attachments,
    }


def send(engine: Engine, outputs: Path, actor: str, run_id: str, message_ids: Sequence[str]) -> dict[str, int]:
    """Bring these queued messages to outputs/mail as .eml files; how many were sent and how many failed.

    One that cannot be built becomes `failed` and is pointed out to a person; one that the disk would not take stays
    queued for the next try. The others are not held up by either.
    """
    folder = private_folder(outputs / "mail")
    with reading(engine) as connection:
        batch = letters(connection, message_ids)
    states = [(letter.message_id, _write(outputs, folder, letter)) for letter in batch]
    outcomes = [(message_id, state) for message_id, state in states if state]
    sync_folder(folder)
    if outcomes:
        with writing(engine, actor, run_id) as pen:
            settle(pen, outcomes)
    counts = Counter(state for _, state in outcomes)
    return {"sent": counts["sent"], "failed": counts["failed"]}


def drain(settings: Settings, engine: Engine, actor: str, limit: int | None) -> dict[str, int]:
    """Send what is queued, oldest first, at most so many; how many were sent and how many failed."""
    with reading(engine) as connection:
        due = queued(connection, limit)
    totals: Counter[str] = Counter(sent=0, failed=0)
    for some in chunks(due, _PER_TRANSACTION):
        totals.update(send(engine, settings.outputs, actor, NO_RUN, some))
    return dict(totals)


def _write(outputs: Path, folder: Path, letter: Letter) -> str:
    """`sent`, `failed`, or nothing when the disk would not take it."""
    try:
        write_eml(folder, letter.message_id, _build(outputs, letter))
    except (MailError, NoticeError):
        return "failed"
    except OSError:
        return ""
    return "sent"


def _build(outputs: Path, letter: Letter) -> bytes:
    context = json.loads(letter.context)
    days = {key: date.fromisoformat(context[key]) for key in _DAYS if key in context}
    rendered = render(letter.template, context | days)
    created_at = datetime.fromisoformat(letter.created_at)
    return build_message(letter.message_id, letter.to_address, rendered, created_at, _attachments(outputs, letter))


def _attachments(outputs: Path, letter: Letter) -> list[Attachment]:
    if not letter.serial:
        return []
    folder = outputs / "certificates"
    path = certificate_path(folder, letter.serial, letter.issued_on)
    # Issued, and killed before it was placed: the bytes are still where they were staged.
    data = (path if path.exists() else staged_path(folder, letter.sha256)).read_bytes()
    if hashlib.sha256(data).hexdigest() != letter.sha256:
        raise MailError(f"{path.name} is not the certificate that was issued. Restore it from backup.")
    return [(path.name, data, "application/pdf")]
