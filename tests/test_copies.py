"""The list of copies: no copy is ever dropped, and a run that finds nothing new changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import folder
from site_builder.copies import (
    TYPES,
    USUAL_TYPES,
    Copies,
    Copy,
    DamagedCopiesError,
    Sight,
    enter,
    is_wanted,
    merge,
    read_copies,
    resolve_conflict,
    told,
    type_name,
    write_copies,
)

START = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)
URL = "https://x.go.th/ก.pdf"
DIGESTS = [letter * 64 for letter in "abc"]


def copy(sha256: str = DIGESTS[0], on: datetime = START, file: str = "1.warc.gz") -> Copy:
    return Copy(sha256=sha256, size=9, content_type="application/pdf", on=on, file=file)


SIGHTS = st.lists(
    st.builds(
        Sight,
        url=st.sampled_from([URL, "https://x.go.th/b", "https://x.go.th/c#d"]),
        copy=st.builds(copy, st.sampled_from(DIGESTS), st.just(START), st.just("2.warc.gz")),
    ),
    unique_by=lambda sight: sight.url,
    max_size=3,
)
RUNS = st.lists(st.tuples(SIGHTS, st.integers(0, 400)), max_size=6)


def after(runs: list[tuple[list[Sight], int]]) -> list[tuple[datetime, Copies]]:
    """The list after each run, so many hours after the one before."""
    copies, now, found = Copies(), START, []
    for sights, hours in runs:
        now += timedelta(hours=hours)
        dated = [Sight(s.url, s.copy.model_copy(update={"on": now})) for s in sights]
        copies = enter(copies, dated, now)
        found.append((now, copies))
    return found


def contents(copies: Copies) -> dict[str, list[str]]:
    return {url: [one.sha256 for one in kept] for url, kept in copies.copies.items()}


@given(RUNS)
def test_no_copy_is_ever_dropped_and_the_newest_is_what_was_seen_last(
    runs: list[tuple[list[Sight], int]],
) -> None:
    before: dict[str, list[str]] = {}
    seen: dict[str, str] = {}
    for (sights, _), (_, copies) in zip(runs, after(runs), strict=True):
        seen |= {sight.url: sight.copy.sha256 for sight in sights}
        now = contents(copies)
        assert all(now[url][: len(kept)] == kept for url, kept in before.items())
        assert {url: kept.sha256 for url, kept in copies.newest().items()} == seen
        # One address never has one content twice in a row.
        assert all(a != b for kept in now.values() for a, b in pairwise(kept))
        before = now


@given(RUNS)
def test_writing_and_reading_give_the_same_list(runs: list[tuple[list[Sight], int]]) -> None:
    for _, copies in after(runs):
        text = write_copies(copies)
        assert read_copies(text) == copies
        assert write_copies(read_copies(text)) == text


@given(SIGHTS, st.integers(0, 24 * 7 - 1))
def test_within_a_week_the_same_documents_change_no_byte(sights: list[Sight], hours: int) -> None:
    once = enter(Copies(), sights, START)
    again = enter(once, sights[::-1], START + timedelta(hours=hours))
    assert write_copies(again) == write_copies(once)


@given(SIGHTS)
def test_the_text_does_not_depend_on_the_order_of_the_documents(sights: list[Sight]) -> None:
    texts = {write_copies(enter(Copies(), run, START)) for run in (sights, sights[::-1])}
    assert len(texts) == 1


def test_a_document_is_seen_again_once_a_week() -> None:
    copies = Copies()
    for day in range(22):
        now = START + timedelta(days=day)
        copies = enter(copies, [Sight(URL, copy(on=now))], now)
    (kept,) = copies.copies[URL]
    assert kept.on == START
    assert kept.seen == kept.last_seen == START + timedelta(days=21)
    # A clock that was ahead takes nothing back.
    assert enter(copies, [Sight(URL, copy())], START) == copies


def test_what_was_lost_is_looked_for_where_it_was_kept_again() -> None:
    first = enter(Copies(), [Sight(URL, copy()), Sight("b", copy(DIGESTS[1]))], START)
    new = copy(file="2.warc.gz")
    again = enter(first, [Sight(URL, new)], START, lost={"1.warc.gz"})
    assert [kept.file for kept in again.copies[URL]] == ["2.warc.gz"]
    assert [kept.file for kept in again.copies["b"]] == ["1.warc.gz"]
    assert enter(first, [Sight(URL, new)], START) == first


def test_a_small_diff_and_unknown_fields_are_carried_along() -> None:
    one = enter(Copies(), [Sight(URL, copy())], START)
    two = enter(one, [Sight("https://x.go.th/b", copy(DIGESTS[1]))], START)
    assert set(write_copies(one).splitlines()) - {"    ]"} <= set(write_copies(two).splitlines())
    plain = json.loads(write_copies(one))
    plain["later"] = plain["copies"][URL][0]["invented"] = [1]
    text = json.dumps(plain)
    later = enter(read_copies(text), [Sight(URL, copy())], START + timedelta(days=30))
    assert json.loads(write_copies(later))["later"] == [1]
    assert json.loads(write_copies(later))["copies"][URL][0]["invented"] == [1]


def with_copy(**changes: object) -> str:
    plain = json.loads(write_copies(enter(Copies(), [Sight(URL, copy())], START)))
    plain["copies"][URL][0] |= changes
    return json.dumps(plain, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ('{\n  "copies": {,}\n}', 2),
        ("<<<<<<< HEAD\n{}", 1),
        ("[]", 1),
        ('{"version": 2}', 1),
        ('{"copies": {"u": []}}', 1),
        (with_copy(sha256="A" * 64), 6),
        (with_copy(sha256="a" * 64 + "\n"), 6),
        (with_copy(size=-1), 7),
        (with_copy(on="2026-01-01T00:00:00"), 9),
        # A name that leads out of the folder.
        (with_copy(file="../../etc/x.warc.gz"), 10),
        (with_copy(file="/x.warc.gz"), 10),
        (with_copy(file=".x.warc.gz"), 10),
        (with_copy(file="x.warc.gz\n"), 10),
        (with_copy(file="C:x.warc.gz"), 10),
        ("[" * 100_000, 1),
        ('{"version": ' + "9" * 5000 + "}", 1),
    ],
)
def test_a_damaged_list_says_where(text: str, line: int) -> None:
    with pytest.raises(DamagedCopiesError) as caught:
        read_copies(text)
    assert caught.value.line == line
    assert str(caught.value)


@given(st.text() | st.text(alphabet='{}[]":,0123456789copiesvrn \n'))
def test_any_text_is_read_or_called_damaged(text: str) -> None:
    try:
        copies = read_copies(text)
    except DamagedCopiesError as damage:
        assert damage.line >= 1  # noqa: PT017 - either outcome is fine
    else:
        assert copies.version <= 1


def test_a_list_that_notepad_saved_is_read(tmp_path: Path) -> None:
    kept = enter(Copies(), [Sight(URL, copy())], START)
    file = tmp_path / folder.COPIES
    text = write_copies(kept).replace("\n", "\r\n")
    file.write_bytes(text.encode("utf-8-sig"))
    assert folder.read_copies(file) == kept
    file.write_bytes(text.replace("ก", "\N{THAI CHARACTER KO KAI}").encode("cp874"))
    with pytest.raises(DamagedCopiesError, match="UTF-8") as caught:
        folder.read_copies(file)
    assert caught.value.line == 4
    file.unlink()
    assert folder.read_copies(file) == Copies()
    file.mkdir()
    with pytest.raises(DamagedCopiesError, match="not a file"):
        folder.read_copies(file)


def test_the_kinds_of_documents() -> None:
    assert type_name("application/pdf") == "pdf"
    assert type_name("application/vnd.oasis.opendocument.text") == "opendocument"
    assert type_name("video/mp4") == "video/mp4"
    assert not is_wanted("", TYPES)
    assert not is_wanted("text/html", USUAL_TYPES)
    assert is_wanted("text/html", ["html"])
    assert is_wanted("application/x-ole-storage", ["excel"])


def test_what_a_reader_is_told() -> None:
    late = copy(on=datetime(2026, 11, 22, 18, 0, tzinfo=UTC))
    assert told(late) == "มีสำเนา (SHA-256 aaaaaaaaaaaa…, เก็บเมื่อ 23 พ.ย. 2569)"
    assert told(late, digits="thai").endswith("๒๓ พ.ย. ๒๕๖๙)")
    assert told(late, "en") == "a copy is kept (SHA-256 aaaaaaaaaaaa…, fetched 2026-11-23)"


# Two branches


LATER_RUNS = st.lists(st.tuples(SIGHTS, st.integers(1, 400)), max_size=6)
"""No two at one moment: which of two documents was the later is then known."""


@given(LATER_RUNS, LATER_RUNS, LATER_RUNS)
def test_merging_loses_no_content_and_does_not_depend_on_order(
    before: list[tuple[list[Sight], int]],
    ours: list[tuple[list[Sight], int]],
    theirs: list[tuple[list[Sight], int]],
) -> None:
    one, other = (
        (after([*before, *runs]) or [(START, Copies())])[-1][1] for runs in (ours, theirs)
    )
    both = merge(one, other)
    assert both == merge(other, one)
    assert merge(one, one) == one
    assert read_copies(write_copies(both)) == both
    for side in (one, other):
        for url, kept in side.copies.items():
            assert {c.sha256 for c in kept} <= {c.sha256 for c in both.copies[url]}
    for url, kept in both.copies.items():
        assert not [a for a, b in pairwise(kept) if a.sha256 == b.sha256]
        sides = [side.copies[url][-1] for side in (one, other) if url in side.copies]
        newest = max(sides, key=lambda each: each.last_seen)
        assert kept[-1].last_seen == newest.last_seen


def test_a_document_that_came_back_keeps_its_history() -> None:
    days = [START + timedelta(days=n) for n in range(4)]
    first, other, again = (copy(DIGESTS[n], on) for n, on in zip((0, 1, 0), days[:3], strict=True))
    one = Copies(copies={URL: (first, other, again)})
    fetched = again.model_copy(update={"on": days[3], "file": "2.warc.gz"})
    both = merge(one, Copies(copies={URL: (first, other, fetched)}))
    kept = again.model_copy(update={"seen": days[3]})
    assert both.copies[URL] == (first, other, kept)


def test_a_conflict_is_named_and_resolved() -> None:
    sides = [write_copies(Copies(copies={f"https://x.go.th/{n}": (copy(),)})) for n in "ab"]
    text = f"<<<<<<< HEAD\n{sides[0]}=======\n{sides[1]}>>>>>>> main\n"
    with pytest.raises(DamagedCopiesError) as caught:
        read_copies(text)
    assert caught.value.conflict
    assert set(resolve_conflict(text).copies) == {"https://x.go.th/a", "https://x.go.th/b"}
    for cut in (text[:-20], text.replace("=======\n", ""), text.replace('"size": 9', "")):
        with pytest.raises(DamagedCopiesError) as caught:
            resolve_conflict(cut)
        assert caught.value.conflict
