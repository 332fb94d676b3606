"""What the ledger knows around a chunk of applications: a handful of queries, whatever the chunk's size."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, func, select

from registry.addresses import same_address
from registry.codec import unpack
from registry.facts import Application, CertifierPeriod, Condition, DocumentFacts, RegisterEntry, Role, Surroundings
from registry.names import person_key
from tasks.ledger.decisions import OpenSubmission, approved_revisions, approved_submissions, open_submissions
from tasks.ledger.near import Bearers, turned_key
from tasks.ledger.prints import PROOFS, NearUploads, near_uploads
from tasks.ledger.registrations import (
    active_registrations,
    entries_by_number,
    entries_of_persons,
    entries_related_to,
)
from tasks.ledger.schema import document, document_facts, received_row, submission, submission_document


@dataclass
class Neighbourhood:
    """Everything fetched for one chunk; `around` picks one application's part."""

    certifiers: Mapping[str, tuple[CertifierPeriod, ...]]
    conditions: dict[str, Condition]
    entries: dict[str, RegisterEntry] = field(default_factory=dict)
    by_person: dict[str, list[RegisterEntry]] = field(default_factory=lambda: defaultdict(list))
    pointing_to: dict[str, list[RegisterEntry]] = field(default_factory=lambda: defaultdict(list))
    related: dict[str, Application] = field(default_factory=dict)
    approved: set[str] = field(default_factory=set)
    bearers: Bearers = field(default_factory=Bearers)
    open_by_person: dict[str, list[OpenSubmission]] = field(default_factory=lambda: defaultdict(list))
    approved_revisions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rows_apart: dict[str, int] = field(default_factory=dict)
    facts: dict[str, DocumentFacts] = field(default_factory=dict)
    uses: dict[str, list[tuple[str, Application]]] = field(default_factory=lambda: defaultdict(list))
    near_uploads: NearUploads = field(default_factory=NearUploads)

    def around(self, application: Application) -> Surroundings:
        """What is known around this application."""
        key = person_key(application.name, application.date_of_birth)
        entry = self.entries.get(application.registration_number)
        related = self.related.get(application.related_submission_id)
        related_number = _related_number(application, related, entry)
        return Surroundings(
            entry=entry,
            related_entry=self.entries.get(related_number),
            related_application=related,
            related_approved=application.related_submission_id in self.approved and _is_caregiver(related),
            same_person_numbers=self._other_numbers(key, application),
            same_person_actions=tuple((e.status, e.status_since) for e in self.by_person[key]),
            same_person_submissions=(*self._other_submissions(key, application), *self._approved_before(application)),
            near_persons=self.bearers.near(key, application, (related_number, application.related_submission_id)),
            person_on_hold=any(e.hold for e in self.by_person[key]),
            rows_apart=self.rows_apart.get(application.submission_id, 0),
            patients_of_caregiver=self._patients(key, application, related_number),
            caregivers_of_patient=self._caregivers(key, application, related_number),
            document_owners=self._owners(key, application),
            near_pages=self.near_uploads.near(key, application),
            documents={ref.sha256: self.facts[ref.sha256] for ref in application.documents if ref.sha256 in self.facts},
            certifier_periods=self.certifiers.get(_certifier_license(application, related), ()),
            conditions=self.conditions,
        )

    def _other_numbers(self, key: str, application: Application) -> tuple[str, ...]:
        own = application.registration_number
        return tuple(
            e.registration_number
            for e in self.by_person[key]
            if e.role is application.role and e.status == "active" and e.registration_number != own
        )

    def _other_submissions(self, key: str, application: Application) -> tuple[str, ...]:
        return tuple(
            waiting.number
            for waiting in self.open_by_person[key]
            if (waiting.role, waiting.kind) == (application.role, application.kind)
            and waiting.number != application.submission_id
        )

    def _approved_before(self, application: Application) -> tuple[str, ...]:
        """Earlier revisions of this submission that were approved: another certificate is a person's decision."""
        earlier = [r for r in self.approved_revisions[application.submission_id] if r < application.revision]
        return tuple(f"{application.submission_id} revision {revision}, approved" for revision in earlier)

    def _patients(self, key: str, application: Application, patient_number: str) -> tuple[str, ...]:
        """Other active patients that this person already cares for, whichever side of the link the register holds."""
        if application.role is not Role.CAREGIVER:
            return ()
        own = [e for e in self.by_person[key] if e.role is Role.CAREGIVER and e.status == "active"]
        linked = {e.related_registration_number for e in own}
        for caregiver in own:
            linked |= {p.registration_number for p in self.pointing_to[caregiver.registration_number]}
        others = {n for n in linked - {"", patient_number} if _is_active(self.entries.get(n), Role.PATIENT)}
        return tuple(sorted(others))

    def _caregivers(self, key: str, application: Application, patient_number: str) -> tuple[str, ...]:
        """Active caregivers of this caregiver's patient, other than this person."""
        if application.role is not Role.CAREGIVER or not patient_number:
            return ()
        patient = self.entries.get(patient_number)
        named = self.entries.get(patient.related_registration_number) if patient else None
        candidates = [*self.pointing_to[patient_number], *([named] if named else [])]
        others = {e.registration_number for e in candidates if _is_active(e, Role.CAREGIVER) and _key(e) != key}
        return tuple(sorted(others))

    def _owners(self, key: str, application: Application) -> dict[str, tuple[str, ...]]:
        """Other people's submissions that named the same proof; one household's shared paper is normal."""
        owners = {}
        for ref in application.documents:
            if ref.role in PROOFS and ref.sha256:
                others = [
                    other.submission_id
                    for other_key, other in self.uses[ref.sha256]
                    if other_key != key
                    and other.submission_id != application.submission_id
                    and not (ref.role == "residency" and same_address(other.address, application.address))
                ]
                owners[f"{ref.role}:{ref.sha256}"] = tuple(sorted(set(others)))
        return owners


