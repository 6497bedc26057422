"""Search: ours beside Material's own, over the same pages, in one browser, in one run.

    python -m benchmarks.search [--small]

The sites are those of the judged queries of the tests (`found` is how much of what a person would
give a reader was found there) and of a hundred and a thousand varied measures. `before use` is what
a page fetches for its search before a reader touches it; `first` is the time from a query typed on
a fresh page to the first result, the index fetched and read; `next` the middle of the later ones.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from site_builder import publication
from site_builder.folder import read_folder
from site_builder.measurefile import write
from tests import search_office
from tests.browsing import launched, served
from tests.conftest import ROOT
from tests.search_queries import SECOND_OFFICE, read

_LIST = "[data-md-component=search-result]"
_FIELD = "[data-md-component=search-query]"
_WORDS = ("โปร่งใส", "ประชาชน", "ธนาคารข้าว", "ต.ค. 67", "No Gift", "รถ", "การ", "จัดซื้อจัดจ้าง")
_ASK = """async query => {
  const field = document.querySelector("[data-md-component=search-query]");
  const list = document.querySelector("[data-md-component=search-result] ol");
  const ask = words => {
    field.value = words;
    field.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
  };
  const sleep = time => new Promise(done => setTimeout(done, time));
  field.focus();
  const status = list.previousElementSibling;
  const start = performance.now();
  list.replaceChildren();
  status.textContent = "";
  ask(query);
  // Until there is a result, or the word that there is none.
  while (!list.firstElementChild && !status.textContent.startsWith("ไม่พบ")) {
    if (performance.now() - start > 30000) break;
    await sleep(0);
  }
  const took = performance.now() - start;
  await sleep(50);
  return took;
}"""


@dataclass(frozen=True, slots=True)
class Row:
    """What one search did on one site."""

    index: int
    before_use: int
    first: float
    later: float
    found: float | None


def _material(measures: Path, folder: Path) -> Path:
    """The same pages with Material's own search: its plugin, its worker, its form."""
    reading = read_folder(measures)
    if reading.disclosure is None:
        raise RuntimeError("the measures cannot be published")
    files = publication.publish(reading.disclosure, {}, today=date(2025, 6, 1)).files
    for path, data in files.items():
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_bytes(data)
    config = {
        "site_name": "x",
        "theme": {"name": "material", "language": "th", "font": False},
        "plugins": ["search"],
        "markdown_extensions": ["attr_list", "site_builder.report_tables"],
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config), "utf-8")
    return _built(folder)


def _ours(measures: Path, folder: Path) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "content").mkdir()
    shutil.copytree(measures, folder / "measures")
    return _built(folder)


def _built(folder: Path) -> Path:
    build(load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site")))
    return folder / "site"


def _offices(counts: Sequence[int]) -> Iterator[tuple[str, Callable[[Path], None], bool]]:
    yield "judged", search_office.write_office, True
    for count in counts:
        yield f"{count}", functools.partial(_write_many, count), False


def _write_many(count: int, folder: Path) -> None:
    search_office.write_office(folder)
    for file in (folder / "2568").glob("[a-z0-9-]*.yaml"):
        if file.name != "report.yaml":
            file.unlink()
    shutil.rmtree(folder / "2567")
    reading = read_folder(ROOT / "measures")
    reports = reading.disclosure.reports if reading.disclosure else ()
    committed = [search_office.as_values(m) for report in reports for m in report.measures]
    for number, values in enumerate(search_office.many(count, committed)):
        (folder / "2568" / f"m-{number:04}.yaml").write_text(write(values), "utf-8")


@contextmanager
def _page(browser: Browser, base: str) -> Iterator[tuple[Page, list[str]]]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=base)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(base)))
    page.goto("/links/")
    page.wait_for_load_state("networkidle")
    yield page, asked
    page.close()


def _measured(site: Path, browser: Browser, *, judged: bool) -> Row:
    with served(site) as base, _page(browser, base) as (page, asked):
        # A worker's own requests are not among the page's.
        before = [path for path in asked if "search" in path]
        if any("workers/" in path for path in before):
            before += [f"/assets/javascripts/lunr/{name}" for name in _LUNR]
        first = page.evaluate(_ASK, _WORDS[0])
        later = statistics.median(page.evaluate(_ASK, word) for word in _WORDS[1:])
        found = _recall(page) if judged else None
    index = next(file for file in (site / "search").iterdir() if file.name in _INDEXES)
    return Row(
        _weight(index), sum(_weight(site / path[1:]) for path in before), first, later, found
    )


_INDEXES = {"th.json", "search_index.json"}
_LUNR = ("min/lunr.stemmer.support.min.js", "min/lunr.th.min.js", "wordcut.js")
"""What Material's worker asks for on every page in Thai."""


def _recall(page: Page) -> float:
    names = [f"{cells[1]}@{year}" for year in (2568, 2567) for cells in search_office.rows(year)]
    told = []
    for query in read(SECOND_OFFICE, names):
        if not query.right:
            continue
        page.evaluate(_ASK, query.text)
        for _ in range(30):  # later results come as the list is scrolled
            page.evaluate(
                "l => { const s = document.querySelector(l).parentElement;"
                " s.scrollTo(0, 0); setTimeout(() => s.scrollTo(0, s.scrollHeight), 5) }",
                _LIST,
            )
            page.wait_for_timeout(15)
        links = page.locator(f"{_LIST} a").evaluate_all("all => all.map(a => a.pathname + a.hash)")
        found = {_name(link) for link in links}
        told.append(len(query.right & found) / len(query.right))
    return statistics.mean(told)


def _name(link: str) -> str:
    return f"{link.partition('#')[2]}@{link.split('/')[1]}"


def _weight(file: Path) -> int:
    path = Path(str(file).partition("?")[0].partition("#")[0])
    return len(gzip.compress(path.read_bytes(), 6)) if path.is_file() else 0


def main() -> None:
    """Measure both on every site, and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--small", action="store_true", help="few measures, to see that it runs")
    small = parser.parse_args().small
    print("| measures | search | index KB | before use KB | first ms | next ms | found |")
    print("|---|---|---|---|---|---|---|")
    with launched() as browser:
        for name, office, judged in _offices([20] if small else [100, 1000]):
            if small and judged:
                continue
            for search, make in (("ours", _ours), ("Material", _material)):
                with tempfile.TemporaryDirectory() as place:
                    folder = Path(place)
                    office(folder / "written")
                    (folder / "work").mkdir()
                    site = make(folder / "written", folder / "work")
                    row = _measured(site, browser, judged=judged)
                found = "" if row.found is None else f"{row.found:.0%}"
                print(
                    f"| {name} | {search} | {row.index / 1000:.1f} | {row.before_use / 1000:.1f} "
                    f"| {row.first:.0f} | {row.later:.0f} | {found} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
