"""The list of links: for people by unit, for programs whole, for a memo in official Thai."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from site_builder import linkforms, linkreport, listing, memo
from site_builder.catalogue import LINKS
from site_builder.causes import Cause
from site_builder.ledger import Acknowledgement, Finding, Ledger, acknowledge, enter
from site_builder.linkreport import LinkRow, moved_to, rows_of
from site_builder.model import Agency, Disclosure
from site_builder.values import WARNINGS
from site_builder.verdicts import Verdict

from .reports import AGENCY, measure, report_of

NOW = datetime(2026, 1, 5, 20, tzinfo=UTC)  # the sixth in Thailand
TODAY = date(2026, 1, 6)
HOST = "https://www.example.go.th"
EVIL = f"{HOST}/a|b[c](d)*_<'\"&$(rm)`.pdf"
FINDINGS = (
    Finding(f"{HOST}/ok", Verdict.OK, 200),
    Finding(f"{HOST}/broken", Verdict.BROKEN, 404, cause=Cause.NOT_FOUND),
    Finding(f"{HOST}/moved#น.๒", Verdict.MOVED, 200, final_url=f"{HOST}/ใหม่.pdf"),
    Finding(f"{HOST}/blocked", Verdict.BLOCKED, 403, cause=Cause.FORBIDDEN),
    Finding(EVIL, Verdict.TEMPORARY, note="\x1b[2Jboom\n::error::x"),
)
UNSAFE = "http://10.0.0.1/a"
UNSEEN = f"{HOST}/not-checked-yet"


def ledger() -> Ledger:
    kept = enter(Ledger(), FINDINGS, NOW - timedelta(days=1))
    kept = enter(kept, FINDINGS, NOW, vantage="GitHub Actions", checker="prongsai")
    said = Acknowledgement(reason="เปิดได้ | ดูแล้ว", on=TODAY, until=TODAY)
    return acknowledge(kept, f"{HOST}/blocked", said)


def disclosure(kept: Ledger | None = None, **agency: object) -> Disclosure:
    def evidence(*urls: str) -> list[dict[str, str]]:
        return [{"title": "หลักฐาน", "url": url} for url in urls]

    office = Agency.model_validate({**AGENCY, "name": {"th": "อบต.ตัวอย่าง"}, **agency})
    report = report_of(
        measure(1, evidence=evidence(*(finding.url for finding in FINDINGS[:3]), UNSAFE)),
        measure(
            2,
            responsible_unit="กองคลัง",
            evidence=evidence(*(finding.url for finding in FINDINGS[2:]), UNSEEN),
        ),
    )
    return Disclosure(agency=office, reports=(report,), ledger=ledger() if kept is None else kept)


def rows(**options: Any) -> tuple[LinkRow, ...]:
    return rows_of(disclosure(), TODAY, **options)


def plain(text: str, _severity: str) -> str:
    return text


def test_the_worst_comes_first_and_what_is_acknowledged_or_well_last() -> None:
    told = [(row.url.removeprefix(HOST), row.standing.codes) for row in rows()]
    assert told == [
        (UNSAFE, ("link-unsafe",)),
        ("/broken", ("link-broken",)),
        (EVIL.removeprefix(HOST), ("link-unreachable",)),
        ("/moved#น.๒", ("link-moved",)),
        ("/moved#น.๒", ("link-moved",)),
        ("/blocked", ("link-blocked",)),
        ("/ok", ()),
        ("/not-checked-yet", ()),
    ]
    assert [row.fails for row in rows()] == [True, True, *[False] * 6]
    assert list(linkreport.by_unit(rows())) == ["สำนักปลัด", "กองคลัง"]


def test_what_this_run_found_of_a_new_link_counts() -> None:
    finding = Finding(f"{HOST}/broken", Verdict.BROKEN, 404, cause=Cause.NOT_FOUND, tries=2)
    found = rows(findings={finding.url: finding}, new={finding.url})
    assert found[1].standing.codes == ("link-new-missing",)


def test_a_line_has_place_words_cause_and_unit() -> None:
    lines = linkreport.to_lines(rows(), "th").splitlines()
    assert lines[1].startswith("measures/2568/01-a.yaml:")
    assert (
        "link-broken: ไม่พบเอกสาร (เว็บไซต์ตอบว่าไม่มีเอกสารนี้, HTTP 404) ตรวจพบ ๒ ครั้งตั้งแต่ ๕ ม.ค. ๒๕๖๙"
        in lines[1]
    )
    assert lines[1].endswith("[สำนักปลัด]")
    assert f": {HOST}/moved#น.๒ — เปลี่ยนเป็น  url: {HOST}/ใหม่.pdf#น.๒ [สำนักปลัด]" in lines[3]
    assert "2 checks since 2026-01-05" in linkreport.to_lines(rows(), "en")
    assert len(lines) == 6
    assert all(char.isprintable() for line in lines for char in line)


def test_the_text_is_by_unit_with_what_is_known() -> None:
    text = linkreport.to_text(rows(), "th", plain)
    first, second = text.split("\n\n")
    assert first.startswith("สำนักปลัด — 4 ลิงก์ ต้องแก้ 2 ควรดู 1\n  ต้องแก้ measures/2568/01-a.yaml:")
    assert "ตรวจล่าสุด ๖ ม.ค. ๒๕๖๙ · พบอย่างนี้ ๒ ครั้ง ตั้งแต่ ๕ ม.ค. ๒๕๖๙ · ตรวจจาก GitHub Actions" in first
    assert f"ไปสิ้นสุดที่ {HOST}/ใหม่.pdf" in first
    assert "✓ เปิดได้" in first
    assert "พิจารณาแล้ว ถึง ๖ ม.ค. ๒๕๖๙: เปิดได้ | ดูแล้ว" in second
    assert "– ยังไม่ได้ตรวจ" in second
    assert linkreport.to_text((), "th", plain) == ""
    assert "acknowledged until 2026-01-06" in linkreport.to_text(rows(), "en", plain)
    assert linkreport.summary(rows(), "th") == "7 ลิงก์ ต้องแก้ 2 ควรดู 2 พิจารณาแล้ว 1 ยังไม่ได้ตรวจ 1"


def test_a_link_that_stands_at_several_places_is_told_once() -> None:
    proof = [{"title": "ก", "url": UNSAFE}, {"title": "ข", "url": UNSAFE}]
    report = report_of(measure(1, evidence=proof), measure(2, evidence=proof))
    office = Agency.model_validate(AGENCY)
    found = rows_of(Disclosure(agency=office, reports=(report,)), TODAY)
    text = linkreport.to_text(found, "th", plain)
    assert text.count("link-unsafe") == 1
    assert "และที่ measures/2568/01-a.yaml:10:10 measures/2568/02-a.yaml:8:10 " in text
    assert linkreport.to_lines(found, "th").count("link-unsafe") == 4


@pytest.mark.parametrize(
    "final",
    [
        "javascript:alert(1)",
        "http://10.0.0.1/",
        "https://u:p@x.go.th/",
        "/a",
        "https://x.go.th/\x1b",
        "ftp://x.go.th/a",
    ],
)
def test_no_unfit_address_is_offered_to_paste(final: str) -> None:
    kept = enter(Ledger(), [Finding(f"{HOST}/a", Verdict.MOVED, final_url=final)], NOW)
    assert moved_to(f"{HOST}/a", kept.links[f"{HOST}/a"]) is None


def test_what_is_offered_to_paste_into_a_shell_runs_nothing() -> None:
    kept = enter(Ledger(), [Finding(finding.url, Verdict.BLOCKED) for finding in FINDINGS], NOW)
    told = {
        row.url: row.problems[0].example
        for row in rows_of(disclosure(kept), TODAY)
        if row.problems and row.url != UNSAFE
    }
    assert f'--acknowledge "{HOST}/moved#น.๒" ' in told[f"{HOST}/moved#น.๒"]
    assert "$(rm)" in told[EVIL]
    assert re.search(r"--acknowledge '(?:[^']|'\"'\"')*' --reason", told[EVIL])


def test_the_old_address_comes_before_the_new_one_in_every_form() -> None:
    old, new = f"{HOST}/moved#น.๒", f"{HOST}/ใหม่.pdf#น.๒"
    found = [row for row in rows() if row.url == old]
    for lang in ("th", "en"):
        said = [
            linkreport.to_lines(found, lang),
            linkreport.to_text(found, lang, plain),
            listing.to_github(linkreport.listed(found), lang),
            linkforms.to_junit(found, lang).partition("system-out")[2],
            linkforms.to_markdown(found, lang),
            json.loads(linkreport.to_json(found, lang))[0]["message"],
            listing.to_sarif(linkreport.listed(found), lang, "1").partition('"results"')[2],
        ]
        for text in said:
            assert 0 <= html.unescape(text).find(old) < html.unescape(text).find(new)
    unfit = Finding(old, Verdict.MOVED, final_url="javascript:alert(1)")
    kept = enter(Ledger(), [unfit], NOW)
    line = next(
        line
        for line in linkreport.to_lines(rows_of(disclosure(kept), TODAY), "th").splitlines()
        if old in line
    )
    assert f"{old} — เปิดดู แล้วเปลี่ยนเป็นที่อยู่ใหม่ [" in line
    assert "javascript" not in line


def test_markdown_links_the_old_address_alone_where_the_new_one_begins_alike() -> None:
    finding = Finding(f"{HOST}/ok", Verdict.MOVED, final_url=f"{HOST}/ok/new.pdf")
    kept = enter(Ledger(), [finding], NOW)
    shown = MarkdownIt().render(
        linkforms.to_markdown(rows_of(disclosure(kept), TODAY), "th").split("link-moved")[1]
    )
    assert f'href="{HOST}/ok"' in shown
    assert f"url: {HOST}/ok/new.pdf" in shown


def test_what_was_looked_at_by_hand_is_not_called_a_thing_to_mend() -> None:
    kept = acknowledge(
        ledger(),
        f"{HOST}/broken",
        Acknowledgement(reason="เอกสารลับ", on=TODAY, until=TODAY),
    )
    found = [r for r in rows_of(disclosure(kept), TODAY) if r.url == f"{HOST}/broken"]
    assert "  พิจารณาแล้ว measures/2568/01-a.yaml:" in linkreport.to_text(found, "th", plain)
    assert "ต้องแก้ measures" not in linkreport.to_text(found, "th", plain)
    assert "  acknowledged measures/" in linkreport.to_text(found, "en", plain)


def test_json_has_what_is_known_of_each_link() -> None:
    found = json.loads(linkreport.to_json(rows(), "th"))
    assert len(found) == 8
    broken = next(each for each in found if each["url"].endswith("/broken"))
    assert broken["code"] == "link-broken"
    assert broken["severity"] == "error"
    assert (broken["verdict"], broken["cause"], broken["status"]) == ("broken", "not-found", 404)
    assert (broken["streak"], broken["since"]) == (2, "2026-01-04T20:00:00+00:00")
    moved = next(each for each in found if "/moved" in each["url"])
    assert moved["moved_to"] == f"{HOST}/ใหม่.pdf#น.๒"
    assert next(each for each in found if "/blocked" in each["url"])["acknowledged"]
    assert found[-1] == {
        "file": "measures/2568/02-a.yaml", "line": found[-1]["line"], "column": 10,
        "unit": "กองคลัง", "measure": "02-a", "url": UNSEEN, "verdict": "unchecked",
    }  # fmt: skip


def test_the_forms_of_check_take_links_too() -> None:
    github = listing.to_github(linkreport.listed(rows()), "th").splitlines()
    assert [line.split(" ")[0] for line in github] == [
        "::error", "::error", "::warning", "::warning", "::warning", "::notice",
    ]  # fmt: skip
    assert json.loads(listing.to_sarif(linkreport.listed(rows()), "en", "1"))["runs"]


# JUnit: what the schema of its readers asks for (junit-10.xsd)

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:element name="failure"><xs:complexType mixed="true">
  <xs:attribute name="type"/><xs:attribute name="message"/></xs:complexType></xs:element>
 <xs:element name="skipped"><xs:complexType mixed="true">
  <xs:attribute name="type"/><xs:attribute name="message"/></xs:complexType></xs:element>
 <xs:element name="system-out" type="xs:string"/>
 <xs:element name="testcase"><xs:complexType><xs:sequence>
   <xs:choice minOccurs="0" maxOccurs="unbounded">
    <xs:element ref="skipped"/><xs:element ref="failure"/><xs:element ref="system-out"/>
   </xs:choice></xs:sequence>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="classname" type="xs:string"/><xs:attribute name="time"/>
 </xs:complexType></xs:element>
 <xs:element name="testsuite"><xs:complexType><xs:sequence>
   <xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="tests" type="xs:integer" use="required"/>
  <xs:attribute name="failures" type="xs:integer"/><xs:attribute name="errors" type="xs:integer"/>
  <xs:attribute name="skipped" type="xs:integer"/>
 </xs:complexType></xs:element>
 <xs:element name="testsuites"><xs:complexType><xs:sequence>
   <xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="name"/><xs:attribute name="tests"/><xs:attribute name="failures"/>
  <xs:attribute name="errors"/>
 </xs:complexType></xs:element>
</xs:schema>"""


