"""Make a certificate void, for a named person and a reason, once; on wish another takes its place with the same end."""

import hashlib
import hmac
from dataclasses import replace
from datetime import date
from typing import Any

from registry.issuance import serial_number
from tasks import clock, issuance
from tasks.desk import Desk, desk
from tasks.errors import WrongUseError
from tasks.keys import secret_key
from tasks.ledger import certificates
from tasks.ledger.endings import Void, void
from tasks.ledger.engine import Engine, reading
from tasks.ledger.lookups import certificate_by_serial, replacement_of
from tasks.ledger.registrations import entries_by_number
from tasks.ledger.runs import NO_RUN, unfinished
from tasks.ledger.writing import writing
from tasks.own_run import close, own_run
from tasks.settings import Settings
from tasks.writers import named_person, writer

KIND = "replacement"
"""The kind of a run in which a certificate takes the place of a void one."""
_LONGEST_REASON = 500
_NOT_NOW = {
    "reserved": "Certificate {serial} is not issued yet; a night draws it, or a newer decision ends it.",
    "superseded": "Certificate {serial} has ended already; a newer one has taken its place.",
}


def stated_reason(reason: str) -> str:
    """The reason a person gives, on one line.

    Raises:
        WrongUseError: it says nothing, or too much.
    """
    why = " ".join(reason.split())
    if not why or not why.isprintable() or len(why) > _LONGEST_REASON:
        raise WrongUseError(f"--reason has to say why, in at most {_LONGEST_REASON} characters.")
    return why


def keyed_digest(settings: Settings, text: str) -> str:
    """What the journal, which cannot be erased, keeps of a text that can be.

    Whoever holds the text can prove that it is the one, and nobody can guess it.
    """
    return f"digest {hmac.new(secret_key(settings.key_file), text.encode(), hashlib.sha256).hexdigest()}"


def void_certificate(
    serial: str, reason: str, actor: str, *, replaced: bool = False, as_of: date | None = None
) -> dict[str, Any]:
    """Make an issued certificate void, and on wish issue another in its place; a second time is a no-op that says so.

    The other has the same end, a serial of its own, and `as_of` (today unless given) as its day of issue.

    Raises:
        WrongUseError: no such certificate was issued, it has ended, nobody or no reason is named, or there is nothing
            that another could be issued for.
    """
    why = stated_reason(reason)
    settings = Settings.load({"NUTMEG_ACTOR": named_person(actor)})
    with writer(settings) as (engine, who):
        end = Void(serial, why, keyed_digest(settings, f"void:{serial}:{why}"))
        told = _voided(engine, settings, end, who, (as_of or clock.today()) if replaced else None)
        return _published(engine, settings, told) if told["changed"] else told


def _voided(engine: Engine, settings: Settings, end: Void, who: str, replaced_on: date | None) -> dict[str, Any]:
    if replaced_on is not None:
        return _void_and_replace(engine, settings, end, who, replaced_on)
    if _found(engine, end.serial).state == "void":
        return _result(end.serial, False, f"Certificate {end.serial} is void already; nothing was done.")
    with writing(engine, who, NO_RUN) as pen:
        void(pen, [end])
    said = f"Certificate {end.serial} is void. The registration stays as it is; tell the holder."
    return _result(end.serial, True, said)


def _published(engine: Engine, settings: Settings, told: dict[str, Any]) -> dict[str, Any]:
    """Counters are told at once, by the status list; if that cannot be, the sentence says why."""
    from tasks.verification_page import publish_if_possible

    why = publish_if_possible(settings, engine, clock.now())
    return told | {"sentence": f"{told['sentence']} Counters are not told yet. {why}"} if why else told


def _found(engine: Engine, serial: str) -> Any:
    with reading(engine) as connection:
        found = certificate_by_serial(connection, serial)
    if found is None:
        raise WrongUseError(f"No certificate {serial[:40]!r} was issued. A serial looks like MM26-0000123-09.")
    if sentence := _NOT_NOW.get(found.state):
        raise WrongUseError(sentence.format(serial=serial))
    return found


def _void_and_replace(engine: Engine, settings: Settings, end: Void, who: str, as_of: date) -> dict[str, Any]:
    found, cut_short = _found(engine, end.serial), unfinished(engine, KIND, end.serial)
    with reading(engine) as connection:
        other = replacement_of(connection, found)
    if found.state == "issued":
        _refuse_without_term(engine, found, cut_short.as_of if cut_short else as_of)
    elif other is None or (other.state == "issued" and cut_short is None):
        told = f"{other.serial} has taken its place" if other else "no other took its place then"
        return _result(end.serial, False, f"Certificate {end.serial} is void already, and {told}; nothing was done.")
    at = desk(own_run(engine, settings, KIND, end.serial, as_of, who, draws=True).run_id)
    serial = other.serial if other else _reserve(at, end, who)
    return _issued(at, end.serial, serial)


def _refuse_without_term(engine: Engine, found: Any, as_of: date) -> None:
    """Another certificate needs a term that still runs, and a registration that is active."""
    if date.fromisoformat(found.expires_on) < as_of:
        raise WrongUseError(
            f"Certificate {found.serial} ended on {found.expires_on}; one with the same end would be good for nobody. "
            "Leave out --replace."
        )
    with reading(engine) as connection:
        entry = entries_by_number(connection, [found.registration_number]).get(found.registration_number)
    if entry is None or entry.status != "active":
        raise WrongUseError(
            f"The registration of certificate {found.serial} is {entry.status if entry else 'not in the register'}, so "
            "no other is issued. Leave out --replace, or have the register put right first."
        )


def _reserve(at: Desk, end: Void, who: str) -> str:
    """In one transaction the old one becomes void and the new one is reserved; the serial of the new one."""
    with reading(at.engine) as connection:
        [old] = certificates.orders_of(connection, [end.serial])
    with writing(at.engine, who, at.run.run_id) as pen:
        void(pen, [end])
        [sequence] = pen.reserve(certificates.COUNTER, 1)
        serial = serial_number(at.run.as_of.year, sequence)
        order = replace(old.order, serial=serial, issued_on=at.run.as_of)
        certificates.reserve(pen, [(old.decision_id, sequence, order)])
    return serial


def _issued(at: Desk, old: str, new: str) -> dict[str, Any]:
    if new in issuance.pending(at):
        issuance.issue(at, [new])
    with reading(at.engine) as connection:
        issued = new not in certificates.reserved(connection)
        [other] = certificates.orders_of(connection, [new])
    close(at.engine, at.run, {"void": old, "replacement": new, "balanced": issued})
    if issued:
        said = f"{new}, good through {other.order.expires_on}, takes its place; a message brings it to the holder."
    else:
        said = f"{new} is to take its place and could not be drawn; see its name, address and texts."
    told = _result(old, True, f"Certificate {old} is void. Certificate {said}")
    return {**told, "replacement": new, "replacement_state": "issued" if issued else "reserved"}


def _result(serial: str, changed: bool, sentence: str) -> dict[str, Any]:
    return {"serial": serial, "state": "void", "changed": changed, "sentence": sentence}
