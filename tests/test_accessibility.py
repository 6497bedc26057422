"""Everybody reads it: axe finds nothing, the keyboard reaches everything, 320 pixels are enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .browsing import served
from .conftest import ROOT
from .every_verdict import site_with_every_verdict
from .page_types import page_types, pages

AXE = ROOT / "tests/npm/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = [320, 360, 768, 1280]
MENU = "[data-opens=__drawer]"
SEARCH = "[data-opens=__search]"
FOCUS = "document.activeElement"


@contextmanager
def opened(
    browser: Browser,
    base: str,
    path: str = "/2568/indicators/3/",
    width: int = 1280,
    **options: Any,
) -> Iterator[Page]:
    """A page of the site in a window of its own."""
    options.setdefault("reduced_motion", "reduce")
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": 900}, **options
    )
    page = context.new_page()
    page.goto(path)
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong: the rule, and where it is broken first."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run({resultTypes: ['violations'], runOnly: tags, rules: {'target-size': {enabled: true}}})",
        RULES,
    )
    return [
        f"{found['url']} {broken['id']} {node['target']} {node.get('failureSummary', '')}"
        for broken in found["violations"]
        for node in broken["nodes"]
    ]


def thai(paths: list[str]) -> list[str]:
    """Without the English pages, which are made of the same parts."""
    return [path for path in paths if not path.startswith("/en/")]


def unfold(page: Page) -> None:
    """Open whatever is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


def open_search(page: Page, words: str = "นโยบาย") -> None:
    """Search for a word; its results are there."""
    if page.locator(SEARCH).is_visible():
        page.locator(SEARCH).click()
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    page.wait_for_selector(".md-search-result__link")
    page.wait_for_timeout(300)


# axe


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(
    browser: Browser, base: str, site: Path, width: int, scheme: str
) -> None:
    with opened(browser, base, width=width, color_scheme=scheme) as page:
        found = []
        for path in page_types(site) if width in {320, 1280} else thai(page_types(site)):
            page.goto(path)
            assert (
                page.evaluate("document.body.dataset.mdColorScheme")
                == {"light": "default", "dark": "slate"}[scheme]
            )
            unfold(page)
            found += violations(page)
        assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_the_menu_and_the_search(
    browser: Browser, base: str, width: int, scheme: str
) -> None:
    with opened(browser, base, width=width, color_scheme=scheme) as page:
        open_search(page)
        assert violations(page) == []
        page.keyboard.press("Escape")
        if page.locator(MENU).is_visible():
            page.locator(MENU).click()
        unfold(page)
        page.wait_for_timeout(300)
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_beside_any_verdict(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, width: int, scheme: str
) -> None:
    site = site_with_every_verdict(tmp_path_factory.mktemp("every"))
    with served(site) as base, opened(browser, base, "/", width, color_scheme=scheme) as page:
        found = []
        for path in thai(page_types(site)):
            page.goto(path)
            unfold(page)
            found += violations(page)
        assert found == []


def test_axe_tells(browser: Browser, base: str) -> None:
    with opened(browser, base) as page:
        page.evaluate("document.querySelector('h1').style.color = '#ccc'")
        page.evaluate("document.querySelector('.md-logo').removeAttribute('aria-label')")
        found = " ".join(violations(page))
        assert "color-contrast" in found
        assert "link-name" in found


# The frame of a page


def test_every_page_has_its_parts(browser: Browser, base: str, site: Path) -> None:
    with opened(browser, base) as page:
        for path in pages(site):
            page.goto(path)
            assert page.locator("h1").count() == 1, path
            for landmark in ("banner", "main", "contentinfo", "search"):
                assert page.get_by_role(landmark).count() == 1, (path, landmark)
            ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
            assert len(ids) == len(set(ids)), path
            names = page.evaluate(
                "[...document.querySelectorAll('nav, [role=region], [role=search]')]"
                ".filter(e => e.checkVisibility()).map(e => e.ariaLabel || e.getAttribute('aria-labelledby'))"
            )
            assert all(names), path
            assert len(names) == len(set(names)), (path, names)


def test_the_menu_says_which_page_this_is(browser: Browser, base: str, site: Path) -> None:
    with opened(browser, base) as page:
        for path in pages(site):
            page.goto(path)
            current = page.locator("#site-menu [aria-current=page]")
            assert current.count() == (path != "/404.html"), path
            if current.count():
                assert current.evaluate("link => new URL(link.href).pathname") == path
                assert current.is_visible(), path


def test_a_page_that_is_not_there_leads_home(browser: Browser, base: str) -> None:
    with opened(browser, base, "/404.html") as page:
        page.get_by_role("article").get_by_role("link", name="หน้าแรก").click()
        page.wait_for_url(base + "/")


