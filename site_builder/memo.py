"""A memo (บันทึกข้อความ) to each unit about its links, ready to paste into the office's own form.

Always Thai: it is an official letter. What it asks for follows from what was found; the office
fills in its number, its date and its signature.
"""

from __future__ import annotations

from collections.abc import Sequence

from site_builder import thai
from site_builder.linkreport import (
    LinkRow,
    by_link,
    by_unit,
    cause_words,
    moved_to,
    printable,
    thai_day,
)
from site_builder.model import Agency
from site_builder.verdicts import Verdict, words_for

_INDENT = " " * 8
# It blames nobody: many of these documents open, and only their site refuses a program.
_REQUEST = (
    "จึงขอให้ตรวจสอบรายการข้างต้น หากเอกสารย้ายหรือหายไป โปรดแก้ไขที่อยู่หรือนำเอกสารกลับขึ้นเผยแพร่"
    " หากเปิดได้ตามปกติ โปรดแจ้งผู้ดูแลข้อมูลเพื่อบันทึกไว้"
)


def memos(rows: Sequence[LinkRow], agency: Agency) -> str:
    """One memo for each unit that has something to look at; empty where none has."""
    asked = by_unit(row for row in rows if _is_worth_a_letter(row))
    written = [_memo(unit, by_link(own), agency) for unit, own in asked.items()]
    return f"\n{'─' * 40}\n\n".join(written)


def _is_worth_a_letter(row: LinkRow) -> bool:
    """Whether a unit is asked to act: not for what was seen once, and may mend itself."""
    may_pass = {"link-broken-once", "link-unreachable"}
    if not row.is_open or row.problems[0].code not in may_pass:
        return row.is_open
    return row.entry is not None and row.entry.streak > 1


def _memo(unit: str, links: Sequence[Sequence[LinkRow]], agency: Agency) -> str:
    moments = [uses[0].entry.last_checked for uses in links if uses[0].entry]
    checked = max(moments, default=None)
    day = thai.write_date(thai_day(checked), agency.digits, long=True) if checked else None
    count = thai.in_digits(len(links), agency.digits)
    seen = f"การตรวจลิงก์เมื่อวันที่ {day}" if day else "การตรวจที่อยู่เว็บของเอกสารในรายงาน"
    cause = (
        f"ด้วย{seen} พบว่า ลิงก์หลักฐานของมาตรการที่{unit}เป็นผู้รับผิดชอบ"
        f" จำนวน {count} รายการ ควรได้รับการตรวจสอบ ดังนี้"
    )
    lines = [
        "บันทึกข้อความ",
        f"ส่วนราชการ  {agency.name.th}",
        "ที่  ....................  วันที่  ....................",
        "เรื่อง  ขอให้ตรวจสอบและแก้ไขลิงก์หลักฐานในรายงานมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        "",
        f"เรียน  {_head_of(unit)}",
        "",
        f"{_INDENT}{cause}",
        "",
    ]
    for number, uses in enumerate(links, start=1):
        lines += [_item(thai.in_digits(number, agency.digits), uses, agency), ""]
    lines += [
        f"{_INDENT}{_REQUEST}",
        "",
        f"{_INDENT}จึงเรียนมาเพื่อโปรดพิจารณา",
        "",
    ]
    return "\n".join(lines)


def _head_of(unit: str) -> str:
    """Whom the memo is addressed to: a division has a director, the office's bureau a chief."""
    if unit.startswith("กอง"):
        return f"ผู้อำนวยการ{unit}"
    if unit.startswith(("สำนักปลัด", "หน่วย", "งาน", "ฝ่าย")):
        return f"หัวหน้า{unit}"
    return f"หัวหน้าส่วนราชการ ({unit})"


def _item(number: str, uses: Sequence[LinkRow], agency: Agency) -> str:
    row = uses[0]
    lines = [f"{number}. {printable(row.url)}", f"    ผลการตรวจ: {_found(row, agency.digits)}"]
    if new := moved_to(row.url, row.entry):
        lines.append(f"    ที่อยู่ใหม่: {new}")
    lines += dict.fromkeys(
        f"    ใช้ในมาตรการ “{use.use.measure.heading}”"
        f" ปีงบประมาณ พ.ศ. {thai.in_digits(use.use.fiscal_year, agency.digits)}"
        for use in uses
    )
    return "\n".join(f"{_INDENT}{line}" for line in lines)


def _found(row: LinkRow, digits: thai.Digits) -> str:
    if row.entry is None:
        return cause_words(row).th
    if row.standing.codes[0] == "link-document-changed":
        return "เปิดได้ แต่เอกสารเปลี่ยนไปจากเดิม"
    told = words_for(row.entry.shown_verdict).th
    # What a server or a program says of itself stands in no letter; DNS says it all.
    if row.entry.cause and row.entry.shown_verdict is not Verdict.DNS:
        told += f" ({cause_words(row).th})"
    if row.entry.shown_verdict in {Verdict.OK, Verdict.MOVED}:
        return told
    since = thai.write_date(thai_day(row.entry.since), digits)
    return f"{told} ตั้งแต่ {since} ตรวจแล้ว {thai.in_digits(row.entry.streak, digits)} ครั้ง"
