"""The schemas from the model's own fields: their order, titles, examples and what is required."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from site_builder import contacts, lines, model, thai, values
from site_builder.schema import patterns, periods
from site_builder.schema.guidance import GUIDANCE

FOLDER: Final = ".schema"
"""Where the schemas stand below `measures/`: beside what they describe, in every office's project,
and out of the officers' sight."""
FILES: Final[Mapping[type[BaseModel], tuple[str, str]]] = {
    model.Measure: ("measure", "มาตรการ"),
    model.ReportHeader: ("report", "รายงานประจำปี"),
    model.Agency: ("agency", "หน่วยงาน"),
    model.IndicatorList: ("indicators", "ตัวชี้วัด"),
}
Schema = dict[str, Any]


def files(indicators: model.IndicatorList, units: Iterable[str]) -> dict[str, bytes]:
    """All schemas as files, by name: `measure.schema.json` and so on.

    Args:
        indicators: the office's indicators, of whatever years; a measure takes any of them.
        units: the office's units, which are proposed and not required.
    """
    builder = _Builder(indicators, tuple(units))
    return {
        f"{name}.schema.json": builder.file(kind, title) for kind, (name, title) in FILES.items()
    }


_BULLETS_HINT: Final = (
    "เขียนข้อความเดียว หรือหลายข้อ: ขึ้นบรรทัดใหม่ เว้นสองช่อง แล้วขึ้นต้นแต่ละข้อด้วย - และเว้นวรรค"
)
_TEXT_ERROR: Final = "ช่องนี้ว่างอยู่หรือไม่ใช่ข้อความ — กรอกข้อความ หรือลบทั้งบรรทัด"
_LINE: Final[Schema] = {
    # Not a list of three types: an editor would propose `true` and `false` for every text.
    "if": {"type": "boolean"},
    "else": {"type": ["string", "number"], "errorMessage": _TEXT_ERROR},
    "allOf": [
        {"pattern": lines.INK, "patternErrorMessage": _TEXT_ERROR},
        {
            "pattern": f"^(?!{lines.WORD_BULLET.removeprefix('^')})",
            "patternErrorMessage": 'ข้อความขึ้นต้นด้วยสัญลักษณ์ที่ติดมาจาก Word — ใช้ "- " แทน',
        },
        {
            "pattern": f"^(?!{lines.DASH_BULLET.removeprefix('^')})",
            "patternErrorMessage": 'ข้อความขึ้นต้นด้วย "-" โดยไม่มีเว้นวรรคตามหลัง — เคาะเว้นวรรคหลัง -',
        },
        {
            "pattern": patterns.CONTROL,
            "patternErrorMessage": "มีอักขระควบคุมที่มองไม่เห็น — ลบแล้วพิมพ์ใหม่",
        },
    ],
}
_REASON: Final[Schema] = {
    "allOf": [
        _LINE,
        {
            "pattern": lines.REASON,
            "patternErrorMessage": "เหตุผลสั้นเกินไป — เขียนให้ผู้อ่านเข้าใจว่าเพราะอะไร",
        },
    ]
}
_LINKED: Final[Schema] = {
    **_LINE,
    "allOf": [
        *_LINE["allOf"],
        {
            "pattern": patterns.LINK,
            "patternErrorMessage": "ลิงก์ในข้อความต้องขึ้นต้นด้วย https:// เช่น [ชื่อเอกสาร](https://…)",
        },
    ],
}


def _several(line: Schema) -> Schema:
    """One line, or a list of them."""
    either = {**line["else"], "type": [*line["else"]["type"], "array"]}
    return {**line, "else": either, "items": line, "minItems": 1}