# The keyboard

BOX = """async () => {
  // Material lays its side columns out anew after the window has moved.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const e = document.activeElement;
  if (e === document.body) return null;
  const r = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  // The middle of what is in the window of its first line that is.
  const seen = [...e.getClientRects()].map(line => [
    Math.max(line.left, 0), Math.min(line.right, innerWidth), Math.max(line.top, 0), Math.min(line.bottom, innerHeight),
  ]).find(([left, right, top, bottom]) => right - left > 1 && bottom - top > 1) || [0, 0, 0, 0];
  const top = document.elementFromPoint((seen[0] + seen[1]) / 2, (seen[2] + seen[3]) / 2);
  return {
    what: e.outerHTML.slice(0, 90),
    inside: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && r.width > 0,
    uncovered: e.contains(top) || !!top?.contains(e) || top.outerHTML.slice(0, 60),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def walk(page: Page, limit: int = 400) -> list[dict[str, Any]]:
    """All that Tab reaches, in its order, as it is seen when the keyboard is there."""
    found: list[dict[str, Any]] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        box = page.evaluate(BOX)
        if box is None:
            return found
        found.append(box)
    raise AssertionError(f"no end after {limit} stops")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_keyboard_reaches_everything_and_is_seen(
    browser: Browser, base: str, site: Path, width: int
) -> None:
    with opened(browser, base, width=width) as page:
        for path in thai(page_types(site)):
            page.goto(path)
            page.evaluate(
                "document.querySelectorAll('a[href], button, summary, input, select, textarea').forEach("
                "e => { if (e.checkVisibility({visibilityProperty: true, opacityProperty: true})"
                " && !e.disabled && !e.matches('.md-top')) e.dataset.wanted = '' });"
                "addEventListener('focusin', e => delete e.target.dataset.wanted)"
            )
            stops = walk(page)
            assert len(stops) > 4, path
            for name in ("inside", "uncovered", "ring"):
                assert [stop for stop in stops if stop[name] is not True] == [], (path, name)
            missed = "[...document.querySelectorAll('[data-wanted]')].map(e => e.outerHTML)"
            assert page.evaluate(missed) == [], path


def test_the_way_past_the_menu_comes_first(browser: Browser, base: str) -> None:
    with opened(browser, base) as page:
        page.keyboard.press("Tab")
        skip = page.locator(".md-skip")
        assert skip.evaluate("e => e === document.activeElement")
        assert skip.evaluate("e => getComputedStyle(e).opacity") == "1"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(f"!!{FOCUS}.closest('main article')")


@pytest.mark.parametrize("width", [320, 360, 768])
def test_the_menu_by_keyboard(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base, width=width) as page:
        button = page.get_by_role("button", name="เมนู", exact=True)
        assert button.get_attribute("aria-expanded") == "false"
        # What is out of sight is out of reach.
        stops = walk(page)
        assert not [stop for stop in stops if "site-menu" in stop["what"]]
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert page.evaluate(f"{FOCUS}.ariaLabel") == "ปิดเมนู"
        for _ in range(30):
            page.keyboard.press("Tab")
            assert page.evaluate(f"{FOCUS} === document.body || !!{FOCUS}.closest('#site-menu')")
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        page.wait_for_function(
            "!document.querySelector('#site-menu').checkVisibility({visibilityProperty: true})"
        )


def test_escape_gives_the_focus_back(browser: Browser, base: str) -> None:
    with opened(browser, base, width=360) as page:
        for opener in (MENU, SEARCH):
            page.locator(opener).focus()
            page.keyboard.press("Enter")
            assert page.locator(opener).get_attribute("aria-expanded") == "true"
            page.keyboard.press("Escape")
            assert page.locator(opener).get_attribute("aria-expanded") == "false"
            assert page.locator(opener).evaluate("e => e === document.activeElement")
        assert page.evaluate("document.querySelectorAll('[inert]').length") == 0


def test_a_wider_window_frees_the_page_behind_the_menu(browser: Browser, base: str) -> None:
    with opened(browser, base, width=360) as page:
        page.locator(MENU).click()
        assert page.evaluate("document.querySelectorAll('[inert]').length") >= 3
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_function("document.querySelectorAll('[inert]').length === 0")


def test_a_section_of_the_menu_unfolds_by_keyboard(browser: Browser, base: str) -> None:
    with opened(browser, base, "/") as page:
        fold = page.locator("#site-menu summary").first
        assert not page.locator("#site-menu details a").first.is_visible()
        fold.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(f"!!{FOCUS}.closest('#site-menu details ul')")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_search_by_keyboard_and_by_ear(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base, width=width) as page:
        if width < 1280:
            page.locator(SEARCH).focus()
            page.keyboard.press("Enter")
        else:
            page.locator(".md-search__input").focus()
        assert page.evaluate(f"{FOCUS}.matches('.md-search__input')")
        page.keyboard.type("นโยบาย")
        page.wait_for_selector(".md-search-result__link")
        status = page.locator("#site-search [role=status]")
        assert any(char.isdigit() for char in status.inner_text())
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate(f"{FOCUS}.matches('.md-search-result__link')"):
                break
        assert page.evaluate(f"{FOCUS}.matches('.md-search-result__link')")
        page.keyboard.press("Escape")
        assert not page.locator(".md-search-result__link").first.is_visible()
        assert page.evaluate(f"{FOCUS} !== document.body")


def test_leaving_the_search_closes_it(browser: Browser, base: str) -> None:
    with opened(browser, base) as page:
        page.locator(".md-search__input").focus()
        assert page.evaluate("document.querySelector('#__search').checked")
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate("document.querySelector('#__search').checked")


def test_light_and_dark_by_keyboard(browser: Browser, base: str) -> None:
    with opened(browser, base, color_scheme="light") as page:
        for key, scheme in (("Enter", "slate"), ("Enter", "default"), ("Space", "slate")):
            page.locator("[data-presses]:not([hidden])").focus()
            page.keyboard.press(key)
            assert page.evaluate("document.body.dataset.mdColorScheme") == scheme
            assert page.evaluate(f"{FOCUS}.matches('[data-presses]')")
        page.reload()
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


@pytest.mark.parametrize("key", ["f", "s", "/", "p", ",", "n", "."])
def test_a_single_key_sets_nothing_off(browser: Browser, base: str, key: str) -> None:
    with opened(browser, base) as page:
        address = page.url
        page.keyboard.press(key)
        page.wait_for_timeout(100)
        assert page.url == address
        assert page.evaluate(f"{FOCUS} === document.body")


# Without JavaScript


def test_the_menu_without_javascript(browser: Browser, base: str) -> None:
    with opened(browser, base, width=360, java_script_enabled=False) as page:
        assert not page.locator("button:visible").count()
        menu = page.locator("#site-menu ul").first
        assert not menu.is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.wait_for_selector("#site-menu ul a:visible")
        page.locator("#site-menu summary:visible").first.click()
        page.locator("#site-menu a", has_text="ตัวชี้วัดที่ ๓").last.is_visible()


# What readers change


@pytest.mark.parametrize("width", [320, 1280])
def test_spaced_out_text_is_not_cut(browser: Browser, base: str, site: Path, width: int) -> None:
    # WCAG 1.4.12: as a reader's own style sheet would have it.
    spaced = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    with opened(browser, base, width=width) as page:
        for path in page_types(site):
            page.goto(path)
            page.add_style_tag(content=spaced)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            cut = page.evaluate(
                "[...document.querySelectorAll('button, summary, nav, li, td, th, .md-footer *')]"
                ".filter(e => e.checkVisibility() && getComputedStyle(e).overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1)"
                ".map(e => e.outerHTML.slice(0, 120))"
            )
            assert cut == [], path


def test_a_wall_chart_of_four_times_the_size(browser: Browser, base: str, site: Path) -> None:
    # 400 % of a window of 1280 pixels: 320 are left (WCAG 1.4.10).
    with opened(browser, base, width=320) as page:
        for path in pages(site):
            page.goto(path)
            unfold(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_still_page_stays_still(browser: Browser, base: str) -> None:
    with opened(browser, base, width=360) as page:
        page.locator(MENU).click()
        assert page.evaluate("document.getAnimations().length") == 0
    with opened(browser, base, width=360, reduced_motion="no-preference") as page:
        page.locator(MENU).click()
        assert page.evaluate("document.getAnimations().length") > 0


def test_signs_borders_and_focus_in_the_readers_own_colours(
    browser: Browser, tmp_path: Path
) -> None:
    site = site_with_every_verdict(tmp_path)
    with served(site) as base, opened(browser, base, "/links/", forced_colors="active") as page:
        verdict = page.locator(".verdict").first
        assert verdict.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 1
        assert verdict.locator(".sign").inner_text().strip()
        assert page.locator("#site-menu [aria-current]").evaluate(
            "e => getComputedStyle(e).borderInlineStartColor !== getComputedStyle(document.body).backgroundColor"
        )
        stops = walk(page)
        assert [stop["what"] for stop in stops if not stop["ring"]] == []
