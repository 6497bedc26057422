"""`prongsai import`: real files in, files of measures out, and nothing lost or overwritten."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder import cli, folder

from .conftest import ROOT
from .sources import HEADINGS, PUBLISHED, excel_report, word_report, word_table

COMMITTED = {p.name: p.read_bytes() for p in sorted((ROOT / "measures/2568").iterdir())}
INSTALL = "LibreOffice is missing: make office-suite, or apt-get install libreoffice-writer libreoffice-calc"
ROW = ("๑", "อบรม", "จัดอบรม", "สำนักปลัด", "๑ ต.ค. ๖๗", "ทำแล้ว", "ดี")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201
    """Run `prongsai import` in an office's folder, whose earlier year is 2567."""
    shutil.copytree(ROOT / "measures", tmp_path / "measures")
    (tmp_path / "measures/2568").rename(tmp_path / "measures/2567")
    (tmp_path / "measures/links.json").unlink(missing_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(file: Path | str, *arguments: str, year: str = "2568") -> Result:
        result = CliRunner().invoke(cli.main, ["import", str(file), "--year", year, *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return invoke


def written(year: str = "2568") -> dict[str, bytes]:
    place = Path("measures") / year
    return {p.name: p.read_bytes() for p in sorted(place.iterdir())} if place.exists() else {}


def reference(kind: str, tmp_path: Path) -> Path:
    if kind == "word":
        return word_report(tmp_path / "รายงาน.docx")
    if kind == "excel":
        return excel_report(tmp_path / "รายงาน.xlsx")
    return PUBLISHED


@pytest.mark.parametrize("kind", ["text", "word", "excel"])
def test_the_reference_report_gives_the_committed_measures(run, tmp_path: Path, kind: str) -> None:  # noqa: ANN001
    result = run(reference(kind, tmp_path))
    assert result.exit_code == 0, result.output
    assert written() == COMMITTED
    assert not folder.read_folder(Path("measures")).errors


@pytest.mark.parametrize(
    ("made", "wanted"),
    [("word", "xlsx-from-html"), ("word", "docx"), ("excel", "xlsx")],
    ids=["html-to-xlsx", "docx", "xlsx"],
)
def test_libreoffices_files_give_the_same(run, tmp_path: Path, made: str, wanted: str) -> None:  # noqa: ANN001
    assert shutil.which("soffice"), INSTALL
    source = reference(made, tmp_path)
    steps = [("html", "calc"), ("xlsx", "calc")] if wanted == "xlsx-from-html" else [(wanted, "")]
    for extension, _ in steps:
        source = convert(source, extension, tmp_path)
    result = run(source)
    assert result.exit_code in {0, 1}, result.output
    measures = {name: data for name, data in written().items() if not name.startswith("_")}
    assert {n: d for n, d in measures.items() if n != "report.yaml"} == {
        n: d for n, d in COMMITTED.items() if n != "report.yaml"
    }


def convert(source: Path, extension: str, tmp_path: Path) -> Path:
    target = tmp_path / f"made-{extension}"
    profile = f"-env:UserInstallation=file://{tmp_path}/office-profile"
    command = ["soffice", "--headless", profile, "--convert-to", extension, "--outdir", str(target)]
    if source.suffix == ".html":
        command.insert(2, "--infilter=HTML (StarCalc)")
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=240)
    return target / f"{source.stem}.{extension}"


def test_measures_keep_their_names_over_the_years(run) -> None:  # noqa: ANN001
    assert run(PUBLISHED, year="2569").exit_code == 0
    assert written("2569").keys() == COMMITTED.keys()
    assert "assessment_year: 2570" in written("2569")["report.yaml"].decode()


def test_a_second_import_writes_nothing_and_names_every_file(run) -> None:  # noqa: ANN001
    run(PUBLISHED)
    Path("measures/2568/report.yaml").unlink()
    before = written()
    result = run(PUBLISHED)
    assert result.exit_code == 1
    assert written() == before
    for name in before:
        assert f"measures/2568/{name}:1:1: import-file-exists" in result.output


def test_the_reports_own_file_is_left_as_it_is(run) -> None:  # noqa: ANN001
    place = Path("measures/2568")
    place.mkdir()
    (place / "report.yaml").write_text("title: รายงานอื่น\n", "utf-8")
    result = run(PUBLISHED)
    assert (place / "report.yaml").read_text("utf-8") == "title: รายงานอื่น\n"
    assert result.exit_code == 1
    assert "import-title" in result.output
    assert "องค์การบริหารส่วนตำบลเมือง" in (place / "_import-leftovers.txt").read_text("utf-8")


def test_a_dry_run_writes_nothing(run) -> None:  # noqa: ANN001
    result = run(PUBLISHED, "--dry-run")
    assert result.exit_code == 0
    assert written() == {}
    assert "จะเขียน 11 ไฟล์" in result.output
    assert "03-no-gift-policy.yaml" in result.output


def test_years_are_buddhist(run) -> None:  # noqa: ANN001
    result = run(PUBLISHED, year="2025")
    assert result.exit_code == 2
    assert "2568" in result.output
    assert run(PUBLISHED, year="68").exit_code == 2
    assert run(PUBLISHED, year="๒๕๖๘").exit_code == 0
    assert run(PUBLISHED, year="2550").exit_code == 3


def test_a_measure_that_lacks_something_is_an_unfinished_draft(run, tmp_path: Path) -> None:  # noqa: ANN001
    rows = [
        ROW,
        ("๒", "ข้อสอง", "ทำ", "", "ภายในเดือนหน้า", "", ""),
        ("", "ข้อสาม", "ทำ", "กองช่าง", "๑ ต.ค. ๖๗", "", ""),
        ("ด้านอื่น", "ข้อสี่", "ทำ", "กองช่าง", "๑ ต.ค. ๖๗", "", ""),
    ]
    word_table(tmp_path / "a.docx", *rows)
    result = run("a.docx")
    assert result.exit_code == 1
    assert sorted(written()) == [
        "01-1.yaml",
        "02-2.yaml",
        "_00-1.yaml",
        "_02-1.yaml",
        "_import-leftovers.txt",
        "_report.yaml",
    ]
    draft = written()["_02-1.yaml"].decode()
    assert "period: ภายในเดือนหน้า\n" in draft
    assert 'responsible_unit: ""\n' in draft
    assert "# ต้องแก้: ไม่พบในไฟล์ต้นฉบับ — ใส่ผู้รับผิดชอบ เช่น  responsible_unit: สำนักปลัด" in draft
    assert "เปลี่ยนชื่อไฟล์เป็น 02-1.yaml" in draft
    assert "indicator: ด้านอื่น\n" in written()["_00-1.yaml"].decode()
    leftovers = written()["_import-leftovers.txt"].decode()
    assert "a.docx:3:1: import-unfinished" in leftovers
    assert "ผู้รับผิดชอบ, ระยะเวลาดำเนินการ" in result.output


def test_an_unfinished_draft_is_finished_by_filling_and_renaming(run, tmp_path: Path) -> None:  # noqa: ANN001
    word_table(tmp_path / "a.docx", (*ROW[:3], "", *ROW[4:]))
    run("a.docx")
    draft = Path("measures/2568/_01-1.yaml")
    text = draft.read_text("utf-8").replace('responsible_unit: ""', "responsible_unit: สำนักปลัด")
    Path("measures/2568/01-1.yaml").write_text(text, "utf-8")
    Path("measures/2568/_report.yaml").rename("measures/2568/report.yaml")
    reading = folder.read_folder(Path("measures"))
    assert {p.code for p in reading.errors} == {"value-empty"}
    assert {p.place.file for p in reading.errors} == {"measures/2568/report.yaml"}
    again = run("a.docx")
    assert again.exit_code == 1
    assert "measures/2568/_01-1.yaml:1:1: import-file-exists" in again.output


def test_the_terminal_reads_no_markup_in_the_offices_words(run, tmp_path: Path) -> None:  # noqa: ANN001
    word_table(tmp_path / "a.docx", ("๑", "[red]แดง[/red] :smile:", *ROW[2:]))
    result = run("a.docx")
    assert "[red]แดง[/red] :smile:" in result.output
    assert 'measure: "[red]แดง[/red] :smile:"' in written()["01-red-red-smile.yaml"].decode()


def test_a_failed_write_leaves_nothing(run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN001
    real = Path.replace
    calls: list[Path] = []

    def fails(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 5:
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    result = run(PUBLISHED)
    assert result.exit_code == 3
    assert written() == {}


def test_a_file_without_the_reports_table_writes_nothing(run, tmp_path: Path) -> None:  # noqa: ANN001
    (tmp_path / "a.csv").write_text("ชื่อ,ที่อยู่\nก,ข\n", "utf-8")
    result = run("a.csv")
    assert result.exit_code == 1
    assert "import-no-table" in result.output
    assert "import-table-unknown" in result.output
    assert written() == {}


def test_messages_in_english(run, tmp_path: Path) -> None:  # noqa: ANN001
    word_table(tmp_path / "a.docx", (*ROW, "นาย ก"), headings=(*HEADINGS, "ผู้ตรวจ"))
    result = run("a.docx", "--lang", "en")
    assert 'a.docx:2:8: import-column-unknown: table 1, column "ผู้ตรวจ"' in result.output
    assert "0 unfinished" in result.output


def test_measures_stay_in_the_order_of_the_report(run, tmp_path: Path) -> None:  # noqa: ANN001
    rows = [("๓", "นโยบาย (No Gift Policy)", *ROW[2:]), ("", "ประกาศ", *ROW[2:])]
    word_table(tmp_path / "a.docx", *rows)
    run("a.docx", "--measures", "other")
    made = sorted(p.name for p in Path("other/2568").iterdir())
    assert made == [
        "03-1-no-gift-policy.yaml",
        "03-2.yaml",
        "_import-leftovers.txt",
        "_report.yaml",
    ]


def test_an_indicator_in_other_words_is_told(run, tmp_path: Path) -> None:  # noqa: ANN001
    word_table(tmp_path / "a.docx", ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ของพนักงานจ้างทุกคน", *ROW[1:]))
    assert "a.docx:2:1: import-indicator-words: " in run("a.docx").output


def test_a_table_inside_a_cell_is_told(run, tmp_path: Path) -> None:  # noqa: ANN001
    document = word_table(tmp_path / "a.docx", ROW)
    document.tables[0].cell(1, 2).add_table(1, 1).cell(0, 0).text = "ตารางซ้อน"
    document.save(str(tmp_path / "a.docx"))
    told = run("a.docx").output
    assert "a.docx:2:3: import-nested-table: " in told
    assert "ตารางซ้อน" in told
