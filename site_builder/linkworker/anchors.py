"""Anchors: whether a page has the place that stands behind the # of an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html.parser import HTMLParser

from site_builder.bodies import decoded

_SLICE = 16_384
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_LOOKS_LIKE_HTML = re.compile(rb"\s*(<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)


class _Search(HTMLParser):
    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.missing = names

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.missing -= {
            value for name, value in attrs if name == "id" or (name == "name" and tag == "a")
        }


def is_page(content_type: str, start: bytes) -> bool:
    """Whether a document is HTML: by its header, or by its looks where that says nothing."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind:
        return kind in _HTML
    return _LOOKS_LIKE_HTML.match(start.removeprefix(b"\xef\xbb\xbf")) is not None


def missing_of(
    page: bytes, content_type: str, fragments: Iterable[str], given_up: Callable[[], bool]
) -> tuple[str, ...]:
    """Those fragments that no element of the page has as its id or name; none once given up."""
    names = {fragment: fragment.partition(":~:")[0] for fragment in fragments}
    # The top, and a piece of text to be marked, are in every page.
    search = _Search({name for name in names.values() if name and name.lower() != "top"})
    text = decoded(page, content_type)
    for start in range(0, len(text), _SLICE):
        if given_up() or not search.missing:
            return ()
        search.feed(text[start : start + _SLICE])
    search.close()
    return tuple(fragment for fragment, name in names.items() if name in search.missing)
