"""The measures as they stood at a revision of git: what the change under review is compared with.

Git is asked for plain files by their numbers; nothing is checked out, fetched or run.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from site_builder import folder, measurefile

_SECONDS = 60
_FILES = 20_000
"""Files of one revision that are read; an office has a few dozen a year."""


class Why(StrEnum):
    """Why the measures of a revision cannot be had."""

    NO_GIT = "no-git"
    NOT_IN_GIT = "not-in-git"
    NO_SUCH_REVISION = "no-such-revision"
    SHALLOW = "shallow"
    """It may be there, but this clone holds the newest history alone."""
    FAILED = "failed"


class RevisionError(RuntimeError):
    """The measures of a revision cannot be had; the message is git's own words."""

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
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(  # noqa: S603 - no shell; a revision is never an option
            ["git", "-C", str(measures), *arguments],  # noqa: S607 - wherever git is installed
            input=given if given is not None else b"",
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=environment,
        )
    except FileNotFoundError as error:
        raise RevisionError(Why.NO_GIT) from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(Why.FAILED, f"git {arguments[0]}: {_SECONDS} s") from error


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
