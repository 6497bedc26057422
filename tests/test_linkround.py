"""One round of questions: a scripted site answers what is asked."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.linkround import AT_HAND, GIVE_UP, Conclusion, Request, Round
from site_builder.linkwire import Answer, Failure, Task
from site_builder.verdicts import Verdict

SITE = "http://x.go.th"
PDF = Answer(0, status=200, body=b"%PDF-1.7", whole=True)
PAGE = Answer(0, status=200, headers={"content-type": "text/html"}, body=b"<p>x", whole=True)
GONE = replace(PAGE, status=404)

Site = Callable[[Task], Answer]


def round_of(requests: Iterable[Request], pauses: tuple[float, ...] = (1.0, 2.0)) -> Round:
    return Round(requests, pauses=pauses, token=lambda: "900", today=date(2026, 11, 23))


def run(round_: Round, site: Site) -> tuple[list[Conclusion], list[Task]]:
    """Answer until nothing is due, always the oldest task first."""
    waiting: list[Task] = []
    asked: list[Task] = []
    concluded: list[Conclusion] = []
    while True:
        due = list(round_.due())
        asked += due
        waiting += due
        if not waiting:
            return concluded, asked
        task = waiting.pop(0)
        concluded += round_.take(replace(site(task), id=task.id))


def asking(*urls: str, lane: str = "203.0.113.1") -> list[Request]:
    return [Request(SITE + url, lane) for url in urls]


def scripted(*answers: Answer) -> Site:
    left = list(answers)
    return lambda _task: left.pop(0) if len(left) > 1 else left[0]


@pytest.mark.parametrize(
    ("answers", "verdict", "delays", "tries"),
    [
        ([PDF], Verdict.OK, [0], 1),
        ([replace(PAGE, status=503), PDF], Verdict.OK, [0, 1], 1),
        ([replace(PAGE, status=503)], Verdict.TEMPORARY, [0, 1, 2], 3),
        ([GONE], Verdict.BROKEN, [0, 1], 2),
        ([GONE, PDF], Verdict.OK, [0, 1], 1),
        ([Answer(0, failure=Failure.RESET), GONE], Verdict.BROKEN, [0, 1, 1], 2),
        ([replace(PAGE, status=401)], Verdict.BLOCKED, [0], 1),
        ([replace(PAGE, status=403), PDF], Verdict.OK, [0, 1], 1),
        ([replace(PAGE, status=403)], Verdict.BLOCKED, [0, 1], 2),
        ([replace(PAGE, status=429, headers={"retry-after": "9"}), PDF], Verdict.OK, [0, 9], 1),
        ([replace(PAGE, status=429, headers={"retry-after": "3600"})], Verdict.TEMPORARY, [0], 1),
    ],
)
def test_asking_until_it_is_clear(
    answers: list[Answer], verdict: Verdict, delays: list[float], tries: int
) -> None:
    (concluded,), asked = run(round_of(asking("/a.pdf")), scripted(*answers))
    assert concluded.finding.verdict is verdict
    assert concluded.finding.tries == tries
    assert [task.delay for task in asked] == delays


def test_the_second_question_after_403_is_a_browsers() -> None:
    _, asked = run(round_of(asking("/a.pdf")), scripted(replace(PAGE, status=403), PDF))
    assert [task.as_browser for task in asked] == [False, True]


def test_one_control_for_many_pages_of_a_place() -> None:
    pages = [f"/news/{n}.html" for n in range(20)]
    concluded, asked = run(
        round_of(asking(*pages)), lambda task: GONE if "/900." in task.url else PAGE
    )
    assert {one.finding.verdict for one in concluded} == {Verdict.OK}
    assert sum(task.url == SITE + "/news/900.html" for task in asked) == 1
    assert len(asked) == 21


def test_the_same_page_for_everything() -> None:
    concluded, _ = run(round_of(asking("/a.html", "/b.html")), lambda _task: PAGE)
    assert {one.finding.verdict for one in concluded} == {Verdict.SOFT_MISSING}


def test_a_control_that_fails_says_nothing() -> None:
    def site(task: Task) -> Answer:
        return replace(PAGE, status=500) if "x900" in task.url else PAGE

    (concluded,), _ = run(round_of(asking("/a.html")), site)
    assert concluded.finding.verdict is Verdict.OK


def test_a_silent_host_is_given_up() -> None:
    paths = [f"/{n}.pdf" for n in range(50)]
    silent = Answer(0, failure=Failure.CONNECT_TIMEOUT)
    concluded, asked = run(round_of(asking(*paths)), lambda _task: silent)
    assert len(concluded) == 50
    assert {one.finding.verdict for one in concluded} == {Verdict.TEMPORARY}
    assert len({task.url for task in asked}) < GIVE_UP + 2 * AT_HAND
    assert sum("not asked" in str(one.finding.note) for one in concluded) > 30


def test_another_host_of_the_same_lane_is_not_given_up() -> None:
    requests = [Request(f"http://{host}.go.th/{n}.pdf", "l") for n in range(9) for host in "ab"]
    silent = Answer(0, failure=Failure.REFUSED)
    concluded, _ = run(round_of(requests), lambda task: silent if "//a." in task.url else PDF)
    good = [one for one in concluded if one.finding.verdict is Verdict.OK]
    assert len(good) == 9
    assert len(concluded) == 18


def test_a_lane_has_few_tasks_at_hand() -> None:
    round_ = round_of(asking(*map("/{}.pdf".format, range(30))))
    assert len(list(round_.due())) == AT_HAND
    assert list(round_.due()) == []


def test_what_a_dead_worker_had_is_asked_again() -> None:
    round_ = round_of(asking(*map("/{}.pdf".format, range(9))))
    first = list(round_.due())
    concluded = list(round_.take(replace(PDF, id=first[0].id)))
    round_.lost()
    more, _ = run(round_, lambda _task: PDF)
    assert len({one.finding.url for one in concluded + more}) == 9
    assert not round_.unfinished


ANSWERS = st.builds(
    Answer,
    id=st.just(0),
    status=st.none() | st.sampled_from([200, 204, 302, 403, 404, 429, 500, 503]),
    failure=st.sampled_from(Failure),
    headers=st.just({"content-type": "text/html"}),
    body=st.sampled_from([b"", b"%PDF", b"<p>x", b"<p>y"]),
    whole=st.just(True),
)


@given(st.lists(ANSWERS, min_size=1, max_size=40), st.integers(1, 12))
def test_every_request_is_concluded_once_whatever_is_answered(
    answers: list[Answer], many: int
) -> None:
    turn = iter(range(10_000))
    urls = [f"/{n}{end}" for n in range(many) for end in ("", ".pdf", "?id=1")]
    concluded, asked = run(
        round_of(asking(*urls)), lambda _task: answers[next(turn) % len(answers)]
    )
    assert sorted(one.finding.url for one in concluded) == sorted(SITE + url for url in urls)
    assert len(asked) < 12 * len(urls)
