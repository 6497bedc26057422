"""The link ledger: what every check of every address found, kept in git as `measures/links.json`.

The text form is sorted and indented so that a change is a small diff and two branches merge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
)

from site_builder.causes import Cause
from site_builder.records import DamagedError, both_sides, read_record
from site_builder.verdicts import Verdict

VERSION = 1
BROKEN_STREAK = 2
"""A single failed check is never called broken on the page: it takes this many ..."""
STREAK_GAP = timedelta(hours=20)
"""... at least this far apart, so that one bad night is one failure."""
REACHABLE = frozenset({Verdict.OK, Verdict.MOVED})
"""Verdicts of a document that opens."""
LONGEST_ACKNOWLEDGEMENT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check of one address found, before it is entered in the ledger."""

    url: str
    """The address as written in the YAML file."""
    verdict: Verdict
    status: int | None = None
    """The final HTTP status; None where no answer came."""
    final_url: str | None = None
    """Where redirects ended; None where there were none."""
    cause: Cause | None = None
    note: str | None = None
    """The cause in a technician's words, for whoever runs the site."""
    chain: tuple[str, ...] = ()
    """Every redirect in order, as `301 https://…`; empty where there was none."""
    content_type: str | None = None
    """The media type of the body: what it is, not what the header says."""
    size: int | None = None
    """Bytes of the whole document, where that is known."""
    sha256: str | None = None
    """Of the first 64 KB of a document; None for web pages, which change by themselves."""
    tries: int = 1
    """How often this run asked."""


class _Kept(BaseModel):
    """What stands in the ledger; what a newer version wrote into it is carried along."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, JsonValue]


class Acknowledgement(_Kept):
    """A person has opened the link by hand and takes what was found as it is, for a time."""

    reason: str
    on: date
    until: date
    """The last day on which it holds."""

    def holds_on(self, day: date) -> bool:
        """Whether it is in force: for a year at most, whatever was written by hand."""
        # Whoever writes it and whoever reads it may stand in two time zones.
        since = day - self.on
        return day <= self.until and timedelta(days=-1) <= since <= LONGEST_ACKNOWLEDGEMENT


class Entry(_Kept):
    """The ledger's line on one address."""

    verdict: Verdict
    status: int | None = None
    first_seen: AwareDatetime
    last_checked: AwareDatetime
    last_ok: AwareDatetime | None = None
    since: AwareDatetime
    """When this verdict was first found; unchanged while it stays the same."""
    streak: int = Field(1, ge=1)
    """Checks in a row with this verdict, counted only when `STREAK_GAP` apart."""
    counted: AwareDatetime | None = None
    """The last check that counted towards the streak."""
    final_url: str | None = None
    cause: Cause | None = None
    note: str | None = None
    chain: tuple[str, ...] = ()
    content_type: str | None = None
    size: int | None = None
    """Of the document that opened last, as `sha256` is."""
    sha256: str | None = None
    content_since: AwareDatetime | None = None
    """When this content was first found, where it replaced another."""
    vantage: str | None = None
    """Where it was checked from, in the words of whoever runs the check."""
    checker: str | None = None
    """What it was checked with, `prongsai 0.2 LinkChecker 10.6.0`."""
    acknowledged: Acknowledgement | None = None

    @property
    def shown_verdict(self) -> Verdict:
        """The verdict that a reader sees: "broken" only after a streak."""
        if self.verdict is Verdict.BROKEN and self.streak < BROKEN_STREAK:
            return Verdict.TEMPORARY
        return self.verdict


class Ledger(_Kept):
    """All entries, by the address as written in the YAML files."""

    version: int = VERSION
    links: Mapping[str, Entry] = Field(default_factory=dict)

    def shown_verdict(self, url: str) -> Verdict:
        """What a reader is told about this address; `unchecked` where nothing is known yet."""
        entry = self.links.get(url)
        return entry.shown_verdict if entry else Verdict.UNCHECKED


class DamagedLedgerError(DamagedError):
    """The ledger's text cannot be read, it must not be overwritten; the message says why."""


def read_ledger(text: str) -> Ledger:
    """Read the ledger's text.

    Raises:
        DamagedLedgerError: not JSON, or not a ledger.
    """
    return read_record(text, Ledger, VERSION, DamagedLedgerError)


