"""The time that a piece of work has: when it is over, the connection that it waits for is cut."""

from __future__ import annotations

import heapq
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

GRACE = 0.5
"""Seconds after the end in which the work may still tell what it found."""
_LOOK = 0.5
_NEAR = 0.05


class TimeUpError(OSError):
    """The time for this work was over before it could connect."""


class Clock:
    """A total time limit, and the connection that is cut when it is over."""

    def __init__(self, seconds: float, within: Clock | None = None) -> None:
        """Start now; rests also make `within` rest."""
        self._within = within
        self._ends = time.monotonic() + seconds
        self._resting_since: float | None = None
        self._held: socket.socket | None = None
        self._lock = threading.Lock()
        self.over = False
        """Time is up. Whatever fails after this fails because of it."""
        self.done = False
        """The work has ended: nothing is left to cut."""
        self.rested = 0.0

    @property
    def ends(self) -> float:
        """When time is up, by the monotonic clock; later while it rests."""
        since = self._resting_since
        return self._ends if since is None else self._ends + time.monotonic() - since

    @property
    def left(self) -> float:
        """Seconds until time is up; a little more than nothing, as 0 would mean "at once"."""
        return max(0.001, self.ends - time.monotonic())

    @property
    def up(self) -> bool:
        """Whether time is up; a wait that ended with it may wake before the watchdog does."""
        return self.over or self.ends - time.monotonic() < _NEAR

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Time that is not counted: waiting for one's turn is nobody's fault."""
        self._resting_since = time.monotonic()
        try:
            if self._within:
                with self._within.resting():
                    yield
            else:
                yield
        finally:
            rest = time.monotonic() - self._resting_since
            self._ends += rest
            self._resting_since = None
            self.rested += rest

    def extend(self, seconds: float) -> None:
        """Give the work more time; it helps nobody whose time is up."""
        self._ends += seconds

    def hold(self, connection: socket.socket) -> None:
        """Take charge of a new connection; the one before is of no more interest.

        A second handle is kept: TLS takes the first one away, even while it shakes hands.
        """
        second = connection.dup()
        with self._lock:
            late = self.over or self.done
            before, self._held = self._held, None if late else second
        for handle in (before, second if late else None):
            if handle:
                handle.close()
        if late:
            raise TimeUpError("the time for this address is over")

    def stop(self) -> None:
        """Time is up: cut the connection, which wakes whoever waits for it."""
        with self._lock:
            self.over = True
            if self._held:
                with suppress(OSError):
                    self._held.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        """The work has ended."""
        self.done = True
        self.release()

    def release(self) -> None:
        """Let the connection go; the time still counts."""
        with self._lock:
            held, self._held = self._held, None
        if held:
            # Other handles to it may be open for a while; the server need not send more.
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
            held.close()


class Watchdog:
    """Stops clocks that are over; one thread for all of them."""

    def __init__(self, look: Callable[[], None]) -> None:
        """`look` is called about twice a second."""
        self._look = look
        self._numbers = itertools.count()
        self._ends: list[tuple[float, int, Clock, Callable[[], None] | None]] = []
        self._changed = threading.Condition()

    def watch(self, clock: Clock, hung: Callable[[], None] | None = None) -> None:
        """Stop this clock when its time is up; tell by `hung` when the work then goes on."""
        with self._changed:
            heapq.heappush(self._ends, (clock.ends, next(self._numbers), clock, hung))
            self._changed.notify()

    def run(self) -> None:
        """Watch for ever."""
        while True:
            self._look()
            for clock, hung in self._due():
                if not clock.over:
                    clock.stop()
                    if hung:
                        self._again(time.monotonic() + GRACE, clock, hung)
                elif hung:
                    hung()

    def _again(self, when: float, clock: Clock, hung: Callable[[], None] | None) -> None:
        with self._changed:
            heapq.heappush(self._ends, (when, next(self._numbers), clock, hung))

    def _due(self) -> list[tuple[Clock, Callable[[], None] | None]]:
        """Wait a while; the clocks whose time is up."""
        with self._changed:
            wait = min(_LOOK, self._ends[0][0] - time.monotonic()) if self._ends else _LOOK
            if wait > 0:
                self._changed.wait(wait)
            due = []
            now = time.monotonic()
            while self._ends and self._ends[0][0] <= now:
                _, _, clock, hung = heapq.heappop(self._ends)
                if clock.done:
                    continue
                if not clock.over and clock.ends > now:  # it has rested meanwhile, or rests now
                    later = max(clock.ends, now + 0.05)
                    heapq.heappush(self._ends, (later, next(self._numbers), clock, hung))
                    continue
                due.append((clock, hung))
            return due
