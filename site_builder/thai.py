"""Thai dates as public bodies write them: digits, Buddhist Era years, fiscal years, periods.

A year called ``fiscal_year`` is always Buddhist Era (BE), one called ``ce_year`` Common Era.
BE = CE + 543 holds for every day since 1 January 2484, when the Thai year was made to begin in
January (Calendar Year Act BE 2483). The fiscal year is that of the Budget Procedures Act BE 2561,
section 4: 1 October to 30 September, named after the BE year in which it ends.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, cast

Digits = Literal["thai", "arabic"]
Oddity = Literal["ce-year", "double-year"]
Reason = Literal["unknown-form", "no-such-day", "no-year", "be-year-in-iso", "year-out-of-range"]

# Wide enough for every two-digit year (BE 25xx), narrow enough that a BE year, a CE year and a
# BE year to which 543 was added once more never look alike.
FIRST_YEAR: Final = 2500
"""The first fiscal year (BE) that can be read or asked for."""
LAST_YEAR: Final = 2600
"""The last fiscal year (BE) that can be read or asked for."""

SPELLINGS: Final = (
    "1 ต.ค. 67",
    "1-5 ต.ค. 67",
    "1 ต.ค. 67 และ 1 เม.ย. 68",
    "1 ต.ค. 67 - 30 ก.ย. 68",
    "ต.ค. 67",
    "ต.ค. 67 - ก.ย. 68",
    "ไตรมาส 1",
    "ไตรมาส 1-2/2568",
    "ตลอดปีงบประมาณ",
    "2024-10-01",
    "2024-10/2025-09",
)
"""One example of each form ``read_period`` understands, to show to whoever wrote another."""

_BE_MINUS_CE: Final = 543
_THAI_DIGITS: Final = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC_DIGITS: Final = "0123456789"
# fmt: off
_SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)
_LONG_MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)
# fmt: on


def to_arabic(text: str) -> str:
    """Return ``text`` with Thai digits made Arabic and all else untouched."""
    return text.translate(str.maketrans(_THAI_DIGITS, _ARABIC_DIGITS))


def to_thai(text: str) -> str:
    """Return ``text`` with Arabic digits made Thai and all else untouched."""
    return text.translate(str.maketrans(_ARABIC_DIGITS, _THAI_DIGITS))


def in_digits(text: str | int, digits: Digits) -> str:
    """Return ``text``, or a number, with every digit in the wanted script."""
    return to_thai(str(text)) if digits == "thai" else to_arabic(str(text))


@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``start`` to ``end``, both included.

    ``start`` may be after ``end``: a range that someone wrote backwards is kept as written, for
    the caller to warn of. Such a span holds no day.
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``read_period`` understood: at least one span, in the order written.

    ``oddities`` names mistakes seen through: ``ce-year``, a CE year where a BE year belongs;
    ``double-year``, a BE year to which 543 was added once more.
    """

    spans: tuple[Span, ...]
    oddities: frozenset[Oddity]

    @property
    def start(self) -> date:
        """The earliest start of any span."""
        return min(span.start for span in self.spans)

    @property
    def end(self) -> date:
        """The latest end of any span."""
        return max(span.end for span in self.spans)


