"""`prongsai fmt`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from site_builder import folder, measurefile
from site_builder.cli.options import LANG, PROBLEMS_FOUND, could_not_run
from site_builder.files import write_files
from site_builder.problems import Language, Place, Problem, problem


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; fail where a file would change.")
@LANG
def fmt(paths: tuple[Path, ...], lang: Language, *, check: bool) -> None:
    """Bring YAML files into the house form; no word and no comment is lost.

    PATH is a file, or a folder with all its YAML files; `measures` where none is given.
    """
    problems: list[Problem] = []
    changed = 0
    files = dict.fromkeys(file for path in paths or (Path("measures"),) for file in _files(path))
    for file in files:
        found, differs = _format(file, write=not check)
        problems += found
        if differs:
            changed += 1
            click.echo(f"{_TOLD[lang, check]}: {file}")
    for each in sorted(problems):
        click.echo(each.line(lang))
    click.echo(_SUMMARY[lang].format(files=len(files), changed=changed, problems=len(problems)))
    if problems or (check and changed):
        sys.exit(PROBLEMS_FOUND)


_TOLD = {
    ("th", False): "จัดรูปแบบแล้ว",
    ("en", False): "formatted",
    ("th", True): "ยังไม่ตรงรูปแบบ",
    ("en", True): "would be formatted",
}
_SUMMARY = {
    "th": "{files} ไฟล์ รูปแบบต่าง {changed} ไฟล์ ต้องแก้ {problems} จุด",
    "en": "{files} files, {changed} not in the house form, {problems} problems",
}


def _files(path: Path) -> Iterator[Path]:
    """The YAML files that a path stands for; drafts (`_x.yaml`) only where they are named."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        parts = file.relative_to(path).parts
        if file.suffix == ".yaml" and not any(p.startswith((".", "_")) for p in parts):
            yield file


def _format(file: Path, *, write: bool) -> tuple[tuple[Problem, ...], bool]:
    """The problems of a file, and whether its form is another than the house form."""
    place = Place(file.as_posix())
    if not file.exists():
        code = "file-missing" if file.suffix else "folder-missing"
        return (problem(code, place, example="measures/2568/03-no-gift-policy.yaml"),), False
    try:
        data = folder.read_bytes(file)
    except OSError as error:
        return (problem("file-unreadable", place, cause=error.strerror or error),), False
    made, problems = measurefile.format_file(data, place.file, measurefile.kind_of(file.name))
    if made is None or made == data:
        return problems, False
    if write:
        # A link stays a link: what it leads to is formatted.
        target = file.resolve()
        try:
            write_files(target.parent, {target.name: made})
        except OSError as error:
            could_not_run(f"{file}: {error.strerror}")
    return problems, True
