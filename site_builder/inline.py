"""Inline Markdown, as officers write it in a text field: read it once, render it safely.

Bold, italics, links, `<https://…>` and bare addresses mean what they mean in CommonMark; all else,
raw HTML first of all, is plain text. What is rendered cannot break out of its table cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt

from site_builder import linebreaks


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a text: where it leads and the words that carry it."""

    url: str
    words: str
    bare: bool
    """True where the words are the address itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text: words, a mark that opens or closes, a link, or a line break."""

    kind: Literal["words", "mark", "break", "link"]
    text: str
    link: Link | None = None


RenderLink = Callable[[Link], str | None]
"""Gives the attribute list to hang on a link, or None for an address that must not be a link."""


@cache
def _reader() -> MarkdownIt:
    rules = ["emphasis", "link", "autolink", "escape", "linkify", "newline"]
    reader = MarkdownIt("zero", {"linkify": True}).enable(rules)
    # Judging addresses is not the reader's business, and they are kept byte for byte.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    if reader.linkify is not None:
        reader.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        for schema in ("ftp:", "//", "mailto:"):
            reader.linkify.add(schema, None)
    return reader


def pieces(text: str) -> tuple[Piece, ...]:
    """The text as a flat run of pieces, in order."""
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    href: str | None = None
    bare = False
    words: list[str] = []
    for token in _reader().parseInline(_visible(text))[0].children or ():
        if token.type == "link_open":
            href, bare, words = str(token.attrs["href"]), token.info == "auto", []
        elif token.type == "link_close" and href is not None:
            label = "".join(words) or href
            yield Piece("link", label, Link(href, label, bare))
            href = None
        elif token.type in {"text", "text_special"}:
            if href is None:
                yield Piece("words", token.content)
            else:
                words.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            if href is None:
                yield Piece("break", "\n")
            else:
                words.append(" ")
        elif token.tag in {"em", "strong"} and href is None:
            # As HTML: Python-Markdown reads a row of stars otherwise than CommonMark does.
            yield Piece("mark", f"<{'/' if token.nesting < 0 else ''}{token.tag}>")


# Python-Markdown marks its own places with U+0002 and U+0003; other controls have no look at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


def _visible(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def links(text: str) -> tuple[Link, ...]:
    """The links inside a text, in order."""
    # Most texts have none, and these marks begin every kind of link.
    if not any(mark in text for mark in ("](", "<", ":")):
        return ()
    return tuple(piece.link for piece in pieces(text) if piece.link)


def plain(text: str) -> str:
    """The text as it reads, without marks; a link reads as its words."""
    return "".join(piece.text for piece in pieces(text) if piece.kind != "mark")


def escape(text: str) -> str:
    """Words that stay what they are, on one line, in any Markdown or HTML around them."""
    line = re.sub(r"\s", " ", _visible(text))
    # Numbered entities survive table splitting, code spans and every extension alike.
    return re.sub(r"[\\`*_{}\[\]<>|~^=$&\"!#+]", lambda found: f"&#{ord(found[0])};", line)


def unbroken(text: str) -> str:
    """Words as `escape` gives them; what must stay on one line is marked for the style sheet."""
    parts = []
    at = 0
    for start, end in linebreaks.wholes(text):
        parts += [escape(text[at:start]), f'<span class="whole">{escape(text[start:end])}</span>']
        at = end
    return "".join([*parts, escape(text[at:])])


def to_markdown(text: str, render_link: RenderLink) -> str:
    """The text as one line of Markdown that is safe in a table cell, a list item or a heading."""
    parts = [_render(piece, render_link) for piece in pieces(text)]
    # An empty list item under a line of text would make a heading of that line.
    return _not_a_block("".join(parts).strip()) or "&#160;"


def _render(piece: Piece, render_link: RenderLink) -> str:
    if piece.kind == "mark":
        return piece.text
    if piece.kind == "break":
        return "<br>"
    if piece.link is None:
        return unbroken(piece.text)
    attributes = render_link(piece.link)
    if attributes is None:
        return escape(piece.text)
    return link_markdown(piece.link.url, piece.text, attributes)


def link_markdown(url: str, words: str, attributes: str = "") -> str:
    """A Markdown link to an outside address, its every byte kept."""
    href = re.sub(r"[\\`*_<>|\[\]\"'&{}~^=$!]", lambda found: f"&#{ord(found[0])};", url)
    shown = breakable(words) if words == url else escape(words)
    return f"[{shown}](<{href}>){attributes}"


def breakable(address: str) -> str:
    """An address as words that may end a line where it has a joint, and not within a name."""
    return "<wbr>".join(map(escape, _JOINTS.split(address)))


_JOINTS = re.compile(r"(?<=[^/:.])(?=[./?#])")
"""Before a dot, a slash or what asks: where books break an address."""


def _not_a_block(line: str) -> str:
    """Keep a line's first characters from starting a list, a heading or an indented block."""
    number = re.match(r"(\d+)([.)])(?=\s|$)", line)
    if number:
        return f"{number[1]}&#{ord(number[2])};{line[number.end() :]}"
    if line[:1] in {"-", ":", "/", "?"}:
        return f"&#{ord(line[0])};{line[1:]}"
    return line
