"""The built site in a real browser: tables render, no error, nothing asked of another host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .browsing import chromium

PAGES = ["/", "/2568/", "/links/", "/data/", "/about/"]
PAGES += [f"/2568/indicators/{number}/" for number in range(1, 11)]


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 900}, base_url=base)
    complaints: list[str] = []
    page.on(
        "console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda r: None if r.url.startswith((base, "data:", "blob:")) else complaints.append(r.url),
    )
    page.on("response", lambda r: complaints.append(r.url) if r.status >= 400 else None)
    yield page
    page.close()
    assert complaints == []


def test_every_page_fits_and_asks_no_other_host(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], path


def test_the_ten_indicator_tables_render(page: Page) -> None:
    for number in range(1, 11):
        page.goto(f"/2568/indicators/{number}/")
        table = page.locator("table.report-table").first
        assert table.is_visible()
        assert table.locator("thead th").count() == 7
        row = table.locator("tbody tr").first
        assert row.locator("th[scope=row], td").count() == 7
        for cell in row.locator("th, td").all():
            assert cell.is_visible()
            assert cell.inner_text().strip()


def test_the_whole_table_is_seen_without_scrolling_it(page: Page) -> None:
    page.goto("/2568/")
    assert page.locator("table.report-table tbody tr").count() == 10
    frame = page.locator(".report-frame")
    assert frame.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_the_table_is_a_table_to_a_screen_reader(page: Page) -> None:
    page.goto("/2568/")
    table = page.get_by_role("table")
    assert table.count() == 1
    assert table.get_by_role("rowheader").count() == 10
    assert table.get_by_role("row").count() == 11
    assert table.get_by_role("cell").count() == 60


def test_a_measures_anchor_leads_to_its_section(page: Page) -> None:
    page.goto("/2568/")
    page.get_by_role("link", name="ตัวชี้วัดที่ ๓ การใช้อำนาจ").last.click()
    page.wait_for_url("**/2568/indicators/3/#03-no-gift-policy")
    page.wait_for_function(
        "document.querySelector('[id=\"03-no-gift-policy\"]').getBoundingClientRect().top < 400"
    )


def test_dark_and_light_are_legible(browser: Browser, base: str) -> None:
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme, base_url=base)
        page.goto("/2568/indicators/3/")
        colours = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor,"
            " getComputedStyle(document.querySelector('td')).color].map(c => c.match(/[\\d.]+/g).slice(0, 3)"
            ".reduce((sum, part) => sum + Number(part), 0))"
        )
        assert (colours[0] > colours[1]) == (scheme == "light")
        page.close()


def test_the_style_sheet_is_on_every_page(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        assert page.locator("link[href$='assets/prongsai.css']").count() == 1, path


def test_the_downloads_open(base: str, browser: Browser) -> None:
    page = browser.new_page(base_url=base)
    for name in ("measures.json", "measures.csv"):
        assert page.request.get(f"/data/2568/{name}").ok
    page.close()


def test_chromium_named_by_hand_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(own))
    assert chromium() == str(own)
