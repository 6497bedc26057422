"""`prongsai new`: a measure, or a year made from the year before."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from site_builder import folder, measurefile, thai
from site_builder.cli.asking import (
    Check,
    Question,
    answer,
    answers,
    nothing_written_when_stopped,
    on_a_terminal,
    somebody_answers,
    year_fault,
)
from site_builder.cli.options import (
    LANG,
    MEASURES,
    PROBLEMS_FOUND,
    could_not_run,
    publishable,
)
from site_builder.files import write_files, write_new
from site_builder.model import Agency, Indicator, Report
from site_builder.problems import Language, Problem

_FURTHEST = 10


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said on the command line about one measure."""

    indicator: str | None
    measure: Sequence[str]
    method: Sequence[str]
    unit: str | None
    period: str | None
    name: str | None

    def needed(self) -> dict[str, object]:
        return {
            "--indicator": self.indicator,
            "--measure": self.measure,
            "--method": self.method,
            "--unit": self.unit,
            "--period": self.period,
        }

    def anything(self) -> bool:
        return bool(self.name or any(self.needed().values()))


@click.command()
@click.option("--year", help="Fiscal year (BE); the newest one where none is given.")
@click.option("--indicator", help="The indicator's number, such as 3.")
@click.option("--measure", multiple=True, help="The measure's text. Repeatable.")
@click.option("--method", multiple=True, help="How it is carried out. Repeatable.")
@click.option("--unit", help="The responsible unit.")
@click.option("--period", help='When, such as "ต.ค. 67 - ก.ย. 68".')
@click.option("--id", "name", help="The file's name without .yaml, such as 03-no-gift-policy.")
@MEASURES
@LANG
def new(  # noqa: PLR0913, PLR0917 - one parameter an option
    year: str | None,
    indicator: str | None,
    measure: tuple[str, ...],
    method: tuple[str, ...],
    unit: str | None,
    period: str | None,
    name: str | None,
    measures: Path,
    lang: Language,
) -> None:
    """Write a new measure, asking what is not given.

    A --year that has no folder yet is started from the newest year: the same measures, their
    results put aside, their dates moved.
    """
    given = _Given(indicator, measure, method, unit, period, name)
    if not measures.is_dir():
        _end_with(folder.read_folder(measures).errors, lang)
    with nothing_written_when_stopped(lang):
        years = folder.years_of(measures)
        wanted = _year(year, years, lang)
        if (measures / str(wanted)).exists():
            _new_measure(measures, wanted, given, lang)
        elif given.anything():
            raise click.UsageError(_TOLD[lang]["year first"].format(year=wanted))
        else:
            _new_year(measures, years, wanted, lang)


_TOLD = {
    "th": {
        "year": "ปีงบประมาณ พ.ศ.",
        "year old": "ยังไม่มีปี {said} เริ่มได้เฉพาะปีหลังปี {newest} เช่น {example}",
        "year first": "ยังไม่มีปี {year} — เริ่มปีก่อน: prongsai new --year {year}",
        "year start": "ยังไม่มีปี {year} เริ่มปีนี้โดยคัดลอกมาตรการจากปี {newest} หรือไม่",
        "indicator": "ตัวชี้วัดที่",
        "indicator unknown": "ปีนี้มีตัวชี้วัด {numbers} — พิมพ์เฉพาะหมายเลข เช่น {first}",
        "measure": "มาตรการ/แนวทางที่จะดำเนินการ",
        "method": "วิธีการดำเนินการ",
        "more": "  ข้อต่อไป (กด Enter ถ้าไม่มี)",
        "unit": "ผู้รับผิดชอบ",
        "units": " ({units})",
        "unit near": '"{said}" ไม่อยู่ในรายชื่อหน่วยงานภายใน (agency.yaml) — หมายถึง "{near}" หรือไม่',
        "unit new": '"{said}" ไม่อยู่ในรายชื่อหน่วยงานภายใน (agency.yaml) — ใช้ชื่อนี้หรือไม่',
        "unit noted": 'หมายเหตุ: "{said}" ไม่อยู่ในรายชื่อหน่วยงานภายใน (agency.yaml)',
        "period": "ระยะเวลาดำเนินการ เช่น {example}",
        "id wrong": "ชื่อไฟล์ใช้ได้เฉพาะ a-z 0-9 และ - เช่น 03-no-gift-policy",
        "id taken": "มีไฟล์ชื่อนี้แล้ว โปรแกรมไม่เขียนทับ: {file}",
        "written": "เขียนแล้ว: {file}",
        "next measure": "ต่อไป: เปิดไฟล์นี้เพื่อกรอกผลและหลักฐานเมื่อมีข้อมูล แล้วตรวจด้วย prongsai check",
        "year written": "เริ่มปี {year} แล้ว: {count} มาตรการ ใน {file}",
        "look": "สิ่งที่ต้องดู {count} จุด:",
        "next year": (
            "ต่อไป: เปิดทีละไฟล์ แก้ข้อความให้ตรงกับปี {year} กรอกผลเมื่อดำเนินการแล้ว แล้วตรวจด้วย prongsai check"
        ),
    },
    "en": {
        "year": "Fiscal year (BE)",
        "year old": "there is no year {said}; only one after {newest} can begin, such as {example}",
        "year first": "there is no year {year} yet; start it first: prongsai new --year {year}",
        "year start": "There is no year {year} yet. Start it from the measures of {newest}?",
        "indicator": "Indicator",
        "indicator unknown": "this year has indicators {numbers}; type the number, such as {first}",
        "measure": "Measure / approach",
        "method": "Method",
        "more": "  Next item (Enter for none)",
        "unit": "Responsible unit",
        "units": " ({units})",
        "unit near": '"{said}" is not among the units (agency.yaml); do you mean "{near}"?',
        "unit new": '"{said}" is not among the units (agency.yaml); use it?',
        "unit noted": 'Note: "{said}" is not among the units (agency.yaml)',
        "period": "Period, such as {example}",
        "id wrong": "a file name takes a-z, 0-9 and - only, such as 03-no-gift-policy",
        "id taken": "this file is there already and is not overwritten: {file}",
        "written": "written: {file}",
        "next measure": "Next: open it to fill in results and evidence, then run prongsai check",
        "year written": "year {year} begun: {count} measures, in {file}",
        "look": "{count} places to look at:",
        "next year": "Next: read each file, fill in results in time, then run prongsai check",
    },
}


