"""The pipe to the link worker: its guard, its pace, and its end."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from site_builder import linkpipe
from site_builder.linkpipe import CouldNotRunError, working
from site_builder.linkwire import Answer, Failure, Hop, Settings, Task
from tests.raw_server import RawServer, Say, hangs, leads, listening, ok
from tests.test_linkworker import SETTINGS, ask, ask_one

ROOT = Path(__file__).parent.parent

# Takes the place of the name servers: each answer of a name once, the last for ever.
_NAME_SERVER = """
import socket, time
names = {names!r}
real = socket.getaddrinfo
def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    name = host.rstrip(".")
    if name not in names:
        return real(host, port, family, type, proto, flags)
    answers = names[name]
    answer = answers.pop(0) if len(answers) > 1 else answers[0]
    if isinstance(answer, (int, float)):
        time.sleep(answer)
        raise socket.gaierror(socket.EAI_AGAIN, "slow")
    kinds = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in answer]
    return [(kind, 1, 6, "", (address, 0)) for kind, address in zip(kinds, answer)]
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[object]]:
    """Names of hosts and their answers; written out when a worker starts."""
    found: dict[str, list[object]] = {}

    class Written(dict[str, list[object]]):
        def __setitem__(self, name: str, answers: list[object]) -> None:
            found[name] = answers
            (tmp_path / "sitecustomize.py").write_text(_NAME_SERVER.format(names=found))

    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    return Written()


# The guard


