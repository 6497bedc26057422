"""Checks the links of the data, politely, and again where that may help.

What is contacted is the very host that was judged to be public: no proxy comes between.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata

from site_builder.addresses import Address, Network, host_of, literal_address
from site_builder.causes import Cause
from site_builder.judging import (
    NOT_CONNECTED,
    fragment_of,
    judge_address,
    judge_host,
    judge_together,
    request_for,
)
from site_builder.ledger import Finding
from site_builder.linkpipe import working
from site_builder.linkprogram import CouldNotRunError
from site_builder.linkround import Conclusion, Request, Round
from site_builder.linkwire import Settings
from site_builder.verdicts import Verdict

__all__ = ["CouldNotRunError", "OfflineError", "Patience", "check_links", "resolve_now"]

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""
Found = Callable[[Finding], None]
"""Called once with each finding, as soon as it stands."""
Resolver = Callable[[str], Collection[Address] | None]
"""All addresses of a host; empty: no such host; None: the name servers did not answer."""

_HOSTS_TO_BE_OFFLINE = 3
"""With that many hosts, most of them out of reach, the fault is ours and not theirs."""
_OWN_NETWORK = frozenset({Cause.NAME_SERVER_SILENT, Cause.UNREACHABLE})
"""What our own network does when it is down, even to a single host."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds."""

    read: float = 20.0
    """For a connection, and for each piece of an answer."""
    whole: float = 60.0
    """For one address in all, each time it is asked for."""
    pauses: tuple[float, ...] = (3.0, 10.0)
    """Before each further try of what may pass."""


PATIENCE = Patience()


class OfflineError(CouldNotRunError):
    """Most hosts are out of reach, the ones it names: nothing was learnt about any document."""


def _silent(_done: int, _total: int) -> None:
    pass


def _unheard(_finding: Finding) -> None:
    pass


def resolve_now(host: str) -> Collection[Address] | None:
    """Ask the system for all addresses of a host; the answers are those of a `Resolver`."""
    if literal := literal_address(host):
        return {literal}
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return None if error.errno == socket.EAI_AGAIN else ()
    return {address for *_, end in found if (address := literal_address(str(end[0])))}


def user_agents(contact: str | None) -> tuple[str, str]:
    """How we introduce ourselves, with the office's address; and once more in a browser's words."""
    about = f"; +{request_for(contact)}" if contact else ""
    name = f"Prongsai/{metadata.version('prongsai')}; link check{about}"
    browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
    return (
        f"Mozilla/5.0 (compatible; {name})",
        f"{browser} Chrome/141.0.0.0 Safari/537.36 (compatible; {name})",
    )


def check_links(  # noqa: PLR0913 - all but the first have defaults
    urls: Collection[str],
    *,
    allow: Sequence[Network] = (),
    contact: str | None = None,
    progress: Progress = _silent,
    found: Found = _unheard,
    resolve: Resolver = resolve_now,
    patience: Patience = PATIENCE,
) -> tuple[Finding, ...]:
    """Check addresses: one finding for each distinct one, in the given order.

    Nothing is sent to a host that is, or resolves to, an address neither public nor inside one of
    the networks in `allow`, redirects and robots.txt included. robots.txt is obeyed. `contact` is
    the address that a site's keeper finds in the log: the office's own website. `found` hears of
    nothing before enough hosts have answered to know that we are not offline.

    Raises:
        OfflineError: most hosts are out of reach; `found` was not called.
        CouldNotRunError: the worker crashed twice, or cannot be understood. What was found before
            went to `found`.
    """
    wanted = tuple(dict.fromkeys(urls))
    early = {url: finding for url in wanted if (finding := judge_address(url))}
    hosts = {url: host_of(request_for(url)) for url in wanted if url not in early}
    addresses = _resolve_all(set(hosts.values()), resolve)
    early |= {
        url: finding
        for url, host in hosts.items()
        if (finding := judge_host(url, addresses[host], allow))
    }
    telling = _Telling(hosts, len(wanted), progress, found)
    telling.take(
        early.values(), {hosts[u] for u in early.keys() & hosts.keys() if addresses[hosts[u]]}
    )
    requests: dict[str, list[str]] = {}
    for url in hosts.keys() - early.keys():
        requests.setdefault(request_for(url), []).append(url)
    agent, browser_agent = user_agents(contact)
    settings = Settings(agent, browser_agent, tuple(map(str, allow)), patience.read, patience.whole)
    round_ = Round(
        [_request(request, asked, addresses) for request, asked in sorted(requests.items())],
        pauses=patience.pauses,
        token=lambda: str(9 * 10**8 + secrets.randbelow(10**8)),
        today=datetime.now(UTC).date(),
    )
    for conclusion in _concluded(round_, settings):
        telling.take(_findings(conclusion, requests), _reached(conclusion))
    return telling.finish(wanted)


