"""The link ledger: what every check of every address found, kept in git as `measures/links.json`.

The text form is sorted and indented so that a change is a small diff and two branches merge.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from site_builder.causes import Cause
from site_builder.verdicts import Verdict

VERSION = 1
BROKEN_STREAK = 2
"""A single failed check is never called broken on the page: it takes this many ..."""
STREAK_GAP = timedelta(hours=20)
"""... at least this far apart, so that one bad night is one failure."""


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


class Acknowledgement(BaseModel):
    """A person has opened the link by hand and takes what was found as it is, for a time."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    reason: str
    on: date
    until: date
    """The last day on which it holds."""


class Entry(BaseModel):
    """The ledger's line on one address."""

    model_config = ConfigDict(frozen=True, extra="ignore")

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


class Ledger(BaseModel):
    """All entries, by the address as written in the YAML files."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int = VERSION
    links: Mapping[str, Entry] = Field(default_factory=dict)

    def shown_verdict(self, url: str) -> Verdict:
        """What a reader is told about this address; `unchecked` where nothing is known yet."""
        entry = self.links.get(url)
        return entry.shown_verdict if entry else Verdict.UNCHECKED


class DamagedLedgerError(ValueError):
    """The ledger's text cannot be read; it must not be overwritten."""


def read_ledger(text: str) -> Ledger:
    """Read the ledger's text.

    Raises:
        DamagedLedgerError: not JSON, or not a ledger; the message says what and where.
    """
    try:
        ledger = TypeAdapter(Ledger).validate_python(json.loads(text))
    except json.JSONDecodeError as error:
        raise DamagedLedgerError(f"{error.lineno}:{error.colno}: {error.msg}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DamagedLedgerError(f"{where}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all bounds
        raise DamagedLedgerError(str(error)) from error
    if ledger.version > VERSION:
        raise DamagedLedgerError(f"version {ledger.version} > {VERSION}")
    return ledger


def write_ledger(ledger: Ledger) -> str:
    """The ledger's text: sorted, one field a line, Thai legible, a newline at the end."""
    plain = {
        "version": ledger.version,
        "links": {
            url: entry.model_dump(mode="json", exclude_none=True)
            for url, entry in sorted(ledger.links.items())
        },
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def enter(ledger: Ledger, findings: Collection[Finding], now: datetime) -> Ledger:
    """The ledger after a run at `now`: one entry for each finding, none for what is gone."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    return Ledger(
        links={
            finding.url: _entry(ledger.links.get(finding.url), finding, moment)
            for finding in findings
        }
    )


def _entry(before: Entry | None, finding: Finding, now: datetime) -> Entry:
    same = before is not None and before.verdict == finding.verdict
    streak, since, counted = 1, now, now
    if before is not None and same:
        since = before.since
        last_counted = before.counted or before.since
        counts = now - last_counted >= STREAK_GAP
        streak = before.streak + 1 if counts else before.streak
        counted = now if counts else last_counted
    reachable = finding.verdict in {Verdict.OK, Verdict.MOVED}
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
        size=finding.size,
        sha256=finding.sha256,
    )
