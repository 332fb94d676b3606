"""Measure the making of certificates beside what others do: `python tests/bench/certificates.py`.

Each way makes the same certificates, in CPU time, the ways taking turns in every round; the table shows the best round.
Ways whose package is not there are left out: `pip install fpdf2 weasyprint` adds them; pyHanko comes with `make test`.
"""

import argparse
import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from registry.credential import credential
from registry.facts import Address, PersonName, Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from tasks.authority import Authority, authority, make_ready, places
from tasks.engraving.certificate import Engraver, draft_of, draw_reference
from tasks.ledger.certificates import Issued
from tasks.press import Plate, draw_all
from tasks.proofing import proof
from tasks.settings import Settings
from tasks.signing.seal import sign
from tasks.tokens.cwt import mint
from tests.bench import other_certificates as others

DAY = date(2026, 11, 22)
_FIRST = ("Maria", "José", "Anna-Sophia", "Łukasz", "William", "Aïcha", "Dolores", "Kwame", "Seán", "Ingrid")
_LAST = ("Lopez", "O'Brien", "Kowalczyk", "Featherstonehaugh", "Nguyen", "Müller", "Santos", "Okafor", "Li", "Béranger")


def orders_of(count: int) -> list[IssuanceOrder]:
    """Certificates of as many different persons."""
    return [
        IssuanceOrder(
            serial=serial_number(2026, number),
            kind=CertificateKind.PERMANENT,
            role=Role.PATIENT,
            registration_number=f"MMP-{number:09d}",
            name=PersonName(
                _FIRST[number % 10], "Q" if number % 3 else "", _LAST[number // 10 % 10] + str_of(number), ""
            ),
            date_of_birth=date(1940 + number % 60, 1 + number % 12, 1 + number % 28),
            address=Address(f"{number % 900 + 1} Prospect Street", "", "New Haven", "CT", "06511"),
            issued_on=DAY,
            expires_on=date(2027, 9, 30),
            registration_ends_on=date(2027, 9, 30),
            monthly_allotment_ounces=Decimal("2.5"),
            dosage_restrictions="",
            caregiver_name="Anna Schmidt" if number % 5 == 0 else "",
            patient_name="",
            no_smoking_forms=False,
        )
        for number in range(1, count + 1)
    ]


def str_of(number: int) -> str:
    """Some letters, so that no two names are the same."""
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


def ways(keys: Authority, folder: Path) -> Iterator[tuple[str, Callable[[IssuanceOrder], object]]]:
    """Each way of making one certificate, by name."""
    engraver = Engraver(keys.seal)

    def quick(order: IssuanceOrder) -> bytes:
        return engraver.draw(order, mint(credential(order), keys.tokens.active))

    def written(order: IssuanceOrder) -> None:
        data = quick(order)
        with os.fdopen(
            os.open(folder / f"{order.serial}.pdf", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        ) as file:
            file.write(data)

    def reference(order: IssuanceOrder) -> bytes:
        token = mint(credential(order), keys.tokens.active)
        return sign(draw_reference(order, draft_of(order, token)), keys.seal)

    yield "naive: reportlab platypus with its QR widget, untagged, unsigned", others.by_platypus
    yield "reportlab canvas with a quick QR, untagged, unsigned", others.by_canvas
    yield "ours by the PDF library (the reference), everything", reference
    yield "ours compiled, everything, in memory", quick
    yield "ours compiled, everything, one file each", written
    if find_spec("fpdf"):
        yield "fpdf2 with TrueType fonts, untagged, unsigned", others.by_fpdf2
    if find_spec("weasyprint"):
        yield "WeasyPrint, unsigned", others.by_weasyprint
    if find_spec("pyhanko"):
        unsigned = reference_unsigned(keys)
        yield "pyHanko's signing alone", others.by_pyhanko(keys, unsigned)


def reference_unsigned(keys: Authority) -> bytes:
    """A certificate before it is signed, without a field for it."""
    buffer = io.BytesIO(others.by_platypus(orders_of(1)[0]))
    return buffer.getvalue()


def best_of(way: Callable[[IssuanceOrder], object], orders: list[IssuanceOrder], rounds: int) -> float:
    """CPU milliseconds of one certificate in the best round."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for order in orders:
            way(order)
        best = min(best, (time.process_time() - started) / len(orders) * 1000)
    return best


def main() -> None:
    """Print the table, then the whole press over many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificates", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--press", type=int, default=2_000, help="certificates for the whole press")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings({**Settings.load().values, "NUTMEG_HOME": folder})
        make_ready(settings, DAY, may_make=True)
        keys = authority(places(settings), DAY)
        measure(keys, Path(folder), given.certificates, given.rounds)
        measure_press(settings, Path(folder), given.press)


def measure(keys: Authority, folder: Path, count: int, rounds: int) -> None:
    """The ways beside each other."""
    orders = orders_of(count)
    chosen = dict(ways(keys, folder))
    spent = {name: float("inf") for name in chosen}
    for way in chosen.values():
        way(orders[0])
    for _ in range(rounds):
        for name, way in chosen.items():
            few = orders if name.startswith("ours compiled") else orders[: max(3, count // 30)]
            spent[name] = min(spent[name], best_of(way, few, 1))
    naive = next(iter(spent.values()))
    print("| way | ms CPU | certificates/s/core | times naive |\n|---|---:|---:|---:|")
    for name, each in spent.items():
        print(f"| {name} | {each:.3f} | {1000 / each:,.0f} | {naive / each:.1f} |")
    drawn = [
        (order, Engraver(keys.seal).draw(order, mint(credential(order), keys.tokens.active))) for order in orders[:60]
    ]
    started = time.process_time()
    for order, pdf in drawn:
        proof(pdf, order, keys)
    print(f"\nReading one back: {(time.process_time() - started) / len(drawn) * 1000:.2f} ms CPU.")


def measure_press(settings: Settings, folder: Path, count: int) -> None:
    """Drawing, reading back, staging and making durable, with all cores."""
    orders, staging = orders_of(count), folder / "staging"
    staging.mkdir()
    plate = Plate(staging, places(settings), settings.workers)
    draw_all(orders[:400], plate)
    started = time.monotonic()
    done = draw_all(orders, plate)
    wall = time.monotonic() - started
    made = f"{sum(isinstance(each, Issued) for each in done):,} in {wall:.1f} s, {count / wall:,.0f}/s"
    print(f"The whole press with reading back and durable files, {settings.workers} processes: {made}.")


if __name__ == "__main__":
    main()
