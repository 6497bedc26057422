"""Problems as a list: for people, and in the forms that programs read.

Each form is a text; columns count characters, as in `Place`.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from rich.cells import cell_len

from site_builder import identity
from site_builder.catalogue import CATALOGUE, Severity
from site_builder.model import Disclosure
from site_builder.problems import SEVERITY_WORDS, Language, Place, Problem

SourceLine = Callable[[Place], str | None]
"""Gives the line of a file at a place; None where there is none to show."""
Paint = Callable[[str, Severity], str]
"""Gives a text the colour of a severity."""


@dataclass(frozen=True, slots=True)
class Row:
    """One problem of a list, with whose it is."""

    problem: Problem
    measure: str | None
    """The id of the measure; None where the problem is of the report or the office."""
    unit: str | None
    """Its responsible unit; None where that is not known."""
    acknowledged: str | None = None
    """The office's reason to leave it so; None where it has given none."""


def rows_of(
    problems: Sequence[Problem],
    acknowledged: Sequence[tuple[Problem, str]],
    disclosure: Disclosure | None,
) -> tuple[Row, ...]:
    """The rows of a list, sorted by place."""
    reports = disclosure.reports if disclosure else ()
    units = {m.source.file: m.responsible_unit for report in reports for m in report.measures}
    reasons = dict(acknowledged)
    return tuple(
        Row(found, _measure_in(found.place.file), units.get(found.place.file), reasons.get(found))
        for found in sorted({*problems, *reasons})
    )


def _measure_in(file: str) -> str | None:
    folder, name = posixpath.split(file)
    stem, suffix = posixpath.splitext(name)
    in_year = posixpath.basename(folder).isdecimal() and suffix in {".yaml", ".yml"}
    return stem if in_year and name != "report.yaml" else None


def to_text(rows: Sequence[Row], source_line: SourceLine, lang: Language, paint: Paint) -> str:
    """The list for people: each problem, the line it is in, and a mark under the spot."""
    return "".join(f"{_block(row, source_line, lang, paint)}\n" for row in rows)


def _block(row: Row, source_line: SourceLine, lang: Language, paint: Paint) -> str:
    found = row.problem
    kind = paint(SEVERITY_WORDS[lang][found.severity], found.severity)
    lines = [found.line(lang)]
    written = source_line(found.place)
    if written is not None:
        number = str(found.place.line)
        before, marked = _window(written, found)
        gap = " " * (cell_len(SEVERITY_WORDS[lang][found.severity]) + 1 + len(number))
        mark = paint("^" * max(1, cell_len(marked)), found.severity)
        lines.append(f"  {kind} {number} | {before[0]}{before[1]}")
        lines.append(f"  {gap} | {' ' * cell_len(before[0])}{mark}")
    else:
        lines.append(f"  {kind}")
    if row.acknowledged is not None:
        told = {"th": "พิจารณาแล้ว", "en": "acknowledged"}[lang]
        lines.append(f"  {told}: {row.acknowledged}")
    return "\n".join(lines)


_WIDTH = 100
"""Cells of a source line that are shown: what fits beside the gutter on a common terminal."""


def _window(written: str, found: Problem) -> tuple[tuple[str, str], str]:
    """The line before the spot and from it on, cut to what fits; and the text that is marked."""
    written = "".join(char if char.isprintable() else " " for char in identity.masked(written))
    at = found.place.column - 1
    before, after = written[:at], written[at:]
    value = dict(found.details).get("value", "")
    if after[:1] in {'"', "'"} and after[1:].startswith(value):
        before, after = written[: at + 1], written[at + 1 :]
    marked = value if value and after.startswith(value) else after[:1]
    # Measured from a letter, so that no tone mark is parted from its consonant.
    if cell_len(before) > _WIDTH // 2:
        while cell_len(before) > _WIDTH // 3 or (before and cell_len(before[0]) == 0):
            before = before[1:]
        before = f"…{before}"
    if cell_len(before) + cell_len(after) > _WIDTH:
        room = max(_WIDTH - cell_len(before), cell_len(marked))
        while cell_len(after) > room:
            after = after[:-1]
        after = f"{after}…"
    return (before, after), marked if after.startswith(marked) else after[:1]


