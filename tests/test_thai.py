"""Thai dates: every spelling that offices use, every mistake that must be told apart."""

import pickle
import time
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder import thai
from site_builder.thai import Span, UnreadablePeriod

FY2568 = "2024-10-01/2025-09-30"
OCT_1 = "2024-10-01/2024-10-01"
OCT_1_TO_5 = "2024-10-01/2024-10-05"
OCTOBER = "2024-10-01/2024-10-31"
OCT_TO_DEC = "2024-10-01/2024-12-31"
OCT_1_AND_APR_1 = f"{OCT_1} 2025-04-01/2025-04-01"

# What an office writes, in a report of fiscal year 2568, and the days it means.
READABLE = {
    # days
    "๑ ต.ค.๖๗": OCT_1,
    "๑ ต.ค. ๖๗": OCT_1,
    "1 ต.ค. ๒๕67": OCT_1,
    "1 ส.ค 67": "2024-08-01/2024-08-01",
    "1 ต. ค. 67": OCT_1,
    "1 ตค 67": OCT_1,
    "26 พ.ค. 2563": "2020-05-26/2020-05-26",
    "08 พ.ย. 2564": "2021-11-08/2021-11-08",
    "30 กันยายน 2568": "2025-09-30/2025-09-30",
    "วันที่ 1 ตุลาคม พ.ศ. 2567": OCT_1,
    "วันที่ ๓๐ กันยายน พ.ศ. ๒๕๖๘": "2025-09-30/2025-09-30",
    "29 ก.พ. 67": "2024-02-29/2024-02-29",
    "2024-10-01": OCT_1,
    "2024-02-29": "2024-02-29/2024-02-29",
    "1 ต.ค. 2024": OCT_1,
    "1 ต.ค. 3105": "2019-10-01/2019-10-01",
    "5 ม.ค. 60": "2017-01-05/2017-01-05",  # outside the fiscal year: for the caller to judge
    "000012 ต.ค. 67": "2024-10-12/2024-10-12",
    "1 ต.ค. 2499": "1956-10-01/1956-10-01",  # the first day of the first fiscal year
    # months
    "ต.ค. 67": OCTOBER,
    "เดือนตุลาคม 2567": OCTOBER,
    "เดือนตุลาคม ปี 2567": OCTOBER,
    "2024-10": OCTOBER,
    "ก.พ. 67": "2024-02-01/2024-02-29",
    "ก.พ. 68": "2025-02-01/2025-02-28",
    # quarters
    "ไตรมาส ๑": OCT_TO_DEC,
    "ไตรมาสที่ 1": OCT_TO_DEC,
    "ไตรมาสที่ 4": "2025-07-01/2025-09-30",
    "ไตรมาส 1/2568": OCT_TO_DEC,
    "ไตรมาส 1/68": OCT_TO_DEC,
    "ไตรมาส 1/2567": "2023-10-01/2023-12-31",
    "ไตรมาส 1 ปีงบประมาณ พ.ศ. 2567": "2023-10-01/2023-12-31",
    "ไตรมาส 1 ปี 2567": "2023-10-01/2023-12-31",
    "ไตรมาส ๑-๒/๒๕๖๘": "2024-10-01/2025-03-31",
    "ไตรมาส 2 - 3": "2025-01-01/2025-06-30",
    "ไตรมาสที่ 1 ถึงไตรมาสที่ 3": "2024-10-01/2025-06-30",
    "ไตรมาส ๑ และ ๓": f"{OCT_TO_DEC} 2025-04-01/2025-06-30",
    "ไตรมาส 1, 3/2567": "2023-10-01/2023-12-31 2024-04-01/2024-06-30",
    "ไตรมาส 1 และ 1 เม.ย. 68": f"{OCT_TO_DEC} 2025-04-01/2025-04-01",
    # fiscal years
    "ตลอดปีงบประมาณ": FY2568,
    "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘": FY2568,
    "ตลอดปีงบประมาณ 2568": FY2568,
    "ปีงบประมาณ พ.ศ. 2568": FY2568,
    "ปีงบประมาณ 2567": "2023-10-01/2024-09-30",
    "ประจำปีงบประมาณ พ.ศ. 2568": FY2568,
    "ตลอดปี": FY2568,
    "ตลอดปีงบประมาณ และ ปีงบประมาณ 2567": f"{FY2568} 2023-10-01/2024-09-30",
    # ranges
    "ต.ค.๖๗-ก.ย.๖๘": FY2568,
    "ต.ค. ๖๗ \u2013 ก.ย. ๖๘": FY2568,
    "ต.ค. ๖๗ \u2014 ก.ย. ๖๘": FY2568,
    "ต.ค. ๖๗ ถึง ก.ย. ๖๘": FY2568,
    "ต.ค. ๖๗ \u2013\nก.ย. ๖๘": FY2568,  # wrapped in a narrow column
    "1 ต.ค. 67 - 30 ก.ย. 68": FY2568,
    "๑ ต.ค. ๖๗ ถึง ๓๐ ก.ย. ๖๘": FY2568,
    "2024-10/2025-09": FY2568,
    "2024-10-01/2024-10-05": OCT_1_TO_5,
    "2024-10-01 ถึง 2024-10-05": OCT_1_TO_5,
    "1-5 ต.ค. 67": OCT_1_TO_5,
    "วันที่ 1 ถึงวันที่ 5 ต.ค. 67": OCT_1_TO_5,
    "1 ต.ค. - 30 พ.ย. 67": "2024-10-01/2024-11-30",
    "1 ต.ค. 2567-12 พ.ย. 2567": "2024-10-01/2024-11-12",  # "2567-12" is no ISO month here
    "1 ต.ค. 67 จนถึง 5 ต.ค. 67": OCT_1_TO_5,
    "ต.ค. - ธ.ค. ๖๗": OCT_TO_DEC,
    "ต.ค. - ก.ย. 68": FY2568,
    "31 ธ.ค. - 1 ม.ค. 68": "2024-12-31/2025-01-01",
    # backwards: kept as written, for the caller to warn of
    "30 ก.ย. 68 - 1 ต.ค. 67": "2025-09-30/2024-10-01",
    "5-1 ต.ค. 67": "2024-10-05/2024-10-01",
    "ไตรมาส 3-1": "2025-04-01/2024-12-31",
    # lists
    "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘": OCT_1_AND_APR_1,
    "1 ต.ค. 67, 1 เม.ย. 68": OCT_1_AND_APR_1,
    "1 ต.ค. 67\n1 เม.ย. 68": OCT_1_AND_APR_1,
    "๑ ต.ค. ๖๗, ๑ พ.ย. ๖๗\n๑ ธ.ค. ๖๗": f"{OCT_1} 2024-11-01/2024-11-01 2024-12-01/2024-12-01",
    "1 ต.ค. 67,\r\nและ 1 เม.ย. 68": OCT_1_AND_APR_1,
    "1 ต.ค. 67 เเละ 1 เม.ย. 68": OCT_1_AND_APR_1,  # sara e typed twice for sara ae
    "- 1 ต.ค. 67\n- 1 เม.ย. 68": OCT_1_AND_APR_1,
    "1 และ 5 ต.ค. 67": f"{OCT_1} 2024-10-05/2024-10-05",
    "1, 3-5 ต.ค. 67": f"{OCT_1} 2024-10-03/2024-10-05",
    # what surrounds a text, or cannot be seen in it
    "- ๑ ต.ค. ๖๗": OCT_1,
    " (1 ต.ค. 67). ": OCT_1,
    "1\u00a0ต.ค.\u00a067": OCT_1,
    "\ufeff1 ต.\u200bค. 67": OCT_1,
    "ประจ\u0e4d\u0e32ปีงบประมาณ 2568": FY2568,
}
UNREADABLE = {
    "": "unknown-form",
    "-": "unknown-form",
    "\0": "unknown-form",
    "เร็ว ๆ นี้": "unknown-form",
    "1 ตุลาคน 2567": "unknown-form",
    "1 ต.ก. 67": "unknown-form",
    "ภายใน 1 ต.ค. 67": "unknown-form",
    "ตั้งแต่ 1 ต.ค. 67": "unknown-form",
    "1 ต.ค. 67 -": "unknown-form",
    "ถึง 30 ก.ย. 68": "unknown-form",
    "1 ต.ค. 67 และ": "unknown-form",
    "1 ต.ค. 67 5 ต.ค. 67": "unknown-form",
    "1 ต.ค. 67/5 ต.ค. 67": "unknown-form",
    "1 - 2 - 3 ต.ค. 67": "unknown-form",
    "1 ต.ค. 67\n- 1 เม.ย. 68": "unknown-form",  # a bullet or a range?
    "1 - ต.ค. 67": "unknown-form",
    "ไตรมาส 1 - 5 ต.ค. 67": "unknown-form",
    "15": "unknown-form",
    "2568": "unknown-form",
    "1/2568": "unknown-form",
    "01/10/2567": "unknown-form",
    "2024-1": "unknown-form",
    "2024-1-5": "unknown-form",
    "1 ต.ค.": "no-year",
    "ต.ค. - ธ.ค.": "no-year",
    "1 ต.ค. 67 - 5 พ.ย.": "no-year",
    "1 ต.ค. และ 1 เม.ย. 68": "no-year",  # a list has no order to tell the year by
    "29 ก.พ. 68": "no-such-day",
    "31 เม.ย. 68": "no-such-day",
    "30-31 เม.ย. 68": "no-such-day",
    "0 ต.ค. 67": "no-such-day",
    "99 ต.ค. 67": "no-such-day",
    f"{'9' * 5000} ต.ค. 67": "no-such-day",
    "ไตรมาส 0": "unknown-form",
    "ไตรมาส 5": "unknown-form",
    "2024-13": "no-such-day",
    "2024-00": "no-such-day",
    "2024-13-01": "no-such-day",
    "2025-02-29": "no-such-day",
    "2567-02-29": "be-year-in-iso",
    "2567-10-01": "be-year-in-iso",
    "๒๕๖๗-๑๐": "be-year-in-iso",
    "1 ต.ค. 9876": "year-out-of-range",
    "1 ต.ค. 567": "year-out-of-range",
    f"1 ต.ค. {'9' * 5000}": "year-out-of-range",
    "9999-12-31": "year-out-of-range",
    "0000-01-01": "year-out-of-range",
    "30 ก.ย. 2499": "year-out-of-range",
    "1 ต.ค. 2600": "year-out-of-range",
    "ปีงบประมาณ 2499": "year-out-of-range",
    "ปีงบประมาณ 2601": "year-out-of-range",
}
MONTHS = (
    ("ม.ค.", "มกราคม"),
    ("ก.พ.", "กุมภาพันธ์"),
    ("มี.ค.", "มีนาคม"),
    ("เม.ย.", "เมษายน"),
    ("พ.ค.", "พฤษภาคม"),
    ("มิ.ย.", "มิถุนายน"),
    ("ก.ค.", "กรกฎาคม"),
    ("ส.ค.", "สิงหาคม"),
    ("ก.ย.", "กันยายน"),
    ("ต.ค.", "ตุลาคม"),
    ("พ.ย.", "พฤศจิกายน"),
    ("ธ.ค.", "ธันวาคม"),
)