def junit(found: tuple[LinkRow, ...]) -> etree._Element:
    document = etree.fromstring(linkforms.to_junit(found, "th").encode())
    etree.XMLSchema(etree.fromstring(XSD)).assertValid(document)
    return document


def test_junit_has_a_case_for_each_use_and_fails_what_fails() -> None:
    document = junit(rows())
    assert dict(document.attrib) == {
        "name": "prongsai links", "tests": "8", "failures": "2", "errors": "0",
    }  # fmt: skip
    suites = {suite.get("name"): suite for suite in document}
    assert [suite.get("skipped") for suite in suites.values()] == ["0", "1"]
    failures = document.findall(".//failure")
    assert [failure.get("type") for failure in failures] == ["link-unsafe", "link-broken"]
    assert "เว็บไซต์ตอบว่าไม่มีเอกสารนี้" in (failures[1].text or "")
    assert len(document.findall(".//testcase")) == 8
    assert document.find(".//skipped").get("message") == "เปิดได้ | ดูแล้ว"
    assert junit(()).get("tests") == "0"


def test_a_test_keeps_its_name_when_its_line_moves() -> None:
    def names(*before: str) -> list[str | None]:
        proof = [{"title": "ก", "url": url} for url in (*before, UNSAFE, f"{HOST}/ok", UNSAFE)]
        report = report_of(measure(1, evidence=proof))
        office = Agency.model_validate(AGENCY)
        document = junit(rows_of(Disclosure(agency=office, reports=(report,)), TODAY))
        return [case.get("name") for case in document.iter("testcase")]

    assert names() == [f"link-unsafe {UNSAFE}", f"link-unsafe {UNSAFE} (2)", f"{HOST}/ok"]
    assert set(names(f"{HOST}/new")) == {*names(), f"{HOST}/new"}


