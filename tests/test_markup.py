"""The Nu checker, the W3C's judge of HTML, finds no error on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from .conftest import ROOT
from .every_verdict import site_with_every_verdict
from .page_types import file_of, pages

CHECKER = ROOT / "tests/npm/node_modules/vnu-jar/build/dist/vnu.jar"


def errors(*files: Path) -> list[str]:
    """What the checker calls an error in these files."""
    assert CHECKER.is_file(), "no Nu checker: make tests/npm/node_modules/.stamp"
    command = [
        "java",
        "-jar",
        str(CHECKER),
        "--errors-only",
        "--exit-zero-always",
        "--format",
        "json",
    ]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{m['url'].rpartition('site/')[2]}:{m.get('lastLine')}: {m['message']}" for m in messages
    ]


def test_every_page_is_valid(site: Path) -> None:
    assert errors(*(file_of(site, page) for page in pages(site))) == []


def test_so_is_every_verdict(tmp_path: Path) -> None:
    site = site_with_every_verdict(tmp_path)
    found = errors(*(file_of(site, page) for page in pages(site)))
    # An office's address is published byte for byte, however odd.
    assert [line for line in found if "attribute “href”" not in line] == []


def test_the_checker_tells(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="th"><title>ก</title><p id="a"><p id="a">', "utf-8")
    assert len(errors(page)) == 1
