"""Checking links: this project beside plain LinkChecker and linkinator, on the same loopback hosts.

    python -m benchmarks.links [--linkinator PROGRAM] [--small]

Prints ratios. The polite limit is the time that three requests a second to each host take at
least, asking for each link once. linkinator (`npm install linkinator@6`, in a folder of its own)
is impolite by design: it shows what is to be had without manners and without verdicts.
"""

from __future__ import annotations

import argparse
import ipaddress
import json
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import hosts
from site_builder.linkcheck import check_links
from site_builder.linkprogram import running
from site_builder.verdicts import Verdict

_PER_SECOND = 3
_PLAIN = """\
[checking]
recursionlevel=0
"""
Check = Callable[[Sequence[str], int], int]
"""Checks addresses at a port, and tells how many of them open."""
_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@dataclass(frozen=True, slots=True)
class Case:
    """How many hosts, how many links of each, and how long each answer takes."""

    hosts: int
    each: int
    seconds: float

    @property
    def polite(self) -> float:
        """The polite limit, in seconds."""
        return (self.each - 1) / _PER_SECOND + self.seconds

    @property
    def name(self) -> str:
        """As it is printed."""
        return f"{self.hosts} x {self.each}, {self.seconds * 1000:.0f} ms"


CASES = (
    Case(1, 130, 0.02),
    Case(1, 130, 0.2),
    Case(100, 10, 0.02),
    Case(100, 10, 0.2),
    Case(1000, 1, 0.02),
    Case(1000, 1, 0.2),
)
SMALL = (Case(1, 4, 0.02), Case(4, 2, 0.02))


def _ours(urls: Sequence[str], _port: int) -> int:
    findings = check_links(urls, allow=_LOOPBACK)
    return sum(finding.verdict is Verdict.OK for finding in findings)


def _linkchecker(urls: Sequence[str], _port: int) -> int:
    # Host by host in turn, as LinkChecker is at its best: it waits for one host at a time.
    by_turn = sorted(urls, key=lambda url: url.rpartition("/")[2])
    with running(by_turn, _PLAIN, "benchmark") as rows:
        return sum(row.valid for row in rows)


def _linkinator(program: Path) -> Check:
    def check(_urls: Sequence[str], port: int) -> int:
        page = f"http://127.0.0.1:{port}/all.html"
        command = [str(program), page, "--format", "json", "--timeout", "20000"]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - as told
        found = json.loads(done.stdout)["links"]
        return sum(link["state"] == "OK" and link["url"] != page for link in found)

    return check


def _timed(check: Check, case: Case) -> float:
    with hosts.serving(case.hosts, case.each, case.seconds) as port:
        urls = hosts.links(port, case.hosts, case.each)
        began = time.monotonic()
        good = check(urls, port)
        took = time.monotonic() - began
    if good != len(urls):
        raise RuntimeError(f"{case.name}: {good} of {len(urls)} links were found to open")
    return took


def main() -> None:
    """Measure every case with every checker, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--linkinator", type=Path, help="the program, where it is installed")
    parser.add_argument("--small", action="store_true", help="two small cases, to see that it runs")
    options = parser.parse_args()
    peers: dict[str, Check] = {"LinkChecker": _linkchecker}
    if options.linkinator:
        peers["linkinator"] = _linkinator(options.linkinator)
    heads = ["polite limit", *peers]
    print("| hosts x links, latency | seconds |", " | ".join(f"/ {head}" for head in heads), "|")
    print("|---|---|" + "---|" * len(heads))
    for case in SMALL if options.small else CASES:
        ours = _timed(_ours, case)
        beside = [case.polite, *(_timed(check, case) for check in peers.values())]
        shown = " | ".join(f"{ours / theirs:.2f}" for theirs in beside)
        print(f"| {case.name} | {ours:.1f} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
