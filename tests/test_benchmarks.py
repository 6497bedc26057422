"""The benchmarks still run, and compare like with like. How fast anything is, no test says."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have only 127.0.0.1")
def test_link_checks_are_compared() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.links", "--small"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    head, _, *rows = done.stdout.splitlines()
    assert "polite limit" in head
    assert "LinkChecker" in head
    assert [row.split("|")[1].strip() for row in rows] == ["1 x 4, 20 ms", "4 x 2, 20 ms"]


def test_searches_are_compared() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.search", "--small"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split("|") for line in done.stdout.splitlines() if line.startswith("| 20 ")]
    assert [row[2].strip() for row in rows] == ["ours", "Material"]
