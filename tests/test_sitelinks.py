"""The links inside a built site: the real LinkChecker, and the site of this very project."""

import re
import sysconfig
import time
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from site_builder import linkprogram
from site_builder.linkprogram import CouldNotRunError
from site_builder.sitelinks import Sources, check_site
from tests.conftest import ROOT
from tests.faults.server import says, serving


def _site(folder: Path, pages: dict[str, str]) -> Path:
    for name, body in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html><meta charset=utf-8><body>{body}", encoding="utf-8")
    return folder


GOOD = {
    "index.html": "<a href='2568/#ก'>ก</a> <a href='เอกสาร/ประกาศ.html'>ข</a> <a href='#top'>ค</a>",
    "2568/index.html": "<h2 id='ก'>ก</h2> <a href='..'>home</a> <a href='../data/m.csv'>csv</a>"
    "<a href='mailto:a@x.go.th'>m</a> <a href='tel:1'>t</a> <a href='#%E0%B8%81'>ก</a>",
    "เอกสาร/ประกาศ.html": "<a href='../2568'>without a slash</a>",
    "data/m.csv": "a,b",
    "404.html": "<a href='/under/a/path/that/is/not/here/'>x</a>",
}


def test_a_good_site_has_no_faults_and_nobody_else_is_asked(tmp_path: Path) -> None:
    counts: list[tuple[int, int]] = []
    with serving({"/": says(200)}) as elsewhere:
        link = f"<a href='{elsewhere.url}/a'>x</a><img src='{elsewhere.url}/b.png'>"
        head = f"<link rel=canonical href='{elsewhere.url}/'><script src='{elsewhere.url}/c.js'></script>"
        site = _site(tmp_path, GOOD | {"out/index.html": head + link})
        assert check_site(site, progress=lambda *now: counts.append(now)) == ()
        assert elsewhere.asked == []
        assert elsewhere.agents == set()
    assert counts == [(n, 4) for n in (1, 2, 3, 4)]


def test_what_is_broken_in_a_site(tmp_path: Path) -> None:
    broken = {
        "orphan.html": "<a href='2567/'>x</a> <img src='รูป.png'> <a href='2568/#ไม่มี'>x</a>"
        "<a href='data/'>no page here</a> <a href='http://[bad/'>x</a>",
        "style.css": "",
    }
    faults = check_site(_site(tmp_path, GOOD | broken))
    assert {fault.page for fault in faults} == {"/orphan.html"}
    assert {fault.target: fault.message for fault in faults} == {
        "/2567/": "404 File not found",
        "/รูป.png": "404 File not found",
        "/2568/#ไม่มี": "anchor not found",
        "/data/": "404 Not Found",
        "http://[bad/": "Invalid IPv6 URL",
    }


def test_a_site_without_a_home_page(tmp_path: Path) -> None:
    (fault,) = check_site(tmp_path)
    assert (fault.page, fault.target) == ("/", "/")


EDIT = "https://git.example/office/site/edit/main/"


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("own")
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site), edit_uri=EDIT + "content/"))
    return site


def test_nothing_is_broken_in_the_site_of_this_project(own_site: Path) -> None:
    shown = [page.read_text("utf-8") for page in own_site.rglob("*.html")]
    edit_links = {link for page in shown for link in re.findall(f'href="({EDIT}[^"]+)', page)}
    assert len(edit_links) > 10
    assert EDIT + "measures/2568/03-no-gift-policy.yaml" in edit_links
    assert check_site(own_site, sources=Sources(EDIT, ROOT)) == ()


def test_an_edit_link_that_opens_no_file(tmp_path: Path) -> None:
    page = f"<a href='x'>x</a> <a href=\"{EDIT}measures/2568/gone.yaml\">x</a>"
    site = _site(tmp_path / "site", {"index.html": page, "x": ""})
    (tmp_path / "measures").mkdir()
    (fault,) = check_site(site, sources=Sources(EDIT, tmp_path))
    assert (fault.page, fault.target) == ("/", EDIT + "measures/2568/gone.yaml")
    assert fault.message.startswith("404")
    assert check_site(site) == ()


# The program


def _install(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str | None) -> None:
    if script is not None:
        program = folder / "linkchecker"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", lambda _name: str(folder))
    monkeypatch.setenv("PATH", "/bin:/usr/bin" if script else str(folder))


@pytest.mark.parametrize(
    ("script", "says_"),
    [
        (None, "missing"),
        ("echo boom >&2; exit 3", "crashed .*exit code 3.*: boom"),
        ("echo '<linkchecker><urldata><url>'; exit 0", "crashed .*exit code 0"),
        ("echo 'hello <b>'; sleep 60", "cannot be read"),
    ],
)
def test_could_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str | None, says_: str
) -> None:
    _install(monkeypatch, tmp_path, script)
    with pytest.raises(CouldNotRunError, match=says_):
        check_site(tmp_path)


def test_a_stalled_program_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _install(monkeypatch, tmp_path, "echo '<linkchecker>'; sleep 60")
    monkeypatch.setattr(linkprogram, "STALL", 0.3)
    began = time.monotonic()
    with pytest.raises(CouldNotRunError, match="too long"):
        check_site(tmp_path)
    assert time.monotonic() - began < 10