@contextmanager
def inside(port: int) -> Iterator[list[RawServer]]:
    """Servers where no request may come, at the port of the one where it may."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(listening({}, address=address, port=port))
            for address in ("127.0.0.2", "::1")
        ]


FORBIDDEN = [
    "http://127.0.0.2:{}/x",
    "http://127.2:{}/x",
    "http://2130706434:{}/x",
    "http://0x7f000002:{}/x",
    "http://0177.0.0.2:{}/x",
    "http://127.0.0.2.:{}/x",
    "http://[::1]:{}/x",
    "http://[::ffff:127.0.0.2]:{}/x",
    "http://[::127.0.0.2]:{}/x",
    "http://[64:ff9b::7f00:2]:{}/x",
    "http://localhost.localdomain:{}/x",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://0.0.0.0:{}/x",
    "http://0:{}/x",
    "http://user@127.0.0.2:{}/x",
    "//127.0.0.2:{}/x",
]


def test_nothing_is_sent_to_an_address_that_is_not_public(names: dict[str, list[object]]) -> None:
    names["localhost.localdomain"] = [["127.0.0.2"]]
    with listening() as server, inside(server.port) as forbidden:
        where = [url.format(server.port) for url in FORBIDDEN]
        server.answers = {f"/{number}": leads(url) for number, url in enumerate(where)}
        redirected = [Task(number, f"{server.url}/{number}", "l") for number in range(len(where))]
        direct = [Task(100 + number, url, "l") for number, url in enumerate(where[:-1])]
        got = ask([*redirected, *direct])
    assert {(number, answer.failure) for number, answer in got.items()} == {
        (number, Failure.ADDRESS) for number in got
    }
    assert all(len(got[number].hops) == 1 for number in range(len(where)))
    assert got[0].hops == (Hop(where[0], 302),)
    assert sum(other.connections for other in forbidden) == 0


def test_robots_txt_leads_nobody_inside() -> None:
    with listening() as server, inside(server.port) as forbidden:
        place = f"http://127.0.0.2:{server.port}/robots.txt"
        server.answers = {"/robots.txt": leads(place), "/a": ok()}
        assert ask_one(f"{server.url}/a").status == 200
    assert sum(other.connections for other in forbidden) == 0


def test_a_name_is_resolved_once_for_each_connection(names: dict[str, list[object]]) -> None:
    # Were the name asked for again behind the judge's back, the second answer would be used.
    names["rebinds.test"] = [["127.0.0.1"], ["127.0.0.2"]]
    names["mixed.test"] = [["127.0.0.1", "127.0.0.2"]]
    with listening({"/a": ok()}) as server, inside(server.port) as forbidden:
        first = ask_one(f"http://rebinds.test:{server.port}/a")
        mixed = ask_one(f"http://mixed.test:{server.port}/a")
    # robots.txt had the first answer; the page met the second, and was not asked for.
    assert [asked.target for asked in server.asked] == ["/robots.txt"]
    assert (first.failure, mixed.failure) == (Failure.ADDRESS, Failure.ADDRESS)
    assert sum(other.connections for other in forbidden) == 0


def test_the_next_address_is_tried_where_one_does_not_connect(
    names: dict[str, list[object]],
) -> None:
    names["both.test"] = [["::1", "127.0.0.1"]]
    settings = replace(SETTINGS, allow=("127.0.0.0/8", "::1/128"))
    with listening({"/a": ok()}) as server:
        answer = ask_one(f"http://BOTH.test.:{server.port}/a", settings)
    assert answer.status == 200
    assert {asked.header("Host") for asked in server.asked} == {f"both.test:{server.port}"}


def test_tls_names_the_host(names: dict[str, list[object]], tmp_path: Path) -> None:
    names["secure.test"] = [["127.0.0.1"]]
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("secure.test").configure_cert(context)
    with pytest.MonkeyPatch.context() as patch, listening({"/a": ok()}, tls=context) as server:
        patch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        answer = ask_one(f"https://secure.test.:{server.port}/a")
    assert answer.status == 200
    assert set(server.names) == {"secure.test"}


def test_a_silent_name_server_costs_no_more_than_the_deadline(
    names: dict[str, list[object]],
) -> None:
    names["slow.test"] = [30.0]
    names["again.test"] = [0.0]
    tasks = [Task(number, f"http://slow.test/{number}", "slow") for number in range(4)]
    with listening({"/a": ok()}) as server:
        tasks += [Task(9, f"{server.url}/a", "l"), Task(8, "http://again.test/", "again")]
        before = time.monotonic()
        got = ask(tasks, replace(SETTINGS, deadline=1.0, in_flight=2))
        assert time.monotonic() - before < 5
    assert [got[number].failure for number in range(4)] == [Failure.DEADLINE] * 4
    assert (got[9].status, got[8].failure) == (200, Failure.NAME_SERVER)


# Pace


def windows(times: Sequence[float], length: float) -> int:
    """The most that fall into any window of this length."""
    return max(sum(start <= time < start + length for time in times) for start in times)


@contextmanager
def hosts(count: int, answers: Mapping[str, Say], **more: float) -> Iterator[list[RawServer]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(listening(answers, address=f"127.0.1.{number + 1}", **more))
            for number in range(count)
        ]


POLITE = replace(SETTINGS, allow=("127.0.0.0/8",), per_second=3.0, in_flight=2, deadline=20.0)


def test_each_address_is_asked_politely_and_all_of_them_at_once() -> None:
    with hosts(8, {"/": leads("/there"), "/there": ok()}, delay=0.25) as servers:
        urls = [f"{server.url}/?{n}" for server in servers for n in range(4)]
        before = time.monotonic()
        got = ask(
            [Task(n, url, url.split("/")[2].split(":")[0]) for n, url in enumerate(urls)], POLITE
        )
        took = time.monotonic() - before
    assert {answer.status for answer in got.values()} == {200}
    for server in servers:
        assert len(server.asked) == 9  # robots.txt, and four times two
        assert windows([asked.at for asked in server.asked], 1.0) <= 4
        assert server.most_at_once <= 2
    assert took < 9 / 3 + 2  # not eight times as long


def test_a_redirect_to_another_host_waits_for_its_turn_there() -> None:
    with hosts(6, {}) as others, listening({"/": ok()}, delay=0.3) as home:
        for server in others:
            server.answers = {"/": leads(home.url)}
        got = ask([Task(n, f"{s.url}/", s.address) for n, s in enumerate(others)], POLITE)
    assert {answer.status for answer in got.values()} == {200}
    assert windows([asked.at for asked in home.asked], 1.0) <= 4
    assert home.most_at_once <= 2
    assert max(answer.seconds for answer in got.values()) < 1.5  # the queue is not the site's


def test_lanes_take_turns_and_a_slow_one_holds_up_none() -> None:
    settings = replace(POLITE, per_second=20.0, deadline=8.0)
    with hosts(2, {"/": ok()}) as (slow, quick):
        slow.answers = {"/": hangs}
        tasks = [Task(n, f"{slow.url}/?{n}", "slow") for n in range(200)]
        tasks += [Task(1000 + n, f"{quick.url}/?{n}", "quick") for n in range(10)]
        with working(settings) as worker:
            for task in tasks:
                worker.ask(task)
            before = time.monotonic()
            for _ in range(10):
                answer = worker.answer()
                assert answer is not None
                assert answer.id >= 1000
            assert time.monotonic() - before < 4
        assert slow.most_at_once <= 2


def test_a_delay_waits_without_holding_anything_up() -> None:
    with listening({"/a": ok()}) as server, working(SETTINGS) as worker:
        for number in range(300):
            worker.ask(Task(number, f"{server.url}/a", "l", delay=1.5))
        worker.ask(Task(999, f"{server.url}/a", "l"))
        before = time.monotonic()
        first = worker.answer()
        assert first is not None
        assert first.id == 999
        assert time.monotonic() - before < 1.4
        second = worker.answer()
        assert second is not None
        assert 1.3 < time.monotonic() - before < 3


# The end


def test_tasks_may_come_at_any_time() -> None:
    with listening({"/a": ok()}) as server, working(SETTINGS) as worker:
        assert worker.answer() is None
        for number in range(3):
            worker.ask(Task(number, f"{server.url}/a", "l"))
            answer = worker.answer()
            assert answer is not None
            assert (answer.id, answer.status) == (number, 200)
            assert worker.answer() is None


def test_a_worker_that_is_killed_has_given_all_that_it_knew() -> None:
    with listening({"/a": ok(), "/hang": hangs}) as server, working(SETTINGS) as worker:
        for number in range(3):
            worker.ask(Task(number, f"{server.url}/a", "l"))
        worker.ask(Task(9, f"{server.url}/hang", "l"))
        first = worker.answer()
        time.sleep(0.5)
        os.kill(worker.pid, signal.SIGKILL)
        time.sleep(0.2)
        others = [worker.answer(), worker.answer()]
        with pytest.raises(CouldNotRunError, match="exit code -9"):
            worker.answer()
    assert sorted(answer.id for answer in [first, *others] if answer) == [0, 1, 2]


def test_half_an_answer_is_a_crash() -> None:
    with listening({"/hang": hangs}) as server, working(SETTINGS) as worker:
        worker.ask(Task(1, f"{server.url}/hang", "l"))
        worker._coming.put(b'{"id":1,"sta')  # noqa: SLF001 - no worker can be killed just there
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(CouldNotRunError, match="exit code -9"):
            worker.answer()


def test_a_worker_that_says_nothing_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkpipe, "GRACE", 0.3)
    settings = replace(SETTINGS, deadline=1.0)
    with listening({"/hang": hangs}) as server, working(settings) as worker:
        worker.ask(Task(1, f"{server.url}/hang", "l"))
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(CouldNotRunError, match="took too long"):
            worker.answer()
    assert not alive(worker.pid)


def test_a_worker_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with working(SETTINGS) as worker:
        worker.ask(Task(1, "http://127.0.0.1:9/", "l"))
        with pytest.raises(CouldNotRunError, match=r"exit code 2: linkworker: FileNotFoundError"):
            worker.answer()


def interrupted(url: str, pids: list[int]) -> None:
    with working(SETTINGS) as worker:
        pids.append(worker.pid)
        worker.ask(Task(1, url, "l"))
        raise KeyboardInterrupt


def test_the_worker_is_gone_after_the_block() -> None:
    pids: list[int] = []
    with listening({"/hang": hangs}) as server, pytest.raises(KeyboardInterrupt):
        interrupted(f"{server.url}/hang", pids)
    assert not alive(pids[0])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"


_PARENT = """
import sys, time
from site_builder.linkpipe import working
from site_builder.linkwire import Settings, Task
with working(Settings("a", "b", allow=("127.0.0.0/8",))) as worker:
    worker.ask(Task(1, sys.argv[1], "l"))
    worker.ask(Task(2, sys.argv[1], "l", delay=60))
    print(worker.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe without a reader is seen when written")
def test_the_worker_ends_with_its_parent() -> None:
    with (
        listening({"/hang": hangs}) as server,
        subprocess.Popen(
            [sys.executable, "-c", _PARENT, f"{server.url}/hang"],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as parent,
    ):
        assert parent.stdout
        pid = int(parent.stdout.readline())
        while len(server.asked) < 2:
            time.sleep(0.05)
        parent.kill()
        parent.wait()
        until = time.monotonic() + 5
        while alive(pid):
            assert time.monotonic() < until
            time.sleep(0.05)


_RELATIVE = """
from site_builder.linkpipe import *
with working(Settings("a", "b")) as worker:
    worker.ask(Task(1, "http://127.0.0.1/", "l"))
    print(worker.answer().failure)
"""


def test_a_relative_path_to_the_package_will_do() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RELATIVE],
        cwd=ROOT,
        env={"PYTHONPATH": ".", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("address", "")


def run_worker(stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "site_builder.linkworker"],
        input=stdin,
        cwd=ROOT,
        capture_output=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    "lines",
    [
        b"junk\n",
        b"\xff\xfe\x00\n",
        b"[1]\n",
        b'{"user_agent":"a"}\n',
        b'{"user_agent":"a","browser_agent":"b","allow":["nowhere"]}\n',
        b'{"user_agent":"a","browser_agent":"b","allow":[]}\njunk\n',
        b'{"user_agent":"a","browser_agent":"b","allow":[]}\n{"id":1}\n',
    ],
)
def test_junk_ends_the_worker_with_one_line(lines: bytes) -> None:
    done = run_worker(lines)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"linkworker: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("lines", [b"", b'{"user_agent":"a","browser_agent":"b","allow":[]}\n'])
def test_nothing_to_do_is_no_failure(lines: bytes) -> None:
    done = run_worker(lines)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_an_answer_is_the_only_thing_on_standard_output(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, sys, os\n"
        "def getaddrinfo(*args, **kwargs):\n"
        "    print('printed'); os.write(1, b'written')\n"
        "    raise ZeroDivisionError('odd')\n"
        "socket.getaddrinfo = getaddrinfo\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path))
        answer: Answer = ask_one("http://x.test/", Settings("a", "b"))
    assert (answer.failure, answer.causes) == (Failure.INTERNAL, ("ZeroDivisionError: odd",))
