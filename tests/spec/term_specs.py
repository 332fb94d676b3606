"""The specs of the terms: which day, number or answer each gives; read strictly and applied under the law of a day."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from registry.clocks import CLOCK_TERMS
from registry.readers import name_of
from registry.reading import Applied
from registry.terms import TERMS
from tasks.strict_yaml import read_yaml
from tests.spec.specs import the_policy
from tests.spec.strict import (
    SpecError,
    checked_keys,
    day_of,
    decoded_all,
    list_of,
    refuse_repeated,
    sentence_of,
    text_of,
)

TERM_SPECS = Path(__file__).resolve().parent / "terms"

_SPEC_KEYS = {"term", "about", "cases"}
_CASE_KEYS = {"case", "date", "given", "then"}


@dataclass(frozen=True)
class TermCase:
    """What one term gives for these values under the law of the day on which the agency acts."""

    sentence: str
    act_on: date
    given: Mapping[str, Any]
    then: Any


@dataclass(frozen=True)
class TermSpec:
    """Everything that is specified of one term."""

    term: str
    about: str
    cases: tuple[TermCase, ...]


@cache
def all_terms() -> dict[str, Applied]:
    """Every term of the law and of the clock by name, in the order of the handbook."""
    return {name_of(term): term for term in (*TERMS, *CLOCK_TERMS)}


def known_by(term: Applied, case: TermCase) -> dict[str, Any]:
    """Everything that the term reads in this case: its law, what is given, and what may be left out."""
    return {**the_policy().on(case.act_on).values, **_left_out(term), **case.given}


def load_term_spec(path: Path) -> TermSpec:
    """The spec of one term.

    Raises:
        SpecError: a key, parameter or value is unknown or missing; the sentence names file and case.
    """
    found = checked_keys(read_yaml(path, SpecError), _SPEC_KEYS, set(), path.name)
    if found["term"] != path.stem or path.stem not in all_terms():
        raise SpecError(f"{path.name}: it is about {found['term']}; name the file after a term of the law.")
    term = all_terms()[path.stem]
    cases = tuple(_case(each, term, path.name, at) for at, each in enumerate(list_of(found["cases"], path.name), 1))
    refuse_repeated([case.sentence for case in cases], path.name)
    return TermSpec(path.stem, text_of(found["about"], f"{path.name}: about"), cases)


def load_term_specs(folder: Path = TERM_SPECS) -> dict[str, TermSpec]:
    """The specs of a folder by the term's name."""
    return {path.stem: load_term_spec(path) for path in sorted(folder.glob("*.yaml"))}


def _case(content: Any, term: Applied, file: str, at: int) -> TermCase:
    sentence = sentence_of(content, file, at)
    place = f"{file}: “{sentence}”"
    found = checked_keys(content, _CASE_KEYS, set(), place)
    kinds = {read.name: read.kind for read in term.reads if read.day is None}
    optional = set(_left_out(term))
    plain = checked_keys(found["given"], set(kinds) - optional, optional, place)
    given = decoded_all(kinds, plain, place)
    gives = {"then": get_type_hints(term.function)["return"]}
    then = decoded_all(gives, {"then": found["then"]}, place)["then"]
    return TermCase(sentence, day_of(found["date"], f"{place}: date"), given, then)


def _left_out(term: Applied) -> dict[str, Any]:
    """What a parameter is when nothing is given for it, of those that may be left out."""
    parameters = inspect.signature(term.function).parameters.values()
    return {each.name: each.default for each in parameters if each.default is not inspect.Parameter.empty}