class UnreadablePeriod(ValueError):  # noqa: N818 - the name callers know it by
    """A text that names no period.

    ``reason`` says what is wrong and ``fragment`` where: that piece of the text as it was
    written, white space tidied, cut to 60 characters.

    - ``unknown-form``: no spelling understood here;
    - ``no-such-day``: a day or a month that the calendar does not have;
    - ``no-year``: a day or a month, and nothing that says of which year;
    - ``be-year-in-iso``: an ISO 8601 date, which takes a CE year, with a BE one;
    - ``year-out-of-range``: outside the fiscal years ``FIRST_YEAR`` to ``LAST_YEAR``.
    """

    def __init__(self, reason: Reason, fragment: str) -> None:
        """Keep ``reason``, and as much of ``fragment`` as a message can hold."""
        self.reason: Final = reason
        self.fragment: Final = fragment[:60]
        super().__init__(reason, self.fragment)

    def __str__(self) -> str:
        """Return reason and fragment on one line."""
        return f"{self.reason}: {self.fragment!r}"


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year (BE) in which ``day`` lies."""
    return day.year + _BE_MINUS_CE + (day.month >= 10)


def fiscal_year_span(fiscal_year: int) -> Span:
    """Return 1 October to 30 September of ``fiscal_year`` (BE).

    Raises ValueError outside ``FIRST_YEAR`` to ``LAST_YEAR``, so for a CE year too.
    """
    return Span(quarter_span(fiscal_year, 1).start, quarter_span(fiscal_year, 4).end)


def quarter_span(fiscal_year: int, quarter: int) -> Span:
    """Return quarter 1 (October to December) to 4 (July to September) of ``fiscal_year`` (BE).

    Raises ValueError for any other quarter, and for a year outside ``FIRST_YEAR`` to
    ``LAST_YEAR``, so for a CE year too.
    """
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        message = f"fiscal year {fiscal_year} is not in {FIRST_YEAR}-{LAST_YEAR} (Buddhist Era)"
        raise ValueError(message)
    if not 1 <= quarter <= 4:
        message = f"quarter {quarter} is not in 1-4"
        raise ValueError(message)
    ce_year = fiscal_year - _BE_MINUS_CE
    year, month = (ce_year - 1, 10) if quarter == 1 else (ce_year, 3 * quarter - 5)
    return Span(date(year, month, 1), _month_end(date(year, month + 2, 1)))


def write_date(day: date, digits: Digits, *, long: bool = False) -> str:
    """Return "1 ต.ค. 2567", or if ``long`` "1 ตุลาคม 2567"; the year is BE, never shortened."""
    months = _LONG_MONTHS if long else _SHORT_MONTHS
    return in_digits(f"{day.day} {months[day.month - 1]} {day.year + _BE_MINUS_CE}", digits)


def write_span(span: Span, digits: Digits) -> str:
    """Return the shortest exact name of ``span``.

    That is the fiscal year, the month or months if it covers whole ones, or its first and last
    day. A backward span is written as it is.
    """
    start, end = span.start, span.end
    if start.day != 1 or end != _month_end(end):
        first, last = write_date(start, digits), write_date(end, digits)
    elif (start.month, end.month) == (10, 9) and fiscal_year_of(start) == fiscal_year_of(end):
        return in_digits(f"ปีงบประมาณ พ.ศ. {fiscal_year_of(end)}", digits)
    else:
        first, last = _write_month(start, digits), _write_month(end, digits)
    return first if first == last else f"{first} \N{EN DASH} {last}"


def write_period(spans: Sequence[Span], digits: Digits) -> str:
    """Return the names of ``spans`` joined by " และ ", in the order given; "" if there is none."""
    return " และ ".join(write_span(span, digits) for span in spans)


def read_period(text: str, fiscal_year: int) -> Reading:
    """Read the days, months, quarters or fiscal years that ``text`` names.

    ``SPELLINGS`` has an example of each form; digits may be Thai or Arabic, months short or long,
    two-digit years are BE 25xx. A quarter or a "whole fiscal year" with no year of its own is of
    ``fiscal_year``. Days and months may lie in any year: whether they suit is for the caller.

    Raises UnreadablePeriod for any text it does not understand, and a plain ValueError if
    ``fiscal_year`` itself is not one that ``fiscal_year_span`` takes.
    """
    fiscal_year_span(fiscal_year)
    points = _with_years(_points(_tidy(text)))
    spans: list[Span] = []
    range_is_open = False
    for point in points:
        span = _point_span(point, fiscal_year)
        if range_is_open:
            span = Span(spans.pop().start, span.end)
        spans.append(span)
        range_is_open = point.mark == "range"
    return Reading(tuple(spans), frozenset(p.oddity for p in points if p.oddity is not None))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _write_month(day: date, digits: Digits) -> str:
    return in_digits(f"{_SHORT_MONTHS[day.month - 1]} {day.year + _BE_MINUS_CE}", digits)


# Reading goes in four steps: tidy the text, cut it into tokens, match the tokens against a
# grammar of points (one end of a range, or an item that stands alone), turn points into spans.

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BULLET: Final = re.compile("^[-\u2013\u2014\u2022*] ?(?=.)", re.MULTILINE)


def _tidy(text: str) -> str:
    """Return ``text`` in single-spaced lines, rid of what the eye does not see as content."""
    text = _INVISIBLE.sub("", text)
    # Two spellings that look the same: nikhahit + sara aa for sara am, sara e twice for sara ae.
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("\u0e40\u0e40", "\u0e41")
    lines = (" ".join(line.split()) for line in text.splitlines())
    text = "\n".join(line for line in lines if line)
    # A dash that begins a later line only is as likely the dash of a range: left to be refused.
    if _BULLET.match(text):
        text = _BULLET.sub("", text)
    # A dash at the end stays, to be refused: "1 ต.ค. 67 -" has no end, and is not that one day.
    return text.lstrip(" \n.,;:([\"'\u201c\u2018").rstrip(" \n.,;:)]\"'\u201d\u2019")


def _dotted(name: str) -> str:
    """Return a pattern for an abbreviation, its dots optional and spaces allowed between."""
    return "[ ]?[.]?[ ]?".join(name.rstrip(".").split(".")) + "(?:[ ]?[.])?"


# The words that are skipped change nothing. Words such as ตั้งแต่ (since) or ภายใน (by) do, and
# are left to be refused.
_TOKEN: Final = re.compile(
    rf"""
      (?P<F>[0-9]{{4}}(?![0-9]))                            # four digits
    | (?P<N>[0-9]+)                                         # any other number
    | (?P<M>{"|".join((*_LONG_MONTHS, *map(_dotted, _SHORT_MONTHS)))})
    | (?P<Q>ไตรมาส(?:[ ]?ที่)?)
    | (?P<Y>(?:ตลอด|ประจำ)?[ ]?ปี[ ]?งบประมาณ|ตลอด[ ]?ปี)     # a fiscal year
    | (?P<D>[-\u2010-\u2015\u2212])\n?                      # a dash
    | (?P<T>(?:จน)?ถึง)\n?                                   # "to"
    | (?P<S>/)
    | (?P<L>[,;\n]|และ)
    | (?P<skipped>[ .]|วันที่|เดือน|ปี|{_dotted("พ.ศ.")})
    | (?P<unknown>[^ \n0-9,;/]+)
    """,
    re.VERBOSE,
)

_Form = Literal["iso", "day", "quarter", "year"]
_QUARTER: Final = r"(?P<quarter>N)(?!M)(?:(?:[SY]|(?=F))(?P<year>[NF]))?"
# A point, spelled in the letters of its tokens. A name in it says what the number there stands for.
_FORMS: Final[tuple[tuple[_Form, re.Pattern[str]], ...]] = (
    ("iso", re.compile(r"(?P<year>F)D(?P<month>N)(?:D(?P<day>N))?")),
    ("day", re.compile(r"(?P<day>N)?(?P<month>M)(?P<year>[NF])?")),
    ("quarter", re.compile(f"Q{_QUARTER}")),
    ("year", re.compile(r"Y(?P<year>[NF])?")),
    ("day", re.compile(r"(?P<day>N)")),
)
# After a quarter a lone number is one more quarter: "ไตรมาส 1 และ 3".
_FORMS_AFTER_QUARTER: Final = (("quarter", re.compile(_QUARTER)), *_FORMS)
_MARK: Final = re.compile(r"(?P<list>L+)|(?P<range>[DTS])|(?P<end>\Z)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a range, or an item that stands alone; None is what the writer left out.

    ``year`` is BE; ``mark`` is what follows the point: "list", "range" or "end".
    """

    form: _Form
    fragment: str
    mark: str
    day: int | None
    month: int | None
    quarter: int | None
    year: int | None
    oddity: Oddity | None


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(to_arabic(text)):
        kind = match.lastgroup or "unknown"
        if kind == "unknown":
            raise UnreadablePeriod("unknown-form", text[match.start() : match.end()])
        if kind != "skipped":
            tokens.append(_Token(kind, match[0], match.start(), match.end()))
    return tokens


