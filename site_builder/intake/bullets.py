"""A cell's lines as the items of a list: what the office's bullets, numbers and lines set apart.

Bullets are marks and go; the words stay. Numbers go only where they say no more than the order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder import thai
from site_builder.intake.document import Cell, Piece
from site_builder.intake.words import cut, lines_of, text_of

Item = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell says: its items, and whether they were set apart as a list."""

    items: tuple[Item, ...]
    listed: bool
    marked: bool = False
    """True where bullets or numbers set them apart, and not lines alone."""

    @property
    def text(self) -> str:
        """All the words on one line."""
        return " ".join(text_of(item) for item in self.items).strip()


_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
# Bullets of Word's symbol fonts stand in a private area of Unicode.
_DOT = "•●▪◦‣∙·○■□►▶➢➤✓✔❖◆◇\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06c\uf06e\uf071\uf0a8"
_BULLET = re.compile(rf"[{_DOT}]\s*|[{_DASH}](?![{_DASH}0-9๐-๙])\s*|[{_DASH}]\s+|[*+]\s+")
_NUMBER = re.compile(r"\(?([0-9๐-๙]{1,2})(?:\)|\.(?![0-9๐-๙]))\s*(?=\S)")
_NOTHING = re.compile(rf"[{_DASH}\s]*")

_MONTH = "ม.ค|ก.พ|มี.ค|เม.ย|พ.ค|มิ.ย|ก.ค|ส.ค|ก.ย|ต.ค|พ.ย|ธ.ค".replace(".", r"\.\s?")
_LONG_MONTH = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
)
_ENDS_AS_DATE = re.compile(rf"(?:[0-9๐-๙]|น\.|บาท|ร้อยละ|{_MONTH}\.?|{_LONG_MONTH})\Z")
_BEGINS_AS_DATE = re.compile(
    rf"(?:[0-9๐-๙]|วันที่|เดือน|ไตรมาส|ปี|{_MONTH}|{_LONG_MONTH}|(?:ข้อ|รอบ|ครั้ง|ระดับ|หน้า)(?:ที่)?\s?[0-9๐-๙])"
)


def content_of(cells: Sequence[Cell]) -> Content:
    """What the cells say together: one cell, or one and what later rows add to it."""
    found = [_content(cell) for cell in cells]
    said = [content for content in found if content.items]
    if len(said) == 1:
        return said[0]
    items = tuple(item for content in said for item in content.items)
    return Content(items, listed=bool(said), marked=any(content.marked for content in said))


def _content(cell: Cell) -> Content:
    lines = [line for raw in cell.lines for line in lines_of(raw)]
    # A lone dash says "nothing" in a Thai table.
    lines = [
        line
        for line in lines
        if not _NOTHING.fullmatch(line.text) or any(piece.url for piece in line.pieces)
    ]
    marked = [line.listed or bool(_mark(line.text)) for line in lines]
    if len(lines) == 1 and not marked[0]:
        return Content((lines[0].pieces,), listed=False)
    items: list[Item] = []
    for line, begins in zip(lines, marked, strict=True):
        parts = _parts(line.pieces)
        if items and any(marked) and not begins:
            # A line without a bullet goes on with the item above it.
            joined = (*items.pop(), Piece(" "), *parts[0])
            items.append(cut(joined, 0, len(text_of(joined))))
            parts = parts[1:]
        items += parts
    items = [item for item in items if item]
    if len(items) > 1:
        items = _without_numbers(items)
    single_number = len(items) == 1 and bool(_NUMBER.match(text_of(items[0])))
    listed = (any(marked) or len(items) > 1) and not single_number
    return Content(tuple(items), listed=listed, marked=any(marked))


def _mark(text: str) -> re.Match[str] | None:
    return _BULLET.match(text) or _NUMBER.match(text)


def _parts(pieces: Item) -> list[Item]:
    """One line's items: what several bullets, run together, set apart."""
    text = text_of(pieces)
    if bullet := _BULLET.match(text):
        starts = [(0, bullet.end()), *_more(text, bullet)]
    elif len(numbers := _numbers(text)) > 1:
        starts = [(at, at) for at in numbers]
    else:
        starts = [(0, 0)]
    ends = [begin for begin, _ in starts[1:]] + [len(text)]
    return [cut(pieces, after, end) for (_, after), end in zip(starts, ends, strict=True)]


def _more(text: str, first: re.Match[str]) -> list[tuple[int, int]]:
    """Where later bullets of the kind of the first stand, and where their words begin."""
    mark = first[0][0]
    if mark in _DOT:
        pattern = rf"{re.escape(mark)}\s*"
    elif mark in _DASH:
        pattern = rf"(?<=\s)[{_DASH}]\s*(?=\S)"
    else:
        pattern = rf"(?<=\s){re.escape(mark)}\s+"
    return [
        (found.start(), found.end())
        for found in re.compile(pattern).finditer(text, first.end())
        if mark in _DOT or _sets_apart(text[: found.start()].rstrip(), text[found.end() :])
    ]


def _sets_apart(before: str, after: str) -> bool:
    """Whether a dash stands between two items, and not inside a date, a range or a name."""
    if not before:
        return False
    if _ENDS_AS_DATE.search(before[-20:]) and _BEGINS_AS_DATE.match(after):
        return False
    # "E - Service" is one name.
    return not (_is_latin(before[-1]) and _is_latin(after[:1]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _numbers(text: str) -> list[int]:
    """Where the numbers 1, 2, 3 … stand that set items of one line apart; none without a 1."""
    starts: list[int] = []
    for found in re.finditer(r"(?:(?<=\s)|\A)(?=\(?[0-9๐-๙])", text):
        number = _NUMBER.match(text, found.start())
        if number is None or int(thai.to_arabic(number[1])) != len(starts) + 1:
            if not starts:
                return []
            continue
        starts.append(found.start())
    return starts if starts[:1] == [0] else []


def _without_numbers(items: list[Item]) -> list[Item]:
    numbers = [_NUMBER.match(text_of(item)) for item in items]
    order = [int(thai.to_arabic(found[1])) for found in numbers if found]
    if order != list(range(1, len(items) + 1)):
        return items
    return [
        cut(item, found.end() if found else 0, len(text_of(item)))
        for item, found in zip(items, numbers, strict=True)
    ]
