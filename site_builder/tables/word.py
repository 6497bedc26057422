"""Word documents: paragraphs and tables in their order, as a reader of the page sees them.

Walks the document's own XML: python-docx opens the file, but its cells know neither deleted
words nor links by field codes, and finding a cell of a large table takes it ever longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from site_builder.intake import Cell, Line, Outside, Piece, Table

# An element of lxml, which has no types of its own.
_Element = Any

_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
_DELETED = {"del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "tcPr", "trPr"}
_TEXTS = {"t": "", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_FIELD_LINK = re.compile(r"\s*HYPERLINK\b(.*)", re.IGNORECASE | re.DOTALL)
_ARGUMENT = re.compile(r'(\\[a-z])?\s*(?:["“”]([^"“”]*)["“”]|([^\s\\"“”]+))', re.IGNORECASE)
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_APART = re.compile(r"/word/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml")


def read_word(data: bytes) -> tuple[Table | Outside, ...]:
    """The blocks of a document in their order; any exception where it is damaged."""
    document = docx.Document(BytesIO(data))
    story = _Story(document.part, _list_styles(document.styles.element))
    blocks = [*story.blocks(document.element.body)]
    blocks += [Outside(line, 1) for line in story.boxes]
    for part in document.part.package.iter_parts():
        if found := _APART.fullmatch(str(part.partname)):
            blocks += _apart(part, "margin" if found[1] in {"header", "footer"} else "note")
    return tuple(blocks)


def _apart(part: Part, where: Any) -> Iterator[Outside]:  # noqa: ANN401 - one of two literals
    """What stands in margins and notes."""
    story = _Story(part, frozenset())
    lines = [
        line
        for paragraph in parse_xml(part.blob).iter(qn("w:p"))
        for line in story.lines(paragraph)
    ]
    for line in (*lines, *story.boxes):
        if line.text.strip():
            yield Outside(line, 1, where=where)


def _name(element: _Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: _Element, *path: str) -> _Element | None:
    for name in path:
        element = next((child for child in element if _name(child) == name), None)
        if element is None:
            return None
    return element


def _value(element: _Element | None, attribute: str = "w:val") -> str:
    return str(element.get(qn(attribute), "")) if element is not None else ""


def _number(element: _Element | None, attribute: str = "w:val", default: int = 0) -> int:
    text = _value(element, attribute)
    return min(int(text), 100_000) if re.fullmatch("[0-9]{1,9}", text) else default


def _list_styles(styles: _Element) -> frozenset[str]:
    """The paragraph styles that make a list, by themselves or by the style they build on."""
    based: dict[str, str] = {}
    listed: set[str] = set()
    for style in styles.iter(qn("w:style")):
        name = _value(style, "w:styleId")
        based[name] = _value(_child(style, "basedOn"))
        numbering = _child(style, "pPr", "numPr")
        if numbering is not None and _value(_child(numbering, "numId")) != "0":
            listed.add(name)
    for _ in range(len(based)):
        more = {name for name, parent in based.items() if parent in listed} - listed
        if not more:
            break
        listed |= more
    return frozenset(listed)


@dataclass(slots=True)
class _Field:
    """A field on its way: its instruction, then what it shows."""

    instruction: str = ""
    shows: bool = False

    @property
    def url(self) -> str:
        found = _FIELD_LINK.match(self.instruction)
        url, anchor = "", ""
        for switch, quoted, bare in _ARGUMENT.findall(found[1] if found else ""):
            words = quoted or bare
            if switch.lower() == "\\l":
                anchor = f"#{words}"
            elif not switch:
                url = url or words
        return url + anchor

    @property
    def is_page_number(self) -> bool:
        return bool(_PAGE_FIELD.match(self.instruction))


@dataclass(slots=True)
class _Story:
    """Reads one part of a document; fields may run over several of its paragraphs."""

    part: Part
    list_styles: frozenset[str]
    boxes: list[Line] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)
    _rows: list[list[Piece]] = field(default_factory=lambda: [[]])
    _paragraphs: int = 0
    _tables: int = 0

    def blocks(self, element: _Element) -> Iterator[Table | Outside]:
        """Paragraphs and tables, as a reader meets them."""
        for child in self._within(element, {"p", "tbl"}):
            if _name(child) == "p":
                self._paragraphs += 1
                for line in self.lines(child):
                    yield Outside(line, self._paragraphs)
            elif (frame := self._frame(child)) is not None:
                for cell in frame:
                    yield from self.blocks(cell)
            else:
                self._tables += 1
                yield Table(str(self._tables), tuple(self._table(child)))

    def _within(self, element: _Element, names: set[str]) -> Iterator[_Element]:
        for child in element:
            if _name(child) in names:
                yield child
            elif _name(child) in _WRAPPERS:
                yield from self._within(child, names)

    def _frame(self, table: _Element) -> list[_Element] | None:
        """The cells of a table that only frames another: one cell a row, a table inside."""
        rows = list(self._within(table, {"tr"}))
        cells = [list(self._within(row, {"tc"})) for row in rows]
        if any(len(row) != 1 for row in cells):
            return None
        found = [row[0] for row in cells]
        return found if any(_child(cell, "tbl") is not None for cell in found) else None

    def _table(self, table: _Element) -> Iterator[tuple[Cell, ...]]:
        grid = _child(table, "tblGrid")
        columns = [_number(column, "w:w") for column in grid] if grid is not None else []
        widths = columns if columns and all(columns) else []
        for number, row in enumerate(self._within(table, {"tr"}), 1):
            properties = _child(row, "trPr")
            if properties is None or _child(properties, "del") is None:
                yield tuple(self._row(number, row, widths))

    def _row(self, number: int, row: _Element, widths: list[int]) -> Iterator[Cell]:
        before = _child(row, "trPr", "gridBefore")
        at = min(_number(before), 100)

        def edge(column: int) -> int:
            # A table without a grid has columns of one width; so have those beyond the grid.
            return sum(widths[:column]) + max(column - len(widths), 0) * 1000

        for column, cell in enumerate(self._within(row, {"tc"}), 1):
            span = min(max(_number(_child(cell, "tcPr", "gridSpan"), default=1), 1), 100)
            merge = _child(cell, "tcPr", "vMerge")
            yield Cell(
                number,
                column,
                start=edge(at),
                width=edge(at + span) - edge(at),
                lines=tuple(line for p in self._within(cell, {"p"}) for line in self.lines(p)),
                continues=merge is not None and _value(merge) != "restart",
                nested=tuple(
                    line
                    for inner in self._within(cell, {"tbl"})
                    for p in inner.iter(qn("w:p"))
                    for line in self.lines(p)
                ),
            )
            at += span

    def lines(self, paragraph: _Element) -> list[Line]:
        """A paragraph's lines: one, and one more for each break in it."""
        self._rows = [[]]
        self._read(paragraph)
        listed = self._is_listed(paragraph)
        lines = [
            Line(tuple(row)) for row in self._rows if any(p.text.strip() or p.url for p in row)
        ]
        if lines and listed:
            lines[0] = Line(lines[0].pieces, listed=True)
        return lines

    def _is_listed(self, paragraph: _Element) -> bool:
        numbering = _child(paragraph, "pPr", "numPr")
        if numbering is not None and _child(numbering, "numId") is not None:
            return _value(_child(numbering, "numId")) != "0"
        return _value(_child(paragraph, "pPr", "pStyle")) in self.list_styles

    def _read(self, element: _Element) -> None:
        for child in element:
            name = _name(child)
            if name in _TEXTS:
                self._say(_TEXTS[name] or child.text or "")
            elif name in {"br", "cr"}:
                self._rows.append([])
            elif name == "sym":
                # A character of a symbol font: a bullet where it comes first, else an ornament.
                self._say(" " if self._rows[-1] else "• ")
            elif name and name not in _DELETED:
                self._read_part(name, child)

    def _read_part(self, name: str, part: _Element) -> None:
        """Read what holds text, or makes a link of it."""
        if name == "instrText" and self._fields:
            self._fields[-1].instruction += part.text or ""
        elif name == "fldChar":
            self._field_character(_value(part, "w:fldCharType"))
        elif name == "fldSimple":
            self._fields.append(_Field(_value(part, "w:instr"), shows=True))
            self._linked(part, self._fields[-1].url)
            self._fields.pop()
        elif name in {"hyperlink", "hlinkClick"}:
            self._linked(part, self._target(part))
        elif name == "txbxContent":
            self._box(part)
        elif name == "AlternateContent" and (newer := _child(part, "Choice")) is not None:
            # The same thing twice, for newer and for older programs.
            self._read(newer)
        else:
            self._read(part)

    def _say(self, text: str) -> None:
        if any(found.is_page_number or not found.shows for found in self._fields):
            return
        fields = [found.url for found in self._fields]
        url = next((url for url in reversed([*fields, *self._links]) if url), "")
        self._rows[-1].append(Piece(text, url))

    def _linked(self, element: _Element, url: str) -> None:
        before = (len(self._rows), len(self._rows[-1]))
        self._links.append(url)
        self._read(element)
        self._links.pop()
        if url and (len(self._rows), len(self._rows[-1])) == before:
            self._rows[-1].append(Piece("", url))  # the link of a picture

    def _field_character(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            url = self._fields.pop().url
            if url and not any(piece.url == url for row in self._rows for piece in row):
                self._rows[-1].append(Piece("", url))

    def _target(self, link: _Element) -> str:
        found = self.part.rels.get(_value(link, "r:id"))
        target = str(found.target_ref) if found is not None and found.is_external else ""
        anchor = _value(link, "w:anchor")
        return f"{target}#{anchor}" if anchor else target

    def _box(self, box: _Element) -> None:
        """The words of a text box stand beside the text, not in it."""
        outer = self._rows
        for paragraph in box.iter(qn("w:p")):
            self.boxes += self.lines(paragraph)
        self._rows = outer
