"""Anchors: whether a page has the place that stands behind the # of an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

# Python's own parser takes minutes for some pages of 4 MB, and holds up all other threads.
from lxml import etree  # type: ignore[import-untyped]

_SLICE = 16_384
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.IGNORECASE)
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_LOOKS_LIKE_HTML = re.compile(rb"\s*(<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)


class _Found(Exception):  # noqa: N818 - what is wanted is no error
    pass


class _Search:
    """Meets each element of a page; no tree is built."""

    def __init__(self, name: str) -> None:
        self._name = name

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("id") == self._name:
            raise _Found
        if tag == "a" and attributes.get("name") == self._name:
            raise _Found

    def close(self) -> None:
        pass


def is_page(content_type: str, start: bytes) -> bool:
    """Whether a document is HTML: by its header, or by its looks where that says nothing."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind:
        return kind in _HTML
    return _LOOKS_LIKE_HTML.match(start.removeprefix(b"\xef\xbb\xbf")) is not None


def is_always_there(fragment: str) -> bool:
    """Whether every page has this place: its top, or a piece of its text to be marked."""
    name = fragment.partition(":~:")[0]
    return not name or name.lower() == "top"


def has_anchor(
    page: bytes, content_type: str, fragment: str, given_up: Callable[[], bool]
) -> bool | None:
    """Whether an element of the page has this id or name; None when it was given up meanwhile."""
    name = fragment.partition(":~:")[0]
    found = _CHARSET.search(content_type.encode()) or _CHARSET.search(page[:4096])
    text = _decoded(page, found[1].decode("ascii") if found else "utf-8")
    if name not in text and name not in unescape(text):
        return False  # most pages without the anchor are done with here
    parser = etree.HTMLParser(target=_Search(name), encoding="utf-8", huge_tree=True)
    data = text.replace("\0", "").encode("utf-8", errors="replace")
    try:
        for start in range(0, len(data), _SLICE):
            if given_up():
                return None
            parser.feed(data[start : start + _SLICE])
        parser.close()
    except _Found:
        return True
    except etree.LxmlError:
        return None
    return False


def _decoded(page: bytes, charset: str) -> str:
    # The names that Thai sites give to their eight bits; the browser reads all of them as one.
    if charset.lower().replace("_", "-") in {"tis-620", "tis620", "windows-874", "iso-8859-11"}:
        charset = "cp874"
    try:
        return page.decode(charset, errors="replace")
    except LookupError:
        return page.decode("utf-8", errors="replace")
