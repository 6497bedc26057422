"""The link ledger: nothing is lost on the way to disk, and one bad night is one failure."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.causes import Cause
from site_builder.ledger import (
    Acknowledgement,
    DamagedLedgerError,
    Entry,
    Finding,
    Ledger,
    acknowledge,
    enter,
    fresh_for,
    merge,
    read_ledger,
    resolve_conflict,
    write_ledger,
)
from site_builder.verdicts import Verdict

START = datetime(2025, 1, 1, 3, 0, tzinfo=UTC)
URL = "https://x.go.th/a.pdf"

FINDINGS = st.lists(
    st.builds(
        Finding,
        url=st.sampled_from(["https://x.go.th/1", "https://x.go.th/ก"]) | st.text(max_size=9),
        verdict=st.sampled_from(Verdict),
        status=st.none() | st.integers(100, 599),
        final_url=st.none() | st.text(max_size=9),
        cause=st.none() | st.sampled_from(Cause),
        note=st.none() | st.text(max_size=9),
        chain=st.lists(st.text(max_size=9), max_size=2).map(tuple),
        size=st.none() | st.integers(0, 9),
        sha256=st.none() | st.sampled_from(["a", "b"]),
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
    ledger, known = Ledger(), set[str]()
    for findings, now in runs:
        ledger = enter(ledger, findings, now)
        known |= {finding.url for finding in findings}
        assert ledger.links.keys() == known
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
    assert START <= entry.last_checked <= START + timedelta(hours=sum(gaps))
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
    assert enter(ledger, [], START).links == ledger.links
    assert enter(ledger, [], START, gone=[URL]).links == {}


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
    "[]": "1:1",
    "null": "1:1",
    '{\n "links": []}': "2:2",
    '{"links": {"u": {}}}': "1:12",
    '{"version": 2, "links": {}}': "1:2",
    '{"version": "x"}': "1:2",
    json.dumps(json.loads(entry_text(verdict="fine")), indent=1): "5:4",
    json.dumps(json.loads(entry_text(since="2025-01-01T00:00:00")), indent=1): "8:4",
    entry_text(streak=0): "1:",
    entry_text(last_ok="yesterday"): "1:",
    "{}\n<<<<<<< HEAD\n{}": "2:1",
    '{\n  "links": {\n=======': "3:1",
}


@pytest.mark.parametrize(("text", "where"), DAMAGED.items())
def test_a_damaged_ledger_says_where_and_why(text: str, where: str) -> None:
    with pytest.raises(DamagedLedgerError) as caught:
        read_ledger(text)
    assert f"{caught.value.line}:{caught.value.column}".startswith(where)
    assert str(caught.value)
    assert caught.value.conflict is bool(re.search("^(<<<|===)", text, re.MULTILINE))


def test_a_whole_ledger_is_read_and_unknown_fields_are_no_damage() -> None:
    ledger = read_ledger(entry_text(invented_later={"a": [1, "ก"]}))
    entry = ledger.links[URL]
    assert (entry.verdict, entry.streak, entry.last_ok) == (Verdict.OK, 1, None)
    assert read_ledger("{}") == Ledger()
    # What a newer version wrote outlives a check by this one.
    later = enter(ledger, [Finding(URL, Verdict.BROKEN)], START + timedelta(days=9))
    assert json.loads(write_ledger(later))["links"][URL]["invented_later"] == {"a": [1, "ก"]}


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


@pytest.mark.parametrize(
    "text",
    [
        entry_text(x=1).replace("1}}}", "[" * 900 + "]" * 900 + "}}}"),
        "[" * 100_000,
        '{"version": ' + "9" * 5000 + "}",
    ],
)
def test_damage_beyond_all_bounds_is_damage(text: str) -> None:
    with pytest.raises(DamagedLedgerError):
        read_ledger(text)


# What changes, and what does not


RUNS = st.lists(st.tuples(FINDINGS, MOMENTS), max_size=3)


def ledger_of(runs: list[tuple[list[Finding], datetime]]) -> Ledger:
    ledger = Ledger()
    for findings, now in runs:
        ledger = enter(ledger, findings, now, vantage="ที่นี่", checker="ตัวตรวจ")
    return ledger


@given(RUNS, FINDINGS, MOMENTS)
def test_entering_twice_at_one_moment_is_entering_once(
    runs: list[tuple[list[Finding], datetime]], findings: list[Finding], now: datetime
) -> None:
    once = enter(ledger_of(runs), findings, now)
    assert write_ledger(enter(once, findings, now)) == write_ledger(once)
    assert write_ledger(enter(ledger_of(runs), findings[::-1], now)) == write_ledger(once)


def entries_of(text: str) -> dict[str, str]:
    """The lines of each entry."""
    found = re.findall(
        r'^    ("(?:[^"\\]|\\.)*"): \{\n(.*?)^    \}', text, re.MULTILINE | re.DOTALL
    )
    return dict(found)


@given(FINDINGS.filter(bool), st.data())
def test_one_changed_verdict_changes_the_lines_of_its_entry_alone(
    findings: list[Finding], data: st.DataObject
) -> None:
    before = enter(Ledger(), findings, START)
    one = data.draw(st.sampled_from(findings))
    other = data.draw(st.sampled_from(sorted(set(Verdict) - {one.verdict})))
    changed = [Finding(f.url, other) if f is one else f for f in findings]
    after = enter(before, changed, START + timedelta(hours=19), vantage="elsewhere")
    old, new = entries_of(write_ledger(before)), entries_of(write_ledger(after))
    assert len(old) == len(findings)
    assert {url for url in old if old[url] != new[url]} == {json.dumps(one.url, ensure_ascii=False)}


@pytest.mark.parametrize(
    ("change", "is_news"),
    [
        ({}, False),
        ({"note": "after 20.1 seconds"}, False),
        ({"status": 206}, True),
        ({"final_url": "https://x.go.th/b"}, True),
        ({"chain": ("301 https://x.go.th/b",)}, True),
        ({"cause": Cause.SLOW}, True),
        ({"content_type": "application/zip"}, True),
        ({"size": 8}, True),
        ({"sha256": "b"}, True),
        ({"verdict": Verdict.EMPTY}, True),
    ],
)
def test_what_is_news_is_written_at_once(change: dict[str, Any], is_news: bool) -> None:
    said: dict[str, Any] = {"verdict": Verdict.OK, "size": 7, "sha256": "a"}
    before = enter(Ledger(), [Finding(URL, **said)], START, vantage="a", checker="b")
    found = [Finding(URL, **{**said, **change})]
    tomorrow = enter(before, found, START + timedelta(days=1), vantage="c", checker="d")
    assert (tomorrow != before) is is_news
    assert enter(before, found, START + timedelta(days=9), vantage="c").links[URL].vantage == "c"


def test_the_size_of_a_web_page_is_no_news() -> None:
    before = enter(Ledger(), [Finding(URL, Verdict.OK, size=1)], START)
    assert enter(before, [Finding(URL, Verdict.OK, size=2)], START + timedelta(days=1)) == before


@given(st.text())
def test_findings_fall_due_over_several_days(url: str) -> None:
    assert timedelta(days=5) <= fresh_for(url) < timedelta(days=9)
    assert fresh_for(url) == fresh_for(url)


def test_links_of_one_day_fall_due_on_several() -> None:
    days = {fresh_for(f"https://x.go.th/{n}.pdf").days for n in range(50)}
    assert days == {5, 6, 7, 8}


def test_a_clock_that_was_ahead_does_no_lasting_harm() -> None:
    ahead = START + timedelta(days=9000)
    ledger = enter(Ledger(), [Finding(URL, Verdict.BROKEN)], ahead)
    ledger = enter(ledger, [Finding(URL, Verdict.BROKEN)], START)
    ledger = enter(ledger, [Finding(URL, Verdict.BROKEN)], START + timedelta(days=1))
    assert (ledger.links[URL].streak, ledger.links[URL].last_checked.year) == (2, 2025)


def test_a_document_that_was_replaced_is_noticed_also_after_a_bad_night() -> None:
    day = timedelta(days=1)
    first = Finding(URL, Verdict.OK, size=7, sha256="a")
    ledger = enter(Ledger(), [first], START)
    assert ledger.links[URL].content_since is None
    ledger = enter(ledger, [Finding(URL, Verdict.TEMPORARY)], START + day)
    assert (ledger.links[URL].size, ledger.links[URL].sha256) == (7, "a")
    same = enter(ledger, [first], START + 2 * day)
    assert same.links[URL].content_since is None
    other = enter(ledger, [Finding(URL, Verdict.MOVED, size=7, sha256="b")], START + 2 * day)
    assert other.links[URL].content_since == START + 2 * day
    again = enter(other, [Finding(URL, Verdict.OK, sha256="b")], START + 20 * day)
    assert again.links[URL].content_since == START + 2 * day
    assert (
        enter(same, [Finding(URL, Verdict.OK, size=8, sha256="a")], START + 9 * day)
        .links[URL]
        .content_since
        == START + 9 * day
    )


SAID = Acknowledgement(reason="เปิดด้วยเบราว์เซอร์ได้", on=date(2025, 1, 1), until=date(2025, 3, 1))


def test_an_acknowledgement_outlives_checks_and_can_be_withdrawn() -> None:
    ledger = enter(Ledger(), [Finding(URL, Verdict.BLOCKED)], START)
    ledger = acknowledge(ledger, URL, SAID)
    ledger = enter(ledger, [Finding(URL, Verdict.TEMPORARY)], START + timedelta(days=1))
    assert read_ledger(write_ledger(ledger)).links[URL].acknowledged == SAID
    assert "acknowledged" not in write_ledger(acknowledge(ledger, URL, None))
    with pytest.raises(KeyError):
        acknowledge(ledger, "https://x.go.th/other", SAID)


@pytest.mark.parametrize(
    ("on", "until", "holds"),
    [
        ("2025-01-01", "2025-03-01", True),
        ("2025-01-01", "2025-02-01", True),  # the last day
        ("2025-01-01", "2025-01-31", False),
        ("2025-02-02", "2025-03-01", True),  # written where the day had begun already
        ("2025-02-03", "2025-03-01", False),
        ("2023-01-01", "9999-12-31", False),  # written by hand
        ("9999-12-31", "9999-12-31", False),
    ],
)
def test_an_acknowledgement_holds_for_a_year_at_most(on: str, until: str, holds: bool) -> None:
    said = Acknowledgement.model_validate({"reason": "ก", "on": on, "until": until})
    assert said.holds_on(date(2025, 2, 1)) is holds


# Two branches


@given(RUNS, RUNS, RUNS)
def test_merging_loses_nothing_and_does_not_depend_on_order(
    one: list[tuple[list[Finding], datetime]],
    other: list[tuple[list[Finding], datetime]],
    third: list[tuple[list[Finding], datetime]],
) -> None:
    a, b, c = ledger_of(one), ledger_of(other), ledger_of(third)
    both = merge(a, b)
    assert both.links.keys() == a.links.keys() | b.links.keys()
    assert both == merge(b, a)
    assert merge(both, both) == both
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    for url, entry in both.links.items():
        sides = [ledger.links[url] for ledger in (a, b) if url in ledger.links]
        assert entry.last_checked == max(side.last_checked for side in sides)
        assert entry.first_seen == min(side.first_seen for side in sides)


def test_an_acknowledgement_survives_a_merge_with_a_fresher_check() -> None:
    start = enter(Ledger(), [Finding(URL, Verdict.BLOCKED)], START)
    checked_ = enter(start, [Finding(URL, Verdict.BROKEN)], START + timedelta(days=1))
    entry = merge(acknowledge(start, URL, SAID), checked_).links[URL]
    assert (entry.verdict, entry.acknowledged) == (Verdict.BROKEN, SAID)


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_conflict_that_git_left_is_resolved_address_by_address(
    tmp_path: Path, style: str
) -> None:
    def git(*arguments: str) -> int:
        who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", f"merge.conflictStyle={style}"]
        command = ["git", "-C", str(tmp_path), *who, *arguments]
        return subprocess.run(command, check=False, capture_output=True).returncode

    def kept(ledger: Ledger, branch: str) -> None:
        file.write_text(write_ledger(ledger), "utf-8")
        git("add", "-A")
        git("commit", "-qm", branch)

    file = tmp_path / "links.json"
    urls = [f"https://x.go.th/{n}" for n in range(4)]
    start = enter(Ledger(), [Finding(url, Verdict.OK) for url in urls], START)
    night = START + timedelta(days=1)
    ours = enter(start, [Finding(urls[1], Verdict.BROKEN, 404, note="Not Found")], night)
    ours = enter(ours, [Finding("https://x.go.th/9", Verdict.OK)], night)
    theirs = enter(start, [Finding(urls[1], Verdict.OK, 200)], night + timedelta(days=9))
    theirs = enter(theirs, [Finding("https://x.go.th/8", Verdict.DNS)], night, gone=[urls[3]])
    git("init", "-q", "-b", "main")
    kept(start, "start")
    git("checkout", "-qb", "theirs")
    kept(theirs, "theirs")
    git("checkout", "-q", "main")
    kept(ours, "ours")
    assert git("merge", "-q", "theirs") == 1
    text = file.read_text("utf-8")
    with pytest.raises(DamagedLedgerError) as caught:
        read_ledger(text)
    assert caught.value.conflict
    merged = resolve_conflict(text)
    assert merged.links[urls[1]].verdict is Verdict.OK
    assert {"https://x.go.th/8", "https://x.go.th/9"} <= merged.links.keys()
    assert merged.links[urls[0]] == start.links[urls[0]]
    for cut in (text.replace(">>>>>>>", ">>>>>"), text[: len(text) // 2]):
        with pytest.raises(DamagedLedgerError):
            resolve_conflict(cut)


@given(
    st.lists(
        st.sampled_from(["<<<<<<< a", "||||||| b", "=======", ">>>>>>> c", "{}", "<<<<<<<<"]),
        max_size=8,
    )
)
def test_marks_in_any_order_are_resolved_or_called_damaged(rows: list[str]) -> None:
    text = "\n".join(rows)
    try:
        assert resolve_conflict(text) == Ledger()
    except DamagedLedgerError as damage:
        assert str(damage)  # noqa: PT017 - either outcome is fine


def test_marks_without_end_are_read_in_no_time() -> None:
    for row in ("<<<<<<< a\n", "=======\n", "<<<<<<< a\n=======\n"):
        with pytest.raises(DamagedLedgerError):
            resolve_conflict(row * 300_000)


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 1, "links": {}, "links": {}}',
        '{"links": {"https://x.go.th/": {}, "https://x.go.th/": {}}}',
    ],
)
def test_what_stands_twice_is_damage(text: str) -> None:
    with pytest.raises(DamagedLedgerError, match=r"twice: (links|https)") as caught:
        read_ledger(text)
    assert caught.value.column > 10
