"""The measures of an earlier revision and the days of each file, out of real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from site_builder.history import History
from site_builder.measurefile import LIMIT
from site_builder.revisions import RevisionError, Why, links_at, read_history

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


# When files were last changed


SECOND = "measures/2568/02-measure.yaml"


def commit_on(root: Path, day: int, *, hour: int = 3) -> str:
    """Commit everything on a day of November 2026; returns the commit's number."""
    git(root, "add", "-A")
    moment = f"2026-11-{day:02}T{hour:02}:00:00Z"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", moment)
        # When somebody wrote it is theirs; when it came in is what counts.
        patch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
        git(root, "commit", "-qm", "x", "--allow-empty")
    return git(root, "rev-parse", "HEAD").strip()


def append(file: Path, words: str = "# x\n") -> None:
    with file.open("a", encoding="utf-8", newline="") as stream:
        stream.write(words)


def history_of(root: Path) -> History:
    return read_history(root, "measures", "content")


def told(root: Path, path: str) -> tuple[str, int | None]:
    age = history_of(root).age([path])
    return age.known.value, age.moment.day if age.moment else None


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """An office's project: all of it of the 1st, one measure changed on the 5th, a page on the 8th."""
    root = tmp_path / "dated"
    write_office(root, office())
    (root / "content").mkdir()
    (root / "content/เกี่ยวกับเรา.md").write_text("# x\n", "utf-8")
    git(root, "init", "-q", "-b", "main")
    commit_on(root, 1)
    append(root / MEASURE)
    commit_on(root, 5)
    append(root / "content/เกี่ยวกับเรา.md")
    (root / "measures/2568/11-new.yaml").write_text("x: ใหม่\n" * 9, "utf-8")
    commit_on(root, 8)
    return root


def test_when_each_file_was_last_changed(dated: Path) -> None:
    history = history_of(dated)
    assert history.is_whole
    assert not history.uncommitted
    assert told(dated, SECOND) == ("updated", 1)
    assert told(dated, MEASURE) == ("updated", 5)
    assert told(dated, "content/เกี่ยวกับเรา.md") == ("updated", 8)
    assert told(dated, "measures/agency.yaml") == ("updated", 1)
    assert told(dated, "measures/nowhere.yaml") == ("nothing", None)
    assert history.last[MEASURE].commit == git(dated, "rev-parse", "HEAD~1").strip()


def test_what_changed_lately(dated: Path) -> None:
    append(dated / SECOND)
    append(dated / "measures/agency.yaml")
    append(dated / "measures/2568/report.yaml")
    commit_on(dated, 10)
    (dated / "measures/2568/10-measure.yaml").unlink()
    commit_on(dated, 11)
    git(dated, "mv", "measures/2568/11-new.yaml", "measures/2568/11-named.yaml")
    append(dated / "measures/2568/11-named.yaml")
    commit_on(dated, 12)
    changes = history_of(dated).changes
    short = [(c.kind, c.path[14:], c.moment.day, c.was and c.was[14:]) for c in changes]
    assert short[:5] == [
        ("renamed", "11-named.yaml", 12, "11-new.yaml"),
        ("removed", "10-measure.yaml", 11, None),
        ("changed", "02-measure.yaml", 10, None),
        ("added", "11-new.yaml", 8, None),
        ("changed", "03-no-gift-policy.yaml", 5, None),
    ]
    assert len(short) == 15
    assert {kind for kind, *_ in short[5:]} == {"added"}
    assert told(dated, "measures/2568/11-named.yaml") == ("updated", 12)


def test_a_draft_that_gets_its_name_is_a_new_measure(dated: Path) -> None:
    draft = dated / "measures/2568/_12-draft.yaml"
    draft.write_text("a: ข\n" * 20, "utf-8")
    commit_on(dated, 9)
    assert history_of(dated).changes[0].moment.day == 8
    git(dated, "mv", str(draft), str(draft.with_name("12-draft.yaml")))
    commit_on(dated, 10)
    newest = history_of(dated).changes[0]
    assert (newest.kind, newest.was) == ("added", None)


