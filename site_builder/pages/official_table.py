"""The official table: its seven columns in order, the office's words in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from site_builder import inline
from site_builder.model import (
    OFFICIAL_COLUMNS,
    TEXT_FIELDS,
    Agency,
    Disclosure,
    Measure,
    Report,
    label,
)
from site_builder.pages.check_words import link_attributes
from site_builder.pages.layout import bullets, table
from site_builder.pages.naming import indicator_title, year_path, year_title

NOT_STATED = "—"


def official_table(
    disclosure: Disclosure, report: Report, measures: Sequence[Measure], page: str, today: date
) -> str:
    """The official table, its seven columns in order; `page` is where it stands."""
    caption = f"รายงานผลการดำเนินการตามมาตรการ {year_title(report, disclosure.agency)}"
    rows = [
        [_cell(disclosure, report, measure, name, page, today) for name in OFFICIAL_COLUMNS]
        for measure in measures
    ]
    return table(caption, [label(name) for name in OFFICIAL_COLUMNS], rows)


def _cell(  # noqa: PLR0913, PLR0917 - a cell stands where a row and a column meet, on a page
    disclosure: Disclosure, report: Report, measure: Measure, name: str, page: str, today: date
) -> str:
    """One cell of the official table: the office's words, safe in a Markdown table."""
    if name == "indicator":
        title = inline.escape(plain_cell(report, measure, name, disclosure.agency))
        folder = "indicators/" if page == year_path(report) else ""
        return f"[{title}]({folder}{measure.indicator}.md#{measure.id})"
    if name in TEXT_FIELDS and (texts := getattr(measure, name)) is not None:
        return bullets([rendered(disclosure, text, today) for text in texts])
    if name == "period":
        return inline.unbroken(measure.period.text)
    return inline.escape(plain_cell(report, measure, name, disclosure.agency))


def plain_cell(report: Report, measure: Measure, name: str, agency: Agency) -> str:
    """One cell of the official table in plain words, a line for each bullet."""
    value = getattr(measure, name)
    if name == "indicator":
        return indicator_title(next(i for i in report.indicators if i.number == value), agency)
    if name == "period":
        return measure.period.text
    if name in TEXT_FIELDS:
        return "\n".join(map(inline.plain, value)) if value is not None else NOT_STATED
    return str(value)


def rendered(disclosure: Disclosure, text: str, today: date) -> str:
    """A text of the office as Markdown, its links with their verdicts."""
    return inline.to_markdown(text, lambda link: link_attributes(disclosure, link.url, today))
