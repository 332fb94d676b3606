"""What each verb of the command does: call the work, print the answer, choose the exit code."""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.errors import WrongUseError
from tasks.settings import Settings

FINE, NEEDS_A_PERSON = 0, 1


def nightly(arguments: argparse.Namespace) -> int:
    """The whole night, recorded by Prefect unless NUTMEG_PREFECT is off."""
    settings = Settings.load()
    parameters = {
        "inbox": _absolute(arguments.inbox),
        "reference": _absolute(arguments.reference),
        "as_of": arguments.as_of,
        "actor": arguments.actor,
    }
    _prepare_prefect(settings)
    from flows.nightly import nightly as night

    summary = (night if settings.with_prefect else night.fn)(**parameters)
    from tasks.summary import summary_text, what_needs_a_person

    folder = settings.outputs / "runs" / summary["run_id"]
    _answer(arguments, summary, f"{summary_text(summary)}\n{_places(settings, folder)}")
    nights = [summary, *summary.get("earlier_runs", [])]
    return NEEDS_A_PERSON if any(what_needs_a_person(each) for each in nights) else FINE


def registry_import(arguments: argparse.Namespace) -> int:
    """Load or refresh existing registrations, after a look at the reference tables when a folder is named."""
    from tasks.reference import load_reference
    from tasks.registration_import import load_register
    from tasks.strict_csv import DOUBTFUL, listed
    from tasks.writers import writer

    tables = load_reference(arguments.reference) if arguments.reference else None
    with writer(Settings.load({"NUTMEG_ACTOR": arguments.actor})) as (engine, actor):
        loaded = load_register(engine, arguments.file, actor)
    result: dict[str, Any] = {"rows": loaded.rows, "changed": loaded.changed, "doubts": list(loaded.doubts)}
    lines = [f"{loaded.rows:,} registrations read, {loaded.changed:,} new or changed."]
    if tables:
        result["reference"] = {**tables.counts, "doubts": list(tables.doubts)}
        lines.append(f"{tables.counted}.")
    if doubts := [*loaded.doubts, *(tables.doubts if tables else ())]:
        lines += [DOUBTFUL, *(f"  {doubt}" for doubt in listed(doubts))]
    _answer(arguments, result, "\n".join(lines))
    return FINE


def review_export(arguments: argparse.Namespace) -> int:
    """Write the analysts' queue as it is now."""
    from tasks.queue_workbook import export_queue

    settings = Settings.load()
    path = arguments.out or settings.outputs / "review.xlsx"
    count = export_queue(settings, path)
    _answer(arguments, {"path": str(path), "cases": count}, f"{count:,} cases in {path}")
    return FINE


def review_apply(arguments: argparse.Namespace) -> int:
    """Take the decisions of a returned queue in."""
    from tasks.verdicts import apply_review, told

    result = apply_review(arguments.file, arguments.actor, arguments.as_of)
    _answer(arguments, result, told(result))
    return NEEDS_A_PERSON if result["not_taken"] or not result["balanced"] else FINE


def quarantine_list(arguments: argparse.Namespace) -> int:
    """What is in quarantine."""
    from tasks.inquiries import quarantined

    rows = quarantined(Settings.load())
    lines = [f"{r['delivery_id']}, row {r['row']}: {r['reason_codes']}" for r in rows]
    _answer(arguments, rows, "\n".join(lines) or "Nothing is in quarantine.")
    return FINE


def reprint(arguments: argparse.Namespace) -> int:
    """The stored file of a certificate."""
    from tasks.inquiries import stored_certificate

    path = stored_certificate(Settings.load(), arguments.serial)
    if arguments.out:
        from tasks.files import write_whole

        write_whole(arguments.out, path.read_bytes())
        path = arguments.out
    _answer(arguments, {"path": str(path)}, str(path))
    return FINE


def void(arguments: argparse.Namespace) -> int:
    """Make a certificate void."""
    from tasks.voiding import void_certificate

    result = void_certificate(
        arguments.serial, arguments.reason, arguments.actor, replaced=arguments.replace, as_of=arguments.as_of
    )
    _answer(arguments, result, result["sentence"])
    return NEEDS_A_PERSON if result.get("replacement_state") == "reserved" else FINE


def recall(arguments: argparse.Namespace) -> int:
    """Call certificates back: look, ask, grant, withdraw or report."""
    from flows.recall_verb import answered

    result, text, needs_a_person = answered(arguments)
    _answer(arguments, result, text)
    return NEEDS_A_PERSON if needs_a_person else FINE


def verify(arguments: argparse.Namespace) -> int:
    """Whether a PDF, or the code on it, is of a certificate that was issued, and is still good."""
    from tasks.inquiries import verify_file
    from tasks.verifying import token_in, verify_token

    settings, token = Settings.load(), token_in(arguments.given)
    found = verify_token(settings, token) if token else verify_file(settings, Path(arguments.given))
    _answer(arguments, found, found["sentence"])
    return FINE if found["good"] else NEEDS_A_PERSON


