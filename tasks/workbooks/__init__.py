"""Workbooks for people: the queue of the analysts, and the books of the auditors."""
