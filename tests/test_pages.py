"""Pages: any text an officer may write keeps its row at seven cells, its words and its links."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import markdown
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder import addresses, inline, pages
from site_builder.edition import Edition
from site_builder.ledger import Finding, Ledger, enter
from site_builder.model import OFFICIAL_COLUMNS, Disclosure, Measure, Report
from site_builder.verdicts import Verdict, words_for

from .conftest import has_ink

EXTENSIONS = ["tables", "attr_list", "toc", "site_builder.report_tables"]
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def rendered(text: str) -> BeautifulSoup:
    body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    return BeautifulSoup(markdown.markdown(body, extensions=EXTENSIONS), "html.parser")


def with_measure(disclosure: Disclosure, **fields: object) -> Disclosure:
    """The committed year, but with a single measure, its fields replaced."""
    report = disclosure.reports[0]
    plain = {
        "indicator": "3",
        "measure": "ม",
        "method": "ว",
        "responsible_unit": "ส",
        "period": "๑ ต.ค. ๖๗",
        "outcome": "ผ",
        **fields,
    }
    measure = Measure.model_validate(plain, context={"fiscal_year": 2568})
    measure = measure.model_copy(update={"id": "m"})
    return disclosure.model_copy(
        update={"reports": (report.model_copy(update={"measures": (measure,)}),)}
    )


def row(disclosure: Disclosure) -> list[Tag]:
    report = disclosure.reports[0]
    page = rendered(pages.year(edition(disclosure), report))
    (found,) = page.select("table tbody tr")
    return found.find_all(["th", "td"], recursive=False)


def edition(disclosure: Disclosure, today: date = TODAY) -> Edition:
    return Edition(disclosure, today)


NASTY = st.text(
    alphabet="|*_[]()<>{}\\`~&!#\n\r\t:-+=^$\"'ก า1.@/\x02\x03", min_size=1, max_size=40
)
PLAIN = st.text(min_size=1, max_size=40)
LINES = (NASTY | PLAIN).filter(has_ink)
VISIBLE = st.text(alphabet="|*_[]()<>{}\\`~&!#:-+=^$\"'ก า1.@/", min_size=1, max_size=40).filter(
    has_ink
)
TEXTS = LINES | st.lists(LINES, min_size=1, max_size=3)


def publishable(value: object) -> bool:

    texts = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return not any(addresses.refusal(link.url) for text in texts for link in inline.links(text))


@settings(max_examples=150, deadline=None)
@given(measure=TEXTS.filter(publishable), outcome=TEXTS.filter(publishable), unit=VISIBLE)
def test_any_text_keeps_its_row_and_its_words(
    disclosure: Disclosure, measure: object, outcome: object, unit: str
) -> None:
    made = with_measure(disclosure, measure=measure, outcome=outcome, responsible_unit=unit)
    cells = row(made)
    assert len(cells) == 7
    for cell, value in ((cells[1], measure), (cells[6], outcome)):
        texts = [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
        expected = "".join("".join(inline.plain(text).split()) for text in texts)
        assert "".join(cell.get_text().split()) == expected
        tags = {tag.name for tag in cell.find_all(True)}
        assert tags <= {"ul", "li", "br", "wbr", "strong", "em", "a", "span"}
        assert all(span.attrs == {"class": ["whole"]} for span in cell.find_all("span"))
    # A unit's name is no Markdown: every sign of it stands as written.
    assert "".join(cells[3].get_text().split()) == "".join(unit.split())
    assert not cells[3].find_all(True)


@settings(max_examples=100, deadline=None)
@example(measure="1", outcome=["1", "\x1b"])
@given(measure=TEXTS.filter(publishable), outcome=TEXTS.filter(publishable))
def test_any_text_keeps_its_section(
    disclosure: Disclosure, measure: object, outcome: object
) -> None:
    made = with_measure(disclosure, measure=measure, outcome=outcome)
    report = made.reports[0]
    page = rendered(pages.indicator(edition(made), report, report.indicators[2]))
    assert [heading["id"] for heading in page.find_all("h2")] == ["m"]
    assert not page.find_all(["script", "img", "iframe", "code", "pre", "hr", "h3", "blockquote"])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<!-- x -->",
        "&lt;b&gt;",
        "{: onclick=x }",
        "[[x]]",
        "a | b | c",
        "`a | b`",
        "`",
        "\\",
        "![x](y",
        "- [ ] x",
        "1. x",
        "# x",
        "    x",
    ],
)
def test_specials_are_shown_as_written(disclosure: Disclosure, text: str) -> None:
    cells = row(with_measure(disclosure, outcome=text))
    assert cells[6].get_text().strip() == text.strip()
    assert not cells[6].find_all(True)


@pytest.mark.parametrize("text", ["***0*0*", "*.*a**", "***ก***", "**ก** *ข*", "_ก_ __ข__"])
def test_stars_read_as_commonmark_reads_them(disclosure: Disclosure, text: str) -> None:
    cells = row(with_measure(disclosure, outcome=text))
    assert cells[6].get_text() == inline.plain(text)


def test_a_line_break_anywhere_leaves_the_row_whole(disclosure: Disclosure) -> None:
    made = with_measure(
        disclosure,
        period="๑ ต.ค. ๖๗\n๑ พ.ย. ๖๗",
        responsible_unit="ก\n\nข",
        evidence=[{"title": "ก\n\nข", "url": "https://x.go.th/"}],
    )
    assert row(made)[3].get_text(" ").split() == ["ก", "ข"]
    report = made.reports[0]
    page = rendered(pages.indicator(edition(made), report, report.indicators[2]))
    assert page.find("a", href="https://x.go.th/").get_text() == "ก  ข"


def test_a_units_name_is_a_name_not_markdown(disclosure: Disclosure) -> None:
    name = "[กองคลัง](javascript:alert(1)) **x** https://www.example.go.th/"
    made = with_measure(disclosure, responsible_unit=name)
    report = made.reports[0]
    assert row(made)[3].get_text() == name
    page = rendered(pages.indicator(edition(made), report, report.indicators[2]))
    assert not [link for link in page.find_all("a") if "javascript" in link.get("href", "")]


def test_several_bullets_are_a_list_and_newlines_are_line_breaks(disclosure: Disclosure) -> None:
    cells = row(with_measure(disclosure, method=["ก", "ข"], outcome="ก\nข"))
    assert [item.get_text() for item in cells[2].find_all("li")] == ["ก", "ข"]
    assert len(cells[6].find_all("br")) == 1


def test_header_cells_caption_and_labels_are_real(disclosure: Disclosure) -> None:
    report = disclosure.reports[0]
    (table,) = rendered(pages.year(edition(disclosure), report)).find_all("table")
    assert table.find("caption").get_text() == "รายงานผลการดำเนินการตามมาตรการ ปีงบประมาณ พ.ศ. ๒๕๖๘"
    assert [th["scope"] for th in table.select("thead th")] == ["col"] * 7
    assert [th["scope"] for th in table.select("tbody th")] == ["row"] * 10
    assert len(OFFICIAL_COLUMNS) == 7


def checked(disclosure: Disclosure, verdict: Verdict) -> Disclosure:
    url = "https://www.example.go.th/a.pdf"
    made = with_measure(disclosure, outcome=f"ดู {url}", evidence=[{"title": "ก", "url": url}])
    findings = [Finding(url, verdict)]
    ledger = enter(enter(Ledger(), findings, NOW - timedelta(days=10)), findings, NOW)
    return made.model_copy(update={"ledger": ledger})


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict != "unchecked"])
def test_every_verdict_is_told_in_words_with_its_date(
    disclosure: Disclosure, verdict: Verdict
) -> None:
    made = checked(disclosure, verdict)
    report = made.reports[0]
    section = rendered(pages.indicator(edition(made), report, report.indicators[2]))
    listed = rendered(pages.links(edition(made, TODAY)))
    for page in (section, listed):
        assert words_for(verdict).th in page.get_text()
        assert page.find("time")["datetime"] == "2026-11-23T00:00:00+00:00"
        assert "๒๓ พ.ย. พ.ศ. ๒๕๖๙" in page.get_text()
    links = section.find_all("a", href="https://www.example.go.th/a.pdf")
    assert bool(links) == (verdict not in {Verdict.UNSAFE, Verdict.INVALID})


def test_beside_a_link_in_the_table_stand_verdict_and_date(disclosure: Disclosure) -> None:
    link = row(checked(disclosure, Verdict.OK))[6].find("a")
    assert link["data-verdict"] == "✓ เปิดได้ · ตรวจล่าสุด ๒๓ พ.ย. พ.ศ. ๒๕๖๙"


def test_an_indicator_without_measures_and_a_site_without_years(disclosure: Disclosure) -> None:
    made = with_measure(disclosure)
    report = made.reports[0]
    page = pages.indicator(edition(made), report, report.indicators[0])
    assert "ยังไม่มีมาตรการ" in page
    empty = disclosure.model_copy(update={"reports": ()})
    assert "ยังไม่มีรายงาน" in pages.home(edition(empty), None)
    assert "ยังไม่มีลิงก์" in pages.links(edition(empty, TODAY))


def test_two_years_are_both_reachable_newest_first(disclosure: Disclosure) -> None:
    report = disclosure.reports[0]
    newer = report.model_copy(update={"fiscal_year": 2569})
    both = disclosure.model_copy(update={"reports": (newer, report)})
    text = pages.home(edition(both), None)
    assert text.index("ปีงบประมาณ พ.ศ. ๒๕๖๙") < text.index("[ปีงบประมาณ พ.ศ. ๒๕๖๘](2568/index.md)")
    assert isinstance(report, Report)


def test_the_data_page_explains_what_the_data_hold(disclosure: Disclosure) -> None:
    page = pages.data(edition(disclosure))
    assert "| responsible_unit | ผู้รับผิดชอบ |" in page
    # Of a measure nothing is acknowledged in public, of a link it is.
    assert page.count("| acknowledged |") == 1
    assert "| last_checked | ตรวจล่าสุดเมื่อ |" in page
