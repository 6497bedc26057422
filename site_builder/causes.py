"""Why a link got its verdict: a closed set, in words that an officer can act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """The reason behind a verdict, or a note on a good one."""

    # On links that open
    REDIRECTS_FOR_NOW = "redirects-for-now"
    LEAVES_HTTPS = "leaves-https"
    ANCHOR_MISSING = "anchor-missing"
    CERTIFICATE_ENDS_SOON = "certificate-ends-soon"
    SLOW = "slow"
    # moved_home
    HOME_PAGE = "home-page"
    LOST_GO_HERE = "lost-go-here"
    MANY_END_HERE = "many-end-here"
    # soft_missing
    SAME_AS_LOST = "same-as-lost"
    SAYS_NOT_FOUND = "says-not-found"
    # wrong_content, empty, suspect
    PAGE_FOR_DOCUMENT = "page-for-document"
    ARCHIVE_FOR_DOCUMENT = "archive-for-document"
    OTHER_FILE_TYPE = "other-file-type"
    NO_BODY = "no-body"
    TRUNCATED = "truncated"
    RESET_IN_BODY = "reset-in-body"
    BAD_ENCODING = "bad-encoding"
    DRAWN_BY_SCRIPT = "drawn-by-script"
    LEADS_ON = "leads-on"
    # broken
    NOT_FOUND = "not-found"
    GONE = "gone"
    REQUEST_REJECTED = "request-rejected"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_NOWHERE = "redirect-nowhere"
    # temporary
    TOO_MANY_REQUESTS = "too-many-requests"
    SERVER_ERROR = "server-error"
    MAINTENANCE = "maintenance"
    CONNECTION_REFUSED = "connection-refused"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    CONNECTION_RESET = "connection-reset"
    NOT_HTTP = "not-http"
    NAME_SERVER_SILENT = "name-server-silent"
    REDIRECT_MALFORMED = "redirect-malformed"
    NO_RESULT = "no-result"
    # dns, tls
    NO_SUCH_HOST = "no-such-host"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_OTHER_HOST = "certificate-other-host"
    CERTIFICATE_UNTRUSTED = "certificate-untrusted"
    TLS_OBSOLETE = "tls-obsolete"
    TLS_ABSENT = "tls-absent"
    TLS_FAILED = "tls-failed"
    # blocked
    FORBIDDEN = "forbidden"
    LOGIN = "login"
    LEGAL = "legal"
    CHALLENGE = "challenge"
    # not_checked
    ROBOTS = "robots"
    OTHER_SCHEME = "other-scheme"
    # unsafe, invalid
    NOT_PUBLIC = "not-public"
    LEADS_TO_NOT_PUBLIC = "leads-to-not-public"
    LEADS_TO_OTHER_SCHEME = "leads-to-other-scheme"
    CREDENTIALS = "credentials"
    UNSAFE_SCHEME = "unsafe-scheme"
    NOT_AN_ADDRESS = "not-an-address"


@dataclass(frozen=True, slots=True)
class CauseWords:
    """A cause in one clause, without a full stop."""

    th: str
    en: str


_WORDS: dict[Cause, CauseWords] = {
    Cause.REDIRECTS_FOR_NOW: CauseWords("เว็บไซต์ส่งต่อชั่วคราว", "redirected for the time being"),
    Cause.LEAVES_HTTPS: CauseWords("ส่งต่อไปยังที่อยู่ที่ไม่เข้ารหัส", "redirects from https to http"),
    Cause.ANCHOR_MISSING: CauseWords(
        "เปิดหน้าได้ แต่ไม่พบหัวข้อที่ระบุหลัง #", "the page has no anchor of that name"
    ),
    Cause.CERTIFICATE_ENDS_SOON: CauseWords(
        "ใบรับรองของเว็บไซต์จะหมดอายุภายใน 14 วัน", "its certificate expires within 14 days"
    ),
    Cause.SLOW: CauseWords("เว็บไซต์ตอบช้ามาก", "very slow"),
    Cause.HOME_PAGE: CauseWords("ถูกส่งไปหน้าแรกแทนเอกสาร", "redirects to a home page"),
    Cause.LOST_GO_HERE: CauseWords(
        "ถูกส่งไปที่เดียวกับที่อยู่ที่ไม่มีจริง", "redirects to where addresses that do not exist go"
    ),
    Cause.MANY_END_HERE: CauseWords(
        "หลายลิงก์ถูกส่งไปที่เดียวกัน", "many different links end at this one address"
    ),
    Cause.SAME_AS_LOST: CauseWords(
        "ได้หน้าเดียวกับที่อยู่ที่ไม่มีจริง", "the page equals the one for addresses that do not exist"
    ),
    Cause.SAYS_NOT_FOUND: CauseWords("หน้าเว็บแจ้งว่าไม่พบ", 'the page says "not found"'),
    Cause.PAGE_FOR_DOCUMENT: CauseWords(
        "ที่อยู่เป็นไฟล์เอกสาร แต่ได้หน้าเว็บ", "a document's address answers with a web page"
    ),
    Cause.ARCHIVE_FOR_DOCUMENT: CauseWords(
        "ที่อยู่เป็นไฟล์เอกสาร แต่ได้ไฟล์บีบอัด", "a document's address answers with an archive"
    ),
    Cause.OTHER_FILE_TYPE: CauseWords(
        "ได้ไฟล์คนละชนิดกับที่ที่อยู่บอก", "answers with a file of another type than its address says"
    ),
    Cause.NO_BODY: CauseWords("เปิดได้แต่ไม่มีเนื้อหา", "nothing in it"),
    Cause.TRUNCATED: CauseWords("ได้ไฟล์มาไม่ครบ", "it ends before its announced length"),
    Cause.RESET_IN_BODY: CauseWords("การเชื่อมต่อขาดกลางคัน", "the connection broke half-way"),
    Cause.BAD_ENCODING: CauseWords("ไฟล์ที่ได้อ่านไม่ออก", "it is not compressed as announced"),
    Cause.DRAWN_BY_SCRIPT: CauseWords(
        "หน้าเว็บสร้างด้วยสคริปต์ โปรแกรมอ่านเนื้อหาไม่ได้", "drawn by a script, nothing can be read in it"
    ),
    Cause.LEADS_ON: CauseWords(
        "หน้าเว็บพาไปหน้าอื่นเอง โปรแกรมไม่ได้ตามไป", "the page leads on by itself, which was not followed"
    ),
    Cause.NOT_FOUND: CauseWords("เว็บไซต์ตอบว่าไม่มีเอกสารนี้", "the site says that it is not there"),
    Cause.GONE: CauseWords("เว็บไซต์ตอบว่าลบเอกสารนี้แล้ว", "the site says that it is gone for good"),
    Cause.REQUEST_REJECTED: CauseWords("เว็บไซต์ไม่รับที่อยู่นี้", "the site rejects the address"),
    Cause.REDIRECT_LOOP: CauseWords("ส่งต่อวนไปมาไม่จบ", "redirects without end"),
    Cause.REDIRECT_NOWHERE: CauseWords("ส่งต่อโดยไม่บอกว่าไปที่ใด", "redirects to nowhere"),
    Cause.TOO_MANY_REQUESTS: CauseWords("เว็บไซต์ขอให้รอ", "the site asks to wait"),
    Cause.SERVER_ERROR: CauseWords("เว็บไซต์ขัดข้อง", "the server failed"),
    Cause.MAINTENANCE: CauseWords("เว็บไซต์ปิดปรับปรุง", "the site is under maintenance"),
    Cause.CONNECTION_REFUSED: CauseWords("เครื่องแม่ข่ายไม่รับการเชื่อมต่อ", "connection refused"),
    Cause.UNREACHABLE: CauseWords("ไม่มีเส้นทางไปถึงเครื่องแม่ข่าย", "no route to the host"),
    Cause.TIMED_OUT: CauseWords("รอแล้วไม่ตอบ", "no answer in time"),
    Cause.CONNECTION_RESET: CauseWords("เครื่องแม่ข่ายตัดการเชื่อมต่อ", "the connection was cut"),
    Cause.NOT_HTTP: CauseWords("คำตอบไม่ใช่เว็บไซต์", "what answers is not a web server"),
    Cause.NAME_SERVER_SILENT: CauseWords("ระบบชื่อโดเมนไม่ตอบ", "the name servers did not answer"),
    Cause.REDIRECT_MALFORMED: CauseWords(
        "ส่งต่อไปยังข้อความที่ไม่ใช่ที่อยู่", "redirects to something that is no address"
    ),
    Cause.NO_RESULT: CauseWords("โปรแกรมตรวจไม่ให้ผล", "the checker gave no result"),
    Cause.NO_SUCH_HOST: CauseWords("ไม่พบชื่อเว็บไซต์นี้", "no such host"),
    Cause.CERTIFICATE_EXPIRED: CauseWords("ใบรับรองหมดอายุ", "the certificate has expired"),
    Cause.CERTIFICATE_OTHER_HOST: CauseWords(
        "ใบรับรองเป็นของชื่อเว็บไซต์อื่น", "the certificate is for another host"
    ),
    Cause.CERTIFICATE_UNTRUSTED: CauseWords(
        "ใบรับรองไม่มีผู้รับรองที่เชื่อถือได้ หรือติดตั้งไม่ครบ",
        "the certificate is not trusted, or its chain is incomplete",
    ),
    Cause.TLS_OBSOLETE: CauseWords("การเข้ารหัสเป็นรุ่นเก่าเกินไป", "the encryption is obsolete"),
    Cause.TLS_ABSENT: CauseWords(
        "ที่อยู่เป็น https แต่เว็บไซต์ไม่เข้ารหัส", "no encryption at this https address"
    ),
    Cause.TLS_FAILED: CauseWords("ตกลงวิธีเข้ารหัสกันไม่ได้", "the encryption failed"),
    Cause.FORBIDDEN: CauseWords("เว็บไซต์ไม่อนุญาต", "the site forbids it"),
    Cause.LOGIN: CauseWords("ต้องเข้าสู่ระบบก่อน", "asks for a login"),
    Cause.LEGAL: CauseWords("ถูกปิดกั้นด้วยเหตุทางกฎหมาย", "withheld for legal reasons"),
    Cause.CHALLENGE: CauseWords("เว็บไซต์ขอพิสูจน์ว่าเป็นคน", "asks for proof of a person"),
    Cause.ROBOTS: CauseWords("robots.txt ขอไม่ให้โปรแกรมเปิด", "robots.txt asks not to fetch it"),
    Cause.OTHER_SCHEME: CauseWords("ไม่ใช่ที่อยู่เว็บ", "not a web address"),
    Cause.NOT_PUBLIC: CauseWords("อยู่ในเครือข่ายภายใน", "not a public address"),
    Cause.LEADS_TO_NOT_PUBLIC: CauseWords(
        "ส่งต่อไปยังเครือข่ายภายใน", "leads to an address that is not public"
    ),
    Cause.LEADS_TO_OTHER_SCHEME: CauseWords(
        "ส่งต่อไปยังสิ่งที่ไม่ใช่เว็บ", "leads to something that is no web address"
    ),
    Cause.CREDENTIALS: CauseWords("มีชื่อผู้ใช้หรือรหัสผ่านในที่อยู่", "carries a user name or a password"),
    Cause.UNSAFE_SCHEME: CauseWords("ที่อยู่ชนิดนี้ไม่ปลอดภัย", "this kind of address is not safe"),
    Cause.NOT_AN_ADDRESS: CauseWords("ไม่ใช่ที่อยู่เว็บที่ถูกต้อง", "not a valid address"),
}


def words_for(cause: Cause) -> CauseWords:
    """The words for a cause."""
    return _WORDS[cause]
