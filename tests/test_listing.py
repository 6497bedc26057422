"""Lists of problems: for people, and in the forms that programs read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from site_builder import listing
from site_builder.catalogue import CATALOGUE
from site_builder.folder import read_folder
from site_builder.listing import Row
from site_builder.model import Disclosure
from site_builder.problems import Place, problem

from .conftest import ROOT
from .test_problems import filled

FILE = "measures/2568/10-procurement-transparency.yaml"
LINE = "  - มาตรการมาตรการส่งเสริมความ โปร่งใส"
DOUBLED = problem("word-doubled", Place(FILE, 3, 5), value="มาตรการมาตรการ", right="มาตรการ")
BROKEN = problem("word-broken", Place(FILE, 3, 27), value="ความ โปร่งใส", right="ความโปร่งใส")
UNREADABLE = problem("yaml-tab", Place("measures/2568/11-x.yaml", 2, 1))
ROWS = (
    Row(DOUBLED, "10-procurement-transparency", "กองคลัง"),
    Row(BROKEN, "10-procurement-transparency", "กองคลัง", "ชื่อเดิมของเอกสาร"),
    Row(UNREADABLE, "11-x", None),
)


GUTTER = "         | "


def source_line(place: Place) -> str | None:
    return {3: LINE, 2: "\tmethod: ก"}.get(place.line)


def plain(text: str, _: str) -> str:
    return text


def test_rows_know_whose_they_are(disclosure: Disclosure) -> None:
    header = problem(
        "title-other-year", Place("measures/2568/report.yaml", 4, 5), value="", year=""
    )
    rows = listing.rows_of(
        [header, UNREADABLE, DOUBLED], [(BROKEN, "เหตุผล")], _relative(disclosure)
    )
    assert [(row.problem.code, row.measure, row.unit, row.acknowledged) for row in rows] == [
        ("word-doubled", "10-procurement-transparency", "กองคลัง", None),
        ("word-broken", "10-procurement-transparency", "กองคลัง", "เหตุผล"),
        ("yaml-tab", "11-x", None, None),
        ("title-other-year", None, None, None),
    ]


def _relative(disclosure: Disclosure) -> Disclosure:
    """The committed data under the names that an editor in the project's folder knows."""
    prefix = f"{ROOT.as_posix()}/"
    (report,) = disclosure.reports
    measures = tuple(
        m.model_copy(update={"source": type(m.source)(m.source.file.removeprefix(prefix))})
        for m in report.measures
    )
    return disclosure.model_copy(
        update={"reports": (report.model_copy(update={"measures": measures}),)}
    )


def test_the_text_marks_the_spot_whatever_stands_above_or_below_the_letters() -> None:
    text = listing.to_text(ROWS, source_line, "th", plain)
    assert text.splitlines() == [
        f'{FILE}:3:5: word-doubled: เขียนคำซ้ำติดกัน "มาตรการมาตรการ" — เช่น  มาตรการ',
        f"  ควรดู 3 | {LINE}",
        f"{GUTTER}    {'^' * 14}",
        f'{FILE}:3:27: word-broken: มีเว้นวรรคกลางคำ "ความ โปร่งใส" — เช่น  ความโปร่งใส',
        f"  ควรดู 3 | {LINE}",
        f"{GUTTER}{' ' * 24}{'^' * 11}",
        "  พิจารณาแล้ว: ชื่อเดิมของเอกสาร",
        f"{UNREADABLE.line()}",
        "  ต้องแก้ 2 |  method: ก",
        f" {GUTTER}^",
    ]
    # In cells of a terminal, the mark begins below the word.
    gutter, mark = text.splitlines()[4:6]
    assert cell_len(gutter[: gutter.index("ความ โปร่งใส")]) == cell_len(mark[: mark.index("^")])


@given(st.text(max_size=300), st.integers(1, 320))
def test_any_line_can_be_shown(line: str, column: int) -> None:
    line = "".join(line.splitlines())
    found = problem(
        "word-doubled", Place(FILE, 1, column), value=line[column : column + 9], right=""
    )
    text = listing.to_text([Row(found, None, None)], lambda _: line, "en", plain)
    assert all(cell_len(shown) < 150 for shown in text.splitlines()[1:])
    assert "^" in text.splitlines()[-1]


def test_a_place_without_a_line_is_listed_without_one() -> None:
    missing = problem("folder-missing", Place("measures"))
    text = listing.to_text([Row(missing, None, None)], lambda _: None, "en", plain)
    assert text.splitlines() == [missing.line("en"), "  error"]