def _points(text: str) -> list[_Point]:
    """Match the tokens of ``text`` against the grammar, point by point."""
    tokens = _tokens(text)
    if not tokens:
        raise UnreadablePeriod("unknown-form", text)
    kinds = "".join(token.kind for token in tokens)
    points: list[_Point] = []
    at = 0
    while not points or points[-1].mark != "end":
        after_quarter = bool(points) and points[-1].form == "quarter"
        forms = _FORMS_AFTER_QUARTER if after_quarter else _FORMS
        for form, pattern in forms:
            match = pattern.match(kinds, at)
            mark = _MARK.match(kinds, match.end()) if match else None
            if match and mark:
                points.append(_point(form, match, str(mark.lastgroup), tokens, text))
                at = mark.end()
                break
        else:
            raise UnreadablePeriod("unknown-form", text[tokens[min(at, len(tokens) - 1)].start :])
    return points


def _point(
    form: _Form, match: re.Match[str], mark: str, tokens: list[_Token], text: str
) -> _Point:
    fragment = text[tokens[match.start()].start : tokens[match.end() - 1].end]

    def number(name: str) -> int | None:
        if name not in match.re.groupindex or match.start(name) < 0:
            return None
        token = tokens[match.start(name)].text
        # int() of a very long run of digits is slow, and refused by Python; no date has one.
        return int(token) if len(token) <= 4 else 9999

    month = None
    if "month" in match.re.groupindex and match.start("month") >= 0:
        word = tokens[match.start("month")].text
        month = number("month") if form == "iso" else _month_number(word)
    year, oddity = number("year"), None
    if year is not None:
        year, oddity = _be_year(year, form, fragment)
    return _Point(form, fragment, mark, number("day"), month, number("quarter"), year, oddity)


