"""`prongsai check`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Literal

import click

from site_builder import folder, listing, sitecheck
from site_builder.catalogue import Severity
from site_builder.cli.options import LANG, PROBLEMS_FOUND
from site_builder.listing import Row
from site_builder.problems import Language, Place, Problem

Format = Literal["text", "json", "github", "sarif"]


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
@click.option("--all", "show_all", is_flag=True, help="Show acknowledged warnings as well.")
@click.option("-q", "--quiet", is_flag=True, help="Show errors only; warnings are counted.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How problems are listed.",
)
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Prove that this built site holds every measure and evidence link.",
)
@LANG
def check(  # noqa: PLR0913 - one argument an option
    paths: tuple[Path, ...],
    site: Path | None,
    form: Format,
    lang: Language,
    *,
    strict: bool,
    show_all: bool,
    quiet: bool,
) -> None:
    """Show all problems of all files, sorted by place.

    PATH is a folder of measures, or files of one, which are then read with their folder but
    listed alone. The default is the folder measures.
    """
    rows: list[Row] = []
    measures = 0
    for root, wanted in folder.locate(paths or (Path("measures"),)).items():
        reading = folder.read_folder(root)
        problems = reading.problems
        if site is not None and reading.disclosure is not None and not reading.errors:
            problems = (*problems, *sitecheck.check_site(site, reading.disclosure))
        found = listing.rows_of(problems, reading.acknowledged, reading.disclosure)
        # Where the office's own file cannot be read, nothing could be judged: that is said too.
        rows += [
            row
            for row in found
            if folder.is_named(row.problem.place.file, wanted)
            or (reading.disclosure is None and row.measure is None)
        ]
        reports = reading.disclosure.reports if reading.disclosure else ()
        measures += sum(len(report.measures) for report in reports)
    open_rows = [row for row in rows if row.acknowledged is None]
    shown = [
        row
        for row in (rows if show_all else open_rows)
        if not quiet or row.problem.severity == "error"
    ]
    click.echo(_listed(shown, form, lang), nl=False)
    if form == "text":
        click.echo(listing.summary(rows, measures, lang))
        if site is not None and not _errors(open_rows):
            drafts = sum(row.problem.code == "draft-unfinished" for row in open_rows)
            said = _COMPLETE_BUT if drafts else _COMPLETE
            click.echo(f"{site}: {said[lang].format(drafts)}")
    if _errors(open_rows) or (strict and open_rows):
        sys.exit(PROBLEMS_FOUND)


_COMPLETE_BUT = {
    "th": "มีครบทุกมาตรการ ยกเว้นร่างที่ยังไม่เสร็จ {} ไฟล์ซึ่งยังไม่เผยแพร่",
    "en": "holds every measure but {} unfinished draft(s), which are not published",
}
_COMPLETE = {"th": "มีครบทุกมาตรการ", "en": "holds every measure"}


def _errors(rows: Sequence[Row]) -> list[Problem]:
    return [row.problem for row in rows if row.problem.severity == "error"]


def _listed(rows: Sequence[Row], form: Format, lang: Language) -> str:
    if form == "json":
        return listing.to_json(rows, lang)
    if form == "github":
        return listing.to_github(rows, lang)
    if form == "sarif":
        return listing.to_sarif(rows, lang, metadata.version("prongsai"))
    return listing.to_text(rows, _source_lines(), lang, _paint)


def _paint(text: str, severity: Severity) -> str:
    return click.style(text, fg="red" if severity == "error" else "yellow", bold=True)


def _source_lines() -> Callable[[Place], str | None]:
    @cache
    def lines(file: str) -> list[str]:
        return folder.read_lines(Path(file))

    def source_line(place: Place) -> str | None:
        found = lines(place.file)
        return found[place.line - 1] if place.line <= len(found) else None

    return source_line
