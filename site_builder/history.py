"""When files of a project were last changed, as far as git can tell.

A value that says what is known: a clone may hold the newest history alone, a preview may show what
nobody has committed yet, and outside git nothing is known. Who made a change is never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

ChangeKind = Literal["added", "changed", "removed", "renamed"]


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest commit that is known to have touched a file."""

    moment: datetime
    commit: str
    is_exact: bool = True
    """False where the history in this clone ends: the change was made then, or earlier."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit did to the file of one measure."""

    kind: ChangeKind
    path: str
    """Below the project; the name that a renamed file has since."""
    moment: datetime
    commit: str
    was: str | None = None
    """The name of a renamed file before."""


class Known(StrEnum):
    """What is known of the day on which something was last changed."""

    UPDATED = "updated"
    """That day."""
    UNCHANGED_SINCE = "unchanged-since"
    """That it was not changed after that day; when before is beyond what this clone holds."""
    NOT_COMMITTED = "not-committed"
    """It is being edited: what is shown is not what git has."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Age:
    """When something was last changed; the moment is there where the kind speaks of a day."""

    known: Known
    moment: datetime | None = None


UNKNOWN = Age(Known.NOTHING)


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of a project's files, by their paths below it; at first nothing."""

    last: Mapping[str, LastChange] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    """What happened to files of measures, newest first."""
    is_whole: bool = False
    """Whether every commit was read; else what is not named here may have changed earlier."""
    uncommitted: frozenset[str] = frozenset()
    """Files that differ from the newest commit, or that git does not have at all."""

    def age(self, paths: Iterable[str]) -> Age:
        """When what is made from these files was last changed."""
        wanted = tuple(paths)
        if not self.uncommitted.isdisjoint(wanted):
            return Age(Known.NOT_COMMITTED)
        found = [self.last[path] for path in wanted if path in self.last]
        # One that git does not have, or holds in a repository of its own, may be the newest.
        if not found or len(found) < len(wanted):
            return UNKNOWN
        # Of two at one moment the exact one says more.
        newest = max(found, key=lambda change: (change.moment, change.is_exact))
        known = Known.UPDATED if newest.is_exact else Known.UNCHANGED_SINCE
        return Age(known, newest.moment)

    def latest_changes(self, at_most: int) -> tuple[Change, ...]:
        """The newest change of each measure, newest first: many small edits are told once."""
        told: list[Change] = []
        seen: set[str | None] = set()
        for change in self.changes:
            if change.path not in seen:
                told.append(change)
            # What happened before under the old name happened to the same measure.
            seen |= {change.path, change.was}
        return tuple(told[:at_most])


_HISTORY_OF = (
    (re.compile(r"(/.+)/-/edit/(.+)"), "/-/commits/"),  # GitLab
    (re.compile(r"(/.+)/_edit/(.+)"), "/commits/branch/"),  # Gitea, Forgejo
    (re.compile(r"(/[^/]+/[^/]+)/edit/(.+)"), "/commits/"),  # GitHub
)


def history_address(edit_address: str) -> str | None:
    """Where the changes of a file are listed, by the address that edits it; None where unknown."""
    parts = urlsplit(edit_address)
    if parts.query or parts.fragment:
        return None
    for pattern, listing in _HISTORY_OF:
        if found := pattern.fullmatch(parts.path):
            return urlunsplit(parts._replace(path=f"{found[1]}{listing}{found[2]}"))
    return None
