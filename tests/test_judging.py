"""Judging answers: what the facts of one answer, beside its controls, say of a document."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.bodies import read_page, type_of
from site_builder.causes import Cause
from site_builder.judging import (
    Control,
    Wanted,
    control_for,
    judge_answer,
    judge_together,
    place_of,
    request_for,
    seconds_to_wait,
    wants_browser,
)
from site_builder.ledger import Finding
from site_builder.linkwire import Answer, BodyFault, Failure, Hop
from site_builder.verdicts import Verdict

TODAY = date(2026, 11, 23)
HTTP, HTTPS = "http://www.x.go.th", "https://www.x.go.th"
PARKED = "https://parked.example/"
PDF = b"%PDF-1.7 x"


def says(
    body: bytes | str = "<h1>ประกาศ</h1>",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    given_ = {"content-type": "text/html; charset=utf-8"} if headers is None else headers
    return Answer(1, status=status, headers=given_, body=raw, whole=True)


def led(*hops: tuple[int, str], body: bytes | str = "<h1>ประกาศ</h1>", status: int = 200) -> Answer:
    return replace(says(body, status), hops=tuple(Hop(url, code) for code, url in hops))


LOST = Control(HTTP + "/x900", says("<h1>Not Found</h1>", 404))


def judged(url: str, answer: Answer, *controls: Control) -> Finding:
    finding = judge_answer(request_for(url), (answer,), controls or (LOST,), TODAY)
    assert isinstance(finding, Finding)
    return finding


@pytest.mark.parametrize(
    ("url", "request_"),
    [
        ("https://x.go.th/a#b", "https://x.go.th/a"),
        ("https://www.ไทย.ไทย:8443/ก", "https://www.xn--o3cw4h.xn--o3cw4h:8443/%E0%B8%81"),
        ("HTTPS://X.go.th/%a1//b?c=D&e", "https://x.go.th/%a1//b?c=D&e"),
        ("https://x.go.th?q=ก", "https://x.go.th?q=%E0%B8%81"),
        ('https://x.go.th/a|b:c[1]{2}^`\\"<>', 'https://x.go.th/a|b:c[1]{2}^`\\"<>'),
        ("http://[2001:DB8::1]:80/A", "http://[2001:db8::1]:80/A"),
        ("http://x.go.th./", "http://x.go.th./"),
    ],
)
def test_request(url: str, request_: str) -> None:
    assert request_for(url) == request_


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), max_size=30))
def test_a_request_is_ascii_and_keeps_what_is(path: str) -> None:
    request = request_for(f"https://x.go.th/{path}")
    assert request.isascii()
    assert "#" not in request
    assert request_for(request) == request


@pytest.mark.parametrize(
    ("url", "answer", "verdict", "cause"),
    [
        (HTTP + "/a", led((301, HTTPS + "/a")), Verdict.MOVED, None),
        (HTTPS + "/a", led((301, HTTP + "/a")), Verdict.MOVED, Cause.LEAVES_HTTPS),
        (HTTP + "/a", led((302, HTTP + "/a")), Verdict.OK, None),
        (HTTP, led((301, HTTPS + "/")), Verdict.MOVED, None),
        (HTTP + "/", led((302, HTTP + "/th/")), Verdict.OK, Cause.REDIRECTS_FOR_NOW),
        (HTTP + "/", led((301, "https://x.go.th/")), Verdict.MOVED, None),
        (HTTP + "/", led((302, PARKED)), Verdict.MOVED_HOME, Cause.HOME_PAGE),
        (HTTP + "/a.pdf", led((301, PARKED)), Verdict.MOVED_HOME, Cause.HOME_PAGE),
        (HTTP + "/a.pdf", led((301, HTTPS + "/home")), Verdict.MOVED_HOME, Cause.HOME_PAGE),
        (HTTP + "/a", led((301, HTTPS + "/index.php?id=7")), Verdict.MOVED, None),
        (HTTP + "/a.pdf", led((301, HTTPS + "/b.pdf"), body=PDF), Verdict.MOVED, None),
        (HTTP + "/?p=12", led((301, HTTPS + "/?p=12")), Verdict.MOVED, None),
        (HTTP + "/a", led((302, HTTPS + "/a"), status=503), Verdict.TEMPORARY, Cause.SERVER_ERROR),
        (HTTP + "/a", led((302, HTTPS + "/blog-info")), Verdict.OK, Cause.REDIRECTS_FOR_NOW),
        (HTTP + "/a", led((302, HTTPS + "/user/login?to=a")), Verdict.BLOCKED, Cause.LOGIN),
        (HTTP + "/login", led((302, HTTPS + "/login")), Verdict.OK, Cause.REDIRECTS_FOR_NOW),
    ],
)
def test_redirects(url: str, answer: Answer, verdict: Verdict, cause: Cause | None) -> None:
    finding = judged(url, answer)
    assert (finding.verdict, finding.cause) == (verdict, cause)
    assert finding.final_url == answer.hops[-1].url
    assert finding.chain == tuple(f"{hop.status} {hop.url}" for hop in answer.hops)


@pytest.mark.parametrize(
    ("status", "verdict", "cause"),
    [
        (204, Verdict.EMPTY, Cause.NO_BODY),
        (302, Verdict.BROKEN, Cause.REDIRECT_NOWHERE),
        (400, Verdict.BROKEN, Cause.REQUEST_REJECTED),
        (401, Verdict.BLOCKED, Cause.LOGIN),
        (403, Verdict.BLOCKED, Cause.FORBIDDEN),
        (404, Verdict.BROKEN, Cause.NOT_FOUND),
        (406, Verdict.BLOCKED, Cause.FORBIDDEN),
        (408, Verdict.TEMPORARY, Cause.SERVER_ERROR),
        (410, Verdict.BROKEN, Cause.GONE),
        (429, Verdict.TEMPORARY, Cause.TOO_MANY_REQUESTS),
        (451, Verdict.BLOCKED, Cause.LEGAL),
        (500, Verdict.TEMPORARY, Cause.SERVER_ERROR),
        (522, Verdict.TEMPORARY, Cause.SERVER_ERROR),
    ],
)
def test_statuses(status: int, verdict: Verdict, cause: Cause) -> None:
    finding = judged(HTTP + "/a", says(b"" if status == 204 else "<p>x", status))
    assert (finding.verdict, finding.cause, finding.status) == (verdict, cause, status)


@pytest.mark.parametrize("status", [403, 503])
def test_a_challenge_is_blocked_whatever_its_status(status: int) -> None:
    finding = judged(HTTP + "/a", says("<title>Just a moment...</title>", status))
    assert (finding.verdict, finding.cause) == (Verdict.BLOCKED, Cause.CHALLENGE)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("certificate verify failed: certificate has expired (_ssl.c:992)", Cause.CERTIFICATE_EXPIRED),
        ("certificate verify failed: Hostname mismatch, certificate is not valid for 'x'", Cause.CERTIFICATE_OTHER_HOST),
        ("certificate verify failed: IP address mismatch, certificate is not", Cause.CERTIFICATE_OTHER_HOST),
        ("certificate verify failed: self-signed certificate", Cause.CERTIFICATE_UNTRUSTED),
        ("certificate verify failed: unable to get local issuer certificate", Cause.CERTIFICATE_UNTRUSTED),
        ("[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol", Cause.TLS_OBSOLETE),
        ("[SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version", Cause.TLS_OBSOLETE),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", Cause.TLS_ABSENT),
        ("[SSL: RECORD_LAYER_FAILURE] record layer failure", Cause.TLS_ABSENT),
        ("[SSL] something new", Cause.TLS_FAILED),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_encryption(said: str, cause: Cause) -> None:
    answer = Answer(1, failure=Failure.TLS, causes=("SSLError: failed", f"SSLError: {said}"))
    finding = judged(HTTPS + "/a", answer)
    assert (finding.verdict, finding.cause) == (Verdict.TLS, cause)
    assert said in str(finding.note)


@pytest.mark.parametrize("failure", sorted(set(Failure) - {Failure.TLS, Failure.LOOP}))
def test_a_failure_is_never_the_documents_fault(failure: Failure) -> None:
    finding = judged(HTTP + "/a", Answer(1, failure=failure))
    assert finding.verdict not in {Verdict.OK, Verdict.MOVED, Verdict.BROKEN}
    assert finding.cause is not None


@pytest.mark.parametrize(
    ("target", "verdict"),
    [("file:///etc/passwd", Verdict.UNSAFE), ("mailto:a@x.go.th", Verdict.NOT_CHECKED)],
)
def test_redirects_to_other_schemes(target: str, verdict: Verdict) -> None:
    answer = Answer(1, failure=Failure.SCHEME, hops=(Hop(target, 302),))
    assert judged(HTTP + "/a", answer).verdict is verdict


OCTETS = {"content-type": "application/octet-stream"}
DOCX = b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(9) + b"word/document.xml"


@pytest.mark.parametrize(
    ("name", "answer", "verdict", "cause", "kind"),
    [
        ("a.pdf", says(PDF, headers=OCTETS), Verdict.OK, None, "application/pdf"),
        ("a.pdf", says(PDF), Verdict.OK, None, "application/pdf"),
        ("a.pdf", says(b"\xef\xbb\xbf" + PDF), Verdict.OK, None, "application/pdf"),
        ("a.pdf", says(b"\r\n" * 300 + PDF), Verdict.OK, None, "application/pdf"),
        ("a.pdf", says(b"PK\x03\x04 x"), Verdict.WRONG_CONTENT, Cause.ARCHIVE_FOR_DOCUMENT, "application/zip"),
        ("a.pdf", says(b"\xff\xd8\xff x"), Verdict.WRONG_CONTENT, Cause.OTHER_FILE_TYPE, "image/jpeg"),
        ("a.PDF", says("<html><p>ข่าว"), Verdict.WRONG_CONTENT, Cause.PAGE_FOR_DOCUMENT, "text/html"),
        ("a.pdf", says("<html><input type=password>"), Verdict.BLOCKED, Cause.LOGIN, "text/html"),
        ("a", says("<html><input type=password><p>ข่าว"), Verdict.OK, None, "text/html"),
        ("a.docx", says(DOCX), Verdict.OK, None, None),
        ("a.doc", says(DOCX), Verdict.OK, None, None),
        ("a.doc", says(PDF), Verdict.OK, None, "application/pdf"),
        ("a.docx", says(b"PK\x03\x04 x"), Verdict.WRONG_CONTENT, Cause.ARCHIVE_FOR_DOCUMENT, None),
        ("a.zip", says(b"PK\x03\x04 x"), Verdict.OK, None, "application/zip"),
        ("a.xls", says("<table><tr><td>5", headers={"content-type": "application/vnd.ms-excel"}), Verdict.OK, None, None),
        ("a.xyz", says(b"\x00\x01", headers=OCTETS), Verdict.OK, None, None),
        ("a.pdf", says(b"\x00\x01", headers=OCTETS), Verdict.OK, None, None),
        ("a", says(b" \r\n\t"), Verdict.EMPTY, Cause.NO_BODY, None),
        ("a", replace(says(PDF), body_fault=BodyFault.TRUNCATED), Verdict.SUSPECT, Cause.TRUNCATED, None),
        ("a", replace(says(b""), body_fault=BodyFault.RESET), Verdict.SUSPECT, Cause.RESET_IN_BODY, None),
        ("a", replace(says(PDF), body_fault=BodyFault.ENCODING), Verdict.SUSPECT, Cause.BAD_ENCODING, None),
        ("a", replace(says(PDF), body_fault=BodyFault.TIMEOUT), Verdict.OK, Cause.SLOW, None),
        ("a", replace(says(PDF), seconds=11), Verdict.OK, Cause.SLOW, None),
        ("a", replace(says(PDF), certificate_ends="2026-12-06"), Verdict.OK, Cause.CERTIFICATE_ENDS_SOON, None),
        ("a", replace(says(PDF), certificate_ends="2026-12-08"), Verdict.OK, None, None),
        ("a", says("<title>ปรับปรุงระบบประปา</title><p>กลับมาเร็ว ๆ นี้"), Verdict.OK, None, None),
        ("a", says("<p>" + "ข่าว " * 300 + "ปรับปรุงระบบประปา"), Verdict.OK, None, None),
        ("a", says("<meta http-equiv=refresh content='0; url=/'>"), Verdict.MOVED_HOME, Cause.HOME_PAGE, None),
        ("a", says("<meta http-equiv=refresh content='300; url=/'><p>x"), Verdict.OK, None, None),
        ("a", says("<title>404 Not Found</title><p>x"), Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND, None),
        ("a", says("<title>Account Suspended</title><p>x"), Verdict.TEMPORARY, Cause.SERVER_ERROR, None),
        ("a", says("<h1>ไม่พบข่าวที่ต้องการ</h1>"), Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND, None),
        ("a", says("<p>Fatal error: Uncaught PDOException SQLSTATE[HY000]"), Verdict.TEMPORARY, Cause.SERVER_ERROR, None),
        ("a", says("<h1>ถาม: กรณีไม่พบเอกสารต้องทำอย่างไร</h1><p>แจ้งสำนักปลัด"), Verdict.OK, None, None),
        ("a", says("<h1>ไม่พบข้อมูลการร้องเรียน</h1>"), Verdict.OK, None, None),
        ("a", says("<p>x", headers={"content-type": "text/html", "refresh": "0; url=/"}), Verdict.MOVED_HOME, Cause.HOME_PAGE, None),
        ("a", says("<html><body></body></html>"), Verdict.EMPTY, Cause.NO_BODY, None),
        ("a", says("<script>alert('ไม่พบ'); location='index.php'</script>"), Verdict.SUSPECT, Cause.DRAWN_BY_SCRIPT, None),
        ("a", says("<div id=app></div><script src=a.js></script><noscript>Enable it</noscript>"), Verdict.SUSPECT, Cause.DRAWN_BY_SCRIPT, None),
        ("a", says("<script src=/aes.js></script><script>toNumbers('1')</script>"), Verdict.BLOCKED, Cause.CHALLENGE, None),
        ("a", says("<meta http-equiv=refresh content='0; url=/gone.html'><p>x"), Verdict.SUSPECT, Cause.LEADS_ON, None),
        ("a", says("<meta http-equiv=refresh content='5; url=/a'><p>x"), Verdict.OK, None, None),
        ("d.php?f=1", says("File not found.", headers={"content-type": "text/plain"}), Verdict.SOFT_MISSING, Cause.SAYS_NOT_FOUND, None),
        ("d.php?f=1", says("1,2,3", headers={"content-type": "text/plain"}), Verdict.OK, None, None),
        ("a", Answer(1, forbidden=True), Verdict.NOT_CHECKED, Cause.ROBOTS, None),
    ],
)  # fmt: skip
def test_bodies(
    name: str, answer: Answer, verdict: Verdict, cause: Cause | None, kind: str | None
) -> None:
    finding = judged(f"{HTTP}/{name}", answer)
    assert (finding.verdict, finding.cause) == (verdict, cause)
    assert kind is None or finding.content_type == kind


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@x.go.th/b.pdf",
        "http://a@b:secret@x.go.th/b.pdf",
        "http:\\\\user:secret@x.go.th/b.pdf",
    ],
)
def test_a_password_in_a_redirect_is_not_kept(url: str) -> None:
    finding = judged(HTTP + "/a.pdf", led((302, url), body=PDF))
    assert "secret" not in str(finding)
    assert str(finding.final_url).endswith("…@x.go.th/b.pdf")


def test_without_a_control_few_words_are_believed() -> None:
    lost = says("<title>อบต.</title><h1>ไม่พบเอกสารที่ต้องการ</h1>")
    finding = judge_answer(HTTP + "/a", (lost,), None, TODAY)
    assert isinstance(finding, Finding)
    assert finding.cause is Cause.SAYS_NOT_FOUND


def test_documents_have_a_digest_and_pages_have_none() -> None:
    assert judged(HTTP + "/a.pdf", says(PDF)).sha256
    assert judged(HTTP + "/a.pdf", says(PDF)).size == len(PDF)
    assert judged(HTTP + "/a", says()).sha256 is None


# Beside what does not exist

FRAME = "<title>อบต.ตัวอย่าง</title><nav>" + "<a>หน้าแรก</a> <a>ข่าวประชาสัมพันธ์</a> " * 40 + "</nav>"


def page(text: str) -> Answer:
    return says(f"<!doctype html>{FRAME}<main>{text}</main><footer>ติดต่อเรา</footer>")


def controls(*texts: str) -> tuple[Control, ...]:
    return tuple(Control(f"{HTTP}/x90{n}", page(text)) for n, text in enumerate(texts))


@pytest.mark.parametrize(
    ("answer", "lost", "verdict"),
    [
        (page("<p>หาไม่เจอ"), ("<p>หาไม่เจอ",), Verdict.SOFT_MISSING),
        (page("<p>ไม่พบข้อมูลการร้องเรียน"), ("<p>หาไม่เจอ",) * 2, Verdict.OK),
        (page("<p>ไม่พบข้อมูลการร้องเรียน"), ("<p>ไม่พบข้อมูล",) * 2, Verdict.OK),
        (page("<p>ราคากลาง"), ("",) * 2, Verdict.OK),
        (page("<p>หาไม่เจอ<p>ผู้ชม 123 คน 10:22 น."), ("<p>หาไม่เจอ<p>ผู้ชม 124 คน 10:23 น.", "<p>หาไม่เจอ<p>ผู้ชม 125 คน 10:23 น."), Verdict.SOFT_MISSING),
        (page("<p>ร้องเรียน 5 เรื่อง แล้วเสร็จ 3 เรื่อง"), ("<p>ร้องเรียน 0 เรื่อง แล้วเสร็จ 0 เรื่อง",) * 2, Verdict.OK),
        (page("<img src=/up/12.jpg>"), ("",) * 2, Verdict.OK),
        (page("<img src=/up/scan.jpg alt='ประกาศนโยบาย'>"), ("",) * 2, Verdict.OK),
        (page("<iframe src=/up/12.pdf></iframe>"), ("",) * 2, Verdict.OK),
        (page("<a href=/up/12.pdf><img src=pdf.png></a>"), ("",) * 2, Verdict.OK),
        (page("<video src=/up/12.mp4></video>"), ("",) * 2, Verdict.OK),
        (page("<p>ไม่มีไฟล์ /a1.html"), ("<p>ไม่มีไฟล์ /x900",), Verdict.SOFT_MISSING),
        (page("<p>ประกาศผล<p>คำคม: ขยัน"), ("<p>หาไม่เจอ<p>คำคม: อดทน", "<p>หาไม่เจอ<p>คำคม: ซื่อสัตย์"), Verdict.OK),
    ],
)  # fmt: skip
def test_the_page_for_what_is_not_there(
    answer: Answer, lost: tuple[str, ...], verdict: Verdict
) -> None:
    assert settled([answer], controls(*lost)) is verdict


def settled(pages: list[Answer], lost: Sequence[Control]) -> Verdict:
    """The verdict in the end, each of these given in turn for as long as something is wanted."""
    answers, beside = pages[:1], list[Control]()
    while True:
        found = judge_answer(HTTP + "/a1.html", answers, beside, TODAY)
        if isinstance(found, Finding):
            return found.verdict
        if found is Wanted.CONTROL:
            beside.append(lost[len(beside) % len(lost)])
        else:
            answers.append(pages[len(answers) % len(pages)])


@pytest.mark.parametrize("message", ["<p>หาไม่เจอ", ""])
@pytest.mark.parametrize(
    "own", ["<p>ประกาศผล", "<img src=/up/1.jpg>", "<iframe src=/1.pdf></iframe>", ""]
)
@pytest.mark.parametrize("many", [1, 2])
def test_banners_that_change_by_themselves_are_nobodys(message: str, own: str, many: int) -> None:
    chance = random.Random(7)  # noqa: S311 - the same banners on each run
    wrong = 0
    for _ in range(30):

        def furnished(text: str) -> Answer:
            banners = "".join(f"<img src=/b{chance.randrange(7)}.jpg>" for _ in range(many))
            return page(f"{banners}{text}<p>ผู้ชม {chance.randrange(10**6)} คน")

        beside = [Control(f"{HTTP}/x90{n}", furnished(message)) for n in range(3)]
        verdict = settled([furnished(own or message) for _ in range(3)], beside)
        wrong += verdict is not (Verdict.OK if own else Verdict.SOFT_MISSING)
    assert wrong <= 2 * many


@pytest.mark.parametrize("path", ["/ข่าวประชาสัมพันธ์", "/index.php?page=ข่าวประชาสัมพันธ์&id=12", "/News"])
def test_a_menu_with_the_addresses_own_word_hides_nothing(path: str) -> None:
    menu = page("<nav><a>News</a></nav><p>ไม่พบข้อมูลที่ท่านต้องการ")
    url = request_for(HTTP + path)
    lost = Control(control_for(url, "900") or "", menu)
    finding = judge_answer(url, (menu,), (lost,), TODAY)
    assert isinstance(finding, Finding)
    assert finding.verdict is Verdict.SOFT_MISSING


def test_a_control_is_asked_for_only_where_it_can_tell() -> None:
    assert judge_answer(HTTP + "/a", (says(),), (), TODAY) is Wanted.CONTROL
    for path, answer in (("/a.pdf", says(PDF)), ("/a", says(status=404)), ("/", says())):
        assert isinstance(judge_answer(HTTP + path, (answer,), (), TODAY), Finding)


def test_where_every_lost_document_is_sent() -> None:
    hot = HTTP + "/main/hotnews.php"
    lost = Control(HTTP + "/x9.pdf", led((302, hot)))
    finding = judged(HTTP + "/a.pdf", led((302, hot)), lost)
    assert (finding.verdict, finding.cause) == (Verdict.MOVED_HOME, Cause.LOST_GO_HERE)


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("<title>ไม่พบ</title>".encode("cp874"), "text/html; charset=windows-874"),
        (b"<meta charset=tis-620>" + "<title>ไม่พบ</title>".encode("tis-620"), "text/html"),
        ("<title>ไม่พบ</title>".encode("cp874"), "text/html"),
        ("<title>ไม่พบ</title>".encode(), "text/html; charset=iso-8859-1x"),
        (("<title>ไม่พบ</title>" + "ก").encode()[:-1], "text/html; charset=utf-8"),
    ],
)
def test_old_thai_encodings(body: bytes, header: str) -> None:
    assert read_page(body, {"content-type": header}, HTTP).title == "ไม่พบ"


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_read(body: bytes, header: str) -> None:
    read_page(body, {"content-type": header}, HTTP)
    type_of(body, header)


@pytest.mark.parametrize(
    ("request_", "control"),
    [
        ("/a/b.pdf", "/a/x900.pdf"),
        ("/a/12.html", "/a/900.html"),
        ("/a/news-12.html", "/a/news-900.html"),
        ("/a/b", "/a/x900"),
        ("/a/", "/x900/"),
        ("/news.php?id=12&cat=hot", "/news.php?id=900&cat=x900"),
        ("/news.php?12", "/news.php?x900"),
        ("/", None),
        ("", None),
    ],
)
def test_an_address_that_does_not_exist(request_: str, control: str | None) -> None:
    assert control_for(HTTP + request_, "900") == (control and HTTP + control)


def test_one_control_serves_a_place() -> None:
    same = [place_of(HTTP + path) for path in ("/news/12/a.html", "/news/7/b.html")]
    assert same[0] == same[1]
    others = ["/news/12/a.pdf", "/about/a.html", "/news/12/a.html?id=1"]
    assert len({place_of(HTTP + path) for path in others} | set(same)) == 4


# Asking again

PAUSES = (3.0, 10.0)
NOW, LATER = "Mon, 23 Nov 2026 10:00:00 GMT", "Mon, 23 Nov 2026 10:01:00 GMT"


@pytest.mark.parametrize(
    ("answer", "tried", "alike", "wait"),
    [
        (says(), 1, 1, None),
        (says(status=404), 1, 1, 3.0),
        (says(status=404), 2, 2, None),
        (says(status=404), 3, 1, 3.0),
        (says(status=503), 1, 1, 3.0),
        (says(status=503), 2, 2, 10.0),
        (says(status=503), 3, 3, None),
        (says(status=429, headers={"retry-after": "7"}), 1, 1, 7.0),
        (says(status=429, headers={"retry-after": "121"}), 1, 1, None),
        (says(status=503, headers={"retry-after": LATER, "date": NOW}), 1, 1, 60.0),
        (says(status=503, headers={"retry-after": "soon", "date": NOW}), 1, 1, 3.0),
        (says(status=503, headers={"retry-after": LATER}), 1, 1, 3.0),
        (says(status=401), 1, 1, None),
        (Answer(1, failure=Failure.RESET), 1, 1, 3.0),
        (Answer(1, failure=Failure.RESET), 3, 3, None),
        (Answer(1, failure=Failure.TLS), 1, 1, None),
        (Answer(1, failure=Failure.LOOP), 1, 1, None),
        (Answer(1, failure=Failure.ADDRESS), 1, 1, None),
        (replace(says(), body_fault=BodyFault.RESET), 1, 1, 3.0),
    ],
)
def test_asking_again(answer: Answer, tried: int, alike: int, wait: float | None) -> None:
    assert seconds_to_wait(answer, tried, alike, PAUSES) == wait


def test_asking_as_a_browser() -> None:
    assert [s for s in (200, 401, 403, 404, 406, 451, 503) if wants_browser(says(status=s))] == [
        403,
        406,
    ]


# Many together


def test_many_links_that_end_at_one_address() -> None:
    def found(path: str, end: str) -> Finding:
        return Finding(HTTP + path, Verdict.MOVED, final_url=end, content_type="text/html")

    spellings = [
        Finding(f"{base}/a", Verdict.MOVED, final_url=HTTPS + "/a", content_type="text/html")
        for base in (HTTP, HTTPS, PARKED)
    ]
    lost = [found(path, HTTPS + "/news") for path in ("/a.pdf", "/b.pdf", "/c?id=1")]
    alone = [found("/d", HTTPS + "/e")]
    alone += [
        replace(found(f"/{n}", HTTPS + "/n.pdf"), content_type="application/pdf") for n in "ab"
    ]
    verdicts = [finding.verdict for finding in judge_together([*spellings, *lost, *alone])]
    assert verdicts == [Verdict.MOVED] * 3 + [Verdict.MOVED_HOME] * 3 + [Verdict.MOVED] * 3
