"""The grammar of `thai.read_period` as one regular expression, for whoever has no Python at hand.

It is made from the tables of `thai`, and Python and JavaScript (ECMA 262) read it alike. It takes
all that `read_period` takes. What it takes besides, since a regular expression cannot tell:

- any text with an invisible character or a Unicode line separator somewhere in it;
- the 29th of February where the year stands with a later date ("29 ก.พ. - 5 มี.ค. 67");
- a day outside the fiscal years that can be read, in the first or last of the calendar years.

`tests/test_schema_periods.py` holds it to that.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable
from typing import Final

from site_builder.thai import BE_MINUS_CE, FIRST_YEAR, LAST_YEAR, LONG_MONTHS, SHORT_MONTHS


def pattern() -> str:
    """The regular expression, to be searched for in the text of a period.

    It looks twice: first whether the text has the form of a period, with whatever numbers in it,
    then whether each day, month, quarter and year can be.
    """
    # Bullets on later lines only are as likely the dashes of ranges.
    uneven = rf"(?!\s*[^\s{_BULLETS}][\s\S]*[\r\n]{_BLANK}*[{_BULLETS}])"
    form = f"(?:{_WORD}{_GAP})?(?:{_item()}(?:{_LIST}(?!{_CLOSING})|(?={_CLOSING})))+{_CLOSING}"
    points = (_iso(), _quarters(), _fiscal_year(), _full_day(), _lone_day(), _yearless_day())
    return f"{_UNSEEN}|^{uneven}{_OPENING}(?={form}){_any((_PASSED, *points))}*$"


def _any(choices: Iterable[str]) -> str:
    return f"(?:{'|'.join(choices)})"


# Where neither of these is in the text, \s means what str.split() takes for white space.
_UNSEEN: Final = r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
_BLANK: Final = r"[^\S\r\n]"
_BULLETS: Final = r"\u2013\u2014\u2022*\-"
_BULLET: Final = rf"(?:[{_BULLETS}]{_BLANK}*(?=\S))?"
_NEW_LINE: Final = rf"{_BLANK}*[\r\n]\s*{_BULLET}"
_DOT: Final = f"{_BLANK}*(?:[.]{_BLANK}*)?"
_WORD: Final = rf"(?:วันที่|เดือน|ปี(?!{_BLANK}*งบประมาณ)|พ{_DOT}ศ)"
_GAP: Final = rf"(?:[^\S\r\n]|[.]|{_WORD})*"
"""What changes nothing between two tokens."""
_AND: Final = "(?:แ|เเ)ละ"
_LIST: Final = f"(?:{_GAP}(?:[,;]|{_AND}|{_NEW_LINE}))+{_GAP}"
_DASH: Final = r"[\u2010-\u2015\u2212\-]"
_UNTIL: Final = "(?:จน)?ถึง"
_RANGE: Final = f"{_GAP}(?:{_DASH}|{_UNTIL})(?:{_NEW_LINE})?{_GAP}"


def _stripped(marks: str) -> str:
    """What is stripped off an end of the text, line by line; it begins with one of the marks."""
    more = f"[.{marks}](?:[.{marks}]|{_BLANK})*"
    lines = rf"(?:[\r\n]{_BLANK}*{_BULLET}(?:{more})?)*"
    return f"(?:[{marks}](?:[.{marks}]|{_BLANK})*)?{lines}"


_BEFORE: Final = r".,;:(\[\u0022\u0027\u201c\u2018"
_AFTER: Final = r",;:)\]\u0022\u0027\u201d\u2019"
_OPENING: Final = rf"\s*(?=\S){_BULLET}(?:(?=[{_BEFORE}]){_stripped(_BEFORE)})?"
_CLOSING: Final = f"{_GAP}{_stripped(_AFTER)}$"
# Whatever may stand before the next number or name, once the form is known to be right.
_PASSED: Final = rf"(?:[^0-9๐-๙ก-ฮ\u0e40-\u0e44]|{_AND}|{_UNTIL}|{_WORD})"

_DIGIT: Final = "[0-9๐-๙]"
_END: Final = f"(?!{_DIGIT})"
_NUMBER: Final = f"{_DIGIT}+{_END}"
# Four digits are a year and nothing else; "02567" is one with a zero too many.
_NOT_FOUR: Final = f"(?!{_DIGIT}{{4}}{_END})"
_SHORT_NUMBER: Final = _NOT_FOUR + _NUMBER


def _digits(digits: Iterable[str]) -> str:
    """One of these digits, Thai or Arabic."""
    each = "".join(sorted(digits))
    if each == "0123456789":
        return _DIGIT
    return f"[{each}{''.join(chr(ord('๐') + int(digit)) for digit in each)}]"


def _numbers(numbers: Iterable[str]) -> str:
    """Numbers of one width, those that go on alike taken together."""
    rests: dict[str, list[str]] = {}
    for number in numbers:
        rests.setdefault(number[0], []).append(number[1:])
    firsts: dict[tuple[str, ...], list[str]] = {}
    for first, rest in rests.items():
        firsts.setdefault(tuple(sorted(set(rest))), []).append(first)
    return _any(
        _digits(first) + (_numbers(rest) if rest[0] else "") for rest, first in firsts.items()
    )


def _day(*days: int) -> str:
    """A day or a quarter; any number of zeros may stand before it, unless they make it a year."""
    single, double = ([f"{day}" for day in days if len(f"{day}") == width] for width in (1, 2))
    return f"{_NOT_FOUR}[0๐]*{_any(_numbers(each) for each in (single, double) if each)}{_END}"


_ERAS: Final = (0, -BE_MINUS_CE, BE_MINUS_CE)


def _year(years: Iterable[int], pairs: str = _DIGIT * 2) -> str:
    """A year: two digits of BE 25xx, or a number in any of the eras that are seen through."""
    full = [f"{year + era}" for year in years for era in _ERAS]
    return f"(?:{pairs}|[0๐]*{_numbers(full)}){_END}"


# The first fiscal year begins in October of the year before.
_YEARS: Final = range(FIRST_YEAR - 1, LAST_YEAR + 1)
_LEAP: Final = [year for year in _YEARS if isleap(year - BE_MINUS_CE)]
_ANY_YEAR: Final = _year(_YEARS)
_LEAP_YEAR: Final = _year(_LEAP, _numbers(f"{year}"[2:] for year in _LEAP if 2500 <= year < 2600))
_FISCAL_YEAR: Final = _year(_YEARS[1:])

_FEBRUARY: Final = 2
_SHORTER: Final = (4, 6, 9, 11)


def _months(*months: int) -> str:
    """The names of these months: long, or short with the dots dropped or spaced out."""
    ends: dict[str, list[str]] = {}
    for month in months:
        first, last = SHORT_MONTHS[month - 1].rstrip(".").split(".")
        ends.setdefault(last, []).append(first)
    short = (f"{_any(first)}{_DOT}{last}" for last, first in ends.items())
    return _any((*(LONG_MONTHS[month - 1] for month in months), *short))


_MONTH: Final = _months(*range(1, 13))
_NOT_FEBRUARY: Final = _months(*(month for month in range(1, 13) if month != _FEBRUARY))
_LONG: Final = _months(*(m for m in range(1, 13) if m not in {_FEBRUARY, *_SHORTER}))
_FEBRUARY_NAMED: Final = _months(_FEBRUARY)

_QUARTER_WORD: Final = f"ไตรมาส(?:{_BLANK}*ที่)?{_GAP}"
_YEAR_WORD: Final = (
    rf"(?:(?:(?:ตลอด|ประจ(?:\u0e33|\u0e4d\u0e32)){_BLANK}*)?ปี{_BLANK}*งบประมาณ|ตลอด{_BLANK}*ปี)"
)


_ISO_DASH: Final = f"{_GAP}{_DASH}(?:{_NEW_LINE})?{_GAP}"


def _item() -> str:
    """A point or a range, an item of a list: its form only."""
    # A lone day needs another day after it, a month without a year another day or month.
    after_day = f"(?={_PASSED}*{_SHORT_NUMBER})"
    after_month = f"(?={_PASSED}*(?:{_SHORT_NUMBER}|{_MONTH}))"
    month = f"(?:{_SHORT_NUMBER}{_GAP})?{_MONTH}(?:{_GAP}{_NUMBER}|{after_month})"
    day = f"(?:{month}|{_SHORT_NUMBER}{after_day})"
    pair = f"{_DIGIT}{{2}}{_END}"
    iso = f"{_DIGIT}{{4}}{_END}{_ISO_DASH}{pair}(?:{_ISO_DASH}{pair})?"
    of_year = f"{_GAP}(?:(?:/|{_YEAR_WORD}){_GAP}{_NUMBER}|{_DIGIT}{{4}}{_END})"
    # After the first quarter a lone number is one more. A run that ended before the next quarter
    # would leave a reader that goes back too many ways to try.
    quarter = f"(?:{_QUARTER_WORD})?{_SHORT_NUMBER}(?:{of_year})?"
    quarters = f"{quarter}(?:{_RANGE}{quarter})?"
    year = f"{_YEAR_WORD}(?:{_GAP}{_NUMBER})?"
    return _any(
        (
            f"{iso}(?:(?:{_RANGE}|{_GAP}/{_GAP}){iso})?",
            f"{day}(?:{_RANGE}{day})?",
            f"(?={_QUARTER_WORD}){quarters}(?:{_LIST}{quarters})*(?!{_LIST}{_QUARTER_WORD})",
            f"{year}(?:{_RANGE}{year})?",
        )
    )


def _iso() -> str:
    """An ISO 8601 date or month, which has a CE year."""
    years, leap = ([f"{year - BE_MINUS_CE}" for year in each] for each in (_YEARS, _LEAP))
    months = [f"{month:02}" for month in range(1, 13)]
    short = [f"{month:02}" for month in (_FEBRUARY, *_SHORTER)]

    def date(year: list[str], month: list[str], last: int) -> str:
        days = [f"{day:02}" for day in range(1, last + 1)]
        written = (_numbers(each) for each in (year, month, days) if each)
        return _ISO_DASH.join(f"{number}{_END}" for number in written)

    return _any(
        (
            date(years, [month for month in months if month not in short], 31),
            date(years, short[1:], 30),
            date(years, short[:1], 28),
            date(leap, short[:1], 29),
            # A month; what follows is no day of it.
            date(years, months, 0) + f"(?!{_ISO_DASH}{_DIGIT}{{2}}{_END})",
        )
    )


def _quarters() -> str:
    """Quarters up to the first item that is none."""
    of_year = _any(
        (f"(?:/|{_YEAR_WORD}){_GAP}{_FISCAL_YEAR}", f"(?={_DIGIT}{{4}}{_END}){_FISCAL_YEAR}")
    )
    no_year = f"(?!{_GAP}(?:/|{_YEAR_WORD}|{_DIGIT}{{4}}{_END}))"
    quarter = f"{_day(1, 2, 3, 4)}(?:{_GAP}{of_year}|{no_year})"
    more = f"(?:(?:{_LIST}|{_RANGE})(?:{_QUARTER_WORD})?{quarter})*"
    lone = f"{_LIST}{_SHORT_NUMBER}(?:{_LIST}|{_RANGE}|{_CLOSING})"
    return f"{_QUARTER_WORD}{quarter}{more}(?!{lone}|{_LIST}{_QUARTER_WORD}|{_RANGE})"


def _fiscal_year() -> str:
    return f"{_YEAR_WORD}(?!{_GAP}{_NUMBER})|{_YEAR_WORD}{_GAP}{_FISCAL_YEAR}"


def _full_day() -> str:
    """A day with its month and year, or a month with its year."""
    return _any(
        (
            f"(?:{_day(*range(1, 29))}{_GAP})?{_MONTH}{_GAP}{_ANY_YEAR}",
            f"{_day(29, 30)}{_GAP}{_NOT_FEBRUARY}{_GAP}{_ANY_YEAR}",
            f"{_day(31)}{_GAP}{_LONG}{_GAP}{_ANY_YEAR}",
            f"{_day(29)}{_GAP}{_FEBRUARY_NAMED}{_GAP}{_LEAP_YEAR}",
        )
    )


def _lone_day() -> str:
    """A day whose month stands with a later day: the next month that is written."""
    later = f"(?:{_PASSED}|{_SHORT_NUMBER})*"
    february = f"{_FEBRUARY_NAMED}(?:{_GAP}{_LEAP_YEAR}|(?!{_GAP}{_NUMBER}))"
    day = _any(
        (
            _day(*range(1, 29)),
            f"{_day(29)}(?={later}(?:{_NOT_FEBRUARY}|{february}))",
            f"{_day(30)}(?={later}{_NOT_FEBRUARY})",
            f"{_day(31)}(?={later}{_LONG})",
        )
    )
    return f"{day}(?={_LIST}|{_RANGE})"


def _yearless_day() -> str:
    """A day or month whose year stands with a later one: in a list, with no earlier month."""
    later = f"(?={_LIST}(?:{_PASSED}|{_SHORT_NUMBER})*"
    month = _any(f"{_months(m)}{later}{_months(*range(m, 13))})" for m in range(1, 13))
    day = _any(
        (
            f"{_day(*range(1, 30))}{_GAP}",
            f"{_day(30)}{_GAP}(?={_NOT_FEBRUARY})",
            f"{_day(31)}{_GAP}(?={_LONG})",
        )
    )
    return f"(?:{day})?(?:{month}|{_MONTH}(?={_RANGE}))"
