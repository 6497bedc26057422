"""What each generated page is made from: its files, their age, and the addresses that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from site_builder import standing
from site_builder.edition import Edition
from site_builder.history import History, history_address
from site_builder.model import Disclosure, Measure, Report
from site_builder.pages import naming
from site_builder.pages.colophon import Leaf

Shown = tuple[Report, Measure]


@dataclass(frozen=True, slots=True)
class Project:
    """What is known of the project that a site is made from."""

    history: History = field(default_factory=History)
    measures: str = "measures"
    """The folder of the measures, below the project."""
    content: str = "content"
    """The folder of the pages that the office wrote."""
    site_url: str = ""
    """The site's own address, where it is known."""


def measures_on(disclosure: Disclosure, path: str) -> tuple[Shown, ...]:
    """The measures that a page of an edition tells of, by its path in `pages.naming`.

    A page of a year that is neither an indicator's nor a unit's tells of the whole year, any other
    of all years.
    """
    every = tuple((r, measure) for r in disclosure.reports for measure in r.in_table_order())
    for report in disclosure.reports:
        if not path.startswith(f"{report.fiscal_year}/"):
            continue
        for indicator in report.indicators:
            if path == naming.indicator_path(report, indicator):
                return tuple((report, measure) for measure in report.measures_of(indicator))
        for unit, measures in standing.units(disclosure, report).items():
            if path == naming.unit_path(report, unit):
                return tuple((report, measure) for measure in measures)
        return tuple(shown for shown in every if shown[0] is report)
    return every


def leaf(edition: Edition, path: str, title: str, project: Project, own: str = "") -> Leaf:
    """A generated page for its colophon.

    Args:
        edition: the edition that the page is of.
        path: within the edition, as in `pages.naming`.
        title: in plain words.
        project: what the page is made in.
        own: the file below `content/` with the office's own text of the page, where there is one.
    """
    shown = measures_on(edition.disclosure, path)
    files = _files(edition.disclosure, path, shown)
    made_of = [f"{project.measures}/{file}" for file in files]
    if own:
        made_of.append(f"{project.content}/{own}")
    source = files[0] if len(made_of) == 1 else None
    changes = edition.edit_url(source or _folder_of(files))
    return Leaf(
        title=title,
        address=urljoin(project.site_url or "/", f"{edition.folder}{_directory(path)}"),
        age=project.history.age(made_of),
        urls=[url for _, measure in shown for url, _ in measure.urls()],
        edit=edition.edit_url(source) if source else None,
        history=history_address(changes) if changes else None,
    )


def _files(disclosure: Disclosure, path: str, shown: Sequence[Shown]) -> tuple[str, ...]:
    """The files below `measures/` that a page is made from."""
    files = [f"{report.fiscal_year}/{measure.id}.yaml" for report, measure in shown]
    years = [r for r in disclosure.reports if path.startswith(f"{r.fiscal_year}/")]
    is_whole_year = any(path == naming.year_path(report) for report in years)
    if is_whole_year or not files:
        files += [f"{report.fiscal_year}/report.yaml" for report in years]
    if not years:
        files += [f"{report.fiscal_year}/report.yaml" for report in disclosure.reports]
        files.append("agency.yaml")
    return tuple(files)


def _folder_of(files: Sequence[str]) -> str:
    """The folder that holds all of these files; empty for `measures/` itself."""
    folders = {file.rpartition("/")[0] for file in files}
    return folders.pop() if len(folders) == 1 else ""


def _directory(path: str) -> str:
    """The address of a page from its edition's home, as sites of directories have it."""
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"
