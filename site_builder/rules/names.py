"""Rules about names: the office's own, other offices', and its units'.

Texts are copied between offices as a habit, and the other office's name comes along.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from site_builder.model import Agency, Report
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Passage, Setting, everything, heading

_KINDS = {
    "องค์การบริหารส่วนตำบล": "อบต.",
    "อบต.": "อบต.",
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
    "อบจ.": "อบจ.",
    "เทศบาลตำบล": "ทต.",
    "ทต.": "ทต.",
    "เทศบาลเมือง": "ทม.",
    "ทม.": "ทม.",
    "เทศบาลนคร": "ทน.",
    "ทน.": "ทน.",
}
_OFFICE = re.compile(
    rf"(?P<kind>{'|'.join(map(re.escape, _KINDS))})\s?(?P<name>[\u0e01-\u0e4e]{{2,}})"
)
# What follows the bare word for an office where it is no name: "สภาองค์การบริหารส่วนตำบลมีมติ".
_NO_NAME = re.compile(
    r"(?:และ|หรือ|ที่|ซึ่ง|มี|ได้|จัด|ดำเนิน|ประกาศ|เผยแพร่|ใน|โดย|เพื่อ|ตาม|จะ|ไม่|ทุก|ของ|ให้|กำหนด|เป็น|รับ|ต้อง|อาจ|"
    r"สามารถ|แต่ง|ออก|ปฏิบัติ|พิจารณา|แจ้ง|ประชุม|อื่น|ต่าง|นี้|นั้น|ดังกล่าว|เรื่อง|ว่า|กับ|จาก|ถึง|ทั้ง|ร่วม|ส่ง|ทราบ|ใช้|ขอ|ควร|"
    r"ยัง|ก็|แล้ว|เอง|พร้อม|เห็น|อยู่|ไป|มา|คือ|ผู้|พนักงาน|ข้าราชการ|บุคลากร|คณะ|นายก|ปลัด|สมาชิก|สภา|ประจำ|ปี|ด้วย|รวม|หลัก|"
    r"เสนอ|ขนาด|ประเภท|ระดับ|จังหวัด|อำเภอ|ทาง|บน|ณ|เปิด|ปรับ|สร้าง|ส่งเสริม|พัฒนา|ตั้ง|เข้า|ผ่าน|ภาย|ราย|บริการ|สำนัก|กอง|แห่ง|รักษา|"
    r"มอบ|ทำ|นำ|เร่ง|ลง|แก้|ตรวจ|ติดตาม|ประเมิน|สำรวจ|ศึกษา|อบรม|ควบคุม|ยึด|ถือ|รายงาน|บันทึก|คำสั่ง|สมัย|เชิญ|ชี้แจง|เพิ่ม|ลด|งาน|การ|ความ)"
)
# A name that runs on into the sentence is known by how Thai place names begin.
_PLACE_NAME = re.compile(
    r"บ้าน|หนอง|โคก|นา|ดง|ห้วย|บึง|ท่า|วัง|โนน|ดอน|คลอง|บาง|แม่|เขา|ป่า|สระ|ทุ่ง|เมือง|ศรี|หัว|ปาก|กุด|คำ|โพธิ์|โพน|ยาง|เชียง|"
    r"ไผ่|เกาะ|แก่ง|ภู|ลำ|เวียง|สัน|น้ำ|แวง|นคร|พระ|หลัก|ไร่|ลาด|กอก|ขาม|เหล่า|ตลาด|ราษฎร์"
)
_LONGEST_NAME = 12
"""Letters of a name that ends where its word ends; what is longer is a sentence."""
_TOGETHER = re.compile(r"(?:ร่วมกับ|สนับสนุนจาก|จาก|กับ|ร่วม|ดูงาน(?:ที่|ณ)?|ณ|ส่งให้|แจ้ง)\s?$")
_PLACES = re.compile(r"(?P<kind>(?<!กลาง)อำเภอ|จังหวัด)\s?(?P<name>[\u0e01-\u0e4e]+)")
_UNIT_GLUE = re.compile(r"[\s,/、;.()\[\]·•-]|และ|หรือ|ร่วมกับ|ทุก(?:ส่วนราชการ|สำนัก|กอง|หน่วยงาน|คน)?")


def title_names_this_office(report: Report, setting: Setting) -> Iterator[Problem]:
    """The office, district and province in the report's title are those of agency.yaml."""
    agency = setting.disclosure.agency
    for passage in heading(report):
        for found, expected in (*_other_offices(passage, agency), *_other_places(passage, agency)):
            place = passage.place(found.start())
            yield problem("office-name-differs", place, value=found[0], expected=expected)


def texts_name_this_office(report: Report, setting: Setting) -> Iterator[Problem]:
    """A text names no other office, but for one that took part."""
    agency = setting.disclosure.agency
    titles = {passage.place() for passage in heading(report)}
    for passage in everything(report):
        if passage.place() in titles:
            continue
        for found, expected in _other_offices(passage, agency):
            if not _TOGETHER.search(passage.words[: found.start()]):
                place = passage.place(found.start())
                yield problem("other-office", place, value=found[0], own=expected)


def _own_names(agency: Agency) -> set[tuple[str, str]]:
    """The kind of the office and its bare name, from each way in which agency.yaml writes it."""
    names = (agency.name.th, agency.short_name.th if agency.short_name else "")
    found = (_OFFICE.match(name) for name in names)
    return {(_KINDS[name["kind"]], name["name"]) for name in found if name}


def _other_offices(passage: Passage, agency: Agency) -> Iterator[tuple[re.Match[str], str]]:
    own = _own_names(agency)
    if not own:
        return  # an office of another kind, whose name has no form to look for
    for found in _OFFICE.finditer(passage.words):
        kind, name = _KINDS[found["kind"]], found["name"]
        if any(kind == mine and name.startswith(bare) for mine, bare in own):
            continue
        # The provincial organization carries the name of the office's own province.
        if kind == "อบจ." and name.startswith(agency.province):
            continue
        if _NO_NAME.match(name):
            continue
        attached = found.start("name") == found.end("kind")
        if (len(name) > _LONGEST_NAME or not attached) and not _PLACE_NAME.match(name):
            continue
        yield found, agency.name.th if found["kind"] in agency.name.th else agency.display_name


def _other_places(passage: Passage, agency: Agency) -> Iterator[tuple[re.Match[str], str]]:
    expected = {"อำเภอ": agency.district, "จังหวัด": agency.province}
    for found in _PLACES.finditer(passage.words):
        right = expected[found["kind"]]
        if right and not found["name"].startswith(right.removeprefix(found["kind"])):
            yield found, f"{found['kind']}{right.removeprefix(found['kind'])}"


def unit_is_known(report: Report, setting: Setting) -> Iterator[Problem]:
    """The responsible unit is one, or several, of the office's units."""
    units = setting.disclosure.agency.units
    for measure in report.measures:
        left = measure.responsible_unit
        for unit in sorted(units, key=len, reverse=True):
            left = left.replace(unit, " ")
        left = _UNIT_GLUE.sub(" ", left).strip()
        if not units or not left:
            continue
        near = difflib.get_close_matches(measure.responsible_unit, units, n=1, cutoff=0.5)
        yield problem(
            "unit-unknown",
            measure.source.place_of("responsible_unit"),
            value=measure.responsible_unit,
            nearest_th=f' — หมายถึง "{near[0]}" หรือไม่' if near else " — ถ้าใช่ ให้เพิ่มใน units",
            nearest_en=f'; did you mean "{near[0]}"?'
            if near
            else "; if it is one, add it to units",
            example=near[0] if near else units[0],
        )