_NUMBER_ERROR: Final = "ต้องเป็นตัวเลข เช่น 120000 หรือ ๑๒๐,๐๐๐"
_NUMBER: Final[Schema] = {
    "type": ["number", "string"],
    "minimum": 0,
    "exclusiveMaximum": 10**15,
    "pattern": patterns.NUMBER,
    "errorMessage": _NUMBER_ERROR,
    "patternErrorMessage": _NUMBER_ERROR,
}
_WHOLE_NUMBER: Final[Schema] = {
    **_NUMBER,
    "type": ["integer", "string"],
    "pattern": patterns.WHOLE_NUMBER,
}
_PERIOD_ERROR: Final = f"อ่านระยะเวลานี้ไม่ได้ — เขียนได้หลายแบบ: {' · '.join(thai.SPELLINGS)}"
_EMAIL_ERROR: Final = "ต้องเป็นที่อยู่อีเมลเดียว เช่น saraban@example.go.th"
_PHONE_ERROR: Final = "ต้องเป็นหมายเลขเดียวพร้อมรหัสพื้นที่ เช่น 0 4320 0000 ต่อ 12"
_TRUTHS: Final = ("0", "off", "f", "false", "n", "no", "1", "on", "t", "true", "y", "yes")
_KINDS: Final[Mapping[str, Schema]] = {
    "line": _LINE,
    "lines": _several(_LINE),
    "text": _several(_LINKED),
    "number": _NUMBER,
    "whole": _WHOLE_NUMBER,
    "budget": {
        **_NUMBER,
        "pattern": f"{patterns.NUMBER}|^(?:none|ไม่ใช้งบประมาณ)(?![\\s\\S])",
        "errorMessage": f"{_NUMBER_ERROR} หรือ none",
        "patternErrorMessage": f"{_NUMBER_ERROR} หรือ none",
    },
    "url": {
        "type": "string",
        "pattern": patterns.URL,
        "errorMessage": "ต้องเป็นที่อยู่เว็บ ขึ้นต้นด้วย https:// ไม่มีเว้นวรรค",
        "patternErrorMessage": "ต้องเป็นที่อยู่เว็บ ขึ้นต้นด้วย https:// ไม่มีเว้นวรรค",
    },
    "email": {
        "type": "string",
        "pattern": contacts.EMAIL,
        "errorMessage": _EMAIL_ERROR,
        "patternErrorMessage": _EMAIL_ERROR,
    },
    "phone": {
        # Without spaces YAML takes it for a number, and JSON loses the zero that it begins with.
        "type": ["string", "integer"],
        "minimum": 100,
        "exclusiveMaximum": 10**11,
        "pattern": contacts.PHONE,
        "errorMessage": _PHONE_ERROR,
        "patternErrorMessage": _PHONE_ERROR,
    },
    "yes_no": {
        "type": ["boolean", "string", "integer"],
        "minimum": 0,
        "maximum": 1,
        "pattern": f"^{patterns.any_case(_TRUTHS)}(?![\\s\\S])",
        "patternErrorMessage": "เขียน yes หรือ no",
    },
    "period": {
        "type": "string",
        "pattern": periods.pattern(),
        "errorMessage": _PERIOD_ERROR,
        "patternErrorMessage": _PERIOD_ERROR,
    },
}
_NAMED: Final = (
    (values.Line, "line"),
    (values.Text, "text"),
    (values.Number, "number"),
    (values.WholeNumber, "whole"),
    (values.Budget, "budget"),
    (values.Url, "url"),
    (values.Email, "email"),
    (values.Phone, "phone"),
    (values.YesNo, "yes_no"),
    (model.Period, "period"),
)
_PROPOSED: Final[Mapping[str, tuple[object, ...]]] = {
    "period": thai.SPELLINGS,
    "budget": ("none", 10000),
    "yes_no": ("yes", "no"),
}
_CHOICES: Final[Mapping[str, str]] = {
    **{str(status): words for status, words in model.STATUS_WORDS.items()},
    "thai": "เลขไทย ๑๒๓",
    "arabic": "เลขอารบิก 123",
    "IIT": "ผู้มีส่วนได้ส่วนเสียภายใน",
    "EIT": "ผู้มีส่วนได้ส่วนเสียภายนอก",
    "OIT": "การเปิดเผยข้อมูลสาธารณะ",
}


