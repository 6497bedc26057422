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
from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal

Digits = Literal["thai", "arabic"]
Oddity = Literal["ce-year", "double-year"]
Reason = Literal["unknown-form", "no-such-day", "no-year", "be-year-in-iso", "year-out-of-range"]

# Wide enough for every two-digit year (BE 25xx), narrow enough that a BE year, a CE year and a
# BE year to which 543 was added once more never look alike.
FIRST_YEAR: Final = 2500
"""The first fiscal year (BE) that can be read or asked for."""
LAST_YEAR: Final = 2600
"""The last fiscal year (BE) that can be read or asked for."""

SPELLINGS: Final[tuple[str, ...]] = (
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

BE_MINUS_CE: Final = 543
"""What a Buddhist Era year has more than the same year of the Common Era."""
_OCTOBER: Final = 10
_QUARTERS: Final = range(1, 5)
_FISCAL_YEARS: Final = range(FIRST_YEAR, LAST_YEAR + 1)
_THAI_DIGITS: Final = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC_DIGITS: Final = "0123456789"
# fmt: off
SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)
"""The months' abbreviations, January first; writers drop and space out the dots."""
LONG_MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)
"""The months' names, January first."""
# fmt: on
_MONTH_NAMES: Final = tuple(name.replace(".", "") for name in (*SHORT_MONTHS, *LONG_MONTHS))


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
    return day.year + BE_MINUS_CE + (day.month >= _OCTOBER)


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
    if fiscal_year not in _FISCAL_YEARS:
        message = f"fiscal year {fiscal_year} is not in {FIRST_YEAR}-{LAST_YEAR} (Buddhist Era)"
        raise ValueError(message)
    if quarter not in _QUARTERS:
        message = f"quarter {quarter} is not in 1-4"
        raise ValueError(message)
    ce_year = fiscal_year - BE_MINUS_CE
    year, month = (ce_year - 1, _OCTOBER) if quarter == 1 else (ce_year, 3 * quarter - 5)
    return Span(date(year, month, 1), _month_end(date(year, month + 2, 1)))


def write_date(day: date, digits: Digits, *, long: bool = False, era: bool = False) -> str:
    """Return "1 ต.ค. 2567", or if ``long`` "1 ตุลาคม 2567"; the year is BE, never shortened.

    With ``era`` the year says so itself: "1 ต.ค. พ.ศ. 2567".
    """
    month = (LONG_MONTHS if long else SHORT_MONTHS)[day.month - 1]
    return in_digits(f"{day.day} {month} {_write_year(day, era=era)}", digits)


def write_span(span: Span, digits: Digits, *, era: bool = False) -> str:
    """Return the shortest exact name of ``span``.

    That is the fiscal year, the month or months if it covers whole ones, or its first and last
    day. A backward span is written as it is. With ``era`` a year shared by both ends is said once.
    """
    start, end = span.start, span.end
    if start.day != 1 or end != _month_end(end):
        first, last = (write_date(day, digits, era=era) for day in (start, end))
    elif (start.month, end.month) == (10, 9) and fiscal_year_of(start) == fiscal_year_of(end):
        return in_digits(f"ปีงบประมาณ พ.ศ. {fiscal_year_of(end)}", digits)
    else:
        first, last = (_write_month(day, digits, era=era) for day in (start, end))
    if first == last:
        return first
    if era and start.year == end.year:
        first = first.partition(" พ.ศ. ")[0]
    return f"{first} \N{EN DASH} {last}"


def write_period(spans: Sequence[Span], digits: Digits, *, era: bool = False) -> str:
    """Return the names of ``spans`` joined by " และ ", in the order given; "" if there is none."""
    return " และ ".join(write_span(span, digits, era=era) for span in spans)