def summary(rows: Sequence[Row], measures: int, lang: Language) -> str:
    """How much there is to do, by responsible unit, and in all."""
    whole = {"th": "ทั้งรายงาน", "en": "the whole report"}[lang]
    unknown = {"th": "ยังไม่ทราบหน่วยงาน", "en": "unit not known yet"}[lang]
    counts: dict[str, dict[Severity, int]] = {}
    for row in rows:
        if row.acknowledged is None:
            unit = row.unit or (unknown if row.measure else whole)
            count = counts.setdefault(unit, {"error": 0, "warning": 0})
            count[row.problem.severity] += 1
    width = max((cell_len(unit) for unit in counts), default=0)
    order = sorted(counts, key=lambda unit: (-counts[unit]["error"], -sum(counts[unit].values())))
    lines = [
        f"  {unit}{' ' * (width - cell_len(unit))}  {_counted(counts[unit], lang)}"
        for unit in order
    ]
    total: dict[Severity, int] = {
        "error": sum(count["error"] for count in counts.values()),
        "warning": sum(count["warning"] for count in counts.values()),
    }
    in_all = {"th": f"{measures} มาตรการ", "en": f"{measures} measures"}[lang]
    if acknowledged := sum(row.acknowledged is not None for row in rows):
        told = {"th": "พิจารณาแล้ว {} จุด", "en": "acknowledged {}"}[lang].format(acknowledged)
        in_all = f"{in_all}  {told}"
    return "\n".join([*lines, f"{in_all}  {_counted(total, lang)}"])


def _counted(count: Mapping[Severity, int], lang: Language) -> str:
    if lang == "en":
        return f"errors {count['error']:>3}  warnings {count['warning']:>3}"
    return f"ต้องแก้ {count['error']:>3} จุด  ควรดู {count['warning']:>3} จุด"


def to_json(rows: Sequence[Row], lang: Language) -> str:
    """An array of objects; `acknowledged` is there only where the office gave a reason."""
    return json.dumps([as_object(row, lang) for row in rows], ensure_ascii=False, indent=2) + "\n"


def as_object(row: Row, lang: Language) -> dict[str, object]:
    """One row of the array, before it is text."""
    found = row.problem
    reason = {} if row.acknowledged is None else {"acknowledged": row.acknowledged}
    return {
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "code": found.code,
        "severity": found.severity,
        "message": found.message(lang),
        "example": found.example,
        "unit": row.unit,
        "measure": row.measure,
        **reason,
    }


def to_github(rows: Sequence[Row], lang: Language) -> str:
    """Workflow commands, which a git host shows on the line of the file."""
    return "".join(f"{_annotation(row, lang)}\n" for row in rows)


def _annotation(row: Row, lang: Language) -> str:
    found = row.problem
    level = "notice" if row.acknowledged is not None else found.severity
    lead = {"th": "เช่น", "en": "such as"}[lang]
    message = found.message(lang) + (f" — {lead}  {found.example}" if found.example else "")
    if row.acknowledged is not None:
        message += f" — {row.acknowledged}"
    place = found.place
    properties = {
        "file": place.file,
        "line": str(place.line),
        "col": str(place.column),
        "title": found.code,
    }
    told = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{level} {told}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    """Percent first, then what would end the command or its property."""
    text = text.replace("%", "%25")
    for char in ("\r", "\n", *also):
        text = text.replace(char, f"%{ord(char):02X}")
    return text


_SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def to_sarif(rows: Sequence[Row], lang: Language, version: str) -> str:
    """A log in SARIF 2.1.0, which code hosts and editors read."""
    codes = sorted({row.problem.code for row in rows})
    driver = {
        "name": "prongsai",
        "version": version,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, codes, lang) for row in rows],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, object]:
    kind = CATALOGUE[code]
    return {
        "id": code,
        "shortDescription": {"text": _in_general(kind.en)},
        "fullDescription": {"text": _in_general(kind.th)},
        "help": {"text": f"docs/messages.md#{code}"},
        "defaultConfiguration": {"level": kind.severity},
    }


class _Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _in_general(message: str) -> str:
    """A message of the catalogue as said of no file: without its blanks."""
    text = re.sub(r"\s*\(…\)", "", message.format_map(_Anything()))
    return re.sub(r"(?:\s*[—:,]\s*…)+$", "", text)


def _result(row: Row, codes: Sequence[str], lang: Language) -> dict[str, object]:
    found = row.problem
    text = found.message(lang)
    if found.example:
        text += f" — {({'th': 'เช่น', 'en': 'such as'})[lang]}  {found.example}"
    region = {"startLine": found.place.line, "startColumn": found.place.column}
    artifact = {"uri": quote(found.place.file), "uriBaseId": "%SRCROOT%"}
    location = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    result: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": found.severity,
        "message": {"text": text},
        "locations": [location],
        "properties": {"unit": row.unit, "measure": row.measure},
    }
    if row.acknowledged is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": row.acknowledged}]
    return result
