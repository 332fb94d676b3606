"""Which certificates are looked at again."""

import hashlib

import pytest

from registry.recheck import NIGHTLY, Share, drawn

SERIALS = [f"S{number:05d}" for number in range(5_000)]


@pytest.mark.parametrize(
    ("total", "many"), [(0, 0), (7, 7), (20, 20), (999, 20), (1_001, 21), (5_000, 100), (25_000, 500), (90_000, 500)]
)
def test_the_share_has_a_floor_and_a_ceiling_and_never_more_than_there_are(total: int, many: int) -> None:
    assert NIGHTLY.of(total) == many


def test_the_same_seed_draws_the_same_in_any_order_and_another_seed_others() -> None:
    one = drawn(SERIALS, len(SERIALS), "2026-11-22", NIGHTLY)
    assert one == drawn(reversed(SERIALS), len(SERIALS), "2026-11-22", NIGHTLY)
    assert one != drawn(SERIALS, len(SERIALS), "2026-11-23", NIGHTLY)
    assert len(set(one)) == 100


def test_anybody_can_draw_again_with_a_plain_sha256() -> None:
    by_hand = sorted(SERIALS, key=lambda serial: hashlib.sha256(f"2026-11-22:{serial}".encode()).hexdigest())
    assert drawn(SERIALS, len(SERIALS), "2026-11-22", Share(1, 1, 3)) == sorted(by_hand[:3])


def test_nobody_is_left_out_for_long() -> None:
    met = {serial for day in range(400) for serial in drawn(SERIALS[:500], 500, f"day {day}", NIGHTLY)}
    assert len(met) == 500
