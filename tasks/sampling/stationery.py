"""What every sender of bills shares: whom and where a paper is about, how addresses and sums are written."""

from dataclasses import dataclass
from datetime import date
from random import Random

from tasks.sampling.names import ascii_fold
from tasks.sampling.places import Home
from tasks.sampling.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof of residency says: whom it names, where they live, and its day."""

    holders: tuple[str, ...]
    """one line for each person"""
    home: Home
    dated: date
    face: str
    """how the holders' names are printed: sans, or the name of a script"""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How one sender writes addresses."""

    capitals: bool
    short: bool
    unit_word: str
    unit_apart: bool
    plus4: bool

    @classmethod
    def pick(cls, rng: Random) -> "Envelope":
        """One sender's habits."""
        word = rng.choice(("Apt", "Apt", "Unit", "#"))
        return cls(rng.random() < 0.55, rng.random() < 0.6, word, rng.random() < 0.3, rng.random() < 0.4)

    def address(self, home: Home) -> list[str]:
        """The address in two or three lines."""
        unit = home.unit_line(self.unit_word)
        street = [home.line(self.short), unit] if self.unit_apart else [f"{home.line(self.short)} {unit}".strip()]
        last = f"{home.city}, {home.state} {home.zip5}{'-' + home.plus4 if self.plus4 else ''}"
        rows = [*filter(None, street), f"{home.city} {last[len(home.city) + 2 :]}" if self.capitals else last]
        return [row.upper() if self.capitals else row for row in rows]


def mailing_block(sheet: Sheet, x: float, y: float, proof: Proof, envelope: Envelope, size: float = 10) -> float:
    """Names and address as an envelope's window shows them. Gives the next baseline."""
    for name in proof.holders:
        upper = envelope.capitals and proof.face == "sans"
        sheet.text(x, y, ascii_fold(name).upper() if upper else name, size, proof.face)
        y += size + 3
    return sheet.lines(x, y, envelope.address(proof.home), size, size + 3)


def us_date(day: date, rng: Random) -> str:
    """A day as Americans write it, in one of three ways."""
    return rng.choice((f"{day:%m/%d/%Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%b} {day.day}, {day.year}"))


def money(rng: Random, low: float, high: float) -> str:
    """A sum of dollars between the two."""
    return f"${rng.uniform(low, high):,.2f}"


def account(rng: Random) -> str:
    """An account number of eleven digits."""
    return f"{rng.randint(10**10, 10**11 - 1)}"


def ledger(sheet: Sheet, y: float, title: str, rows: tuple[tuple[str, str], ...], total: str) -> None:
    """A titled table of labels and sums with its total."""
    sheet.text(40, y, title, 11, "bold")
    sheet.rule(40, y + 5, 532)
    for place, (label, value) in enumerate(rows):
        sheet.text(48, y + 22 + place * 16, label, 9.5)
        sheet.right(564, y + 22 + place * 16, value, 9.5)
    foot = y + 22 + len(rows) * 16
    sheet.rule(40, foot - 8, 532)
    sheet.text(48, foot + 6, "Total", 9.5, "bold")
    sheet.right(564, foot + 6, total, 9.5, "bold")