def neighbourhood(
    connection: Connection,
    applications: Sequence[Application],
    certifiers: Mapping[str, tuple[CertifierPeriod, ...]],
    conditions: dict[str, Condition],
    reader: str,
    run_id: str,
) -> Neighbourhood:
    """Fetch what is known around these applications as of the run's start: order within the run cannot matter."""
    found = Neighbourhood(certifiers, conditions)
    keys = {person_key(a.name, a.date_of_birth) for a in applications}
    found.related = current_applications(connection, {a.related_submission_id for a in applications})
    found.approved = approved_submissions(connection, found.related, run_id)
    _fetch_register(connection, found, applications, keys)
    _fetch_bearers(connection, found, applications, run_id)
    for submission_id, revision in approved_revisions(connection, {a.submission_id for a in applications}):
        found.approved_revisions[submission_id].append(revision)
    found.rows_apart = _rows_apart(connection, {a.submission_id for a in applications})
    digests = {ref.sha256 for a in applications for ref in a.documents if ref.sha256}
    found.facts = facts_of(connection, digests, reader)
    _fetch_uses(connection, found, digests)
    found.near_uploads = near_uploads(connection, applications, found.facts, reader)
    return found


def current_applications(connection: Connection, submission_ids: Iterable[str]) -> dict[str, Application]:
    """The newest revision of each of these submissions."""
    wanted = sorted(set(submission_ids) - {""})
    query = select(submission.c.submission_id, submission.c.application)
    rows = connection.execute(query.where(submission.c.submission_id.in_(wanted), submission.c.current))
    return {row.submission_id: read_application(row.application) for row in rows}


