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

from site_builder import downloads, leaves, linkdata, pages, standing
from site_builder.edition import FOLDERS, Edition, EditUrl
from site_builder.leaves import Project
from site_builder.model import Disclosure, Report
from site_builder.problems import Language

STYLE_SHEET = "assets/prongsai.css"
SCRIPT = "assets/prongsai.js"
"""Corrects, at the reader's clock, which results are old. Everything reads well without it."""
HOMES: Mapping[Language, str] = {language: f"{FOLDERS[language]}index.md" for language in FOLDERS}
"""The home page of each edition; an office may write the text of its own."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Files by their path below the documentation folder, and the menu over them."""

    files: Mapping[str, bytes]
    nav: Mapping[Language, tuple[Any, ...]]
    """The menu of each edition, in the form of MkDocs' `nav` setting."""
    sources: Mapping[str, str]
    """The file below `measures/` that a page's edit link should open, where there is just one."""


def publish(
    disclosure: Disclosure,
    home_texts: Mapping[Language, str],
    *,
    today: date,
    edit_url: EditUrl = lambda _: None,
    project: Project | None = None,
) -> Publication:
    """Everything that is generated for a disclosure, in every language.

    `home_texts` holds the office's own text of a home page, where it wrote one; `today` is the day
    that the site is made for: it says what is over, and which results of checks are old; `project`
    is what is known of where the files lie.
    """
    project = project or Project()
    files = {**assets(), **data_files(disclosure)}
    nav: dict[Language, tuple[Any, ...]] = {}
    sources: dict[str, str] = {}
    for language, folder in FOLDERS.items():
        edition = Edition(disclosure, today, language, edit_url, project.history)
        made = _pages(edition, home_texts.get(language))
        for path, text in made.items():
            own = HOMES[language] if path == pages.HOME and language in home_texts else ""
            title = pages.title_of(text) or edition.say("หน้าแรก", "Home")
            leaf = leaves.leaf(edition, path, title, project, own)
            ends = (pages.colophon(edition, leaf), pages.print_foot(edition, leaf.urls or ()))
            made[path] = "\n\n".join([text.rstrip(), *ends]) + "\n"
        files |= {f"{folder}{path}": text.encode() for path, text in made.items()}
        nav[language] = _nav(edition)
        sources |= {f"{folder}{path}": file for path, file in _sources(disclosure).items()}
    return Publication(files, nav, sources)


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


def _pages(edition: Edition, home_text: str | None) -> dict[str, str]:
    """The pages of an edition, by their path within it."""
    made = {
        pages.HOME: pages.home(edition, home_text),
        pages.LINKS: pages.links(edition),
        pages.DATA: pages.data(edition),
    }
    if len(edition.disclosure.reports) > 1:
        made[pages.YEARS] = pages.years(edition)
    for report in edition.disclosure.reports:
        made |= _year_pages(edition, report)
    return made


def _year_pages(edition: Edition, report: Report) -> dict[str, str]:
    made = {
        pages.year_path(report): pages.year(edition, report),
        pages.units_path(report): pages.unit_list(edition, report),
        pages.timeline_path(report): pages.timeline(edition, report),
    }
    if report.header.looks_back:
        made[pages.scores_path(report)] = pages.scores(edition, report)
    for indicator in report.indicators:
        path = pages.indicator_path(report, indicator)
        made[path] = pages.indicator(edition, report, indicator)
    for name, measures in standing.units(edition.disclosure, report).items():
        made[pages.unit_path(report, name)] = pages.unit(edition, report, name, measures)
    return made


def _nav(edition: Edition) -> tuple[Any, ...]:
    years = [
        {pages.menu_title(edition.year_title(report)): list(_year_nav(edition, report))}
        for report in edition.disclosure.reports
    ]
    tail = [
        _entry(edition, edition.say("ผลการตรวจลิงก์", "Link checks"), pages.LINKS),
        _entry(edition, edition.say("ข้อมูลเปิด", "Open data"), pages.DATA),
    ]
    if len(years) > 1:
        compared = edition.say("เปรียบเทียบรายปี", "Year against year")
        tail.insert(0, _entry(edition, compared, pages.YEARS))
    return (_entry(edition, edition.say("หน้าแรก", "Home"), pages.HOME), *years, *tail)


def _entry(edition: Edition, title: str, path: str) -> dict[str, str]:
    return {pages.menu_title(title): f"{edition.folder}{path}"}


def _year_nav(edition: Edition, report: Report) -> Iterator[Any]:
    yield f"{edition.folder}{pages.year_path(report)}"
    for indicator in report.indicators:
        title = edition.indicator_title(indicator)
        yield _entry(edition, title, pages.indicator_path(report, indicator))
    units = [
        _entry(
            edition, pages.unit_called(edition, name, measures)[0], pages.unit_path(report, name)
        )
        for name, measures in standing.units(edition.disclosure, report).items()
    ]
    by_unit = edition.say("แยกตามผู้รับผิดชอบ", "By responsible unit")
    yield {by_unit: [f"{edition.folder}{pages.units_path(report)}", *units]}
    yield _entry(
        edition, edition.say("ปฏิทินตามไตรมาส", "The year by quarter"), pages.timeline_path(report)
    )
    if report.header.looks_back:
        scores = edition.say("จากคะแนนสู่มาตรการ", "From scores to measures")
        yield _entry(edition, scores, pages.scores_path(report))


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
