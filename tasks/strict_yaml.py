"""YAML in which a key stands once; the library itself lets the last one win in silence."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from tasks.errors import NutmegError


class _OnceEach(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        if doubled := sorted({str(key) for key in keys if keys.count(key) > 1}):
            raise yaml.MarkedYAMLError(problem=f"the key {doubled[0]} stands twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path, refusal: type[NutmegError]) -> Any:
    """The content of a YAML file.

    Raises:
        refusal: the file cannot be read, is not YAML, or has a key twice; the sentence names file and line.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _OnceEach)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = getattr(error, "problem", None) or type(error).__name__
        mark = getattr(error, "problem_mark", None)
        near = f" near line {mark.line + 1}" if mark else ""
    raise refusal(f"{path}: it cannot be read: {problem}{near}; correct the file.")
