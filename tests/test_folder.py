"""The folder on disk: all problems of all files, and files written whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from site_builder.files import write_files
from site_builder.folder import read_folder

from .conftest import rewrite

FIRST = "measures/2568/01-performance-appraisal.yaml"
THIRD = "measures/2568/03-no-gift-policy.yaml"


def codes(office: Path) -> list[tuple[str, str]]:
    found = read_folder(office / "measures").problems
    return [(Path(p.place.file).relative_to(office).as_posix(), p.code) for p in found]


def test_reads_the_committed_data(office: Path) -> None:
    reading = read_folder(office / "measures")
    assert not reading.errors
    assert reading.disclosure is not None
    assert len(reading.disclosure.reports[0].measures) == 10


def test_a_broken_file_never_hides_the_problems_of_the_others(office: Path) -> None:
    (office / FIRST).write_bytes(b"\xff\xfe\x00")
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: พรุ่งนี้")
    rewrite(office / "measures/agency.yaml", "province:", "provinces:")
    assert codes(office) == [
        (FIRST, "file-encoding"),
        (THIRD, "period-unreadable"),
        ("measures/agency.yaml", "key-unknown"),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("measures/2568/11-x.yml", "file-extension"),
        ("measures/2568/11-x.yaml.txt", "file-extension"),
        ("measures/๒๕๖๘/x.yaml", "year-folder"),
        ("measures/2025/x.yaml", "year-folder"),
        ("measures/11-x.yaml", "file-stray"),
        ("measures/2568/2568/x.yaml", "folder-inside-year"),
    ],
)
def test_a_file_that_would_be_overlooked_is_named(office: Path, name: str, code: str) -> None:
    (office / name).parent.mkdir(exist_ok=True)
    (office / name).write_text("indicator: 1", "utf-8")
    assert code in {found for _, found in codes(office)}


@pytest.mark.parametrize("stem", ["11-มาตรการ", "11 x", "11_X", "X"])
def test_a_file_name_must_be_a_permanent_address(office: Path, stem: str) -> None:
    (office / FIRST).rename(office / f"measures/2568/{stem}.yaml")
    assert "file-name" in {code for _, code in codes(office)}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_a_pipe_does_not_hang_the_reader(office: Path) -> None:
    os.mkfifo(office / "measures/2568/13-pipe.yaml")
    assert ("measures/2568/13-pipe.yaml", "file-unreadable") in codes(office)


def test_an_indicator_given_twice_is_named(office: Path) -> None:
    one = "{number: 1, name: ก, name_en: A, instrument: IIT}"
    (office / "measures/indicators.yaml").write_text(
        f"indicator_sets:\n- from_fiscal_year: 2561\n  indicators: [{one}, {one}]\n", "utf-8"
    )
    assert ("measures/indicators.yaml", "indicator-repeated") in codes(office)


def test_missing_files_are_named(tmp_path: Path) -> None:
    assert [p.code for p in read_folder(tmp_path / "none").problems] == ["folder-missing"]
    (tmp_path / "measures/2568").mkdir(parents=True)
    assert [
        p.place.file.split("measures/")[1] for p in read_folder(tmp_path / "measures").errors
    ] == [
        "2568/report.yaml",
        "agency.yaml",
    ]


def test_an_indicator_that_the_year_does_not_have(office: Path) -> None:
    rewrite(office / FIRST, "indicator: 1", "indicator: 11")
    assert (FIRST, "indicator-unknown") in codes(office)


def test_an_office_can_hold_its_own_indicators(office: Path) -> None:
    (office / "measures/indicators.yaml").write_text(
        "indicator_sets:\n- from_fiscal_year: 2568\n  indicators:\n"
        "  - {number: 1, name: ก, name_en: A, instrument: IIT}\n",
        "utf-8",
    )
    assert {code for _, code in codes(office)} >= {"indicator-unknown"}


def test_a_damaged_ledger_is_named(office: Path) -> None:
    (office / "measures/links.json").write_text('{"links": {', "utf-8")
    assert ("measures/links.json", "ledger-damaged") in codes(office)


def test_writes_only_what_changed(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/b.txt": b"1", "c": b"2"})
    before = (tmp_path / "a/b.txt").stat().st_mtime_ns
    write_files(tmp_path, {"a/b.txt": b"1", "c": b"3"})
    assert (tmp_path / "a/b.txt").stat().st_mtime_ns == before
    assert (tmp_path / "c").read_bytes() == b"3"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "b.txt", "c"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"c": b"old"})

    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="disk full"):
        write_files(tmp_path, {"c": b"new"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"c": b"old"}


def test_names_that_differ_in_capitals_only_name_each_other(office: Path) -> None:
    year = office / "measures/2568"
    shutil.copy(year / "03-no-gift-policy.yaml", year / "03-No-Gift-Policy.yaml")
    found = [p for p in read_folder(office / "measures").problems if p.code == "id-repeated"]
    assert [Path(p.place.file).name for p in found] == ["03-No-Gift-Policy.yaml"]
    assert "03-no-gift-policy.yaml" in found[0].message()
    assert "03-no-gift-policy-2.yaml" in found[0].line()
    assert "file-name" not in {p.code for p in read_folder(office / "measures").problems}


def test_scores_and_weak_points_are_of_indicators_that_there_are(office: Path) -> None:
    header = office / "measures/2568/report.yaml"
    text = header.read_text("utf-8").rstrip()
    wrong = "scores: {11: 90, abc: 50, ๑: 80, 1: 70, 2: 60}\nweak_points: {0: ก, ๐๓: ข}\n"
    header.write_text(f"{text}\n{wrong}", "utf-8")
    found = [p for p in read_folder(office / "measures").errors if "report.yaml" in p.place.file]
    told = [(each.code, dict(each.details)["value"]) for each in found]
    assert told == [
        ("indicator-unknown", "11"),
        ("indicator-unknown", "abc"),
        ("indicator-repeated", "1"),
        ("indicator-unknown", "0"),
    ]
