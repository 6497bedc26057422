"""What a file says, as a value of the model; and every key that the model does not take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from site_builder import model, thai, values
from site_builder.measurefile.parsing import Content, read_content
from site_builder.problems import Place, Problem, errors_of, problem
from site_builder.source import KeyPath

ModelT = TypeVar("ModelT", bound=BaseModel)

FIRST_LINES: Mapping[type[BaseModel], str] = {
    model.Measure: "indicator: 3",
    model.Agency: "province: นนทบุรี",
    model.ReportHeader: "title: รายงานผลการดำเนินการ…",
    model.IndicatorList: "indicator_sets:",
}
"""What a file's top level looks like, for whoever has nothing yet."""


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
    content, problems = read_content(data, file, FIRST_LINES[kind])
    if content is None:
        return None, problems
    value, problems = _validated(kind, content, problems, context)
    if value is not None and "source" in kind.model_fields:
        value = value.model_copy(update={"source": content.source})
    return value, problems


def read_measure(
    data: bytes, file: str, measure_id: str, fiscal_year: int
) -> tuple[model.Measure | None, tuple[Problem, ...]]:
    """Read one measure file of a fiscal year."""
    content, problems = read_content(data, file, FIRST_LINES[model.Measure])
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
    if keyless := not_keys(content, kind):
        return None, (*problems, keyless)
    # What the reader itself fills in is no key of a file.
    known = {key: held for key, held in content.value.items() if key not in _own_fields(kind)}
    problems = (
        *problems,
        *(
            _unknown_key(kind, key, content.source.place_of(key, "key"))
            for key in content.value
            if key not in known
        ),
    )
    try:
        value = kind.model_validate(known, context=dict(context or {}))
    except ValidationError as error:
        found = _problems_of(error, kind, content)
        return None, tuple(dict.fromkeys((*problems, *found)))
    return (None if errors_of(problems) else value), problems


def not_keys(content: Content, kind: type[BaseModel]) -> Problem | None:
    """What to say of a file that holds no keys at all."""
    place = content.source.place_of()
    if isinstance(content.value, str):
        return problem("yaml-colon-missing", place)
    if not isinstance(content.value, dict):
        return problem("value-not-keys", place, key=place.file, example=FIRST_LINES[kind])
    return None


def _own_fields(kind: type[BaseModel]) -> set[str]:
    return kind.model_fields.keys() - set(model.file_keys(kind))


def _problems_of(
    error: ValidationError, kind: type[BaseModel], content: Content
) -> Iterator[Problem]:
    found = error.errors(include_url=False)
    # A key that was mistyped is not missing as well.
    meant = {
        (*path[:-1], _nearest(_owner(kind, path), str(path[-1])))
        for path in (details["loc"] for details in found if details["type"] == "extra_forbidden")
    }
    for details in found:
        mistyped = details["type"] == "missing" and details["loc"] in meant
        # A list that holds something is too short only because of the items that are told of.
        emptied = details["type"] == "too_short" and details["input"]
        if not mistyped and not emptied:
            yield _problem_of(details, kind, content)


# pydantic's own names for what is wrong, and ours.
_KIND_CODES: Mapping[str, str] = {
    **dict.fromkeys(("value-empty", "too_short"), "value-empty"),
    **dict.fromkeys(("value-not-number", "int_type", "greater_than_equal"), "value-not-number"),
    "string_type": "value-not-text",
    "tuple_type": "value-not-list",
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "mapping_type", "dict_type"), "value-not-keys"
    ),
}


def _kind_code(details: ErrorDetails, path: KeyPath) -> str | None:
    code = _KIND_CODES.get(details["type"])
    # A period is a model of its own, but one text in a file.
    if details.get("ctx", {}).get("class_name") == model.Period.__name__:
        return "value-not-text"
    # "- โครงการ: อบรม" is a key to YAML and a text to everybody else.
    if (
        code == "value-not-text"
        and isinstance(path[-1], int)
        and isinstance(details["input"], dict)
    ):
        return "yaml-colon-in-text"
    return code


# Steps that pydantic adds to a path for the branches of a union; no key or item of the file.
_BRANCH = re.compile(r"function-|literal\[|decimal|constrained")


