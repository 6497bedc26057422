"""Checks links with LinkChecker: the data's, and those inside a built site.

What is contacted is the very host that was judged to be public: no proxy comes between.
"""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import zip_longest
from pathlib import Path
from urllib.parse import quote, unquote

from site_builder.addresses import Address, Network, host_of, literal_address
from site_builder.judging import Row, judge_address, judge_host, judge_row, request_for
from site_builder.ledger import Finding
from site_builder.linkprogram import CouldNotRunError, StoppedError, running

__all__ = [
    "CouldNotRunError",
    "OfflineError",
    "SiteFault",
    "check_links",
    "check_site",
    "resolve_now",
]

USER_AGENT = "Mozilla/5.0 (compatible; Prongsai; link check)"

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""
Found = Callable[[Finding], None]
"""Called with each final finding as soon as it is known."""
Resolver = Callable[[str], Collection[Address] | None]
"""All addresses of a host; empty: no such host; None: the name servers did not answer."""

# Should we be killed, LinkChecker meets a closed pipe and waits this long, in seconds.
_LIST_SETTINGS = """\
[checking]
aborttimeout=2
recursionlevel=0
resultcachesize=0
"""
# Takes the only place in a cache of that size, which would give an address the row of another that
# redirects to it, and skip an address that LinkChecker rewrites like another.
_CACHE_FILLER = "data:,"

_SITE_SETTINGS = """\
[checking]
aborttimeout=2
robotstxt=0
maxrequestspersecond=10000
maxfilesizeparse=1000000000
maxfilesizedownload=1000000000
resultcachesize=1000000000
[AnchorCheck]
"""
# "#top" is the top of any page, without an anchor of that name.
_NO_ANCHOR = re.compile(r"Anchor `(?!top')", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SiteFault:
    """A link inside the built site that leads nowhere."""

    page: str
    """The page's address within the site, such as `/2568/`: the first one with this link."""
    target: str
    """Where the link leads: within the site, or as written where it is no address."""
    message: str


class OfflineError(CouldNotRunError):
    """Most hosts could not be reached: it is this machine's connection, and tells of no link."""


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


def check_links(  # noqa: PLR0913 - all but the first have a default
    urls: Collection[str],
    *,
    allow: Sequence[Network] = (),
    contact: str | None = None,  # noqa: ARG001 - the office's website, for the user agent
    progress: Progress = _silent,
    found: Found = _unheard,
    user_agent: str = USER_AGENT,
    resolve: Resolver = resolve_now,
) -> tuple[Finding, ...]:
    """Check addresses: one finding for each distinct one, in the given order.

    `found` is called once for each final finding.

    Nothing is sent to a host that is, or now resolves to, an address neither public nor inside one
    of the networks in `allow`. robots.txt is obeyed. Redirects are followed wherever they lead.

    Raises:
        CouldNotRunError: LinkChecker is missing, crashed, or cannot be understood.
    """
    wanted = tuple(dict.fromkeys(urls))
    findings = {url: finding for url in wanted if (finding := judge_address(url))}
    hosts = {url: host_of(request_for(url)) for url in wanted if url not in findings}
    addresses = _resolve_all(set(hosts.values()), resolve)
    for url, host in hosts.items():
        if finding := judge_host(url, addresses[host], allow):
            findings[url] = finding
    waiting: dict[str, list[str]] = {}
    for url in hosts.keys() - findings.keys():
        waiting.setdefault(request_for(url), []).append(url)
    progress(len(findings), len(wanted))
    if waiting:
        listed = [_CACHE_FILLER, *_interleaved(waiting)]
        with suppress(StoppedError), running(listed, _LIST_SETTINGS, user_agent) as rows:
            for row in rows:
                findings |= {url: judge_row(url, row) for url in waiting.get(row.url, ())}
                progress(len(findings), len(wanted))
    findings = {url: judge_row(url, None) for url in wanted} | findings
    progress(len(findings), len(wanted))
    for url in wanted:
        found(findings[url])
    return tuple(findings[url] for url in wanted)


def _resolve_all(
    hosts: Collection[str], resolve: Resolver
) -> dict[str, Collection[Address] | None]:
    with ThreadPoolExecutor(max_workers=16) as pool:
        return dict(zip(hosts, pool.map(resolve, hosts), strict=True))


def _interleaved(requests: Iterable[str]) -> list[str]:
    """Host by host in turn: LinkChecker paces each host, and waits for one at a time."""
    by_host: dict[str, list[str]] = {}
    for request in sorted(requests):
        by_host.setdefault(host_of(request), []).append(request)
    return [request for turn in zip_longest(*by_host.values()) for request in turn if request]


def check_site(folder: Path, *, progress: Progress = _silent) -> tuple[SiteFault, ...]:
    """Find the links of a built site that lead to no page, file or anchor of it.

    The site is served on loopback as a web host would; links that leave it are not followed. All
    pages are read, also those that no other page links to; `progress` counts them. Not 404.html:
    its links are absolute, made for the address where the site will stand.

    Raises:
        CouldNotRunError: LinkChecker is missing, crashed, was stopped, or cannot be understood.
    """
    pages = sorted({"/", *_pages(folder)})
    faults: set[SiteFault] = set()
    done = 0
    with (
        _served(folder) as site,
        running([site + quote(page) for page in pages], _SITE_SETTINGS, USER_AGENT) as rows,
    ):
        for row in rows:
            if row.parent is None:
                done += 1
                progress(done, len(pages))
            if fault := _fault(row, site):
                faults.add(fault)
    return tuple(sorted(faults, key=lambda fault: (fault.page, fault.target)))


def _pages(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.html"):
        page = path.relative_to(folder).as_posix()
        if page != "404.html":
            yield "/" + re.sub(r"(^|/)index\.html$", r"\1", page)


def _fault(row: Row, site: str) -> SiteFault | None:
    message = "anchor not found" if any(map(_NO_ANCHOR.match, row.warnings)) else None
    if not row.valid:
        message = row.result
    if message is None:
        return None
    within = row.real_url.startswith(site + "/")
    target = unquote(row.real_url.removeprefix(site)) if within else row.url
    page = unquote(row.parent.removeprefix(site)) if row.parent else target
    return SiteFault(page, target, message)


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves a built site as static web hosts do: no listing of folders, UTF-8 pages."""

    extensions_map = {  # noqa: RUF012 - declared so by the base class
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
    }

    def end_headers(self) -> None:
        # LinkChecker does not slow down for a host that sends this header.
        self.send_header("LinkChecker", "welcome")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:  # noqa: ARG002
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = partial(_SiteHandler, directory=os.fspath(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
