"""Copies of evidence: which ones an office has kept, listed in git as `measures/snapshots.json`.

The text form is sorted and indented so that a change is a small diff and two branches merge. The
documents themselves stand in web archives (WARC files) elsewhere; the list says in which.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
)

from site_builder.records import DamagedError, both_sides, read_record
from site_builder.thai import Digits, day_of, write_date

VERSION = 1
SIGHT_HOLDS = timedelta(days=7)
"""A document that is seen unchanged is noted so once a week, not with each run."""
_SHOWN = 12
"""Characters of a digest that readers are shown: enough to find it, and to compare."""


_OLD_OFFICE = "application/x-ole-storage"
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: Mapping[str, tuple[str, ...]] = {
    "pdf": ("application/pdf",),
    "word": (f"{_OFFICE}wordprocessingml.document", _OLD_OFFICE, "application/rtf"),
    "excel": (f"{_OFFICE}spreadsheetml.sheet", _OLD_OFFICE),
    "powerpoint": (f"{_OFFICE}presentationml.presentation", _OLD_OFFICE),
    "opendocument": ("application/vnd.oasis.opendocument.",),
    "image": ("image/jpeg", "image/png", "image/gif"),
    "html": ("text/html",),
}
"""What an office calls kinds of documents, and how their media types begin. The files of old
Office programs do not tell at their beginning which of them wrote them."""
USUAL_TYPES = tuple(name for name in TYPES if name != "html")
"""Documents are kept; web pages change by themselves, and only who asks keeps them."""


def is_wanted(content_type: str, types: Collection[str]) -> bool:
    """Whether a media type is one of these kinds of documents."""
    return any(content_type.startswith(TYPES[name]) for name in types)


def type_name(content_type: str) -> str:
    """The kind of a document; its media type where there is no word for it."""
    return next((name for name in TYPES if is_wanted(content_type, (name,))), content_type)


class _Kept(BaseModel):
    """What stands in the list; what a newer version wrote into it is carried along."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, JsonValue]


class Copy(_Kept):
    """One document as it was on one day."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the whole document."""
    size: int = Field(ge=0)
    content_type: str
    """The media type by the document's own first bytes, not by the header."""
    on: AwareDatetime
    """When it was fetched."""
    seen: AwareDatetime | None = None
    """When it was last seen unchanged, where that was later."""
    # A plain name: a list that comes from elsewhere must not lead out of the folder.
    file: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,99}\.warc\.gz$")
    """The web archive that holds it: a name in the folder of the copies."""
    final_url: str | None = None
    """Where redirects ended; None where there were none."""

    @property
    def last_seen(self) -> datetime:
        """When the document at the address was last known to be this one."""
        return max(self.on, self.seen) if self.seen else self.on


class Copies(_Kept):
    """All copies, by the address as written in the YAML files; the newest of each comes last."""

    version: int = VERSION
    copies: Mapping[str, Annotated[tuple[Copy, ...], Field(min_length=1)]] = Field(
        default_factory=dict
    )

    def newest(self) -> dict[str, Copy]:
        """The newest copy of each address."""
        return {url: kept[-1] for url, kept in self.copies.items()}

    def by_content(self) -> dict[str, tuple[str, Copy]]:
        """For each content the address and the copy under which it was first kept."""
        pairs = [(url, copy) for url, kept in self.copies.items() for copy in kept]
        pairs.sort(key=lambda pair: (pair[1].on, pair[0]), reverse=True)
        return {copy.sha256: (url, copy) for url, copy in pairs}


@dataclass(frozen=True, slots=True)
class Sight:
    """A document that was fetched whole: what its address has now, and where that is kept."""

    url: str
    """The address as written in the YAML file."""
    copy: Copy


class DamagedCopiesError(DamagedError):
    """The list cannot be read, it must not be overwritten; the message says why."""


def read_copies(text: str) -> Copies:
    """Read the list's text.

    Raises:
        DamagedCopiesError: not JSON, or not such a list.
    """
    return read_record(text, Copies, VERSION, DamagedCopiesError)


