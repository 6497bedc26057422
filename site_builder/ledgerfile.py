"""The ledger on disk: changed by one program at a time, and each time as it stands there then."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from site_builder import folder
from site_builder.files import write_durably
from site_builder.ledger import Ledger, has_conflict, resolve_conflict, write_ledger

LOCK = f".{folder.LEDGER}.lock"
"""Stands beside the ledger: whoever shares the folder, over a network too, shares the lock."""
PATIENCE = 60.0
"""Seconds to wait for another program: it holds the lock for as long as it writes one file."""


class BusyError(OSError):
    """Another program has been writing the ledger all the time."""


def rewrite(measures: Path, change: Callable[[Ledger], Ledger]) -> Ledger:
    """Change the ledger of a folder of measures, and give it as it is then.

    `change` gets what is on disk now, with what other programs have just written.

    Raises:
        BusyError: another program is writing, and goes on to.
        DamagedLedgerError: the ledger cannot be read; it is left as it is.
        OSError: it cannot be written; it is as it was.
    """
    with _locked(measures):
        before = folder.read_ledger(measures / folder.LEDGER)
        after = change(before)
        if after != before:
            write_durably(measures / folder.LEDGER, write_ledger(after).encode())
        return after


def merge_conflict(measures: Path) -> bool:
    """Settle a merge conflict in the ledger; False where there is none.

    Raises:
        BusyError, DamagedLedgerError, OSError: as `rewrite` does.
    """
    path = measures / folder.LEDGER
    with _locked(measures):
        text = folder.read_ledger_text(path)
        if text is None or not has_conflict(text):
            return False
        write_durably(path, write_ledger(resolve_conflict(text)).encode())
        return True


@contextmanager
def _locked(measures: Path) -> Iterator[None]:
    if not measures.is_dir():  # the lock would make it
        raise NotADirectoryError(errno.ENOTDIR, "no such folder", str(measures))
    path = measures.resolve() / LOCK
    if path.is_symlink():  # opening it would empty whatever it leads to
        raise OSError(errno.ELOOP, "a link where the lock should be", str(path))
    with ExitStack() as held:
        try:
            # A network disk that knows no locks is still written whole.
            with suppress(NotImplementedError):
                held.enter_context(FileLock(path, timeout=PATIENCE))
        except Timeout as error:
            raise BusyError(errno.EBUSY, "another program is writing it") from error
        yield
