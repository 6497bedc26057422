"""Rules about when: periods, years, and what a date says about the results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder import thai
from site_builder.model import Report
from site_builder.problems import Place, Problem, problem
from site_builder.rules.rule import Passage, Setting, everything, heading, passages

_MONTHS = "|".join(
    (
        *thai.LONG_MONTHS,
        *(r"\.\s?".join(name.rstrip(".").split(".")) + r"\.?" for name in thai.SHORT_MONTHS),
    )
)
_RECURRING = re.compile(
    rf"ประจำ(?:ทุก)?(?:เดือน|สัปดาห์|วัน|ไตรมาส)(?! ?(?:{_MONTHS})| ?[0-9๐-๙])"
    r"|(?:ทุก|ราย)(?: ?ๆ ?)?(?:เดือน|สัปดาห์|ไตรมาส)|ทุกวัน|(?:เดือน|สัปดาห์|ไตรมาส)ละ|ปีละ\s?[2-9๒-๙]\s?ครั้ง"
)
# A year that is called one: of the era, of a budget, or of a date. What says ค.ศ. says so.
_YEAR = re.compile(
    rf"(?:พ\.\s?ศ\.|(?:ประจำ)?ปี(?:งบประมาณ)?(?:\s?พ\.\s?ศ\.)?|(?:{_MONTHS})(?:\s?พ\.\s?ศ\.)?)\s?"
    r"(?P<year>[0-9๐-๙]{4})(?![0-9๐-๙])(?!.{0,8}ค\.\s?ศ\.)"
)
_CE_YEARS, _DOUBLE_YEARS = range(1957, 2101), range(3043, 3201)


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
                year=thai.in_digits(report.fiscal_year, digits),
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
            right = _converted(measure.period.text, oddity)
            yield problem(f"period-{oddity}", place, value=measure.period.text, right=right)


def _converted(text: str, oddity: thai.Oddity) -> str:
    """The period with its years in the Buddhist Era, in the digits they are written with."""
    years, by = (
        (_CE_YEARS, thai.BE_MINUS_CE) if oddity == "ce-year" else (_DOUBLE_YEARS, -thai.BE_MINUS_CE)
    )

    def right(found: re.Match[str]) -> str:
        year = int(thai.to_arabic(found[0]))
        is_thai = found[0] != thai.to_arabic(found[0])
        return (
            thai.in_digits(year + by, "thai" if is_thai else "arabic")
            if year in years
            else found[0]
        )

    return re.sub(r"(?<![0-9๐-๙])[0-9๐-๙]{4}(?![0-9๐-๙])", right, text)


def texts_in_buddhist_era(report: Report, setting: Setting) -> Iterator[Problem]:
    """A year in a text, and the year of the assessment, is Buddhist Era, converted once."""
    for passage in everything(report):
        for found in _YEAR.finditer(passage.words):
            yield from _judge_year(found[0], found["year"], passage.place(found.start()))
    if (year := report.header.assessment_year) is not None:
        place = report.header.source.place_of("assessment_year")
        digits = setting.disclosure.agency.digits
        yield from _judge_year(str(year), thai.in_digits(year, digits), place)


def _judge_year(value: str, written: str, place: Place) -> Iterator[Problem]:
    year = int(thai.to_arabic(written))
    digits: thai.Digits = "arabic" if written == thai.to_arabic(written) else "thai"
    if year in _CE_YEARS:
        right = thai.in_digits(year + thai.BE_MINUS_CE, digits)
        yield problem("text-ce-year", place, value=value, right=right)
    elif year in _DOUBLE_YEARS:
        right = thai.in_digits(year - thai.BE_MINUS_CE, digits)
        yield problem("text-double-year", place, value=value, right=right)


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
