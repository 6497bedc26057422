"""What a table's columns are: headings as offices write them, recognised though misspelt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.intake.document import Cell, Table
from site_builder.intake.words import lines_of
from site_builder.model import OFFICIAL_COLUMNS, Measure, label, label_en
from site_builder.problems import Language

ROW_NUMBER = "row number"
"""The column of running numbers: the order says the same."""

# Offices' own names for the columns; the labels of the official form are among them.
_NAMES: Mapping[str, str] = {
    ROW_NUMBER: "ลำดับ ลำดับที่ ที่ ข้อ no เลขที่",
    "indicator": "ตัวชี้วัด ชี้วัด ตัวชี้วัดที่ ประเด็นตัวชี้วัด ประเด็นการประเมิน indicator",
    "measure": "มาตรการ/แนวทางที่จะดำเนินการ มาตรการ แนวทางที่จะดำเนินการ มาตรการ/แนวทาง "
    "มาตรการ/แนวทางการดำเนินการ มาตรการ/กิจกรรม มาตรการ/โครงการ มาตรการ/โครงการ/กิจกรรม "
    "โครงการ/กิจกรรม กิจกรรม/โครงการ โครงการ กิจกรรม แนวทาง ชื่อโครงการ ชื่อมาตรการ "
    "ชื่อโครงการ/กิจกรรม measure",
    "method": "วิธีการดำเนินการ วิธีดำเนินการ วิธีการดำเนินงาน วิธีการ ขั้นตอนการดำเนินการ "
    "ขั้นตอน/วิธีการดำเนินการ ขั้นตอนหรือวิธีการปฏิบัติ วิธีการปฏิบัติ ขั้นตอน "
    "แนวทางการดำเนินงาน แนวทางการดำเนินการ แนวทางปฏิบัติ method",
    "responsible_unit": "ผู้รับผิดชอบ หน่วยงานที่รับผิดชอบ หน่วยงานรับผิดชอบ หน่วยงานผู้รับผิดชอบ "
    "ส่วนราชการที่รับผิดชอบ ผู้รับผิดชอบดำเนินการ หน่วยงาน ส่วนราชการ "
    "สำนัก/กอง กอง/สำนัก กอง หน่วยงานภายใน",
    "period": "ระยะเวลาดำเนินการ ระยะเวลา ระยะเวลาการดำเนินการ ช่วงเวลาดำเนินการ ช่วงเวลา "
    "วันที่ดำเนินการ กำหนดเวลา ระยะเวลาที่ดำเนินการ กำหนดการ ห้วงเวลา "
    "กำหนดระยะเวลา วันเดือนปี วัน/เดือน/ปี period",
    "result_summary": "สรุปผลการดำเนินการ ผลการดำเนินการ ผลการดำเนินงาน สรุปผล สรุปผลการดำเนินงาน "
    "รายงานผลการดำเนินการ ผลการดำเนินการรอบ12เดือน ผลการปฏิบัติงาน "
    "ผลการปฏิบัติ ผลการดำเนินโครงการ",
    "outcome": "ผลลัพธ์/ความสำเร็จ ผลลัพธ์ ความสำเร็จ ผลสำเร็จ ผลลัพธ์หรือความสำเร็จ "
    "ผลลัพธ์/ความสำเร็จของการดำเนินการ ผลลัพธ์และความสำเร็จ ผลสัมฤทธิ์ ผลผลิต "
    "ผลที่ได้รับ ผลที่เกิดขึ้น ผลผลิต/ผลลัพธ์ outcome",
    "evidence": "หลักฐาน เอกสารหลักฐาน หลักฐานเชิงประจักษ์ หลักฐานอ้างอิง เอกสารอ้างอิง ลิงก์ ลิงค์ "
    "ลิงก์หลักฐาน link url หลักฐาน/ลิงก์ ลิงก์เอกสาร "
    "แหล่งอ้างอิง เอกสารแนบ",
    "status": "สถานะ สถานะการดำเนินการ สถานะการดำเนินงาน",
    "budget": "งบประมาณ งบประมาณ(บาท) งบประมาณที่ใช้ งบประมาณดำเนินการ งบประมาณที่ใช้จ่าย budget",
    "kpi": "ตัวชี้วัดความสำเร็จ ตัวชี้วัดความสำเร็จ(kpi) ตัวชี้วัด(kpi) kpi ตัวชี้วัดผลสำเร็จ",
    "interim_result": "ผลการดำเนินการรอบ6เดือน ผลการดำเนินงานรอบ6เดือน รอบ6เดือน "
    "ผลการดำเนินการรอบ6เดือนแรก",
    "problems": "ปัญหา/อุปสรรค ปัญหา อุปสรรค ปัญหาและอุปสรรค ปัญหา/อุปสรรค/ข้อเสนอแนะ",
    "suggestions": "ข้อเสนอแนะ ข้อเสนอแนะแนวทางแก้ไข แนวทางแก้ไข ข้อคิดเห็น/ข้อเสนอแนะ",
    "remarks": "หมายเหตุ remarks",
}
# Near to a name in letters, and another thing.
_NO_FIELD = frozenset(("ปีงบประมาณ", "ปี", "งบประมาณที่ได้รับ", "การดำเนินการ"))
_NEAR = 0.78
"""How much of a heading must agree with a known name: `ชี้วัด` with `ตัวชี้วัด`, no other column."""


_SURE = 0.9
"""From here on a heading is a known one with a slip of the pen, and needs no second look."""


def _bared(text: str) -> str:
    """A heading without what people write differently: spaces, points, the script of digits."""
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("เเ", "แ").lower()
    text = text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    return re.sub(r"[^0-9a-z\u0e01-\u0e3a\u0e40-\u0e4e]", "", text)


_KNOWN: Mapping[str, str] = {
    _bared(name): field for field, names in _NAMES.items() for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, and what it was taken as."""

    cell: Cell
    heading: str
    """As it stands in the file; empty where the table has none."""
    field: str | None
    """A field of the model, `ROW_NUMBER`, or None where nobody knows."""
    guessed: bool = False
    """Whether the heading is only near to a name that is known."""

    def taken_as(self, language: Language) -> str:
        """What it was taken as, in the reader's language."""
        if self.field is None:
            return {"th": "ไม่รู้จัก", "en": "unknown"}[language]
        if self.field == ROW_NUMBER:
            return {"th": "เลขลำดับ (ไม่นำเข้า)", "en": "running number (left out)"}[language]
        return label(self.field, Measure) if language == "th" else label_en(self.field, Measure)


