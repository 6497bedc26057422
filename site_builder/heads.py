"""The head of a page: its title, and what is shown of it where somebody shares its address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.edition import Edition
from site_builder.pages import naming
from site_builder.problems import Language
from site_builder.structured_data import Address, Described, graph

DESCRIPTION_LIMIT = 160
"""Characters of a description that search engines show."""
PICTURE_SIZE = (1200, 630)
"""Width and height of a share picture, in pixels: what LINE and Facebook show whole."""
_LOCALES: Mapping[Language, str] = {"th": "th_TH", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Meta:
    """One `<meta>`: the attribute that names it, its name, and what it says."""

    attribute: str
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The share picture of a page."""

    address: str
    """Whole: whoever shows it stands elsewhere."""
    told: str
    """What is to be seen on it, in words."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says beyond what the theme puts there."""

    title: str
    description: str
    metas: tuple[Meta, ...]
    alternates: Mapping[Language, str]
    """The whole address of the page in each language; empty where the site has none."""
    graph: Mapping[str, Any]
    """JSON-LD, to be printed so that nothing in it ends the script."""


def head(  # noqa: PLR0913 - what a page is, and where it stands
    edition: Edition,
    page: Described,
    address: Address,
    site_name: str,
    *,
    alternates: Mapping[Language, str] | None = None,
    picture: Picture | None = None,
) -> Head:
    """The head of a page; `alternates` are the pages that tell the same, by their paths."""
    # A menu calls the home page "home"; whoever is shown it elsewhere knows the site's name.
    title = site_name if page.path == naming.HOME else unique_title(edition, page)
    described = Described(page.path, title, shortened(page.description), page.age)
    whole = {
        language: found
        for language, path in (alternates or {}).items()
        if (found := address(path)) is not None
    }
    return Head(
        title=title,
        description=described.description,
        metas=tuple(_metas(edition, described, address, site_name, picture)),
        alternates=whole,
        graph=graph(edition, described, address),
    )


def unique_title(edition: Edition, page: Described) -> str:
    """The title of a page, with its year where pages of other years have the same."""
    for report in edition.disclosure.reports:
        year = edition.year_title(report)
        inside = page.path.startswith(f"{report.fiscal_year}/")
        if inside and page.path != naming.year_path(report) and year not in page.title:
            return f"{page.title} {year}" if edition.language == "th" else f"{page.title}, {year}"
    return page.title


def shortened(text: str, limit: int = DESCRIPTION_LIMIT) -> str:
    """A text of no more than so many characters, cut where a word ends if it must be."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    kept, _, _ = text[:limit].rpartition(" ")
    # Thai without any space is cut where a letter begins, never between it and its marks.
    if not kept:
        kept = text[: limit - 1]
        while text[len(kept)] in _MARKS and kept:
            kept = kept[:-1]
    return f"{kept.rstrip(' ,;:·–-')}…"


_MARKS = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎")
"""Thai signs that cannot begin a line: vowels that follow, and what stands above or below."""


def _metas(
    edition: Edition, page: Described, address: Address, site_name: str, picture: Picture | None
) -> Iterator[Meta]:
    yield Meta("property", "og:type", "website" if page.path == naming.HOME else "article")
    yield Meta("property", "og:site_name", site_name)
    yield Meta("property", "og:title", page.title)
    yield Meta("property", "og:description", page.description)
    if whole := address(f"{edition.folder}{page.path}"):
        yield Meta("property", "og:url", whole)
    yield Meta("property", "og:locale", _LOCALES[edition.language])
    if picture is None:
        yield Meta("name", "twitter:card", "summary")
        return
    width, height = PICTURE_SIZE
    yield Meta("property", "og:image", picture.address)
    yield Meta("property", "og:image:type", "image/png")
    yield Meta("property", "og:image:width", f"{width}")
    yield Meta("property", "og:image:height", f"{height}")
    yield Meta("property", "og:image:alt", picture.told)
    yield Meta("name", "twitter:card", "summary_large_image")
