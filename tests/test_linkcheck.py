"""Link checks: the real LinkChecker against servers on loopback, and the judging around it."""

import ipaddress
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import linkcheck, linkprogram
from site_builder.addresses import Address, Network
from site_builder.judging import Row, judge_address, judge_host, judge_row, request_for
from site_builder.ledger import Finding
from site_builder.linkcheck import CouldNotRunError, check_links, check_site
from site_builder.verdicts import Verdict
from tests.faults.server import Answer, FaultServer, hangs, leads, says, sends, serving

LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"),)
PDF = says(200, b"%PDF-1.7 x", "application/pdf")
HOME = says(200)
DEAD = "http://127.0.0.1:9/dead"

# The path on a server: how it answers, the verdict, the status in the ledger.
ANSWERS: dict[str, tuple[Answer, Verdict, int | None]] = {
    "/": (HOME, Verdict.OK, 200),
    "/html": (says(200), Verdict.OK, 200),
    "/a.pdf": (PDF, Verdict.OK, 200),
    "/401": (says(401), Verdict.BLOCKED, 401),
    "/403": (says(403), Verdict.BLOCKED, 403),
    "/451": (says(451), Verdict.BLOCKED, 451),
    "/404": (says(404), Verdict.BROKEN, 404),
    "/404-bare": (says(404, reason=" "), Verdict.BROKEN, 404),
    "/404-odd": (says(404, reason="\x01\x1b<b>&"), Verdict.BROKEN, 404),
    "/410": (says(410), Verdict.BROKEN, 410),
    "/429": (says(429), Verdict.TEMPORARY, 429),
    "/500": (says(500), Verdict.TEMPORARY, 500),
    "/503": (says(503), Verdict.TEMPORARY, 503),
    "/empty": (says(200, b""), Verdict.EMPTY, 200),
    "/garbage": (sends(b"hello\r\n\r\n"), Verdict.TEMPORARY, None),
    "/closed": (sends(b""), Verdict.TEMPORARY, None),
    "/hang": (hangs, Verdict.TEMPORARY, None),
    "/ประกาศ/นโยบาย.pdf": (PDF, Verdict.OK, 200),
    "/%E0%B8%81.pdf": (PDF, Verdict.OK, 200),
    # LinkChecker asks for another address, so that 404 says nothing about this one.
    "/%A1%D2.pdf": (PDF, Verdict.TEMPORARY, 404),
    "/%A1%D2-moved.pdf": (PDF, Verdict.TEMPORARY, 404),
    "//slashes": (PDF, Verdict.TEMPORARY, 404),
    "//a.pdf": (PDF, Verdict.OK, 200),
    "/private/x": (says(200), Verdict.NOT_CHECKED, None),
}
REDIRECTS: dict[str, tuple[Answer, Verdict, int | None]] = {
    "/301": (leads(301, "/a.pdf"), Verdict.MOVED, 200),
    "/308": (leads(308, "/a.pdf"), Verdict.MOVED, 200),
    "/301-301": (leads(301, "/301"), Verdict.MOVED, 200),
    "/302": (leads(302, "/a.pdf"), Verdict.OK, 200),
    "/303": (leads(303, "/a.pdf"), Verdict.OK, 200),
    "/307": (leads(307, "/a.pdf"), Verdict.OK, 200),
    "/301-302": (leads(301, "/302"), Verdict.OK, 200),
    "/302-home": (leads(302, "/"), Verdict.MOVED_HOME, 200),
    "/301-index": (leads(301, "/th/index.php"), Verdict.MOVED_HOME, 200),
    "/302-page-home": (leads(302, "/index.php?page=home"), Verdict.MOVED_HOME, 200),
    "/index.html": (leads(301, "/"), Verdict.MOVED, 200),
    "/302-404": (leads(302, "/404"), Verdict.BROKEN, 404),
    "/302-door": (leads(302, "/wp-login.php"), Verdict.BLOCKED, 200),
    "/loop": (leads(302, "/loop"), Verdict.BROKEN, None),
    "/302-nowhere": (says(302), Verdict.BROKEN, 302),
    "/302-file": (leads(302, "file:///etc/passwd"), Verdict.UNSAFE, None),
    "/302-damaged": (leads(302, "http://[bad/"), Verdict.TEMPORARY, None),
}
CASES = ANSWERS | REDIRECTS
UNLISTED: dict[str, Answer] = {
    "/th/index.php": HOME,
    "/index.php": HOME,
    "/wp-login.php": says(200),
    # What LinkChecker makes of TIS-620 bytes.
    "/%EF%BF%BD%EF%BF%BD-moved.pdf": leads(301, "/404"),
    "/robots.txt": says(200, b"User-agent: *\nDisallow: /private/\n", "text/plain"),
}


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, FaultServer]]:
    """Two servers for the cases, as each is paced, and one for each faulty robots.txt."""
    cases = {quote(path, safe="/%"): answer for path, (answer, _, _) in CASES.items()}
    robots = {"401": says(401), "403": says(403), "500": says(500), "hang": hangs}
    with ExitStack() as stack:
        started = {
            name: stack.enter_context(serving(cases | UNLISTED)) for name in ("main", "twin")
        }
        for name, answer in robots.items():
            served = serving({"/robots.txt": answer, "/there": says(200)})
            started[name] = stack.enter_context(served)
        yield started


