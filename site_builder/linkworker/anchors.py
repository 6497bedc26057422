"""Anchors: whether a page has the places that stand behind the # of addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape

# Python's own parser takes minutes for some pages of 4 MB, and holds up all other threads.
from lxml import etree  # type: ignore[import-untyped]

from site_builder.bodies import decoded

_SLICE = 16_384
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_LOOKS_LIKE_HTML = re.compile(rb"\s*(<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)


class _Search:
    """Meets each element of a page; no tree is built."""

    def __init__(self, names: set[str]) -> None:
        self.missing = names

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.missing.discard(attributes.get("id", ""))
        if tag == "a":
            self.missing.discard(attributes.get("name", ""))

    def close(self) -> None:
        pass


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
    text = decoded(page, content_type).replace("\0", "")
    # Most anchors that are not there are not even in the text; the top is in every page.
    there = {name for name in names.values() if name in text or name in unescape(text)}
    search = _Search({name for name in there if name and name.lower() != "top"})
    parser = etree.HTMLParser(target=search, encoding="utf-8", huge_tree=True)
    data = text.encode("utf-8", errors="replace")
    try:
        for start in range(0, len(data), _SLICE):
            if given_up():
                return ()
            if not search.missing:
                break
            parser.feed(data[start : start + _SLICE])
        else:
            parser.close()
    except etree.LxmlError:
        return ()
    absent = search.missing | {name for name in names.values() if name not in there}
    return tuple(
        fragment
        for fragment, name in names.items()
        if name in absent and name and name.lower() != "top"
    )
