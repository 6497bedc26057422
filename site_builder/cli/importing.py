"""`prongsai import`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

import click
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from site_builder import folder, tables, thai
from site_builder.cli.asking import year_fault
from site_builder.cli.options import LANG, MEASURES, PROBLEMS_FOUND, could_not_run
from site_builder.files import create_files
from site_builder.intake import LEFTOVERS, Intake, understand
from site_builder.problems import SEVERITY_WORDS, Language, Place, Problem, problem


class BuddhistYear(click.ParamType[int]):
    """A fiscal year of the Buddhist Era, in Thai or Arabic digits."""

    name = "BE-YEAR"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The year; a CE year is told its BE name."""
        text = str(value).strip()
        faults = [year_fault(text, _EXAMPLE_YEAR, lang) for lang in get_args(Language)]
        if any(faults):
            self.fail(" / ".join(filter(None, faults)), param, ctx)
        return int(thai.to_arabic(text))


_EXAMPLE_YEAR = 2568


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--year", type=BuddhistYear(), required=True, help="The report's fiscal year (BE), as 2568."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@MEASURES
@LANG
def import_file(file: Path, year: int, measures: Path, lang: Language, *, dry_run: bool) -> None:
    """Bring the table of a Word, Excel or CSV FILE in as measure files.

    Nothing is overwritten and no word is lost: what fits nowhere is shown and kept beside the
    drafts, and a measure that lacks something becomes a draft whose name begins with `_`.
    """
    if not file.is_file():
        told = f"ไม่พบไฟล์ {file} — ดูชื่อไฟล์และโฟลเดอร์ให้ถูก เช่น ../รายงาน.docx / there is no such file"
        raise click.BadParameter(told, param_hint="FILE")
    document, found = tables.read_document(file)
    if document is None:
        _show(found, lang)
        sys.exit(PROBLEMS_FOUND)
    indicators = folder.read_indicators(measures).indicators_of(year)
    if not indicators:
        could_not_run(_NO_INDICATORS[lang].format(year=year))
    reports = folder.read_folder(measures).disclosure
    place = measures / str(year)
    names = folder.file_names(place)
    intake = understand(
        document,
        fiscal_year=year,
        indicators=indicators,
        reports=reports.reports if reports else (),
        taken={name.lstrip("_").partition(".")[0].lower() for name in names},
        title=folder.title_of(measures, year),
    )
    problems = (*found, *intake.problems)
    files = _files(intake, problems, file, names, lang)
    existing = _existing(files, place, names)
    _show_understood(intake, file, lang)
    _show(problems, lang)
    if existing:
        _show(existing, lang)
        sys.exit(PROBLEMS_FOUND)
    if not dry_run and files:
        try:
            create_files(place, files)
        except OSError as error:
            could_not_run(f"{place}: {error.strerror}")
    _show_summary(intake, files, place, problems, lang, dry_run=dry_run)
    if problems:
        sys.exit(PROBLEMS_FOUND)


_NO_INDICATORS = {
    "th": "ไม่มีรายชื่อตัวชี้วัดของปี {year} — เพิ่มใน measures/indicators.yaml",
    "en": "no indicators are known for {year}; add them to measures/indicators.yaml",
}
_LEFTOVERS_LEAD = {
    "th": "ข้อความจาก {file} ที่ยังไม่ได้นำเข้า และสิ่งที่ต้องดู (ไฟล์:แถว:คอลัมน์) — ลบไฟล์นี้ได้เมื่อจัดการครบแล้ว",
    "en": "Words of {file} that were not brought in, and what to look at (file:row:column)",
}


def _files(
    intake: Intake,
    problems: Sequence[Problem],
    file: Path,
    names: Sequence[str],
    lang: Language,
) -> dict[str, bytes]:
    """What to write in the year's folder: drafts, the report's own file, the leftovers."""
    files = intake.files()
    if problems and intake.drafts:
        lines = [_LEFTOVERS_LEAD[lang].format(file=file.name), ""]
        lines += [found.line(lang) for found in problems]
        files[_free(LEFTOVERS, names)] = "".join(f"{line}\n" for line in lines).encode()
    return files


def _free(name: str, names: Sequence[str]) -> str:
    """A name that the folder does not have: earlier leftovers stay where they are."""
    stem, dot, extension = name.partition(".")
    number = 2
    while name in names:
        name = f"{stem}-{number}{dot}{extension}"
        number += 1
    return name


def _existing(files: Mapping[str, bytes], place: Path, names: Sequence[str]) -> tuple[Problem, ...]:
    """The files that would be written over, or written a second time under another name."""
    found = set(files) & set(names)
    paths = [place / name for name in names if name.endswith(".yaml")]
    held = {_said(folder.read_bytes(path)): path.name for path in paths if path.is_file()}
    found |= {held[_said(data)] for data in files.values() if _said(data) in held}
    return tuple(
        problem("import-file-exists", Place((place / n).as_posix())) for n in sorted(found)
    )


