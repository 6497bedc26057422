"""`prongsai init`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from site_builder import addresses, folder, measurefile, offices, thai
from site_builder.cli.asking import (
    Check,
    Question,
    answer,
    nothing_written_when_stopped,
    on_a_terminal,
    somebody_answers,
    year_fault,
)
from site_builder.cli.options import LANG, could_not_run
from site_builder.files import is_free, write_new
from site_builder.founding import (
    Founding,
    NoProjectError,
    bare_place,
    begin_repository,
    project,
)
from site_builder.model import Agency
from site_builder.problems import Language


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="The office's full name.")
@click.option("--short-name", help="Its short name, such as อบต.ตัวอย่าง.")
@click.option("--website", help="Its main web site.")
@click.option("--district", help="Its district (อำเภอ).")
@click.option("--province", help="Its province (จังหวัด).")
@click.option("--year", help="The first fiscal year (BE); this one where none is given.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is not given is left to its default.")
@LANG
def init(  # noqa: PLR0913, PLR0917 - one parameter an option
    directory: Path,
    name: str | None,
    short_name: str | None,
    website: str | None,
    district: str | None,
    province: str | None,
    year: str | None,
    lang: Language,
    *,
    yes: bool,
) -> None:
    """Write a new office's site into DIR: ready to build, to fill in and to publish."""
    told = _TOLD[lang]
    if not is_free(directory):
        raise click.BadParameter(told["not empty"].format(folder=directory), param_hint="DIR")
    required = {"--name": name, "--website": website, "--province": province}
    somebody_answers(required, nobody=yes)
    if yes:
        short_name = short_name or offices.short_name_of(name or "")
        district, year = district or "", year or str(_this_year())
    with nothing_written_when_stopped(lang):
        founding = _founding(name, short_name, website, district, province, year, lang)
        click.echo(_shown(founding, lang))
        if not yes and on_a_terminal() and not click.confirm(told["right"], default=True):
            raise click.Abort
        try:
            files = project(founding, folder.read_indicators(directory / "measures"))
            write_new(directory, files)
        except NoProjectError as error:
            could_not_run(told["no project"].format(cause=error))
        except FileExistsError:
            could_not_run(told["not empty"].format(folder=directory))
        except OSError as error:
            could_not_run(f"{directory}: {error.strerror}")
    click.echo(told["written"].format(count=len(files), folder=directory))
    if begin_repository(directory):
        click.echo(told["repository"])
    click.echo(told["next"].format(folder=_quoted(directory), year=founding.fiscal_year))


_TOLD = {
    "th": {
        "not empty": "{folder}: มีไฟล์อยู่แล้ว โปรแกรมไม่เขียนทับ — เลือกโฟลเดอร์ใหม่หรือโฟลเดอร์ว่าง",
        "no project": "ไม่พบไฟล์ที่ต้องคัดลอกไปให้หน่วยงานใหม่: {cause}",
        "name": "ชื่อเต็มของหน่วยงาน เช่น องค์การบริหารส่วนตำบลตัวอย่าง",
        "short_name": "ชื่อย่อ",
        "website": "เว็บไซต์หลักของหน่วยงาน เช่น https://www.example.go.th/",
        "not public": "ต้องเป็นเว็บไซต์ที่ประชาชนเปิดได้ เช่น https://www.example.go.th/",
        "district": "อำเภอ (กด Enter ถ้าไม่ระบุ)",
        "province": "จังหวัด",
        "year": "ปีงบประมาณ พ.ศ. ของรายงานฉบับแรก",
        "shown": ("หน่วยงาน: {name} ({short})\nที่ตั้ง: {area}\nเว็บไซต์: {website}\nปีงบประมาณ: {year}"),
        "right": "ถูกต้องหรือไม่",
        "written": "เขียนแล้ว {count} ไฟล์ ใน {folder} (ยังไม่มีมาตรการ เว็บไซต์จะบอกว่าตัวชี้วัดใดยังว่าง)",
        "repository": "สร้างคลัง git แล้ว",
        "next": (
            "ต่อไป:\n  cd {folder}\n  make site\n"
            "  .venv/bin/prongsai import รายงาน.docx --year {year}\n"
            "อ่านวิธีเผยแพร่ใน README.md"
        ),
    },
    "en": {
        "not empty": "{folder}: holds files, which are not overwritten; choose an empty folder",
        "no project": "the files that a new office needs are not there: {cause}",
        "name": "The office's full name, such as องค์การบริหารส่วนตำบลตัวอย่าง",
        "short_name": "Short name",
        "website": "Main web site, such as https://www.example.go.th/",
        "not public": "it must be open to the public, such as https://www.example.go.th/",
        "district": "District (Enter for none)",
        "province": "Province",
        "year": "First fiscal year (BE)",
        "shown": (
            "Office: {name} ({short})\nPlace: {area}\nWeb site: {website}\nFiscal year: {year}"
        ),
        "right": "Is this right?",
        "written": "{count} files written to {folder} (no measures yet; the site says so)",
        "repository": "git repository begun",
        "next": (
            "Next:\n  cd {folder}\n  make site\n"
            "  .venv/bin/prongsai import รายงาน.docx --year {year}\n"
            "README.md tells how to publish"
        ),
    },
}


def _founding(  # noqa: PLR0913, PLR0917 - one parameter an option
    name: str | None,
    short_name: str | None,
    website: str | None,
    district: str | None,
    province: str | None,
    year: str | None,
    lang: Language,
) -> Founding:
    told = _TOLD[lang]
    full = answer(Question("--name", told["name"], _check("name", lang)), name)
    short = Question(
        "--short-name", told["short_name"], _check("short_name", lang), offices.short_name_of(full)
    )
    site = Question("--website", told["website"], _website_check(lang))
    this_year = str(_this_year())
    when = Question(
        "--year", told["year"], lambda said: year_fault(said, _this_year(), lang), this_year
    )
    return Founding(
        name=full,
        short_name=answer(short, short_name),
        website=_with_scheme(answer(site, website)),
        district=bare_place(
            answer(
                Question("--district", told["district"], _check("district", lang, ""), ""), district
            )
        ),
        province=bare_place(
            answer(Question("--province", told["province"], _check("province", lang)), province)
        ),
        fiscal_year=int(thai.to_arabic(answer(when, year))),
    )


def _shown(founding: Founding, lang: Language) -> str:
    return _TOLD[lang]["shown"].format(
        name=founding.name,
        short=founding.short_name,
        area=founding.area,
        website=founding.website,
        year=founding.fiscal_year,
    )


def _check(key: str, lang: Language, *right: str) -> Check:
    """What the project's own reader says of an answer; some are right whatever it says."""

    def wrong(said: str) -> str | None:
        found = None if said in right else measurefile.fault_of(key, said, 2568, Agency)
        return found.message(lang) if found else None

    return wrong


def _website_check(lang: Language) -> Check:
    def wrong(said: str) -> str | None:
        url = _with_scheme(said)
        if fault := _check("website", lang)(url):
            return fault
        return None if addresses.names_public_host(url) else _TOLD[lang]["not public"]

    return wrong


def _with_scheme(said: str) -> str:
    """An address as people say it, `www.example.go.th`, as one that can be opened."""
    return said if re.match(r"[a-z][a-z0-9+.-]*:", said, re.IGNORECASE) else f"https://{said}"


def _this_year() -> int:
    return thai.fiscal_year_of(folder.today_in_thailand())


def _quoted(path: Path) -> str:
    return f'"{path}"' if re.search(r"\s", str(path)) else str(path)
