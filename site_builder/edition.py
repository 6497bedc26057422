"""An edition of the site: one disclosure, told in the words of one language on one day.

The office's own words are Thai and stay as they are in every edition; what the tool adds, its
labels, numbers and dates, is told in the edition's language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from site_builder import inline, thai
from site_builder.history import History
from site_builder.model import Agency, Disclosure, Indicator, Report, label, label_en
from site_builder.problems import Language

EditUrl = Callable[[str], str | None]
"""Gives the address that edits a file below `measures/`; None where there is none."""
FOLDERS: dict[Language, str] = {"th": "", "en": "en/"}
"""Where the pages of each language stand, below the documentation folder."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _no_address(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Edition:
    """What every page of one language is made from."""

    disclosure: Disclosure
    today: date
    """The day that the site is made for: it says what is over, and which results are old."""
    language: Language = "th"
    edit_url: EditUrl = _no_address
    history: History = field(default_factory=History, hash=False)
    """What git knows of the project; without it, nothing."""

    @property
    def agency(self) -> Agency:
        """The office whose disclosure this is."""
        return self.disclosure.agency

    @property
    def folder(self) -> str:
        """Where the edition's pages stand: empty, or a path that ends with `/`."""
        return FOLDERS[self.language]

    @property
    def to_root(self) -> str:
        """The way from the edition's home to the site's root: data files stand there alone."""
        return "../" if self.folder else ""

    def say(self, th: str, en: str, **office: str) -> str:
        """The tool's own words, with digits as the edition writes them.

        The office's words, whose digits stay as they are, are named in braces and put in by name.
        """
        words = self.number(th) if self.language == "th" else en
        return words.format(**office) if office else words

    def literal(self, th: str, en: str) -> str:
        """The tool's own words around names of programs and files, whose digits stay."""
        return th if self.language == "th" else en

    def number(self, value: int | str) -> str:
        """A number of the tool's own: in the office's digits in Thai, else in Arabic ones."""
        return thai.in_digits(value, self.agency.digits if self.language == "th" else "arabic")

    def day(self, day: date) -> str:
        """A day as the edition writes it: `๑ ต.ค. พ.ศ. ๒๕๖๗`, `1 Oct 2024`."""
        if self.language == "th":
            return thai.write_date(day, self.agency.digits, era=True)
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def day_of(self, moment: datetime) -> str:
        """The day that a moment was in Thailand."""
        return self.day(thai.day_of(moment))

    def period(self, spans: Sequence[thai.Span]) -> str:
        """The days that a period covers, in the shortest exact words."""
        if self.language == "th":
            return thai.write_period(spans, self.agency.digits, era=True)
        return " and ".join(map(self._span, spans))

    def _span(self, span: thai.Span) -> str:
        first, last = self.day(span.start), self.day(span.end)
        if span.start.day == 1 and (span.end + timedelta(days=1)).day == 1:
            # Whole months need no days.
            first, last = first.partition(" ")[2], last.partition(" ")[2]
        if first == last:
            return first
        if span.start.year == span.end.year:
            first = first.rpartition(" ")[0]
        return f"{first} \N{EN DASH} {last}"

    def fiscal_year(self, year: int) -> str:
        """A fiscal year's name."""
        ce_year = year - thai.BE_MINUS_CE
        return self.say(
            f"ปีงบประมาณ พ.ศ. {year}",
            f"Fiscal year {year} (Oct {ce_year - 1} \N{EN DASH} Sep {ce_year})",
        )

    def year_title(self, report: Report) -> str:
        """A report's name in menus."""
        return self.fiscal_year(report.fiscal_year)

    def indicator_title(self, indicator: Indicator) -> str:
        """An indicator as the official table names it; in English by its English name."""
        if self.language == "en":
            return f"Indicator {indicator.number}: {indicator.name_en}"
        return f"ตัวชี้วัดที่ {self.number(indicator.number)} {indicator.name}"

    def label(self, name: str) -> str:
        """A measure's field, as the official form or its English version calls it."""
        return self.number(label(name)) if self.language == "th" else label_en(name)

    def office_words(self, rendered: str) -> str:
        """The office's words as HTML, marked as Thai where the page is not."""
        return rendered if self.language == "th" else f'<span lang="th">{rendered}</span>'

    def office_name(self) -> str:
        """The office's short name; in English where it has one."""
        name = self.agency.short_name or self.agency.name
        return name.en if self.language == "en" and name.en else name.th

    def marked_office_name(self) -> str:
        """The same as Markdown, marked as Thai where the office has no English name."""
        name = self.office_name()
        words = inline.escape(name)
        is_thai = name == (self.agency.short_name or self.agency.name).th
        return self.office_words(words) if is_thai else words
