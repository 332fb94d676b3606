"""With what a certificate becomes the State's: the keys that sign the code on its card and its file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tasks.settings import Settings
from tasks.signing.keys import signing_chains, signing_identity
from tasks.signing.seal import Seal
from tasks.tokens.keyring import Keyring, held_keyring, keyring

Chain = tuple[bytes, ...]
"""Certificates, DER: the signer's, then those that vouch for it."""


class KeyPlaces(NamedTuple):
    """Where the keys are; this travels to other processes, the keys do not."""

    tokens: Path
    signing_key: Path
    signing_certificate: Path


@dataclass(frozen=True, slots=True)
class Authority:
    """The keys, loaded and tried."""

    tokens: Keyring
    seal: Seal
    chains: tuple[Chain, ...]
    """whose signatures are believed: that of today's key, then those of earlier ones"""


def places(settings: Settings) -> KeyPlaces:
    """Where this installation has its keys."""
    return KeyPlaces(settings.token_keys, settings.signing_key, settings.signing_certificate)


def make_ready(settings: Settings, today: date, *, may_make: bool) -> None:
    """See to it that certificates can be signed on this day, before anything is promised; for a run's beginning.

    Args:
        settings: where the keys are.
        today: the day of issue.
        may_make: make demonstration keys, which say what they are, where none were named. Only as long as nothing was
            ever issued: later, keys that are not there have been lost.

    Raises:
        NutmegError: a key is missing, damaged, or not good on this day; none is made in its place.
    """
    if may_make:
        keyring(settings.token_keys, today)
        signing_identity(settings.signing_key, settings.signing_certificate, may_make=settings.signs_in_trial)
    authority(places(settings), today)


def authority(keys: KeyPlaces, day: date) -> Authority:
    """The keys for certificates of this day; none is made.

    Raises:
        NutmegError: a key is missing, damaged, or not good on this day.
    """
    signer = signing_identity(keys.signing_key, keys.signing_certificate, may_make=False).on(day)
    return Authority(held_keyring(keys.tokens), Seal(signer), signing_chains(keys.signing_certificate))
