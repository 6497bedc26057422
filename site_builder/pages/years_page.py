"""The page that sets the years against one another."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder import charts, inline, standing
from site_builder.edition import Edition
from site_builder.model import Report
from site_builder.pages import standing_words
from site_builder.pages.layout import page, table
from site_builder.pages.naming import indicator_path, year_path

_BY_INDICATOR = ("มาตรการรายตัวชี้วัด", "Measures under each indicator")


def years(edition: Edition) -> str:
    """Year against year: the work of each in numbers, and the measures under each indicator."""
    title = edition.say("เปรียบเทียบรายปี", "Year against year")
    reports = edition.disclosure.reports
    figures = {
        report.fiscal_year: standing.figures(
            edition.disclosure, report.in_table_order(), edition.today
        )
        for report in reports
    }
    chart = edition.say("มาตรการในแต่ละปี", "Measures of each year")
    oldest_first = sorted(figures)
    parts = [
        charts.Part(_year(edition, year), figures[year].measures, "period") for year in oldest_first
    ]
    told: dict[str, str] = {}
    rows = []
    # As the chart has them: the oldest first.
    for report in reports[::-1]:
        told = standing_words.in_figures(edition, figures[report.fiscal_year])
        rows.append([f"[{edition.year_title(report)}]({year_path(report)})", *told.values()])
    labels = [edition.say("ปีงบประมาณ", "Fiscal year"), *told]
    body = [
        f"# {title} {{: #years }}",
        charts.columns(parts, chart, edition.number),
        table(chart, labels, rows),
        f"## {edition.say(*_BY_INDICATOR)} {{: #by-indicator }}",
        _by_indicator(edition, reports[::-1]),
        *_scores(edition, reports[::-1]),
    ]
    description = edition.say(
        "จำนวนมาตรการ ผลการดำเนินการ และหลักฐานของ{office} เปรียบเทียบแต่ละปีงบประมาณ",
        "Measures, results and evidence of {office}, year against year",
        office=edition.office_name(),
    )
    return page(edition, title, description, body, hide=["toc"])


def _year(edition: Edition, year: int) -> str:
    return edition.say(f"พ.ศ. {year}", f"FY {year}")


def _by_indicator(edition: Edition, reports: Sequence[Report]) -> str:
    """A row for each indicator that any of the years has, by its number and name."""
    named = {
        (indicator.number, edition.indicator_title(indicator))
        for report in reports
        for indicator in report.indicators
    }
    rows = [
        [inline.unbroken(title), *(_count(edition, report, title) for report in reports)]
        for _, title in sorted(named)
    ]
    labels = [edition.label("indicator"), *(_year(edition, r.fiscal_year) for r in reports)]
    return table(edition.say(*_BY_INDICATOR), labels, rows)


def _count(edition: Edition, report: Report, title: str) -> str:
    """How many measures a year has under an indicator of that name; a dash where it has none."""
    own = next((i for i in report.indicators if edition.indicator_title(i) == title), None)
    if own is None:
        return "—"
    return f"[{edition.number(len(report.measures_of(own)))}]({indicator_path(report, own)})"


def _scores(edition: Edition, reports: Sequence[Report]) -> list[str]:
    """The scores that each report was told of, where there are any."""
    scored = [report for report in reports if report.header.scores]
    if not scored:
        return []
    named = {
        (indicator.number, edition.indicator_title(indicator))
        for report in scored
        for indicator in report.indicators
    }
    rows = [
        [inline.unbroken(title), *(_score(edition, report, title) for report in scored)]
        for _, title in sorted(named)
    ]
    title = edition.say("คะแนน ITA ก่อนเริ่มปี", "ITA scores before the year")
    labels = [edition.label("indicator"), *(_year(edition, r.fiscal_year) for r in scored)]
    return [f"## {title} {{: #scores }}", table(title, labels, rows)]


def _score(edition: Edition, report: Report, title: str) -> str:
    own = next((i for i in report.indicators if edition.indicator_title(i) == title), None)
    score = report.header.score_of(own) if own else None
    return "—" if score is None else edition.number(f"{score:f}")
