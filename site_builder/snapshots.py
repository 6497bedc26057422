"""Copies of the evidence: fetched as links are checked, kept in web archives, and verified.

A document is kept whole or not at all. The list of what is kept is changed by one program at a
time, and each time as it stands on disk then.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Literal

from site_builder import bodies, folder
from site_builder.addresses import Address, Network, host_of
from site_builder.causes import Cause
from site_builder.copies import (
    USUAL_TYPES,
    Copies,
    Copy,
    Sight,
    enter,
    is_wanted,
    write_copies,
)
from site_builder.fetching import Fetching, Request, answers
from site_builder.files import write_durably
from site_builder.judging import (
    judge_address,
    judge_answer,
    judge_host,
    place_of,
    request_for,
)
from site_builder.ledger import Finding
from site_builder.linkcheck import (
    PATIENCE,
    OfflineError,
    Patience,
    Resolver,
    resolve_now,
    user_agents,
)
from site_builder.linkwire import Answer, BodyFault, Settings
from site_builder.model import Disclosure
from site_builder.recordfile import locked
from site_builder.verdicts import Verdict
from site_builder.warcs import (
    Archive,
    Contents,
    Original,
    Response,
    read_contents,
    remove_unfinished,
)

FOUND = frozenset({Verdict.OK, Verdict.MOVED})
"""Verdicts of documents that are kept: nothing else is known to be the document."""
_LEFT_BEHIND = timedelta(days=1)
"""After which time what is not finished was left by a run that was killed."""
_DOWNLOADS = ".fetching-"

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept of what there is."""

    size: int = 50_000_000
    """Bytes of one document."""
    total: int = 1_000_000_000
    """Bytes of all documents that one run keeps."""
    types: Collection[str] = USUAL_TYPES
    """Keys of `copies.TYPES`."""


class Why(StrEnum):
    """Why there is no copy of a document."""

    FAILED = "copy-failed"
    TYPE_CHANGED = "copy-type-changed"
    TOO_LARGE = "copy-too-large"
    OVER_TOTAL = "copy-over-total"


@dataclass(frozen=True, slots=True)
class Left:
    """An address of whose document no copy was kept."""

    url: str
    why: Why
    cause: Cause = Cause.NO_RESULT
    before: str = ""
    """The media type that it had; of `TYPE_CHANGED`."""
    found: str = ""
    """The media type that it has now."""


@dataclass(slots=True)
class Outcome:
    """What a run has done."""

    file: Path | None = None
    """The new web archive; None where nothing new was found."""
    new: int = 0
    """Documents that were kept."""
    same: int = 0
    """Documents of which a copy was kept before."""
    astray: int = 0
    """Documents of which the only copy is listed in an archive that is not in the folder."""
    passed: int = 0
    """Documents of types that are not kept."""
    changed: list[tuple[str, Copy]] = field(default_factory=list)
    """Addresses that have another document now, each with the copy that it had."""
    left: list[Left] = field(default_factory=list)
    stopped: bool = False
    """Whether Ctrl-C came before the end: of what is not named here nothing is known."""


