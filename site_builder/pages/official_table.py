"""The official table: its seven columns in order, the office's words in its cells."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder import inline, units
from site_builder.edition import Edition
from site_builder.model import OFFICIAL_COLUMNS, TEXT_FIELDS, Measure, Report
from site_builder.pages.check_words import link_attributes
from site_builder.pages.layout import bullets, table
from site_builder.pages.naming import indicator_path

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
    return table(caption, [edition.label(name) for name in OFFICIAL_COLUMNS], rows)


def _cell(edition: Edition, report: Report, measure: Measure, name: str, page: str) -> str:
    """One cell of the official table: the office's words, safe in a Markdown table."""
    if name == "indicator":
        title = inline.escape(plain_cell(edition, report, measure, name))
        return f"[{title}]({section_of(report, measure, page)})"
    if name in TEXT_FIELDS:
        texts, language = wording(edition, measure, name)
        if texts:
            return bullets([rendered(edition, text) for text in texts], language=language)
    plain = inline.escape(plain_cell(edition, report, measure, name))
    if name == "period" or (name == "responsible_unit" and unit_name(edition, measure)[1]):
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


def wording(edition: Edition, measure: Measure, name: str) -> tuple[Sequence[str], str]:
    """A measure's texts in the edition's language, or in Thai; then with the mark for Thai.

    The mark is empty where the texts have the page's own language.
    """
    texts = getattr(measure, name)
    if edition.language == "th":
        return texts or (), ""
    english = measure.translations.en if measure.translations else None
    translated = getattr(english, name, None)
    return (translated, "") if translated else (texts or (), "th")


def unit_name(edition: Edition, measure: Measure) -> tuple[str, str]:
    """The responsible unit in the edition's language, or in Thai, with the mark for Thai."""
    own = measure.responsible_unit
    if edition.language == "th":
        return own, ""
    english = measure.translations.en if measure.translations else None
    known = (english.responsible_unit if english else None) or units.english(own)
    return (known, "") if known else (own, "th")


def heading(edition: Edition, measure: Measure) -> str:
    """A measure's name on one line as Markdown: its first bullet where it has several."""
    texts, language = wording(edition, measure, "measure")
    words = inline.escape(" ".join(inline.plain(texts[0]).split()))
    return edition.office_words(words) if language else words


def rendered(edition: Edition, text: str) -> str:
    """A text of the office as Markdown, its links with their verdicts."""
    return inline.to_markdown(text, lambda link: link_attributes(edition, link.url))
