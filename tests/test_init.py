"""`prongsai init`: a new office's project, proved by building it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.utils.yaml import yaml_load

from site_builder import cli, files, folder, offices
from site_builder.cli import asking
from site_builder.founding import PROJECT_FILES, Founding, bare_place, project
from site_builder.measurefile import format_file, kind_of

from .conftest import ROOT

NAME = "องค์การบริหารส่วนตำบลทดสอบ"
OPTIONS = (
    "--name",
    NAME,
    "--website",
    "www.test-sao.go.th",
    "--province",
    "ขอนแก่น",
    "--year",
    "2569",
)
DEMONSTRATION = re.compile("ดงเมือง|dongmuang|ยางสีสุราช|มหาสารคาม|ขามเฒ่า", re.IGNORECASE)
INDICATORS = folder.read_indicators(ROOT / "measures")
DONG_MUEANG = Founding(
    name="องค์การบริหารส่วนตำบลดงเมือง",
    short_name="อบต.ดงเมือง",
    website="https://www.dongmuang.go.th/",
    province="มหาสารคาม",
    district="ยางสีสุราช",
    fiscal_year=2568,
)
PROGRAM = "from site_builder.cli import main; main()"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201
    """Run `prongsai init`; with `said`, as a person at a terminal."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, said: str | None = None) -> Result:
        monkeypatch.setattr(asking, "on_a_terminal", lambda: said is not None)
        monkeypatch.setattr("site_builder.cli.founding.on_a_terminal", lambda: said is not None)
        result = CliRunner().invoke(cli.main, ["init", *arguments], input=said)
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return invoke


