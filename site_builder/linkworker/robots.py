"""robots.txt: asked for once for each origin; only a rule that is there forbids anything."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError

AGENT = "Prongsai"
"""The name by which robots.txt speaks of us."""
SIZE_LIMIT = 512_000
"""Bytes; a longer file is none."""
_LONGEST = 5.0

Rules = Callable[[str], bool]
"""Whether an address may be asked for."""


def seconds_for(deadline: float) -> float:
    """The part of a task's time that robots.txt may take."""
    return min(_LONGEST, deadline / 3)


def is_ours(agent: str) -> bool:
    """Whether a `User-agent` line means us or everybody."""
    name = agent.strip().lower()
    return name == "*" or name.partition("/")[0].rstrip() == AGENT.lower()


class Robots:
    """The rules of all origins."""

    def __init__(self) -> None:
        """None is known yet."""
        self._lock = threading.Lock()
        self._known: dict[str, Future[Rules | None]] = {}

    def allow(
        self, url: str, origin: str, fetch: Callable[[str], Rules | None], patience: float
    ) -> bool:
        """Whether robots.txt lets us ask for this address; who comes first fetches it.

        `fetch` gives the rules, or None where there are none to go by.
        """
        with self._lock:
            rules = self._known.get(origin)
            first = rules is None
            if rules is None:
                rules = self._known[origin] = Future()
        if first:
            found = None
            try:
                found = fetch(f"{origin}/robots.txt")
            finally:
                rules.set_result(found)
        try:
            may = rules.result(patience)
        except NotYetError:
            return True
        return may is None or may(url)


def applies(pattern: str, path: str) -> bool:
    """Whether a rule's pattern applies to a path: `*` is anything, `$` at its end is the end."""
    pattern, ends = pattern.removesuffix("$"), pattern.endswith("$")
    first, *others = pattern.split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = others.pop() if others else None
    for part in others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is None:
        return at == len(path) or not ends
    rest = path[at:]
    return rest.endswith(last) if ends else last in rest
