"""Reports for tests: written as YAML, read as an office's files are, so that places are real."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from site_builder import rules
from site_builder.ledger import Ledger
from site_builder.measurefile import read_measure, read_model, write
from site_builder.model import Agency, Disclosure, Indicator, Measure, Report, ReportHeader
from site_builder.problems import Problem

YEAR = 2568
BEFORE = date(2024, 9, 1)
"""A day before anything of fiscal year 2568 is over."""
RIGHT: dict[str, object] = {
    "indicator": "1",
    "measure": "นโยบายไม่รับของขวัญ",
    "method": "จัดทำประกาศนโยบาย",
    "responsible_unit": "สำนักปลัด",
    "period": "๑ ต.ค. ๖๗",
}
AGENCY = {
    "name": {"th": "องค์การบริหารส่วนตำบลดงเมือง"},
    "short_name": {"th": "อบต.ดงเมือง"},
    "district": "ยางสีสุราช",
    "province": "มหาสารคาม",
    "website": "https://www.dongmuang.go.th/",
    "units": ["สำนักปลัด", "กองคลัง", "กองการศึกษา ศาสนาและวัฒนธรรม"],
}


def measure(number: int = 1, **values: object) -> Measure:
    """A measure that is right but for these values; None leaves a key out."""
    kept = {key: value for key, value in {**RIGHT, **values}.items() if value is not None}
    file = f"measures/2568/{number:02}-a.yaml"
    found, problems = read_measure(write(kept).encode(), file, f"{number:02}-a", YEAR)
    assert found is not None, problems
    return found


def report_of(
    *measures: Measure, title: Sequence[str] = ("รายงาน",), indicators: int = 1
) -> Report:
    """A report of fiscal year 2568 with these measures."""
    names = [
        Indicator(number=n, name=f"ชื่อ {n}", name_en="-", instrument="IIT")
        for n in range(1, indicators + 1)
    ]
    text = write({"title": list(title)})
    header, problems = read_model(ReportHeader, text.encode(), "measures/2568/report.yaml")
    assert header is not None, problems
    return Report(fiscal_year=YEAR, header=header, indicators=tuple(names), measures=measures)


def judged(
    *measures: Measure,
    title: Sequence[str] = ("รายงาน",),
    indicators: int = 1,
    today: date = BEFORE,
    ledger: Ledger | None = None,
    **agency: object,
) -> list[Problem]:
    """What the rules say about these measures."""
    report = report_of(*measures, title=title, indicators=indicators)
    office = Agency.model_validate({**AGENCY, **agency})
    disclosure = Disclosure(agency=office, reports=(report,), ledger=ledger or Ledger())
    return sorted(rules.judge(disclosure, today))


def codes(problems: Sequence[Problem]) -> list[str]:
    """The codes of problems, in their order."""
    return [found.code for found in problems]
