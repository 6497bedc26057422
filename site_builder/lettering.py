"""How wide words are in a font, and how they are set in lines: pictures have no line breaks."""

from __future__ import annotations

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
