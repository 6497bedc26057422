"""What several tests need: the committed data, and a copy of it that a test may spoil."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser

from site_builder import lines
from site_builder.folder import read_folder
from site_builder.model import Disclosure

from .browsing import launched, served

ROOT = Path(__file__).parent.parent
# Other systems have only 127.0.0.1, and the servers with faults need an address each.
_ON_LINUX = ["test_faults.py", "test_fault_names.py", "test_link_cases.py"]
collect_ignore = [] if sys.platform == "linux" else _ON_LINUX

# Material announces the end of MkDocs 1 at each build; the lock holds MkDocs below 2.
os.environ["NO_MKDOCS_2_WARNING"] = "1"
# A busy machine is no defect: speed is measured in benchmarks, never in a test.
settings.register_profile("prongsai", deadline=None)
settings.load_profile("prongsai")


@pytest.fixture(scope="session")
def disclosure() -> Disclosure:
    """The committed data: the 2568 report of อบต.ดงเมือง."""
    reading = read_folder(ROOT / "measures")
    assert reading.disclosure is not None
    return reading.disclosure


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site, built once."""
    made = tmp_path_factory.mktemp("demonstration") / "site"
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(made)))
    return made


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address of the demonstration site; a module may serve another in its place."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with launched() as found:
        yield found


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A copy of the office's project that a test may change; without the ledger."""
    shutil.copytree(ROOT / "measures", tmp_path / "measures")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "measures/links.json").unlink(missing_ok=True)
    return tmp_path


def rewrite(file: Path, old: str, new: str) -> None:
    """Replace text in a file; the text must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def has_ink(text: str) -> bool:
    """Whether a reader sees anything of a text: what the model asks of every line."""
    seen = any(char.isprintable() and not char.isspace() for char in text)
    return seen and lines.fault(text) is None
