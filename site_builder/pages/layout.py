"""Layout: the shape of a page, a table and a list, whatever stands in them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence

from site_builder import inline
from site_builder.edition import Edition
from site_builder.pages.naming import menu_title
from site_builder.pages.print_words import print_head
from site_builder.report_tables import CAPTION_PREFIX, FOLDED_PREFIX

_LONG = 120


def page(
    edition: Edition, title: str, description: str, body: Sequence[str], *, hide: Sequence[str] = ()
) -> str:
    """A page: its title and what it says for menus and searches, and its blocks."""
    lines = [
        "---",
        f"title: {_yaml(menu_title(title))}",
        f"description: {_yaml(menu_title(description))}",
        f"language: {edition.language}",
    ]
    if hide:
        lines += ["hide:", *(f"  - {part}" for part in hide)]
    return "\n".join([*lines, "---", ""]) + "\n" + "\n\n".join([print_head(edition), *body]) + "\n"


def title_of(text: str) -> str | None:
    """The title of a page that `page` made, in plain words; None where it made none."""
    found = re.match(r"---\ntitle: (.+)\n", text)
    return html.unescape(json.loads(found[1])) if found else None


def _yaml(text: str) -> str:
    # A JSON string is a YAML string whatever stands in it.
    return json.dumps(text, ensure_ascii=False)


def table(
    caption: str, labels: Sequence[str], rows: Sequence[Sequence[str]], *, folded: bool = False
) -> str:
    """A Markdown table under its caption line; cells are Markdown already."""
    prefix = FOLDED_PREFIX if folded else CAPTION_PREFIX
    lines = [labels, ["---"] * len(labels), *rows]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{prefix}{caption}\n\n{body}"


def figures(shown: Mapping[str, str]) -> str:
    """Names and numbers side by side, as HTML that every Markdown reader hands on."""
    items = "\n".join(
        f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in shown.items()
    )
    return f'<dl class="figures">\n{items}\n</dl>'


def bullets(lines: Sequence[str], *, language: str = "") -> str:
    """One line as it is, several as a list that a table cell can hold.

    `language` marks them where the page has another.
    """
    mark = f' lang="{language}"' if language else ""
    if len(lines) == 1:
        return f"<span{mark}>{lines[0]}</span>" if mark else lines[0]
    # A Markdown table cell is one line; inline HTML is how it holds a list.
    return f"<ul{mark}>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def shortened(url: str) -> str:
    """An address as it is shown: a very long one without its middle. The link keeps all of it."""
    return url if len(url) <= _LONG else f"{url[: _LONG - 31]}…{url[-30:]}"


def address(url: str) -> str:
    """An address as text, for print and for whoever wants to see it before opening it."""
    return f'<span class="address">{inline.breakable(shortened(url))}</span>'
