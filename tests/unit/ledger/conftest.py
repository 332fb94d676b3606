from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.ledger.engine import Engine, open_ledger


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger' / 'nutmeg.db'}")
    yield opened
    opened.dispose()
