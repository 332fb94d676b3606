"""Where everything is: flags win over the environment, the environment over .env, .env over the defaults."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tasks.errors import WrongUseError

PROJECT = Path(__file__).resolve().parents[1]
POLICY = PROJECT / "data" / "policy"
NOTICES = PROJECT / "data" / "notices"

_DEFAULTS = {
    "NUTMEG_HOME": "",
    "NUTMEG_INBOX": "",
    "NUTMEG_REFERENCE": "",
    "NUTMEG_DATABASE_URL": "",
    "NUTMEG_KEY_FILE": "",
    "NUTMEG_TOKEN_KEYS": "",
    "NUTMEG_SIGNING_KEY": "",
    "NUTMEG_SIGNING_CERTIFICATE": "",
    "NUTMEG_WORKERS": "",
    "NUTMEG_PREFECT": "on",
    "NUTMEG_ACTOR": "",
}
MEANINGS = {
    "NUTMEG_HOME": "where the ledger and outputs/ live",
    "NUTMEG_INBOX": "where the portal puts its deliveries",
    "NUTMEG_REFERENCE": "certifiers, conditions, ZIP codes, holidays",
    "NUTMEG_DATABASE_URL": "the ledger's database; SQLite in NUTMEG_HOME unless set",
    "NUTMEG_KEY_FILE": "the secret that message ids and workbook marks are made with; made at first use",
    "NUTMEG_TOKEN_KEYS": "folder of the keys that sign the codes on certificates; a demonstration key at first use",
    "NUTMEG_SIGNING_KEY": "PEM, the key that signs certificates; a demonstration key at first use",
    "NUTMEG_SIGNING_CERTIFICATE": "PEM, the certificate of that key, then those that vouch for it",
    "NUTMEG_WORKERS": "processes that read documents and draw certificates; one per core unless set",
    "NUTMEG_PREFECT": "off = the night runs without Prefect's records",
    "NUTMEG_ACTOR": "who acts, when a verb is not given --actor; the login name unless set",
}


@dataclass(frozen=True)
class Settings:
    """The settings of one command, each with the place it came from."""

    values: Mapping[str, str]
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, flags: Mapping[str, str | None] | None = None) -> "Settings":
        """Gather the settings; `flags` maps a setting's name to what the command line said."""
        layers = (
            ("flag", {key: value for key, value in (flags or {}).items() if value}),
            ("environment", {key: value for key, value in os.environ.items() if key in _DEFAULTS and value}),
            (".env", _read_env(Path.cwd() / ".env")),
            ("default", _DEFAULTS),
        )
        values, sources = {}, {}
        for key in _DEFAULTS:
            source, layer = next((name, layer) for name, layer in layers if key in layer)
            values[key], sources[key] = layer[key], source
        return cls(values, sources)

    @cached_property
    def home(self) -> Path:
        """Where the ledger and outputs/ live; the project's folder unless set."""
        given = self.values["NUTMEG_HOME"]
        fallback = PROJECT if (PROJECT / "pyproject.toml").exists() else Path.cwd()
        return Path(given).expanduser().resolve() if given else fallback

    @cached_property
    def inbox(self) -> Path:
        """Where deliveries arrive."""
        given = self.values["NUTMEG_INBOX"]
        return Path(given).expanduser().resolve() if given else PROJECT / "data" / "inbox"

    @cached_property
    def reference(self) -> Path:
        """The folder of reference tables."""
        given = self.values["NUTMEG_REFERENCE"]
        return Path(given).expanduser().resolve() if given else PROJECT / "data" / "reference"

    @property
    def outputs(self) -> Path:
        """The folder of everything that goes out."""
        return self.home / "outputs"

    @property
    def evidence(self) -> Path:
        """The folder of the pages that show analysts what the papers say."""
        return self.outputs / "evidence"

    @property
    def verification(self) -> Path:
        """The folder of what is published for verifying certificates: nothing in it is about a person."""
        return self.outputs / "verify"

    @property
    def ledger_folder(self) -> Path:
        """The folder of the embedded ledger and its lock."""
        return self.home / "ledger"

    @property
    def scratch(self) -> Path:
        """The folder of drafts that libraries make, as private as the ledger."""
        return self.ledger_folder / "scratch"

    @property
    def database_url(self) -> str:
        """SQLAlchemy's address of the ledger."""
        return self.values["NUTMEG_DATABASE_URL"] or f"sqlite:///{self.ledger_folder / 'nutmeg.db'}"

    @property
    def key_file(self) -> Path:
        """The file of the secret key."""
        given = self.values["NUTMEG_KEY_FILE"]
        return Path(given).expanduser() if given else self.home / "keys" / "nutmeg.key"

    @property
    def token_keys(self) -> Path:
        """The folder of the keys that sign the codes on certificates, and of the list of public keys."""
        given = self.values["NUTMEG_TOKEN_KEYS"]
        return Path(given).expanduser() if given else self.home / "keys" / "tokens"

    @property
    def signing_key(self) -> Path:
        """The file of the key that signs certificates."""
        given = self.values["NUTMEG_SIGNING_KEY"]
        return Path(given).expanduser() if given else self.home / "keys" / "signing.pem"

    @property
    def signing_certificate(self) -> Path:
        """The file of the signing key's certificate and of those that vouch for it."""
        given = self.values["NUTMEG_SIGNING_CERTIFICATE"]
        return Path(given).expanduser() if given else self.home / "keys" / "signing-chain.pem"

    @property
    def signs_in_trial(self) -> bool:
        """Whether no signing key was named, so that one for demonstration may be made."""
        return not (self.values["NUTMEG_SIGNING_KEY"] or self.values["NUTMEG_SIGNING_CERTIFICATE"])

    @property
    def workers(self) -> int:
        """How many processes to use.

        Raises:
            WrongUseError: NUTMEG_WORKERS is not a whole number above zero.
        """
        given = self.values["NUTMEG_WORKERS"]
        if not given:
            return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if not given.isdigit() or int(given) < 1:
            raise WrongUseError(f"NUTMEG_WORKERS is {given!r}; give a whole number of 1 or more.")
        return int(given)

    @property
    def with_prefect(self) -> bool:
        """Whether flows are recorded by Prefect."""
        return self.values["NUTMEG_PREFECT"].lower() not in {"off", "no", "0", "false"}


def _read_env(path: Path) -> dict[str, str]:
    """Lines of NAME=value; other names and comments are passed over."""
    if not path.is_file():
        return {}
    pairs = (line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines() if "=" in line)
    return {
        key.strip(): value.strip().strip("'\"") for key, value in pairs if key.strip() in _DEFAULTS and value.strip()
    }
