"""`prongsai verify-links`: what is asked for, what is kept whatever happens, what fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder import cli, folder, ledgerfile, linkcheck
from site_builder.causes import Cause
from site_builder.cli import verifying
from site_builder.ledger import Finding, Ledger, enter
from site_builder.verdicts import Verdict

from .conftest import ROOT
from .faults.server import FaultServer, says, serving
from .handbook import MEASURE, office, write_office
from .test_revisions import commit, git

PDF = says(200, b"%PDF-1.7 x", "application/pdf")
LEDGER = "measures/links.json"
LOOPBACK = ("--allow-network", "127.0.0.0/8")
Run = Callable[..., Result]


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """Nine documents; the third measure's is missing."""
    answers = {f"/files/measure-{n}.pdf": PDF for n in range(1, 11) if n != 3}
    with serving(answers) as started:
        yield started


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `prongsai` in a small office's folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "PRONGSAI_VANTAGE"):
        monkeypatch.delenv(name, raising=False)
    write_office(tmp_path, office())

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(cli.main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return invoke


@pytest.fixture
def near(run: Run, server: FaultServer) -> Run:
    """The office whose documents are all on the server."""
    files = {
        name: text.replace("https://www.example.go.th/files", f"{server.url}/files")
        for name, text in office().items()
    }
    write_office(Path(), files)
    return run


def kept() -> dict[str, Any]:
    links: dict[str, Any] = json.loads(Path(LEDGER).read_text("utf-8"))["links"]
    return links


def age(hours: float) -> None:
    """Let the ledger be so much older."""
    ledger = folder.read_ledger(Path(LEDGER))
    text = ledger.model_dump_json()
    for moment in set(json_moments(json.loads(text))):
        older = datetime.fromisoformat(moment) - timedelta(hours=hours)
        text = text.replace(moment, older.isoformat())
    Path(LEDGER).write_text(text, "utf-8")


def json_moments(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from json_moments(inner)
    elif isinstance(value, str) and value[4:5] == "-" and value.endswith("Z"):
        yield value


# With LinkChecker


def test_what_is_well_is_left_alone_and_what_is_not_is_asked_again(
    near: Run, server: FaultServer
) -> None:
    first = near("verify-links", *LOOPBACK)
    assert first.exit_code == 0, first.output
    assert f"{MEASURE}:10:10: link-broken-once" in first.output
    assert "ตรวจแล้ว 10 ที่อยู่: เปิดได้ 9, ไม่พบเอกสาร 1 — " in first.output
    assert len(set(server.asked)) == 10
    text = Path(LEDGER).read_bytes()
    server.requests.clear()
    second = near("verify-links", *LOOPBACK)
    assert set(server.asked) == {"/files/measure-3.pdf"}
    assert "9 ไม่ได้ตรวจครั้งนี้" in second.output
    assert Path(LEDGER).read_bytes() == text, "nothing happened, nothing changes"
    server.requests.clear()
    near("verify-links", "--all", *LOOPBACK)
    assert len(set(server.asked)) == 10
    assert Path(LEDGER).read_bytes() == text


def test_what_stays_missing_fails_and_an_acknowledgement_silences_it(
    near: Run, server: FaultServer
) -> None:
    near("verify-links", *LOOPBACK)
    age(21)
    again = near("verify-links", *LOOPBACK)
    assert again.exit_code == 1
    assert f"{MEASURE}:10:10: link-broken: " in again.output
    assert near("links").exit_code == 1
    url = f"{server.url}/files/measure-3.pdf"
    assert near("links", "--acknowledge", url, "--reason", "กำลังหาเอกสารฉบับจริง").exit_code == 0
    assert near("links").exit_code == 0
    silent = near("verify-links", *LOOPBACK)
    assert silent.exit_code == 0
    assert "link-broken" not in silent.output


def test_only_the_links_of_a_change_are_asked_for(near: Run, server: FaultServer) -> None:
    git(Path(), "init", "-q", "-b", "main")
    commit(Path())
    text = Path(MEASURE).read_text("utf-8")
    Path(MEASURE).write_text(text.replace("measure-3.pdf", "other.pdf"), "utf-8")
    done = near("verify-links", "--only-changed", "--since", "HEAD", *LOOPBACK)
    assert server.asked == ["/files/other.pdf"] * 2
    assert done.exit_code == 1  # a new link that was missing twice
    assert "link-new-missing" in done.output
    assert list(kept()) == [f"{server.url}/files/other.pdf"]


# The door alone: what LinkChecker would find is given


def gives(*findings: Finding, then: BaseException | None = None) -> Callable[..., Any]:
    """A check that finds this, and whatever else it is asked for is there."""

    def check(urls: Collection[str], *, found: Callable[[Finding], None], **_: Any) -> Any:
        given = {finding.url: finding for finding in findings}
        for url, finding in given.items():
            assert url in urls
            found(finding)
        if then is not None:
            raise then
        for url in urls:
            if url not in given:
                given[url] = Finding(url, Verdict.OK, 200)
                found(given[url])
        return tuple(given[url] for url in urls)

    return check


def third(verdict: Verdict, **values: Any) -> Finding:
    return Finding("https://www.example.go.th/files/measure-3.pdf", verdict, **values)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def checks(*findings: Finding, then: BaseException | None = None) -> None:
        monkeypatch.setattr(linkcheck, "check_links", gives(*findings, then=then))

    return checks


def test_a_new_link_that_is_missing_fails_at_once(run: Run, checks: Callable[..., None]) -> None:
    checks(third(Verdict.BROKEN, status=404, cause=Cause.NOT_FOUND, tries=2))
    git(Path(), "init", "-q", "-b", "main")
    commit(Path())
    assert run("verify-links", "--since", "HEAD").exit_code == 0
    Path(LEDGER).unlink()
    git(Path(), "rm", "-q", "--cached", MEASURE)
    text = Path(MEASURE).read_text("utf-8")
    Path(MEASURE).unlink()
    commit(Path(), "without it")
    Path(MEASURE).write_text(text, "utf-8")
    for options in (("--since", "HEAD"), ("--only-changed", "--since", "HEAD")):
        result = run("verify-links", *options)
        assert result.exit_code == 1, result.output
        assert f"{MEASURE}:10:10: link-new-missing" in result.output


def test_a_base_with_errors_makes_every_link_new_and_says_so(
    run: Run, checks: Callable[..., None]
) -> None:
    checks(third(Verdict.BROKEN, status=404, cause=Cause.GONE, tries=2))
    git(Path(), "init", "-q", "-b", "main")
    text = Path(MEASURE).read_text("utf-8")
    Path(MEASURE).write_text("\tbroken", "utf-8")
    commit(Path())
    Path(MEASURE).write_text(text, "utf-8")
    result = run("verify-links", "--only-changed", "--since", "HEAD")
    assert result.exit_code == 1
    assert "จึงถือว่าทุกลิงก์เป็นลิงก์ใหม่" in result.output
    assert len(kept()) == 10


@pytest.mark.parametrize("revision", ["nowhere", "--help", "-x", "\x1b[2J"])
def test_an_unknown_revision_could_not_run(run: Run, revision: str) -> None:
    git(Path(), "init", "-q", "-b", "main")
    commit(Path())
    result = run("verify-links", f"--since={revision}")
    assert result.exit_code == 3
    assert "ไม่พบรุ่น" in result.output
    assert "\x1b" not in result.output
    assert not Path(LEDGER).exists()


@pytest.mark.parametrize(
    "options", [("--only-changed",), ("--only-changed", "--all", "--since", "HEAD")]
)
def test_options_that_make_no_sense_together(run: Run, options: tuple[str, ...]) -> None:
    assert run("verify-links", *options).exit_code == 2


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "markdown"])
def test_one_bad_address_is_told_and_that_no_link_was_checked(run: Run, form: str) -> None:
    file = Path(MEASURE)
    text = file.read_text("utf-8")
    file.write_text(text.replace("https://www.example.go.th", "javascript:a"), "utf-8")
    result = run("verify-links", "--format", form)
    assert result.exit_code == 1
    assert result.stderr.endswith("ยังไม่ได้ตรวจลิงก์ใด เพราะไฟล์มาตรการมีจุดที่ต้องแก้ก่อน\n")
    assert "url-unsafe" in (result.stderr if form == "text" else result.stdout)
    assert "no link was checked" in run("verify-links", "--lang", "en").stderr
    assert not Path(LEDGER).exists()


