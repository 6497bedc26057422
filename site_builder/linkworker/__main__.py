# SPDX-License-Identifier: GPL-2.0-or-later
#
# This one file is under the licence of LinkChecker (COPYING), whose classes it extends: together
# they are a program of its own, which the rest of the project starts and speaks to over pipes.
# Nothing imports this file.
#
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
"""Drives LinkChecker: its threads, its queue and its HTTP checks, over guarded sessions."""

from __future__ import annotations

import logging
import os
import queue
import select
import ssl
import sys
import threading
from functools import partial
from urllib.parse import urlsplit

import linkcheck.configuration
from linkcheck.cache import results, robots_txt, urlqueue
from linkcheck.checker import httpurl
from linkcheck.director import aggregator, checker
from linkcheck.logger.none import NoneLogger
from linkcheck.plugins import PluginManager
from linkcheck.robotparser2 import RobotFileParser, RuleLine

from site_builder.addresses import CHECKED_SCHEMES, Address, host_of
from site_builder.linkwire import (
    BODY_LIMIT,
    PAGE_LIMIT,
    Answer,
    Settings,
    Task,
    read_settings,
    read_task,
    write_line,
)
from site_builder.linkworker.anchors import is_page, missing_of
from site_builder.linkworker.body import ANCHOR_LIMIT, DRAW_LIMIT, first_part, read_body
from site_builder.linkworker.clock import Clock, Watchdog
from site_builder.linkworker.failures import NoAddressError
from site_builder.linkworker.guard import Guard, Trip, take_long_headers
from site_builder.linkworker.job import Job
from site_builder.linkworker.pace import Lanes
from site_builder.linkworker.robots import (
    AGENT,
    SIZE_LIMIT,
    Robots,
    Rules,
    applies,
    is_ours,
    seconds_for,
)
from site_builder.linkworker.session import (
    ExactSession,
    headers_for,
    origin_of,
    trusting_context,
)

_THREADS = 100
"""Those at work; a few more may hang, or wait for a seat in the lane that a redirect leads to."""
_ALL_THREADS = 300
_MAX_REDIRECTS = 10


class Output:
    """The real standard output: one line an answer, and nothing else."""

    def __init__(self) -> None:
        """Take it away from everybody else: what they print goes to standard error."""
        self._file = os.dup(1)
        os.dup2(2, 1)
        self._lock = threading.Lock()
        self._poll = select.poll() if hasattr(select, "poll") else None
        if self._poll:
            self._poll.register(self._file, 0)

    def tell(self, answer: Answer) -> None:
        """Write an answer; end at once where nobody reads it."""
        line = memoryview(write_line(answer))
        with self._lock:
            try:
                while line:
                    line = line[os.write(self._file, line) :]
            except OSError:
                os._exit(0)

    def look(self) -> None:
        """End at once when whoever started us is gone."""
        if self._poll and self._poll.poll(0):
            os._exit(0)


class Worker:
    """All that the tasks of one run share."""

    def __init__(self, settings: Settings, context: ssl.SSLContext, output: Output) -> None:
        """Start the watchdog; threads for tasks are started as they are needed."""
        self.settings = settings
        self.context = context
        self.guard = Guard(settings.allow)
        self.lanes: Lanes[Task] = Lanes(settings.per_second, settings.in_flight)
        self.robots = Robots()
        self.watchdog = Watchdog(output.look)
        self.aggregate = _Aggregate(settings, LaneQueue(self))
        self._output = output
        self._changed = threading.Condition()
        self._pending = 0
        self._threads = 0
        self._aside = 0
        threading.Thread(target=self.watchdog.run, daemon=True).start()

    def ask(self, task: Task) -> None:
        """Take a task."""
        with self._changed:
            self._pending += 1
        self.lanes.put(task, task.lane, task.delay)
        self.hire()

    def hire(self) -> None:
        """Start one more thread where one is needed."""
        with self._changed:
            enough = self._threads - self._aside >= _THREADS or self._threads >= _ALL_THREADS
            if enough or not self.lanes.unattended():
                return
            self._threads += 1
        try:
            self.aggregate.add_thread()
        except RuntimeError:  # the system has no more: those that there are do the work
            with self._changed:
                self._threads -= 1

    def settle(self, job: Job) -> None:
        """Tell what is known of a task, if it has not been told."""
        answer = job.answer()
        if answer is None:  # its thread was given up, and now is there again
            self._step(-1)
            return
        job.seat.leave()
        job.clock.finish()
        self._output.tell(answer)
        with self._changed:
            self._pending -= 1
            self._changed.notify_all()

    def give_up(self, job: Job) -> None:
        """Tell of a task in place of its thread, which does not come back."""
        self._step(1)
        self.settle(job)
        self.hire()

    def _step(self, aside: int) -> None:
        with self._changed:
            self._aside += aside

    def join(self) -> None:
        """Wait until all tasks are answered."""
        with self._changed:
            while self._pending:
                self._changed.wait()

    def trip(self, job: Job, clock: Clock, body_limit: int) -> Trip:
        """How a document of this task is fetched."""
        own = host_of(job.task.url)

        def turn(host: str, address: Address) -> None:
            name = job.task.lane if host.rstrip(".").lower() == own else str(address)
            if job.seat.is_in(name):
                job.seat.request(name, clock)
                return
            # Many hosts may lead to one: while they queue for it, others are asked.
            self._step(1)
            self.hire()
            try:
                job.seat.request(name, clock)
            finally:
                self._step(-1)

        return Trip(self.guard, self.context, clock, turn, self.settings.read_timeout, body_limit)

    def session(self, job: Job, trip: Trip) -> ExactSession:
        """A session for one document."""
        headers = headers_for(self.settings, as_browser=job.task.as_browser)
        return ExactSession(trip, headers, _MAX_REDIRECTS)


