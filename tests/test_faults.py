"""The servers with faults built in, tried by raw clients: a fault that is none proves nothing."""

from __future__ import annotations

import gzip
import http.client
import ipaddress
import json
import re
import socket
import time
import zlib
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.faults import bodies
from tests.faults.running import OPEN, Running, running
from tests.faults.server import FaultServer, quoted, says, serving
from tests.faults.sites import MANY, NAMES, SILENT, SPELLINGS, sites
from tests.link_cases import CASES

CHROME = {
    "User-Agent": "Mozilla/5.0 (X11)",
    "Accept-Language": "th,en;q=0.5",
    "Accept": "text/html",
}


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    """All sites."""
    with running(sites(), NAMES, SILENT) as all_sites:
        yield all_sites


def raw(server: FaultServer, target: str, method: str = "GET") -> bytes:
    """All that comes until the server closes, or resets: then ConnectionResetError."""
    request = f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = b""
    with socket.create_connection(server.place, 5) as sock:
        sock.sendall(request.encode("latin-1"))
        while piece := sock.recv(65_536):
            answer += piece
    return answer


def ask(
    server: FaultServer, target: str, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, as http.client reads them."""
    connection = http.client.HTTPConnection(*server.place, timeout=5)
    try:
        connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()
    finally:
        connection.close()


# What is recorded


TARGETS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=60)


@given(TARGETS)
@example("/a/../b")
@example("//x\\y")
@example("%2F%a1|:[]")
def test_requests_are_recorded_byte_for_byte(text: str) -> None:
    with serving({}) as server:
        assert raw(server, "/" + text).startswith(b"HTTP/1.1 404 Not Found\r\n")
        (request,) = server.requests
        assert request.target == "/" + text
        assert request.line == f"GET /{text} HTTP/1.1".encode()
        assert request.headers == {"host": "x", "connection": "close"}
        assert request.connection == 0
        assert len(server.connections) == 1
        assert server.connections[0] <= request.at <= time.monotonic()


def test_one_connection_carries_several_requests() -> None:
    with (
        serving({"/a": says(200, b"a"), "/b": says(200, b"b")}) as server,
        socket.create_connection(server.place, 5) as sock,
    ):
        sock.sendall(b"GET /a HTTP/1.1\r\n\r\nGET /b?c HTTP/1.1\r\nConnection: close\r\n\r\n")
        answers = b"".join(iter(lambda: sock.recv(1000), b""))
        assert answers.count(b"HTTP/1.1 200 OK") == 2
        assert answers.endswith(b"b")
        assert [(each.connection, each.target) for each in server.requests] == [
            (0, "/a"),
            (0, "/b?c"),
        ]
        assert sum(server.sent.values()) == len(answers)


def test_stopping_leaves_no_thread_waiting() -> None:
    began = time.monotonic()
    with running(sites(), NAMES, SILENT) as all_sites:
        for site in ("hangs", "drips", "tls-hangs", "secure"):
            sock = socket.create_connection(all_sites[site].place, 5)
            sock.sendall(b"GET /a.pdf HTTP/1.1\r\n\r\n")
            sock.close()
        with (
            socket.create_connection(all_sites["hangs"].place, 5) as waiting,
            socket.create_connection(all_sites["secure"].place, 5),
        ):
            waiting.sendall(b"GET /a.pdf HTTP/1.1\r\n\r\n")
    assert time.monotonic() - began < 10


# The table and the sites


def test_each_case_has_a_name_and_an_address_of_its_own(served: Running) -> None:
    for values in ([case.name for case in CASES], [served.where(case.url) for case in CASES]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_no_case_leads_beyond_this_machine(served: Running) -> None:
    known = json.loads((served.folder / "names.json").read_text("utf-8"))["names"]
    for answers in known.values():
        assert all(ipaddress.ip_address(each).is_loopback for answer in answers for each in answer)
    for name, server in served.servers.items():
        host = ipaddress.ip_address(server.place[0])
        assert (host in OPEN[0]) is not name.startswith("internal"), name


@pytest.mark.parametrize("target", SPELLINGS)
def test_a_document_stands_at_its_exact_spelling_only(served: Running, target: str) -> None:
    site = served[f"spelling-{SPELLINGS.index(target) % 4}"]
    assert ask(site, quoted(target))[0] == 200
    assert ask(site, quoted(target).replace("a", "A").replace("%", "%25") + "z")[0] == 404


UTF_8 = "text/html; charset=utf-8"
ANSWERS: dict[tuple[str, str], tuple[int, str, bytes]] = {
    ("pages", "/plan.html"): (200, UTF_8, bodies.ARTICLE),
    ("files", "/bom.pdf"): (200, "application/pdf", b"\xef\xbb\xbf%PDF"),
    ("files", "/text.pdf"): (200, "text/html", b"%PDF"),
    ("office-files", "/zip.docx"): (200, "application/zip", b"PK\x03\x04"),
    ("not-documents", "/photo.pdf"): (200, "application/pdf", b"\xff\xd8\xff"),
    ("failing", "/522.pdf"): (522, "text/html", b""),
    ("missing", "/410.pdf"): (410, "text/html", b""),
    ("nothing", "/zero.pdf"): (200, "application/pdf", b""),
    ("maintenance-503", "/any/thing"): (503, UTF_8, bodies.MAINTENANCE),
    ("members", "/minutes.pdf"): (200, UTF_8, bodies.LOGIN),
    ("robots-403", "/robots.txt"): (403, "text/html", b""),
}


@pytest.mark.parametrize(("site", "target"), ANSWERS)
def test_plain_answers(served: Running, site: str, target: str) -> None:
    status, headers, body = ask(served[site], target)
    expected, kind, start = ANSWERS[site, target]
    assert (status, headers["content-type"]) == (expected, kind)
    assert body.startswith(start)
    assert (body == b"") == ("zero" in target)


@pytest.mark.parametrize(
    ("site", "target", "status", "location"),
    [
        ("moved", "/308.pdf", 308, "/new.pdf"),
        ("moved", "/elsewhere.pdf", 301, "<files>/a.pdf"),
        ("moved-thai", "/tis-620.pdf", 301, "/\xa1\xd2\xc3.pdf"),
        ("to-https", "/a.pdf", 301, "https://secure.test:<secure.port>/a.pdf"),
        ("hot-news", "/docs/2564/plan.pdf", 302, "/main/hotnews.php"),
        ("hot-news", "/no/thing", 302, "/main/hotnews.php"),
        ("old-site", "/any?x=1", 301, "<files>/any?x=1"),
        ("traps", "/loopback", 301, "http://127.0.0.2:<internal.port>/a.pdf"),
        ("robots-internal", "/robots.txt", 302, "http://127.0.0.2:<internal.port>/robots.txt"),
    ],
)
def test_redirects(served: Running, site: str, target: str, status: int, location: str) -> None:
    found, headers, _body = ask(served[site], target)
    assert (found, headers["location"]) == (status, served.where(location))


def test_a_location_of_raw_utf_8(served: Running) -> None:
    assert "\r\nLocation: /เอกสาร/แผน.pdf\r\n".encode() in raw(served["moved-thai"], "/utf-8.pdf")


def test_a_redirect_to_nowhere(served: Running) -> None:
    status, headers, _body = ask(served["astray"], "/nowhere.pdf")
    assert status == 302
    assert "location" not in headers


@pytest.mark.parametrize(("target", "status"), [("/404.pdf", b"404"), ("/405.pdf", b"405")])
def test_head_is_answered_otherwise_than_get(served: Running, target: str, status: bytes) -> None:
    head = raw(served["heads"], target, "HEAD")
    assert head.split(b" ")[1] == status
    assert head.endswith(b"\r\n\r\n"), "a body follows"
    assert ask(served["heads"], target)[::2] == (200, bodies.PDF)


def test_head_is_reset_and_get_is_not(served: Running) -> None:
    with pytest.raises(ConnectionResetError):
        raw(served["heads"], "/reset.pdf", "HEAD")
    assert ask(served["heads"], "/reset.pdf")[0] == 200


@pytest.mark.parametrize(
    ("site", "target", "first"),
    [("once", "/429.pdf", 429), ("once", "/503.pdf", 503), ("wait-one", "/a.pdf", 429)],
)
def test_a_failure_that_comes_once(served: Running, site: str, target: str, first: int) -> None:
    statuses = [ask(served[site], target)[0] for _ in range(3)]
    assert statuses == [first, 200, 200]


def test_a_reset_that_comes_once(served: Running) -> None:
    with pytest.raises(ConnectionResetError):
        raw(served["once"], "/reset.pdf")
    assert ask(served["once"], "/reset.pdf")[0] == 200


@pytest.mark.parametrize(("target", "status"), [("/406.pdf", 406), ("/403.html", 403)])
def test_only_a_browser_passes(served: Running, target: str, status: int) -> None:
    robot = {"User-Agent": CHROME["User-Agent"], "Accept": "*/*"}
    assert ask(served["browsers"], target, robot)[0] == status
    assert ask(served["browsers"], target, CHROME)[0] == 200


def test_a_cookie_opens_the_door(served: Running) -> None:
    status, headers, _body = ask(served["cookies"], "/a.pdf")
    assert (status, headers["location"]) == (302, "/a.pdf")
    cookie = headers["set-cookie"].partition(";")[0]
    assert ask(served["cookies"], "/a.pdf", {"Cookie": cookie})[0] == 200


# Large, and small on the wire


@pytest.mark.parametrize("target", ["/2gb.pdf", "/endless.html"])
def test_what_has_no_end_is_made_only_as_it_is_drawn(served: Running, target: str) -> None:
    server = served["large"]
    with socket.create_connection(server.place, 5) as sock:
        sock.sendall(f"GET {target} HTTP/1.1\r\n\r\n".encode())
        drawn = sock.recv(200_000)
        if target == "/2gb.pdf":
            assert f"Content-Length: {MANY}\r\n".encode() in drawn
        time.sleep(0.3)
        assert server.sent[target] < 2_000_000
    time.sleep(0.3)
    sent = server.sent[target]
    time.sleep(0.3)
    assert server.sent[target] == sent, "goes on after the client has left"


def test_the_bomb_is_small_sound_and_large(served: Running) -> None:
    _status, headers, body = ask(served["large"], "/bomb.html")
    assert headers["content-encoding"] == "gzip"
    assert len(body) < 1_000_000
    unpacked, size, start = zlib.decompressobj(31), 0, b""
    while body and not unpacked.eof:
        piece = unpacked.decompress(body, 1_000_000)
        body, size, start = unpacked.unconsumed_tail, size + len(piece), start or piece
    assert unpacked.eof, "the checksum at its end is right"
    assert size > 200_000_000
    assert start.startswith(bodies.ARTICLE)


# Systems that answer 200 for what they do not have


def _text(page: tuple[int, dict[str, str], bytes], encoding: str) -> str:
    status, _headers, body = page
    assert status == 200
    return body.decode(encoding)


@pytest.mark.parametrize(
    ("site", "encoding"), [("cms", "utf-8"), ("cms-874", "cp874"), ("cms-620", "tis-620")]
)
def test_a_lost_page_differs_each_time_and_from_an_article(
    served: Running, site: str, encoding: str
) -> None:
    lost = [_text(ask(served[site], "/news/2559"), encoding) for _ in range(2)]
    article = _text(ask(served[site], "/news/plan"), encoding)
    assert lost[0] != lost[1], "the noise"
    still = [re.sub(r"csrf-token content=\w+|[\d,]+ คน|[\d:.]+ น\.", "", page) for page in lost]
    assert still[0] == still[1]
    assert "/news/2559" in lost[0]
    assert "ไม่รับของขวัญ" not in lost[0]
    assert "แผนปฏิบัติการ" in article
    assert len(set(article.split("<")) & set(lost[0].split("<"))) > 60, "the frame"


def test_the_character_sets_are_announced_in_one_place(served: Running) -> None:
    _status, headers, body = ask(served["cms-874"], "/news/short")
    assert headers["content-type"] == "text/html; charset=windows-874"
    assert b"charset" not in body
    _status, headers, body = ask(served["cms-620"], "/news/short")
    assert headers["content-type"] == "text/html"
    assert b"charset=tis-620" in body


def test_the_hard_pair(served: Running) -> None:
    true = _text(ask(served["cms-complaints"], "/complaints/2568"), "utf-8")
    lost = _text(ask(served["cms-complaints"], "/complaints/2560"), "utf-8")
    assert "ไม่พบข้อมูลการร้องเรียน" in true
    assert "ไม่พบข้อมูลที่ท่านร้องขอ" in lost


def test_a_query_names_a_page(served: Running) -> None:
    pages = {
        n: _text(ask(served["cms-query"], f"/index.php?id={n}"), "utf-8") for n in (12, 13, 99, 7)
    }
    assert "แผนปฏิบัติการ" in pages[12]
    assert "ไม่รับของขวัญ" in pages[13]
    assert "มิได้เปิดให้บริการ" in pages[99]
    assert "มิได้เปิดให้บริการ" in pages[7]


# No whole answer


@pytest.mark.parametrize(("target", "reset"), [("/short.pdf", False), ("/reset.pdf", True)])
def test_bodies_that_end_early(served: Running, target: str, reset: bool) -> None:
    connection = http.client.HTTPConnection(*served["cut"].place, timeout=5)
    connection.request("GET", target)
    answer = connection.getresponse()
    with pytest.raises(ConnectionResetError if reset else http.client.IncompleteRead):
        answer.read()
    connection.close()


def test_a_chunked_body_without_its_end(served: Running) -> None:
    with pytest.raises(http.client.IncompleteRead):
        ask(served["cut"], "/chunk.html")


def test_gzip_that_is_none(served: Running) -> None:
    _status, headers, body = ask(served["cut"], "/gzip.html")
    assert headers["content-encoding"] == "gzip"
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(body)


@pytest.mark.parametrize("site", ["resets", "resets-all"])
def test_resets(served: Running, site: str) -> None:
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        raw(served[site], "/a.pdf")


@pytest.mark.parametrize(
    ("site", "start"),
    [("closes", b""), ("garbage", b"\x00\xff"), ("ssh", b"SSH-2.0"), ("http-0-9", b"<!doctype")],
)
def test_what_is_no_http(served: Running, site: str, start: bytes) -> None:
    answer = raw(served[site], "/a.pdf")
    assert answer.startswith(start)
    assert bool(answer) == bool(start)
    with pytest.raises((http.client.BadStatusLine, ConnectionResetError)):
        ask(served[site], "/a.pdf")


@pytest.mark.parametrize("site", ["hangs", "tls-hangs"])
def test_servers_that_say_nothing(served: Running, site: str) -> None:
    with socket.create_connection(served[site].place, 5) as sock:
        sock.sendall(b"GET /a.pdf HTTP/1.1\r\n\r\n")
        sock.settimeout(0.4)
        with pytest.raises(TimeoutError):
            sock.recv(1)


def test_headers_that_drip(served: Running) -> None:
    with socket.create_connection(served["drips"].place, 5) as sock:
        sock.sendall(b"GET /a.pdf HTTP/1.1\r\n\r\n")
        pieces = [sock.recv(100) for _ in range(5)]
    assert b"".join(pieces) == b"HTTP/1.1 200 OK"[: len(b"".join(pieces))]
    assert all(len(piece) <= 2 for piece in pieces)


def test_headers_without_end(served: Running) -> None:
    with pytest.raises(http.client.HTTPException):
        ask(served["floods"], "/a.pdf")


def test_ports_that_nobody_serves(served: Running) -> None:
    def knock(site: str, seconds: float) -> socket.socket:
        return socket.create_connection(served.ports[site].place, seconds)

    for site in ("refuses", "first"):
        with pytest.raises(ConnectionRefusedError):
            knock(site, 2)
    with knock("never-accepts", 2) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        sock.settimeout(0.3)
        with pytest.raises(TimeoutError):
            sock.recv(1)
    with pytest.raises(TimeoutError):
        knock("never-connects", 0.5)


# Unusual, and well


def test_interim_and_old_answers(served: Running) -> None:
    hints = raw(served["unusual-2"], "/early-hints.pdf")
    assert hints.startswith(b"HTTP/1.1 103 Early Hints\r\n")
    assert b"\r\n\r\nHTTP/1.1 200 OK\r\n" in hints
    for target in ("/http-1-0.pdf", "/bare-lf.pdf"):
        assert ask(served["unusual"], target)[::2] == (200, bodies.PDF)


def test_sound_encodings(served: Running) -> None:
    assert ask(served["unusual"], "/chunked.html")[2] == bodies.ARTICLE
    assert gzip.decompress(ask(served["unusual"], "/gzip.html")[2]) == bodies.ARTICLE
    assert ask(served["unusual"], "/utf-8.html")[1]["content-encoding"] == "UTF-8"


def test_redirects_without_end(served: Running) -> None:
    seen = ["/on-and-on.pdf"]
    for _ in range(5):
        seen.append(ask(served["astray"], seen[-1])[1]["location"])
    assert len(set(seen)) == 6


def test_headers_that_break_off(served: Running) -> None:
    assert b"\r\n\r\n" not in raw(served["cut-headers"], "/a.pdf")


def test_a_heavy_page_tells_late_what_it_is_about(served: Running) -> None:
    pages = [ask(served["cms-heavy"], f"/news/{name}")[2] for name in ("plan", "2559")]
    starts = {re.sub(rb"csrf-token content=\w+", b"", page[:100_000]) for page in pages}
    assert len(starts) == 1


def test_headlines_rotate(served: Running) -> None:
    pages = [ask(served["cms-rotating"], "/news/plan")[2].decode() for _ in range(3)]
    headlines = [set(re.findall(r"<li>ข่าวที่ [^<]+", page)) for page in pages]
    assert len(set.union(*headlines)) == 15
