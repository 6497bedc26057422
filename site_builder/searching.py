"""The search index of an edition: what can be found, where it stands, and in which words.

Why a search of our own. Material's looks words up in a list, and Thai writes no spaces: whatever
its 677 KB segmenter does not cut out as a word cannot be found, nor can any part of one. Here the
index is the words themselves, and the reader's browser looks for the letters of the query in them
(`theme/assets/search.js`, behind Material's own form and list of results). So every word and every
part of one is found by construction; what is left to do is to tell words from accidents (รถ in
สามารถ), which the browser's own `Intl.Segmenter` knows without a byte of ours, and to put the right
measure first. A suffix list would be ten times the size of the text; a list of words cut at build
time would bring a dictionary into the build and still miss whatever it cuts otherwise than a
reader does. The price is one pass over the text for each letter typed: see `benchmarks/search.py`.

The index is fetched when a reader first uses the search, never before.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from site_builder import inline, pages, standing, thai, units
from site_builder.edition import FOLDERS, Edition
from site_builder.model import TEXT_FIELDS, Measure
from site_builder.problems import Language

FOLDER = "search/"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"script", "style", "template", "svg"}
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"}


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page of the site: its path below the documentation folder, its address, its title."""

    path: str
    url: str
    title: str
    body: str | None = None
    """The HTML of a page that the office wrote; None where its title says what it holds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a reader can find: a measure, or a section of a page that the office wrote."""

    page: str
    """The path of the page it stands on."""
    anchor: str
    title: str
    texts: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""
    """As the office wrote it."""
    days: tuple[str, ...] = ()
    """The first and last days that the period means, in the words that readers use."""


def path(language: Language) -> str:
    """Where the index of an edition is published, below the site's root."""
    return f"{FOLDER}{language}.json"


def index(edition: Edition, site: Sequence[WebPage]) -> bytes:
    """The index of an edition.

    It holds the edition's own pages and what the office wrote in Thai alone: that is found in
    every edition.
    """
    held = [page for page in site if _belongs(page, edition, site)]
    numbers = {page.path: number for number, page in enumerate(held)}
    entries = [*measures(edition)]
    told: list[list[object]] = []
    for page in held:
        first, *rest = sections(page)
        told.append(
            [
                page.url,
                _line(first.title),
                _year(page.path),
                _year_words(edition, page),
                first.texts,
            ]
        )
        entries += rest
    content = {
        "digits": edition.agency.digits if edition.language == "th" else "arabic",
        "pages": told,
        "entries": [_row(numbers[e.page], e) for e in entries if e.page in numbers],
    }
    # Thai as it is: escaped, each letter would take six bytes for three.
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _row(page: int, entry: Entry) -> list[object]:
    row: list[object] = [page, entry.anchor, entry.title, entry.texts]
    return [*row, entry.unit, entry.period, entry.days] if entry.days else row


def _belongs(page: WebPage, edition: Edition, site: Sequence[WebPage]) -> bool:
    if _language(page) == edition.language:
        return True
    # A page in the office's own Thai, of which this edition has none.
    twin = edition.folder + page.path
    return page.body is not None and _language(page) == "th" and all(p.path != twin for p in site)


def _language(page: WebPage) -> Language:
    named = (key for key, folder in FOLDERS.items() if folder and page.path.startswith(folder))
    return next(named, "th")


def _year(path: str) -> int:
    """The fiscal year that a page is about; 0 where it is about none."""
    found = re.match(r"(?:[a-z]{2}/)?(\d{4})/", path)
    return int(found[1]) if found else 0


def _year_words(edition: Edition, page: WebPage) -> tuple[str, ...]:
    year = _year(page.path)
    short = ("ปีงบประมาณ {}", "ปี {}") if edition.language == "th" else ("FY{}",)
    return (edition.fiscal_year(year), *(form.format(year) for form in short)) if year else ()


# What the measures say


def measures(edition: Edition) -> Iterator[Entry]:
    """Every measure, the newest year first."""
    for report in edition.disclosure.reports:
        for indicator in report.indicators:
            page = edition.folder + pages.indicator_path(report, indicator)
            for measure in report.measures_of(indicator):
                yield _entry(edition, measure, page)


