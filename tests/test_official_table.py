"""The official table in a real browser: seen whole, its header in sight, a table to every reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from site_builder.model import OFFICIAL_COLUMNS, Disclosure, label

from .test_pages import row, with_measure

CARDS, COLUMNS = (320, 360, 768, 959), (960, 1024, 1280, 1920)


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    page = browser.new_page(base_url=base)
    yield page
    page.close()


def opened(page: Page, width: int, path: str = "/2568/") -> Page:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    return page


@pytest.mark.parametrize("path", ["/2568/", "/en/2568/"])
@pytest.mark.parametrize("width", COLUMNS)
def test_seven_columns_are_seen_at_once(page: Page, width: int, path: str) -> None:
    opened(page, width, path)
    edges = page.eval_on_selector_all(
        "table.columns-7 thead th",
        "cells => cells.map(c => c.getBoundingClientRect()).map(r => [r.left, r.right, r.top])",
    )
    assert len(edges) == 7
    assert all(left >= 0 and right <= width for left, right, _ in edges)
    assert len({top for _, _, top in edges}) == 1
    # Side by side in one row, and nothing sticks out of its column.
    cut = "cells => cells.filter(c => c.scrollWidth > c.clientWidth + 1).map(c => c.textContent)"
    assert page.eval_on_selector_all("table.columns-7 :is(th, td)", cut) == []


@pytest.mark.parametrize("width", CARDS)
def test_a_card_has_its_labels_and_nothing_sticks_out(page: Page, width: int) -> None:
    opened(page, width)
    labels = page.eval_on_selector_all(
        "table.columns-7 tbody tr:first-child td",
        "cells => cells.map(c => c.dataset.label)",
    )
    assert labels == [label(name) for name in OFFICIAL_COLUMNS[1:]]
    shown = page.eval_on_selector_all(
        "table.columns-7 tbody tr:first-child td",
        "cells => cells.map(c => getComputedStyle(c, '::before').display)",
    )
    assert shown == ["block"] * 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = "cells => cells.filter(c => c.scrollWidth > c.clientWidth + 1).length"
    assert page.eval_on_selector_all("table.columns-7 tbody :is(tr, th, td)", cut) == 0


@pytest.mark.parametrize("width", COLUMNS)
def test_the_header_stays_in_sight_below_the_sites_own(page: Page, width: int) -> None:
    opened(page, width)
    page.locator("table.columns-7 tbody tr").nth(5).scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(200)
    site, cell, table = page.evaluate(
        "['.md-header', 'table.columns-7 thead th', 'table.columns-7']"
        ".map(s => document.querySelector(s).getBoundingClientRect()).map(r => [r.top, r.bottom])"
    )
    assert table[0] < 0
    assert cell[0] == pytest.approx(site[1], abs=1)
    # It is seen, not only there: what lies at its place is the header.
    at = page.evaluate(
        "y => document.elementFromPoint(document.querySelector('table.columns-7').getBoundingClientRect().left + 20, y).tagName",
        cell[0] + 10,
    )
    assert at == "TH"


def accessible(page: Page) -> list[dict[str, Any]]:
    """What a screen reader is handed: the table and all below it."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}

    def below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield node
        for child in node.get("childIds", []):
            yield from below(known[child])

    (table,) = (node for node in nodes if said(node)[0] == "table")
    return [node for node in below(table) if not node["ignored"]]


def said(node: dict[str, Any]) -> tuple[str, str]:
    return node["role"]["value"] if "role" in node else "", node.get("name", {}).get("value", "")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_is_a_table_in_the_accessibility_tree(page: Page, width: int) -> None:
    nodes = accessible(opened(page, width))
    assert said(nodes[0]) == ("table", "รายงานผลการดำเนินการตามมาตรการ ปีงบประมาณ พ.ศ. ๒๕๖๘")
    roles = Counter(said(node)[0] for node in nodes)
    assert roles["row"] == 11
    assert roles["columnheader"] == 7
    assert roles["rowheader"] == 10
    assert roles["cell"] == 60
    headers = [name for role, name in map(said, nodes) if role == "columnheader"]
    assert headers == [label(name) for name in OFFICIAL_COLUMNS]


@pytest.mark.parametrize("width", [360, 768])
def test_the_label_on_a_card_is_not_read_once_more(page: Page, width: int) -> None:
    nodes = accessible(opened(page, width))
    # Each label is the name of its column, and nothing else that is read.
    for name in OFFICIAL_COLUMNS[1:]:
        told = [role for role, words in map(said, nodes) if label(name) in words]
        assert Counter(told)["cell"] == 0
        assert Counter(told)["StaticText"] <= 1


def test_each_part_says_its_role(page: Page) -> None:
    """Safari drops what a table is where it is shown as cards, unless the mark-up says it."""
    opened(page, 360)
    silent = page.eval_on_selector_all(
        "table.cards, table.cards :is(thead, tbody, tr, th, td)",
        "parts => parts.filter(part => !part.hasAttribute('role')).map(part => part.tagName)",
    )
    assert silent == []


def test_a_header_is_no_button(page: Page) -> None:
    """Mends Material's style of header cells that say their role; gone when Material drops it."""
    styles = resources.files("material") / "templates/assets/stylesheets"
    (sheet,) = (
        f for f in styles.iterdir() if f.name.startswith("main.") and f.name.endswith("css")
    )
    assert ".md-typeset table th[role=columnheader]{cursor:pointer}" in sheet.read_text("utf-8")
    opened(page, 1280)
    look = page.eval_on_selector_all(
        "table.columns-7 thead th",
        "cells => cells.map(c => getComputedStyle(c).cursor + getComputedStyle(c, '::after').display)",
    )
    assert look == ["autonone"] * 7


def test_days_are_kept_whole_and_the_period_as_written(disclosure: Disclosure) -> None:
    written = "๑ ต.ค.๖๗ และ  ๑ เม.ย. ๖๘ – ๓๐ ก.ย. ๖๘"
    cell = row(with_measure(disclosure, period=written))[4]
    assert cell.get_text() == written
    assert [day.get_text() for day in cell.select(".whole")] == [
        *("๑ ต.ค.๖๗", "๑ เม.ย. ๖๘", "๓๐ ก.ย. ๖๘"),
    ]
