"""YAML read strictly: a key given twice or a key nobody knows is a mistake, not a preference."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml


class DeclarationError(Exception):
    """A file that declares columns or rules cannot be used; the sentence names file, key and remedy."""


class _StrictLoader(yaml.SafeLoader):
    """Text stays text: no key twice, and no day, number or yes/no made out of an example."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    if twice := sorted({str(key) for key in keys if keys.count(key) > 1}):
        raise DeclarationError(f"line {node.start_mark.line + 1}: {', '.join(twice)} is given twice. Keep one.")
    return dict(zip(keys, (loader.construct_object(value, deep=True) for _, value in node.value), strict=True))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
# YAML 1.1 would read the state NO as false, 2026-11-22 as a date and 06103 as an octal number.
_StrictLoader.yaml_implicit_resolvers = {}
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"~\Z"), ["~"])


def read_declaration(path: Path) -> Mapping[str, Any]:
    """A YAML file whose scalars are all text.

    Raises:
        DeclarationError: it is not YAML, or not a mapping, or a key comes twice.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
    except DeclarationError as error:
        raise DeclarationError(f"{path.name}, {error}") from None
    except yaml.YAMLError as error:
        raise DeclarationError(f"{path.name} is not YAML: {error}. Mend the file.") from None
    if not isinstance(content, dict):
        raise DeclarationError(f"{path.name} must be a mapping at its top. Mend the file.")
    return content


def only_keys(place: str, given: Mapping[str, Any], known: Collection[str], needed: Collection[str] = ()) -> None:
    """Refuse keys that nobody knows and keys that are left out.

    Raises:
        DeclarationError: naming the place and the keys.
    """
    if unknown := sorted(set(given) - set(known)):
        raise DeclarationError(f"{place}: nobody knows {', '.join(unknown)}. The keys are {', '.join(sorted(known))}.")
    if missing := sorted(set(needed) - set(given)):
        raise DeclarationError(f"{place}: {', '.join(missing)} is left out. Add it.")
