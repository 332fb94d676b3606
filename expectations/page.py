"""The data quality of a night on one page: counts by rule, never a value, nothing from the network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from expectations.judging import CheckResult
from expectations.rules import Route

_TEMPLATE = "page.html"
_NIGHTS_SHOWN = 14
# Less than this share of rows more, or less, than the usual is chance in a night of a few hundred rows.
_NOTICEABLE = 0.01

Totals = Mapping[str, tuple[int, int]]
"""rule -> rows evaluated, rows failed"""


@dataclass(frozen=True, slots=True)
class DeliveryQuality:
    """One delivery in numbers of rows; `note` is why it was refused, or nothing."""

    delivery_id: str
    rows: int
    damaged: int
    quarantined: int
    """damaged ones too"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class QualityReport:
    """All that the page tells; it holds counts and sentences, and no values."""

    run_id: str
    as_of: date
    deliveries: Sequence[DeliveryQuality]
    checks: Sequence[CheckResult]
    """of all deliveries; the page adds them up by rule"""
    repairs: Mapping[str, int]
    damaged: Mapping[str, int]
    """reason code -> rows that could not be cut into columns"""
    drift: Sequence[str]
    earlier: Sequence[Totals] = ()
    """what `totals` gave on earlier nights, oldest first"""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule over the whole night."""

    check: CheckResult
    evaluated: int
    failed: int
    usual: float | None
    """the median share of earlier nights; None when there were none"""
    shares: tuple[float, ...]
    """of the last nights and this one, oldest first"""

    @property
    def share(self) -> float:
        """Failed rows of those evaluated, 0 to 1."""
        return _share((self.evaluated, self.failed))

    @property
    def trend(self) -> str:
        """This night against the usual one, in words."""
        if self.usual is None:
            return "first night"
        if abs(self.share - self.usual) < _NOTICEABLE:
            return "as usual"
        return "more than usual" if self.share > self.usual else "less than usual"


def totals(checks: Iterable[CheckResult]) -> dict[str, tuple[int, int]]:
    """The counts of a night by rule, to be kept for the trend of later nights."""
    counted: dict[str, tuple[int, int]] = {}
    for check in checks:
        evaluated, failed = counted.get(check.rule, (0, 0))
        counted[check.rule] = (evaluated + check.evaluated, failed + check.failed)
    return counted


def quality_page(report: QualityReport) -> str:
    """The page as HTML, complete in itself."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only who draws pays for it

    loader = FileSystemLoader(Path(__file__).parent)
    drawing = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    drawing.filters["percent"] = lambda share: f"{100 * share:.1f} %"
    drawing.filters["bars"] = _bars
    lines = _lines(report)
    return drawing.get_template(_TEMPLATE).render(
        report=report,
        broken=[line for line in lines if line.failed],
        kept=[line for line in lines if not line.failed],
        routes=[(route, _by_route(lines, route)) for route in Route],
    )


def _lines(report: QualityReport) -> list[RuleLine]:
    counted = totals(report.checks)
    nights = report.earlier[-_NIGHTS_SHOWN:]
    lines = []
    for check in {check.rule: check for check in report.checks}.values():
        before = [_share(night[check.rule]) for night in nights if check.rule in night]
        evaluated, failed = counted[check.rule]
        usual = median(before) if before else None
        lines.append(RuleLine(check, evaluated, failed, usual, (*before, _share((evaluated, failed)))))
    order = {route: place for place, route in enumerate(Route)}
    return sorted(lines, key=lambda line: (order[line.check.route], -line.failed, line.check.rule))


def _by_route(lines: Iterable[RuleLine], route: Route) -> int:
    return sum(line.failed for line in lines if line.check.route is route)


def _share(counts: Sequence[int]) -> float:
    evaluated, failed = counts
    return failed / evaluated if evaluated else 0.0


def _bars(shares: Sequence[float]) -> list[tuple[int, float, float]]:
    """(x, y, height) of one bar a night in a box 20 high, the tallest filling it; an empty night still has a line."""
    most = max(shares) or 1.0
    heights = [max(0.5, round(20 * share / most, 1)) for share in shares]
    return [(6 * place, round(20 - height, 1), height) for place, height in enumerate(heights)]
