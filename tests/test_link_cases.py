"""The table of all link cases, run once over the real thing. Bounded: a minute at the very most."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from site_builder.ledger import Finding
from site_builder.linkcheck import Patience, check_links
from site_builder.verdicts import Verdict
from tests.faults import names
from tests.faults.running import OPEN, Running, running
from tests.faults.sites import NAMES, SILENT, sites
from tests.link_cases import ANY_STATUS, CASES, Case

QUICK = Patience(read=2.0, whole=5.0, pauses=(0.3, 0.6))
PER_SECOND = 3.0
"""Requests a second that an address is sent."""
LONGEST = 60.0
"""Seconds that the one run over all addresses may take."""
REBINDS_LATE = "http://rebinds-late.test:<rebinds.port>/a.pdf"
"""Asked once per connection or once per document: either is right, the intranet never is."""
DRAWN = 4_000_000
"""Bytes that may be drawn of a document without end."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the table."""

    sites: Running
    findings: Mapping[str, Finding]
    order: tuple[str, ...]
    given: tuple[str, ...]
    seconds: float

    def finding(self, url: str) -> Finding:
        """The finding for an address whose places are still open."""
        return self.findings[self.sites.where(url)]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Check all addresses at once; each site is paced by itself."""
    with running(sites(), NAMES, SILENT) as served, pytest.MonkeyPatch.context() as patch:
        for name, text in names.environment(served.folder).items():
            patch.setenv(name, text)
        patch.setenv("http_proxy", "http://127.0.0.2:9/")
        patch.setattr("site_builder.judging.answers.SLOW_SECONDS", 1.5)
        same = next(case.url for case in CASES if case.name == "same")
        given = tuple(map(served.where, [*(case.url for case in CASES), same, same, REBINDS_LATE]))
        began = time.monotonic()
        findings = check_links(
            given, allow=OPEN, resolve=names.resolver(served.folder), patience=QUICK
        )
        seconds = time.monotonic() - began
        by_url = {finding.url: finding for finding in findings}
        yield Run(served, by_url, tuple(each.url for each in findings), given, seconds)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_verdict(run: Run, case: Case) -> None:
    finding = run.finding(case.url)
    assert finding.verdict is case.verdict, finding
    assert case.status in {ANY_STATUS, finding.status}, finding
    assert not case.causes or finding.cause in case.causes, finding
    if case.final is not None:
        assert finding.final_url == run.sites.where(case.final)


@pytest.mark.parametrize("case", [case for case in CASES if case.asked], ids=lambda case: case.name)
def test_what_was_asked(run: Run, case: Case) -> None:
    came = [each for each in run.sites[case.site].requests if each.target == case.asked]
    if case.requests is None:
        assert came
    else:
        assert len(came) == case.requests
    if case.host is not None:
        assert {each.headers["host"] for each in came} == {run.sites.where(case.host)}


def test_one_finding_for_each_address_in_the_given_order(run: Run) -> None:
    assert run.order == tuple(dict.fromkeys(run.given))


def test_nothing_that_servers_say_is_kept_raw(run: Run) -> None:
    for finding in run.findings.values():
        said = (finding.note, finding.content_type, finding.final_url, *finding.chain)
        assert all(text is None or text.isprintable() for text in said), finding
        assert re.fullmatch(r"[\w.+-]+/[\w.+-]+", finding.content_type or "a/a"), finding


def test_the_intranet_is_never_contacted(run: Run) -> None:
    for site in ("internal", "internal-main", "internal-6"):
        assert run.sites[site].connections == []
    assert run.finding(REBINDS_LATE).verdict in {Verdict.OK, Verdict.UNSAFE}


def test_nothing_but_the_sites_is_contacted(run: Run) -> None:
    hosts = {host for host, _port in names.contacts(run.sites.folder)}
    assert hosts
    assert not [host for host in hosts if not host.startswith("127.77.")]


@pytest.mark.parametrize("target", ["/2gb.pdf", "/endless.html", "/bomb.html"])
def test_no_more_is_drawn_than_is_needed(run: Run, target: str) -> None:
    assert 0 < run.sites["large"].sent[target] < DRAWN


def test_no_site_is_asked_faster_than_is_polite(run: Run) -> None:
    for site, server in run.sites.servers.items():
        times = sorted(request.at for request in server.requests)
        for first, sixth in zip(times, times[5:], strict=False):
            # One more than the pace at once is no haste, and threads are not exact.
            assert sixth - first >= 0.8 * 4 / PER_SECOND, site


def test_nobody_plays_a_browser_where_none_is_needed(run: Run) -> None:
    assert not [
        request for request in run.sites["files"].requests if "accept-language" in request.headers
    ]


def test_in_time(run: Run) -> None:
    assert run.seconds < LONGEST
