"""What an answer says about the document behind an address.

Evidence before phrases: the body's own type, and how the site answers for what does not exist.
Where the facts cannot tell, the verdict is never `broken`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from site_builder import bodies
from site_builder.addresses import refusal
from site_builder.causes import Cause
from site_builder.judging.asking import request_for
from site_builder.judging.documents import (
    MAINTENANCE,
    Control,
    Wanted,
    is_challenge,
    judge_document,
)
from site_builder.judging.redirects import Judged
from site_builder.judging.tries import LATER
from site_builder.ledger import Finding
from site_builder.linkwire import Answer, BodyFault, Failure
from site_builder.verdicts import Verdict

CERTIFICATE_DAYS = 14
"""A certificate that expires within that many days is told."""
SLOW_SECONDS = 10.0
"""An answer that took longer is told to be slow."""


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


def judge_answer(
    request: str, answers: Sequence[Answer], controls: Sequence[Control] | None, today: date
) -> Finding | Wanted:
    """The finding for a request, or what has to be asked for next to tell.

    `answers` are those for the request itself: the first counts, any other only shows what changes
    by itself. `controls` are answers for addresses of the same place; None where there can be no
    control.
    """
    answer = answers[0]
    judged = _judge(request, answers, controls)
    if isinstance(judged, Wanted):
        return judged
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
        final_url=_in_print(answer.hops[-1].url) if answer.hops else None,
        cause=cause,
        note=_in_print(", ".join(notes))[:300] or None,
        chain=tuple(f"{hop.status} {_in_print(hop.url)}" for hop in answer.hops),
        content_type=(kind or None) if arrived else None,
        size=_size(answer) if arrived else None,
        sha256=_digest(answer, kind) if arrived else None,
    )


def _in_print(text: str) -> str:
    """A server's words without passwords, and without what a terminal or an editor would obey."""
    text = re.sub(r"(?<=[/\\]{2})[^/\\?#\s]*@", "…@", text)
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


def _judge(
    request: str, answers: Sequence[Answer], controls: Sequence[Control] | None
) -> Judged | Wanted:
    answer = answers[0]
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
    return judge_document(request, answers, controls)


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
    **dict.fromkeys(LATER - {429}, (Verdict.TEMPORARY, Cause.SERVER_ERROR)),
}


def _judge_status(status: int, answer: Answer) -> Judged:
    if (status in {403, 406, 429} or status >= 500) and is_challenge(answer):
        return Verdict.BLOCKED, Cause.CHALLENGE
    if status >= 500:
        page = bodies.read_page(answer.body, answer.headers, "")
        down = MAINTENANCE.search(f"{page.title} {' '.join(page.texts)}")
        return Verdict.TEMPORARY, Cause.MAINTENANCE if down else Cause.SERVER_ERROR
    if status < 400:
        return Verdict.BROKEN, Cause.REDIRECT_NOWHERE
    return _STATUSES.get(status, (Verdict.BROKEN, Cause.REQUEST_REJECTED))


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
