"""Opening files: Word, Excel and text as values; whatever else they are, as a problem."""

from __future__ import annotations

import io
import os
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from site_builder.intake import Document, Outside, Table
from site_builder.tables import read_document
from site_builder.tables.text import read_text

from .sources import HEADINGS, add_field_link, add_link, run, word_table

ROW = ("๑", "อบรม", "จัดอบรม", "สำนักปลัด", "๑ ต.ค. ๖๗", "ทำแล้ว", "ดี")


def opened(path: Path) -> Document:
    document, problems = read_document(path)
    assert document is not None, problems
    return document


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def outside(document: Document) -> list[tuple[str, str]]:
    return [(b.where, b.line.text) for b in document.blocks if isinstance(b, Outside)]


def words(table: Table) -> list[list[str]]:
    return [["|".join(line.text for line in cell.lines) for cell in row] for row in table.rows]


def code_of(path: Path) -> str:
    document, problems = read_document(path)
    assert document is None
    assert len(problems) == 1
    assert problems[0].line("th")
    assert problems[0].line("en")
    return problems[0].code


def piece_urls(path: Path) -> list[tuple[str, str]]:
    return [
        (piece.text, piece.url)
        for table in tables(opened(path))
        for row in table.rows
        for cell in row
        for line in cell.lines
        for piece in line.pieces
        if piece.url
    ]


# Word


def test_links_by_relationship_and_by_both_kinds_of_field(tmp_path: Path) -> None:
    document = word_table(tmp_path / "a.docx", ROW)
    cells = document.tables[0].rows[1].cells
    add_link(cells[5].paragraphs[0], "https://x.go.th/1", "หนึ่ง")
    add_field_link(cells[5].paragraphs[0], ' HYPERLINK "https://x.go.th/2" \\o "คำใบ้" ', "สอง")
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), ' HYPERLINK "https://x.go.th/3" \\l "p4" ')
    simple.append(run("สาม"))
    cells[6].paragraphs[0]._p.append(simple)  # noqa: SLF001
    document.save(str(tmp_path / "a.docx"))
    assert piece_urls(tmp_path / "a.docx") == [
        ("หนึ่ง", "https://x.go.th/1"),
        ("สอง", "https://x.go.th/2"),
        ("สาม", "https://x.go.th/3#p4"),
    ]


def tracked(kind: str, text: str) -> Any:
    change = OxmlElement(f"w:{kind}")
    made = run(text)
    if kind == "del":
        made[0].tag = qn("w:delText")
    change.append(made)
    return change


def test_what_was_deleted_is_not_read_and_what_was_inserted_is(tmp_path: Path) -> None:
    document = word_table(tmp_path / "a.docx", ROW)
    paragraph = document.tables[0].rows[1].cells[1].paragraphs[0]
    paragraph._p.append(tracked("del", "ลบ"))  # noqa: SLF001
    paragraph._p.append(tracked("ins", "เพิ่ม"))  # noqa: SLF001
    document.save(str(tmp_path / "a.docx"))
    assert words(tables(opened(tmp_path / "a.docx"))[0])[1][1] == "อบรมเพิ่ม"


def test_merged_cells_say_so(tmp_path: Path) -> None:
    document = word_table(tmp_path / "a.docx", ROW, ("", *ROW[1:]), ("ทั้งแถว", *[""] * 6))
    rows = document.tables[0].rows
    rows[1].cells[0].merge(rows[2].cells[0])
    rows[3].cells[0].merge(rows[3].cells[6])
    document.save(str(tmp_path / "a.docx"))
    table = tables(opened(tmp_path / "a.docx"))[0]
    assert [cell.continues for cell in table.rows[2]] == [True] + [False] * 6
    assert len(table.rows[3]) == 1
    assert table.rows[3][0].width == sum(cell.width for cell in table.rows[0])


def test_words_lists_breaks_and_hyphens(tmp_path: Path) -> None:
    document = word_table(tmp_path / "a.docx", ROW)
    cell = document.tables[0].rows[1].cells[2]
    cell.paragraphs[0].text = "ก\nข"
    cell.add_paragraph("ค", style="List Bullet")
    made = run("No")
    made.append(OxmlElement("w:noBreakHyphen"))
    made.append(OxmlElement("w:softHyphen"))
    cell.add_paragraph("")._p.append(made)  # noqa: SLF001
    document.save(str(tmp_path / "a.docx"))
    lines = tables(opened(tmp_path / "a.docx"))[0].rows[1][2].lines
    assert [(line.text, line.listed) for line in lines] == [
        ("ก", False),
        ("ข", False),
        ("ค", True),
        ("No-", False),
    ]


