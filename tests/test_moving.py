"""A period moved to another year: the office's own spelling, and the same days a year on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import thai
from site_builder.thai import Span, UnreadablePeriod

from .test_thai import DAYS, DIGITS, READABLE, SPANS

MOVED = {
    "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘": "๑ ต.ค.๖๘ และ ๑ เม.ย. ๖๙",
    "ต.ค.๖๗-ก.ย.๖๘": "ต.ค.๖๘-ก.ย.๖๙",
    "ไตรมาส ๑-๒/๒๕๖๘": "ไตรมาส ๑-๒/๒๕๖๙",
    "ไตรมาส ๑ และ ๓": "ไตรมาส ๑ และ ๓",
    "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘": "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙",
    "ตลอดปีงบประมาณ": "ตลอดปีงบประมาณ",
    "1-5 ต.ค. 67": "1-5 ต.ค. 68",
    "68 ต.ค. 67": None,
    "10 ต.ค. 10": "10 ต.ค. 11",
    "๖๗": None,
    "ต.ค. - ก.ย. 68": "ต.ค. - ก.ย. 69",
    "2024-10-01": "2025-10-01",
    "2024-10/2025-09": "2025-10/2026-09",
    "1 ต.ค. 2024": "1 ต.ค. 2025",  # the mistake stays, and its warning
    "1 ต.ค. 3110": "1 ต.ค. 3111",
    "1 ต.ค. ๒๕67": "1 ต.ค. ๒๕68",
    " (1 ต.ค. 67). ": " (1 ต.ค. 68). ",
    "5 ม.ค. 99": "5 ม.ค. 2600",
    "5 ต.ค. 99": None,
    "5 พ.ย. 09": "5 พ.ย. 10",
    "ก.พ. 67": "ก.พ. 68",
    "29 ก.พ. 67": None,
    "1 - 29 ก.พ. 67": None,
    "30 ก.ย. 2600": None,
    "เร็ว ๆ นี้": None,
}


@pytest.mark.parametrize(("text", "moved"), MOVED.items())
def test_moves_the_years_and_nothing_else(text: str, moved: str | None) -> None:
    if moved is None:
        with pytest.raises(UnreadablePeriod):
            thai.move_period(text, 2568, 1)
    else:
        assert thai.move_period(text, 2568, 1) == moved


@pytest.mark.parametrize("text", READABLE)
def test_every_spelling_moves_to_the_same_days_a_year_on(text: str) -> None:
    before = thai.read_period(text, 2568)
    expected = [tuple(_a_year_on(day) for day in (s.start, s.end)) for s in before.spans]
    moved, reason = _moved(text, 2568, 1)
    if moved is None:
        assert reason == "no-such-day"
        assert any(None in days for days in expected)
        return
    after = thai.read_period(moved, 2569)
    assert after.oddities == before.oddities
    assert [(s.start, s.end) for s in after.spans] == [
        # A whole February ends when February ends.
        (start, end or date(2025, 2, 28))
        for start, end in expected
    ]


@given(
    st.lists(SPANS.filter(lambda span: "ก.พ." not in thai.write_span(span, "arabic")), min_size=1),
    DIGITS,
    st.integers(-3, 3),
)
def test_what_is_written_moves_there_and_back(
    spans: list[Span], digits: thai.Digits, years: int
) -> None:
    text = thai.write_period(spans, digits)
    moved, reason = _moved(text, 2550, years)
    if moved is None:
        assert reason == "year-out-of-range"
        return
    read = thai.read_period(moved, 2550 + years).spans
    assert [(s.start.month, s.start.day) for s in read] == [
        (s.start.month, s.start.day) for s in spans
    ]
    assert {s.start.year - old.start.year for s, old in zip(read, spans, strict=True)} == {years}
    assert thai.move_period(moved, 2550 + years, -years) == text


@given(DAYS, DIGITS)
def test_years_in_a_text_are_found(day: date, digits: thai.Digits) -> None:
    year = thai.in_digits(day.year + 543, digits)
    assert thai.years_in(f"ตามคำสั่งลงวันที่ {thai.write_date(day, digits)}") == (
        year,
    ) or year.startswith(("26", "๒๖"))


def test_what_is_no_year_is_not_found() -> None:
    assert thai.years_in("ประกาศ ปี ๒๕๖๘ ลว. ๑ ต.ค.๖๗ และ 2024") == ("๒๕๖๘", "ต.ค.๖๗", "2024")
    assert thai.years_in("โทร 025681234 งบ 1,500 บาท ๑๐ คน มาตรา 25") == ()


def _moved(text: str, fiscal_year: int, years: int) -> tuple[str | None, str]:
    try:
        return thai.move_period(text, fiscal_year, years), ""
    except UnreadablePeriod as error:
        return None, error.reason


def _a_year_on(day: date) -> date | None:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return None
