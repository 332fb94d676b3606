"""Words that never stand on a certificate, from data/notices/certificate/never-printed.yaml."""

import re
from functools import cache
from pathlib import Path

import yaml

from tasks.engraving.errors import WordingError

NEVER_PRINTED = Path(__file__).resolve().parents[2] / "data" / "notices" / "certificate" / "never-printed.yaml"


def named(text: str, path: Path = NEVER_PRINTED) -> frozenset[str]:
    """The diagnoses that the text names, as whole words.

    Raises:
        WordingError: the list cannot be loaded.
    """
    plain = " ".join(text.casefold().replace("\u2019", "'").split())
    return frozenset(_pattern(path).findall(plain))


@cache
def _pattern(path: Path) -> re.Pattern[str]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WordingError(f"{path}: it cannot be read as YAML; restore it from the project.") from error
    words = found.get("diagnoses") if isinstance(found, dict) and set(found) == {"diagnoses"} else None
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise WordingError(f"{path}: the one key `diagnoses` with a list of words is needed.")
    longest_first = sorted((re.escape(word.casefold().strip()) for word in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
