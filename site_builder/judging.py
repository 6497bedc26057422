"""Judging links: what an address, its host or LinkChecker's row says about the document there.

Pure: nothing here asks a name server or sends a request. Where the facts cannot tell, the verdict
is `temporary`, never `broken`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from site_builder.addresses import (
    CHECKED_SCHEMES,
    Address,
    Network,
    host_of,
    is_public,
    refusal,
)
from site_builder.ledger import Finding
from site_builder.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed."""

    url: str
    """Where it led."""
    status: int
    """How the server sent it: 301, 302, 303, 307 or 308."""


@dataclass(frozen=True, slots=True)
class Row:
    """What LinkChecker tells of one address, in its own words (English)."""

    url: str
    """The address as it was handed to LinkChecker, or as it stands in the page."""
    parent: str | None = None
    """The page that links to it; None for an address from the list."""
    real_url: str = ""
    """The address that answered, after LinkChecker's rewriting and all redirects."""
    valid: bool = False
    result: str = ""
    """`404 Not Found`, or the name and text of an exception, cut at 240 characters."""
    size: int | None = None
    """The announced length of the body in bytes; None where it was not announced."""
    warnings: tuple[str, ...] = ()
    infos: tuple[str, ...] = ()

    @property
    def status(self) -> int | None:
        """The final HTTP status; None where no answer came."""
        found = re.match(r"(\d{3})\b", self.result)
        return int(found[1]) if found else None

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The redirects that were followed, in order."""
        found = (_REDIRECTED.match(warning) for warning in self.warnings)
        return tuple(Hop(match["url"], int(match["status"])) for match in found if match)


_REDIRECTED = re.compile(r"Redirected to `(?P<url>.*)' status: (?P<status>\d{3})\b")
_ROBOTS = "denied by robots.txt"

_BLOCKED = frozenset({401, 403, 406, 407, 451})
_LATER = frozenset({408, 421, 425, 429})
_PERMANENT = frozenset({301, 308})

_NO_SUCH_HOST = re.compile(
    r"NameResolutionError|Failed to resolve|getaddrinfo|Hostname not found|Bad hostname"
)
_NO_ADAPTER = re.compile(r"InvalidSchema: No connection adapters were found for ['\"](\S*)")

# LinkChecker decodes these and sends another address: "//" and "\" become "/", "%2F" too.
_RESHAPED = re.compile(r"//|\\|%2f|%5c", re.IGNORECASE)

_HOME_PATH = re.compile(
    r"/?((th|tha|thai|en|eng|english)/?)?((index|home|main|default)(\.[a-z]{2,5})?/?)?",
    re.IGNORECASE,
)
_HOME_VALUE = re.compile(r"(index|home|main|th|tha|thai|en|eng|english)?", re.IGNORECASE)
_LOGIN = re.compile(
    r"(?<![a-z])(log|sign)[-_]?in(?![a-z])|servicelogin|(?<![a-z])sso(?![a-z])", re.IGNORECASE
)


def request_for(url: str) -> str:
    """The address to ask for so as to check a publishable http(s) address: one for each document.

    Without the fragment, which is never sent, and with an ASCII host: LinkChecker cannot encode a
    Thai host that has a port.

    Raises:
        ValueError: the host cannot be written in ASCII (a label of more than 63 bytes), or the
            address not in UTF-8 (half a surrogate pair).
    """
    document = url.partition("#")[0]
    document.encode()
    netloc = urlsplit(document).netloc
    if netloc.isascii():
        return document
    host, colon, port = netloc.partition(":")
    return document.replace(netloc, host.encode("idna").decode("ascii") + colon + port, 1)


def judge_address(url: str) -> Finding | None:
    """The finding that the address alone allows; None where its host has to be looked at."""
    if refused := refusal(url):
        verdict = Verdict.UNSAFE if refused.unsafe else Verdict.INVALID
        return Finding(url, verdict, note=refused.fault)
    if url.partition(":")[0].lower() not in CHECKED_SCHEMES:
        return Finding(url, Verdict.NOT_CHECKED, note="not an http(s) address")
    try:
        request_for(url)
    except ValueError as error:
        return Finding(url, Verdict.INVALID, note=str(error))
    return None


def judge_host(
    url: str, addresses: Collection[Address] | None, allow: Collection[Network]
) -> Finding | None:
    """The finding that makes a request needless or forbidden; None where it may be sent.

    `addresses` is all that the host resolves to now: empty where there is no such name, None where
    the name servers gave no answer. One address neither public nor in an allowed network is enough
    to forbid the request.
    """
    if addresses is None:
        return Finding(url, Verdict.TEMPORARY, note="no answer from the name servers")
    if not addresses:
        return Finding(url, Verdict.DNS, note="no such host")
    for address in sorted(addresses, key=str):
        if not is_public(address) and not any(address in network for network in allow):
            return Finding(url, Verdict.UNSAFE, note=f"not a public address: {address}")
    return None


def judge_row(url: str, row: Row | None) -> Finding:
    """The finding for an address that was handed to LinkChecker as `request_for(url)`.

    No row means that LinkChecker gave no answer: it crashed on this address, or was stopped.
    """
    if row is None:
        return Finding(url, Verdict.TEMPORARY, note="no result from LinkChecker")
    verdict, note = _judge(url, row)
    if not _sent_as_written(url):
        if verdict in {Verdict.OK, Verdict.MOVED}:
            note = _joined(note, "checked in another spelling of the address")
        elif verdict in {Verdict.BROKEN, Verdict.EMPTY, Verdict.MOVED_HOME}:
            verdict = Verdict.TEMPORARY
            note = _joined(note, "but LinkChecker cannot send this address as written")
    final_url = row.hops[-1].url if row.hops else None
    return Finding(url, verdict, status=row.status, final_url=final_url, note=note)


def _judge(url: str, row: Row) -> tuple[Verdict, str | None]:
    if any(_ROBOTS in info for info in row.infos):
        return Verdict.NOT_CHECKED, "robots.txt asks not to fetch it, or is itself forbidden"
    if row.status is None:
        return _judge_failure(row.result), row.result or None
    if 200 <= row.status < 300:
        if row.status in {204, 205} or row.size == 0:
            return Verdict.EMPTY, None
        return _judge_redirects(url, row.hops)
    return _judge_status(row.status), row.result[3:].strip() or None


def _judge_status(status: int) -> Verdict:
    if status in _BLOCKED:
        return Verdict.BLOCKED
    if 300 <= status < 500 and status not in _LATER:
        return Verdict.BROKEN  # a final 3xx is a redirect to nowhere
    return Verdict.TEMPORARY


def _judge_failure(result: str) -> Verdict:
    if result.startswith("TooManyRedirects"):
        return Verdict.BROKEN
    if result.startswith("SSLError"):
        return Verdict.TLS
    if _NO_SUCH_HOST.search(result):
        return Verdict.DNS
    if other_scheme := _NO_ADAPTER.match(result):
        refused = refusal(other_scheme[1])
        return Verdict.UNSAFE if refused and refused.unsafe else Verdict.TEMPORARY
    return Verdict.TEMPORARY


def _judge_redirects(url: str, hops: tuple[Hop, ...]) -> tuple[Verdict, str | None]:
    if not hops or hops[-1].url == request_for(url):
        return Verdict.OK, None  # no redirect, or one to itself that sets a cookie
    final = hops[-1].url
    if _LOGIN.search(urlsplit(final).path) and not _LOGIN.search(urlsplit(url).path):
        return Verdict.BLOCKED, "redirects to a login"
    if _is_home(final) and not (_is_home(url) and _same_site(url, final)):
        return Verdict.MOVED_HOME, "redirects to a home page"
    downgrade = "leaves https" if _leaves_https(url, hops) else None
    if all(hop.status in _PERMANENT for hop in hops):
        return Verdict.MOVED, downgrade
    return Verdict.OK, _joined("redirects for now", downgrade)


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    values = (value for _name, value in parse_qsl(parts.query, keep_blank_values=True))
    return bool(_HOME_PATH.fullmatch(parts.path)) and all(map(_HOME_VALUE.fullmatch, values))


def _same_site(one: str, other: str) -> bool:
    site, other_site = (host_of(request_for(url)).removeprefix("www.") for url in (one, other))
    return site == other_site


def _leaves_https(url: str, hops: tuple[Hop, ...]) -> bool:
    return urlsplit(url).scheme == "https" and urlsplit(hops[-1].url).scheme == "http"


def _sent_as_written(url: str) -> bool:
    """Whether LinkChecker asks for this very address; it decodes all it gets as UTF-8."""
    parts = urlsplit(url)
    try:
        unquote(f"{parts.path}?{parts.query}", errors="strict")
    except UnicodeDecodeError:
        return False  # percent-encoded TIS-620
    return not _RESHAPED.search(parts.path)


def _joined(*notes: str | None) -> str | None:
    return ", ".join(filter(None, notes)) or None
