"""The tables of docs/DOCUMENTS.md, counted from the trials."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.bench.papers.bounds import lower_bound, upper_bound
from tests.bench.papers.claims import FLAWED, NEAR, RIGHT, WRONG
from tests.bench.papers.documents import TEXT
from tests.bench.papers.judging import ACCEPT, CANNOT_TELL, TOLD
from tests.bench.papers.trials import Trial

_GRADES = (TEXT, "good", "fair", "poor")
_SHOWN = {TEXT: "text PDF", "good": "good scan", "fair": "fair picture", "poor": "poor picture"}
GOALS = {TEXT: 0.85, "good": 0.60}


def report(trials: Sequence[Trial]) -> str:
    """All tables as Markdown."""
    latin = [trial for trial in trials if not trial.own_script]
    parts = (
        ("The goals", _goals(latin)),
        ("By quality of the upload", _by(latin, lambda t: _SHOWN[t.grade])),
        ("By kind of document, text PDFs", _by(_of_grade(latin, TEXT), _kind)),
        ("By kind of document, good scans", _by(_of_grade(latin, "good"), _kind)),
        ("By kind of document, fair and poor pictures", _by(_of_grade(latin, "fair", "poor"), _kind)),
        ("By origin of the name: right owners", _by_origin(latin)),
        ("By script of the name on the application: right owners", _by_script(trials)),
        ("Nearly right owners", _near(latin)),
    )
    return "\n\n".join(f"**{title}**\n\n{table}" for title, table in parts) + "\n"


def _kind(trial: Trial) -> str:
    return f"{trial.kind.replace('_', ' ')} ({trial.purpose})"


def _of_grade(trials: Iterable[Trial], *grades: str) -> list[Trial]:
    return [trial for trial in trials if trial.grade in grades]


def _goals(trials: Sequence[Trial]) -> str:
    rows = []
    for grade, goal in GOALS.items():
        right = [trial for trial in trials if trial.grade == grade and trial.group == RIGHT]
        passed = _number(right, ACCEPT)
        least = lower_bound(passed, len(right))
        measured = f"{_percent(passed, len(right))} ({passed:,} of {len(right):,}), at least {least:.1%} at 95 %"
        rows.append((f"{_SHOWN[grade]}s of the right owner that pass without a person", f">= {goal:.0%}", measured))
    for title, groups in (("wrong owners", (WRONG,)), ("wrong, nearly right and too old", (WRONG, NEAR, FLAWED))):
        tried = [trial for trial in trials if trial.group in groups]
        rows.append((f"false accepts, {title}: trials", "< 0.1%", _bounded(_number(tried, ACCEPT), len(tried))))
        papers = {trial.base for trial in tried}
        failed = {trial.base for trial in tried if trial.outcome == ACCEPT}
        rows.append(("the same, papers with any", "", _bounded(len(failed), len(papers))))
    return _table(("goal", "asked", "measured"), rows)


def _bounded(events: int, trials: int) -> str:
    rate = events / trials if trials else 0.0
    return f"{events:,} of {trials:,} ({rate:.3%}), at most {upper_bound(events, trials):.3%} at 95 %"


def _by(trials: Sequence[Trial], key: Callable[[Trial], str]) -> str:
    head = (
        "",
        "papers",
        "right owner passes",
        "left open",
        "wrongly accused",
        "others: false accepts",
        "fault told",
        "left open",
    )
    rows = [(name, *_row(group)) for name, group in _grouped(trials, key)]
    return _table(head, [*rows, ("all", *_row(trials))])


def _row(trials: Sequence[Trial]) -> Iterator[str]:
    right = [trial for trial in trials if trial.group == RIGHT]
    others = [trial for trial in trials if trial.group != RIGHT]
    yield f"{len({trial.recipe for trial in trials}):,}"
    yield from (_percent(_number(right, outcome), len(right)) for outcome in (ACCEPT, CANNOT_TELL, TOLD))
    yield f"{_number(others, ACCEPT):,} of {len(others):,}"
    yield from (_percent(_number(others, outcome), len(others)) for outcome in (TOLD, CANNOT_TELL))


def _by_origin(trials: Sequence[Trial]) -> str:
    right = [trial for trial in trials if trial.group == RIGHT]
    head = ("origin", *(f"{_SHOWN[grade]}: passes" for grade in _GRADES), "papers", "wrongly accused")
    rows = []
    for name, group in _grouped([t for t in right if t.who == "right owner"], lambda t: t.origin):
        passed = [_passed([trial for trial in group if trial.grade == grade]) for grade in _GRADES]
        accused = _number(group, TOLD)
        rows.append((name, *passed, f"{len({trial.recipe for trial in group}):,}", f"{accused:,}"))
    return _table(head, rows)


def _by_script(trials: Sequence[Trial]) -> str:
    right = [trial for trial in trials if trial.group == RIGHT and trial.who.startswith("right owner")]
    with_both = {trial.origin for trial in right if trial.own_script}
    head = (
        "name on the application",
        "papers",
        "text PDF: passes",
        "good scan: passes",
        "left open, all",
        "wrongly accused",
    )
    rows = []
    for title, own, origins in (
        ("Latin letters, all origins", False, {trial.origin for trial in right}),
        ("Latin letters, origins with an own script", False, with_both),
        ("own script (Arabic, Cyrillic, Han, Hangul)", True, with_both),
    ):
        group = [trial for trial in right if trial.own_script is own and trial.origin in origins]
        passed = (_passed(_of_grade(group, grade)) for grade in (TEXT, "good"))
        left_open = _percent(_number(group, CANNOT_TELL), len(group))
        rows.append((title, f"{len({t.recipe for t in group}):,}", *passed, left_open, f"{_number(group, TOLD):,}"))
    return _table(head, rows)


def _near(trials: Sequence[Trial]) -> str:
    near = [trial for trial in trials if trial.group in {NEAR, FLAWED, WRONG}]
    head = ("who sends it", "trials", "false accepts", "at most, at 95 %", "fault told", "left open")
    rows = []
    for name, group in _grouped(near, lambda t: "right owner, too old" if t.group == FLAWED else t.who):
        accepted = _number(group, ACCEPT)
        shares = [_percent(_number(group, outcome), len(group)) for outcome in (TOLD, CANNOT_TELL)]
        rows.append((name, f"{len(group):,}", f"{accepted:,}", f"{upper_bound(accepted, len(group)):.2%}", *shares))
    return _table(head, rows)


def _passed(trials: Sequence[Trial]) -> str:
    return _percent(_number(trials, ACCEPT), len(trials))


def _number(trials: Iterable[Trial], outcome: str) -> int:
    return sum(trial.outcome == outcome for trial in trials)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _grouped(trials: Sequence[Trial], key: Callable[[Trial], str]) -> list[tuple[str, list[Trial]]]:
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    order = list(_SHOWN.values())
    return sorted(groups.items(), key=lambda item: (order.index(item[0]) if item[0] in order else 9, item[0]))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
