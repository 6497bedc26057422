"""Rules over a report: each a small generator of problems, its docstring the rule.

Rules advise. They never stop a build, and where they are not sure they are silent.
"""

from __future__ import annotations

from datetime import date

from site_builder.model import Disclosure
from site_builder.problems import Problem
from site_builder.rules import evidence, names, periods, personal, results, wording
from site_builder.rules.rule import Rule, Setting

__all__ = ["RULES", "Rule", "Setting", "judge"]

RULES: tuple[Rule, ...] = (
    periods.period_in_fiscal_year,
    periods.period_runs_forward,
    periods.period_in_buddhist_era,
    periods.texts_in_buddhist_era,
    periods.title_names_its_year,
    periods.recurring_has_more_than_one_day,
    results.indicator_has_measure,
    results.every_action_is_reported,
    results.results_once_period_is_over,
    results.outcome_says_more_than_result,
    names.title_names_this_office,
    names.texts_name_this_office,
    names.unit_is_known,
    evidence.claims_have_evidence,
    evidence.each_edition_has_evidence,
    evidence.evidence_is_a_document,
    evidence.evidence_is_open_to_all,
    evidence.evidence_is_with_the_office,
    evidence.evidence_uses_https,
    evidence.each_measure_has_evidence_of_its_own,
    evidence.link_text_says_what_it_is,
    evidence.addresses_are_public,
    wording.no_word_is_doubled,
    wording.no_word_is_broken,
    wording.no_text_is_cut_off,
    wording.digits_are_of_one_kind,
    wording.ranges_have_one_dash,
    personal.no_person_is_identified,
)


def judge(disclosure: Disclosure, today: date) -> tuple[Problem, ...]:
    """Everything that the rules have to say about an office's reports, as of a day."""
    setting = Setting(disclosure, today)
    return tuple(
        found for report in disclosure.reports for rule in RULES for found in rule(report, setting)
    )
