"""The pipe to the link worker: tasks in, answers out.

The worker is a process of its own, for LinkChecker is GPL and ends its process when it is stopped.
It meets neither the user's settings, nor a proxy, nor a .netrc.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

import site_builder
from site_builder.linkprogram import CouldNotRunError
from site_builder.linkwire import Answer, Settings, Task, read_answer, write_line

GRACE = 15.0
"""Seconds beyond all deadlines and delays in which the worker must give an answer."""

# A list of what is let through, not of what is kept back, as for LinkChecker's own program.
_ENVIRONMENT = (*("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP"),)
_KEEP_SPEED = 50_000
_TAIL = 2_000
_DYING = 5.0


class Worker:
    """A running worker; one thread asks and takes the answers."""

    def __init__(self, settings: Settings, process: subprocess.Popen[bytes], errors: Path) -> None:
        """Speak to this process, whose complaints go to the file `errors`."""
        self._process = process
        self._errors = errors
        self._deadline = settings.deadline
        self._pending: set[int] = set()
        self._longest = settings.deadline
        """Seconds that a task may take, of those asked so far."""
        self._due = self._heard = time.monotonic()
        self._going: SimpleQueue[bytes | None] = SimpleQueue()
        self._coming: SimpleQueue[bytes] = SimpleQueue()
        for target, pipe in ((self._push, process.stdin), (self._pull, process.stdout)):
            threading.Thread(target=target, args=(pipe,), daemon=True).start()
        self._going.put(write_line(settings))

    @property
    def pid(self) -> int:
        """The worker's process."""
        return self._process.pid

    def ask(self, task: Task) -> None:
        """Hand over a task; its answer comes in its own time."""
        seconds = self._deadline + task.delay
        if task.keep:
            seconds += task.keep_limit / _KEEP_SPEED
        self._longest = max(self._longest, seconds - task.delay)
        self._due = max(self._due, time.monotonic() + seconds)
        self._pending.add(task.id)
        self._going.put(write_line(task))

    def answer(self) -> Answer | None:
        """The next answer; None when none is pending.

        Raises:
            CouldNotRunError: the worker crashed, gives nothing, or cannot be understood. All
                answers that it gave before have been handed out.
        """
        if not self._pending:
            return None
        due = max(self._due, self._heard + self._longest) - time.monotonic()
        try:
            line = self._coming.get(timeout=max(0.0, due) + GRACE)
        except Empty:
            raise self._failed("took too long and was stopped") from None
        self._heard = time.monotonic()
        try:
            answer = read_answer(line)
            self._pending.remove(answer.id)
        except (ValueError, KeyError) as error:  # also half a line, cut off when it died
            self._coming.put(b"")
            with suppress(subprocess.TimeoutExpired):
                code = self._process.wait(timeout=0 if line.endswith(b"\n") else _DYING)
                raise self._failed(f"ended with exit code {code}") from error
            raise self._failed(f"gave output that cannot be read ({line[:200]!r})") from error
        return answer

    def _failed(self, problem: str) -> CouldNotRunError:
        said = self._errors.read_text(encoding="utf-8", errors="replace")[-_TAIL:].strip()
        return CouldNotRunError(f"the link worker {problem}: {said or 'it said nothing'}")

    def _push(self, pipe: IO[bytes]) -> None:
        with suppress(OSError), pipe:  # a worker that has died is told by what it does not say
            while line := self._going.get():
                pipe.write(line)
                pipe.flush()

    def _pull(self, pipe: IO[bytes]) -> None:
        with suppress(OSError, ValueError), pipe:
            for line in pipe:
                self._coming.put(line)
        self._coming.put(b"")

    def close(self) -> None:
        """No more is asked."""
        self._going.put(None)


@contextmanager
def working(settings: Settings) -> Iterator[Worker]:
    """Run a worker, which is gone when the block ends.

    Raises:
        CouldNotRunError: it could not be started.
    """
    with tempfile.TemporaryDirectory(prefix="prongsai-") as name:
        errors = Path(name) / "stderr"
        environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
        environment |= {"HOME": name, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        environment["PYTHONPATH"] = _python_path()
        if trusted := os.environ.get("SSL_CERT_FILE"):
            environment["SSL_CERT_FILE"] = os.fspath(Path(trusted).absolute())
        # A file for its complaints: a full pipe could stop both sides.
        with errors.open("wb") as stderr:
            try:
                process = subprocess.Popen(
                    [sys.executable, "-m", "site_builder.linkworker"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stderr,
                    cwd=name,
                    env=environment,
                    # Ctrl-C is ours to handle: the worker is killed when we end.
                    start_new_session=True,
                )
            except OSError as error:
                raise CouldNotRunError(f"the link worker cannot be started: {error}") from error
        try:
            worker = Worker(settings, process, errors)
            try:
                yield worker
            finally:
                worker.close()
        finally:
            _end(process)


def _python_path() -> str:
    """Where this very package is, then what the user has: the worker runs in another folder."""
    own = Path(site_builder.__file__).resolve().parent.parent
    installed = {Path(sysconfig.get_path(kind)).resolve() for kind in ("purelib", "platlib")}
    paths = [] if own in installed else [os.fspath(own)]
    paths += filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    return os.pathsep.join(os.fspath(Path(path).absolute()) for path in paths)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()
