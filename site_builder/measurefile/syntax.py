"""What keeps bytes from being YAML, said in an officer's words."""

from __future__ import annotations

import re
from typing import Any

import yaml

from site_builder.problems import Place, Problem, problem

DEPTH_LIMIT = 20
"""How deep keys and lists may be nested; the model needs four."""


def too_deep(text: str) -> bool:
    """Refuse deep nesting before a recursive parser meets it: brackets and dashes in a row."""
    opened = max(text.count("["), text.count("{"))
    deepest_line = max(
        (len(line) - len(line.lstrip(" -?")) for line in text.splitlines()), default=0
    )
    return opened > 1000 or deepest_line > 40 * DEPTH_LIMIT


def encoding_problem(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    """Bytes that are not UTF-8, and what they look like instead."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data[:64].count(0) > len(data[:64]) // 4:
        encoding = "UTF-16 (Unicode)"
    elif _is_thai(data):
        encoding = "TIS-620 / Windows-874 (ANSI)"
    else:
        encoding = "binary"
    before = data[: error.start].decode("utf-8", "replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return problem("file-encoding", Place(file, line, column), encoding=encoding)


def _is_thai(data: bytes) -> bool:
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return False
    high = [char for char in text if ord(char) > 0x7F]
    return sum("\u0e00" <= char <= "\u0e7f" for char in high) > len(high) // 2


# Controls, and the marks that turn the direction of a text around.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def control_character(text: str, file: str) -> Problem | None:
    """The first character that nobody can see, where there is one."""
    found = CONTROL.search(text)
    if found is None:
        return None
    place = _place(file, text, found.start())
    return problem("yaml-control-character", place, character=f"U+{ord(found[0]):04X}")


def _place(file: str, text: str, index: int) -> Place:
    before = text[:index]
    return Place(file, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Say what libyaml, or its Python twin, stumbled on, in an officer's words."""
    context = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context
    cause = str(getattr(error, "problem", None) or error)
    said = f"{getattr(error, 'context', None) or ''} {cause}"
    lines = text.splitlines() or [""]

    def at(mark: Any) -> tuple[int, int]:  # noqa: ANN401 - a Mark of either reader
        # Something still open at the end of the file is marked on a line that is not there.
        if mark is None or mark.line < len(lines):
            return (mark.line, mark.column) if mark else (0, 0)
        return len(lines) - 1, len(lines[-1])

    line, column = at(mark)
    written = lines[line]
    place = Place(file, line + 1, column + 1)
    # Where the reader gave up is often a line later; where it began is where the mistake is.
    first_line, first_column = at(context or mark)
    began = Place(file, first_line + 1, first_column + 1)
    indent = re.match(r"[ \t-]*", written)
    if (indent and "\t" in indent[0]) or "'\\t'" in cause:
        tab = written.find("\t")
        return problem("yaml-tab", Place(file, line + 1, (tab if tab >= 0 else column) + 1))
    if "cannot start any token" in said or "directive" in said:
        return problem("yaml-special-start", place, character=written[column : column + 1])
    if "mapping values are not allowed" in said and (above := _line_without_colon(lines, line)):
        return problem("yaml-colon-missing", Place(file, above, 1))
    if "escape" in said:
        return problem(
            "yaml-backslash", Place(file, line + 1, written.rfind("\\", 0, column + 1) + 1)
        )
    if "did not find expected" in said and re.search(r"[\"'\]}]\s*$", written[:column]):
        return problem("yaml-quote", place)
    for words, code, where in (
        (("mapping values are not allowed",), "yaml-colon-in-text", place),
        (("simple key", "could not find expected ':'"), "yaml-colon-missing", began),
        (("alias", "anchor"), "yaml-alias", began),
        (("tag",), "yaml-tag", began),
        (("single document", "another document", "document start"), "yaml-documents", place),
        (("quoted scalar", "flow"), "yaml-quote", began),
        (("block", "indent", "did not find expected"), "yaml-indentation", place),
    ):
        if any(word in said for word in words):
            return problem(code, where)
    return problem("yaml-syntax", place, cause=cause)


def _line_without_colon(lines: list[str], at: int) -> int | None:
    """The number of the line above, where it lacks the colon that this line has just one of."""
    if at == 0 or lines[at].count(":") != 1 or ":" in lines[at - 1]:
        return None
    return at if re.match(r"[^\s#-]", lines[at - 1]) else None
