"""Who in the register and in the queue bears nearly an applicant's name and date of birth."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from registry.facts import Application, NearPerson
from registry.names import person_key
from tasks.ledger.decisions import OpenSubmission
from tasks.ledger.registrations import ActiveRegistration
from tasks.likeness import EQUAL, likeness, turned

Bearer = ActiveRegistration | OpenSubmission
_KEPT_FROM_PERCENT = 80
_KEPT_AT_MOST = 5


@dataclass
class Bearers:
    """Names in the register and in the queue, by date of birth."""

    born_on: dict[str, list[Bearer]] = field(default_factory=lambda: defaultdict(list))

    def add(self, bearers: Iterable[Bearer]) -> None:
        """Take in registrations or submissions."""
        for bearer in bearers:
            self.born_on[bearer.date_of_birth].append(bearer)

    def near(self, key: str, application: Application, related: Iterable[str]) -> tuple[NearPerson, ...]:
        """The five most alike in the same role; never the applicant's own key and numbers, nor the related ones."""
        own = {application.registration_number, application.submission_id, *related}
        found = [
            NearPerson(bearer.number, percent)
            for bearer, percent in self._measured(key, application)
            if percent >= _KEPT_FROM_PERCENT and bearer.number not in own
        ]
        return tuple(sorted(found, key=lambda near: (-near.likeness_percent, near.number))[:_KEPT_AT_MOST])

    def _measured(self, key: str, application: Application) -> Iterator[tuple[Bearer, int]]:
        for bearer in self.born_on.get(application.date_of_birth.isoformat(), ()):
            if bearer.person_key != key and _comparable(bearer, application):
                yield bearer, likeness(application.name, bearer.name, _KEPT_FROM_PERCENT)
        # A slip in the name and one in the date are two: with day and month turned, only an equal name counts.
        day, its_key = turned(application.date_of_birth), turned_key(application)
        for bearer in self.born_on.get(day.isoformat(), ()) if day else ():
            if bearer.person_key == its_key and _comparable(bearer, application):
                yield bearer, EQUAL


def turned_key(application: Application) -> str:
    """The applicant's key with day and month of birth in each other's place; empty where that is no other date."""
    day = turned(application.date_of_birth)
    return person_key(application.name, day) if day else ""


def _comparable(bearer: Bearer, application: Application) -> bool:
    return bearer.role == application.role and bearer.kind in ("", application.kind)
