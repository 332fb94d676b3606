from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from registry.journal import GENESIS, Event, chain, first_break

events = st.lists(
    st.builds(
        Event,
        event=st.sampled_from(["decision.made", "certificate.issued"]),
        subject=st.text(max_size=8),
        facts=st.dictionaries(st.text(max_size=4), st.integers(), max_size=3),
    ),
    min_size=2,
    max_size=8,
)


def linked(happened: list[Event]) -> list:
    return list(chain(happened, "2026-11-22T00:00:00.000Z", "me", "-", 0, GENESIS))


@given(events)
def test_an_untouched_chain_holds(happened: list[Event]) -> None:
    assert first_break(linked(happened)) is None


@given(events, st.data())
def test_a_changed_entry_is_found_where_it_is(happened: list[Event], data: st.DataObject) -> None:
    entries = linked(happened)
    at = data.draw(st.integers(0, len(entries) - 1))
    entries[at] = replace(entries[at], actor="somebody else")
    assert first_break(entries) == at + 1


@given(events, st.data())
def test_a_dropped_or_doubled_entry_is_found(happened: list[Event], data: st.DataObject) -> None:
    entries = linked(happened)
    at = data.draw(st.integers(0, len(entries) - 2))
    assert first_break(entries[:at] + entries[at + 1 :]) is not None
    assert first_break([*entries[: at + 1], *entries[at:]]) is not None


def test_a_chain_goes_on_where_it_ended() -> None:
    first = linked([Event("a", "x", {})])
    second = list(chain([Event("b", "y", {})], "2026-11-23T00:00:00.000Z", "me", "-", 1, first[-1].hash))
    assert first_break(first + second) is None
