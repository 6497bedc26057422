"""A Markdown extension: a table announced by a caption line gets a caption and header cells.

    ตาราง: มาตรการของตัวชี้วัดที่ 3

    | ตัวชี้วัด | มาตรการ |
    | --- | --- |

A caption line that begins with `ตาราง (พับไว้): ` folds its table away until a reader opens it.
Without the extension the page still reads: the caption is then a line above the table.
"""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

CAPTION_PREFIX = "ตาราง: "
FOLDED_PREFIX = "ตาราง (พับไว้): "
_FITS_A_PHONE = 3
"""Columns that can be read side by side on a phone."""


class _ReportTables(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            children = list(parent)
            for above, table in pairwise(children):
                if above.tag != "p" or table.tag != "table":
                    continue
                text = above.text or ""
                for prefix in (CAPTION_PREFIX, FOLDED_PREFIX):
                    if text.startswith(prefix):
                        above.text = text.removeprefix(prefix)
                        _announce(parent, above, table, folded=prefix == FOLDED_PREFIX)


def _announce(parent: Element, paragraph: Element, table: Element, *, folded: bool) -> None:
    """Make a paragraph the caption of the table below it, and mark its header cells."""
    parent.remove(paragraph)
    paragraph.tag = "caption"
    paragraph.tail = None
    table.insert(0, paragraph)
    labels = [_text(cell) for cell in table.iterfind("thead/tr/th")]
    # For the style sheet: how the width is shared out, and whether a row becomes a card on a phone.
    cards = len(labels) > _FITS_A_PHONE
    table.set("class", f"report-table columns-{len(labels)}{' cards' if cards else ''}")
    for heading in table.iterfind("thead/tr/th"):
        heading.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        for number, (cell, label) in enumerate(zip(row, labels, strict=False)):
            if number == 0:
                cell.tag = "th"
                cell.set("scope", "row")
            else:
                # Read by the style sheet, which shows a row as a card on a narrow screen.
                cell.set("data-label", label)
    if cards:
        _say_roles(table)
    _wrap(parent, table, folded=folded, scrolls=not cards)


def _say_roles(table: Element) -> None:
    """Say what each part is: shown as cards, a table is no table to Safari's VoiceOver."""
    for element in table.iter():
        if element.tag == "th":
            element.set("role", "columnheader" if element.get("scope") == "col" else "rowheader")
        elif role := _ROLES.get(element.tag):
            element.set("role", role)


_ROLES = {
    "table": "table",
    "caption": "caption",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "td": "cell",
}


def _wrap(parent: Element, table: Element, *, folded: bool, scrolls: bool) -> None:
    """A table in its frame: where it may be too wide, one that scrolls, and by keyboard too.

    A table of cards is never wider than the page: its frame does not scroll, so that its header
    can stay in sight.
    """
    at = list(parent).index(table)
    parent.remove(table)
    caption = _text(table[0])
    frame = Element("div", {"class": "report-scroll" if scrolls else "report-frame"})
    if scrolls:
        frame.attrib |= {"tabindex": "0", "role": "region", "aria-label": caption}
    frame.append(table)
    frame.tail, table.tail = table.tail, None
    parent.insert(at, _folded(frame, caption) if folded else frame)


def _folded(frame: Element, caption: str) -> Element:
    """The frame behind a summary, which the browser opens and closes by itself."""
    fold = Element("details", {"class": "report-fold"})
    SubElement(fold, "summary").text = caption
    fold.append(frame)
    fold.tail, frame.tail = frame.tail, None
    return fold


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


class ReportTablesExtension(Extension):
    """Registers the tree processor; add it to `markdown_extensions` or let the plugin do so."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Run after inline patterns (20), before attribute lists (8) hang on elements."""
        md.treeprocessors.register(_ReportTables(md), "report_tables", 15)


def makeExtension(**options: object) -> ReportTablesExtension:  # noqa: N802 - Markdown's name
    """The entry that Markdown looks for."""
    return ReportTablesExtension(**options)
