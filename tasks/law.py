"""Load the law from data/policy: strict, so that a typo is refused and never becomes a decision."""

from datetime import date
from pathlib import Path
from typing import Any

from registry.law import Certainty, Policy, Provision, Value
from registry.rulebook import RULES
from tasks.errors import PolicyError
from tasks.strict_yaml import read_yaml

_FIELDS = {"summary", "unit", "citation", "certainty", "values"}
_UNITS = {"years", "months", "days", "business days", "count", "dollars", "percent", "terms", "switch", "state"}
_NOT_PROVISIONS = {"reasons.yaml"}


def load_policy(folder: Path) -> Policy:
    """Every provision of the folder, complete for the rules.

    Raises:
        PolicyError: a file, key or value is not as it must be; the sentence names it.
    """
    provisions: dict[str, Provision] = {}
    for path in sorted(p for p in folder.glob("*.yaml") if p.name not in _NOT_PROVISIONS):
        for key, body in _mapping(read_yaml(path, PolicyError), path.name).items():
            if key in provisions:
                raise PolicyError(f"{path.name}: {key} is already defined in another file. Keep one of them.")
            provisions[key] = _provision(str(key), body, path.name)
    needed = {key for rule in RULES for key in rule.provisions}
    if missing := sorted(needed - provisions.keys()):
        raise PolicyError(f"{folder.name}: {', '.join(missing)} is needed by the rules and not defined.")
    return Policy(provisions)


def _mapping(content: Any, place: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise PolicyError(f"{place}: expected keys with values. Correct the file.")
    return content


def _provision(key: str, body: Any, file: str) -> Provision:
    place = f"{file}: {key}"
    fields = _mapping(body, place)
    if fields.keys() != _FIELDS:
        odd = sorted(map(str, fields.keys() ^ _FIELDS))
        raise PolicyError(f"{place}: {', '.join(odd)} is missing or not a field of a provision.")
    citation = _mapping(fields["citation"], f"{place}.citation")
    if citation.keys() != {"title", "url"} or not str(citation["title"]).strip():
        raise PolicyError(f"{place}.citation: give a title and a url (the url may be empty for a design choice).")
    if fields["unit"] not in _UNITS:
        raise PolicyError(f"{place}.unit: {fields['unit']!r} is not a unit; use one of {', '.join(sorted(_UNITS))}.")
    if fields["certainty"] not in set(Certainty):
        raise PolicyError(f"{place}.certainty: use C, S or D.")
    values = _values(fields["values"], fields["unit"], f"{place}.values")
    certainty = Certainty(fields["certainty"])
    return Provision(
        key, str(fields["summary"]), fields["unit"], str(citation["title"]), str(citation["url"]), certainty, values
    )


def _values(content: Any, unit: str, place: str) -> tuple[tuple[date, Value | None], ...]:
    dated: dict[Any, Any] = _mapping(content, place)
    days = list(dated)
    if not days or any(type(day) is not date for day in days):
        raise PolicyError(f"{place}: every key is a day such as 2023-07-01.")
    if days != sorted(days):
        raise PolicyError(f"{place}: the days are out of order. Put the oldest first.")
    return tuple((day, _value(value, unit, f"{place}.{day}")) for day, value in dated.items())


def _value(value: Any, unit: str, place: str) -> Value | None:
    if value is None:
        return None
    if unit == "terms" and isinstance(value, list) and value and all(isinstance(term, str) for term in value):
        return tuple(value)
    if unit == "switch" and isinstance(value, bool):
        return value
    if unit == "state" and isinstance(value, str):
        return value
    if unit not in {"terms", "switch", "state"} and type(value) is int and value >= 0:
        return value
    raise PolicyError(f"{place}: {value!r} does not fit the unit {unit!r}.")


def _check() -> None:
    """Load the project's own policy and say which it is, or fail with the sentence that says where it is wrong."""
    from tasks.settings import POLICY

    policy = load_policy(POLICY)
    unconfirmed = len(policy.unconfirmed())
    print(f"policy {policy.fingerprint[:12]}: {len(policy.provisions)} provisions, {unconfirmed} not confirmed")  # noqa: T201


if __name__ == "__main__":
    _check()
