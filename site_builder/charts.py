"""Charts: numbers in, inline SVG out.

A page shows the same numbers as a table beside the chart, so a chart is one picture to a screen
reader, named by its title. Colours are classes of the style sheet: they follow light, dark and
forced colours, and no chart tells anything by colour alone.
"""

from __future__ import annotations

import html
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


_WIDTH, _HEIGHT, _GAP = 600.0, 36.0, 3.0
_LETTERS = 24.0
"""A part narrower than this has no room for its number, which stands in the table."""


def stacked_bar(parts: Sequence[Part], title: str, write: Write) -> str:
    """One bar, shared out by the values of its parts; empty where they add up to nothing."""
    shown = [part for part in parts if part.value > 0]
    total = sum(part.value for part in shown)
    if not shown:
        return ""
    room = _WIDTH - _GAP * (len(shown) - 1)
    drawn, left = [], 0.0
    for part in shown:
        width = room * part.value / total
        drawn.append(_rect(left, 0, width, _HEIGHT, part.tone, part.label))
        if width >= _LETTERS:
            number = write(f"{part.value:g}")
            drawn.append(_text(left + width / 2, _HEIGHT * 0.68, number, f"on-{part.tone}"))
        left += width + _GAP
    return _figure("chart-bar", _WIDTH, _HEIGHT, title, drawn)


_COLUMN, _ROOM, _TALL = 46.0, 22.0, 120.0


def columns(parts: Sequence[Part], title: str, write: Write) -> str:
    """A column a value, its number on top and its label below."""
    highest = max((part.value for part in parts), default=0) or 1
    drawn = []
    for number, part in enumerate(parts):
        tall = _TALL * part.value / highest
        left = number * _COLUMN
        drawn.append(
            _rect(left + 5, _ROOM + _TALL - tall, _COLUMN - 10, tall, part.tone, part.label)
        )
        middle = left + _COLUMN / 2
        drawn.append(_text(middle, _ROOM + _TALL - tall - 6, write(f"{part.value:g}"), "value"))
        drawn.append(_text(middle, _ROOM + _TALL + 19, part.label, "label"))
    return _figure("chart-columns", _COLUMN * len(parts), _ROOM + _TALL + 28, title, drawn)


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
    return _svg("chart-lane", _LANE, _STROKE, title, [*lines, *bars])


def _rect(  # noqa: PLR0913, PLR0917 - a box, its colour and its name
    left: float, top: float, width: float, height: float, tone: str, label: str = ""
) -> str:
    name = f"<title>{html.escape(label)}</title>" if label else ""
    return (
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}" rx="2" '
        f'class="tone-{tone}">{name}</rect>'
    )


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}" class="{kind}">{html.escape(words)}</text>'


def _figure(kind: str, width: float, height: float, title: str, drawn: Sequence[str]) -> str:
    return f'<figure class="chart">{_svg(kind, width, height, title, drawn)}</figure>'


def _svg(kind: str, width: float, height: float, title: str, drawn: Sequence[str]) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {_n(width)} {_n(height)}" role="img" '
        f'aria-label="{html.escape(title)}">{"".join(drawn)}</svg>'
    )


def _n(number: float) -> str:
    """A number as short as the eye needs it; the same on every machine."""
    return f"{number:.1f}".removesuffix(".0")
