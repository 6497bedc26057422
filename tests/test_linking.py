"""`prongsai links`: what needs mending, and what somebody has looked at by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from site_builder import cli, folder
from site_builder.copies import Copies, read_copies, write_copies
from site_builder.ledger import Finding, Ledger, enter, write_ledger
from site_builder.verdicts import Verdict

from .handbook import office, write_office
from .test_copies import copy

HOST = "https://www.example.go.th/files/measure-"
LEDGER = Path("measures/links.json")
COPIES = Path("measures/snapshots.json")
Run = Callable[..., Result]


def write(*findings: Finding) -> None:
    ledger = enter(Ledger(), findings, datetime.now(UTC) - timedelta(days=2))
    ledger = enter(ledger, findings, datetime.now(UTC))
    LEDGER.write_text(write_ledger(ledger), "utf-8")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `prongsai` in a small office's folder, where one link is broken and one blocked."""
    monkeypatch.chdir(tmp_path)
    files = office()
    files["measures/2568/04-measure.yaml"] = files["measures/2568/04-measure.yaml"].replace(
        "measure-4.pdf", "แผน.pdf"
    )
    write_office(tmp_path, files)
    write(
        Finding(f"{HOST}1.pdf", Verdict.OK, 200),
        Finding(f"{HOST}2.pdf", Verdict.BROKEN, 404),
        Finding(f"{HOST}3.pdf", Verdict.BLOCKED, 403),
        Finding("https://www.example.go.th/files/แผน.pdf", Verdict.BLOCKED, 403),
        Finding(f"{HOST}5.pdf", Verdict.UNSAFE),
    )

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(cli.main, ("links", *arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return invoke


def acknowledged() -> dict[str, dict[str, str]]:
    links = json.loads(LEDGER.read_text("utf-8"))["links"]
    return {url: e["acknowledged"] for url, e in links.items() if "acknowledged" in e}


def test_what_needs_mending_is_shown_without_asking_anybody(run: Run) -> None:
    result = run()
    assert result.exit_code == 1
    assert result.output.startswith("สำนักปลัด — 4 ลิงก์ ต้องแก้ 2 ควรดู 2\n")
    assert "measures/2568/02-measure.yaml:10:10: link-broken: " in result.output
    assert "เปิดได้ ·" not in result.output
    assert "ต้องแก้ 2 ควรดู 2 ยังไม่ได้ตรวจ 5" in result.output
    assert "prongsai links --memo" in result.output
    assert f"✓ เปิดได้: {HOST}1.pdf" in run("--all").output
    assert "to mend 2, to look at 2" in run("--lang", "en").output


def test_a_memo_is_written_for_each_unit(run: Run) -> None:
    result = run("--memo")
    assert result.exit_code == 1
    assert result.output.startswith("บันทึกข้อความ\nส่วนราชการ  องค์การบริหารส่วนตำบลตัวอย่าง\n")
    write(Finding(f"{HOST}1.pdf", Verdict.OK))
    assert run("--memo").output == "ไม่มีลิงก์ที่ต้องแก้หรือควรดู\n"


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "markdown"])
def test_an_office_without_a_ledger_has_nothing_to_mend(run: Run, form: str) -> None:
    LEDGER.unlink()
    result = run("--format", form)
    assert result.exit_code == 0, result.output
    assert not LEDGER.exists()
    if form == "json":
        assert json.loads(result.stdout) == []
        assert len(json.loads(run("--format", form, "--all").stdout)) == 10


def test_acknowledging_and_withdrawing(run: Run) -> None:
    result = run("--acknowledge", f"{HOST}3.pdf", "--reason", " เปิดด้วย\nเบราว์เซอร์ได้ ")
    assert result.exit_code == 0, result.output
    assert f": {HOST}3.pdf" in result.output
    today = folder.today_in_thailand()
    assert acknowledged() == {
        f"{HOST}3.pdf": {
            "reason": "เปิดด้วย?เบราว์เซอร์ได้",
            "on": today.isoformat(),
            "until": (today + timedelta(days=90)).isoformat(),
        }
    }
    assert "พิจารณาแล้ว 1" in run().output
    assert run("--withdraw", f"{HOST}3.pdf").exit_code == 0
    assert acknowledged() == {}
    assert run("--withdraw", f"{HOST}3.pdf").exit_code == 2


def test_an_address_as_a_browser_or_a_message_copies_it(run: Run) -> None:
    encoded = "https://www.example.go.th/files/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf"
    for asked in (encoded, " <https://www.example.go.th/files/แผน.pdf> "):
        assert run("--acknowledge", asked, "--reason", "เปิดด้วยเบราว์เซอร์ได้").exit_code == 0
        assert list(acknowledged()) == ["https://www.example.go.th/files/แผน.pdf"]