class _Builder:
    """Builds the schemas of one office."""

    def __init__(self, indicators: model.IndicatorList, units: tuple[str, ...]) -> None:
        names = {i.number: i.name for each in indicators.indicator_sets for i in each.indicators}
        self._indicators = dict(sorted(names.items()))
        self._units = units

    def file(self, kind: type[BaseModel], title: str) -> bytes:
        """The schema of one kind of file, the same bytes every time."""
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
        text = json.dumps({**head, **self._object(kind)}, ensure_ascii=False, indent=1)
        return f"{text}\n".encode()

    def _object(self, kind: type[BaseModel]) -> Schema:
        hints = get_type_hints(kind, include_extras=True)
        names = model.file_keys(kind)
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [name for name in names if kind.model_fields[name].is_required()],
            "properties": {name: self._property(kind, name, hints[name]) for name in names},
        }

    def _property(self, kind: type[BaseModel], name: str, hint: object) -> Schema:
        """One field: what an editor shows of it, and what it takes."""
        field = kind.model_fields[name]
        shown: Schema = {
            "title": model.label(name, kind),
            "description": GUIDANCE[kind][name],
        }
        if (kind, name) == (model.Measure, "indicator"):
            return {**shown, **self._one_of_the_indicators()}
        spelling = _spelling(hint)
        if spelling in {"text", "lines"}:
            shown["description"] += f"\n{_BULLETS_HINT}"
        if spelling is not None:
            shown["examples"] = self._examples(kind, name, spelling)
        return {**shown, **self._of(hint), **_limits(field)}

    def _examples(self, kind: type[BaseModel], name: str, spelling: str) -> list[object]:
        if (kind, name) == (model.Measure, "responsible_unit") and self._units:
            return list(self._units)
        examples = _PROPOSED.get(spelling, kind.model_fields[name].examples or ())
        return [int(str(each)) if spelling == "whole" else each for each in examples]

    def _one_of_the_indicators(self) -> Schema:
        numbers = tuple(self._indicators)
        wrong = f"เลือกหมายเลขตัวชี้วัด {', '.join(map(str, numbers))}"
        return {
            "anyOf": [
                {
                    "type": "integer",
                    "enum": list(numbers),
                    "enumDescriptions": list(self._indicators.values()),
                    "errorMessage": wrong,
                },
                {
                    "type": "string",
                    "pattern": patterns.number_of(numbers),
                    "errorMessage": wrong,
                    "patternErrorMessage": wrong,
                },
            ]
        }

    def _of(self, hint: object) -> Schema:
        """The schema of a type as the model writes it."""
        if spelling := _spelling(hint):
            # Written out each time: an editor shows the title of whoever used a shared one last.
            return dict(_KINDS[spelling])
        hint = _present(hint)
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Literal:
            listed = ", ".join(f"{each} ({_CHOICES[each]})" for each in inner)
            return {
                "enum": list(inner),
                "enumDescriptions": [_CHOICES[each] for each in inner],
                "errorMessage": f"เลือกได้เพียง {listed}",
            }
        if origin is tuple:
            return {"type": "array", "items": self._of(inner[0])}
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self._object(hint)
        if hint == values.Acknowledged:
            codes = {"enum": list(values.WARNINGS)}
            return {"type": "object", "propertyNames": codes, "additionalProperties": _REASON}
        _key, value = inner
        return {"type": "object", "additionalProperties": self._of(value)}


def _present(hint: object) -> object:
    """The type of a field that is there: what may be left out is left out, never None."""
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    (present,) = (each for each in get_args(hint) if each is not NoneType)
    return present


def _spelling(hint: object) -> str | None:
    """Which of the kinds of scalars and texts a type is; None for what holds others."""
    hint = _present(hint)
    for known, name in _NAMED:
        if hint == known:
            return name
    several = get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) is tuple
    return "lines" if several else None


def _limits(field: FieldInfo) -> Schema:
    if any(getattr(each, "ge", None) == 1 for each in field.metadata):
        return {"minimum": 1, "allOf": [{"pattern": "[1-9๑-๙]"}]}
    if any(getattr(each, "min_length", None) == 1 for each in field.metadata):
        return {"minItems": 1}
    return {}
