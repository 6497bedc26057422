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
        "ไม่พบโฟลเดอร์นี้ — สั่งคำสั่งในโฟลเดอร์ที่มีโฟลเดอร์ measures อยู่ข้างใน",
        "this folder does not exist; measures live in the folder measures",
        "measures/agency.yaml",
    ),
    "file-missing": _error(
        "ขาดไฟล์นี้ ซึ่งต้องมีจึงจะสร้างเว็บไซต์ได้", "this file is missing and must be there", "{example}"
    ),
    "file-unreadable": _error("เปิดไฟล์ไม่ได้: {cause}", "the file cannot be opened: {cause}"),
    "file-too-large": _error(
        "ไฟล์ใหญ่เกินไป ({size} ไบต์ รับได้ไม่เกิน {limit}) — หนึ่งไฟล์คือหนึ่งมาตรการ",
        "the file is too large ({size} bytes, at most {limit}); one file is one measure",
    ),
    "file-extension": _error(
        "ชื่อไฟล์ไม่ได้ลงท้ายด้วย .yaml จึงไม่ถูกอ่าน — เปลี่ยนนามสกุลของไฟล์",
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
    "draft-unfinished": _warning(
        "ร่างนี้ยังไม่เสร็จ จึงยังไม่เผยแพร่ — เติมให้ครบตามที่บอกในไฟล์ แล้วลบ _ หน้าชื่อไฟล์",
        "this draft is not finished and not published; complete it, then drop the _ of its name",
    ),
    "file-name": _error(
        "ชื่อไฟล์เป็นที่อยู่ถาวรของมาตรการ ใช้ได้เฉพาะ a-z (ตัวพิมพ์เล็ก) 0-9 และ - คั่นกลาง",
        "the file name is the measure's permanent address: only a-z, 0-9 and single - in between",
        "03-no-gift-policy.yaml",
    ),
    "year-folder": _error(
        "ชื่อโฟลเดอร์ต้องเป็นปีงบประมาณ พ.ศ. สี่หลัก เลขอารบิก โฟลเดอร์นี้จึงไม่ถูกอ่าน",
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
        "หน้าข้อความมีอักขระ Tab ซึ่ง YAML ไม่รับ — ลบออก แล้วเคาะเว้นวรรคแทน",
        "a tab in the indentation; YAML takes spaces only",
        "  - ข้อความ",
    ),
    "yaml-control-character": _error(
        "มีอักขระควบคุมที่มองไม่เห็น ({character}) — ลบแล้วพิมพ์ข้อความตรงนั้นใหม่",
        "an invisible control character ({character}); delete it and type the text anew",
    ),
    "yaml-colon-in-text": _error(
        'มีเครื่องหมาย ": " ในข้อความ หรือย่อหน้าไม่ตรงกัน — ถ้าเป็นข้อความ ใส่เครื่องหมายคำพูดครอบทั้งข้อความ',
        'a ": " inside the text, or indentation that does not line up; put the text in quotes',
        'measure: "โครงการ: อบรม"',
    ),
    "yaml-colon-missing": _error(
        'หลังชื่อช่องขาดเครื่องหมาย ":" หรือขาดเว้นวรรคหลังเครื่องหมายนั้น หรือย่อหน้าไม่ตรงกัน',
        'a ":" with a space after it is missing after the key, or the indentation is off',
        "measure: ข้อความ",
    ),
    "yaml-indentation": _error(
        "ย่อหน้าไม่ตรงกับบรรทัดก่อนหน้า — ชื่อช่องต้องชิดซ้าย แต่ละรายการเคาะเว้นวรรคสองครั้งแล้วขึ้นต้นด้วย -",
        "the indentation does not line up with the lines above",
        "  - ข้อความ",
    ),
    "yaml-quote": _error(
        'เปิดเครื่องหมายคำพูดหรือวงเล็บแล้วไม่ได้ปิด หรือมีข้อความต่อท้ายเครื่องหมายปิด — ครอบทั้งข้อความด้วย " หนึ่งคู่',
        "a quote or bracket is not closed, or text follows the closing one",
        'measure: "ข้อความ"',
    ),
    "yaml-backslash": _error(
        "ในเครื่องหมายคำพูด \" มี \\ ซึ่ง YAML สงวนไว้ — ครอบด้วยเครื่องหมาย ' แทน",
        "inside double quotes, YAML keeps \\ for itself; use single quotes instead",
        r"remarks: 'D:\งาน'",
    ),
    "yaml-special-start": _error(
        "ข้อความขึ้นต้นด้วยอักขระที่ YAML สงวนไว้ ({character}) — ใส่เครื่องหมายคำพูดครอบทั้งข้อความ",
        "the text begins with {character}, which YAML keeps for itself; put it in quotes",
        'measure: "{character}ข้อความ"',
    ),
    "yaml-syntax": _error(
        "อ่านรูปแบบ YAML ตรงนี้ไม่ได้ ({cause}) — ดูบรรทัดนี้และบรรทัดก่อนหน้า",
        "YAML cannot be read here ({cause})",
        "measure: ข้อความ",
    ),
    "yaml-documents": _error(
        "บรรทัด --- แบ่งไฟล์นี้เป็นหลายฉบับ — หนึ่งไฟล์คือหนึ่งมาตรการ แยกเป็นคนละไฟล์ หรือลบบรรทัด ---",
        "more than one document in the file (a line ---); make it one file each",
    ),
    "yaml-alias": _error(
        "ข้อความขึ้นต้นด้วย & หรือ * ซึ่ง YAML สงวนไว้ — ใส่เครื่องหมายคำพูดครอบทั้งข้อความ",
        "anchors (&) and aliases (*) are not taken; write the text again, or quote it",
        'measure: "*ข้อความ"',
    ),
    "yaml-tag": _error(
        "ข้อความขึ้นต้นด้วย ! ซึ่ง YAML สงวนไว้ — ใส่เครื่องหมายคำพูดครอบทั้งข้อความ",
        "tags (!) are not taken; put the text in quotes",
        'measure: "!ข้อความ"',
    ),
    "yaml-depth": _error("วงเล็บหรือรายการย่อยซ้อนกันลึกเกินไป", "nested too deeply"),
    "file-empty": _error("ไฟล์นี้ว่าง ไม่มีข้อมูล", "the file is empty", "{example}"),
    "text-after-hash": _warning(
        'ข้อความหลัง # ("{value}") เป็นหมายเหตุของไฟล์ จึงไม่เผยแพร่'
        " — ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูดครอบทั้งข้อความ",
        'what follows # ("{value}") is a comment and is not published; quote it if it is text',
        'remarks: "ห้อง #2"',
    ),
    # Keys and values
    "bullet-from-word": _error(
        'ข้อความขึ้นต้นด้วยจุดนำ "{character}" จาก Word — ลบออก แล้วขึ้นต้นแต่ละรายการด้วย "- "',
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
        'ช่อง "{key}" ว่างอยู่ — กรอกข้อความ หรือลบทั้งบรรทัดถ้าไม่ใช้', '"{key}" is empty', "{example}"
    ),
    "value-not-text": _error(
        'ช่อง "{key}" รับข้อความเดียว แต่ที่เขียนเป็นรายการหรือช่องย่อย',
        '"{key}" takes a single text, not a list or nested keys',
        "{example}",
    ),
    "value-not-list": _error(
        'ช่อง "{key}" ต้องเป็นรายการ แต่ละรายการขึ้นต้นด้วย -',
        '"{key}" takes a list, each item after a -',
        "{example}",
    ),
    "value-not-keys": _error(
        'ช่อง "{key}" ต้องมีช่องย่อยข้างใน',
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
    "acknowledged-without-reason": _error(
        'เหตุผลที่ปล่อยคำเตือน "{key}" ไว้สั้นเกินไป — เขียนให้ผู้อ่านเข้าใจว่าเพราะอะไร',
        'the reason to leave "{key}" as it is says too little; say why',
        "{key}: ตามถ้อยคำในประกาศที่เผยแพร่แล้ว",
    ),
    "acknowledged-unknown": _error(
        '"{value}" ไม่ใช่รหัสของคำเตือนที่ปล่อยไว้ได้ — คัดลอกรหัสจากที่ prongsai check แสดงว่า "ควรดู"'
        " (เลขประจำตัวประชาชนปล่อยไว้ไม่ได้)",
        'there is no warning "{value}"; use the code that `prongsai check` shows (not an error\'s)',
        "{nearest}: เหตุผลที่ปล่อยไว้",
    ),
    "indicator-unknown": _error(
        "ไม่มีตัวชี้วัดที่ {value} ในปีนี้ (มี {choices})",
        "there is no indicator {value} this year (there are {choices})",
        "indicator: {first}",
    ),
    "indicator-repeated": _error(
        "มีตัวชี้วัดหมายเลข {value} มากกว่าหนึ่งข้อ", "indicator {value} is given twice"
    ),
    "period-unreadable": _error(
        'อ่านระยะเวลา "{value}" ไม่ได้ — เขียนได้หลายแบบ: {spellings}',
        'the period "{value}" cannot be read; it may be written: {spellings}',
        "period: ๑ ต.ค. ๖๗",
    ),
    "period-no-such-day": _error(
        'ไม่มีวันที่ "{value}" ในปฏิทิน', 'there is no such day as "{value}"', "period: ๓๐ เม.ย. ๖๘"
    ),
    "period-no-year": _error(
        'ระยะเวลา "{value}" ไม่ได้บอกปี', '"{value}" does not say the year', "period: ๑ ต.ค. ๖๗"
    ),
    "period-be-year": _error(
        'วันที่ที่เขียนแบบ "{value}" ต้องใช้ปี ค.ศ. แต่ปีนี้ดูเป็น พ.ศ.',
        'a date like "{value}" takes a CE year; this one looks like a BE year',
        "period: 2024-10-01",
    ),
    "period-year-range": _error(
        'ปีใน "{value}" ห่างจากปัจจุบันมากเกินไป น่าจะพิมพ์ผิด',
        'the year in "{value}" is out of range',
        "period: ๑ ต.ค. ๖๗",
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
    "email-invalid": _error(
        'อีเมล "{value}" ใช้ไม่ได้ — เขียนที่อยู่อีเมลเดียว ไม่มีเว้นวรรคและไม่มีคำอื่น',
        '"{value}" is not one e-mail address',
        "email: saraban@example.go.th",
    ),
    "phone-invalid": _error(
        'หมายเลขโทรศัพท์ "{value}" ใช้ไม่ได้ — เขียนหมายเลขเดียวพร้อมรหัสพื้นที่ ไม่มีคำว่า โทร.',
        '"{value}" is not one telephone number with its area',
        "phone: 0 4320 0000 ต่อ 12",
    ),
    "ledger-damaged": _error(
        "ไฟล์บันทึกผลการตรวจลิงก์เสีย ({cause}) โปรแกรมจึงไม่เขียนทับ — พิมพ์คำสั่งตามตัวอย่าง แล้วลองใหม่",
        "the link ledger cannot be read ({cause}) and is not overwritten; mend it with the command",
        "{example}",
    ),
    "snapshots-damaged": _error(
        "ไฟล์รายการสำเนาของหลักฐานเสีย ({cause}) โปรแกรมจึงไม่เขียนทับ — พิมพ์คำสั่งตามตัวอย่าง แล้วลองใหม่",
        "the list of copies cannot be read ({cause}) and is not overwritten; mend it with the"
        " command",
        "{example}",
    ),
    # Written by another release of this program
    "list-newer": _error(
        "ไฟล์นี้ไม่เสีย แต่เขียนด้วย prongsai รุ่นใหม่กว่ารุ่นในเครื่องนี้ ({cause}) โปรแกรมจึงไม่เขียนทับ"
        " — ปรับ prongsai ในเครื่องนี้เป็นรุ่นใหม่ พิมพ์ git pull แล้วพิมพ์ make site",
        "this file is whole, but a newer prongsai wrote it ({cause}), and is not overwritten;"
        " update prongsai here: git pull, then make site",
        "git pull",
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
        "period: {right}",
    ),
    "period-double-year": _warning(
        'ปีใน "{value}" บวก 543 ซ้ำสองครั้ง',
        'the year in "{value}" had 543 added twice',
        "period: {right}",
    ),
    "text-ce-year": _warning(
        '"{value}" ใช้ปี ค.ศ. — รายงานใช้ปี พ.ศ.',
        '"{value}" has a CE year; the report uses BE years',
        "พ.ศ. {right}",
    ),
    "text-double-year": _warning(
        'ปีใน "{value}" บวก 543 ซ้ำสองครั้ง',
        'the year in "{value}" had 543 added twice',
        "พ.ศ. {right}",
    ),
    "title-other-year": _warning(
        'หัวเรื่องเขียนว่า "{value}" แต่ไฟล์นี้อยู่ในโฟลเดอร์ของปีงบประมาณ พ.ศ. {year}',
        'the title says "{value}", but this file is of fiscal year {year}',
    ),
    "recurring-single-date": _warning(
        'ข้อความว่า "{word}" แต่ระยะเวลามีเพียงวันเดียว คือ "{value}"',
        'the text says "{word}", but the period is the single day "{value}"',
        "period: ต.ค. ๖๗ - ก.ย. ๖๘",
    ),
    "indicator-without-measure": _warning(
        "ตัวชี้วัดที่ {number} {name} ยังไม่มีมาตรการ",
        "indicator {number} {name} has no measure yet",
        "prongsai new --indicator {number}",
    ),
    "results-fewer-than-actions": _warning(
        "วางแผนไว้ {planned} ข้อ แต่สรุปผลเพียง {reported} ข้อ — รายงานผลให้ครบทุกข้อ",
        "{planned} actions were planned, {reported} are reported; report on each of them",
        "  - ผลของแต่ละข้อ",
    ),
    "result-missing": _warning(
        'สิ้นสุดระยะเวลาแล้ว ({end}) แต่ยังไม่มีช่อง "{key}" ({label})',
        'the period is over ({end}), but "{key}" ({label_en}) is missing',
        "{example}",
    ),
    "outcome-repeats-result": _warning(
        "ผลลัพธ์เขียนเหมือนสรุปผลการดำเนินการ — ผลลัพธ์คือสิ่งที่เปลี่ยนไปเพราะมาตรการนี้",
        "the outcome repeats the summary of results; say what changed because of the measure",
        "outcome: ผู้ผ่านการอบรม 120 คน ไม่มีเรื่องร้องเรียนตลอดปี",
    ),
    "unit-unknown": _warning(
        'ไม่มี "{value}" ในรายชื่อหน่วยงานภายในของ agency.yaml{nearest_th}',
        '"{value}" is not among the units of agency.yaml{nearest_en}',
        "responsible_unit: {example}",
    ),
    "other-office": _warning(
        '"{value}" ไม่ใช่ชื่อของหน่วยงานนี้ ({own}) — ข้อความอาจติดมาจากรายงานของหน่วยงานอื่น',
        '"{value}" is not this office ({own}); the text may have been copied from another one',
        "{own}",
    ),
    "office-name-differs": _warning(
        '"{value}" ไม่ตรงกับ agency.yaml ซึ่งเขียนว่า "{expected}"',
        '"{value}" differs from agency.yaml, which says "{expected}"',
        "{expected}",
    ),
    "claim-without-evidence": _warning(
        'ข้อความว่า "{value}" แต่ไม่มีหลักฐานให้เปิดดู — เพิ่มช่อง evidence',
        'the text says "{value}", but there is no evidence to open',
        "evidence: [{{title: ชื่อเอกสาร, url: https://www.example.go.th/files/report.pdf}}]",
    ),
    "evidence-fewer-than-editions": _warning(
        'ข้อความว่า "{value}" คือเอกสาร {claimed} ฉบับ แต่มีหลักฐานเพียง {given} ลิงก์',
        '"{value}" makes {claimed}, but the evidence has {given} address(es)',
        "url: https://www.example.go.th/files/policy-en.pdf",
    ),
    "evidence-home-page": _warning(
        "หลักฐานนี้เป็นเพียงหน้าแรกของเว็บไซต์ ผู้ประเมินเปิดแล้วไม่พบเอกสาร: {value}",
        "this evidence is only a home page, where nobody finds the document: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "evidence-staging": _warning(
        "หลักฐานนี้อยู่บนเว็บไซต์ทดสอบ ซึ่งอาจหายไปได้: {value}",
        "this evidence is on a test site, which may go away: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "evidence-http": _warning(
        "เว็บไซต์นี้เปิดด้วย https:// ได้ แต่ลิงก์เป็น http:// ซึ่งเบราว์เซอร์เตือนว่าไม่ปลอดภัย: {value}",
        "this host serves https; write https:// instead of http://: {value}",
        "url: {right}",
    ),
    "evidence-file-sharing": _warning(
        "หลักฐานนี้อยู่ในบริการฝากไฟล์ ซึ่งปิดหรือย้ายได้ทุกเมื่อ — นำไปไว้บนเว็บไซต์ของหน่วยงาน: {value}",
        "this evidence is with a file-sharing service; put it on the office's own site: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "evidence-short-link": _warning(
        "หลักฐานนี้เป็นลิงก์ย่อ ผู้อ่านไม่รู้ว่าไปที่ใดและหมดอายุได้ — ใช้ที่อยู่เต็ม: {value}",
        "this evidence is a shortened link; give the full address: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "evidence-login": _warning(
        "หลักฐานนี้อยู่หลังหน้าเข้าสู่ระบบ ประชาชนเปิดไม่ได้: {value}",
        "this evidence is behind a login, closed to citizens: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "evidence-off-host": _warning(
        "หลักฐานนี้ไม่ได้อยู่บนเว็บไซต์ของหน่วยงาน ({host})"
        " — ถ้าเป็นของหน่วยงานจริง เพิ่มใน allowed_hosts ของ agency.yaml: {value}",
        "not on the office's hosts ({host}); if it is, add it to allowed_hosts: {value}",
        "{right}",
    ),
    "evidence-same-address": _warning(
        "ที่อยู่เดียวกันนี้เป็นหลักฐานของ {count} มาตรการ — แต่ละมาตรการควรมีเอกสารของตนเอง: {value}",
        "this one address is the evidence of {count} measures; give each its own: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "link-text-bare": _warning(
        "ข้อความของลิงก์เป็นที่อยู่เว็บ อ่านแล้วไม่รู้ว่าคือเอกสารใด: {value}",
        "the link's text is the bare address, which does not say what it is: {value}",
        "[{right}]({value})",
    ),
    "link-text-vague": _warning(
        'ข้อความของลิงก์ "{value}" ไม่บอกว่าคือเอกสารใด',
        'the link\'s text "{value}" does not say what it leads to',
        "{right}",
    ),
    "word-doubled": _warning('เขียนคำซ้ำติดกัน "{value}"', 'the word "{value}" is doubled', "{right}"),
    "word-broken": _warning(
        'มีเว้นวรรคกลางคำ "{value}"', 'there is a space inside the word "{value}"', "{right}"
    ),
    "text-cut-off": _warning(
        'ข้อความขาดตอน จบที่ "{value}" — เขียนต่อให้จบ',
        'the text is cut off at "{value}"; write the rest',
        "มีช่องทางเพื่อให้บุคลากรแจ้งเบาะแสการทุจริต",
    ),
    "digits-mixed": _warning(
        'ใช้เลขไทย ({thai} แห่ง) ปนกับเลขอารบิก ({arabic} แห่ง) ในรายงานเดียวกัน เช่น "{value}"',
        'Thai digits ({thai} texts) and Arabic ones ({arabic}) in one report, as in "{value}"',
        "{right}",
    ),
    "dashes-mixed": _warning(
        'ขีดระหว่างช่วงเวลาเขียนไม่เหมือนกันในรายงานเดียวกัน เช่น "{value}"',
        'ranges are written with different dashes in one report, as in "{value}"',
        "{right}",
    ),
    "citizen-id": _warning(
        "มีเลขประจำตัวประชาชน ({value}) ซึ่งเป็นข้อมูลส่วนบุคคล — ลบออกก่อนเผยแพร่",
        "a citizen's identity number ({value}) is personal data; remove it before publishing",
    ),
    "mobile-number": _warning(
        "มีหมายเลขโทรศัพท์มือถือ ({value}) ซึ่งเป็นข้อมูลส่วนบุคคล — ใช้หมายเลขของสำนักงาน",
        "a mobile number ({value}) is personal data; give the office's number",
        "โทร. 0-4300-0000",
    ),
    "acknowledgement-unused": _warning(
        'ไม่พบคำเตือน "{value}" ในไฟล์นี้แล้ว — ลบบรรทัดนี้ได้',
        'the warning "{value}" is no longer found here; this line can go',
    ),
    "url-not-public": _warning(
        "ที่อยู่นี้เปิดได้เฉพาะในเครือข่ายภายใน เว็บไซต์จึงแสดงเป็นข้อความ ไม่เป็นลิงก์: {value}",
        "not a public address; the site shows it as text, not as a link: {value}",
    ),
    # The built site
    "site-page-missing": _error(
        "ไม่มีหน้านี้ในเว็บไซต์ที่สร้าง — ปลั๊กอิน prongsai อาจไม่ได้ทำงาน",
        "this page is not in the built site; the prongsai plugin may not have run",
        "mkdocs.yml: plugins: [search, prongsai]",
    ),
    "site-row-missing": _error(
        'ไม่พบแถวของมาตรการ "{measure}" ในตารางของหน้านี้ หรือข้อความไม่ตรงกับไฟล์มาตรการ',
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
    # Bringing in an office's own file
    "import-file-kind": _error(
        "อ่านไฟล์ชนิดนี้ไม่ได้ ({kind_th}) — เปิดด้วยโปรแกรมเดิมแล้วบันทึกเป็น (Save As) {wanted}",
        "this kind of file cannot be read ({kind_en}); open it and save it as {wanted}",
        "รายงาน.docx",
    ),
    "import-file-damaged": _error(
        "ไฟล์เสียหรือไม่ใช่ไฟล์ {kind} ที่สมบูรณ์ ({cause}) — เปิดด้วย Word หรือ Excel แล้วบันทึกใหม่",
        "the file is damaged or no whole {kind} file ({cause}); open it and save it again",
    ),
    "import-file-limit": _error(
        "ไฟล์ใหญ่เกินกว่าที่รับได้ ({what_th} {size} รับได้ไม่เกิน {limit}) — คัดลอกเฉพาะตารางไปไว้ในไฟล์ใหม่",
        "the file is too large ({what_en}: {size}, at most {limit}); copy the table to a new file",
    ),
    "import-file-encoding": _warning(
        "ไฟล์นี้ไม่ใช่ UTF-8 จึงอ่านแบบภาษาไทยของ Windows (TIS-620/Windows-874) — ดูว่าตัวอักษรถูกต้อง",
        "the file is not UTF-8; it was read as Thai Windows text (Windows-874): look it over",
    ),
    "import-no-table": _error(
        "ไม่พบตารางที่มีหัวคอลัมน์ของรายงานในไฟล์นี้ จึงไม่ได้นำเข้าอะไร",
        "no table with the report's headings is in this file; nothing was brought in",
        "ตัวชี้วัด | มาตรการ/แนวทางที่จะดำเนินการ | วิธีการดำเนินการ | ผู้รับผิดชอบ | ระยะเวลาดำเนินการ",
    ),
    "import-file-exists": _error(
        "มีไฟล์นี้อยู่แล้ว โปรแกรมไม่เขียนทับ จึงไม่ได้เขียนไฟล์ใดเลย — ย้ายหรือเปลี่ยนชื่อไฟล์เดิมก่อน",
        "this file is there already and is not overwritten; nothing at all was written",
    ),
    "import-unfinished": _error(
        "ข้อมูลของมาตรการนี้ยังไม่ครบ ({missing_th}) — แก้ในไฟล์ {draft} แล้วลบ _ หน้าชื่อไฟล์",
        "this measure is not complete ({missing_en}); mend {draft}, then drop the _ of its name",
    ),
    "import-table-unknown": _warning(
        "ตาราง {table} ไม่มีหัวคอลัมน์ที่รู้จัก จึงยังไม่ได้นำเข้า: {words}",
        "table {table} has no known headings; not brought in: {words}",
    ),
    "import-column-unknown": _warning(
        'ตาราง {table} คอลัมน์ "{heading}" ไม่ใช่ช่องของรายงาน จึงยังไม่ได้นำเข้า: {words}',
        'table {table}, column "{heading}" is none of the report\'s; not brought in: {words}',
    ),
    "import-column-guessed": _warning(
        'ตาราง {table} อ่านหัวคอลัมน์ "{heading}" เป็น "{label}" เพราะเขียนใกล้เคียงกัน — ดูว่าถูกต้อง',
        'table {table}: the heading "{heading}" was taken for "{label_en}", which it is near to',
    ),
    "import-row-unplaced": _warning(
        "ตาราง {table} ไม่ทราบว่าข้อความนี้เป็นของมาตรการใด จึงยังไม่ได้นำเข้า: {words}",
        "table {table}: these words belong to no measure; not brought in: {words}",
    ),
    "import-indicator-words": _warning(
        "ตาราง {table} อ่านเป็นตัวชี้วัดที่ {number} {name} แต่เขียนว่า: {words}",
        "table {table}: read as indicator {number} {name}; what stands there: {words}",
    ),
    "import-link-refused": _warning(
        "ตาราง {table} ที่อยู่นี้เผยแพร่เป็นหลักฐานไม่ได้ จึงไม่ได้นำเข้า: {url} ({words})",
        "table {table}: this address cannot be published as evidence; left out: {url} ({words})",
        "https://www.example.go.th/files/report.pdf",
    ),
    "import-link-misplaced": _warning(
        "ตาราง {table} ลิงก์ในช่องนี้ไม่ใช่หลักฐานของมาตรการ จึงไม่ได้นำเข้า: {url}",
        "table {table}: a link in this column is no evidence; left out: {url}",
    ),
    "import-evidence-without-link": _warning(
        "ตาราง {table} หลักฐานนี้ไม่มีที่อยู่เว็บ จึงยังไม่ได้นำเข้า: {words}",
        "table {table}: this evidence has no web address; not brought in: {words}",
        "https://www.example.go.th/files/report.pdf",
    ),
    "import-value-unreadable": _warning(
        'ตาราง {table} อ่านค่าของช่อง "{key_th}" ไม่ได้ จึงยังไม่ได้นำเข้า: {words}',
        'table {table}: "{key_en}" cannot be read; not brought in: {words}',
    ),
    "import-nested-table": _warning(
        "ตาราง {table} มีตารางซ้อนอยู่ในช่องนี้ จึงยังไม่ได้นำเข้า: {words}",
        "table {table}: a table inside this cell was not brought in: {words}",
    ),
    "import-outside": _warning(
        "ข้อความนอกตารางนี้ยังไม่ได้นำเข้า: {words}",
        "these words outside the tables were not brought in: {words}",
    ),
    "import-margin": _warning(
        "ข้อความที่หัวหรือท้ายกระดาษยังไม่ได้นำเข้า: {words}",
        "the words of a page header or footer were not brought in: {words}",
    ),
    "import-note": _warning(
        "เชิงอรรถหรือความเห็นนี้ยังไม่ได้นำเข้า: {words}",
        "a footnote or comment was not brought in: {words}",
    ),
    "import-hidden-sheet": _warning(
        "ข้อความในแผ่นงานที่ซ่อนไว้ไม่ได้นำเข้า: {words}",
        "the words of a hidden sheet were not brought in: {words}",
    ),
    "import-title": _warning(
        "report.yaml มีอยู่แล้วและไม่ถูกแก้ — หัวเรื่องนี้ไม่ตรงกับที่มี: {words}",
        "report.yaml is there and was left as it is; it does not have this title: {words}",
    ),
    "import-title-missing": _error(
        "ไม่พบหัวเรื่องรายงานเหนือตาราง — เขียนในไฟล์ {draft} แล้วลบ _ หน้าชื่อไฟล์",
        "no title stands above the tables; write it in {draft}, then drop the _ of its name",
    ),
    # Formatting files, and starting new ones
    "format-refused": _error(
        "จัดรูปแบบไฟล์นี้ไม่ได้โดยไม่กระทบข้อความหรือหมายเหตุ (#) จึงคงไฟล์ไว้ตามเดิม",
        "this file cannot be formatted without a change to its words or comments; it is as it was",
    ),
    "period-not-moved": _warning(
        'เลื่อนระยะเวลา "{value}" ไปปี {year} ไม่ได้ จึงคงไว้ตามเดิม — แก้ให้ตรงกับปีใหม่',
        'the period "{value}" cannot be moved to {year} and is as it was; mend it',
        "period: ๑ ต.ค. ๖๗",
    ),
    "year-in-text": _warning(
        'ข้อความมีปี "{value}" ซึ่งคัดลอกมาจากปีก่อนโดยไม่แก้ไข — ดูว่าต้องเปลี่ยนหรือไม่',
        'the text has "{value}", copied from the year before as it was; see whether it must change',
    ),
}

# What link checks found
LINKS: dict[str, Kind] = {
    "link-invalid": _error(
        "ไม่ใช่ที่อยู่เว็บ ผู้อ่านกดไม่ได้ — แก้ที่อยู่ให้ถูกต้อง: {value}",
        "not a web address, readers cannot follow it: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "link-unsafe": _error(
        "ที่อยู่นี้ไม่ปลอดภัยหรืออยู่ในเครือข่ายภายใน ({cause_th}) — นำเอกสารไปไว้บนเว็บไซต์ที่ทุกคนเปิดได้: {value}",
        "not safe or not public ({cause_en}); put it where everybody can open it: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "link-new-missing": _error(
        "ลิงก์ที่เพิ่มหรือแก้ครั้งนี้ ไม่พบเอกสาร ({cause_th}) — ดูว่าคัดลอกที่อยู่มาครบ: {value}",
        "this new or changed link leads to no document ({cause_en}): {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "link-broken": _error(
        "ไม่พบเอกสาร ({cause_th}) ตรวจพบ {times_th} ครั้งตั้งแต่ {since_th} — แก้ที่อยู่ หรือนำเอกสารกลับขึ้น"
        "เว็บไซต์: {value}",
        "document not found ({cause_en}), {times_en} checks since {since_en}: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "link-broken-once": _warning(
        "ไม่พบเอกสาร ({cause_th}) พบครั้งแรก จะถือว่าเสียเมื่อตรวจซ้ำอย่างน้อย 20 ชั่วโมงต่อมาแล้วยังไม่พบ: {value}",
        "document not found ({cause_en}), for the first time; broken once a check at least 20 hours"
        " later finds the same: {value}",
    ),
    "link-home-page": _warning(
        "เปิดแล้วไปหน้าอื่นแทนเอกสาร ({cause_th}) — หาที่อยู่ใหม่ของเอกสาร: {value}",
        "leads to another page than the document ({cause_en}); find its new address: {value}",
        "url: https://www.example.go.th/files/report.pdf",
    ),
    "link-soft-missing": _warning(
        "เปิดได้ แต่น่าจะเป็นหน้าแจ้งว่าไม่พบเอกสาร ({cause_th}) — เปิดดูด้วยตนเอง: {value}",
        'opens, but seems to be a "not found" page ({cause_en}); look at it: {value}',
    ),
    "link-wrong-content": _warning(
        "เปิดได้ แต่ไม่ใช่เอกสารตามที่อยู่ ({cause_th}) — เปิดดูด้วยตนเอง: {value}",
        "opens, but not the document that its address says ({cause_en}); look at it: {value}",
    ),
    "link-empty": _warning(
        "เปิดได้ แต่ไม่มีเนื้อหา — ดูว่าไฟล์บนเว็บไซต์สมบูรณ์: {value}",
        "opens, but nothing is in it: {value}",
    ),
    "link-incomplete": _warning(
        "ได้เอกสารมาไม่สมบูรณ์ ({cause_th}) — เปิดดูด้วยตนเอง: {value}",
        "the document came incomplete ({cause_en}); look at it: {value}",
    ),
    "link-unreachable": _warning(
        "เข้าไม่ได้ในขณะตรวจ ({cause_th}) ตรวจพบ {times_th} ครั้งตั้งแต่ {since_th}"
        " โปรแกรมจะตรวจซ้ำเอง: {value}",
        "could not be reached ({cause_en}), {times_en} checks since {since_en}; tried again:"
        " {value}",
    ),
    "link-no-host": _warning(
        "ไม่พบชื่อเว็บไซต์นี้ ตรวจพบ {times_th} ครั้งตั้งแต่ {since_th} — ดูว่าพิมพ์ชื่อถูก หรือแจ้งผู้ดูแลเว็บไซต์: {value}",
        "no such host, {times_en} checks since {since_en}: {value}",
    ),
    "link-certificate": _warning(
        "ใบรับรองความปลอดภัยของเว็บไซต์ใช้ไม่ได้ ({cause_th}) ผู้อ่านจะเห็นคำเตือน — แจ้งผู้ดูแลเว็บไซต์: {value}",
        "the site's certificate is not acceptable ({cause_en}); tell whoever runs it: {value}",
    ),
    "link-blocked": _warning(
        "เว็บไซต์ไม่รับการตรวจอัตโนมัติ ({cause_th}) — เปิดดูด้วยตนเอง ถ้าเปิดได้ให้จดไว้ว่าพิจารณาแล้ว: {value}",
        "the site does not accept automatic checks ({cause_en}); open it by hand: {value}",
        "prongsai links --acknowledge {quoted} --reason เปิดด้วยเบราว์เซอร์ได้",
    ),
    "link-moved": _warning(
        "เปิดได้ แต่เอกสารย้ายที่อยู่ถาวรแล้ว: {value} — {moved_th}",
        "opens, but has moved for good: {value} — {moved_en}",
    ),
    "link-note": _warning(
        "เปิดได้ แต่ควรดู ({cause_th}): {value}", "opens, but look at it ({cause_en}): {value}"
    ),
    "link-document-changed": _warning(
        "เอกสารที่อยู่นี้เปลี่ยนไปจากเดิมเมื่อ {content_since_th} — ดูว่ายังเป็นหลักฐานของมาตรการนี้: {value}",
        "the document at this address was replaced on {content_since_en}; see whether it still"
        " proves the measure: {value}",
    ),
    "link-acknowledgement-expired": _warning(
        "ที่จดไว้ว่าพิจารณาแล้วครบกำหนดเมื่อ {until_th} — เปิดดูอีกครั้ง แล้วแก้หรือจดใหม่: {value}",
        "its acknowledgement ended on {until_en}; look again, then mend it or renew that: {value}",
        "prongsai links --acknowledge {quoted} --reason เปิดด้วยเบราว์เซอร์ได้",
    ),
}
"""The codes of links, the gravest first: they stop no build, and no file acknowledges them."""

CATALOGUE.update(LINKS)

# Copies of the evidence: `prongsai snapshot`
COPIES: dict[str, Kind] = {
    "copy-missing": _error(
        "ไม่พบไฟล์สำเนา {file} ในโฟลเดอร์ {folder} — นำไฟล์กลับมาไว้ที่เดิม หรือเก็บสำเนาใหม่: {value}",
        "the file of its copy, {file}, is not in {folder}; bring it back or keep a new one:"
        " {value}",
        "prongsai snapshot --again",
    ),
    "copy-damaged": _error(
        "สำเนาใน {file} เสียหรือถูกแก้ไข (SHA-256 {digest}… ไม่ตรง) — นำไฟล์สำรองกลับมา"
        " หรือย้ายไฟล์นี้ออกแล้วเก็บสำเนาใหม่: {value}",
        "its copy in {file} is damaged or was changed (no body has SHA-256 {digest}…); bring back"
        " a backup, or move the file away and keep a new one: {value}",
        "prongsai snapshot --again",
    ),
    "copy-failed": _error(
        "เก็บสำเนาไม่ได้ ({cause_th}) — ลองใหม่ภายหลัง หรือดูว่าลิงก์ยังเปิดได้: {value}",
        "no copy could be kept ({cause_en}); try again later, or see whether it still opens:"
        " {value}",
        "prongsai verify-links",
    ),
    "copy-type-changed": _error(
        "ไม่ได้เก็บสำเนา เพราะที่อยู่นี้เคยเป็นเอกสาร ({before}) แต่คราวนี้ได้ {found} — เปิดดูด้วยตนเอง: {value}",
        "no copy was kept: a document ({before}) was here, and now it is {found}; look at it:"
        " {value}",
    ),
    "copy-too-large": _error(
        "ไม่ได้เก็บสำเนา เพราะเอกสารใหญ่กว่า {limit} MB — เพิ่มขนาดที่รับได้ หรือขอไฟล์ที่เล็กลง: {value}",
        "no copy was kept: the document is larger than {limit} MB: {value}",
        "prongsai snapshot --max-size {more}",
    ),
    "copy-over-total": _error(
        "ยังไม่ได้เก็บสำเนา เพราะครั้งนี้เก็บเอกสารใหม่ครบ {limit} MB แล้ว — สั่งอีกครั้งเพื่อเก็บต่อ: {value}",
        "no copy was kept yet: this run has kept {limit} MB of new documents; run it again:"
        " {value}",
        "prongsai snapshot",
    ),
    "copy-changed": _warning(
        "เอกสารเปลี่ยนจากสำเนาที่เก็บเมื่อ {on_th} เก็บฉบับใหม่ไว้เพิ่มแล้ว ฉบับเดิมยังอยู่"
        " — ดูว่ายังเป็นหลักฐานของมาตรการนี้: {value}",
        "the document is not the one that was kept on {on_en}; both copies are kept now, see"
        " whether it still proves the measure: {value}",
    ),
}
"""The codes of copies: they stop no build, and no file acknowledges them."""

CATALOGUE.update(COPIES)
