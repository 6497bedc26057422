"""Share pictures: what is shown where somebody sends the address of a page, as SVG.

Whoever shows such a picture keeps it for months, so nothing stands on it that changes with the
work: no counts and no states, only what the page is, of whom, and of which year.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.edition import Edition
from site_builder.heads import PICTURE_SIZE
from site_builder.lettering import LEADING, NO_BREAK, Font, fit
from site_builder.model import Indicator, Report
from site_builder.pages import naming

FONT_FILES = ("Sarabun-Regular.ttf", "Sarabun-SemiBold.ttf")
"""Below `data/share`, with their licence beside them."""
FONT_NAME = "Sarabun"
Fonts = tuple[Font, Font]
"""The widths of the letters, regular and bold."""
_FOLDER = "assets/share"

_INK, _SOFT, _TEAL = "#10302b", "#4b5f5a", "#00776b"
_PAPER, _TINT, _LINE = "#f4f9f7", "#dcebe6", "#c3dad3"
_LEFT, _RIGHT = 84, 1116
_TITLE_SIZES = (92, 84, 76, 68, 54, 48)


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a share picture."""

    kicker: str
    """Whose page it is."""
    line: str
    """Of which year; empty where the title says it."""
    title: str
    foot: str
    steps: int = 0
    """The indicators of the year."""
    step: int | None = None
    """The one that the page is about, counted from zero."""

    @property
    def told(self) -> str:
        """What is to be read on the picture."""
        return " · ".join(filter(None, (self.kicker, self.line, self.title, self.foot)))


def picture_path(edition: Edition, path: str) -> str:
    """Where the share picture of a page stands, below the documentation folder.

    Pages of a year that have none of their own share the year's, all others the home page's.
    """
    own = _path_with_card(edition, path)
    return f"{_FOLDER}/{edition.folder}{own.removesuffix('.md')}.png"


def card(edition: Edition, path: str) -> Card:
    """What stands on the share picture of a page."""
    own = _path_with_card(edition, path)
    for report in edition.disclosure.reports:
        if own == naming.year_path(report):
            return _year(edition, report)
        for indicator in report.indicators:
            if own == naming.indicator_path(report, indicator):
                return _indicator(edition, report, indicator)
    return _home(edition)


def cards(edition: Edition) -> dict[str, Card]:
    """Every share picture of an edition, by where it stands."""
    paths = [naming.HOME]
    for report in edition.disclosure.reports:
        paths.append(naming.year_path(report))
        paths += [naming.indicator_path(report, indicator) for indicator in report.indicators]
    return {picture_path(edition, path): card(edition, path) for path in paths}


def _path_with_card(edition: Edition, path: str) -> str:
    for report in edition.disclosure.reports:
        if path.startswith(f"{report.fiscal_year}/"):
            own = {naming.indicator_path(report, indicator) for indicator in report.indicators}
            return path if path in own else naming.year_path(report)
    return naming.HOME


def _home(edition: Edition) -> Card:
    agency = edition.agency
    name = agency.name.en if edition.language == "en" else None
    return Card(
        kicker=edition.say("คุณธรรมและความโปร่งใส", "Integrity and transparency"),
        line="",
        title=name or agency.name.th,
        foot=edition.say(
            "มาตรการ ผลการดำเนินการ และหลักฐานที่ตรวจสอบได้", "Measures, results, and evidence to verify"
        ),
    )


def _year(edition: Edition, report: Report) -> Card:
    return Card(
        kicker=edition.office_name(),
        line="",
        title=edition.year_title(report),
        foot=edition.say(
            "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
            "Report on integrity and transparency measures",
        ),
        steps=len(report.indicators),
    )


def _indicator(edition: Edition, report: Report, indicator: Indicator) -> Card:
    return Card(
        kicker=edition.office_name(),
        line=edition.year_title(report),
        title=edition.indicator_title(indicator),
        foot=edition.say("มาตรการ ผลการดำเนินการ และหลักฐาน", "Measures, results and evidence"),
        steps=len(report.indicators),
        step=report.indicators.index(indicator),
    )


# The drawing


def svg(shown: Card, fonts: Fonts) -> str:
    """A card as SVG, its words set in Sarabun; `fonts` tell how wide they are."""
    width, height = PICTURE_SIZE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{FONT_NAME}">'
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>'
        f'<rect width="24" height="{height}" fill="{_TEAL}"/>'
        f"{''.join(_parts(shown, fonts))}</svg>"
    )


def _parts(shown: Card, fonts: Fonts) -> Iterator[str]:
    regular, bold = fonts
    wide = _RIGHT - _LEFT
    aside = fit(regular, _drawable(shown.line), wide * 0.6, 50, (34, 30, 26, 22))
    taken = max((regular.width(words, aside.size) + 60 for words in aside.lines), default=0)
    kicker = fit(bold, _drawable(shown.kicker), wide - taken, 64, (44, 40, 36, 32, 28, 24))
    for words in kicker.lines:
        yield _text(words, 124, kicker.size, _TEAL, bold=True)
    for words in aside.lines:
        yield _text(words, 124, aside.size, _SOFT, at_end=True)
    title = fit(bold, _drawable(shown.title), wide, 270, _TITLE_SIZES)
    step = title.size * LEADING
    first = 320 - step * (len(title.lines) - 1) / 2 + title.size * 0.3
    for number, words in enumerate(title.lines):
        yield _text(words, first + number * step, title.size, _INK, bold=True)
    yield from _steps(shown)
    for words in (foot := fit(regular, _drawable(shown.foot), wide, 50, (34, 30, 26, 22))).lines:
        yield _text(words, 582, foot.size, _SOFT)


def _steps(shown: Card) -> Iterator[str]:
    """The year's indicators as a row of bars, the page's own one filled."""
    wide, gap, top = _RIGHT - _LEFT, 12, 502
    if not shown.steps:
        yield f'<rect x="{_LEFT}" y="{top + 4}" width="{wide}" height="2" fill="{_LINE}"/>'
        return
    each = (wide - gap * (shown.steps - 1)) / shown.steps
    for number in range(shown.steps):
        lit = shown.step is None or number == shown.step
        left = _LEFT + number * (each + gap)
        yield (
            f'<rect x="{left:.1f}" y="{top}" width="{each:.1f}" height="10" rx="5"'
            f' fill="{_TEAL if lit else _TINT}"/>'
        )


def _text(  # noqa: PLR0913 - where words stand, and how they look
    words: str, y: float, size: int, colour: str, *, bold: bool = False, at_end: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{_RIGHT}" text-anchor="end"' if at_end else f'x="{_LEFT}"'
    return (
        f'<text {place} y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}>'
        f"{html.escape(words)}</text>"
    )


def _drawable(words: str) -> str:
    """Words on one line, without what a picture cannot show and XML does not take.

    A number stays with the word before it, and what stands in brackets together.
    """
    seen = "".join(char for char in " ".join(words.split()) if char.isprintable())
    kept = re.sub(r" (?=[0-9๐-๙])", NO_BREAK, seen)
    return re.sub(r"\([^()]*\)", lambda found: found[0].replace(" ", NO_BREAK), kept)
