"""The issuance cycle: reserve, draw, read back, stage, issue with the message, move into place.

Killed anywhere and run again, it ends the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from registry.facts import Application, RegisterEntry
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from registry.terms import permanent_due_on, registration_ends_on, temporary_ends_on
from tasks.authority import places
from tasks.correspondence import certificate_message
from tasks.desk import Desk
from tasks.errors import NutmegError
from tasks.files import STAGING, certificate_path, private_folder, staged_path, sync_folder
from tasks.ledger import certificates
from tasks.ledger.cases import read_application
from tasks.ledger.decisions import approved_applications
from tasks.ledger.engine import reading
from tasks.ledger.registrations import entries_by_number
from tasks.ledger.writing import writing
from tasks.press import Plate, draw_all


def reserve_temporaries(desk: Desk, decision_ids: Sequence[str]) -> int:
    """Take serials for these automatic approvals and freeze what their temporary certificates will say."""
    with reading(desk.engine) as connection:
        approved = [(i, read_application(stored)) for i, stored in approved_applications(connection, decision_ids)]
        numbers = {a.registration_number for _, a in approved}
        entries = entries_by_number(connection, numbers)
        entries |= entries_by_number(connection, {e.related_registration_number for e in entries.values()})
    days = desk.policy.on(desk.run.as_of).number("temporary_certificate_days")
    good = [(i, a) for i, a in approved if _can_be_issued(a, desk.run.as_of)]
    if not good:
        return 0
    with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
        sequence = pen.reserve(certificates.COUNTER, len(good))
        orders = [
            (decision_id, number, _temporary(application, entries, number, desk.run.as_of, days))
            for (decision_id, application), number in zip(good, sequence, strict=True)
        ]
        certificates.reserve(pen, orders)
    return len(orders)


def _can_be_issued(application: Application, as_of: date) -> bool:
    """Nothing is issued past the certification's end or before the submission; the night's account tells of it."""
    ends_on = application.certification.expires_on
    return ends_on is not None and application.submitted_at.date() <= as_of <= ends_on


def _temporary(
    application: Application, entries: dict[str, RegisterEntry], sequence: int, as_of: date, days: int
) -> IssuanceOrder:
    certified_to = application.certification.expires_on
    if certified_to is None:
        raise ValueError("an automatic approval has a certification with an end")
    entry = entries.get(application.registration_number)
    caregiver = entries.get(entry.related_registration_number) if entry else None
    return IssuanceOrder(
        serial=serial_number(as_of.year, sequence),
        kind=CertificateKind.TEMPORARY,
        role=application.role,
        registration_number=application.registration_number,
        name=application.name,
        date_of_birth=application.date_of_birth,
        address=application.address,
        issued_on=as_of,
        expires_on=temporary_ends_on(as_of, certified_to, days),
        registration_ends_on=registration_ends_on(certified_to),
        monthly_allotment_ounces=application.monthly_allotment_ounces,
        dosage_restrictions=application.dosage_restrictions,
        caregiver_name=caregiver.name.in_full if caregiver and application.caregiver_required else "",
        patient_name="",
        no_smoking_forms=False,
    )


def reserve_permanents(desk: Desk) -> int:
    """Take serials for the permanent certificates of renewals that nobody objected to for so many business days."""
    days = desk.policy.on(desk.run.as_of).number("permanent_after_business_days")
    with reading(desk.engine) as connection:
        held = certificates.ripe(connection, desk.run.as_of.isoformat())
    holidays = desk.reference.holidays
    due = [
        each
        for each in held
        if permanent_due_on(each.order.issued_on, holidays, days) <= desk.run.as_of <= each.order.registration_ends_on
    ]
    if not due:
        return 0
    with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
        sequence = pen.reserve(certificates.COUNTER, len(due))
        orders = [
            (each.decision_id, number, _permanent(each.order, number, desk.run.as_of))
            for each, number in zip(due, sequence, strict=True)
        ]
        certificates.reserve(pen, orders)
    return len(orders)


def _permanent(temporary: IssuanceOrder, sequence: int, as_of: date) -> IssuanceOrder:
    return replace(
        temporary,
        serial=serial_number(as_of.year, sequence),
        kind=CertificateKind.PERMANENT,
        issued_on=as_of,
        expires_on=temporary.registration_ends_on,
    )


def pending(desk: Desk) -> list[str]:
    """Reserved serials, in order; certificates that were issued and not placed, by whichever run, are placed first."""
    staged = [path.stem for path in (desk.certificates / STAGING).glob("*.pdf")]
    with reading(desk.engine) as connection:
        place(desk, certificates.issued_files(connection, desk.run.run_id))
        place(desk, certificates.files_with(connection, staged))
        return certificates.reserved(connection)


def issue(desk: Desk, serials: Sequence[str]) -> int:
    """Draw, read back, stage and issue these reserved certificates; how many became good.

    One that cannot be drawn (a character no font has, a text that does not fit) stays reserved and is pointed out in
    the night's account; the others are not held up by it.
    """
    with reading(desk.engine) as connection:
        waiting = certificates.orders_of(connection, serials)
        contacts = {
            i: read_application(s) for i, s in approved_applications(connection, [w.decision_id for w in waiting])
        }
    staging = private_folder(desk.certificates / STAGING)
    plate = Plate(staging, places(desk.settings), desk.settings.workers)
    drawn = draw_all([w.order for w in waiting], plate)
    issued = [each for each in drawn if isinstance(each, certificates.Issued)]
    sync_folder(staging)
    if refused := [each for each in drawn if isinstance(each, certificates.NotDrawn)]:
        with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
            certificates.note_not_drawn(pen, refused)
    if not issued:
        return 0
    by_serial = {each.serial: each for each in waiting}
    messages = [
        certificate_message(desk, by_serial[i.serial].order, contacts[by_serial[i.serial].decision_id]) for i in issued
    ]
    with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
        certificates.issue(pen, issued, messages)
    place(desk, [(i.serial, by_serial[i.serial].order.issued_on.isoformat(), i.sha256) for i in issued])
    return len(issued)


def place(desk: Desk, files: Sequence[tuple[str, str, str]]) -> None:
    """Move issued certificates (serial, issued on, sha256) from staging into place; those there already stay.

    Raises:
        NutmegError: an issued certificate is neither staged nor in place.
    """
    touched = set()
    for serial, issued_on, sha256 in files:
        target = certificate_path(desk.certificates, serial, issued_on)
        staged = staged_path(desk.certificates, sha256)
        if staged.exists():
            private_folder(target.parent)
            staged.replace(target)
            touched.add(target.parent)
        elif not target.exists():
            raise NutmegError(
                f"Certificate {serial} is issued but its file is gone. Restore outputs/certificates from backup."
            )
    for folder in touched:
        sync_folder(folder)
