"""The frame of a page: each language has its own menu, names and words, and the way to the other."""

from __future__ import annotations

from pathlib import Path

import material
import pytest
from bs4 import BeautifulSoup, Tag

from .conftest import ROOT, rewrite
from .test_plugin import mkdocs, page

ADDRESS = "https://www.example.go.th/ita/"
MATERIAL = Path(material.__file__).parent / "templates"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    for name in ("measures", "content", "mkdocs.yml"):
        (folder / name).symlink_to(ROOT / name)
    done = mkdocs(folder, "build", "--strict", SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    return folder


def menu(site: BeautifulSoup) -> list[str]:
    links = site.select("#site-menu li a")
    return [" ".join(link.get_text().split()) for link in links]


def test_each_language_has_its_own_menu(made: Path) -> None:
    thai, english = page(made, "2568/index.html"), page(made, "en/2568/index.html")
    assert menu(thai)[0] == "หน้าแรก"
    assert "ผลการตรวจลิงก์" in menu(thai)
    assert "Link checks" not in menu(thai)
    assert menu(english)[0] == "Home"
    assert "Indicator 3: Power Distortion" in menu(english)
    assert "ผลการตรวจลิงก์" not in menu(english)
    for link in english.select("#site-menu li a"):
        target = (made / "site/en/2568" / str(link["href"])).resolve()
        assert target.is_relative_to((made / "site/en").resolve())


@pytest.mark.parametrize(
    ("path", "language", "other"),
    [
        ("2568/indicators/3/index.html", "th", "../../../en/2568/indicators/3/"),
        ("en/2568/indicators/3/index.html", "en", "../../../../2568/indicators/3/"),
        ("index.html", "th", "en/"),
        ("en/index.html", "en", ".."),
        ("about/index.html", "th", "../en/about/"),
    ],
)
def test_every_page_names_its_language_and_leads_to_the_other(
    made: Path, path: str, language: str, other: str
) -> None:
    found = page(made, path)
    assert found.html["lang"] == language
    (link,) = found.select("a.other-language")
    assert str(link["href"]).rstrip("/") == other.rstrip("/")
    assert link["lang"] == link["hreflang"] == {"th": "en", "en": "th"}[language]


def test_search_engines_are_told_whole_addresses_and_the_server_is_asked_for_nothing(
    made: Path,
) -> None:
    head = page(made, "en/2568/timeline/index.html").head
    assert isinstance(head, Tag)
    links = {link["hreflang"]: link["href"] for link in head.select("link[hreflang]")}
    thai = f"{ADDRESS}2568/timeline/"
    assert links == {"th": thai, "en": f"{ADDRESS}en/2568/timeline/", "x-default": thai}
    text = (made / "site/en/2568/timeline/index.html").read_text("utf-8")
    assert text.count('<link rel="alternate " href') == 3
    assert '<link rel="alternate" href' not in text


def test_material_still_has_what_is_mended_here() -> None:
    base = (MATERIAL / "base.html").read_text("utf-8")
    assert '<link rel="alternate" href="{{ alt.link | url }}"' in base
    (bundle,) = (MATERIAL / "assets/javascripts").glob("bundle.*.min.js")
    assert '"link[rel=alternate]"' in bundle.read_text("utf-8")
    language = (MATERIAL / "partials/language.html").read_text("utf-8")
    assert "config.theme.language" in language
    assert "page.meta" not in language
    assert "md-select" in (MATERIAL / "partials/alternate.html").read_text("utf-8")


def test_the_themes_words_follow_the_page(made: Path) -> None:
    assert page(made, "en/index.html").find("input", {"name": "query"})["placeholder"] == "Search"
    assert page(made, "index.html").find("input", {"name": "query"})["placeholder"] == "ค้นหา"


def test_names_of_the_site_are_the_languages(made: Path) -> None:
    english = page(made, "en/links/index.html")
    assert english.title.get_text() == "Link checks - Transparency of Dong Mueang SAO"
    thai = page(made, "links/index.html")
    assert thai.title.get_text() == "ผลการตรวจลิงก์ - ความโปร่งใส อบต.ดงเมือง"


def test_previous_and_next_stay_within_a_language(made: Path) -> None:
    for file in (made / "site").rglob("index.html"):
        soup = BeautifulSoup(file.read_bytes(), "html.parser")
        english = file.relative_to(made / "site").parts[0] == "en"
        for link in soup.select("link[rel=prev], link[rel=next]"):
            target = (file.parent / str(link["href"])).resolve()
            assert target.is_relative_to((made / "site/en").resolve()) == english, file


def test_own_english_pages_join_the_english_menu(office: Path) -> None:
    (office / "content/only.md").write_text("# เฉพาะภาษาไทย\n", "utf-8")
    (office / "content/en/index.md").write_text("# Welcome\n", "utf-8")
    assert mkdocs(office, "build", "--strict").returncode == 0
    english = page(office, "en/index.html")
    assert english.find("h1").get_text() == "Welcome"
    assert english.select("dl.figures")
    assert "About this site" in menu(english)
    assert "About this site" not in menu(page(office, "index.html"))
    # What stands in one language alone leads to the other's home page.
    (link,) = page(office, "only/index.html").select("a.other-language")
    assert str(link["href"]).rstrip("/") == "../en"


def test_an_offices_own_menu_is_left_alone(office: Path) -> None:
    rewrite(office / "mkdocs.yml", "docs_dir:", "nav: [index.md, about.md]\ndocs_dir:")
    assert mkdocs(office, "build").returncode == 0
    assert "ผลการตรวจลิงก์" not in menu(page(office, "index.html"))
    assert "เกี่ยวกับเว็บไซต์นี้" in menu(page(office, "index.html"))
    assert page(office, "en/index.html").find("h1")


def test_an_offices_own_main_template_keeps_what_every_page_has(office: Path) -> None:
    (office / "theme").mkdir()
    own = '{% extends "base.html" %}{% block announce %}ประกาศ{% endblock %}'
    (office / "theme/main.html").write_text(own, "utf-8")
    rewrite(office / "mkdocs.yml", "  name: material", "  name: material\n  custom_dir: theme")
    assert mkdocs(office, "build", "--strict").returncode == 0
    for path in ("index.html", "en/links/index.html"):
        found = page(office, path)
        assert "ประกาศ" in found.select_one(".md-banner").get_text()
        assert "assets/search.js#" in found.find(id="__config").string
        assert found.select('script[type="application/ld+json"]')
        assert len(found.select("link[rel=preload]")) == 4


def test_no_name_of_an_office_carries_html_into_any_page(office: Path) -> None:
    nasty = "A & B </title><script>alert(1)</script>"
    rewrite(office / "measures/agency.yaml", "en: Dong Mueang SAO", f"en: '{nasty}'")
    rewrite(office / "mkdocs.yml", "site_name: ความโปร่งใส อบต.ดงเมือง", f"site_name: '{nasty}'")
    assert mkdocs(office, "build", "--strict").returncode == 0
    for path in (office / "site").rglob("*.html"):
        assert "<script>alert" not in path.read_text("utf-8"), path
    assert page(office, "en/index.html").title.get_text() == f"Transparency of {nasty}"
    assert page(office, "index.html").title.get_text() == nasty


def test_an_own_menu_in_thai_leaves_the_english_pages_their_own(office: Path) -> None:
    rewrite(office / "mkdocs.yml", "docs_dir:", "nav: [index.md, about.md]\ndocs_dir:")
    assert mkdocs(office, "build", "--strict").returncode == 0
    assert "Link checks" in menu(page(office, "en/index.html"))
    assert "เกี่ยวกับเว็บไซต์นี้" not in menu(page(office, "en/index.html"))
