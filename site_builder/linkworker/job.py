"""Jobs: tasks at work, and what is known of them so far."""

from __future__ import annotations

import threading
import time

from site_builder.linkwire import Answer, BodyFault, Failure, Hop, Settings, Task
from site_builder.linkworker.body import Keeper
from site_builder.linkworker.clock import Clock
from site_builder.linkworker.failures import causes_of, failure_of
from site_builder.linkworker.guard import Trip
from site_builder.linkworker.pace import Seat

_SLOWEST = 50_000
"""Bytes a second at which the largest body that is kept must come."""


class Job:
    """One task at work. Its thread fills it in; it is answered once, whoever answers."""

    def __init__(self, task: Task, settings: Settings, seat: Seat[Task]) -> None:
        """The time starts now."""
        self.task = task
        self.seat = seat
        self.clock = Clock(settings.deadline)
        self._patience = settings.read_timeout
        self.trip: Trip | None = None
        self.hops: list[Hop] = []
        self.status: int | None = None
        self.reason = ""
        self.headers: dict[str, str] = {}
        self.forbidden = False
        self.failure: Failure | None = None
        self.causes: tuple[str, ...] = ()
        self.body = b""
        self.whole = False
        self.body_fault: BodyFault | None = None
        self.body_read = False
        self.missing: tuple[str, ...] = ()
        self.kept: int | None = None
        self.kept_sha256: str | None = None
        self._answered = False
        self._lock = threading.Lock()

    def fail(self, error: BaseException) -> None:
        """No answer came, because of this."""
        self.failure = failure_of(error, time_up=self.clock.up)
        self.causes = causes_of(error)

    def fault_of(self, fault: BodyFault) -> BodyFault:
        """A fault of the body; what breaks when time is up breaks because of that."""
        return BodyFault.TIMEOUT if self.clock.up and fault is not BodyFault.ENCODING else fault

    def keeper(self) -> Keeper | None:
        """What writes the file that is to be kept; None where none is, or it cannot be made.

        From now on there is also the time that a large body takes.
        """
        if not self.task.keep:
            return None
        try:
            keeper = Keeper(self.task.keep, self.task.keep_limit, self._patience)
        except OSError as error:
            self.causes += causes_of(error)
            return None
        self.clock.extend(self.task.keep_limit / _SLOWEST)
        return keeper

    def take(self, keeper: Keeper, *, whole: bool) -> None:
        """Keep the file of a whole body, or none."""
        if whole and keeper.fault is None:
            self.kept_sha256, self.kept = keeper.keep(), keeper.size
        else:
            keeper.discard()
            self.causes += causes_of(keeper.fault) if keeper.fault else ()

    def answer(self) -> Answer | None:
        """What there is to tell; None when it has been told."""
        with self._lock:
            if self._answered:
                return None
            self._answered = True
        failure, body_fault = self.failure, self.body_fault
        if self.status is None and failure is None and not self.forbidden:
            failure = Failure.DEADLINE if self.clock.over else Failure.INTERNAL
        elif self.status is not None and not self.body_read and body_fault is None:
            body_fault = BodyFault.TIMEOUT
        return Answer(
            id=self.task.id,
            status=None if failure else self.status,
            reason=self.reason,
            hops=tuple(self.hops),
            forbidden=self.forbidden,
            failure=failure,
            causes=self.causes,
            headers=self.headers,
            body=self.body,
            whole=self.whole,
            body_fault=body_fault,
            missing=self.missing,
            certificate_ends=self.trip.certificate_ends if self.trip else None,
            kept=self.kept,
            kept_sha256=self.kept_sha256,
            seconds=self._seconds(),
        )

    def _seconds(self) -> float:
        if self.trip is None or self.trip.started is None:
            return 0.0
        return round(time.monotonic() - self.trip.started - self._rested_since_start(), 3)

    def _rested_since_start(self) -> float:
        return self.clock.rested - self.trip.rested_before if self.trip else 0.0
