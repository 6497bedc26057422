"""Share pictures: what stands on them, and how they come out."""

from __future__ import annotations

import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import drawing
from site_builder.edition import Edition
from site_builder.model import Disclosure
from site_builder.problems import Language
from site_builder.share_pictures import Card, card, cards, picture_path, svg

from .conftest import rewrite
from .test_plugin import mkdocs, page

TODAY = date(2026, 11, 28)
LIMIT = 60_000
SITE_URL = "https://x.go.th/ita/"


def pixels(png: bytes) -> tuple[int, int, list[bytearray]]:
    """The rows of a picture of four bytes a pixel."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 6)
    data, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += 12 + size
    raw, rows = zlib.decompress(data), [bytearray(width * 4)]
    for number in range(height):
        start = number * (width * 4 + 1)
        row, above = bytearray(raw[start + 1 : start + 1 + width * 4]), rows[-1]
        for x in range(width * 4):
            left = row[x - 4] if x >= 4 else 0
            corner = above[x - 4] if x >= 4 else 0
            row[x] = (row[x] + _predicted(raw[start], left, above[x], corner)) & 255
        rows.append(row)
    return width, height, rows[1:]


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    near = min((left, above, corner), key=lambda each: abs(guess - each))
    return (0, left, above, (left + above) // 2, near)[kind]


def test_every_year_and_indicator_has_a_picture(disclosure: Disclosure) -> None:
    thai = cards(Edition(disclosure, TODAY))
    assert list(thai)[:3] == [
        "assets/share/index.png",
        "assets/share/2568/index.png",
        "assets/share/2568/indicators/1.png",
    ]
    assert len(thai) == 12
    english = cards(Edition(disclosure, TODAY, "en"))
    assert "assets/share/en/2568/indicators/10.png" in english
    assert not thai.keys() & english.keys()


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("2568/timeline.md", "2568/index"),
        ("2568/units/x.md", "2568/index"),
        ("2568/indicators/99.md", "2568/index"),
        ("links.md", "index"),
        ("about.md", "index"),
        ("2567/index.md", "index"),
    ],
)
def test_other_pages_share_the_picture_of_what_they_belong_to(
    disclosure: Disclosure, path: str, picture: str
) -> None:
    assert picture_path(Edition(disclosure, TODAY), path) == f"assets/share/{picture}.png"


def test_what_stands_on_a_picture(disclosure: Disclosure) -> None:
    third = card(Edition(disclosure, TODAY), "2568/indicators/3.md")
    assert third.told == (
        "อบต.ดงเมือง · ปีงบประมาณ พ.ศ. ๒๕๖๘ · ตัวชี้วัดที่ ๓ การใช้อำนาจ · มาตรการ ผลการดำเนินการ และหลักฐาน"
    )
    assert (third.steps, third.step) == (10, 2)
    english = card(Edition(disclosure, TODAY, "en"), "index.md")
    assert english.title == "Dong Mueang Subdistrict Administrative Organization"


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_on_a_picture_changes_with_the_work(
    disclosure: Disclosure, language: Language
) -> None:
    """A chat shows the picture of the day on which somebody first sent the address."""
    done = cards(Edition(disclosure, TODAY, language))
    report = disclosure.reports[0].model_copy(update={"measures": ()})
    begun = disclosure.model_copy(update={"reports": (report,)})
    assert cards(Edition(begun, date(2025, 1, 1), language)) == done


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_words_make_a_picture_of_words(title: str, kicker: str) -> None:
    made = svg(Card(kicker, "", title, "ก", 3, 1), drawing.fonts())
    drawn = ET.fromstring(made)  # noqa: S314 - our own
    tags = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    assert tags <= {"svg", "rect", "text"}


LONG_OFFICE = "สำนักงานคณะกรรมการพิเศษเพื่อประสานงานโครงการอันเนื่องมาจากพระราชดำริ"
LONG_TITLE = "ตัวชี้วัดที่ ๑๒ การเสริมสร้างวัฒนธรรมองค์กรที่ซื่อสัตย์สุจริต และการป้องกันผลประโยชน์ทับซ้อน"


def test_pictures_are_small_and_of_the_size_that_is_shown_whole(disclosure: Disclosure) -> None:
    edition = Edition(disclosure, TODAY)
    drawn = [drawing.png(each) for each in cards(edition).values()]
    assert max(map(len, drawn)) <= LIMIT
    # More words weigh more; what is too long is cut, so there is an end to it.
    third = card(edition, "2568/indicators/3.md")
    for times in (1, 9):
        long = replace(third, kicker=LONG_OFFICE * times, title=LONG_TITLE * times)
        drawn.append(drawing.png(long))
    assert max(map(len, drawn)) <= 75_000
    assert {struct.unpack(">II", png[16:24]) for png in drawn} == {(1200, 630)}


def test_the_same_words_give_the_same_bytes_in_another_process() -> None:
    shown = Card("อบต.ก", "๒๕๖๘", "ตัวชี้วัดที่ ๓", "มาตรการ", 10, 2)
    code = (
        "import sys; from site_builder import drawing; "
        "from site_builder.share_pictures import Card; "
        f"sys.stdout.buffer.write(drawing.png({shown!r}))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert other.stdout == drawing.png(shown)


def ink(png: bytes, rows: range, columns: range) -> list[int]:
    """The rows in which something dark is drawn."""
    _, _, found = pixels(png)
    return [y for y in rows if any(found[y][4 * x] < 120 for x in columns)]


def test_tone_marks_stand_above_the_vowels() -> None:
    """Without shaping, the mark of ที่ is drawn into its vowel: the stack has then no third step."""
    columns, rows = range(84, 300), range(180, 480)
    plain = ink(drawing.png(Card("", "", "ที", "")), rows, columns)
    marked = ink(drawing.png(Card("", "", "ที่", "")), rows, columns)
    assert marked[-1] == plain[-1]
    assert plain[0] - marked[0] > 12
    # It stands over the letter: nothing of it right of where the letter ends.
    assert not ink(drawing.png(Card("", "", "ที่", "")), rows, range(84 + 70, 300))


def test_a_site_with_an_address_shows_its_pictures(office: Path) -> None:
    done = mkdocs(office, "build", "--strict", SITE_URL=SITE_URL)
    assert done.returncode == 0, done.stderr
    for path in (
        "index.html",
        "2568/index.html",
        "2568/indicators/3/index.html",
        "about/index.html",
    ):
        shared = page(office, path).select_one("meta[property='og:image']")["content"]
        assert shared.startswith(f"{SITE_URL}assets/share/")
        assert (office / "site" / shared.removeprefix(SITE_URL)).stat().st_size <= LIMIT
    assert "ภาพสำหรับแชร์" not in done.stderr


def test_without_the_library_the_site_is_whole_and_says_what_brings_it(office: Path) -> None:
    (office / "sitecustomize.py").write_text("import sys\nsys.modules['resvg_py'] = None\n")
    done = mkdocs(office, "build", "--strict", SITE_URL=SITE_URL, PYTHONPATH=str(office))
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("pip install 'prongsai[share]'") == 1
    assert not (office / "site/assets/share").exists()
    assert not page(office, "index.html").select("meta[property='og:image']")


def test_a_site_without_an_address_has_no_picture_to_share(office: Path) -> None:
    rewrite(office / "mkdocs.yml", 'site_url: !ENV [SITE_URL, ""]', 'site_url: ""')
    assert mkdocs(office, "build", "--strict").returncode == 0
    assert not (office / "site/assets/share").exists()
