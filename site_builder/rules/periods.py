"""Rules about when: periods, years, and what a date says about the results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder import thai
from site_builder.model import Report
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Passage, Setting, everything, heading, passages

_BE_MINUS_CE = 543
_MONTH = r"(?:มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา|[มกพสตธ][ิี]?\.|เม\.|มิ\.)"
_RECURRING = re.compile(
    rf"(?:เป็น)?ประจำ(?:ทุก)?(?:เดือน|สัปดาห์|วัน|ไตรมาส)(?! ?{_MONTH}| ?[0-9๐-๙])"
    r"|(?:ทุก|ราย)(?: ?ๆ ?)?(?:เดือน|สัปดาห์|ไตรมาส)|เดือนละ|สัปดาห์ละ|ไตรมาสละ|อย่างต่อเนื่องตลอด|ตลอดทั้งปี"
)
_YEAR = re.compile(
    r"(?:พ\.\s?ศ\.|(?:ประจำ)?ปี(?:งบประมาณ)?(?:\s?พ\.\s?ศ\.)?)\s?(?P<year>[0-9๐-๙]{4})(?![0-9๐-๙])"
)


def period_in_fiscal_year(report: Report, setting: Setting) -> Iterator[Problem]:
    """A measure is carried out within the report's fiscal year."""
    year = thai.fiscal_year_span(report.fiscal_year)
    digits = setting.disclosure.agency.digits
    for measure in report.measures:
        if measure.period.start < year.start or measure.period.end > year.end:
            yield problem(
                "period-outside-year",
                measure.source.place_of("period"),
                value=measure.period.text,
                year=report.fiscal_year,
                start=thai.write_date(year.start, digits),
                end=thai.write_date(year.end, digits),
            )


def period_runs_forward(report: Report, _: Setting) -> Iterator[Problem]:
    """A period ends on or after the day it starts."""
    for measure in report.measures:
        if any(span.end < span.start for span in measure.period.spans):
            place = measure.source.place_of("period")
            yield problem("period-reversed", place, value=measure.period.text)


def period_in_buddhist_era(report: Report, _: Setting) -> Iterator[Problem]:
    """The years of periods are Buddhist Era, converted once."""
    for measure in report.measures:
        for oddity in sorted(measure.period.oddities):
            place = measure.source.place_of("period")
            yield problem(f"period-{oddity}", place, value=measure.period.text)


def texts_in_buddhist_era(report: Report, _: Setting) -> Iterator[Problem]:
    """A year that a text calls พ.ศ., or the year of a budget, is Buddhist Era, converted once."""
    for passage in everything(report):
        for found in _YEAR.finditer(passage.words):
            year = int(thai.to_arabic(found["year"]))
            place = passage.place(found.start())
            if 1957 <= year <= 2100:
                right = year + _BE_MINUS_CE
                yield problem("text-ce-year", place, value=found[0], right=right)
            elif 3043 <= year <= 3200:
                right = year - _BE_MINUS_CE
                yield problem("text-double-year", place, value=found[0], right=right)


def title_names_its_year(report: Report, _: Setting) -> Iterator[Problem]:
    """The year in the report's title is the year of its folder."""
    for passage in heading(report):
        for found in re.finditer(r"ปีงบประมาณ(?:\s?พ\.\s?ศ\.)?\s?([0-9๐-๙]{4})", passage.text):
            year = int(thai.to_arabic(found[1]))
            if thai.FIRST_YEAR <= year <= thai.LAST_YEAR and year != report.fiscal_year:
                place, year = passage.place(found.start()), report.fiscal_year
                yield problem("title-other-year", place, value=found[0], year=year)


def recurring_has_more_than_one_day(report: Report, _: Setting) -> Iterator[Problem]:
    """What is done every month or quarter has a period of more than a single day."""
    for measure in report.measures:
        if {span.start for span in measure.period.spans} != {measure.period.end}:
            continue
        for passage in passages(measure, "measure", "method", "result_summary", "outcome"):
            if found := _recurring(passage):
                yield problem(
                    "recurring-single-date",
                    measure.source.place_of("period"),
                    word=found,
                    value=measure.period.text,
                )
                break


def _recurring(passage: Passage) -> str | None:
    found = _RECURRING.search(passage.words)
    return found[0] if found else None