def take_copies(  # noqa: PLR0913 - all but the first three have defaults
    measures: Path,
    disclosure: Disclosure,
    to: Path,
    *,
    again: bool = False,
    limits: Limits | None = None,
    allow: Sequence[Network] = (),
    progress: Progress = lambda _done, _total: None,
    resolve: Resolver = resolve_now,
    patience: Patience = PATIENCE,
) -> Outcome:
    """Keep a copy of each document whose link was found well, in one new archive in `to`.

    `again` keeps once more what is listed in an archive that is not there any more. Whatever comes
    in between, Ctrl-C too, what was fetched whole by then is kept and listed.

    Raises:
        OfflineError: no host can be found.
        CouldNotRunError: the worker crashed twice, or cannot be understood.
        BusyError: another program is writing the list, and goes on to; nothing was kept.
        DamagedCopiesError: the list cannot be read; it is left as it is, and nothing was kept.
        OSError: something cannot be written.
    """
    listed = folder.read_copies(measures / folder.COPIES)
    limits = limits or Limits()
    to.mkdir(parents=True, exist_ok=True)
    _clean(to)
    agent, browser_agent = user_agents(disclosure.agency.website)
    settings = Settings(agent, browser_agent, tuple(map(str, allow)), patience.read, patience.whole)
    run = _Run(disclosure, listed, to, limits, settings, again=again)
    wanted = run.wanted(allow, resolve)
    with tempfile.TemporaryDirectory(prefix=_DOWNLOADS, dir=to) as downloads:
        fetching = Fetching(wanted, Path(downloads), run.size_limit, patience.pauses)
        try:
            # Closed at once whatever comes: the worker writes into the folder of downloads.
            with closing(answers(fetching, settings)) as coming:
                for done, (request, answer) in enumerate(coming, 1):
                    progress(done, len(wanted))
                    run.take(request, answer, fetching.file_of(answer))
                    if run.full:
                        fetching.stop()
            run.leave_unasked(fetching.unasked)
        except KeyboardInterrupt:
            run.outcome.stopped = True
        finally:
            run.keep(measures)
    return run.outcome


def _clean(to: Path) -> None:
    before = datetime.now(UTC) - _LEFT_BEHIND
    remove_unfinished(to, before)
    for left in to.glob(f"{_DOWNLOADS}*"):
        with suppress(OSError):
            if datetime.fromtimestamp(left.stat().st_mtime, UTC) < before:
                shutil.rmtree(left, ignore_errors=True)


# What to ask for


