"""Drafts: each measure as the text of its file, read back before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from site_builder import measurefile
from site_builder.intake.bullets import content_of
from site_builder.intake.columns import Column
from site_builder.intake.document import Document
from site_builder.intake.names import Unnamed, names_for
from site_builder.intake.rows import Entry, Rows, read_rows
from site_builder.intake.values import values_of
from site_builder.model import (
    Indicator,
    Report,
    ReportHeader,
    label,
    label_en,
)
from site_builder.problems import Place, Problem, errors_of, problem

LEFTOVERS = "_import-leftovers.txt"
"""The file beside the drafts that keeps what no draft could hold."""
_HEADER = "report.yaml"
_HEADER_COMMENTS = {
    "title": "หัวเรื่องของรายงาน ตามที่เผยแพร่ ทีละบรรทัด",
    "assessment_year": "ปีของการประเมิน ITA ที่รายงานฉบับนี้ใช้เป็นหลักฐาน",
}
_TO_MEND = "ต้องแก้"


@dataclass(frozen=True, slots=True)
class Draft:
    """A measure's file, and what an officer checks it by."""

    file: str
    """Its name in the year's folder; one that begins with `_` is not read by the site."""
    text: str
    indicator: int | None
    heading: str
    unit: str
    period: str
    links: int

    @property
    def finished(self) -> bool:
        """Whether it is complete as it stands."""
        return not self.file.startswith("_")


@dataclass(frozen=True, slots=True)
class Intake:
    """What was understood of a file."""

    tables: int
    columns: tuple[Column, ...]
    drafts: tuple[Draft, ...]
    header: tuple[str, str] | None
    """Name and text of the report's own file; None where the year has one."""
    problems: tuple[Problem, ...]
    """What an officer must look at: incomplete drafts, and words that stand in no file."""

    def files(self) -> dict[str, bytes]:
        """The files to write in the year's folder, by name."""
        texts = {draft.file: draft.text for draft in self.drafts}
        texts |= dict([self.header] if self.header else [])
        return {name: text.encode() for name, text in texts.items()}


def understand(  # noqa: PLR0913 - what is known of the year, each by its name
    document: Document,
    *,
    fiscal_year: int,
    indicators: Sequence[Indicator],
    reports: Sequence[Report] = (),
    taken: Collection[str] = (),
    title: Sequence[str] | None = None,
) -> Intake:
    """The drafts of a file's measures, and everything that no draft holds.

    Args:
        document: what stands in the file.
        fiscal_year: the year (BE) of the report.
        indicators: those of that year.
        reports: the reports there are, this year's among them: their measures keep their names.
        taken: the stems of the files that the year's folder has.
        title: the title in the year's `report.yaml`; None where there is no such file yet.
    """
    rows = read_rows(document, indicators)
    leftovers = list(rows.leftovers)
    unnamed = [Unnamed(e.number, content_of(e.cells.get("measure", [])).text) for e in rows.entries]
    names = names_for(unnamed, reports, fiscal_year, taken)
    drafts = []
    for entry, name in zip(rows.entries, names, strict=True):
        draft, found = _draft(entry, name, document.file, fiscal_year)
        drafts.append(draft)
        leftovers += found
    header = None
    if not drafts:
        leftovers.append(problem("import-no-table", Place(document.file)))
    elif title is None:
        header, found = _header(rows, document.file, fiscal_year)
        leftovers += found
    if title is not None or not drafts:
        known = title or ()
        code = "import-outside" if title is None else "import-title"
        leftovers += [
            problem(code, Place(document.file, line.row, line.column), words=line.line.text)
            for line in rows.title
            if line.line.text not in known
        ]
    problems = tuple(sorted(set(leftovers)))
    return Intake(rows.tables, rows.columns, tuple(drafts), header, problems)