@given(st.text(), st.text())
def test_junit_and_markdown_bear_any_text(note: str, reason: str) -> None:
    kept = enter(Ledger(), [Finding(f"{HOST}/ok", Verdict.BROKEN, note=note)], NOW)
    said = Acknowledgement(reason=reason, on=TODAY, until=TODAY)
    for each in (kept, acknowledge(kept, f"{HOST}/ok", said)):
        found = rows_of(disclosure(each), TODAY)
        junit(found)
        table = [
            line for line in linkforms.to_markdown(found, "th").splitlines() if line[:1] == "|"
        ]
        assert {line.count("|") for line in table} == {5}


def test_markdown_is_one_table_whose_links_lead_where_they_say() -> None:
    text = linkforms.to_markdown(rows(), "th")
    shown = MarkdownIt().enable("table").render(text)
    cells = re.findall(r"<td>(.*?)</td>", shown)
    assert len(cells) == 4 * 6
    assert f'href="{HOST}/broken"' in shown
    assert 'href="http://10.0.0.1/a"' not in shown
    assert "พิจารณาแล้ว" in cells[20]
    assert "link-unsafe" in cells[1]
    assert "ไม่มีลิงก์ที่ต้องแก้" in linkforms.to_markdown((), "th")
    assert "7 links, to mend 2, to look at 2" in linkforms.to_markdown(rows(), "en")


