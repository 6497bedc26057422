"""Layout: the shape of a page, a table and a list, whatever stands in them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from site_builder.pages.naming import menu_title
from site_builder.report_tables import CAPTION_PREFIX


def page(title: str, body: Sequence[str], hide: Sequence[str] = ()) -> str:
    """A page: its title for menus, and its blocks with a blank line between."""
    # A JSON string is a YAML string whatever stands in it.
    lines = ["---", f"title: {json.dumps(menu_title(title), ensure_ascii=False)}"]
    if hide:
        lines += ["hide:", *(f"  - {part}" for part in hide)]
    return "\n".join([*lines, "---", ""]) + "\n" + "\n\n".join(body) + "\n"


def table(caption: str, labels: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table under its caption line; cells are Markdown already."""
    lines = [labels, ["---"] * len(labels), *rows]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{CAPTION_PREFIX}{caption}\n\n{body}"


def bullets(lines: Sequence[str]) -> str:
    """One line as it is, several as a list that a table cell can hold."""
    if len(lines) == 1:
        return lines[0]
    # A Markdown table cell is one line; inline HTML is how it holds a list.
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
