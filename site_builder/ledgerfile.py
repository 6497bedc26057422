"""The ledger on disk: changed by one program at a time, and each time as it stands there then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from site_builder import folder
from site_builder.files import write_durably
from site_builder.ledger import Ledger, has_conflict, resolve_conflict, write_ledger
from site_builder.recordfile import locked


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


def merge_conflict(measures: Path) -> bool:
    """Settle a merge conflict in the ledger; False where there is none.

    Raises:
        BusyError, DamagedLedgerError, OSError: as `rewrite` does.
    """
    path = measures / folder.LEDGER
    with locked(measures / folder.LEDGER):
        text = folder.read_ledger_text(path)
        if text is None or not has_conflict(text):
            return False
        write_durably(path, write_ledger(resolve_conflict(text)).encode())
        return True