def _said(data: bytes) -> bytes:
    """What a file says without its comments, which tell of its name."""
    return b"\n".join(line for line in data.splitlines() if not line.startswith(b"#"))


def _show(problems: Sequence[Problem], lang: Language) -> None:
    for found in problems:
        click.echo(f"{found.line(lang)}\n  {SEVERITY_WORDS[lang][found.severity]}")


_HEADINGS = {
    "th": ("ไฟล์", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ลิงก์"),
    "en": ("File", "Measure", "Unit", "Period", "Links"),
}
_COLUMN_HEADINGS = {"th": ("คอลัมน์ในไฟล์", "นำเข้าเป็น"), "en": ("Column", "Taken as")}
_NO_HEADING = {"th": "(ไม่มีหัวคอลัมน์)", "en": "(no heading)"}


def _show_understood(intake: Intake, file: Path, lang: Language) -> None:
    """What was understood, for an officer to hold beside the original."""
    said = {
        "th": f"{file.name}: อ่าน {intake.tables} ตาราง ได้ {len(intake.drafts)} มาตรการ",
        "en": f"{file.name}: {intake.tables} tables, {len(intake.drafts)} measures",
    }
    click.echo(said[lang])
    if not intake.drafts:
        return
    columns = [
        (column.heading or _NO_HEADING[lang], column.taken_as(lang)) for column in intake.columns
    ]
    _print_table(_COLUMN_HEADINGS[lang], columns)
    drafts = sorted(intake.drafts, key=lambda draft: (draft.indicator or 0, draft.file.lstrip("_")))
    measures = [
        (
            draft.file,
            draft.heading or "?",
            draft.unit or "?",
            draft.period or "?",
            str(draft.links),
        )
        for draft in drafts
    ]
    _print_table(_HEADINGS[lang], measures)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    cells = list(zip(headings, *rows, strict=True))
    lengths = [max(map(cell_len, column)) for column in cells]
    widest = lengths.index(max(lengths))
    table = Table(header_style="", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.expand = sum(lengths) + 2 * len(lengths) > _terminal_width()
    for place, (heading, length) in enumerate(zip(headings, lengths, strict=True)):
        # A file's name is cut last; the longest column gives way to those beside it.
        kept = min(length, max(_KEPT, _terminal_width() - _BESIDE) if place == 0 else _KEPT)
        ratio = 1 if place == widest and table.expand else None
        table.add_column(heading, no_wrap=True, overflow="ellipsis", ratio=ratio, min_width=kept)
    for row in rows:
        # The office's words are words: no markup of the terminal's is read in them.
        table.add_row(*(Text("".join(c if c.isprintable() else " " for c in t)) for t in row))
    console = Console(file=sys.stdout, width=_terminal_width(), highlight=False, emoji=False)
    console.print(table)


_BESIDE = 56
"""Cells that the columns beside a file's name need to be of use."""
_KEPT = 14
"""Cells of a column that are shown even on a narrow terminal."""


def _terminal_width() -> int:
    return max(shutil.get_terminal_size((120, 24)).columns, 80)


_KEPT_AT: Mapping[bool, Mapping[Language, str]] = {
    False: {"th": "ที่ยังไม่ได้นำเข้าเก็บไว้ใน", "en": "leftovers kept in"},
    True: {"th": "ที่ยังไม่ได้นำเข้าจะเก็บไว้ใน", "en": "leftovers would be kept in"},
}


def _show_summary(  # noqa: PLR0913 - what there is to say
    intake: Intake,
    files: Mapping[str, bytes],
    place: Path,
    problems: Sequence[Problem],
    lang: Language,
    *,
    dry_run: bool,
) -> None:
    if not files:
        return
    unfinished = sum(not draft.finished for draft in intake.drafts)
    left = sum(found.code != "import-unfinished" for found in problems)
    if lang == "en":
        done = "would be written" if dry_run else "written"
        text = f"{len(files)} files {done} in {place}; {unfinished} unfinished, {left} to look at"
    else:
        done = "จะเขียน" if dry_run else "เขียนแล้ว"
        text = f"{done} {len(files)} ไฟล์ใน {place} — ร่างที่ยังไม่ครบ {unfinished} จุดที่ต้องดู {left}"
    click.echo(text)
    if intake.header is None:
        kept = {"th": "report.yaml มีอยู่แล้ว ไม่ได้แก้", "en": "report.yaml is there, left as it is"}
        click.echo(kept[lang])
    for name in files:
        if name.startswith("_import"):
            click.echo(f"{_KEPT_AT[dry_run][lang]} {place / name}")
    if not dry_run:
        click.echo({"th": "ต่อไป", "en": "next"}[lang] + f": prongsai check {place.parent}")
