"""The page that sets the years against one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from site_builder import charts, inline, standing
from site_builder.edition import Edition
from site_builder.model import Indicator, Report
from site_builder.pages import standing_words
from site_builder.pages.layout import page, table
from site_builder.pages.naming import indicator_path, year_path

_Cell = Callable[[Edition, Report, Indicator], str | None]
"""What a year has under an indicator, as Markdown; None where nothing is known."""
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
        _by_indicator(edition, edition.say(*_BY_INDICATOR), reports[::-1], _count),
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


def _by_indicator(edition: Edition, caption: str, reports: Sequence[Report], cell: _Cell) -> str:
    """A row for each indicator that any of the years has, by its number and name.

    A year that has no indicator of that name has a dash.
    """
    named = {
        (indicator.number, edition.indicator_title(indicator))
        for report in reports
        for indicator in report.indicators
    }
    rows = []
    for _, title in sorted(named):
        row = [inline.unbroken(title)]
        for report in reports:
            own = (i for i in report.indicators if edition.indicator_title(i) == title)
            found = next(own, None)
            row.append((found and cell(edition, report, found)) or "—")
        rows.append(row)
    labels = [edition.label("indicator"), *(_year(edition, r.fiscal_year) for r in reports)]
    return table(caption, labels, rows)


def _count(edition: Edition, report: Report, indicator: Indicator) -> str:
    many = edition.number(len(report.measures_of(indicator)))
    return f"[{many}]({indicator_path(report, indicator)})"


def _score(edition: Edition, report: Report, indicator: Indicator) -> str | None:
    score = report.header.score_of(indicator)
    return None if score is None else edition.number(f"{score:f}")


def _scores(edition: Edition, reports: Sequence[Report]) -> list[str]:
    """The scores that each report was told of, where there are any."""
    scored = [report for report in reports if report.header.scores]
    if not scored:
        return []
    title = edition.say("คะแนน ITA ก่อนเริ่มปี", "ITA scores before the year")
    return [f"## {title} {{: #scores }}", _by_indicator(edition, title, scored, _score)]