@dataclass(frozen=True)
class Run:
    """One run of the real LinkChecker over all cases."""

    findings: tuple[Finding, ...]
    progress: list[tuple[int, int]]
    given: tuple[str, ...]

    def __getitem__(self, url: str) -> Finding:
        """The finding for an address."""
        return next(finding for finding in self.findings if finding.url == url)


@pytest.fixture(scope="module")
def run(servers: dict[str, FaultServer]) -> Run:
    """Check everything once: LinkChecker is slow, it paces each host."""
    main = servers["main"].url
    given = [
        *(main + path for path in ANSWERS),
        *(servers["twin"].url + path for path in REDIRECTS),
        *(servers[robots].url + "/there" for robots in ("401", "403", "500", "hang")),
        *(main + "/a.pdf", main + "/a.pdf#page=2", main + "/a.pdf#หน้า-๒", main + "/a.pdf?x=1&y=ก"),
        main.replace("http", "HTTP", 1) + "/html",
        main.replace("http", "https") + "/a.pdf",
        main.replace("127.0.0.1", "2130706433") + "/html",
        DEAD,
        *("mailto:a@x.go.th", "javascript:alert(1)", "www.x.go.th/a", "http://u:p@x.go.th/"),
        *("http://10.0.0.1/", "http://[::1]/x", "http://169.254.169.254/latest/meta-data/"),
    ]
    progress: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linkprogram, "READ_TIMEOUT", 2)
        patch.setenv("http_proxy", "http://127.0.0.1:9/")
        findings = check_links(
            given, allow=LOOPBACK, progress=lambda *now: progress.append(now), user_agent="Tester/1"
        )
    return Run(findings, progress, tuple(given))


@pytest.mark.parametrize("path", CASES)
def test_verdict_of_each_answer(run: Run, servers: dict[str, FaultServer], path: str) -> None:
    finding = run[servers["main" if path in ANSWERS else "twin"].url + path]
    _answer, verdict, status = CASES[path]
    assert (finding.verdict, finding.status) == (verdict, status), finding


def test_one_finding_for_each_address_in_the_given_order(run: Run) -> None:
    assert [finding.url for finding in run.findings] == list(dict.fromkeys(run.given))


def test_progress_counts_every_address(run: Run) -> None:
    total = len(run.findings)
    assert run.progress == sorted(run.progress)
    assert len(run.progress) > total / 2, "streams"
    assert {of for _done, of in run.progress} == {total}
    assert run.progress[-1][0] == total


