"""Numbers that identify a person are found however they are written, and never shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import identity, listing
from site_builder.catalogue import Severity
from site_builder.listing import Row
from site_builder.problems import Place, problem

from .reports import codes, judged, measure

CITIZEN = "1101700230708"


@given(st.text(alphabet="กข -–.0123456789๐๑๒๓๔๕๖๗๘๙+()", max_size=60))
def test_masking_keeps_length_and_leaves_nothing_to_find(text: str) -> None:
    masked = identity.masked(text)
    assert len(masked) == len(text)
    assert not identity.find(masked)


@pytest.mark.parametrize("written", [CITIZEN, "1-1017-00230-70-8", "๑ ๑๐๑๗ ๐๐๒๓๐ ๗๐ ๘"])
def test_a_citizens_number_is_shown_nowhere(written: str) -> None:
    found = judged(measure(remarks=f"ผู้ร้อง {written} และ 3 คน"))
    assert "citizen-id" in codes(found)
    line = f"remarks: ผู้ร้อง {written}"
    rows = [Row(each, None, None) for each in found]

    def paint(text: str, _: Severity) -> str:
        return text

    def source_line(_: Place) -> str:
        return line

    for text in (
        listing.to_text(rows, source_line, "th", paint),
        listing.to_json(rows, "th"),
        listing.to_github(rows, "en"),
        listing.to_sarif(rows, "th", "1"),
    ):
        assert written not in text
        assert "00230" not in re.sub(r"[^0-9]", "", text.replace("2568", ""))


def test_any_message_about_a_line_hides_the_number_in_it() -> None:
    found = problem("word-doubled", Place("f", 1, 1), value="และ และ", right="และ")

    def paint(text: str, _: Severity) -> str:
        return text

    text = listing.to_text([Row(found, None, None)], lambda _: f"และ และ {CITIZEN}", "th", paint)
    assert CITIZEN not in text
    assert "xxxxxxxxxxxxx" in text


def test_no_reason_makes_a_citizens_number_fit_to_print() -> None:
    with pytest.raises(AssertionError, match="acknowledged-unknown"):
        measure(remarks=CITIZEN, acknowledged={"citizen-id": "ผู้ร้องยินยอมแล้ว"})
    with pytest.raises(AssertionError, match="acknowledged-without-reason"):
        measure(acknowledged={"word-broken": "-"})
    named = measure(acknowledged={"word-broken": f"ตามคำขอของ {CITIZEN}"})
    assert codes(judged(named)) == ["citizen-id"]
