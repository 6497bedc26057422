"""What readers see of link checks: words, dates, causes and next steps, and nothing hostile."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder import pages
from site_builder.causes import Cause
from site_builder.causes import words_for as words_for_cause
from site_builder.ledger import Acknowledgement, Entry, Ledger
from site_builder.model import Disclosure
from site_builder.pages.verdict_words import meaning, next_step
from site_builder.verdicts import Verdict, words_for

from .every_verdict import NOW, TODAY, cases, entry
from .test_checks import HOSTILE
from .test_pages import edition, rendered, with_measure

URL = "https://www.example.go.th/a.pdf"


def checked(disclosure: Disclosure, found: Entry | None, url: str = URL) -> Disclosure:
    """One measure with one link, and what is known of it."""
    made = with_measure(disclosure, evidence=[{"title": "ประกาศ", "url": url}])
    return made.model_copy(update={"ledger": Ledger(links={url: found} if found else {})})


def section(made: Disclosure, today: date = TODAY) -> BeautifulSoup:
    report = made.reports[0]
    return rendered(pages.indicator(edition(made, today), report, report.indicators[2]))


def listed(made: Disclosure, today: date = TODAY) -> BeautifulSoup:
    return rendered(pages.links(edition(made, today)))


def beside(made: Disclosure, today: date = TODAY) -> Tag:
    """The list item of the evidence."""
    (item,) = [i for i in section(made, today).find_all("li") if "ประกาศ" in i.get_text()]
    return item


def test_the_cases_hold_every_verdict_and_every_cause() -> None:
    assert {cause for _, cause in cases()} == {None, *Cause}
    assert {verdict for verdict, _ in cases()} == {*Verdict} - {Verdict.UNCHECKED}


@pytest.mark.parametrize(("verdict", "cause"), cases())
def test_beside_a_link_stand_its_verdict_its_date_and_its_cause(
    disclosure: Disclosure, verdict: Verdict, cause: Cause | None
) -> None:
    made = checked(disclosure, entry(verdict, cause))
    for page in (beside(made), listed(made)):
        text = page.get_text()
        assert words_for(verdict).th in text
        assert "ตรวจล่าสุด ๒๓ พ.ย. พ.ศ. ๒๕๖๙" in text
        assert "เก่ากว่า" not in text
        assert "technician" not in str(page)
        if cause:
            # "No such host" says it all with the verdict.
            assert words_for_cause(cause).th.removesuffix("นี้") in text
        reachable = verdict in {Verdict.OK, Verdict.MOVED}
        assert ("เปิดได้ครั้งล่าสุด ๑๔ พ.ย. พ.ศ. ๒๕๖๙" in text) == (not reachable)
    for sign in beside(made).select(".verdict .sign"):
        assert sign["aria-hidden"] == "true"


def test_before_the_first_check_a_link_says_so(disclosure: Disclosure) -> None:
    item = beside(checked(disclosure, None))
    assert "ยังไม่ได้ตรวจ" in item.get_text()
    assert not item.find("time")


def test_a_moved_document_is_linked_where_it_is_now(disclosure: Disclosure) -> None:
    new = "https://new.example.go.th/'\"|<b>(1)&x=[2]"
    made = checked(disclosure, entry(Verdict.MOVED, final_url=new))
    for page in (beside(made), listed(made)):
        assert "ที่อยู่ใหม่:" in page.get_text()
        assert page.find("a", href=new).get_text() == new
        assert not page.find("b")


def test_where_other_redirects_ended_is_told_and_not_linked(disclosure: Disclosure) -> None:
    home = "https://www.example.go.th/th/"
    item = beside(checked(disclosure, entry(Verdict.MOVED_HOME, Cause.HOME_PAGE, final_url=home)))
    assert f"ไปสิ้นสุดที่ {home}" in item.get_text()
    assert not item.find("a", href=home)


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.MOVED, Verdict.MOVED_HOME, Verdict.BROKEN])
@pytest.mark.parametrize("final", HOSTILE)
def test_a_hostile_final_address_reaches_no_page(
    disclosure: Disclosure, final: str, verdict: Verdict
) -> None:
    made = checked(disclosure, entry(verdict, final_url=final))
    for page in (section(made), listed(made)):
        assert "ที่อยู่ใหม่" not in page.get_text().replace("แจ้งที่อยู่ใหม่", "")
        assert "ไปสิ้นสุดที่" not in page.get_text()
        assert_only_publishable_links(page)


def assert_only_publishable_links(page: BeautifulSoup) -> None:
    for link in page.find_all("a"):
        scheme = urlsplit(link["href"]).scheme
        assert scheme in {"", "https"}, link
        own = {"data-standing", "data-start", "data-told"}
        assert {*link.attrs} - own <= {"href", "class", "data-verdict"}
    assert not page.find_all(["script", "img", "b", "h4"])


@settings(max_examples=60)
@example("x|y\n\n# a", "a|b", "`<b>`", "https://x.go.th/|\"'>)")
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_words_of_servers_and_officers_cannot_break_a_page(
    disclosure: Disclosure, words: str, vantage: str, checker: str, final: str
) -> None:
    found = entry(
        Verdict.BLOCKED,
        Cause.FORBIDDEN,
        note=words,
        vantage=vantage,
        checker=checker,
        content_type=words,
        chain=(words,),
        final_url=final,
        acknowledged=Acknowledgement(reason=words, on=TODAY, until=TODAY),
    )
    made = checked(disclosure, found)
    whole, page = section(made), listed(made)
    assert [h.get("id") for h in whole.find_all("h2")] == ["m"]
    assert [h.get("id") for h in page.find_all("h2")] == ["to-look-at", "all-links"]
    assert len(page.select("table tbody tr")) == 2
    for each in (whole, page):
        assert_only_publishable_links(each)


@pytest.mark.parametrize("verdict", [Verdict.UNSAFE, Verdict.INVALID])
def test_what_is_not_published_is_a_link_nowhere(disclosure: Disclosure, verdict: Verdict) -> None:
    made = checked(disclosure, entry(verdict))
    report = made.reports[0]
    for page in (section(made), listed(made), rendered(pages.year(edition(made), report))):
        assert not page.find_all("a", href=URL)
        assert not page.find_all(attrs={"data-verdict": True})
    assert URL in listed(made).get_text()


def test_a_first_failure_is_not_called_missing(disclosure: Disclosure) -> None:
    made = checked(disclosure, entry(Verdict.BROKEN, Cause.NOT_FOUND, streak=1, since=NOW))
    for page in (beside(made), listed(made)):
        text = page.get_text()
        assert "พบปัญหาเป็นครั้งแรก จะตรวจซ้ำก่อนสรุปผล" in text
        assert words_for(Verdict.TEMPORARY).th in text
        assert words_for(Verdict.BROKEN).th not in text
        assert words_for_cause(Cause.NOT_FOUND).th not in text


def test_a_document_that_changed_says_when(disclosure: Disclosure) -> None:
    found = entry(Verdict.OK, content_since=NOW - timedelta(days=3))
    assert "เอกสารเปลี่ยนเมื่อ ๒๐ พ.ย. พ.ศ. ๒๕๖๙" in beside(checked(disclosure, found)).get_text()


def test_a_result_is_old_after_thirty_days(disclosure: Disclosure) -> None:
    made = checked(disclosure, entry(Verdict.OK))
    for days, old in ((30, False), (31, True)):
        for page in (beside(made, TODAY + timedelta(days)), listed(made, TODAY + timedelta(days))):
            assert ("ผลนี้เก่ากว่า ๓๐ วัน" in page.get_text()) == old
            # What is told already is not left for the script to tell again.
            assert bool(page.select("time[data-old]")) == (not old)


def test_the_script_finds_the_words_in_the_offices_digits(disclosure: Disclosure) -> None:
    made = checked(disclosure, entry(Verdict.OK))
    agency = made.agency.model_copy(update={"digits": "arabic"})
    time = beside(made.model_copy(update={"agency": agency})).find("time")
    assert time["data-old"] == "ผลนี้เก่ากว่า 30 วัน"
    assert beside(made).find("time")["data-old"] == "ผลนี้เก่ากว่า ๓๐ วัน"


def test_an_acknowledgement_is_told_while_it_holds(disclosure: Disclosure) -> None:
    until = TODAY + timedelta(days=8)
    acknowledged = Acknowledgement(reason="เปิดได้ตามปกติ <b>", on=TODAY, until=until)
    made = checked(disclosure, entry(Verdict.BLOCKED, Cause.LOGIN, acknowledged=acknowledged))
    words = "เจ้าหน้าที่เปิดดูด้วยตนเองแล้ว (เปิดได้ตามปกติ <b>) มีผลถึง ๑ ธ.ค. พ.ศ. ๒๕๖๙"
    step, _ = next_step(entry(Verdict.BLOCKED, Cause.LOGIN))
    for page in (beside(made, until), listed(made, until)):
        assert words in page.get_text()
    assert step not in listed(made, until).get_text()
    after = until + timedelta(days=1)
    for page in (beside(made, after), listed(made, after)):
        assert "เจ้าหน้าที่เปิดดู" not in page.get_text()
    assert step in listed(made, after).get_text()


def test_a_very_long_address_is_shown_short_and_linked_whole(disclosure: Disclosure) -> None:
    long = f"https://www.example.go.th/{'ก' * 2000}.pdf"
    made = checked(disclosure, entry(Verdict.OK), long)
    for page in (beside(made), listed(made)):
        assert page.find("a", href=long)
        assert "…" in page.get_text()
        assert "ก" * 200 not in page.get_text()


# The page of all links


def several(disclosure: Disclosure, *units: tuple[str, Entry | None]) -> Disclosure:
    """A measure for each unit with a link of its own."""
    made = with_measure(disclosure)
    (measure,) = made.reports[0].measures
    measures, known = [], {}
    for number, (unit, found) in enumerate(units):
        url = f"https://www.example.go.th/{number}.pdf"
        evidence = [{"title": f"หลักฐาน {number}", "url": url}]
        (one,) = (
            with_measure(disclosure, responsible_unit=unit, evidence=evidence).reports[0].measures
        )
        measures.append(one.model_copy(update={"id": f"m{number}"}))
        if found:
            known[url] = found
    assert measure.id == "m"
    report = made.reports[0].model_copy(update={"measures": tuple(measures)})
    return made.model_copy(update={"reports": (report,), "ledger": Ledger(links=known)})


def state(made: Disclosure) -> str:
    (found,) = listed(made).select(".links-state")
    return found.get_text()


def test_the_state_is_told_in_one_sentence(disclosure: Disclosure) -> None:
    good, moved = entry(Verdict.OK), entry(Verdict.MOVED)
    bad, robots = entry(Verdict.TEMPORARY), entry(Verdict.NOT_CHECKED, Cause.ROBOTS)
    assert state(several(disclosure, ("ก", good), ("ข", moved))) == "ทุกลิงก์เปิดได้"
    told = state(several(disclosure, ("ก", good), ("ข", robots), ("ค", None)))
    assert told == "ทุกลิงก์ที่ตรวจแล้วเปิดได้ ยังไม่มีผลตรวจ ๒ ลิงก์"
    assert state(several(disclosure, ("ก", good), ("ข", bad), ("ค", None))) == "เปิดได้ ๑ จาก ๓ ลิงก์"
    assert state(several(disclosure, ("ก", robots))) == "เปิดได้ ๐ จาก ๑ ลิงก์"
    assert "ยังไม่ได้ตรวจลิงก์" in state(several(disclosure, ("ก", None)))


def test_a_page_without_faults_has_no_units(disclosure: Disclosure) -> None:
    for found in (entry(Verdict.OK), entry(Verdict.NOT_CHECKED), None):
        page = listed(several(disclosure, ("ก", found)))
        assert not page.select("h3")
        assert [h["id"] for h in page.find_all("h2")] == ["all-links"]


def test_units_stand_worst_first_and_empty_ones_not_at_all(disclosure: Disclosure) -> None:
    broken = entry(Verdict.BROKEN, Cause.NOT_FOUND)
    slow, blocked = entry(Verdict.TEMPORARY, Cause.TIMED_OUT), entry(Verdict.BLOCKED)
    made = several(
        disclosure,
        ("ดี", entry(Verdict.OK)),
        ("ปิดกั้น", blocked),
        ("ช้าหนึ่ง", slow),
        ("ช้าสอง", slow),
        ("ช้าสอง", slow),
        ("ไม่พบ", broken),
    )
    page = listed(made)
    names = [h.get_text() for h in page.find_all("h3")]
    assert names == ["ไม่พบ (๑ ลิงก์)", "ช้าสอง (๒ ลิงก์)", "ช้าหนึ่ง (๑ ลิงก์)", "ปิดกั้น (๑ ลิงก์)"]
    jumps = [(a.get_text(), a["href"]) for a in page.select('a[href^="#unit-"]')]
    assert jumps == [(h.get_text(), f"#{h['id']}") for h in page.find_all("h3")]


def test_a_units_anchor_is_its_names_and_nothing_elses(disclosure: Disclosure) -> None:
    bad = entry(Verdict.TEMPORARY)
    units = [('กอง | "ช่าง" {: #x }', bad), ("กอง  คลัง", bad), ("กอง คลัง", entry(Verdict.DNS))]
    page = listed(several(disclosure, *units))
    anchors = {h.get_text().split(" (")[0]: h["id"] for h in page.find_all("h3")}
    assert len(anchors) == 2
    assert anchors["กอง คลัง"] == "unit-accf139d"
    assert all(re.fullmatch(r"unit-[0-9a-f]{8}", anchor) for anchor in anchors.values())


def test_a_unit_sees_cause_date_next_step_and_measure(disclosure: Disclosure) -> None:
    page = listed(several(disclosure, ("กองคลัง", entry(Verdict.BROKEN, Cause.GONE))))
    heading = page.find("h3")
    told, links = heading.find_next_sibling("p"), heading.find_next_sibling("ul")
    assert "เว็บไซต์ตอบว่าลบเอกสารนี้แล้ว" in told.get_text()
    assert f"ขั้นต่อไป: {next_step(entry(Verdict.BROKEN, Cause.GONE))[0]}" in told.get_text()
    (item,) = links.find_all("li")
    assert "พบตั้งแต่ ๑๕ พ.ย. พ.ศ. ๒๕๖๙" in item.get_text()
    hrefs = [(a.get_text(), a["href"]) for a in item.find_all("a")]
    assert hrefs == [
        ("หลักฐาน 0", "https://www.example.go.th/0.pdf"),
        ("ม", "2568/indicators/3.md#m0"),
    ]


def test_links_of_one_kind_are_told_together(disclosure: Disclosure) -> None:
    same = entry(Verdict.TLS, Cause.CERTIFICATE_EXPIRED)
    page = listed(several(disclosure, *[("กองคลัง", same)] * 40))
    assert len(page.select(".links-alike")) == 1
    assert len(page.select(".links-alike + ul > li")) == 40


def test_the_origin_of_the_results_is_told(disclosure: Disclosure) -> None:
    early = NOW - timedelta(days=2)
    two = (
        entry(Verdict.OK),
        entry(Verdict.OK, last_checked=early, last_ok=early, vantage="ศูนย์ข้อมูล"),
    )
    page = listed(several(disclosure, ("ก", two[0]), ("ก", two[1])))
    assert page.select(".links-origin")[0].get_text() == (
        "ตรวจจาก ศูนย์ข้อมูล, สำนักงาน อบต.ดงเมือง ด้วย prongsai 0.2 LinkChecker 10.6.0 "
        "เมื่อ ๒๑ พ.ย. พ.ศ. ๒๕๖๙ ถึง ๒๓ พ.ย. พ.ศ. ๒๕๖๙"
    )
    bare = entry(Verdict.OK, vantage=None, checker=None)
    page = listed(several(disclosure, ("ก", bare)))
    assert (
        page.select(".links-origin")[0].get_text()
        == "ตรวจด้วย โปรแกรม LinkChecker เมื่อ ๒๓ พ.ย. พ.ศ. ๒๕๖๙"
    )


def test_the_totals_add_up_and_say_what_they_mean(disclosure: Disclosure) -> None:
    made = several(disclosure, *[("ก", entry(verdict, cause)) for verdict, cause in cases()])
    table = listed(made).find("table")
    rows = [[c.get_text() for c in r.find_all(["th", "td"])] for r in table.select("tbody tr")]
    assert sum(int(row[1]) for row in rows) == len(cases())
    assert len({row[0] for row in rows}) == len(rows)
    assert ["✓ เปิดได้", "๕", meaning(Verdict.OK)[0]] in rows


def test_a_long_list_and_older_years_are_folded(disclosure: Disclosure) -> None:
    def folds(made: Disclosure) -> list[bool]:
        page = listed(made)
        return [t.find_parent("details") is not None for t in page.select("table")][1:]

    few = several(disclosure, *[("ก", entry(Verdict.OK))] * 50)
    many = several(disclosure, *[("ก", entry(Verdict.OK))] * 51)
    assert folds(few) == [False]
    assert folds(many) == [True]
    older = few.reports[0].model_copy(update={"fiscal_year": 2567})
    assert folds(few.model_copy(update={"reports": (*few.reports, older)})) == [False, True]


@pytest.mark.parametrize("verdict", sorted(Verdict))
def test_every_verdict_has_a_meaning_and_a_next_step(verdict: Verdict) -> None:
    for words in (*meaning(verdict), *next_step(entry(verdict))):
        assert words
        assert not words.endswith((".", " "))
