"""The catalogue of problem codes: how severe each is, and its message in Thai and English.

Codes are permanent. Each has a section in the handbook, `docs/messages.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: how severe a code is, and its message in both languages."""

    severity: Severity
    th: str
    en: str
    example: str = ""
    """The right form, as it would stand in the file."""


def _error(th: str, en: str, example: str = "") -> Kind:
    return Kind("error", th, en, example)


def _warning(th: str, en: str, example: str = "") -> Kind:
    return Kind("warning", th, en, example)


CATALOGUE: dict[str, Kind] = {
    # The folder
    "folder-missing": _error(
        "ไม่พบโฟลเดอร์นี้ — ไฟล์มาตรการต้องอยู่ในโฟลเดอร์ measures",
        "this folder does not exist; measures live in the folder measures",
        "measures/agency.yaml",
    ),
    "file-missing": _error(
        "ไม่พบไฟล์นี้ ซึ่งต้องมี", "this file is missing and must be there", "{example}"
    ),
    "file-unreadable": _error("เปิดไฟล์ไม่ได้: {cause}", "the file cannot be opened: {cause}"),
    "file-too-large": _error(
        "ไฟล์ใหญ่เกินไป ({size} ไบต์ รับได้ไม่เกิน {limit}) — หนึ่งไฟล์คือหนึ่งมาตรการ",
        "the file is too large ({size} bytes, at most {limit}); one file is one measure",
    ),
    "file-extension": _error(
        "นามสกุลไฟล์ต้องเป็น .yaml ไฟล์นี้จึงจะถูกอ่าน",
        "the file name must end in .yaml to be read",
        "{example}",
    ),
    "file-stray": _error(
        "ไฟล์นี้อยู่ผิดที่จึงไม่ถูกอ่าน — ไฟล์มาตรการต้องอยู่ในโฟลเดอร์ของปี",
        "this file is in the wrong place and is not read; measures live in their year's folder",
        "measures/2568/03-no-gift-policy.yaml",
    ),
    "folder-inside-year": _error(
        "ไฟล์ในโฟลเดอร์ย่อยนี้ไม่ถูกอ่าน — ย้ายไฟล์มาตรการออกมาไว้ในโฟลเดอร์ของปีโดยตรง",
        "files in this sub-folder are not read; move them up into the year's folder",
        "measures/2568/03-no-gift-policy.yaml",
    ),
    "file-name": _error(
        "ชื่อไฟล์เป็นที่อยู่ถาวรของมาตรการ ใช้ได้เฉพาะ a-z (ตัวพิมพ์เล็ก) 0-9 และ - คั่นกลาง",
        "the file name is the measure's permanent address: only a-z, 0-9 and single - in between",
        "03-no-gift-policy.yaml",
    ),
    "year-folder": _error(
        "ชื่อโฟลเดอร์ต้องเป็นปีงบประมาณ พ.ศ. สี่หลัก ด้วยเลขอารบิก",
        "the folder's name must be a fiscal year (Buddhist Era) in four Arabic digits",
        "measures/2568/",
    ),
    "file-encoding": _error(
        "อ่านตัวอักษรไม่ได้ ไฟล์นี้น่าจะบันทึกเป็น {encoding} — เปิดไฟล์แล้วบันทึกใหม่ (Save As) โดยเลือก"
        " Encoding: UTF-8",
        "the characters cannot be read; the file looks like {encoding}: save it again as UTF-8",
    ),
    # YAML
    "yaml-tab": _error(
        "มีปุ่ม Tab ในย่อหน้า — YAML รับเฉพาะเว้นวรรค ให้ลบ Tab แล้วเคาะเว้นวรรคแทน",
        "a tab in the indentation; YAML takes spaces only",
        "  - ข้อความ",
    ),
    "yaml-control-character": _error(
        "มีอักขระควบคุมที่มองไม่เห็น ({character}) — ลบแล้วพิมพ์ข้อความตรงนั้นใหม่",
        "an invisible control character ({character}); delete it and type the text anew",
    ),
    "yaml-colon-in-text": _error(
        'มีเครื่องหมาย ": " ในข้อความ หรือย่อหน้าไม่ตรงกัน — ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูดครอบทั้งข้อความ',
        'a ": " inside the text, or indentation that does not line up; put the text in quotes',
        'measure: "โครงการ: อบรม"',
    ),
    "yaml-colon-missing": _error(
        'ขาดเครื่องหมาย ":" หลังชื่อช่อง (ต้องมีเว้นวรรคตามหลังหนึ่งครั้ง) หรือย่อหน้าไม่ตรงกัน',
        'a ":" with a space after it is missing after the key, or the indentation is off',
        "measure: ข้อความ",
    ),
    "yaml-indentation": _error(
        "ย่อหน้าไม่ตรงกับบรรทัดก่อนหน้า — ชื่อช่องชิดซ้าย รายการย่อยเว้นสองช่องแล้วขึ้นต้นด้วย -",
        "the indentation does not line up with the lines above",
        "method: (ขึ้นบรรทัดใหม่ เว้นสองช่อง) - ข้อความ",
    ),
    "yaml-quote": _error(
        "เปิดเครื่องหมายคำพูดหรือวงเล็บแล้วไม่ได้ปิด หรือมีข้อความต่อท้ายเครื่องหมายปิด",
        "a quote or bracket is not closed, or text follows the closing one",
        'measure: "ข้อความ"',
    ),
    "yaml-special-start": _error(
        "ข้อความขึ้นต้นด้วยอักขระที่ YAML สงวนไว้ ({character}) — ใส่เครื่องหมายคำพูดครอบทั้งข้อความ",
        "the text begins with {character}, which YAML keeps for itself; put it in quotes",
        'measure: "{character}ข้อความ"',
    ),
    "yaml-syntax": _error(
        "อ่านรูปแบบ YAML ตรงนี้ไม่ได้ ({cause})",
        "YAML cannot be read here ({cause})",
        "measure: ข้อความ",
    ),
    "yaml-documents": _error(
        "มีเอกสารมากกว่าหนึ่งในไฟล์เดียว (บรรทัด ---) — แยกเป็นคนละไฟล์",
        "more than one document in the file (a line ---); make it one file each",
    ),
    "yaml-alias": _error(
        "ไม่รับการอ้างอิงด้วย & และ * — พิมพ์ข้อความซ้ำ หรือใส่เครื่องหมายคำพูดครอบ",
        "anchors (&) and aliases (*) are not taken; write the text again, or quote it",
        'measure: "*ข้อความ"',
    ),
    "yaml-tag": _error(
        "ไม่รับคำสั่งที่ขึ้นต้นด้วย ! — ใส่เครื่องหมายคำพูดครอบทั้งข้อความ",
        "tags (!) are not taken; put the text in quotes",
        'measure: "!ข้อความ"',
    ),
    "yaml-depth": _error("ซ้อนกันลึกเกินไป", "nested too deeply"),
    "file-empty": _error("ไฟล์ว่าง", "the file is empty", "{example}"),
    # Keys and values
    "bullet-from-word": _error(
        'ข้อความขึ้นต้นด้วย "{character}" ที่ติดมาจาก Word — ใช้ "- " ขึ้นต้นแต่ละรายการแทน',
        'the text begins with "{character}", pasted from Word; begin each item with "- "',
        "  - ข้อความ",
    ),
    # Texts, keys and names as officers mistype them
    "bullet-without-space": _error(
        'ข้อความขึ้นต้นด้วย "-" โดยไม่มีเว้นวรรคตามหลัง จึงไม่ถูกอ่านเป็นรายการ — เคาะเว้นวรรคหลัง - หนึ่งครั้งทุกข้อ',
        'the text begins with "-" without a space, so it is no list item; put a space after each -',
        "  - ข้อความ",
    ),
    "id-repeated": _error(
        'ชื่อไฟล์นี้ต่างจาก "{other}" เพียงตัวพิมพ์เล็กหรือใหญ่ จึงเป็นที่อยู่เดียวกัน — เปลี่ยนชื่อไฟล์หนึ่ง',
        'this file name differs from "{other}" in capitals only: one address for two; rename one',
        "{example}",
    ),
    # (end of the section)
    "key-unknown": _error(
        'ไม่รู้จักช่อง "{key}"{nearest_th}', 'unknown key "{key}"{nearest_en}', "{example}"
    ),
    "key-repeated": _error(
        'ช่อง "{key}" ซ้ำกับบรรทัดที่ {first} — รวมเป็นช่องเดียว',
        'the key "{key}" was already given in line {first}',
    ),
    "key-missing": _error(
        'ขาดช่อง "{key}" ({label})', 'the key "{key}" ({label_en}) is missing', "{example}"
    ),
    "value-empty": _error(
        'ช่อง "{key}" ว่างอยู่ — กรอกข้อความ หรือลบทั้งบรรทัด', '"{key}" is empty', "{example}"
    ),
    "value-not-text": _error(
        'ช่อง "{key}" ต้องเป็นข้อความเดียว ไม่ใช่รายการหรือช่องย่อย',
        '"{key}" takes a single text, not a list or nested keys',
        "{example}",
    ),
    "value-not-list": _error(
        'ช่อง "{key}" ต้องเป็นรายการ แต่ละรายการขึ้นต้นด้วย -',
        '"{key}" takes a list, each item after a -',
        "{example}",
    ),
    "value-not-keys": _error(
        'ช่อง "{key}" ต้องมีช่องย่อย เช่น ชื่อ: ข้อความ',
        '"{key}" takes nested keys',
        "{example}",
    ),
    "value-not-number": _error(
        'ช่อง "{key}" ต้องเป็นตัวเลข แต่เขียนว่า "{value}"',
        '"{key}" takes a number, not "{value}"',
        "{example}",
    ),
    "value-not-choice": _error(
        'ช่อง "{key}" เขียนว่า "{value}" — เลือกได้เพียง {choices}',
        '"{key}" is "{value}"; it takes one of {choices}',
        "{example}",
    ),
    "value-wrong": _error(
        'ช่อง "{key}" ไม่ถูกรูปแบบ ({cause})', '"{key}" is not right ({cause})', "{example}"
    ),
    "acknowledged-unknown": _error(
        'ไม่มีคำเตือนรหัส "{value}" — ใช้รหัสตามที่ prongsai check แสดง ข้อผิดพลาดที่ต้องแก้ใช้วิธีนี้ไม่ได้',
        'there is no warning "{value}"; use the code that `prongsai check` shows (not an error\'s)',
        "{nearest}: เหตุผลที่ปล่อยไว้",
    ),
    "indicator-unknown": _error(
        "ไม่มีตัวชี้วัดที่ {value} ในปีนี้ (มี {choices})",
        "there is no indicator {value} this year (there are {choices})",
        "indicator: {first}",
    ),
    "indicator-repeated": _error("ตัวชี้วัดหมายเลข {value} ซ้ำกัน", "indicator {value} is given twice"),
    "period-unreadable": _error(
        'อ่านระยะเวลา "{value}" ไม่ได้ — เขียนได้หลายแบบ: {spellings}',
        'the period "{value}" cannot be read; it may be written: {spellings}',
        "period: ๑ ต.ค. ๖๗",
    ),
    "period-no-such-day": _error(
        'ไม่มีวันที่ "{value}" ในปฏิทิน', 'there is no such day as "{value}"', "period: ๓๐ เม.ย. ๖๘"
    ),
    "period-no-year": _error(
        '"{value}" ไม่ได้บอกปี', '"{value}" does not say the year', "period: ๑ ต.ค. ๖๗"
    ),
    "period-be-year": _error(
        'วันที่แบบ "{value}" ใช้ปี ค.ศ. แต่ปีที่เขียนดูเป็น พ.ศ.',
        'a date like "{value}" takes a CE year; this one looks like a BE year',
        "period: 2024-10-01",
    ),
    "period-year-range": _error(
        'ปีใน "{value}" ไม่น่าเป็นไปได้', 'the year in "{value}" is out of range', "period: ๑ ต.ค. ๖๗"
    ),
    "url-invalid": _error(
        "ที่อยู่เว็บนี้ใช้ไม่ได้ ({cause_th}): {value}",
        "this is not a web address ({cause_en}): {value}",
        "{example}",
    ),
    "url-unsafe": _error(
        "ที่อยู่นี้ไม่ปลอดภัย ({cause_th}) จึงเผยแพร่เป็นลิงก์ไม่ได้: {value}",
        "this address is not safe ({cause_en}) and is not published: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "ledger-damaged": _error(
        "อ่านบันทึกผลตรวจลิงก์ไม่ได้ ({cause}) — กู้ไฟล์เดิมด้วย git restore แล้วลองใหม่ โปรแกรมไม่เขียนทับให้",
        "the link ledger cannot be read ({cause}); restore it with git, it is not overwritten",
    ),
    # Meaning
    "period-outside-year": _warning(
        '"{value}" อยู่นอกปีงบประมาณ พ.ศ. {year} ({start} – {end})',
        '"{value}" lies outside fiscal year {year} ({start} – {end})',
    ),
    "period-reversed": _warning(
        'ระยะเวลา "{value}" สิ้นสุดก่อนเริ่ม', 'the period "{value}" ends before it starts'
    ),
    "period-ce-year": _warning(
        '"{value}" ใช้ปี ค.ศ. — รายงานใช้ปี พ.ศ.',
        '"{value}" has a CE year; the report uses BE years',
        "period: ๑ ต.ค. ๖๗",
    ),
    "period-double-year": _warning(
        'ปีใน "{value}" บวก 543 ซ้ำสองครั้ง',
        'the year in "{value}" had 543 added twice',
        "period: ๑ ต.ค. ๖๗",
    ),
    "indicator-without-measure": _warning(
        "ตัวชี้วัดที่ {number} {name} ยังไม่มีมาตรการ", "indicator {number} {name} has no measure yet"
    ),
    "url-not-public": _warning(
        "ที่อยู่นี้เปิดได้เฉพาะในเครือข่ายภายใน จึงยังไม่แสดงเป็นลิงก์จนกว่าจะตรวจด้วย --allow-network: {value}",
        "not a public address; shown as text until verified with --allow-network: {value}",
    ),
    # The built site
    "site-page-missing": _error(
        "ไม่มีหน้านี้ในเว็บไซต์ที่สร้าง — ปลั๊กอิน prongsai อาจไม่ได้ทำงาน",
        "this page is not in the built site; the prongsai plugin may not have run",
        "mkdocs.yml: plugins: [search, prongsai]",
    ),
    "site-row-missing": _error(
        'ไม่พบแถวของมาตรการ "{measure}" ในตารางของหน้านี้, หรือข้อความไม่ตรงกับข้อมูล',
        'the row of measure "{measure}" is not in this page\'s table, or its text differs',
    ),
    "site-measure-missing": _error(
        'ไม่พบหัวข้อของมาตรการ "{measure}" ในหน้านี้',
        'the section of measure "{measure}" is not on this page',
    ),
    "site-evidence-missing": _error(
        'ไม่พบหลักฐาน {url} ของมาตรการ "{measure}" ในหน้านี้',
        'evidence {url} of measure "{measure}" is not on this page',
    ),
    "site-data-differs": _error(
        "ไฟล์ข้อมูลในเว็บไซต์ไม่ตรงกับไฟล์มาตรการ — สร้างเว็บไซต์ใหม่",
        "this data file differs from the measures; build the site again",
        "make site",
    ),
}
