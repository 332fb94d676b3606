"""How a recall ended, in numbers and in words: who has a newer certificate, and whose clock has run out."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.recall import Cure
from tasks import clock
from tasks.desk import ledger
from tasks.ledger import recalls
from tasks.ledger.engine import reading
from tasks.ledger.recall_holders import holders
from tasks.recall_granting import matched_since
from tasks.recalling import certificates, question_of
from tasks.settings import Settings


def report(settings: Settings, recall_id: str, as_of: date | None = None) -> dict[str, Any]:
    """The closing report of a recall; holders past the clock are named by their certificates.

    Raises:
        WrongUseError: there is no such recall.
    """
    engine, today = ledger(settings.database_url), as_of or clock.today()
    question = question_of(engine, recall_id)
    with reading(engine) as connection:
        void = recalls.serials_of(connection, question.recall_id, "void")
        passed_over = recalls.serials_of(connection, question.recall_id, "passed over")
        found = holders(connection, question, today)
        since = matched_since(connection, question, today)
    stand = Counter(holder.cure for holder in found)
    return {
        "recall": question.recall_id,
        "as_of": today.isoformat(),
        "basis": question.criterion.basis.value,
        "subject": question.criterion.subject,
        "phase": question.phase(today).value,
        "asked_by": question.asked_by,
        "asked_on": question.asked_on,
        "answered_by": question.answered_by,
        "cure_by": question.cure_by.isoformat() if question.cure_by else None,
        "certificates": {"asked": question.certificates, "void": len(void), "passed_over": len(passed_over)},
        "left": question.left,
        "holders": {"notified": len(found), **{each.value.replace(" ", "_"): stand[each] for each in Cure}},
        "past_the_clock": [serial for holder in found if holder.cure is Cure.PAST for serial in holder.serials],
        "matching_since": since,
    }


def report_text(said: Mapping[str, Any]) -> str:
    """The report for a terminal."""
    listed, people = said["certificates"], said["holders"]
    lines = [
        f"Recall {said['recall']} by {said['basis']} {said['subject']}, as of {said['as_of']}: {said['phase']}",
        f"Asked by {said['asked_by']} on {said['asked_on']}."
        + (f" Answered by {said['answered_by']}." if said["answered_by"] else ""),
        f"  {listed['asked']:>7,}  certificates on the list",
        f"  {listed['void']:>7,}  void",
        f"  {listed['passed_over']:>7,}  had ended before and were passed over",
        f"  {said['left']:>7,}  still to be acted on",
        f"  {people['notified']:>7,}  holders",
        f"  {people['cured']:>7,}  have a newer good certificate",
        f"  {people['within_the_clock']:>7,}  have until {said['cure_by']}" if said["cure_by"] else "",
        f"  {people['past_the_clock']:>7,}  past the clock; a person decides",
        *(f"    {serial}" for serial in said["past_the_clock"]),
        *named_since(said["matching_since"]),
    ]
    return "\n".join(line for line in lines if line)


def preview_text(said: Mapping[str, Any]) -> str:
    """What a question would do, or the question that was stored, for a terminal."""
    counts = [f"  {number:>7,}  {what}" for by in said["by"].values() for what, number in by.items()]
    lines = [f"By {said['basis']} {said['subject']}: {certificates(said['matching'])}.", *counts]
    lines.append(f"Good or still to be drawn, and so to become void: {certificates(said['to_recall'])}.")
    lines += [f"  {c['serial']}  {c['submission_id']}  {c['kind']} {c['role']}" for c in said["certificates"]]
    lines.append(f"Digest of the list: {said['list_sha256']}")
    dry = "Nothing was changed. Holders would get one notice each; registrations stay as they are."
    return "\n".join([*lines, said.get("sentence", dry)])


def grant_text(said: Mapping[str, Any]) -> str:
    """What a grant did, for a terminal."""
    passed_over = [f"  {serial} had ended before and was passed over" for serial in said["passed_over"]]
    why = said.get("unpublished")
    unpublished = [f"The status list for counters was not published: {why}"] if why else []
    return "\n".join([said["sentence"], *unpublished, *passed_over, *named_since(said["matching_since"])])


def named_since(serials: list[str]) -> list[str]:
    """Certificates that came to match after the question was asked, each named."""
    return [f"  {serial} matches and is not on the list; ask anew to recall it" for serial in serials]
