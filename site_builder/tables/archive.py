"""Looks through a packed file before anything is made of it."""

from __future__ import annotations

import io
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


def safe_copy(archive: zipfile.ZipFile) -> bytes:
    """The same archive, made anew of what was looked through here.

    A part can announce fewer bytes than it unpacks to: whoever opens the copy unpacks nothing.

    Raises:
        LimitError: unpacked, it is larger than any report.
        ValueError: it holds what no office program writes.
        Exception: it is damaged, in any of the ways that the library knows.
    """
    parts = archive.infolist()
    _limited("ไฟล์ภายใน", "parts", len(parts), PARTS_LIMIT)
    _limited("ไบต์เมื่อคลาย", "bytes unpacked", sum(p.file_size for p in parts), UNZIPPED_LIMIT)
    size = sum(part.file_size for part in parts if _is_read(part.filename))
    _limited("ไบต์ของข้อความเมื่อคลาย", "bytes of text unpacked", size, XML_LIMIT)
    cells = 0
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
        for part in parts:
            with archive.open(part) as stream:
                data = stream.read(part.file_size + 1)
            copy.writestr(part.filename, data)
            if _is_read(part.filename):
                _check_no_doctype(data)
            if part.filename.startswith("xl/worksheets/"):
                cells += _cells(data)
                _limited("ช่อง", "cells", cells, TABLE_LIMIT)
    return made.getvalue()


def _is_read(name: str) -> bool:
    return not re.search(r"\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|bin|ttf|odttf)\Z", name.lower())


def _check_no_doctype(data: bytes) -> None:
    # No office program writes a document type; it is how entities are smuggled in.
    if any(_DOCTYPE.encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
        raise ValueError(_DOCTYPE)


def _cells(data: bytes) -> int:
    """How many cells a sheet has, those that a merged cell or a link covers among them."""
    areas = (_area(found[1].decode("latin-1")) for found in _RANGE.finditer(data))
    return len(_CELL.findall(data)) + sum(areas)


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