def read_period(text: str, fiscal_year: int) -> Reading:
    """Read the days, months, quarters or fiscal years that ``text`` names.

    ``SPELLINGS`` has an example of each form; digits may be Thai or Arabic, months short or long,
    two-digit years are BE 25xx. A quarter or a "whole fiscal year" with no year of its own is of
    ``fiscal_year``. Days and months may lie in any year: whether they suit is for the caller.

    Raises UnreadablePeriod for any text it does not understand, and a plain ValueError if
    ``fiscal_year`` itself is not one that ``fiscal_year_span`` takes.
    """
    fiscal_year_span(fiscal_year)
    tidy = _tidy(text)
    points = _completed(_points(tidy))
    spans: list[Span] = []
    range_is_open = False
    for point in points:
        span = _fiscal(point, fiscal_year) if point.form in _FISCAL_FORMS else _calendar(point)
        if not isinstance(span, Span):
            raise UnreadablePeriod(span, tidy[point.start : point.end])
        spans.append(Span(spans.pop().start, span.end) if range_is_open else span)
        range_is_open = point.mark == "range"
    return Reading(tuple(spans), frozenset(p.oddity for p in points if p.oddity is not None))


def move_period(text: str, fiscal_year: int, years: int) -> str:
    """Return ``text`` with every year that it names moved by ``years``, and no other character.

    What names no year, such as "ไตรมาส 1", is of the report's year anyway and stays as it is. The
    text returned can be read as a period of ``fiscal_year + years``.

    Raises UnreadablePeriod where ``text`` cannot be read, or names days that the calendar does
    not have in the other year: 29 February has no namesake in most years, and which day is meant
    instead is not for a program to say.
    """
    read_period(text, fiscal_year)
    tidy = moved = _tidy(text)
    for start, end in sorted((p.year_at for p in _points(tidy) if p.year_at), reverse=True):
        moved = moved[:start] + _move_year(moved[start:end], years) + moved[end:]
    read_period(moved, fiscal_year + years)
    return text.replace(tidy, moved, 1) if tidy in text else moved


def _move_year(written: str, years: int) -> str:
    """Return a year of two or four digits moved, each digit in the script of the old one."""
    number = int(to_arabic(written)) + years
    if len(written) == 2 and number not in range(100):
        number += 2500
    scripts: list[Digits] = ["thai" if digit in _THAI_DIGITS else "arabic" for digit in written]
    digits = str(number).zfill(len(written))
    if len(digits) != len(scripts):
        return in_digits(digits, scripts[0])
    return "".join(map(in_digits, digits, scripts))


def move_fiscal_year(text: str, fiscal_year: int, years: int) -> str:
    """Return ``text`` with the number ``fiscal_year`` moved by ``years`` wherever it stands."""
    found = list(re.finditer(rf"(?<![0-9]){fiscal_year}(?![0-9])", to_arabic(text)))
    for year in reversed(found):
        start, end = year.span()
        text = text[:start] + _move_year(text[start:end], years) + text[end:]
    return text


def years_in(text: str) -> tuple[str, ...]:
    """Return what looks like a year in ``text``: four digits, or two after a month's name."""
    tidy = _tidy(text)
    return tuple(dict.fromkeys(tidy[m.start() : m.end()] for m in _YEAR.finditer(to_arabic(tidy))))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _write_month(day: date, digits: Digits, *, era: bool) -> str:
    return in_digits(f"{SHORT_MONTHS[day.month - 1]} {_write_year(day, era=era)}", digits)


