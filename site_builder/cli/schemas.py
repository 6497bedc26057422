"""`prongsai schema`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from site_builder import folder, schema
from site_builder.cli.options import LANG, MEASURES, PROBLEMS_FOUND, could_not_run
from site_builder.files import write_files
from site_builder.problems import Language


@click.command(name="schema")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"Where to write; by default the folder {schema.FOLDER} of the measures.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail where the files are not current.")
@MEASURES
@LANG
def write_schemas(target: Path | None, measures: Path, lang: Language, *, check: bool) -> None:
    """Write the JSON Schema files by which an editor completes and checks as you type.

    They hold the office's indicators and units: run it again when those change.
    """
    if target is None and not measures.is_dir():
        raise click.BadParameter(_NO_FOLDER[lang].format(measures), param_hint="--measures")
    vocabulary, problems = folder.read_vocabulary(measures)
    if problems:
        for found in problems:
            click.echo(found.line(lang), err=True)
        sys.exit(PROBLEMS_FOUND)
    place = target or measures / schema.FOLDER
    files = schema.files(vocabulary.indicators, vocabulary.units)
    try:
        stale = [name for name, data in files.items() if _held(place / name) != data]
        if not check:
            write_files(place, files)
    except OSError as error:
        could_not_run(f"{place}: {error.strerror}")
    for name in stale:
        click.echo((_STALE if check else _WRITTEN)[lang].format(place / name))
    if not stale:
        click.echo(_CURRENT[lang].format(place))
    elif check:
        sys.exit(PROBLEMS_FOUND)


_NO_FOLDER = {
    "th": "ไม่พบโฟลเดอร์ {} — สั่งในโฟลเดอร์ของโครงการ หรือบอกที่เก็บด้วย --to",
    "en": "there is no folder {}; run this in the project's folder, or say where to write (--to)",
}
_STALE = {
    "th": "{}: ไม่เป็นปัจจุบัน — สั่ง prongsai schema",
    "en": "{}: not current; run prongsai schema",
}
_WRITTEN = {"th": "เขียนแล้ว {}", "en": "written {}"}
_CURRENT = {"th": "เป็นปัจจุบันแล้ว {}", "en": "current {}"}


def _held(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