def test_a_document_is_asked_for_once(run: Run, servers: dict[str, FaultServer]) -> None:
    main = servers["main"]
    assert all(run[main.url + "/a.pdf" + end].verdict is Verdict.OK for end in ("", "#page=2"))
    # Once for it, once for //a.pdf, which LinkChecker rewrites.
    assert main.asked.count("/a.pdf") == 2
    assert main.asked.count("/a.pdf?x=1&y=%E0%B8%81") == 1


def test_private_pages_are_never_asked_for(run: Run, servers: dict[str, FaultServer]) -> None:
    assert run.findings
    assert "/private/x" not in servers["main"].asked


def test_who_asks(run: Run, servers: dict[str, FaultServer]) -> None:
    assert run.findings
    assert servers["main"].agents == {"Tester/1"}


@pytest.mark.parametrize(
    ("robots", "verdict"),
    [
        ("401", Verdict.NOT_CHECKED),
        ("403", Verdict.NOT_CHECKED),
        ("500", Verdict.OK),
        ("hang", Verdict.TEMPORARY),
    ],
)
def test_robots_txt_that_fails_is_never_ok_without_a_request(
    run: Run, servers: dict[str, FaultServer], robots: str, verdict: Verdict
) -> None:
    server = servers[robots]
    assert run[server.url + "/there"].verdict is verdict
    assert server.asked == (["/there"] if verdict is Verdict.OK else [])


def test_other_spellings_of_the_host(run: Run, servers: dict[str, FaultServer]) -> None:
    main = servers["main"].url
    assert run[main.replace("http", "HTTP", 1) + "/html"].verdict is Verdict.OK
    assert run[main.replace("127.0.0.1", "2130706433") + "/html"].verdict is Verdict.OK


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (DEAD, Verdict.TEMPORARY),
        ("mailto:a@x.go.th", Verdict.NOT_CHECKED),
        ("javascript:alert(1)", Verdict.UNSAFE),
        ("www.x.go.th/a", Verdict.INVALID),
        ("http://u:p@x.go.th/", Verdict.UNSAFE),
        ("http://10.0.0.1/", Verdict.UNSAFE),
        ("http://[::1]/x", Verdict.UNSAFE),
        ("http://169.254.169.254/latest/meta-data/", Verdict.UNSAFE),
    ],
)
def test_addresses_without_an_answer(run: Run, url: str, verdict: Verdict) -> None:
    assert run[url].verdict is verdict
    assert run[url].status is None


def test_tls_on_a_plain_port(run: Run, servers: dict[str, FaultServer]) -> None:
    assert run[servers["main"].url.replace("http", "https") + "/a.pdf"].verdict is Verdict.TLS


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes the certificate")
def test_a_certificate_that_nobody_knows(tmp_path: Path) -> None:
    made = "req -x509 -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -days 2 -keyout key -out cert"
    subprocess.run(["openssl", *made.split()], cwd=tmp_path, check=True, capture_output=True)
    both = tmp_path / "both"
    both.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "cert").read_bytes())
    with serving({"/": says(200)}, both) as server:
        url = server.url.replace("http", "https") + "/"
        (finding,) = check_links([url], allow=LOOPBACK)
        assert server.asked == []
    assert finding.verdict is Verdict.TLS
    assert "self-signed certificate" in str(finding.note)


def test_where_redirects_ended(run: Run, servers: dict[str, FaultServer]) -> None:
    twin = servers["twin"].url
    assert run[twin + "/301-301"].final_url == twin + "/a.pdf"
    assert run[servers["main"].url + "/a.pdf"].final_url is None


def test_a_sound_note(run: Run, servers: dict[str, FaultServer]) -> None:
    main = servers["main"].url
    assert run[main + "/404"].note == "Not Found"
    assert run[main + "/404-odd"].note == "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}<b>&"


# What is asked for


@pytest.mark.parametrize(
    ("url", "request_"),
    [
        ("https://x.go.th/a#b", "https://x.go.th/a"),
        ("https://www.ไทย.ไทย:8443/ก", "https://www.xn--o3cw4h.xn--o3cw4h:8443/ก"),
        ("https://X.go.th/%A1//b?c=d&e", "https://X.go.th/%A1//b?c=d&e"),
    ],
)
def test_request(url: str, request_: str) -> None:
    assert request_for(url) == request_


