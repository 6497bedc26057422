"""Rows of tables as measures: which cells belong together, and which words belong to none.

A measure can stand in several rows, a merged cell holds for every row beside it, and an
indicator holds until the next one is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from site_builder import thai
from site_builder.intake.bullets import content_of
from site_builder.intake.columns import (
    ROW_NUMBER,
    Column,
    Headings,
    column_over,
    headings_of,
    is_heading_row,
    official_columns,
)
from site_builder.intake.document import Cell, Document, Line, Outside, Piece, Table
from site_builder.intake.indicators import named_indicator
from site_builder.intake.words import is_its_address, lines_of
from site_builder.model import Indicator, Measure, label, label_en
from site_builder.problems import Place, Problem, problem

_DITTO = {'"', "”", "“", "″", "〃", "''", '-"-', "-”-", "-“-", '- " -'}
"""What says "as above" in a handwritten table, and in those typed after it."""
_RUNNING_NUMBER = re.compile(r"[\s(.\-]*[0-9]{0,4}[\s).\-]*")
_TITLE_LINES = 8
_TITLE_LENGTH = 200


@dataclass(slots=True)
class Entry:
    """One measure on its way: the cells that say it."""

    table: str
    row: int
    column: int
    number: int | None
    """Of its indicator; None where no indicator could be read."""
    indicator_words: str
    cells: dict[str, list[Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """What the tables of a file hold."""

    entries: tuple[Entry, ...]
    columns: tuple[Column, ...]
    """Each column once, as the first table that has it calls it."""
    title: tuple[Outside, ...]
    """The lines above the first table that make the report's title."""
    leftovers: tuple[Problem, ...]
    tables: int
    """How many tables were read."""


def said(lines: Sequence[Line]) -> str:
    """Words with the addresses behind them, on one line: nothing that was there is missing."""
    told = [
        "".join(_with_address(piece) for piece in line.pieces)
        for raw in lines
        for line in lines_of(raw)
    ]
    return " ".join(" ".join(told).split())


def _with_address(piece: Piece) -> str:
    if piece.url and not is_its_address(piece.text, piece.url):
        return f"{piece.text} <{piece.url}>"
    return piece.text or piece.url


def read_rows(document: Document, indicators: Sequence[Indicator]) -> Rows:
    """The measures of a file, row by row, and every word that is in none of them."""
    reader = _Reader(document.file, indicators)
    for block in document.blocks:
        if isinstance(block, Outside):
            reader.outside(block)
        else:
            reader.table(block)
    return reader.rows()