# The memo


def test_each_unit_with_something_to_look_at_gets_one_memo() -> None:
    text = memo.memos(rows(), disclosure().agency)
    office, division = re.split(r"\n─+\n\n", text)
    assert "เรียน  หัวหน้าสำนักปลัด\n" in office
    assert "เรียน  ผู้อำนวยการกองคลัง\n" in division
    assert "ส่วนราชการ  อบต.ตัวอย่าง\n" in office
    assert (
        "ด้วยการตรวจลิงก์เมื่อวันที่ ๖ มกราคม ๒๕๖๙ พบว่า ลิงก์หลักฐานของมาตรการที่สำนักปลัดเป็นผู้รับผิดชอบ"
        " จำนวน ๓ รายการ" in office
    )
    assert "ตั้งแต่ ๕ ม.ค. ๒๕๖๙ ตรวจแล้ว ๒ ครั้ง" in office
    assert f"ที่อยู่ใหม่: {HOST}/ใหม่.pdf#น.๒" in office
    assert "หากเปิดได้ตามปกติ โปรดแจ้งผู้ดูแลข้อมูลเพื่อบันทึกไว้" in office
    assert "เปิดได้ (ย้ายที่อยู่)\n" in office
    assert "boom" not in text, "what a server says stands in no letter"
    assert "เข้าไม่ได้ในขณะตรวจ ตั้งแต่" in division
    assert "จึงเรียนมาเพื่อโปรดพิจารณา" in office
    assert "/ok" not in office
    assert "/blocked" not in division  # acknowledged
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "ใช้ในมาตรการ “นโยบายไม่รับของขวัญ” ปีงบประมาณ พ.ศ. ๒๕๖๘" in office
    assert memo.memos((), disclosure().agency) == ""