# Before anything is sent


@pytest.mark.parametrize(
    ("host", "answer", "verdict"),
    [
        ("x.go.th", {"203.150.1.1"}, None),
        ("x.go.th", {"203.150.1.1", "10.1.2.3"}, Verdict.UNSAFE),
        ("x.go.th", {"2001:4860::1", "::ffff:127.0.0.1"}, Verdict.UNSAFE),
        ("x.go.th", {"64:ff9b::a00:1"}, Verdict.UNSAFE),
        ("x.go.th", {"fe80::1%eth0"}, Verdict.UNSAFE),
        ("x.go.th", {"192.168.7.7"}, None),
        ("x.go.th", set(), Verdict.DNS),
        ("x.go.th", None, Verdict.TEMPORARY),
    ],
)
def test_what_a_host_resolves_to(
    host: str, answer: set[str] | None, verdict: Verdict | None
) -> None:
    addresses = None if answer is None else [ipaddress.ip_address(each) for each in answer]
    allow = [ipaddress.ip_network("192.168.0.0/16"), ipaddress.ip_network("fd00::/8")]
    finding = judge_host(f"https://{host}/", addresses, allow)
    assert (finding and finding.verdict) == verdict


def test_each_host_is_resolved_once_and_nothing_is_sent_to_a_closed_one() -> None:
    asked: list[str] = []

    def resolve(host: str) -> list[Address]:
        asked.append(host)
        return [ipaddress.ip_address("127.0.0.1")]

    with serving({"/": says(200)}) as server:
        port = server.server_port
        names = ("x.go.th", "X.go.th", "localhost", "๑๒๗.๐.๐.๑", "127。0。0。1")
        urls = [f"http://{name}:{port}/{path}" for name in names for path in ("", "a")]
        findings = check_links(urls, resolve=resolve)
        assert {finding.verdict for finding in findings} == {Verdict.UNSAFE}
        assert server.asked == []
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
def test_loopback_is_closed_unless_allowed(host: str) -> None:
    with serving({"/": says(200)}) as server:
        (finding,) = check_links([f"http://{host}:{server.server_port}/"])
        assert finding.verdict is Verdict.UNSAFE
        assert server.asked == []


