"""The link ledger: nothing is lost on the way to disk, and one bad night is one failure."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.ledger import (
    DamagedLedgerError,
    Entry,
    Finding,
    Ledger,
    enter,
    read_ledger,
    write_ledger,
)
from site_builder.verdicts import Verdict

START = datetime(2025, 1, 1, 3, 0, tzinfo=UTC)
URL = "https://x.go.th/a.pdf"

FINDINGS = st.lists(
    st.builds(
        Finding,
        url=st.text(),
        verdict=st.sampled_from(Verdict),
        status=st.none() | st.integers(100, 599),
        final_url=st.none() | st.text(),
        note=st.none() | st.text(),
    ),
    unique_by=lambda finding: finding.url,
    max_size=5,
)
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=ZONES)  # noqa: DTZ001


def checked(*runs: tuple[float, Verdict]) -> Entry:
    """The entry of one address after checks, each so many hours after the one before."""
    ledger, now = Ledger(), START
    for hours, verdict in runs:
        now += timedelta(hours=hours)
        ledger = enter(ledger, [Finding(URL, verdict)], now)
    return ledger.links[URL]


@given(st.lists(st.tuples(FINDINGS, MOMENTS), max_size=3))
def test_writing_and_reading_give_the_same_ledger(
    runs: list[tuple[list[Finding], datetime]],
) -> None:
    ledger = Ledger()
    for findings, now in runs:
        ledger = enter(ledger, findings, now)
        assert ledger.links.keys() == {finding.url for finding in findings}
    text = write_ledger(ledger)
    assert read_ledger(text) == ledger
    assert write_ledger(read_ledger(text)) == text


@given(FINDINGS)
def test_the_text_does_not_depend_on_the_order_of_the_checks(findings: list[Finding]) -> None:
    texts = {write_ledger(enter(Ledger(), run, START)) for run in (findings, findings[::-1])}
    assert len(texts) == 1


def test_the_text_is_a_small_diff() -> None:
    found = [
        Finding("https://x.go.th/ข", Verdict.BROKEN, 404, note="ไม่พบ"),
        Finding("https://x.go.th/ก", Verdict.OK, 200),
    ]
    text = write_ledger(enter(Ledger(), found, START))
    assert text.index("/ก") < text.index("/ข")
    assert text.endswith("\n")
    assert '\n      "status": 404,\n' in text
    assert "ไม่พบ" in text
    assert "null" not in text
    moved = write_ledger(enter(Ledger(), [found[0]], START))
    assert set(moved.splitlines()) <= set(text.splitlines())


@pytest.mark.parametrize(
    ("gaps", "streak"),
    [
        ((), 1),
        ((0,), 1),
        ((19.99,), 1),
        ((20,), 2),
        ((10, 9), 1),
        ((10, 10), 2),  # the check in between does not move the mark
        ((19, 19), 2),
        ((20, 10), 2),
        ((20, 19, 1), 3),
        ((24, 24, 24), 4),
    ],
)
def test_a_streak_counts_checks_twenty_hours_apart(gaps: tuple[float, ...], streak: int) -> None:
    entry = checked((0, Verdict.BROKEN), *((gap, Verdict.BROKEN) for gap in gaps))
    assert entry.streak == streak
    assert entry.since == START
    assert entry.last_checked == START + timedelta(hours=sum(gaps))
    assert entry.shown_verdict is (Verdict.BROKEN if streak > 1 else Verdict.TEMPORARY)


@given(st.lists(st.integers(0, 50), max_size=12))
def test_a_streak_never_outruns_the_clock(gaps: list[int]) -> None:
    entry = checked((0, Verdict.BROKEN), *((gap, Verdict.BROKEN) for gap in gaps))
    assert 1 <= entry.streak <= 1 + sum(gaps) // 20
    assert (entry.streak > 1) == (sum(gaps) >= 20)


def test_another_verdict_begins_anew() -> None:
    entry = checked((0, Verdict.BROKEN), (24, Verdict.OK), (24, Verdict.BROKEN))
    assert (entry.streak, entry.since) == (1, START + timedelta(hours=48))
    assert entry.last_ok == START + timedelta(hours=24)
    assert entry.first_seen == START
    assert entry.shown_verdict is Verdict.TEMPORARY


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - {Verdict.BROKEN}))
def test_only_broken_waits_for_its_streak(verdict: Verdict) -> None:
    entry = checked((0, verdict))
    assert entry.shown_verdict is verdict
    assert (entry.last_ok == START) is (verdict in {Verdict.OK, Verdict.MOVED})


def test_an_entry_that_never_counted_counts_from_its_first_day() -> None:
    entry = checked((0, Verdict.BROKEN)).model_copy(update={"counted": None})
    again = [Finding(URL, Verdict.BROKEN)]
    for hours, streak in ((19, 1), (20, 2)):
        ledger = enter(Ledger(links={URL: entry}), again, START + timedelta(hours=hours))
        assert ledger.links[URL].streak == streak


def test_nothing_is_known_of_an_address_without_an_entry() -> None:
    assert Ledger().shown_verdict(URL) is Verdict.UNCHECKED
    ledger = enter(Ledger(), [Finding(URL, Verdict.OK)], START)
    assert ledger.shown_verdict(URL) is Verdict.OK
    assert enter(ledger, [], START).links == {}


ENTRY = {
    "verdict": "ok",
    "first_seen": "2025-01-01T00:00:00Z",
    "last_checked": "2025-01-01T00:00:00Z",
    "since": "2025-01-01T00:00:00Z",
}


def entry_text(**changes: object) -> str:
    return json.dumps({"version": 1, "links": {URL: {**ENTRY, **changes}}})


DAMAGED = {
    "": "1:1",
    "{": "1:2",
    '{\n  "links": {,}\n}': "2:13",
    "<<<<<<< HEAD\n{}": "1:1",
    "[]": "",
    "null": "",
    '{"links": []}': "links",
    '{"links": {"u": {}}}': "links.u.verdict",
    '{"version": 2, "links": {}}': "version 2 > 1",
    '{"version": "x"}': "version",
    entry_text(verdict="fine"): f"links.{URL}.verdict",
    entry_text(since="2025-01-01T00:00:00"): f"links.{URL}.since",  # no time zone
    entry_text(streak=0): f"links.{URL}.streak",
    entry_text(last_ok="yesterday"): f"links.{URL}.last_ok",
}


@pytest.mark.parametrize(("text", "where"), DAMAGED.items())
def test_a_damaged_ledger_says_where(text: str, where: str) -> None:
    with pytest.raises(DamagedLedgerError) as caught:
        read_ledger(text)
    assert str(caught.value).startswith(f"{where}: " if ">" not in where else where)


def test_a_whole_ledger_is_read_and_unknown_fields_are_no_damage() -> None:
    entry = read_ledger(entry_text(invented_later=1)).links[URL]
    assert (entry.verdict, entry.streak, entry.last_ok) == (Verdict.OK, 1, None)
    assert read_ledger("{}") == Ledger()


@given(st.text() | st.text(alphabet='{}[]":,0123456789eE.-links \n'))
def test_any_text_is_read_or_called_damaged(text: str) -> None:
    try:
        ledger = read_ledger(text)
    except DamagedLedgerError as damage:
        assert str(damage)  # noqa: PT017 - either outcome is fine
    else:
        assert ledger.version <= 1


@given(st.data())
def test_a_cut_off_ledger_is_damaged(data: st.DataObject) -> None:
    text = write_ledger(enter(Ledger(), [Finding(URL, Verdict.OK)], START)).rstrip()
    with pytest.raises(DamagedLedgerError):
        read_ledger(text[: data.draw(st.integers(0, len(text) - 1))])


@pytest.mark.parametrize("text", ["[" * 100_000, '{"version": ' + "9" * 5000 + "}"])
def test_damage_beyond_all_bounds_is_damage(text: str) -> None:
    with pytest.raises(DamagedLedgerError):
        read_ledger(text)
