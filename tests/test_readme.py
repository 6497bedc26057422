"""The README can fail: its file, its commands, its links and its length are checked."""

from __future__ import annotations

import re

from site_builder import cli

from .conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_is_thai_first_and_short() -> None:
    assert len(README.splitlines()) < 100
    assert README.index("## เริ่มใช้") < README.index("## English")


def test_shows_a_measure_file_in_full() -> None:
    shown = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    assert shown[1] == (ROOT / "measures/2568/03-no-gift-policy.yaml").read_text("utf-8")


def test_every_make_target_and_command_exists() -> None:
    assert set(re.findall(r"\bmake ([a-z-]+)", README)) <= TARGETS
    named = set(re.findall(r"prongsai (check|verify-links|export|\w+) --", README))
    assert named <= set(cli.main.commands)


def test_windows_does_what_make_does() -> None:
    windows = README.split("PowerShell")[1].split("```")[1].replace("\\", "/")
    for line in (
        "--require-hashes -r requirements/site.txt",
        "--no-deps --no-build-isolation -e .",
    ):
        assert line in windows
        assert line in MAKEFILE
    assert "mkdocs build --strict" in windows
    assert "prongsai check --site site" in windows


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).is_file(), target
    for folder in re.findall(r"`((?:measures|content|\.github)[\w./-]*/[\w.-]*)`", README):
        assert (ROOT / folder).exists() or folder == "measures/links.json", folder
