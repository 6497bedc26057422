"""Standing: "done" is proven by a link that opens, and by nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder import standing
from site_builder.ledger import Ledger
from site_builder.model import Disclosure, Measure
from site_builder.standing import WORDS, Standing
from site_builder.verdicts import Verdict

from .every_verdict import entry
from .reports import AGENCY, measure, report_of

URL = "https://www.example.go.th/a.pdf"
EVIDENCE = [{"title": "ประกาศ", "url": URL}]
BEFORE, FIRST, LAST, AFTER = (
    date(2024, 9, 30),
    date(2024, 10, 1),
    date(2025, 9, 30),
    date(2025, 10, 1),
)


def disclosed(*measures: Measure, verdict: Verdict | None = None) -> Disclosure:
    ledger = Ledger(links={URL: entry(verdict)} if verdict else {})
    return Disclosure.model_validate(
        {"agency": AGENCY, "reports": (report_of(*measures),), "ledger": ledger}
    )


def stands(today: date = LAST, verdict: Verdict | None = None, **values: object) -> Standing:
    made = measure(period="ต.ค. ๖๗ - ก.ย. ๖๘", **values)
    return standing.of(disclosed(made, verdict=verdict), made, today)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        *((v, Standing.PROVEN) for v in (Verdict.OK, Verdict.MOVED)),
        *((v, Standing.UNCONFIRMED) for v in (None, Verdict.BLOCKED, Verdict.NOT_CHECKED)),
        *(
            (v, Standing.UNPROVEN)
            for v in (Verdict.BROKEN, Verdict.TEMPORARY, Verdict.SOFT_MISSING)
        ),
    ],
)
def test_done_is_as_good_as_its_evidence(verdict: Verdict | None, expected: Standing) -> None:
    for said in ({"status": "done"}, {"result_summary": "ประกาศแล้ว"}, {"outcome": "ลดลง"}):
        assert stands(verdict=verdict, evidence=EVIDENCE, **said) is expected
    # A link in the text is a link as well.
    assert stands(verdict=verdict, result_summary=f"ประกาศแล้ว {URL}") is expected


def test_a_home_page_that_opens_proves_nothing() -> None:
    home = [{"title": "เว็บไซต์", "url": "https://www.example.go.th/"}]
    made = measure(status="done", evidence=home)
    links = {"https://www.example.go.th/": entry(Verdict.OK)}
    known = disclosed(made).model_copy(update={"ledger": Ledger(links=links)})
    assert standing.of(known, made, LAST) is Standing.UNCONFIRMED


def test_done_without_a_link_says_so() -> None:
    assert stands(status="done", result_summary="ประกาศแล้ว") is Standing.WITHOUT_EVIDENCE


@pytest.mark.parametrize(
    ("status", "today", "expected"),
    [
        (None, BEFORE, Standing.PLANNED),
        (None, FIRST, Standing.IN_PROGRESS),
        (None, LAST, Standing.IN_PROGRESS),
        (None, AFTER, Standing.OVERDUE),
        ("planned", LAST, Standing.PLANNED),
        ("planned", AFTER, Standing.OVERDUE),
        ("in_progress", BEFORE, Standing.IN_PROGRESS),
        ("in_progress", AFTER, Standing.OVERDUE),
        ("cancelled", AFTER, Standing.CANCELLED),
    ],
)
def test_what_is_not_done_depends_on_the_day(
    status: str | None, today: date, expected: Standing
) -> None:
    assert stands(today, status=status) is expected


def test_a_status_outweighs_a_result() -> None:
    # An interim result does not make a measure done where the office says that it goes on.
    assert stands(status="in_progress", result_summary="อบรมแล้ว ๑ รุ่น") is Standing.IN_PROGRESS


def test_every_standing_has_its_own_words() -> None:
    assert set(WORDS) == set(Standing)
    for language in ("th", "en"):
        assert len({getattr(words, language) for words in WORDS.values()}) == len(Standing)


def test_figures_count_each_address_once_and_every_measure() -> None:
    own = [
        measure(1, status="done", evidence=EVIDENCE),
        measure(2, status="done", evidence=EVIDENCE),
    ]
    own += [measure(3, status="cancelled")]
    made = disclosed(*own, verdict=Verdict.OK)
    told = standing.figures(made, own, LAST)
    assert (told.measures, told.done, told.proven, told.links, told.live) == (3, 2, 2, 1, 1)
    assert told.by_standing == {Standing.PROVEN: 2, Standing.CANCELLED: 1}


def test_units_are_told_once_however_they_are_spaced() -> None:
    report = report_of(
        measure(1), measure(2, responsible_unit="กองคลัง"), measure(3, responsible_unit="กองคลัง ")
    )
    told = {
        name: [m.id for m in found] for name, found in standing.units(disclosed(), report).items()
    }
    assert told == {"สำนักปลัด": ["01-a"], "กองคลัง": ["02-a", "03-a"]}
