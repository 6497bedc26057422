"""Looks through a packed file before anything is made of it."""

from __future__ import annotations

import re
import zipfile

from site_builder.tables.limits import (
    PARTS_LIMIT,
    TABLE_LIMIT,
    UNZIPPED_LIMIT,
    XML_LIMIT,
    LimitError,
)

_RANGE = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^<>]{0,2000}?\bref\s*=\s*[\"']([^\"'<>]*)[\"']"
)
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CORNER = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def archive_problem(archive: zipfile.ZipFile) -> str | None:
    """Why this archive is not opened; None where it may be.

    Raises:
        LimitError: unpacked, it is larger than any report.
    """
    parts = archive.infolist()
    _limited("ไฟล์ภายใน", "parts", len(parts), PARTS_LIMIT)
    # Python's zipfile never unpacks more of a part than is announced here.
    _limited("ไบต์เมื่อคลาย", "bytes unpacked", sum(p.file_size for p in parts), UNZIPPED_LIMIT)
    if any(part.flag_bits & 1 for part in parts):
        return "encrypted"
    read = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
    size = sum(part.file_size for part in read)
    _limited("ไบต์ของข้อความเมื่อคลาย", "bytes of text unpacked", size, XML_LIMIT)
    cells = 0
    for part in read:
        data = archive.read(part)
        # No office program writes a document type; it is how entities are smuggled in.
        if any(_DOCTYPE.encode(encoding) in data for encoding in ("utf-8", "utf-16-le")):
            return "DOCTYPE"
        if part.filename.startswith("xl/worksheets/"):
            cells += len(_CELL.findall(data))
            cells += sum(_area(found[1].decode("latin-1")) for found in _RANGE.finditer(data))
            _limited("ช่อง", "cells", cells, TABLE_LIMIT)
    return None


_DOCTYPE = "<!DOCTYPE"


def _limited(thai: str, english: str, size: int, limit: int) -> None:
    if size > limit:
        raise LimitError(thai, english, size, limit)


def _area(reference: str) -> int:
    """How many cells a range such as `A1:C20` has; openpyxl makes an object of each."""
    corners = [_CORNER.fullmatch(corner) for corner in reference.split(":")]
    if not corners or len(corners) > 2 or None in corners:
        return TABLE_LIMIT + 1
    columns = [_column(corner[1]) for corner in corners if corner]
    rows = [int(corner[2]) for corner in corners if corner]
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
