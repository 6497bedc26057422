"""Rules about proof: what a text claims, and whether a reader can open it.

An evaluator opens the submitted addresses one by one; what is not found there was not done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder import addresses, inline, thai
from site_builder.model import Agency, Disclosure, Measure, Report
from site_builder.problems import Place, Problem, problem
from site_builder.rules.rule import Passage, Setting, passages
from site_builder.values import is_checkable

_CLAIM = re.compile(
    r"(?:^|(?<=\s)|มีการ|(?<!ไม่)ได้|โดยการ|ออก|จัดทำ|ติด|ปิด|ลง|ลงนามใน)ประกาศ(?!นียบัตร)"
    r"|(?<!มาตรการ)เผยแพร่"
    r"|(?<!งาน)(?<!หน้าที่)(?<!ข่าว)(?<!ฝ่าย)(?<!ศูนย์)(?<!สื่อ)ประชาสัมพันธ์"
    r"|จัดทำ[^\s]{0,12}?(?:คู่มือ|แผ่นพับ|คำสั่ง|รายงาน)|ออกคำสั่ง"
    r"|แจ้งเวียน|แจกเวียน|หนังสือเวียน|โพสต์|อัปโหลด|อัพโหลด"
    r"|(?:ผ่าน|บน|ทาง|ลง|ใน|และ|ขึ้น)\s?เว็บไซต์"
    r"|(?:ผ่าน|ทาง|คือ|บน|ใน|มี)\s?(?:เพจ\s?)?(?:Facebook|Line|YouTube|TikTok|เฟซบุ๊ก|เฟสบุ๊ค|เฟสบุ๊ก|ไลน์)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"ไม่(?:ได้|มีการ|มี)?$")
_TWO_EDITIONS = re.compile(
    r"(?:ทั้ง\s?)?ฉบับภาษาไทย\s?และ\s?(?:ฉบับ)?ภาษาอังกฤษ|ทั้ง(?:ภาษา)?ไทย\s?และ\s?(?:ภาษา)?อังกฤษ"
    r"|รอบ\s?[6๖]\s?เดือน.{0,12}รอบ\s?(?:12|๑๒)\s?เดือน"
)
_ROUNDS = re.compile(
    r"(?P<word>รอบ|ครั้ง|ฉบับ|ไตรมาส)ที่\s?[0-9๐-๙]+(?:(?:\s?,\s?|\s?และ\s?|\s)(?P=word)ที่\s?[0-9๐-๙]+)+"
)
_COUNTED = re.compile(r"(?P<count>[0-9๐-๙]{1,2}|สอง|สาม|สี่|ห้า)\s?(?:ฉบับ|ภาษา)(?!ที่)")
_COUNT_WORDS = {"สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5}
_VAGUE = re.compile(
    r"(?:(?:กด|คลิก|คลิ๊ก|click|ดู|อ่าน|ต่อ|เพื่อ|ที่นี่|ตรงนี้|here|เพิ่มเติม|รายละเอียด|more|ลิงก์|ลิ้งค์|ลิงค์|link|url|"
    r"ดาวน์โหลด|download|เอกสาร|หลักฐาน|ไฟล์|แนบ|pdf|รูปภาพ|รูป|ภาพประกอบ|ที่)[\s0-9๐-๙]*)+"
    r"|[\w.-]+\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|zip)|\W*",
    re.IGNORECASE,
)
_STAGING = re.compile(
    r"(?:^|[.-])(?:test|testing|dev|develop|staging|stage|stg|uat|demo|beta|preview|sandbox|preprod)[0-9]*[.-]"
)
_LOGIN = re.compile(
    r"/(?:wp-admin|wp-login|login|log-in|signin|sign-in|administrator|admin|backend|account)(?:[/.?]|$)",
    re.IGNORECASE,
)
_LOGIN_HOSTS = {"accounts.google.com", "login.microsoftonline.com", "mail.google.com"}
_FILE_SHARING = [
    "drive.google.com",
    "docs.google.com",
    "photos.google.com",
    "photos.app.goo.gl",
    "drive.usercontent.google.com",
    "dropbox.com",
    "onedrive.live.com",
    "1drv.ms",
    "sharepoint.com",
    "box.com",
    "mega.nz",
    "mediafire.com",
    "wetransfer.com",
    "icloud.com",
    "4shared.com",
    "scribd.com",
    "issuu.com",
]
_SHORTENERS = [
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "is.gd",
    "ow.ly",
    "rb.gy",
    "cutt.ly",
    "shorturl.at",
    "shorturl.asia",
    "t.ly",
    "qrco.de",
    "lin.ee",
    "me-qr.com",
    "s.id",
    "rebrand.ly",
]
_PREVIEWS = (
    "firebaseapp.com",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "netlify.app",
    "ngrok-free.app",
    "ngrok.io",
    "pages.dev",
    "vercel.app",
    "web.app",
)
_OWN = "url: https://www.example.go.th/files/report.pdf"
_SHARED_BY = 3
"""From how many measures on one address is too general to prove each of them; where it is the only
address of the report, two are enough."""


@dataclass(frozen=True, slots=True)
class _Proof:
    """An address that stands for a measure, and where it is written."""

    url: str
    place: Place


def _proofs(measure: Measure) -> Iterator[_Proof]:
    """The evidence, and what the results link to besides."""
    given = {proof.url for proof in measure.evidence}
    for number, proof in enumerate(measure.evidence):
        yield _Proof(proof.url, measure.source.place_of("evidence", number, "url"))
    for passage in passages(measure, "result_summary", "outcome"):
        for link in inline.links(passage.text):
            if link.url not in given and is_checkable(link.url):
                yield _Proof(link.url, passage.place(max(passage.text.find(link.url), 0)))


def _proofs_of(report: Report) -> Iterator[_Proof]:
    for measure in report.measures:
        yield from _proofs(measure)


def addresses_are_public(report: Report, setting: Setting) -> Iterator[Problem]:
    """An address that a citizen cannot reach is no evidence."""
    for measure in report.measures:
        for url, place in measure.urls():
            if is_checkable(url) and not setting.disclosure.is_link(url):
                yield problem("url-not-public", place, value=url)


def claims_have_evidence(report: Report, _: Setting) -> Iterator[Problem]:
    """What the results say was published, announced or put on a site can be opened."""
    for measure in report.measures:
        if any(_proofs(measure)):
            continue
        for passage in passages(measure, "result_summary", "outcome"):
            if found := _claim(passage.words):
                place = passage.place(found.start())
                yield problem("claim-without-evidence", place, value=found[0])
                break


def _claim(text: str) -> re.Match[str] | None:
    """The first claim that the text does not deny."""
    claims = _CLAIM.finditer(text)
    return next((found for found in claims if not _DENIED.search(text[: found.start()])), None)


def each_edition_has_evidence(report: Report, _: Setting) -> Iterator[Problem]:
    """Two editions, rounds or documents need two addresses."""
    for measure in report.measures:
        given = len({proof.url for proof in _proofs(measure)})
        claims = [
            (claimed, passage, start, words)
            for passage in passages(measure, "result_summary", "outcome")
            for claimed, start, words in _editions(passage)
        ]
        if not claims or not given:
            continue
        claimed, passage, start, words = max(claims, key=lambda claim: claim[0])
        if given < claimed:
            yield problem(
                "evidence-fewer-than-editions",
                passage.place(start),
                value=words,
                claimed=claimed,
                given=given,
            )


def _editions(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """How many documents the text speaks of, where and in what words."""
    words = passage.words
    for found in _TWO_EDITIONS.finditer(words):
        yield 2, found.start(), found[0]
    for found in _ROUNDS.finditer(words):
        yield len(re.findall(rf"{found['word']}ที่", found[0])), found.start(), found[0]
    for found in _COUNTED.finditer(words):
        count = found["count"]
        number = _COUNT_WORDS[count] if count in _COUNT_WORDS else int(thai.to_arabic(count))
        yield number, found.start(), found[0]


def evidence_is_a_document(report: Report, _: Setting) -> Iterator[Problem]:
    """Evidence leads to the document itself, not to a home page."""
    for proof in _proofs_of(report):
        if addresses.names_home_page(proof.url):
            yield problem("evidence-home-page", proof.place, value=proof.url)


def evidence_is_open_to_all(report: Report, _: Setting) -> Iterator[Problem]:
    """Evidence stands where it lasts and everyone may see it: no test site, no login."""
    for proof in _proofs_of(report):
        host, path = addresses.host_of(proof.url), urlsplit(proof.url).path
        if _STAGING.search(host) or any(_below(host, preview) for preview in _PREVIEWS):
            yield problem("evidence-staging", proof.place, value=proof.url)
        if host in _LOGIN_HOSTS or _LOGIN.search(path):
            yield problem("evidence-login", proof.place, value=proof.url)


def evidence_is_with_the_office(report: Report, setting: Setting) -> Iterator[Problem]:
    """Evidence stands on the office's own hosts, or on those that it vouches for."""
    own = _own_hosts(setting.disclosure.agency)
    for proof in _proofs_of(report):
        host = addresses.host_of(proof.url)
        if any(_below(host, mine) for mine in own) or not addresses.names_public_host(proof.url):
            continue
        if any(_below(host, shared) for shared in _FILE_SHARING):
            yield problem("evidence-file-sharing", proof.place, value=proof.url)
        elif any(_below(host, short) for short in _SHORTENERS):
            yield problem("evidence-short-link", proof.place, value=proof.url)
        elif host not in _LOGIN_HOSTS and not any(_below(host, at) for at in _PREVIEWS):
            # Only a public body's host is one to vouch for by copying an example.
            right = (
                f"allowed_hosts: [{host}]"
                if host.endswith((".go.th", ".or.th", ".ac.th"))
                else _OWN
            )
            yield problem("evidence-off-host", proof.place, value=proof.url, host=host, right=right)


