"""The office's own words in an edition: translated where it has, else Thai and marked so."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder import inline, units
from site_builder.edition import Edition
from site_builder.model import Measure
from site_builder.pages.check_words import link_attributes


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


def unit_called(edition: Edition, unit: str, measures: Sequence[Measure]) -> tuple[str, str]:
    """One unit in the edition's language, or in Thai, with the mark for Thai.

    Of its measures one that it alone is responsible for may hold its English name.
    """
    own = next((m for m in measures if units.tidy(m.responsible_unit) == unit), None)
    if own is not None:
        return unit_name(edition, own)
    known = units.english(unit) if edition.language == "en" else None
    return (known, "") if known else (unit, "" if edition.language == "th" else "th")


def heading(edition: Edition, measure: Measure) -> str:
    """A measure's name on one line as Markdown: its first bullet where it has several."""
    texts, language = wording(edition, measure, "measure")
    words = inline.unbroken(" ".join(inline.plain(texts[0]).split()))
    return edition.office_words(words) if language else words


def rendered(edition: Edition, text: str) -> str:
    """A text of the office as Markdown, its links with their verdicts."""
    return inline.to_markdown(text, lambda link: link_attributes(edition, link.url, bare=link.bare))
