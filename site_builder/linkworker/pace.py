"""Pace: tasks wait in lanes, one for each address; lanes take turns and none holds up another."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from queue import Empty
from typing import Generic, TypeVar

from site_builder.linkworker.clock import Clock, TimeUpError

Item = TypeVar("Item")

_SLACK = 0.25
"""The part of an interval for which a turn that was given out may still be used."""


@dataclass(eq=False)
class _Lane(Generic[Item]):
    name: str
    waiting: deque[Item] = field(default_factory=deque)
    busy: int = 0
    arriving: int = 0
    """Tasks of other lanes whose redirect leads here: they go first."""
    next_at: float = 0.0
    """When the next request may be sent."""
    offered: bool = False


class Lanes(Generic[Item]):
    """The queue of all tasks.

    A lane has at most `in_flight` tasks at work, and sends at most `per_second` requests a second.
    """

    def __init__(self, per_second: float, in_flight: int) -> None:
        """An empty queue."""
        self._interval = 1 / per_second
        self._in_flight = in_flight
        self._lanes: dict[str, _Lane[Item]] = {}
        self._later: list[tuple[float, int, str, Item]] = []
        self._due: list[tuple[float, int, _Lane[Item]]] = []
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        # Of all who wait for a task only one minds the time, lest all of them wake for each task.
        self._leader = threading.Condition(self._lock)
        self._others = threading.Condition(self._lock)
        self._freed = threading.Condition(self._lock)
        self._led = False
        self._idle = 0

    def put(self, item: Item, lane: str, delay: float = 0.0) -> None:
        """Add a task to a lane, to be asked for in `delay` seconds."""
        with self._lock:
            due = time.monotonic() + delay
            heapq.heappush(self._later, (due, next(self._numbers), lane, item))
            self._leader.notify()

    def unattended(self) -> bool:
        """Whether tasks wait that nobody waits for: one more thread would be of use."""
        with self._lock:
            return self._idle == 0 and bool(self._due or self._later)

    def get(self, timeout: float) -> tuple[Item, Seat[Item]]:
        """The next task whose turn has come, with its seat in its lane.

        Raises:
            Empty: none came within `timeout` seconds.
        """
        until = time.monotonic() + timeout
        with self._lock:
            self._idle += 1
            try:
                lane = self._wait(until)
            finally:
                self._idle -= 1
                if not self._led:
                    self._others.notify()
            now = time.monotonic()
            lane.busy += 1
            lane.next_at = now + self._interval
            item = lane.waiting.popleft()
            self._offer(lane)
            return item, Seat(self, lane, now)

    def _wait(self, until: float) -> _Lane[Item]:
        while True:
            now = time.monotonic()
            if not self._led and (lane := self._ready(now)):
                return lane
            if now >= until:
                raise Empty
            if self._led:
                self._others.wait(until - now)
                continue
            self._led = True
            try:
                dues = [heap[0][0] for heap in (self._due, self._later) if heap]
                self._leader.wait(max(0.0, min([until, *dues]) - now))
            finally:
                self._led = False

    def _ready(self, now: float) -> _Lane[Item] | None:
        while self._later and self._later[0][0] <= now:
            _, _, name, item = heapq.heappop(self._later)
            lane = self._lane(name)
            lane.waiting.append(item)
            self._offer(lane)
        while self._due and self._due[0][0] <= now:
            _, _, lane = heapq.heappop(self._due)
            lane.offered = False
            if lane.next_at <= now and self._has_room(lane):
                return lane
            self._offer(lane)
        return None

    def _lane(self, name: str) -> _Lane[Item]:
        return self._lanes.setdefault(name, _Lane(name))

    def _has_room(self, lane: _Lane[Item]) -> bool:
        return bool(lane.waiting) and lane.busy + lane.arriving < self._in_flight

    def _offer(self, lane: _Lane[Item]) -> None:
        if not lane.offered and self._has_room(lane):
            lane.offered = True
            heapq.heappush(self._due, (lane.next_at, next(self._numbers), lane))
            self._leader.notify()

    def leave(self, lane: _Lane[Item]) -> None:
        """A task of this lane has ended, or goes to another lane."""
        with self._lock:
            lane.busy -= 1
            self._freed.notify_all()
            self._offer(lane)

    def enter(self, name: str) -> _Lane[Item]:
        """Take a seat in another lane, as soon as there is one."""
        with self._lock:
            lane = self._lane(name)
            lane.arriving += 1
            try:
                while lane.busy >= self._in_flight:
                    self._freed.wait()
            finally:
                lane.arriving -= 1
            lane.busy += 1
            return lane

    def turn(self, lane: _Lane[Item], given: float | None) -> float:
        """When this lane's next request may be sent: now, where the turn `given` still holds."""
        with self._lock:
            now = time.monotonic()
            if given is not None and now - given < self._interval * _SLACK:
                return now
            at = max(now, lane.next_at)
            lane.next_at = at + self._interval
            return at


class Seat(Generic[Item]):
    """A task's place among those at work in its lane."""

    def __init__(self, lanes: Lanes[Item], lane: _Lane[Item], given: float) -> None:
        """Sit in this lane; the first request may be sent right now."""
        self._lanes = lanes
        self._lane: _Lane[Item] | None = lane
        self._given: float | None = given
        self._lock = threading.Lock()

    def is_in(self, name: str) -> bool:
        """Whether this is a seat in the lane of this name."""
        with self._lock:
            return self._lane is not None and self._lane.name == name

    def request(self, name: str, clock: Clock) -> None:
        """Wait until a request may be sent in the lane of this name; the clock rests meanwhile.

        Who goes to another lane gives up the seat first, so that nobody waits in a circle.

        Raises:
            TimeUpError: the seat was given up for good.
        """
        with clock.resting():
            lane = self._sit(name)
            given, self._given = self._given, None
            wait = self._lanes.turn(lane, given) - time.monotonic()
            if wait > 0:
                time.sleep(wait)

    def _sit(self, name: str) -> _Lane[Item]:
        with self._lock:
            lane = self._lane
        if lane is None:
            raise TimeUpError("given up")
        if lane.name == name:
            return lane
        self.leave()
        self._given = None
        lane = self._lanes.enter(name)
        with self._lock:
            self._lane = lane
        return lane

    def leave(self) -> None:
        """Give up the seat; a second time does nothing."""
        with self._lock:
            lane, self._lane = self._lane, None
        if lane:
            self._lanes.leave(lane)
