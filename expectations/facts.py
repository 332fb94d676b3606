"""What is judged beside the rows themselves: facts of a delivery."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RowContext:
    """What every row of a delivery is judged against."""

    exported_at: datetime
    """with its offset"""


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """One delivery in numbers; each number counts rows, columns, headers or files as its name says."""

    rows_listed: int
    """the manifest's control total"""
    rows_read: int
    """rows found in the table, damaged ones too"""
    rows_damaged: int = 0
    columns_missing: int = 0
    headers_unknown: int = 0
    headers_by_alias: int = 0
    not_utf8: int = 0
    """1 when the table was read as Windows-1252"""
    files_unlisted: int = 0
    seen_with_other_bytes: int = 0
    """1 when a delivery of this id was taken in before with other bytes"""
