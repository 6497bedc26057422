"""Tables as drafts: columns, indicators, merged rows, bullets, links; and no word lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from site_builder import inline
from site_builder.intake import Cell, Document, Intake, Line, Outside, Piece, Table, understand
from site_builder.intake.bullets import content_of
from site_builder.intake.indicators import named_indicator
from site_builder.intake.names import Unnamed, names_for
from site_builder.intake.words import lines_of, markdown, text_of
from site_builder.measurefile import read_content, read_measure
from site_builder.model import Disclosure, IndicatorList
from site_builder.problems import Problem

from .conftest import ROOT
from .sources import HEADINGS

UNIT, PERIOD = "สำนักปลัด", "๑ ต.ค. ๖๗"
ROW = ("๑", "อบรม", "จัดอบรม", UNIT, PERIOD, "ทำแล้ว", "ดี")


def indicators(disclosure: Disclosure) -> Any:
    return disclosure.reports[0].indicators


def cell(row: int, column: int, content: object, width: int = 1) -> Cell:
    """A cell of words, of pieces, or (None) the lower part of a merged one."""
    if content is None:
        return Cell(row, column, column, width, continues=True)
    if isinstance(content, str):
        lines = tuple(Line((Piece(line),)) for line in content.split("\n") if line.strip())
    else:
        lines = (Line(tuple(content)),)  # type: ignore[arg-type]
    return Cell(row, column, column, width, lines)


def table(*rows: Sequence[object], name: str = "1") -> Table:
    return Table(
        name,
        tuple(
            tuple(cell(number, column, content) for column, content in enumerate(row, 1))
            for number, row in enumerate(rows, 1)
        ),
    )


@pytest.fixture
def take(disclosure: Disclosure):  # noqa: ANN201
    def run(*blocks: Table | Outside, **known: Any) -> Intake:
        return understand(
            Document("a.docx", blocks),
            fiscal_year=2568,
            indicators=indicators(disclosure),
            **known,
        )

    return run


def values(intake: Intake) -> list[Any]:
    found = []
    for draft in intake.drafts:
        content, problems = read_content(draft.text.encode(), "f", "")
        assert not problems
        assert content is not None
        found.append(content.value)
    return found


def codes(problems: Sequence[Problem]) -> list[str]:
    return [found.code for found in problems]


def left(intake: Intake, code: str) -> list[str]:
    return [dict(p.details).get("words", "") for p in intake.problems if p.code == code]


# Columns


def test_a_heading_that_is_only_near_is_told(take) -> None:  # noqa: ANN001
    headings = (
        "ตัวชี้วัด",
        "มาตรการ",
        "วิธีการ",
        "ผู้รับผิดชอบหลัก",
        "ระยะเวลา",
        "ปีงบประมาณ",
        "การดำเนินการ",
    )
    intake = take(table(headings, ("๑", "ก", "ข", UNIT, PERIOD, "2568", "ค")))
    guessed, *unknown = (p for p in intake.problems if "column" in p.code)
    assert guessed.code == "import-column-guessed"
    assert "ผู้รับผิดชอบหลัก" in guessed.message()
    assert [value["responsible_unit"] for value in values(intake)] == [UNIT]
    # Near in letters, and another thing: neither the budget nor the result.
    assert codes(unknown) == ["import-column-unknown"] * 2
    assert not {"budget", "result_summary"} & set(values(intake)[0])


def test_headings_misspelt_moved_and_more(take) -> None:  # noqa: ANN001
    headings = (
        "ลำดับ", "ผู้รับผดชอบ", "ชี้วัด", "มาตรการ / แนวทาง", "วิธีดำเนินการ", "ระยะเวลา (เดือน)",
        "ผลการดำเนินงาน", "ผลลัพธ์ /ความสำเร้จ", "งบประมาณ", "ปัญหาอุปสรรค", "ข้อเสนอแนะ", "หมายเหตุ",
        "ผลการดำเนินการรอบ ๖ เดือน", "ตัวชี้วัดความสำเร็จ (KPI)", "สถานะ", "หลักฐาน",
    )  # fmt: skip
    row = (
        "๑.", UNIT, "๑", "ก", "ข", PERIOD, "ค", "ง", "ไม่ใช้งบประมาณ", "จ", "ฉ", "ช", "ซ", "ฌ", "ดำเนินการแล้ว",
        "ประกาศ https://x.go.th/a",
    )  # fmt: skip
    intake = take(table(headings, row))
    assert codes(intake.problems) == ["import-title-missing"]
    assert values(intake) == [
        {
            "indicator": "1",
            "measure": "ก",
            "method": "ข",
            "responsible_unit": UNIT,
            "period": PERIOD,
            "result_summary": "ค",
            "outcome": "ง",
            "evidence": [{"title": "ประกาศ", "url": "https://x.go.th/a"}],
            "status": "done",
            "budget": "none",
            "kpi": "ฌ",
            "interim_result": "ซ",
            "problems": "จ",
            "suggestions": "ฉ",
            "remarks": "ช",
        }
    ]


def test_an_unknown_columns_words_are_left_over(take) -> None:  # noqa: ANN001
    intake = take(table((*HEADINGS, "ผู้ตรวจ"), (*ROW, [Piece("นาย ก", "https://x.go.th/k")])))
    assert left(intake, "import-column-unknown") == ["นาย ก <https://x.go.th/k>"]
    assert [str(p.place) for p in intake.problems] == ["a.docx:1:1", "a.docx:2:8"]


def test_headings_repeated_and_headings_missing(take) -> None:  # noqa: ANN001
    again = table(("ชี้วัด", *HEADINGS[1:]), ROW, HEADINGS, ROW)
    assert len(take(table(HEADINGS, ROW), again, table(ROW, name="3")).drafts) == 4
    assert len(take(table(ROW)).drafts) == 1
    assert len(take(table((*HEADINGS[:3], "", *HEADINGS[4:]), ROW)).drafts) == 1
    assert (
        values(take(table((*HEADINGS[:3], "", *HEADINGS[4:]), ROW)))[0]["responsible_unit"] == UNIT
    )


def test_two_rows_of_headings(take) -> None:  # noqa: ANN001
    wide = Cell(1, 6, 6, 2, (Line((Piece("ผลการดำเนินการ"),)),))
    above = tuple(cell(1, n, text) for n, text in enumerate(HEADINGS[:5], 1))
    below = tuple(cell(2, n, None) for n in range(1, 6))
    parts = tuple(cell(2, n, text) for n, text in enumerate(HEADINGS[5:], 6))
    data = tuple(cell(3, n, text) for n, text in enumerate(ROW, 1))
    intake = take(Table("1", ((*above, wide), (*below, *parts), data)))
    assert values(intake)[0]["outcome"] == "ดี"
    assert codes(intake.problems) == ["import-title-missing"]


def test_a_table_of_something_else_is_left_over(take) -> None:  # noqa: ANN001
    other = table(("ลงชื่อ", "ตำแหน่ง"), ("ก", "ปลัด"), name="2")
    intake = take(table(HEADINGS, ROW), other)
    assert left(intake, "import-table-unknown") == ["ลงชื่อ | ตำแหน่ง", "ก | ปลัด"]


# Titles


def test_the_lines_above_are_the_title(take) -> None:  # noqa: ANN001
    def line(text: str, row: int) -> Outside:
        return Outside(Line((Piece(text),)), row)

    blocks = (line("รายงาน  ผล ", 1), line("ปี ๒๕๖๘", 2), table(HEADINGS, ROW), line("ปี ๒๕๖๘", 3))
    intake = take(*blocks, line("ลงชื่อ", 4))
    assert intake.header is not None
    assert intake.header[0] == "report.yaml"
    assert "title:\n  - รายงาน ผล\n  - ปี ๒๕๖๘\n" in intake.header[1]
    assert left(intake, "import-outside") == ["ลงชื่อ"]
    assert take(*blocks, title=("รายงาน ผล",)).header is None
    assert left(take(*blocks, title=("รายงาน ผล",)), "import-title") == ["ปี ๒๕๖๘"]
    preface = [line(f"คำนำ {n}", n) for n in range(9)]
    assert len(left(take(*preface, *blocks), "import-outside")) == 9


# Indicators

NAMED = [
    ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", 1, ""),
    ("๑", 1, ""),
    ("(1)", 1, ""),
    ("1. การปฏิบัติหน้าที่", 1, ""),
    ("ตัวชี้วัดที่ 10: การป้องกันการทุจริต", 10, ""),
    ("การใช้ทรัพย์สินของทางราชการ", 4, ""),
    ("ตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของทาง ราชการ", 4, ""),
    ("- การใช้อำนาจ (IIT)", 3, "(IIT)"),
    ("ตัวชี้วัดที่ ๖ คุณภาพการดำเนินการ", 6, "คุณภาพการดำเนินการ"),
    ("ตัวชี้วัดที่ ๒ การปฏิบัติหน้าที่", None, None),
    ("ตัวชี้วัดที่ ๑๑", None, None),
    ("1. จัดทำประกาศ", None, None),
    ("การใช้อำนาจหน้าที่ในทางมิชอบของเจ้าหน้าที่", None, None),
    ("ภาพรวม", None, None),
]


@pytest.mark.parametrize(("text", "number", "surplus"), NAMED)
def test_indicators_by_number_or_name(
    disclosure: Disclosure, text: str, number: int | None, surplus: str | None
) -> None:
    named = named_indicator(text, indicators(disclosure))
    assert (named.number if named else None, named.surplus if named else None) == (number, surplus)


def test_an_indicator_holds_until_the_next(take) -> None:  # noqa: ANN001
    heading = Cell(2, 1, 1, 7, (Line((Piece("ตัวชี้วัดที่ ๒ การใช้งบประมาณ"),)),))
    rows = table(HEADINGS, ("", *ROW[1:]), ("", *ROW[1:]), ("๕", *ROW[1:]), ("", *ROW[1:])).rows
    intake = take(Table("1", (rows[0], (heading,), *rows[1:])))
    assert [draft.indicator for draft in intake.drafts] == [2, 2, 5, 5]


def test_other_headings_over_rows_are_left_over(take) -> None:  # noqa: ANN001
    heading = Cell(2, 1, 1, 7, (Line((Piece("การรับรู้ภายใน (IIT)"),)),))
    rows = table(HEADINGS, ROW).rows
    intake = take(Table("1", (rows[0], (heading,), rows[1])))
    assert left(intake, "import-row-unplaced") == ["การรับรู้ภายใน (IIT)"]
    assert values(intake)[0]["indicator"] == "1"


# Merged cells and rows that go on


def test_merged_cells_hold_for_every_row(take) -> None:  # noqa: ANN001
    other = (None, "ประกาศ", "ติด", None, "๒ ต.ค. ๖๗", None, "ดีมาก")
    first, second = values(take(table(HEADINGS, ROW, other)))
    assert second == {
        **first,
        "measure": "ประกาศ",
        "method": "ติด",
        "period": "๒ ต.ค. ๖๗",
        "outcome": "ดีมาก",
    }


def test_rows_of_one_measure_are_one_file(take) -> None:  # noqa: ANN001
    more = (None, None, "ติดตาม", None, None, "", "ดีขึ้น")
    (found,) = values(take(table(HEADINGS, ROW, more, ("", "", "สรุป", "", "", "", ""))))
    assert found["method"] == ["จัดอบรม", "ติดตาม", "สรุป"]
    assert found["outcome"] == ["ดี", "ดีขึ้น"]


def test_one_measure_with_two_units_is_two_files(take) -> None:  # noqa: ANN001
    more = (None, None, "ติดตาม", "กองช่าง", "๒ ต.ค. ๖๗", "", "")
    first, second = values(take(table(HEADINGS, ROW, more)))
    assert first["measure"] == second["measure"] == "อบรม"
    assert second["responsible_unit"] == "กองช่าง"


def test_an_empty_cell_is_not_filled_from_above_but_a_ditto_mark_is(take) -> None:  # noqa: ANN001
    intake = take(
        table(
            HEADINGS, ROW, ("", "ข", "ค", "", PERIOD, "", ""), ("", "ง", "จ", "กองช่าง", '"', "", "")
        )
    )
    assert [draft.finished for draft in intake.drafts] == [True, False, True]
    assert values(intake)[2]["period"] == PERIOD


# Bullets

BULLETS = [
    ("- ก - ข", ["ก", "ข"]),
    ("-ก  -ข", ["ก", "ข"]),
    ("• ก • ข•ค", ["ก", "ข", "ค"]),
    ("\uf0b7\tก\n\uf0b7\tข", ["ก", "ข"]),
    ("– ก – ข", ["ก", "ข"]),
    ("๑) ก ๒) ข", ["ก", "ข"]),
    ("1. ก\n2. ข", ["ก", "ข"]),
    ("๑. ก", "๑. ก"),
    ("2. ก\n3. ข", ["2. ก", "3. ข"]),
    ("1. ก\n- ข\n2. ค", ["1. ก", "ข", "2. ค"]),
    ("ก\nข", ["ก", "ข"]),
    ("- ก\nต่อ\n- ข", ["ก ต่อ", "ข"]),
    ("ดังนี้\n- ก\n- ข", ["ดังนี้", "ก", "ข"]),
    ("- E-Service - เผยแพร่", ["E-Service", "เผยแพร่"]),
    ("- No - Gift Policy", ["No - Gift Policy"]),
    ("- ระหว่าง ต.ค. ๖๗ – ก.ย. ๖๘ - ประกาศ", ["ระหว่าง ต.ค. ๖๗ – ก.ย. ๖๘", "ประกาศ"]),
    ("- เวลา 08.30 - 16.30 น.", ["เวลา 08.30 - 16.30 น."]),
    ("- วันที่ 1 - 5 ตุลาคม 2567", ["วันที่ 1 - 5 ตุลาคม 2567"]),
    ("- รอบที่ ๑ - แจ้งเวียน", ["รอบที่ ๑", "แจ้งเวียน"]),
    ("ต.ค. ๖๗ – ก.ย. ๖๘", "ต.ค. ๖๗ – ก.ย. ๖๘"),
    ("No-Gift ก - ข", "No-Gift ก - ข"),
    ("-5 องศา", "-5 องศา"),
    ("1.5 ล้านบาท", "1.5 ล้านบาท"),
    ("-", ""),
    ("–", ""),
    ("ก\u00adข\u200bค\u00a0ง\tจ", "กขค ง จ"),
    ("ก<br>ข<br/>ค", ["ก", "ข", "ค"]),
]


@pytest.mark.parametrize(("text", "expected"), BULLETS)
def test_bullets_set_items_apart(text: str, expected: object) -> None:
    content = content_of([cell(1, 1, text)])
    items = [text_of(item) for item in content.items]
    assert (items if content.listed else "".join(items)) == expected


def test_words_own_list_is_a_list() -> None:
    lines = (Line((Piece("ก"),), listed=True), Line((Piece("ข"),), listed=True))
    assert content_of([Cell(1, 1, 1, 1, lines)]).listed


# Links


def evidence(take: Any, result: object) -> tuple[Any, Intake]:
    row = [*ROW[:5], result, "ดี"]
    intake = take(table(HEADINGS, row))
    return values(intake)[0], intake


def test_links_become_evidence_named_by_their_words(take) -> None:  # noqa: ANN001
    url = "https://x.go.th/a"
    for pieces, text, title in (
        ([Piece("- เผยแพร่ "), Piece("ประกาศ", url)], ["เผยแพร่ ประกาศ"], "ประกาศ"),
        ([Piece("แผน "), Piece("คลิกที่นี่", url)], "แผน คลิกที่นี่", "แผน"),
        ([Piece("คลิก", url), Piece(" เพื่อดูแผน")], "คลิก เพื่อดูแผน", "เพื่อดูแผน"),
        ([Piece("แผน: "), Piece("x.go.th/a", url)], "แผน: x.go.th/a", "แผน"),
        ([Piece(url, url)], url, "อบรม"),
        ([Piece("ดู"), Piece("", url)], "ดู", "อบรม"),
        ([Piece(f"แผน {url}.")], f"แผน {url}.", "แผน"),
        ([Piece(f'แผน <a class="x" href="{url}">{url}</a>')], f"แผน {url}", "แผน"),
        ([Piece(f"แผน <a href='{url}'>ดู<b>แผน</b></a>")], "แผน ดูแผน", "ดูแผน"),
        ([Piece("แผน "), Piece("ประ", url), Piece("กาศ", url)], "แผน ประกาศ", "ประกาศ"),
    ):
        found, intake = evidence(take, pieces)
        assert found["result_summary"] == text
        assert found["evidence"] == [{"title": title, "url": url}]
        assert codes(intake.problems) == ["import-title-missing"]


def test_two_links_of_one_text(take) -> None:  # noqa: ANN001
    found, _ = evidence(
        take, "แผน https://x.go.th/1 และ https://x.go.th/2 กับคำสั่ง https://x.go.th/3"
    )
    assert [(e["title"], e["url"][-1]) for e in found["evidence"]] == [
        ("แผน", "1"),
        ("แผน", "2"),
        ("กับคำสั่ง", "3"),
    ]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://x.go.th/a", "mailto:a@x.go.th", "https://x.go.th/a b", "../a.pdf",
     "file:///C:/งาน/a.docx", "#_Toc1", "https://u:p@x.go.th/"],
)  # fmt: skip
def test_links_that_the_model_refuses_are_left_over(take, url: str) -> None:  # noqa: ANN001
    found, intake = evidence(take, [Piece("ประกาศ", url)])
    assert "evidence" not in found
    assert found["result_summary"] == "ประกาศ"
    refused = [dict(p.details) for p in intake.problems if p.code == "import-link-refused"]
    assert [(one["url"], one["words"]) for one in refused] == [(url, "ประกาศ")]
    assert [p.place.column for p in intake.problems if p.code == "import-link-refused"] == [6]


def test_a_link_on_a_unit_is_no_evidence(take) -> None:  # noqa: ANN001
    intake = take(table(HEADINGS, (*ROW[:3], [Piece(UNIT, "https://x.go.th/u")], *ROW[4:])))
    assert codes(intake.problems) == ["import-title-missing", "import-link-misplaced"]


def test_an_evidence_column(take) -> None:  # noqa: ANN001
    cellful = "๑) ประกาศ https://x.go.th/1\n๒) คำสั่ง https://x.go.th/2\n๓) สมุดลงเวลา"
    intake = take(table((*HEADINGS, "ลิงก์หลักฐาน"), (*ROW, cellful)))
    assert values(intake)[0]["evidence"] == [
        {"title": "ประกาศ", "url": "https://x.go.th/1"},
        {"title": "คำสั่ง", "url": "https://x.go.th/2"},
    ]
    assert left(intake, "import-evidence-without-link") == ["สมุดลงเวลา"]


# Single values


@pytest.mark.parametrize(
    ("text", "expected"),
    [("50,000 บาท", "50,000"), ("๕๐,๐๐๐.-", "๕๐,๐๐๐"), ("1500.50", "1500.50"), ("ไม่ใช้งบประมาณ", "none"),
     ("ไม่ได้ใช้งบ", "none"), ("-", None), ("ประมาณห้าหมื่น", None)],
)  # fmt: skip
def test_budgets(take, text: str, expected: str | None) -> None:  # noqa: ANN001
    intake = take(table((*HEADINGS, "งบประมาณ"), (*ROW, text)))
    assert values(intake)[0].get("budget") == expected
    assert (left(intake, "import-value-unreadable") == [text]) == (text == "ประมาณห้าหมื่น")


def test_units_and_periods_of_several_lines(take) -> None:  # noqa: ANN001
    rows = [
        (*ROW[:3], "- กองคลัง\n- กองช่าง", "๑ ต.ค. ๖๗\n๑ เม.ย. ๖๘", "", ""),
        (*ROW[:3], "กองการศึกษา\nศาสนาและวัฒนธรรม", "- ต.ค. ๖๗ -\nก.ย. ๖๘", "", ""),
    ]
    first, second = values(take(table(HEADINGS, *rows)))
    assert (first["responsible_unit"], first["period"]) == (
        "กองคลัง, กองช่าง",
        "๑ ต.ค. ๖๗, ๑ เม.ย. ๖๘",
    )
    assert second["responsible_unit"] == "กองการศึกษา ศาสนาและวัฒนธรรม"
    assert second["period"] == "ต.ค. ๖๗ - ก.ย. ๖๘"


# Names


def test_names_from_latin_words_and_from_other_years(disclosure: Disclosure) -> None:
    texts = [
        Unnamed(3, "นโยบายไม่รับของขวัญหรือของกำนัลจากการปฏิบัติหน้าที่ (No Gift Policy) ปี ๖๙"),
        Unnamed(3, "อบรม"),
        Unnamed(4, "ระบบ e-Saraban และ ITA https://x.go.th/zzz"),
        Unnamed(4, "ระบบ E-Saraban กับ ITA"),
        Unnamed(5, "ก"),
        Unnamed(None, "ก"),
    ]
    names = names_for(texts, disclosure.reports, 2569, {"05-1"})
    assert names == (
        "03-no-gift-policy",
        "03-2",
        "04-1-e-saraban-ita",
        "04-2-e-saraban-ita",
        "05-2",
        "00-1",
    )


@given(
    st.lists(
        st.tuples(st.sampled_from([1, 2, None]), st.sampled_from(["ก", "No Gift", "ITA ก"])),
        max_size=14,
    )
)
def test_names_are_unique_and_permanent(found: list[tuple[int | None, str]]) -> None:
    names = names_for([Unnamed(*one) for one in found], (), 2568, {"01-1", "02-ita"})
    assert len({*names, "01-1", "02-ita"}) == len(found) + 2
    assert all(re.fullmatch(r"[0-9]{2}(-[a-z0-9]+)+", name) for name in names)


# Markdown


@pytest.mark.parametrize(
    "text",
    ["*ก* _ข_ **ค**", "[ก](ข)", "[ก](https://x.go.th/)", "<b>ก</b>", "<https://x.go.th/>", "a\\*b", "https://u:p@x.go.th/",
     "ดู https://x.go.thและ ข", "https://x.go.th/*a*_b_", "http://", "`ก`", "(https://x.go.th/a_(b))."],
)  # fmt: skip
def test_words_stay_what_they_were(text: str) -> None:
    (line,) = lines_of(Line((Piece(text),)))
    written = markdown(line.pieces)
    assert inline.plain(written) == line.text
    assert all(link.words == link.url for link in inline.links(written))


PLAIN = st.text(
    st.sampled_from("กข a1-–•*_[]()<>\\`:/.,!&#|\"'\t\n๑๒๐)\u200b ")
    | st.characters(exclude_categories=("Cs",)),
    max_size=30,
)
ADDRESSES = st.sampled_from(
    [
        "https://x.go.th/",
        "https://x.go.th/a_b?c=1&d=*",
        "javascript:x",
        "https://www.x.go.thก",
        "file:///c:/a b",
        "",
    ]
)
WORDS = st.one_of(PLAIN, st.builds("{} {} {}".format, PLAIN, ADDRESSES, PLAIN))


@given(st.lists(st.builds(Piece, WORDS, ADDRESSES), min_size=1, max_size=3))
def test_any_words_read_as_they_stood(pieces: list[Piece]) -> None:
    for line in lines_of(Line(tuple(pieces))):
        written = markdown(line.pieces)
        assert inline.plain(written) == line.text


# No word is lost

CELLS = st.one_of(
    WORDS,
    st.none(),
    st.just(""),
    st.lists(st.builds(Piece, WORDS, ADDRESSES), min_size=1, max_size=2),
    st.sampled_from(
        ["๑", "ตัวชี้วัดที่ ๒ การใช้งบประมาณ", PERIOD, "ภายในเดือนหน้า", "- ก - ข", "๑) ก ๒) ข", "คลิก"]
    ),
)
EXTRA = ("งบประมาณ", "ผู้ตรวจ", "หลักฐาน", "ลำดับ", "สถานะ")
TABLES = st.lists(st.tuples(*[CELLS] * 12), min_size=1, max_size=4)


def bare(text: str) -> set[str]:
    """The words of a text: letters and digits, without bullets, stops and numbers of items."""
    # An address that ran into a Thai word is two words.
    text = re.sub(
        r"(?<=[\u0e01-\u0e4e])(?=[^\u0e01-\u0e4e])|(?<=[^\u0e01-\u0e4e])(?=[\u0e01-\u0e4e])",
        " ",
        text,
    )
    words = "".join(char if char.isalnum() or char in VOWELS else " " for char in text).split()
    return {word for word in words if not re.fullmatch(r"[0-9๐-๙]{1,2}", word)}


VOWELS = {chr(number) for number in range(0x0E30, 0x0E4F)}


def written(intake: Intake) -> str:
    texts = [str(v) for v in values(intake)]
    texts += [
        inline.plain(str(t))
        for v in values(intake)
        for x in v.values()
        for t in (x if isinstance(x, list) else [x])
    ]
    texts += [f"{e['title']} {e['url']}" for v in values(intake) for e in v.get("evidence", [])]
    texts += [" ".join(value for _, value in p.details) for p in intake.problems]
    return "\n".join([*texts, intake.header[1] if intake.header else ""])


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(TABLES, st.lists(WORDS, max_size=3))
def test_no_word_is_lost(rows: list[tuple[Any, ...]], outside: list[str]) -> None:
    data = (ROOT / "site_builder/data/indicators.yaml").read_bytes()
    content, _ = read_content(data, "", "")
    assert content is not None
    known = IndicatorList.model_validate(content.value).indicators_of(2568)
    blocks = [Outside(Line((Piece(text),)), n) for n, text in enumerate(outside, 1)]
    source = table((*HEADINGS, *EXTRA), *rows)
    document = Document("a", (*blocks, source, *blocks))
    intake = understand(document, fiscal_year=2568, indicators=known)
    addresses = "".join(written(intake).split())
    there = bare(written(intake)) | bare("ตัวชี้วัดที่ ๒ การใช้งบประมาณ คลิก")
    for row in source.rows[1:]:
        for one in row:
            for line in (tidied for raw in one.lines for tidied in lines_of(raw)):
                # The column of running numbers says no more than the order.
                if one.column == 11 and re.fullmatch(r"\W*[0-9๐-๙]{0,4}\W*", line.text):
                    continue
                # An address that ran into the words beside it stands apart from them.
                for piece in line.pieces:
                    assert bare(line.text) <= there or bare(piece.text) <= there
                    assert "".join(piece.url.split()) in addresses
    for block in blocks:
        assert all(bare(line.text) <= there for line in lines_of(block.line))
    for draft in intake.drafts:
        if draft.finished:
            stem = draft.file.removesuffix(".yaml")
            assert read_measure(draft.text.encode(), draft.file, stem, 2568)[0] is not None
