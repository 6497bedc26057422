"""What git knows of a project: its measures at a revision, and when each file was last changed.

Git is asked for plain files by their numbers, and for its log; nothing is checked out, fetched or
run.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath

from site_builder import folder, measurefile
from site_builder.history import Change, ChangeKind, History, LastChange

_SECONDS = 60
_COMMITS = 20_000
"""Commits that are read, newest first: fifty a week for seven years."""
_FILES = 20_000
"""Files of one revision that are read; an office has a few dozen a year."""

_LAST_SECOND = 253_370_764_800
"""The beginning of the year 9999 (CE)."""


class Why(StrEnum):
    """Why something cannot be had from git."""

    NO_GIT = "no-git"
    NOT_IN_GIT = "not-in-git"
    NO_SUCH_REVISION = "no-such-revision"
    SHALLOW = "shallow"
    """It may be there, but this clone holds the newest history alone."""
    FAILED = "failed"


class RevisionError(RuntimeError):
    """What was asked of git cannot be had; the message is git's own words."""

    def __init__(self, why: Why, said: str = "") -> None:
        super().__init__(said)
        self.why = why


@dataclass(frozen=True, slots=True)
class Base:
    """What a folder of measures published at a revision."""

    urls: frozenset[str]
    is_whole: bool
    """False where its files had errors: then nothing is known, and `urls` is empty."""


def links_at(measures: Path, revision: str) -> Base:
    """The addresses that stood in the measures at a revision; none where there were no measures.

    Raises:
        RevisionError: git is missing, or has no such revision.
    """
    commit = _commit(measures, revision)
    files = _files(measures, commit)
    if not files:
        return Base(frozenset(), is_whole=True)
    with tempfile.TemporaryDirectory(prefix="prongsai-") as name:
        then = Path(name) / "measures"
        for (path, _), data in zip(files, _contents(measures, files), strict=True):
            (then / path).parent.mkdir(parents=True, exist_ok=True)
            (then / path).write_bytes(data)
        reading = folder.read_folder(then)
    if reading.disclosure is None or reading.errors:
        return Base(frozenset(), is_whole=False)
    return Base(frozenset(reading.disclosure.links()), is_whole=True)


def read_history(root: Path, measures: str, *others: str) -> History:
    """When each file of a project was last changed; `measures` and `others` are its folders.

    Paths are told as they stand below `root`, which need not be the top of the repository. The
    result follows from the commit and from how much of the history the clone holds; only a file
    that is not committed as it stands adds what the working copy knows.

    Raises:
        RevisionError: git is missing, does not have the project, or will not tell.
    """
    asked = _git(root, "rev-parse", "--show-prefix", "--is-shallow-repository")
    prefix, _, shallow = asked.stdout.decode("utf-8", "replace").rstrip().rpartition("\n")
    status = _status(root, (measures, *others))
    if asked.returncode or status.returncode:
        # Git refuses, too, where the folder belongs to somebody else (safe.directory).
        raise RevisionError(Why.NOT_IN_GIT, _last_line(asked.stderr or status.stderr))
    commits = tuple(_log(root, (measures, *others)))
    last: dict[str, LastChange] = {}
    for commit in commits:
        for path, change in commit.touched(prefix):
            known = last.get(path)
            # Clocks differ: the order of the log is that of parents, not of days.
            if known is None or known.moment < change.moment:
                last[path] = change
    uncommitted = _names(status.stdout, prefix)
    whole = shallow != "true" and len(commits) < _COMMITS
    return History(last, tuple(_changes(commits, prefix, measures)), whole, uncommitted)


