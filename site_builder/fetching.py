"""Fetching documents whole, with one worker: which is asked for next, and which once more."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.judging import seconds_to_wait, wants_browser
from site_builder.linkpipe import Worker, working
from site_builder.linkprogram import CouldNotRunError
from site_builder.linkwire import Answer, Settings, Task

_AT_ONCE = 8
"""Documents that are fetched at a time: each may take as much of the disk as one may have."""


@dataclass(eq=False, slots=True)
class Request:
    """One document to ask for, and how that went so far."""

    url: str
    """As `judging.request_for` gives it."""
    published: tuple[str, ...]
    """The addresses as the measures write them."""
    lane: str
    """Those that share a pace: the address that the host resolves to."""
    as_browser: bool = False
    tries: int = 0
    alike: int = 0
    status: int | None = None


class Fetching:
    """Which document is asked for next, and which one again."""

    def __init__(
        self, requests: Sequence[Request], downloads: Path, limit: int, pauses: Sequence[float]
    ) -> None:
        """Fetch into this folder, each document up to so many bytes."""
        self._waiting = deque(requests)
        self._downloads, self._limit, self._pauses = downloads, limit, pauses
        self._again: deque[tuple[Request, float]] = deque()
        self._pending: dict[int, Request] = {}
        self._next_id = 0
        self.unasked: list[Request] = []
        """What `stop` came before."""

    @property
    def unfinished(self) -> bool:
        """Whether a request is still without its last answer."""
        return bool(self._pending or self._again or self._waiting)

    def stop(self) -> None:
        """Ask for nothing new any more."""
        self.unasked += self._waiting
        self._waiting.clear()

    def lost(self) -> None:
        """What was handed out will not be answered: it is asked for again."""
        self._waiting.extendleft(self._pending.values())
        self._pending.clear()

    def file_of(self, answer: Answer) -> Path:
        """Where the body of an answer was to be written."""
        return self._downloads / str(answer.id)

    def due(self, in_flight: int) -> Iterator[Task]:
        """The tasks to hand out now: of each lane no more than are at once under way.

        The worker's time for a body runs from when it is asked, so nothing may wait in a queue.
        """
        while self._again:
            yield self._task(*self._again.popleft())
        busy = Counter(request.lane for request in self._pending.values())
        for request in tuple(self._waiting):
            if len(self._pending) >= _AT_ONCE:
                return
            if busy[request.lane] < in_flight:
                busy[request.lane] += 1
                self._waiting.remove(request)
                yield self._task(request, 0.0)

    def _task(self, request: Request, delay: float) -> Task:
        self._next_id += 1
        self._pending[self._next_id] = request
        return Task(
            self._next_id,
            request.url,
            request.lane,
            as_browser=request.as_browser,
            delay=delay,
            keep=str((self._downloads / str(self._next_id)).resolve()),
            keep_limit=self._limit,
        )

    def take(self, answer: Answer) -> Request | None:
        """The request that this answers in the end; None where it is asked for once more."""
        request = self._pending.pop(answer.id)
        request.alike = (
            request.alike + 1 if request.tries and request.status == answer.status else 1
        )
        request.tries += 1
        request.status = answer.status
        wait = seconds_to_wait(answer, request.tries, request.alike, self._pauses)
        if wants_browser(answer) and not request.as_browser:
            request.as_browser = True
            wait = self._pauses[0] if self._pauses else 0.0
        if wait is None:
            return request
        self._again.append((request, wait))
        return None


def answers(fetching: Fetching, settings: Settings) -> Generator[tuple[Request, Answer]]:
    """Every request with its last answer; a worker that dies on something has one successor.

    Raises:
        CouldNotRunError: the worker crashed twice, or cannot be understood.
    """
    for last in (False, True):
        if not fetching.unfinished:
            return
        try:
            with working(settings) as worker:
                yield from _answers_of(worker, fetching, settings)
                return
        except CouldNotRunError:
            if last:
                raise
            fetching.lost()


def _answers_of(
    worker: Worker, fetching: Fetching, settings: Settings
) -> Iterator[tuple[Request, Answer]]:
    while True:
        for task in fetching.due(settings.in_flight):
            worker.ask(task)
        answer = worker.answer()
        if answer is None:
            return
        request = fetching.take(answer)
        if request is None:
            fetching.file_of(answer).unlink(missing_ok=True)
        else:
            yield request, answer
