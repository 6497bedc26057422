"""Every verdict and every cause in a real browser: it fits, it can be read, and it ages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from site_builder.verdicts import Verdict

from .browsing import served
from .every_verdict import LONG, NOW, site_with_every_verdict, url_of

PAGES = ["/links/", "/2568/", "/data/", "/2567/"]
PAGES += [f"/2568/indicators/{number}/" for number in range(1, 11)]
OLD = "ผลนี้เก่ากว่า ๓๐ วัน"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(site_with_every_verdict(tmp_path_factory.mktemp("every"))) as address:
        yield address


def opened(page: Page, path: str) -> Page:
    """A page with everything unfolded."""
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    return page


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out(browser: Browser, base: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, base_url=base)
    for path in PAGES:
        opened(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        # Nor is anything cut where a box hides what is too wide for it.
        cut = page.evaluate(
            "[...document.querySelectorAll('.md-content .report-scroll, .md-content .report-frame, .md-content details, .md-content td')]"
            ".filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className)"
        )
        assert cut == [], path
    page.close()


CONTRAST = """selector => {
  const parts = colour => {
    const numbers = colour.match(/[\\d.]+/g).map(Number);
    return numbers.length > 3 ? numbers : [...numbers, 1];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const behind = element => {
    if (!element) return [255, 255, 255];
    const own = parts(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, behind(element.parentElement));
  };
  const light = rgb => {
    const [r, g, b] = rgb.map(c => c / 255).map(
      c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  return [...document.querySelectorAll(selector)].map(element => {
    const below = behind(element);
    const words = over(parts(getComputedStyle(element).color), below);
    const [high, low] = [light(words), light(below)].sort((a, b) => b - a);
    return [(high + .05) / (low + .05), element.className || element.tagName];
  });
}"""
WORDS = (
    ".verdict, .sign, .checked-on, .check-note, .check-old, .address, .links-state, .links-origin,"
    " .md-content article a, summary, caption, .links-alike"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_in_light_and_dark(browser: Browser, base: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme, base_url=base)
    kinds = set()
    for path in ("/links/", "/2568/indicators/1/", "/2568/indicators/5/"):
        found = opened(page, path).evaluate(CONTRAST, WORDS)
        kinds |= {kind for _, kind in found}
        assert [(ratio, kind) for ratio, kind in found if ratio < 4.5] == [], path
    assert len([kind for kind in kinds if kind.startswith("verdict ")]) >= 9
    page.close()


def test_headings_follow_one_another(browser: Browser, base: str) -> None:
    page = browser.new_page(base_url=base)
    for path in PAGES:
        page.goto(path)
        levels = page.evaluate(
            "[...document.querySelectorAll('article :is(h1,h2,h3,h4)')].map(h => Number(h.tagName[1]))"
        )
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
    page.close()


def test_a_folded_table_opens_by_keyboard(browser: Browser, base: str) -> None:
    page = browser.new_page(base_url=base)
    page.goto("/links/")
    fold = page.locator("details.report-fold").first
    assert not fold.locator("table").is_visible()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('details.report-fold > summary')"):
            break
    page.keyboard.press("Enter")
    assert fold.locator("table").is_visible()
    assert fold.get_by_role("table", name="ลิงก์ทั้งหมด ปีงบประมาณ พ.ศ. ๒๕๖๘").count() == 1
    page.close()


def test_a_units_anchor_leads_to_its_section(browser: Browser, base: str) -> None:
    page = browser.new_page(base_url=base)
    page.goto("/links/")
    page.locator('article a[href^="#unit-"]').last.click()
    page.wait_for_function(
        "document.querySelector(location.hash).getBoundingClientRect().top < 400"
    )
    page.close()


def marks(browser: Browser, base: str, now: datetime, zone: str) -> tuple[int, int, list[str]]:
    """How many results are called old and not yet, and what went wrong."""
    context = browser.new_context(base_url=base, timezone_id=zone)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.clock.set_fixed_time(now)
    page.goto("/links/")
    old = page.locator(".check-old")
    assert {*old.all_text_contents()} <= {OLD}
    found = (old.count(), page.locator("time[data-old]").count(), complaints)
    context.close()
    return found


@pytest.mark.parametrize("zone", ["Asia/Bangkok", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_results_age_on_the_readers_clock(browser: Browser, base: str, zone: str) -> None:
    # The night's check was at 2:30 on the 23rd in Thailand; the 31st day after begins at midnight.
    midnight = NOW.replace(hour=17, minute=0) + timedelta(days=30)
    built, young, wrong = marks(browser, base, NOW, zone)
    assert built >= 1
    assert young > 50
    assert marks(browser, base, midnight, zone) == (built, young, wrong) == (built, young, [])
    later = midnight + timedelta(days=1)
    assert marks(browser, base, later - timedelta(seconds=1), zone) == (built, young, [])
    assert marks(browser, base, later, zone) == (built + young, 0, [])


def test_all_reads_well_without_the_script(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/2568/indicators/1/")
    assert page.locator("article .verdict").first.is_visible()
    assert page.get_by_text("ตรวจล่าสุด ๒๓ พ.ย. พ.ศ. ๒๕๖๙").first.is_visible()
    page.goto("/links/")
    page.locator("article summary").first.click()
    assert page.locator("details table").first.is_visible()
    # The one that was old when the site was built.
    assert page.get_by_text(OLD).count() == 1
    context.close()


def test_only_what_may_be_opened_is_a_link(browser: Browser, base: str) -> None:
    page = browser.new_page(base_url=base)
    hrefs: set[str] = set()
    for path in PAGES:
        page.goto(path)
        hrefs |= {*page.evaluate("[...document.querySelectorAll('a')].map(a => a.href)")}
    outside = {href for href in hrefs if not href.startswith(base)}
    assert {urlsplit(href).scheme for href in outside} <= {"https"}
    assert not [href for href in outside if "/unsafe/" in href or "/invalid/" in href]
    assert url_of(Verdict.OK, None) in outside
    assert len([href for href in outside if len(href) > len(LONG)]) >= 2
    page.close()


def test_results_behind_links_in_the_text_age_too(browser: Browser, base: str) -> None:
    page = browser.new_page(base_url=base)
    said = "[...document.querySelectorAll('a[data-verdict]')].map(a => a.dataset.verdict)"
    page.clock.set_fixed_time(NOW)
    page.goto("/2568/")
    young = page.evaluate(said)
    assert len(young) > 5
    page.clock.set_fixed_time(NOW + timedelta(days=40))
    page.goto("/2568/")
    old = page.evaluate(said)
    checked = [words for words in young if "ตรวจล่าสุด" in words]
    assert sum(OLD in words for words in old) == len(checked)
    assert sum(OLD in words for words in young) < len(checked)
    page.close()