class _Run:
    """What one run finds, on its way to the disk."""

    def __init__(  # noqa: PLR0913 - all that holds for a run
        self,
        disclosure: Disclosure,
        listed: Copies,
        to: Path,
        limits: Limits,
        settings: Settings,
        *,
        again: bool,
    ) -> None:
        files = {copy.file for kept in listed.copies.values() for copy in kept}
        self._lost = {name for name in files if not (to / name).is_file()} if again else set()
        self._ledger = disclosure.ledger
        self._links = disclosure.links()
        self._newest = listed.newest()
        self._held: dict[str, tuple[str, Copy]] = {
            sha256: found
            for sha256, found in listed.by_content().items()
            if found[1].file not in self._lost
        }
        self._to, self._limits = to, limits
        self._today = folder.today_in_thailand()
        self._archive = Archive(to, datetime.now(UTC), _about(settings, disclosure.agency.website))
        self._sights: list[Sight] = []
        self._bytes = 0
        self.size_limit = min(limits.size, limits.total)
        self.full = False
        """Whether the limit for all documents is reached."""
        self.outcome = Outcome()

    def wanted(self, allow: Collection[Network], resolve: Resolver) -> list[Request]:
        """The documents to ask for: first those of which there is no copy yet.

        Raises:
            OfflineError: no host is known to the name servers.
        """
        requests: dict[str, list[str]] = {}
        for url in self._links:
            if self._is_wanted(url):
                requests.setdefault(request_for(url), []).append(url)
        hosts = sorted({host_of(request) for request in requests})
        with ThreadPoolExecutor(max_workers=16) as pool:
            addresses = dict(zip(hosts, pool.map(resolve, hosts), strict=True))
        if hosts and not any(addresses.values()):
            raise OfflineError(f"{', '.join(hosts)[:300]}")
        found = []
        for request, urls in requests.items():
            known = addresses[host_of(request)]
            refused = judge_host(request, known, allow)
            if refused is not None:
                self._leave(urls, Why.FAILED, _cause(refused))
                continue
            found.append(Request(request, tuple(urls), _lane(request, known)))
        return sorted(found, key=lambda one: any(url in self._newest for url in one.published))

    def _is_wanted(self, url: str) -> bool:
        entry = self._ledger.links.get(url)
        if entry is None or entry.verdict not in FOUND or judge_address(url):
            return False
        if entry.content_type and not is_wanted(entry.content_type, self._limits.types):
            self.outcome.passed += 1
            return False
        if entry.size is not None and entry.size > self.size_limit:
            self._leave([url], Why.TOO_LARGE)
            return False
        return True

    def _leave(self, urls: Iterable[str], why: Why, cause: Cause = Cause.NO_RESULT) -> None:
        self.outcome.left.extend(Left(url, why, cause) for url in urls)

    # What came

    def take(self, request: Request, answer: Answer, file: Path) -> None:
        """Take the answer to a request, and the file of its body if that is there.

        Raises:
            OSError: the disk does not take it.
        """
        try:
            self._take(request, answer, file)
        finally:
            file.unlink(missing_ok=True)

    def _take(self, request: Request, answer: Answer, file: Path) -> None:
        if cause := self._failed(request, answer):
            self._leave(request.published, Why.FAILED, cause)
            return
        kind = bodies.type_of(answer.body, "")
        if not is_wanted(kind, self._limits.types):
            self._pass(request, kind or answer.headers.get("content-type", ""))
        elif answer.kept is None or answer.kept_sha256 is None:
            if answer.causes:  # all came, and could not be written
                raise OSError(errno.EIO, answer.causes[-1], str(self._to))
            self._leave(request.published, Why.TOO_LARGE)
        elif cause := self._not_the_document(request, answer):
            self._leave(request.published, Why.FAILED, cause)
        else:
            # The standard's date is that at which the capture began.
            now = datetime.now(UTC) - timedelta(seconds=answer.seconds)
            now = now.replace(microsecond=0)
            self._keep(request, _response(request, answer, kind, now), file)

    def _failed(self, request: Request, answer: Answer) -> Cause | None:
        """Why the answer is no whole document; None where it is one, or may be."""
        encoding = answer.headers.get("content-encoding", "").strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            return Cause.BAD_ENCODING
        # A part (206) was not asked for, and is not the document.
        arrived = answer.status is not None and answer.status in {200, 203}
        if arrived and not answer.body_fault and answer.body:
            return None
        if answer.body_fault is BodyFault.TIMEOUT:
            return Cause.TIMED_OUT
        if answer.status == 206:
            return Cause.TRUNCATED
        return _cause(self._judged(request, answer))

    def _not_the_document(self, request: Request, answer: Answer) -> Cause | None:
        """Why what came whole is something else: a login page where web pages are kept too."""
        finding = self._judged(request, answer)
        return _cause(finding) if finding and finding.verdict not in FOUND else None

    def _judged(self, request: Request, answer: Answer) -> Finding | None:
        """What the answer says by itself: nothing is asked for beside it."""
        found = judge_answer(request.url, [answer], None, self._today)
        return found if isinstance(found, Finding) else None

    def _pass(self, request: Request, kind: str) -> None:
        """Note a document of a type that is not kept; was it one that is, somebody must look."""
        promised = bodies.expects(place_of(request.url).extension) or set()
        for url in request.published:
            entry, copy = self._ledger.links.get(url), self._newest.get(url)
            known = [entry.content_type if entry else None, copy.content_type if copy else None]
            before = next((one for one in (*known, *sorted(promised)) if one), "")
            if is_wanted(before, self._limits.types):
                left = Left(url, Why.TYPE_CHANGED, before=before, found=kind)
                self.outcome.left.append(left)
            else:
                self.outcome.passed += 1

    def _keep(self, request: Request, response: Response, file: Path) -> None:
        held = self._held.get(response.sha256)
        if held is None and self._bytes + response.size > self._limits.total:
            self.full = True
            self._leave(request.published, Why.OVER_TOTAL)
            return
        before = {url: self._newest.get(url) for url in request.published}
        is_news = any(not copy or copy.sha256 != response.sha256 for copy in before.values())
        if held is None:
            self._archive.add(response, file)
            self._bytes += response.size
        elif is_news:
            url, copy = held
            original = Original(request_for(copy.final_url or url), copy.on)
            self._archive.refer(response, original)
        copy = Copy(
            sha256=response.sha256,
            size=response.size,
            content_type=response.content_type,
            on=response.on,
            file=held[1].file if held else self._archive.name,
            final_url=response.url if response.chain else None,
        )
        self._held.setdefault(response.sha256, (request.published[0], copy))
        self._sights.extend(Sight(url, copy) for url in request.published)
        self.outcome.new += is_news or held is None
        if held is not None and not is_news:
            self.outcome.same += 1
        if held is not None:
            # What this very run keeps has its name only at the end.
            there = held[1].file == self._archive.name or (self._to / held[1].file).is_file()
            self.outcome.astray += not there
        for url, earlier in before.items():
            if earlier is not None and earlier.sha256 != response.sha256:
                self.outcome.changed.append((url, earlier))

    def leave_unasked(self, requests: Iterable[Request]) -> None:
        """Tell of what was not asked for any more; an earlier copy of it is copy enough."""
        for request in requests:
            urls = [url for url in request.published if url not in self._newest]
            self._leave(urls, Why.OVER_TOTAL)

    # To the disk

    def keep(self, measures: Path) -> None:
        """Name the archive and list what it holds.

        Raises:
            BusyError, DamagedCopiesError, OSError: as `take_copies` does.
        """
        try:
            with locked(measures / folder.COPIES):
                path = measures / folder.COPIES
                before = folder.read_copies(path)
                # An archive that is not listed is no harm; a list of what is not there would be.
                if self._archive.finish():
                    self.outcome.file = self._to / self._archive.name
                after = enter(before, self._sights, datetime.now(UTC), self._lost)
                if after != before:
                    write_durably(path, write_copies(after).encode())
        finally:
            self._archive.discard()