def _status(root: Path, folders: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    options = ("--porcelain", "-z", "--untracked-files=all", "--no-renames")
    return _git(root, "status", *options, "--", *folders)


def _names(status: bytes, prefix: str) -> frozenset[str]:
    lines = status.decode("utf-8", "replace").split("\0")
    return frozenset(line[3:].removeprefix(prefix) for line in lines if line)


@dataclass(frozen=True, slots=True)
class _Commit:
    """One commit of the log, with the files that it touched: its letter, then one name or two."""

    number: str
    moment: datetime
    is_boundary: bool
    """Its parents are not in this clone, so all that it has seems to be new."""
    files: tuple[tuple[str, str, str], ...]

    def touched(self, prefix: str) -> Iterator[tuple[str, LastChange]]:
        change = LastChange(self.moment, self.number, is_exact=not self.is_boundary)
        for _letter, before, after in self.files:
            yield after.removeprefix(prefix), change
            if before != after:
                yield before.removeprefix(prefix), change


def _log(root: Path, folders: Sequence[str]) -> Iterator[_Commit]:
    """The commits that touched the folders, newest first. Only days are asked for, not people."""
    arguments = [
        # The log as it is, whatever somebody has set for their own eyes.
        *("-c", "log.showRoot=true", "log", "-z", "--no-color", "--no-show-signature"),
        *("--no-ext-diff", "--no-textconv", "--no-notes", "--decorate=full"),
        f"--max-count={_COMMITS}",
        # A merge tells of the files in which it differs from all that it merged.
        *("--format=tformat:%H %ct %D", "--name-status", "-c"),
    ]
    done = _git(root, *arguments, "-M", "--", *folders)
    if done.returncode:  # a clone without old contents cannot tell what was renamed
        done = _git(root, *arguments, "--no-renames", "--", *folders)
    if done.returncode:
        if _git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return  # nothing was committed yet
        raise RevisionError(Why.FAILED, _last_line(done.stderr))
    yield from _read_log(done.stdout.decode("utf-8", "replace"))


_HEAD = re.compile(r"(?P<number>[0-9a-f]{40,64}) (?P<seconds>-?[0-9]+) (?P<names>.*)", re.DOTALL)


def _read_log(text: str) -> Iterator[_Commit]:
    """The log as values. A name is read as one whatever it holds: its place says what it is."""
    words = iter(text.split("\0"))
    head: re.Match[str] | None = None
    files: list[tuple[str, str, str]] = []
    for word in words:
        letter = word.lstrip("\n")
        if found := _HEAD.fullmatch(letter):
            if head:
                yield _commit_of(head, files)
            head, files = found, []
        elif re.fullmatch("[A-Z]+[0-9]*", letter):
            before = next(words, "")
            # A merge of several (RR, MM) names the file once.
            renamed = re.fullmatch("[RC][0-9]+", letter) is not None
            after = next(words, "") if renamed else before
            files.append((letter[0], before, after))
    if head:
        yield _commit_of(head, files)


def _commit_of(head: re.Match[str], files: Sequence[tuple[str, str, str]]) -> _Commit:
    names = head["names"].split(", ")
    # A commit may carry any number; one that is no day of a calendar must stop no build.
    moment = datetime.fromtimestamp(min(max(0, int(head["seconds"])), _LAST_SECOND), UTC)
    return _Commit(head["number"], moment, "grafted" in names, tuple(files))


_KINDS: dict[str, ChangeKind] = {"A": "added", "C": "added", "D": "removed", "R": "renamed"}


def _changes(commits: Sequence[_Commit], prefix: str, measures: str) -> Iterator[Change]:
    """What happened to files of measures; a boundary of the history tells of nothing new."""
    for commit in sorted(commits, key=lambda commit: commit.moment, reverse=True):
        if commit.is_boundary:
            continue
        for letter, before, after in commit.files:
            old, path = before.removeprefix(prefix), after.removeprefix(prefix)
            if not _is_measure(path, measures):
                continue
            # A draft that got its name is a new measure to whoever reads the site.
            was = old if letter == "R" and _is_measure(old, measures) else None
            kind = "added" if letter == "R" and was is None else _KINDS.get(letter, "changed")
            yield Change(kind, path, commit.moment, commit.number, was)


def _is_measure(path: str, measures: str) -> bool:
    parts = PurePosixPath(path)
    year = parts.parent
    return (
        year.parent == PurePosixPath(measures)
        and re.fullmatch("[0-9]{4}", year.name) is not None
        and parts.suffix == ".yaml"
        and folder.is_measure_id(parts.stem)
        and parts.name != folder.REPORT
    )


def _commit(measures: Path, revision: str) -> str:
    inside = _git(measures, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        raise RevisionError(Why.NOT_IN_GIT, _last_line(inside.stderr))
    # What begins with "-" would be an option; no name of a revision does.
    if revision.startswith("-") or not revision.isprintable():
        raise RevisionError(Why.NO_SUCH_REVISION, revision)
    asked = f"{revision}^{{commit}}"
    found = _git(measures, "rev-parse", "--verify", "--quiet", "--end-of-options", asked)
    # Older gits repeat "--end-of-options" in what they say.
    words = found.stdout.decode("ascii", "replace").split()
    if found.returncode or not words:
        shallow = _git(measures, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        raise RevisionError(Why.SHALLOW if shallow else Why.NO_SUCH_REVISION, revision)
    return words[-1]


def _files(measures: Path, commit: str) -> list[tuple[PurePosixPath, str]]:
    """The YAML files below the folder, each with git's number for what it holds."""
    listed = _git(measures, "ls-tree", "-r", "-l", "-z", commit, ".")
    if listed.returncode:
        raise RevisionError(Why.FAILED, _last_line(listed.stderr))
    found: list[tuple[PurePosixPath, str]] = []
    for line in listed.stdout.decode("utf-8", "replace").split("\0"):
        about, _, name = line.partition("\t")
        path = PurePosixPath(name)
        # Links and submodules are no files, and a name must stay below the folder.
        if not about.startswith(("100644 ", "100755 ")) or ".." in path.parts or path.is_absolute():
            continue
        _mode, _kind, number, size = about.split()
        if path.suffix == ".yaml" and int(size) <= measurefile.LIMIT and len(found) < _FILES:
            found.append((path, number))
    return found


def _contents(measures: Path, files: Sequence[tuple[PurePosixPath, str]]) -> Iterator[bytes]:
    asked = "".join(f"{number}\n" for _, number in files)
    answer = _git(measures, "cat-file", "--batch", given=asked.encode())
    if answer.returncode:
        raise RevisionError(Why.FAILED, _last_line(answer.stderr))
    rest = answer.stdout
    for _ in files:
        header, _, rest = rest.partition(b"\n")
        words = header.split()
        if len(words) != 3:
            raise RevisionError(Why.FAILED, header.decode("utf-8", "replace"))
        size = int(words[2])
        yield rest[:size]
        rest = rest[size + 1 :]


def _git(
    measures: Path, *arguments: str, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    # A clone that lacks an object must not fetch it, and nobody is there to be asked.
    environment = {
        **os.environ,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",  # the same to a git that does not know the first
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
    }
    try:
        return subprocess.run(  # noqa: S603 - no shell; a revision is never an option
            ["git", "-C", str(measures), *arguments],  # noqa: S607 - wherever git is installed
            input=given if given is not None else b"",
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=environment,
        )
    except OSError as error:
        raise RevisionError(Why.NO_GIT) from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(Why.FAILED, f"git {arguments[0]}: {_SECONDS} s") from error


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
