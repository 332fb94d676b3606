"""Workbooks for people: the queue of the analysts, and the books of the auditors."""

import os

# Where lxml happens to be installed, openpyxl writes through it: other bytes, and warnings when a sheet is given up.
os.environ["OPENPYXL_LXML"] = "False"
