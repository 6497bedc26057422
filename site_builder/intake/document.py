"""What stands in an office's own file, whatever program wrote it: lines, cells and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; with an address where the file makes a link of them."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell, or one that stands outside the tables."""

    pieces: tuple[Piece, ...]
    listed: bool = False
    """True where the program draws a bullet or number that is no part of the words."""

    @property
    def text(self) -> str:
        """The words, without the addresses behind them."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, at the place where its own program shows it."""

    row: int
    column: int
    start: int
    """Where it begins, from the left, in the table's own measure; cells below share it."""
    width: int
    lines: tuple[Line, ...] = ()
    continues: bool = False
    """True for the lower part of a merged cell: what stands above holds here too."""
    nested: tuple[Line, ...] = ()
    """The words of a table inside this cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, or one sheet."""

    name: str
    """As an officer calls it: `2` for the second table of a Word file, or the sheet's name."""
    rows: tuple[tuple[Cell, ...], ...]


Where = Literal["outside", "margin", "note", "hidden-sheet"]


@dataclass(frozen=True, slots=True)
class Outside:
    """A line that is in no table: a title, a signature, a footnote, a sheet that is hidden."""

    line: Line
    row: int
    column: int = 1
    where: Where = "outside"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file, in its own order."""

    file: str
    blocks: tuple[Table | Outside, ...]
