"""`prongsai export`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from site_builder import folder, publication, revisions
from site_builder.cli.options import LANG, MEASURES, could_not_run, publishable
from site_builder.files import write_files
from site_builder.history import History
from site_builder.leaves import Project
from site_builder.problems import Language
from site_builder.publication import STYLE_SHEET


@click.command()
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"))
@MEASURES
@LANG
def export(target: Path, content: Path, measures: Path, lang: Language) -> None:
    """Write the pages and data files that the plugin makes, for any site engine.

    The engine needs Markdown tables and attribute lists (`attr_list`).
    """
    if refused := _not_a_place_to_export(target, content, measures):
        raise click.BadParameter(refused, param_hint="--to")
    disclosure = publishable(measures, lang)
    own = {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }
    homes = {
        language: own[path].decode() for language, path in publication.HOMES.items() if path in own
    }
    made = publication.publish(
        disclosure, homes, today=folder.today_in_thailand(), project=_project(measures, content)
    )
    files = {**own, **made.files}
    try:
        write_files(target, files)
    except OSError as error:
        could_not_run(f"{target}: {error.strerror}")
    click.echo({"th": "เขียนแล้ว", "en": "written"}[lang] + f" {len(files)}: {target}")


def _project(measures: Path, content: Path) -> Project:
    """What git knows of the files, seen from the folder of the measures' project."""
    root = measures.absolute().parent
    names = [
        Path(os.path.relpath(each.absolute(), root)).as_posix() for each in (measures, content)
    ]
    try:
        history = revisions.read_history(root, *names)
    except revisions.RevisionError:
        history = History()  # the pages say that nothing is known
    return Project(history, *names)


def _not_a_place_to_export(target: Path, content: Path, measures: Path) -> str | None:
    """Why exporting there would harm what people wrote; None where it would not."""
    place = target.resolve()
    for source in (content.resolve(), measures.resolve(), Path.cwd()):
        if place == source or place in source.parents:
            return f"{target}: ที่นี่มีไฟล์ต้นฉบับ เลือกโฟลเดอร์อื่น / holds sources, choose another"
    for source in (content.resolve(), measures.resolve()):
        if source in place.parents:
            return f"{target}: อยู่ในโฟลเดอร์ต้นฉบับ / lies inside the sources, choose another"
    if target.is_dir() and any(target.iterdir()) and not (target / STYLE_SHEET).is_file():
        return f"{target}: มีไฟล์อื่นอยู่แล้ว เลือกโฟลเดอร์ว่าง / is not empty and no earlier export"
    return None
