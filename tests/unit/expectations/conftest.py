from collections.abc import Callable, Mapping
from datetime import datetime

import pandas as pd
import pytest

from expectations.coercion import coerce
from expectations.columns import contract
from expectations.facts import RowContext

EXPORTED_AT = datetime.fromisoformat("2026-11-22T23:05:00-05:00")


@pytest.fixture(scope="session")
def context() -> RowContext:
    return RowContext(EXPORTED_AT)


@pytest.fixture(scope="session")
def coerced() -> Callable[..., pd.DataFrame]:
    """Rows given by their filled columns, as a coerced frame."""

    def build(*rows: Mapping[str, str]) -> pd.DataFrame:
        columns = {name: pd.Series([row.get(name) or None for row in rows], dtype="str") for name in contract()}
        frame = pd.DataFrame({"row": range(1, len(rows) + 1), **columns})
        return coerce(frame).frame

    return build


@pytest.fixture(scope="session")
def good_row() -> dict[str, str]:
    return {
        "submission_id": "MMP-2026-000123",
        "submitted_at": "2026-11-22T20:15:00-05:00",
        "kind": "renewal",
        "role": "patient",
        "registration_number": "MMP-000123",
        "first_name": "Ana",
        "last_name": "Ng",
        "date_of_birth": "1980-02-29",
        "email": "ana@example.org",
        "street": "1 Elm Street",
        "city": "Hartford",
        "state": "CT",
        "zip": "06103",
        "caregiver_required": "no",
    }
