"""The ledger on disk: whole whatever happens, and no program loses what another one wrote."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from site_builder import folder, ledgerfile, recordfile
from site_builder.files import write_durably
from site_builder.ledger import DamagedLedgerError, Finding, Ledger, enter
from site_builder.verdicts import Verdict

from .conftest import ROOT

LOCK = recordfile.lock_of(Path(folder.LEDGER)).name

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from site_builder import ledgerfile
from site_builder.ledger import Finding, enter
from site_builder.verdicts import Verdict
name, folder, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
for number in range(rounds):
    found = [Finding(f"https://{name}.go.th/{number % 400}", Verdict.OK, note="x" * 999)]
    now = datetime(2026, 1, 1 + number // 400 % 28, tzinfo=UTC)
    ledgerfile.rewrite(folder, lambda kept: enter(kept, found, now))
"""


def start(name: str, measures: Path, rounds: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, name, str(measures), str(rounds)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"ready"
    process.stdout.close()
    return process


def found(ledger: Ledger) -> Ledger:
    return enter(ledger, [Finding("https://x.go.th/a", Verdict.OK)], NOW)


def test_two_programs_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [start(name, tmp_path, 60) for name in ("one", "two")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    kept = folder.read_ledger(tmp_path / folder.LEDGER)
    assert kept.links.keys() == {
        f"https://{w}.go.th/{n}" for w in ("one", "two") for n in range(60)
    }
    assert {path.name for path in tmp_path.iterdir()} == {folder.LEDGER, LOCK}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only some systems kill so")
def test_the_ledger_can_be_read_however_a_writer_was_killed(tmp_path: Path) -> None:
    chance = random.Random(0)  # noqa: S311 - moments to kill at
    seen = 0
    for turn in range(30):
        writer = start(f"w{turn}", tmp_path, 100_000)
        time.sleep(chance.uniform(0, 0.05))
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
        links = folder.read_ledger(tmp_path / folder.LEDGER).links
        assert len(links) >= seen, "what was written once stays"
        seen = len(links)
    assert seen > 30
    # Nor does a dead writer's lock or half-written file stand in the way.
    ledgerfile.rewrite(tmp_path, found)
    assert {path.name for path in tmp_path.iterdir()} == {folder.LEDGER, LOCK}


def test_a_change_sees_what_stands_on_disk_then(tmp_path: Path) -> None:
    ledgerfile.rewrite(tmp_path, found)
    other = [Finding("https://x.go.th/b", Verdict.OK)]
    kept = ledgerfile.rewrite(tmp_path, lambda ledger: enter(ledger, other, NOW))
    assert len(kept.links) == 2


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    ledgerfile.rewrite(tmp_path, found)
    file = tmp_path / folder.LEDGER
    os.utime(file, (0, 0))
    ledgerfile.rewrite(tmp_path, found)
    assert file.stat().st_mtime == 0
    ledgerfile.rewrite(tmp_path / ".", lambda _: Ledger())
    assert file.read_text() == '{\n  "version": 1,\n  "links": {}\n}\n'


def test_a_busy_ledger_is_waited_for_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordfile, "PATIENCE", 0.1)
    other = FileLock(tmp_path / LOCK, thread_local=False)
    with other, pytest.raises(recordfile.BusyError):
        ledgerfile.rewrite(tmp_path, found)
    assert not (tmp_path / folder.LEDGER).exists()
    monkeypatch.setattr(recordfile, "PATIENCE", 10)
    other.acquire()
    threading.Timer(0.3, other.release).start()
    assert ledgerfile.rewrite(tmp_path, found).links


@pytest.mark.parametrize(
    "damage", [b"{", b"<<<<<<< a\n", b'{"version": 9}', b"\xff\xfe{}", '{"ก'.encode()[:-1]]
)
def test_a_damaged_ledger_is_left_as_it_is(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / folder.LEDGER).write_bytes(damage)
    with pytest.raises(DamagedLedgerError):
        ledgerfile.rewrite(tmp_path, found)
    assert (tmp_path / folder.LEDGER).read_bytes() == damage


def test_a_ledger_that_notepad_saved_is_read(tmp_path: Path) -> None:
    ledgerfile.rewrite(tmp_path, found)
    file = tmp_path / folder.LEDGER
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert folder.read_ledger(file).links.keys() == {"https://x.go.th/a"}


def test_a_ledger_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledgerfile.rewrite(tmp_path, found)
    monkeypatch.setattr(recordfile, "LIMIT", 20)
    with pytest.raises(DamagedLedgerError, match="20 bytes"):
        folder.read_ledger(tmp_path / folder.LEDGER)
    (tmp_path / folder.LEDGER).unlink()
    (tmp_path / folder.LEDGER).mkdir()
    with pytest.raises(DamagedLedgerError, match="not a file"):
        folder.read_ledger(tmp_path / folder.LEDGER)


def test_a_disk_that_knows_no_locks_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def acquire(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", acquire)
    assert ledgerfile.rewrite(tmp_path, found).links


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        ledgerfile.rewrite(tmp_path / "nowhere", found)
    assert not (tmp_path / "nowhere").exists()


def test_a_conflict_is_settled_and_the_rest_left_alone(tmp_path: Path) -> None:
    file = tmp_path / folder.LEDGER
    assert not ledgerfile.merge_conflict(tmp_path)
    assert not file.exists()
    ledgerfile.rewrite(tmp_path, found)
    whole = file.read_text("utf-8")
    assert not ledgerfile.merge_conflict(tmp_path)
    file.write_text(f"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> main\n", "utf-8")
    assert ledgerfile.merge_conflict(tmp_path)
    assert file.read_text("utf-8") == whole
    broken = f"<<<<<<< HEAD\n{whole}=======\n{whole[:40]}\n>>>>>>> main\n"
    file.write_text(broken, "utf-8")
    with pytest.raises(DamagedLedgerError):
        ledgerfile.merge_conflict(tmp_path)
    assert file.read_text("utf-8") == broken


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_links_of_the_file_system_harm_nothing(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text("{}")
    (tmp_path / folder.LEDGER).symlink_to(elsewhere)
    ledgerfile.rewrite(tmp_path, found)
    assert (tmp_path / folder.LEDGER).is_symlink()
    assert folder.read_ledger(elsewhere).links
    precious = tmp_path / "precious"
    precious.write_text("x")
    (tmp_path / LOCK).unlink()
    (tmp_path / LOCK).symlink_to(precious)
    with pytest.raises(OSError, match="lock"):
        ledgerfile.rewrite(tmp_path, lambda _: Ledger())
    assert precious.read_text() == "x"


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    write_durably(file, b"1")
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(OSError, match="full"):
        write_durably(file, b"2")
    assert file.read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def _full(_handle: int) -> None:
    raise OSError(28, "disk full")