def test_the_summary_counts_by_unit() -> None:
    assert listing.summary(ROWS, 11, "th").splitlines() == [
        "  ยังไม่ทราบหน่วยงาน  ต้องแก้   1 จุด  ควรดู   0 จุด",
        "  กองคลัง           ต้องแก้   0 จุด  ควรดู   1 จุด",
        "11 มาตรการ  พิจารณาแล้ว 1 จุด  ต้องแก้   1 จุด  ควรดู   1 จุด",
    ]
    assert listing.summary((), 1, "en") == "1 measures  errors   0  warnings   0"


def test_json_has_what_a_program_needs() -> None:
    first, second, third = json.loads(listing.to_json(ROWS, "th"))
    assert first == {
        "file": FILE,
        "line": 3,
        "column": 5,
        "code": "word-doubled",
        "severity": "warning",
        "message": 'เขียนคำซ้ำติดกัน "มาตรการมาตรการ"',
        "example": "มาตรการ",
        "unit": "กองคลัง",
        "measure": "10-procurement-transparency",
    }
    assert second["acknowledged"] == "ชื่อเดิมของเอกสาร"
    assert (third["unit"], third["severity"]) == (None, "error")
    assert json.loads(listing.to_json((), "en")) == []


def test_workflow_commands_escape_what_would_end_them() -> None:
    value = "100% ก\nข: ค, ง"
    odd = problem("word-doubled", Place("a,b:c%.yaml", 3, 5), value=value, right="")
    (line,) = listing.to_github([Row(odd, None, None)], "en").splitlines()
    assert line == (
        "::warning file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=word-doubled"
        '::the word "100%25 ก%0Aข: ค, ง" is doubled'
    )
    shown = listing.to_github(ROWS, "th").splitlines()
    assert [text.split(" ")[0] for text in shown] == ["::warning", "::notice", "::error"]


PART = {"additionalProperties": False, "type": "object"}
TEXT = {**PART, "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
SARIF = {
    **PART,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {
            **PART,
            "required": ["tool"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {**PART, "required": ["driver"], "properties": {"driver": {
                    **PART,
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string"},
                        "version": {"type": "string"},
                        "rules": {"type": "array", "uniqueItems": True, "items": {
                            **PART,
                            "required": ["id"],
                            "properties": {
                                "id": {"type": "string"},
                                "shortDescription": TEXT,
                                "fullDescription": TEXT,
                                "help": TEXT,
                                "defaultConfiguration": {**PART, "properties": {
                                    "level": {"enum": ["none", "note", "warning", "error"]},
                                }},
                            },
                        }},
                    },
                }}},
                "results": {"type": "array", "items": {
                    **PART,
                    "required": ["message"],
                    "properties": {
                        "ruleId": {"type": "string"},
                        "ruleIndex": {"type": "integer", "minimum": -1},
                        "level": {"enum": ["none", "note", "warning", "error"]},
                        "message": TEXT,
                        "properties": {"type": "object"},
                        "locations": {"type": "array", "items": {**PART, "properties": {
                            "physicalLocation": {**PART, "properties": {
                                "artifactLocation": {**PART, "properties": {
                                    "uri": {"type": "string", "pattern": r"^[\x21-\x7e]+$"},
                                    "uriBaseId": {"type": "string"},
                                }},
                                "region": {**PART, "properties": {
                                    "startLine": {"type": "integer", "minimum": 1},
                                    "startColumn": {"type": "integer", "minimum": 1},
                                }},
                            }},
                        }}},
                        "suppressions": {"type": "array", "items": {
                            **PART,
                            "required": ["kind"],
                            "properties": {
                                "kind": {"enum": ["inSource", "external"]},
                                "justification": {"type": "string"},
                            },
                        }},
                    },
                }},
            },
        }},
    },
}  # fmt: skip
"""What SARIF 2.1.0 says of the parts that are written here; anything else is refused."""


@pytest.mark.parametrize("language", ["th", "en"])
def test_sarif_keeps_to_its_schema(language: listing.Language) -> None:
    reading = read_folder(ROOT / "measures", date(2026, 11, 23))
    every = [
        Row(replace(filled(code), place=Place(f"measures/ก {code}.yaml")), None, None, "เหตุผล")
        for code in CATALOGUE
    ]
    rows = (*listing.rows_of(reading.problems, (), reading.disclosure), *every, *ROWS)
    log = json.loads(listing.to_sarif(rows, language, "1.2.3"))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(rows)
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])
    kept = [each for each in run["results"] if "suppressions" in each]
    assert len(kept) == len(every) + 1


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_rule_is_described_without_blanks(code: str) -> None:
    row = Row(filled(code), None, None)
    (rule,) = json.loads(listing.to_sarif([row], "th", "1"))["runs"][0]["tool"]["driver"]["rules"]
    for name in ("shortDescription", "fullDescription"):
        assert "{" not in rule[name]["text"]
        assert len(rule[name]["text"]) > 8
