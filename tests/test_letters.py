"""Thai letters are whole: no mark above or below is cut, no date goes over two lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from .browsing import served
from .conftest import ROOT
from .every_verdict import site_with_every_verdict
from .page_types import page_types, pages

WIDTHS = [360, 1280]

# Where the ink of every text lies, against every box around it that cuts what sticks out. A range
# gives the place of a line's letters, the canvas how far the ink goes from their base line.
CUT = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  let looked = 0;
  const boxesAround = element => {
    const boxes = [];
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.position === "fixed") break;
      if (style.display === "inline") continue;
      // What scrolls out of sight inside a box is not cut by what stands around that box.
      const inner = [0, 1].map(axis => boxes.some(box => box.scrolls[axis]));
      const clips = [style.overflowX, style.overflowY].map((value, axis) => value !== "visible" && !inner[axis]);
      if (style.clipPath !== "none" || /paint|strict|content/.test(style.contain)) clips.fill(true);
      if (!clips.includes(true)) continue;
      const outer = box.getBoundingClientRect();
      const [x, y] = [outer.left + box.clientLeft, outer.top + box.clientTop];
      const scrolls = [style.overflowX, style.overflowY].map(value => /auto|scroll/.test(value));
      boxes.push({
        name: box.className || box.tagName,
        clips,
        scrolls,
        left: scrolls[0] ? x - box.scrollLeft : x,
        right: scrolls[0] ? x - box.scrollLeft + box.scrollWidth : x + box.clientWidth,
        top: scrolls[1] ? y - box.scrollTop : y,
        bottom: scrolls[1] ? y - box.scrollTop + box.scrollHeight : y + box.clientHeight,
      });
    }
    return boxes;
  };
  for (let node; (node = walker.nextNode());) {
    const text = node.data.trim();
    const element = node.parentElement;
    if (!text || element.closest("[aria-hidden=true], script, style, template")) continue;
    // What is for the ears alone
    let unseen = false;
    for (let box = element; box; box = box.parentElement) {
      unseen ||= getComputedStyle(box).clipPath.startsWith("inset(50%");
    }
    if (unseen) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const ink = canvas.measureText(text);
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = boxesAround(element);
    looked += 1;
    for (const line of range.getClientRects()) {
      if (!line.width) continue;
      const base = line.top + ink.fontBoundingBoxAscent;
      const over = boxes.flatMap(box => [
        box.clips[1] && box.top - (base - ink.actualBoundingBoxAscent),
        box.clips[1] && base + ink.actualBoundingBoxDescent - box.bottom,
        box.clips[0] && box.left - line.left,
        box.clips[0] && line.right - box.right,
      ].map((by, side) => [by, ["above", "below", "left", "right"][side], box.name]));
      for (const [by, side, box] of over) {
        if (by > .5) found.push(`${text.slice(0, 40)}: ${by.toFixed(1)}px ${side}, by ${box}`);
      }
    }
  }
  for (const field of document.querySelectorAll("input[type=text]")) {
    if (!field.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(field);
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const ink = canvas.measureText("ปู่ที่ฎุ");
    looked += 1;
    if (ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent > field.clientHeight) found.push(`field ${field.name}`);
  }
  return { looked, found };
}"""

# A date, as an office writes it, by a reading of its own: nothing here is the code's.
SPLIT = """() => {
  const date = /(?:[๐-๙0-9]{1,2}\\s?)?(?:ม\\.ค|ก\\.พ|มี\\.ค|เม\\.ย|พ\\.ค|มิ\\.ย|ก\\.ค|ส\\.ค|ก\\.ย|ต\\.ค|พ\\.ย|ธ\\.ค)\\.\\s?(?:พ\\.ศ\\.\\s?)?[๐-๙0-9]{2,4}|อบต\\.ดงเมือง(?![ก-๙])/g;
  const found = { dates: 0, split: [] };
  for (const cell of document.querySelectorAll("table :is(td, th), caption, dd, article li, article p")) {
    if (!cell.checkVisibility() || cell.querySelector("td, li, p")) continue;
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = "";
    for (let node; (node = walker.nextNode());) { nodes.push([all.length, node]); all += node.data; }
    const at = place => {
      const [start, node] = nodes.filter(([start]) => start <= place).at(-1);
      return [node, place - start];
    };
    for (const match of all.matchAll(date)) {
      const range = document.createRange();
      range.setStart(...at(match.index));
      range.setEnd(...at(match.index + match[0].length - 1));
      const lines = new Set([...range.getClientRects()].filter(r => r.width).map(r => Math.round(r.top / 6)));
      const tops = [...lines].sort((a, b) => a - b);
      found.dates += 1;
      if (tops.at(-1) - tops[0] > 1) found.split.push(match[0]);
    }
  }
  return found;
}"""