def keys_list(arguments: argparse.Namespace) -> int:
    """Which keys are believed."""
    from tasks.key_rotation import keys_held

    held = keys_held(Settings.load())
    lines = [
        f"{key['key']}  since {key['since']}{'  signs now' if key['signs'] else ''}"
        f"{'  DEMONSTRATION' if key['demonstration'] else ''}"
        for key in held
    ]
    _answer(arguments, held, "\n".join(lines))
    return FINE


def keys_rotate(arguments: argparse.Namespace) -> int:
    """Sign with a new key from now on."""
    from tasks.key_rotation import rotate_token_key

    result = rotate_token_key(arguments.actor)
    _answer(arguments, result, result["sentence"])
    return FINE


def keys_publish(arguments: argparse.Namespace) -> int:
    """Write the verification page and the status list."""
    from tasks.key_rotation import publish_now

    path = publish_now()
    _answer(arguments, {"path": str(path)}, f"The verification page is {path}; publish its folder.")
    return FINE


def mail_send(arguments: argparse.Namespace) -> int:
    """Bring what is queued to where mail goes."""
    from tasks.correspondence import drain
    from tasks.writers import writer

    settings = Settings.load()
    with writer(settings) as (engine, actor):
        counts = drain(settings, engine, actor, arguments.limit)
    _answer(arguments, counts, f"{counts['sent']:,} sent, {counts['failed']:,} failed.")
    return NEEDS_A_PERSON if counts["failed"] else FINE


def mail_status(arguments: argparse.Namespace) -> int:
    """How many messages are in which state."""
    from tasks.inquiries import mail_states

    states = mail_states(Settings.load())
    counts = ", ".join(f"{states[state]:,} {state}" for state in ("queued", "sent", "failed"))
    _answer(arguments, states, "\n".join([counts, *(f"  failed: {each}" for each in states["failed_ids"])]))
    return NEEDS_A_PERSON if states["failed"] else FINE


def audit(arguments: argparse.Namespace) -> int:
    """The auditors' workbook of a period."""
    from tasks.auditing import write_period

    path = write_period(Settings.load(), arguments.first, arguments.last)
    _answer(arguments, {"path": str(path)}, str(path))
    return FINE


def simulate(arguments: argparse.Namespace) -> int:
    """Which decisions other provisions would flip."""
    from tasks.simulating import SHOWN, Question
    from tasks.simulating import simulate as ask
    from tasks.simulation_text import told

    shown = None if arguments.json and not arguments.out else SHOWN
    question = Question(arguments.policy, arguments.first, arguments.last, arguments.out, shown)
    result = ask(Settings.load(), question)
    _answer(arguments, result, told(result))
    return NEEDS_A_PERSON if result["left_out"] else FINE


def status(arguments: argparse.Namespace) -> int:
    """What is waiting."""
    from tasks.inquiries import waiting

    found = waiting(Settings.load())
    width = max(len(label) for label in found)
    _answer(arguments, found, "\n".join(f"{label:<{width}}  {value}" for label, value in found.items()))
    return FINE


def doctor(arguments: argparse.Namespace) -> int:
    """Whether everything is in place."""
    from tasks.doctor import examine

    found = examine(Settings.load())
    _answer(arguments, found.as_dict(), found.as_text())
    return FINE if found.well else NEEDS_A_PERSON


def sample(arguments: argparse.Namespace) -> int:
    """A synthetic delivery."""
    from tasks.progress import Progress
    from tasks.sampling.delivery import make_sample

    progress = Progress("Synthetic rows", arguments.rows)
    try:
        made = make_sample(
            arguments.out,
            arguments.rows,
            seed=arguments.seed,
            day=arguments.day,
            table_format=arguments.format,
            uploads=arguments.uploads,
            progress=lambda done, _total: progress.advance(done - progress.done),
        )
    except (ValueError, FileExistsError) as error:
        raise WrongUseError(str(error)) from None
    result = {"out": str(arguments.out), "rows": arguments.rows, "documents": made.documents}
    text = f"{arguments.rows:,} rows and {made.documents:,} uploads in {arguments.out}; the answers are in answers.csv."
    _answer(arguments, result, text)
    return FINE


def _absolute(path: Path | None) -> str | None:
    return str(path.resolve()) if path else None


def _answer(arguments: argparse.Namespace, result: Any, text: str) -> None:
    shown = json.dumps(result, indent=2, ensure_ascii=False, default=str) if arguments.json else text
    sys.stdout.write(shown + "\n")


def _places(settings: Settings, folder: Path) -> str:
    places: Mapping[str, Path] = {
        "Summary": folder / "summary.html",
        "Queue": folder / "review.xlsx",
        "Data quality": folder / "quality.html",
        "Certificates": settings.outputs / "certificates",
        "Verification": settings.verification / "index.html",
        "Mail": settings.outputs / "mail",
    }
    return "\n".join(f"  {label:<13} {path}" for label, path in places.items())


def _prepare_prefect(settings: Settings) -> None:
    """Prefect's own files stay in our home, its log to warnings, and nothing is sent anywhere."""
    defaults = {
        "PREFECT_HOME": str(settings.home / ".prefect"),
        "PREFECT_LOGGING_LEVEL": "WARNING",
        # The embedded server is stopped with us, amid its own bookkeeping, and would tell of it in tracebacks.
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "DO_NOT_TRACK": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
