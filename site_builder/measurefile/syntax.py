"""What keeps bytes from being YAML, said in an officer's words."""

from __future__ import annotations

import re
from typing import Any

import yaml

from site_builder import model
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


_UTF16 = "UTF-16 (Unicode)"


def is_utf16(data: bytes) -> bool:
    """Whether bytes look like UTF-16 without its mark, which are UTF-8 full of U+0000 as well."""
    return data[:64].count(0) > len(data[:64]) // 4


def utf16_problem(file: str) -> Problem:
    """Bytes that look like UTF-16, from their first one on."""
    return problem("file-encoding", Place(file), encoding=_UTF16)


def encoding_problem(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    """Bytes that are not UTF-8, and what they look like instead."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or is_utf16(data):
        encoding = _UTF16
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


# What a web page or a chat leaves beside a key, where only spaces may stand.
_BESIDE_KEY = re.compile(
    r"^(?=[ \t\u00a0]*[a-z_\u200b-\u200d\u2060]+\u00a0*:)"
    r"[ \ta-z_]*(?P<unseen>[\u00a0\u200b-\u200d\u2060])"
    r"|^[ \t]*(?:- )?[a-z_]+:(?P<space>\u00a0)",
    re.MULTILINE,
)


def control_character(text: str, file: str) -> Problem | None:
    """The first character that nobody can see, where there is one."""
    if found := CONTROL.search(text):
        at = found.start()
    elif found := _BESIDE_KEY.search(text):
        at = found.start(found.lastgroup or 0)
    else:
        return None
    character = f"U+{ord(text[at]):04X}"
    return problem("yaml-control-character", _place(file, text, at), character=character)


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
    if found := _mistyped(said, lines, line, column):
        return problem(found[0], Place(file, *found[1:]))
    if dash := _dash_without_space(lines, first_line):
        return problem("bullet-without-space", Place(file, *dash))
    if written[column:].strip() == "-" and written[:column].strip():
        return problem("yaml-special-start", place, character="-")
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


def _mistyped(said: str, lines: list[str], line: int, column: int) -> tuple[str, int, int] | None:
    """Code, line and column of a mistake that shows in the lines around the place."""
    before = lines[line][:column]
    if "escape" in said or "hexdec" in said:
        return "yaml-backslash", line + 1, lines[line].rfind("\\", 0, column + 1) + 1
    if dash := _dash_without_space(lines, line - 1):
        return "bullet-without-space", *dash
    if "did not find expected" in said and re.search(r"[\"'\])}]\s*$", before):
        return "yaml-quote", line + 1, column + 1
    if "mapping values are not allowed" not in said:
        return None
    if key := _line_without_colon(lines, line):
        return "yaml-colon-missing", *key
    if indented := re.fullmatch(r"(\s+)(?:- +)?[a-z_]+", before):
        return "yaml-indentation", line + 1, len(indented[1]) + 1
    return None


_KEYS = frozenset(
    key
    for kind in (model.Measure, model.Evidence, model.OfficialDocument, model.Agency, model.Name)
    for key in model.file_keys(kind)
)


def _line_without_colon(lines: list[str], at: int) -> tuple[int, int] | None:
    """Line and column of the key above that lacks its colon, or the space after it."""
    above = lines[at - 1] if at else ""
    key = re.match(r"(\s*(?:- +)?)([a-z_]+)(?=:\S|\s)", above)
    if key and key[2] in _KEYS and not re.match(r"\s*:(\s|$)", above[key.end() :]):
        return at, len(key[1]) + 1
    if not above or lines[at].count(":") != 1 or ":" in above:
        return None
    return (at, 1) if re.match(r"[^\s#-]", above) else None


def _dash_without_space(lines: list[str], at: int) -> tuple[int, int] | None:
    """Line and column of a dash that was meant to begin an item, on the line that is `at`."""
    dash = re.match(r"(\s+)-(?=[A-Za-z\u0e01-\u0e2e\u0e40-\u0e44])", lines[max(at, 0)])
    return (max(at, 0) + 1, len(dash[1]) + 1) if dash else None