def program(source: Path, cwd: Path, *arguments: str, module: str | None = None) -> str:
    """Run this project's command, or a module, with the program of `source`."""
    command = [sys.executable, *(("-m", module) if module else ("-c", PROGRAM)), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def tree(folder: Path) -> dict[str, bytes]:
    files = (
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in found.items() if not name.startswith(".git/")}


# The proof: it builds, from a checkout and from a wheel


def test_the_new_site_builds_and_holds_nothing_of_another_office(run, tmp_path: Path) -> None:  # noqa: ANN001
    assert run("new", *OPTIONS).exit_code == 0
    made = tmp_path / "new"
    for name, data in tree(made).items():
        assert not DEMONSTRATION.search(data.decode("utf-8", "replace")), name
    # The program is the copy that stands in the new project.
    told = program(made, made, "build", "--strict", module="mkdocs")
    assert "WARNING" not in told
    program(made, made, "check", "--site", "site")
    home = (made / "site/index.html").read_text("utf-8")
    assert "<title>ความโปร่งใส อบต.ทดสอบ</title>" in home
    assert NAME in home
    assert not DEMONSTRATION.search(home)
    # And the next thing an officer does.
    new = [
        "--indicator",
        "3",
        "--measure",
        "ก (No Gift)",
        "--method",
        "ข",
        "--unit",
        "ค",
        "--period",
        "ไตรมาส 1",
    ]
    program(made, made, "new", *new)
    program(made, made, "fmt", "--check")
    program(made, made, "build", "--strict", module="mkdocs")
    assert "no-gift" in (made / "site/2569/index.html").read_text("utf-8")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a wheel, unpacked as pip would."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(out.glob("*.whl"))) as packed:
        packed.extractall(out / "site-packages")
    return out / "site-packages"


def test_a_wheel_makes_the_same_project_as_a_checkout(run, tmp_path: Path, wheel: Path) -> None:  # noqa: ANN001
    run("checkout", *OPTIONS)
    program(wheel, tmp_path, "init", "wheel", *OPTIONS)
    assert tree(tmp_path / "wheel") == tree(tmp_path / "checkout")
    # So does a new office's own copy.
    program(tmp_path / "wheel", tmp_path, "init", "third", *OPTIONS)
    assert tree(tmp_path / "third") == tree(tmp_path / "checkout")


def test_the_new_project_is_a_project_that_pip_installs(run, tmp_path: Path) -> None:  # noqa: ANN001
    run("new", *OPTIONS)
    out = tmp_path / "wheel"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(
        command, cwd=tmp_path / "new", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_wheel_holds_what_a_new_office_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    targets = project["tool"]["hatch"]["build"]["targets"]
    included = {name: f"site_builder/project/{name}" for name in PROJECT_FILES}
    assert targets["wheel"]["force-include"] == included
    packed = tuple(name.removeprefix("/") for name in targets["sdist"]["include"])
    # These two are in every source distribution.
    left = {name for name in PROJECT_FILES if not name.startswith(packed)}
    assert left == {".gitignore", "pyproject.toml"}


# One truth: the demonstration's own files are what the templates give for its office


@pytest.mark.parametrize(
    "name",
    [
        *("mkdocs.yml", "content/index.md", "content/accessibility.md", "content/privacy.md"),
        *("content/en/accessibility.md", "content/en/privacy.md"),
    ],
)
def test_the_demonstration_is_made_of_the_same_words(name: str) -> None:
    assert project(DONG_MUEANG, INDICATORS)[name].decode() == (ROOT / name).read_text("utf-8")


def test_only_the_first_paragraph_about_the_demonstration_differs() -> None:
    made = project(DONG_MUEANG, INDICATORS)["content/about.md"].decode()
    own = (ROOT / "content/about.md").read_text("utf-8")
    shared = "## ข้อความเป็นของหน่วยงาน"
    assert made.partition(shared)[2] == own.partition(shared)[2]
    assert "ไม่ใช่เว็บไซต์ทางการ" not in made


def test_the_makefile_has_no_target_that_an_office_cannot_run(run, tmp_path: Path) -> None:  # noqa: ANN001
    run("new", *OPTIONS)
    made = tmp_path / "new"
    makefile = (made / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert targets == {
        "site",
        "serve",
        "check",
        "verify-links",
        "verify-changed",
        "links",
        "nightly",
        "verify-site",
        "clean",
        "help",
    }
    assert set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()) == targets
    assert not re.search(r"\b(ruff|pytest|mypy)\b|test\.txt|make test", makefile)
    for target in sorted(targets):
        subprocess.run(["make", "-n", target], cwd=made, check=True, capture_output=True)
    named = set(re.findall(r"\bmake ([a-z-]+)", (made / "README.md").read_text("utf-8")))
    for file in [*made.glob(".github/workflows/*.yml"), made / ".gitlab-ci.yml"]:
        named |= {
            line.split()[1]
            for line in scripts(yaml.safe_load(file.read_text("utf-8")))
            if line.startswith("make ")
        }
    assert named <= targets


def scripts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [str(value["run"])] if "run" in value else []
        own += [str(line) for line in value.get("script", [])]
        return own + [line for inner in value.values() for line in scripts(inner)]
    return [line for inner in value for line in scripts(inner)] if isinstance(value, list) else []


def test_its_readmes_windows_lines_are_those_of_the_readme(run, tmp_path: Path) -> None:  # noqa: ANN001
    run("new", *OPTIONS)
    mine = (tmp_path / "new/README.md").read_text("utf-8").split("PowerShell")[1].split("```")[1]
    theirs = (ROOT / "README.md").read_text("utf-8").split("PowerShell")[1].split("```")[1]
    assert mine == theirs


# What is written


def test_the_data_are_whole_empty_and_in_the_house_form(run, tmp_path: Path) -> None:  # noqa: ANN001
    result = run("new", *OPTIONS, "--district", "อ.เมือง")
    assert result.output.endswith(
        "cd new\n  make site\n  .venv/bin/prongsai import รายงาน.docx --year 2569\nอ่านวิธีเผยแพร่ใน README.md\n"
    )
    reading = folder.read_folder(tmp_path / "new/measures")
    assert {p.code for p in reading.problems} == {"indicator-without-measure"}
    assert reading.disclosure is not None
    agency = reading.disclosure.agency
    assert (agency.name.th, agency.display_name) == (NAME, "อบต.ทดสอบ")
    assert (agency.website, agency.allowed_hosts) == (
        "https://www.test-sao.go.th",
        ("www.test-sao.go.th",),
    )
    assert reading.disclosure.reports[0].header.title[1:] == (
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙",
        NAME,
        "อำเภอเมือง จังหวัดขอนแก่น",
    )
    for file in (tmp_path / "new/measures").rglob("*.yaml"):
        data = file.read_bytes()
        assert format_file(data, file.name, kind_of(file.name)) == (data, ())


def test_a_repository_is_begun_and_nothing_stray_is_in_it(run, tmp_path: Path) -> None:  # noqa: ANN001
    assert "สร้างคลัง git แล้ว" in run("new", *OPTIONS).output
    command = ["git", "-C", str(tmp_path / "new"), "status", "--porcelain", "--ignored", "-uall"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert not [line for line in listed.splitlines() if not line.startswith("??")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new"]


NAMES = {
    "องค์การบริหารส่วนตำบลทดสอบ": "อบต.ทดสอบ",
    "องค์การบริหารส่วนจังหวัดขอนแก่น": "อบจ.ขอนแก่น",
    "เทศบาลตำบลบ้านใหม่": "ทต.บ้านใหม่",
    "เทศบาลเมืองพล": "ทม.พล",
    "เทศบาลนครขอนแก่น": "ทน.ขอนแก่น",
    "เมืองพัทยา": "เมืองพัทยา",
    "อบต.ทดสอบ": "อบต.ทดสอบ",
    "เทศบาลนคร": "เทศบาลนคร",
}


@pytest.mark.parametrize(("name", "short"), NAMES.items())
def test_short_names(name: str, short: str) -> None:
    assert offices.short_name_of(name) == short


AREAS = {
    ("จังหวัดขอนแก่น", "อำเภอเมือง"): "อำเภอเมือง จังหวัดขอนแก่น",
    ("จ.ขอนแก่น", ""): "จังหวัดขอนแก่น",
    ("กรุงเทพมหานคร", "เขตดุสิต"): "เขตดุสิต กรุงเทพมหานคร",
}


@pytest.mark.parametrize(("given", "area"), AREAS.items())
def test_areas(given: tuple[str, str], area: str) -> None:
    province, district = map(bare_place, given)
    assert Founding("ก", "ก", "https://a.th/", province, district, 2569).area == area


@pytest.mark.parametrize(
    "name",
    [
        'ว่า "ดี": #1',
        "'ก' {ข} [ค]",
        "<script>alert(1)</script>",
        "${name} $x",
        "!ENV [HOME]",
        "- ก\\n",
        "no",
    ],
)
def test_any_name_is_safe_in_every_file(name: str) -> None:
    made = project(Founding(name, name, "https://www.a.go.th/", name, "", 2569), INDICATORS)
    config = yaml_load(made["mkdocs.yml"])
    assert config["site_name"] == f"ความโปร่งใส {name}"
    agency = yaml.load(made["measures/agency.yaml"], yaml.BaseLoader)  # noqa: S506 - texts only
    assert agency["name"]["th"] == name
    assert b"<script" not in made["content/index.md"] + made["content/about.md"]


# The dialogue, and refusals


def test_a_wrong_answer_is_asked_again(run, tmp_path: Path) -> None:  # noqa: ANN001
    said = f"• {NAME}\n\nhttp://localhost/\nwww.a b.th\njavascript:alert(1)\nwww.a.go.th\n\n \nจังหวัดตาก\nปี 69\n๒๕๖๙\ny\n"
    result = run("new", said=said)
    assert result.exit_code == 0, result.output
    assert "ชื่อย่อ [อบต.ทดสอบ]" in result.output
    assert result.output.count("เว็บไซต์หลักของหน่วยงาน") == 4
    assert "หน่วยงาน: องค์การบริหารส่วนตำบลทดสอบ (อบต.ทดสอบ)\nที่ตั้ง: จังหวัดตาก\n" in result.output
    assert (tmp_path / "new/measures/2569/report.yaml").exists()


def test_stopping_writes_nothing(run, tmp_path: Path) -> None:  # noqa: ANN001
    for said in (f"{NAME}\n", f"{NAME}\n\nwww.a.go.th\n\nตาก\n2569\nn\n"):
        result = run("new", said=said)
        assert result.exit_code == 3
        assert "ยังไม่ได้เขียนไฟล์ใด" in result.output
        assert not list(tmp_path.iterdir())


def test_without_anybody_to_ask_all_missing_options_are_named(run, tmp_path: Path) -> None:  # noqa: ANN001
    result = run("new")
    assert result.exit_code == 2
    assert "--name, --website, --province" in result.output
    result = run("new", "--yes", "--name", NAME, said="")
    assert result.exit_code == 2
    assert "--website, --province" in result.output
    assert run("new", *OPTIONS[:2], "--website", "ftp://a.th/", *OPTIONS[4:]).exit_code == 2
    assert "ปี พ.ศ. คือ 2569" in run("new", *OPTIONS[:6], "--year", "2026").output
    assert not list(tmp_path.iterdir())


def test_a_folder_with_files_is_refused(run, tmp_path: Path) -> None:  # noqa: ANN001
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/ก.docx").write_bytes(b"x")
    for place in ("mine", "mine/ก.docx", "."):
        result = run(place, *OPTIONS)
        assert result.exit_code == 2, result.output
    assert tree(tmp_path) == {"mine/ก.docx": b"x"}


def test_an_empty_folder_or_an_empty_clone_is_taken(run, tmp_path: Path) -> None:  # noqa: ANN001
    (tmp_path / "empty").mkdir()
    assert run("empty", *OPTIONS).exit_code == 0
    subprocess.run(["git", "init", "-q", str(tmp_path / "clone")], check=True)
    result = run("clone", *OPTIONS)
    assert result.exit_code == 0
    assert "สร้างคลัง git แล้ว" not in result.output
    assert (tmp_path / "clone/.git/HEAD").exists()
    assert tree(tmp_path / "clone") == tree(tmp_path / "empty")


def test_a_program_without_its_surroundings_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "site_builder", tmp_path / "site_builder")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", PROGRAM, "init", "new", *OPTIONS]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "Makefile" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_disk_that_fails_leaves_nothing_half_written(tmp_path: Path) -> None:
    target = tmp_path / "new"
    with pytest.raises(OSError):  # noqa: PT011 - a name too long for any disk
        files.write_new(target, {"a": b"1", "b" * 300: b"2"})
    assert not list(tmp_path.iterdir())
    target.mkdir()
    (target / ".git").mkdir()
    with pytest.raises(OSError):  # noqa: PT011
        files.write_new(target, {"a/a": b"1", "b" * 300: b"2"})
    assert [path.name for path in target.iterdir()] == [".git"]
