"""The standing of a measure: what was done, and whether a reader can see the proof of it.

It is computed, never written: an office says that something is done, in `status` or by reporting a
result; whether that stands proven depends on what the link check found. "Cannot tell" is a
standing of its own and never counts as proof, nor as the lack of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from site_builder import addresses, checks
from site_builder import units as unit_names
from site_builder.model import Disclosure, Measure, Report
from site_builder.verdicts import Verdict


class Standing(StrEnum):
    """Where a measure stands; the values are stable, for programs and addresses."""

    PROVEN = "proven"
    """Said to be done, and a link of it opens that is more than a home page."""
    UNCONFIRMED = "unconfirmed"
    """Said to be done, with links of which a check cannot tell, or has not told yet."""
    UNPROVEN = "unproven"
    """Said to be done, and none of its links opened when they were checked."""
    WITHOUT_EVIDENCE = "without-evidence"
    """Said to be done, without any link."""
    OVERDUE = "overdue"
    """Its period is over, and the office has not said that it is done."""
    IN_PROGRESS = "in-progress"
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader is told, with a sign that does not depend on colour."""

    th: str
    en: str
    sign: str


WORDS: Mapping[Standing, Words] = {
    Standing.PROVEN: Words("ดำเนินการแล้ว หลักฐานเปิดได้", "Done, evidence opens", "✓"),
    Standing.UNCONFIRMED: Words(
        "ดำเนินการแล้ว ยังยืนยันหลักฐานไม่ได้", "Done, evidence not confirmed", "…"
    ),
    Standing.UNPROVEN: Words("ดำเนินการแล้ว แต่หลักฐานเปิดไม่ได้", "Done, but no evidence opens", "✗"),
    Standing.WITHOUT_EVIDENCE: Words(
        "ดำเนินการแล้ว แต่ไม่มีลิงก์หลักฐาน", "Done, but no evidence linked", "?"
    ),
    Standing.OVERDUE: Words("พ้นกำหนดแล้ว ยังไม่แจ้งว่าแล้วเสร็จ", "Overdue, not reported as done", "!"),
    Standing.IN_PROGRESS: Words("กำลังดำเนินการ", "In progress", "›"),
    Standing.PLANNED: Words("ยังไม่เริ่ม", "Not started", "○"),
    Standing.CANCELLED: Words("ยกเลิก", "Cancelled", "–"),
}
"""In the order in which they are counted and listed."""

DONE = frozenset(
    {
        Standing.PROVEN,
        Standing.UNCONFIRMED,
        Standing.UNPROVEN,
        Standing.WITHOUT_EVIDENCE,
    }
)
"""What the office says is done, whatever a reader can see of it."""

_CANNOT_TELL = frozenset({Verdict.UNCHECKED, Verdict.NOT_CHECKED, Verdict.BLOCKED})


def of(disclosure: Disclosure, measure: Measure, today: date) -> Standing:
    """Where a measure stands on a day, by what its file says and by the last link check."""
    if measure.status == "cancelled":
        return Standing.CANCELLED
    if _is_done(measure):
        return _proof(disclosure, measure)
    # The last day still belongs to the office.
    if measure.period.end < today:
        return Standing.OVERDUE
    if measure.status == "in_progress":
        return Standing.IN_PROGRESS
    if measure.status == "planned" or measure.period.start > today:
        return Standing.PLANNED
    return Standing.IN_PROGRESS


def _is_done(measure: Measure) -> bool:
    if measure.status is not None:
        return measure.status == "done"
    return bool(measure.result_summary or measure.outcome)


def _proof(disclosure: Disclosure, measure: Measure) -> Standing:
    verdicts = {url: disclosure.ledger.shown_verdict(url) for url, _ in measure.urls()}
    if not verdicts:
        return Standing.WITHOUT_EVIDENCE
    opening = [url for url, verdict in verdicts.items() if verdict in checks.REACHABLE]
    if any(not addresses.names_home_page(url) for url in opening):
        return Standing.PROVEN
    # That a home page opens says nothing of the document.
    cannot_tell = bool(opening) or not _CANNOT_TELL.isdisjoint(verdicts.values())
    return Standing.UNCONFIRMED if cannot_tell else Standing.UNPROVEN


@dataclass(frozen=True, slots=True)
class Figures:
    """Some measures in numbers: the same numbers for every page, chart and picture."""

    measures: int
    by_standing: Mapping[Standing, int]
    """Only standings that some measure has, in their order."""
    links: int
    """Different addresses that the measures publish."""
    checked: int
    """Addresses that have been checked at all."""
    live: int
    """Addresses that opened when they were checked last."""

    @property
    def done(self) -> int:
        """Measures that the office says are done."""
        return sum(count for standing, count in self.by_standing.items() if standing in DONE)

    @property
    def proven(self) -> int:
        """Measures said to be done of which a link opens."""
        return self.by_standing.get(Standing.PROVEN, 0)


def figures(disclosure: Disclosure, measures: Sequence[Measure], today: date) -> Figures:
    """The numbers of some measures on a day."""
    found = [of(disclosure, measure, today) for measure in measures]
    urls = {url for measure in measures for url, _ in measure.urls()}
    return Figures(
        measures=len(measures),
        by_standing={standing: found.count(standing) for standing in WORDS if standing in found},
        links=len(urls),
        checked=len(urls & disclosure.ledger.links.keys()),
        live=sum(disclosure.ledger.shown_verdict(url) in checks.REACHABLE for url in urls),
    )


def units(disclosure: Disclosure, report: Report) -> dict[str, tuple[Measure, ...]]:
    """The measures of each responsible unit, in the order of the official table.

    A measure that several units of the office are responsible for is one of each.
    """
    found: dict[str, list[Measure]] = {}
    for measure in report.in_table_order():
        for name in units_of(disclosure, measure):
            found.setdefault(name, []).append(measure)
    return {name: tuple(measures) for name, measures in found.items()}


def units_of(disclosure: Disclosure, measure: Measure) -> tuple[str, ...]:
    """The units that are responsible for a measure."""
    return unit_names.named(measure.responsible_unit, disclosure.agency.units)
