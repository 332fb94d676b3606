from hypothesis import given
from hypothesis import strategies as st

from registry.dispositions import Disposition, ReadableRow, dispositions

D = Disposition
rows_of_few = st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 3), st.sampled_from("xy")), max_size=10).map(
    lambda found: [ReadableRow(i, *each) for i, each in enumerate(found, start=1)]
)


def settle(*rows: tuple[str, int, str], held: dict | None = None) -> list[Disposition]:
    held = held or {}
    newest = {}
    for submission_id, revision in held:
        newest[submission_id] = max(revision, newest.get(submission_id, 0))
    readable = [ReadableRow(i, *row) for i, row in enumerate(rows, start=1)]
    return list(dispositions(readable, held, newest).values())


def test_the_same_row_twice_is_a_duplicate() -> None:
    assert settle(("A", 1, "x"), ("A", 1, "x")) == [D.ACCEPTED, D.DUPLICATE]


def test_other_content_under_the_same_revision_is_a_conflict_and_the_first_stands() -> None:
    assert settle(("A", 1, "x"), ("A", 1, "y")) == [D.ACCEPTED, D.CONFLICT]


def test_a_lower_revision_beside_a_higher_one_is_superseded_in_any_order() -> None:
    assert settle(("A", 1, "x"), ("A", 2, "y")) == [D.SUPERSEDED, D.ACCEPTED]
    assert settle(("A", 2, "y"), ("A", 1, "x")) == [D.ACCEPTED, D.SUPERSEDED]


def test_what_an_earlier_delivery_brought_counts() -> None:
    held = {("A", 2): "x"}
    assert settle(("A", 2, "x"), held=held) == [D.DUPLICATE]
    assert settle(("A", 2, "y"), held=held) == [D.CONFLICT]
    assert settle(("A", 1, "z"), held=held) == [D.SUPERSEDED]
    assert settle(("A", 3, "z"), held=held) == [D.ACCEPTED]


@given(rows_of_few)
def test_every_row_gets_one_disposition_and_each_submission_one_accepted_row(rows: list[ReadableRow]) -> None:
    settled = dispositions(rows, {}, {})
    assert settled.keys() == {row.row for row in rows}
    accepted = [row.submission_id for row in rows if settled[row.row] is D.ACCEPTED]
    assert sorted(accepted) == sorted({row.submission_id for row in rows})