def write_copies(copies: Copies) -> str:
    """The list's text: sorted, one field a line, a newline at the end."""
    plain = {
        **copies.model_dump(mode="json", exclude_none=True, exclude={"copies"}),
        "copies": {
            url: [copy.model_dump(mode="json", exclude_none=True) for copy in kept]
            for url, kept in sorted(copies.copies.items())
        },
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def enter(
    copies: Copies, sights: Collection[Sight], now: datetime, lost: Collection[str] = ()
) -> Copies:
    """The list after a run at `now`. No copy that it had is ever dropped.

    A document that is the newest copy is seen once more; another one becomes the newest. Of the
    files that are `lost`, what was kept again is henceforth looked for where it is now.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    again = {sight.copy.sha256: sight.copy.file for sight in sights}
    held = {url: tuple(_found(c, again, lost) for c in kept) for url, kept in copies.copies.items()}
    for sight in sights:
        before = held.get(sight.url, ())
        if before and before[-1].sha256 == sight.copy.sha256:
            held[sight.url] = (*before[:-1], _seen(before[-1], moment))
        else:
            held[sight.url] = (*before, sight.copy)
    return copies.model_copy(update={"copies": held})


def _found(copy: Copy, again: Mapping[str, str], lost: Collection[str]) -> Copy:
    file = again.get(copy.sha256, copy.file) if copy.file in lost else copy.file
    return copy if file == copy.file else copy.model_copy(update={"file": file})


def _seen(copy: Copy, now: datetime) -> Copy:
    if now - copy.last_seen < SIGHT_HOLDS:
        return copy
    return copy.model_copy(update={"seen": now})


def merge(one: Copies, other: Copies) -> Copies:
    """Two lists as one: of each address the copies of both, what was seen last coming last.

    No content is lost. What both have fetched by itself is one copy, the earlier.
    """
    links = {
        url: _joined([*one.copies.get(url, ()), *other.copies.get(url, ())])
        for url in (*one.copies, *other.copies)
    }
    extra = {**one.__pydantic_extra__, **other.__pydantic_extra__}
    return Copies(version=max(one.version, other.version), copies=links, **extra)


def _joined(copies: Collection[Copy]) -> tuple[Copy, ...]:
    fetched: dict[tuple[str, datetime], Copy] = {}
    for copy in sorted(copies, key=_text_of):
        before = fetched.setdefault((copy.sha256, copy.on), copy)
        fetched[copy.sha256, copy.on] = _as_seen(before, copy.last_seen)
    joined: list[Copy] = []
    for copy in sorted(fetched.values(), key=lambda one: (one.last_seen, one.on, _text_of(one))):
        if joined and joined[-1].sha256 == copy.sha256:
            first = min(joined.pop(), copy, key=lambda one: (one.on, _text_of(one)))
            joined.append(_as_seen(first, copy.last_seen))
        else:
            joined.append(copy)
    return tuple(joined)


def _as_seen(copy: Copy, moment: datetime) -> Copy:
    return copy if moment <= copy.last_seen else copy.model_copy(update={"seen": moment})


def _text_of(copy: Copy) -> str:
    """Orders what was fetched at one moment: both sides get the same answer."""
    return json.dumps(copy.model_dump(mode="json"), sort_keys=True)


def resolve_conflict(text: str) -> Copies:
    """The list behind git's conflict marks: both sides, merged address by address.

    Raises:
        DamagedCopiesError: a side is no such list, or a mark is missing.
    """
    return merge(*both_sides(text, read_copies, DamagedCopiesError))


def told(copy: Copy, language: Literal["th", "en"] = "th", digits: Digits = "arabic") -> str:
    """What a reader is told of a copy, beside the link."""
    lead = {"th": "มีสำเนา", "en": "a copy is kept"}[language]
    return f"{lead} ({described(copy, language, digits)})"


def described(copy: Copy, language: Literal["th", "en"] = "th", digits: Digits = "arabic") -> str:
    """A copy in few words: the start of its digest, and the day on which it was fetched."""
    start, day = copy.sha256[:_SHOWN], day_of(copy.on)
    if language == "th":
        return f"SHA-256 {start}…, เก็บเมื่อ {write_date(day, digits)}"
    return f"SHA-256 {start}…, fetched {day.isoformat()}"
