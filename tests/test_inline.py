"""Inline Markdown: whatever an officer writes stays in its cell, reads the same and runs nothing."""

from __future__ import annotations

import re
import string
from html import unescape

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from site_builder import addresses, inline
from site_builder.inline import Link

ENGINE = Markdown(extensions=["tables", "attr_list", "site_builder.report_tables"])
COLUMNS = 7

SPECIALS = "|*_[]()<>{}\\`~&!#\n\r\t: \x02\x03-+=^$\"'.01aก"
FRAGMENTS = [
    "[ก](javascript:alert(1))",
    "[ก](<java\tscript:alert(1)>)",
    "[ก](https://x.go.th/a|b)",
    "[ก](https://x.go.th/ onclick=alert(1))",
    '[ก](https://x.go.th/ "a | b")',
    "[ก][ข]",
    "[ก]: https://x.go.th/",
    "![ก](https://x.go.th/a.png)",
    "<https://x.go.th/?a=1|2&b=`>",
    "https://x.go.th/?a={b}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- -->",
    "</td></tr></table>",
    "<?php",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "{: onclick=alert(1) }",
    "{: #id .class }",
    "\x02amp\x03",
    "\x02wzxhzdk:0\x03",
    "\x02klzzwxh:0000\x03",
    "**",
    "\\|",
    "| --- |",
    "\n\n",
    "  \n",
]
TEXTS = (
    st.text()
    | st.text(alphabet=SPECIALS)
    | st.lists(st.sampled_from(FRAGMENTS) | st.text(alphabet=SPECIALS, max_size=4), max_size=6).map(
        "".join
    )
)

# A busy machine is no failure.
UNHURRIED = settings(deadline=None)


def attributes(link: Link) -> str | None:
    """What pages hang on a link; nothing where the address may not be one."""
    if addresses.refusal(link.url) is not None:
        return None
    return '{: .checked .checked-ok data-verdict="✓ เปิดได้ · ตรวจล่าสุด ๑ ต.ค. ๖๗" }'


