"""The terminal door: what each command prints, and its exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from site_builder import cli

from .conftest import rewrite

THIRD = "measures/2568/03-no-gift-policy.yaml"


@pytest.fixture
def run(office: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201
    """Run `prongsai` in the office's folder."""
    monkeypatch.chdir(office)

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(cli.main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return invoke


def test_check_is_clean_on_the_committed_data(run) -> None:  # noqa: ANN001
    result = run("check")
    assert result.exit_code == 0
    assert "measures/2568/02-budget-disclosure.yaml:9:9: period-outside-year" in result.output
    assert run("check", "--strict").exit_code == 1


def test_check_shows_all_errors_with_an_example(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: พรุ่งนี้")
    rewrite(office / "measures/agency.yaml", "province: มหาสารคาม\n", "")
    result = run("check")
    assert result.exit_code == 1
    assert f"{THIRD}:7:9: period-unreadable" in result.output
    assert "เช่น  period: ๑ ต.ค. ๖๗" in result.output
    assert "measures/agency.yaml:1:1: key-missing" in result.output
    assert "such as  period: ๑ ต.ค. ๖๗" in run("check", "--lang", "en").output


def test_wrong_usage_is_2(run) -> None:  # noqa: ANN001
    assert run("check", "--nonsense").exit_code == 2
    assert run("export").exit_code == 2
    assert run("verify-links", "--allow-network", "everything").exit_code == 2


def test_check_lists_the_files_that_are_named(run, office: Path) -> None:  # noqa: ANN001
    second = "measures/2568/02-budget-disclosure.yaml"

    def files(*arguments: str) -> set[str]:
        listed = json.loads(run("check", "--format", "json", *arguments).output)
        return {found["file"] for found in listed}

    everything = files()
    assert files(".") == files(str(Path("measures"))) == everything
    # What is read of a whole report is listed only for the files that were asked for.
    assert files(THIRD) == {THIRD}
    assert files(THIRD, second) == {THIRD, second}
    assert files("measures/2568") == everything
    rewrite(office / "measures/agency.yaml", "province: มหาสารคาม\n", "")
    assert files(THIRD) == {"measures/agency.yaml"}
    assert run("check", THIRD).exit_code == 1
    missing = run("check", "nowhere")
    assert missing.exit_code == 1
    assert "nowhere:1:1: folder-missing" in missing.output
    (office / "measures/agency.yaml").unlink()
    assert files(THIRD) == {"measures/agency.yaml"}
    assert files("measures/2568/..") == {"measures/agency.yaml"}


def test_check_marks_the_spot_and_sums_up_by_unit(run) -> None:  # noqa: ANN001
    lines = run("check", THIRD).output.splitlines()
    assert lines[0].startswith(f"{THIRD}:5:39: word-broken: ")
    assert lines[1].startswith("  ควรดู 5 |   - จัดทำประกาศนโยบายไม่รับของขวัญหรือของ กำนัล")
    assert lines[2].strip("| ") == "^" * 8
    assert lines[-2].startswith("  สำนักปลัด ")
    english = run("check", "--lang", "en").output.splitlines()
    assert re.fullmatch(r"10 measures  errors   0  warnings +\d+", english[-1])


def test_check_quietly_counts_warnings(run, office: Path) -> None:  # noqa: ANN001
    output = run("check", "--quiet").output
    assert "evidence-home-page" not in output
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: พรุ่งนี้")
    assert "period-unreadable" in run("check", "-q").output


def test_check_speaks_to_programs(run) -> None:  # noqa: ANN001
    listed = json.loads(run("check", "--format", "json").output)
    keys = ["file", "line", "column", "code", "severity", "message", "example", "unit", "measure"]
    assert all(list(found) == keys for found in listed)
    assert listed == sorted(listed, key=lambda f: (f["file"], f["line"], f["column"], f["code"]))
    assert (
        f"::warning file={THIRD},line=5,col=39,title=word-broken::"
        in run("check", "--format", "github").output
    )
    log = json.loads(run("check", "--format", "sarif", "--lang", "en").output)
    assert len(log["runs"][0]["results"]) == len(listed)
    assert run("check", "--format", "json", "--strict").exit_code == 1


def test_what_the_office_has_looked_at_is_kept_apart(run, office: Path) -> None:  # noqa: ANN001
    with (office / THIRD).open("a", encoding="utf-8") as file:
        file.write("acknowledged:\n  word-broken: ตามต้นฉบับ\n  period-reversed: ไม่มีแล้ว\n")
    output = run("check").output
    assert f"{THIRD}:5:39: word-broken" not in output
    assert f"{THIRD}:17:3: acknowledgement-unused" in output
    everything = run("check", "--all").output
    assert f"{THIRD}:5:39: word-broken" in everything
    assert "พิจารณาแล้ว: ตามต้นฉบับ" in everything
    assert "พิจารณาแล้ว 2 จุด" in everything
    listed = json.loads(run("check", "--all", "--format", "json", THIRD).output)
    reasons = [found.get("acknowledged") for found in listed if found["code"] == "word-broken"]
    assert reasons == ["ตามต้นฉบับ", "ตามต้นฉบับ"]
    rewrite(office / THIRD, "  period-reversed: ไม่มีแล้ว\n", "  period-unreadable: ไม่ได้\n")
    refused = run("check", THIRD)
    assert refused.exit_code == 1
    assert f"{THIRD}:17:3: acknowledged-unknown" in refused.output


def test_what_a_report_has_looked_at_passes_strictly(run, office: Path) -> None:  # noqa: ANN001
    header = "measures/2568/report.yaml"
    assert run("check", "--strict", header).exit_code == 1
    with (office / header).open("a", encoding="utf-8") as file:
        file.write("acknowledged:\n  office-name-differs: ตามฉบับที่เผยแพร่\n")
    assert run("check", "--strict", header).exit_code == 0


def test_check_knows_its_folder_from_inside_it(
    run,  # noqa: ANN001
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(office / "measures/2568")
    listed = json.loads(run("check", "--format", "json", "03-no-gift-policy.yaml").output)
    assert {found["file"] for found in listed} == {"../2568/03-no-gift-policy.yaml"}
    monkeypatch.chdir(office)
    whole = json.loads(run("check", "--format", "json", str(office / THIRD)).output)
    assert {found["file"] for found in whole} == {THIRD}
    outside = run("check", "mkdocs.yml")
    assert outside.exit_code == 1
    assert "mkdocs.yml:1:1: folder-missing" in outside.output
    assert len(outside.output.splitlines()) < 6


def test_check_of_a_year_tells_of_a_file_that_is_not_there(run, office: Path) -> None:  # noqa: ANN001
    (office / "measures/2568/report.yaml").unlink()
    result = run("check", "-q", "measures/2568")
    assert result.exit_code == 1
    assert "measures/2568/report.yaml:1:1: file-missing" in result.output


def test_drafts_are_told_of(run, office: Path) -> None:  # noqa: ANN001
    year = office / "measures/2568"
    (year / "03-no-gift-policy.yaml").rename(year / "_03-1.yaml")
    build(load_config(str(office / "mkdocs.yml"), site_dir=str(office / "site")))
    result = run("check")
    assert "measures/2568/_03-1.yaml:1:1: draft-unfinished" in result.output
    # The draft is the measure that would be missing.
    assert "indicator-without-measure" not in result.output
    shown = run("check", "-q", "--site", "site").output
    assert "ยกเว้นร่างที่ยังไม่เสร็จ 1 ไฟล์" in shown
    (year / "_03-1.yaml").unlink()
    assert "indicator-without-measure" in run("check").output


# check --site


def test_check_site_proves_and_fails(run, office: Path) -> None:  # noqa: ANN001
    config = str(office / "mkdocs.yml")
    build(load_config(config, site_dir=str(office / "site")))
    assert run("check", "--site", "site").exit_code == 0
    build(load_config(config, site_dir=str(office / "bare"), plugins=["search"]))
    result = run("check", "--site", "bare")
    assert result.exit_code == 1
    assert "site-page-missing" in result.output
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: ๒๘ ธ.ค.๖๗")
    result = run("check", "--site", "site")
    assert result.exit_code == 1
    assert "site-row-missing" in result.output


# export


def test_export_is_built_by_a_mkdocs_without_our_plugin(run, office: Path) -> None:  # noqa: ANN001
    assert run("export", "--to", "out").exit_code == 0
    (office / "plain.yml").write_text(
        "site_name: x\ndocs_dir: out\nsite_dir: plain\ntheme: mkdocs\nplugins: []\n"
        "markdown_extensions: [attr_list]\n"
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "plain.yml"]
    done = subprocess.run(command, cwd=office, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert run("check", "--site", "plain").exit_code == 0


def test_export_writes_what_the_plugin_hands_over(run, office: Path) -> None:  # noqa: ANN001
    run("export", "--to", "out")
    config = load_config(str(office / "mkdocs.yml"), site_dir=str(office / "site"))
    build(config)
    for name in ("data/2568/measures.json", "data/2568/measures.csv", "assets/prongsai.css"):
        assert (office / "out" / name).read_bytes() == (office / "site" / name).read_bytes()
    assert (office / "out/about.md").read_bytes() == (office / "content/about.md").read_bytes()


def test_export_stops_at_errors_and_writes_nothing(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: พรุ่งนี้")
    result = run("export", "--to", "out")
    assert result.exit_code == 1
    assert not (office / "out").exists()


@pytest.mark.parametrize("target", ["content", "measures", ".", "content/out", "..", "full"])
def test_export_never_writes_over_what_people_wrote(run, office: Path, target: str) -> None:  # noqa: ANN001
    (office / "full").mkdir()
    (office / "full/own.txt").write_text("x")
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    assert run("export", "--to", target).exit_code == 2
    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file()} == before


def test_export_can_be_repeated(run) -> None:  # noqa: ANN001
    assert run("export", "--to", "out").exit_code == 0
    assert run("export", "--to", "out").exit_code == 0


def test_export_into_a_file_is_3(run, office: Path) -> None:  # noqa: ANN001
    (office / "blocked").write_text("x")
    assert run("export", "--to", "blocked/deeper").exit_code == 3


# verify-links: the real LinkChecker against a server on loopback


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = {"/missing": 404, "/forbidden": 403, "/old": 301, "/ok.pdf": 200}
        code = status.get(self.path, 404)
        self.send_response(code)
        if code == 301:
            self.send_header("Location", "/ok.pdf")
        body = b"%PDF-1.7 hello" if code == 200 else b"no"
        self.send_header("Content-Type", "application/pdf" if code == 200 else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def base() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def linked(office: Path, base: str) -> str:
    """The office, every link of it now on loopback: evidence at five kinds of address."""
    for file in (office / "measures/2568").glob("*.yaml"):
        text = file.read_text("utf-8").replace("https://www.dongmuang.go.th/", f"{base}/ok.pdf")
        file.write_text(text, "utf-8")
    extra = "".join(
        f"  - title: t\n    url: {url}\n"
        for url in (f"{base}/missing", f"{base}/forbidden", f"{base}/old", "http://127.0.0.1:1/")
    )
    with (office / THIRD).open("a", encoding="utf-8") as stream:
        stream.write(extra)
    return base


def test_verify_links_judges_and_the_next_build_shows_it(
    run,  # noqa: ANN001
    office: Path,
    linked: str,
) -> None:
    result = run("verify-links", "--allow-network", "127.0.0.0/8")
    # A first failure is told and fails nothing.
    assert result.exit_code == 0, result.output
    links = json.loads((office / "measures/links.json").read_text("utf-8"))["links"]
    assert {url.removeprefix(linked): entry["verdict"] for url, entry in links.items()} == {
        "/ok.pdf": "ok",
        "/missing": "broken",
        "/forbidden": "blocked",
        "/old": "moved",
        "http://127.0.0.1:1/": "temporary",
    }
    assert f"{THIRD}:16:10: link-broken-once" in result.output
    assert "[สำนักปลัด]" in result.output
    assert result.output.count("พบครั้งแรก") == 1
    build(load_config(str(office / "mkdocs.yml"), site_dir=str(office / "site")))
    page = (office / "site/2568/indicators/3/index.html").read_text("utf-8")
    assert "เปิดได้ · ตรวจล่าสุด" in page
    assert "เว็บไซต์ไม่รับการตรวจอัตโนมัติ" in page
    assert "<time datetime=" in page
    # A first failure is never called missing on the page; Material's search has such words.
    assert "ไม่พบเอกสาร" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert run("check", "--site", "site").exit_code == 0
    again = (office / "measures/links.json").read_text("utf-8")
    assert again.endswith("}\n")


def test_verify_links_contacts_no_inner_address_unasked(
    run,  # noqa: ANN001
    office: Path,
    linked: str,
) -> None:
    result = run("verify-links")
    assert result.exit_code == 1
    links = json.loads((office / "measures/links.json").read_text("utf-8"))["links"]
    assert {entry["verdict"] for entry in links.values()} == {"unsafe"}
    build(load_config(str(office / "mkdocs.yml"), site_dir=str(office / "site")))
    assert f'href="{linked}' not in (office / "site/2568/index.html").read_text("utf-8")


def test_verify_links_never_overwrites_a_damaged_ledger(run, office: Path) -> None:  # noqa: ANN001
    (office / "measures/links.json").write_text('{"links"', "utf-8")
    result = run("verify-links")
    assert result.exit_code == 3
    assert "ledger-damaged" in result.output
    assert (office / "measures/links.json").read_text("utf-8") == '{"links"'


def test_verify_links_stops_at_errors_of_the_data(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "indicator: 3", "indicator: x")
    assert run("verify-links").exit_code == 1
    assert not (office / "measures/links.json").exists()


def test_verify_site_without_a_site_could_not_run(run, office: Path) -> None:  # noqa: ANN001
    (office / "empty").mkdir()
    assert run("verify-links", "--site", "empty").exit_code == 3


def test_verify_site_finds_a_broken_page_and_anchor(run, office: Path) -> None:  # noqa: ANN001
    site = office / "site"
    build(load_config(str(office / "mkdocs.yml"), site_dir=str(site)))
    assert run("verify-links", "--site", "site").exit_code == 0
    rewrite(site / "about/index.html", "</article>", '<a href="/gone/">x</a></article>')
    result = run("verify-links", "--site", "site")
    assert result.exit_code == 1
    assert "/about/: /gone/" in result.output
