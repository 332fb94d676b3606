"""The folders of the inbox: which deliveries are there, whether they are whole, and whether they stay inside."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from tasks.deliveries.manifest import DOCUMENTS, TABLES, ListedFile, Manifest, ManifestError, nfc, read_manifest
from tasks.errors import NutmegError
from tasks.files import sha256_of

MANIFEST = "manifest.json"
PATIENCE = timedelta(hours=6)
_AGAIN = "Have the portal export the delivery again."


class InboxError(NutmegError):
    """The inbox cannot be looked at."""


class ArrivalState(StrEnum):
    """How far a delivery is."""

    READY = "ready"
    WAITING = "waiting"
    """no manifest yet"""
    OVERDUE = "overdue"
    """no manifest for more than six hours"""
    REFUSED = "refused"


@dataclass(frozen=True)
class Arrival:
    """One folder of the inbox."""

    folder: Path
    state: ArrivalState
    reason: str = ""
    """one sentence naming file and remedy, when not ready"""
    manifest: Manifest | None = None
    fingerprint: str = ""
    """sha256 (hex) over the manifest's content, and so over every file's digest; the same bytes give the same"""
    unlisted: int = 0
    """files that are there and not listed: drift, and never read"""

    @property
    def delivery_id(self) -> str:
        """The manifest's id; the folder's name while no manifest can be read."""
        return self.manifest.delivery_id if self.manifest else self.folder.name

    def files(self) -> dict[str, Path]:
        """Listed path, NFC -> where it lies; a disk may compose the letters of a name in another way."""
        found = _found_files(self.folder)
        listed = self.manifest.files if self.manifest else ()
        return {nfc(one.path): found[nfc(one.path)] for one in listed if nfc(one.path) in found}

    def table(self) -> Path:
        """Where the table lies."""
        if self.manifest is None:
            raise ValueError("A delivery without a manifest has no table.")
        return self.folder / self.manifest.table.path

    def documents(self) -> dict[str, Path]:
        """Name below documents/, NFC -> where the upload lies."""
        files = self.files().items()
        return {path.removeprefix(DOCUMENTS): file for path, file in files if path.startswith(DOCUMENTS)}


def survey(inbox: Path, now: datetime) -> list[Arrival]:
    """Look at every folder of the inbox, without reading the listed files.

    Args:
        inbox: the folder of deliveries.
        now: the present moment, with an offset.

    Returns:
        One arrival per folder, by delivery id; of two with one id the folder of that name comes first.
        `verify` has still to read the files of those ready.

    Raises:
        InboxError: there is no such folder.
    """
    try:
        folders = [entry for entry in inbox.iterdir() if entry.is_dir()]
    except OSError:
        raise InboxError(f"The inbox {inbox} cannot be read. Create it, or set NUTMEG_INBOX.") from None
    arrivals = [look(folder, now) for folder in folders]
    return sorted(arrivals, key=lambda a: (a.delivery_id, a.folder.name != a.delivery_id, a.folder.name))


def verify(arrival: Arrival) -> Arrival:
    """Read every listed file of an arrival that is ready, and refuse it when one has another sha256.

    Slow: so ask first whether a delivery of this id and fingerprint was taken in already.
    """
    if arrival.state is not ArrivalState.READY or arrival.manifest is None:
        return arrival
    files = arrival.files()
    for listed in arrival.manifest.files:
        if why := _other_bytes(files.get(nfc(listed.path)), listed):
            return replace(arrival, state=ArrivalState.REFUSED, reason=_told(arrival.folder, why))
    return arrival


def look(folder: Path, now: datetime) -> Arrival:
    """Look at one folder of the inbox, as `survey` does at each."""
    if not os.path.lexists(folder / MANIFEST):
        return _without_manifest(folder, now)
    try:
        manifest = read_manifest(folder / MANIFEST)
    except ManifestError as error:
        return Arrival(folder, ArrivalState.REFUSED, _told(folder, str(error)))
    found = _found_files(folder)
    why = next(_complaints(folder, found, manifest), "")
    return Arrival(
        folder,
        ArrivalState.REFUSED if why else ArrivalState.READY,
        _told(folder, why) if why else "",
        manifest,
        manifest.fingerprint,
        unlisted=len(found.keys() - {nfc(listed.path) for listed in manifest.files} - {MANIFEST}),
    )


def _told(folder: Path, why: str) -> str:
    name = "".join(character if character.isprintable() else "?" for character in folder.name[:80])
    return f"{name}: {why}"


def _without_manifest(folder: Path, now: datetime) -> Arrival:
    age = now.timestamp() - folder.stat().st_mtime
    if age <= PATIENCE.total_seconds():
        why = f"{MANIFEST} is not there yet. The portal writes it last; wait for it."
        return Arrival(folder, ArrivalState.WAITING, _told(folder, why))
    why = f"{MANIFEST} is still missing after {age / 3600:.0f} hours. Ask the portal to finish or withdraw the export."
    return Arrival(folder, ArrivalState.OVERDUE, _told(folder, why))


def _found_files(folder: Path) -> dict[str, Path]:
    """Relative path, NFC -> file, for everything below the folder; links to folders are not followed."""
    below = (Path(place) / name for place, _, names in os.walk(folder) for name in names)
    return {nfc(path.relative_to(folder).as_posix()): path for path in below}


def _complaints(folder: Path, found: Mapping[str, Path], manifest: Manifest) -> Iterator[str]:
    """What is wrong with the files, as far as it can be told without reading them."""
    if found.keys() >= set(TABLES):
        yield f"{' and '.join(TABLES)} are both there. Leave the one that {MANIFEST} lists and take the other out."
    inside = folder.resolve()
    for listed in manifest.files:
        path = found.get(nfc(listed.path))
        if path is None:
            yield f"{listed.label} is listed in {MANIFEST} and missing. {_AGAIN}"
        elif why := _unfit(path, inside):
            yield f"{listed.label} {why}. Put the file itself there."
        elif (size := path.stat().st_size) != listed.bytes:
            yield f"{listed.label} has {size:,} bytes where {MANIFEST} says {listed.bytes:,}. {_AGAIN}"


def _unfit(path: Path, inside: Path) -> str:
    try:
        if not path.resolve(strict=True).is_relative_to(inside):
            return "is a link that leaves the delivery folder"
        return "" if stat.S_ISREG(path.stat().st_mode) else "is not a plain file"
    except (OSError, RuntimeError):
        return "is a link that leads nowhere"


def _other_bytes(path: Path | None, listed: ListedFile) -> str:
    try:
        if path is not None and sha256_of(path) == listed.sha256:
            return ""
    except OSError:
        return f"{listed.label} cannot be read. Look at its permissions, then run again."
    return f"{listed.label} has another sha256 than {MANIFEST} says. {_AGAIN}"
