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
    announced = sum(p.file_size for p in parts if p.filename.endswith((".xml", ".rels")))
    _limited("ไบต์ของข้อความเมื่อคลาย", "bytes of text unpacked", announced, XML_LIMIT)
    cells = size = 0
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
        for part in parts:
            with archive.open(part) as stream:
                data = stream.read(part.file_size + 1)
            copy.writestr(part.filename, data)
            # By what it is: a part's name says nothing of what is made of it.
            if _is_xml(data):
                size += len(data)
                cells += _cells(data)
                _limited("ไบต์ของข้อความเมื่อคลาย", "bytes of text unpacked", size, XML_LIMIT)
                _limited("ช่อง", "cells", cells, TABLE_LIMIT)
    return made.getvalue()


_DECLARED = re.compile(rb"<\?xml[^>]*\sencoding\s*=\s*[\"']([^\"']*)")


def _is_xml(data: bytes) -> bool:
    """Whether a part is XML; refused where it is in a spelling that hides what it says."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"}:
        raise ValueError("UTF-16")
    head = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        return False
    declared = _DECLARED.match(head)
    if declared and declared[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
        raise ValueError(declared[1].decode("latin-1"))
    # No office program writes a document type; it is how entities are smuggled in.
    if b"<!DOCTYPE" in data:
        raise ValueError("DOCTYPE")
    return True


def _cells(data: bytes) -> int:
    """How many cells a sheet has, those that a merged cell or a link covers among them."""
    areas = (_area(found[1].decode("latin-1")) for found in _RANGE.finditer(data))
    return len(_CELL.findall(data)) + sum(areas)


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
