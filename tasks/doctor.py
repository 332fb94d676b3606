"""Is everything in place: settings, law, tables, key, the journal's chain, and what is unconfirmed."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.clock import today
from tasks.desk import ledger
from tasks.documents.reading import read_documents
from tasks.errors import NutmegError
from tasks.keys import secret_key
from tasks.law import load_policy
from tasks.ledger.engine import reading, without_secrets
from tasks.ledger.writing import broken_at, head
from tasks.notices import load_reasons
from tasks.reference import load_reference
from tasks.settings import MEANINGS, POLICY, Settings
from tasks.signing.keys import signing_identity
from tasks.steps import sealed
from tasks.strict_csv import DOUBTFUL, listed
from tasks.tokens.keyring import keyring

_SIGNING_DAYS_TO_RENEW = 60
_SPECIMEN = "Nutmeg reads this line of print"


@dataclass
class Findings:
    """What the doctor saw."""

    settings: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, value, source)"""
    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    """what works as it is and needs a person all the same"""
    unconfirmed: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing here needs a person; what is unconfirmed is a question to the agency, not an illness."""
        return not self.bad and not self.doubts

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        settings = [dict(zip(("name", "value", "source"), each, strict=True)) for each in self.settings]
        return {
            "well": self.well,
            "settings": settings,
            "good": self.good,
            "bad": self.bad,
            "doubts": self.doubts,
            "unconfirmed": self.unconfirmed,
        }

    def as_text(self) -> str:
        """For people."""
        lines = ["Settings"]
        for name, value, source in self.settings:
            lines += [f"  {name:<27} {value or '-'}  ({source})", f"  {'':<27} {MEANINGS[name]}"]
        lines += ["", "In place", *(f"  {sentence}" for sentence in self.good)]
        if self.bad:
            lines += ["", "Not in place", *(f"  {sentence}" for sentence in self.bad)]
        if self.doubts:
            lines += ["", DOUBTFUL, *(f"  {sentence}" for sentence in listed(self.doubts))]
        lines += ["", "To be confirmed by the agency (S secondary source, D our design choice)"]
        return "\n".join([*lines, *(f"  {sentence}" for sentence in self.unconfirmed)])


def examine(settings: Settings) -> Findings:
    """Look at everything; one broken part does not hide the others."""
    found = Findings([(name, _shown(name, settings.values[name]), settings.sources[name]) for name in MEANINGS])
    for check in (_folders, _law, _tables, _key, _signing, _tokens, _chain, _eyes):
        try:
            sealed(check)(settings, found)
        except NutmegError as error:
            found.bad.append(str(error))
    return found


def _shown(name: str, value: str) -> str:
    """A setting fit to be seen: an address of a database can hold a password."""
    return without_secrets(value) if name == "NUTMEG_DATABASE_URL" and value else value


def _folders(settings: Settings, found: Findings) -> None:
    found.good.append(f"Home: {settings.home}; ledger: {without_secrets(settings.database_url)}")
    if settings.inbox.is_dir():
        found.good.append(f"Inbox: {settings.inbox}")
    else:
        found.bad.append(f"The inbox {settings.inbox} does not exist. Create it or set NUTMEG_INBOX.")


def _law(_: Settings, found: Findings) -> None:
    policy = load_policy(POLICY)
    reasons = load_reasons()
    found.good.append(f"Law: {len(policy.provisions)} provisions, {len(reasons)} reasons, {policy.fingerprint[:12]}")
    found.unconfirmed += [f"{p.certainty.value}  {p.key}: {p.summary} [{p.citation}]" for p in policy.unconfirmed()]


def _tables(settings: Settings, found: Findings) -> None:
    tables = load_reference(settings.reference)
    found.good.append(tables.counted)
    found.doubts += tables.doubts
    found.unconfirmed += tables.unconfirmed


def _key(settings: Settings, found: Findings) -> None:
    secret_key(settings.key_file)
    loose = settings.key_file.stat().st_mode & 0o077
    if loose:
        found.bad.append(f"{settings.key_file} can be read by others. Run: chmod 600 {settings.key_file}")
    else:
        found.good.append(f"Key: {settings.key_file}")


def _signing(settings: Settings, found: Findings) -> None:
    """Tells a real signing key from a demonstration key, whose signature vouches for nothing."""
    identity = signing_identity(settings.signing_key, settings.signing_certificate, may_make=settings.signs_in_trial)
    identity.on(today())
    if settings.signing_key.stat().st_mode & 0o077:
        found.bad.append(f"{settings.signing_key} can be read by others. Run: chmod 600 {settings.signing_key}")
    kind = "DEMONSTRATION, for trials only" if identity.demonstration else "real"
    left = identity.days_left(today())
    found.good.append(f"Signing key: {kind}; {identity.subject}; {left:,} days left; {settings.signing_key}")
    if left < _SIGNING_DAYS_TO_RENEW:
        found.doubts.append(f"The signing certificate ends in {left} days. Order the next one now.")


def _tokens(settings: Settings, found: Findings) -> None:
    """Tells real keys of codes from a demonstration key, whose codes are no documents."""
    ring = keyring(settings.token_keys, today())
    for path in settings.token_keys.glob("*.pem"):
        if path.stat().st_mode & 0o077:
            found.bad.append(f"{path} can be read by others. Run: chmod 600 {path}")
    kind = "DEMONSTRATION, for trials only" if ring.is_demonstration else "real"
    found.good.append(f"Key of codes: {kind}; {ring.active.key_id} signs, {len(ring.public)} believed")


def _chain(settings: Settings, found: Findings) -> None:
    with reading(ledger(settings.database_url)) as connection:
        broken, (entries, newest) = broken_at(connection), head(connection)
    if broken is None:
        found.good.append(f"Journal: {entries:,} entries, the chain holds; head {newest[:12]}")
    else:
        found.bad.append(
            f"The journal is broken at entry {broken}: somebody changed the ledger. Restore it from backup."
        )


def _eyes(_: Settings, found: Findings) -> None:
    """Reads a picture of our own, by the same processes that read uploads."""
    with tempfile.TemporaryDirectory() as folder:
        specimen = Path(folder) / "specimen.png"
        _draw(specimen)
        (facts,) = read_documents([("specimen", specimen)], workers=1)
    if _SPECIMEN in facts.text:
        found.good.append("Uploads: readers start, and words in pictures are read.")
    else:
        why = facts.why or "other words came out than are in it."
        found.bad.append(f"A picture of ours could not be read: {why} Install the locked requirements again.")


def _draw(path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (800, 200), 255)
    ImageDraw.Draw(image).text((40, 60), _SPECIMEN, fill=0, font=ImageFont.load_default(36))
    image.save(path)
