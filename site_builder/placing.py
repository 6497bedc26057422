"""Where the pages of a MkDocs site stand: what the core must know of them, and cannot."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from site_builder import heads, leaves, share_pictures
from site_builder.edition import FOLDERS, Edition
from site_builder.heads import Head, Picture
from site_builder.history import Age, history_address
from site_builder.leaves import Project
from site_builder.pages.colophon import Leaf
from site_builder.structured_data import Described


@dataclass(frozen=True, slots=True)
class Place:
    """One edition of a site in the making: its files, its names, and what it is made from."""

    files: Files
    project: Project
    site_name: str
    site_description: str | None = None

    def address(self, path: str) -> str | None:
        """The whole address of a page or file, by its path below the documentation folder."""
        file = self.files.get_file_from_path(path)
        if file is None or not self.project.site_url:
            return None
        return urljoin(self.project.site_url, file.url)

    def leaf(self, edition: Edition, page: Page) -> Leaf:
        """A page that the office wrote, for its colophon: it has a file of its own."""
        path = page.file.src_uri
        return Leaf(
            plain(page.title or page.file.name),
            self.address(path) or f"/{page.url}",
            self._age(edition, page),
            edit=page.edit_url,
            history=history_address(page.edit_url) if page.edit_url else None,
        )

    def _age(self, edition: Edition, page: Page) -> Age:
        path, project = page.file.src_uri, self.project
        if page.file.generated_by is None:
            return project.history.age([f"{project.content}/{path}"])
        return leaves.leaf(edition, path.removeprefix(edition.folder), "", project).age

    def head(self, edition: Edition, page: Page) -> Head:
        """The head of a page."""
        path = page.file.src_uri.removeprefix(edition.folder)
        described = Described(
            path,
            plain(page.title or ""),
            plain(self._description(page)),
            self._age(edition, page),
        )
        return heads.head(
            edition,
            described,
            self.address,
            self.site_name,
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
        return str(told or (begins and begins[1]) or self.site_description or "")


def plain(title: str) -> str:
    """A title in plain words: MkDocs keeps titles as HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", title)).split())
