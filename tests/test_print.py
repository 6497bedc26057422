"""Pages on paper, printed by a real browser: the official table across A4, its header on each sheet."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from site_builder import thai
from site_builder.edition import Edition
from site_builder.measurefile import write
from site_builder.model import OFFICIAL_COLUMNS, Disclosure, label
from site_builder.pages.print_words import print_foot, print_head

from .browsing import served
from .conftest import ROOT

ROWS = 40
A4 = (595, 842)
DOCUMENT = "https://www.dongmuang.go.th/documents/announcement-2568.pdf"
TODAY = date(2025, 3, 1)


def marked(number: int) -> tuple[str, str, str]:
    """Words at the first and the last line of a row, in letters that PDFs give back as they are.

    Two at the last line: of its longest cell, and of the last.
    """
    return f"R{number:03}A", f"R{number:03}Y", f"R{number:03}Z"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    office = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "content", office / "content")
    shutil.copy(ROOT / "mkdocs.yml", office)
    for year in ("2567", "2568"):
        (office / "measures" / year).mkdir(parents=True)
        _write(office, f"{year}/report", {"title": ["รายงานผล", "องค์การบริหารส่วนตำบลดงเมือง"]})
    shutil.copy(ROOT / "measures/agency.yaml", office / "measures")
    for number in range(ROWS):
        first, lowest, last = marked(number)
        fields: dict[str, object] = {
            "indicator": str(number % 10 + 1),
            "measure": [
                f"{first} มาตรการ",
                *["ส่งเสริมความโปร่งใสในการจัดซื้อจัดจ้าง"] * (number % 5),
                f"บรรทัดสุดท้าย {lowest}",
            ],
            "method": "จัดทำประกาศและแจ้งเวียนให้บุคลากรในสังกัดทราบและถือปฏิบัติ",
            "responsible_unit": ("สำนักปลัด", "กองคลัง")[number % 2],
            "period": "๑ ต.ค. ๖๗ และ ๑ เม.ย. ๖๘",
            "result_summary": f"ดู [ประกาศ]({DOCUMENT})" if number == 0 else "ประกาศแล้ว",
            "outcome": f"บุคลากรในสังกัดทราบและถือปฏิบัติ {last}",
        }
        _write(office, f"2568/{number:03}-x", fields)
    old = {"indicator": "1", "measure": "ม", "method": "ว", "responsible_unit": "ส"}
    link = "ดู https://www.dongmuang.go.th/old-and-folded"
    _write(office, "2567/01-x", {**old, "period": "๑ ต.ค. ๖๖", "outcome": link})
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
        build(load_config(str(office / "mkdocs.yml"), site_dir=str(office / "site")))
    with served(office / "site") as address:
        yield address


def _write(office: Path, name: str, fields: dict[str, object]) -> None:
    (office / f"measures/{name}.yaml").write_text(write(fields), "utf-8")


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """A telephone, with a dark screen: the hardest to print from."""
    viewport = {"width": 360, "height": 800}
    page = browser.new_page(base_url=base, viewport=viewport, color_scheme="dark")
    yield page
    page.close()


def sheets(page: Page, path: str) -> PdfReader:
    page.goto(path)
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def sizes(paper: PdfReader) -> set[tuple[int, int]]:
    return {(round(s.mediabox.width), round(s.mediabox.height)) for s in paper.pages}


def letters(text: str) -> str:
    """Consonants, digits and Latin: PDFs give Thai back, its vowel and tone marks in any order."""
    return re.sub("[^0-9A-Za-zก-ฮ๐-๙]", "", text)


def texts(paper: PdfReader) -> Sequence[str]:
    return [letters(sheet.extract_text()) for sheet in paper.pages]


def test_the_official_table_lies_across_a4_with_its_header_on_each_sheet(page: Page) -> None:
    paper = sheets(page, "/2568/")
    assert sizes(paper) == {(A4[1], A4[0])}
    found = texts(paper)
    assert len(found) > 3
    for text in found:
        for name in OFFICIAL_COLUMNS:
            assert letters(label(name)) in text


def test_no_row_is_lost_and_none_is_cut(page: Page) -> None:
    found = texts(sheets(page, "/2568/"))
    for number in range(ROWS):
        on = [[text.count(word) for text in found] for word in marked(number)]
        assert on[0] == on[1] == on[2]
        assert sum(on[0]) == 1
    # In the table's order, and so as rows of it: cards would stand in the order of their columns.
    order = re.findall(r"R(\d{3})A", "".join(found))
    assert [int(n) for n in order] == sorted(range(ROWS), key=lambda n: (n % 10, n))


def test_a_sheet_says_whose_it_is_where_it_is_and_of_which_day(page: Page, base: str) -> None:
    before = thai.day_of(datetime.now(UTC))
    found = texts(sheets(page, "/2568/"))
    after = thai.day_of(datetime.now(UTC))
    office = "องค์การบริหารส่วนตำบลดงเมือง อำเภอยางสีสุราช จังหวัดมหาสารคาม"
    # The number of the sheet, in the office's digits, stands in the margin.
    number = thai.to_thai(f"1{len(found)}")
    assert found[0].startswith(number + letters(office + "รายงานผล"))
    assert letters(f"{base}/2568/") in found[-1]
    days = {letters(f"พิมพ์เมื่อ {thai.write_date(day, 'thai', era=True)}") for day in (before, after)}
    assert any(day in found[-1] for day in days)
    assert letters("ลิงก์ของหน้านี้ยังไม่ได้ตรวจ") in found[-1]


def test_menus_buttons_and_tools_stay_on_the_screen(page: Page) -> None:
    found = "".join(texts(sheets(page, "/2568/")))
    for words in (
        "กรองและเรียงตาราง",
        "คัดลอกแถวที่แสดง",
        "ดาวน์โหลดตารางนี้",
        "เกี่ยวกับเว็บไซต์",
        "Made with",
    ):
        assert letters(words) not in found
    assert letters("พิมพ์ตามที่กรอง") not in found
    found = "".join(texts(sheets(page, "/2568/indicators/1/")))
    assert letters("ลิงก์ถาวรของมาตรการนี้") not in found
    assert letters("วิธีการดำเนินการ") in found


def test_a_filtered_table_says_that_it_is_one(page: Page) -> None:
    found = texts(sheets(page, "/2568/?text=R017A&sort=start"))
    assert "R017Z" in found[0]
    assert "R018Z" not in "".join(found)
    notice = "ไม่ใช่ตารางทั้งฉบับตามลำดับ: แสดง ๑ จาก ๔๐ มาตรการ (คำในตาราง R017A เรียงตาม วันเริ่มดำเนินการ)"
    assert letters(notice) in found[0]


def test_evidence_is_printed_with_its_address(page: Page) -> None:
    found = "".join(texts(sheets(page, "/2568/")))
    assert found.count(letters(DOCUMENT)) == 1
    # An address that stands in the text is not said twice.
    bare = letters("https://www.dongmuang.go.th/old-and-folded")
    table = "".join(texts(sheets(page, "/2567/")))
    assert table.count(bare) == 1


@pytest.mark.parametrize("path", ["/", "/links/", "/data/"])
def test_other_pages_stand_upright(page: Page, path: str) -> None:
    paper = sheets(page, path)
    assert sizes(paper) == {A4}
    # No sheet is empty but for its number.
    assert all(len(text) > 20 for text in texts(paper))


@pytest.mark.parametrize("by_script", [True, False])
def test_what_is_folded_is_printed_open(browser: Browser, base: str, *, by_script: bool) -> None:
    context = browser.new_context(base_url=base, java_script_enabled=by_script)
    page = context.new_page()
    found = "".join(texts(sheets(page, "/links/")))
    assert letters("old-and-folded") in found
    if by_script:
        # And it is folded again on the screen.
        assert page.locator("details.report-fold[open]").count() == 0
    context.close()


def test_without_scripts_nothing_is_guessed(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, java_script_enabled=False)
    found = texts(sheets(context.new_page(), "/2568/"))
    assert letters("พิมพ์เมื่อ") not in found[-1]
    assert letters("ที่อยู่ของหน้านี้") not in found[-1]
    assert letters("ลิงก์ของหน้านี้ยังไม่ได้ตรวจ") in found[-1]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_black_on_white(browser: Browser, base: str, scheme: str) -> None:
    page = browser.new_page(base_url=base, color_scheme=scheme)
    page.goto("/2568/")
    page.emulate_media(media="print", color_scheme=scheme)
    colours = page.evaluate(
        "selectors => selectors.map(s => getComputedStyle(document.querySelector(s))).map(s => [s.color, s.backgroundColor])",
        ["body", "h1", "table.columns-7 thead th", "table.columns-7 td", "table.columns-7 td a"],
    )
    black, white, clear = "rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"
    assert [colour[0] for colour in colours] == [black] * 5
    assert {colour[1] for colour in colours} <= {white, clear}
    assert colours[0][1] == white
    page.close()


def test_the_english_edition_prints_english_words(disclosure: Disclosure) -> None:
    edition = Edition(disclosure, TODAY, "en")
    foot = print_foot(edition, [])
    assert not re.search("[\u0e00-\u0e7f]", foot)
    assert 'data-locale="en-GB"' in foot
    head = BeautifulSoup(print_head(edition), "html.parser")
    assert [part["lang"] for part in head.select("span")] == ["th"]