def test_offline_nothing_is_written(
    run: Run, checks: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "CHECKPOINT", 0)
    monkeypatch.setattr(verifying, "SPARING", 0)
    checks(third(Verdict.TEMPORARY), then=linkcheck.OfflineError("9 of 9 hosts"))
    result = run("verify-links")
    assert result.exit_code == 3
    assert "อินเทอร์เน็ต" in result.output
    assert "(เว็บไซต์ที่เข้าไม่ได้: 9 of 9 hosts)" in result.output
    assert "(out of reach: 9 of 9 hosts)" in run("verify-links", "--lang", "en").output
    assert not Path(LEDGER).exists()


def test_a_long_run_keeps_what_it_knows_on_the_way(
    run: Run, checks: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    rewrite = ledgerfile.rewrite

    def watched(measures: Path, change: Callable[[Ledger], Ledger]) -> Ledger:
        after = rewrite(measures, change)
        seen.append(len(after.links))
        return after

    monkeypatch.setattr(ledgerfile, "rewrite", watched)
    checks()
    assert run("verify-links").exit_code == 0
    assert seen == [10]
    Path(LEDGER).unlink()
    monkeypatch.setattr(verifying, "CHECKPOINT", 0)
    monkeypatch.setattr(verifying, "SPARING", 0)
    assert run("verify-links").exit_code == 0
    assert seen[1:] == [*range(1, 11), 10]


def test_a_check_that_breaks_down_keeps_what_it_knows(
    run: Run, checks: Callable[..., None]
) -> None:
    checks(third(Verdict.OK, status=200), then=linkcheck.CouldNotRunError("boom\x1b"))
    result = run("verify-links")
    assert result.exit_code == 3
    said, technical, _ = result.stderr.splitlines()
    assert "ทำงานไม่สำเร็จ — ลองใหม่อีกครั้ง" in said
    assert technical == "boom?"
    assert "บันทึกผลที่ตรวจได้แล้วไว้ครบ" in result.output
    assert list(kept()) == [third(Verdict.OK).url]
    Path(LEDGER).unlink()
    checks(then=linkcheck.CouldNotRunError("boom"))
    assert "บันทึกผลเดิมยังอยู่ครบ" in run("verify-links").output
    assert not Path(LEDGER).exists()


def test_what_another_run_wrote_meanwhile_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Finding("https://www.example.go.th/files/of-another.pdf", Verdict.OK)

    def check(urls: Collection[str], **options: Any) -> Any:
        now = datetime.now(UTC)
        ledgerfile.rewrite(Path("measures"), lambda ledger: enter(ledger, [other], now))
        return gives()(urls, **options)

    monkeypatch.setattr(linkcheck, "check_links", check)
    assert run("verify-links").exit_code == 0
    assert len(kept()) == 11
    assert other.url in kept()
    # Only a run that starts with it can tell that no measure has it.
    monkeypatch.setattr(linkcheck, "check_links", gives())
    run("verify-links")
    assert other.url not in kept()


def test_a_ledger_that_is_damaged_meanwhile_is_left_as_it_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(urls: Collection[str], **options: Any) -> Any:
        Path(LEDGER).write_text("<<<<<<< HEAD\n", "utf-8")
        return gives()(urls, **options)

    monkeypatch.setattr(linkcheck, "check_links", check)
    result = run("verify-links")
    assert result.exit_code == 3
    assert f"{LEDGER}:1:1: ledger-damaged" in result.output
    assert "prongsai links --merge" in result.output
    assert Path(LEDGER).read_text("utf-8") == "<<<<<<< HEAD\n"


STOPPED = """
import sys, time
from site_builder import cli, linkcheck
from site_builder.ledger import Finding
from site_builder.verdicts import Verdict
def check(urls, *, found, **_):
    for url in urls[:int(sys.argv[1])]:
        found(Finding(url, Verdict.OK, 200))
    print("ready", flush=True)
    time.sleep(60)
linkcheck.check_links = check
cli.main(["verify-links"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of other systems")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("known", [0, 4])
def test_a_run_that_is_stopped_keeps_what_it_knows(
    run: Run, sign: signal.Signals, known: int
) -> None:
    assert run
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(known)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(sign)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 3, said
    assert ("บันทึกผลที่ตรวจได้แล้วไว้ครบ" in said) is bool(known)
    assert len(kept() if Path(LEDGER).exists() else ()) == known


@pytest.mark.parametrize(
    ("environment", "options", "vantage"),
    [
        ({}, (), "เครื่องของผู้ตรวจ"),
        ({"GITHUB_ACTIONS": "true"}, (), "GitHub Actions"),
        ({"GITLAB_CI": "true"}, (), "GitLab CI"),
        ({"GITLAB_CI": "true", "PRONGSAI_VANTAGE": "ขอนแก่น"}, (), "ขอนแก่น"),
        ({"PRONGSAI_VANTAGE": "ขอนแก่น"}, ("--vantage", "อบต.\x1b\n"), "อบต.??"),
    ],
)
def test_who_checked_from_where_is_kept(  # noqa: PLR0913, PLR0917 - a table
    run: Run,
    checks: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    options: tuple[str, ...],
    vantage: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    checks()
    run("verify-links", *options)
    entry = kept()[third(Verdict.OK).url]
    assert entry["vantage"] == vantage
    assert entry["checker"].startswith("prongsai 0.")
    assert "LinkChecker 10.6" in entry["checker"]


def test_programs_get_the_list_alone(run: Run, checks: Callable[..., None]) -> None:
    checks(third(Verdict.BLOCKED, status=403))
    for form in ("json", "github", "sarif", "junit", "markdown"):
        result = run("verify-links", "--format", form)
        assert result.exit_code == 0
        assert "link-blocked" in result.stdout or "blocked" in result.stdout
        assert "ตรวจแล้ว" not in result.stdout
        assert "ตรวจแล้ว" in result.stderr
        if form == "json":
            assert len(json.loads(result.stdout)) == 10


def test_an_address_inside_a_network_fails_also_where_nothing_is_checked(
    run: Run, checks: Callable[..., None]
) -> None:
    checks()
    text = Path(MEASURE).read_text("utf-8")
    Path(MEASURE).write_text(
        text.replace("https://www.example.go.th/", "http://10.0.0.1/"), "utf-8"
    )
    git(Path(), "init", "-q", "-b", "main")
    commit(Path())
    result = run("verify-links", "--only-changed", "--since", "HEAD")
    assert result.exit_code == 1
    assert "link-unsafe" in result.output
