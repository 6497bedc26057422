"""What editors and pre-commit find at the project's root leads to files and commands that exist."""

from __future__ import annotations

import configparser
import fnmatch
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder import schema, thai
from site_builder.cli import main
from site_builder.measurefile import read_measure
from site_builder.model import STATUS_WORDS

from .conftest import ROOT

SETTINGS: dict[str, Any] = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
SNIPPETS: dict[str, Any] = json.loads((ROOT / ".vscode/prongsai.code-snippets").read_text("utf-8"))
FILES = sorted((ROOT / "measures").rglob("*.yaml"))
KINDS = {"agency.yaml": "agency", "report.yaml": "report", "indicators.yaml": "indicators"}


def schemas_of(path: Path) -> list[str]:
    """The schemas that an editor takes for a file: some pattern fits and none excludes it."""
    name = f"/{path.relative_to(ROOT).as_posix()}"
    found = []
    for file, patterns in SETTINGS["yaml.schemas"].items():
        each = [patterns] if isinstance(patterns, str) else patterns
        fits = any(fnmatch.fnmatchcase(name, one) for one in each if not one.startswith("!"))
        if fits and not any(fnmatch.fnmatchcase(name, one[1:]) for one in each if one[0] == "!"):
            found.append(file)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_has_its_one_schema(path: Path) -> None:
    kind = KINDS.get(path.name, "measure")
    assert schemas_of(path) == [f"measures/{schema.FOLDER}/{kind}.schema.json"]


def test_the_schemas_are_there() -> None:
    assert all((ROOT / file).is_file() for file in SETTINGS["yaml.schemas"])


def test_the_editor_writes_what_the_project_wants() -> None:
    assert SETTINGS["files.encoding"] == "utf8"
    assert SETTINGS["files.eol"] == "\n"
    assert SETTINGS["[yaml]"]["editor.insertSpaces"] is True
    assert SETTINGS["[yaml]"]["editor.tabSize"] == 2
    assert SETTINGS["[yaml]"]["editor.detectIndentation"] is False
    assert SETTINGS["yaml.format.enable"] is False
    rules = configparser.ConfigParser()
    rules.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    assert rules["*"]["charset"] == "utf-8"
    assert rules["*"]["end_of_line"] == "lf"
    assert rules["*.{yaml,yml,json}"]["indent_style"] == "space"
    advised = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))
    assert advised["recommendations"] == ["redhat.vscode-yaml"]


def expanded(body: list[str]) -> str:
    """A snippet's text when every default and first choice is kept."""
    text = "\n".join(body).replace("$0", "")
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", text)
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)


def test_the_new_measure_reads_without_a_problem() -> None:
    text = expanded(SNIPPETS["มาตรการใหม่"]["body"])
    assert "$" not in text
    measure, problems = read_measure(text.encode(), "x.yaml", "x", 2568)
    assert not problems
    assert measure is not None
    assert measure.period.start == thai.fiscal_year_span(2568).start


def test_the_evidence_snippet_is_one_more_item() -> None:
    measure = expanded(SNIPPETS["มาตรการใหม่"]["body"])
    more = expanded(SNIPPETS["หลักฐานอีกหนึ่งรายการ"]["body"]).rstrip("\n")
    item = "".join(f"  {line}\n" for line in more.split("\n"))
    text = measure.replace("status:", f"{item}status:")
    read, problems = read_measure(text.encode(), "x.yaml", "x", 2568)
    assert not problems
    assert read is not None
    assert len(read.evidence) == 2


def test_the_snippets_choices_are_the_schemas() -> None:
    body = "\n".join(SNIPPETS["มาตรการใหม่"]["body"])
    choices = [each.split(",") for each in re.findall(r"\$\{\d+\|([^|]*)\|\}", body)]
    written = json.loads((ROOT / "measures/.schema/measure.schema.json").read_text("utf-8"))
    numbers = written["properties"]["indicator"]["anyOf"][0]["enum"]
    assert choices == [[str(number) for number in numbers], list(STATUS_WORDS)]


HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_each_hook_runs_a_command_on_the_measure_files(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language", "files"} <= hook.keys()
    assert hook["language"] == "python"
    program, command = hook["entry"].split()
    assert program == "prongsai"
    assert command in main.commands
    names = ["measures/2568/03-no-gift-policy.yaml", "measures/agency.yaml"]
    assert all(re.search(hook["files"], name) for name in names)
    assert not re.search(hook["files"], "mkdocs.yml")
