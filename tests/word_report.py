"""A Word report as offices have it: a title, and the official table over several pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from .sources import HEADINGS, add_link

TITLE = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
    "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
    "องค์การบริหารส่วนตำบลตัวอย่าง",
    "จังหวัดขอนแก่น",
)
WIDTHS = (3.0, 4.3, 4.3, 2.3, 2.6, 4.6, 4.4)
FONT = "TH Sarabun New"
FILES = "https://www.example.go.th/files/"


@dataclass(frozen=True)
class Row:
    """One row of the table; the result ends with a link to its document."""

    indicator: str
    measure: str
    method: str
    unit: str
    period: str
    result: str
    document: str
    address: str
    outcome: str


ROWS = (
    Row("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "ประกาศหลักเกณฑ์การประเมินผลการปฏิบัติงาน", "จัดทำประกาศและแจ้งให้บุคลากรทราบ",
        "สำนักปลัด", "ต.ค. ๖๗ - ก.ย. ๖๘", "ประกาศหลักเกณฑ์แล้ว", "ประกาศหลักเกณฑ์การประเมิน", "appraisal.pdf",
        "บุคลากรทุกคนทราบหลักเกณฑ์ก่อนการประเมิน"),
    Row("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "เปิดเผยการใช้จ่ายงบประมาณ", "จัดทำรายงานการใช้จ่ายทุกไตรมาส",
        "กองคลัง", "ต.ค. ๖๗ - ก.ย. ๖๘", "จัดทำรายงานครบสี่ไตรมาส", "รายงานการใช้จ่ายงบประมาณ", "budget.pdf",
        "ประชาชนตรวจสอบการใช้จ่ายได้ตลอดปี"),
    Row("ตัวชี้วัดที่ ๓ การใช้อำนาจ", "นโยบายไม่รับของขวัญ (No Gift Policy)", "จัดทำประกาศนโยบายไม่รับของขวัญ",
        "สำนักปลัด", "๒๗ ธ.ค. ๖๗", "ประกาศนโยบายแล้ว", "ประกาศนโยบาย No Gift Policy", "no-gift-policy.pdf",
        "ไม่มีเรื่องร้องเรียนว่าบุคลากรรับของขวัญ"),
    Row("ตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของราชการ", "ระเบียบการใช้รถยนต์ส่วนกลาง", "จัดทำคู่มือการใช้รถยนต์ส่วนกลาง",
        "สำนักปลัด", "ต.ค. ๖๗ - ก.ย. ๖๘", "จัดทำคู่มือแล้ว", "คู่มือการใช้รถยนต์ส่วนกลาง", "vehicles.pdf",
        "การขอใช้รถมีบันทึกครบทุกครั้ง"),
    Row("ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต", "แผนปฏิบัติการป้องกันการทุจริต", "จัดทำแผนและติดตามผลทุกไตรมาส",
        "สำนักปลัด", "ต.ค. ๖๗ - ก.ย. ๖๘", "ดำเนินการตามแผนครบทุกโครงการ", "รายงานผลตามแผนป้องกันการทุจริต", "plan.pdf",
        "ไม่พบเรื่องร้องเรียนการทุจริต"),
    Row("ตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน", "อบรมการให้บริการประชาชน", "จัดอบรมบุคลากรผู้ให้บริการ",
        "สำนักปลัด", "๑๐ มิ.ย. ๖๘", "อบรมแล้ว ๔๕ คน", "รายงานผลการอบรม", "training.pdf",
        "ประชาชนพึงพอใจเพิ่มขึ้นเป็นร้อยละ ๙๒"),
    Row("ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร", "เพิ่มช่องทางติดต่อหน่วยงาน", "เปิดบริการออนไลน์บนเว็บไซต์",
        "สำนักปลัด", "ม.ค. ๖๘", "เปิดบริการออนไลน์แล้ว ๓ บริการ", "หน้าบริการออนไลน์ของหน่วยงาน", "e-service/list.html",
        "มีผู้ใช้บริการออนไลน์ ๓๒๐ ครั้ง"),
    Row("ตัวชี้วัดที่ ๘ การปรับปรุงระบบการทำงาน", "ลดขั้นตอนการขออนุญาตก่อสร้าง", "ทบทวนขั้นตอนและจัดทำคู่มือประชาชน",
        "กองช่าง", "ม.ค. ๖๘ - มิ.ย. ๖๘", "ลดขั้นตอนจาก ๘ เหลือ ๕ ขั้นตอน", "คู่มือสำหรับประชาชน งานขออนุญาตก่อสร้าง", "permits.pdf",
        "ออกใบอนุญาตได้ภายใน ๑๕ วัน"),
    Row("ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล", "มาตรการเผยแพร่ข้อมูลต่อสาธารณะ", "จัดทำประกาศมาตรการเผยแพร่ข้อมูล",
        "สำนักปลัด", "๑ ต.ค. ๖๗", "ประกาศมาตรการแล้ว", "ประกาศมาตรการเผยแพร่ข้อมูล", "disclosure.pdf",
        "ข้อมูลบนเว็บไซต์เป็นปัจจุบันทุกเดือน"),
    Row("ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต", "เปิดเผยการจัดซื้อจัดจ้าง", "เผยแพร่แผนและผลการจัดซื้อจัดจ้าง",
        "กองคลัง", "ต.ค. ๖๗ - ก.ย. ๖๘", "เผยแพร่ครบทุกโครงการ", "รายงานผลการจัดซื้อจัดจ้าง", "procurement.pdf",
        "ไม่มีข้อร้องเรียนเรื่องการจัดซื้อจัดจ้าง"),
)  # fmt: skip


def write_word_report(path: Path) -> None:
    """Write the report as a Word file."""
    document = Document()
    # Thai is a complex script to Word: it has a font and a size of its own.
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    properties = normal.element.rPr
    properties.rFonts.set(qn("w:cs"), FONT)
    properties.get_or_add_sz().addnext(_element("w:szCs", "26"))
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.6)
    for line in TITLE:
        _write_centred(document.add_paragraph(), line)
    table = document.add_table(1 + len(ROWS), len(HEADINGS), "Table Grid")
    table.autofit = False
    first, *others = (row.cells for row in table.rows)
    for cell, words in zip(first, HEADINGS, strict=True):
        _write_centred(cell.paragraphs[0], words)
    for cells, row in zip(others, ROWS, strict=True):
        _fill(cells, row)
    for cells in (first, *others):
        for cell, width in zip(cells, WIDTHS, strict=True):
            cell.width = Cm(width)
    document.save(str(path))


def _fill(cells: tuple[_Cell, ...], row: Row) -> None:
    plain = (row.indicator, row.measure, row.method, row.unit, row.period, row.result)
    for cell, words in zip(cells, plain, strict=False):
        cell.paragraphs[0].add_run(words)
    cells[5].paragraphs[0].add_run(" ")
    add_link(cells[5].paragraphs[0], FILES + row.address, row.document)
    cells[6].paragraphs[0].add_run(row.outcome)


def _write_centred(paragraph: Any, words: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.bold = run.font.cs_bold = True


def _element(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made