def window(browser: Browser, base: str, width: int) -> Page:
    """A window without movement, so that nothing is measured on its way."""
    options: dict[str, Any] = {"viewport": {"width": width, "height": 900}}
    return browser.new_page(base_url=base, reduced_motion="reduce", **options)


def settled(page: Page, path: str) -> None:
    """Open a page, everything on it unfolded, in the letters that it will keep."""
    page.goto(path)
    page.evaluate("document.fonts.ready")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_ink_is_cut(browser: Browser, base: str, site: Path, width: int) -> None:
    page = window(browser, base, width)
    for path in page_types(site):
        settled(page, path)
        measured = page.evaluate(CUT)
        assert measured["looked"] > 5
        assert measured["found"] == [], path
        page.evaluate("scrollTo(0, 400)")
        page.wait_for_timeout(50)
        assert page.evaluate(CUT)["found"] == [], path
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_ink_is_cut_in_the_menu_and_the_search(browser: Browser, base: str, width: int) -> None:
    page = window(browser, base, width)
    settled(page, "/2568/indicators/3/")
    if (menu := page.locator("[data-opens=__drawer]")).is_visible():
        menu.click()
        page.wait_for_timeout(100)
    assert page.evaluate(CUT)["found"] == []
    page.keyboard.press("Escape")
    if (search := page.locator("[data-opens=__search]")).is_visible():
        search.click()
    page.locator(".md-search__input").click()
    page.keyboard.type("นโยบาย")
    page.wait_for_selector(".md-search-result__link")
    assert page.evaluate(CUT)["found"] == []
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_ink_is_cut_beside_any_verdict(browser: Browser, tmp_path: Path, width: int) -> None:
    site = site_with_every_verdict(tmp_path)
    with served(site) as base:
        page = window(browser, base, width)
        for path in page_types(site):
            settled(page, path)
            assert page.evaluate(CUT)["found"] == [], path
        page.close()


def test_the_measure_finds_what_material_cuts(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# ตัวชี้วัดที่ ๑\n\n## ตัวชี้วัดที่ ๒\n", "utf-8")
    (tmp_path / "docs/other.md").write_text("# ผู้รู้ที่กู้ปู่ฎุ\n", "utf-8")
    # What Material gives when nothing of ours is there, in our letters.
    (tmp_path / "docs/fonts").mkdir()
    for file in (ROOT / "site_builder/theme/assets/fonts").glob("*.woff2"):
        (tmp_path / "docs/fonts" / file.name).write_bytes(file.read_bytes())
    style = (ROOT / "site_builder/theme/styles/05-fonts.css").read_text("utf-8")
    style = style.replace("optional", "block") + 'body { --md-text-font: "Sarabun" }'
    (tmp_path / "docs/letters.css").write_text(style, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: ก\nplugins: []\nextra_css: [letters.css]\ntheme: {name: material, language: th, font: false}\n"
        "nav: [{ตัวชี้วัดที่ ๑ ผู้รู้: index.md}, {ผู้รู้ที่กู้ปู่ฎุ: other.md}]\n",
        "utf-8",
    )
    build(load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    with served(tmp_path / "site") as base:
        page = window(browser, base, 1280)
        settled(page, "/")
        found = page.evaluate(CUT)["found"]
        assert any("above, by md-ellipsis" in line for line in found), found
        page.close()


def test_the_letters_are_sarabun(browser: Browser, base: str) -> None:
    page = window(browser, base, 1280)
    page.goto("/2568/indicators/3/")
    page.reload()
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight)"
    )
    assert sorted(loaded) == ["100 500"] * 2 + ["600 900"] * 2
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_date_goes_over_two_lines(browser: Browser, base: str, site: Path, width: int) -> None:
    page = window(browser, base, width)
    seen = 0
    for path in pages(site):
        settled(page, path)
        measured = page.evaluate(SPLIT)
        seen += measured["dates"]
        assert measured["split"] == [], path
    assert seen > 40
    page.close()


def test_the_measure_finds_split_dates(browser: Browser, base: str) -> None:
    page = window(browser, base, 360)
    split = set()
    for width in range(320, 480, 8):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page, "/2568/")
        page.add_style_tag(content="time, .whole { display: inline !important }")
        split |= set(page.evaluate(SPLIT)["split"])
    assert split
    page.close()
