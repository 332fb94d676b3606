from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from registry.credential import Credential
from registry.facts import Role
from registry.issuance import CertificateKind, serial_number
from tasks.ledger import schema
from tasks.ledger.engine import Engine
from tasks.tokens.cose import Signer

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def signer() -> Signer:
    return Signer("0a1b2c3d", KEY)


@pytest.fixture
def keys(signer: Signer) -> dict[str, object]:
    return {signer.key_id: KEY.public_key()}


@pytest.fixture
def card() -> Credential:
    return Credential(
        serial=serial_number(2026, 123),
        registration_number="MMP-0048213",
        role=Role.PATIENT,
        kind=CertificateKind.PERMANENT,
        name="Maria Elena Lopez",
        birth_year=1971,
        valid_from=date(2026, 11, 22),
        expires_on=date(2027, 9, 30),
    )


@pytest.fixture
def enter() -> Callable[..., None]:
    """A function that puts one certificate into a ledger; what it hangs on there is left out."""

    def put(engine: Engine, serial: str, state: str, **changes: Any) -> None:
        row = {
            "serial": serial,
            "sequence": int(serial[5:12]),
            "decision_id": f"D-{serial}",
            "kind": "permanent",
            "registration_number": "MMP-0048213",
            "state": state,
            "order": "{}",
            "issued_on": "2026-11-22",
            "expires_on": "2027-09-30",
            "template_version": "1",
            "sha256": None if state == "reserved" else "f",
            "reserved_at": "x",
            "void_reason": "lost" if state == "void" else None,
            "run_id": "R1",
        }
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                connection.execute(insert(schema.certificate), [row | changes])

    return put