def heading_of(cell: Cell) -> str:
    """A cell's words on one line."""
    return " ".join(line.text for raw in cell.lines for line in lines_of(raw)).strip()


def _field_of(heading: str) -> tuple[float, str | None]:
    """How sure it is which field a heading names, and which."""
    bare = _bared(heading)
    outside_brackets = _bared(re.sub(r"\(.*?\)|\[.*?\]", "", heading))
    for spelling in (bare, outside_brackets):
        if field := _KNOWN.get(spelling):
            return 1.0, field
    if bare in _NO_FIELD:
        return 0.0, None
    near = difflib.get_close_matches(bare[:80], _KNOWN, n=1, cutoff=_NEAR)
    if not near:
        return 0.0, None
    return difflib.SequenceMatcher(None, bare[:80], near[0]).ratio(), _KNOWN[near[0]]


def _columns(row: Sequence[Cell]) -> tuple[Column, ...]:
    """The columns that a row of headings gives: each field goes to the likeliest heading."""
    headings = [heading_of(cell) for cell in row]
    found = [_field_of(heading) if heading else (0.0, None) for heading in headings]
    fields: list[str | None] = [None] * len(row)
    for number in sorted(range(len(row)), key=lambda n: (-found[n][0], n)):
        if found[number][1] not in fields:
            fields[number] = found[number][1]
    guessed = [sure < _SURE for sure, _ in found]
    return tuple(
        Column(cell, heading, field, guess and field is not None)
        for cell, heading, field, guess in zip(row, headings, fields, guessed, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table: the rows they take, as offsets, and the columns they name."""

    first: int
    after: int
    columns: tuple[Column, ...]


def headings_of(table: Table) -> Headings | None:
    """The first headings of a table; None where it has none."""
    for index, row in enumerate(table.rows):
        if is_heading_row(row):
            columns = _columns(row)
            below = table.rows[index + 1] if index + 1 < len(table.rows) else ()
            parted = tuple(_parted(columns, below))
            if parted:
                return Headings(index, index + 2, _by_position(parted))
            return Headings(index, index + 1, _by_position(columns))
    return None


def is_heading_row(row: Sequence[Cell]) -> bool:
    """Whether a row names columns: three that are known, one of them without a mistake."""
    headings = [heading_of(cell) for cell in row if cell.lines]
    if len(headings) < 3 or any(len(heading) > 120 for heading in headings):
        return False
    if not any(_bared(heading) in _KNOWN for heading in headings):
        return False
    return len({column.field for column in _columns(row) if column.field}) >= 3


def _parted(columns: Sequence[Column], below: Sequence[Cell]) -> Iterator[Column]:
    """The columns of two rows of headings, where the second parts a heading of the first."""
    named = [cell for cell in below if cell.lines]
    if not named or len(named) == len(below):
        return
    parts = {column.cell.start: column for column in _columns(named)}
    if any(column.field is None for column in parts.values()):
        return
    wide = [c for c in columns if any(_inside(cell, c.cell) for cell in named)]
    for cell in below:
        if cell.start in parts:
            yield parts[cell.start]
        else:
            above = column_over(cell, columns)
            if above is not None and above not in wide:
                yield above


def _inside(cell: Cell, wider: Cell) -> bool:
    return wider.start <= cell.start and cell.start + cell.width <= wider.start + wider.width


def _by_position(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A single heading left empty in the seven official columns is known by its place."""
    fields = [column.field for column in columns]
    if len(columns) != len(OFFICIAL_COLUMNS) or fields.count(None) != 1:
        return columns
    gap = fields.index(None)
    if columns[gap].heading or (*fields[:gap], OFFICIAL_COLUMNS[gap], *fields[gap + 1 :]) != (
        OFFICIAL_COLUMNS
    ):
        return columns
    filled = Column(columns[gap].cell, "", OFFICIAL_COLUMNS[gap])
    return (*columns[:gap], filled, *columns[gap + 1 :])


def official_columns(row: Sequence[Cell]) -> tuple[Column, ...] | None:
    """The official columns for a table without headings, where it has as many as the form."""
    if len(row) != len(OFFICIAL_COLUMNS):
        return None
    return tuple(Column(c, "", f) for c, f in zip(row, OFFICIAL_COLUMNS, strict=True))


def column_over(cell: Cell, columns: Sequence[Column]) -> Column | None:
    """The column that a cell stands in: the one with which it shares most of its width."""

    def shared(column: Column) -> int:
        left = max(cell.start, column.cell.start)
        right = min(cell.start + cell.width, column.cell.start + column.cell.width)
        return right - left

    best = max(columns, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None
