"""The measures of an earlier revision, out of real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_builder.measurefile import LIMIT
from site_builder.revisions import RevisionError, Why, links_at

from .handbook import MEASURE, office, write_office

URL = "https://www.example.go.th/files/measure-3.pdf"


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "protocol.file.allow=always"]
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(root: Path, words: str = "x") -> str:
    git(root, "add", "-A")
    git(root, "commit", "-qm", words, "--allow-empty")
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An office's project in git, its first commit without a fault."""
    root = tmp_path / "project"
    write_office(root, office())
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


def test_the_links_of_then_whatever_stands_there_now(repository: Path) -> None:
    file = repository / MEASURE
    text = file.read_text("utf-8")
    file.write_text(text.replace(URL, "https://www.example.go.th/new.pdf"), "utf-8")
    base = links_at(repository / "measures", "HEAD")
    assert base.is_whole
    assert URL in base.urls
    assert len(base.urls) == 10
    second = commit(repository)
    assert URL not in links_at(repository / "measures", "main").urls
    assert URL in links_at(repository / "measures", f"{second}~1").urls
    assert git(repository, "status", "--porcelain") == ""


def test_names_of_revisions(repository: Path) -> None:
    git(repository, "tag", "-a", "v1", "-m", "x")
    git(repository, "branch", "ปี-2568")
    for name in ("v1", "ปี-2568", "@", "HEAD^{commit}", "main@{0}"):
        assert len(links_at(repository / "measures", name).urls) == 10, name


@pytest.mark.parametrize(
    "name",
    [
        "nowhere",
        "--help",
        "-n1",
        "--output=x",
        "HEAD:measures",
        "",
        " ",
        "a\0b",
        "a\nb",
        "$(ls)",
        "HEAD^9",
    ],
)
def test_what_is_no_revision(repository: Path, name: str) -> None:
    with pytest.raises(RevisionError) as caught:
        links_at(repository / "measures", name)
    assert caught.value.why is Why.NO_SUCH_REVISION
    assert not (repository / "measures/x").exists()


def test_errors_of_then_make_every_link_new(repository: Path) -> None:
    file = repository / MEASURE
    text = file.read_text("utf-8")
    file.write_text("\tbroken", "utf-8")
    commit(repository)
    file.write_text(text, "utf-8")
    base = links_at(repository / "measures", "HEAD")
    assert (base.urls, base.is_whole) == (frozenset(), False)


def test_before_the_measures_there_were_no_links(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "README").write_text("x")
    commit(tmp_path)
    write_office(tmp_path, office())
    base = links_at(tmp_path / "measures", "HEAD")
    assert (base.urls, base.is_whole) == (frozenset(), True)


def test_links_huge_files_and_others_are_not_taken_for_measures(repository: Path) -> None:
    (repository / "measures/2568/11-x.yaml").symlink_to("/etc/passwd")
    (repository / "measures/2568/12-x.yaml").write_bytes(b"#" * (LIMIT + 1))
    (repository / "measures/links.json").write_text("{")
    commit(repository)
    assert len(links_at(repository / "measures", "HEAD").urls) == 10


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    commit(repository)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "clone")
    with pytest.raises(RevisionError) as caught:
        links_at(tmp_path / "clone/measures", first)
    assert caught.value.why is Why.SHALLOW
    assert len(links_at(tmp_path / "clone/measures", "HEAD").urls) == 10


def test_a_folder_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write_office(tmp_path, office())
    with pytest.raises(RevisionError) as caught:
        links_at(tmp_path / "measures", "HEAD")
    assert caught.value.why is Why.NOT_IN_GIT
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError) as caught:
        links_at(tmp_path / "measures", "HEAD")
    assert caught.value.why is Why.NO_GIT