def _draft(entry: Entry, name: str, file: str, fiscal_year: int) -> tuple[Draft, Sequence[Problem]]:
    values = values_of(entry, file, fiscal_year)
    held = values.held
    leftovers = values.leftovers
    text = measurefile.write(held)
    _, found = measurefile.read_measure(text.encode(), f"{name}.yaml", name, fiscal_year)
    faults = _faults(held, text, errors_of(found))
    if entry.number is None:
        faults["indicator"] = "ใส่หมายเลขตัวชี้วัดเป็นตัวเลข เช่น  indicator: 3"
    stem = name
    if faults:
        stem = f"_{name}"
        final = f"{name}.yaml" if entry.number is not None else "NN-….yaml (NN คือเลขตัวชี้วัดสองหลัก)"
        source = f"{Place(file, entry.row, entry.column)} (ไฟล์:แถว:คอลัมน์) ตาราง {entry.table}"
        text = measurefile.write(held, _comments(faults, final, source))
        incomplete = problem(
            "import-unfinished",
            Place(file, entry.row, entry.column),
            draft=f"{stem}.yaml",
            missing_th=", ".join(label(key) for key in faults),
            missing_en=", ".join(label_en(key) for key in faults),
        )
        leftovers = [*leftovers, incomplete]
    draft = Draft(
        file=f"{stem}.yaml",
        text=text,
        indicator=entry.number,
        heading=content_of(entry.cells.get("measure", [])).text,
        unit=str(held["responsible_unit"]),
        period=str(held["period"]),
        links=values.evidence,
    )
    return draft, leftovers


def _faults(held: Mapping[str, object], text: str, found: Sequence[Problem]) -> dict[str, str]:
    """What keeps a draft from being complete, by key."""
    lines = text.splitlines()
    faults: dict[str, str] = {}
    for fault in found:
        above = reversed(lines[: fault.place.line])
        key = next((at[1] for line in above if (at := re.match(r"([a-z_]+):", line))), "indicator")
        example = f" เช่น  {fault.example}" if fault.example else ""
        told = f"{fault.message()}{example}".replace(" — ", "\n  ")
        if held.get(key) == "":
            told = f"ไม่พบในไฟล์ต้นฉบับ — ใส่{label(key)}{example}"
        faults.setdefault(key, told)
    return faults


def _comments(faults: Mapping[str, str], final: str, source: str) -> dict[str, str]:
    comments = {key: f"{_TO_MEND}: {told}" for key, told in faults.items()}
    how = (
        "ร่างนี้ยังไม่ครบ เว็บไซต์จึงยังไม่อ่านไฟล์นี้\n"
        f'แก้ทุกบรรทัดที่อยู่ใต้คำว่า "{_TO_MEND}" แล้วเปลี่ยนชื่อไฟล์เป็น {final}\n'
        f"ที่มา: {source}"
    )
    own = comments.get("indicator")
    comments["indicator"] = f"{how}\n{own}" if own else how
    return comments


def _header(rows: Rows, file: str, fiscal_year: int) -> tuple[tuple[str, str], Sequence[Problem]]:
    """The report's own file, from the lines above the tables."""
    title: list[str] | str = [line.line.text for line in rows.title] or ""
    value = {"title": title, "assessment_year": str(fiscal_year + 1)}
    text = measurefile.write(value, _HEADER_COMMENTS)
    header, _ = measurefile.read_model(
        ReportHeader, text.encode(), _HEADER, {"fiscal_year": fiscal_year}
    )
    if header is not None:
        return (_HEADER, text), ()
    told = f"{_TO_MEND}: ใส่หัวเรื่อง แล้วเปลี่ยนชื่อไฟล์เป็น {_HEADER}"
    comments = {**_HEADER_COMMENTS, "title": f"{_HEADER_COMMENTS['title']}\n{told}"}
    missing = problem("import-title-missing", Place(file), draft=f"_{_HEADER}")
    return (f"_{_HEADER}", measurefile.write(value, comments)), (missing,)