FIRST_DAY = thai.fiscal_year_span(thai.FIRST_YEAR).start
LAST_DAY = thai.fiscal_year_span(thai.LAST_YEAR).end
DAYS = st.dates(FIRST_DAY, LAST_DAY)
DIGITS = st.sampled_from(["thai", "arabic"])
ALL_YEARS = range(thai.FIRST_YEAR, thai.LAST_YEAR + 1)
FISCAL_YEARS = st.sampled_from(ALL_YEARS)
WHOLE_MONTHS = st.tuples(DAYS, DAYS).map(
    lambda days: Span(days[0].replace(day=1), month_end(days[1]))
)
SPANS = (
    st.builds(Span, DAYS, DAYS)  # backward ones too
    | DAYS.map(lambda day: Span(day, day))
    | WHOLE_MONTHS
    | FISCAL_YEARS.map(thai.fiscal_year_span)
    | st.builds(thai.quarter_span, FISCAL_YEARS, st.integers(1, 4))
)
# Texts built of the grammar's own pieces reach far deeper than any text at all.
# fmt: off
PIECES = st.sampled_from([
    "0", "1", "9", "10", "๑๒", "67", "2024", "2567", "3105", "ต.ค.", "ตค", "กันยายน", "ไตรมาส",
    "ไตรมาสที่", "ปี", "ปีงบประมาณ", "ตลอดปี", "วันที่", "เดือน", "พ.ศ.", "-", "\u2013", "ถึง", "/",
    "และ", ",", "\n", " ", ".", "(", ")", "\0",
])
# fmt: on
LONGEST_FRAGMENT = 60
# Reading 100,000 characters takes a second at most; minutes, were it quadratic.
SECONDS_ALLOWED = 10


