"""What the commands on links share: the ledger that they change, and the forms of their list."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Literal

import click

from site_builder import folder, ledger, linkforms, linkreport, listing, recordfile
from site_builder.catalogue import Severity
from site_builder.cli.options import COULD_NOT_RUN, PROBLEMS_FOUND, could_not_run
from site_builder.linkreport import LinkRow
from site_builder.model import Disclosure
from site_builder.problems import Language, Place, problem

Format = Literal["text", "json", "github", "sarif", "junit", "markdown"]
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif", "junit", "markdown"]),
    default="text",
    show_default=True,
    help="How links are listed.",
)


def for_programs(rows: Sequence[LinkRow], form: Format, lang: Language) -> str:
    """The list in any form but `text`, which is each command's own."""
    if form == "json":
        return linkreport.to_json(rows, lang)
    if form == "github":
        return listing.to_github(linkreport.listed(rows), lang)
    if form == "sarif":
        return listing.to_sarif(linkreport.listed(rows), lang, metadata.version("prongsai"))
    if form == "junit":
        return linkforms.to_junit(rows, lang)
    return linkforms.to_markdown(rows, lang)


def paint(text: str, severity: Severity) -> str:
    """A text in the colour of a severity."""
    return click.style(text, fg="red" if severity == "error" else "yellow", bold=True)


def linked(measures: Path, lang: Language) -> Disclosure:
    """The disclosure with the ledger on disk; ends the program where either cannot be read."""
    reading = folder.read_folder(measures)
    if reading.errors or reading.disclosure is None:
        for found in reading.errors:
            click.echo(found.line(lang), err=True)
        lost = any(found.code in {"ledger-damaged", "folder-missing"} for found in reading.errors)
        sys.exit(COULD_NOT_RUN if lost else PROBLEMS_FOUND)
    return reading.disclosure


@contextmanager
def keeping(measures: Path, lang: Language) -> Iterator[None]:
    """Change the ledger within; ends the program where that cannot be done."""
    path = measures / folder.LEDGER
    if not measures.is_dir():
        could_not_run(problem("folder-missing", Place(measures.as_posix())).line(lang))
    try:
        yield
    except ledger.DamagedLedgerError as damage:
        could_not_run(folder.ledger_damaged(path.as_posix(), damage).line(lang))
    except recordfile.BusyError:
        could_not_run(f"{path}: {_BUSY[lang]}")
    except OSError as error:
        could_not_run(f"{error.filename or path}: {error.strerror or error}")


_BUSY = {
    "th": "โปรแกรมอื่นกำลังเขียนไฟล์นี้อยู่ ยังไม่ได้บันทึกอะไร — รอให้เสร็จแล้วลองใหม่",
    "en": "another program is writing this file, nothing was written; try again when it is done",
}
