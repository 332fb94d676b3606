"""A delivery's table, CSV or XLSX, as text: every row is either cut into the contract's columns or named as damaged."""

from tasks.tables.raw import Damaged, Drift, RawTable, TableRefused
from tasks.tables.reading import read_table

__all__ = ["Damaged", "Drift", "RawTable", "TableRefused", "read_table"]
