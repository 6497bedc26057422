"""How wide words are in a font, and how they are set in lines: pictures have no line breaks."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MARKS = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ")
"""Thai signs that no line begins with."""
_LEADERS = frozenset("เแโใไ")
"""Thai vowels that are written before their letter: no line ends with one."""
NO_BREAK = "\N{NO-BREAK SPACE}"
"""A space at which no line breaks."""


@dataclass(frozen=True, slots=True)
class Font:
    """The widths of a font's letters, in parts of its size."""

    advances: Mapping[int, float]
    """By code point."""

    def width(self, text: str, size: float) -> float:
        """How wide a line is; a letter that the font lacks counts as a wide one."""
        return sum(self.advances.get(ord(char), 1.0) for char in text) * size


def read_font(data: bytes) -> Font:
    """The widths in a TrueType font, of the letters of the basic plane."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        tables[tag] = offset
    units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]

    def advance(glyph: int) -> float:
        # The last width holds for all glyphs that follow.
        at = tables[b"hmtx"] + 4 * min(glyph, metrics - 1)
        return int(struct.unpack_from(">H", data, at)[0]) / int(units)

    return Font({code: advance(glyph) for code, glyph in _glyphs(data, tables[b"cmap"]).items()})


def _glyphs(data: bytes, table: int) -> dict[int, int]:
    """The number of each letter's glyph: the font's map in segments (format 4)."""
    at = next(
        table + offset
        for number in range(struct.unpack_from(">H", data, table + 2)[0])
        for offset in [struct.unpack_from(">HHI", data, table + 4 + 8 * number)[2]]
        if struct.unpack_from(">H", data, table + offset)[0] == 4
    )
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    ranges_at = at + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    found = {}
    for segment, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if ranges[segment]:
                place = ranges_at + 2 * segment + ranges[segment] + 2 * (code - start)
                glyph = struct.unpack_from(">H", data, place)[0]
            if number := (glyph + deltas[segment]) & 0xFFFF:
                found[code] = number
    return found


@dataclass(frozen=True, slots=True)
class Setting:
    """Words set in lines, all of one size."""

    lines: tuple[str, ...]
    size: int


LEADING = 1.42
"""From line to line, in parts of the size: tone marks stand high above the letters."""


def fit(font: Font, text: str, width: float, height: float, sizes: Sequence[int]) -> Setting:
    """A text in the largest of these sizes in which it fits a box.

    Lines break at spaces alone: where a Thai word ends nobody can tell for sure, and half a name is
    worse than a small one. What is too long in the smallest size is cut, and says so.
    """
    words = [word for word in text.split(" ") if word]
    for size in sizes:
        lines = _broken(font, words, width, size)
        wide = max((font.width(line, size) for line in lines), default=0.0)
        if wide <= width and len(lines) <= _room(height, size):
            return _setting(lines, size)
    return _setting(_kept(font, words, width, height, sizes[-1]), sizes[-1])


def _kept(
    font: Font, words: Sequence[str], width: float, height: float, size: int
) -> Sequence[str]:
    """What a box holds of a text that it does not hold, up to where it is cut."""
    lines = _broken(font, words, width, size)
    room = _room(height, size)
    for number, line in enumerate(lines[:room]):
        if font.width(line, size) > width:
            return [*lines[:number], _cut(font, line, width, size)]
    return [*lines[: room - 1], _cut(font, f"{lines[room - 1]} {lines[room]}", width, size)]


def _room(height: float, size: int) -> int:
    """How many lines a box holds; one always."""
    return max(1, int(height / (size * LEADING)))


def _setting(lines: Sequence[str], size: int) -> Setting:
    # What was kept together is drawn with spaces like all others.
    return Setting(tuple(line.replace(NO_BREAK, " ") for line in lines), size)


def _broken(font: Font, words: Sequence[str], width: float, size: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(font: Font, line: str, width: float, size: int) -> str:
    """The beginning of a line that is too wide."""
    end = len(line) - 1
    while end > 1 and (
        font.width(f"{line[:end]}…", size) > width
        or line[end] in MARKS
        or line[end - 1] in _LEADERS
    ):
        end -= 1
    return f"{line[:end].rstrip(f' {NO_BREAK}')}…"
