"""Runs of words with their addresses: tidied, cut, and written as inline Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from site_builder import addresses, inline
from site_builder.intake.document import Line, Piece
from site_builder.values import is_checkable

# What has no look: controls, soft hyphens, what has no width or turns the direction around.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)


def lines_of(line: Line) -> tuple[Line, ...]:
    """The line with its HTML links read and its words tidied; several where `<br>` breaks it."""
    rows: list[list[Piece]] = [[]]
    for piece in line.pieces:
        for number, text in enumerate(re.split(r"<br\s{0,9}/?>|[\n\v]", piece.text)):
            if number:
                rows.append([])
            rows[-1].append(Piece(text, piece.url))
    found = [tidy(_with_links(pieces)) for pieces in rows]
    return tuple(
        Line(pieces, listed=line.listed and number == 0)
        for number, pieces in enumerate(found)
        if pieces
    )


def tidy(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same words with single spaces, neighbours with one address joined, ends stripped."""
    tidied: list[Piece] = []
    for piece in pieces:
        text = re.sub(r"\s+", " ", _UNSEEN.sub("", piece.text))
        if text.startswith(" ") and (not tidied or tidied[-1].text.endswith(" ")):
            text = text[1:]
        if tidied and tidied[-1].url == piece.url:
            tidied[-1] = Piece(tidied[-1].text + text, piece.url)
        elif text or piece.url:
            tidied.append(Piece(text, piece.url))
    while tidied and not tidied[-1].text.strip() and not tidied[-1].url:
        tidied.pop()
    if tidied:
        tidied[-1] = Piece(tidied[-1].text.rstrip(), tidied[-1].url)
    return tuple(tidied)


def text_of(pieces: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(piece.text for piece in pieces)


def cut(pieces: Iterable[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The words from one offset to another, with their addresses."""
    taken: list[Piece] = []
    at = 0
    whole = list(pieces)
    total = len(text_of(whole))
    for piece in whole:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        # A link without words, such as that of a picture, belongs to one side of a cut only.
        if first < last or (not piece.text and (start <= at < end or at == end == total)):
            taken.append(Piece(piece.text[first:last], piece.url))
        at += len(piece.text)
    return tidy(taken)


# Bounded, so that no cell can make the search slow.
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,300}?href\s{0,9}=\s{0,9}"
    r"(?:\"([^\"<>]{0,2000})\"|'([^'<>]{0,2000})'|([^\s\"'<>]{1,2000}))"
    r"[^<>]{0,300}>(.{0,2000}?)</a\s{0,9}>",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}


def _with_links(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.url and (piece.url == piece.text or piece.url not in piece.text):
            yield piece
            continue
        at = 0
        for found in _ANCHOR.finditer(piece.text):
            yield from _with_bare(piece.text[at : found.start()])
            # A stray tag around the words would be read as words.
            words = re.sub(r"</?[a-z][^<>]{0,200}>", "", found[4], flags=re.IGNORECASE)
            url = found[1] or found[2] or found[3] or ""
            yield Piece(html.unescape(words), html.unescape(url).strip())
            at = found.end()
        yield from _with_bare(piece.text[at:])


def _with_bare(text: str) -> Iterator[Piece]:
    """Addresses that stand in the words are links, as they are in a published text."""
    text = _UNSEEN.sub("", text)
    at = 0
    for found in _SCHEME.finditer(text):
        if found.start() < at:
            continue
        url = _bare_at(text, found.start())
        if len(url) <= len(found[0]):
            continue
        yield Piece(text[at : found.start()])
        yield Piece(url, url)
        at = found.start() + len(url)
    yield Piece(text[at:])


def _bare_at(text: str, start: int) -> str:
    """The address that begins at an offset, without the punctuation of the sentence around it."""
    body = re.match(r"[^\s<>\"\u201c\u201d]{1,2000}", text[start : start + 2000])
    url = body[0] if body else ""
    # A host of Latin letters ends where Thai begins: no host is called ".go.thและ".
    host = re.match(r"https?://[!-.0->@-~]+(?=[\u0e00-\u0e7f])", url, re.IGNORECASE)
    if host and "." in host[0]:
        return host[0]
    while url and (
        url[-1] in ".,;:!?'\u2018\u2019\u2026ฯ"
        or (url[-1] in _CLOSING and url.count(url[-1]) > url.count(_CLOSING[url[-1]]))
    ):
        url = url[:-1]
    return url


def publishable(url: str) -> bool:
    """Whether the model takes an address as evidence."""
    return addresses.refusal(url) is None and is_checkable(url)


def is_its_address(words: str, url: str) -> bool:
    """Whether a link's words are but its address, in whatever spelling."""
    return _bared(words) == _bared(url)


def _bared(url: str) -> str:
    return unquote(re.sub(r"^[a-z]+:/{0,2}", "", url.strip(), flags=re.IGNORECASE)).rstrip("/")


_MARKS = re.compile(r"[\\*_\[\]<]")


def markdown(pieces: Sequence[Piece]) -> str:
    """The words as inline Markdown that reads as these very words, bare addresses as links."""
    words = text_of(pieces)
    bare = [_is_bare(piece) for piece in pieces]
    urls = [piece.text for piece, is_bare in zip(pieces, bare, strict=True) if is_bare]

    def escaped(address: str) -> str:
        return "".join(
            address.format(piece.text) if is_bare else _MARKS.sub(r"\\\g<0>", piece.text)
            for piece, is_bare in zip(pieces, bare, strict=True)
        )

    for candidate in (words, escaped("{}"), escaped("<{}>")):
        if _reads_as(candidate, words, urls):
            return candidate
    # Words that look like an address and are none: no reader may make a link of them.
    return re.sub(r"[\\*_\[\]<>:/]", r"\\\g<0>", words)


def _is_bare(piece: Piece) -> bool:
    """Whether a piece shows its own address, and one that may be published."""
    return (
        bool(piece.url)
        and _SCHEME.match(piece.text) is not None
        and is_its_address(piece.text, piece.url)
        and addresses.refusal(piece.text) is None
        and addresses.refusal(piece.url) is None
    )


def _reads_as(candidate: str, words: str, urls: list[str]) -> bool:
    read = inline.pieces(candidate)
    links = [piece.link for piece in read if piece.link]
    return (
        "".join(piece.text for piece in read) == words
        and all(piece.kind in {"words", "link"} for piece in read)
        and [link.url for link in links] == urls
        and all(link.words == link.url for link in links)
    )