def facts_of(connection: Connection, digests: Iterable[str], reader: str) -> dict[str, DocumentFacts]:
    """What this reader found in these uploads."""
    query = select(document_facts.c.sha256, document_facts.c.facts).where(document_facts.c.reader == reader)
    rows = connection.execute(query.where(document_facts.c.sha256.in_(sorted(digests))))
    return {row.sha256: unpack(DocumentFacts, json.loads(row.facts)) for row in rows}


def read_application(stored: str) -> Application:
    """A stored application."""
    return unpack(Application, json.loads(stored))


def _fetch_register(
    connection: Connection, found: Neighbourhood, applications: Sequence[Application], keys: set[str]
) -> None:
    for key, entry in entries_of_persons(connection, keys):
        found.by_person[key].append(entry)
        found.entries[entry.registration_number] = entry
    numbers = {n for a in applications for n in (a.registration_number, a.related_registration_number)}
    numbers |= {a.registration_number for a in found.related.values()}
    found.entries |= entries_by_number(connection, numbers - found.entries.keys())
    linked = {e.related_registration_number for e in found.entries.values()} - found.entries.keys()
    found.entries |= entries_by_number(connection, linked)
    for entry in entries_related_to(connection, found.entries):
        found.pointing_to[entry.related_registration_number].append(entry)
        found.entries.setdefault(entry.registration_number, entry)


def _fetch_bearers(
    connection: Connection, found: Neighbourhood, applications: Sequence[Application], run_id: str
) -> None:
    days = {a.date_of_birth.isoformat() for a in applications}
    turned = {turned_key(a) for a in applications} - {""}
    queue = open_submissions(connection, days, turned, run_id)
    for waiting in queue:
        found.open_by_person[waiting.person_key].append(waiting)
    found.bearers.add(active_registrations(connection, days, turned))
    found.bearers.add(queue)


def _rows_apart(connection: Connection, submission_ids: set[str]) -> dict[str, int]:
    c = received_row.c
    query = select(c.submission_id, func.count()).where(c.submission_id.in_(sorted(submission_ids)))
    apart = query.where(c.disposition.in_(("conflict", "quarantined"))).group_by(c.submission_id)
    return {row[0]: row[1] for row in connection.execute(apart)}


def _fetch_uses(connection: Connection, found: Neighbourhood, digests: set[str]) -> None:
    """Only files that more than one person named cost anything here."""
    same = and_(
        submission.c.submission_id == submission_document.c.submission_id,
        submission.c.revision == submission_document.c.revision,
    )
    query = (
        select(submission_document.c.sha256, submission.c.person_key, submission.c.application)
        .join(submission, same)
        # All empty files are the same file, and nobody's in particular.
        .join(document, and_(document.c.sha256 == submission_document.c.sha256, document.c.bytes > 0))
        .where(submission_document.c.sha256.in_(sorted(digests)), submission_document.c.role.in_(PROOFS))
    )
    shared: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(query):
        shared[row.sha256].setdefault(row.person_key, row.application)
    for sha256, people in shared.items():
        if len(people) > 1:
            found.uses[sha256] = [(key, read_application(stored)) for key, stored in sorted(people.items())]


def _related_number(application: Application, related: Application | None, entry: RegisterEntry | None) -> str:
    """The other side's registration: named by the row, by the submission the row names, or by the register."""
    if application.related_registration_number:
        return application.related_registration_number
    if application.related_submission_id:
        return related.registration_number if related else ""
    return entry.related_registration_number if entry else ""


def _certifier_license(application: Application, related: Application | None) -> str:
    """A patient's own certifier; for a caregiver the certifier of the patient."""
    patient = application if application.role is Role.PATIENT else related
    return patient.certification.certifier_license if patient else ""


def _is_active(entry: RegisterEntry | None, role: Role) -> bool:
    return entry is not None and entry.role is role and entry.status == "active"


def _is_caregiver(related: Application | None) -> bool:
    return related is not None and related.role is Role.CAREGIVER


def _key(entry: RegisterEntry) -> str:
    return person_key(entry.name, entry.date_of_birth)