def test_a_shallow_clone_says_unchanged_since_and_never_updated(
    dated: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{dated}", "clone")
    clone = tmp_path / "clone"
    history = history_of(clone)
    assert not history.is_whole
    assert told(clone, "content/เกี่ยวกับเรา.md") == ("updated", 8)
    # It was changed on the 5th, and another on the 1st: this clone cannot tell them apart.
    assert told(clone, MEASURE) == told(clone, SECOND) == ("unchanged-since", 5)
    # What stands at the boundary is not what was added that day.
    assert [c.path for c in history.changes] == ["measures/2568/11-new.yaml"]
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{dated}", "one")
    assert told(tmp_path / "one", SECOND) == ("unchanged-since", 8)
    assert history_of(tmp_path / "one").changes == ()
    # Deeper than there are commits is whole, and a branch that is called "grafted" is a branch.
    git(dated, "checkout", "-q", "-b", "grafted")
    git(tmp_path, "clone", "-q", "--depth=9", f"file://{dated}", "whole")
    assert history_of(tmp_path / "whole").is_whole
    assert told(tmp_path / "whole", SECOND) == ("updated", 1)
    assert history_of(tmp_path / "whole") == history_of(dated)


def test_what_is_not_committed(dated: Path) -> None:
    append(dated / SECOND)
    (dated / "content/ใหม่ มาก.md").write_text("x", "utf-8")
    append(dated / MEASURE)
    git(dated, "add", MEASURE)
    git(dated, "mv", "measures/2568/11-new.yaml", "measures/2568/12-new.yaml")
    for path in (SECOND, "content/ใหม่ มาก.md", MEASURE, "measures/2568/12-new.yaml"):
        assert told(dated, path) == ("not-committed", None), path
    assert told(dated, "measures/agency.yaml") == ("updated", 1)


def test_a_merge_changes_what_differs_from_all_that_it_merged(dated: Path) -> None:
    git(dated, "checkout", "-q", "-b", "side")
    append(dated / SECOND, "# side\n")
    commit_on(dated, 9)
    git(dated, "checkout", "-q", "main")
    append(dated / SECOND, "# main\n")
    append(dated / MEASURE, "# main\n")
    commit_on(dated, 10)
    with pytest.raises(subprocess.CalledProcessError):  # the two are in conflict
        git(dated, "merge", "-q", "--no-commit", "side")
    (dated / SECOND).write_text("# both\n", "utf-8")
    commit_on(dated, 12)
    assert len(git(dated, "rev-list", "--parents", "-1", "HEAD").split()) == 3
    assert told(dated, SECOND) == ("updated", 12)
    assert told(dated, MEASURE) == ("updated", 10)
    assert [c.moment.day for c in history_of(dated).changes[:4]] == [12, 10, 10, 9]


def test_clocks_that_differ_do_not_make_a_file_older(dated: Path) -> None:
    append(dated / MEASURE)
    commit_on(dated, 3)  # a clock that is slow
    assert told(dated, MEASURE) == ("updated", 5)
    days = [change.moment.day for change in history_of(dated).changes]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("seconds", ["0", "99999999999999"])
def test_a_commit_of_no_day_stops_nothing(
    dated: Path, seconds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"@{seconds} +0000")
    append(dated / MEASURE)
    commit(dated)
    assert history_of(dated).last[MEASURE].is_exact


def test_a_project_deep_inside_a_repository(tmp_path: Path) -> None:
    top = tmp_path / "ทุกหน่วยงาน"
    (top / "อบต ก").mkdir(parents=True)
    git(top, "init", "-q", "-b", "main")
    for folder in ("อบต ก", "other"):
        write_office(top / folder, office())
    commit_on(top, 1)
    append(top / "other" / MEASURE)
    commit_on(top, 4)
    append(top / "อบต ก" / SECOND)
    commit_on(top, 6)
    inner = top / "อบต ก"
    assert told(inner, MEASURE) == ("updated", 1)
    assert told(inner, SECOND) == ("updated", 6)
    assert {c.path for c in history_of(inner).changes if c.moment.day == 6} == {SECOND}
    append(inner / MEASURE)
    assert told(inner, MEASURE) == ("not-committed", None)
    # A merge names files from the top of the repository.
    git(inner, "checkout", "-q", ".")
    git(inner, "checkout", "-q", "-b", "side")
    commit_on(inner, 7)
    git(inner, "checkout", "-q", "main")
    git(inner, "merge", "-q", "--no-ff", "--no-commit", "side")
    append(inner / MEASURE)
    commit_on(inner, 8)
    assert told(inner, MEASURE) == ("updated", 8)


def test_a_clone_with_the_line_ends_of_windows(dated: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", f"file://{dated}", "clone")
    assert b"\r\n" in (tmp_path / "clone" / SECOND).read_bytes()
    assert history_of(tmp_path / "clone") == history_of(dated)


def test_the_files_of_a_submodule_have_a_history_of_their_own(dated: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "page.md").write_text("# x\n")
    git(inner, "init", "-q", "-b", "main")
    commit_on(inner, 2)
    git(dated, "submodule", "--quiet", "add", f"file://{inner}", "content/inner")
    commit_on(dated, 9)
    assert told(dated, "content/inner/page.md") == ("nothing", None)
    assert told(dated, SECOND) == ("updated", 1)


def test_what_somebody_set_for_their_own_eyes_changes_nothing(
    dated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = history_of(dated)
    settings = "[log]\nshowSignature = true\nshowRoot = false\ndecorate = no\nfollow = true\n"
    settings += "date = relative\ndiffMerges = first-parent\nexcludeDecoration = *\n"
    settings += "[color]\nui = always\n[diff]\nrenames = false\nrelative = true\nnoprefix = true\n"
    settings += "[status]\nrelativePaths = true\nshort = true\nbranch = true\nshowStash = true\n"
    settings += "showUntrackedFiles = no\n[format]\npretty = fuller\n[core]\nquotePath = true\n"
    (tmp_path / "gitconfig").write_text(settings)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    assert history_of(dated) == expected
    (dated / "content/x.md").write_text("x")
    assert told(dated, "content/x.md") == ("not-committed", None)


def test_nothing_was_committed_yet(tmp_path: Path) -> None:
    write_office(tmp_path, office())
    git(tmp_path, "init", "-q", "-b", "main")
    assert told(tmp_path, MEASURE) == ("not-committed", None)
    assert history_of(tmp_path).changes == ()


def test_a_clone_without_old_contents_asks_nobody(
    dated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(dated, "mv", "measures/2568/11-new.yaml", "measures/2568/12-new.yaml")
    append(dated / "measures/2568/12-new.yaml")
    commit_on(dated, 9)
    git(dated, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{dated}", "clone")
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(tmp_path / "trace"))
    age = history_of(tmp_path / "clone").age(["measures/2568/12-new.yaml"])
    assert (age.known.value, age.moment and age.moment.day) == ("updated", 9)
    assert "upload-pack" not in (tmp_path / "trace").read_text("utf-8")


def test_no_history_where_git_does_not_know_or_will_not_tell(
    dated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    write_office(outside, office())
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(RevisionError) as caught:
        history_of(outside)
    assert caught.value.why is Why.NOT_IN_GIT
    # Somebody else's folder, as in a container that runs as another user.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        with pytest.raises(RevisionError, match=r"ownership|safe\.directory"):
            history_of(dated)
    with pytest.raises(RevisionError) as caught:
        history_of(dated / ".git")
    assert caught.value.why is Why.NOT_IN_GIT
    with pytest.raises(RevisionError):
        read_history(dated, "../elsewhere")
    (dated / ".git/HEAD").write_text("broken")
    with pytest.raises(RevisionError):
        history_of(dated)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError) as caught:
        history_of(outside)
    assert caught.value.why is Why.NO_GIT


def test_no_person_is_asked_for(dated: Path) -> None:
    assert "t@t" not in repr(history_of(dated))
