"""The site is light: what a page asks for, packed as a server sends it, and nothing that none asks for."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page

from .page_types import page_types

MOST_BYTES = 150_000
MOST_REQUESTS = 14
"""The page, Material's two style sheets and script, ours, four files of letters, the picture of the
tab; the rest is room for the search."""
SMALL = 4_000
PACKED = {".woff2", ".png", ".pdf", ".docx", ".xlsx"}
"""Kinds of file that are packed already."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one page asked for, by address below the site."""

    files: tuple[str, ...]
    bytes: int


def weight(site: Path, address: str) -> int:
    """How many bytes a server sends for a file."""
    file = site / address.lstrip("/")
    file = file / "index.html" if address.endswith("/") else file
    data = file.read_bytes()
    return len(data) if file.suffix in PACKED else len(gzip.compress(data, 6, mtime=0))


def load(page: Page, site: Path, base: str, path: str) -> Load:
    """Open a page and wait until it asks for nothing more."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path, wait_until="networkidle")
    strangers = [url for url in asked if not url.startswith((base, "data:", "blob:"))]
    assert strangers == [], path
    files = tuple(
        dict.fromkeys(unquote(urlsplit(url).path) for url in asked if url.startswith(base))
    )
    return Load(files, sum(weight(site, file) for file in files))


def test_a_page_is_light(browser: Browser, base: str, site: Path) -> None:
    for path in page_types(site):
        page = browser.new_page(base_url=base)
        loaded = load(page, site, base, path)
        assert loaded.bytes <= MOST_BYTES, (path, {f: weight(site, f) for f in loaded.files})
        assert len(loaded.files) <= MOST_REQUESTS, (path, loaded.files)
        early = page.evaluate(
            "[...document.querySelectorAll('link[rel=preload]')].map(e => new URL(e.href).pathname)"
        )
        # All that is asked for early is needed, and nothing is asked for twice.
        assert sorted(early) == sorted(f for f in loaded.files if f.endswith(".woff2")), path
        page.close()


def test_nothing_large_lies_there_unread(browser: Browser, base: str, site: Path) -> None:
    read: set[str] = set()
    for path in page_types(site):
        page = browser.new_page(base_url=base)
        read |= {*load(page, site, base, path).files}
        read |= {
            *page.evaluate(
                "[...document.querySelectorAll('[href]')].map(e => new URL(e.href).pathname)"
            )
        }
        page.on("request", lambda request, read=read: read.add(urlsplit(request.url).path))
        page.locator(".md-search__input").focus()
        page.keyboard.type("นโยบาย")
        page.wait_for_selector(".md-search-result__link")
        page.close()
    unread = {
        file.relative_to(site).as_posix(): file.stat().st_size
        for file in site.rglob("*")
        if file.is_file()
        and file.suffix not in {".html", ".gz", ".xml"}
        and f"/{file.relative_to(site).as_posix()}" not in read
        and file.stat().st_size > SMALL
    }
    # What goes with the letters, by their licence.
    unread.pop("assets/fonts/OFL.txt")
    assert unread == {}


def test_nothing_moves_while_a_page_loads(browser: Browser, base: str, site: Path) -> None:
    for width in (360, 1280):
        for path in page_types(site):
            page = browser.new_page(base_url=base, viewport={"width": width, "height": 800})
            page.add_init_script(
                "window.moved = 0; new PerformanceObserver(list => { for (const e of list.getEntries())"
                " if (!e.hadRecentInput) window.moved += e.value }).observe({type: 'layout-shift', buffered: true})"
            )
            page.goto(path, wait_until="networkidle")
            assert page.evaluate("window.moved") < 0.01, (path, width)
            page.close()
