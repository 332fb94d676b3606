"""Reading specs strictly: what is missing, unknown or of another form is refused with file and case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tasks.errors import NutmegError
from tests.spec.plain import decoded


class SpecError(NutmegError):
    """A spec that cannot be read; the sentence names file and case."""


def sentence_of(content: Any, file: str, at: int) -> str:
    """The sentence of a case, which is also its name."""
    sentence = content.get("case") if isinstance(content, dict) else None
    if not isinstance(sentence, str) or not sentence.strip():
        raise SpecError(f"{file}: case {at} has no sentence. Say under `case` what it shows.")
    return " ".join(sentence.split())


def checked_keys(content: Any, needed: set[str], optional: set[str], place: str) -> dict[str, Any]:
    """The mapping, when it has every key that is needed and none that is unknown."""
    keys = set(content) if isinstance(content, dict) else set()
    if odd := sorted(map(str, (needed - keys) | (keys - needed - optional))):
        raise SpecError(f"{place}: {', '.join(odd)} is missing or unknown. Correct the key.")
    return dict(content)


def list_of(content: Any, place: str) -> list[Any]:
    """The list that must stand here."""
    if not isinstance(content, list):
        raise SpecError(f"{place}: a list is needed where something else stands. Correct it.")
    return content


def text_of(content: Any, place: str) -> str:
    """The words that must stand here, on one line."""
    if not isinstance(content, str) or not content.strip():
        raise SpecError(f"{place}: words are needed. Write them.")
    return " ".join(content.split())


def day_of(content: Any, place: str) -> date:
    """The day that must stand here."""
    if type(content) is not date:
        raise SpecError(f"{place}: {content!r} is not a day such as 2023-07-01. Correct it.")
    return content


def refuse_repeated(sentences: list[str], file: str) -> None:
    """Two cases of one file never bear the same sentence."""
    if repeated := sorted({each for each in sentences if sentences.count(each) > 1}):
        raise SpecError(f"{file}: “{repeated[0]}” stands twice. Say what is different.")


def decoded_all(kinds: Mapping[str, Any], content: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Each plain value as its type asks; a refusal names the place and the key."""
    values = {}
    for name, plain in content.items():
        try:
            values[name] = decoded(kinds[name], plain)
        except ValueError as error:
            raise SpecError(f"{place}: {name}: {error}; correct it.") from None
    return values
