"""Words in lines: as large as they fit, whole as far as they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import drawing
from site_builder.lettering import LEADING, MARKS, NO_BREAK, Font, fit

FONTS = drawing.fonts()
SIZES = (40, 30, 20)
PLAIN = Font(dict.fromkeys([*range(0x20, 0x0E80), ord("…")], 0.5))


def test_the_font_has_every_letter_that_a_picture_needs() -> None:
    wanted = {*map(chr, range(0x21, 0x7F)), *"กขฮฤๅเแโใไะาำๆฯ๐๑๙ –…·\N{NO-BREAK SPACE}“”"}
    for font in FONTS:
        assert not {char for char in wanted if ord(char) not in font.advances}
        assert all(0.1 < font.advances[ord(char)] < 1.1 for char in wanted)


def test_signs_above_and_below_take_no_room() -> None:
    for font in FONTS:
        assert font.width("ที่นี่ผู้ปู่", 10) == pytest.approx(font.width("ทนผป", 10))


@pytest.mark.parametrize(
    ("text", "lines", "size"),
    [
        ("", (), 40),
        ("กข คง", ("กข คง",), 40),
        ("กขคงจ กขคงจ", ("กขคงจ", "กขคงจ"), 40),
        ("กขคงจฉ กข", ("กขคงจฉ", "กข"), 40),
        ("กขคงจฉช ก", ("กขคงจฉช", "ก"), 30),
        # What belongs together is not parted.
        (f"กขค{NO_BREAK}๑ งจฉ", ("กขค ๑", "งจฉ"), 40),
        ("กขคงจฉชซฌญฎฏ", ("กขคงจฉชซฌญฎฏ",), 20),
        # Too long in every size: cut, and it says so.
        ("กขคงจฉชซฌญฎฏฐ", ("กขคงจฉชซฌญฎ…",), 20),
        ("กี่กี่กี่กี่กี่", ("กี่กี่กี่…",), 20),
        ("กขคงจฉชซฌญเกก", ("กขคงจฉชซฌญ…",), 20),
        ("กขคง " * 12, ("กขคง กขคง",) * 3 + ("กขคง กขคง ก…",), 20),
    ],
)
def test_words_in_a_box(text: str, lines: tuple[str, ...], size: int) -> None:
    found = fit(PLAIN, text, 120, 40 * LEADING * 2, SIZES)
    assert (found.lines, found.size) == (lines, size)


@given(st.text(alphabet="กขีา่ำเ  x๑", max_size=120), st.integers(100, 400), st.integers(30, 200))
def test_whatever_stands_there_it_stays_in_its_box(text: str, width: int, height: int) -> None:
    for font in FONTS:
        found = fit(font, text, width, height, SIZES)
        assert all(font.width(line, found.size) <= width for line in found.lines)
        assert len(found.lines) <= max(1, height / (found.size * LEADING))
        said = "".join(found.lines).replace(" ", "")
        whole = text.replace(" ", "")
        assert said == whole or said.endswith("…")
        cut = said.removesuffix("…")
        assert whole.startswith(cut)
        if cut != said and len(cut) > 1:
            # But where somebody wrote a sign at the beginning of a word.
            assert whole[len(cut)] not in MARKS or f" {whole[len(cut)]}" in text
