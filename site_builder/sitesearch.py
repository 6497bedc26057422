"""Puts our search in the place of Material's: its form and its list stay, what answers is ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from site_builder import searching
from site_builder.edition import FOLDERS, Edition
from site_builder.model import Disclosure

_MATERIAL = "material/search"
_OF_MATERIAL = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""Its segmenter and stemmers (over 1 MB), and the worker that asks for them."""


class _Shown(Config):  # type: ignore[no-untyped-call]
    enabled = config_options.Type(bool, default=True)


class _Form(BasePlugin[_Shown]):  # type: ignore[no-untyped-call]
    """Mends: Material shows its search form only where its own search plugin stands."""


def take_over(config: MkDocsConfig) -> None:
    """Show Material's form; where `mkdocs.yml` names its plugin, keep that from indexing."""
    if (named := config.plugins.get(_MATERIAL)) is not None:
        named.config["enabled"] = False
    form = _Form()
    form.load_config({})
    config.plugins[_MATERIAL] = form


def drop_unused(files: Files) -> None:
    """Mends: the theme publishes what only its own search would ask for."""
    for file in [file for file in files if file.src_uri.startswith(_OF_MATERIAL)]:
        files.remove(file)


def indexes(files: Files, disclosure: Disclosure, today: date) -> Iterator[tuple[str, bytes]]:
    """The index of each edition by its path; to be asked once all pages are rendered."""
    site = tuple(_pages(files))
    for language, folder in FOLDERS.items():
        # An edition is there when its pages are.
        if not folder or any(page.path.startswith(folder) for page in site):
            edition = Edition(disclosure, today, language)
            yield searching.path(language), searching.index(edition, site)


def _pages(files: Files) -> Iterator[searching.WebPage]:
    for file in files.documentation_pages():
        if (page := file.page) is None or (page.meta.get("search") or {}).get("exclude"):
            continue
        # What the tool wrote is found by the measures themselves; what else is on a page, its
        # description says.
        own = page.content if file.generated_by is None else _described(file.src_uri, page)
        yield searching.WebPage(file.src_uri, file.url, str(page.title or ""), own)


def _described(path: str, page: Page) -> str | None:
    if _HOLDS_MEASURES.search(path):
        return None
    return f"<p>{page.meta.get('description', '')}</p>"


_HOLDS_MEASURES = re.compile(r"/(?:indicators|units)/(?!index)")
"""In the paths of pages whose description counts measures, for those who see it elsewhere."""
