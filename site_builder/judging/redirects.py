"""What the end of a redirect says: the document's new place, a home page, a login."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from site_builder.addresses import host_of
from site_builder.causes import Cause
from site_builder.linkwire import Answer
from site_builder.verdicts import Verdict

Judged = tuple[Verdict, Cause | None]

_PERMANENT = frozenset({301, 308})


def judge_end(request: str, answer: Answer) -> Judged:
    """The verdict on a document that was found, by how it was reached."""
    if not answer.hops or answer.hops[-1].url == request:
        return Verdict.OK, None  # no redirect, or one to itself that sets a cookie
    final = answer.hops[-1].url
    if leads_to_login(request, final):
        return Verdict.BLOCKED, Cause.LOGIN
    downgrade = Cause.LEAVES_HTTPS if _leaves_https(request, final) else None
    if all(hop.status in _PERMANENT for hop in answer.hops):
        return Verdict.MOVED, downgrade
    return Verdict.OK, downgrade or Cause.REDIRECTS_FOR_NOW


def _leaves_https(request: str, final: str) -> bool:
    return urlsplit(request).scheme == "https" and urlsplit(final).scheme == "http"


_HOME_PATH = re.compile(
    r"/?((th|tha|thai|en|eng|english)/?)?((index|home|main|default)(\.[a-z]{2,5})?/?)?",
    re.IGNORECASE,
)
_HOME_VALUE = re.compile(r"(index|home|main|th|tha|thai|en|eng|english)?", re.IGNORECASE)
_LOGIN = re.compile(
    r"(?<![a-z])(log|sign)[-_]?in(?![a-z])|servicelogin|(?<![a-z])sso(?![a-z])", re.IGNORECASE
)


def leads_to_login(request: str, final: str) -> bool:
    """Whether an address that is none of a login leads to one."""
    return bool(_LOGIN.search(urlsplit(final).path)) and not _LOGIN.search(urlsplit(request).path)


def leads_home(request: str, final: str) -> bool:
    """Whether an address leads to a home page: another one than the site's own from its own."""
    return is_home(final) and not (is_home(request) and _same_site(request, final))


def is_home(url: str) -> bool:
    """Whether an address is that of a home page, by its spelling."""
    parts = urlsplit(url)
    values = (value for _name, value in parse_qsl(parts.query, keep_blank_values=True))
    return bool(_HOME_PATH.fullmatch(parts.path)) and all(map(_HOME_VALUE.fullmatch, values))


def _same_site(one: str, other: str) -> bool:
    site, other_site = (host_of(url).removeprefix("www.") for url in (one, other))
    return site == other_site
