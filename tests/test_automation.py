"""CI runs what can be tried here: make targets, pinned actions, a locked installation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.ledger import Finding, Ledger, enter, read_ledger, write_ledger
from site_builder.verdicts import Verdict

from .conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def scripts(value: Any) -> list[str]:
    """Every `run:` of a GitHub workflow and every `script:` line of a GitLab pipeline."""
    if isinstance(value, dict):
        own = [str(value["run"])] if "run" in value else []
        own += [str(line) for line in value.get("script", [])]
        return own + [line for inner in value.values() for line in scripts(inner)]
    return [line for inner in value for line in scripts(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("file", [*WORKFLOWS, ROOT / ".gitlab-ci.yml"], ids=lambda path: path.name)
def test_what_ci_runs_is_a_make_target(file: Path) -> None:
    lines = scripts(yaml.safe_load(file.read_text("utf-8")))
    made = [line for line in lines if line.startswith("make ")]
    assert made
    assert {line.split()[1] for line in made} <= TARGETS
    if file in WORKFLOWS:
        assert made == lines


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(file: Path) -> None:
    for used in re.findall(r"uses: (\S+.*)", file.read_text("utf-8")):
        assert re.fullmatch(r"\./\S+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used


def test_the_gate_calls_the_readmes_test_command() -> None:
    assert "\nmake test\n" in (ROOT / ".ci/run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["site", "test"])
def test_the_lock_has_a_hash_for_everything(name: str) -> None:
    lines = (ROOT / f"requirements/{name}.txt").read_text("utf-8").splitlines()
    pinned = [number for number, line in enumerate(lines) if "==" in line]
    assert len(pinned) > 40
    assert all("--hash=sha256:" in lines[number + 1] for number in pinned)


def test_the_lock_is_one_for_site_and_tests() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
        return set(re.findall(r"^\S+==\S+", text, re.MULTILINE))

    assert pins("site") <= pins("test")


def test_what_is_published_is_built_with_the_whole_history() -> None:
    github = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    (checkout,) = (
        step["with"] for step in github["jobs"]["build"]["steps"] if "checkout" in str(step)
    )
    assert checkout["fetch-depth"] == 0
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert gitlab["pages"]["variables"]["GIT_DEPTH"] == 0


# The nightly commit of the ledger, in real repositories


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one bare repository, each with the script."""
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    made = []
    for name in ("one", "two"):
        clone = tmp_path / name
        subprocess.run(
            ["git", "clone", "-q", str(bare), str(clone)], check=True, capture_output=True
        )
        git(clone, "config", "user.name", "t")
        git(clone, "config", "user.email", "t@t")
        if name == "one":
            (clone / "measures").mkdir()
            (clone / "measures/links.json").write_text("{}\n")
            git(clone, "checkout", "-q", "-B", "main")
            git(clone, "add", "-A")
            git(clone, "commit", "-qm", "start")
            git(clone, "push", "-q", "origin", "main")
        made.append(clone)
    return made[0], made[1]


def keep(clone: Path) -> subprocess.CompletedProcess[str]:
    script = ["sh", str(ROOT / ".ci/keep-ledger")]
    program = clone.parent / "prongsai"
    run = "from site_builder.cli import main; main()"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{run}" "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PRONGSAI": str(program), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        script, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def test_the_ledger_is_committed_and_pushed_only_when_it_changed(clones: tuple[Path, Path]) -> None:
    one, _ = clones
    assert "no change" in keep(one).stdout
    (one / "measures/links.json").write_text('{"links": {}}\n')
    assert keep(one).returncode == 0
    assert git(one, "status", "--porcelain") == ""
    assert git(one, "rev-parse", "HEAD") == git(one, "rev-parse", "origin/main")


LEDGER = "measures/links.json"
URLS = [f"https://x.go.th/{n}" for n in range(3)]


def test_two_nights_that_met_keep_the_freshest_result_of_each_link(
    clones: tuple[Path, Path],
) -> None:
    one, two = clones
    now = datetime(2026, 1, 1, tzinfo=UTC)
    start = enter(Ledger(), [Finding(url, Verdict.OK) for url in URLS], now)
    (one / LEDGER).write_text(write_ledger(start), "utf-8")
    assert keep(one).returncode == 0
    git(two, "pull", "-q", "origin", "main")
    git(two, "checkout", "-q", "main")
    night = now + timedelta(days=1)
    for clone, hours, verdict in ((one, 0, Verdict.BROKEN), (two, 1, Verdict.TEMPORARY)):
        found = [Finding(URLS[1], verdict), Finding(f"https://x.go.th/{verdict}", Verdict.OK)]
        kept = enter(start, found, night + timedelta(hours=hours))
        (clone / LEDGER).write_text(write_ledger(kept), "utf-8")
    assert keep(two).returncode == 0
    done = keep(one)
    assert done.returncode == 0, done.stderr
    assert git(one, "rev-parse", "HEAD") == git(one, "rev-parse", "origin/main")
    links = read_ledger((one / LEDGER).read_text("utf-8")).links
    assert links[URLS[1]].verdict is Verdict.TEMPORARY
    assert links.keys() == {*URLS, "https://x.go.th/broken", "https://x.go.th/temporary"}
    # Nothing new against what is there: no empty commit, and no failure.
    git(two, "reset", "-q", "--hard", "HEAD~1")
    (two / LEDGER).write_text(
        write_ledger(enter(start, [Finding(URLS[1], Verdict.EMPTY)], now)), "utf-8"
    )
    assert keep(two).returncode == 0
    assert git(two, "rev-parse", "HEAD") == git(one, "rev-parse", "HEAD")


def test_a_push_that_lost_a_race_is_tried_again(clones: tuple[Path, Path]) -> None:
    one, two = clones
    (two / "other.txt").write_text("x")
    git(two, "add", "-A")
    git(two, "commit", "-qm", "other")
    git(two, "push", "-q", "origin", "HEAD:main")
    (one / "measures/links.json").write_text('{"links": {}}\n')
    done = keep(one)
    assert done.returncode == 0, done.stderr
    assert "other" in git(one, "log", "--format=%s")
