"""Lines of the report: what Word leaves at their start is named, what officers mean is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.lines import fault


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u00ad\ufeff\n", "\u3000"])
def test_what_cannot_be_seen_is_empty(text: str) -> None:
    found = fault(text)
    assert found is not None
    assert found.code == "value-empty"


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("• ข้อความ", "•"),
        ("•ข้อความ", "•"),
        ("·ข้อความ", "·"),
        ("\uf0b7\tข้อความ", "\uf0b7"),
        ("\uf0d8 ข้อความ", "\uf0d8"),
        ("\u200b● ข้อความ", "●"),
        ("– ข้อความ", "–"),
        ("—ข้อความ", "—"),
        ("– 5 กิจกรรม", "–"),
        ("− (ก) ข้อความ", "−"),
        ("o ข้อความ", "o"),
        ("➢ ข้อความ", "➢"),
    ],
)
def test_a_bullet_from_word_is_named(text: str, character: str) -> None:
    found = fault(text)
    assert found is not None
    assert (found.code, found.character) == ("bullet-from-word", character)


@pytest.mark.parametrize("text", ["-ข้อความ", "-ก -ข", "-No Gift Policy", '-"ข้อความ"', " -(ก)"])
def test_a_dash_without_its_space_is_named(text: str) -> None:
    found = fault(text)
    assert found is not None
    assert found.code == "bullet-without-space"


@pytest.mark.parametrize(
    "text",
    [
        "-5 องศา",
        "-๕ องศา",
        "–5",
        "–",
        "-",
        "—",
        "-ไม่มี-",
        "– ไม่มี –",
        "- ไม่มี -",
        "“ข้อความ”",
        "…",
        "one",
        "o",
        "1. ข้อความ",
        "ก – ข",
        "(ก) ข้อความ",
        "✓ แล้ว",
    ],
)
def test_words_numbers_and_signs_for_nothing_are_kept(text: str) -> None:
    assert fault(text) is None


@given(st.text())
def test_any_text_has_at_most_one_fault_and_never_a_traceback(text: str) -> None:
    found = fault(text)
    assert found is None or found.code in {
        "value-empty",
        "bullet-from-word",
        "bullet-without-space",
    }


@given(st.characters(categories=("Lo", "Lu", "Ll", "Nd")), st.text())
def test_what_begins_with_a_letter_or_number_is_a_line(first: str, rest: str) -> None:
    assert first == "o" or fault(first + rest) is None
