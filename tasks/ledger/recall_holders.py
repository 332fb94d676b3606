"""Holders whose certificates were recalled: who has a newer good one since, and whose clock still runs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from registry.recall import Cure, Phase, cure
from tasks.ledger.recall_matches import matching
from tasks.ledger.recall_tables import recall_certificate
from tasks.ledger.recalls import Question, all_recalls
from tasks.ledger.schema import certificate


@dataclass(frozen=True, slots=True)
class Holder:
    """One registration that lost certificates to a recall, and how its holder stands."""

    number: str
    serials: tuple[str, ...]
    cure: Cure


def holders(connection: Connection, question: Question, as_of: date) -> list[Holder]:
    """Every holder of a certificate that a granted recall took back, by registration; one never drawn had none."""
    if question.cure_by is None:
        return []
    c, listed = certificate.c, recall_certificate.c
    query = select(c.registration_number, c.serial).join(recall_certificate, listed.serial == c.serial)
    query = query.where(listed.recall_id == question.recall_id, listed.outcome == "void", c.sha256.is_not(None))
    lost: dict[str, list[str]] = {}
    for number, serial in connection.execute(query.order_by(c.registration_number, c.sequence)):
        lost.setdefault(number, []).append(serial)
    cured = _cured(connection, question, as_of)
    return [Holder(n, tuple(serials), cure(n in cured, question.cure_by, as_of)) for n, serials in lost.items()]


def _cured(connection: Connection, question: Question, as_of: date) -> set[str]:
    """Registrations with a good certificate since the grant that does not itself rest on what was recalled."""
    lost, newer, listed = certificate.alias("lost").c, certificate.c, recall_certificate.c
    recalled = select(lost.registration_number).join(recall_certificate, listed.serial == lost.serial)
    recalled = recalled.where(listed.recall_id == question.recall_id, listed.outcome == "void")
    query = select(newer.serial, newer.registration_number).where(
        newer.registration_number.in_(recalled),
        newer.state == "issued",
        newer.expires_on >= as_of.isoformat(),
        newer.issued_at > question.answered_at,
    )
    found = {row.serial: row.registration_number for row in connection.execute(query)}
    tainted = {case.serial for case in matching(connection, question.criterion, as_of, list(found))} if found else set()
    return {number for serial, number in found.items() if serial not in tainted}


def counts(connection: Connection, as_of: date) -> dict[str, int]:
    """Recalls that wait for a second person or for their end, and holders without a newer certificate."""
    questions = all_recalls(connection)
    phases = Counter(question.phase(as_of) for question in questions)
    standings = Counter(_standings(connection, questions, as_of))
    return {
        "recalls to be granted": phases[Phase.ASKED],
        "recalls cut short": phases[Phase.UNDER_WAY],
        "recalled, holder within the clock": standings[Cure.WITHIN],
        "recalled, holder past the clock": standings[Cure.PAST],
    }


def _standings(connection: Connection, questions: Iterable[Question], as_of: date) -> Iterable[Cure]:
    for question in questions:
        yield from (holder.cure for holder in holders(connection, question, as_of))