def month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def spans(intervals: str) -> tuple[Span, ...]:
    pairs = (interval.split("/") for interval in intervals.split())
    return tuple(Span(date.fromisoformat(start), date.fromisoformat(end)) for start, end in pairs)


def refusal(text: str, fiscal_year: int = 2568) -> UnreadablePeriod:
    with pytest.raises(UnreadablePeriod) as caught:
        thai.read_period(text, fiscal_year)
    return caught.value


@pytest.mark.parametrize("text", READABLE)
def test_reads(text: str) -> None:
    assert thai.read_period(text, 2568).spans == spans(READABLE[text])


@pytest.mark.parametrize("text", UNREADABLE)
def test_refuses(text: str) -> None:
    assert refusal(text).reason == UNREADABLE[text]


@pytest.mark.parametrize("number", range(1, 13))
def test_reads_every_spelling_of_every_month(number: int) -> None:
    short, long = MONTHS[number - 1]
    day = Span(date(2025, number, 9), date(2025, number, 9))
    for name in (short, long, short[:-1], short.replace(".", ""), short.replace(".", ". ")):
        assert thai.read_period(f"9 {name} 68", 2568).spans == (day,)
        assert thai.read_period(f"๙{name}๒๕๖๘", 2568).spans == (day,)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("1 ต.ค. 67 และ ๒๙ ก.พ.  ๖๘", "๒๙ ก.พ. ๖๘"),
        ("30-31 เม.ย. 68, 5 พ.ค. 68", "31 เม.ย. 68"),
        ("31-32 เม.ย. 68, 5 พ.ค. 68", "31-32 เม.ย. 68"),
        ("1 ต.ค. 67, 1 - 2 - 3 พ.ย. 67, 5 ธ.ค. 67", "1 - 2 - 3 พ.ย. 67"),
        ("1 ตุลาคน 2567", "ตุลาคน"),
        ("2024-10-01, 2567-10-01", "2567-10-01"),
        ("1 ต.ค. 67 -", "1 ต.ค. 67 -"),
    ],
)
def test_a_refusal_quotes_the_piece_as_written(text: str, fragment: str) -> None:
    assert refusal(text).fragment == fragment


