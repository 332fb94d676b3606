"""Make a certificate void: for a named person and a reason, once."""

import hashlib
import hmac
from typing import Any

from tasks.errors import WrongUseError
from tasks.keys import secret_key
from tasks.ledger.endings import Void, void
from tasks.ledger.engine import Engine, reading
from tasks.ledger.lookups import certificate_by_serial
from tasks.ledger.runs import NO_RUN
from tasks.ledger.writing import writing
from tasks.settings import Settings
from tasks.writers import named_person, writer

_LONGEST_REASON = 500
_NOT_NOW = {
    "reserved": "Certificate {serial} is not issued yet; a night draws it, or a newer decision ends it.",
    "superseded": "Certificate {serial} has ended already; a newer one has taken its place.",
}


def void_certificate(serial: str, reason: str, actor: str) -> dict[str, Any]:
    """Make an issued certificate void; a second time is a no-op that says so.

    The reason is kept beside the certificate, where it can be erased. The journal, which cannot, keeps its digest under
    our key: whoever holds the reason can prove that it is the one, and nobody can guess it.

    Raises:
        WrongUseError: no such certificate was issued, it has ended, or nobody or no reason is named.
    """
    why = " ".join(reason.split())
    if not why or not why.isprintable() or len(why) > _LONGEST_REASON:
        raise WrongUseError(f"--reason has to say why, in at most {_LONGEST_REASON} characters.")
    settings = Settings.load({"NUTMEG_ACTOR": named_person(actor)})
    with writer(settings) as (engine, who):
        if _is_void(engine, serial):
            return _result(serial, False, f"Certificate {serial} is void already; nothing was done.")
        told = hmac.new(secret_key(settings.key_file), f"void:{serial}:{why}".encode(), hashlib.sha256).hexdigest()
        with writing(engine, who, NO_RUN) as pen:
            void(pen, [Void(serial, why, f"digest {told}")])
    sentence = f"Certificate {serial} is void. The registration stays as it is; tell the holder."
    return _result(serial, True, sentence)


def _is_void(engine: Engine, serial: str) -> bool:
    with reading(engine) as connection:
        found = certificate_by_serial(connection, serial)
    if found is None:
        raise WrongUseError(f"No certificate {serial[:40]!r} was issued. A serial looks like MM26-0000123-09.")
    if sentence := _NOT_NOW.get(found.state):
        raise WrongUseError(sentence.format(serial=serial))
    return bool(found.state == "void")


def _result(serial: str, changed: bool, sentence: str) -> dict[str, Any]:
    return {"serial": serial, "state": "void", "changed": changed, "sentence": sentence}
