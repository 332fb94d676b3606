"""Questions to the ledger that change nothing."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from tasks import clock
from tasks.desk import ledger
from tasks.errors import WrongUseError
from tasks.files import certificate_path
from tasks.law import load_policy
from tasks.ledger import lookups
from tasks.ledger.engine import reading
from tasks.ledger.recall_holders import counts as recall_counts
from tasks.settings import POLICY, Settings
from tasks.signing.checking import BrokenSealError, check_any_seal
from tasks.signing.keys import SigningKeyError, signing_chains
from tasks.waiting import clock_rules, counts

_SENTENCES = {
    "issued": "This certificate was issued by us and is good through {expires_on}.",
    "expired": "This certificate was issued by us and ended on {expires_on}.",
    "superseded": "This certificate was issued by us; a newer one has taken its place.",
    "void": "This certificate was issued by us and is void.",
    "unknown": "This file is not a certificate that was issued by us, or it was changed.",
}


def quarantined(settings: Settings) -> list[dict[str, Any]]:
    """Rows in quarantine and in conflict, by delivery and row; no values of the rows."""
    with reading(ledger(settings.database_url)) as connection:
        return lookups.rows_kept_apart(connection)


def stored_certificate(settings: Settings, serial: str) -> Path:
    """The file of an issued certificate, unchanged since it was issued.

    Raises:
        WrongUseError: there is no such certificate.
        NutmegError: its file is gone or was changed.
    """
    with reading(ledger(settings.database_url)) as connection:
        found = lookups.certificate_by_serial(connection, serial)
    if found is None or found.sha256 is None:
        raise WrongUseError(f"No certificate {serial!r} was issued. A serial looks like MM26-0000123-09.")
    path = certificate_path(settings.outputs / "certificates", serial, found.issued_on)
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != found.sha256:
        raise WrongUseError(f"{path} is gone or was changed since it was issued. Restore it from backup.")
    return path


def verify_file(settings: Settings, path: Path) -> dict[str, Any]:
    """Whether these bytes are a certificate that was issued, and whether it is still good."""
    if not path.is_file():
        raise WrongUseError(f"{path} does not exist.")
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    with reading(ledger(settings.database_url)) as connection:
        found = lookups.certificate_by_digest(connection, digest)
    if found is None:
        sentence = f"{_SENTENCES['unknown']} {_seal(settings, data)}".strip()
        return {"state": "unknown", "good": False, "sentence": sentence}
    ended = date.fromisoformat(found.expires_on) < clock.today()
    state = "expired" if found.state == "issued" and ended else found.state
    sentence = _SENTENCES[state].format(expires_on=found.expires_on)
    return {"state": state, "good": state == "issued", "serial": found.serial, "sentence": sentence}


def _seal(settings: Settings, data: bytes) -> str:
    """What the signature says of a file that is not in the ledger; nothing where there is no key to ask."""
    try:
        check_any_seal(data, signing_chains(settings.signing_certificate))
    except SigningKeyError:
        return ""
    except BrokenSealError as error:
        return str(error)
    return "Its signature is ours and holds: it was drawn by us and never issued. Keep it, and tell the program."


def mail_states(settings: Settings) -> dict[str, Any]:
    """How many messages are queued, sent and failed, and the ids of those that failed."""
    with reading(ledger(settings.database_url)) as connection:
        return {**lookups.messages_by_state(connection), "failed_ids": lookups.failed_messages(connection)}


def waiting(settings: Settings) -> dict[str, Any]:
    """What is waiting, for whom, and since when."""
    today = clock.today()
    rules = clock_rules(load_policy(POLICY), today)
    with reading(ledger(settings.database_url)) as connection:
        found = {**lookups.waiting(connection), **counts(connection, rules, today)}
        return {**found, **recall_counts(connection, today)}
