"""Bytes to texts, lists and mappings, with a place for every key and item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.resolver import BaseResolver

from site_builder.measurefile.syntax import (
    CONTROL,
    DEPTH_LIMIT,
    control_character,
    encoding_problem,
    is_utf16,
    syntax_problem,
    too_deep,
    utf16_problem,
)
from site_builder.problems import Place, Problem, problem
from site_builder.source import KeyPath, Source

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # a PyYAML built without libyaml: slower, the same answers
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


LIMIT = 64 * 1024
"""Bytes: the largest file that is read. The longest measure seen has 4 kB."""


class _TextLoader(_Parser, BaseResolver):  # type: ignore[misc, unused-ignore]
    """Composes nodes without resolving scalars: whatever has another tag was tagged by hand."""

    def __init__(self, stream: str) -> None:
        _Parser.__init__(self, stream)
        BaseResolver.__init__(self)


_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")} | {"!"}


@dataclass(frozen=True, slots=True)
class Content:
    """A YAML file's content: texts, lists and mappings, with the place of each."""

    value: Any
    source: Source


def compose(text: str) -> yaml.Node | None:
    """The nodes of a text, with the marks of where each begins and ends.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    node: yaml.Node | None = _TextLoader(text).get_single_node()
    return node


def read_content(
    data: bytes, file: str, example: str
) -> tuple[Content | None, tuple[Problem, ...]]:
    """Read any bytes as YAML; None where nothing can be made of them.

    Args:
        data: the file's bytes.
        file: its path, for places.
        example: a line of the right form, for messages about an empty file.
    """
    start = Place(file)
    if len(data) > LIMIT:
        return None, (problem("file-too-large", start, size=len(data), limit=LIMIT),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (encoding_problem(data, error, file),)
    if is_utf16(data):
        return None, (utf16_problem(file),)
    if found := control_character(text, file):
        return None, (found,)
    if too_deep(text):
        return None, (problem("yaml-depth", start),)
    try:
        node = compose(text)
    except yaml.YAMLError as error:
        return None, (syntax_problem(error, text, file),)
    if node is None:
        return None, (problem("file-empty", start, example=example),)
    reader = _NodeReader(file, text.splitlines())
    value = reader.read(node, ())
    return Content(value, Source(file, reader.places, text)), tuple(reader.problems)


def _says_nothing(node: yaml.Node) -> bool:
    """Whether a value is YAML's word for none: every other program would take it for empty."""
    return (
        isinstance(node, yaml.ScalarNode)
        and not node.style
        and node.value in {"~", "null", "Null", "NULL"}
    )


# Who means a comment writes a space behind the sign.
_HASH = re.compile(r"[ \t]+(?P<rest>#[^\s#].*)")


# A line that YAML adds to the text above, and whoever wrote it began an item with.
_DASH = re.compile(r"[ \t]+-(?= )")


class _NodeReader:
    """Turns nodes into plain values, and notes places and problems on the way."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self._file = file
        self._lines = lines
        self._seen: set[int] = set()
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []

    def read(self, node: yaml.Node, path: KeyPath) -> Any:  # noqa: ANN401 - what YAML holds
        place = self._place(node)
        self.places.setdefault(path, place)
        if id(node) in self._seen:
            self._report("yaml-alias", place)
            return None
        self._seen.add(id(node))
        if sign := self._sign(node):
            self._report(sign, place)
        if len(path) > DEPTH_LIMIT:
            self._report("yaml-depth", place)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        if found := CONTROL.search(node.value):  # written as an escape, such as "\\e"
            self._report("yaml-control-character", place, character=f"U+{ord(found[0]):04X}")
        self._look_behind(node)
        return "" if _says_nothing(node) else str(node.value)

    def _look_behind(self, node: yaml.Node) -> None:
        """Tell of what YAML reads otherwise than it looks: an item indented too far, "ห้อง #2"."""
        end = node.end_mark
        is_plain = isinstance(node, yaml.ScalarNode) and not node.style
        if not is_plain or end.line >= len(self._lines):
            return
        for number in range(node.start_mark.line + 1, end.line + 1):
            # What begins with a dash itself is told of as such.
            if not node.value.startswith("-") and (dash := _DASH.match(self._lines[number])):
                self._report("yaml-indentation", Place(self._file, number + 1, dash.end()))
        if found := _HASH.match(self._lines[end.line], end.column):
            place = Place(self._file, end.line + 1, found.start("rest") + 1)
            self._report("text-after-hash", place, value=found["rest"][:40])

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if sign := self._sign(key_node):
                self._report(sign, place)
            if not isinstance(key_node, yaml.ScalarNode):
                self._report("value-not-text", place, key="?", example="measure: ข้อความ")
                continue
            key = str(key_node.value)
            if key in mapping:
                self._report("key-repeated", place, key=key, first=first_lines[key])
                continue
            first_lines[key] = place.line
            mapping[key] = self.read(value_node, (*path, key))
            # An empty value has its mark on some later line; the key is where to look.
            if mapping[key] == "" and value_node.start_mark.index == value_node.end_mark.index:
                self.places[(*path, key)] = place
            self.places[(*path, key, "key")] = place
        return mapping

    def _sign(self, node: yaml.Node) -> str | None:
        """The problem of a node with a tag or an anchor: YAML would swallow those words."""
        mark = node.start_mark
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        first = line[mark.column : mark.column + 1]
        if first == "!" or node.tag not in _PLAIN_TAGS:
            return "yaml-tag"
        return "yaml-alias" if first == "&" else None

    def _place(self, node: yaml.Node) -> Place:
        return Place(self._file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _report(self, code: str, place: Place, **details: object) -> None:
        found = problem(code, place, **details)
        if found not in self.problems[-3:]:  # an alias stands where its anchor does
            self.problems.append(found)
