"""Opens an office's file as what it is, not as what its name says."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from site_builder.intake import Document, Outside, Table
from site_builder.problems import Place, Problem, problem
from site_builder.tables.archive import safe_copy
from site_builder.tables.limits import CELL_LIMIT, FILE_LIMIT, TEXT_LIMIT, LimitError
from site_builder.tables.text import read_text

_Kind = tuple[str, str, str]
# What an officer has, in both languages, and what to save it as.
_OLD: _Kind = ("Word/Excel รุ่นเก่า หรือไฟล์ที่ใส่รหัสผ่าน", "old Office, or password", ".docx / .xlsx")
_KINDS_BY_START: tuple[tuple[bytes, _Kind], ...] = (
    (b"\xd0\xcf\x11\xe0", _OLD),
    (b"%PDF", ("PDF", "PDF", ".docx / .xlsx")),
    (b"{\\rtf", ("RTF", "RTF", ".docx")),
    (b"\x89PNG", ("รูปภาพ", "a picture", ".docx / .xlsx")),
    (b"\xff\xd8\xff", ("รูปภาพ", "a picture", ".docx / .xlsx")),
)
_KINDS_BY_NAME: Mapping[str, _Kind] = {
    ".odt": ("OpenDocument", "OpenDocument", ".docx"),
    ".ods": ("OpenDocument", "OpenDocument", ".xlsx"),
    ".xlsb": ("Excel แบบไบนารี", "binary Excel", ".xlsx"),
}
_OTHER: _Kind = (
    "ไม่ใช่ Word Excel หรือข้อความ",
    "neither Word, Excel nor text",
    ".docx / .xlsx / .csv",
)
_TEXT_NAMES = {".csv", ".tsv", ".txt", ".tab"}


def read_document(path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one file; None where nothing can be made of it, and what is to be said of it."""
    place = Place(path.name)
    try:
        if not path.is_file():  # a pipe or a device would never end
            return None, (problem("file-unreadable", place, cause="not a file"),)
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except OSError as error:
        return None, (problem("file-unreadable", place, cause=error.strerror),)
    if len(data) > FILE_LIMIT:
        return None, (_limit_problem(place, LimitError("ไบต์", "bytes", len(data), FILE_LIMIT)),)
    if not data.strip():
        return None, (problem("file-empty", place, example=".docx / .xlsx / .csv"),)
    try:
        document, found = _read(data, path)
        if document is not None:
            _check_cells(document)
    except LimitError as error:
        return None, (_limit_problem(place, error),)
    return document, found


def _read(data: bytes, path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    place = Place(path.name)
    if data.startswith(b"PK"):
        return _read_archive(data, path)
    for start, kind in _KINDS_BY_START:
        if data.startswith(start):
            return None, (_kind_problem(place, kind),)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table)", data[:400], re.IGNORECASE):
        return None, (_kind_problem(place, ("หน้าเว็บ HTML", "HTML", ".docx / .xlsx")),)
    if path.suffix.lower() not in _TEXT_NAMES:
        return None, (_kind_problem(place, _KINDS_BY_NAME.get(path.suffix.lower(), _OTHER)),)
    if len(data) > TEXT_LIMIT:
        raise LimitError("ไบต์", "bytes", len(data), TEXT_LIMIT)
    table, encoding = read_text(data, tabs=path.suffix.lower() in {".tsv", ".tab"})
    if table is None:
        return None, (_kind_problem(place, _OTHER),)
    found = () if encoding == "utf-8" else (problem("import-file-encoding", place),)
    return Document(path.name, (table,)), found


def _read_archive(data: bytes, path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    place = Place(path.name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            data = safe_copy(archive)
    except LimitError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken archive raises anything
        return None, (_damaged(place, "Word/Excel", error),)
    if "word/document.xml" in names:
        # python-docx and openpyxl take long to load, and no other command needs them.
        from site_builder.tables.word import read_word  # noqa: PLC0415

        return _opened("Word", read_word, data, path)
    if "xl/workbook.xml" in names:
        from site_builder.tables.excel import read_workbook  # noqa: PLC0415

        return _opened("Excel", read_workbook, data, path)
    if "xl/workbook.bin" in names:
        return None, (_kind_problem(place, _KINDS_BY_NAME[".xlsb"]),)
    if "content.xml" in names:
        kind = _KINDS_BY_NAME.get(path.suffix.lower(), _KINDS_BY_NAME[".odt"])
        return None, (_kind_problem(place, kind),)
    return None, (_kind_problem(place, _OTHER),)


def _opened(
    kind: str,
    read: Callable[[bytes], tuple[Table | Outside, ...]],
    data: bytes,
    path: Path,
) -> tuple[Document | None, tuple[Problem, ...]]:
    try:
        with warnings.catch_warnings():
            # What the libraries leave aside (styles, validation) is none of the officer's business.
            warnings.simplefilter("ignore")
            return Document(path.name, read(data)), ()
    except LimitError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file raises anything in these libraries
        return None, (_damaged(Place(path.name), kind, error),)


def _check_cells(document: Document) -> None:
    for block in document.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row:
                length = sum(len(line.text) for line in cell.lines)
                if length > CELL_LIMIT:
                    raise LimitError("ตัวอักษรในช่องเดียว", "characters in a cell", length, CELL_LIMIT)


def _damaged(place: Place, kind: str, error: Exception) -> Problem:
    cause = " ".join(str(error).split())[:120] or type(error).__name__
    return problem("import-file-damaged", place, kind=kind, cause=cause)


def _kind_problem(place: Place, kind: _Kind) -> Problem:
    thai, english, wanted = kind
    return problem("import-file-kind", place, kind_th=thai, kind_en=english, wanted=wanted)


def _limit_problem(place: Place, error: LimitError) -> Problem:
    return problem(
        "import-file-limit",
        place,
        what_th=error.thai,
        what_en=error.english,
        size=error.size,
        limit=error.limit,
    )