def test_a_refusal_survives_pickling() -> None:
    error = refusal("29 ก.พ. 68")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (copy.reason, copy.fragment) == (error.reason, error.fragment)
    assert str(copy) == str(error) == "no-such-day: '29 ก.พ. 68'"


def test_a_period_without_a_year_is_of_the_fiscal_year_handed_in() -> None:
    assert thai.read_period("ไตรมาส 2", 2570).spans == spans("2027-01-01/2027-03-31")
    assert thai.read_period("ตลอดปีงบประมาณ", 2570).spans == spans("2026-10-01/2027-09-30")
    assert thai.read_period("1 ต.ค. 67", 2570).spans == spans(OCT_1)


@pytest.mark.parametrize(
    ("text", "oddities"),
    [
        ("1 ต.ค. 2567", set()),
        ("2024-10-01", set()),
        ("1 ต.ค. 2024", {"ce-year"}),
        ("ไตรมาส 1/2025", {"ce-year"}),
        ("1 ต.ค. 3105", {"double-year"}),
        ("1-5 ต.ค. 2024 และ 1 ต.ค. 3105", {"ce-year", "double-year"}),
    ],
)
def test_names_odd_years(text: str, oddities: set[str]) -> None:
    assert thai.read_period(text, 2568).oddities == oddities


