"""Thai dates: every spelling that offices use, every mistake that must be told apart."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import thai
from site_builder.thai import Span, UnreadablePeriod

FY2568 = ("2024-10-01", "2025-09-30")
READABLE = {
    "๑ ต.ค.๖๗": [("2024-10-01", "2024-10-01")],
    "๑ ต.ค. ๖๗": [("2024-10-01", "2024-10-01")],
    "1 ส.ค 67": [("2024-08-01", "2024-08-01")],
    "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘": [("2024-10-01", "2024-10-01"), ("2025-04-01", "2025-04-01")],
    "ต.ค.๖๗-ก.ย.๖๘": [FY2568],
    "ต.ค. ๖๗ – ก.ย. ๖๘": [FY2568],
    "ต.ค. ๖๗ ถึง ก.ย. ๖๘": [FY2568],
    "26 พ.ค. 2563": [("2020-05-26", "2020-05-26")],
    "08 พ.ย. 2564": [("2021-11-08", "2021-11-08")],
    "30 กันยายน 2568": [("2025-09-30", "2025-09-30")],
    "วันที่ ๓๐ กันยายน พ.ศ. ๒๕๖๘": [("2025-09-30", "2025-09-30")],
    "เดือนตุลาคม 2567": [("2024-10-01", "2024-10-31")],
    "ไตรมาส ๑": [("2024-10-01", "2024-12-31")],
    "ไตรมาสที่ 4": [("2025-07-01", "2025-09-30")],
    "ไตรมาส ๑-๒/๒๕๖๘": [("2024-10-01", "2025-03-31")],
    "ไตรมาส 1/2567": [("2023-10-01", "2023-12-31")],
    "ไตรมาส ๑ และ ๓": [("2024-10-01", "2024-12-31"), ("2025-04-01", "2025-06-30")],
    "ตลอดปีงบประมาณ": [FY2568],
    "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘": [FY2568],
    "ปีงบประมาณ 2567": [("2023-10-01", "2024-09-30")],
    "ตลอดปี": [FY2568],
    "2024-10-01": [("2024-10-01", "2024-10-01")],
    "2024-10": [("2024-10-01", "2024-10-31")],
    "2024-10/2025-09": [FY2568],
    "2024-10-01/2024-10-05": [("2024-10-01", "2024-10-05")],
    "1-5 ต.ค. 67": [("2024-10-01", "2024-10-05")],
    "1 ต.ค. - 30 พ.ย. 67": [("2024-10-01", "2024-11-30")],
    "ต.ค. - ธ.ค. ๖๗": [("2024-10-01", "2024-12-31")],
    "ต.ค. - ก.ย. 68": [FY2568],
    "1 ต.ค. 67 - 30 ก.ย. 68": [FY2568],
    "- ๑ ต.ค. ๖๗": [("2024-10-01", "2024-10-01")],
    "29 ก.พ. 67": [("2024-02-29", "2024-02-29")],
    "๑ ต.ค. ๖๗, ๑ พ.ย. ๖๗\n๑ ธ.ค. ๖๗": [
        ("2024-10-01", "2024-10-01"),
        ("2024-11-01", "2024-11-01"),
        ("2024-12-01", "2024-12-01"),
    ],
    "30 ก.ย. 68 - 1 ต.ค. 67": [("2025-09-30", "2024-10-01")],  # backwards: kept, for a warning
    "1 ต.ค. 2024": [("2024-10-01", "2024-10-01")],
    "1 ต.ค. 3105": [("2019-10-01", "2019-10-01")],
}
UNREADABLE = {
    "": "unknown-form",
    "เร็ว ๆ นี้": "unknown-form",
    "1 ตุลาคน 2567": "unknown-form",
    "1 ต.ค.": "no-year",
    "ต.ค. - ธ.ค.": "no-year",
    "29 ก.พ. 68": "no-such-day",
    "31 เม.ย. 68": "no-such-day",
    "0 ต.ค. 67": "no-such-day",
    "99 ต.ค. 67": "no-such-day",
    "ไตรมาส 5": "unknown-form",
    "2024-13-01": "no-such-day",
    "2567-02-29": "be-year-in-iso",
    "2567-10-01": "be-year-in-iso",
    "1 ต.ค. 9876": "year-out-of-range",
    "1 ต.ค. 67 -": "unknown-form",
    "ภายใน 1 ต.ค. 67": "unknown-form",
}


def spans(*pairs: tuple[str, str]) -> tuple[Span, ...]:
    return tuple(Span(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pairs)


@pytest.mark.parametrize("text", READABLE)
def test_reads(text: str) -> None:
    assert thai.read_period(text, 2568).spans == spans(*READABLE[text])


@pytest.mark.parametrize("text", UNREADABLE)
def test_refuses(text: str) -> None:
    with pytest.raises(UnreadablePeriod) as caught:
        thai.read_period(text, 2568)
    assert caught.value.reason == UNREADABLE[text]


def test_names_odd_years() -> None:
    assert thai.read_period("1 ต.ค. 2024", 2568).oddities == {"ce-year"}
    assert thai.read_period("1 ต.ค. 3105", 2568).oddities == {"double-year"}
    assert not thai.read_period("1 ต.ค. 2567", 2568).oddities


@pytest.mark.parametrize("text", thai.SPELLINGS)
def test_every_spelling_shown_to_officers_is_understood(text: str) -> None:
    assert thai.read_period(text, 2568).spans
    assert thai.read_period(thai.to_thai(text), 2568).spans


DAYS = st.dates(date(1960, 1, 1), date(2054, 1, 1))
DIGITS = st.sampled_from(["thai", "arabic"])
SPANS = st.tuples(DAYS, st.integers(0, 800)).map(
    lambda pair: Span(pair[0], pair[0] + timedelta(days=pair[1]))
)


@given(DAYS)
def test_every_date_lies_in_one_fiscal_year_and_one_quarter(day: date) -> None:
    near = range(thai.fiscal_year_of(day) - 2, thai.fiscal_year_of(day) + 3)
    held = {year: thai.fiscal_year_span(year) for year in near}
    years = [year for year, span in held.items() if span.start <= day <= span.end]
    assert years == [thai.fiscal_year_of(day)]
    quarters = [thai.quarter_span(years[0], q) for q in (1, 2, 3, 4)]
    assert sum(q.start <= day <= q.end for q in quarters) == 1


@given(st.lists(SPANS, min_size=1, max_size=4), DIGITS)
def test_reading_what_was_written_gives_the_same_period(
    written: list[Span], digits: thai.Digits
) -> None:
    assert thai.read_period(thai.write_period(written, digits), 2568).spans == tuple(written)


@given(DAYS, DIGITS, st.booleans())
def test_reading_a_written_date_gives_it_back(day: date, digits: thai.Digits, long: bool) -> None:
    assert thai.read_period(thai.write_date(day, digits, long=long), 2568).spans == (
        Span(day, day),
    )


@given(st.text() | st.text(alphabet="0123456789๐๖๗ตค.-–/ และถึงไตรมาสปีงบประมาณ,\n"))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = thai.read_period(text, 2568)
    except UnreadablePeriod as refusal:
        assert str(refusal)  # noqa: PT017 - either outcome is fine
    else:
        assert reading.start <= reading.end or len(reading.spans) == 1


@pytest.mark.parametrize("text", ["9" * 100_000, "ต" * 100_000, "1 ต.ค. 67, " * 20_000, "-" * 9999])
def test_long_text_is_bounded(text: str) -> None:
    try:
        thai.read_period(text, 2568)
    except UnreadablePeriod as refusal:
        assert len(refusal.fragment) <= 60  # noqa: PT017


@given(st.text())
def test_digits_round_trip(text: str) -> None:
    assert thai.to_arabic(thai.to_thai(text)) == thai.to_arabic(text)
