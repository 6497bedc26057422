"""New files: a measure with every key explained, and a year's files made from the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from site_builder import model, thai
from site_builder.measurefile.formatting import in_model_order
from site_builder.measurefile.outline import comments_of, read_outline
from site_builder.measurefile.parsing import Content, read_content
from site_builder.measurefile.reading import models_in, read_measure, read_model
from site_builder.measurefile.writing import Block, Entry, Outline, lay_out, value_of, write
from site_builder.problems import Problem, problem
from site_builder.source import KeyPath

RESULTS = (
    "result_summary",
    "outcome",
    "evidence",
    "status",
    "budget",
    "interim_result",
    "problems",
    "suggestions",
    "document",
    "acknowledged",
)
"""What a year's work has led to, its money too: next year's file has these to fill in."""
_FIRST_TO_FILL = ("result_summary", "outcome", "evidence")
_HEADER_RESULTS = ("scores", "weak_points", "approved", "acknowledged")

_NOTICE = (
    "## ช่องต่อจากนี้ยังไม่ได้กรอก เมื่อมีข้อมูล ให้ลบ # และเว้นวรรคหนึ่งช่องหน้าชื่อช่อง",
    '## แล้วพิมพ์ข้อความหลังเครื่องหมาย ":" ช่องที่ไม่มีข้อมูลปล่อยไว้ได้',
)
_HINTS: Mapping[str, str] = {
    "evidence": "ชื่อเอกสาร และที่อยู่เว็บที่ขึ้นต้นด้วย https:// (หลายเอกสารได้ ขึ้นต้นแต่ละรายการด้วย -)",
    "status": " ".join(f"{word} = {thai_word}" for word, thai_word in model.STATUS_WORDS.items()),
    "budget": "จำนวนเงิน เช่น 15,000 หรือ none = ไม่ใช้งบประมาณ",
    "document": "เลขที่และวันที่ เช่น คำสั่งที่ ๑๒/๒๕๖๘ และ ๑ ต.ค. ๖๗",
    "translations": "ข้อความภาษาอังกฤษ ส่วนที่ไม่มีจะแสดงเป็นภาษาไทย",
    "units": "ขึ้นต้นแต่ละชื่อด้วย - ใช้ตรวจช่องผู้รับผิดชอบเมื่อเพิ่มมาตรการ",
    "acknowledged": "รหัสคำเตือนที่ prongsai check แสดง: เหตุผลที่ปล่อยไว้",
}


def new_measure(value: Mapping[str, str | Sequence[str]], indicator_name: str) -> str:
    """A measure's file with what is known filled in, each key explained, the others put aside."""
    many = 'หลายข้อได้ ขึ้นต้นแต่ละข้อด้วย "- "'
    told = {"indicator": indicator_name, "measure": many, "method": many}
    # Nobody acknowledges a warning before there is one.
    return _new_file(model.Measure, value, told, left_out={"acknowledged"})


def new_agency(value: Mapping[str, Any]) -> str:
    """An office's `agency.yaml`, each key explained, those not given put aside."""
    told = {
        "name": "เพิ่มชื่อภาษาอังกฤษได้ที่ช่อง en",
        "allowed_hosts": "ชื่อเว็บไซต์ที่เอกสารของหน่วยงานอยู่",
        "digits": "thai (๑๒๓) หรือ arabic (123)",
    }
    return _new_file(model.Agency, value, told)


def new_header(title: Sequence[str]) -> str:
    """A year's `report.yaml`, each key explained, those not known yet put aside."""
    told = {"title": "ตามที่เผยแพร่ ทีละบรรทัด"}
    return _new_file(model.ReportHeader, {"title": title}, told, left_out={"acknowledged"})


def _new_file(
    kind: type[BaseModel],
    value: Mapping[str, Any],
    told: Mapping[str, str],
    left_out: Collection[str] = (),
) -> str:
    entries: list[Entry] = []
    is_told = False
    for name in model.file_keys(kind):
        if name in value:
            hint = f" — {told[name]}" if name in told else ""
            told_above = f"## {model.label(name, kind)}{hint}"
            entries.append(Entry(value_of(value[name]), name, (told_above,)))
        elif name not in left_out:
            entry = _put_aside(name, kind)
            above = entry.above if is_told else ("", *_NOTICE, *entry.above)
            entries.append(replace(entry, above=above))
            is_told = True
    return lay_out(Outline(Block(tuple(entries))))


