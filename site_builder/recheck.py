"""Which links a run asks for: those that may have changed, and the others about once a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from site_builder.ledger import REACHABLE, Entry, fresh_for
from site_builder.verdicts import Verdict

_SETTLED = REACHABLE | {Verdict.NOT_CHECKED}
"""Verdicts that hold for a while; any other is looked at again on each run."""


def is_due(url: str, entry: Entry | None, now: datetime) -> bool:
    """Whether an address is checked now: unknown, not well when last seen, or not fresh."""
    if entry is None or entry.verdict not in _SETTLED:
        return True
    # A date to come is the mistake of a clock, and proves nothing.
    return not timedelta(0) <= now - entry.last_checked < fresh_for(url)
