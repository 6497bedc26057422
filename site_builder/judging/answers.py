"""What an answer says about the document behind an address.

Evidence before phrases: the body's own type, and how the site answers for what does not exist.
Where the facts cannot tell, the verdict is never `broken`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from site_builder import bodies
from site_builder.addresses import host_of, refusal
from site_builder.causes import Cause
from site_builder.judging.asking import place_of, request_for
from site_builder.judging.likeness import Likeness, likeness, texts_of
from site_builder.ledger import Finding
from site_builder.linkwire import Answer, BodyFault, Failure
from site_builder.verdicts import Verdict

CERTIFICATE_DAYS = 14
"""A certificate that expires within that many days is told."""
SLOW_SECONDS = 10.0
"""An answer that took longer is told to be slow."""
LONGEST_WAIT = 120.0
"""Seconds that a server may ask us to wait (Retry-After) within one run."""

_LATER = frozenset({408, 421, 425, 429})
_ASKS_A_BROWSER = frozenset({403, 406})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Control:
    """How a site answered for an address that surely does not exist."""

    request: str
    answer: Answer


Judged = tuple[Verdict, Cause | None]

_FAILURES: dict[Failure, Judged] = {
    Failure.ADDRESS: (Verdict.UNSAFE, Cause.LEADS_TO_NOT_PUBLIC),
    Failure.LOOP: (Verdict.BROKEN, Cause.REDIRECT_LOOP),
    Failure.MALFORMED: (Verdict.TEMPORARY, Cause.REDIRECT_MALFORMED),
    Failure.NO_HOST: (Verdict.DNS, Cause.NO_SUCH_HOST),
    Failure.NAME_SERVER: (Verdict.TEMPORARY, Cause.NAME_SERVER_SILENT),
    Failure.UNREACHABLE: (Verdict.TEMPORARY, Cause.UNREACHABLE),
    Failure.REFUSED: (Verdict.TEMPORARY, Cause.CONNECTION_REFUSED),
    Failure.CONNECT_TIMEOUT: (Verdict.TEMPORARY, Cause.TIMED_OUT),
    Failure.TIMEOUT: (Verdict.TEMPORARY, Cause.TIMED_OUT),
    Failure.DEADLINE: (Verdict.TEMPORARY, Cause.TIMED_OUT),
    Failure.RESET: (Verdict.TEMPORARY, Cause.CONNECTION_RESET),
    Failure.CLOSED: (Verdict.TEMPORARY, Cause.CONNECTION_RESET),
    Failure.NOT_HTTP: (Verdict.TEMPORARY, Cause.NOT_HTTP),
    Failure.INTERNAL: (Verdict.TEMPORARY, Cause.NO_RESULT),
}
NOT_CONNECTED = frozenset(
    {
        Failure.NO_HOST,
        Failure.NAME_SERVER,
        Failure.UNREACHABLE,
        Failure.REFUSED,
        Failure.CONNECT_TIMEOUT,
    }
)
"""Failures of the host or of our own network, whichever document is asked for."""

# What OpenSSL says, in the spellings of its versions 1.1 to 3.
_TLS_CAUSES = (
    (r"certificate has expired", Cause.CERTIFICATE_EXPIRED),
    (r"hostname mismatch|ip address mismatch|not valid for", Cause.CERTIFICATE_OTHER_HOST),
    (
        r"certificate.verify.failed|unable to get|self.signed|unknown.ca",
        Cause.CERTIFICATE_UNTRUSTED,
    ),
    (
        r"unsupported.protocol|protocol.version|no.protocols|version.too.low|handshake.failure",
        Cause.TLS_OBSOLETE,
    ),
    (
        r"wrong.version.number|record.layer.failure|packet.length|http.request|unknown.protocol",
        Cause.TLS_ABSENT,
    ),
)


# Asking again


def seconds_to_wait(
    answer: Answer, tried: int, alike: int, pauses: Sequence[float]
) -> float | None:
    """How long to wait before the same address is asked again; None to take the answer as it is.

    `tried` counts the answers so far, `alike` the last of them with this status. What may pass is
    asked once more for each of `pauses`; a document that is said to be missing is asked for until
    that was said twice, so that one hiccup is not an accusation.
    """
    if answer.status in {404, 410}:
        return pauses[0] if alike == 1 else None
    if tried > len(pauses) or answer.failure in {Failure.ADDRESS, Failure.LOOP, Failure.INTERNAL}:
        return None
    if answer.status is None:
        return None if answer.failure in {Failure.TLS, Failure.SCHEME} else pauses[tried - 1]
    if answer.status in _LATER or answer.status >= 500:
        asked = _retry_after(answer)
        if asked is not None and asked > LONGEST_WAIT:
            return None
        return max(asked or 0.0, pauses[tried - 1])
    return pauses[tried - 1] if answer.body_fault and answer.status < 300 else None


def _retry_after(answer: Answer) -> float | None:
    value = answer.headers.get("retry-after", "")
    return float(value) if re.fullmatch(r"\d{1,9}", value) else None


def wants_browser(answer: Answer) -> bool:
    """Whether the site may just mind who asks: it is asked once more as by a browser."""
    return answer.status in _ASKS_A_BROWSER


# Judging


def judge_answer(
    request: str, answer: Answer, controls: Sequence[Control] | None, today: date
) -> Finding | None:
    """The finding for a request; None where another control is needed to tell.

    `controls` are none, one or two answers for addresses of the same place; None where there can
    be no control.
    """
    judged = _judge(request, answer, controls)
    if judged is None:
        return None
    verdict, cause = judged
    notes = [answer.causes[-1]] if answer.causes else []
    if verdict is Verdict.OK:
        cause = cause or _remark(answer, today)
    if answer.status is not None and answer.status >= 300 and answer.reason.strip():
        notes.append(answer.reason.strip())
    kind = bodies.type_of(answer.body, answer.headers.get("content-type", ""))
    arrived = answer.status is not None and 200 <= answer.status < 300
    return Finding(
        request,
        verdict,
        status=answer.status,
        final_url=answer.hops[-1].url if answer.hops else None,
        cause=cause,
        note=_in_print(", ".join(notes))[:300] or None,
        chain=tuple(f"{hop.status} {hop.url}" for hop in answer.hops),
        content_type=(kind or None) if arrived else None,
        size=_size(answer) if arrived else None,
        sha256=_digest(answer, kind) if arrived else None,
    )


def _in_print(text: str) -> str:
    """A server's words without what a terminal or an editor would obey."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _size(answer: Answer) -> int | None:
    if answer.whole:
        return len(answer.body)
    announced = answer.headers.get("content-length", "")
    compressed = "content-encoding" in answer.headers
    return int(announced) if re.fullmatch(r"\d{1,15}", announced) and not compressed else None


