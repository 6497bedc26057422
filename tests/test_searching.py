"""The search index: what can be found, where it stands, and how little it weighs."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import Any

import pytest

from site_builder import pages, searching
from site_builder.edition import Edition
from site_builder.measurefile import read_measure, write
from site_builder.model import Disclosure, Report
from site_builder.searching import Entry, WebPage

from . import search_office
from .reports import AGENCY, measure, report_of

TODAY = date(2025, 6, 1)


def edition(*measures: Any, language: Any = "th") -> Edition:
    report = report_of(*measures)
    disclosure = Disclosure.model_validate({"agency": AGENCY, "reports": (report,)})
    return Edition(disclosure, TODAY, language)


def entry(**values: object) -> Entry:
    (found,) = searching.measures(edition(measure(**values)))
    return found


def indexed(edition: Edition, *site: WebPage) -> Any:
    return json.loads(searching.index(edition, site))


def test_a_measure_stands_on_its_indicators_page() -> None:
    found = entry(measure=["นโยบาย *สุจริต*", "ข้อสอง"], responsible_unit="กองคลัง", status="done")
    assert (found.page, found.anchor) == ("2568/indicators/1.md", "01-a")
    assert found.title == "นโยบาย สุจริต"
    assert found.texts == ("ข้อสอง", "จัดทำประกาศนโยบาย")
    assert found.unit == "กองคลัง"


def test_what_is_not_done_and_what_it_cost_are_found() -> None:
    found = entry(budget="20000")
    assert {"พ้นกำหนดแล้ว ยังไม่แจ้งว่าแล้วเสร็จ", "20,000 บาท"} <= set(found.texts)
    assert not [text for text in entry(status="done").texts if "ดำเนินการแล้ว" in text]


def test_a_period_is_found_as_written_and_by_its_days() -> None:
    found = entry(period="ไตรมาส ๑")
    assert found.period == "ไตรมาส ๑"
    assert found.days[:4] == ("1 ต.ค. 67", "1 ต.ค. 2567", "1 ตุลาคม 67", "1 ตุลาคม 2567")
    assert "31 ธ.ค. 67" in found.days
    (english,) = searching.measures(edition(measure(period="๑ ต.ค. ๖๗"), language="en"))
    assert {"1 Oct 2024", "1 October 2024", "1 ต.ค. 67"} <= set(english.days)


def test_what_stands_in_a_longer_text_is_carried_once() -> None:
    found = entry(
        measure="ประกาศ นโยบาย",
        method="ประกาศนโยบาย",
        result_summary="ประกาศเจตนารมณ์แล้ว ณ ที่ทำการ",
        evidence=[{"title": "ประกาศเจตนารมณ์ แล้ว", "url": "https://a.go.th/x"}],
    )
    assert found.texts == ("ประกาศเจตนารมณ์แล้ว ณ ที่ทำการ",)


def test_every_text_and_evidence_title_is_carried() -> None:
    names = ["kpi", "interim_result", "problems", "suggestions", "remarks", "outcome"]
    found = entry(
        **{name: f"คำ{name}" for name in names},
        evidence=[{"title": "ภาพถ่าย", "url": "https://a.go.th/x"}],
        document={"number": "คำสั่งที่ ๑๒/๒๕๖๘"},
    )
    wanted = {*(f"คำ{name}" for name in names), "ภาพถ่าย", "คำสั่งที่ ๑๒/๒๕๖๘"}
    assert wanted <= set(found.texts)


def test_english_comes_first_in_the_english_edition_and_thai_is_still_found() -> None:
    told = {"measure": "No gifts", "responsible_unit": "Office", "method": "Announce"}
    (found,) = searching.measures(edition(measure(translations={"en": told}), language="en"))
    assert found.page == "en/2568/indicators/1.md"
    assert found.title == "No gifts"
    assert found.texts[:2] == ("Announce", "นโยบายไม่รับของขวัญ")
    assert found.unit == "Office · สำนักปลัด"
    (thai,) = searching.measures(edition(measure(translations={"en": told})))
    assert thai.title == "นโยบายไม่รับของขวัญ"
    assert "Announce" not in thai.texts
    (known,) = searching.measures(edition(measure(), language="en"))
    assert known.unit == "Office of the Chief Administrator · สำนักปลัด"


def test_an_own_page_is_cut_at_its_headings() -> None:
    body = (
        '<h1 id="about">เกี่ยวกับ<a class="headerlink" href="#about">¶</a></h1><p>ก่อน</p>'
        "<script>alert(1)</script><ul><li>หนึ่ง</li><li>สอง</li></ul>"
        '<h2 id="licence">สัญญา <em>อนุญาต</em></h2><p>ใช้ได้ &lt;ฟรี&gt;</p>'
    )
    top, section = searching.sections(WebPage("about.md", "about/", "เกี่ยวกับ", body))
    assert top == Entry("about.md", "", "เกี่ยวกับ", ("ก่อน", "หนึ่ง", "สอง"))
    assert section == Entry("about.md", "licence", "สัญญา อนุญาต", ("ใช้ได้ <ฟรี>",))


def test_what_asks_to_be_left_out_is_left_out_whole() -> None:
    body = "<div data-search-exclude><div>ก</div>ข</div><img data-search-exclude>ค<svg><svg></svg>ง</svg>จ"
    (top,) = searching.sections(WebPage("x.md", "x/", "ชื่อ", body))
    assert top.texts == ("คจ",)


def test_words_before_the_first_heading_belong_to_the_page() -> None:
    body = '<p>คำนำ</p><h2 id="a">ก</h2>'
    top, section = searching.sections(WebPage("x.md", "x/", "ชื่อ &amp; <b>นาม</b>", body))
    assert top == Entry("x.md", "", "ชื่อ & นาม", ("คำนำ",))
    assert section == Entry("x.md", "a", "ก")


def test_an_edition_holds_its_own_pages_and_the_offices_where_it_has_none() -> None:
    site = (
        WebPage("about.md", "about/", "เกี่ยวกับ", "<p>ก</p>"),
        WebPage("both.md", "both/", "ทั้งสอง", "<p>ก</p>"),
        WebPage("en/both.md", "en/both/", "Both", "<p>a</p>"),
        WebPage("2568/indicators/1.md", "2568/indicators/1/", "ตัวชี้วัดที่ ๑"),
        WebPage("en/2568/indicators/1.md", "en/2568/indicators/1/", "Indicator 1"),
    )
    thai = indexed(edition(measure()), *site)
    assert [page[0] for page in thai["pages"]] == ["about/", "both/", "2568/indicators/1/"]
    english = indexed(edition(measure(), language="en"), *site)
    assert [page[0] for page in english["pages"]] == [
        *("about/", "en/both/", "en/2568/indicators/1/"),
    ]
    assert [row[0] for row in english["entries"]] == [2]


def test_a_page_says_its_year() -> None:
    page = WebPage("2568/indicators/1.md", "2568/indicators/1/", "ตัวชี้วัดที่ ๑")
    ((_, title, year, about, _),) = indexed(edition(measure()), page)["pages"]
    assert (title, year) == ("ตัวชี้วัดที่ ๑", 2568)
    assert about == ["ปีงบประมาณ พ.ศ. ๒๕๖๘", "ปีงบประมาณ 2568", "ปี 2568"]


def test_a_measure_without_its_page_is_left_out() -> None:
    assert indexed(edition(measure()))["entries"] == []


@pytest.mark.parametrize(("count", "most"), [(100, 60_000), (1000, 400_000)])
def test_the_index_is_light(count: int, most: int, disclosure: Disclosure) -> None:
    report = disclosure.reports[0]
    committed = [search_office.as_values(measure) for measure in report.measures]
    made = []
    for number, values in enumerate(search_office.many(count, committed)):
        found, problems = read_measure(write(values).encode(), "x.yaml", f"m-{number:04}", 2568)
        assert found is not None, problems
        made.append(found)
    full = Report.model_validate(report.model_copy(update={"measures": tuple(made)}))
    whole = Edition(disclosure.model_copy(update={"reports": (full,)}), TODAY)
    site = [
        WebPage(pages.indicator_path(report, i), f"2568/indicators/{i.number}/", i.name)
        for i in report.indicators
    ]
    data = searching.index(whole, site)
    assert len(json.loads(data)["entries"]) == count
    # As long as real ones: the committed report has 0.7 KB a measure.
    assert len(data.decode()) / count > 700
    assert len(gzip.compress(data, 9)) <= most


def test_thai_is_not_escaped() -> None:
    page = WebPage("2568/indicators/1.md", "2568/indicators/1/", "ตัวชี้วัด")
    assert "ตัวชี้วัด".encode() in searching.index(edition(measure()), [page])
