"""The tool's own lists, kept in git as JSON: read with the place of any damage."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError


class _Versioned(Protocol):
    @property
    def version(self) -> int: ...


Record = TypeVar("Record", bound=_Versioned)


class DamagedError(ValueError):
    """A list cannot be read, and must not be overwritten; the message says why."""

    def __init__(
        self,
        cause: str,
        line: int = 1,
        column: int = 1,
        *,
        conflict: bool = False,
        newer: bool = False,
    ) -> None:
        super().__init__(cause)
        self.line = line
        self.column = column
        self.conflict = conflict
        """Whether git left it so: two branches changed it, and nobody has chosen yet."""
        self.newer = newer
        """Whether it is whole, and a newer program wrote it."""


_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=\s|$)", re.MULTILINE)


def read_record(text: str, kind: type[Record], version: int, damaged: type[DamagedError]) -> Record:
    """Read a list of this kind, of this version at most.

    Raises:
        DamagedError: as `damaged`: not JSON, not such a list, a merge conflict, or from a newer
            program.
    """
    if mark := _CONFLICT.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        raise damaged(f"merge conflict: {mark[0]}", line, conflict=True)
    try:
        plain: Any = json.loads(text, object_pairs_hook=_once_each)
        # First of all: what is newer may be made otherwise.
        _refuse_newer(plain, version, text, damaged)
        record = TypeAdapter(kind).validate_python(plain)
    except json.JSONDecodeError as error:
        raise damaged(error.msg, error.lineno, error.colno) from error
    except ValidationError as error:
        first = error.errors()[0]
        path = [str(part) for part in first["loc"]]
        cause = ": ".join(filter(None, (".".join(path), first["msg"])))
        raise damaged(cause, *_place_of(path, text)) from error
    except _RepeatedKeyError as error:
        found = text.find(json.dumps(error.key, ensure_ascii=False))
        at = text.find(json.dumps(error.key, ensure_ascii=False), found + 1)
        raise damaged(f"twice: {error.key}", *_line_and_column(at, text)) from error
    except DamagedError:
        raise
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all bounds
        raise damaged(str(error)) from error
    return record


def _refuse_newer(plain: object, version: int, text: str, damaged: type[DamagedError]) -> None:
    found = plain.get("version") if isinstance(plain, dict) else None
    if isinstance(found, int) and found > version:
        cause = f"version {found} > {version}"
        raise damaged(cause, *_place_of(["version"], text), newer=True)


def has_conflict(text: str) -> bool:
    """Whether git has left its conflict marks in the text."""
    return bool(_CONFLICT.search(text))


def sides_of(text: str, damaged: type[DamagedError]) -> tuple[str, str]:
    """The two texts between which git's conflict marks ask to choose.

    Raises:
        DamagedError: as `damaged`: a mark is missing.
    """
    ours: list[str] = []
    theirs: list[str] = []
    # In the order in which git writes the marks; "|" is written only where it was asked to.
    parts = {"<": [ours], "|": [], "=": [theirs], ">": [ours, theirs]}
    follow = {"<": "|=", "|": "=", "=": ">", ">": "<"}
    before = ">"
    for number, line in enumerate(text.split("\n"), start=1):
        if not _CONFLICT.match(line):
            for side in parts[before]:
                side.append(line)
        elif line[0] in follow[before]:
            before = line[0]
        else:
            raise damaged(f"merge conflict: {line[:7]}", number, conflict=True)
    if before != ">":
        raise damaged("merge conflict without an end", conflict=True)
    return "\n".join(ours), "\n".join(theirs)


def both_sides(
    text: str, read: Callable[[str], Record], damaged: type[DamagedError]
) -> tuple[Record, Record]:
    """The two lists behind git's conflict marks.

    Raises:
        DamagedError: as `damaged`: a side is no such list, or a mark is missing.
    """
    ours, theirs = sides_of(text, damaged)
    try:
        return read(ours), read(theirs)
    except DamagedError as damage:
        if damage.newer:
            raise
        # Its place in one side is none in the file.
        raise damaged(f"merge conflict: {damage}", conflict=True) from damage


class _RepeatedKeyError(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse what a hand that merges leaves behind: of two, the last would win unseen."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKeyError(key)
        found[key] = value
    return found


def _line_and_column(at: int, text: str) -> tuple[int, int]:
    return text.count("\n", 0, max(at, 0)) + 1, max(at, 0) - text.rfind("\n", 0, max(at, 0))


def _place_of(path: Collection[str], text: str) -> tuple[int, int]:
    """The line and column of the last key on a path that stands in the text."""
    at = 0
    for key in path:
        spelt = (json.dumps(key, ensure_ascii=False), json.dumps(key))
        found = [place for name in spelt if (place := text.find(name, at)) >= 0]
        at = min(found, default=at)
    return _line_and_column(at, text)
