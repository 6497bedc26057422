"""Layout: the shape of a page, a table and a list, whatever stands in them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from site_builder import inline
from site_builder.pages.naming import menu_title
from site_builder.report_tables import CAPTION_PREFIX, FOLDED_PREFIX

_LONG = 120


def page(title: str, body: Sequence[str], hide: Sequence[str] = ()) -> str:
    """A page: its title for menus, and its blocks with a blank line between."""
    # A JSON string is a YAML string whatever stands in it.
    lines = ["---", f"title: {json.dumps(menu_title(title), ensure_ascii=False)}"]
    if hide:
        lines += ["hide:", *(f"  - {part}" for part in hide)]
    return "\n".join([*lines, "---", ""]) + "\n" + "\n\n".join(body) + "\n"


def table(
    caption: str, labels: Sequence[str], rows: Sequence[Sequence[str]], *, folded: bool = False
) -> str:
    """A Markdown table under its caption line; cells are Markdown already."""
    prefix = FOLDED_PREFIX if folded else CAPTION_PREFIX
    lines = [labels, ["---"] * len(labels), *rows]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{prefix}{caption}\n\n{body}"


def bullets(lines: Sequence[str]) -> str:
    """One line as it is, several as a list that a table cell can hold."""
    if len(lines) == 1:
        return lines[0]
    # A Markdown table cell is one line; inline HTML is how it holds a list.
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def shortened(url: str) -> str:
    """An address as it is shown: a very long one without its middle. The link keeps all of it."""
    return url if len(url) <= _LONG else f"{url[: _LONG - 31]}…{url[-30:]}"


def address(url: str) -> str:
    """An address as text, for print and for whoever wants to see it before opening it."""
    return f'<span class="address">{inline.escape(shortened(url))}</span>'