def _write_year(day: date, *, era: bool) -> str:
    return f"{'พ.ศ. ' if era else ''}{day.year + BE_MINUS_CE}"


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
    | (?P<P>[0-9]{{2}}(?![0-9]))                            # a pair of digits
    | (?P<N>[0-9]+)                                         # any other number
    | (?P<M>{"|".join((*LONG_MONTHS, *map(_dotted, SHORT_MONTHS)))})
    | (?P<Q>ไตรมาส(?:[ ]?ที่)?)                                # a quarter
    | (?P<Y>(?:ตลอด|ประจำ)?[ ]?ปี[ ]?งบประมาณ|ตลอด[ ]?ปี)     # a fiscal year
    | (?P<D>[-\u2010-\u2015\u2212])\n?                      # a dash, at a line's end too
    | (?P<T>(?:จน)?ถึง)\n?                                   # "to"
    | (?P<S>/)
    | (?P<L>[,;\n]|และ)                                     # the next item of a list
    | (?P<skipped>[ .]|วันที่|เดือน|ปี|{_dotted("พ.ศ.")})
    | (?P<unknown>[^ \n0-9,;/]+)
    """,
    re.VERBOSE,
)

_YEAR: Final = re.compile(
    rf"(?<![0-9])(?:2[45][0-9]{{2}}|20[0-9]{{2}})(?![0-9])"
    rf"|(?:{'|'.join((*LONG_MONTHS, *map(_dotted, SHORT_MONTHS)))})[ ]?[0-9]{{2}}(?![0-9])"
)

_Form = Literal["iso", "day", "quarter", "year"]
_FISCAL_FORMS: Final = ("quarter", "year")
# The forms of a point, and the mark that must follow, in the letters of the tokens. The name of a
# group says what the number there stands for.
_MARK: Final = r"(?:(?P<list>L+)|(?P<range>[DT])|(?P<end>\Z))"
_QUARTER: Final = r"(?P<quarter>[NP])(?:(?:[SY]|(?=F))(?P<year>[NPF]))?" + _MARK
_FORMS: Final[tuple[tuple[_Form, re.Pattern[str]], ...]] = (
    ("iso", re.compile(r"(?P<year>F)D(?P<month>P)(?:D(?P<day>P))?" + _MARK.replace("DT", "DTS"))),
    ("day", re.compile(r"(?P<day>[NP])?(?P<month>M)(?P<year>[NPF])?" + _MARK)),
    ("day", re.compile(r"(?P<day>[NP])" + _MARK)),
    ("quarter", re.compile("Q" + _QUARTER)),
    ("year", re.compile(r"Y(?P<year>[NPF])?" + _MARK)),
)
# After a quarter a lone number is one more quarter: "ไตรมาส 1 และ 3".
_FORMS_AFTER_QUARTER: Final[tuple[tuple[_Form, re.Pattern[str]], ...]] = (
    ("quarter", re.compile(_QUARTER)),
    *_FORMS,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a range, or an item that stands alone; None is what the writer left out.

    ``mark`` is what follows it: "list", "range" or "end". ``start`` and ``end`` delimit the text
    it was read from, ``year_at`` those of its own year. ``year`` is BE: a fiscal year in the forms
    "quarter" and "year", else a calendar year.
    """

    form: _Form
    mark: str
    start: int
    end: int
    year: int | None
    oddity: Oddity | None
    year_at: tuple[int, int] | None
    day: int | None = None
    month: int | None = None
    quarter: int | None = None


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(to_arabic(text)):
        kind = match.lastgroup or ""
        if kind == "unknown":
            raise UnreadablePeriod("unknown-form", text[match.start() : match.end()])
        if kind != "skipped":
            tokens.append(_Token(kind, match[0], match.start(), match.end()))
    return tokens


def _points(text: str) -> list[_Point]:
    """Match the tokens of ``text`` against the grammar, one point after the other."""
    tokens = _tokens(text)
    kinds = "".join(token.kind for token in tokens)
    points: list[_Point] = []
    item = at = 0
    while not points or points[-1].mark != "end":
        found = _match(kinds, at, points[-1] if points else None)
        if found is None:
            raise UnreadablePeriod("unknown-form", _item(text, tokens, item))
        form, match = found
        points.append(_point(form, match, tokens, text))
        at = match.end()
        if points[-1].mark == "list":
            item = at
    return points


def _match(kinds: str, at: int, previous: _Point | None) -> tuple[_Form, re.Match[str]] | None:
    """Return the form of the point that begins at token ``at``, and how it matched."""
    if previous is None:
        forms, only = _FORMS, None
    else:
        forms = _FORMS_AFTER_QUARTER if previous.form == "quarter" else _FORMS
        only = previous.form if previous.mark == "range" else None
    for form, pattern in forms:
        if match := pattern.match(kinds, at):
            # A range has two ends, both of one form.
            if only and (form != only or match.lastgroup == "range"):
                return None
            return form, match
    return None


def _item(text: str, tokens: list[_Token], begin: int) -> str:
    """Return the item of the list that begins at token ``begin``, or all of ``text``."""
    if begin >= len(tokens):
        return text
    stops = (token.start for token in tokens[begin + 1 :] if token.kind == "L")
    return text[tokens[begin].start : next(stops, None)].strip()