def test_a_reading_reaches_from_its_first_day_to_its_last() -> None:
    reading = thai.read_period("1 เม.ย. 68, 1 ต.ค. 67 - 5 พ.ย. 67", 2568)
    assert (reading.start, reading.end) == (date(2024, 10, 1), date(2025, 4, 1))


@pytest.mark.parametrize("text", thai.SPELLINGS)
def test_every_spelling_shown_to_officers_is_understood(text: str) -> None:
    reading = thai.read_period(text, 2568)
    assert not reading.oddities
    assert thai.read_period(thai.to_thai(text), 2568) == reading


@pytest.mark.parametrize("fiscal_year", [2025, 2499, 2601])
def test_a_year_that_is_no_fiscal_year_is_a_mistake_of_the_caller(fiscal_year: int) -> None:
    for call in (
        lambda: thai.fiscal_year_span(fiscal_year),
        lambda: thai.quarter_span(fiscal_year, 1),
        lambda: thai.read_period("1 ต.ค. 67", fiscal_year),
    ):
        with pytest.raises(ValueError, match="Buddhist Era") as caught:
            call()
        assert not isinstance(caught.value, UnreadablePeriod)


@pytest.mark.parametrize("quarter", [0, 5])
def test_there_are_four_quarters(quarter: int) -> None:
    with pytest.raises(ValueError, match="quarter"):
        thai.quarter_span(2568, quarter)


@pytest.mark.parametrize(
    ("intervals", "written"),
    [
        (OCT_1, "1 ต.ค. 2567"),
        (OCT_1_TO_5, "1 ต.ค. 2567 \u2013 5 ต.ค. 2567"),
        ("2024-10-01/2024-11-05", "1 ต.ค. 2567 \u2013 5 พ.ย. 2567"),
        ("2024-10-02/2024-10-31", "2 ต.ค. 2567 \u2013 31 ต.ค. 2567"),
        (OCTOBER, "ต.ค. 2567"),
        (OCT_TO_DEC, "ต.ค. 2567 \u2013 ธ.ค. 2567"),
        (FY2568, "ปีงบประมาณ พ.ศ. 2568"),
        ("2024-10-01/2026-09-30", "ต.ค. 2567 \u2013 ก.ย. 2569"),  # two fiscal years
        ("2024-09-30/2024-09-01", "30 ก.ย. 2567 \u2013 1 ก.ย. 2567"),  # backwards
        (OCT_1_AND_APR_1, "1 ต.ค. 2567 และ 1 เม.ย. 2568"),
        ("", ""),
    ],
)
def test_writes(intervals: str, written: str) -> None:
    assert thai.write_period(spans(intervals), "arabic") == written
    assert thai.write_period(spans(intervals), "thai") == thai.to_thai(written)


def test_writes_a_date_short_and_long() -> None:
    assert thai.write_date(date(2024, 10, 1), "arabic") == "1 ต.ค. 2567"
    assert thai.write_date(date(2024, 10, 1), "thai", long=True) == "๑ ตุลาคม ๒๕๖๗"


def test_puts_digits_and_nothing_else_into_a_script() -> None:
    assert thai.to_arabic("ข้อ ๑๒.3 (๐๙)") == "ข้อ 12.3 (09)"
    assert thai.to_thai("ข้อ 12.๓ (09)") == "ข้อ ๑๒.๓ (๐๙)"
    assert thai.in_digits(1234567890, "thai") == "๑๒๓๔๕๖๗๘๙๐"
    assert thai.in_digits("๑๒3", "arabic") == "123"


