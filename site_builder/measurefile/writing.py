"""Values to YAML text in the house form: no folding, quotes only where the reader needs them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Any

from site_builder.measurefile.parsing import read_content


@dataclass(frozen=True, slots=True)
class Block:
    """The entries of a mapping, or of a list."""

    entries: tuple[Entry, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A key or an item with its value, and the comments that people wrote around it.

    Comments keep their `#`; a line that is empty is a blank line.
    """

    value: str | Block | None
    """None where only the comments stand: a key that is yet to be given."""
    key: str | None = None
    """None for an item of a list."""
    above: tuple[str, ...] = ()
    beside: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole file: its keys, the comment that opens it and the one that ends it."""

    block: Block
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()


def write(value: Mapping[str, Any], comments: Mapping[str, str] | None = None) -> str:
    """A file's text: the keys in the order given, which `read_content` reads back as they are.

    Args:
        value: texts, lists and mappings, as `read_content` gives them; None for a key that is
            yet to be given: only its comment stands.
        comments: what to say above a top-level key, line by line, without the `#`.
    """
    told = comments or {}
    entries = tuple(
        Entry(value_of(held), key, _as_comment(told.get(key, ""))) for key, held in value.items()
    )
    return lay_out(Outline(Block(entries)))


def lay_out(outline: Outline) -> str:
    """A file's text, every comment at its place."""
    lines = list(_block_lines(outline.block, ""))
    head = [*outline.head, ""] if outline.head else []
    tail = outline.tail if lines or head else tuple(_without_leading_blank(outline.tail))
    return "".join(f"{line}\n" for line in [*head, *lines, *tail])


def scalar(text: str) -> str:
    """The plainest spelling of a text on one line of a YAML file."""
    return _scalar(text)


def _as_comment(text: str) -> tuple[str, ...]:
    # "##" stays a comment when an officer takes one "#" away from a whole block.
    return tuple(f"# {line}".rstrip() for line in text.splitlines())


def value_of(held: object) -> str | Block | None:
    """Texts, lists and mappings as the value of an entry."""
    if held is None:
        return None
    if isinstance(held, Mapping):
        return Block(tuple(Entry(value_of(inner), key) for key, inner in held.items()))
    if isinstance(held, list | tuple):
        return Block(tuple(Entry(value_of(item)) for item in held), is_list=True)
    return str(held)


def _block_lines(block: Block, indent: str) -> Iterator[str]:
    for number, entry in enumerate(block.entries):
        lines = _entry_lines(entry, indent)
        # A blank line stands between entries, not before the first of them.
        yield from lines if number else _without_leading_blank(lines)


def _without_leading_blank(lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    return dropwhile(lambda line: not line, lines)


def _entry_lines(entry: Entry, indent: str) -> Iterator[str]:
    if _is_keys_in_a_list(entry):
        entry = _with_comments_above_the_dash(entry)
    yield from _comment_lines(entry.above, indent)
    if entry.value is not None:
        yield from _value_lines(entry, indent)
    yield from _comment_lines(entry.below, indent)


def _comment_lines(comments: tuple[str, ...], indent: str) -> Iterator[str]:
    return (indent + line if line else "" for line in comments)


def _is_keys_in_a_list(entry: Entry) -> bool:
    value = entry.value
    is_keys = isinstance(value, Block) and not value.is_list and bool(value.entries)
    return entry.key is None and is_keys


def _with_comments_above_the_dash(entry: Entry) -> Entry:
    """The first key shares its line with the dash, so what is said of it stands above both."""
    if not isinstance(entry.value, Block):
        return entry
    first, *others = entry.value.entries
    beside = (entry.beside,) if entry.beside else ()
    above = (*entry.above, *beside, *filter(None, first.above))
    value = Block((replace(first, above=()), *others))
    return replace(entry, value=value, above=above, beside="")


def _value_lines(entry: Entry, indent: str) -> Iterator[str]:
    lead = f"{indent}-" if entry.key is None else f"{indent}{_scalar(entry.key)}:"
    beside = f"  {entry.beside}" if entry.beside else ""
    value = entry.value
    if not isinstance(value, Block):
        first, *rest = _scalar(value or "", indent + "  ").split("\n")
        yield f"{lead} {first}{beside}"
        yield from rest
    elif not value.entries:
        yield f"{lead} {'[]' if value.is_list else '{}'}{beside}"
    elif _is_keys_in_a_list(entry):
        first, *rest = _block_lines(value, indent + "  ")
        yield f"{lead} {first.lstrip(' ')}"
        yield from rest
    else:
        yield f"{lead}{beside}"
        yield from _block_lines(value, indent + "  ")


def _scalar(text: str, indent: str = "") -> str:
    """The plainest spelling that reads back as this text."""
    if text and _reads_back(f"k:\n  - {text}\nv: {text}\n", ("k", [text]), ("v", text)):
        return text
    if "\n" in text and indent:
        sign, body = ("|", text[:-1]) if text.endswith("\n") else ("|-", text)
        lines = (indent + line if line else "" for line in body.split("\n"))
        block = "\n".join([sign, *lines])
        if _reads_back(f"{indent[2:]}v: {block}\n", ("v", text)):
            return block
    # JSON's strings are YAML's, but for the controls that only an escape can show.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def _reads_back(written: str, *expected: tuple[str, object]) -> bool:
    """Whether the reader takes this file for these keys and values."""
    content, problems = read_content(written.encode(), "", "")
    return content is not None and not problems and content.value == dict(expected)