def _month_number(word: str) -> int:
    bare = re.sub("[ .]", "", word)
    names = zip(_LONG_MONTHS, (name.replace(".", "") for name in _SHORT_MONTHS), strict=True)
    return next(number for number, pair in enumerate(names, start=1) if bare in pair)


def _be_year(written: int, form: _Form, fragment: str) -> tuple[int, Oddity | None]:
    """Return the BE year that was meant, and what was odd about how it was written."""
    year = written + 2500 if written < 100 else written  # noqa: PLR2004 - two digits
    if form == "iso":
        if FIRST_YEAR <= year <= LAST_YEAR:
            raise UnreadablePeriod("be-year-in-iso", fragment)
        year, oddity = year + _BE_MINUS_CE, None
    elif year + _BE_MINUS_CE in range(FIRST_YEAR, LAST_YEAR + 1):
        year, oddity = year + _BE_MINUS_CE, "ce-year"
    elif year - _BE_MINUS_CE in range(FIRST_YEAR, LAST_YEAR + 1):
        year, oddity = year - _BE_MINUS_CE, "double-year"
    else:
        oddity = None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadablePeriod("year-out-of-range", fragment)
    return year, cast("Oddity | None", oddity)


def _with_years(points: list[_Point]) -> list[_Point]:
    """Fill what stands once, at the end, in: "1-5 ต.ค. 67", "ต.ค. - ก.ย. 68", "ไตรมาส 1-2/68"."""
    filled: list[_Point] = []
    after: _Point | None = None
    for point in reversed(points):
        if after is not None and point.form == after.form:
            filled.append(_filled(point, after))
        else:
            filled.append(point)
        after = filled[-1]
    return filled[::-1]


def _filled(point: _Point, after: _Point) -> _Point:
    if point.form != "day":
        return replace(point, year=point.year or after.year)
    month = point.month or after.month
    year = point.year
    if year is None and after.year is not None and month and after.month:
        # A range runs forward, so "ต.ค. - ก.ย. 68" begins in the year before.
        turns = point.mark == "range" and month > after.month
        year = after.year - 1 if turns else after.year
    return replace(point, month=month, year=year)


def _point_span(point: _Point, fiscal_year: int) -> Span:
    if point.form == "quarter":
        try:
            return quarter_span(point.year or fiscal_year, point.quarter or 0)
        except ValueError as error:
            raise UnreadablePeriod("no-such-day", point.fragment) from error
    if point.form == "year":
        return fiscal_year_span(point.year or fiscal_year)
    if point.month is None:
        raise UnreadablePeriod("unknown-form", point.fragment)
    if point.year is None:
        raise UnreadablePeriod("no-year", point.fragment)
    try:
        start = date(point.year - _BE_MINUS_CE, point.month, 1 if point.day is None else point.day)
    except ValueError as error:
        raise UnreadablePeriod("no-such-day", point.fragment) from error
    return Span(start, start if point.day is not None else _month_end(start))
