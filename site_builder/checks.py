"""Checks as they are published: what an entry of the ledger tells readers, and what it keeps back.

Pages and data files tell the same, since both ask here.
"""

from __future__ import annotations

from datetime import date, datetime

from site_builder import addresses, thai
from site_builder.causes import Cause
from site_builder.ledger import Entry
from site_builder.verdicts import NOT_PUBLISHED, Verdict

OLD_AFTER_DAYS = 30
"""A result that is older than this says so."""
REACHABLE = frozenset({Verdict.OK, Verdict.MOVED})
"""Verdicts whose document was there."""


def is_old(checked: datetime, today: date) -> bool:
    """Whether a check was too long ago to be told without saying so."""
    return (today - thai.day_of(checked)).days > OLD_AFTER_DAYS


def waits_for_second_look(entry: Entry) -> bool:
    """Whether this is a first failure, which is not called broken until it is found again."""
    return entry.shown_verdict is not entry.verdict


def told_cause(entry: Entry) -> Cause | None:
    """The cause as readers are told it: a first failure must not be told by its cause either."""
    return None if waits_for_second_look(entry) else entry.cause


def final_address(url: str, entry: Entry) -> str | None:
    """Where redirects ended, where that is elsewhere and may be published as a link.

    A server chooses this address, and the office has never seen it: one with a password in it, in
    somebody's own network, or of a scheme other than http(s) is kept back.
    """
    final = entry.final_url
    if final is None or final == url or entry.verdict in NOT_PUBLISHED:
        return None
    if addresses.refusal(final) or not addresses.names_public_host(final):
        return None
    return final


def is_acknowledged(entry: Entry, today: date) -> bool:
    """Whether a person has opened the link by hand, and that still holds on this day."""
    return entry.acknowledged is not None and entry.acknowledged.holds_on(today)
