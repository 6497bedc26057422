"""Problems: what an editor is told, where, and how it should look instead.

A problem is a value, never an exception: all of them are collected and shown together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from site_builder.catalogue import CATALOGUE, Severity

Language = Literal["th", "en"]

SEVERITY_WORDS: Mapping[Language, Mapping[Severity, str]] = {
    "th": {"error": "ต้องแก้", "warning": "ควรดู"},
    "en": {"error": "error", "warning": "warning"},
}
"""What an editor is told a severity is."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file that people edit; lines and columns count from 1, in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """The form that editors make clickable: `file:line:column`."""
        # A file's name may hold anything; a message stays one line.
        file = "".join(char if char.isprintable() else "?" for char in self.file)
        return f"{file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something an editor should mend; its code is permanent and has an entry in `CATALOGUE`."""

    place: Place
    code: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """`error`: cannot be published right. `warning`: publishable, but look at it."""
        return CATALOGUE[self.code].severity

    @property
    def example(self) -> str:
        """The right form; empty where none would help."""
        return CATALOGUE[self.code].example.format_map(dict(self.details))

    def message(self, language: Language = "th") -> str:
        """What is wrong, in one sentence."""
        kind = CATALOGUE[self.code]
        return (kind.th if language == "th" else kind.en).format_map(dict(self.details))

    def line(self, language: Language = "th") -> str:
        """The whole problem on one line: place, code, message, example."""
        lead = {"th": "เช่น", "en": "such as"}[language]
        example = f" — {lead}  {self.example}" if self.example else ""
        return f"{self.place}: {self.code}: {self.message(language)}{example}"


def problem(code: str, place: Place, **details: object) -> Problem:
    """A problem of the catalogue; `details` fill the blanks of its message."""
    return Problem(place, code, tuple((name, str(value)) for name, value in details.items()))


def errors_of(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(found for found in problems if found.severity == "error")
