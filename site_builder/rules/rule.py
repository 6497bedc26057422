"""What a rule is, and what the rules of a report look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.model import TEXT_FIELDS, Disclosure, Measure, Report
from site_builder.problems import Place, Problem
from site_builder.source import KeyPath, Source


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may look at besides the report."""

    disclosure: Disclosure
    today: date


Rule = Callable[[Report, Setting], Iterator[Problem]]
"""A rule: its docstring says what should hold, and it yields where it does not."""

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"]+", re.IGNORECASE)
# Stands for what is not the office's words: as long, no letter, no digit, no space.
_BLANK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a file: where it stands, and its words."""

    source: Source
    path: KeyPath
    text: str

    @property
    def words(self) -> str:
        """The text, as long as it is, without the addresses in it."""
        return _ADDRESS.sub(lambda found: _BLANK * len(found[0]), self.text)

    def place(self, index: int = 0) -> Place:
        """The place of a character of the text."""
        return self.source.place_in(self.path, self.text, index)


def passages(measure: Measure, *fields: str) -> Iterator[Passage]:
    """The texts of a measure, item by item; of these fields, or of all text fields."""
    for name in fields or TEXT_FIELDS:
        value = getattr(measure, name) or ()
        for number, text in enumerate((value,) if isinstance(value, str) else value):
            path = (name, number) if (name, number) in measure.source.places else (name,)
            yield Passage(measure.source, path, text)


def titles(measure: Measure) -> Iterator[Passage]:
    """The titles of the evidence that say something that no text of the measure says."""
    told = "\n".join(text.text for text in passages(measure))
    for number, proof in enumerate(measure.evidence):
        if proof.title not in told:
            yield Passage(measure.source, ("evidence", number, "title"), proof.title)


def heading(report: Report) -> Iterator[Passage]:
    """The lines of the report's title."""
    source = report.header.source
    for number, line in enumerate(report.header.title):
        path = ("title", number) if ("title", number) in source.places else ("title",)
        yield Passage(source, path, line)


def everything(report: Report) -> Iterator[Passage]:
    """Every text of the report, its title first."""
    yield from heading(report)
    for measure in report.measures:
        yield from passages(measure, *TEXT_FIELDS, "responsible_unit")
        yield from titles(measure)
