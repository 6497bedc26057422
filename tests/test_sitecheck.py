"""Proof of the built site: whatever is lost on the way to the reader is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown

from site_builder import publication
from site_builder.files import write_files
from site_builder.folder import read_folder
from site_builder.model import Agency, Disclosure, Indicator, Measure, Report, ReportHeader
from site_builder.sitecheck import check_site

PUBLIC = "https://x.go.th/a.pdf?a=1&b=(2)|3"
SECOND = "https://x.go.th/b.pdf"
INTRANET = "http://10.0.0.1/a_b.pdf"
TODAY = date(2026, 11, 23)
YEAR, INDICATOR = "2568/index.html", "2568/indicators/1/index.html"


def measure(measure_id: str, **values: object) -> Measure:
    plain = {
        "indicator": "1",
        "measure": f"มาตรการ {measure_id} | **หนา** <b>",
        "method": ["ข้อ *หนึ่ง*", "2. ข้อสอง\nบรรทัดใหม่"],
        "responsible_unit": "สำนักปลัด",
        "period": "ต.ค.๖๗-ก.ย.๖๘",
        **values,
    }
    read = Measure.model_validate(plain, context={"fiscal_year": 2568})
    return read.model_copy(update={"id": measure_id})


def evidence(*urls: str) -> list[dict[str, str]]:
    return [{"title": "หลักฐาน | [ก]", "url": url} for url in urls]


@pytest.fixture(scope="module")
def disclosure() -> Disclosure:
    report = Report(
        fiscal_year=2568,
        header=ReportHeader.model_validate({"title": "รายงาน"}),
        indicators=tuple(
            Indicator(number=n, name=f"ชื่อ {n}", name_en="-", instrument="IIT") for n in (1, 2)
        ),
        measures=(
            measure("01-a", evidence=evidence(PUBLIC, INTRANET), outcome="ดู https://y.go.th/ ครับ"),
            measure("02-b", evidence=evidence(SECOND)),
            measure("03-c", indicator="2", result_summary="ก"),
        ),
    )
    agency = Agency.model_validate(
        {"name": {"th": "อบต.ก"}, "province": "ข", "website": "https://x.go.th/"}
    )
    return Disclosure(agency=agency, reports=(report,))


def build(site: Path, disclosure: Disclosure, *, directories: bool = True) -> None:
    """A site as plain as can be: each page through Python-Markdown, files as they are."""
    engine = Markdown(extensions=["tables", "attr_list", "site_builder.report_tables"])
    files: dict[str, bytes] = {}
    for name, data in publication.publish(disclosure, {}, today=TODAY).files.items():
        path = PurePosixPath(name)
        if path.suffix != ".md":
            files[name] = data
            continue
        text = data.decode()
        body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
        plain = path.with_suffix(".html")
        folder = directories and path.stem != "index"
        target = plain.with_suffix("") / "index.html" if folder else plain
        files[str(target)] = engine.reset().convert(body).encode()
    write_files(site, files)


@pytest.fixture
def site(tmp_path: Path, disclosure: Disclosure) -> Path:
    build(tmp_path, disclosure)
    return tmp_path


def found_in(site: Path, disclosure: Disclosure) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (each.code, Path(each.place.file).relative_to(site).as_posix(), dict(each.details))
        for each in check_site(site, disclosure)
    ]


@pytest.mark.parametrize("directories", [True, False])
def test_a_whole_site_passes(tmp_path: Path, disclosure: Disclosure, directories: bool) -> None:
    build(tmp_path, disclosure, directories=directories)
    assert check_site(tmp_path, disclosure) == ()


def test_the_published_report_passes(tmp_path: Path) -> None:
    published = read_folder(Path(__file__).parent.parent / "measures").disclosure
    assert published is not None
    build(tmp_path, published)
    assert check_site(tmp_path, published) == ()


@dataclass(frozen=True)
class Loss:
    """A change to one page, and the problem that must name it."""

    page: str
    change: Callable[[BeautifulSoup], None]
    code: str
    details: dict[str, str]


def remove(selector: str) -> Callable[[BeautifulSoup], None]:
    def change(page: BeautifulSoup) -> None:
        found = page.select(selector)
        assert found
        for element in found:
            element.decompose()

    return change


def reword(selector: str, words: str) -> Callable[[BeautifulSoup], None]:
    def change(page: BeautifulSoup) -> None:
        element = page.select_one(selector)
        assert element is not None
        element.string = words

    return change


def redirect(old: str, new: str) -> Callable[[BeautifulSoup], None]:
    def change(page: BeautifulSoup) -> None:
        links = [a for a in page.find_all("a") if isinstance(a, Tag) and a.get("href") == old]
        assert links
        for link in links:
            link["href"] = new

    return change


def move_last(selector: str) -> Callable[[BeautifulSoup], None]:
    def change(page: BeautifulSoup) -> None:
        element = page.select_one(selector)
        assert element is not None
        page.append(element.extract())

    return change


def unwritten(page: BeautifulSoup) -> None:
    for text in page.find_all(string=lambda text: INTRANET in (text or "")):
        text.replace_with("")


FIRST = {"measure": "01-a"}
LOSSES = {
    "a row": Loss(YEAR, remove("tbody tr:nth-child(2)"), "site-row-missing", {"measure": "02-b"}),
    "a cell": Loss(YEAR, remove("tr:first-child td:nth-child(4)"), "site-row-missing", FIRST),
    "a changed word": Loss(YEAR, reword("td:nth-child(5)", "ก.ย.๖๘"), "site-row-missing", FIRST),
    "a bullet": Loss(
        YEAR, remove("tr:first-child td:nth-child(3) li:last-child"), "site-row-missing", FIRST
    ),
    "a section": Loss(
        INDICATOR,
        remove('[id="02-b"]'),
        "site-measure-missing",
        {"measure": "02-b"},
    ),
    "an evidence link": Loss(
        INDICATOR,
        remove('a[href^="https://x.go.th/a.pdf"]'),
        "site-evidence-missing",
        {**FIRST, "url": PUBLIC},
    ),
    "an evidence link cut short": Loss(
        INDICATOR, redirect(PUBLIC, PUBLIC[:-1]), "site-evidence-missing", {**FIRST, "url": PUBLIC}
    ),
    "an evidence address that is no link": Loss(
        INDICATOR, unwritten, "site-evidence-missing", {**FIRST, "url": INTRANET}
    ),
    "evidence in another section": Loss(
        INDICATOR,
        move_last(f'li:has(> a[href="{PUBLIC}"])'),
        "site-evidence-missing",
        {**FIRST, "url": PUBLIC},
    ),
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_loss_is_named(site: Path, disclosure: Disclosure, loss: Loss) -> None:
    file = site / loss.page
    page = BeautifulSoup(file.read_bytes(), "html.parser")
    loss.change(page)
    file.write_text(str(page), "utf-8")
    assert found_in(site, disclosure) == [(loss.code, loss.page, loss.details)]


def test_a_page_without_tables_loses_every_row(site: Path, disclosure: Disclosure) -> None:
    (site / YEAR).write_text("<h1>2568</h1>", "utf-8")
    lost = [(code, details["measure"]) for code, _, details in found_in(site, disclosure)]
    assert lost == [("site-row-missing", name) for name in ("01-a", "02-b", "03-c")]


FILES = [
    "index.html",
    "links/index.html",
    YEAR,
    INDICATOR,
    "2568/indicators/2/index.html",
    "data/2568/measures.json",
    "data/2568/measures.csv",
]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(site: Path, disclosure: Disclosure, name: str) -> None:
    (site / name).unlink()
    assert found_in(site, disclosure) == [("site-page-missing", name, {})]


@pytest.mark.parametrize(
    "name",
    ["data/2568/measures.json", "data/2568/measures.csv", "data/links.json", "data/links.csv"],
)
def test_a_data_file_is_the_same_byte_for_byte(
    site: Path, disclosure: Disclosure, name: str
) -> None:
    with (site / name).open("ab") as stream:
        stream.write(b"\n")
    assert found_in(site, disclosure) == [("site-data-differs", name, {})]


def test_a_site_built_before_the_last_edit_is_noticed(site: Path, disclosure: Disclosure) -> None:
    (report,) = disclosure.reports
    added = report.model_copy(update={"measures": (*report.measures, measure("04-d"))})
    edited = disclosure.model_copy(update={"reports": (added,)})
    assert {code for code, _, _ in found_in(site, edited)} == {
        "site-data-differs",
        "site-row-missing",
        "site-measure-missing",
    }


def test_an_empty_folder_lacks_everything(tmp_path: Path, disclosure: Disclosure) -> None:
    found = check_site(tmp_path, disclosure)
    assert {each.code for each in found} == {"site-page-missing"}
    (report,) = disclosure.reports
    # Four data files; in each language home, links, the year and its indicators.
    assert len(found) == 4 + 2 * (2 + 1 + len(report.indicators))
