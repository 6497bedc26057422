"""Rules about names: the office's own, other offices', and its units'.

Texts are copied between offices as a habit, and the other office's name comes along.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from site_builder.model import Agency, Report
from site_builder.offices import SHORT_FORMS
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Passage, Setting, everything, heading

_KINDS = {**SHORT_FORMS, **{short: short for short in SHORT_FORMS.values()}}
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
# Another office that took part is named in a text of the office's own.
_TOGETHER = re.compile(
    "ร่วม|สนับสนุน|ดูงาน|วิทยากร|ผู้แทน|เจ้าภาพ|บรรยาย|เยี่ยมชม|แลกเปลี่ยน|ส่งต่อ|โอน|ย้าย|ข้อตกลง|MOU|ประสาน|เครือข่าย|ใกล้เคียง"
)
# Where a name that runs on into its sentence ends, if not at a space.
_NAME_ENDS = re.compile(
    r"(?<=..)(?:ได้|จัด|เข้า|มี|เรื่อง|ประกาศ|และ|เป็น|ดำเนิน|รับ|ให้|เผยแพร่|กำหนด|เพื่อ|โดย|จะ)"
)
_PLACEHOLDER = re.compile(
    r"(?:อบต\.|เทศบาล(?:ตำบล|เมือง|นคร)?|องค์การบริหารส่วนตำบล)\s?(?:[xX]{2,}|\.{3,}|…+|_{2,}|\[[^\]()]*\](?!\())"
)
_PLACES = re.compile(
    r"(?P<kind>อำเภอ|จังหวัด|(?<![ก-๙.])อ\.|(?<![ก-๙.])จ\.)\s?(?P<name>[\u0e01-\u0e4e]+)"
)
_UNIT_GLUE = re.compile(
    r"\([^()]*\)|[\s,/、;.\[\]·•]|และ|หรือ|ร่วมกับ|ทุก(?:ส่วนราชการ|สำนัก|กอง|หน่วยงาน|คน)?"
)
_NEAR = 0.75
"""How alike a unit's name must be to be taken for a slip: กองช่าง is no slip for กองคลัง."""


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
        for found in _PLACEHOLDER.finditer(passage.words):
            place = passage.place(found.start())
            yield problem("other-office", place, value=found[0], own=agency.display_name)
        if _TOGETHER.search(passage.words):
            continue
        for found, expected in _other_offices(passage, agency):
            place = passage.place(found.start())
            yield problem("other-office", place, value=_named(found), own=expected)


def _named(found: re.Match[str]) -> str:
    """The other office's name, as far as it goes."""
    end = _NAME_ENDS.search(found["name"]) if len(found["name"]) > _LONGEST_NAME else None
    return (
        found[0] if end is None else found[0][: -len(found["name"])] + found["name"][: end.start()]
    )


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
        if any(kind == mine and _is_name(name, bare) for mine, bare in own):
            continue
        # The provincial organization carries the name of the office's own province.
        if kind == "อบจ." and name.startswith(agency.province):
            continue
        if _NO_NAME.match(name):
            continue
        attached = found.start("name") == found.end("kind")
        if (len(name) > _LONGEST_NAME or not attached) and not _PLACE_NAME.match(name):
            continue
        yield found, agency.display_name if found["kind"].endswith(".") else agency.name.th


def _is_name(written: str, bare: str) -> bool:
    """Whether a run of letters begins with the name; one letter more is a slip of the pen."""
    return written.startswith(bare) and len(written) != len(bare) + 1


def _other_places(passage: Passage, agency: Agency) -> Iterator[tuple[re.Match[str], str]]:
    for found in _PLACES.finditer(passage.words):
        word = "อำเภอ" if found["kind"].startswith("อ") else "จังหวัด"
        right = (agency.district or "") if word == "อำเภอ" else agency.province
        bare = right.removeprefix(word)
        if bare and not found["name"].startswith(bare):
            yield found, f"{found['kind']}{bare}"


def unit_is_known(report: Report, setting: Setting) -> Iterator[Problem]:
    """The responsible unit is one, or several, of the office's units."""
    agency = setting.disclosure.agency
    units = sorted(agency.units, key=len, reverse=True)
    for measure in report.measures:
        unknown = _unknown_unit(measure.responsible_unit, units, agency)
        if not units or unknown is None:
            continue
        near = difflib.get_close_matches(unknown[:_LONGEST_UNIT], units, n=1, cutoff=_NEAR)
        yield problem(
            "unit-unknown",
            measure.source.place_of("responsible_unit"),
            value=unknown,
            nearest_th=f' — หมายถึง "{near[0]}" หรือไม่' if near else " — ถ้ามีจริง ให้เพิ่มใน units",
            nearest_en=f'; did you mean "{near[0]}"?' if near else "; if it is one, add it there",
            example=near[0] if near else agency.units[0],
        )


_LONGEST_UNIT = 100


def _unknown_unit(written: str, units: Sequence[str], agency: Agency) -> str | None:
    """What is left of a unit when all that is known of it is taken away."""
    left = written
    for name in (agency.name.th, agency.display_name, *units):
        left = left.replace(name, " ")
    is_known = left != written or re.search("ทุก(?:ส่วนราชการ|สำนัก|กอง|หน่วยงาน)", written)
    rest = [part for part in _UNIT_GLUE.split(left) if part.strip(" -–")]
    # A section is named with its unit: "งานการเจ้าหน้าที่ สำนักปลัด".
    rest = [part for part in rest if not (is_known and part.startswith(("งาน", "ฝ่าย", "กลุ่ม")))]
    if not rest:
        return None if is_known else written
    return " ".join(rest)
