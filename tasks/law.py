"""Load the law from data/policy: strict, so that a typo is refused and never becomes a decision."""

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from registry.law import Certainty, Policy, Provision, Value
from registry.lint import faults
from registry.rulebook import RULES
from tasks.errors import PolicyError
from tasks.strict_yaml import read_yaml

_RULES_FILE = "reasons.yaml"
"""Holds of each rule, under its reason code, on what it rests and since when it is in force, beside its words."""
_FAULTS_SHOWN = 20
_FIELDS = {"summary", "unit", "citation", "certainty", "values"}
_UNITS = {"years", "months", "days", "business days", "count", "dollars", "percent", "terms", "switch", "state"}


def load_policy(folder: Path) -> Policy:
    """Every provision of the folder, complete for the rules and without contradiction.

    Raises:
        PolicyError: a file, key or value is not as it must be; each sentence names file and key.
    """
    provisions: dict[str, Provision] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = _mapping(read_yaml(path, PolicyError), path.name)
        of_file = _rules(content, path.name) if path.name == _RULES_FILE else _provisions(content, path.name)
        for provision in of_file:
            if provision.key in provisions:
                place = f"{path.name}: {provision.key}"
                raise PolicyError(f"{place} is already defined in {files[provision.key]}. Keep one of them.")
            provisions[provision.key], files[provision.key] = provision, path.name
    policy = Policy(provisions)
    if found := [f"{files.get(key, folder.name)}: {key}: {sentence}" for key, sentence in faults(policy)]:
        more = [f"and {len(found) - _FAULTS_SHOWN} more"] if len(found) > _FAULTS_SHOWN else []
        raise PolicyError("\n".join([*found[:_FAULTS_SHOWN], *more]))
    return policy


def _provisions(content: dict[str, Any], file: str) -> list[Provision]:
    return [_provision(str(key), body, file) for key, body in content.items()]


def _rules(content: dict[str, Any], file: str) -> list[Provision]:
    """Each rule is itself a provision: it can begin and be repealed, and rests on its citation."""
    if strange := sorted(content.keys() - {rule.reason for rule in RULES}):
        like = get_close_matches(strange[0], {rule.reason for rule in RULES} - content.keys(), 1)
        instead = f"Did you mean {like[0]}?" if like else "Remove it."
        raise PolicyError(f"{file}: {strange[0]} is the code of no rule. {instead}")
    found = []
    for rule in RULES:
        if rule.reason not in content:
            raise PolicyError(f"{file}: {rule.reason} is missing; the rule {rule.id} needs its citation and its days.")
        place = f"{file}: {rule.reason}"
        body = _mapping(content[rule.reason], place)
        if missing := {"citation", "certainty", "in_force"} - body.keys():
            raise PolicyError(f"{place}: {', '.join(sorted(missing))} is missing.")
        cited, certainty = _cited(body["citation"], place), _certainty(body["certainty"], place)
        values = _values(body["in_force"], "switch", f"{place}.in_force")
        found.append(Provision(rule.id, rule.sentence, "switch", *cited, certainty, values))
    return found


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
    cited, certainty = _cited(fields["citation"], place), _certainty(fields["certainty"], place)
    if fields["unit"] not in _UNITS:
        raise PolicyError(f"{place}.unit: {fields['unit']!r} is not a unit; use one of {', '.join(sorted(_UNITS))}.")
    values = _values(fields["values"], fields["unit"], f"{place}.values")
    return Provision(key, str(fields["summary"]), fields["unit"], *cited, certainty, values)


def _cited(content: Any, place: str) -> tuple[str, str]:
    citation = _mapping(content, f"{place}.citation")
    if not citation.keys() <= {"title", "url"} or not str(citation.get("title") or "").strip():
        raise PolicyError(f"{place}.citation: give a title and, where the text has a stable address, a url.")
    return str(citation["title"]), str(citation.get("url") or "")


def _certainty(content: Any, place: str) -> Certainty:
    if content not in set(Certainty):
        raise PolicyError(f"{place}.certainty: use C, S or D.")
    return Certainty(content)


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