def html(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(ENGINE.reset().convert(markdown), "html.parser")


def cell(markdown: str) -> Tag:
    """The fourth of seven cells, after a proof that the row and its neighbours are whole."""
    rows = [
        list("1234567"),
        ["---"] * COLUMNS,
        ["ก", "ข", "ค", markdown, "จ", "ฉ", "ช"],
        list("กขคงจฉช"),
    ]
    page = html("ตาราง: ก\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows))
    first, second = page.select("table > tbody > tr")
    for row in (first, second):
        assert len(row.find_all(["th", "td"])) == COLUMNS
    cells = first.find_all(["th", "td"], recursive=False)
    assert [c.get_text() for c in (*cells[:3], *cells[4:])] == list("กขคจฉช")
    assert len(page.find_all("table")) == 1
    assert isinstance(cells[3], Tag)
    return cells[3]


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_harmless(element: Tag) -> None:
    for inner in element.find_all(True):
        assert inner.name in {"a", "ul", "li", "br", "wbr", "strong", "em", "span"}
        if inner.name == "span":  # the mark of what stays on one line, and nothing else
            assert inner.attrs == {"class": ["whole"]}
            continue
        for name in inner.attrs:
            assert inner.name == "a"
            assert name in {"href", "class"} or name.startswith("data-")


def has_marks(text: str) -> bool:
    return any(piece.kind == "mark" for piece in inline.pieces(text))


# Control characters have no look; all of them read as a space.
CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")


@UNHURRIED
@given(TEXTS)
def test_any_text_stays_in_its_cell_and_runs_nothing(text: str) -> None:
    markdown = inline.to_markdown(text, attributes)
    assert not re.search(r"[\n\r\x02\x03]", markdown)
    rendered = cell(markdown)
    assert_harmless(rendered)
    assert [a["href"] for a in rendered.find_all("a")] == [
        link.url for link in inline.links(text) if attributes(link)
    ]


@UNHURRIED
@given(st.lists(TEXTS, min_size=2, max_size=3))
def test_bullets_in_a_cell_stay_apart(texts: list[str]) -> None:
    items = "".join(f"<li>{inline.to_markdown(text, attributes)}</li>" for text in texts)
    rendered = cell(f"<ul>{items}</ul>")
    assert_harmless(rendered)
    assert len(rendered.select("ul")) == 1
    assert len(rendered.select("ul > li")) == len(texts)


@UNHURRIED
@given(TEXTS)
def test_a_text_reads_as_written(text: str) -> None:
    assume(not has_marks(text))
    rendered = cell(inline.to_markdown(text, attributes))
    assert squeezed(rendered.get_text()) == squeezed(inline.plain(text))


@UNHURRIED
@given(TEXTS)
def test_a_text_stays_one_list_item_and_one_heading(text: str) -> None:
    assume(not has_marks(text) and squeezed(inline.plain(text)))
    markdown = inline.to_markdown(text, attributes)
    page = html(f"# {markdown} {{: #here }}\n\n- ก\n- {markdown}\n- ข")
    heading, items = page.select_one("h1#here"), page.select("ul > li")
    assert heading is not None
    assert len(page.find_all(["h1", "h2", "h3", "ul", "ol", "pre", "blockquote"])) == 2
    assert [squeezed(item.get_text()) for item in (heading, *items)] == [
        squeezed(inline.plain(text)),
        "ก",
        squeezed(inline.plain(text)),
        "ข",
    ]


@UNHURRIED
@given(TEXTS)
def test_escaped_words_stay_what_they_are(text: str) -> None:
    words = inline.escape(text).replace("\n", " ")
    rendered = cell(words)
    assert not rendered.find_all(True)
    assert squeezed(rendered.get_text()) == squeezed(text.translate(CONTROLS))


STYLED = st.lists(
    st.tuples(
        st.text(alphabet="abกขค0|<>&`~#[]", min_size=1).filter(lambda word: word.strip()),
        st.sampled_from(["", "*", "**"]),
    ).filter(lambda pair: pair[0][0].isalnum() and pair[0][-1].isalnum()),
    min_size=1,
    max_size=5,
)


@UNHURRIED
@given(STYLED)
def test_bold_and_italic_words_are_just_that(words: list[tuple[str, str]]) -> None:
    rendered = cell(
        inline.to_markdown(" ".join(f"{mark}{word}{mark}" for word, mark in words), attributes)
    )
    assert squeezed(rendered.get_text()) == squeezed("".join(word for word, _ in words))
    for tag, mark in (("em", "*"), ("strong", "**")):
        assert [e.get_text() for e in rendered.find_all(tag)] == [w for w, m in words if m == mark]


EMPHASIS = {
    "**หนา**ติดกัน": "<strong>หนา</strong>ติดกัน",
    "_เอน_ __หนา__": "<em>เอน</em> <strong>หนา</strong>",
    "**หนา *เอน* หนา**": "<strong>หนา <em>เอน</em> หนา</strong>",
    "*เอน **หนา** เอน*": "<em>เอน <strong>หนา</strong> เอน</em>",
    "**สอง\nบรรทัด**": "<strong>สอง<br/>บรรทัด</strong>",
    "**<b>|**": "<strong>&lt;b&gt;|</strong>",
    "5 * 3 * 2": "5 * 3 * 2",
    "ไฟล์_ก_ข": "ไฟล์_ก_ข",
    "\\*ก\\*": "*ก*",
    "**ก": "**ก",
    "`ก` ~~ข~~": "`ก` ~~ข~~",
    "บรรทัด  \nต่อไป": "บรรทัด<br/>ต่อไป",
}


@pytest.mark.parametrize(("text", "expected"), EMPHASIS.items())
def test_emphasis(text: str, expected: str) -> None:
    assert cell(inline.to_markdown(text, attributes)).decode_contents() == expected


LINES = ["1. ก", "1) ก", "- ก", "+ ก", "# ก", "> ก", "    ก", "---", "===", "```", ": ก", "/// ก"]


@pytest.mark.parametrize("text", LINES)
def test_the_first_characters_start_no_block(text: str) -> None:
    page = html(inline.to_markdown(text, attributes))
    assert [element.name for element in page.find_all(True)] == ["p"]
    assert page.get_text().strip() == text.strip()


LINKS = {
    "ดู https://x.go.th/a. ต่อ": ["https://x.go.th/a"],
    "(https://x.go.th/a)": ["https://x.go.th/a"],
    "ดูhttps://x.go.th/ก_ข?a=1&b=2#ค": ["https://x.go.th/ก_ข?a=1&b=2#ค"],
    "HTTPS://X.go.th/": ["HTTPS://X.go.th/"],
    "<b>https://x.go.th/</b>": ["https://x.go.th/"],
    "<https://x.go.th/a(b)>": ["https://x.go.th/a(b)"],
    "[ก](https://x.go.th/a(b)) [ข](<https://y.go.th/>)": [
        "https://x.go.th/a(b)",
        "https://y.go.th/",
    ],
    "**[ก](https://x.go.th/)**": ["https://x.go.th/"],
    "[ก](javascript:alert(1))": ["javascript:alert(1)"],  # found here, refused by the model
    "[ก]()": [""],
    "javascript:alert(1) www.x.go.th a@b.go.th //x.go.th ftp://x.go.th": [],
    "\\[ก](ข)": [],
}


@pytest.mark.parametrize(("text", "urls"), LINKS.items())
def test_links(text: str, urls: list[str]) -> None:
    assert [link.url for link in inline.links(text)] == urls


def test_a_link_knows_its_words() -> None:
    assert inline.links("[**ก** ข](https://x.go.th/) https://y.go.th/") == (
        Link("https://x.go.th/", "ก ข", bare=False),
        Link("https://y.go.th/", "https://y.go.th/", bare=True),
    )


@pytest.mark.parametrize(
    "text", ["[ก](javascript:alert(1))", "[ก](JAVASCRIPT:x)", "[ก](<data:text/html,b>)", "[ก]()"]
)
def test_a_refused_address_leaves_its_words(text: str) -> None:
    rendered = cell(inline.to_markdown(text, attributes))
    assert rendered.decode_contents() == "ก"


PRINTABLE = string.ascii_letters + string.digits + string.punctuation
URLS = st.text(alphabet=PRINTABLE + "กำé").map(lambda rest: f"https://x.go.th/{rest}")


@UNHURRIED
@given(URLS, TEXTS)
def test_a_link_keeps_every_byte_of_its_address(url: str, words: str) -> None:
    label = words.replace("\n", " ").replace("\r", " ")
    rendered = cell(inline.link_markdown(url, label))
    (link,) = rendered.find_all(True)
    assert (link.name, link.attrs) == ("a", {"href": url})
    assert squeezed(rendered.get_text()) == squeezed(label.translate(CONTROLS))


@UNHURRIED
@given(URLS)
def test_an_address_in_angle_brackets_is_read_byte_for_byte(url: str) -> None:
    assume(not set(url) & set("<>"))
    for text in (f"<{url}>", f"ก<{url}>ข", f"**<{url}>**"):
        assert [link.url for link in inline.links(text)] == [url]


@UNHURRIED
@given(st.text(alphabet=string.ascii_letters + string.digits + "/-_~%=", max_size=30))
def test_a_bare_address_is_read_byte_for_byte(rest: str) -> None:
    url = f"https://x.go.th/{rest}/ก"
    assert inline.links(f"ดูที่ {url} ครับ") == (Link(url, url, bare=True),)


@pytest.mark.parametrize(
    ("address", "joints"),
    [
        ("https://www.example.go.th/", "https://www|.example|.go|.th|/"),
        ("https://a.th/b/c.pdf?x=1#d", "https://a|.th|/b|/c|.pdf|?x=1|#d"),
        ("mailto:a@b.th", "mailto:a@b|.th"),
        ("", ""),
    ],
)
def test_an_address_ends_a_line_at_its_joints(address: str, joints: str) -> None:
    shown = unescape(inline.breakable(address))
    assert shown.replace("<wbr>", "|") == joints
