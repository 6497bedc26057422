"""Report tables: a caption line makes a table that a screen reader and a telephone can read."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import markdown

from site_builder.report_tables import CAPTION_PREFIX, FOLDED_PREFIX

TABLE = "| ก | **ข** | ค |\n| --- | --- | --- |\n| ๑ | ๒ | ๓ |\n| ๔ | [๕](b.md) | |"


def rendered(text: str, *extensions: str) -> BeautifulSoup:
    names = ["tables", *(extensions or ("attr_list", "site_builder.report_tables"))]
    return BeautifulSoup(markdown(text, extensions=names), "html.parser")


def only(page: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def test_the_line_above_becomes_the_caption_of_a_region() -> None:
    page = rendered(f"ก่อน\n\n{CAPTION_PREFIX}ตาราง *เดียว*\n\n{TABLE}\n\nหลัง")
    region = only(page, "div")
    assert region.attrs == {
        "class": ["report-scroll"],
        "tabindex": "0",
        "role": "region",
        "aria-label": "ตาราง เดียว",
    }
    table = only(region, "div > table.report-table")
    caption = table.find(True)
    assert isinstance(caption, Tag)
    assert (caption.name, caption.decode_contents()) == ("caption", "ตาราง <em>เดียว</em>")
    assert [p.get_text() for p in page.find_all("p")] == ["ก่อน", "หลัง"]
    assert [part.name for part in page.find_all(True, recursive=False)] == ["p", "div", "p"]


def test_cells_know_their_headings() -> None:
    page = rendered(f"{CAPTION_PREFIX}ก\n\n{TABLE}")
    assert [(th.get_text(), th["scope"]) for th in page.select("thead th")] == [
        ("ก", "col"),
        ("ข", "col"),
        ("ค", "col"),
    ]
    rows = [
        [(cell.name, cell.get("scope"), cell.get("data-label")) for cell in row.find_all(True)]
        for row in page.select("tbody tr")
    ]
    heading, second, third = ("th", "row", None), ("td", None, "ข"), ("td", None, "ค")
    assert rows == [[heading, second, third], [heading, second, ("a", None, None), third]]


WIDE = "| ก | ข | ค | ง |\n| --- | --- | --- | --- |\n| ๑ | ๒ | ๓ | ๔ |"


def test_a_table_of_cards_says_its_roles_and_does_not_scroll() -> None:
    page = rendered(f"{CAPTION_PREFIX}ก\n\n{WIDE}")
    # Nothing in it is wider than the page; a frame that scrolls would hold its header back.
    assert only(page, "div").attrs == {"class": ["report-frame"]}
    assert only(page, "table")["class"] == ["report-table", "columns-4", "cards"]
    roles = [(part.name, part.get("role")) for part in only(page, "div").find_all(True)]
    head = [("th", "columnheader")] * 4
    cells = [("th", "rowheader"), *[("td", "cell")] * 3]
    assert roles == [
        *(("table", "table"), ("caption", "caption")),
        *(("thead", "rowgroup"), ("tr", "row"), *head),
        *(("tbody", "rowgroup"), ("tr", "row"), *cells),
    ]


def test_an_attribute_list_at_a_cells_end_is_the_cells() -> None:
    page = rendered(f"{CAPTION_PREFIX}ก\n\n{WIDE.replace('๑', '[๑](a) {: data-start=x }')}")
    heading = only(page, "th[scope=row]")
    assert heading["data-start"] == "x"
    assert heading.get_text() == "๑"


def test_the_class_tells_the_number_of_columns() -> None:
    page = rendered(f"{CAPTION_PREFIX}ก\n\n{TABLE}")
    assert only(page, "table")["class"] == ["report-table", "columns-3"]


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        f"ตาราง\n\n{TABLE}",
        f"ดู {CAPTION_PREFIX}ก\n\n{TABLE}",
        f"{CAPTION_PREFIX}ก\n\nย่อหน้าคั่น\n\n{TABLE}",
        f"# {CAPTION_PREFIX}ก\n\n{TABLE}",
        f"{TABLE}\n\n{CAPTION_PREFIX}ก",
        f"{CAPTION_PREFIX}ก",
    ],
)
def test_nothing_else_is_touched(text: str) -> None:
    assert str(rendered(text)) == str(rendered(text, "attr_list"))


def test_each_table_has_its_own_caption() -> None:
    page = rendered("\n\n".join(f"{CAPTION_PREFIX}{name}\n\n{TABLE}" for name in "กขค"))
    assert [region["aria-label"] for region in page.select("div.report-scroll")] == list("กขค")
    assert [c.get_text() for c in page.select("div > table > caption")] == list("กขค")
    assert not page.find_all("p")


def test_a_table_inside_a_quotation_counts_too() -> None:
    quoted = "\n".join(f"> {line}" for line in f"{CAPTION_PREFIX}ก\n\n{TABLE}".splitlines())
    assert only(rendered(quoted), "blockquote > div > table > caption").get_text() == "ก"


def test_without_the_extension_the_caption_still_reads() -> None:
    page = rendered(f"{CAPTION_PREFIX}ก\n\n{TABLE}", "attr_list")
    assert only(page, "p").get_text() == f"{CAPTION_PREFIX}ก"


def test_an_attribute_list_stays_on_its_link() -> None:
    page = rendered(f'{CAPTION_PREFIX}ก\n\n| ก |\n| --- |\n| [ข](c){{: .x data-verdict="ค" }} |')
    link = only(page, "th[scope=row] > a")
    assert link.attrs == {"href": "c", "class": ["x"], "data-verdict": "ค"}


def test_a_folded_table_is_behind_its_caption() -> None:
    page = rendered(f"{FOLDED_PREFIX}ก\n\n{TABLE}\n\nท้าย")
    fold = only(page, "details.report-fold")
    assert only(fold, "summary").get_text() == "ก"
    assert only(fold, "div.report-scroll[role=region] > table > caption").get_text() == "ก"
    assert page.find("p").get_text() == "ท้าย"
    without = rendered(f"{FOLDED_PREFIX}ก\n\n{TABLE}", "attr_list")
    assert only(without, "p").get_text() == f"{FOLDED_PREFIX}ก"
