"""Where the pages of a MkDocs site stand: what the core must know of them, and cannot."""

from __future__ import annotations

import html
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from site_builder import heads, leaves, share_pictures
from site_builder.edition import FOLDERS, Edition
from site_builder.heads import Head, Picture
from site_builder.history import History, history_address
from site_builder.pages.colophon import Leaf
from site_builder.structured_data import Described


@dataclass(frozen=True, slots=True)
class Place:
    """One build of a site: its settings, its files, and what git knows of them."""

    config: MkDocsConfig
    files: Files
    measures: Path
    history: History

    def address(self, path: str) -> str | None:
        """The whole address of a page or file, by its path below the documentation folder."""
        file = self.files.get_file_from_path(path)
        if file is None or not self.config.site_url:
            return None
        return urljoin(self.config.site_url, file.url)

    def leaf(self, edition: Edition, page: Page) -> Leaf:
        """A page for its colophon; one that the office wrote has a file of its own."""
        own = page.file.abs_src_path
        title = plain(page.title or page.file.name)
        if page.file.generated_by is None and own is not None:
            changes = history_address(page.edit_url) if page.edit_url else None
            age = self.history.age([self._below_root(Path(own))])
            where = self.address(page.file.src_uri) or f"/{page.url}"
            return Leaf(title, where, age, edit=page.edit_url, history=changes)
        return leaves.leaf(
            edition,
            page.file.src_uri.removeprefix(edition.folder),
            title,
            self.history,
            folder=self._below_root(self.measures),
            site_url=self.config.site_url or "",
        )

    def head(self, edition: Edition, page: Page, site_name: str) -> Head:
        """The head of a page; `site_name` is what its edition calls the site."""
        path = page.file.src_uri.removeprefix(edition.folder)
        described = Described(
            path,
            plain(page.title or ""),
            plain(self._description(page)),
            self.leaf(edition, page).age,
        )
        return heads.head(
            edition,
            described,
            self.address,
            site_name,
            alternates={language: f"{above}{path}" for language, above in FOLDERS.items()},
            picture=self._picture(edition, path),
        )

    def _picture(self, edition: Edition, path: str) -> Picture | None:
        """The share picture of a page, where it was drawn."""
        drawn = self.address(share_pictures.picture_path(edition, path))
        return Picture(drawn, share_pictures.card(edition, path).told) if drawn else None

    def _description(self, page: Page) -> str:
        """What the page says of itself, else how it begins, else what the site is about."""
        told = page.meta.get("description")
        begins = re.search(r"<p>(.+?)</p>", page.content or "", re.DOTALL)
        return str(told or (begins and begins[1]) or self.config.site_description or "")

    def _below_root(self, path: Path) -> str:
        root = Path(self.config.config_file_path).parent
        return Path(os.path.relpath(path.absolute(), root.absolute())).as_posix()


def plain(title: str) -> str:
    """A title in plain words: MkDocs keeps titles as HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", title)).split())
