"""Rules about the whole: every indicator has a measure, every measure has come to something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from site_builder import thai
from site_builder.model import Measure, Report, label, label_en
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Setting, passages

_SAME = 0.85
"""How alike two texts are that say the same thing, 1 being letter for letter."""
_ENOUGH = 1000
"""Letters that are compared: no two texts are alike that far by chance."""
_NOTHING = re.compile(
    r"[\s\-\u2010-\u2015.…_/]*|(?:N/A|TBD|ไม่มีข้อมูล|รอผล.{0,20}|(?:รอ|จะ|อยู่ระหว่าง|ยังไม่(?:ได้|มีการ)?)(?:การ)?ดำเนินการ(?:ต่อไป)?)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|\s)[0-9๐-๙]{1,2}[.)]\s?(?=[ก-ฮเแโใไ])")
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
            yield problem(
                "indicator-without-measure",
                place,
                order=f"{number:03}",  # problems of one place are sorted by their details, as text
                number=number,
                name=name,
            )


def every_action_is_reported(report: Report, _: Setting) -> Iterator[Problem]:
    """The summary reports on each action that was planned, one to one."""
    for measure in report.measures:
        planned = max(_items(measure.measure), _items(measure.method))
        reported = _items(measure.result_summary or ())
        if 0 < reported < planned:
            place = measure.source.place_of("result_summary", "key")
            yield problem("results-fewer-than-actions", place, planned=planned, reported=reported)


def _items(texts: Sequence[str]) -> int:
    """How many things are told: items of the list, or numbers inside a text."""
    return sum(max(1, len(_NUMBERED.findall(text))) for text in texts)


def results_once_period_is_over(report: Report, setting: Setting) -> Iterator[Problem]:
    """A measure whose period has ended says what was done and what came of it."""
    for measure in report.measures:
        # The last day still belongs to the office, so "over" means after it.
        if measure.period.end >= setting.today or measure.status == "cancelled":
            continue
        for key in ("result_summary", "outcome"):
            if _says_nothing(measure, key):
                yield problem(
                    "result-missing",
                    measure.source.place_of("period" if getattr(measure, key) is None else key),
                    key=key,
                    label=label(key),
                    label_en=label_en(key),
                    end=thai.write_date(measure.period.end, setting.disclosure.agency.digits),
                    example=_EXAMPLES[key],
                )


def _says_nothing(measure: Measure, key: str) -> bool:
    """Whether a field is missing, or holds what only stands for a text to come."""
    return all(_NOTHING.fullmatch(text.strip()) for text in getattr(measure, key) or ())


def outcome_says_more_than_result(report: Report, _: Setting) -> Iterator[Problem]:
    """The outcome is what changed; it does not repeat what was done."""
    for measure in report.measures:
        result, outcome = _gist(measure, "result_summary"), _gist(measure, "outcome")
        if result and outcome and _is_same(result, outcome):
            yield problem("outcome-repeats-result", measure.source.place_of("outcome"))


def _is_same(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _SAME


def _gist(measure: Measure, field: str) -> str:
    """A text without spaces, addresses and the words that only begin or end a sentence."""
    parts = (
        re.sub(r"^(?:-|มีการ|ได้มีการ|ได้|มี)|(?:เรียบร้อย)?(?:แล้ว)?(?:เสร็จสิ้น)?$", "", p.words.strip())
        for p in passages(measure, field)
    )
    return re.sub(r"[\s\ufffc]+", "", "".join(parts))[:_ENOUGH]
