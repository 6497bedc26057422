"""What the tests of the handbook need: its pages taken apart, and a small office without a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from itertools import zip_longest
from pathlib import Path

from markdown_it import MarkdownIt

from .conftest import ROOT

DOCS = ROOT / "docs"
TODAY = date(2025, 12, 1)
"""After fiscal year 2568: whatever was to be done is due."""
MEASURE = "measures/2568/03-no-gift-policy.yaml"
WRONG = {"ผิด:", "ควรดู:"}
RIGHT = "ถูก:"
START_OFFICE = (
    "init",
    "my-office",
    *("--name", "องค์การบริหารส่วนตำบลตัวอย่าง"),
    *("--website", "https://www.example.go.th/"),
    *("--province", "ขอนแก่น"),
    *("--year", "2568"),
    "--yes",
)
"""What `docs/start.md` types to begin its office."""


@dataclass
class Section:
    """One `##` of a page: its words, and its examples by what is said above each."""

    words: str = ""
    wrong: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    lead: str = ""


def sections(page: str) -> dict[str, Section]:
    """The `##` of a page, in its order."""
    found: dict[str, Section] = {}
    current, said, heading = Section(), "", ""
    for token in MarkdownIt().parse((DOCS / page).read_text("utf-8")):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "inline" and heading:
            if heading <= "h2":
                current = Section()
            if heading == "h2":
                assert token.content not in found, f"{page}: two sections {token.content}"
                found[token.content] = current
            heading = ""
        elif token.type == "inline":
            said = token.content
            if said in WRONG:
                current.lead = said
            elif said != RIGHT:
                current.words += said
        elif token.type == "fence" and token.info == "yaml" and said in {*WRONG, RIGHT}:
            (current.right if said == RIGHT else current.wrong).append(token.content)
    return found


def fences(page: str, info: str) -> list[str]:
    """The blocks of a page that are marked as of one kind."""
    tokens = MarkdownIt().parse((DOCS / page).read_text("utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == info]


def office() -> dict[str, str]:
    """The files of a small office, which `check` says nothing about."""
    report = (
        "title:\n"
        "  - รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส\n"
        "  - ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n"
        "  - องค์การบริหารส่วนตำบลตัวอย่าง\n"
        "  - อำเภอเมือง จังหวัดขอนแก่น\n"
        "assessment_year: 2569\n"
    )
    agency = (
        "name:\n  th: องค์การบริหารส่วนตำบลตัวอย่าง\n  en: Tua Yang SAO\n"
        "short_name:\n  th: อบต.ตัวอย่าง\n"
        "district: เมือง\nprovince: ขอนแก่น\nwebsite: https://www.example.go.th/\n"
        "units:\n  - สำนักปลัด\n  - กองคลัง\n"
    )
    shipped = resources.files("site_builder").joinpath("data/indicators.yaml").read_text("utf-8")
    files = {
        "measures/agency.yaml": agency,
        "measures/indicators.yaml": shipped,
        "measures/2568/report.yaml": report,
    }
    for number in range(1, 11):
        name = MEASURE if number == 3 else f"measures/2568/{number:02}-measure.yaml"
        files[name] = _measure(number)
    return files


def _measure(number: int) -> str:
    return (
        f"indicator: {number}\n"
        "measure: นโยบายไม่รับของขวัญหรือของกำนัลจากการปฏิบัติหน้าที่\n"
        "method: จัดทำประกาศนโยบายไม่รับของขวัญ\n"
        "responsible_unit: สำนักปลัด\n"
        "period: ต.ค. ๖๗ - ก.ย. ๖๘\n"
        "result_summary: ประกาศนโยบายแล้วทางเว็บไซต์ของหน่วยงาน\n"
        "outcome: บุคลากรทุกคนรับทราบและถือปฏิบัติ ไม่มีเรื่องร้องเรียน\n"
        "evidence:\n"
        "  - title: ประกาศนโยบายไม่รับของขวัญ\n"
        f"    url: https://www.example.go.th/files/measure-{number}.pdf\n"
    )


_NAMED = re.compile(r"^# (?P<file>measures/\S+)(?P<whole> ทั้งไฟล์)?\n", re.MULTILINE)


def with_example(files: Mapping[str, str], example: str) -> dict[str, str]:
    """The office's files with an example put in.

    An example is of a measure, or of the files that its comment lines name. It takes the place of
    the keys that it has; where the comment says `ทั้งไฟล์`, of the whole file.
    """
    put = dict(files)
    for file, text, whole in _parts(example):
        put[file] = text if whole else _merged(put.get(file, ""), text)
    return put


def _parts(example: str) -> Iterator[tuple[str, str, bool]]:
    named = list(_NAMED.finditer(example))
    if not named:
        yield MEASURE, example, False
    ends = [following.start() for following in named[1:]]
    for found, end in zip_longest(named, ends):
        yield found["file"], example[found.end() : end], bool(found["whole"])


def _merged(file: str, text: str) -> str:
    keys = set(re.findall(r"^([a-z_]+)\b", text, re.MULTILINE))
    kept = re.split(r"^(?=\S)", file, flags=re.MULTILINE)
    return "".join(part for part in kept if part.partition(":")[0] not in keys) + text


def write_office(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """The office's folder `measures/`, with these files and no others."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root / "measures"
