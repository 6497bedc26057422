"""File names for measures: the ones they have had, or new ones in the order of the report."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from site_builder import thai
from site_builder.measurefile import slug_of
from site_builder.model import Measure, Report

_ALIKE = 0.8
_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A measure that needs a name: its indicator, and its text in plain words."""

    number: int | None
    text: str


def names_for(
    measures: Sequence[Unnamed],
    reports: Sequence[Report],
    fiscal_year: int,
    taken: Collection[str],
) -> tuple[str, ...]:
    """A stem for each measure, no two alike.

    Args:
        measures: in the order of the report.
        reports: other years' and this year's: a measure that has a name keeps it.
        fiscal_year: the year of the measures.
        taken: stems that this year's folder has already.
    """
    names: list[str | None] = [None] * len(measures)
    groups: dict[int | None, list[int]] = defaultdict(list)
    for place, measure in enumerate(measures):
        groups[measure.number].append(place)
    for number, places in groups.items():
        kept = _kept(number, [measures[place].text for place in places], reports, fiscal_year)
        texts = [measures[place].text for place in places]
        for place, name in zip(places, _named(number or 0, texts, kept, taken), strict=True):
            names[place] = name
    return tuple(name for name in names if name is not None)


def _kept(
    number: int | None, texts: Sequence[str], reports: Sequence[Report], fiscal_year: int
) -> list[str | None]:
    """The name that each measure has in this year, an earlier or a later one."""
    kept: list[str | None] = [None] * len(texts)

    def nearness(report: Report) -> tuple[bool, int]:
        return report.fiscal_year > fiscal_year, abs(report.fiscal_year - fiscal_year)

    for report in sorted(reports, key=nearness):
        known = [m for m in report.measures if m.indicator == number and m.id not in kept]
        for exact in (True, False):
            for place, text in enumerate(texts):
                if kept[place] is None and (found := _same(text, known, exact=exact)):
                    kept[place] = found.id
                    known.remove(found)
    return kept


def _same(text: str, known: Sequence[Measure], *, exact: bool) -> Measure | None:
    wanted = _bared(text)
    best, likeness = None, 0.0
    for measure in known:
        other = _bared(" ".join(measure.measure))
        if exact:
            if wanted == other:
                return measure
            continue
        matcher = difflib.SequenceMatcher(None, wanted[:_COMPARED], other[:_COMPARED])
        if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
            continue
        if (ratio := matcher.ratio()) > max(likeness, _ALIKE):
            best, likeness = measure, ratio
    return best


def _bared(text: str) -> str:
    return re.sub(r"[\W_]+", "", thai.to_arabic(text).lower())


def _named(
    number: int, texts: Sequence[str], kept: Sequence[str | None], taken: Collection[str]
) -> list[str]:
    """Names for one indicator's measures, which sort as the report has them where they can."""
    names = _fresh(number, texts, kept, taken, numbered=False)
    if [f"{name}.yaml" for name in names] == sorted(f"{name}.yaml" for name in names):
        return names
    return _fresh(number, texts, kept, taken, numbered=True)


def _fresh(
    number: int,
    texts: Sequence[str],
    kept: Sequence[str | None],
    taken: Collection[str],
    *,
    numbered: bool,
) -> list[str]:
    used = {*taken, *(name for name in kept if name)}
    width = len(str(len(texts)))
    names: list[str] = []
    for place, (text, old) in enumerate(zip(texts, kept, strict=True), 1):
        name = old
        if name is None:
            slug = slug_of(text)
            parts = [f"{number:02}"]
            if numbered or not slug:
                parts.append(_free_number(f"{number:02}-", place, width, used))
            if slug:
                parts.append(slug)
            name = _unused("-".join(parts), used)
        used.add(name)
        names.append(name)
    return names


def _free_number(lead: str, place: int, width: int, used: Collection[str]) -> str:
    while any(name == f"{lead}{place:0{width}}" for name in used):
        place += 1
    return f"{place:0{width}}"


def _unused(name: str, used: Collection[str]) -> str:
    if name not in used:
        return name
    again = 2
    while f"{name}-{again}" in used:
        again += 1
    return f"{name}-{again}"
