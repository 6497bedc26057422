"""Link verdicts: the closed set of answers to "is the document behind this address there?".

"Cannot tell" is an answer here: what is blocked or temporary is never called broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What one check of one address found."""

    OK = "ok"
    """The document is there."""
    MOVED = "moved"
    """A permanent redirect (301, 308) leads to a document."""
    MOVED_HOME = "moved_home"
    """A redirect leads to a home page instead of the document."""
    SOFT_MISSING = "soft_missing"
    """Answered 200, but with the site's "not found" page."""
    WRONG_CONTENT = "wrong_content"
    """A document's address answers with something else: a login page, HTML, an archive."""
    EMPTY = "empty"
    """Answered 200 with nothing in it."""
    SUSPECT = "suspect"
    """Truncated, reset half-way, or garbled on the way."""
    BROKEN = "broken"
    """404, 410, another final 4xx, a redirect loop, a redirect to nowhere."""
    TEMPORARY = "temporary"
    """429, 5xx, time-out, refused, reset, an answer that is not HTTP."""
    DNS = "dns"
    """The host's name does not resolve."""
    TLS = "tls"
    """The certificate or the encryption is not acceptable."""
    BLOCKED = "blocked"
    """The site does not accept automatic checks: 401, 403, 406, 451, a challenge, a login."""
    NOT_CHECKED = "not_checked"
    """Not an http(s) address, or robots.txt asks not to fetch it."""
    UNSAFE = "unsafe"
    """Leads to a non-public address, a local file, or carries credentials."""
    INVALID = "invalid"
    """Not an address at all."""
    UNCHECKED = "unchecked"
    """Waits for its first check."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader is told, with a sign that does not depend on colour."""

    th: str
    en: str
    sign: str


_REACHABLE = Words("เปิดได้", "Opens", "✓")
_LOOK = Words("ควรตรวจด้วยคน", "Needs a person to look", "?")
_UNREACHABLE = Words("เข้าไม่ได้ในขณะตรวจ", "Could not be reached when checked", "!")
_MISSING = Words("ไม่พบเอกสาร", "Document not found", "✗")
_NOT_PUBLISHED = Words("ไม่เผยแพร่เป็นลิงก์", "Not published as a link", "✗")

_WORDS: dict[Verdict, Words] = {
    Verdict.OK: _REACHABLE,
    Verdict.MOVED: Words("เปิดได้ (ย้ายที่อยู่)", "Opens (moved)", "✓"),
    Verdict.MOVED_HOME: _LOOK,
    Verdict.SOFT_MISSING: _LOOK,
    Verdict.WRONG_CONTENT: _LOOK,
    Verdict.EMPTY: _LOOK,
    Verdict.SUSPECT: _LOOK,
    Verdict.BROKEN: _MISSING,
    Verdict.TEMPORARY: _UNREACHABLE,
    Verdict.DNS: Words(
        "เข้าไม่ได้ในขณะตรวจ (ไม่พบชื่อเว็บไซต์)", "Could not be reached (no such host)", "!"
    ),
    Verdict.TLS: Words(
        "เข้าไม่ได้ในขณะตรวจ (ใบรับรองความปลอดภัย)", "Could not be reached (certificate)", "!"
    ),
    Verdict.BLOCKED: Words(
        "เว็บไซต์ไม่รับการตรวจอัตโนมัติ", "The site does not accept automatic checks", "?"
    ),
    Verdict.NOT_CHECKED: Words("ไม่ได้ตรวจ", "Not checked", "–"),
    Verdict.UNSAFE: _NOT_PUBLISHED,
    Verdict.INVALID: _NOT_PUBLISHED,
    Verdict.UNCHECKED: Words("ยังไม่ได้ตรวจ", "Not checked yet", "–"),
}


def words_for(verdict: Verdict) -> Words:
    """The reader's words for a verdict."""
    return _WORDS[verdict]


NOT_PUBLISHED = frozenset({Verdict.UNSAFE, Verdict.INVALID})
"""Verdicts whose address stands on the page as text, never as a link."""

TO_MEND = frozenset({Verdict.BROKEN, Verdict.UNSAFE, Verdict.INVALID})
"""Verdicts that a person has to mend: `verify-links` ends with exit code 1."""