def _year(given: str | None, years: Sequence[int], lang: Language) -> int:
    told = _TOLD[lang]
    newest = years[0] if years else None

    def wrong(said: str) -> str | None:
        if fault := year_fault(said, newest or 2568, lang):
            return fault
        year = int(thai.to_arabic(said))
        if newest is None or year in years or newest < year <= newest + _FURTHEST:
            return None
        return told["year old"].format(said=said, newest=newest, example=newest + 1)

    default = None if newest is None else str(newest)
    return int(thai.to_arabic(answer(Question("--year", told["year"], wrong, default), given)))


# A measure


def _new_measure(measures: Path, year: int, given: _Given, lang: Language) -> None:
    told = _TOLD[lang]
    somebody_answers(given.needed())
    agency, report = _report_of(measures, year, lang)
    taken = {*folder.measures_of(measures, year), Path(folder.REPORT).stem}
    name = given.name
    if name is not None and (fault := _id_fault(name, taken, measures / str(year), lang)):
        raise click.BadParameter(fault, param_hint="--id")
    indicator = _indicator(report, given.indicator, lang)
    value: dict[str, str | Sequence[str]] = {"indicator": str(indicator.number)}
    for key, texts in (("measure", given.measure), ("method", given.method)):
        question = Question(f"--{key}", told[key], _check(key, year, lang))
        value[key] = answers(question, texts, told["more"])
    value["responsible_unit"] = _unit(agency, year, given.unit, lang)
    value["period"] = _period(year, given.period, lang)
    name = name or measurefile.new_id(indicator.number, value["measure"][0], taken)
    text = measurefile.new_measure(value, f"{indicator.number} {indicator.name}")
    file = measures / str(year) / f"{name}.yaml"
    if file.exists():
        could_not_run(told["id taken"].format(file=file))
    try:
        write_files(measures, {f"{year}/{name}.yaml": text.encode()})
    except OSError as error:
        could_not_run(f"{file}: {error.strerror}")
    click.echo(told["written"].format(file=file))
    for found in folder.read_folder(measures).problems:
        # That a new measure has no results yet needs no telling.
        if found.place.file == file.as_posix() and found.code != "result-missing":
            click.echo(found.line(lang))
    click.echo(told["next measure"])


def _report_of(measures: Path, year: int, lang: Language) -> tuple[Agency, Report]:
    reading = folder.read_folder(measures)
    if reading.disclosure is not None:
        for report in reading.disclosure.reports:
            if report.fiscal_year == year:
                return reading.disclosure.agency, report
    _end_with(reading.errors, lang)
    raise AssertionError("a year that cannot be read has errors")