def _digest(answer: Answer, kind: str) -> str | None:
    if kind == bodies.HTML or answer.body_fault or not answer.body:
        return None
    return hashlib.sha256(answer.body).hexdigest()


def _judge(request: str, answer: Answer, controls: Sequence[Control] | None) -> Judged | None:
    if answer.forbidden:
        return Verdict.NOT_CHECKED, Cause.ROBOTS
    if answer.status is None:
        return _judge_failure(answer)
    if not 200 <= answer.status < 300:
        return _judge_status(answer.status, answer)
    if answer.body_fault is BodyFault.TIMEOUT and not answer.body:
        return Verdict.TEMPORARY, Cause.TIMED_OUT
    if answer.body_fault and answer.body_fault is not BodyFault.TIMEOUT:
        return Verdict.SUSPECT, _BODY[answer.body_fault]
    if answer.status in {204, 205} or (answer.whole and not answer.body.strip()):
        return Verdict.EMPTY, Cause.NO_BODY
    return _judge_document(request, answer, controls)


_BODY = {
    BodyFault.TRUNCATED: Cause.TRUNCATED,
    BodyFault.RESET: Cause.RESET_IN_BODY,
    BodyFault.ENCODING: Cause.BAD_ENCODING,
}


def _judge_failure(answer: Answer) -> Judged:
    if answer.failure is Failure.TLS:
        said = " ".join(answer.causes)
        found = (cause for words, cause in _TLS_CAUSES if re.search(words, said, re.IGNORECASE))
        return Verdict.TLS, next(found, Cause.TLS_FAILED)
    if answer.failure is Failure.SCHEME:
        # Mail and telephone are harmless; what a browser would run or open from the disk is not.
        harmless = answer.hops and refusal(answer.hops[-1].url) is None
        verdict = Verdict.NOT_CHECKED if harmless else Verdict.UNSAFE
        return verdict, Cause.LEADS_TO_OTHER_SCHEME
    if answer.failure is Failure.ADDRESS and not answer.hops:
        return Verdict.UNSAFE, Cause.NOT_PUBLIC
    return _FAILURES.get(answer.failure or Failure.INTERNAL, _FAILURES[Failure.INTERNAL])