def _own_hosts(agency: Agency) -> frozenset[str]:
    # An office may write a host as it knows it: with its scheme, or as an address.
    written = (
        url if is_checkable(url) else f"https://{url}"
        for url in (agency.website, *agency.allowed_hosts)
    )
    return frozenset(_bare(addresses.host_of(url)) for url in written)


def _below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def evidence_uses_https(report: Report, setting: Setting) -> Iterator[Problem]:
    """A host known to serve https is addressed by https."""
    plain = [proof for proof in _proofs_of(report) if proof.url.lower().startswith("http:")]
    secure = _secure_hosts(setting.disclosure) if plain else frozenset()
    for proof in plain:
        if _bare(addresses.host_of(proof.url)) in secure and urlsplit(proof.url).port is None:
            right = f"https{proof.url[4:]}"
            yield problem("evidence-http", proof.place, value=proof.url, right=right)


def _secure_hosts(disclosure: Disclosure) -> frozenset[str]:
    known = {disclosure.agency.website, *disclosure.links(), *disclosure.ledger.links}
    secure = (url for url in known if url.lower().startswith("https:"))
    return frozenset(_bare(addresses.host_of(url)) for url in secure)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def each_measure_has_evidence_of_its_own(report: Report, _: Setting) -> Iterator[Problem]:
    """One address does not prove everything."""
    uses: dict[str, list[_Proof]] = {}
    for measure in report.measures:
        first = {_page(proof.url): proof for proof in reversed(list(_proofs(measure)))}
        for page, proof in first.items():
            uses.setdefault(page, []).append(proof)
    for proofs in uses.values():
        if len(proofs) >= (_SHARED_BY if len(uses) > 1 else 2):
            url, place = proofs[0].url, proofs[0].place
            yield problem("evidence-same-address", place, value=url, count=len(proofs))


