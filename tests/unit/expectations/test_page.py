import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from expectations.judging import CheckResult
from expectations.page import DeliveryQuality, QualityReport, quality_page, totals
from expectations.rules import Route


def _check(rule: str, evaluated: int, failed: int, route: Route = Route.REJECT) -> CheckResult:
    return CheckResult(rule, "contact", "zip", rule.upper(), route, "A sentence.", evaluated, failed)


@pytest.fixture
def report() -> QualityReport:
    return QualityReport(
        run_id="20261122T230500",
        as_of=date(2026, 11, 22),
        deliveries=[DeliveryQuality("biznet-1", 100, 1, 4), DeliveryQuality("biznet-2", 0, 0, 0, "a <b>note</b>")],
        checks=[_check("contact.zip", 60, 3), _check("contact.zip", 40, 1), _check("contact.email", 100, 0)],
        repairs={"ZIP_LEADING_ZERO": 7},
        damaged={"ROW_WIDTH": 1},
        drift=["submissions.csv: nobody knows the column <script>; it is kept out."],
    )


def _table(page: str, after: str) -> str:
    return page.split(after, 1)[1].split("</table>", 1)[0]


def test_counts_of_deliveries_are_added_up_by_rule(report: QualityReport) -> None:
    broken = _table(quality_page(report), "Rules that were broken")
    assert re.findall(r'class="n">([^<]+)</td>', broken) == ["4", "100", "4.0 %"]
    assert totals(report.checks) == {"contact.zip": (100, 4), "contact.email": (100, 0)}


def test_the_trend_compares_with_the_median_of_earlier_nights(report: QualityReport) -> None:
    def trend(*failed: int) -> str:
        earlier = [{"contact.zip": (100, count)} for count in failed]
        return _table(quality_page(replace(report, earlier=earlier)), "Rules that were broken")

    assert "more than usual</span> (1.0 %)" in trend(0, 1, 50)
    assert "as usual</span> (4.0 %)" in trend(4)
    assert "less than usual</span> (9.0 %)" in trend(9)
    assert "first night" in trend()


def test_what_stops_comes_before_what_rejects_and_warns(report: QualityReport) -> None:
    routes = [Route.WARN, Route.REJECT, Route.STOP]
    checks = [_check(f"a.{route}", 10, 5 - place, route) for place, route in enumerate(routes)]
    page = quality_page(replace(report, checks=checks))
    assert re.findall(r"(?:critical|warning|info): (\w+)", page) == ["stop", "reject", "warn"]


def test_the_page_needs_no_network_and_runs_nothing(report: QualityReport) -> None:
    page = quality_page(report)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|https?:", page)


def test_text_from_outside_is_told_as_text(report: QualityReport) -> None:
    page = quality_page(report)
    assert "&lt;script&gt;" in page
    assert "a &lt;b&gt;note&lt;/b&gt;" in page


def test_the_page_can_be_read_by_a_screen_reader(report: QualityReport) -> None:
    page = quality_page(report)
    assert '<html lang="en">' in page
    assert page.count("<table>") == page.count("<caption>") > 0
    assert len(re.findall(r"<th[ >]", page)) == len(re.findall(r'<th scope="(?:row|col)"', page))
    assert re.findall(r"<h([1-6])>", page)[0] == "1"


def test_the_same_report_gives_the_same_page(report: QualityReport) -> None:
    assert quality_page(report) == quality_page(report)


def test_every_tag_is_closed(report: QualityReport) -> None:
    class Balance(HTMLParser):
        open: list[str] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
            if tag not in {"meta", "br"}:
                self.open.append(tag)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    balance = Balance()
    balance.feed(quality_page(report))
    assert balance.open == []


def test_a_night_without_delivery_says_so(report: QualityReport) -> None:
    page = quality_page(replace(report, deliveries=[], checks=[], drift=[]))
    assert "No delivery came." in page
    assert "None was asked." in page
