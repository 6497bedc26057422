"""The head of a page: a title of its own, a description that fits, and the card that is shared."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.edition import Edition
from site_builder.heads import Head, Picture, head, shortened
from site_builder.model import Disclosure
from site_builder.problems import Language
from site_builder.structured_data import Described

from .test_structured_data import nowhere, whole

PICTURE = Picture("https://x.go.th/ita/a.png", "ภาพ")


def head_of(
    disclosure: Disclosure, path: str, language: Language = "th", picture: Picture | None = None
) -> Head:
    edition = Edition(disclosure, date(2026, 11, 28), language)
    page = Described(path, "ตัวชี้วัดที่ ๓", 'ว่าด้วย "การใช้อำนาจ"')
    both: dict[Language, str] = {"th": path, "en": f"en/{path}"}
    return head(edition, page, whole, "ชื่อเว็บ", alternates=both, picture=picture)


def said(found: Head) -> dict[str, str]:
    names = [meta.name for meta in found.metas]
    assert len(names) == len(set(names))
    return {meta.name: meta.content for meta in found.metas}


def test_pages_of_different_years_have_different_titles(disclosure: Disclosure) -> None:
    assert head_of(disclosure, "2568/indicators/3.md").title == ("ตัวชี้วัดที่ ๓ ปีงบประมาณ พ.ศ. ๒๕๖๘")
    assert "Fiscal year 2568" in head_of(disclosure, "2568/timeline.md", "en").title
    # The year's own page is called by its year, and others have none.
    for path in ("2568/index.md", "links.md", "about.md"):
        assert head_of(disclosure, path).title == "ตัวชี้วัดที่ ๓"


def test_the_card(disclosure: Disclosure) -> None:
    shared = said(head_of(disclosure, "2568/index.md", picture=PICTURE))
    assert shared["og:type"] == "article"
    assert shared["og:url"] == "https://x.go.th/ita/2568/"
    assert shared["og:locale"] == "th_TH"
    assert shared["og:image"] == PICTURE.address
    assert (shared["og:image:width"], shared["og:image:height"]) == ("1200", "630")
    assert shared["og:image:alt"] == "ภาพ"
    assert shared["twitter:card"] == "summary_large_image"
    without = said(head_of(disclosure, "index.md", "en"))
    assert (without["og:type"], without["og:locale"]) == ("website", "en_GB")
    assert without["og:url"] == "https://x.go.th/ita/en/"
    assert without["twitter:card"] == "summary"
    assert not [name for name in without if "image" in name]


def test_open_graph_is_named_by_property_and_the_rest_by_name(disclosure: Disclosure) -> None:
    for meta in head_of(disclosure, "index.md", picture=PICTURE).metas:
        assert meta.attribute == ("property" if meta.name.startswith("og:") else "name")


def test_other_languages_are_named_by_whole_addresses_or_not_at_all(
    disclosure: Disclosure,
) -> None:
    assert head_of(disclosure, "2568/index.md").alternates == {
        "th": "https://x.go.th/ita/2568/",
        "en": "https://x.go.th/ita/en/2568/",
    }
    edition = Edition(disclosure, date(2026, 11, 28))
    page = Described("index.md", "ก", "ข")
    lonely = head(edition, page, nowhere, "ชื่อ", alternates={"th": "index.md"})
    assert not lonely.alternates
    assert "og:url" not in said(lonely)


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("สั้น", 160, "สั้น"),
        ("  มีช่องว่าง\n มาก ", 160, "มีช่องว่าง มาก"),
        ("หนึ่ง สอง สาม", 9, "หนึ่ง…"),
        ("one, two, three", 6, "one…"),
        # Between a letter and its marks nothing is cut.
        ("กี่กี่กี่กี่", 6, "กี่…"),
    ],
)
def test_a_long_description_ends_where_a_word_ends(text: str, limit: int, kept: str) -> None:
    assert shortened(text, limit) == kept


@given(st.text(alphabet="กีา่ ำเx", max_size=60), st.integers(5, 30))
def test_no_description_is_longer_than_it_may_be(text: str, limit: int) -> None:
    kept = shortened(text, limit)
    assert len(kept) <= limit
    if kept != " ".join(text.split()):
        begins = text.split() and " ".join(text.split())[len(kept) - 1 :][:1]
        assert kept.endswith("…")
        if kept != "…":
            assert not unicodedata.combining(str(begins))