def _about(settings: Settings, office: str) -> Mapping[str, str]:
    return {
        "software": f"prongsai {metadata.version('prongsai')} "
        f"LinkChecker {metadata.version('linkchecker')} warcio {metadata.version('warcio')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/"
        "warc-1.1/",
        "operator": office,
        "http-header-user-agent": settings.user_agent,
        "robots": "obey",
        "description": "Copies of evidence. Bodies are kept as decoded: the headers on how they"
        " were packed begin with x-archive-orig-. The status lines' HTTP version is nominal.",
    }


def _lane(request: str, known: Collection[Address] | None) -> str:
    return min(map(str, known)) if known else host_of(request)


def _cause(finding: Finding | None) -> Cause:
    return (finding.cause if finding else None) or Cause.NO_RESULT


def _response(request: Request, answer: Answer, kind: str, now: datetime) -> Response:
    return Response(
        asked=request.url,
        url=request_for(answer.hops[-1].url) if answer.hops else request.url,
        chain=tuple((hop.status, request_for(hop.url)) for hop in answer.hops),
        published=request.published,
        status=answer.status or 0,
        reason=answer.reason,
        headers=answer.headers,
        content_type=kind,
        on=now,
        sha256=answer.kept_sha256 or "",
        size=answer.kept or 0,
    )


# Verifying


@dataclass(frozen=True, slots=True)
class Check:
    """What became of one copy."""

    url: str
    copy: Copy
    state: Literal["whole", "missing", "damaged"]


def verify_copies(listed: Copies, to: Path, progress: Progress) -> tuple[Check, ...]:
    """Compute anew the digests of all copies in the list, from the archives in `to`."""
    files = sorted({copy.file for kept in listed.copies.values() for copy in kept})
    contents: dict[str, Contents | None] = {}
    for done, name in enumerate(files, 1):
        contents[name] = _contents(to / name)
        progress(done, len(files))
    return tuple(
        Check(url, copy, _state(copy, contents[copy.file]))
        for url, kept in sorted(listed.copies.items())
        for copy in kept
    )


def _contents(file: Path) -> Contents | None:
    if not file.exists():
        return None
    try:
        return read_contents(file)
    except OSError as error:
        return Contents(frozenset(), error.strerror)


def _state(copy: Copy, contents: Contents | None) -> Literal["whole", "missing", "damaged"]:
    if contents is None:
        return "missing"
    return "whole" if copy.sha256 in contents.digests else "damaged"
