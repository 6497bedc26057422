"""The official table: its seven columns in order, the office's words in its cells."""

from __future__ import annotations

from collections.abc import Sequence

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
    disclosure: Disclosure, report: Report, measures: Sequence[Measure], page: str
) -> str:
    """The official table, its seven columns in order; `page` is where it stands."""
    caption = f"รายงานผลการดำเนินการตามมาตรการ {year_title(report, disclosure.agency)}"
    rows = [
        [cell(disclosure, report, measure, name, page) for name in OFFICIAL_COLUMNS]
        for measure in measures
    ]
    return table(caption, [label(name) for name in OFFICIAL_COLUMNS], rows)


def cell(disclosure: Disclosure, report: Report, measure: Measure, name: str, page: str) -> str:
    """One cell of the official table: the office's words, safe in a Markdown table."""
    if name == "indicator":
        title = inline.escape(plain_cell(report, measure, name, disclosure.agency))
        folder = "indicators/" if page == year_path(report) else ""
        return f"[{title}]({folder}{measure.indicator}.md#{measure.id})"
    if name in TEXT_FIELDS and (texts := getattr(measure, name)) is not None:
        return bullets([rendered(disclosure, text) for text in texts])
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


def rendered(disclosure: Disclosure, text: str) -> str:
    """A text of the office as Markdown, its links with their verdicts."""
    return inline.to_markdown(text, lambda link: link_attributes(disclosure, link.url))
