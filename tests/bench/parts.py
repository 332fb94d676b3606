"""Measure single parts of the night in CPU time: `python tests/bench/parts.py`."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from tasks.mailroom import build_message, message_id
from tasks.notices import render

CERTIFICATE_BYTES = 50_000


def milliseconds(work: Callable[[int], Any], times: int) -> float:
    """CPU milliseconds of one call, the first one left out."""
    work(0)
    started = time.process_time()
    for number in range(1, times + 1):
        work(number)
    return 1000 * (time.process_time() - started) / times


def main() -> None:
    """Print each part's cost; certificates are measured in certificates.py."""
    words = {"name": "Maria Santos", "serial": "MM26-0000001-84", "expires_on": date(2026, 12, 22)}
    key, now, attachment = b"k" * 32, datetime.now(UTC), os.urandom(CERTIFICATE_BYTES)

    def mail(number: int) -> bytes:
        rendered = render("certificate_temporary", words)
        attached = [("MM26-0000001-84.pdf", attachment, "application/pdf")]
        return build_message(message_id(key, str(number), "t"), "a@example.org", rendered, now, attached)

    print(f"| render and build a message with its certificate | {milliseconds(mail, 200):.2f} ms |")


if __name__ == "__main__":
    main()
