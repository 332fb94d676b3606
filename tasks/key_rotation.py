"""A new key for the codes on certificates; what earlier keys signed goes on being believed."""

from pathlib import Path
from typing import Any

from tasks import clock
from tasks.ledger.runs import NO_RUN
from tasks.ledger.writing import writing
from tasks.settings import Settings
from tasks.tokens.keyring import is_demonstration, key_list, rotate
from tasks.verification_page import publish
from tasks.writers import named_person, writer


def rotate_token_key(actor: str) -> dict[str, Any]:
    """Make a new key that signs from now on; no certificate has to be printed again.

    Raises:
        WrongUseError: nobody is named.
        KeyringError: the list of keys is missing or damaged.
    """
    settings = Settings.load({"NUTMEG_ACTOR": named_person(actor)})
    with writer(settings) as (engine, who):
        before = key_list(settings.token_keys)
        ring = rotate(settings.token_keys, clock.today())
        with writing(engine, who, NO_RUN) as pen:
            pen.record("token_key.rotated", ring.active.key_id, before=before.active, keys=len(ring.public))
    earlier = "1 earlier key" if len(before.public) == 1 else f"{len(before.public)} earlier keys"
    sentence = (
        f"Codes are signed with key {ring.active.key_id} from now on; what {earlier} signed stays good. "
        "Publish the verification page anew: nutmeg keys publish."
    )
    return {"active": ring.active.key_id, "keys": list(ring.public), "sentence": sentence}


def publish_now() -> Path:
    """Write the verification page and the status list as of now; the page's path.

    Raises:
        KeyringError: there is no key to sign the list with.
    """
    settings = Settings.load()
    with writer(settings) as (engine, _):
        return publish(settings, engine, clock.now())


def keys_held(settings: Settings) -> list[dict[str, Any]]:
    """The keys that are believed, newest first: id, since when, whether it signs now, whether it is a demonstration."""
    known = key_list(settings.token_keys)
    return [
        {
            "key": entry["kid"],
            "since": entry["since"],
            "signs": entry["kid"] == known.active,
            "demonstration": is_demonstration(entry["kid"]),
        }
        for entry in known.entries
    ]
