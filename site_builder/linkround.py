"""One round of questions: which address is asked for next, when again, and beside what.

It knows no process and no clock: tasks come out, answers go in, findings come out.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from site_builder.addresses import host_of
from site_builder.judging import (
    NOT_CONNECTED,
    Control,
    Place,
    Wanted,
    control_for,
    judge_answer,
    place_of,
    seconds_to_wait,
    wants_browser,
)
from site_builder.ledger import Finding
from site_builder.linkwire import Answer, Failure, Task

AT_HAND = 4
"""Tasks of one lane that are handed out at a time: enough to keep its pace."""
GIVE_UP = 3
"""Addresses in a row that found a host silent: its others are not asked for."""
# A host that accepts and says nothing costs more than one that is out of reach.
_SILENT = NOT_CONNECTED | {Failure.TIMEOUT, Failure.DEADLINE}
# Statuses of a control that tell nothing of what the site does with what it does not have.
_REFUSALS = frozenset({401, 403, 406, 429, 451})


@dataclass(frozen=True, slots=True)
class Request:
    """One address to ask for."""

    url: str
    """As `judging.request_for` gives it."""
    lane: str
    """Those that share a pace: the address that the host resolves to."""
    fragments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is known of a request in the end."""

    finding: Finding
    """Its `url` is the request."""
    answer: Answer


@dataclass(slots=True)
class _Question:
    request: Request
    of: _Beside | None = None
    """What it is the control of; None where it is a request of the data."""
    tries: int = 0
    alike: int = 0
    answer: Answer | None = None
    as_browser: bool = False
    pages: list[Answer] = field(default_factory=list)
    """The answer that counts, and those of asking once more to see what changes by itself."""


@dataclass(slots=True)
class _Beside:
    """The controls of one place."""

    place: Place
    controls: list[Control] = field(default_factory=list)
    asked: int = 0
    hopeless: bool = False
    """The site answers nothing for what does not exist, or nothing can be asked for."""
    waiting: list[_Question] = field(default_factory=list)


