"""The frame around each page in MkDocs: the menu, names and addresses of the page's own edition.

MkDocs knows one language, one menu and one set of names for a whole site. Here each edition gets
its own, and each page the way to its counterpart in the other.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, cast
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from site_builder.edition import FOLDERS, Edition
from site_builder.problems import Language

LANGUAGE_NAMES: Mapping[Language, str] = {"th": "ไทย", "en": "English"}
_MARK = "prongsai:"
"""Begins the title of what holds an edition's menu, until the menus are taken apart."""


def language_of(path: str) -> Language:
    """The language of a page, by where it stands in the documentation folder."""
    return next((lang for lang, above in FOLDERS.items() if above and path.startswith(above)), "th")


def one_menu(
    menus: Mapping[Language, Sequence[Any]],
    own: Sequence[str],
    written: Sequence[Any] | None = None,
) -> list[Any]:
    """All editions' menus as the one that MkDocs builds.

    `own` are pages that the office wrote; `written` is the menu that it wrote in `mkdocs.yml`,
    which stands in the place of the Thai one, or of all where it leads to English pages itself.
    """
    if written is not None and f"'{FOLDERS['en']}" in str(written):
        return list(written)
    told = {
        lang: [*menu, *(path for path in own if language_of(path) == lang)]
        for lang, menu in menus.items()
    }
    if written is not None:
        told["th"] = list(written)
    return [{f"{_MARK}{lang}": menu} for lang, menu in told.items()]


def menus(nav: Navigation) -> dict[Language, Navigation]:
    """The one menu taken apart again; nothing where an office wrote a menu of its own."""
    found: dict[Language, Navigation] = {}
    for item in nav.items:
        if not isinstance(item, Section) or not item.title.startswith(_MARK):
            continue
        language: Language = "en" if item.title == f"{_MARK}en" else "th"
        for child in item.children:
            child.parent = None
        pages = _pages(item.children)
        for before, after in pairwise([None, *pages, None]):
            if after is not None:
                after.previous_page = before
            if before is not None:
                before.next_page = after
        found[language] = Navigation(item.children, pages)
        found[language].homepage = pages[0] if pages else None
    return found


def _pages(items: Sequence[Any]) -> list[Page]:
    pages: list[Page] = []
    for item in items:
        if isinstance(item, Page):
            pages.append(item)
        pages += _pages(item.children or ())
    return pages


def settings(config: MkDocsConfig, edition: Edition, files: Files, path: str) -> MkDocsConfig:
    """The site's settings as the page at `path` of this edition sees them."""
    alternates = _alternates(files, path, config.site_url or "")
    own: dict[str, Any] = {"extra": {**config.extra, "alternate": alternates}}
    if edition.language == "en":
        own["site_name"] = f"Transparency of {edition.office_name()}"
        own["site_description"] = (
            f"Integrity and transparency measures of {edition.office_name()}, with their evidence"
        )
    # Templates read settings by name; what one page is told must not reach the next.
    return cast("MkDocsConfig", ChainMap(own, config))


def _alternates(files: Files, path: str, site_url: str) -> list[dict[str, str]]:
    """The same page in every language; the home page of a language that does not have it.

    `link` is for search engines, which want the whole address; `page` is for readers, who may see
    a preview of the site.
    """
    bare = path.removeprefix(FOLDERS[language_of(path)])
    found = []
    for language, folder in FOLDERS.items():
        file = files.get_file_from_path(f"{folder}{bare}")
        home = files.get_file_from_path(f"{folder}index.md")
        if (target := file or home) is not None:
            names = {"name": LANGUAGE_NAMES[language], "lang": language}
            found.append({**names, "link": urljoin(site_url, target.url), "page": target.url})
    return found