def _end_with(problems: Sequence[Problem], lang: Language) -> None:
    for found in problems:
        click.echo(found.line(lang), err=True)
    sys.exit(PROBLEMS_FOUND)


def _id_fault(name: str, taken: set[str], where: Path, lang: Language) -> str | None:
    if not folder.is_measure_id(name):
        return _TOLD[lang]["id wrong"]
    if name in taken:
        return _TOLD[lang]["id taken"].format(file=where / f"{name}.yaml")
    return None


def _check(key: str, year: int, lang: Language) -> Check:
    """What the project's own reader says of an answer, were it in a file."""

    def wrong(said: str) -> str | None:
        if found := measurefile.fault_of(key, said, year):
            right = found.example.partition(": ")[2]
            lead = {"th": "เช่น", "en": "such as"}[lang]
            return found.message(lang) + (f" — {lead}  {right}" if right else "")
        return None

    return wrong


def _indicator(report: Report, given: str | None, lang: Language) -> Indicator:
    told = _TOLD[lang]
    numbers = {str(indicator.number): indicator for indicator in report.indicators}

    def wrong(said: str) -> str | None:
        if thai.to_arabic(said) in numbers:
            return None
        first, *_, last = numbers if len(numbers) > 1 else [*numbers, *numbers]
        return told["indicator unknown"].format(numbers=f"{first}–{last}", first=first)

    if given is None and on_a_terminal():
        for indicator in report.indicators:
            shown = indicator.name if lang == "th" else indicator.name_en
            click.echo(f"  {indicator.number:>2}  {shown}")
    question = Question("--indicator", told["indicator"], wrong)
    return numbers[thai.to_arabic(answer(question, given))]


def _unit(agency: Agency, year: int, given: str | None, lang: Language) -> str:
    told = _TOLD[lang]
    units = agency.units
    shown = told["units"].format(units=" · ".join(units)) if units else ""
    question = Question("--unit", told["unit"] + shown, _check("responsible_unit", year, lang))
    while True:
        said = answer(question, given)
        if not units or said in units:
            return said
        if not on_a_terminal() or given is not None:
            click.echo(told["unit noted"].format(said=said), err=True)
            return said
        near = difflib.get_close_matches(said, units, n=1, cutoff=0.5)
        if near and click.confirm(told["unit near"].format(said=said, near=near[0]), default=True):
            return near[0]
        if click.confirm(told["unit new"].format(said=said), default=False):
            return said


def _period(year: int, given: str | None, lang: Language) -> str:
    span = thai.fiscal_year_span(year)
    example = " · ".join((thai.write_date(span.start, "thai"), f"ต.ค. {year - 1} - ก.ย. {year}"))
    words = _TOLD[lang]["period"].format(example=example)
    return answer(Question("--period", words, _check("period", year, lang)), given)


# A year


def _new_year(measures: Path, years: Sequence[int], year: int, lang: Language) -> None:
    told = _TOLD[lang]
    # A year is made from files that are whole; what is wrong with them is shown, and nothing made.
    publishable(measures, lang)
    newest = years[0]
    if on_a_terminal() and not click.confirm(
        told["year start"].format(year=year, newest=newest), default=True
    ):
        raise click.Abort
    try:
        made = _year_files(measures, newest, year)
        write_new(measures / str(year), {name: file.data for name, file in made.items()})
    except OSError as error:
        could_not_run(f"{measures / str(year)}: {error.strerror}")
    where = measures / str(year)
    click.echo(told["year written"].format(year=year, count=len(made) - 1, file=where))
    # Of the new dates everything is told at once; that results are wanting needs no telling.
    dates = (
        found
        for found in folder.read_folder(measures).problems
        if Path(found.place.file).parent == where and found.code.startswith("period-")
    )
    to_look_at = sorted({*dates, *(found for file in made.values() for found in file.problems)})
    if to_look_at:
        click.echo(told["look"].format(count=len(to_look_at)))
    for found in to_look_at:
        click.echo(found.line(lang))
    click.echo(told["next year"].format(year=year))


def _year_files(measures: Path, newest: int, year: int) -> dict[str, measurefile.Renewed]:
    target = (measures / str(year)).as_posix()
    header = folder.read_bytes(measures / str(newest) / folder.REPORT)
    made = {
        folder.REPORT: measurefile.renew_header(
            header, f"{target}/{folder.REPORT}", newest, year - newest
        )
    }
    for file in folder.measures_of(measures, newest).values():
        data = folder.read_bytes(file)
        made[file.name] = measurefile.renew_measure(
            data, f"{target}/{file.name}", newest, year - newest
        )
    return made
