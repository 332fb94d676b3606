"""The other verbs as flows, for Prefect's page; each returns counts and paths only."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from prefect import Flow, flow
from pydantic import Field

from tasks.settings import Settings
from tasks.steps import sealed

P = ParamSpec("P")
T = TypeVar("T")


def errand(name: str) -> Callable[[Callable[P, T]], Flow[P, T]]:
    """Make a flow that keeps no result and lets no exception text out but our own."""

    def make(work: Callable[P, T]) -> Flow[P, T]:
        return flow(name=name, log_prints=False, persist_result=False)(sealed(work))

    return make


@errand("import registrations")
def import_registrations(file: str, actor: str) -> dict[str, Any]:
    """Load or refresh the registrations that exist already.

    Args:
        file: Path of a registry.csv on the worker's machine.
        actor: Who loads it; recorded in the journal.
    """
    from tasks.registration_import import load_register
    from tasks.writers import writer

    with writer(Settings.load({"NUTMEG_ACTOR": actor})) as (engine, who):
        loaded = load_register(engine, Path(file), who)
    return {"rows": loaded.rows, "changed": loaded.changed, "doubts": list(loaded.doubts)}


@errand("export queue")
def export_queue(out: str | None = None) -> dict[str, Any]:
    """Write the analysts' queue as it stands now.

    Args:
        out: Path of the workbook; outputs/review.xlsx unless given.
    """
    from tasks.queue_workbook import export_queue as export

    settings = Settings.load()
    path = Path(out) if out else settings.outputs / "review.xlsx"
    return {"path": str(path), "cases": export(settings, path)}


@errand("apply review")
def apply_review(file: str, actor: str, as_of: date | None = None) -> dict[str, Any]:
    """Take the decisions of a returned queue in, row by row; safe to repeat.

    Args:
        file: Path of the workbook on the worker's machine.
        actor: The person who answers for the decisions; recorded in the ledger.
        as_of: The day of issue; today at the agency unless given.
    """
    from tasks.verdicts import apply_review as take_in

    return take_in(Path(file), actor, as_of)


@errand("void certificate")
def void_certificate(
    serial: str,
    reason: Literal[
        "reported lost", "reported stolen", "issued in error", "wrong details", "handed back by its holder"
    ],
    actor: str,
    replace: bool = False,
) -> dict[str, Any]:
    """Make a certificate void. Prefect keeps what is entered here, so the reason is one of a list.

    Args:
        serial: Serial of the certificate, such as MM26-0000123-09.
        reason: Why it is not good any more; another reason can be given on the command line.
        actor: The person who answers for it; recorded in the journal.
        replace: Whether another with the same end is issued in its place.
    """
    from tasks.voiding import void_certificate as make_void

    return make_void(serial, reason, actor, replaced=replace)


@errand("ask for recall")
def ask_for_recall(
    basis: Literal["certifier", "run", "document"],
    subject: str,
    reason: Literal["certifier not in standing", "issued in error", "document not genuine", "document reused"],
    actor: str,
    first: date | None = None,
    last: date | None = None,
) -> dict[str, Any]:
    """Ask for certificates back; another person grants it. Prefect keeps what is entered here: no free text.

    Args:
        basis: What the certificates have in common.
        subject: License number, run id, or SHA-256 of the upload.
        reason: Why they are called back; another reason can be given on the command line.
        actor: The person who asks; recorded in the ledger.
        first: Only those issued on this day or later.
        last: Only those issued on this day or before.
    """
    from registry.recall import Basis
    from tasks.recalling import ask, criterion

    said = ask(criterion(Basis(basis), subject, first, last), reason, actor)
    return {key: said[key] for key in ("recall", "to_recall", "list_sha256", "sentence")}


@errand("grant recall")
def grant_recall(recall: str, actor: str) -> dict[str, Any]:
    """Carry out a recall that another person asked for; safe to repeat.

    Args:
        recall: Id of the recall, such as RC-00001.
        actor: The person who grants it; recorded in the ledger.
    """
    from tasks.recall_granting import grant

    return grant(recall, actor)


@errand("report recall")
def report_recall(recall: str) -> dict[str, Any]:
    """Tell how a recall ended: void, cured, waiting, past the clock.

    Args:
        recall: Id of the recall, such as RC-00001.
    """
    from tasks.recall_reporting import report

    return report(Settings.load(), recall)


@errand("list keys")
def list_keys() -> list[dict[str, Any]]:
    """Tell which keys of codes are believed, and which one signs."""
    from tasks.key_rotation import keys_held

    return keys_held(Settings.load())


@errand("rotate token key")
def rotate_token_key(actor: str) -> dict[str, Any]:
    """Sign codes with a new key from now on; earlier certificates stay good.

    Args:
        actor: The person who answers for it; recorded in the journal.
    """
    from tasks.key_rotation import rotate_token_key as turn

    return turn(actor)


@errand("publish verification")
def publish_verification() -> dict[str, str]:
    """Write the verification page and the status list anew."""
    from tasks.key_rotation import publish_now

    return {"path": str(publish_now())}


@errand("send mail")
def send_mail(actor: str, limit: int | None = Field(default=None, ge=1)) -> dict[str, int]:
    """Bring what is queued to where mail goes.

    Args:
        actor: Who sends it; recorded in the journal.
        limit: At most so many messages.
    """
    from tasks.correspondence import drain
    from tasks.writers import writer

    settings = Settings.load({"NUTMEG_ACTOR": actor})
    with writer(settings) as (engine, who):
        return drain(settings, engine, who, limit)


@errand("audit")
def audit(first: date, last: date) -> dict[str, str]:
    """Write the auditors' workbook of a period, without names.

    Args:
        first: First day of the period.
        last: Last day of the period.
    """
    from tasks.auditing import write_period

    return {"path": str(write_period(Settings.load(), first, last))}


@errand("simulate")
def simulate(policy: str, first: date, last: date, out: str | None = None) -> dict[str, Any]:
    """Tell how many past decisions other provisions would flip, by outcome, reason code and provision.

    Args:
        policy: Folder of policy files on the worker's machine; those missing in it are taken from data/policy.
        first: First day of submission.
        last: Last day of submission.
        out: Path of a CSV table of all flips; none is written unless given.
    """
    from tasks.simulating import Question
    from tasks.simulating import simulate as ask

    return ask(Settings.load(), Question(Path(policy), first, last, Path(out) if out else None, shown=0))


@errand("sample")
def sample(
    out: str,
    rows: int = Field(default=200, ge=1),
    seed: int = 1,
    table: Literal["csv", "xlsx"] = "csv",
    uploads: Literal["all", "text"] = "all",
) -> dict[str, Any]:
    """Make a synthetic delivery with its documents, register and answers.

    Args:
        out: Folder to write to on the worker's machine.
        rows: How many rows the table has.
        seed: The same seed gives the same delivery.
        table: Format of the table.
        uploads: All kinds of uploads, or text PDFs only.
    """
    from tasks.sampling.delivery import make_sample

    make_sample(Path(out), rows, seed=seed, table_format=table, uploads=uploads)
    return {"out": out, "rows": rows}


@errand("doctor")
def doctor() -> dict[str, Any]:
    """Look whether everything is in place."""
    from tasks.doctor import examine

    return examine(Settings.load()).as_dict()


@errand("status")
def status() -> dict[str, Any]:
    """Tell what is waiting: counts only."""
    from tasks.inquiries import waiting

    return waiting(Settings.load())


@errand("list quarantine")
def list_quarantine() -> list[dict[str, Any]]:
    """Tell which rows are kept apart, by delivery, row and reason code."""
    from tasks.inquiries import quarantined

    return quarantined(Settings.load())


@errand("reprint certificate")
def reprint_certificate(serial: str) -> dict[str, str]:
    """Find the stored file of a certificate: same serial, same bytes.

    Args:
        serial: Such as MM26-0000123-09.
    """
    from tasks.inquiries import stored_certificate

    return {"path": str(stored_certificate(Settings.load(), serial))}


@errand("verify certificate")
def verify_certificate(file: str) -> dict[str, Any]:
    """Tell whether a PDF is one that was issued, and is still good.

    Args:
        file: Path of the PDF on the worker's machine.
    """
    from tasks.inquiries import verify_file

    return verify_file(Settings.load(), Path(file))


@errand("mail status")
def mail_status() -> dict[str, Any]:
    """Tell how many messages are queued, sent and failed."""
    from tasks.inquiries import mail_states

    return mail_states(Settings.load())