_STATUSES: dict[int, Judged] = {
    401: (Verdict.BLOCKED, Cause.LOGIN),
    403: (Verdict.BLOCKED, Cause.FORBIDDEN),
    404: (Verdict.BROKEN, Cause.NOT_FOUND),
    406: (Verdict.BLOCKED, Cause.FORBIDDEN),
    407: (Verdict.BLOCKED, Cause.LOGIN),
    410: (Verdict.BROKEN, Cause.GONE),
    429: (Verdict.TEMPORARY, Cause.TOO_MANY_REQUESTS),
    451: (Verdict.BLOCKED, Cause.LEGAL),
    **dict.fromkeys(_LATER - {429}, (Verdict.TEMPORARY, Cause.SERVER_ERROR)),
}


def _judge_status(status: int, answer: Answer) -> Judged:
    if (status in {403, 406, 429} or status >= 500) and _is_challenge(answer):
        return Verdict.BLOCKED, Cause.CHALLENGE
    if status >= 500:
        page = bodies.read_page(answer.body, answer.headers, "")
        down = _MAINTENANCE.search(f"{page.title} {' '.join(page.texts)}")
        return Verdict.TEMPORARY, Cause.MAINTENANCE if down else Cause.SERVER_ERROR
    if status < 400:
        return Verdict.BROKEN, Cause.REDIRECT_NOWHERE
    return _STATUSES.get(status, (Verdict.BROKEN, Cause.REQUEST_REJECTED))


_CHALLENGE = re.compile(
    rb"cf-chl|challenge-platform|just a moment|captcha|are you human", re.IGNORECASE
)


def _is_challenge(answer: Answer) -> bool:
    return answer.headers.get("cf-mitigated") == "challenge" or bool(
        _CHALLENGE.search(answer.body[:20_000])
    )


# A document that was answered for


def _judge_document(
    request: str, answer: Answer, controls: Sequence[Control] | None
) -> Judged | None:
    kind = bodies.type_of(answer.body, answer.headers.get("content-type", ""))
    if kind != bodies.HTML:
        return _judge_file(request, answer, kind)
    final = answer.hops[-1].url if answer.hops else request
    page = bodies.read_page(answer.body, answer.headers, final)
    if early := _judge_page(request, answer, page, final):
        return early
    if controls is None or (_is_home(request) and not answer.hops):
        return _says_itself(page) or _page_found(request, answer)
    if not controls:
        return None
    return _judge_beside(request, answer, page, final, controls)


def _says_itself(page: bodies.Page) -> Judged | None:
    """What a page's title says where there is nothing to compare the page with."""
    if _MAINTENANCE.search(page.title):
        return Verdict.TEMPORARY, Cause.MAINTENANCE
    lost = _SAYS_NOT_FOUND.search(page.title)
    return (Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND) if lost else None


def _judge_file(request: str, answer: Answer, kind: str) -> Judged:
    wanted = _wanted(request)
    if wanted is None or kind in wanted or not kind or kind in _SAYS_NOTHING:
        return _moved(request, answer)
    if bodies.is_document(kind) and wanted & _DOCUMENT_TYPES:
        return _moved(request, answer)
    archive = bodies.is_archive(kind)
    cause = Cause.ARCHIVE_FOR_DOCUMENT if archive else Cause.OTHER_FILE_TYPE
    return Verdict.WRONG_CONTENT, cause


_DOCUMENT_TYPES = bodies.expects(".doc") or set()
_SAYS_NOTHING = {"application/octet-stream", "application/force-download", "binary/octet-stream"}


def _wanted(request: str) -> set[str] | None:
    return bodies.expects(place_of(request).extension)


def _judge_page(request: str, answer: Answer, page: bodies.Page, final: str) -> Judged | None:
    """What a page says for itself, whatever the site answers for what does not exist."""
    login = _LOGIN.search(urlsplit(final).path) and not _LOGIN.search(urlsplit(request).path)
    if login or (page.asks_password and _wanted(request)):
        return Verdict.BLOCKED, Cause.LOGIN
    target = page.refresh
    if target and _is_home(target) and not (_is_home(request) and _same_site(request, target)):
        return Verdict.MOVED_HOME, Cause.HOME_PAGE
    if answer.hops and _is_home(final) and not (_is_home(request) and _same_site(request, final)):
        return Verdict.MOVED_HOME, Cause.HOME_PAGE
    return None