def test_resolving(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror(error, "says so")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    error = socket.EAI_NONAME
    assert linkcheck.resolve_now("no.such.invalid") == ()
    error = socket.EAI_AGAIN
    assert linkcheck.resolve_now("no.such.invalid") is None


@pytest.mark.parametrize("url", ["https://" + "ก" * 70 + ".th/", "https://x.go.th/\ud800"])
def test_an_address_that_cannot_be_asked_for(url: str) -> None:
    finding = judge_address(url)
    assert finding
    assert finding.verdict is Verdict.INVALID


# Rows, as LinkChecker 10.6.0 writes them


def _redirected(*hops: tuple[int, str], result: str = "200 OK") -> Row:
    texts = tuple(f"Redirected to `{url}' status: {status} Some reason." for status, url in hops)
    return Row("", valid=True, result=result, warnings=texts)


HTTP, HTTPS = "http://www.x.go.th", "https://www.x.go.th"
PARKED = "https://parked.example/"


@pytest.mark.parametrize(
    ("url", "row", "verdict"),
    [
        (HTTP + "/a", _redirected((301, HTTPS + "/a")), Verdict.MOVED),
        (HTTPS + "/a", _redirected((301, HTTP + "/a")), Verdict.MOVED),
        (HTTP + "/a", _redirected((302, HTTP + "/a")), Verdict.OK),
        (HTTP, _redirected((301, HTTPS + "/")), Verdict.MOVED),
        (HTTP + "/", _redirected((302, HTTP + "/th/")), Verdict.OK),
        (HTTP + "/", _redirected((301, "https://x.go.th/")), Verdict.MOVED),
        (HTTP + "/", _redirected((302, PARKED)), Verdict.MOVED_HOME),
        (HTTP + "/a.pdf", _redirected((301, PARKED)), Verdict.MOVED_HOME),
        (HTTP + "/a.pdf", _redirected((301, HTTPS + "/home")), Verdict.MOVED_HOME),
        (HTTP + "/a.pdf", _redirected((301, HTTPS + "/index.php?id=7")), Verdict.MOVED),
        (HTTP + "/?p=12", _redirected((301, HTTPS + "/?p=12")), Verdict.MOVED),
        (HTTP + "/a", _redirected((302, HTTPS + "/a"), result="503 Busy"), Verdict.TEMPORARY),
        (HTTP + "/a", _redirected((302, HTTPS + "/blog-info")), Verdict.OK),
        (HTTP + "/a", _redirected((302, HTTPS + "/user/login?to=a")), Verdict.BLOCKED),
        (HTTP + "/login", _redirected((302, HTTPS + "/login")), Verdict.OK),
    ],
)
def test_redirects(url: str, row: Row, verdict: Verdict) -> None:
    assert judge_row(url, row).verdict is verdict


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        ("SSLError: HTTPSConnectionPool(host='x', port=1): CERTIFICATE_VERIFY_FAILED", Verdict.TLS),
        ("ConnectionError: HTTPConnectionPool(host='x', port=80): Max retries exceeded with url: / (Caused by NameResolutionError(\"HTTPConnection(host='x', port=80): Failed to resolve 'x' ([Errno -2] Name or service not known)\"))", Verdict.DNS),
        ("ReadTimeout: HTTPConnectionPool(host='x', port=80): Read timed out.", Verdict.TEMPORARY),
        ("InvalidSchema: No connection adapters were found for 'tel:123'", Verdict.TEMPORARY),
        ("InvalidSchema: No connection adapters were found for 'file:///a", Verdict.UNSAFE),
        ("syntax OK", Verdict.TEMPORARY),
        ("", Verdict.TEMPORARY),
    ],
)  # fmt: skip
def test_failures(result: str, verdict: Verdict) -> None:
    assert judge_row(HTTP, Row(HTTP, valid=True, result=result)).verdict is verdict


@given(st.text(), st.booleans(), st.lists(st.text()), st.lists(st.text()))
def test_ok_needs_a_2xx(result: str, valid: bool, warnings: list[str], infos: list[str]) -> None:
    row = Row(HTTP, None, HTTP, valid, result, None, tuple(warnings), tuple(infos))
    finding = judge_row(HTTP, row)
    reached = finding.verdict in {Verdict.OK, Verdict.MOVED, Verdict.MOVED_HOME}
    assert not reached or (finding.status is not None and 200 <= finding.status < 300)


# The program


def _install(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str | None) -> None:
    if script is not None:
        program = folder / "linkchecker"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(folder))
    monkeypatch.setenv("PATH", "/bin:/usr/bin" if script else str(folder))


PUBLIC = "http://x.go.th/"


def _public(_host: str) -> list[Address]:
    return [ipaddress.ip_address("203.150.1.1")]


@pytest.mark.parametrize(
    ("script", "says_"),
    [
        (None, "missing"),
        ("echo boom >&2; exit 3", "crashed .*exit code 3.*: boom"),
        ("echo '<linkchecker><urldata><url>'; exit 0", "crashed .*exit code 0"),
        ("echo 'hello <b>'; sleep 60", "cannot be read"),
    ],
)
def test_could_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str | None, says_: str
) -> None:
    _install(monkeypatch, tmp_path, script)
    with pytest.raises(CouldNotRunError, match=says_):
        check_links([PUBLIC], resolve=_public)
    with pytest.raises(CouldNotRunError, match=says_):
        check_site(tmp_path)


