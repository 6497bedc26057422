"""Where a Thai line must not end: inside a date, between an abbreviation and its name, in a word.

Thai writes words without spaces, and a browser breaks lines by a dictionary. It knows neither
`๑ ต.ค.๖๗`, which it breaks after the day, nor the place in `อบต.ในเมือง`, which it takes apart; and
it holds many compounds in pieces, `งบ|ประมาณ`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder import thai

_SHORT = "|".join(r"\s?\.?\s?".join(name.rstrip(".").split(".")) for name in thai.SHORT_MONTHS)
_MONTH = rf"(?:{'|'.join(thai.LONG_MONTHS)}|(?:{_SHORT})\.?)"
_ERA = r"พ\s?\.\s?ศ\s?\."
# Words of these reports that browsers' dictionaries hold in two or more pieces.
# fmt: off
_COMPOUNDS = (
    "กองคลัง", "กองช่าง", "กำกับดูแล", "ของกำนัล", "ของขวัญ", "ข้อกำหนด", "ข้อบังคับ",
    "ข้อบัญญัติ", "ข้อร้องเรียน", "ข้อเสนอแนะ", "คณะกรรมการ", "คณะทำงาน", "คณะผู้บริหาร",
    "ความคิดเห็น", "ความพึงพอใจ", "ความรู้", "ความร่วมมือ", "ความสะดวก", "ความสามารถ",
    "ความเข้าใจ", "ความเป็นธรรม", "ความเสี่ยง", "ความโปร่งใส", "คำสั่ง", "ค่านิยม", "งบประมาณ",
    "จัดจ้าง", "จัดซื้อ", "จิตสาธารณะ", "จิตอาสา", "ช่องทาง", "ดำเนินการ", "ดำเนินงาน",
    "ตรวจสอบ", "ถือปฏิบัติ", "ท้องถิ่น", "ธรรมาภิบาล", "ประจำปี", "ประจำเดือน", "ประพฤติมิชอบ",
    "ปลูกฝัง", "ผลประโยชน์", "ผู้บริหาร", "ผู้บังคับบัญชา", "ผู้รับบริการ", "ผู้รับผิดชอบ",
    "พนักงานจ้าง", "พระราชบัญญัติ", "มีส่วนร่วม", "ยานพาหนะ", "รับทราบ", "รับผิดชอบ",
    "ร้องทุกข์", "ร้องเรียน", "วิธีการ", "ศีลธรรม", "สำนักปลัด", "ส่งเสริม", "ส่วนราชการ",
    "ส่วนร่วม", "หน่วยงาน", "หลักเกณฑ์", "อำนาจหน้าที่", "เจ้าพนักงาน", "เจ้าหน้าที่",
    "เบิกจ่าย", "เปิดเผย", "เปิดโอกาส", "เผยแพร่", "เสริมสร้าง", "แจกเวียน", "แจ้งเวียน",
    "ใบอนุญาต",
)
# fmt: on
# A name longer than this is a sentence that nobody put a space into.
_NAME = 20
_WHOLE = re.compile(
    rf"""
    # What opens or closes stays with what it encloses.
    [(\[“"]*
    (?:
        # A date: day, month and year; the day or the year may be left out, not both.
        (?<![0-9]) (?:[0-9]{{1,2}}\s?{_MONTH} (?:\s?(?:{_ERA}\s?)?[0-9]{{2,4}})?
                   | {_MONTH}\s?(?:{_ERA}\s?)?[0-9]{{2,4}}) (?![0-9])
        # A compound: half of one at a line's end reads as another word.
        | (?:{"|".join(sorted(_COMPOUNDS, key=len, reverse=True))})(?![ะาำัิีึืฺุู็่้๊๋์ํ๎ๆ])
        # A year with its era
        | {_ERA}\s?[0-9]{{4}}(?![0-9])
        # An abbreviation, with the name that is written on to it: อบต.ในเมือง, ป.ป.ช.
        | (?<![ก-๎.]) (?:[ก-ฮ]{{1,4}}\.)+ (?:[ก-๎]{{2,{_NAME}}} (?![ก-๎]))?
    )
    [)\]”",;:ฯ]*
    """,
    re.VERBOSE,
)


def wholes(text: str) -> Iterator[tuple[int, int]]:
    """The beginning and the end of each piece of a text that must stay on one line, in order."""
    # A digit for a digit, so that places in one text are places in the other.
    for found in _WHOLE.finditer(thai.to_arabic(text)):
        # One sign cannot be broken.
        if len(found[0]) > 1:
            yield found.span()


def marked(title: str) -> str:
    """A title that is HTML already, with a mark for the style sheet on what must stay on one line.

    One that holds tags is left as it is: a mark must not come to stand inside of one.
    """
    if "<" in title:
        return title
    parts, at = [], 0
    for start, end in wholes(title):
        parts += [title[at:start], f'<span class="whole">{title[start:end]}</span>']
        at = end
    return "".join([*parts, title[at:]])
