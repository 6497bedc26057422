"""The period grammar as a regular expression: what it takes is what `thai.read_period` takes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder import thai
from site_builder.schema import periods

from .conftest import ROOT

PATTERN = re.compile(periods.pattern())
NODE = shutil.which("node")
MONTHS = (*thai.SHORT_MONTHS, *thai.LONG_MONTHS, "ตค", "เม . ย .", "ก.พ")
TOKENS = st.one_of(
    st.sampled_from(MONTHS),
    st.integers(0, 34).map(str),
    st.integers(0, 99).map("{:02}".format),
    st.sampled_from(["2567", "2568", "2024", "3110", "1999", "๒๕๖๗", "02567", "99999"]),
    st.sampled_from([" ", "  ", ".", " - ", "-", "–", " ถึง ", "จนถึง", "/", ", ", " และ ", "เเละ"]),
    st.sampled_from(["\n", "\n- ", "- ", "• ", "(", ")", '"', ":", "x", "\u00a0"]),
    st.sampled_from(["วันที่ ", "เดือน", "ปี ", "พ.ศ. ", "ไตรมาส ", "ไตรมาสที่ 1", "ปีงบประมาณ ", "ตลอดปี"]),
    st.sampled_from(["2024-10-01", "2024-02-29", "2023-02-29", "2024-10", *thai.SPELLINGS]),
)
TEXTS = st.lists(TOKENS, min_size=1, max_size=9).map("".join)


def reads(text: str) -> bool:
    try:
        thai.read_period(text, 2568)
    except thai.UnreadablePeriod:
        return False
    return True


def cannot_be_told(text: str) -> bool:
    """The exceptions that `periods` names: where the expression may take too much."""
    unseen = re.search("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", text)
    digits = thai.to_arabic(text)
    leap_day = re.search(r"(?<!\d)0*29(?!\d)", digits) and re.search(r"ก[\s.]*พ|กุมภา", digits)
    edge = re.search(r"2499|2500|2600|1956|1957|2057|3042|3043|3143|(?<!\d)00(?!\d)", digits)
    return bool(unseen or leap_day or edge)


@pytest.mark.parametrize("text", thai.SPELLINGS)
def test_takes_every_spelling_in_both_scripts(text: str) -> None:
    assert PATTERN.search(text)
    assert PATTERN.search(thai.to_thai(text))


@settings(max_examples=400)
@given(TEXTS)
@example('- "\n- 1 ต.ค. 67')
@example("ไตรมาส 1/")
@example("ไตรมาส 1/20 - 5, 6 ต.ค. 67")
@example("31, 30 และ 29 ก.พ. 67")
@example("ต.ค. และ ก.ย. 68")
def test_takes_what_the_reader_takes_and_refuses_what_it_refuses(text: str) -> None:
    taken = bool(PATTERN.search(text))
    if reads(text):
        assert taken
    elif not cannot_be_told(text):
        assert not taken


@given(
    st.lists(
        st.dates(thai.fiscal_year_span(2501).start, thai.fiscal_year_span(2599).end), min_size=1
    ),
    st.sampled_from(["thai", "arabic"]),
)
def test_takes_every_period_that_is_written(days: list[thai.date], digits: thai.Digits) -> None:
    spans = [thai.Span(first, last) for first, last in pairwise(days)]
    assert PATTERN.search(thai.write_period(spans or [thai.Span(days[0], days[0])], digits))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ก\u200b", "an invisible character"),
        ("29 ก.พ. - 5 มี.ค. 68", "the leap year stands with a later date"),
        ("ต.ค. 2600", "beyond the last fiscal year, within the last calendar year"),
    ],
)
def test_what_the_expression_takes_too_much_is_known(text: str, why: str) -> None:
    assert why
    assert PATTERN.search(text)
    assert not reads(text)
    assert cannot_be_told(text)


HOSTILE = [
    piece * 2000 + end
    for piece in (
        " ",
        "\n",
        "1 ",
        "1, ",
        "31-",
        "0",
        "ต.ค., ",
        "และ",
        "ปี",
        "ไตรมาส 1, ",
        "2, ",
        "2024-10, ",
        "ปีงบประมาณ, ",
        "1 ต.ค. 67, ",
        "- \n",
        "(",
        "2024-",
        ". ",
    )
    for end in ("", "x", " ก.พ. 67")
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    PATTERN.search(text)
    assert time.process_time() - begun < 5


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_javascript_reads_the_expression_alike() -> None:
    texts = [*thai.SPELLINGS, *map(thai.to_thai, thai.SPELLINGS), *HOSTILE]
    texts += [
        "31 ก.พ. 67",
        "29 ก.พ. 67",
        "29 ก.พ. 68",
        "ต.ค. และ ก.ย. 68",
        "\u200b",
        "• 1 ต.ค. 67",
        "๑\u00a0ต.ค.๖๗",
        "1 ต.ค. 67😀",
    ]
    script = (
        "const [pattern, texts] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const said = (flags) => texts.map((text) => new RegExp(pattern, flags).test(text));"
        "process.stdout.write(JSON.stringify([said(''), said('u')]))"
    )
    done = subprocess.run(
        [str(NODE), "-e", script],
        input=json.dumps([periods.pattern(), texts]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    expected = [bool(PATTERN.search(text)) for text in texts]
    assert json.loads(done.stdout) == [expected, expected]
