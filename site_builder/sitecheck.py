"""Proof of the built site: each measure and each evidence link of the data stands in it.

A site engine that silently skips the plugin builds green and loses every table; this notices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from site_builder import pages, publication
from site_builder.edition import FOLDERS, Edition
from site_builder.model import OFFICIAL_COLUMNS, Disclosure, Measure, Report
from site_builder.problems import Place, Problem, problem


def check_site(site: Path, disclosure: Disclosure) -> tuple[Problem, ...]:
    """Compare a built site with the data it should hold, in every language."""
    return tuple(_problems(site, disclosure))


def _problems(site: Path, disclosure: Disclosure) -> Iterator[Problem]:
    for path, data in publication.data_files(disclosure).items():
        built = site / path
        if not built.is_file():
            yield problem("site-page-missing", Place(str(built)))
        elif built.read_bytes() != data:
            yield problem("site-data-differs", Place(str(built)))
    for language in FOLDERS:
        # What is compared are the office's words and addresses, which no day changes.
        yield from _edition(site, Edition(disclosure, date.min, language))


def _edition(site: Path, edition: Edition) -> Iterator[Problem]:
    for name in (pages.HOME, pages.LINKS):
        path = f"{edition.folder}{name}"
        if _page(site, path) is None:
            yield problem("site-page-missing", _place(site, path))
    for report in edition.disclosure.reports:
        yield from _year(site, edition, report)
        yield from _indicators(site, edition, report)


def _year(site: Path, edition: Edition, report: Report) -> Iterator[Problem]:
    path = f"{edition.folder}{pages.year_path(report)}"
    page = _page(site, path)
    if page is None:
        yield problem("site-page-missing", _place(site, path))
        return
    rows = Counter(_cells(row) for row in page.select("table tbody tr"))
    for measure in report.in_table_order():
        row = _row(edition, report, measure)
        rows[row] -= 1
        if rows[row] < 0:
            yield problem("site-row-missing", _place(site, path), measure=measure.id)


def _row(edition: Edition, report: Report, measure: Measure) -> tuple[str, ...]:
    """The seven cells that a reader should see, white space aside."""
    cells = (pages.plain_cell(edition, report, measure, n) for n in OFFICIAL_COLUMNS)
    return tuple(map(_squeezed, cells))


def _cells(row: Tag) -> tuple[str, ...]:
    cells = row.find_all(["th", "td"], recursive=False)
    return tuple(_squeezed(cell.get_text()) for cell in cells)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _indicators(site: Path, edition: Edition, report: Report) -> Iterator[Problem]:
    for indicator in report.indicators:
        path = f"{edition.folder}{pages.indicator_path(report, indicator)}"
        place = _place(site, path)
        page = _page(site, path)
        if page is None:
            yield problem("site-page-missing", place)
            continue
        for measure in report.measures_of(indicator):
            heading = page.find(id=measure.id)
            if not isinstance(heading, Tag):
                yield problem("site-measure-missing", place, measure=measure.id)
                continue
            yield from _evidence(edition.disclosure, measure, heading, place)


def _evidence(
    disclosure: Disclosure, measure: Measure, heading: Tag, place: Place
) -> Iterator[Problem]:
    items = [item for part in _section(heading) for item in part.find_all("li")]
    shown = Counter(_squeezed(item.get_text()) for item in items)
    linked = Counter(
        (_squeezed(a.get_text()), a.get("href")) for i in items for a in i.find_all("a")
    )
    for proof in measure.evidence:
        title = _squeezed(proof.title)
        if disclosure.is_link(proof.url):
            linked[title, proof.url] -= 1
            there = linked[title, proof.url] >= 0
        else:
            there = any(text.startswith(f"{title}({_squeezed(proof.url)})") for text in shown)
        if not there:
            yield problem("site-evidence-missing", place, measure=measure.id, url=proof.url)


def _section(heading: Tag) -> Iterator[Tag]:
    for sibling in heading.find_next_siblings():
        if sibling.name == heading.name:
            return
        yield sibling


def _page(site: Path, path: str) -> BeautifulSoup | None:
    file = _file(site, path)
    return BeautifulSoup(file.read_bytes(), "html.parser") if file.is_file() else None


def _file(site: Path, path: str) -> Path:
    """Where a page stands, with directory addresses or without."""
    plain = site / Path(path).with_suffix(".html")
    if plain.is_file() or plain.name == "index.html":
        return plain
    return plain.with_suffix("") / "index.html"


def _place(site: Path, path: str) -> Place:
    return Place(str(_file(site, path)))