def test_margins_boxes_nested_tables_and_frames(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษ"
    frame = document.add_table(1, 1)
    frame.rows[0].cells[0].text = "หัวเรื่องในกรอบ"
    inner = frame.rows[0].cells[0].add_table(2, 7)
    for row, values in zip(inner.rows, (HEADINGS, ROW), strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    inner.rows[1].cells[6].add_table(1, 1).rows[0].cells[0].text = "ซ้อน"
    document.save(str(tmp_path / "a.docx"))
    read = opened(tmp_path / "a.docx")
    assert ("outside", "หัวเรื่องในกรอบ") in outside(read)
    assert ("margin", "ท้ายกระดาษ") in outside(read)
    assert words(tables(read)[0]) == [list(HEADINGS), list(ROW)]
    assert [line.text for line in tables(read)[0].rows[1][6].nested] == ["ซ้อน"]


# Excel


def workbook(path: Path, *rows: tuple[object, ...]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return book


def test_excel_links_values_merged_cells_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    day = date(2024, 10, 1)
    book = workbook(path, HEADINGS, ROW, (None, "ข", day, 0.8, 50000.0, 7, "=1+1"))
    sheet = book.active
    sheet["F2"].hyperlink = "https://x.go.th/1"
    sheet["G2"] = '=HYPERLINK("https://x.go.th/2","สอง")'
    sheet["D3"].number_format = "0%"
    sheet["B3"].comment = Comment("ตรวจอีกครั้ง", "ปลัด")
    sheet.merge_cells("A2:A3")
    hidden = book.create_sheet("ซ่อน")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "ลับ"
    book.save(path)
    read = opened(path)
    assert len(tables(read)) == 1
    assert words(tables(read)[0])[2] == ["", "ข", "1 ต.ค. 2567", "80%", "50000", "7", "=1+1"]
    assert tables(read)[0].rows[2][0].continues
    assert piece_urls(path) == [("ทำแล้ว", "https://x.go.th/1"), ("สอง", "https://x.go.th/2")]
    assert outside(read) == [("note", "ตรวจอีกครั้ง"), ("hidden-sheet", "ลับ")]


# Text


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("ก,ข,ค\n1,2,3", ["1", "2", "3"]),
        ("ก;ข;ค\n1,5;2;3", ["1,5", "2", "3"]),
        ("ก\tข\tค\n1,5\t2\t3", ["1,5", "2", "3"]),
        ('ก,ข,ค\n"1,5","ว่า ""ดี""",3', ["1,5", 'ว่า "ดี"', "3"]),
        ('ก\tข\tค\n"No Gift" ก\t2\t3', ['"No Gift" ก', "2", "3"]),
        ('ก\tข\tค\n"1\t2\t3', ['"1', "2", "3"]),
        ("sep=;\nก;ข;ค\r\n1;2;3\r\n", ["1", "2", "3"]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_separators_quotes_and_encodings(text: str, cells: list[str], encoding: str) -> None:
    table, said = read_text(text.encode(encoding))
    assert table is not None
    assert words(table)[-1] == cells
    assert said == ("cp874" if encoding == "cp874" else "utf-8")


def test_a_cell_of_several_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('ก,ข,ค\n"1\n2",3,4\n', "utf-8")
    assert words(tables(opened(tmp_path / "a.csv"))[0])[1][0] == "1|2"


def test_windows_thai_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("ก,ข,ค\n1,2,3".encode("cp874"))
    assert [found.code for found in read_document(tmp_path / "a.csv")[1]] == [
        "import-file-encoding"
    ]


# Files that are not read

REFUSED = {
    "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a.pdf": b"%PDF-1.7",
    "a.rtf": b"{\\rtf1 x}",
    "a.xls": b"<html><table></table></html>",
    "a.txt": b"\x89PNG\r\n",
    "a.md": "ก | ข".encode(),
    "b.txt": b"a\x00b\tc\td",
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_kinds_are_told_what_to_save_as(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(REFUSED[name])
    assert code_of(tmp_path / name) == "import-file-kind"


def archive(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


def respelt(source: Path, part: str, old: bytes, new: bytes) -> None:
    """Change one part of a packed file."""
    with zipfile.ZipFile(source) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    archive(source, **parts)


def test_packed_files_that_are_no_reports(tmp_path: Path) -> None:
    assert code_of(archive(tmp_path / "a.odt", **{"content.xml": b"<a/>"})) == "import-file-kind"
    assert code_of(archive(tmp_path / "a.zip", readme=b"x")) == "import-file-kind"
    part = {"word/document.xml": b"<a/>"}
    assert code_of(archive(tmp_path / "a.docx", **part)) == "import-file-damaged"
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 and no more")
    assert code_of(tmp_path / "b.docx") == "import-file-damaged"
    (tmp_path / "c.docx").write_bytes(b" \n")
    assert code_of(tmp_path / "c.docx") == "file-empty"


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "a.docx", **{"word/document.xml": b" " * 30_000_000})
    started = time.monotonic()
    assert code_of(bomb) == "import-file-limit"
    assert time.monotonic() - started < 2
    many = archive(tmp_path / "b.xlsx", **{f"xl/{n}.xml": b"" for n in range(6000)})
    assert code_of(many) == "import-file-limit"


def test_a_part_that_announces_too_little_is_cut_there(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "a.docx", **{"word/document.xml": b" " * 10_000_000})
    data = bomb.read_bytes().replace((10_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    bomb.write_bytes(data)
    assert code_of(bomb) == "import-file-damaged"


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "A1:B2:C3", "A1:&#65;9"])
def test_merged_cells_without_end_are_refused(tmp_path: Path, reference: str) -> None:
    path = tmp_path / "a.xlsx"
    book = workbook(path, HEADINGS, ROW)
    book.active.merge_cells("A3:B3")
    book.save(path)
    respelt(path, "xl/worksheets/sheet1.xml", b'ref="A3:B3"', f'ref="{reference}"'.encode())
    assert code_of(path) == "import-file-limit"


def test_cells_far_away_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = workbook(path, HEADINGS, ROW)
    book.active["XFD1048576"] = "x"
    book.save(path)
    assert code_of(path) == "import-file-limit"


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word_table(path, ROW)
    evil = b'?>\n<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    respelt(path, "word/document.xml", b"?>", evil)
    assert code_of(path) == "import-file-damaged"


def test_giant_cells_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("ก\tข\tค\n" + "ก" * 60_000 + "\t2\t3", "utf-8")
    assert code_of(tmp_path / "a.tsv") == "import-file-limit"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.docx")
    assert code_of(tmp_path / "a.docx") == "file-unreadable"


def spoiled() -> st.SearchStrategy[tuple[str, int, bytes]]:
    return st.tuples(
        st.sampled_from(["a.docx", "a.xlsx"]), st.integers(0, 40_000), st.binary(max_size=40)
    )


@given(spoiled())
def test_a_spoiled_file_is_values_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[str, int, bytes]
) -> None:
    name, at, noise = case
    folder = tmp_path_factory.mktemp("spoiled")
    if name == "a.docx":
        word_table(folder / name, ROW)
    else:
        workbook(folder / name, HEADINGS, ROW)
    data = bytearray((folder / name).read_bytes())
    at %= len(data)
    data[at : at + len(noise)] = noise
    (folder / name).write_bytes(data)
    document, problems = read_document(folder / name)
    assert document is not None or problems


@given(st.binary(max_size=300))
def test_any_bytes_are_values_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "a.csv"
    file.write_bytes(data)
    document, problems = read_document(file)
    assert document is not None or problems


def test_three_hundred_rows_are_read_in_a_moment(tmp_path: Path) -> None:
    source = io.StringIO()
    for n in range(300):
        source.write("\t".join((f"ตัวชี้วัดที่ {n % 10 + 1}", f"ข้อ {n}", *ROW[2:])) + "\n")
    rows = [tuple(line.split("\t")) for line in source.getvalue().splitlines()]
    workbook(tmp_path / "a.xlsx", HEADINGS, *rows)
    document = docx.Document()
    table = document.add_table(301, 7)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, value in zip(cells, [v for row in (HEADINGS, *rows) for v in row], strict=True):
        cell.text = value
    document.save(str(tmp_path / "a.docx"))
    for name in ("a.xlsx", "a.docx"):
        assert len(tables(opened(tmp_path / name))[0].rows) == 301
