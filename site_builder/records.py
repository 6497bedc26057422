"""The tool's own lists, kept in git as JSON: read with the place of any damage."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError


class _Versioned(Protocol):
    @property
    def version(self) -> int: ...


Record = TypeVar("Record", bound=_Versioned)


class DamagedError(ValueError):
    """A list cannot be read, and must not be overwritten; the message says why."""

    def __init__(self, cause: str, line: int = 1, column: int = 1) -> None:
        super().__init__(cause)
        self.line = line
        self.column = column


def read_record(text: str, kind: type[Record], version: int, damaged: type[DamagedError]) -> Record:
    """Read a list of this kind, of this version at most.

    Raises:
        DamagedError: as `damaged`: not JSON, not such a list, or from a newer program.
    """
    try:
        plain: Any = json.loads(text, object_pairs_hook=_once_each)
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
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all bounds
        raise damaged(str(error)) from error
    if record.version > version:
        cause = f"version {record.version} > {version}: from a newer prongsai"
        raise damaged(cause, *_place_of(["version"], text))
    return record


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
