"""Comma- and tab-separated text, in the encodings that Thai offices have."""

from __future__ import annotations

import csv
import io

from site_builder.intake import Cell, Line, Piece, Table
from site_builder.tables.limits import CELL_LIMIT, TABLE_LIMIT, LimitError


def read_text(data: bytes, *, tabs: bool = False) -> tuple[Table | None, str]:
    """The one table that a text file is, and its encoding; None where it is no text."""
    text, encoding = _decoded(data)
    if text is None or "\0" in text:
        return None, encoding
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text[:4] == "sep=" and text[5:6] == "\n":  # Excel's own note to itself
        text = "\n" + text[6:]
    records = _records(text, "\t") if tabs else _best(text)
    count = sum(len(record) for record in records)
    if count > TABLE_LIMIT:
        raise LimitError("ช่อง", "cells", count, TABLE_LIMIT)
    rows = tuple(_row(number, record) for number, record in enumerate(records, 1))
    return Table("1", rows), encoding


def _decoded(data: bytes) -> tuple[str | None, str]:
    # Excel's "Unicode Text" is UTF-16.
    encodings = ["utf-16"] if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "cp874" if encoding == "cp874" else "utf-8"
    return None, "binary"


def _best(text: str) -> list[list[str]]:
    """The records by the separator that gives the most rows of several cells."""
    tries = [_records(text, separator) for separator in ("\t", ";", ",")]
    return max(tries, key=lambda records: sum(_is_row(record) for record in records))


def _is_row(record: list[str]) -> bool:
    return sum(bool(cell.strip()) for cell in record) >= 3


def _records(text: str, separator: str) -> list[list[str]]:
    # A quotation mark that begins a cell and closes nowhere is a mark of the text itself.
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        stream = io.StringIO(text, newline="")
        reader = csv.reader(stream, delimiter=separator, quoting=quoting, strict=True)
        try:
            return list(reader)
        except csv.Error:
            continue
    longest = max(map(len, text.split("\n")))
    raise LimitError("ตัวอักษรในช่องเดียว", "characters in a cell", longest, CELL_LIMIT)


def _row(number: int, record: list[str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(number, column, start=column, width=1, lines=_lines(text))
        for column, text in enumerate(record, 1)
    )


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line((Piece(line),)) for line in text.split("\n") if line.strip())
