"""Files on disk, written whole or not at all, and only where they changed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def create_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write new files below a folder: all of them, or none.

    Raises:
        FileExistsError: one of them is there already.
        OSError: one could not be written; none of them is left.
    """
    for name in files:
        if (folder / name).exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)
    try:
        write_files(folder, files)
    except BaseException:
        for name in files:
            (folder / name).unlink(missing_ok=True)
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, each whole or not at all, and only those that changed."""
    for name, data in sorted(files.items()):
        target = folder / name
        if target.is_file() and target.read_bytes() == data:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            # mkstemp makes a file for its owner only; a site is for everybody.
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is not there yet, or has only a `.git`: all of its files, or nothing.

    Raises:
        FileExistsError: something is there.
        OSError: it cannot be written; what was there is as it was.
    """
    if not is_free(folder):
        raise FileExistsError(errno.EEXIST, "not an empty folder", str(folder))
    target = folder.resolve()
    was_there = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    children: list[Path] = []
    try:
        write_files(staged, files)
        children = sorted(staged.iterdir())
        target.mkdir(exist_ok=True)
        for child in children:
            child.rename(target / child.name)
    except BaseException:
        for child in children:
            if not child.exists():
                _remove(target / child.name)
        if not was_there and target.exists():
            target.rmdir()
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def is_free(folder: Path) -> bool:
    """Whether a new folder may be written here: nothing is there, or just an empty repository."""
    if not folder.exists():
        return not folder.is_symlink()
    return folder.is_dir() and all(path.name == ".git" for path in folder.iterdir())
