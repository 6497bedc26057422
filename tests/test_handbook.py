"""The handbook can fail: each code has its section, and its examples do what the section says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from site_builder import cli
from site_builder.catalogue import CATALOGUE, LINKS
from site_builder.folder import Reading, read_folder
from site_builder.measurefile import LIMIT, read_content
from site_builder.model import (
    STATUS_WORDS,
    Agency,
    IndicatorList,
    Measure,
    Period,
    ReportHeader,
    file_keys,
)
from site_builder.thai import SPELLINGS, read_period

from .conftest import ROOT
from .handbook import (
    DOCS,
    MEASURE,
    START_OFFICE,
    TODAY,
    Section,
    fences,
    office,
    sections,
    with_example,
    write_office,
)
from .word_report import write_word_report

MESSAGES = sections("messages.md")
PAGES = sorted(path.name for path in DOCS.glob("*.md"))


def codes(reading: Reading) -> set[str]:
    return {found.code for found in reading.problems}


def read(root: Path, *examples: str) -> Reading:
    files = office()
    for example in examples:
        files = with_example(files, example)
    return read_folder(write_office(root, files), TODAY)


def test_nothing_is_said_about_the_small_office(tmp_path: Path) -> None:
    assert read(tmp_path).problems == ()


def test_a_message_on_the_page_is_what_the_terminal_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shown,) = (text for text in fences("messages.md", "text") if "period-no-such-day" in text)
    monkeypatch.chdir(tmp_path)
    write_office(Path(), with_example(office(), ""))
    file = Path(MEASURE)
    text = file.read_text("utf-8")
    file.write_text(text.replace("ต.ค. ๖๗ - ก.ย. ๖๘", "๓๑ เม.ย. ๖๘"), "utf-8")
    assert CliRunner().invoke(cli.main, ["check", "-q"]).stdout.startswith(shown)


# Messages that no YAML file shows: what makes each of them, on a real disk.


def _changed(change: Callable[[Path], object]) -> Callable[[Path], Path]:
    def make(root: Path) -> Path:
        folder = write_office(root, office())
        change(folder)
        return folder

    return make


def _measure_is(data: bytes) -> Callable[[Path], Path]:
    return _changed(lambda folder: (folder.parent / MEASURE).write_bytes(data))


def _named(name: str, *, keep: bool = False) -> Callable[[Path], Path]:
    def change(folder: Path) -> None:
        measure = folder.parent / MEASURE
        (folder / name).write_bytes(measure.read_bytes())
        if not keep:
            measure.unlink()

    return _changed(change)


def _pipe(folder: Path) -> None:
    measure = folder.parent / MEASURE
    measure.unlink()
    os.mkfifo(measure)


TEXT = office()[MEASURE]
ON_DISK: dict[str, Callable[[Path], Path]] = {
    "folder-missing": lambda root: root / "measures",
    "file-missing": _changed(lambda folder: (folder / "agency.yaml").unlink()),
    "file-too-large": _measure_is(b"#" * (LIMIT + 1)),
    "file-extension": _named("2568/03-no-gift-policy.yml"),
    "file-stray": _named("03-no-gift-policy.yaml", keep=True),
    "draft-unfinished": _named("2568/_05-1.yaml", keep=True),
    "folder-inside-year": _changed(lambda folder: (folder / "2568/ตัวชี้วัด").mkdir()),
    "file-name": _named("2568/03 นโยบาย.yaml"),
    "id-repeated": _named("2568/03-No-Gift-Policy.yaml", keep=True),
    "year-folder": _changed(lambda folder: (folder / "ปี 2569").mkdir()),
    "file-encoding": _measure_is(TEXT.encode("cp874")),
    "yaml-control-character": _measure_is(TEXT.replace("สำนัก", "สำนัก\x0b").encode()),
    "yaml-depth": _measure_is(b"measure: " + b"[" * 1001 + b"]" * 1001),
    "file-empty": _measure_is(b""),
    "ledger-damaged": _changed(lambda folder: (folder / "links.json").write_text("{")),
    "snapshots-damaged": _changed(lambda folder: (folder / "snapshots.json").write_text("{")),
    "list-newer": _changed(lambda folder: (folder / "links.json").write_text('{"version": 99}')),
}
if hasattr(os, "mkfifo"):
    ON_DISK["file-unreadable"] = _changed(_pipe)
PREFIXES_ELSEWHERE = {
    "site-": ("test_sitecheck.py",),
    "import-": ("test_tables.py", "test_intake.py", "test_importing.py"),
    "copy-": ("test_snapshots.py",),
    "format-refused": ("test_formatting.py",),
    "period-not-moved": ("test_new.py",),
    "year-in-text": ("test_new.py",),
    **dict.fromkeys(LINKS, ("test_linkreport.py",)),
}
"""Codes of built sites, of Word files, of files that are written: what makes each stands there."""
UNSEEN = {
    "file-unreadable": "a disk or a permission that fails; tried where a file may be a pipe",
    "yaml-syntax": "what the reader of YAML has no better words for; no example is known",
}


def elsewhere(code: str) -> tuple[str, ...]:
    """The tests that make this problem, where no example in YAML can."""
    return next((f for prefix, f in PREFIXES_ELSEWHERE.items() if code.startswith(prefix)), ())


@pytest.mark.parametrize("code", [code for code in CATALOGUE if elsewhere(code)])
def test_what_no_yaml_file_shows_is_made_in_another_test(code: str) -> None:
    tests = [(ROOT / "tests" / name).read_text("utf-8") for name in elsewhere(code)]
    # Where the words stood is a part of some codes, and what those tests look at.
    names = f"{code}|{code.removeprefix('import-')}"
    assert any(re.search(rf"(?<![a-z-])({names})(?![a-z-])", text) for text in tests)


@pytest.mark.parametrize("code", ON_DISK)
def test_what_is_wrong_with_a_file_or_folder_is_said(code: str, tmp_path: Path) -> None:
    assert code in codes(read_folder(ON_DISK[code](tmp_path), TODAY))


# Messages


def test_each_code_has_one_section() -> None:
    assert set(MESSAGES) == set(CATALOGUE)


def test_the_contents_lead_to_each_code() -> None:
    text = (DOCS / "messages.md").read_text("utf-8")
    contents = text.partition("\n# ")[0]
    assert re.findall(r"\[([a-z-]+)\]\(#\1\)", contents) == list(MESSAGES)
    parts = re.findall(r"^- \*\*(.+)\*\*:", contents, re.MULTILINE)
    assert len(parts) > 5
    assert all(f"\n# {part}\n" in text for part in parts)
    assert not [part for part in parts if part.startswith("measures/")]


@pytest.mark.parametrize("code", MESSAGES)
def test_a_section_says_something(code: str) -> None:
    section = MESSAGES[code]
    assert len(re.findall(r"[\u0e01-\u0e4e]", section.words)) >= 60
    severity = {"error": "ผิด:", "warning": "ควรดู:"}[CATALOGUE[code].severity]
    assert section.lead in {"", severity}
    if code not in ON_DISK and code not in UNSEEN and not elsewhere(code):
        assert section.wrong
        assert section.right


EXAMPLES = [
    pytest.param(code, section, id=code) for code, section in MESSAGES.items() if section.wrong
]


@pytest.mark.parametrize(("code", "section"), EXAMPLES)
def test_an_example_of_what_is_wrong_gives_this_message_alone(
    code: str, section: Section, tmp_path: Path
) -> None:
    for number, example in enumerate(section.wrong):
        reading = read(tmp_path / str(number), example)
        assert {code} == codes(reading), [found.line() for found in reading.problems]


@pytest.mark.parametrize(("code", "section"), EXAMPLES)
def test_an_example_of_what_is_right_gives_no_message(
    code: str, section: Section, tmp_path: Path
) -> None:
    for number, example in enumerate(section.right):
        reading = read(tmp_path / str(number), example)
        assert codes(reading) == set(), (code, [found.line() for found in reading.problems])


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        path = (DOCS / file) if file else (DOCS / page)
        assert path.exists(), target
        if anchor:
            assert anchor in _anchors(path.read_text("utf-8")), target


def _anchors(text: str) -> set[str]:
    """The anchors that git hosts give to headings: lower case, hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\s\u0e00-\u0e7f-]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