def test_an_unknown_address_is_told_what_is_near(run: Run) -> None:
    before = LEDGER.read_bytes()
    result = run("--acknowledge", f"{HOST}33.pdf", "--reason", "เปิดด้วยเบราว์เซอร์ได้")
    assert result.exit_code == 2
    assert "ที่ใกล้เคียงคือ" in result.output
    assert f"{HOST}3.pdf" in result.output
    far = run("--acknowledge", "ก\x1b", "--reason", "เปิดด้วยเบราว์เซอร์ได้")
    assert far.exit_code == 2
    assert "prongsai verify-links" in far.output
    assert LEDGER.read_bytes() == before


def test_what_is_not_safe_is_never_acknowledged(run: Run) -> None:
    result = run("--acknowledge", f"{HOST}5.pdf", "--reason", "เปิดด้วยเบราว์เซอร์ได้")
    assert result.exit_code == 2
    assert "ต้องแก้" in result.output
    assert acknowledged() == {}


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--reason", ""),
        ("--reason", "-"),
        ("--reason", "ok"),
        ("--reason", "เปิดได้ปกติ", "--until", "2020-01-01"),
        ("--reason", "เปิดได้ปกติ", "--until", "9999-12-31"),
        ("--reason", "เปิดได้ปกติ", "--until", "พรุ่งนี้"),
        ("--reason", "เปิดได้ปกติ", "--until", "2570-01-31"),
        ("--reason", "เปิดได้ปกติ", "--withdraw", f"{HOST}2.pdf"),
        ("--reason", "เปิดได้ปกติ", "--merge"),
    ],
)
def test_an_acknowledgement_needs_a_reason_and_an_end(run: Run, options: tuple[str, ...]) -> None:
    result = run("--acknowledge", f"{HOST}3.pdf", *options)
    assert result.exit_code == 2
    assert "เช่น" in result.output
    assert acknowledged() == {}


def test_the_last_day_in_thai_digits_and_a_year_at_most(run: Run) -> None:
    today = folder.today_in_thailand()
    last = (today + timedelta(days=365)).isoformat()
    thai_digits = last.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    said = ("--acknowledge", f"{HOST}3.pdf", "--reason", "เปิดได้ปกติ", "--until")
    assert run(*said, thai_digits).exit_code == 0
    assert acknowledged()[f"{HOST}3.pdf"]["until"] == last
    assert run(*said, (today + timedelta(days=366)).isoformat()).exit_code == 2
    assert run("--reason", "เปิดได้ปกติ").exit_code == 2


def test_a_merge_conflict_is_named_and_settled(run: Run) -> None:
    whole = LEDGER.read_text("utf-8")
    LEDGER.write_text(f"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> main\n", "utf-8")
    result = run()
    assert result.exit_code == 3
    assert "measures/links.json:1:1: ledger-damaged" in result.output
    assert result.output.rstrip().endswith("prongsai links --merge")
    assert run("--merge").exit_code == 0
    assert LEDGER.read_text("utf-8") == whole
    assert "ไม่ต้องทำอะไร" in run("--merge").output
    broken = f"<<<<<<< HEAD\n{whole}=======\n{whole[:40]}\n>>>>>>> main\n"
    LEDGER.write_text(broken, "utf-8")
    result = run("--merge")
    assert result.exit_code == 3
    assert result.output.rstrip().endswith("git checkout --ours measures/links.json")
    assert LEDGER.read_text("utf-8") == broken


def test_conflicts_in_both_lists_are_settled_at_once(run: Run) -> None:
    whole = LEDGER.read_text("utf-8")
    sides = [write_copies(Copies(copies={f"{HOST}{n}.pdf": (copy(),)})) for n in (1, 2)]
    COPIES.write_text(f"<<<<<<< HEAD\n{sides[0]}=======\n{sides[1]}>>>>>>> main\n", "utf-8")
    LEDGER.write_text(f"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> main\n", "utf-8")
    told = run()
    assert told.exit_code == 3
    assert told.output.count("prongsai links --merge") == 2
    assert "git restore" not in told.output
    result = run("--merge")
    assert result.exit_code == 0, result.output
    assert "git add measures/links.json" in result.output
    assert "git add measures/snapshots.json" in result.output
    assert set(read_copies(COPIES.read_text("utf-8")).copies) == {f"{HOST}1.pdf", f"{HOST}2.pdf"}
    assert LEDGER.read_text("utf-8") == whole


