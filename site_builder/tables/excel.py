"""Excel workbooks: each sheet a table, with its merged cells and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from site_builder import thai
from site_builder.intake import Cell, Line, Outside, Piece, Table
from site_builder.tables.limits import TABLE_LIMIT, LimitError

_FORMULA_LINK = re.compile(
    r'=\s*(?:_xlfn\.)?HYPERLINK\s*\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*(?:"((?:[^"]|"")*)"|.*))?\)\s*',
    re.IGNORECASE | re.DOTALL,
)


def read_workbook(data: bytes) -> tuple[Table | Outside, ...]:
    """The sheets of a workbook in their order; any exception where it is damaged.

    Raises:
        LimitError: the cells reach too far.
    """
    written = _written(data)
    # The computed values, the merged cells and the links; formulas are in `written`.
    workbook = openpyxl.load_workbook(BytesIO(data), data_only=True)
    blocks: list[Table | Outside] = []
    for sheet in workbook.worksheets:
        found = _Sheet(sheet, written.get(sheet.title, {}))
        table = found.table()
        if sheet.sheet_state == "visible":
            blocks.append(table)
        else:
            blocks += _hidden(table)
        blocks += found.notes
    return tuple(blocks)


def _written(data: bytes) -> dict[str, dict[tuple[int, int], object]]:
    """What was typed in each cell of each sheet, formulas as formulas; read cell by cell."""
    workbook = openpyxl.load_workbook(BytesIO(data), read_only=True)
    found: dict[str, dict[tuple[int, int], object]] = {}
    seen = 0
    for sheet in workbook.worksheets:
        values = found.setdefault(sheet.title, {})
        for row_number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            seen += len(row)
            if seen > TABLE_LIMIT * 5:
                raise LimitError("ช่อง", "cells", seen, TABLE_LIMIT)
            for column, value in enumerate(row, 1):
                if value is not None:
                    values[row_number, column] = value
    workbook.close()
    return found


def _hidden(table: Table) -> Iterator[Outside]:
    for row in table.rows:
        for cell in row:
            for line in cell.lines:
                yield Outside(line, cell.row, cell.column, where="hidden-sheet")


@dataclass(slots=True)
class _Sheet:
    sheet: Worksheet
    written: dict[tuple[int, int], object]
    notes: list[Outside] = field(default_factory=list)

    def table(self) -> Table:
        last_row = max((row for row, _ in self.written), default=0)
        last_column = max((column for _, column in self.written), default=0)
        if last_row * last_column > TABLE_LIMIT:
            raise LimitError("ช่อง", "cells", last_row * last_column, TABLE_LIMIT)
        merged = self._merged()
        rows = [
            tuple(self._row(number, row, merged))
            for number, row in enumerate(
                self.sheet.iter_rows(min_row=1, max_row=last_row, min_col=1, max_col=last_column), 1
            )
        ]
        return Table(self.sheet.title, tuple(rows) if last_row else ())

    def _merged(self) -> dict[tuple[int, int], tuple[int, bool]]:
        """What a merged cell is at each place: its width (0: covered), and if a lower part."""
        parts: dict[tuple[int, int], tuple[int, bool]] = {}
        for area in self.sheet.merged_cells.ranges:
            for row, column in area.cells:
                width = area.max_col - area.min_col + 1 if column == area.min_col else 0
                parts[row, column] = (width, row > area.min_row)
        return parts

    def _row(
        self,
        number: int,
        row: tuple[SheetCell | MergedCell, ...],
        merged: dict[tuple[int, int], tuple[int, bool]],
    ) -> Iterator[Cell]:
        for column, cell in enumerate(row, 1):
            width, continues = merged.get((number, column), (1, False))
            if isinstance(cell, SheetCell) and cell.comment is not None:
                note = Line((Piece(str(cell.comment.text)),))
                self.notes.append(Outside(note, number, column, where="note"))
            if width:
                lines = () if continues else self._lines(cell, self.written.get((number, column)))
                yield Cell(number, column, column, width, tuple(lines), continues=continues)

    def _lines(self, cell: SheetCell | MergedCell, typed: object) -> Iterator[Line]:
        words, url = self._said(cell, typed)
        if url and (url in words or not words):
            # The address stands in the words, and is found there.
            words, url = words or url, ""
        for line in words.splitlines():
            if line.strip():
                yield Line((Piece(line, url),))

    def _said(self, cell: SheetCell | MergedCell, typed: object) -> tuple[str, str]:
        """A cell's words, and the address behind them."""
        shown = _shown(cell.value, str(cell.number_format or ""))
        formula = str(getattr(typed, "text", typed) or "")
        if formula.startswith("="):
            if found := _FORMULA_LINK.fullmatch(formula):
                url, words = (part.replace('""', '"') for part in (found[1], found[2] or ""))
                return words or shown or url, url
            # A formula that was never computed has no value: better its own words than none.
            shown = shown or formula
        link = cell.hyperlink if isinstance(cell, SheetCell) else None
        if link is None:
            return shown, ""
        target = link.target or ""
        if link.location:
            target = f"{target}#{link.location}"
        return shown, target


def _shown(value: object, number_format: str) -> str:
    """A value as the sheet shows it, dates in the Thai way."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        # Typed as a BE year, or as a CE year that Excel shows as BE.
        year = value.year - 543 if value.year > 2400 else value.year
        try:
            return thai.write_date(value.replace(year=year), "arabic")
        except ValueError:
            return value.isoformat()
    if isinstance(value, float):
        if "%" in number_format:
            return f"{round(value * 100, 4):g}%"
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
