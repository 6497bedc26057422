"""Rules over a report: each a small generator of problems, its docstring the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder import thai
from site_builder.model import Disclosure, Measure, Report, is_checkable
from site_builder.problems import Place, Problem, problem

Rule = Callable[[Report, Disclosure], Iterator[Problem]]


def period_in_fiscal_year(report: Report, disclosure: Disclosure) -> Iterator[Problem]:
    """A measure is carried out within the report's fiscal year."""
    year = thai.fiscal_year_span(report.fiscal_year)
    digits = disclosure.agency.digits
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


def period_runs_forward(report: Report, _: Disclosure) -> Iterator[Problem]:
    """A period ends on or after the day it starts."""
    for measure in report.measures:
        if any(span.end < span.start for span in measure.period.spans):
            place = measure.source.place_of("period")
            yield problem("period-reversed", place, value=measure.period.text)


def period_in_buddhist_era(report: Report, _: Disclosure) -> Iterator[Problem]:
    """Years are Buddhist Era, converted once."""
    for measure in report.measures:
        for oddity in sorted(measure.period.oddities):
            place = measure.source.place_of("period")
            yield problem(f"period-{oddity}", place, value=measure.period.text)


def indicator_has_measure(report: Report, _: Disclosure) -> Iterator[Problem]:
    """Each indicator of the assessment has at least one measure."""
    for indicator in report.indicators:
        if not report.measures_of(indicator):
            place = report.header.source.place_of()
            number, name = indicator.number, indicator.name
            yield problem("indicator-without-measure", place, number=number, name=name)


def addresses_are_public(report: Report, disclosure: Disclosure) -> Iterator[Problem]:
    """An address that a citizen cannot reach is no evidence."""
    for url, place in _addresses(report.measures):
        if is_checkable(url) and not disclosure.is_link(url):
            yield problem("url-not-public", place, value=url)


def _addresses(measures: tuple[Measure, ...]) -> Iterator[tuple[str, Place]]:
    for measure in measures:
        yield from measure.urls()


RULES: tuple[Rule, ...] = (
    period_in_fiscal_year,
    period_runs_forward,
    period_in_buddhist_era,
    indicator_has_measure,
    addresses_are_public,
)


def judge(disclosure: Disclosure) -> tuple[Problem, ...]:
    """Everything that the rules have to say about an office's reports."""
    return tuple(
        found
        for report in disclosure.reports
        for rule in RULES
        for found in rule(report, disclosure)
    )