def write_ledger(ledger: Ledger) -> str:
    """The ledger's text: sorted, one field a line, Thai legible, a newline at the end."""
    plain = {
        **_plain(ledger, leave_out={"links"}),
        "links": {url: _plain(entry) for url, entry in sorted(ledger.links.items())},
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _plain(value: BaseModel, leave_out: Collection[str] = ()) -> dict[str, JsonValue]:
    return value.model_dump(mode="json", exclude_none=True, exclude=set(leave_out))


def fresh_for(url: str) -> timedelta:
    """How long a good finding holds: a week, give or take two days by the address alone.

    So links that were entered on one day fall due on different ones.
    """
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()
    return timedelta(days=5 + 4 * int.from_bytes(digest[:4]) / 2**32)


def enter(  # noqa: PLR0913 - all that is known of a run
    ledger: Ledger,
    findings: Collection[Finding],
    now: datetime,
    *,
    vantage: str | None = None,
    checker: str | None = None,
    gone: Collection[str] = (),
) -> Ledger:
    """The ledger after a run at `now`.

    What was not checked stays as it is, but for the addresses that are `gone`: no measure has them
    any more. An entry that would say the same but for its dates stays too, while it is fresh, so
    that a night on which nothing happened changes nothing.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    links = dict(ledger.links)
    for url in gone:
        links.pop(url, None)
    for finding in findings:
        before = ledger.links.get(finding.url)
        after = _entry(before, finding, moment, vantage, checker)
        if before is None or not _says_the_same(finding.url, before, after):
            links[finding.url] = after
    return ledger.model_copy(update={"links": links})


_SOFT = frozenset({"last_checked", "last_ok", "counted", "vantage", "checker", "note"})
"""Fields that alone are no news. A note may hold a number of seconds."""


def _says_the_same(url: str, before: Entry, after: Entry) -> bool:
    if not timedelta(0) <= after.last_checked - before.last_checked < fresh_for(url):
        return False
    soft = set(_SOFT)
    if after.verdict in REACHABLE | {Verdict.NOT_CHECKED, Verdict.BLOCKED}:
        soft.add("streak")  # nobody counts how often a document was there, or a site said no
    if after.sha256 is None:
        soft.add("size")  # web pages change by themselves
    return _plain(before, leave_out=soft) == _plain(after, leave_out=soft)


def _entry(
    before: Entry | None, finding: Finding, now: datetime, vantage: str | None, checker: str | None
) -> Entry:
    streak, since, counted = 1, now, now
    if before is not None and before.verdict == finding.verdict:
        since = before.since
        # A clock that was ahead must not hold up the count.
        last_counted = min(before.counted or before.since, now)
        counts = now - last_counted >= STREAK_GAP
        streak = before.streak + 1 if counts else before.streak
        counted = now if counts else last_counted
    reachable = finding.verdict in REACHABLE
    size, sha256 = finding.size, finding.sha256
    content_since = before.content_since if before else None
    if before is not None and before.sha256 is not None:
        if not reachable:
            # What answered is not the document: the one that opened last is still remembered.
            size, sha256 = before.size, before.sha256
        elif sha256 is None:
            content_since = None
        elif _is_another(before, finding):
            content_since = now
    kept = {} if before is None else {**before.__pydantic_extra__}
    return Entry(
        verdict=finding.verdict,
        status=finding.status,
        first_seen=before.first_seen if before else now,
        last_checked=now,
        last_ok=now if reachable else (before.last_ok if before else None),
        since=since,
        streak=streak,
        counted=counted,
        final_url=finding.final_url,
        cause=finding.cause,
        note=finding.note,
        chain=finding.chain,
        content_type=finding.content_type,
        size=size,
        sha256=sha256,
        content_since=content_since,
        vantage=vantage,
        checker=checker,
        acknowledged=before.acknowledged if before else None,
        **kept,
    )


def _is_another(before: Entry, finding: Finding) -> bool:
    """Whether a document is not the one that opened last; one unknown size is no difference."""
    sizes = {before.size, finding.size} - {None}
    return before.sha256 != finding.sha256 or len(sizes) > 1


def acknowledge(ledger: Ledger, url: str, said: Acknowledgement | None) -> Ledger:
    """The ledger with an acknowledgement of one of its addresses, or without one.

    Raises:
        KeyError: the ledger has no such address.
    """
    entry = ledger.links[url].model_copy(update={"acknowledged": said})
    return ledger.model_copy(update={"links": {**ledger.links, url: entry}})


def merge(one: Ledger, other: Ledger) -> Ledger:
    """Two ledgers as one: of each address the freshest entry, and nothing is lost.

    The first day, the last good day and an acknowledgement survive from either side.
    """
    both = {
        url: _merged(entry, one.links[url])
        for url, entry in other.links.items()
        if url in one.links
    }
    links = {**one.links, **other.links, **both}
    extra = {**one.__pydantic_extra__, **other.__pydantic_extra__}
    return Ledger(version=max(one.version, other.version), links=links, **extra)


def _merged(one: Entry, other: Entry) -> Entry:
    def age(entry: Entry) -> tuple[datetime, str]:
        # What was checked at one moment is ordered by its text: both sides get the same answer.
        return entry.last_checked, json.dumps(_plain(entry, leave_out=joined))

    joined = {"first_seen", "last_ok", "acknowledged"}
    freshest = max(one, other, key=age)
    good = [entry.last_ok for entry in (one, other) if entry.last_ok]
    said = [entry.acknowledged for entry in (one, other) if entry.acknowledged]
    return freshest.model_copy(
        update={
            "first_seen": min(one.first_seen, other.first_seen),
            "last_ok": max(good, default=None),
            "acknowledged": max(
                said, key=lambda each: (each.on, each.until, json.dumps(_plain(each))), default=None
            ),
        }
    )


def resolve_conflict(text: str) -> Ledger:
    """The ledger behind git's conflict marks: both sides, merged address by address.

    Raises:
        DamagedLedgerError: a side is no ledger, or a mark is missing.
    """
    return merge(*both_sides(text, read_ledger, DamagedLedgerError))
