"""The model: frozen, typed, its labels and the order of its columns beside the fields."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from site_builder import model
from site_builder.folder import read_folder
from site_builder.measurefile import read_content
from site_builder.model import Disclosure, Measure

LEAST = {
    "indicator": "3",
    "measure": "ก",
    "method": "ข",
    "responsible_unit": "ค",
    "period": "ไตรมาส ๑",
}


def measure(**fields: object) -> Measure:
    return Measure.model_validate({**LEAST, **fields}, context={"fiscal_year": 2568})


def test_the_official_columns_and_their_labels() -> None:
    assert {name: model.label(name) for name in model.OFFICIAL_COLUMNS} == {
        "indicator": "ตัวชี้วัด",
        "measure": "มาตรการ/แนวทางที่จะดำเนินการ",
        "method": "วิธีการดำเนินการ",
        "responsible_unit": "ผู้รับผิดชอบ",
        "period": "ระยะเวลาดำเนินการ",
        "result_summary": "สรุปผลการดำเนินการ",
        "outcome": "ผลลัพธ์/ความสำเร็จ",
    }
    assert model.label_en("outcome") == "Outcome / success"


def test_values_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        measure().outcome = ("x",)  # type: ignore[misc]


def test_a_period_keeps_its_words_and_knows_its_days() -> None:
    period = measure(period="๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘").period
    assert period.text == "๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘"
    assert (period.start, period.end) == (date(2024, 10, 1), date(2025, 4, 1))
    assert len(period.spans) == 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("none", "none"),
        ("ไม่ใช้งบประมาณ", "none"),
        ("0", Decimal(0)),
        ("๑๐,๐๐๐.๕๐", Decimal("10000.50")),
    ],
)
def test_no_budget_is_an_answer(written: str, meant: object) -> None:
    assert measure(budget=written).budget == meant
    assert measure().budget is None


@pytest.mark.parametrize("written", ["nan", "Infinity", "1e3", "-5", "สิบ", ""])
def test_a_budget_is_a_number(written: str) -> None:
    with pytest.raises(ValidationError):
        measure(budget=written)


def test_one_text_and_one_bullet_are_the_same() -> None:
    assert measure(outcome="ก").outcome == measure(outcome=["ก"]).outcome == ("ก",)


def test_links_in_texts_are_addresses_of_the_measure_too() -> None:
    found = measure(
        outcome="ดู https://a.go.th/x และ [นี่](https://b.go.th/)",
        evidence=[{"title": "ก", "url": "https://c.go.th/"}],
    ).urls()
    assert [url for url, _ in found] == [
        "https://c.go.th/",
        "https://a.go.th/x",
        "https://b.go.th/",
    ]


def test_indicators_and_item_numbers_are_data_by_year(disclosure: Disclosure) -> None:
    report = disclosure.reports[0]
    assert [(i.number, i.instrument) for i in report.indicators] == [
        *((number, "IIT") for number in range(1, 6)),
        *((number, "EIT") for number in range(6, 9)),
        *((number, "OIT") for number in (9, 10)),
    ]
    assert report.header.assessment_year == 2569
    assert report.item is not None
    assert (report.item.measures, report.item.report) == ("O25", "O26")


def test_a_newer_set_of_indicators_leaves_older_years_alone(office: Path) -> None:
    (office / "measures/indicators.yaml").write_text(
        "indicator_sets:\n"
        "- from_fiscal_year: 2561\n"
        "  indicators: [{number: 1, name: เก่า, name_en: Old, instrument: IIT}]\n"
        "- from_fiscal_year: 2569\n"
        "  indicators: [{number: 1, name: ใหม่, name_en: New, instrument: IIT}]\n",
        "utf-8",
    )
    (office / "measures/2569").mkdir()
    header = (office / "measures/2568/report.yaml").read_text("utf-8")
    (office / "measures/2569/report.yaml").write_text(header, "utf-8")
    disclosure = read_folder(office / "measures").disclosure
    assert disclosure is not None
    assert [(r.fiscal_year, r.indicators[0].name) for r in disclosure.reports] == [
        (2569, "ใหม่"),
        (2568, "เก่า"),
    ]


def test_an_inner_address_is_no_link_until_it_was_verified_on_purpose(
    disclosure: Disclosure,
) -> None:
    assert disclosure.is_link("https://www.example.go.th/")
    assert disclosure.is_link("mailto:a@example.go.th")
    assert not disclosure.is_link("http://10.0.0.1/")
    assert not disclosure.is_link("http://localhost/")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[foo", "a b"])
def test_what_is_refused_is_never_a_link(disclosure: Disclosure, url: str) -> None:
    assert not disclosure.is_link(url)


FORMS = {
    "method: ก ข คง": (1, 14),
    'method: "ก ข คง"': (1, 15),
    "method: 'ก ข คง'": (1, 15),
    "method:\n  - ก ข คง": (2, 10),
    "method: ก\n  ข\n  คง": (3, 4),
    "method: >-\n  ก\n  ข คง": (3, 6),
    "method: |-\n  ก ข คง": (2, 8),
    'method: "ก\\u0020ข คง"': (1, 20),
    'method: "\\u0e01 ข คง"': (1, 9),
}


@pytest.mark.parametrize(("written", "spot"), FORMS.items())
def test_a_letter_of_a_text_is_found_in_the_file(written: str, spot: tuple[int, int]) -> None:
    content, problems = read_content(f"{written}\n".encode(), "f", "")
    assert content is not None, problems
    texts = content.value["method"]
    path = ("method", 0) if isinstance(texts, list) else ("method",)
    text = texts[0] if isinstance(texts, list) else texts
    assert text == "ก ข คง"
    # Behind an escaped letter the way is lost, and the text's own place has to do.
    place = content.source.place_in(path, text, text.index("ง"))
    assert (place.line, place.column) == spot
