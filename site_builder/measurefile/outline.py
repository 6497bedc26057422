"""A file with its comments: which key or item each of them belongs to.

YAML's own parser throws comments away; its marks tell where texts begin and end, so that whatever
begins with `#` outside of them is a comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from site_builder.measurefile.parsing import compose
from site_builder.measurefile.writing import Block, Entry, Outline

# YAML 1.1 takes all of these for the end of a line.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")


def read_outline(text: str) -> Outline:
    """The keys and comments of a text that `read_content` takes without a problem, as keys."""
    root = compose(text)
    if not isinstance(root, yaml.MappingNode):
        raise TypeError("not a file of keys")
    return _OutlineReader(text, root).outline()


def comments_of(text: str) -> tuple[str, ...]:
    """Every comment of a text that is YAML, with its `#`, in the order written."""
    root = compose(text)
    return tuple(comment.text for comment in _Page(text, root).comments) if root else ()


@dataclass(frozen=True, slots=True)
class _Comment:
    index: int
    column: int
    text: str
    fills_line: bool
    follows_blank: bool


class _Page:
    """The text as lines, and what on it is neither a text nor a comment."""

    def __init__(self, text: str, root: yaml.Node) -> None:
        self._text = text
        self._line_starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        bare = list(text)
        for start, end in _scalar_spans(root, text):
            bare[start:end] = "x" * (end - start)
        found = list(_COMMENT.finditer("".join(bare)))
        for comment in found:
            bare[comment.start() : comment.end()] = " " * len(comment[0])
        self._bare = "".join(bare)
        self.comments = tuple(map(self._comment, found))

    def column(self, index: int) -> int:
        return index - self._line_starts[self._line(index)]

    def dash_before(self, index: int) -> int:
        """Where the dash stands that begins the item at `index`."""
        return self._bare.rfind("-", 0, index)

    def follows_blank(self, index: int) -> bool:
        line = self._line(index)
        if line == 0:
            return False
        start, end = self._line_starts[line - 1 : line + 1]
        return not self._text[start:end].strip()

    def _line(self, index: int) -> int:
        return bisect_right(self._line_starts, index) - 1

    def _comment(self, found: re.Match[str]) -> _Comment:
        index = found.start()
        before = self._bare[self._line_starts[self._line(index)] : index]
        text = self._text[index : found.end()].rstrip()
        blank = self.follows_blank(index)
        return _Comment(index, self.column(index), text, not before.strip(), blank)


def _scalar_spans(node: yaml.Node, text: str) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalar_spans(key, text)
            yield from _scalar_spans(value, text)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalar_spans(item, text)
    elif isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        header_end = _LINE_END.search(text, start, end) if node.style in {"|", ">"} else None
        # A comment may stand beside the sign that begins a block of text.
        yield (header_end.end() if header_end else start), end


@dataclass(slots=True)
class _Head:
    """Where a key or an item begins, and the comments found for it so far."""

    index: int
    column: int
    node: yaml.Node
    key: str | None = None
    parent: _Head | None = None
    flow_end: int = 0
    """Where the brackets around it are closed; 0 where there are none."""
    above: list[str] = field(default_factory=list)
    beside: str = ""
    below: list[str] = field(default_factory=list)
    children: list[_Head] = field(default_factory=list)

    def around(self) -> Iterator[_Head]:
        """This head, and those it stands inside of."""
        head: _Head | None = self
        while head is not None:
            yield head
            head = head.parent


class _OutlineReader:
    def __init__(self, text: str, root: yaml.MappingNode) -> None:
        self._page = _Page(text, root)
        self._top = list(self._heads_in(root, None, 0))
        self._heads = [head for top in self._top for head in _with_children(top)]
        self._tail: list[str] = []

    def outline(self) -> Outline:
        indices = [head.index for head in self._heads]
        notes: list[tuple[int, _Head | _Comment]] = [
            *((head.index, head) for head in self._heads),
            *((comment.index, comment) for comment in self._page.comments),
        ]
        for index, note in sorted(notes, key=lambda pair: pair[0]):
            if isinstance(note, _Head):
                if not note.flow_end and self._page.follows_blank(index):
                    note.above.append("")
            else:
                at = bisect_left(indices, index)
                self._place(
                    note,
                    self._heads[at - 1] if at else None,
                    self._heads[at] if at < len(self._heads) else None,
                )
        entries = tuple(map(_entry, self._top))
        if not entries:
            return Outline(Block(()), tail=tuple(self._tail))
        head, above = _file_comment(entries[0].above)
        entries = (replace(entries[0], above=above), *entries[1:])
        return Outline(Block(entries), head, tuple(self._tail))

    def _place(self, comment: _Comment, before: _Head | None, after: _Head | None) -> None:
        """Give a comment to the key or item that it is about."""
        if not comment.fills_line and before is not None:
            if not before.beside:
                before.beside = comment.text
            else:  # beside the bracket that closes a list, say
                before.below.append(comment.text)
            return
        lines = self._below(comment, before, after)
        if lines is None:
            lines = self._tail if after is None else after.above
        in_flow = before is not None and comment.index < before.flow_end
        lines += ["", comment.text] if comment.follows_blank and not in_flow else [comment.text]

    @staticmethod
    def _below(comment: _Comment, before: _Head | None, after: _Head | None) -> list[str] | None:
        """The lines that close what stands before a comment, where it belongs there."""
        if before is None:
            return None
        if comment.index < before.flow_end:
            inside = after is not None and after.index < before.flow_end
            return None if inside else before.below
        if comment.column <= (after.column if after else 0):
            return None
        # Indented as what stands before, and deeper than what follows.
        for head in before.around():
            if head.column <= comment.column:
                inside = after is not None and any(head is around for around in after.around())
                return None if inside else head.below
        return None

    def _heads_in(self, node: yaml.Node, parent: _Head | None, flow_end: int) -> Iterator[_Head]:
        if not isinstance(node, yaml.CollectionNode):
            return
        if node.flow_style and not flow_end:
            flow_end = node.end_mark.index
        pairs = (
            node.value
            if isinstance(node, yaml.MappingNode)
            else [(None, item) for item in node.value]
        )
        for key, value in pairs:
            if key is not None:
                index, name = key.start_mark.index, str(key.value)
            else:
                start = value.start_mark.index
                index, name = (start if node.flow_style else self._page.dash_before(start)), None
            head = _Head(index, self._page.column(index), value, name, parent, flow_end)
            head.children = list(self._heads_in(value, head, flow_end))
            yield head


def _with_children(head: _Head) -> Iterator[_Head]:
    yield head
    for child in head.children:
        yield from _with_children(child)


def _entry(head: _Head) -> Entry:
    value: str | Block
    if isinstance(head.node, yaml.ScalarNode):
        value = str(head.node.value)
    else:
        is_list = isinstance(head.node, yaml.SequenceNode)
        value = Block(tuple(map(_entry, head.children)), is_list=is_list)
    return Entry(value, head.key, tuple(head.above), head.beside, tuple(head.below))


def _file_comment(above: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What opens a file and is set off by a blank line; and what is said of its first key."""
    lines = list(above)
    while lines and not lines[0]:
        del lines[0]
    if "" not in lines:
        return (), tuple(lines)
    last = len(lines) - 1 - lines[::-1].index("")
    head = lines[:last]
    while head and not head[-1]:
        del head[-1]
    return tuple(head), tuple(lines[last + 1 :])