# Fields

FIELDS = (DOCS / "fields.md").read_text("utf-8")
MODELS: dict[str, type[BaseModel]] = {
    "ไฟล์มาตรการ": Measure,
    "report.yaml": ReportHeader,
    "agency.yaml": Agency,
    "indicators.yaml": IndicatorList,
}


def rows(heading: str) -> dict[tuple[str, ...], list[str]]:
    """The rows of fields in a section: the keys that lead to a field, and its other cells."""
    section = FIELDS.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split("|") for line in section.splitlines() if line[:3] == "| `"]
    return {
        tuple(re.findall(r"`([a-z_]+)`", cells[0])): [cell.strip() for cell in cells[1:]]
        for cells in lines
        if len(cells) == 5
    }


def _paths(kind: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in file_keys(kind):
        yield (*above, name)
        for inner in _models_in(kind.model_fields[name].annotation):
            if inner is not Period:
                yield from _paths(inner, (*above, name))


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _field(kind: type[BaseModel], path: tuple[str, ...]) -> FieldInfo:
    for name in path[:-1]:
        kind = next(_models_in(kind.model_fields[name].annotation))
    return kind.model_fields[path[-1]]


PATHS = [
    pytest.param(heading, path, id=f"{kind.__name__}.{'.'.join(path)}")
    for heading, kind in MODELS.items()
    for path in _paths(kind)
]


@pytest.mark.parametrize(("heading", "path"), PATHS)
def test_each_field_has_a_row_with_its_label(heading: str, path: tuple[str, ...]) -> None:
    name, needed, *rest = rows(heading)[path]
    field = _field(MODELS[heading], path)
    assert name == (field.title or name)
    assert needed == ("ต้องมี" if field.is_required() else "ไม่บังคับ")
    assert all(rest)


@pytest.mark.parametrize("heading", MODELS)
def test_no_row_is_of_a_field_that_is_not_there(heading: str) -> None:
    assert set(rows(heading)) == set(_paths(MODELS[heading]))


def test_the_words_of_the_status_are_the_sites() -> None:
    for word, shown in STATUS_WORDS.items():
        assert f"| `{word}` | {shown} |" in FIELDS


def test_each_spelling_of_a_period_is_told_and_read() -> None:
    told = FIELDS.partition("## วิธีเขียนระยะเวลา\n")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `([^`]+)` \|", told, re.MULTILINE)) == SPELLINGS
    line = next(line for line in told.splitlines() if line.startswith("- ชื่อเดือน"))
    variants = re.findall(r"`([^`]+)`", line)
    assert len(variants) == 3
    for text in variants:
        assert read_period(text, 2568).spans == read_period("1 ต.ค. 67", 2568).spans


@pytest.mark.parametrize("example", fences("fields.md", "yaml"))
def test_an_example_of_a_field_gives_no_message(example: str, tmp_path: Path) -> None:
    reading = read(tmp_path, example)
    assert codes(reading) == set(), [found.line() for found in reading.problems]


# Commands

COMMANDS = sections("commands.md")
EVERYWHERE = {"--lang", "--measures", "--help"}
"""Options that the page explains once, above all commands."""


def test_each_command_has_a_section() -> None:
    assert set(COMMANDS) == {f"prongsai {name}" for name in cli.main.commands}


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_each_option_of_a_command_is_told(name: str) -> None:
    told = set(re.findall(r"`(--[a-z-]+)", COMMANDS[f"prongsai {name}"].words))
    has = {o for param in cli.main.commands[name].params for o in param.opts if o[:2] == "--"}
    assert told == has - EVERYWHERE


def test_the_start_page_leads_from_a_word_file_to_a_site(tmp_path: Path) -> None:
    write_word_report(tmp_path / "report.docx")
    said = "\n".join(fences("start.md", "sh"))
    assert f"prongsai {' '.join(START_OFFICE)}" in said
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "officer"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "officer@example.go.th"),
    }
    done = subprocess.run(
        ["sh", "-euc", said],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    office_folder = tmp_path / "my-office"
    assert "No Gift Policy" in (office_folder / "site/2568/index.html").read_text("utf-8")
    assert (office_folder / "measures/2569/03-no-gift-policy.yaml").is_file()
    # What the page says is found, and how it says that it goes away.
    assert "measures/2568/09-1.yaml:5:9: recurring-single-date" in done.stdout
    (mended,) = fences("start.md", "yaml")
    file = office_folder / "measures/2568/09-1.yaml"
    file.write_text(
        re.sub("^period: .*\n", mended, file.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
    )
    assert {p.place.file for p in read_folder(office_folder / "measures").problems} & {
        str(file)
    } == set()


def test_the_program_is_installed_as_the_readme_says() -> None:
    readme = (ROOT / "README.md").read_text("utf-8").replace("\\", "/")
    for block in (*fences("start.md", "powershell"), *fences("start.md", "bash")):
        for line in block.replace("\\", "/").splitlines():
            if "-m pip" in line:
                assert line.partition("python ")[2] in readme


# Editors

EDITORS = (DOCS / "editors.md").read_text("utf-8")


def test_what_is_said_of_editors_is_in_the_project() -> None:
    recommended = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}
    snippets = json.loads((ROOT / ".vscode/prongsai.code-snippets").read_text("utf-8"))
    for name, snippet in snippets.items():
        assert f"**{name}**" in EDITORS
        assert any(f"`{prefix}`" in EDITORS for prefix in snippet["prefix"])
    (schema,) = re.findall(r"\$schema=(\S+)", EDITORS)
    assert (ROOT / "measures/2568" / schema).is_file()
    assert (ROOT / ".editorconfig").is_file()


def test_the_hooks_of_pre_commit_run_commands_that_are_there() -> None:
    (config,) = (text for text in fences("editors.md", "yaml") if text.startswith("repos:"))
    content, problems = read_content(config.encode(), "", "")
    assert content is not None
    assert problems == ()
    (hook,) = content.value["repos"][0]["hooks"]
    assert hook["entry"].removeprefix("prongsai ") in cli.main.commands
    assert re.search(hook["files"], MEASURE)
    shipped, _ = read_content((ROOT / ".pre-commit-hooks.yaml").read_bytes(), "", "")
    assert shipped is not None
    assert {hook["id"] for hook in shipped.value} == set(re.findall(r"`(prongsai-\w+)`", EDITORS))


# Pictures

PICTURES = [
    (page, *found)
    for page in PAGES
    for found in re.findall(r"!\[([^\]]*)\]\((images/[^)]+)\)", (DOCS / page).read_text("utf-8"))
]


@pytest.mark.parametrize(("page", "words", "picture"), PICTURES)
def test_a_picture_is_small_and_told_in_words(page: str, words: str, picture: str) -> None:
    assert len(re.findall(r"[\u0e01-\u0e4e]", words)) >= 20, page
    assert (DOCS / picture).stat().st_size < 200_000
