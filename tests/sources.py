"""The reference report as the files that an office has: Word and Excel, made from its text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .conftest import ROOT

PUBLISHED = ROOT / "tests/data/report-2568-as-published.txt"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
HEADINGS = (
    "ตัวชี้วัด",
    "มาตรการ/แนวทางที่จะดำเนินการ",
    "วิธีการดำเนินการ",
    "ผู้รับผิดชอบ",
    "ระยะเวลาดำเนินการ",
    "สรุปผลการดำเนินการ",
    "ผลลัพธ์/ความสำเร็จ",
)
ANCHOR = re.compile(r'<a href="([^"]*)">([^<]*)</a>')


def published() -> tuple[list[str], list[list[list[str]]]]:
    """The lines of the title, and the four tables as rows of cells."""
    lines = PUBLISHED.read_text("utf-8").splitlines()
    title = [line.strip() for line in lines if line.strip() and "\t" not in line]
    tables: list[list[list[str]]] = []
    for line in lines:
        if "\t" in line:
            cells = line.split("\t")
            if "มาตรการ/แนวทางที่จะดำเนินการ" in cells:
                tables.append([])
            tables[-1].append(cells)
    return title, tables


def run(text: str) -> Any:
    made = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    made.append(words)
    return made


def add_link(paragraph: Any, url: str, *words: str) -> None:
    """A link as Word makes it: the address beside the document, the words in several runs."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, HYPERLINK, is_external=True))
    for part in words:
        link.append(run(part))
    paragraph._p.append(link)  # noqa: SLF001


def add_field_link(paragraph: Any, instruction: str, words: str) -> None:
    """A link as older Word makes it: a field in five runs."""
    for kind in ("begin", "instruction", "separate", "words", "end"):
        made = run(words) if kind == "words" else OxmlElement("w:r")
        if kind == "instruction":
            code = OxmlElement("w:instrText")
            code.text = instruction
            made.append(code)
        elif kind != "words":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            made.append(mark)
        paragraph._p.append(made)  # noqa: SLF001


def fill(cell: Any, text: str) -> None:
    """Write a cell of the published text: words, and links where it has them."""
    paragraph = cell.paragraphs[0]
    at = 0
    for found in ANCHOR.finditer(text):
        paragraph.add_run(text[at : found.start()])
        add_link(paragraph, found[1], found[2][:9], found[2][9:])
        at = found.end()
    paragraph.add_run(text[at:])


def word_report(path: Path) -> Path:
    """Four tables, each with its headings, as the published report has them."""
    title, tables = published()
    document = docx.Document()
    for line in title:
        document.add_paragraph(line)
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for made, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(made.cells, row, strict=True):
                fill(cell, text)
        document.add_paragraph()
    document.save(str(path))
    return path


def excel_report(path: Path) -> Path:
    """One sheet with the title merged over the columns."""
    title, tables = published()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in title:
        sheet.append([line])
        sheet.merge_cells(
            start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=7
        )
    for rows in tables:
        sheet.append([])
        for row in rows:
            sheet.append([ANCHOR.sub(r"\2", text) for text in row])
            for column, text in enumerate(row, 1):
                if found := ANCHOR.search(text):
                    sheet.cell(sheet.max_row, column).hyperlink = found[1]
    book.save(path)
    return path


def word_table(path: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Any:
    """A document with one table; returned to be spoiled further, then saved by the test."""
    document = docx.Document()
    table = document.add_table(0, len(headings))
    for row in (headings, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return document
