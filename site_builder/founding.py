"""A new office's project: the program, what builds and publishes a site, the office's own words.

Nothing can be fetched from anywhere, so the project carries a copy of the program. That copy, and
the files around it, come from where this program itself runs: a checkout, or an installed wheel.
What says anything about an office comes from `data/office/`, never from another office's files.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from site_builder import inline, measurefile, schema, thai
from site_builder.model import IndicatorList

PROJECT_FILES = (
    ".ci/debian-packages",
    ".ci/keep-ledger",
    ".editorconfig",
    ".github/workflows/links.yml",
    ".github/workflows/site.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".vscode/extensions.json",
    ".vscode/prongsai.code-snippets",
    ".vscode/settings.json",
    "LICENSE",
    "Makefile",
    "docs/README.md",
    "docs/commands.md",
    "docs/editors.md",
    "docs/fields.md",
    "docs/images/check.png",
    "docs/images/import.png",
    "docs/images/office-site.png",
    "docs/images/word-report.png",
    "docs/messages.md",
    "docs/start.md",
    "pyproject.toml",
    "requirements/site.txt",
)
"""What stands around the program in every office's project; a wheel has it in `project/`."""
_PACKAGE = Path(__file__).parent
_TEMPLATES = (
    "README.md",
    "mkdocs.yml",
    "content/about.md",
    "content/accessibility.md",
    "content/index.md",
    "content/privacy.md",
    "content/en/about.md",
    "content/en/accessibility.md",
    "content/en/privacy.md",
)
_REPORT_TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"
_BANGKOK = "กรุงเทพมหานคร"
# The Makefile's targets for those who develop the program; an office has no tests.
_FOR_DEVELOPERS = (
    "test",
    "lint",
    "browser",
    "office-suite",
    "java",
    "lock",
    "$(VENV)/test.stamp",
    "tests/npm/node_modules/.stamp",
)


@dataclass(frozen=True, slots=True)
class Founding:
    """What must be known of an office before it can have a site."""

    name: str
    short_name: str
    website: str
    province: str
    district: str
    """Empty where it is not given."""
    fiscal_year: int

    @property
    def area(self) -> str:
        """Where the office is, as it stands on the report."""
        is_bangkok = self.province == _BANGKOK
        district = f"{'เขต' if is_bangkok else 'อำเภอ'}{self.district}" if self.district else ""
        province = self.province if is_bangkok else f"จังหวัด{self.province}"
        return f"{district} {province}".strip()


class NoProjectError(Exception):
    """The files that a new office needs are not where this program runs; the message says which."""


def bare_place(name: str) -> str:
    """A district's or province's own name, without the word for what it is."""
    return re.sub(r"^(?:จังหวัด|จ\.|อำเภอ|อ\.|เขต)\s*(?=\S)", "", name.strip())


def project(founding: Founding, indicators: IndicatorList) -> dict[str, bytes]:
    """Every file of a new office's project, by path; its editors know these indicators.

    Raises:
        NoProjectError: this program was installed in a way that left some behind.
        OSError: one of them cannot be read.
    """
    return {
        **{f"site_builder/{name}": file.read_bytes() for name, file in _program()},
        **_surroundings(),
        **{name: _filled_in(name, founding).encode() for name in _TEMPLATES},
        **_measures(founding),
        **{f"measures/{schema.FOLDER}/{n}": d for n, d in schema.files(indicators, ()).items()},
    }


def begin_repository(folder: Path) -> bool:
    """Make the folder a git repository, where git is there and none is around it."""
    inside = ["git", "-C", str(folder), "rev-parse", "--is-inside-work-tree"]
    begin = ["git", "-C", str(folder), "init", "--quiet", "--initial-branch=main"]
    try:
        if subprocess.run(inside, capture_output=True, check=False).returncode == 0:  # noqa: S603
            return False
        return subprocess.run(begin, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def _program() -> Iterator[tuple[str, Path]]:
    for file in sorted(_PACKAGE.rglob("*")):
        path = file.relative_to(_PACKAGE)
        hidden = any(part.startswith((".", "__pycache__")) for part in path.parts)
        if file.is_file() and path.parts[0] != "project" and not hidden:
            yield path.as_posix(), file


def _surroundings() -> dict[str, bytes]:
    around = _PACKAGE.parent
    # In a checkout the program stands beside its own pyproject.toml.
    root = around if (around / "pyproject.toml").is_file() else _PACKAGE / "project"
    missing = [name for name in PROJECT_FILES if not (root / name).is_file()]
    if missing:
        raise NoProjectError(f"{root}: {', '.join(missing)}")
    files = {name: (root / name).read_bytes() for name in PROJECT_FILES}
    files["Makefile"] = _without_tests(files["Makefile"].decode()).encode()
    return files


def _without_tests(makefile: str) -> str:
    """The Makefile of an office: what builds and checks a site, and nothing else."""
    paragraphs = [
        paragraph
        for paragraph in makefile.rstrip("\n").split("\n\n")
        if not any(f"\n{target}:" in f"\n{paragraph}" for target in _FOR_DEVELOPERS)
    ]
    lines = [line for line in "\n\n".join(paragraphs).split("\n") if '"make test' not in line]
    text = "\n".join(lines) + "\n"
    phony = re.compile(r"^\.PHONY:.*$", re.MULTILINE)
    words = (word for word in phony.findall(text)[0].split() if word not in _FOR_DEVELOPERS)
    text = phony.sub(" ".join(words), text, count=1)
    return text.replace(" | test | lock |", " |", 1)


def _filled_in(name: str, founding: Founding) -> str:
    template = resources.files("site_builder").joinpath("data/office", name).read_text("utf-8")
    words = {
        "name": inline.escape(founding.name),
        "short_name": inline.escape(founding.short_name),
        "area": inline.escape(founding.area),
        "website": inline.link_markdown(founding.website, founding.website),
        "site_name": measurefile.scalar(f"ความโปร่งใส {founding.short_name}"),
        "site_description": measurefile.scalar(f"{_REPORT_TITLE} {founding.short_name}"),
        "year": str(founding.fiscal_year),
        "next_year": str(founding.fiscal_year + 1),
    }
    return Template(template).substitute(words)


def _measures(founding: Founding) -> dict[str, bytes]:
    agency: dict[str, object] = {
        "name": {"th": founding.name},
        "short_name": {"th": founding.short_name},
        "province": founding.province,
        "website": founding.website,
        "allowed_hosts": [urlsplit(founding.website).hostname or ""],
        "digits": "thai",
    }
    if founding.district:
        agency["district"] = founding.district
    year = thai.in_digits(founding.fiscal_year, "thai")
    title = [_REPORT_TITLE, f"ประจำปีงบประมาณ พ.ศ. {year}", founding.name, founding.area]
    return {
        "measures/agency.yaml": measurefile.new_agency(agency).encode(),
        f"measures/{founding.fiscal_year}/report.yaml": measurefile.new_header(title).encode(),
    }