class _NoPlugins(PluginManager):
    def __init__(self) -> None:
        self.connection_plugins: list[object] = []
        self.content_plugins: list[object] = []
        self.parser_plugins: list[object] = []


class _Aggregate(aggregator.Aggregate):
    """LinkChecker's, without what it does to pace and to connect."""

    def __init__(self, settings: Settings, lanes: LaneQueue) -> None:
        config = linkcheck.configuration.Configuration()
        config["checkextern"] = True
        config["recursionlevel"] = 0
        config["timeout"] = settings.read_timeout
        config["status"] = False
        config["logger"] = NoneLogger()
        super().__init__(
            *(config, lanes, robots_txt.RobotsTxt(AGENT), _NoPlugins()),
            # Two addresses that look alike to LinkChecker are two addresses here.
            results.ResultCache(-1),
        )

    def add_thread(self) -> None:
        """Start one of LinkChecker's threads."""
        thread = checker.Checker(self.urlqueue, self.logger, self.add_request_session)
        thread.daemon = True
        thread.start()

    def add_request_session(self) -> None:
        """Each task brings its own session."""

    def wait_for_host(self, host: str) -> None:
        """Requests wait where they connect: redirects and robots.txt too."""


class LaneQueue(urlqueue.UrlQueue):
    """LinkChecker's queue, in lanes."""

    def __init__(self, worker: Worker) -> None:
        """The queue of this worker."""
        super().__init__()
        self._worker = worker

    def get(self, timeout: float | None = None) -> TaskUrl:
        """The next task, as LinkChecker's threads want it."""
        worker = self._worker
        try:
            task, seat = worker.lanes.get(1.0 if timeout is None else timeout)
        except queue.Empty:
            raise urlqueue.Empty from None
        worker.hire()
        job = Job(task, worker.settings, seat)
        try:
            url = TaskUrl(job, worker)
        except Exception as error:
            job.fail(error)
            worker.settle(job)
            raise urlqueue.Empty from error
        worker.watchdog.watch(job.clock, partial(worker.give_up, job))
        return url

    def task_done(self, url_data: TaskUrl) -> None:
        """A thread has ended a task, or failed at it."""
        self._worker.settle(url_data.job)


