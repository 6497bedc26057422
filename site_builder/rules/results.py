"""Rules about the whole: every indicator has a measure, every measure has come to something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from site_builder import thai
from site_builder.model import Measure, Report, label, label_en
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Setting, passages

_SAME = 0.9
"""How alike two texts are that say the same thing, 1 being letter for letter."""
_ENOUGH = 1000
"""Letters that are compared: no two texts are alike that far by chance."""
_EXAMPLES = {
    "result_summary": "result_summary: ประกาศนโยบายแล้วทางเว็บไซต์ของ อบต.",
    "outcome": "outcome: ผู้ผ่านการอบรม 120 คน",
}


def indicator_has_measure(report: Report, _: Setting) -> Iterator[Problem]:
    """Each indicator of the assessment has at least one measure."""
    for indicator in report.indicators:
        if not report.measures_of(indicator):
            place = report.header.source.place_of("title", "key")
            number, name = indicator.number, indicator.name
            yield problem("indicator-without-measure", place, number=number, name=name)


def every_action_is_reported(report: Report, _: Setting) -> Iterator[Problem]:
    """The summary reports on each action that was planned, one to one."""
    for measure in report.measures:
        planned = max(len(measure.measure), len(measure.method))
        reported = len(measure.result_summary or ())
        if 0 < reported < planned:
            place = measure.source.place_of("result_summary", "key")
            yield problem("results-fewer-than-actions", place, planned=planned, reported=reported)


def results_once_period_is_over(report: Report, setting: Setting) -> Iterator[Problem]:
    """A measure whose period has ended says what was done and what came of it."""
    for measure in report.measures:
        # The last day still belongs to the office, so "over" means after it.
        if measure.period.end >= setting.today or measure.status == "cancelled":
            continue
        for key in ("result_summary", "outcome"):
            if getattr(measure, key) is None:
                yield problem(
                    "result-missing",
                    measure.source.place_of("period"),
                    key=key,
                    label=label(key),
                    label_en=label_en(key),
                    end=thai.write_date(measure.period.end, setting.disclosure.agency.digits),
                    example=_EXAMPLES[key],
                )


def outcome_says_more_than_result(report: Report, _: Setting) -> Iterator[Problem]:
    """The outcome is what changed; it does not repeat what was done."""
    for measure in report.measures:
        result, outcome = _gist(measure, "result_summary"), _gist(measure, "outcome")
        if result and outcome and SequenceMatcher(None, result, outcome).ratio() >= _SAME:
            yield problem("outcome-repeats-result", measure.source.place_of("outcome"))


def _gist(measure: Measure, field: str) -> str:
    """A text without spaces, addresses and the words that only begin a sentence."""
    parts = (re.sub(r"^(?:-|มีการ|ได้มีการ|ได้|มี)", "", p.words) for p in passages(measure, field))
    return re.sub(r"[\s\ufffc]+", "", "".join(parts))[:_ENOUGH]
