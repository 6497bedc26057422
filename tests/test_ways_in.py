"""The same measures seen in other ways: by unit, by quarter, from scores, year against year."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from site_builder import pages, standing
from site_builder.edition import Edition
from site_builder.ledger import Ledger
from site_builder.model import Disclosure, Measure, Report
from site_builder.problems import Language
from site_builder.standing import WORDS, Standing
from site_builder.verdicts import Verdict

from .every_verdict import entry
from .reports import AGENCY, measure, report_of
from .test_pages import rendered

URL = "https://www.example.go.th/a.pdf"
DONE = {"status": "done", "evidence": [{"title": "ประกาศ", "url": URL}]}
IN_THE_YEAR, AFTER = date(2025, 2, 1), date(2026, 1, 1)
LANGUAGES: tuple[Language, ...] = ("th", "en")


def told(
    *measures: Measure,
    today: date = IN_THE_YEAR,
    language: Language = "th",
    verdict: Verdict | None = Verdict.OK,
    **header: object,
) -> tuple[Edition, Report]:
    report = report_of(*measures, indicators=3)
    report = report.model_copy(update={"header": report.header.model_copy(update=header)})
    known = Ledger(links={URL: entry(verdict)} if verdict else {})
    made = Disclosure.model_validate({"agency": AGENCY, "reports": (report,), "ledger": known})
    return Edition(made, today, language), report


def rows(page: BeautifulSoup, number: int = 0) -> list[list[str]]:
    table = page.find_all("table")[number]
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in table.select("tbody tr")
    ]


# Units


def test_the_units_are_compared_in_numbers() -> None:
    edition, report = told(
        measure(1, **DONE), measure(2), measure(3, responsible_unit="กองคลัง", status="done")
    )
    page = rendered(pages.unit_list(edition, report))
    assert rows(page) == [
        ["สำนักปลัด", "๒", "๑", "๑", "๑ จาก ๑"],
        ["กองคลัง", "๑", "๑", "๐", "๐ จาก ๐"],
    ]
    assert [a["href"] for a in page.select("table a")] == ["clerk.md", "finance.md"]


def test_a_unit_sees_what_it_owes_the_most_pressing_first() -> None:
    late = measure(1, measure="ช้า", period="๑ ต.ค. ๖๗")
    going = measure(2, measure="ทำอยู่", period="ต.ค. ๖๗ - ก.ย. ๖๘")
    bare = measure(3, measure="ไม่มีลิงก์", status="done")
    fine = measure(4, measure="ดี", **DONE)
    edition, report = told(fine, bare, going, late)
    page = rendered(pages.unit(edition, report, "สำนักปลัด", report.measures))
    owed = page.find(id="owed")
    assert owed is not None
    listed = [a.get_text() for a in owed.find_all_next("a") if a.find_parent("li")][:3]
    assert listed == ["ช้า", "ทำอยู่", "ไม่มีลิงก์"]
    assert WORDS[Standing.OVERDUE].th in page.get_text()
    # All of the unit's measures stand in its part of the official table.
    assert len(page.select("table.columns-7 tbody tr")) == 4


@pytest.mark.parametrize(
    ("verdict", "words"),
    [(Verdict.OK, "ไม่มีมาตรการค้าง"), (None, "ไม่มีมาตรการค้าง อีก ๑ มาตรการรอผลการตรวจหลักฐาน")],
)
def test_a_unit_that_owes_nothing_is_told_so(verdict: Verdict | None, words: str) -> None:
    edition, report = told(measure(1, **DONE), verdict=verdict)
    page = rendered(pages.unit(edition, report, "สำนักปลัด", report.measures))
    assert page.select(".empty")[0].get_text() == words


def test_before_the_first_check_evidence_is_unknown_and_not_nought() -> None:
    for verdict, expected in ((None, "ยังไม่ได้ตรวจ"), (Verdict.BROKEN, "๐"), (Verdict.OK, "๑")):
        edition, report = told(measure(1, **DONE), verdict=verdict)
        page = rendered(pages.unit(edition, report, "สำนักปลัด", report.measures))
        figures = {
            d.find("dt").get_text(): d.find("dd").get_text() for d in page.select("dl > div")
        }
        assert figures["มีหลักฐานที่เปิดได้"] == expected


# Quarters


def test_each_measure_stands_once_under_the_quarter_in_which_it_begins() -> None:
    edition, report = told(
        measure(1, measure="ต้นปี", period="๑ ต.ค. ๖๗ และ ๑ เม.ย. ๖๘"),
        measure(2, measure="ข้ามปี", period="ส.ค. ๖๗ - พ.ย. ๖๗"),
        measure(3, measure="กลางปี", period="ไตรมาส ๓"),
        measure(4, measure="นอกปี", period="๓๐ ต.ค. ๖๘"),
    )
    page = rendered(pages.timeline(edition, report))
    # Under way: both spans of the first, the second until November.
    assert [row[1] for row in rows(page)] == ["๒", "๐", "๒", "๐"]
    under = {
        heading["id"]: [a.get_text() for a in heading.find_next_sibling().select("tbody th a")]
        for heading in page.find_all("h2")
    }
    assert under == {
        "q1": ["ต้นปี", "ข้ามปี"],
        "q2": [],
        "q3": ["กลางปี"],
        "q4": [],
        "outside": ["นอกปี"],
    }


def test_a_lane_says_its_days_in_words_and_shows_every_stretch() -> None:
    edition, report = told(measure(1, period="๑ ต.ค. ๖๗ และ ๑ เม.ย. ๖๘"))
    (lane,) = rendered(pages.timeline(edition, report)).select("svg.chart-lane")
    assert lane["aria-label"] == "๑ ต.ค. พ.ศ. ๒๕๖๗ และ ๑ เม.ย. พ.ศ. ๒๕๖๘"
    assert len(lane.select("rect[class^=tone-]")) == 2


# Scores


def test_the_weakest_indicator_comes_first_with_what_was_done_about_it() -> None:
    edition, report = told(
        measure(1, **DONE),
        scores={"1": Decimal("91.50"), "๒": Decimal("78.2")},
        weak_points={"2": "ขั้นตอน <b>ไม่ชัด</b>"},
    )
    page = rendered(pages.scores(edition, report))
    assert rows(page) == [
        ["ตัวชี้วัดที่ ๒ ชื่อ 2", "๗๘.๒", "ขั้นตอน <b>ไม่ชัด</b>", "ยังไม่มีมาตรการ"],
        ["ตัวชี้วัดที่ ๑ ชื่อ 1", "๙๑.๕๐", "ไม่ได้ระบุ", "นโยบายไม่รับ ของขวัญ ✓ ดำเนินการแล้ว หลักฐานเปิดได้"],
    ]
    texts = [text.get_text() for text in page.select("svg text")]
    assert texts == ["๗๘.๒", "๒", "๙๑.๕๐", "๑"]
    first = rendered(pages.indicator(edition, report, report.indicators[0]))
    assert "คะแนน ITA ปีก่อนของตัวชี้วัดนี้ ๙๑.๕๐" in first.get_text()
    third = rendered(pages.indicator(edition, report, report.indicators[2]))
    assert "คะแนน" not in third.get_text()


def test_a_weak_point_is_told_without_a_score_too() -> None:
    edition, report = told(measure(1), weak_points={"3": "ไม่มีช่องทาง"})
    page = rendered(pages.scores(edition, report))
    assert rows(page)[0][:3] == ["ตัวชี้วัดที่ ๓ ชื่อ 3", "ไม่ได้ระบุ", "ไม่มี ช่องทาง"]
    assert not page.select("svg")


# Years


def test_before_the_first_check_a_year_and_a_unit_say_so_as_home_does() -> None:
    edition, report = told(measure(1, **DONE), verdict=None)
    older = report.model_copy(update={"fiscal_year": 2567})
    both = edition.disclosure.model_copy(update={"reports": (report, older)})
    for page in (pages.years(Edition(both, AFTER)), pages.unit_list(edition, report)):
        assert rows(rendered(page))[0][3:] == ["ยังไม่ได้ตรวจ", "ยังไม่ได้ตรวจ"]


def test_a_measure_of_two_units_is_one_of_each() -> None:
    edition, report = told(measure(1, responsible_unit="สำนักปลัด/กองคลัง"), measure(2))
    assert [row[:2] for row in rows(rendered(pages.unit_list(edition, report)))] == [
        ["สำนักปลัด", "๒"],
        ["กองคลัง", "๑"],
    ]
    section = rendered(pages.indicator(edition, report, report.indicators[0]))
    assert section.find("a", string="กองคลัง")["href"] == "../units/finance.md"


def test_the_years_are_compared_and_the_chart_has_the_tables_numbers() -> None:
    edition, report = told(measure(1, **DONE), measure(2))
    older = report.model_copy(update={"fiscal_year": 2567, "measures": report.measures[:1]})
    both = edition.disclosure.model_copy(update={"reports": (report, older)})
    page = rendered(pages.years(Edition(both, AFTER)))
    assert rows(page) == [
        ["ปีงบประมาณ พ.ศ. ๒๕๖๗", "๑", "๑", "๑", "๑ จาก ๑"],
        ["ปีงบประมาณ พ.ศ. ๒๕๖๘", "๒", "๑", "๑", "๑ จาก ๑"],
    ]
    assert [t.get_text() for t in page.select("svg text")] == ["๑", "พ.ศ. ๒๕๖๗", "๒", "พ.ศ. ๒๕๖๘"]
    assert rows(page, 1)[0] == ["ตัวชี้วัดที่ ๑ ชื่อ 1", "๑", "๒"]
    assert len(page.find_all("table")) == 2


def test_the_scores_of_the_years_stand_side_by_side() -> None:
    edition, report = told(measure(1), scores={"1": Decimal("91.50")})
    header = report.header.model_copy(update={"scores": {"2": Decimal(80)}})
    older = report.model_copy(update={"fiscal_year": 2567, "header": header})
    both = edition.disclosure.model_copy(update={"reports": (report, older)})
    scores = rows(rendered(pages.years(Edition(both, AFTER))), 2)
    assert [row[1:] for row in scores] == [["—", "๙๑.๕๐"], ["๘๐", "—"], ["—", "—"]]


# The home page


def test_the_bar_and_the_table_beside_it_tell_the_same_numbers() -> None:
    edition, report = told(measure(1, **DONE), measure(2, status="done"), measure(3, status="done"))
    page = rendered(pages.home(edition, None))
    assert [text.get_text() for text in page.select("svg.chart-bar text")] == ["✓ ๑", "? ๒"]
    assert [row[1] for row in rows(page)] == ["๑", "๒"]
    assert len(standing.units(edition.disclosure, report)) == 1


def test_an_indicator_shows_its_standings_and_an_empty_one_says_so() -> None:
    edition, _ = told(measure(1, **DONE), measure(2, status="done"))
    overview = rows(rendered(pages.home(edition, None)), 1)
    assert overview[0][1:] == [
        "๒",
        "✓ ดำเนินการแล้ว หลักฐานเปิดได้ ๑ ? ดำเนินการแล้ว แต่ไม่มีลิงก์หลักฐาน ๑",
    ]
    assert overview[1][1:] == ["๐", "ไม่มีมาตรการ"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_without_measures_has_designed_pages(language: Language) -> None:
    edition, report = told(language=language)
    made = [
        pages.home(edition, None),
        pages.timeline(edition, report),
        pages.unit_list(edition, report),
        pages.indicator(edition, report, report.indicators[0]),
        pages.links(edition),
    ]
    for text in made:
        assert rendered(text).select("p.empty")


# English


def english(*measures: Measure, **known: object) -> list[BeautifulSoup]:
    edition, report = told(*measures, language="en", **known)  # type: ignore[arg-type]
    texts = [
        pages.home(edition, None),
        pages.year(edition, report),
        pages.indicator(edition, report, report.indicators[0]),
        pages.unit_list(edition, report),
        pages.unit(edition, report, "สำนักปลัด", report.measures),
        pages.timeline(edition, report),
        pages.scores(edition, report),
        pages.links(edition),
        pages.data(edition),
    ]
    return [rendered(text) for text in texts]


THAI = re.compile(r"[\u0e01-\u0e5b]")


@pytest.mark.parametrize("verdict", [None, Verdict.OK, Verdict.BROKEN, Verdict.BLOCKED])
def test_on_english_pages_all_thai_is_the_offices_and_marked(verdict: Verdict | None) -> None:
    made = english(
        measure(
            1,
            **DONE,
            budget="20000",
            kpi=["ก", "ข"],
            outcome=f"ผล {URL}",
            document={"number": "๑", "date": "๑ ต.ค. ๖๗"},
        ),
        measure(2, responsible_unit="กองแปลก"),
        verdict=verdict,
        scores={"1": Decimal(80)},
        weak_points={"1": "จุด"},
    )
    for page in made:
        for text in page.find_all(string=THAI):
            # Names of indicators have English ones beside them; what has none is marked.
            assert text.find_parent(lang="th"), (page.h1, str(text))


def test_translations_take_the_place_of_thai_where_there_are_any() -> None:
    own = {"en": {"measure": ["No gifts"], "responsible_unit": "The clerk's"}}
    made = english(measure(1, translations=own), measure(2))
    _, year, indicator, *_ = made
    first, second = rows(year)
    assert (first[1], first[3]) == ("No gifts", "The clerk's")
    assert "".join(second[1].split()) == "นโยบายไม่รับของขวัญ"
    assert second[3] == "Office of the Chief Administrator"
    assert indicator.find(id="01-a").get_text() == "No gifts"


def test_english_data_links_lead_to_the_one_place_of_the_files(disclosure: Disclosure) -> None:
    edition = Edition(disclosure, IN_THE_YEAR, "en")
    hrefs = {a["href"] for a in rendered(pages.data(edition)).select("table a")}
    assert "../../data/2568/measures.csv" in hrefs
    year = rendered(pages.year(edition, disclosure.reports[0]))
    assert year.find("a", href="../../data/2568/measures.csv")