def _resolve_all(
    hosts: Collection[str], resolve: Resolver
) -> dict[str, Collection[Address] | None]:
    with ThreadPoolExecutor(max_workers=16) as pool:
        return dict(zip(hosts, pool.map(resolve, hosts), strict=True))


def _request(
    request: str, urls: Sequence[str], addresses: Mapping[str, Collection[Address] | None]
) -> Request:
    known = addresses[host_of(request)]
    fragments = sorted({fragment for url in urls if (fragment := fragment_of(url))})
    lane = min(map(str, known)) if known else host_of(request)
    return Request(request, lane, tuple(fragments))


def _concluded(round_: Round, settings: Settings) -> Iterator[Conclusion]:
    """Every conclusion, as it comes; a worker that dies on something has one successor."""
    for last in (False, True):
        if not round_.unfinished:
            return
        try:
            with working(settings) as worker:
                while True:
                    for task in round_.due():
                        worker.ask(task)
                    answer = worker.answer()
                    if answer is None:
                        return
                    yield from round_.take(answer)
        except CouldNotRunError:
            if last:
                raise
            round_.lost()


def _findings(conclusion: Conclusion, urls: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """One finding for each spelling of the address, and its own anchor."""
    finding = conclusion.finding
    for url in urls[finding.url]:
        own = replace(finding, url=url)
        if fragment_of(url) in conclusion.answer.missing and own.verdict is Verdict.OK:
            own = replace(own, cause=Cause.ANCHOR_MISSING)
        yield own


def _reached(conclusion: Conclusion) -> set[str]:
    """The host that answered anything at all."""
    answer = conclusion.answer
    answered = answer.failure not in NOT_CONNECTED or answer.hops
    return {host_of(conclusion.finding.url)} if answered else set()


class _Telling:
    """Hands findings on, once it is sure that we are not offline."""

    def __init__(
        self, hosts: Mapping[str, str], total: int, progress: Progress, found: Found
    ) -> None:
        self._hosts, self._total, self._progress, self._found = hosts, total, progress, found
        self._known: dict[str, Finding] = {}
        self._told: set[str] = set()
        self._reached: set[str] = set()

    def take(self, findings: Iterable[Finding], reached: Collection[str]) -> None:
        """Note these, and the hosts that are within reach; hand on what may be."""
        self._known |= {finding.url: finding for finding in findings}
        self._reached |= set(reached)
        self._progress(len(self._known), self._total)
        if 2 * len(self._reached) >= len(set(self._hosts.values())):
            # What was redirected is judged once more, beside the others.
            self._tell(one for one in self._known.values() if one.final_url is None)

    def finish(self, wanted: Sequence[str]) -> tuple[Finding, ...]:
        """All findings in this order, the rest of them handed on.

        Raises:
            OfflineError: most hosts are out of reach.
        """
        if out := self._out_of_reach():
            raise OfflineError(", ".join(sorted(out))[:300])
        unknown = (Finding(u, Verdict.TEMPORARY, cause=Cause.NO_RESULT) for u in wanted)
        self._known = {one.url: one for one in unknown} | self._known
        findings = judge_together([self._known[url] for url in wanted])
        self._tell(findings)
        return findings

    def _tell(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if finding.url not in self._told:
                self._told.add(finding.url)
                self._found(finding)

    def _out_of_reach(self) -> set[str]:
        """The hosts that tell us to be offline; empty where we are not."""
        out = set(self._hosts.values()) - self._reached
        links = [url for url, host in self._hosts.items() if host in out]
        many = len(set(self._hosts.values())) >= _HOSTS_TO_BE_OFFLINE
        # One busy host within reach outweighs many dead ones that are linked once.
        if many and 2 * len(out) > len(set(self._hosts.values())):
            return out if 2 * len(links) > len(self._hosts) else set()
        ours = all(self._known[url].cause in _OWN_NETWORK for url in links if url in self._known)
        return out if out and not self._reached and ours else set()
