"""The head and the colophon of pages, as MkDocs puts them into a real site."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from .conftest import rewrite
from .test_plugin import mkdocs, page

SITE_URL = "https://x.go.th/ita/"
EDIT_URI = "https://github.com/o/r/edit/main/content/"


def commit_on(office: Path, day: int) -> None:
    moment = f"2026-11-{day:02}T19:00:00Z"
    who = {"NAME": "สมชาย ใจดี", "EMAIL": "somchai@mail.example"}
    environment = {
        f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()
    }
    environment |= {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(
            ["git", "-C", office, *command], check=True, env={**os.environ, **environment}
        )


@pytest.fixture
def built(office: Path) -> Path:
    """The site of a project of two days, with its own address."""
    commit_on(office, 1)
    rewrite(office / "content/privacy.md", "# ", "# ใหม่ ")
    commit_on(office, 23)
    done = mkdocs(office, "build", "--strict", SITE_URL=SITE_URL, EDIT_URI=EDIT_URI)
    assert done.returncode == 0, done.stderr
    return office


def pages(office: Path) -> dict[str, BeautifulSoup]:
    found = (file.relative_to(office / "site") for file in (office / "site").rglob("*.html"))
    return {
        path.as_posix(): page(office, path.as_posix()) for path in found if path.name != "404.html"
    }


def test_the_offices_own_pages_have_a_colophon(built: Path) -> None:
    old = page(built, "about/index.html").select_one(".colophon")
    new = page(built, "privacy/index.html").select_one(".colophon")
    # 19:00 at Greenwich is the next day in Thailand.
    assert "๒ พ.ย. พ.ศ. ๒๕๖๙" in old.get_text()
    assert "๒๔ พ.ย. พ.ศ. ๒๕๖๙" in new.get_text()
    links = [a["href"] for a in new.select(".colophon__updated a")]
    assert links == [
        "https://github.com/o/r/commits/main/content/privacy.md",
        "https://github.com/o/r/edit/main/content/privacy.md",
    ]
    for name, title in (("th", "เกี่ยวกับเว็บไซต์นี้"), ("en", "About this site")):
        text = (built / f"site/search/{name}.json").read_text("utf-8")
        assert title in text
        assert "จัดทำด้วยโปรแกรม" not in text


def test_every_page_has_one_colophon(built: Path) -> None:
    for path, each in pages(built).items():
        assert len(each.select("article .colophon")) == 1, path
    third = page(built, "2568/indicators/3/index.html").select_one(".colophon__updated")
    assert third.a["href"] == (
        "https://github.com/o/r/commits/main/measures/2568/03-no-gift-policy.yaml"
    )
    english = page(built, "en/2568/index.html").select_one(".colophon__updated")
    assert "2 Nov 2026" in english.get_text()
    # The home page has a text of the office's own.
    assert "๒ พ.ย. พ.ศ. ๒๕๖๙" in page(built, "index.html").select_one(".colophon").get_text()


def test_nobody_is_named(built: Path) -> None:
    for file in (built / "site").rglob("*"):
        if file.suffix in {".html", ".json", ".xml"}:
            assert "somchai" not in file.read_text("utf-8"), file
            assert "สมชาย" not in file.read_text("utf-8"), file


def test_titles_descriptions_and_addresses(built: Path) -> None:
    found = pages(built)
    titles = [each.title.get_text() for each in found.values()]
    assert len(titles) == len(set(titles)) > 15
    for path, each in found.items():
        url = f"{SITE_URL}{path.removesuffix('index.html')}"
        (described,) = each.select("meta[name=description]")
        assert 0 < len(described["content"]) <= 160, path
        assert each.select_one("meta[property='og:url']")["content"] == url
        assert each.select_one("link[rel=canonical]")["href"] == url
        assert each.select_one("meta[property='og:title']")["content"] in each.title.get_text()


def test_what_programs_are_told_can_be_read(built: Path) -> None:
    for path, each in pages(built).items():
        (script,) = each.select("script[type='application/ld+json']")
        kinds = {node["@type"] for node in json.loads(script.string)["@graph"]}
        assert "GovernmentOrganization" in kinds, path
        # Thai letters stand as they are: escaped, each would weigh twice as much.
        assert "\\u0e" not in script.string
    third = json.loads(found_graph(built, "2568/indicators/3/index.html"))
    (known,) = (node for node in third["@graph"] if node["@type"] == "WebPage")
    assert known["dateModified"] == "2026-11-02"


def found_graph(office: Path, path: str) -> str:
    return str(page(office, path).select_one("script[type='application/ld+json']").string)


def test_without_its_address_a_site_shares_none(office: Path) -> None:
    assert mkdocs(office, "build", "--strict").returncode == 0
    for each in pages(office).values():
        assert not each.select("meta[property='og:url'], meta[property='og:image']")
        graph: dict[str, Any] = json.loads(
            each.select_one("script[type='application/ld+json']").string
        )
        assert "@id" not in json.dumps(graph)


def test_hostile_names_stay_within_the_head(office: Path) -> None:
    nasty = '</title></script><script>alert(7)</script>\\" onload=\\"x'
    rewrite(office / "measures/agency.yaml", "th: อบต.ดงเมือง", f'th: "{nasty}"')
    (office / "content/nasty.md").write_text(
        f'---\ntitle: "{nasty}"\ndescription: "{nasty}"\n---\n\n# x\n', "utf-8"
    )
    done = mkdocs(office, "build", SITE_URL=SITE_URL)
    assert done.returncode == 0, done.stderr
    nasty_page = page(office, "nasty/index.html")
    head = str(nasty_page.head)
    assert "<script>alert" not in re.sub(r"<title>.*?</title>", "", head, flags=re.DOTALL)
    assert not nasty_page.select("head [onload]")
    for each in pages(office).values():
        json.loads(each.select_one("script[type='application/ld+json']").string)


def test_a_preview_of_what_is_not_committed_says_so(built: Path) -> None:
    rewrite(built / "content/about.md", "# ", "# ใหม่ ")
    assert mkdocs(built, "build").returncode == 0
    assert "ยังไม่บันทึกในประวัติ" in page(built, "about/index.html").select_one(".colophon").get_text()


def test_outside_git_the_site_is_made_all_the_same(office: Path) -> None:
    done = mkdocs(office, "build", "--strict", GIT_CEILING_DIRECTORIES=str(office.parent))
    assert done.returncode == 0, done.stderr
    assert len(re.findall("ไม่ทราบวันที่แก้ไขของแต่ละหน้า", done.stderr)) == 1
    assert "ไม่ทราบวัน" in page(office, "about/index.html").select_one(".colophon").get_text()
