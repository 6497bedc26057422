"""The link worker: the real process, and real sockets on loopback."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import trustme

from site_builder.linkpipe import working
from site_builder.linkwire import (
    BODY_LIMIT,
    PAGE_LIMIT,
    Answer,
    BodyFault,
    Failure,
    Hop,
    Settings,
    Task,
)
from tests.faults.server import serving
from tests.raw_server import (
    RawServer,
    Say,
    drips,
    floods,
    hangs,
    leads,
    listening,
    ok,
    raw,
    resets,
)

SETTINGS = Settings(
    "Mozilla/5.0 (compatible; Prongsai; link check)",
    "Mozilla/5.0 (X11) Chrome/130 (compatible; Prongsai)",
    allow=("127.0.0.1/32",),
    read_timeout=3.0,
    deadline=6.0,
    per_second=1000.0,
    in_flight=4,
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ENDLESS = 1 << 40


def ask(tasks: Iterable[Task], settings: Settings = SETTINGS) -> dict[int, Answer]:
    """Run a worker on tasks."""
    with working(settings) as worker:
        for task in tasks:
            worker.ask(task)
        answers = {}
        while answer := worker.answer():
            answers[answer.id] = answer
        return answers


def ask_one(url: str, settings: Settings = SETTINGS, **more: Any) -> Answer:
    return ask([Task(1, url, "lane", **more)], settings)[1]


def ask_paths(server: RawServer, paths: Iterable[str], **more: Any) -> dict[str, Answer]:
    numbered = dict(enumerate(paths))
    answers = ask(
        [Task(number, server.url + path, "lane") for number, path in numbered.items()],
        replace(SETTINGS, **more),
    )
    return {path: answers[number] for number, path in numbered.items()}


# What is sent


TARGETS = [
    "/",
    "/a.pdf",
    "//a//b.pdf",
    "/a%2Fb",
    "/a%2fb",
    "/?q=a%26b&c=%e0%b8%81",
    "/?q=a+b;c",
    "/a;v=1/b[1].pdf",
    "/~ann/(x)",
    "/%7Eann",
    "/a/../b/./c",
    "/a%5Cb",
    "/a\\b",
    "/a|b^c`d{e}",
    "/a:b/c@d",
    "/%E0%B8%81.pdf",
    "/%e0%b8%81.pdf",
    "/%A1%D2.pdf",
    "/100%",
    "/%zz",
    "/a?",
    "/a??b=?",
    "/a?b=http://x//y",
    "/a'b\"c<d>",
    "/" + "%E0%B8%81" * 230 + ".pdf",
]


def test_targets_are_sent_byte_for_byte_and_each_once() -> None:
    answers: dict[str, Say] = {target.partition("?")[0]: ok() for target in TARGETS}
    with listening(answers) as server:
        got = ask_paths(server, TARGETS)
    assert sorted(server.targets) == sorted(TARGETS)
    assert {path: answer.status for path, answer in got.items()} == dict.fromkeys(TARGETS, 200)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://127.0.0.1:{}", "/"),
        ("http://127.0.0.1:{}?a=b", "/?a=b"),
        ("http://127.0.0.1:{}/a#b", "/a"),
        ("HTTP://127.0.0.1:{}/a", "/a"),
    ],
)
def test_addresses_without_a_path(url: str, target: str) -> None:
    with listening({"/": ok(), "/a": ok()}) as server:
        assert ask_one(url.format(server.port)).status == 200
    assert server.targets == [target]


def test_headers_name_us_and_the_host() -> None:
    with listening({"/a": ok(), "/b": ok()}) as server:
        lane = "127.0.0.1"
        ask([Task(1, f"{server.url}/a", lane), Task(2, f"{server.url}/b", lane, as_browser=True)])
    heads = {asked.target: asked for asked in server.asked}
    for target in ("/a", "/robots.txt"):
        assert heads[target].header("User-Agent") == SETTINGS.user_agent
    assert heads["/a"].header("Accept") == "*/*"
    assert heads["/a"].header("Accept-Encoding") == "gzip, deflate"
    assert heads["/a"].header("Host") == f"127.0.0.1:{server.port}"
    assert heads["/b"].header("User-Agent") == SETTINGS.browser_agent
    assert str(heads["/b"].header("Accept-Language")).startswith("th")
    assert heads["/b"].header("Upgrade-Insecure-Requests") == "1"
    for head in heads.values():
        assert head.head.count(b"\r\nHost:") == 1
        assert head.header("Cookie") is None


# Redirects


LOCATIONS: list[tuple[str | bytes, str]] = [
    ("/b", "/b"),
    ("b?c", "/x/b?c"),
    ("?c", "/x/a?c"),
    ("/b//c%2Fd/../e", "/b//c%2Fd/../e"),
    ("/%a1%D2", "/%a1%D2"),
    ("/ก.pdf".encode("cp874"), "/%A1.pdf"),
    ("/ก.pdf", "/%E0%B8%81.pdf"),
    ("/a b", "/a%20b"),
    ("/a|b~[c]", "/a|b~[c]"),
    ("/b#part", "/b"),
    ("\t/b ", "/b"),
]


def test_redirects_are_followed_byte_for_byte() -> None:
    there = ok(b"there")
    with ExitStack() as stack:
        servers = []
        for location, target in LOCATIONS:
            server = stack.enter_context(listening({target.partition("?")[0]: there}))
            first = leads(location)
            server.answers = {
                **server.answers,
                "/x/a": lambda caller, first=first: (  # type: ignore[misc]
                    there if "?" in caller.asked.target else first
                )(caller),
            }
            servers.append(server)
        got = ask(Task(n, f"{server.url}/x/a", f"{n}") for n, server in enumerate(servers))
    for number, (_, target) in enumerate(LOCATIONS):
        assert servers[number].targets == ["/x/a", target]
        assert (got[number].status, got[number].body) == (200, b"there")
        assert [hop.status for hop in got[number].hops] == [302]


def test_a_chain_of_redirects_is_told_in_order_and_absolutely() -> None:
    with listening({"/a": leads("/b", 301), "/b": leads("/c", 308)}) as server:
        server.answers = {**server.answers, "/c": leads(f"{server.url}/d", 307), "/d": ok()}
        answer = ask_one(f"{server.url}/a")
    url = server.url
    assert answer.hops == (Hop(f"{url}/b", 301), Hop(f"{url}/c", 308), Hop(f"{url}/d", 307))
    assert answer.status == 200


def test_cookies_live_as_long_as_one_task() -> None:
    with listening() as server:

        def door(path: str) -> Say:
            def say(caller: Any) -> None:
                inside = caller.asked.header("Cookie")
                (ok() if inside else leads(path, 302, "Set-Cookie: a=1"))(caller)

            return say

        server.answers = {"/a": door("/a"), "/b": door("/b")}
        got = ask_paths(server, ["/a", "/b"], in_flight=1)
    assert [answer.status for answer in got.values()] == [200, 200]
    assert server.targets == ["/a", "/a", "/b", "/b"]


FAILING_REDIRECTS: dict[str, tuple[str, Failure]] = {
    "file": ("file:///etc/passwd", Failure.SCHEME),
    "ftp": ("ftp://127.0.0.1/x", Failure.SCHEME),
    "javascript": ("javascript:alert(1)", Failure.SCHEME),
    "data": ("data:text/html,x", Failure.SCHEME),
    "bracket": ("http://[bad/", Failure.MALFORMED),
    "port": ("http://127.0.0.1:99999/", Failure.MALFORMED),
    "no-host": ("http:///x", Failure.MALFORMED),
    "two-dots": ("http://a..b/", Failure.MALFORMED),
    "loop": ("/loop", Failure.LOOP),
    "refused": ("http://127.0.0.1:9/", Failure.REFUSED),
}


def test_redirects_to_where_none_may_lead() -> None:
    cases = {f"/{name}": leads(location) for name, (location, _) in FAILING_REDIRECTS.items()}
    with listening(cases) as server:
        got = ask_paths(server, cases)
    assert {path[1:]: answer.failure for path, answer in got.items()} == {
        name: failure for name, (_, failure) in FAILING_REDIRECTS.items()
    }
    assert all(answer.status is None and answer.causes for answer in got.values())
    assert got["/refused"].hops == (Hop("http://127.0.0.1:9/", 302),)
    assert got["/file"].hops == (Hop("file:///etc/passwd", 302),)


NOT_PUBLIC = (
    *("[::ffff:10.9.8.7]", "[::ffff:10.9.8.7]:", "[::ffff:10.9.8.7]:8080", "[::FFFF:a09:807]"),
    *("[0:0:0:0:0:ffff:10.9.8.7]", "[::10.9.8.7]", "[64:ff9b::10.9.8.7]", "[2002:a09:807::]"),
    *("[::]", "[::1]:81", "[::1%25lo]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[fe80::1%25e]:81"),
)


def test_redirects_into_the_intranet_are_told_as_such_in_any_spelling() -> None:
    cases = {f"/{n}": leads(f"http://{host}/x") for n, host in enumerate(NOT_PUBLIC)}
    cases |= {f"/tls{n}": leads(f"https://{host}") for n, host in enumerate(NOT_PUBLIC)}
    cases |= {f"/same{n}": leads(f"//{host}?x") for n, host in enumerate(NOT_PUBLIC)}
    with listening(cases) as server:
        got = ask_paths(server, cases)
    assert {path: answer.failure for path, answer in got.items()} == dict.fromkeys(
        cases, Failure.ADDRESS
    )


def test_a_redirect_may_be_written_in_thai() -> None:
    with listening({}) as server:
        # Full-width digits: a host beyond ASCII that needs no name server.
        host = server.url.removeprefix("http://").replace("127", "１２７")
        encoded = host.replace("１", "%EF%BC%91")
        server.answers = {
            "/raw": leads(f"http://{host}/ภ"),
            "/encoded": leads(f"http://{encoded}/ภ".encode()),
            "/%E0%B8%A0": ok(),
        }
        got = ask_paths(server, ["/raw", "/encoded"])
    assert [answer.status for answer in got.values()] == [200, 200]


def test_a_redirect_to_nowhere_is_the_final_answer() -> None:
    with listening({"/a": ok(status="302 Found"), "/b": leads("")}) as server:
        got = ask_paths(server, ["/a", "/b"])
    assert [answer.status for answer in got.values()] == [302, 302]


def test_the_body_of_a_redirect_is_not_read() -> None:
    start = b"HTTP/1.1 302 X\r\nLocation: /b\r\nContent-Type: text/html\r\n\r\n"
    with listening({"/a": floods(start, bytes(65536), ENDLESS), "/b": ok()}) as server:
        assert ask_one(f"{server.url}/a").status == 200
    assert server.callers[1].sent < 8 << 20


# Failures


FAILURES: dict[str, tuple[Say, Failure]] = {
    "/closed": (raw(), Failure.CLOSED),
    "/half": (raw(b"HTTP/1.1 200 OK\r\nA: b"), Failure.CLOSED),
    "/reset": (resets(), Failure.RESET),
    "/garbage": (raw(b"hello\r\n\r\n"), Failure.NOT_HTTP),
    "/zero-nine": (raw(b"<html><body>old</body></html>"), Failure.NOT_HTTP),
    "/odd-status": (raw(b"HTTP/1.1 abc\r\n\r\n"), Failure.NOT_HTTP),
    "/binary": (raw(bytes(range(256)) * 4), Failure.NOT_HTTP),
    "/headers-without-end": (
        floods(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 60_000 + b"\r\n", ENDLESS),
        Failure.NOT_HTTP,
    ),
    "/continue-without-end": (
        floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, ENDLESS),
        Failure.NOT_HTTP,
    ),
    "/hang": (hangs, Failure.TIMEOUT),
}


def test_failures_are_told_apart_and_with_their_causes() -> None:
    with listening({path: say for path, (say, _) in FAILURES.items()}) as server:
        got = ask_paths(server, FAILURES, read_timeout=1.0)
    assert {path: answer.failure for path, answer in got.items()} == {
        path: failure for path, (_, failure) in FAILURES.items()
    }
    for answer in got.values():
        assert answer.status is None
        assert len(set(answer.causes)) == len(answer.causes) > 0
    assert all(caller.sent < 8 << 20 for caller in server.callers)
    assert any(cause.startswith("ConnectionResetError: ") for cause in got["/reset"].causes)


def test_many_headers_and_long_ones_are_no_fault_until_all_are_too_much() -> None:
    many = [f"X-{n}: y" for n in range(5_000)]
    kinds = {
        "/many": many,
        "/long": ["X: " + "y" * 100_000],
        "/both": [*many, "X: " + "y" * 200_000],
    }
    cases = {path: ok(b"<p>x", "text/html", *headers) for path, headers in kinds.items()}
    cases["/way"] = leads("/long", 302, "X: " + "y" * 100_000, *many)
    cases["/too-much"] = ok(b"<p>x", "text/html", "X: " + "y" * 400_000)
    with listening(cases) as server:
        got = ask_paths(server, cases)
    assert got.pop("/too-much").failure is Failure.NOT_HTTP
    assert {path: answer.status for path, answer in got.items()} == dict.fromkeys(got, 200)


def test_an_answer_without_a_reason_and_with_odd_headers() -> None:
    odd = raw(b"HTTP/1.1 404\r\nX-Odd: \xe0\xb8\x81\r\nServer: a\r\nserver: b\r\n\r\n")
    with listening({"/a": odd}) as server:
        answer = ask_one(f"{server.url}/a")
    assert (answer.status, answer.reason, answer.whole) == (404, "", True)
    assert answer.headers["server"] == "a, b"


@pytest.mark.parametrize("url", ["http://no-such-name.invalid/", "http://x.invalid./"])
def test_a_name_that_is_not_there(url: str) -> None:
    answer = ask_one(url)
    assert answer.failure in {Failure.NO_HOST, Failure.NAME_SERVER}
    assert any(cause.startswith("gaierror: ") for cause in answer.causes)


# Bodies


BIG = b"<p>" + bytes(range(256)) * 2000
ZIPPED = gzip.compress(b"x" * 1000)


def framed(body: bytes, *headers: str, more: bytes = b"") -> Say:
    lines = "".join(f"{line}\r\n" for line in headers).encode()
    return raw(HEAD + lines + b"\r\n" + body + more)


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)


BODIES: dict[str, tuple[Say, bytes, bool, BodyFault | None]] = {
    "/short": (ok(b"abc"), b"abc", True, None),
    "/none": (ok(b""), b"", True, None),
    "/204": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), b"", True, None),
    "/no-length": (framed(b"abc"), b"abc", True, None),
    "/limit": (ok(BIG[:PAGE_LIMIT]), BIG[:PAGE_LIMIT], True, None),
    "/limit-and-one": (ok(BIG[: PAGE_LIMIT + 1]), BIG[:PAGE_LIMIT], False, None),
    "/big": (ok(BIG), BIG[:PAGE_LIMIT], False, None),
    "/chunked": (
        framed(chunked(b"ab", b"c", b""), "Transfer-Encoding: chunked"),
        *(b"abc", True, None),
    ),
    "/gzip": (ok(ZIPPED, "text/html", "Content-Encoding: gzip"), b"x" * 1000, True, None),
    "/x-gzip": (ok(ZIPPED, "text/html", "Content-Encoding: X-GZIP"), b"x" * 1000, True, None),
    "/gzip-twice": (
        ok(ZIPPED + ZIPPED, "text/html", "Content-Encoding: gzip"),
        *(b"x" * 2000, True, None),
    ),
    "/gzip-and-rubbish": (
        ok(ZIPPED + b"rubbish", "text/html", "Content-Encoding: gzip"),
        *(b"x" * 1000, True, None),
    ),
    "/gzip-of-nothing": (ok(b"", "text/html", "Content-Encoding: gzip"), b"", True, None),
    "/deflate": (
        ok(zlib.compress(b"abc"), "text/html", "Content-Encoding: deflate"),
        *(b"abc", True, None),
    ),
    "/deflate-bare": (
        ok(zlib.compress(b"abc", wbits=-15), "text/html", "Content-Encoding: deflate"),
        *(b"abc", True, None),
    ),
    "/brotli": (ok(b"\x0b\x02", "text/html", "Content-Encoding: br"), b"", False, None),
    "/not-gzip": (
        ok(b"<p>plain", "text/html", "Content-Encoding: gzip"),
        *(b"", False, BodyFault.ENCODING),
    ),
    "/gzip-cut": (
        ok(ZIPPED[:-9], "text/html", "Content-Encoding: gzip"),
        *(b"x" * 1000, False, BodyFault.TRUNCATED),
    ),
    "/cut": (framed(b"abc", "Content-Length: 9"), b"abc", False, BodyFault.TRUNCATED),
    "/cut-chunk": (
        framed(b"9\r\nabc", "Transfer-Encoding: chunked"),
        *(b"abc", False, BodyFault.TRUNCATED),
    ),
    "/no-last-chunk": (
        framed(chunked(b"abc"), "Transfer-Encoding: chunked"),
        *(b"abc", False, BodyFault.TRUNCATED),
    ),
    "/reset": (
        resets(HEAD + b"Content-Length: 9\r\n\r\nabc", 0.3),
        *(b"abc", False, BodyFault.RESET),
    ),
    "/stall": (
        raw(HEAD + b"Content-Length: 9\r\n\r\nabc", 30.0),
        *(b"abc", False, BodyFault.TIMEOUT),
    ),
    "/cut-beyond": (
        framed(BIG, "Content-Length: 999999999"),
        *(BIG[:PAGE_LIMIT], False, None),
    ),
}


def test_bodies_are_read_as_far_as_they_are_wanted() -> None:
    with listening({path: case[0] for path, case in BODIES.items()}) as server:
        got = ask_paths(server, BODIES, read_timeout=1.0)
    for path, (_, body, whole, fault) in BODIES.items():
        answer = got[path]
        assert (path, answer.failure, answer.body_fault) == (path, None, fault)
        assert (path, answer.whole) == (path, whole)
        assert answer.body == body, path


def bomb(size: int) -> bytes:
    squeeze = zlib.compressobj(9, wbits=31)
    return b"".join(
        [*(squeeze.compress(bytes(1 << 20)) for _ in range(size >> 20)), squeeze.flush()]
    )


def test_what_is_too_much_is_not_drawn() -> None:
    gzipped = HEAD + b"Content-Encoding: gzip\r\n\r\n"
    air = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    answers = {
        "/2gb.pdf": floods(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 2147483648\r\n\r\n%PDF",
            *(bytes(65536), 1 << 31),
        ),
        "/endless": floods(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunked(b"<p>" * 9999), ENDLESS
        ),
        "/bomb": raw(gzipped + bomb(200 << 20)),
        # Blocks of deflate that hold nothing.
        "/air": floods(gzipped + air, b"\0\0\0\xff\xff" * 9999, ENDLESS),
        "/trailers": floods(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n" * 9999, ENDLESS
        ),
    }
    with listening(answers) as server:
        before = time.monotonic()
        got = ask_paths(server, answers)
        assert time.monotonic() - before < 5
    assert [answer.status for answer in got.values()] == [200] * len(answers)
    assert not any(answer.whole or answer.body_fault for answer in got.values())
    assert {path: len(answer.body) for path, answer in got.items()} == {
        "/2gb.pdf": BODY_LIMIT,
        **dict.fromkeys(["/endless", "/bomb"], PAGE_LIMIT),
        **dict.fromkeys(["/air", "/trailers"], 0),
    }
    assert all(caller.sent < 8 << 20 for caller in server.callers)


# Files that are kept


def test_a_kept_file_is_whole_or_is_not_there(tmp_path: Path) -> None:
    pdf = b"%PDF" + bytes(range(256)) * 3000
    answers = {
        "/a": ok(pdf, "application/pdf"),
        "/gz": ok(gzip.compress(pdf), "application/pdf", "Content-Encoding: gzip"),
        "/small": ok(b"%PDF", "application/pdf"),
        "/cut": raw(HEAD + b"Content-Length: 999999999\r\n\r\n" + pdf),
        "/big": floods(HEAD + b"\r\n", bytes(65536), ENDLESS),
        "/bomb": raw(HEAD + b"Content-Encoding: gzip\r\n\r\n" + bomb(50 << 20)),
    }
    with listening(answers) as server:
        got = ask(
            Task(number, server.url + path, "l", keep=str(tmp_path / path[1:]), keep_limit=1 << 20)
            for number, path in enumerate(answers)
        )
    a, gz, small, cut, big, burst = got[0], got[1], got[2], got[3], got[4], got[5]
    for answer in (a, gz):
        assert (answer.kept, answer.body) == (len(pdf), pdf[:BODY_LIMIT])
        assert answer.kept_sha256 == hashlib.sha256(pdf).hexdigest()
    assert (small.kept, small.whole) == (4, True)
    assert (cut.kept, cut.body_fault) == (None, BodyFault.TRUNCATED)
    assert (big.kept, big.status, burst.kept) == (None, 200, None)
    assert {path.name for path in tmp_path.iterdir()} == {"a", "gz", "small"}
    assert (tmp_path / "gz").read_bytes() == pdf
    assert all(caller.sent < 8 << 20 for caller in server.callers)


def test_no_drip_is_kept_for_long(tmp_path: Path) -> None:
    chunks = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    enough = [part for _ in range(15) for part in (b"<" * 2_000, 0.2)]
    answers = {
        "/body": drips(HEAD + b"Content-Length: 100000\r\n\r\n", b"<"),
        "/chunks": drips(chunks, b"1\r\nx\r\n"),
        "/headers": drips(b"HTTP/1.1 200 OK\r\n", b"X"),
        "/enough": raw(HEAD + b"Content-Length: 30000\r\n\r\n", *enough),
    }
    with listening(answers) as server:
        tasks = [
            Task(number, server.url + path, "lane", keep=str(tmp_path / path[1:]), keep_limit=10**9)
            for number, path in enumerate(answers)
        ]
        before = time.monotonic()
        got = ask(tasks, replace(SETTINGS, deadline=2.0, read_timeout=0.8))
        assert time.monotonic() - before < 6
    assert [got[number].body_fault for number in (0, 1)] == [BodyFault.TIMEOUT] * 2
    assert got[2].failure is Failure.DEADLINE
    # Slow, and beyond the deadline that holds for all but the body.
    assert got[3].kept == 30_000
    assert [path.name for path in tmp_path.iterdir()] == ["enough"]


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with listening({"/a": ok()}) as server:
        answer = ask_one(f"{server.url}/a", keep=str(tmp_path / "a"), keep_limit=1000)
    assert (answer.status, answer.body, answer.kept) == (200, b"<p>x", None)
    assert answer.causes[0].startswith("FileExistsError: ")
    assert (tmp_path / "a").read_text() == "mine"


# Anchors


ANCHORS: list[tuple[str, bytes, str, bool | None]] = [
    ("a", b"<p id=a>", "text/html", True),
    ("a", b"<a name='a'>", "text/html", True),
    ("a", b'<P ID="a">', "text/html; charset=x-unknown", True),
    ("A", b"<p id=a>", "text/html", False),
    ("a", b"<p name=a>", "text/html", False),
    ("a", b"<!-- <p id=a> -->", "text/html", False),
    ("top", b"<p>", "text/html", True),
    ("", b"<p>", "text/html", True),
    (":~:text=x", b"<p>", "text/html", True),
    ("หน้า ๒", "<p id='หน้า ๒'>".encode(), "text/html", True),
    ("หน้า", "<p id=หน้า>".encode("cp874"), "text/html; charset=TIS-620", True),
    ("หน้า", "<meta charset=windows-874><p id=หน้า>".encode("cp874"), "text/html", True),
    ("ก", b"<p id='&#3585;'>", "text/html", True),
    ("a", b"%PDF", "application/pdf", None),
    ("a", b"<!doctype html><p id=a>", "", True),
    ("late", b"<p>" * 900_000 + b"<p id=late>", "text/html", True),
    ("late", b"<p>" * 1_500_000 + b"<p id=late>", "text/html", None),
]


def test_anchors() -> None:
    with listening(
        {f"/{n}": ok(page, kind) for n, (_, page, kind, _) in enumerate(ANCHORS)}
    ) as server:
        got = ask(
            Task(number, f"{server.url}/{number}", "l", fragments=(fragment,))
            for number, (fragment, *_) in enumerate(ANCHORS)
        )
    for number, (_, page, _, found) in enumerate(ANCHORS):
        assert (number, bool(got[number].missing)) == (number, found is False)
        assert (got[number].status, got[number].body_fault) == (200, None)
        limit = PAGE_LIMIT if got[number].headers.get("content-type") else BODY_LIMIT
        assert got[number].body == page[:limit]


# Time


def test_the_deadline_holds_whatever_drips() -> None:
    answers = {
        "/status-line": drips(b"HTTP", b"/"),
        "/headers": drips(b"HTTP/1.1 200 OK\r\n", b"X"),
        "/body": drips(HEAD + b"Content-Length: 100000\r\n\r\n", b"<"),
        "/chunks": drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        "/hang": hangs,
        "/redirects": leads("/headers"),
    }
    with listening(answers) as server:
        before = time.monotonic()
        got = ask_paths(server, answers, deadline=1.5, read_timeout=20.0, in_flight=9)
        assert time.monotonic() - before < 4
    for path in ("/status-line", "/headers", "/hang", "/redirects"):
        assert (path, got[path].failure, got[path].status) == (path, Failure.DEADLINE, None)
    for path in ("/body", "/chunks"):
        assert (got[path].status, got[path].failure) == (200, None)
        assert (got[path].body_fault, got[path].whole) == (BodyFault.TIMEOUT, False)
        assert got[path].body
    assert len(got["/redirects"].hops) == 1


def test_seconds_are_those_of_the_site() -> None:
    with listening({"/a": raw(0.4, HEAD + b"Content-Length: 0\r\n\r\n")}) as server:
        answer = ask_one(f"{server.url}/a", replace(SETTINGS, per_second=1.5))
    assert 0.35 < answer.seconds < 0.65


# TLS


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    ca = trustme.CA()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, path


def tls_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def test_certificates_are_judged_and_their_end_is_told(
    authority: tuple[trustme.CA, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ca, path = authority
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    ends = dt.datetime(2031, 5, 6, 12, tzinfo=dt.UTC)
    past = dt.datetime(2021, 5, 6, tzinfo=dt.UTC)
    old = tls_context(ca.issue_cert("127.0.0.1"))
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    contexts = {
        "good": tls_context(ca.issue_cert("127.0.0.1", not_after=ends)),
        "expired": tls_context(ca.issue_cert("127.0.0.1", not_before=past, not_after=past)),
        "other host": tls_context(ca.issue_cert("x.go.th")),
        "unknown": tls_context(trustme.CA().issue_cert("127.0.0.1")),
        "old": old,
    }
    got = {}
    for name, context in contexts.items():
        with listening({"/a": ok()}, tls=context) as server:
            got[name] = ask_one(f"{server.url}/a")
            assert server.targets == (["/a"] if name == "good" else [])
    with serving({}) as plain:
        got["plain"] = ask_one(plain.url.replace("http", "https") + "/a")
    good = got.pop("good")
    assert (good.status, good.failure, good.certificate_ends) == (200, None, "2031-05-06")
    assert {name: answer.failure for name, answer in got.items()} == dict.fromkeys(got, Failure.TLS)
    said = {name: " ".join(answer.causes) for name, answer in got.items()}
    assert "certificate has expired" in said["expired"]
    assert "IP address mismatch" in said["other host"]
    assert "CERTIFICATE_VERIFY_FAILED" in said["unknown"]


def test_the_end_is_that_of_the_final_host(
    authority: tuple[trustme.CA, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ca, path = authority
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with (
        listening({"/a": ok()}) as plain,
        listening(
            {"/a": leads(f"{plain.url}/a")}, tls=tls_context(ca.issue_cert("127.0.0.1"))
        ) as secure,
    ):
        answer = ask_one(f"{secure.url}/a")
    assert (answer.status, answer.certificate_ends) == (200, None)


def test_a_stalled_handshake_ends_with_the_deadline() -> None:
    def mute(server: RawServer) -> None:
        server.stopping.wait(30)

    with listening() as server:
        server._serve = lambda _connection: mute(server)  # type: ignore[method-assign] # noqa: SLF001
        before = time.monotonic()
        answer = ask_one(
            server.url.replace("http", "https") + "/",
            replace(SETTINGS, deadline=1.2, read_timeout=20.0),
        )
        assert time.monotonic() - before < 3
    assert answer.failure is Failure.DEADLINE


# robots.txt


def robots(text: str, kind: str = "text/plain") -> Say:
    return ok(text.encode(), kind)


FORBIDS = "User-agent: *\nDisallow: /\n"
ROBOTS: dict[str, tuple[Say, str, bool]] = {
    "all": (robots(FORBIDS), "/a", True),
    "ours": (robots("User-agent: prongsai/1.0\nDisallow: /a"), "/a.pdf", True),
    "another": (robots("User-agent: Googlebot\nDisallow: /"), "/a", False),
    "a piece of our name": (robots("User-agent: Prong\nUser-agent: ai\nDisallow: /"), "/a", False),
    "compatible": (robots("User-agent: Mozilla\nDisallow: /"), "/a", False),
    "ours goes before all": (
        robots("User-agent: *\nDisallow: /\n\nUser-agent: Prongsai\nAllow: /\n"),
        *("/a", False),
    ),
    "another path": (robots("User-agent: *\nDisallow: /b"), "/a", False),
    "nothing": (robots("User-agent: *\nDisallow:\n"), "/a", False),
    "the longest": (robots("User-agent: *\nDisallow: /\nAllow: /a"), "/a.pdf", False),
    "wildcard": (robots("User-agent: *\nDisallow: /*.pdf$"), "/x/a.pdf", True),
    "wildcard's end": (robots("User-agent: *\nDisallow: /*.pdf$"), "/x/a.pdf.html", False),
    "empty lines": (robots("User-agent: *\n\nDisallow: /\n"), "/a", True),
    "BOM and CRLF": (robots("\ufeffUser-agent: *\r\nDisallow: /\r\n"), "/a", True),
    "Thai path": (robots("User-agent: *\nDisallow: /ลับ/"), "/%E0%B8%A5%E0%B8%B1%E0%B8%9A/a", True),
    "no type": (robots(FORBIDS, ""), "/a", True),
    "a page": (robots(f"<html>{FORBIDS}", "text/html"), "/a", False),
    "401": (ok(FORBIDS.encode(), "text/plain", status="401 X"), "/a", False),
    "403": (ok(FORBIDS.encode(), "text/plain", status="403 X"), "/a", False),
    "404": (ok(FORBIDS.encode(), "text/plain", status="404 X"), "/a", False),
    "500": (ok(FORBIDS.encode(), "text/plain", status="500 X"), "/a", False),
    "hang": (hangs, "/a", False),
    "drip": (drips(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"#"), "/a", False),
    "reset": (resets(), "/a", False),
    "too large": (
        floods(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + FORBIDS.encode(),
            *(b"#" * 65536, ENDLESS),
        ),
        *("/a", False),
    ),
    "not allowed address": (leads("http://127.0.0.2:9/robots.txt"), "/a", False),
    "file": (leads("file:///etc/passwd"), "/a", False),
    "moved": (leads("/robots-here.txt"), "/a", True),
}


def test_only_a_rule_forbids() -> None:
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(
                listening({"/robots.txt": say, "/robots-here.txt": robots(FORBIDS), path: ok()})
            )
            for name, (say, path, _) in ROBOTS.items()
        }
        before = time.monotonic()
        got = ask(
            (
                Task(number, server.url + ROBOTS[name][1], name)
                for number, (name, server) in enumerate(servers.items())
            ),
            replace(SETTINGS, deadline=3.0),
        )
        assert time.monotonic() - before < 5
    for number, (name, (_, path, forbidden)) in enumerate(ROBOTS.items()):
        assert (name, got[number].forbidden) == (name, forbidden)
        assert got[number].status == (None if forbidden else 200)
        assert got[number].failure is None
        assert (path in servers[name].targets) is not forbidden
    assert all(caller.sent < 8 << 20 for caller in servers["too large"].callers)


def test_robots_txt_is_asked_for_once_for_each_origin() -> None:
    answers: Mapping[str, Say] = {"/robots.txt": robots("User-agent: *\nDisallow: /1"), "/0": ok()}
    with listening(answers) as one, listening({"/0": ok()}) as other:
        urls = [f"{server.url}/{n % 3}" for n in range(12) for server in (one, other)]
        got = ask(Task(n, url, "lane") for n, url in enumerate(urls))
    assert [asked.target for asked in one.asked].count("/robots.txt") == 1
    assert [asked.target for asked in other.asked].count("/robots.txt") == 1
    assert "/1" not in one.targets
    assert sum(answer.forbidden for answer in got.values()) == 4


def test_a_host_that_takes_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as stack:
        for _ in range(4):  # more than it queues
            client = stack.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        soon = ask_one(url, replace(SETTINGS, read_timeout=0.7))
        late = ask_one(url, replace(SETTINGS, read_timeout=9, deadline=1.5))
    assert (soon.failure, late.failure) == (Failure.CONNECT_TIMEOUT, Failure.DEADLINE)


@pytest.mark.parametrize(
    "url", ["http://[bad/", "http://127.0.0.1:x/", "http://127.0.0.1:{}/a b", "http://a..b/", "x"]
)
def test_a_task_that_is_no_address_harms_no_other(url: str) -> None:
    with listening({"/a": ok()}) as server:
        got = ask([Task(1, url.format(server.port), "l"), Task(2, f"{server.url}/a", "m")])
    assert (got[1].failure, got[1].status) == (Failure.MALFORMED, None)
    assert got[1].causes
    assert server.targets == ["/a"]
    assert got[2].status == 200


def garbled(chance: Random) -> bytes:
    """An answer with some bytes changed, left out, doubled or cut off."""
    whole = bytearray(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nSet-Cookie: a=b; Path=/\r\n"
        b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    )
    whole += chunked(gzip.compress(b"<p id=a>" * 99, mtime=0), b"")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(whole))
        end = at + chance.randint(0, 12)
        whole[at:end] = chance.choice([b"", chance.randbytes(3), bytes(whole[at:end]) * 2, b"\r\n"])
    return bytes(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])


def test_no_garbled_answer_ends_the_worker() -> None:
    chance = Random(2568)  # noqa: S311 - the same each time
    answers: dict[str, Say] = {f"/{number}": raw(garbled(chance)) for number in range(400)}
    with listening(answers) as server:
        got = ask(
            Task(n, server.url + path, "l", fragments=("a",)) for n, path in enumerate(answers)
        )
    assert len(got) == len(answers)
    assert Failure.INTERNAL not in {answer.failure for answer in got.values()}
    assert {answer.status for answer in got.values()} >= {200, None}
