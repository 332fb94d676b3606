"""The one command, `nutmeg`: how each verb is called; what it does is loaded only when asked for."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

EPILOG = """\
exit codes: 0 all well; 1 finished, but something needs a person; 2 wrong use; 3 could not be done.
settings come from flags, the environment or a .env file; `nutmeg doctor` shows each with its source.
a first look:  nutmeg sample --rows 200 --out demo && nutmeg registry import demo/registry.csv
               nutmeg nightly --inbox demo/inbox --reference demo/reference --as-of 2026-11-22
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; the exit code."""
    os.umask(0o077)
    arguments = _parser().parse_args(argv)
    from flows import verbs
    from tasks.errors import NutmegError
    from tasks.steps import sealed

    try:
        code: int = sealed(getattr(verbs, arguments.verb))(arguments)
    except NutmegError as error:
        sys.stderr.write(f"nutmeg: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("nutmeg: stopped. Start the same command again to go on where it was.\n")
        return 3
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nutmeg",
        description="Nightly review and certificate issuance for the Medical Marijuana Program.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _nightly(verbs)
    _register(verbs)
    _queue(verbs)
    _issued(verbs)
    _keys(verbs)
    _recall(verbs)
    _reports(verbs)
    _upkeep(verbs)
    return parser


Verbs = Any
"""argparse has no public name for it."""


def _verb(verbs: Verbs, name: str, does: str, handler: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=does, description=does)
    parser.set_defaults(verb=handler)
    parser.add_argument("--json", action="store_true", help="print the result for machines")
    return parser


def _group(verbs: Verbs, name: str, does: str) -> Verbs:
    return verbs.add_parser(name, help=does, description=does).add_subparsers(metavar="WHAT", required=True)


def _nightly(verbs: Verbs) -> None:
    night = _verb(verbs, "nightly", "the whole night; safe to run twice, safe to kill", "nightly")
    night.add_argument("--inbox", type=Path, metavar="DIR", help="where the portal's deliveries are (NUTMEG_INBOX)")
    night.add_argument("--reference", type=Path, metavar="DIR", help="the reference tables (NUTMEG_REFERENCE)")
    night.add_argument("--as-of", type=_day, metavar="DATE", help="the day the night is run for; today unless given")
    night.add_argument("--actor", metavar="WHO", help="who starts it; the login name unless given")


def _register(verbs: Verbs) -> None:
    what = _group(verbs, "registry", "the registrations that exist already")
    load = _verb(what, "import", "load or refresh existing registrations", "registry_import")
    load.add_argument("file", type=Path, metavar="FILE", help="a registry.csv")
    load.add_argument("--reference", type=Path, metavar="DIR", help="the reference tables (NUTMEG_REFERENCE)")
    load.add_argument("--actor", metavar="WHO", help="who loads it; the login name unless given")


def _queue(verbs: Verbs) -> None:
    review = _group(verbs, "review", "the analysts' queue")
    export = _verb(review, "export", "write the queue as a workbook", "review_export")
    export.add_argument("--out", type=Path, metavar="FILE", help="outputs/review.xlsx unless given")
    apply = _verb(review, "apply", "take the analysts' decisions in, row by row; safe to repeat", "review_apply")
    apply.add_argument("file", type=Path, metavar="FILE", help="the workbook that came back")
    apply.add_argument("--actor", required=True, metavar="WHO", help="the person who answers for the decisions")
    apply.add_argument("--as-of", type=_day, metavar="DATE", help="the day of issue; today unless given")
    quarantine = _group(verbs, "quarantine", "rows that could not be read")
    _verb(quarantine, "list", "what is in quarantine, by delivery, row and reason code", "quarantine_list")


def _issued(verbs: Verbs) -> None:
    certificates = _group(verbs, "certificates", "certificates that were issued")
    reprint = _verb(certificates, "reprint", "the stored file of a certificate: same serial, same bytes", "reprint")
    reprint.add_argument("serial", metavar="SERIAL")
    reprint.add_argument("--out", type=Path, metavar="FILE", help="copy it there; its place is printed unless given")
    void = _verb(certificates, "void", "make a certificate void, for a reason", "void")
    void.add_argument("serial", metavar="SERIAL")
    void.add_argument("--reason", required=True, metavar="R", help="why, in a sentence")
    void.add_argument("--actor", required=True, metavar="WHO", help="the person who answers for it")
    void.add_argument("--replace", action="store_true", help="issue another with the same end in its place")
    void.add_argument("--as-of", type=_day, metavar="DATE", help="with --replace: the day of issue; today unless given")
    verify = _verb(certificates, "verify", "whether a PDF, or the code on it, was issued and is still good", "verify")
    verify.add_argument(
        "given", metavar="FILE|TOKEN", help="a certificate, the text of its code (CT1:...), or a file with that text"
    )
    mail = _group(verbs, "mail", "the outbox")
    send = _verb(mail, "send", "bring what is queued to where mail goes", "mail_send")
    send.add_argument("--limit", type=_count, metavar="N", help="at most so many")
    _verb(mail, "status", "how many messages are queued, sent and failed", "mail_status")


def _keys(verbs: Verbs) -> None:
    keys = _group(verbs, "keys", "the keys that sign the codes on certificates")
    _verb(keys, "list", "which keys are believed, and which one signs", "keys_list")
    turn = _verb(keys, "rotate", "sign with a new key from now on; earlier certificates stay good", "keys_rotate")
    turn.add_argument("--actor", required=True, metavar="WHO", help="the person who answers for it")
    _verb(keys, "publish", "write the verification page and the status list anew", "keys_publish")


def _recall(verbs: Verbs) -> None:
    does = "call certificates back: one person asks, another grants; changes nothing unless told to"
    recall = _verb(verbs, "recall", does, "recall")
    what = recall.add_mutually_exclusive_group(required=True)
    what.add_argument("--certifier", metavar="LICENSE", help="certificates of applications that name this license")
    what.add_argument("--run", metavar="ID", help="certificates issued in this run")
    what.add_argument("--document", metavar="SHA256", help="certificates of submissions with this upload")
    what.add_argument("--grant", metavar="RECALL", help="carry out what another person asked for; safe to repeat")
    what.add_argument("--withdraw", metavar="RECALL", help="take back what was asked for and not granted")
    what.add_argument("--report", metavar="RECALL", help="how it ended: void, cured, waiting, past the clock")
    recall.add_argument("--from", dest="first", type=_day, metavar="DATE", help="issued on this day or later")
    recall.add_argument("--to", dest="last", type=_day, metavar="DATE", help="issued on this day or before")
    recall.add_argument("--apply", action="store_true", help="store the question for another person to grant")
    recall.add_argument("--reason", metavar="R", help="with --apply: why, in a sentence")
    recall.add_argument("--actor", metavar="WHO", help="with --apply, --grant and --withdraw: the person who acts")
    recall.add_argument("--as-of", type=_day, metavar="DATE", help="the day it is done for; today unless given")


def _reports(verbs: Verbs) -> None:
    audit = _verb(verbs, "audit", "the auditors' workbook of a period, without names", "audit")
    audit.add_argument("--from", dest="first", type=_day, required=True, metavar="DATE")
    audit.add_argument("--to", dest="last", type=_day, required=True, metavar="DATE")
    _simulate(verbs)
    _verb(verbs, "status", "what is waiting", "status")
    _verb(verbs, "doctor", "is everything in place; every setting with its source", "doctor")


def _simulate(verbs: Verbs) -> None:
    does = "which past decisions other provisions would flip, and why; changes nothing"
    ask = _verb(verbs, "simulate", does, "simulate")
    folder = "policy files; those missing in it are taken from data/policy, the others stand in place of ours"
    ask.add_argument("--policy", type=Path, required=True, metavar="DIR", help=folder)
    day = "day of submission, which the law goes by; of each revision the machine's newest decision counts"
    ask.add_argument("--from", dest="first", type=_day, required=True, metavar="DATE", help=f"first {day}")
    ask.add_argument("--to", dest="last", type=_day, required=True, metavar="DATE", help="last day of submission")
    ask.add_argument("--out", type=Path, metavar="FILE", help="all flips as a CSV table, without names")


def _upkeep(verbs: Verbs) -> None:
    sample = _verb(verbs, "sample", "a synthetic delivery with its documents, register and answers", "sample")
    sample.add_argument("--rows", type=_count, required=True, metavar="N")
    sample.add_argument("--out", type=Path, required=True, metavar="DIR")
    sample.add_argument("--seed", type=int, default=1, metavar="N")
    sample.add_argument("--day", type=_day, default=date(2026, 11, 22), metavar="DATE", help="the day of the export")
    sample.add_argument("--format", choices=("csv", "xlsx"), default="csv", help="of the table")
    sample.add_argument(
        "--uploads", choices=("all", "text"), default="all", help="all kinds of uploads, or text PDFs only (faster)"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-22") from None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of rows or messages, 1 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
