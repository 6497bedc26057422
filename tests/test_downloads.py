"""Downloads: what programs read is what the officers wrote."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import downloads
from site_builder.folder import read_folder
from site_builder.model import KEYS, Agency, Disclosure, Indicator, Measure, Report, ReportHeader

from .conftest import has_ink

AGENCY = Agency.model_validate(
    {
        "name": {"th": "อบต.ก", "en": "K"},
        "province": "ข",
        "website": "https://x.go.th/",
        "units": ["ไม่ต้องเผยแพร่"],
    }
)


def measure(measure_id: str = "01-a", **values: object) -> Measure:
    plain = {
        "indicator": "1",
        "measure": "ก",
        "method": ["ข", "ค"],
        "responsible_unit": "สำนักปลัด",
        "period": "ต.ค.๖๗-ก.ย.๖๘",
        **values,
    }
    read = Measure.model_validate(plain, context={"fiscal_year": 2568})
    return read.model_copy(update={"id": measure_id})


def report(*measures: Measure) -> Report:
    names = [
        Indicator(number=n, name=name, name_en=f"I{n}", instrument="OIT")
        for n, name in enumerate(("หนึ่ง", "สอง"), 1)
    ]
    header = ReportHeader.model_validate({"title": ["ก", "ข"], "assessment_year": "2569"})
    return Report(fiscal_year=2568, header=header, indicators=tuple(names), measures=measures)


def as_json(*measures: Measure) -> dict[str, Any]:
    data = json.loads(downloads.measures_json(report(*measures), AGENCY))
    assert isinstance(data, dict)
    return data


def as_csv(*measures: Measure) -> list[dict[str, str]]:
    text = downloads.measures_csv(report(*measures)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


FULL: dict[str, object] = {
    "result_summary": "สรุป **หนา** [เอกสาร](https://x.go.th/b)",
    "outcome": ["ก, ข", '"ค"'],
    "evidence": [
        {"title": "หนึ่ง", "url": "https://x.go.th/1"},
        {"title": "สอง", "url": "https://x.go.th/2"},
    ],
    "status": "done",
    "budget": "๑,๕๐๐.๕๐",
    "document": {"number": "๑/๒๕๖๘", "date": "๑ ต.ค. ๖๗"},
    "translations": {"en": {"measure": "A"}},
}


def test_json_of_a_year() -> None:
    data = as_json(measure())
    assert {key: data[key] for key in data if key not in {"measures", "indicators"}} == {
        "version": 1,
        "fiscal_year": 2568,
        "agency": {
            "name": {"th": "อบต.ก", "en": "K"},
            "short_name": None,
            "district": None,
            "province": "ข",
            "website": "https://x.go.th/",
        },
        "title": ["ก", "ข"],
        "assessment_year": 2569,
    }
    assert data["indicators"][0] == {
        "number": 1,
        "name": "หนึ่ง",
        "name_en": "I1",
        "instrument": "OIT",
    }


def test_json_of_a_bare_measure_says_null() -> None:
    (found,) = as_json(measure())["measures"]
    assert list(found) == ["id", *KEYS]
    assert {key: value for key, value in found.items() if value not in (None, [])} == {
        "id": "01-a",
        "indicator": 1,
        "measure": ["ก"],
        "method": ["ข", "ค"],
        "responsible_unit": "สำนักปลัด",
        "period": {"text": "ต.ค.๖๗-ก.ย.๖๘", "start": "2024-10-01", "end": "2025-09-30"},
    }
    assert found["evidence"] == []


def test_json_of_a_full_measure() -> None:
    (found,) = as_json(measure(**FULL))["measures"]
    assert found["result_summary"] == [FULL["result_summary"]]
    assert found["evidence"] == FULL["evidence"]
    assert (found["status"], found["budget"]) == ("done", 1500.5)
    assert found["document"] == {
        "number": "๑/๒๕๖๘",
        "date": {"text": "๑ ต.ค. ๖๗", "start": "2024-10-01", "end": "2024-10-01"},
    }
    assert found["translations"]["en"]["measure"] == ["A"]


@pytest.mark.parametrize(
    ("written", "json_value", "csv_value"),
    [
        (None, None, ""),
        ("none", "none", "none"),
        ("ไม่ใช้งบประมาณ", "none", "none"),
        ("0", 0, "0"),
        ("๑๕,๐๐๐", 15000, "15000"),
        ("1500.50", 1500.5, "1500.50"),
    ],
)
def test_budget(written: str | None, json_value: object, csv_value: str) -> None:
    budgeted = measure(budget=written)
    (found,) = as_json(budgeted)["measures"]
    assert found["budget"] == json_value
    assert type(found["budget"]) is type(json_value)
    assert as_csv(budgeted)[0]["budget"] == csv_value


def test_csv_of_a_full_measure() -> None:
    (row,) = as_csv(measure(**FULL))
    assert {key: value for key, value in row.items() if value} == {
        "id": "01-a",
        "indicator": "1",
        "indicator_name": "หนึ่ง",
        "measure": "ก",
        "method": "ข\nค",
        "responsible_unit": "สำนักปลัด",
        "period": "ต.ค.๖๗-ก.ย.๖๘",
        "period_start": "2024-10-01",
        "period_end": "2025-09-30",
        "result_summary": "สรุป หนา เอกสาร",
        "outcome": 'ก, ข\n"ค"',
        "evidence_titles": "หนึ่ง\nสอง",
        "evidence_urls": "https://x.go.th/1\nhttps://x.go.th/2",
        "status": "done",
        "budget": "1500.50",
    }


def test_csv_opens_in_excel_and_keeps_rfc_4180() -> None:
    data = downloads.measures_csv(report(measure(), measure("02-b", method="ง")))
    assert data.startswith(b"\xef\xbb\xbfid,indicator,")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert data.count(b"\r\n") == 3
    assert data.endswith(b"\r\n")


def test_both_files_keep_the_order_of_the_official_table() -> None:
    measures = (measure("09-z", indicator="2"), measure("02-b"), measure("01-a", indicator="2"))
    order = ["02-b", "09-z", "01-a"]
    assert [found["id"] for found in as_json(*measures)["measures"]] == order
    assert [row["id"] for row in as_csv(*measures)] == order
    assert [row["indicator_name"] for row in as_csv(*measures)] == ["หนึ่ง", "สอง", "สอง"]


# Control characters are refused where YAML is read; a carriage return reads as a line break.
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n")).filter(has_ink)
PLAIN = st.text(alphabet="กขabc12 ,;\"'\n=").filter(has_ink)


@settings(deadline=None)
@given(WORDS, st.lists(WORDS, min_size=1, max_size=3))
def test_json_keeps_every_character(unit: str, titles: list[str]) -> None:
    evidence = [{"title": title, "url": "https://x.go.th/"} for title in titles]
    (found,) = as_json(measure(responsible_unit=unit, evidence=evidence))["measures"]
    assert found["responsible_unit"] == unit
    assert found["evidence"] == evidence


@settings(deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=3), PLAIN)
def test_csv_keeps_words_separators_and_quotes(texts: list[str], unit: str) -> None:
    (row,) = as_csv(measure(outcome=texts, responsible_unit=unit))
    assert None not in row
    assert row["responsible_unit"].lstrip("'") == unit.lstrip("'")
    # The apostrophe that stops a formula has its own test, below.
    words = "".join("".join(texts).split()).lstrip("'")
    assert "".join(row["outcome"].split()).lstrip("'") == words


@pytest.mark.parametrize("text", ["=cmd|x!A0", "+1", "-1", "@SUM(1)"])
def test_csv_holds_no_formula_and_json_the_very_words(text: str) -> None:
    (row,) = as_csv(measure(outcome=text, responsible_unit=text))
    assert row["outcome"] == row["responsible_unit"] == f"'{text}"
    assert as_json(measure(outcome=text))["measures"][0]["outcome"] == [text]


def test_an_empty_year_is_a_file_too() -> None:
    assert as_json()["measures"] == []
    assert as_csv() == []


def test_the_published_report_is_whole_in_both_files() -> None:
    disclosure = read_folder(Path(__file__).parent.parent / "measures").disclosure
    assert isinstance(disclosure, Disclosure)
    (year,) = (found for found in disclosure.reports if found.fiscal_year == 2568)
    listed = json.loads(downloads.measures_json(year, disclosure.agency))["measures"]
    text = downloads.measures_csv(year).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(listed) == len(rows) == len(year.measures) == 10
    for found, row, written in zip(listed, rows, year.in_table_order(), strict=True):
        assert found["id"] == row["id"] == written.id
        assert found["measure"] == list(written.measure)
        assert row["responsible_unit"] == written.responsible_unit
        assert date.fromisoformat(row["period_start"]) == written.period.start
        assert row["evidence_urls"].split() == [proof.url for proof in written.evidence]
