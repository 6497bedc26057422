"""Charts: numbers in, inline SVG out.

A page shows the same numbers as a table beside the chart, so a chart is one picture to a screen
reader, named by its title. Colours are classes of the style sheet: they follow light, dark and
forced colours, and no chart tells anything by colour alone.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Write = Callable[[int | str], str]
"""Writes a number in the digits of the page."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a chart."""

    label: str
    value: float
    tone: str
    """Names its colour: the class `tone-…` of the style sheet."""
    sign: str = ""
    """Tells it from its neighbours where colours do not; on a column, its value as written."""


_HEIGHT, _GAP = 36, 0.5
_LETTERS = 5.0
"""A part narrower than this, in hundredths of the bar, has no room for its number."""


def stacked_bar(parts: Sequence[Part], title: str, write: Write) -> str:
    """One bar, shared out by the values of its parts; empty where they add up to nothing.

    It is as wide as the page lets it, in hundredths, so that its letters keep their size.
    """
    shown = [part for part in parts if part.value > 0]
    total = sum(part.value for part in shown)
    if not shown:
        return ""
    room = 100 - _GAP * (len(shown) - 1)
    drawn, left = [], 0.0
    for part in shown:
        width = room * part.value / total
        name = f"<title>{html.escape(part.label)}</title>"
        drawn.append(
            f'<rect x="{_n(left)}%" width="{_n(width)}%" height="{_HEIGHT}" rx="3" '
            f'class="tone-{part.tone}">{name}</rect>'
        )
        if width >= _LETTERS:
            middle = f"{_n(left + width / 2)}%"
            told = f"{part.sign} {write(f'{part.value:g}')}".strip()
            drawn.append(f'<text x="{middle}" y="24">{html.escape(told)}</text>')
        left += width + _GAP
    svg = _svg("chart-bar", f'width="100%" height="{_HEIGHT}"', title, drawn)
    return f'<figure class="chart">{svg}</figure>'


_ROOM, _TALL, _LETTER = 22.0, 120.0, 8.5


def columns(parts: Sequence[Part], title: str, write: Write, top: float | None = None) -> str:
    """A column a value, its number on top and its label below.

    `top` is the value of the tallest column that there could be; without it, of that there is.
    """
    highest = top or max((part.value for part in parts), default=0) or 1
    # Marks above and below a letter take no room beside it.
    letters = max((sum(map(str.isprintable, _bare(p.label))) for p in parts), default=0)
    wide = max(44.0, letters * _LETTER + 14)
    drawn = []
    for number, part in enumerate(parts):
        tall = _TALL * part.value / highest
        above, middle = _ROOM + _TALL - tall, (number + 0.5) * wide
        drawn.append(_rect(middle - 17, above, 34, tall, part.tone, part.label))
        drawn.append(_text(middle, above - 6, write(part.sign or f"{part.value:g}")))
        drawn.append(_text(middle, _ROOM + _TALL + 20, part.label))
    width, height = wide * len(parts), _ROOM + _TALL + 28
    size = f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}"'
    return f'<figure class="chart">{_svg("chart-columns", size, title, drawn)}</figure>'


def _bare(label: str) -> str:
    return "".join(char for char in label if not unicodedata.combining(char) and char not in _ABOVE)


_ABOVE = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
"""Thai marks that stand above or below a letter."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a year, from 0 (its first day) to 1 (the end of its last)."""

    start: float
    end: float


_MONTHS, _LANE, _STROKE = 12, 240.0, 14.0


def year_lane(stretches: Sequence[Stretch], title: str, tone: str) -> str:
    """Some stretches of a year on a lane of twelve months; what lies outside is cut off."""
    lines = [
        f'<line x1="{_n(_LANE * month / _MONTHS)}" x2="{_n(_LANE * month / _MONTHS)}" y1="0" '
        f'y2="{_n(_STROKE)}" class="{"quarter" if month % 3 == 0 else "month"}"/>'
        for month in range(_MONTHS + 1)
    ]
    bars = []
    for stretch in stretches:
        start, end = max(stretch.start, 0.0), min(stretch.end, 1.0)
        if end > start:
            # A single day must be seen.
            width = max((end - start) * _LANE, 5.0)
            left = min(start * _LANE, _LANE - width)
            bars.append(_rect(left, 2, width, _STROKE - 4, tone))
    size = f'viewBox="0 0 {_n(_LANE)} {_n(_STROKE)}"'
    ground = f'<rect width="{_n(_LANE)}" height="{_n(_STROKE)}" rx="2" class="ground"/>'
    return _svg("chart-lane", size, title, [ground, *lines, *bars])


def _rect(  # noqa: PLR0913, PLR0917 - a box, its colour and its name
    left: float, top: float, width: float, height: float, tone: str, label: str = ""
) -> str:
    name = f"<title>{html.escape(label)}</title>" if label else ""
    return (
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}" rx="2" '
        f'class="tone-{tone}">{name}</rect>'
    )


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}">{html.escape(words)}</text>'


def _svg(kind: str, size: str, title: str, drawn: Sequence[str]) -> str:
    return (
        f'<svg class="{kind}" {size} role="img" aria-label="{html.escape(title)}">'
        f"{''.join(drawn)}</svg>"
    )


def _n(number: float) -> str:
    """A number as short as the eye needs it; the same on every machine."""
    return f"{number:.1f}".removesuffix(".0")
