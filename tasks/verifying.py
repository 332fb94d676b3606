"""Whether a token is a certificate of ours and still good: in parts, and in one plain sentence."""

from datetime import datetime
from pathlib import Path
from typing import Any

from registry.credential import Credential, Validity
from tasks import clock
from tasks.desk import ledger
from tasks.errors import LedgerError
from tasks.ledger import lookups
from tasks.ledger.engine import is_there, reading
from tasks.settings import Settings
from tasks.tokens import cwt
from tasks.tokens.errors import TokenError
from tasks.tokens.keyring import KeyList, is_demonstration, key_list
from tasks.tokens.status_list import FILE, read_status_list

_LONGEST_FILE_BYTES = 4_096
_SENTENCES = {
    "issued": "This certificate was issued by us and is good through {last}.",
    "expired": "This certificate was issued by us and ended on {last}.",
    "not_yet": "This certificate was issued by us and is good from {first} on, not before.",
    "superseded": "This certificate was issued by us; a newer one has taken its place.",
    "void": "This certificate was issued by us and is void.",
    "ended": "This certificate was issued by us and is not good any more: it is void, or a newer one took its place.",
    "unknown": "This code has our signature, and no such certificate was issued by us. Keep it, and tell the program.",
    "unproven": "This certificate was signed by us, through {last}; whether it is still good is not known: {why}",
    "demonstration": "This code was made with a demonstration key: it is no certificate. Do not accept it.",
}
_DEMONSTRATION = " It was made with a demonstration key: it is no document."


def token_in(given: str) -> str | None:
    """The token that the command was given: itself, or in a small file; None when it is neither."""
    if cwt.is_token(given):
        return given
    path = Path(given)
    if not path.is_file() or path.stat().st_size > _LONGEST_FILE_BYTES:
        return None
    text = path.read_bytes().decode("ascii", "replace")
    return text if cwt.is_token(text) else None


def verify_token(settings: Settings, token: str) -> dict[str, Any]:
    """Signature, days and status of a token; what the ledger knows counts, else the newest status list.

    The answer has `state`, `good`, `sentence`, for a signed token also `serial`, `certificate` (what it says, to be
    compared with the photo ID), and in any case the parts `signature`, `validity` and `status`, None where not reached.

    Raises:
        KeyringError: there is no list of keys to verify with.
    """
    known = key_list(settings.token_keys)
    try:
        says, key_id = cwt.read_with_key(token, known.public)
    except TokenError as refused:
        signature = {"good": False, "refusal": refused.refusal.value}
        parts = {"signature": signature, "validity": None, "status": None}
        return {"state": refused.refusal.value, "good": False, "sentence": str(refused), **parts}
    validity = says.validity(clock.today())
    status = _status(settings, known, says)
    state = _state(known, key_id, validity, status["state"])
    sentence = _SENTENCES[state].format(first=says.valid_from, last=says.expires_on, why=status["why"])
    if is_demonstration(key_id) and state != "demonstration":
        sentence += _DEMONSTRATION
    return {
        "state": state,
        "good": state == "issued",
        "serial": says.serial,
        "sentence": sentence,
        "signature": {"good": True, "key": key_id, "demonstration": is_demonstration(key_id)},
        "validity": {"good": validity is Validity.GOOD, "state": validity.value, "from": says.valid_from.isoformat()}
        | {"through": says.expires_on.isoformat()},
        "status": status,
        "certificate": _shown(says),
    }


def _state(known: KeyList, key_id: str, validity: Validity, status: str) -> str:
    """The one word: what was ended stays so, then the days count, then that nothing is known."""
    if is_demonstration(key_id) and not is_demonstration(known.active):
        return "demonstration"
    if status in {"superseded", "void", "ended", "unknown"}:
        return status
    if validity is not Validity.GOOD:
        return validity.value
    return status


def _status(settings: Settings, known: KeyList, says: Credential) -> dict[str, Any]:
    """What became of the certificate after it was issued, and who says so."""
    if is_there(settings.database_url):
        try:
            with reading(ledger(settings.database_url)) as connection:
                found = lookups.certificate_by_serial(connection, says.serial)
        except LedgerError:
            pass
        else:
            return {"state": _by_ledger(found, says), "by": "ledger", "as_of": clock.now().isoformat(), "why": ""}
    return _by_list(settings.verification / FILE, known, says, clock.now())


def _by_ledger(found: Any, says: Credential) -> str:
    """The state of the certificate that was issued under this serial, if it says the same as the token."""
    if found is None or found.sha256 is None:
        return "unknown"
    issued = (found.registration_number, found.kind, found.issued_on, found.expires_on)
    said = (says.registration_number, says.kind.value, says.valid_from.isoformat(), says.expires_on.isoformat())
    return str(found.state) if issued == said else "unknown"


def _by_list(path: Path, known: KeyList, says: Credential, now: datetime) -> dict[str, Any]:
    """What the status list says; one that is missing, not ours or stale says nothing good."""
    out: dict[str, Any] = {"state": "unproven", "by": "", "as_of": None, "why": ""}
    try:
        held = read_status_list(path.read_bytes(), known.public)
    except OSError:
        return out | {"why": f"{path} is missing. Get the newest status list."}
    except TokenError as refused:
        return out | {"why": f"the status list cannot be used. {refused}"}
    hours = int((now - held.made_at).total_seconds() // 3600)
    out |= {"by": "list", "as_of": held.made_at.isoformat(), "age_hours": hours, "stale": held.is_stale(now)}
    if not held.is_good(says.serial):
        return out | {"state": "ended"}
    if held.is_stale(now):
        return out | {"why": f"the status list is {hours // 24} days old. Get the newest status list."}
    return out | {"state": "issued"}


def _shown(says: Credential) -> dict[str, Any]:
    return {
        "name": says.name,
        "birth_year": says.birth_year,
        "role": says.role.value,
        "kind": says.kind.value,
        "registration_number": says.registration_number,
    }
