"""Rules: each one finds what it looks for, where it stands, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from site_builder import rules
from site_builder.catalogue import CATALOGUE
from site_builder.folder import read_folder
from site_builder.ledger import Finding, Ledger, enter
from site_builder.model import Agency, Disclosure, Indicator, Measure, Report, ReportHeader, Source
from site_builder.problems import Place, Problem
from site_builder.verdicts import Verdict

YEAR = 2568
FILE = "measures/2568/01-a.yaml"
PLACES = {
    ("period",): Place(FILE, 5, 1),
    ("evidence", 0, "url"): Place(FILE, 9, 10),
    ("method", 1): Place(FILE, 4, 5),
}
INTRANET = "http://10.0.0.1/a.pdf"


def measure(**values: object) -> Measure:
    plain = {
        "indicator": "1",
        "measure": "ก",
        "method": "ข",
        "responsible_unit": "สำนักปลัด",
        "period": "๑ ต.ค. ๖๗",
        **values,
    }
    read = Measure.model_validate(plain, context={"fiscal_year": YEAR})
    return read.model_copy(update={"id": "01-a", "source": Source(FILE, PLACES)})


def judged(*measures: Measure, indicators: int = 1, ledger: Ledger | None = None) -> list[Problem]:
    names = [
        Indicator(number=n, name=f"ชื่อ {n}", name_en="-", instrument="IIT")
        for n in range(1, indicators + 1)
    ]
    header = ReportHeader.model_validate({"title": "ก"})
    header = header.model_copy(update={"source": Source("measures/2568/report.yaml")})
    report = Report(fiscal_year=YEAR, header=header, indicators=tuple(names), measures=measures)
    agency = Agency.model_validate(
        {"name": {"th": "อบต."}, "province": "ข", "website": "https://x.go.th/"}
    )
    disclosure = Disclosure(agency=agency, reports=(report,), ledger=ledger or Ledger())
    return list(rules.judge(disclosure))


PERIODS = {
    "๑ ต.ค. ๖๗": [],
    "๓๐ ก.ย. ๖๘": [],
    "ตลอดปีงบประมาณ": [],
    "ต.ค.๖๗-ก.ย.๖๘": [],
    "๓๐ ก.ย. ๖๗": ["period-outside-year"],
    "๑ ต.ค. ๖๘": ["period-outside-year"],
    "ก.ย. ๖๗ - ต.ค. ๖๗": ["period-outside-year"],
    "๑ ต.ค. ๖๗ และ ๑ ต.ค. ๖๘": ["period-outside-year"],
    "๓๐ ก.ย. ๖๘ - ๑ ต.ค. ๖๗": ["period-reversed"],
    "1 ต.ค. 2024": ["period-ce-year"],
    "2024-10-01": [],
    "1 ต.ค. 3110": ["period-double-year"],
    "1 ต.ค. 2023": ["period-outside-year", "period-ce-year"],
}


@pytest.mark.parametrize(("period", "codes"), PERIODS.items())
def test_periods(period: str, codes: list[str]) -> None:
    found = judged(measure(period=period))
    assert [each.code for each in found] == codes
    for each in found:
        assert each.place == PLACES["period",]
        assert period in each.message("th")
        assert period in each.message("en")


def test_a_period_outside_the_year_tells_the_year() -> None:
    (found,) = judged(measure(period="๑ ต.ค. ๖๘"))
    assert "ปีงบประมาณ พ.ศ. 2568 (๑ ต.ค. ๒๕๖๗ – ๓๐ ก.ย. ๒๕๖๘)" in found.message("th")


def test_every_indicator_wants_a_measure() -> None:
    found = judged(measure(indicator="2"), indicators=3)
    assert [dict(each.details)["number"] for each in found] == ["1", "3"]
    assert {each.code for each in found} == {"indicator-without-measure"}
    assert {str(each.place) for each in found} == {"measures/2568/report.yaml:1:1"}
    assert "ตัวชี้วัดที่ 3 ชื่อ 3" in found[1].message("th")


ADDRESSES = {
    "https://www.dongmuang.go.th/": False,
    "http://printer/": True,
    INTRANET: True,
    "HTTP://LOCALHOST:8000/": True,
    "http://[::1]/": True,
    "http://2130706433/": True,
}


@pytest.mark.parametrize(("url", "private"), ADDRESSES.items())
def test_evidence_must_be_public(url: str, private: bool) -> None:
    found = judged(measure(evidence=[{"title": "ก", "url": url}]))
    assert [(each.code, each.place) for each in found] == (
        [("url-not-public", PLACES["evidence", 0, "url"])] if private else []
    )


def test_an_address_inside_a_text_is_found_where_it_stands() -> None:
    (found,) = judged(measure(method=["ก", f"ดู {INTRANET} และ https://x.go.th/"]))
    assert (found.code, found.place) == ("url-not-public", PLACES["method", 1])
    assert dict(found.details) == {"value": INTRANET}


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.BROKEN, Verdict.UNSAFE, Verdict.INVALID])
def test_what_a_check_has_seen_outweighs_the_name(verdict: Verdict) -> None:
    ledger = enter(Ledger(), [Finding(INTRANET, verdict)], datetime(2025, 1, 1, tzinfo=UTC))
    found = judged(measure(evidence=[{"title": "ก", "url": INTRANET}]), ledger=ledger)
    refused = verdict in {Verdict.UNSAFE, Verdict.INVALID}
    assert [each.code for each in found] == ["url-not-public"] * refused


def test_rules_only_advise() -> None:
    spoilt = measure(period="1 ต.ค. 2023", evidence=[{"title": "ก", "url": INTRANET}])
    found = judged(spoilt, measure(period="๒ ต.ค. ๖๗ - ๑ ต.ค. ๖๗"), indicators=2)
    assert {each.severity for each in found} == {"warning"}
    assert len({each.code for each in found}) == 5
    assert {each.code for each in found} <= CATALOGUE.keys()


def test_every_rule_says_what_it_holds() -> None:
    assert all(rule.__doc__ for rule in rules.RULES)
    assert len(set(rules.RULES)) == len(rules.RULES)


def test_the_one_odd_date_of_the_published_report_is_seen() -> None:
    disclosure = read_folder(Path(__file__).parent.parent / "measures").disclosure
    assert disclosure is not None
    (found,) = rules.judge(disclosure)
    assert (found.code, Path(found.place.file).name) == (
        "period-outside-year",
        "02-budget-disclosure.yaml",
    )
    assert dict(found.details)["value"] == "๓๐ ต.ค.๖๘"