@pytest.mark.parametrize(
    ("day", "fiscal_year"),
    [
        (date(2024, 9, 30), 2567),
        (date(2024, 10, 1), 2568),
        (date(2025, 9, 30), 2568),
        (date(2025, 10, 1), 2569),
    ],
)
def test_a_fiscal_year_turns_on_the_first_of_october(day: date, fiscal_year: int) -> None:
    assert thai.fiscal_year_of(day) == fiscal_year


@given(DAYS)
@example(FIRST_DAY)
@example(LAST_DAY)
def test_every_date_lies_in_one_fiscal_year_and_one_quarter(day: date) -> None:
    near = range(thai.fiscal_year_of(day) - 2, thai.fiscal_year_of(day) + 3)
    years = {year: thai.fiscal_year_span(year) for year in near if year in ALL_YEARS}
    assert [year for year, span in years.items() if span.start <= day <= span.end] == [
        thai.fiscal_year_of(day)
    ]
    quarters = [thai.quarter_span(thai.fiscal_year_of(day), number) for number in (1, 2, 3, 4)]
    assert [span.start <= day <= span.end for span in quarters].count(True) == 1


@given(st.lists(SPANS, min_size=1, max_size=4), DIGITS, FISCAL_YEARS)
def test_reading_what_was_written_gives_the_same_period(
    written: list[Span], digits: thai.Digits, fiscal_year: int
) -> None:
    reading = thai.read_period(thai.write_period(written, digits), fiscal_year)
    assert reading == thai.Reading(tuple(written), frozenset())


@given(DAYS, DIGITS, st.booleans())
def test_reading_a_written_date_gives_it_back(day: date, digits: thai.Digits, long: bool) -> None:
    reading = thai.read_period(thai.write_date(day, digits, long=long), 2568)
    assert reading == thai.Reading((Span(day, day),), frozenset())


@given(st.dates(), DIGITS)
def test_any_date_can_be_written(day: date, digits: thai.Digits) -> None:
    assert thai.write_span(Span(day, day), digits) == thai.write_date(day, digits)
    assert thai.write_span(Span(date.min, day), digits)
    assert thai.write_span(Span(day, date.max), digits)


@given(st.text() | st.lists(PIECES, max_size=12).map("".join), FISCAL_YEARS)
def test_any_text_is_read_or_refused(text: str, fiscal_year: int) -> None:
    try:
        reading = thai.read_period(text, fiscal_year)
    except UnreadablePeriod as error:
        assert len(error.fragment) <= LONGEST_FRAGMENT  # noqa: PT017 - either outcome is fine
    else:
        assert reading.spans
        for span in reading.spans:
            assert FIRST_DAY <= span.start <= LAST_DAY
            assert FIRST_DAY <= span.end <= LAST_DAY


@given(st.text())
def test_digits_go_to_a_script_and_back(text: str) -> None:
    arabic, in_thai = thai.to_arabic(text), thai.to_thai(text)
    assert thai.to_arabic(in_thai) == arabic
    assert thai.to_thai(arabic) == in_thai
    assert not set("๐๑๒๓๔๕๖๗๘๙") & set(arabic)
    assert not set("0123456789") & set(in_thai)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "ต",
        "ต ",
        " ",
        ".",
        "-",
        "- ",
        "\n-",
        "(",
        "\u200b",
        "ตลอด",
        "และ",
        "1,",
        "1-",
        "1 ต.ค. 67, ",
        "1 ต.ค.-",
        "ไตรมาส 1,",
        "2024-10/",
    ],
)
@pytest.mark.parametrize("tail", ["", "1 ต.ค. 67", "1 ต.ค."])
def test_time_grows_no_faster_than_the_text(piece: str, tail: str) -> None:
    text = piece * (100_000 // len(piece)) + tail
    begun = time.perf_counter()
    try:
        thai.read_period(text, 2568)
    except UnreadablePeriod as error:
        assert len(error.fragment) <= LONGEST_FRAGMENT  # noqa: PT017 - either outcome is fine
    assert time.perf_counter() - begun < SECONDS_ALLOWED
