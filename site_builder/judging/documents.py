"""What was answered for: a file, a page, or the page for what does not exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from site_builder import bodies
from site_builder.causes import Cause
from site_builder.judging.asking import place_of
from site_builder.judging.likeness import Likeness, contents_of, likeness
from site_builder.judging.redirects import Judged, is_home, judge_end, leads_home, leads_to_login
from site_builder.linkwire import Answer
from site_builder.verdicts import Verdict

MAINTENANCE = re.compile(
    r"ปิดปรับปรุง|อยู่ระหว่าง(?:การ)?ปรับปรุง|ปรับปรุง(?:ระบบ(?!\w)|เว็บ)|under maintenance|maintenance mode",
    re.IGNORECASE,
)
"""What a site says of itself while it is closed; to be believed beside other evidence only."""


@dataclass(frozen=True, slots=True)
class Control:
    """How a site answered for an address that surely does not exist."""

    request: str
    answer: Answer


class Wanted(Enum):
    """What is asked for next, where the answers so far cannot tell."""

    CONTROL = "control"
    PAGE = "page"
    """The same address once more."""


def judge_document(
    request: str, answers: Sequence[Answer], controls: Sequence[Control] | None
) -> Judged | Wanted:
    """The verdict on what was answered with a 2xx, each time that it was asked for."""
    answer = answers[0]
    kind = bodies.type_of(answer.body, answer.headers.get("content-type", ""))
    if kind != bodies.HTML:
        return _judge_file(request, answer, kind)
    final = answer.hops[-1].url if answer.hops else request
    page = bodies.read_page(answer.body, answer.headers, final)
    if early := _judge_page(request, answer, page, final):
        return early
    if controls is None or (is_home(request) and not answer.hops):
        return _says_itself(page) or _page_found(request, answer)
    if not controls:
        return Wanted.CONTROL
    return _judge_beside(request, answers, page, controls)


def _says_itself(page: bodies.Page) -> Judged | None:
    """What a page says, in its title or in few words, where nothing is to be compared with it."""
    if MAINTENANCE.search(page.title):
        return Verdict.TEMPORARY, Cause.MAINTENANCE
    text = " ".join(page.texts)
    if len(text) > _FEW_WORDS:
        text = ""
    if _SUSPENDED.search(text):
        return Verdict.TEMPORARY, Cause.SERVER_ERROR
    lost = _SAYS_NOT_FOUND.search(f"{page.title} {text}")
    return (Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND) if lost else None


def _says_first(page: bodies.Page) -> Judged | None:
    """What a page of few words begins to say, where the site answers 404 for what it has not."""
    if sum(map(len, page.texts)) > _FEW_WORDS:
        return None
    if any(map(_SUSPENDED.search, page.texts)):
        return Verdict.TEMPORARY, Cause.SERVER_ERROR
    # Within a sentence it is what the page is about.
    lost = any(map(_SAYS_NOT_FOUND.match, page.texts))
    return (Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND) if lost else None


def _judge_file(request: str, answer: Answer, kind: str) -> Judged:
    if kind == "text/plain" and answer.whole and len(answer.body) < _FEW_WORDS:
        text = bodies.decoded(answer.body, answer.headers["content-type"])
        if _SAYS_NOT_FOUND.search(text):
            return Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND
    wanted = _wanted(request)
    if wanted is None or kind in wanted or not kind or kind in _SAYS_NOTHING:
        return judge_end(request, answer)
    if bodies.is_document(kind) and wanted & _DOCUMENT_TYPES:
        return judge_end(request, answer)
    archive = bodies.is_archive(kind)
    cause = Cause.ARCHIVE_FOR_DOCUMENT if archive else Cause.OTHER_FILE_TYPE
    return Verdict.WRONG_CONTENT, cause


_DOCUMENT_TYPES = bodies.expects(".doc") or set()
_SAYS_NOTHING = {"application/octet-stream", "application/force-download", "binary/octet-stream"}


def _wanted(request: str) -> set[str] | None:
    return bodies.expects(place_of(request).extension)


def _judge_page(request: str, answer: Answer, page: bodies.Page, final: str) -> Judged | None:
    """What a page says for itself, whatever the site answers for what does not exist."""
    if leads_to_login(request, final) or (page.asks_password and _wanted(request)):
        return Verdict.BLOCKED, Cause.LOGIN
    ends = [page.refresh, final if answer.hops else None]
    if any(end and leads_home(request, end) for end in ends):
        return Verdict.MOVED_HOME, Cause.HOME_PAGE
    if page.refresh and not is_home(request) and page.refresh.partition("#")[0] != final:
        return Verdict.SUSPECT, Cause.LEADS_ON
    if _SAYS_SO_FIRST.search(page.title):
        return Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND
    if _SUSPENDED.search(page.title):
        return Verdict.TEMPORARY, Cause.SERVER_ERROR
    return _judge_blank(answer, page) if page.is_blank and answer.whole else None


def _judge_blank(answer: Answer, page: bodies.Page) -> Judged:
    if is_challenge(answer):
        return Verdict.BLOCKED, Cause.CHALLENGE
    if page.has_script:
        return Verdict.SUSPECT, Cause.DRAWN_BY_SCRIPT
    return Verdict.EMPTY, Cause.NO_BODY


def _judge_beside(
    request: str, answers: Sequence[Answer], page: bodies.Page, controls: Sequence[Control]
) -> Judged | Wanted:
    """Judge a page beside the answers for addresses that do not exist."""
    answer, first = answers[0], controls[0].answer
    final = answer.hops[-1].url if answer.hops else request
    if first.hops and first.hops[-1].url == final:
        # Where the lost are sent is itself a page like any other.
        return (Verdict.MOVED_HOME, Cause.LOST_GO_HERE) if answer.hops else (Verdict.OK, None)
    lost = [each for control in controls if (each := _lost_page(control))]
    # Of a page that goes on beyond what was read, what tells it from another may come later.
    if not lost:
        return _says_first(page) or _page_found(request, answer)
    if not (answer.whole and first.whole):
        return _page_found(request, answer)
    asked = [request, final, *(url for control in controls for url in _addresses_of(control))]
    again = [bodies.read_page(each.body, each.headers, final) for each in answers[1:]]
    found = likeness(
        [contents_of(each, asked) for each in (page, *again)],
        [contents_of(each, asked) for each in lost],
    )
    if found is Likeness.MORE_CONTROLS and len(lost) == len(controls):
        return Wanted.CONTROL
    if found is Likeness.MORE_PAGES:
        return Wanted.PAGE
    if found is not Likeness.SAME:
        return _page_found(request, answer)
    # One page for everything: all of the site may be closed.
    closed = _closed(answer, f"{page.title} {' '.join(page.texts)}")
    return closed or (Verdict.SOFT_MISSING, Cause.SAME_AS_LOST)


def _closed(answer: Answer, text: str) -> Judged | None:
    if MAINTENANCE.search(text):
        return Verdict.TEMPORARY, Cause.MAINTENANCE
    return (Verdict.BLOCKED, Cause.CHALLENGE) if is_challenge(answer) else None


def _addresses_of(control: Control) -> tuple[str, ...]:
    return (control.request, *(hop.url for hop in control.answer.hops[-1:]))


def _lost_page(control: Control) -> bodies.Page | None:
    """The page for what does not exist; None where the site says so by its status."""
    answer = control.answer
    kind = bodies.type_of(answer.body, answer.headers.get("content-type", ""))
    if answer.status is None or not 200 <= answer.status < 300 or kind != bodies.HTML:
        return None
    return bodies.read_page(answer.body, answer.headers, _addresses_of(control)[-1])


def _page_found(request: str, answer: Answer) -> Judged:
    wanted = _wanted(request)
    # Tables that programs export are HTML by another name, and open in Excel.
    as_office = "excel" in answer.headers.get("content-type", "")
    if wanted is not None and not as_office:
        return Verdict.WRONG_CONTENT, Cause.PAGE_FOR_DOCUMENT
    return judge_end(request, answer)


_SAYS_NOT_FOUND = re.compile(
    r"\b404\b|\b(?:page|file|document) not found|^\s*not found|could not be found|can.t be found"
    r"|ไม่พบ(?:หน้า|เว็บ|ไฟล์|เอกสาร|ข่าว|ข้อมูลที่ท่าน)|เอกสารนี้ถูกลบ",
    re.IGNORECASE,
)
_SAYS_SO_FIRST = re.compile(
    r"^\W*(?:(?:http\s+)?(?:error\s+)?404\b|(?:page |file )?not found\b|ไม่พบ(?:หน้า|เว็บ|ไฟล์))",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(
    r"account (?:has been )?suspended|fatal error|SQLSTATE|establishing a database connection",
    re.IGNORECASE,
)
_FEW_WORDS = 300
"""Characters: who says "not found" in fewer says nothing else."""


_CHALLENGE = re.compile(
    rb"cf-chl|challenge-platform|just a moment|captcha|are you human|aes\.js|__test=", re.IGNORECASE
)


def is_challenge(answer: Answer) -> bool:
    """Whether the answer asks for proof of a person."""
    return answer.headers.get("cf-mitigated") == "challenge" or bool(
        _CHALLENGE.search(answer.body[:20_000])
    )