def test_one_list_that_cannot_be_settled_holds_up_no_other(run: Run) -> None:
    LEDGER.write_text("<<<<<<< HEAD\n{\n=======\n{}\n>>>>>>> main\n", "utf-8")
    COPIES.write_text("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n", "utf-8")
    result = run("--merge")
    assert result.exit_code == 3
    assert "git checkout --ours measures/links.json" in result.output
    assert read_copies(COPIES.read_text("utf-8")) == Copies()


@pytest.mark.parametrize("path", [LEDGER, COPIES], ids=["ledger", "copies"])
def test_a_list_of_a_newer_prongsai_is_not_called_damaged(run: Run, path: Path) -> None:
    # Made otherwise, too: what is newer need not look like what this program knows.
    path.write_text('{\n  "version": 99,\n  "links": [], "copies": 3\n}\n', "utf-8")
    for options in ((), ("--merge",), ("--format", "json")):
        result = run(*options)
        assert result.exit_code == 3
        assert f"{path.as_posix()}:2:3: list-newer" in result.output or options[:1] == ("--format",)
        assert "list-newer" in result.output
        assert "git pull" in result.output
        assert "git restore" not in result.output
        assert "ไม่ต้องทำอะไร" not in result.output
    conflict = f"<<<<<<< HEAD\n{path.read_text('utf-8')}=======\n{{}}\n>>>>>>> main\n"
    path.write_text(conflict, "utf-8")
    result = run("--merge")
    assert "list-newer" in result.output
    assert "checkout" not in result.output
    assert path.read_text("utf-8") == conflict


def test_a_damaged_list_without_a_conflict_is_not_nothing_to_do(run: Run) -> None:
    LEDGER.write_text("{", "utf-8")
    result = run("--merge")
    assert result.exit_code == 3
    assert "git restore measures/links.json" in result.output


def test_a_folder_in_the_place_of_the_ledger_is_a_damaged_ledger(run: Run) -> None:
    LEDGER.unlink()
    LEDGER.mkdir()
    result = run()
    assert result.exit_code == 3
    assert "ledger-damaged" in result.output
    assert "year-folder" not in result.output


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "markdown"])
def test_measures_with_errors_are_told_in_the_form_that_was_asked_for(run: Run, form: str) -> None:
    file = Path("measures/2568/04-measure.yaml")
    file.write_text(re.sub("url: .*", "url: http://[|<b>", file.read_text("utf-8")), "utf-8")
    result = run("--format", form)
    assert result.exit_code == 1
    assert "ยังไม่ได้แสดงลิงก์ใด เพราะไฟล์มาตรการมีจุดที่ต้องแก้ก่อน" in result.stderr
    assert "url-invalid" in (result.stderr if form == "text" else result.stdout)
    if form == "json":
        assert [each["code"] for each in json.loads(result.stdout)] == ["url-invalid"]
    if form == "sarif":
        assert len(json.loads(result.stdout)["runs"][0]["results"]) == 1
    if form == "junit":
        assert etree.fromstring(result.stdout.encode()).get("failures") == "1"
    if form == "markdown":
        (row,) = (line for line in result.stdout.splitlines() if "url-invalid" in line)
        assert row.count("|") == 5


def test_a_memo_has_no_other_form(run: Run) -> None:
    for form in ("json", "github", "sarif", "junit", "markdown"):
        result = run("--memo", "--format", form)
        assert result.exit_code == 2
        assert "prongsai links --memo" in result.stderr
    assert run("--memo", "--format", "text").exit_code == 1


def test_a_reason_that_is_too_short_is_told_how_long_it_must_be(run: Run) -> None:
    result = run("--acknowledge", f"{HOST}3.pdf", "--reason", "ok")
    assert result.exit_code == 2
    assert "อย่างน้อย 4 ตัว" in result.output


def test_a_ledger_cut_in_half_is_named_with_the_way_out(run: Run) -> None:
    half = LEDGER.read_text("utf-8")[:400]
    LEDGER.write_text(half, "utf-8")
    for options in ((), ("--acknowledge", f"{HOST}3.pdf", "--reason", "เปิดได้ปกติ"), ("--all",)):
        result = run(*options)
        assert result.exit_code == 3
        assert "measures/links.json:" in result.output
        assert "git restore measures/links.json" in result.output
    assert LEDGER.read_text("utf-8") == half


def test_a_folder_that_is_not_there(run: Run) -> None:
    assert run("--measures", "nowhere").exit_code == 3
    told = run("--measures", "nowhere", "--withdraw", f"{HOST}3.pdf")
    assert told.exit_code in {2, 3}
    assert not Path("nowhere").exists()