def fault_of(
    key: str, text: str, fiscal_year: int, kind: type[BaseModel] = model.Measure
) -> Problem | None:
    """What the reader would say of a text, were it the value of this key."""
    value = {**_SOUND[kind], key: {"th": text} if key in {"name", "short_name"} else text}
    _, problems = read_model(kind, write(value).encode(), "", {"fiscal_year": fiscal_year})
    return problems[0] if problems else None


_SOUND: Mapping[type[BaseModel], Mapping[str, Any]] = {
    model.Measure: {
        "indicator": "1",
        "measure": "ก",
        "method": "ก",
        "responsible_unit": "ก",
        "period": "ไตรมาส 1",
    },
    model.Agency: {"name": {"th": "ก"}, "province": "ก", "website": "https://www.example.go.th/"},
}


def _put_aside(name: str, kind: type[BaseModel] = model.Measure) -> Entry:
    """A key that is yet to be given: what it is for, and how it is written, as comments."""
    field = kind.model_fields[name]
    hint = _HINTS.get(name)
    if hint is None:
        hint = f"เช่น {field.examples[0]}" if field.examples else ""
    told = f"## {model.label(name, kind)} — {hint}" if hint else f"## {model.label(name, kind)}"
    # "##" stays a comment when an officer takes one "#" away from every line.
    return Entry(None, name, (told, *(f"# {line}" for line in _form(name, field.annotation))))


def _form(name: str, annotation: object, indent: str = "") -> Iterator[str]:
    """A key without a value, and by the model what lies inside of it."""
    yield f"{indent}{name}:"
    inner = next(models_in(annotation), None)
    if inner is None or inner is model.Period:  # a period is written as one text
        return
    is_list = _is_list(annotation)
    deeper = indent + ("    " if is_list else "  ")
    fields = inner.model_fields
    lines = [
        line
        for key in model.file_keys(inner)
        for line in _form(key, fields[key].annotation, deeper)
    ]
    if is_list:
        lines[0] = f"{indent}  - {lines[0].strip()}"
    yield from lines


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


@dataclass(frozen=True, slots=True)
class Renewed:
    """A file for the next year, and what its officer should look at."""

    data: bytes
    problems: tuple[Problem, ...]


def renew_measure(data: bytes, file: str, fiscal_year: int, years: int) -> Renewed:
    """A measure planned again: its results put aside, its period moved, its comments kept.

    Args:
        data: last year's file, which has no errors.
        file: the new file's path, for places.
        fiscal_year: last year.
        years: how many years later the new file is of.
    """
    text = data.decode("utf-8-sig")
    outline = read_outline(text)
    entries = [_renewed(entry, fiscal_year, years) for entry in outline.block.entries]
    told = {line.lstrip("# ") for line in comments_of(text)}
    given = {entry.key for entry in entries}
    entries += [
        _put_aside(name) for name in _FIRST_TO_FILL if name not in given and f"{name}:" not in told
    ]
    if _NOTICE[0] not in comments_of(text):
        entries = _with_notice(entries)
    written = _laid_out(outline, entries, model.Measure, text)
    measure, found = read_measure(written.encode(), file, "x", fiscal_year + years)
    if measure is None:
        raise ValueError(found)
    content = _content(written, file)
    problems = list(_years_left(content, {"period"}))
    period = next(str(e.value) for e in outline.block.entries if e.key == "period")
    if _moved(period, fiscal_year, years) is None:
        place = content.source.place_of("period")
        year = fiscal_year + years
        problems.append(problem("period-not-moved", place, value=period, year=year))
    return Renewed(written.encode(), tuple(sorted(problems)))


def _with_notice(entries: list[Entry]) -> list[Entry]:
    """How to fill in what is put aside, told above the first of it."""
    ordered = list(in_model_order(Block(tuple(entries)), model.Measure).entries)
    first = next(number for number, entry in enumerate(ordered) if entry.value is None)
    ordered[first] = replace(ordered[first], above=("", *_NOTICE, *ordered[first].above))
    return ordered


def renew_header(data: bytes, file: str, fiscal_year: int, years: int) -> Renewed:
    """A year's `report.yaml` for a later year: the years moved, scores and approval put aside."""
    text = data.decode("utf-8-sig")
    outline = read_outline(text)
    entries = [_renewed_header_entry(entry, fiscal_year, years) for entry in outline.block.entries]
    written = _laid_out(outline, entries, model.ReportHeader, text)
    context = {"fiscal_year": fiscal_year + years}
    header, found = read_model(model.ReportHeader, written.encode(), file, context)
    if header is None:
        raise ValueError(found)
    left = _years_left(_content(written, file), {"assessment_year"}, fiscal_year + years)
    return Renewed(written.encode(), tuple(left))


