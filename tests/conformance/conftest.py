from datetime import date
from pathlib import Path

import pytest

from tasks.signing.keys import signing_identity
from tasks.signing.seal import Seal, sign
from tests.conformance.specimen import specimen


@pytest.fixture(scope="session")
def signed_specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    identity = signing_identity(folder / "key.pem", folder / "chain.pem", may_make=True)
    path = folder / "signed.pdf"
    path.write_bytes(sign(specimen(), Seal(identity.on(date(2026, 11, 22)))))
    return path