def test_a_stalled_program_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _install(monkeypatch, tmp_path, "echo '<linkchecker>'; sleep 60")
    monkeypatch.setattr(linkprogram, "STALL", 0.3)
    began = time.monotonic()
    (finding,) = check_links([PUBLIC], resolve=_public)
    assert (finding.verdict, finding.note) == (Verdict.TEMPORARY, "no result from LinkChecker")
    with pytest.raises(CouldNotRunError, match="too long"):
        check_site(tmp_path)
    assert time.monotonic() - began < 10


def test_the_program_is_needed_only_where_something_is_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _install(monkeypatch, tmp_path, None)
    assert check_links([]) == ()
    assert check_links(["mailto:a@x.go.th"])[0].verdict is Verdict.NOT_CHECKED


def test_an_interrupt_leaves_no_program_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []

    class Watched(subprocess.Popen[str]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    def interrupted(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Watched)
    with serving({"/": says(200), "/hang": hangs}) as server:
        with pytest.raises(KeyboardInterrupt):
            check_links(
                [server.url + "/", server.url + "/hang"], allow=LOOPBACK, progress=interrupted
            )
        (program,) = started
        assert program.returncode is not None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have only 127.0.0.1")
def test_a_list_longer_than_a_pipe_holds() -> None:
    urls = [f"http://127.1.{n // 250}.{n % 250 + 1}:9/{'x' * 200}" for n in range(400)]
    findings = check_links(urls, allow=LOOPBACK)
    assert [finding.url for finding in findings] == urls
    assert {finding.verdict for finding in findings} == {Verdict.TEMPORARY}


# The built site


def _site(folder: Path, pages: dict[str, str]) -> Path:
    for name, body in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html><meta charset=utf-8><body>{body}", encoding="utf-8")
    return folder


GOOD = {
    "index.html": "<a href='2568/#ก'>ก</a> <a href='เอกสาร/ประกาศ.html'>ข</a> <a href='#top'>ค</a>",
    "2568/index.html": "<h2 id='ก'>ก</h2> <a href='..'>home</a> <a href='../data/m.csv'>csv</a>"
    "<a href='mailto:a@x.go.th'>m</a> <a href='tel:1'>t</a> <a href='#%E0%B8%81'>ก</a>",
    "เอกสาร/ประกาศ.html": "<a href='../2568'>without a slash</a>",
    "data/m.csv": "a,b",
    "404.html": "<a href='/under/a/path/that/is/not/here/'>x</a>",
}


def test_a_good_site_has_no_faults_and_nobody_else_is_asked(tmp_path: Path) -> None:
    counts: list[tuple[int, int]] = []
    with serving({"/": says(200)}) as elsewhere:
        link = f"<a href='{elsewhere.url}/a'>x</a><img src='{elsewhere.url}/b.png'>"
        head = f"<link rel=canonical href='{elsewhere.url}/'><script src='{elsewhere.url}/c.js'></script>"
        site = _site(tmp_path, GOOD | {"out/index.html": head + link})
        assert check_site(site, progress=lambda *now: counts.append(now)) == ()
        assert elsewhere.asked == []
        assert elsewhere.agents == set()
    assert counts == [(n, 4) for n in (1, 2, 3, 4)]


def test_what_is_broken_in_a_site(tmp_path: Path) -> None:
    broken = {
        "orphan.html": "<a href='2567/'>x</a> <img src='รูป.png'> <a href='2568/#ไม่มี'>x</a>"
        "<a href='data/'>no page here</a> <a href='http://[bad/'>x</a>",
        "style.css": "",
    }
    faults = check_site(_site(tmp_path, GOOD | broken))
    assert {fault.page for fault in faults} == {"/orphan.html"}
    assert {fault.target: fault.message for fault in faults} == {
        "/2567/": "404 File not found",
        "/รูป.png": "404 File not found",
        "/2568/#ไม่มี": "anchor not found",
        "/data/": "404 Not Found",
        "http://[bad/": "Invalid IPv6 URL",
    }


def test_a_site_without_a_home_page(tmp_path: Path) -> None:
    (fault,) = check_site(tmp_path)
    assert (fault.page, fault.target) == ("/", "/")
