"""The house form: whatever is written reads back as it was, and the committed files are in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.measurefile import read_content, write

from .conftest import ROOT

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), min_size=1)
CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff\u2028\u2029\ufeff"
WORDS = TEXTS.map(lambda text: "".join(c for c in text if c not in CONTROLS) or "ก")
VALUES = st.dictionaries(
    st.sampled_from(["measure", "method", "outcome", "evidence", "ก: ข"]),
    st.one_of(
        WORDS,
        st.lists(WORDS, min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(["number", "date"]), WORDS, min_size=1),
        st.lists(st.fixed_dictionaries({"title": WORDS, "url": WORDS}), min_size=1, max_size=2),
    ),
    min_size=1,
)


@given(VALUES)
def test_what_is_written_reads_back(value: dict[str, object]) -> None:
    content, problems = read_content(write(value).encode(), "f", "")
    assert not problems
    assert content is not None
    assert content.value == value


@pytest.mark.parametrize("file", sorted((ROOT / "measures/2568").glob("[0-9]*.yaml")))
def test_the_committed_measures_are_in_the_house_form(file: object) -> None:
    text = file.read_text("utf-8")  # type: ignore[attr-defined]
    content, _ = read_content(text.encode(), "f", "")
    assert content is not None
    assert write(content.value) == text


FORMS = {
    "ข้อความ": "ข้อความ",
    "Facebook : อบต.": '"Facebook : อบต."',
    "- รายการ": '"- รายการ"',
    "ก # ข": '"ก # ข"',
    "no": "no",
    "๑,๒๐๐": "๑,๒๐๐",
    'ว่า "ดี"': 'ว่า "ดี"',
    "": '""',
    "ก\nข": "|-\n  ก\n  ข",
}


@pytest.mark.parametrize(("text", "written"), FORMS.items())
def test_quotes_stand_only_where_they_are_needed(text: str, written: str) -> None:
    assert write({"measure": text}) == f"measure: {written}\n"


def test_comments_stand_above_their_keys() -> None:
    text = write({"indicator": "1", "period": "ก"}, {"period": "ระยะเวลา\n\nเช่น ๑ ต.ค. ๖๗"})
    assert text == "indicator: 1\n# ระยะเวลา\n#\n# เช่น ๑ ต.ค. ๖๗\nperiod: ก\n"