class Round:
    """Asks for every request, as often and beside as many controls as it takes."""

    def __init__(
        self,
        requests: Iterable[Request],
        *,
        pauses: tuple[float, ...],
        token: Callable[[], str],
        today: date,
    ) -> None:
        """`token` gives a random number in digits each time."""
        self._pauses, self._token, self._today = pauses, token, today
        self._queues: dict[str, deque[_Question]] = {}
        self._again: deque[tuple[_Question, float]] = deque()
        self._pending: dict[int, tuple[_Question, bool]] = {}
        self._at_hand: Counter[str] = Counter()
        self._beside: dict[Place, _Beside] = {}
        self._silent: Counter[str] = Counter()
        self._next_id = 0
        for request in requests:
            self._queue(_Question(request))

    def _queue(self, question: _Question) -> None:
        self._queues.setdefault(question.request.lane, deque()).append(question)

    @property
    def unfinished(self) -> bool:
        """Whether a request is still without a conclusion."""
        return bool(self._pending or self._again or any(self._queues.values()))

    def lost(self) -> None:
        """What was handed out will not be answered: it is asked for again."""
        for question, _ in self._pending.values():
            self._queue(question)
        self._pending.clear()
        self._at_hand.clear()

    def due(self) -> Iterator[Task]:
        """The tasks to hand out now."""
        while self._again:
            question, delay = self._again.popleft()
            yield self._task(question, delay)
        for lane, queue in self._queues.items():
            while queue and self._at_hand[lane] < AT_HAND:
                yield self._task(queue.popleft())

    def _task(self, question: _Question, delay: float = 0.0) -> Task:
        self._next_id += 1
        request = question.request
        # Who waits on a site that is well takes nobody's place; one in trouble is spared.
        before = question.answer
        well = before is not None and before.status is not None and before.status < 429
        counts = not well
        self._at_hand[request.lane] += counts
        self._pending[self._next_id] = question, counts
        return Task(
            self._next_id,
            request.url,
            request.lane,
            request.fragments,
            as_browser=question.as_browser,
            delay=delay,
        )

    def take(self, answer: Answer) -> Iterator[Conclusion]:
        """What stands now that this answer is here."""
        question, counted = self._pending.pop(answer.id)
        self._at_hand[question.request.lane] -= counted
        if question.pages:
            # Whatever comes of asking once more, the answer that counts is there.
            same = answer.status == question.pages[0].status and not answer.body_fault
            question.pages.append(answer if same else question.pages[0])
            yield from self._conclude(question)
            return
        before = question.answer
        same = before is not None and before.status == answer.status
        question.alike = question.alike + 1 if same else 1
        question.tries += 1
        question.answer = answer
        wait = self._wait(question, answer)
        if wait is not None:
            self._again.append((question, wait))
        elif question.of is not None:
            yield from self._compare(question.of, question.request, answer)
        else:
            yield from self._conclude(question)

    def _wait(self, question: _Question, answer: Answer) -> float | None:
        if wants_browser(answer) and not question.as_browser:
            question.as_browser = True
            return self._pauses[0] if self._pauses else 0.0
        if question.of is not None and answer.status is not None and answer.status < 500:
            return None  # whatever a control says, once is enough
        return seconds_to_wait(answer, question.tries, question.alike, self._pauses)

    # Concluding

    def _conclude(self, question: _Question) -> Iterator[Conclusion]:
        answer = question.answer
        if answer is None:  # pragma: no cover - only answered questions come here
            return
        beside = self._beside_of(question.request.url)
        controls = None if beside.hopeless else beside.controls
        pages = question.pages or [answer]
        finding = judge_answer(question.request.url, pages, controls, self._today)
        if finding is Wanted.CONTROL:
            beside.waiting.append(question)
            yield from self._ask_beside(beside, question.request)
            return
        if isinstance(finding, Wanted):
            question.pages = pages
            self._again.append((question, 0.0))
            return
        yield Conclusion(replace(finding, tries=question.alike), answer)
        yield from self._give_up(question.request, answer)

    def _beside_of(self, url: str) -> _Beside:
        place = place_of(url)
        return self._beside.setdefault(place, _Beside(place))

    def _ask_beside(self, beside: _Beside, request: Request) -> Iterator[Conclusion]:
        if beside.asked > len(beside.controls):
            return  # one is under way
        url = control_for(request.url, self._token())
        if url is None:
            beside.hopeless = True
            yield from self._released(beside)
            return
        beside.asked += 1
        self._again.append((_Question(Request(url, request.lane), of=beside), 0.0))

    def _compare(self, beside: _Beside, request: Request, answer: Answer) -> Iterator[Conclusion]:
        says_nothing = answer.status in _REFUSALS or (answer.status or 500) >= 500
        if says_nothing:
            beside.hopeless = True
        else:
            beside.controls.append(Control(request.url, answer))
        yield from self._released(beside)

    def _released(self, beside: _Beside) -> Iterator[Conclusion]:
        waiting, beside.waiting = beside.waiting, []
        for question in waiting:
            yield from self._conclude(question)

    def _give_up(self, request: Request, answer: Answer) -> Iterator[Conclusion]:
        host = host_of(request.url)
        # Where a redirect led elsewhere, this host has answered.
        if answer.failure not in _SILENT or answer.hops:
            self._silent[host] = 0
            return
        self._silent[host] += 1
        if self._silent[host] < GIVE_UP:
            return
        queue = self._queues.get(request.lane, deque())
        skipped = [one for one in queue if host_of(one.request.url) == host]
        for one in skipped:
            queue.remove(one)
            finding = judge_answer(one.request.url, [answer], None, self._today)
            if isinstance(finding, Finding) and one.of is None:
                note = f"not asked: {GIVE_UP} others found {host} silent"
                yield Conclusion(replace(finding, note=note, tries=0), answer)
