"""Measure single parts of the night in CPU time: `python tests/bench/parts.py`."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from registry.facts import Address, PersonName, Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from tasks import engraving
from tasks.mailroom import build_message, message_id
from tasks.notices import render
from tasks.proofing import proof

ORDER = IssuanceOrder(
    serial=serial_number(2026, 1),
    kind=CertificateKind.TEMPORARY,
    role=Role.PATIENT,
    registration_number="MMP-000000001",
    name=PersonName("Maria", "", "Santos", ""),
    date_of_birth=date(1980, 1, 2),
    address=Address("12 Elm Street", "Apt 4", "Hartford", "CT", "06103"),
    issued_on=date(2026, 11, 22),
    expires_on=date(2026, 12, 22),
    registration_ends_on=date(2027, 11, 1),
    monthly_allotment_ounces=Decimal(5),
    dosage_restrictions="",
    caregiver_name="",
    patient_name="",
    no_smoking_forms=False,
)


def milliseconds(work: Callable[[int], Any], times: int) -> float:
    """CPU milliseconds of one call, the first one left out."""
    work(0)
    started = time.process_time()
    for number in range(1, times + 1):
        work(number)
    return 1000 * (time.process_time() - started) / times


def main() -> None:
    """Print each part's cost."""
    orders = [replace(ORDER, serial=serial_number(2026, number)) for number in range(201)]
    drawn = [engraving.draw(order) for order in orders]
    words = {"name": "Maria Santos", "serial": ORDER.serial, "expires_on": ORDER.expires_on}
    key, now = b"k" * 32, datetime.now(UTC)

    def mail(number: int) -> bytes:
        rendered = render("certificate_temporary", words)
        attached = [("MM26-0000001-84.pdf", drawn[number], "application/pdf")]
        return build_message(message_id(key, str(number), "t"), "a@example.org", rendered, now, attached)

    print(f"| draw a certificate | {milliseconds(lambda n: engraving.draw(orders[n]), 200):.1f} ms |")
    print(f"| read it back | {milliseconds(lambda n: proof(drawn[n], orders[n]), 200):.1f} ms |")
    print(f"| render and build its message | {milliseconds(mail, 200):.2f} ms |")
    print(f"| size of a certificate | {len(drawn[0]) / 1024:.0f} KB |")


if __name__ == "__main__":
    main()
