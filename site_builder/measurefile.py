"""YAML files that people write: bytes in, values and problems out, a place for every key.

Every scalar is read as the text that stands in the file: YAML's own ideas about `no`, `0101`,
`12:30` or a Buddhist-era date never apply. This is the only home of PyYAML.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.resolver import BaseResolver

from site_builder import model, thai
from site_builder.model import KeyPath, Source
from site_builder.problems import Place, Problem, problem

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
_DEPTH_LIMIT = 20

ModelT = TypeVar("ModelT", bound=BaseModel)


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
        return None, (_encoding_problem(data, error, file),)
    if found := _control_character(text, file):
        return None, (found,)
    if _too_deep(text):
        return None, (problem("yaml-depth", start),)
    try:
        node = _TextLoader(text).get_single_node()
    except yaml.YAMLError as error:
        return None, (_syntax_problem(error, text, file),)
    if node is None:
        return None, (problem("file-empty", start, example=example),)
    reader = _NodeReader(file)
    value = reader.read(node, ())
    return Content(value, Source(file, reader.places)), tuple(reader.problems)


def _too_deep(text: str) -> bool:
    """Refuse deep nesting before a recursive parser meets it: brackets and dashes in a row."""
    opened = max(text.count("["), text.count("{"))
    deepest_line = max(
        (len(line) - len(line.lstrip(" -?")) for line in text.splitlines()), default=0
    )
    return opened > 1000 or deepest_line > 40 * _DEPTH_LIMIT


def _encoding_problem(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
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
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def _control_character(text: str, file: str) -> Problem | None:
    found = _CONTROL.search(text)
    if found is None:
        return None
    place = _place(file, text, found.start())
    return problem("yaml-control-character", place, character=f"U+{ord(found[0]):04X}")


def _place(file: str, text: str, index: int) -> Place:
    before = text[:index]
    return Place(file, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
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


class _NodeReader:
    """Turns nodes into plain values, and notes places and problems on the way."""

    def __init__(self, file: str) -> None:
        self._file = file
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
        if node.tag not in _PLAIN_TAGS:
            self._report("yaml-tag", place)
        if len(path) > _DEPTH_LIMIT:
            self._report("yaml-depth", place)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        if found := _CONTROL.search(node.value):  # written as an escape, such as "\\e"
            self._report("yaml-control-character", place, character=f"U+{ord(found[0]):04X}")
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        first_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
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
            if mapping[key] == "":
                self.places[(*path, key)] = place
            self.places[(*path, key, "key")] = place
        return mapping

    def _place(self, node: yaml.Node) -> Place:
        return Place(self._file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _report(self, code: str, place: Place, **details: object) -> None:
        self.problems.append(problem(code, place, **details))


# What a file's top level looks like, for whoever has nothing yet.
_FIRST_LINES: Mapping[type[BaseModel], str] = {
    model.Measure: "indicator: 3",
    model.Agency: "province: มหาสารคาม",
    model.ReportHeader: "title: รายงานผลการดำเนินการ…",
    model.IndicatorList: "indicator_sets:",
}


def read_model(
    kind: type[ModelT], data: bytes, file: str, context: Mapping[str, Any] | None = None
) -> tuple[ModelT | None, tuple[Problem, ...]]:
    """Read one file as one value of the model; None where a problem forbids it.

    Args:
        kind: the model's class.
        data: the file's bytes, whatever they are.
        file: its path, for places.
        context: what validation must know besides: `fiscal_year`.
    """
    content, problems = read_content(data, file, _FIRST_LINES[kind])
    if content is None:
        return None, problems
    return _validated(kind, content, problems, context)


def read_measure(
    data: bytes, file: str, measure_id: str, fiscal_year: int
) -> tuple[model.Measure | None, tuple[Problem, ...]]:
    """Read one measure file of a fiscal year."""
    content, problems = read_content(data, file, _FIRST_LINES[model.Measure])
    if content is None:
        return None, problems
    context = {"fiscal_year": fiscal_year}
    measure, problems = _validated(model.Measure, content, problems, context)
    if measure is None:
        return None, problems
    return measure.model_copy(update={"id": measure_id, "source": content.source}), problems


def _validated(
    kind: type[ModelT],
    content: Content,
    problems: tuple[Problem, ...],
    context: Mapping[str, Any] | None,
) -> tuple[ModelT | None, tuple[Problem, ...]]:
    """The content as a value, and its problems after those of reading it."""
    place = content.source.place_of()
    if isinstance(content.value, str):
        return None, (*problems, problem("yaml-colon-missing", place))
    if not isinstance(content.value, dict):
        details = {"key": place.file, "example": _FIRST_LINES[kind]}
        return None, (*problems, problem("value-not-keys", place, **details))
    try:
        value = kind.model_validate(content.value, context=dict(context or {}))
    except ValidationError as error:
        found = _problems_of(error, kind, content)
        return None, tuple(dict.fromkeys((*problems, *found)))
    return (None if problems else value), problems


def _problems_of(
    error: ValidationError, kind: type[BaseModel], content: Content
) -> Iterator[Problem]:
    for details in error.errors(include_url=False):
        yield _problem_of(details, kind, content)


# pydantic's own names for what is wrong, and ours.
_KIND_CODES: Mapping[str, str] = {
    **dict.fromkeys(("value-empty", "too_short"), "value-empty"),
    **dict.fromkeys(("value-not-number", "int_type", "greater_than_equal"), "value-not-number"),
    "string_type": "value-not-text",
    "tuple_type": "value-not-list",
    **dict.fromkeys(("model_type", "model_attributes_type", "mapping_type"), "value-not-keys"),
}
# Steps that pydantic adds to a path for the branches of a union; no key or item of the file.
_BRANCH = re.compile(r"function-|literal\[|decimal|constrained")


def _problem_of(details: ErrorDetails, kind: type[BaseModel], content: Content) -> Problem:
    path = tuple(part for part in details["loc"] if not _BRANCH.match(str(part)))
    place = content.source.place_of(*path)
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "?")
    owner = _owner(kind, path)
    known = {"key": key, "value": str(details["input"])[:80], "example": _example(owner, key)}
    what, ctx = details["type"], details.get("ctx", {})
    if what == "extra_forbidden":
        return _unknown_key(owner, key, content.source.place_of(*path, "key"))
    if what == "missing":
        labels = {"label": model.label(key, owner), "label_en": model.label_en(key, owner)}
        return problem("key-missing", content.source.place_of(*path[:-1]), **known, **labels)
    if what == "period":
        return _period_problem(ctx, place)
    if what in {"indicator-repeated", "bullet-from-word"}:
        return problem(what, place, **ctx)
    if what in {"url-invalid", "url-unsafe"}:
        return _url_problem(what, ctx, place, in_text=key != "url")
    if details["input"] == "":
        return problem("value-empty", place, **known)
    if what == "literal_error":
        return problem("value-not-choice", place, **known, choices=", ".join(_choices(owner, key)))
    if code := _KIND_CODES.get(what):
        return problem(code, place, **known)
    return problem("value-wrong", place, **known, cause=details["msg"])


def _owner(kind: type[BaseModel], path: KeyPath) -> type[BaseModel]:
    """The model class whose field the last key of a path is."""
    owner = kind
    for part in path[:-1]:
        if isinstance(part, str) and part in owner.model_fields:
            owner = next(_models_in(owner.model_fields[part].annotation), owner)
    return owner


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _choices(owner: type[BaseModel], key: str) -> Iterator[str]:
    def literals(annotation: object) -> Iterator[str]:
        for inner in get_args(annotation):
            if isinstance(inner, str):
                yield inner
            else:
                yield from literals(inner)

    if key in owner.model_fields:
        yield from literals(owner.model_fields[key].annotation)


def _example(owner: type[BaseModel], key: str) -> str:
    field = owner.model_fields.get(key)
    example = field.examples[0] if field is not None and field.examples else "…"
    return f"{key}: {example}".replace("{", "{{").replace("}", "}}")


def _unknown_key(owner: type[BaseModel], key: str, place: Place) -> Problem:
    names = [name for name in owner.model_fields if name not in {"id", "source"}]
    labels = {model.label(name, owner): name for name in names}
    near = difflib.get_close_matches(key, [*names, *labels], n=1, cutoff=0.5)
    nearest = labels.get(near[0], near[0]) if near else ""
    return problem(
        "key-unknown",
        place,
        key=key,
        nearest_th=f' — หมายถึง "{nearest}" หรือไม่' if nearest else "",
        nearest_en=f'; did you mean "{nearest}"?' if nearest else "",
        example=_example(owner, nearest) if nearest else ", ".join(names),
    )


_PERIOD_CODES: Mapping[str, str] = {
    "unknown-form": "period-unreadable",
    "no-such-day": "period-no-such-day",
    "no-year": "period-no-year",
    "be-year-in-iso": "period-be-year",
    "year-out-of-range": "period-year-range",
}


def _period_problem(ctx: Mapping[str, Any], place: Place) -> Problem:
    spellings = " · ".join(thai.SPELLINGS)
    code = _PERIOD_CODES[str(ctx["reason"])]
    return problem(code, place, value=ctx["value"], spellings=spellings)


_FAULT_WORDS: Mapping[str, tuple[str, str]] = {
    "empty": ("ว่างอยู่", "it is empty"),
    "space": ("มีเว้นวรรค ให้ลบออกหรือเขียน %20 แทน", "it has a space; remove it or write %20"),
    "control": ("มีอักขระที่มองไม่เห็น ให้คัดลอกใหม่", "it has an invisible character"),
    "no-scheme": ("ต้องขึ้นต้นด้วย https://", "it must begin with https://"),
    "malformed": ("พิมพ์ผิดรูปแบบ", "it is malformed"),
    "scheme": ("ใช้ได้เฉพาะ https:// หรือ http://", "only https:// or http:// may be used"),
    "credentials": ("มีชื่อผู้ใช้หรือรหัสผ่านอยู่ในที่อยู่", "it holds a user name or password"),
}


def _url_problem(code: str, ctx: Mapping[str, Any], place: Place, *, in_text: bool) -> Problem:
    cause_th, cause_en = _FAULT_WORDS[str(ctx["fault"])]
    url = "https://www.example.go.th/files/report.pdf"
    example = f"[ชื่อเอกสาร]({url})" if in_text else f"url: {url}"
    value = str(ctx["value"])[:120]
    return problem(code, place, value=value, cause_th=cause_th, cause_en=cause_en, example=example)
