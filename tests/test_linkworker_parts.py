"""The parts of the link worker that can be looked at one by one."""

from __future__ import annotations

import errno
import re
import socket
import time
from queue import Empty
from random import Random

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError

from site_builder.linkwire import Failure
from site_builder.linkworker.anchors import missing_of
from site_builder.linkworker.failures import NoAddressError, causes_of, failure_of
from site_builder.linkworker.pace import Lanes
from site_builder.linkworker.robots import applies
from site_builder.linkworker.session import origin_of, resolved


@given(st.text("/ab%2F1Ee.?=&+;[]~()|\\:@^`{}'\"<>", min_size=1))
def test_a_location_on_the_same_host_stays_as_it_is(target: str) -> None:
    location = "/" + target.lstrip("/")
    assert (
        resolved("http://a.go.th:81/x/y?z#f", location.encode()) == "http://a.go.th:81" + location
    )


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("https://b.go.th", "https://b.go.th"),
        ("//b.go.th/c", "http://b.go.th/c"),
        ("HTTP://B.go.th/c//../d", "HTTP://B.go.th/c//../d"),
        ("../c", "http://a.go.th/c"),
        ("#c", "http://a.go.th/x/y#c"),
        ("http://ทดสอบ.ไทย:81/ก?ข", "http://xn--l3cfk7dp.xn--o3cw4h:81/%E0%B8%81?%E0%B8%82"),
        ("//ทดสอบ.ไทย", "http://xn--l3cfk7dp.xn--o3cw4h"),
        ("http://u:p@b.go.th/", "http://u:p@b.go.th/"),
        ("http://u:p@ไทย.th:81/", "http://u:p@xn--o3cw4h.th:81/"),
        ("http://%E0%B9%84%E0%B8%97%E0%B8%A2.th/%2F", "http://xn--o3cw4h.th/%2F"),
        ("http://[fe80::1%25eth0]/", "http://[fe80::1%25eth0]/"),
    ],
)
def test_locations_are_resolved(location: str, url: str) -> None:
    assert resolved("http://a.go.th/x/y", location.encode()) == url


@pytest.mark.parametrize(
    "location",
    [
        *("http://ทดสอบ.ไทย/".encode("cp874"), b"http://", b"http://a b/", b"http://a%20b/"),
        *(b"http://a%40b.th/", b"http://a%3A81/", b"http://%5B::1%5D/"),
        *(b"http://a%2Fb.th/", b"http://a.th%00.b.th/", b"http://%25.th/", b"http://%2E%2Eb.th/"),
        *(b"http://a%5Cb.th/", b"http://a%0D%0Ab.th/"),
    ],
)
def test_what_is_no_address_leads_nowhere(location: bytes) -> None:
    with pytest.raises(NoAddressError):
        resolved("http://a.go.th/x", location)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (OSError(errno.ENETUNREACH, "x"), Failure.UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, "x"), Failure.UNREACHABLE),
        (socket.gaierror(socket.EAI_AGAIN, "x"), Failure.NAME_SERVER),
        (socket.gaierror(socket.EAI_FAIL, "x"), Failure.NAME_SERVER),
        (socket.gaierror(socket.EAI_NONAME, "x"), Failure.NO_HOST),
        (RuntimeError("x"), Failure.INTERNAL),
    ],
)
def test_what_no_loopback_can_show(error: Exception, failure: Failure) -> None:
    wrapped = requests.ConnectionError(MaxRetryError(HTTPConnectionPool("a"), "/", error))
    assert failure_of(wrapped, time_up=False) is failure
    assert failure_of(wrapped, time_up=True) is Failure.DEADLINE
    assert causes_of(wrapped)[-1] == f"{type(error).__name__}: {error}"


def test_long_causes_are_bounded_and_circles_end() -> None:
    one, other = ValueError("x" * 100_000), ValueError("y")
    one.__cause__, other.__cause__ = other, one
    assert [len(cause) for cause in causes_of(one)] == [4000, len("ValueError: y")]


EVIL_PAGES = {
    "open tags": b"<a" * 2_000_000,
    "attributes": b"<a " + b"a=" * 2_000_000,
    "quotes": b"<a a='" * 700_000,
    "comments": b"<!--" * 1_000_000,
    "declarations": b"<!" * 2_000_000,
    "sections": b"<![" * 1_300_000,
    "instructions": b"<?" * 2_000_000,
    "references": b"&#" * 2_000_000,
    "spaces": b"<a" + b" " * 4_000_000,
    "ends": b"</" * 2_000_000,
    "slashes": b"<a " + b"/" * 4_000_000,
}


@pytest.mark.parametrize("name", list(EVIL_PAGES))
def test_no_page_keeps_the_search_busy(name: str) -> None:
    page = b"anchor" + EVIL_PAGES[name][: 4 << 20]
    before = time.monotonic()
    assert missing_of(page, "text/html", ["anchor"], lambda: False) == ("anchor",)
    assert time.monotonic() - before < 2


@given(st.lists(st.sampled_from(["a", "b", "/", "*"])), st.lists(st.sampled_from(["a", "b", "/"])))
def test_wildcards_mean_what_they_mean_in_expressions(pattern: list[str], path: list[str]) -> None:
    text = "".join(pattern)
    expression = "".join(".*" if sign == "*" else re.escape(sign) for sign in text)
    assert applies(text, "".join(path)) == bool(re.match(expression, "".join(path)))
    assert applies(text + "$", "".join(path)) == bool(re.fullmatch(expression, "".join(path)))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://A.go.th/x", "http://a.go.th"),
        ("HTTP://a.go.th.:80/x", "http://a.go.th"),
        ("https://a.go.th:443?x", "https://a.go.th"),
        ("https://u:p@a.go.th:80/", "https://a.go.th:80"),
        ("http://[::1]:81/", "http://[::1]:81"),
    ],
)
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@given(st.lists(st.sampled_from("abc")), st.integers(1, 3), st.randoms(use_true_random=False))
def test_each_task_has_its_turn_once_and_no_lane_more_than_its_seats(
    names: list[str], in_flight: int, chance: Random
) -> None:
    lanes: Lanes[tuple[int, str]] = Lanes(1e9, in_flight)
    for task in enumerate(names):
        lanes.put(task, task[1])
    had, seated = [], []
    while len(had) < len(names) or seated:
        try:
            task, seat = lanes.get(0)
        except Empty:
            assert seated  # whoever waits, waits for a seat
            assert {name for _, name in set(enumerate(names)) - set(had)} <= {
                name for name in names if [t[1] for t, _ in seated].count(name) == in_flight
            }
        else:
            had.append(task)
            seated.append((task, seat))
            assert [t[1] for t, _ in seated].count(task[1]) <= in_flight
        if seated and (chance.random() < 0.5 or len(had) == len(names)):
            _, seat = seated.pop(chance.randrange(len(seated)))
            seat.leave()
            seat.leave()
    assert sorted(had) == list(enumerate(names))
    for name in "abc":  # first come, first served
        assert [task for task in had if task[1] == name] == sorted(t for t in had if t[1] == name)
