"""Rules about proof: what is claimed, what is offered, and where it stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from site_builder.ledger import Finding, Ledger, enter
from site_builder.verdicts import Verdict

from .reports import codes, judged, measure

OWN = "https://www.dongmuang.go.th/files/a.pdf"


def proof(url: str = OWN, title: str = "ประกาศนโยบาย") -> dict[str, str]:
    return {"title": title, "url": url}


CLAIMS = {
    "ประกาศ อบต.ดงเมือง เรื่อง นโยบาย": "ประกาศ",
    "มีการประกาศนโยบายแล้ว": "มีการประกาศ",
    "โพสต์ในเพจเฟซบุ๊ก": "โพสต์",
    "นำขึ้นเว็บไซต์แล้ว": "ขึ้นเว็บไซต์",
    "ลงนามในประกาศเจตจำนงแล้ว": "ลงนามในประกาศ",
    "ไม่มีการเผยแพร่ข้อมูลส่วนบุคคล": None,
    "ยังไม่ได้ประกาศ": None,
    "เผยแพร่รายงานแล้ว": "เผยแพร่",
    "ประชาสัมพันธ์ให้ประชาชนทราบ": "ประชาสัมพันธ์",
    "มีการจัดทำสมุดคู่มือการใช้รถ": "จัดทำสมุดคู่มือ",
    "แจ้งเวียนทุกส่วนราชการ": "แจ้งเวียน",
    "มีช่องทางคือ Facebook": "คือ Facebook",
    "แจ้งผ่านเว็บไซต์": "ผ่านเว็บไซต์",
    "บุคลากรปฏิบัติตามประกาศ": None,
    "บุคลากรทราบมาตรการเผยแพร่ข้อมูลต่อสาธารณะ": None,
    "มอบประกาศนียบัตรแก่ผู้เข้าอบรม": None,
    "ไม่มีเรื่องร้องเรียน": None,
    "ประชาชนพึงพอใจบริการออนไลน์": None,
}


@pytest.mark.parametrize(("text", "claim"), CLAIMS.items())
def test_what_is_claimed_can_be_opened(text: str, claim: str | None) -> None:
    found = judged(measure(result_summary=text))
    if claim is None:
        assert codes(found) == []
        return
    assert codes(found) == ["claim-without-evidence"]
    assert dict(found[0].details)["value"] == claim
    column = len("result_summary: ") + text.index(claim) + 1
    assert str(found[0].place) == f"measures/2568/01-a.yaml:6:{column}"
    assert codes(judged(measure(result_summary=text, evidence=[proof()]))) == []
    linked = f"{text} [เอกสารฉบับเต็ม]({OWN})"
    assert codes(judged(measure(result_summary=linked))) == []
    assert codes(judged(measure(method=text))) == []


EDITIONS = {
    "ทั้งฉบับภาษาไทยและภาษาอังกฤษ": 2,
    "ทั้งภาษาไทยและภาษาอังกฤษ": 2,
    "รอบที่ ๑ และรอบที่ ๒": 2,
    "รอบ ๖ เดือน และรอบ ๑๒ เดือน": 2,
    "ทั้งไทยและอังกฤษ": 2,
    "ครั้งที่ ๑ ครั้งที่ ๒ และครั้งที่ ๓": 3,
    "จัดทำคำสั่ง ๓ ฉบับ": 3,
    "จัดทำประกาศสองฉบับ": 2,
    "จัดทำประกาศฉบับภาษาไทย": 1,
    "จัดทำคำสั่ง ๑ ฉบับ": 1,
    "ตามพระราชบัญญัติ ฉบับที่ ๒": 1,
    "รอบที่ ๑": 1,
}


@pytest.mark.parametrize(("text", "claimed"), EDITIONS.items())
def test_each_edition_has_its_address(text: str, claimed: int) -> None:
    def found(given: int) -> list[str]:
        urls = [f"https://www.dongmuang.go.th/{n}.pdf" for n in range(given)]
        return codes(judged(measure(result_summary=text, evidence=[proof(u) for u in urls])))

    assert found(claimed) == []
    assert found(1) == ["evidence-fewer-than-editions"] * (claimed > 1)


PLACES = {
    OWN: [],
    "https://dongmuang.go.th/a.pdf": [],
    "https://files.dongmuang.go.th/a.pdf": [],
    "https://www.dongmuang.go.th/?page=12": [],
    "https://www.dongmuang.go.th/#news": [],
    "https://www.dongmuang.go.th/": ["evidence-home-page"],
    "https://www.dongmuang.go.th": ["evidence-home-page"],
    "https://www.dongmuang.go.th/index.php": ["evidence-home-page"],
    "https://www.dongmuang.go.th/Index.HTML": ["evidence-home-page"],
    "https://www.dongmuang.go.th/?lang=th&fbclid=1": ["evidence-home-page"],
    "https://www.dongmuang.go.th/site/home": ["evidence-home-page"],
    "https://www.dongmuang.go.th/home.php": ["evidence-home-page"],
    "https://dongmuang.vercel.app/a.pdf": ["evidence-staging"],
    "http://dongmuang.go.th/a.pdf": ["evidence-http"],
    "http://www.dongmuang.go.th:8080/a.pdf": [],
    "https://test.dongmuang.go.th/a.pdf": ["evidence-staging"],
    "https://dongmuang-staging.go.th/a.pdf": ["evidence-off-host", "evidence-staging"],
    "https://www.testimony.go.th/a.pdf": ["evidence-off-host"],
    "http://www.dongmuang.go.th/a.pdf": ["evidence-http"],
    "http://www.other.go.th/a.pdf": ["evidence-off-host"],
    "https://drive.google.com/file/d/1/view": ["evidence-file-sharing"],
    "https://office-my.sharepoint.com/a": ["evidence-file-sharing"],
    "https://bit.ly/abc": ["evidence-short-link"],
    "https://www.dongmuang.go.th/wp-admin/post.php?post=1": ["evidence-login"],
    "https://www.dongmuang.go.th/login": ["evidence-login"],
    "https://accounts.google.com/signin": ["evidence-login"],
    "https://www.dongmuang.go.th/administration/plan.pdf": [],
    "https://www.dongmuang.go.th.evil.com/a.pdf": ["evidence-off-host"],
    "https://www.nacc.go.th/a.pdf": ["evidence-off-host"],
    "https://files.partner.go.th/a.pdf": [],
}


@pytest.mark.parametrize(("url", "expected"), PLACES.items())
def test_where_evidence_stands(url: str, expected: list[str]) -> None:
    found = judged(measure(evidence=[proof(url)]), allowed_hosts=["partner.go.th"])
    assert codes(found) == expected
    assert all(str(each.place) == "measures/2568/01-a.yaml:8:10" for each in found)


def test_https_is_known_from_the_ledger_too() -> None:
    spoken = enter(
        Ledger(),
        [Finding("https://partner.go.th/x", Verdict.OK)],
        datetime(2025, 1, 1, tzinfo=UTC),
    )
    plain = measure(evidence=[proof("http://partner.go.th/a.pdf")])
    assert codes(judged(plain, allowed_hosts=["partner.go.th"])) == []
    (found,) = judged(plain, allowed_hosts=["partner.go.th"], ledger=spoken)
    assert (found.code, found.example) == ("evidence-http", "url: https://partner.go.th/a.pdf")


def test_allowed_hosts_are_taken_as_an_office_writes_them() -> None:
    shared = measure(evidence=[proof("https://drive.google.com/file/d/1/view")])
    for written in ("drive.google.com", "https://drive.google.com/", "google.com"):
        assert codes(judged(shared, allowed_hosts=[written])) == []


def test_one_address_does_not_prove_everything() -> None:
    several = [measure(n, evidence=[proof(), proof()]) for n in (1, 2, 3)]
    other = measure(4, evidence=[proof("https://www.dongmuang.go.th/files/b.pdf")])
    assert codes(judged(several[0])) == []
    assert codes(judged(*several[:2], other)) == []
    assert codes(judged(*several[:2])) == ["evidence-same-address"]
    spelt = ("https://www.dongmuang.go.th/news", "https://dongmuang.go.th/news/?utm_source=a")
    alike = [measure(n, evidence=[proof(url)]) for n, url in enumerate(spelt, 1)]
    assert codes(judged(*alike)) == ["evidence-same-address"]
    pages = [measure(n, evidence=[proof(f"{OWN}#page={n}")]) for n in (1, 2, 3)]
    assert codes(judged(*pages)) == []
    (found,) = judged(*several)
    assert (found.code, str(found.place)) == (
        "evidence-same-address",
        "measures/2568/01-a.yaml:8:10",
    )
    assert "3 มาตรการ" in found.message()


WORDS = {
    "ประกาศนโยบาย No Gift Policy": None,
    "รายละเอียดโครงการอบรม": None,
    "คลิก": "link-text-vague",
    "คลิกที่นี่": "link-text-vague",
    "คลิก ดูรายละเอียด": "link-text-vague",
    "ที่นี่": "link-text-vague",
    "ดูเพิ่มเติม": "link-text-vague",
    "Click here": "link-text-vague",
    "ลิงก์": "link-text-vague",
    "ดาวน์โหลด": "link-text-vague",
    "เอกสารแนบ ๑": "link-text-vague",
    "a.pdf": "link-text-vague",
    ">> คลิกดู <<": "link-text-vague",
    "คลิกดูประกาศนโยบาย No Gift Policy": None,
    OWN: "link-text-bare",
    "www.dongmuang.go.th": "link-text-bare",
}


@pytest.mark.parametrize(("words", "code"), WORDS.items())
def test_the_words_of_a_link_say_what_it_is(words: str, code: str | None) -> None:
    expected = [code] if code else []
    assert codes(judged(measure(evidence=[proof(title=words)]))) == expected
    assert codes(judged(measure(method=f"ดู [{words}]({OWN})"))) == expected


def test_a_bare_address_in_a_text_is_marked_where_it_stands() -> None:
    (found,) = judged(measure(method=f"ดูที่ {OWN} ทั้งหมด"))
    assert (found.code, str(found.place)) == ("link-text-bare", "measures/2568/01-a.yaml:3:15")


def test_the_mark_stands_under_the_words_of_a_link_and_the_example_is_the_measures_own() -> None:
    (found,) = judged(measure(method=f"ดู [คลิก]({OWN})"))
    assert (found.code, str(found.place)) == ("link-text-vague", "measures/2568/01-a.yaml:3:13")
    assert found.example == "นโยบายไม่รับของขวัญ"


def test_only_a_public_bodys_host_is_offered_as_one_to_vouch_for() -> None:
    (body,) = judged(measure(evidence=[proof("https://www.nacc.go.th/a.pdf")]))
    (stranger,) = judged(measure(evidence=[proof("https://www.dongmuang.go.th.evil.com/a.pdf")]))
    assert body.example == "allowed_hosts: [www.nacc.go.th]"
    assert "evil" not in stranger.example
