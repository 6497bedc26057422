"""Where a Thai line must not end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import inline
from site_builder.linebreaks import marked, wholes


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("๒๗ ธ.ค.๖๗", ["๒๗ ธ.ค.๖๗"]),
        ("๑ ต.ค. ๖๗ – ๓๐ ก.ย. ๖๘", ["๑ ต.ค. ๖๗", "๓๐ ก.ย. ๖๘"]),
        ("๑ ต.ค.๖๗-๓๐ ก.ย.๖๘", ["๑ ต.ค.๖๗", "๓๐ ก.ย.๖๘"]),
        ("ภายในวันที่ 30 กันยายน พ.ศ. 2568 ทุกปี", ["30 กันยายน พ.ศ. 2568"]),
        ("ต.ค. 67", ["ต.ค. 67"]),
        ("มกราคม ๒๕๖๘", ["มกราคม ๒๕๖๘"]),
        (
            "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ (๑ ต.ค. ๒๕๖๗)",
            ["ประจำปี", "งบประมาณ", "พ.ศ. ๒๕๖๘", "(๑ ต.ค. ๒๕๖๗)"],
        ),
        ("ผ่านเว็บไซต์หลักของ อบต.ดงเมือง แล้ว", ["อบต.ดงเมือง"]),
        ("ป.ป.ช. และ สตง.", ["ป.ป.ช.", "สตง."]),
        # What is no date and no abbreviation may break as the browser likes.
        ("บุคลากร ๑๒๐ คน", []),
        ("ไม่รับสินบน.", []),
        ("https://www.example.go.th/2568/1.pdf", []),
        ("1234 ต.ค.", ["ต.ค."]),
        # A sentence that nobody put a space into stays breakable.
        ("อบต.ดงเมืองได้ประกาศนโยบายไม่รับสินบนหรือสิ่งอื่นใดทั้งสิ้น", ["อบต."]),
        # Half of a compound is another word.
        ("การใช้จ่ายงบประมาณประจำปีของหน่วยงาน", ["งบประมาณ", "ประจำปี", "หน่วยงาน"]),
        ("ผู้รับผิดชอบ", ["ผู้รับผิดชอบ"]),
        ("ผ่านเว็บไซต์หลักของ อบต. แล้ว", ["อบต."]),
    ],
)
def test_dates_and_abbreviations_stay_whole(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in wholes(text)] == kept


@given(st.text(alphabet="๑๒12 .ตคมกพศธอบดงเมือง()-–\n*<>", max_size=60))
def test_the_pieces_follow_one_another(text: str) -> None:
    at = 0
    for start, end in wholes(text):
        assert at <= start < end <= len(text)
        at = end


@given(st.text(alphabet="๑๒12 .ตคมกพศธอบดงเมือง()-–*<>&", max_size=60))
def test_nothing_but_the_mark_is_added(text: str) -> None:
    bare = inline.unbroken(text).replace('<span class="whole">', "").replace("</span>", "")
    assert bare == inline.escape(text)


def test_a_title_is_marked_where_it_holds_no_tags() -> None:
    assert marked("คุณภาพการดำเนินงาน") == 'คุณภาพการ<span class="whole">ดำเนินงาน</span>'
    assert marked("R&amp;D ๑") == "R&amp;D ๑"
    tagged = '<b title="งบประมาณ">งบประมาณ</b>'
    assert marked(tagged) == tagged