def _page(url: str) -> str:
    """What two spellings of one page's address have in common."""
    parts = urlsplit(url)
    query = addresses.IDLE_QUERY.sub("", parts.query).strip("&")
    return f"{_bare(addresses.host_of(url))}{parts.path.rstrip('/')}?{query}#{parts.fragment}"


def link_text_says_what_it_is(report: Report, _: Setting) -> Iterator[Problem]:
    """A link's words name the document: not the bare address, not "click here"."""
    for measure in report.measures:
        for passage in passages(measure):
            for link in inline.links(passage.text):
                at = passage.text.find(link.url if link.bare else f"[{link.words}")
                place = passage.place(max(at + (not link.bare), 0))
                if is_checkable(link.url):
                    yield from _judge_words(link.words, link.url, place, measure)
        for number, proof in enumerate(measure.evidence):
            place = measure.source.place_of("evidence", number, "title")
            yield from _judge_words(proof.title, proof.url, place, measure)


def _judge_words(words: str, url: str, place: Place, measure: Measure) -> Iterator[Problem]:
    words = words.strip(" \t\n<>«»‹›→▶•*:")
    right = measure.heading
    if is_checkable(words) or words.startswith("www."):
        yield problem("link-text-bare", place, value=url, right=right)
    elif _VAGUE.fullmatch(words):
        yield problem("link-text-vague", place, value=words, right=right)