def _point(form: _Form, match: re.Match[str], tokens: list[_Token], text: str) -> _Point:
    """Return the point that ``match`` found, its gaps left open."""
    mark = match.lastgroup or ""
    start, end = tokens[match.start()].start, tokens[match.start(mark) - 1].end
    found = {name: tokens[match.start(name)] for name, kind in match.groupdict().items() if kind}
    year, oddity = _year(found["year"], text[start:end]) if "year" in found else (None, None)
    if form == "iso":
        if oddity != "ce-year":
            raise UnreadablePeriod("be-year-in-iso", text[start:end])
        oddity = None  # the form's own era
    numbers = {name: _number(found[name]) for name in ("day", "month", "quarter") if name in found}
    year_at = (found["year"].start, found["year"].end) if "year" in found else None
    return _Point(form, mark, start, end, year, oddity, year_at, **numbers)


def _number(token: _Token) -> int:
    """Return the number that ``token``, digits or the name of a month, stands for."""
    if token.kind == "M":
        return _MONTH_NAMES.index(token.text.replace(".", "").replace(" ", "")) % 12 + 1
    # No day or year has five digits, and int() refuses thousands of them.
    return int(token.text.lstrip("0")[:5] or 0)


def _year(token: _Token, fragment: str) -> tuple[int, Oddity | None]:
    """Return the BE year that ``token`` stands for, and the oddity of writing it so."""
    number = _number(token)
    if token.kind == "P":
        return 2500 + number, None
    readings: tuple[tuple[int, Oddity | None], ...] = (
        (number, None),
        (number + BE_MINUS_CE, "ce-year"),
        (number - BE_MINUS_CE, "double-year"),
    )
    for year, oddity in readings:
        if FIRST_YEAR - 1 <= year <= LAST_YEAR:  # FIRST_YEAR begins in October of the year before
            return year, oddity
    raise UnreadablePeriod("year-out-of-range", fragment)


def _completed(points: list[_Point]) -> list[_Point]:
    """Fill the gaps of every day and quarter from the one to its right, where there is one."""
    completed: list[_Point] = []
    for point in reversed(points):
        right = completed[-1] if completed else None
        # A fiscal year without a number is the one handed in, whatever stands next to it.
        if right and right.form == point.form != "year" and point.year is None:
            completed.append(_borrowed(point, right))
        else:
            completed.append(point)
    return completed[::-1]


def _borrowed(point: _Point, right: _Point) -> _Point:
    """Return ``point`` with what it shares with the point to its right, as far as that is clear.

    "1-5 ต.ค. 67" shares month and year, "ต.ค. - ธ.ค. 67" the year. "ต.ค. - ก.ย. 68" begins in the
    year before; but "ต.ค. และ ก.ย. 68" says no order, and ต.ค. stays without a year.
    """
    point = replace(point, end=right.end)
    if point.form != "day":
        return replace(point, year=right.year)
    # A lone number is a day only next to another day.
    month = right.month if point.month is None and right.day is not None else point.month
    if month is None or right.month is None or right.year is None:
        return replace(point, month=month)
    year_before = month > right.month
    if year_before and point.mark != "range":
        return point
    return replace(point, month=month, year=right.year - year_before)


def _fiscal(point: _Point, fiscal_year: int) -> Span | Reason:
    """Return the fiscal year or quarter that ``point`` names, or why it names none."""
    year = fiscal_year if point.year is None else point.year
    if year not in _FISCAL_YEARS:
        return "year-out-of-range"
    if point.quarter is None:
        return fiscal_year_span(year)
    return quarter_span(year, point.quarter) if point.quarter in _QUARTERS else "unknown-form"


def _calendar(point: _Point) -> Span | Reason:
    """Return the day or month that ``point`` names, or why it names none."""
    if point.month is None:
        return "unknown-form"
    if point.year is None:
        return "no-year"
    try:
        start = date(point.year - BE_MINUS_CE, point.month, 1 if point.day is None else point.day)
    except ValueError:
        return "no-such-day"
    if fiscal_year_of(start) not in _FISCAL_YEARS:
        return "year-out-of-range"
    return Span(start, _month_end(start) if point.day is None else start)


# Thailand has one time zone and no summer time: no time zone data is needed.
_TIME_ZONE = timezone(timedelta(hours=7))


def day_of(moment: datetime) -> date:
    """The day that a moment was in Thailand."""
    return moment.astimezone(_TIME_ZONE).date()
