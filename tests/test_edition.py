"""Editions: numbers, dates and names as each language writes them; the office's words marked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from site_builder import thai
from site_builder.edition import Edition
from site_builder.model import Disclosure
from site_builder.problems import Language

TODAY = date(2026, 11, 23)


def edition(disclosure: Disclosure, language: Language, **agency: object) -> Edition:
    own = disclosure.agency.model_copy(update=agency)
    return Edition(disclosure.model_copy(update={"agency": own}), TODAY, language)


def test_numbers_and_dates_follow_the_offices_digits_in_thai_alone(disclosure: Disclosure) -> None:
    late = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
    thai_digits, arabic = (edition(disclosure, "th", digits=d) for d in ("thai", "arabic"))
    english = edition(disclosure, "en")
    assert [e.number(1205) for e in (thai_digits, arabic, english)] == ["๑๒๐๕", "1205", "1205"]
    # In Thailand it is the 23rd already.
    assert thai_digits.day_of(late) == "๒๓ พ.ย. พ.ศ. ๒๕๖๙"
    assert arabic.day_of(late) == "23 พ.ย. พ.ศ. 2569"
    assert english.day_of(late) == "23 Nov 2026"


@pytest.mark.parametrize(
    ("written", "th", "en"),
    [
        ("๒๗ ธ.ค.๖๗", "๒๗ ธ.ค. พ.ศ. ๒๕๖๗", "27 Dec 2024"),
        (
            "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘",
            "๑ ต.ค. พ.ศ. ๒๕๖๗ และ ๑ เม.ย. พ.ศ. ๒๕๖๘",
            "1 Oct 2024 and 1 Apr 2025",
        ),
        ("ต.ค.๖๗", "ต.ค. พ.ศ. ๒๕๖๗", "Oct 2024"),
        ("ไตรมาส ๑", "ต.ค. – ธ.ค. พ.ศ. ๒๕๖๗", "Oct – Dec 2024"),
        ("ต.ค.๖๗-ก.ย.๖๘", "ปีงบประมาณ พ.ศ. ๒๕๖๘", "Oct 2024 – Sep 2025"),
        ("๑ ต.ค. ๖๗ - ๕ พ.ย. ๖๗", "๑ ต.ค. – ๕ พ.ย. พ.ศ. ๒๕๖๗", "1 Oct – 5 Nov 2024"),
        ("๕ พ.ย. ๖๗ - ๑ ม.ค. ๖๘", "๕ พ.ย. พ.ศ. ๒๕๖๗ – ๑ ม.ค. พ.ศ. ๒๕๖๘", "5 Nov 2024 – 1 Jan 2025"),
    ],
)
def test_periods_are_told_in_the_shortest_exact_words(
    disclosure: Disclosure, written: str, th: str, en: str
) -> None:
    spans = thai.read_period(written, 2568).spans
    assert edition(disclosure, "th").period(spans) == th
    assert edition(disclosure, "en").period(spans) == en


def test_years_are_whole_and_name_their_era(disclosure: Disclosure) -> None:
    assert edition(disclosure, "th").fiscal_year(2568) == "ปีงบประมาณ พ.ศ. ๒๕๖๘"
    assert edition(disclosure, "en").fiscal_year(2568) == "Fiscal year 2568 (Oct 2024 – Sep 2025)"


def test_the_offices_words_are_marked_as_thai_where_the_page_is_not(disclosure: Disclosure) -> None:
    assert edition(disclosure, "th").office_words("ก") == "ก"
    assert edition(disclosure, "en").office_words("ก") == '<span lang="th">ก</span>'


def test_names_are_english_where_the_office_has_them(disclosure: Disclosure) -> None:
    english = edition(disclosure, "en")
    assert english.office_name() == "Dong Mueang SAO"
    assert english.indicator_title(disclosure.reports[0].indicators[2]) == (
        "Indicator 3: Power Distortion"
    )
    assert english.label("result_summary") == "Summary of results"
    bare = edition(
        disclosure,
        "en",
        short_name=None,
        name=disclosure.agency.name.model_copy(update={"en": None}),
    )
    assert bare.office_name() == "องค์การบริหารส่วนตำบลดงเมือง"
