"""The house form for files that people wrote: their words and comments stay, the layout changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel

from site_builder import model
from site_builder.measurefile.outline import comments_of, read_outline
from site_builder.measurefile.parsing import Content, read_content
from site_builder.measurefile.reading import FIRST_LINES, models_in, not_keys
from site_builder.measurefile.writing import Block, Entry, lay_out
from site_builder.problems import Place, Problem, errors_of, problem


def format_file(
    data: bytes, file: str, kind: type[BaseModel] = model.Measure
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """A file in the house form, no word and no comment lost; None where a problem forbids it.

    Keys stand in the model's order, a comment moves with its key, and at most one blank line is
    kept where people set entries apart. Only what keeps the text from being read as YAML is a
    problem here: a file that lacks a key is formatted like any other.

    Args:
        data: the file's bytes, whatever they are.
        file: its path, for places.
        kind: the model's class that the file is read as.
    """
    before, problems = read_content(data, file, FIRST_LINES[kind])
    if before is None or errors_of(problems):
        return None, problems
    if found := not_keys(before, kind):
        return None, (found,)
    text = data.decode("utf-8-sig")
    outline = read_outline(text)
    written = lay_out(replace(outline, block=in_model_order(outline.block, kind)))
    if not _holds_the_same(before, text, written):
        return None, (problem("format-refused", Place(file)),)
    return written.encode(), ()


def kind_of(name: str) -> type[BaseModel]:
    """What a file of this name, such as `report.yaml`, is read as."""
    kinds: dict[str, type[BaseModel]] = {
        "agency.yaml": model.Agency,
        "indicators.yaml": model.IndicatorList,
        "report.yaml": model.ReportHeader,
    }
    return kinds.get(name, model.Measure)


def _holds_the_same(before: Content, text: str, written: str) -> bool:
    """Whether two texts hold the same values and comments: trusted only once it is seen."""
    after, problems = read_content(written.encode(), "", "")
    if after is None or errors_of(problems) or after.value != before.value:
        return False
    return Counter(comments_of(text)) == Counter(comments_of(written))


def in_model_order(block: Block, kind: type[BaseModel] | None) -> Block:
    """The block with its keys, and those inside of them, in the order of the house form."""
    entries = block.entries if block.is_list else _sorted(block.entries, kind)
    return replace(block, entries=tuple(_inside_ordered(entry, kind) for entry in entries))


def _sorted(entries: tuple[Entry, ...], kind: type[BaseModel] | None) -> tuple[Entry, ...]:
    return tuple(entry for _, entry in sorted(_ranked(entries, kind), key=lambda pair: pair[0]))


def _ranked(
    entries: tuple[Entry, ...], kind: type[BaseModel] | None
) -> Iterator[tuple[int, Entry]]:
    names = model.file_keys(kind) if kind else ()
    rank = -1
    for entry in entries:
        # A key that the model does not know, a slip of the pen perhaps, stays behind its neighbour.
        rank = names.index(entry.key) if entry.key in names else rank
        yield rank, entry


def _inside_ordered(entry: Entry, kind: type[BaseModel] | None) -> Entry:
    if not isinstance(entry.value, Block):
        return entry
    inner = kind if entry.key is None else _kind_inside(kind, entry.key)
    return replace(entry, value=in_model_order(entry.value, inner))


def _kind_inside(kind: type[BaseModel] | None, key: str) -> type[BaseModel] | None:
    field = kind.model_fields.get(key) if kind else None
    return next(models_in(field.annotation), None) if field else None
