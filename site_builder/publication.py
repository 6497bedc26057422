"""What is published: every generated file as bytes, and its place in the menu.

The hinge between the core and any site engine: the MkDocs plugin and `prongsai export` hand on
the very same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from site_builder import downloads, linkdata, pages
from site_builder.model import Disclosure, Report

STYLE_SHEET = "assets/prongsai.css"
SCRIPT = "assets/prongsai.js"
"""Corrects, at the reader's clock, which results are old. Everything reads well without it."""
HOME = "index.md"


@dataclass(frozen=True, slots=True)
class Publication:
    """Files by their path below the documentation folder, and the menu over them."""

    files: Mapping[str, bytes]
    nav: tuple[Any, ...]
    """In the form of MkDocs' `nav` setting."""
    sources: Mapping[str, str]
    """The file below `measures/` that a page's edit link should open, where there is just one."""


def publish(
    disclosure: Disclosure,
    home_text: str | None,
    edit_url: pages.EditUrl = lambda _: None,
    *,
    today: date,
) -> Publication:
    """Everything that is generated for a disclosure.

    `today` is the day that the site is made for: it says which results of checks are old.
    """
    files: dict[str, bytes] = {
        HOME: pages.home(disclosure, home_text).encode(),
        "links.md": pages.links(disclosure, today).encode(),
        "data/index.md": pages.data(disclosure).encode(),
        **assets(),
    }
    files |= data_files(disclosure)
    for report in disclosure.reports:
        files |= _year_pages(disclosure, report, edit_url, today)
    return Publication(files, _nav(disclosure), _sources(disclosure))


def assets() -> dict[str, bytes]:
    """What all generated pages share, by path: one style sheet, one script, and whole files.

    The style sheet and the script are the parts in `theme/styles` and `theme/scripts`, in the
    order of their names; what lies in `theme/assets` is handed on as it is.
    """
    theme = resources.files("site_builder").joinpath("theme")
    return {
        STYLE_SHEET: _joined(theme.joinpath("styles")),
        SCRIPT: _joined(theme.joinpath("scripts")),
        **{f"assets/{name}": data for name, data in _below(theme.joinpath("assets"))},
    }


def _joined(parts: Traversable) -> bytes:
    files = sorted(parts.iterdir(), key=lambda part: part.name)
    return b"\n".join(file.read_bytes() for file in files)


def _below(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda part: part.name):
        if entry.is_dir():
            yield from _below(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.read_bytes()


def data_files(disclosure: Disclosure) -> dict[str, bytes]:
    """The data files alone, by path."""
    files = {
        "data/links.json": linkdata.links_json(disclosure),
        "data/links.csv": linkdata.links_csv(disclosure),
    }
    for report in disclosure.reports:
        folder = f"data/{report.fiscal_year}"
        files[f"{folder}/measures.json"] = downloads.measures_json(report, disclosure.agency)
        files[f"{folder}/measures.csv"] = downloads.measures_csv(report)
    return files


def _year_pages(
    disclosure: Disclosure, report: Report, edit_url: pages.EditUrl, today: date
) -> dict[str, bytes]:
    files = {pages.year_path(report): pages.year(disclosure, report, today).encode()}
    for indicator in report.indicators:
        text = pages.indicator(disclosure, report, indicator, edit_url, today)
        files[pages.indicator_path(report, indicator)] = text.encode()
    return files


def _nav(disclosure: Disclosure) -> tuple[Any, ...]:
    agency = disclosure.agency
    years = [
        {
            pages.menu_title(pages.year_title(report, agency)): [
                pages.year_path(report),
                *(
                    {
                        pages.menu_title(pages.indicator_title(i, agency)): pages.indicator_path(
                            report, i
                        )
                    }
                    for i in report.indicators
                ),
            ]
        }
        for report in disclosure.reports
    ]
    tail = [{"ผลการตรวจลิงก์": "links.md"}, {"ข้อมูลเปิด": "data/index.md"}]
    return ({"หน้าแรก": HOME}, *years, *tail)


def _sources(disclosure: Disclosure) -> dict[str, str]:
    sources: dict[str, str] = {}
    for report in disclosure.reports:
        sources[pages.year_path(report)] = f"{report.fiscal_year}/report.yaml"
        for indicator in report.indicators:
            measures = report.measures_of(indicator)
            if len(measures) == 1:
                path = pages.indicator_path(report, indicator)
                sources[path] = f"{report.fiscal_year}/{measures[0].id}.yaml"
    return sources
