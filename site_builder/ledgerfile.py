"""The ledger on disk: changed by one program at a time, and each time as it stands there then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from site_builder import copies, folder
from site_builder.files import write_durably
from site_builder.ledger import (
    DamagedLedgerError,
    Ledger,
    read_ledger,
    resolve_conflict,
    write_ledger,
)
from site_builder.recordfile import locked, read_text
from site_builder.records import DamagedError, has_conflict


def rewrite(measures: Path, change: Callable[[Ledger], Ledger]) -> Ledger:
    """Change the ledger of a folder of measures, and give it as it is then.

    `change` gets what is on disk now, with what other programs have just written.

    Raises:
        BusyError: another program is writing, and goes on to.
        DamagedLedgerError: the ledger cannot be read; it is left as it is.
        OSError: it cannot be written; it is as it was.
    """
    with locked(measures / folder.LEDGER):
        before = folder.read_ledger(measures / folder.LEDGER)
        after = change(before)
        if after != before:
            write_durably(measures / folder.LEDGER, write_ledger(after).encode())
        return after


def merge_conflict(measures: Path, name: str = folder.LEDGER) -> bool:
    """Settle a merge conflict in the ledger, or in the list of copies; False where there is none.

    Raises:
        BusyError, DamagedError, OSError: as `rewrite` does; without a conflict too.
    """
    path = measures / name
    damaged, resolved, read = _LISTS[name]
    with locked(path):
        text = read_text(path, damaged)
        if text is None:
            return False
        if not has_conflict(text):
            read(text)
            return False
        write_durably(path, resolved(text).encode())
        return True


_LISTS: dict[str, tuple[type[DamagedError], Callable[[str], str], Callable[[str], object]]] = {
    folder.LEDGER: (
        DamagedLedgerError,
        lambda text: write_ledger(resolve_conflict(text)),
        read_ledger,
    ),
    folder.COPIES: (
        copies.DamagedCopiesError,
        lambda text: copies.write_copies(copies.resolve_conflict(text)),
        copies.read_copies,
    ),
}
