"""The tool's own lists on disk: read with care, and changed by one program at a time."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from site_builder.records import DamagedError

LIMIT = 50_000_000
"""Bytes of a list that are read: one of a hundred thousand links has fewer."""
PATIENCE = 60.0
"""Seconds to wait for another program: it holds the lock for as long as it writes one file."""


class BusyError(OSError):
    """Another program has been writing the list all the time."""


def read_text(path: Path, damaged: type[DamagedError]) -> str | None:
    """What stands in a list's file; None where there is no file.

    Raises:
        DamagedError: as `damaged`: it is no text, too large, or cannot be opened.
    """
    # A link that leads nowhere is no missing file: writing would follow it.
    if not path.exists() and not path.is_symlink():
        return None
    if path.exists() and not path.is_file():  # a pipe or a device would never end
        raise damaged("not a file")
    try:
        with path.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        raise damaged(error.strerror or str(error)) from error
    if len(data) > LIMIT:
        raise damaged(f"more than {LIMIT} bytes")
    try:
        # Notepad puts a byte-order mark before what it saves.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sound = data[: error.start].decode("utf-8-sig", "replace")
        column = len(sound) - sound.rfind("\n")
        raise damaged("not UTF-8", sound.count("\n") + 1, column) from error


def lock_of(path: Path) -> Path:
    """Stands beside a list: whoever shares the folder, over a network too, shares the lock."""
    return path.parent / f".{path.name}.lock"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Be the only program that changes this list, for the length of a block.

    Raises:
        BusyError: another program is writing, and goes on to.
        OSError: there is no such folder, or no lock can be made in it.
    """
    if not path.parent.is_dir():  # the lock would make it
        raise NotADirectoryError(errno.ENOTDIR, "no such folder", str(path.parent))
    lock = lock_of(path.parent.resolve() / path.name)
    if lock.is_symlink():  # opening it would empty whatever it leads to
        raise OSError(errno.ELOOP, "a link where the lock should be", str(lock))
    with ExitStack() as held:
        try:
            # A network disk that knows no locks is still written whole.
            with suppress(NotImplementedError):
                held.enter_context(FileLock(lock, timeout=PATIENCE))
        except Timeout as error:
            raise BusyError(errno.EBUSY, "another program is writing it", str(path)) from error
        yield