def _problem_of(details: ErrorDetails, kind: type[BaseModel], content: Content) -> Problem:
    path = tuple(part for part in details["loc"] if not _BRANCH.match(str(part)))
    place = content.source.place_of(*path)
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "?")
    owner = _owner(kind, path)
    known = {"key": key, "value": str(details["input"])[:80], "example": _example(owner, key)}
    if key == "budget" and not re.search("[0-9๐-๙]", known["value"]):
        known["example"] = "budget: none"
    what, ctx = details["type"], details.get("ctx", {})
    if what == "extra_forbidden":
        return _unknown_key(owner, key, content.source.place_of(*path, "key"))
    if what == "missing":
        labels = {"label": model.label(key, owner), "label_en": model.label_en(key, owner)}
        return problem("key-missing", content.source.place_of(*path[:-1]), **known, **labels)
    if details["input"] == "":
        return problem("value-empty", place, **known)
    if what == "acknowledged-unknown":
        return _unknown_warning(str(ctx["value"]), content.source.place_of(*path[:-1], "key"))
    if found := _told_by_the_model(what, key, ctx, place):
        return found
    if what == "literal_error":
        return problem("value-not-choice", place, **known, choices=", ".join(_choices(owner, key)))
    if code := _kind_code(details, path):
        return problem(code, place, **known)
    return problem("value-wrong", place, **known, cause=details["msg"])


def _told_by_the_model(what: str, key: str, ctx: Mapping[str, Any], place: Place) -> Problem | None:
    """The problem that the model itself named, with its details; None where pydantic did."""
    if what == "period":
        return _period_problem(ctx, place)
    if what in {"url-invalid", "url-unsafe"}:
        return _url_problem(what, ctx, place, in_text=key != "url")
    if what == "acknowledged-without-reason":
        return problem(what, place, key=key)
    if what in {"email-invalid", "phone-invalid"}:
        return problem(what, place, value=str(ctx["value"])[:80])
    if what in {"indicator-repeated", "bullet-from-word", "bullet-without-space"}:
        return problem(what, place, **ctx)
    return None


def _owner(kind: type[BaseModel], path: KeyPath) -> type[BaseModel]:
    """The model class whose field the last key of a path is."""
    owner = kind
    while path and isinstance(path[-1], int):
        path = path[:-1]  # an item has the key of its list
    for part in path[:-1]:
        if isinstance(part, str) and part in owner.model_fields:
            owner = next(models_in(owner.model_fields[part].annotation), owner)
    return owner


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The model classes that a field's annotation names, outermost first."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


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
    return f"{key}: {_right_value(field) if field is not None else '…'}"


def _right_value(field: FieldInfo) -> str:
    """A value as it would stand in the file; keys inside of it between braces."""
    if field.examples:
        return str(field.examples[0])
    inner = next(models_in(field.annotation), None)
    if inner is None:
        return "…"
    keys = ", ".join(f"{name}: {_right_value(f)}" for name, f in inner.model_fields.items())
    return f"[{{{keys}}}]" if get_origin(field.annotation) is tuple else f"{{{keys}}}"


def _nearest(owner: type[BaseModel], key: str) -> str:
    """The key that somebody meant who wrote this one; empty where none is near."""
    names = model.file_keys(owner)
    labels = {model.label(name, owner): name for name in names}
    # "Responsible Unit" and "PERIOD" are keys that were typed as words.
    typed = re.sub(r"[\s-]+", "_", key.strip().lower())
    if owner is model.Measure and typed in _CALLED:
        return _CALLED[typed]
    if begun := next((names for text, names in labels.items() if text.startswith(key.strip())), ""):
        return begun
    near = difflib.get_close_matches(typed, [*names, *labels], n=1, cutoff=0.5)
    return labels.get(near[0], near[0]) if near else ""


# What else officers call a field, where neither its key nor its label comes near.
_CALLED: Mapping[str, str] = {
    **dict.fromkeys(("ลิงก์", "ลิงค์", "link", "links", "url", "เอกสาร"), "evidence"),
    **dict.fromkeys(("unit", "หน่วยงาน", "กอง", "owner"), "responsible_unit"),
    **dict.fromkeys(("name", "title", "โครงการ", "กิจกรรม"), "measure"),
    **dict.fromkeys(("date", "วันที่", "เวลา"), "period"),
    **dict.fromkeys(("result", "results", "ผล"), "result_summary"),
}


def _unknown_key(owner: type[BaseModel], key: str, place: Place) -> Problem:
    nearest = _nearest(owner, key)
    return problem(
        "key-unknown",
        place,
        key=key,
        nearest_th=f' — หมายถึง "{nearest}" หรือไม่' if nearest else "",
        nearest_en=f'; did you mean "{nearest}"?' if nearest else "",
        example=_example(owner, nearest) if nearest else ", ".join(model.file_keys(owner)),
    )


def _unknown_warning(code: str, place: Place) -> Problem:
    near = difflib.get_close_matches(code, values.WARNINGS, n=1, cutoff=0)
    return problem("acknowledged-unknown", place, value=code, nearest=near[0])


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