def _content(written: str, file: str) -> Content:
    content, problems = read_content(written.encode(), file, "")
    if content is None:
        raise ValueError(problems)
    return content


def _years_left(content: Content, skipped: set[str], fresh: int = 0) -> Iterator[Problem]:
    """The years in texts, which nobody but the office can judge; `fresh` is the new one."""

    def look(value: object, path: KeyPath) -> Iterator[Problem]:
        inner = (
            value.items()
            if isinstance(value, Mapping)
            else enumerate(value if isinstance(value, list) else ())
        )
        for step, held in inner:
            if path or step not in skipped:
                yield from look(held, (*path, step))
        for year in thai.years_in(value) if isinstance(value, str) else ():
            if thai.to_arabic(year) != str(fresh):
                yield problem("year-in-text", content.source.place_of(*path), value=year)

    return look(content.value, ())


def _laid_out(outline: Outline, entries: list[Entry], kind: type[BaseModel], text: str) -> str:
    block = in_model_order(Block(tuple(entries)), kind)
    written = lay_out(replace(outline, block=block))
    if Counter(comments_of(text)) - Counter(comments_of(written)):
        raise ValueError("a comment would be lost")
    return written


def _renewed(entry: Entry, fiscal_year: int, years: int) -> Entry:
    if entry.key in RESULTS:
        return _emptied(entry, model.Measure)
    if entry.key == "period":
        return replace(entry, value=_moved(str(entry.value), fiscal_year, years) or entry.value)
    if entry.key == "translations" and isinstance(entry.value, Block):
        return _without_results(entry)
    return entry


def _moved(period: str, fiscal_year: int, years: int) -> str | None:
    try:
        return thai.move_period(period, fiscal_year, years)
    except thai.UnreadablePeriod:
        return None


def _emptied(entry: Entry, kind: type[BaseModel]) -> Entry:
    """The key put aside; whatever people said about it stays."""
    kept = tuple(_comments_in(entry))
    name = entry.key or ""
    fresh = tuple(line for line in _put_aside(name, kind).above if line not in kept)
    return Entry(None, name, (*kept, *fresh))


def _comments_in(entry: Entry) -> Iterator[str]:
    yield from filter(None, (*entry.above, entry.beside))
    if isinstance(entry.value, Block):
        for inner in entry.value.entries:
            yield from _comments_in(inner)
    yield from filter(None, entry.below)


def _without_results(translations: Entry) -> Entry:
    """The translations of what stays; a language of which nothing is left goes."""
    if not isinstance(translations.value, Block):
        return translations
    languages = []
    gone: list[str] = []
    for language in translations.value.entries:
        block = language.value if isinstance(language.value, Block) else Block(())
        left = tuple(entry for entry in block.entries if entry.key not in RESULTS)
        lost = [entry for entry in block.entries if entry.key in RESULTS]
        gone += [comment for entry in lost for comment in _comments_in(entry)]
        if left:
            languages.append(replace(language, value=replace(block, entries=left)))
        else:
            gone += _comments_in(replace(language, value=""))
    above = (*translations.above, *gone)
    if not languages:
        return _emptied(replace(translations, value="", above=above), model.Measure)
    block = replace(translations.value, entries=tuple(languages))
    return replace(translations, value=block, above=above)


def _renewed_header_entry(entry: Entry, fiscal_year: int, years: int) -> Entry:
    if entry.key in _HEADER_RESULTS:
        return _emptied(entry, model.ReportHeader)
    if entry.key == "title":
        return _with_year_moved(entry, fiscal_year, years)
    if entry.key == "assessment_year" and isinstance(entry.value, str):
        year = int(thai.to_arabic(entry.value).replace(",", "")) + years
        is_thai = thai.to_arabic(entry.value) != entry.value
        return replace(entry, value=thai.in_digits(year, "thai" if is_thai else "arabic"))
    return entry


def _with_year_moved(entry: Entry, fiscal_year: int, years: int) -> Entry:
    if isinstance(entry.value, Block):
        lines = tuple(_with_year_moved(e, fiscal_year, years) for e in entry.value.entries)
        return replace(entry, value=replace(entry.value, entries=lines))
    return replace(entry, value=thai.move_fiscal_year(str(entry.value), fiscal_year, years))
