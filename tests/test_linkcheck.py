"""Link checks as a whole: hosts, spellings, going offline. The cases are in test_link_cases.py."""

import ipaddress
import socket
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest

from site_builder import linkcheck
from site_builder.addresses import Address, Network
from site_builder.causes import Cause
from site_builder.judging import judge_address, judge_host
from site_builder.ledger import Finding
from site_builder.linkcheck import CouldNotRunError, OfflineError, Patience, check_links
from site_builder.verdicts import Verdict
from tests.faults.server import FaultServer, hangs, says, serving

LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"),)
QUICK = Patience(read=2.0, whole=4.0, pauses=(0.1,))
PDF = says(200, b"%PDF-1.7 x", "application/pdf")
PAGE = says(200, b"<h1 id=a>x</h1>")


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with serving({"/": PAGE, "/a.pdf": PDF, "/page": PAGE, "/hang": hangs}) as started:
        yield started


def test_one_finding_for_each_address_in_the_given_order(server: FaultServer) -> None:
    names = ("/page", "/a.pdf", "/a.pdf#page=2", "/a.pdf", "/page#a", "/page#b", "/none")
    urls = [server.url + name for name in names] + ["mailto:a@x.go.th"]
    counts: list[tuple[int, int]] = []
    told: list[Finding] = []
    findings = check_links(
        urls,
        allow=LOOPBACK,
        contact="https://www.office.go.th/ติดต่อ",
        progress=lambda *now: counts.append(now),
        found=told.append,
        patience=QUICK,
    )
    assert [one.url for one in findings] == list(dict.fromkeys(urls))
    shown = [(one.verdict, one.cause) for one in findings]
    assert shown == [
        (Verdict.OK, None),
        (Verdict.OK, None),
        (Verdict.OK, None),
        (Verdict.OK, None),
        (Verdict.OK, Cause.ANCHOR_MISSING),
        (Verdict.BROKEN, Cause.NOT_FOUND),
        (Verdict.NOT_CHECKED, Cause.OTHER_SCHEME),
    ]
    assert sorted(told, key=str) == sorted(findings, key=str)
    assert counts[-1] == (7, 7)
    assert server.asked.count("/a.pdf") == 1
    (agent,) = server.agents
    assert "Prongsai/" in agent
    assert "+https://www.office.go.th/%E0%B8%95" in agent


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
        findings = check_links(urls, resolve=resolve, patience=QUICK)
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


# Offline


def _nobody(_host: str) -> None:
    return None


def _no_such(_host: str) -> Collection[Address]:
    return ()


@pytest.mark.parametrize("hosts", [1, 5])
def test_silent_name_servers_are_our_own_trouble(hosts: int) -> None:
    told: list[Finding] = []
    with pytest.raises(OfflineError, match=r"^h0\.go\.th"):
        check_links(
            [f"http://h{n}.go.th/" for n in range(hosts)], resolve=_nobody, found=told.append
        )
    assert told == []


def test_one_name_that_is_gone_is_its_own_trouble() -> None:
    (finding,) = check_links(["http://h.go.th/"], resolve=_no_such)
    assert (finding.verdict, finding.cause) == (Verdict.DNS, Cause.NO_SUCH_HOST)


def test_most_hosts_out_of_reach_but_most_links_within(server: FaultServer) -> None:
    dead = [f"http://127.0.9.{n}:9/a" for n in (1, 2, 3)]
    live = [f"{server.url}/page?{n}" for n in range(4)]
    with pytest.raises(OfflineError):
        check_links([*dead, *live[:1]], allow=LOOPBACK, patience=QUICK)
    findings = check_links([*dead, *live], allow=LOOPBACK, patience=QUICK)
    assert [one.cause for one in findings[:3]] == [Cause.CONNECTION_REFUSED] * 3


def test_a_closed_network_is_not_being_offline() -> None:
    findings = check_links([f"http://10.0.0.{n}/" for n in range(5)])
    assert {one.verdict for one in findings} == {Verdict.UNSAFE}


# The worker


def test_the_worker_is_needed_only_where_something_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_settings: object) -> None:
        raise AssertionError

    monkeypatch.setattr(linkcheck, "working", never)
    assert check_links([]) == ()
    assert check_links(["mailto:a@x.go.th"])[0].verdict is Verdict.NOT_CHECKED


def test_a_worker_that_dies_once_has_a_successor(
    monkeypatch: pytest.MonkeyPatch, server: FaultServer
) -> None:
    real, started = linkcheck.working, []

    def dying(settings: linkcheck.Settings) -> object:
        started.append(settings)
        # The first of them cannot even read its settings.
        return real(settings if len(started) > 1 else replace(settings, allow=("nonsense",)))

    monkeypatch.setattr(linkcheck, "working", dying)
    (finding,) = check_links([server.url + "/a.pdf"], allow=LOOPBACK, patience=QUICK)
    assert finding.verdict is Verdict.OK
    assert len(started) == 2


def test_a_worker_that_dies_twice(monkeypatch: pytest.MonkeyPatch, server: FaultServer) -> None:
    real = linkcheck.working
    monkeypatch.setattr(
        linkcheck, "working", lambda settings: real(replace(settings, allow=("nonsense",)))
    )
    with pytest.raises(CouldNotRunError, match="nonsense"):
        check_links([server.url + "/a.pdf"], allow=LOOPBACK, patience=QUICK)


def test_an_interrupt_ends_it_at_once(server: FaultServer) -> None:
    def interrupted(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(
            [server.url + "/a.pdf", server.url + "/hang"], allow=LOOPBACK, progress=interrupted
        )
