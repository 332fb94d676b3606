"""Which household comes next: ordinary ones in their usual mix, each defect once early on, then by weight."""

from dataclasses import dataclass
from random import Random

from tasks.sampling.defects import DEFECTS, Defect, companions
from tasks.sampling.scenes import SCENES

_ROWS_PER_DEFECT = 7
_ROWS_PER_COPY = 39
_LATER_SHARE = 0.13
_SECOND_SHARE = 0.08
_DISPOSITIONS = ("quarantined", "duplicate", "quarantined", "superseded", "quarantined", "conflict")
_NAMES = tuple(SCENES)
_WEIGHTS = tuple(scene.weight for scene in SCENES.values())
_DEFECT_WEIGHTS = tuple(defect.weight for defect in DEFECTS)


@dataclass(frozen=True, slots=True)
class Item:
    """What the next household is to be."""

    scene: str
    defects: tuple[Defect, ...] = ()
    disposition: str = "accepted"
    """of a household without defects: accepted, quarantined, duplicate, superseded or conflict"""


class Agenda:
    """Decides, from the rows made so far and each household's own chance, what comes next.

    The shuffled list of all defects is spread over the first rows, so that a sample of 400 rows holds every
    reason code; its order hangs on the seed alone.
    """

    def __init__(self, seed: int) -> None:
        self._list = list(DEFECTS)
        Random(f"{seed}:agenda").shuffle(self._list)
        self._copies = 0

    def next(self, rng: Random, rows_made: int, room: int) -> Item:
        """The next household, which makes at most `room` rows."""
        if self._list and rows_made >= _ROWS_PER_DEFECT * (len(DEFECTS) - len(self._list)):
            return self._listed(rng, room)
        if rows_made >= _ROWS_PER_COPY * (self._copies + 0.5) and room >= 2:
            return self._turned(rng)
        if not self._list and rng.random() < _LATER_SHARE:
            return _defective(rng, rng.choices(DEFECTS, _DEFECT_WEIGHTS)[0], room)
        return Item(_fitting(rng.choices(_NAMES, _WEIGHTS)[0], room))

    def _listed(self, rng: Random, room: int) -> Item:
        return _defective(rng, self._list.pop(), room)

    def _turned(self, rng: Random) -> Item:
        disposition = _DISPOSITIONS[self._copies % len(_DISPOSITIONS)]
        self._copies += 1
        scene = rng.choice(("renewal", "renewal", "initial", "caregiver_initial"))
        return Item(scene, disposition=disposition)


def _fitting(scene: str, room: int) -> str:
    return scene if SCENES[scene].rows <= room else "renewal"


def _defective(rng: Random, defect: Defect, room: int) -> Item:
    fitting = [name for name in defect.scenes if SCENES[name].rows + defect.extra_rows <= room]
    if not fitting:
        return Item("renewal")
    scene = rng.choice(fitting)
    others = companions(defect, scene)
    if others and rng.random() < _SECOND_SHARE:
        second = rng.choices(others, [other.weight for other in others])[0]
        return Item(scene, (defect, second))
    return Item(scene, (defect,))