class TaskUrl(httpurl.HttpUrl):
    """LinkChecker's check of one address, which is sent as it is written."""

    def __init__(self, job: Job, worker: Worker) -> None:
        """Check the address of this job."""
        self.job = job
        self.worker = worker
        super().__init__(job.task.url, 0, worker.aggregate)

    def check_syntax(self) -> None:
        """Leave the address alone; its spelling and length are no matter.

        Raises:
            NoAddressError: it is none for http or https.
        """
        self.url = self.job.task.url
        self.urlparts = self.build_url_parts(self.url)
        if self.urlparts[0] not in CHECKED_SCHEMES:
            raise NoAddressError(f"no http(s) address: {self.url}")
        self.set_cache_url()

    def build_url_parts(self, url: str) -> list[str]:
        """Split an address; ask no name server about it."""
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise NoAddressError(str(error)) from error
        self.userinfo, self.host, self.anchor = None, parts.hostname, parts.fragment
        return list(parts)

    def set_cache_url(self) -> None:
        """No task is another."""
        self.cache_url = str(self.job.task.id)

    def add_intern_pattern(self, url: str | None = None) -> None:
        """No address is followed further."""

    def _add_ssl_info(self) -> None:
        # The guard reads the certificate; LinkChecker would connect again for it.
        pass

    def check(self) -> None:
        """Check, and let no surprise end the thread."""
        try:
            super().check()
        except Exception as error:  # noqa: BLE001 - told as a failure of this task
            self.job.fail(error)

    def handle_exception(self) -> str:
        """Keep the exception; LinkChecker keeps 240 characters."""
        error = sys.exc_info()[1]
        if error:
            self.job.fail(error)
        return str(super().handle_exception())

    def check_connection(self) -> None:
        """Ask for the address, in a session of its own."""
        task = self.job.task
        limit = max(DRAW_LIMIT, task.keep_limit + DRAW_LIMIT if task.keep else 0)
        if task.fragments:
            limit = max(limit, ANCHOR_LIMIT + DRAW_LIMIT)
        self.job.trip = self.worker.trip(self.job, self.job.clock, limit)
        with self.worker.session(self.job, self.job.trip) as session:
            session.hops = self.job.hops
            self.aggregate.request_sessions[threading.get_ident()] = session
            super().check_connection()

    def allows_robots(self, url: str) -> bool:
        """Whether robots.txt lets us ask for this address."""
        origin = origin_of(url)
        patience = self.job.clock.left
        allowed = self.worker.robots.allow(url, origin, self._fetch_robots, patience)
        self.job.forbidden = not allowed
        return allowed

    def _fetch_robots(self, url: str) -> Rules | None:
        job, worker = self.job, self.worker
        seconds = min(seconds_for(worker.settings.deadline), job.clock.left)
        clock = Clock(seconds, within=job.clock)
        worker.watchdog.watch(clock)
        trip = worker.trip(job, clock, 2 * SIZE_LIMIT)
        try:
            with worker.session(job, trip) as session:
                timeout = worker.settings.read_timeout
                with session.get(url, stream=True, timeout=timeout) as response:
                    encoding = response.headers.get("Content-Encoding", "")
                    body = read_body(response.raw, encoding, SIZE_LIMIT)
                    kind = response.headers.get("Content-Type", "")
        except Exception:  # noqa: BLE001 - whatever is wrong with robots.txt, it does not decide
            return None
        finally:
            clock.finish()
        if not response.ok or not body.ended or is_page(kind, body.data):
            return None
        return rules_of(body.data.decode("utf-8-sig", errors="replace"))

    def check_response(self) -> None:
        """Take down the final answer."""
        response = self.url_connection
        self.job.headers = {name.lower(): value for name, value in response.headers.items()}
        self.job.reason = response.reason or ""
        self.job.status = response.status_code
        super().check_response()

    def check_content(self) -> bool:
        """Read the body; nothing in it is followed."""
        if self.job.status is not None:
            self._read()
        return False

    def _read(self) -> None:
        job, task, raw = self.job, self.job.task, self.url_connection.raw
        kind = job.headers.get("content-type", "")
        is_html = is_page(kind, b"<html")
        limit = PAGE_LIMIT if is_html else BODY_LIMIT
        wanted = ANCHOR_LIMIT if task.fragments and is_html else limit
        keeper = job.keeper()
        body = read_body(raw, job.headers.get("content-encoding", ""), wanted, keeper)
        job.clock.release()
        job.body, job.whole = first_part(body, limit)
        if body.fault and (len(body.data) < limit or keeper):
            job.causes += body.causes
            job.body_fault = job.fault_of(body.fault)
        job.body_read = True
        if keeper:
            job.take(keeper, whole=body.ended)
        if task.fragments and body.ended and is_page(kind, body.data):
            job.missing = missing_of(body.data, kind, task.fragments, lambda: job.clock.up)


class _WildRule(RuleLine):
    """A rule of robots.txt with the wildcards of RFC 9309, which LinkChecker does not know."""

    def __init__(self, line: RuleLine) -> None:
        self.path = line.path.replace("%2A", "*").replace("%24", "$")
        self.allowance = line.allowance

    def applies_to(self, path: str) -> bool:
        return applies(self.path, path)


def rules_of(text: str) -> Rules:
    """The rules for us of a robots.txt, as LinkChecker reads it."""
    parser = RobotFileParser(session=None)
    # To LinkChecker an empty line ends a group; RFC 9309 knows no such thing.
    parser.parse([line for line in text.splitlines() if line.strip()])
    groups = [*parser.entries, *filter(None, [parser.default_entry])]
    for group in groups:
        # LinkChecker takes any piece of our name for our name.
        ours = filter(is_ours, group.useragents)
        group.useragents = ["*" if agent.strip() == "*" else AGENT for agent in ours]
        # The longest rule that applies decides, of equal ones the one that allows.
        rules = map(_WildRule, group.rulelines)
        group.rulelines = sorted(rules, key=lambda rule: (-len(rule.path), not rule.allowance))
    return lambda url: bool(parser.can_fetch(AGENT, url))


def main() -> int:
    """Read settings and tasks until there are no more, and answer them all."""
    output = Output()
    logging.disable(logging.ERROR)
    take_long_headers()
    try:
        first = sys.stdin.buffer.readline()
        if not first:
            return 0
        worker = Worker(read_settings(first), trusting_context(), output)
        for line in sys.stdin.buffer:
            worker.ask(read_task(line))
    except (ValueError, TypeError, KeyError, OSError) as error:
        print(f"linkworker: {type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return 2
    worker.join()
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # Threads that hang in the system are not waited for.
    os._exit(code)
