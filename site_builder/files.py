"""Files on disk, written whole or not at all, and only where they changed."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
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
        _put(target, data)


def write_durably(target: Path, data: bytes) -> None:
    """Write one file whole or not at all, also where the program is killed or the power fails.

    What an earlier writer that was killed has left beside it goes; so no two may write at once. A
    link stays a link: what it leads to is written.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    target = target.resolve()
    for left in target.parent.glob(f".{glob.escape(target.name)}.*{_UNFINISHED}"):
        left.unlink(missing_ok=True)
    if target.is_file() and target.read_bytes() == data:
        return
    _put(target, data, durable=True)


_UNFINISHED = ".unfinished"


def _put(target: Path, data: bytes, *, durable: bool = False) -> None:
    handle, temporary = tempfile.mkstemp(_UNFINISHED, f".{target.name}.", target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        # mkstemp makes a file for its owner only; a site is for everybody.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Bring a folder's new names to the disk, where the system can: Windows cannot."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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


def publish(temporary: Path, target: Path) -> None:
    """Give a file that was written whole its name, also where the power fails right after.

    Raises:
        FileExistsError: something has that name already.
        OSError: it cannot be done; the file is where it was.
    """
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    with temporary.open("rb+") as stream:
        os.fsync(stream.fileno())
    temporary.chmod(0o644)
    temporary.replace(target)
    _sync_folder(target.parent)
