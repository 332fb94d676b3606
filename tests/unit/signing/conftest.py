"""A signing office with a root that vouches for it, and a page for it to sign."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tasks.signing.keys import Identity, signing_identity
from tasks.signing.seal import Seal
from tests.unit.signing.making import DAY, certificate, chain_pem, draw, key_pem


@pytest.fixture(scope="session")
def office_root() -> tuple[Any, x509.Certificate]:
    """The key and certificate that vouch for the office's."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, certificate(key, "Test Root", "Test Root", key, vouches=True, signs=False, serial=1)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, office_root: tuple[Any, x509.Certificate]) -> Identity:
    """A key with a certificate that a root vouches for."""
    folder = tmp_path_factory.mktemp("office")
    key, (root_key, root) = ec.generate_private_key(ec.SECP256R1()), office_root
    (folder / "key.pem").write_bytes(key_pem(key))
    (folder / "chain.pem").write_bytes(chain_pem(certificate(key, "Test Office", "Test Root", root_key), root))
    return signing_identity(folder / "key.pem", folder / "chain.pem", may_make=False)


@pytest.fixture(scope="session")
def seal(office: Identity) -> Seal:
    return Seal(office.on(DAY))


@pytest.fixture(scope="session")
def page() -> bytes:
    return draw()


@pytest.fixture
def pair(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Writes a key and a self-signed certificate; see `certificate` for the changes."""

    def write(key: Any = None, **changes: Any) -> tuple[Path, Path]:
        key = key or ec.generate_private_key(ec.SECP256R1())
        own = certificate(key, "Test Office", "Test Office", key, **changes)
        places = tmp_path / "key.pem", tmp_path / "chain.pem"
        for place, content in zip(places, (key_pem(key), chain_pem(own)), strict=True):
            place.write_bytes(content)
            place.chmod(0o600)
        return places

    return write
