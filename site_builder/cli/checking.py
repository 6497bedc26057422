"""`prongsai check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from site_builder import folder, sitecheck
from site_builder.cli.options import LANG, PROBLEMS_FOUND
from site_builder.model import Disclosure
from site_builder.problems import Language, Problem, errors_of


@click.command()
@click.argument("measures", type=click.Path(path_type=Path), default=Path("measures"))
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Prove that this built site holds every measure and evidence link.",
)
@LANG
def check(measures: Path, site: Path | None, lang: Language, *, strict: bool) -> None:
    """Show all problems of all files below MEASURES."""
    reading = folder.read_folder(measures)
    problems = reading.problems
    if site is not None and reading.disclosure is not None and not reading.errors:
        problems = (*problems, *sitecheck.check_site(site, reading.disclosure))
    for found in problems:
        click.echo(f"{_SEVERITY[lang][found.severity]} {found.line(lang)}")
    errors = errors_of(problems)
    click.echo(_check_summary(reading.disclosure, errors, problems, lang, site))
    if errors or (strict and problems):
        sys.exit(PROBLEMS_FOUND)


_SEVERITY = {
    "th": {"error": "ผิด  ", "warning": "เตือน"},
    "en": {"error": "error  ", "warning": "warning"},
}


def _check_summary(
    disclosure: Disclosure | None,
    errors: Sequence[Problem],
    problems: Sequence[Problem],
    lang: Language,
    site: Path | None,
) -> str:
    measures = sum(len(report.measures) for report in disclosure.reports) if disclosure else 0
    warnings = len(problems) - len(errors)
    if lang == "en":
        text = f"{measures} measures, {len(errors)} errors, {warnings} warnings"
        return f"{text}; {site} holds them all" if site and not errors else text
    text = f"{measures} มาตรการ ต้องแก้ {len(errors)} จุด ควรดู {warnings} จุด"
    return f"{text} — {site} มีครบทุกมาตรการ" if site and not errors else text