def test_no_letter_is_written_about_what_may_mend_itself() -> None:
    kept = enter(Ledger(), [Finding(f.url, Verdict.TEMPORARY) for f in FINDINGS], NOW)
    broken = enter(kept, [Finding(f"{HOST}/broken", Verdict.BROKEN)], NOW)
    report = disclosure(broken).model_copy(update={"ledger": broken})
    text = memo.memos(rows_of(report, TODAY), report.agency)
    assert text.count("บันทึกข้อความ") == 1
    assert UNSAFE in text
    assert HOST not in text
    later = NOW + timedelta(days=1)
    again = enter(kept, [Finding(f"{HOST}/ok", Verdict.TEMPORARY)], later)
    assert f"{HOST}/ok" in memo.memos(rows_of(disclosure(again), TODAY), report.agency)


def test_a_memo_writes_numbers_as_the_office_does() -> None:
    text = memo.memos(rows(), disclosure(digits="arabic").agency)
    assert "เมื่อวันที่ 6 มกราคม 2569" in text
    assert "จำนวน 3 รายการ" in text


@pytest.mark.parametrize(
    ("unit", "head"),
    [
        ("กองช่าง", "ผู้อำนวยการกองช่าง"),
        ("สำนักปลัด อบต.", "หัวหน้าสำนักปลัด อบต."),
        ("หน่วยตรวจสอบภายใน", "หัวหน้าหน่วยตรวจสอบภายใน"),
        ("ทุกส่วนราชการ", "หัวหน้าส่วนราชการ (ทุกส่วนราชการ)"),
    ],
)
def test_whom_a_memo_is_addressed_to(unit: str, head: str) -> None:
    report = report_of(measure(responsible_unit=unit, evidence=[{"title": "ก", "url": UNSAFE}]))
    office = Agency.model_validate(AGENCY)
    found = rows_of(Disclosure(agency=office, reports=(report,)), TODAY)
    text = memo.memos(found, office)
    assert f"เรียน  {head}\n" in text
    assert "ด้วยการตรวจที่อยู่เว็บของเอกสารในรายงาน พบว่า" in text


# Every code of links is made above, or here


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.INVALID, "link-invalid"),
        (Verdict.BROKEN, "link-broken-once"),
        (Verdict.MOVED_HOME, "link-home-page"),
        (Verdict.SOFT_MISSING, "link-soft-missing"),
        (Verdict.WRONG_CONTENT, "link-wrong-content"),
        (Verdict.EMPTY, "link-empty"),
        (Verdict.SUSPECT, "link-incomplete"),
        (Verdict.DNS, "link-no-host"),
        (Verdict.TLS, "link-certificate"),
    ],
)
def test_each_verdict_is_told(verdict: Verdict, code: str) -> None:
    kept = enter(Ledger(), [Finding(f"{HOST}/ok", verdict)], NOW)
    assert f": {code}: " in linkreport.to_lines(rows_of(disclosure(kept), TODAY), "en")


def test_notes_replacements_and_ends_are_told() -> None:
    first = Finding(f"{HOST}/ok", Verdict.OK, size=1, sha256="a")
    other = Finding(f"{HOST}/ok", Verdict.OK, size=2, sha256="b", cause=Cause.ANCHOR_MISSING)
    kept = enter(enter(Ledger(), [first], NOW - timedelta(days=9)), [other], NOW)
    said = Acknowledgement(reason="ดูแล้ว", on=TODAY, until=TODAY)
    kept = acknowledge(kept, first.url, said)
    lines = linkreport.to_lines(rows_of(disclosure(kept), TODAY + timedelta(days=1)), "th")
    for code in ("link-note", "link-document-changed", "link-acknowledgement-expired"):
        assert f": {code}: " in lines
    assert "เปลี่ยนไปจากเดิมเมื่อ ๖ ม.ค. ๒๕๖๙" in lines
    assert "ครบกำหนดเมื่อ ๖ ม.ค. ๒๕๖๙" in lines


def test_no_code_of_links_is_one_that_a_file_acknowledges() -> None:
    assert not set(WARNINGS) & set(LINKS)
    assert "link-text-bare" in WARNINGS