def _judge_beside(
    request: str, answer: Answer, page: bodies.Page, final: str, controls: Sequence[Control]
) -> Judged | None:
    """Judge a page beside the answers for addresses that do not exist."""
    first = controls[0].answer
    if first.hops and first.hops[-1].url == final:
        # Where the lost are sent is itself a page like any other.
        return (Verdict.MOVED_HOME, Cause.LOST_GO_HERE) if answer.hops else (Verdict.OK, None)
    lost = [_lost_texts(control) for control in controls]
    # Of a page that goes on beyond what was read, what tells it from another may come later.
    if lost[0] is None or not (answer.whole and first.whole):
        return _page_found(request, answer)
    found = likeness(texts_of(page, final), lost[0], *(text for text in lost[1:] if text))
    if found is Likeness.UNCERTAIN and len(controls) == 1:
        return None
    if found is not Likeness.SAME:
        return _page_found(request, answer)
    # One page for everything: all of the site may be closed.
    closed = _closed(answer, f"{page.title} {' '.join(page.texts)}")
    return closed or (Verdict.SOFT_MISSING, Cause.SAME_AS_LOST)


def _closed(answer: Answer, text: str) -> Judged | None:
    if _MAINTENANCE.search(text):
        return Verdict.TEMPORARY, Cause.MAINTENANCE
    return (Verdict.BLOCKED, Cause.CHALLENGE) if _is_challenge(answer) else None


def _lost_texts(control: Control) -> frozenset[str] | None:
    """The words of the page for what does not exist; None where the site says so by its status."""
    answer = control.answer
    kind = bodies.type_of(answer.body, answer.headers.get("content-type", ""))
    if answer.status is None or not 200 <= answer.status < 300 or kind != bodies.HTML:
        return None
    final = answer.hops[-1].url if answer.hops else control.request
    return texts_of(bodies.read_page(answer.body, answer.headers, final), final)


def _page_found(request: str, answer: Answer) -> Judged:
    wanted = _wanted(request)
    # Tables that programs export are HTML by another name, and open in Excel.
    as_office = "excel" in answer.headers.get("content-type", "")
    if wanted is not None and not as_office:
        return Verdict.WRONG_CONTENT, Cause.PAGE_FOR_DOCUMENT
    return _moved(request, answer)


# Redirects


def _moved(request: str, answer: Answer) -> Judged:
    if not answer.hops or answer.hops[-1].url == request:
        return Verdict.OK, None  # no redirect, or one to itself that sets a cookie
    final = answer.hops[-1].url
    if _LOGIN.search(urlsplit(final).path) and not _LOGIN.search(urlsplit(request).path):
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
_MAINTENANCE = re.compile(
    r"ปิดปรับปรุง|อยู่ระหว่าง(?:การ)?ปรับปรุง|ปรับปรุง(?:ระบบ(?!\w)|เว็บ)|under maintenance|maintenance mode",
    re.IGNORECASE,
)
_SAYS_NOT_FOUND = re.compile(
    r"\b404\b|\b(?:page|file) not found|^not found|ไม่พบ(?:หน้า|เว็บ|ไฟล์)", re.IGNORECASE
)


def _is_home(request: str) -> bool:
    parts = urlsplit(request)
    values = (value for _name, value in parse_qsl(parts.query, keep_blank_values=True))
    return bool(_HOME_PATH.fullmatch(parts.path)) and all(map(_HOME_VALUE.fullmatch, values))


def _same_site(one: str, other: str) -> bool:
    site, other_site = (host_of(request).removeprefix("www.") for request in (one, other))
    return site == other_site


def _remark(answer: Answer, today: date) -> Cause | None:
    """What is worth telling of a link that opens."""
    ends = answer.certificate_ends
    if ends and (date.fromisoformat(ends) - today).days <= CERTIFICATE_DAYS:
        return Cause.CERTIFICATE_ENDS_SOON
    slow = answer.body_fault is BodyFault.TIMEOUT or answer.seconds > SLOW_SECONDS
    return Cause.SLOW if slow else None


# Many addresses together

MANY = 3
"""Different addresses of a site that end at one: no document is behind that many of them."""


def judge_together(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings again, seen beside each other: many different links that end at one page."""
    ends: dict[str, set[str]] = {}
    for finding in findings:
        if finding.final_url and _ends_at_a_page(finding):
            parts = urlsplit(request_for(finding.url))
            ends.setdefault(finding.final_url, set()).add(f"{parts.path}?{parts.query}")
    return tuple(
        replace(finding, verdict=Verdict.MOVED_HOME, cause=Cause.MANY_END_HERE)
        if _ends_at_a_page(finding) and len(ends.get(finding.final_url or "", ())) >= MANY
        else finding
        for finding in findings
    )


def _ends_at_a_page(finding: Finding) -> bool:
    found = finding.verdict in {Verdict.OK, Verdict.MOVED, Verdict.WRONG_CONTENT}
    return found and finding.content_type == bodies.HTML