def _entry(edition: Edition, measure: Measure, page: str) -> Entry:
    title = measure.heading
    texts = [*_texts(measure), *_work(edition, measure)]
    unit = _line(measure.responsible_unit)
    if edition.language == "en" and (name := units.english(unit)):
        unit = f"{name} · {unit}"
    if edition.language == "en" and measure.translations and (own := measure.translations.en):
        written = [getattr(own, name) or () for name in ("measure", "method")]
        written += [own.result_summary or (), own.outcome or ()]
        translated = [_line(inline.plain(text)) for field in written for text in field]
        texts = [*translated, title, *texts]
        if own.measure:
            title = texts.pop(0)
        if own.responsible_unit:
            unit = f"{_line(own.responsible_unit)} · {_line(measure.responsible_unit)}"
    days = tuple(dict.fromkeys(w for day in _days(measure) for w in _day_words(edition, day)))
    return Entry(
        page=page,
        anchor=measure.id,
        title=title,
        texts=_without_repeats(texts, title),
        unit=unit,
        period=_line(measure.period.text),
        days=days,
    )


def _texts(measure: Measure) -> Iterator[str]:
    """The words of a measure beside its heading, in the order of the official table."""
    for name in TEXT_FIELDS:
        for text in getattr(measure, name) or ():
            yield _line(inline.plain(text))
    for proof in measure.evidence:
        yield _line(proof.title)
    if measure.document and measure.document.number:
        yield _line(measure.document.number)


def _work(edition: Edition, measure: Measure) -> Iterator[str]:
    """What a page tells of the work: what is not done, in words, and what it cost."""
    stands = standing.of(edition.disclosure, measure, edition.today)
    if stands not in standing.DONE:
        words = standing.WORDS[stands]
        yield edition.say(words.th, words.en)
    if measure.budget not in {None, "none"}:
        yield f"{measure.budget:,} {edition.say('บาท', 'baht')}"


def _without_repeats(texts: Iterable[str], title: str) -> tuple[str, ...]:
    """What stands in a longer text as well need not be carried twice."""
    each = dict.fromkeys(texts)
    kept: set[str] = set()
    seen = [_letters(title)]
    for text in sorted(each, key=len, reverse=True):
        letters = _letters(text)
        if letters and all(letters not in other for other in seen):
            kept.add(text)
            seen.append(letters)
    return tuple(text for text in each if text in kept)


def _letters(text: str) -> str:
    return "".join(text.split())


def _days(measure: Measure) -> Iterator[date]:
    for span in measure.period.spans:
        yield span.start
        yield span.end


def _day_words(edition: Edition, day: date) -> Iterator[str]:
    """A day in the ways that readers write it: ต.ค. 67 and ตุลาคม 2567 are both found in these."""
    if edition.language == "en":
        yield edition.day(day)
        yield f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    year = day.year + thai.BE_MINUS_CE
    for names in (thai.SHORT_MONTHS, thai.LONG_MONTHS):
        yield f"{day.day} {names[day.month - 1]} {year % 100:02}"
        yield f"{day.day} {names[day.month - 1]} {year}"


def _line(text: str) -> str:
    return " ".join(text.split())


# What the office's own pages say


def sections(page: WebPage) -> tuple[Entry, ...]:
    """A page cut at its headings: first the page itself, then each section that has an address."""
    title = html.unescape(re.sub(r"<[^>]*>", "", page.title))
    if page.body is None:
        return (Entry(page.path, "", title),)
    reader = _Sections()
    reader.feed(page.body)
    reader.close()
    found = [Entry(page.path, "", title, _lines(reader.found[0][2]))]
    for anchor, heading, words in reader.found[1:]:
        name = _line("".join(heading))
        # The heading of the page is the page.
        if found == [Entry(page.path, "", title)] and name == _line(title):
            found = [Entry(page.path, "", title, _lines(words))]
        else:
            found.append(Entry(page.path, anchor, name, _lines(words)))
    return tuple(found)


def _lines(words: Sequence[str]) -> tuple[str, ...]:
    lines = map(_line, "".join(words).split("\0"))
    return tuple(line for line in lines if line)


class _Sections(HTMLParser):
    """Gathers the words below each heading that has an id; those before the first come first."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._in_heading = False
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = tag in _SILENT or (tag not in _VOID and "data-search-exclude" in given)
        if silent or (tag == "a" and "headerlink" in (given.get("class") or "")):
            self._silent.append(tag)
        elif self._silent:
            # What is silent ends with its own end tag, not with that of one of its kind inside it.
            if tag == self._silent[-1]:
                self._silent.append(tag)
        elif tag in _HEADINGS and (anchor := given.get("id")):
            self.found.append((anchor, [], []))
            self._in_heading = True
        elif tag in {"p", "li", "td", "th", "dt", "dd", "br", "div", "pre", *_HEADINGS}:
            self._words().append("\0")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag in _HEADINGS:
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words().append(data)

    def _words(self) -> list[str]:
        _, heading, words = self.found[-1]
        return heading if self._in_heading else words
