"""The certifier register of a sample: licenses, their periods of standing, and the few in trouble."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tasks.sampling.names import TONGUES, ascii_fold, pick_tongue

COLUMNS = (
    "license_number",
    "full_name",
    "type",
    "valid_from",
    "valid_to",
    "status",
    "csp_valid_to",
    "dea_valid_to",
)
_PREFIX = {"physician": "1.", "aprn": "12.", "pa": "23.", "pharmacist": "PCT."}
_TYPES = ("physician", "aprn", "pa", "pharmacist")
_COUNT = 360
_IN_TROUBLE = 30
_LATIN = tuple(tongue for tongue in TONGUES if not tongue.script)


@dataclass(frozen=True, slots=True)
class Certifier:
    """One license with the rows that the register holds of it."""

    license: str
    full_name: str
    first: str
    last: str
    type: str
    sound: bool
    """in good standing on every day of the last years; else in trouble for at least the last 120 days"""
    rows: tuple[tuple[str, ...], ...]


class CertifierRegister:
    """All certifiers of a sample, made from the seed and the day alone."""

    def __init__(self, seed: int, day: date) -> None:
        rng = Random(f"{seed}:certifiers")
        self.all = tuple(_certifier(rng, index, day) for index in range(_COUNT))
        self._sound = {kind: tuple(c for c in self.all if c.sound and c.type == kind) for kind in _TYPES}
        self._troubled = tuple(c for c in self.all if not c.sound)

    def sound(self, rng: Random, *types: str) -> Certifier:
        """A certifier of one of the types, in good standing on any recent signing day."""
        return rng.choice(self._sound[rng.choice(types)])

    def troubled(self, rng: Random) -> Certifier:
        """A certifier who was not in good standing on any of the last 120 days."""
        return rng.choice(self._troubled)

    def unknown_license(self, rng: Random) -> str:
        """A license number of the right form that nobody holds."""
        return f"{_PREFIX[rng.choice(('physician', 'aprn'))]}{rng.randint(900000, 999999)}"


def _certifier(rng: Random, index: int, day: date) -> Certifier:
    kind = rng.choices(_TYPES, (55, 30, 10, 5))[0] if index >= len(_TYPES) else _TYPES[index]
    tongue = pick_tongue(rng)
    tongue = tongue if tongue in _LATIN else _LATIN[0]
    first, last = rng.choice(rng.choice((tongue.female, tongue.male))), rng.choice(tongue.last)
    middle = f" {rng.choice('ABCDEGHJKLMNPRST')}." if rng.random() < 0.3 else ""
    number = f"{_PREFIX[kind]}{10000 + index * 211 + rng.randint(0, 200):06d}"
    sound = index < _COUNT - _IN_TROUBLE
    if not sound:
        kind, number = "physician", f"1.{80000 + index * 7:06d}"
    start = date(rng.randint(1994, min(2020, day.year - 4)), rng.randint(1, 12), rng.randint(1, 28))
    name = ascii_fold(f"{first}{middle} {last}")
    periods = _sound_periods(rng, kind, start, day) if sound else _TROUBLES[index % len(_TROUBLES)](rng, start, day)
    rows = tuple((number, name, kind, *period) for period in periods)
    return Certifier(number, name, ascii_fold(first), ascii_fold(last), kind, sound, rows)


Period = tuple[str, str, str, str, str]


def _sound_periods(rng: Random, kind: str, start: date, day: date) -> list[Period]:
    turn = max(start, date(day.year - rng.randint(1, 3), rng.randint(1, 12), rng.randint(1, 28)))
    drugs = _day(day, rng.randint(120, 800)) if kind != "pharmacist" else ""
    dea = _day(day, rng.randint(90, 900)) if kind != "pharmacist" else ""
    to = rng.choice(("", _day(day, rng.randint(60, 700))))
    now: Period = (turn.isoformat(), to, "active", drugs, dea)
    if turn == start:
        return [now]
    before = _day(turn, -1)
    past = "" if kind == "pharmacist" else _day(turn, 300)
    return [(start.isoformat(), before, "active", past, past), now]


def _suspended(rng: Random, start: date, day: date) -> list[Period]:
    return _turned("suspended", rng, start, day)


def _probation(rng: Random, start: date, day: date) -> list[Period]:
    return _turned("probation", rng, start, day)


def _revoked(rng: Random, start: date, day: date) -> list[Period]:
    return _turned("revoked", rng, start, day)


def _turned(status: str, rng: Random, start: date, day: date) -> list[Period]:
    turn = day - timedelta(days=rng.randint(150, 500))
    drugs = _day(day, rng.randint(100, 500))
    return [
        (start.isoformat(), _day(turn, -1), "active", drugs, drugs),
        (turn.isoformat(), "", status, drugs, drugs),
    ]


def _lapsed(rng: Random, start: date, day: date) -> list[Period]:
    return [(start.isoformat(), _day(day, -rng.randint(130, 400)), "active", _day(day, 300), _day(day, 300))]


def _without_csp(rng: Random, start: date, day: date) -> list[Period]:
    return [(start.isoformat(), "", "active", _day(day, -rng.randint(130, 300)), _day(day, 300))]


def _without_dea(rng: Random, start: date, day: date) -> list[Period]:
    return [(start.isoformat(), "", "active", _day(day, 300), _day(day, -rng.randint(130, 300)))]


_TROUBLES = (_suspended, _probation, _revoked, _lapsed, _without_csp, _without_dea)


def _day(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()
