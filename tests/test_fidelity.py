"""The office's words are the office's: the site shows the report as it was published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config

from site_builder.model import Disclosure

from .conftest import ROOT

PUBLISHED = (ROOT / "tests/data/report-2568-as-published.txt").read_text("utf-8")
ROWS = [line.split("\t") for line in PUBLISHED.splitlines() if line.startswith("ตัวชี้วัดที่ ")]
LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    site = tmp_path_factory.mktemp("site")
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site)))
    return BeautifulSoup((site / "2568/index.html").read_bytes(), "html.parser")


def published(cell: str) -> str:
    """A cell's words: without bullets, link mark-up and white space."""
    text = LINK.sub(r"\2", cell)
    return "".join(re.sub(r"(^|\s)-\s*", " ", text).split())


def shown(cell: Tag) -> str:
    return "".join(cell.get_text().split())


def test_the_source_has_seventy_cells() -> None:
    assert [len(row) for row in ROWS] == [7] * 10


def test_every_cell_stands_in_its_row_and_column(year: BeautifulSoup) -> None:
    rows = [row.find_all(["th", "td"], recursive=False) for row in year.select("table tbody tr")]
    assert [[shown(cell) for cell in row] for row in rows] == [
        [published(cell) for cell in row] for row in ROWS
    ]


def test_words_that_bullets_kept_apart_stay_apart(year: BeautifulSoup) -> None:
    cells = year.select("table tbody tr:nth-child(2) td:nth-child(2) li")
    assert [cell.get_text() for cell in cells] == [
        "สร้างการรับรู้เกี่ยวกับการใช้จ่ายงบประมาณประจำปีให้บุคลากรในหน่วยงาน เช่น เผยแพร่ข้อมูลบนเว็บไซต์ของหน่วยงาน",
        "เปิดโอกาสให้บุคลากรภายในมีส่วนร่วมในการตรวจสอบการใช้จ่ายงบประมาณ",
        "มีช่องทางเพื่อให้บุคลากร",
    ]


def test_columns_are_named_as_on_the_form(year: BeautifulSoup) -> None:
    header = next(line for line in PUBLISHED.splitlines() if line.startswith("ตัวชี้วัด\t"))
    assert [cell.get_text() for cell in year.select("table thead th")] == header.split("\t")


def test_the_title_is_as_published(year: BeautifulSoup) -> None:
    lines = [line.strip() for line in PUBLISHED.split("ตัวชี้วัด")[0].splitlines() if line.strip()]
    heading = year.find("h1")
    assert isinstance(heading, Tag)
    title = year.select_one("p.report-title")
    assert title is not None
    told = BeautifulSoup(str(title).replace("<br/>", "\n"), "html.parser").get_text()
    assert [heading.get_text().strip(), *told.splitlines()] == lines


def test_links_lead_where_they_led(year: BeautifulSoup) -> None:
    for row, source in zip(year.select("table tbody tr"), ROWS, strict=True):
        for cell, text in zip(row.find_all(["th", "td"], recursive=False), source, strict=True):
            links = [a["href"] for a in cell.find_all("a") if "checked" in a.get("class", [])]
            assert links == [url for url, _ in LINK.findall(text)]


def test_every_link_is_evidence_of_its_measure(disclosure: Disclosure) -> None:
    measures = disclosure.reports[0].in_table_order()
    found = [[proof.url for proof in measure.evidence] for measure in measures]
    assert found == [[url for url, _ in LINK.findall("\t".join(row))] for row in ROWS]
    assert sum(map(len, found)) == 8


def test_titles_of_evidence_are_the_offices_words(disclosure: Disclosure) -> None:
    for measure, row in zip(disclosure.reports[0].in_table_order(), ROWS, strict=True):
        for proof in measure.evidence:
            assert any(proof.title in cell for cell in row)


def test_the_test_reads_the_file_as_it_was_published() -> None:
    assert Path(ROOT / "tests/data/report-2568-as-published.txt").stat().st_size == 14178
