"""The kinds of page that a built site has, each by its heaviest page.

What holds for one page of a kind holds for the others: a new kind is covered as soon as it is built.
"""

from __future__ import annotations

import re
from pathlib import Path

NOT_FOUND = "/404.html"


def pages(site: Path) -> list[str]:
    """The address of every page."""
    found = sorted(site.rglob("index.html"))
    folders = [file.parent.relative_to(site).as_posix() for file in found]
    return [NOT_FOUND, *("/" if folder == "." else f"/{folder}/" for folder in folders)]


def file_of(site: Path, page: str) -> Path:
    """The file behind a page's address."""
    return site / (page[1:] if page == NOT_FOUND else f"{page[1:]}index.html")


def kind(page: str) -> str:
    """What kind a page is of: `/2568/indicators/3/` is of the kind `/year/indicators/*/`."""
    parts = [re.sub(r"^2[0-9]{3}$", "year", part) for part in page.strip("/").split("/")]
    # Below a folder that is not a year's or a language's own, all pages are alike.
    if len(parts) > 1 and parts[-2] not in {"year", "en"}:
        parts[-1] = "*"
    return f"/{'/'.join(parts)}/".replace("//", "/")


def page_types(site: Path) -> list[str]:
    """One page of each kind: the one with the most in it."""
    heaviest: dict[str, str] = {}
    for page in sorted(pages(site), key=lambda page: file_of(site, page).stat().st_size):
        heaviest[kind(page)] = page
    return sorted(heaviest.values())
