"""The house: imports only go down, and every outside library has its homes."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "site_builder"

FLOORS = (
    {"__init__"},
    {
        "thai",
        "catalogue",
        "problems",
        "verdicts",
        "causes",
        "linkwire",
        "bodies",
        "addresses",
        "inline",
        "identity",
        "history",
        "contacts",
        "lettering",
        "offices",
        "units",
        "source",
        "lines",
        "ledger",
        "records",
        "recheck",
        "linkpolicy",
        "checks",
        "copies",
        "report_tables",
        "base_template",
        "values",
        "linebreaks",
        "charts",
    },
    {"model"},
    {"edition", "standing"},
    {
        *("measurefile", "rules", "schema", "intake", "pages", "downloads", "linkdata"),
        *("judging", "listing", "linkreport", "linkforms", "memo", "searching"),
        *("structured_data", "heads", "leaves", "share_pictures"),
    },
    {"publication", "linkround"},
    {
        *("folder", "files", "tables", "founding", "sitecheck", "ledgerfile", "revisions"),
        *("linkworker", "linkpipe", "linkprogram", "linkcheck", "sitelinks"),
        *("fetching", "warcs", "snapshots", "recordfile", "drawing"),
    },
    {"plugin", "framing", "placing", "sitesearch", "cli"},
)
"""From the ground up. A module imports from lower floors only; on the first two floors, where
words stand beside words, also from the modules named in `BESIDE`. A package of modules counts as
one module: what it holds may import from itself."""
BESIDE = {
    "ledger": {"verdicts", "causes", "records"},
    "checks": {"ledger", "verdicts", "causes", "addresses", "thai"},
    "copies": {"thai", "records"},
    "problems": {"catalogue"},
    "plugin": {"framing", "placing", "sitesearch"},
    "identity": {"thai"},
    "contacts": {"thai"},
    # A value is judged by the words that it is made of.
    "values": {"addresses", "catalogue", "contacts", "inline", "lines", "thai"},
    "linebreaks": {"thai"},
    "inline": {"linebreaks"},
    "source": {"problems"},
    "linkcheck": {"linkprogram", "linkpipe"},
    "linkpipe": {"linkprogram"},
    "sitelinks": {"linkprogram"},
    "recheck": {"ledger", "verdicts"},
    "linkpolicy": {"addresses", "causes", "ledger", "verdicts"},
    # One list of problems, in two more forms.
    "linkreport": {"listing"},
    "linkforms": {"linkreport", "listing"},
    "memo": {"linkreport"},
    "folder": {"recordfile"},
    "ledgerfile": {"files", "folder", "recordfile"},
    "revisions": {"folder"},
    # One way to write a CSV that no spreadsheet runs; the page of downloads says what stands in it.
    "linkdata": {"downloads"},
    "pages": {"linkdata"},
    # Where pages stand is said in one place.
    "structured_data": {"pages"},
    "heads": {"pages", "structured_data"},
    "leaves": {"pages"},
    "share_pictures": {"heads", "pages"},
    # What is found stands on the pages; the plugin hands MkDocs' own values to two small doors.
    "searching": {"pages"},
    "warcs": {"files"},
    "fetching": {"linkpipe", "linkprogram"},
    "snapshots": {"fetching", "files", "folder", "linkcheck", "recordfile", "warcs"},
    # A draft is a measure file: the same code writes it and reads it back before anybody sees it.
    "intake": {"measurefile"},
}
HOMES = {
    "yaml": {"measurefile"},
    "markdown_it": {"inline"},
    "markdown": {"report_tables"},
    "pydantic": {"model", "values", "ledger", "records", "copies", "measurefile", "schema"},
    "pydantic_core": {"model", "values", "measurefile"},
    "mkdocs": {"plugin", "framing", "placing", "sitesearch"},
    # What MkDocs makes pages with.
    "jinja2": {"plugin"},
    "click": {"cli"},
    "rich": {"cli", "listing"},
    "bs4": {"sitecheck"},
    "docx": {"tables"},
    "openpyxl": {"tables"},
    "warcio": {"warcs"},
    "resvg_py": {"drawing"},
    "fontTools": {"drawing"},
    # What LinkChecker itself stands on.
    "requests": {"linkworker"},
    "urllib3": {"linkworker"},
    "certifi": {"linkworker"},
    "lxml": {"bodies", "linkworker"},
    "filelock": {"recordfile"},
    "linkcheck": {"linkworker"},
}
CORE = {name for floor in FLOORS[:6] for name in floor}
DISK_AND_NETWORK = {"os", "socket", "subprocess", "tempfile", "shutil", "urllib.request", "pathlib"}
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = sorted({path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES})


def files_of(module: str) -> list[Path]:
    return [f for f in FILES if f.relative_to(PACKAGE).parts[0].removesuffix(".py") == module]


def named(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module.startswith("site_builder"):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found - {"site_builder"}


def imports(module: str) -> set[str]:
    return {name for file in files_of(module) for name in named(file)}


def floor_of(module: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if module in floor)


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_go_down(module: str) -> None:
    own = {name.split(".")[1] for name in imports(module) if name.startswith("site_builder.")}
    upward = {name for name in own - {module} if floor_of(name) >= floor_of(module)}
    assert upward <= BESIDE.get(module, set())


@pytest.mark.parametrize("module", MODULES)
def test_every_outside_library_has_its_homes(module: str) -> None:
    outside = {name.partition(".")[0] for name in imports(module)} - sys.stdlib_module_names
    strangers = {lib for lib in outside - {"site_builder"} if module not in HOMES.get(lib, set())}
    assert not strangers


@pytest.mark.parametrize("module", sorted(CORE & set(MODULES)))
def test_the_core_knows_no_disk_process_or_network(module: str) -> None:
    # `socket.inet_aton` reads an address's spelling; it contacts nobody.
    allowed = {"addresses": {"socket"}}.get(module, set())
    assert not (imports(module) & DISK_AND_NETWORK) - allowed


def test_linkchecker_is_imported_by_one_program_of_its_own() -> None:
    drivers = [file for file in FILES if "linkcheck" in {n.split(".")[0] for n in named(file)}]
    assert drivers == [PACKAGE / "linkworker" / "__main__.py"]
    assert "# SPDX-License-Identifier: GPL-2.0-or-later" in drivers[0].read_text("utf-8")
    assert not [file for file in FILES if "site_builder.linkworker.__main__" in named(file)]


def test_modules_can_be_read_in_one_sitting() -> None:
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in FILES}
    # The catalogue is a table to look things up in.
    del lines[PACKAGE / "catalogue.py"]
    assert {file.name: count for file, count in lines.items() if count > 550} == {}