class _Reader:
    def __init__(self, file: str, indicators: Sequence[Indicator]) -> None:
        self._file = file
        self._indicators = indicators
        self._entries: list[Entry] = []
        self._columns: tuple[Column, ...] = ()
        self._all_columns: dict[tuple[str, str | None], Column] = {}
        self._above: list[Outside] = []
        self._elsewhere: list[Outside] = []
        self._leftovers: list[Problem] = []
        self._tables = 0
        self._number: int | None = None
        self._indicator_words = ""
        # What a merged cell below repeats, by field.
        self._held: dict[str, list[Cell]] = {}

    def rows(self) -> Rows:
        lines, surplus = _title(self._above)
        title = [found.line.text for found in lines]
        for found in (*lines, *surplus, *self._elsewhere):
            words = said([found.line])
            # A title that is printed again on each page is not lost.
            if words and words not in title:
                self._leave(f"import-{found.where}", found.row, found.column, words=words)
        return Rows(
            tuple(self._entries),
            tuple(self._all_columns.values()),
            tuple(lines),
            tuple(dict.fromkeys(self._leftovers)),
            self._tables,
        )

    def outside(self, found: Outside) -> None:
        above = not self._columns and found.where == "outside"
        (self._above if above else self._elsewhere).append(found)

    def table(self, table: Table) -> None:
        head = headings_of(table)
        if head is None:
            columns = self._without_headings(table)
            if columns is None:
                for row in table.rows:
                    self._leave_row("import-table-unknown", table, row)
                return
            head = Headings(0, 0, columns)
        for row in table.rows[: head.first]:
            for cell in row:
                for line in cell.lines:
                    self.outside(Outside(line, cell.row, cell.column))
        self._tables += 1
        self._take_columns(head.columns)
        self._tell_guesses(table)
        at = head.after
        while at < len(table.rows):
            if is_heading_row(table.rows[at]) and (
                again := headings_of(Table(table.name, table.rows[at : at + 2]))
            ):
                at += again.after
                self._take_columns(again.columns)
                continue
            self._row(table, table.rows[at])
            at += 1

    def _take_columns(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        for column in columns:
            if column.heading or column.field:
                self._all_columns.setdefault((column.heading, column.field), column)

    def _tell_guesses(self, table: Table) -> None:
        for column in self._columns:
            if column.guessed and column.field in Measure.model_fields:
                self._leave(
                    "import-column-guessed",
                    column.cell.row,
                    column.cell.column,
                    table=table.name,
                    heading=column.heading,
                    label=label(column.field),
                    label_en=label_en(column.field),
                )

    def _without_headings(self, table: Table) -> tuple[Column, ...] | None:
        """The columns of a table that goes on where the one before ended; None where unknown."""
        widest = max(table.rows, key=len, default=())
        if self._columns and len(widest) == len(self._columns):
            pairs = zip(widest, self._columns, strict=True)
            return tuple(Column(cell, c.heading, c.field) for cell, c in pairs)
        return official_columns(widest) if not self._columns else None

    def _row(self, table: Table, row: Sequence[Cell]) -> None:
        for cell in row:
            if cell.nested:
                self._leave(
                    "import-nested-table",
                    cell.row,
                    cell.column,
                    table=table.name,
                    words=said(cell.nested),
                )
        full = [cell for cell in row if said(cell.lines)]
        if not full:
            return
        alone = len(full) == 1 and not any(cell.continues for cell in row if cell is not full[0])
        if alone and self._heading_over_rows(table, full[0]):
            return
        cells = self._by_field(table, full)
        self._indicator(table, cells.pop("indicator", []), alone=not cells)
        if not cells:
            return
        continued = {
            column.field
            for cell in row
            if cell.continues and (column := column_over(cell, self._columns)) and column.field
        }
        self._measure(table, full[0], cells, continued)

    def _heading_over_rows(self, table: Table, cell: Cell) -> bool:
        """Whether a lone cell heads the rows below it, or belongs to none of them."""
        spanned = [c for c in self._columns if _overlaps(cell, c.cell)]
        column = column_over(cell, self._columns)
        in_place = column is not None and column.field == "indicator"
        words = content_of([cell]).text
        if len(spanned) < 2 and not in_place and not words.startswith("ตัวชี้วัด"):
            return False
        named = named_indicator(words, self._indicators)
        if named is None:
            if len(spanned) >= 3:
                self._leave_row("import-row-unplaced", table, [cell])
            return len(spanned) >= 3
        self._indicator(table, [cell], alone=True)
        return True

    def _by_field(self, table: Table, cells: Sequence[Cell]) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = {}
        for cell in cells:
            column = column_over(cell, self._columns)
            if column is None or column.field is None:
                self._leave(
                    "import-column-unknown",
                    cell.row,
                    cell.column,
                    table=table.name,
                    heading=column.heading if column else "",
                    words=said(cell.lines),
                )
            elif column.field == ROW_NUMBER:
                if not re.fullmatch(
                    r"[\s(.\-]*[0-9]{0,4}[\s).\-]*", thai.to_arabic(said(cell.lines))
                ):
                    self._leave_row("import-row-unplaced", table, [cell])
            else:
                found.setdefault(column.field, []).append(cell)
        return found

    def _indicator(self, table: Table, cells: Sequence[Cell], *, alone: bool) -> None:
        """Take what an indicator's cell says, where it says anything."""
        self._leave_links(table, cells)
        words = content_of(cells).text
        if not words or words in _DITTO:
            return
        named = named_indicator(words, self._indicators)
        if named is None and alone:
            self._leave_row("import-row-unplaced", table, cells)
            return
        self._number = named.number if named else None
        self._indicator_words = words
        if named is not None and named.surplus:
            own = next(i for i in self._indicators if i.number == named.number)
            self._leave(
                "import-indicator-words",
                cells[0].row,
                cells[0].column,
                table=table.name,
                number=named.number,
                name=own.name,
                words=words,
            )

    def _measure(
        self,
        table: Table,
        first: Cell,
        cells: dict[str, list[Cell]],
        continued: set[str],
    ) -> None:
        for name in list(cells):
            if said(cells[name][0].lines) in _DITTO and self._held.get(name):
                cells[name] = self._held[name]
        last = self._entries[-1] if self._entries else None
        if "measure" not in cells and last and self._holds(last) and _adds_to(last, cells):
            for name, more in cells.items():
                if name not in {"responsible_unit", "period"}:
                    last.cells.setdefault(name, []).extend(more)
                    self._held[name] = last.cells[name]
                elif name not in last.cells:
                    last.cells[name] = self._held[name] = more
                else:
                    self._leave_links(table, more)
            return
        held = {name: self._held[name] for name in continued - cells.keys() if name in self._held}
        held.pop("indicator", None)
        # What stands in no merged cell ends here.
        self._held = {**held, **cells}
        entry = Entry(table.name, first.row, first.column, self._number, self._indicator_words)
        entry.cells = {name: list(value) for name, value in self._held.items()}
        self._entries.append(entry)

    def _holds(self, last: Entry) -> bool:
        """Whether the row's indicator is that of the measure above; two unread ones are two."""
        if self._number is None:
            return last.number is None and last.indicator_words == self._indicator_words
        return last.number == self._number

    def _leave_links(self, table: Table, cells: Sequence[Cell]) -> None:
        for cell in cells:
            for url in urls_of(cell):
                self._leave(
                    "import-link-misplaced", cell.row, cell.column, table=table.name, url=url
                )

    def _leave_row(self, code: str, table: Table, cells: Sequence[Cell]) -> None:
        words = [(cell, said([*cell.lines, *cell.nested])) for cell in cells]
        full = [(cell, text) for cell, text in words if text]
        if full:
            first = full[0][0]
            together = " | ".join(text for _, text in full)
            self._leave(code, first.row, first.column, table=table.name, words=together)

    def _leave(self, code: str, row: int, column: int, **details: object) -> None:
        self._leftovers.append(problem(code, Place(self._file, row, column), **details))


def urls_of(cell: Cell) -> list[str]:
    """The addresses in a cell."""
    return [
        piece.url
        for raw in cell.lines
        for line in lines_of(raw)
        for piece in line.pieces
        if piece.url
    ]


def _adds_to(last: Entry, cells: dict[str, list[Cell]]) -> bool:
    """Whether a row without a measure goes on with the one above: no unit or period of its own."""
    return all(
        name not in cells
        or not last.cells.get(name)
        or content_of(cells[name]).text == content_of(last.cells[name]).text
        for name in ("responsible_unit", "period")
    )


def _overlaps(cell: Cell, other: Cell) -> bool:
    left = max(cell.start, other.start)
    return min(cell.start + cell.width, other.start + other.width) > left


def _title(above: Sequence[Outside]) -> tuple[list[Outside], list[Outside]]:
    """The report's title among the lines above its table, and the lines that are no title."""
    lines = [
        Outside(line, found.row, found.column)
        for found in above
        for line in lines_of(found.line)
        if line.text
    ]
    first = 0
    if len(lines) > _TITLE_LINES:
        likely = (
            n for n, found in enumerate(lines) if re.match(r"(แบบ)?รายงาน|มาตรการ", found.line.text)
        )
        first = next(likely, 0)
    last = first
    while last < len(lines) and last - first < _TITLE_LINES:
        if len(lines[last].line.text) > _TITLE_LENGTH:
            break
        last += 1
    return lines[first:last], [*lines[:first], *lines[last:]]
