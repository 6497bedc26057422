"""The official table: its seven columns in order, the office's words in its cells."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder import inline
from site_builder.edition import Edition
from site_builder.model import OFFICIAL_COLUMNS, TEXT_FIELDS, Measure, Report
from site_builder.pages.layout import bullets, table
from site_builder.pages.naming import indicator_path
from site_builder.pages.table_tools import facts, table_tools
from site_builder.pages.wording import rendered, unit_name, wording

NOT_STATED = "—"


def official_table(edition: Edition, report: Report, measures: Sequence[Measure], page: str) -> str:
    """The official table, its seven columns in order; `page` is where it stands."""
    year = edition.year_title(report)
    caption = edition.say(
        f"รายงานผลการดำเนินการตามมาตรการ {year}", f"Report on the measures, {year}"
    )
    rows = [
        [_cell(edition, report, measure, name, page) for name in OFFICIAL_COLUMNS]
        for measure in measures
    ]
    whole = table(caption, [edition.label(name) for name in OFFICIAL_COLUMNS], rows)
    tools = table_tools(edition, report, measures)
    return f"{tools}\n\n{whole}" if tools else whole


def _cell(edition: Edition, report: Report, measure: Measure, name: str, page: str) -> str:
    """One cell of the official table: the office's words, safe in a Markdown table."""
    if name == "indicator":
        title = inline.unbroken(plain_cell(edition, report, measure, name))
        return f"[{title}]({section_of(report, measure, page)}) {facts(edition, measure)}"
    if name == "period":
        return edition.office_words(inline.unbroken(measure.period.text))
    if name in TEXT_FIELDS:
        texts, language = wording(edition, measure, name)
        if texts:
            return bullets([rendered(edition, text) for text in texts], language=language)
    plain = inline.escape(plain_cell(edition, report, measure, name))
    if name == "responsible_unit" and unit_name(edition, measure)[1]:
        return edition.office_words(plain)
    return plain


def section_of(report: Report, measure: Measure, page: str) -> str:
    """The way from a page of this year to the section of a measure."""
    indicator = next(i for i in report.indicators if i.number == measure.indicator)
    target = f"{indicator_path(report, indicator)}#{measure.id}"
    here, there = page.split("/")[:-1], target.split("/")
    while here and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "/".join([".."] * len(here) + there)


def plain_cell(edition: Edition, report: Report, measure: Measure, name: str) -> str:
    """One cell of the official table in plain words, a line for each bullet."""
    if name == "indicator":
        number = measure.indicator
        return edition.indicator_title(next(i for i in report.indicators if i.number == number))
    if name == "period":
        return measure.period.text
    if name == "responsible_unit":
        return unit_name(edition, measure)[0]
    if name in TEXT_FIELDS:
        texts, _ = wording(edition, measure, name)
        return "\n".join(map(inline.plain, texts)) if texts else NOT_STATED
    return str(getattr(measure, name))
