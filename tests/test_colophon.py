"""The colophon of a page: honest about its age, and a way to the office."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import markdown
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from site_builder import publication
from site_builder.edition import Edition
from site_builder.history import Age, Known
from site_builder.ledger import Finding, Ledger, enter
from site_builder.model import Contact, Disclosure, Name
from site_builder.pages.colophon import Leaf, colophon
from site_builder.pages.permanent_link import permanent_link
from site_builder.problems import Language
from site_builder.verdicts import Verdict

from .browsing import served

TODAY = date(2026, 11, 28)
# 02:00 of the 24th in Thailand.
MOMENT = datetime(2026, 11, 23, 19, tzinfo=UTC)
URLS = ("https://www.example.go.th/a.pdf", "https://www.example.go.th/b.pdf")
NASTY = '"><script>alert(1)</script>\n&amp;\r\nBcc: x@y.th'


def edition_of(
    disclosure: Disclosure, language: Language = "th", checked: int = 0, **agency: Any
) -> Edition:
    ledger = enter(Ledger(), [Finding(url, Verdict.OK) for url in URLS[:checked]], MOMENT)
    own = disclosure.agency.model_copy(update=agency)
    return Edition(disclosure.model_copy(update={"agency": own, "ledger": ledger}), TODAY, language)


def shown(edition: Edition, **fields: Any) -> dict[str, str]:
    """The lines of a colophon, by term, after Markdown has read it."""
    page = read(edition, **fields)
    return {
        group.dt.get_text(): group.dd.get_text(" ", strip=True) for group in page.select("dl > div")
    }


def read(edition: Edition, **fields: Any) -> BeautifulSoup:
    leaf = Leaf(
        **{"title": "หน้า", "address": "https://x.go.th/2568/", "age": Age(Known.NOTHING), **fields}
    )
    text = f"# ก\n\nข้อความ\n\n{colophon(edition, leaf)}\n"
    rendered = markdown.markdown(text, extensions=["tables", "attr_list", "toc"])
    found = BeautifulSoup(rendered, "html.parser")
    assert found.select_one("section.colophon > dl")
    assert not found.select("section p")
    return found


@pytest.mark.parametrize(
    ("age", "thai", "english"),
    [
        (Age(Known.UPDATED, MOMENT), "๒๔ พ.ย. พ.ศ. ๒๕๖๙", "24 Nov 2026"),
        (
            Age(Known.UNCHANGED_SINCE, MOMENT),
            "ไม่มีการแก้ไขหลังจาก ๒๔ พ.ย. พ.ศ. ๒๕๖๙",
            "unchanged since 24 Nov 2026",
        ),
        (Age(Known.NOT_COMMITTED), "กำลังแก้ไข ยังไม่บันทึกในประวัติ", "being edited, not committed yet"),
        (Age(Known.NOTHING), "ไม่ทราบวัน (ไม่มีประวัติการแก้ไข)", "not known (no history at hand)"),
    ],
)
def test_no_more_is_said_of_the_age_than_is_known(
    disclosure: Disclosure, age: Age, thai: str, english: str
) -> None:
    assert shown(edition_of(disclosure), age=age)["ปรับปรุงล่าสุด"] == thai
    assert shown(edition_of(disclosure, "en"), age=age)["Last updated"] == english


def test_when_the_links_were_checked(disclosure: Disclosure) -> None:
    term = "ตรวจลิงก์ล่าสุด"
    assert shown(edition_of(disclosure), urls=URLS)[term] == "ยังไม่ได้ตรวจ"
    assert shown(edition_of(disclosure, checked=2), urls=URLS)[term] == "๒๔ พ.ย. พ.ศ. ๒๕๖๙"
    some = shown(edition_of(disclosure, checked=1), urls=(*URLS, URLS[1]))[term]
    assert some == "๒๔ พ.ย. พ.ศ. ๒๕๖๙ (ตรวจแล้ว ๑ จาก ๒ ลิงก์)"
    # A page without links of measures has nothing to say of checks.
    assert term not in shown(edition_of(disclosure, checked=2))
    assert term not in shown(edition_of(disclosure, checked=2), urls=())


def test_an_old_check_says_so_at_the_build_or_at_the_readers_clock(disclosure: Disclosure) -> None:
    fresh = read(edition_of(disclosure, checked=2), urls=URLS)
    assert fresh.select_one("time[data-old]")["data-old"] == "ผลนี้เก่ากว่า ๓๐ วัน"
    edition = edition_of(disclosure, checked=2)
    old = Edition(edition.disclosure, date(2026, 12, 25), "th")
    assert "ผลนี้เก่ากว่า ๓๐ วัน" in shown(old, urls=URLS)["ตรวจลิงก์ล่าสุด"]


def test_the_way_to_the_file_and_its_history(disclosure: Disclosure) -> None:
    edit, listed = "https://git.go.th/o/r/edit/main/a", "https://git.go.th/o/r/commits/main/a"
    links = read(edition_of(disclosure), edit=edit, history=listed).select(".colophon__updated a")
    assert [(a["href"], a.get_text()) for a in links] == [
        (listed, "ประวัติการแก้ไข"),
        (edit, "แก้ไขหน้านี้"),
    ]
    assert not read(edition_of(disclosure)).select(".colophon__updated a")


CONTACT = Contact(email="saraban@example.go.th", phone="๐ ๔๓๒๐ ๐๐๐๐ ต่อ ๑๒", address="หมู่ ๑ ต.ดงเมือง")


def test_how_the_office_is_reached(disclosure: Disclosure) -> None:
    page = read(edition_of(disclosure, contact=CONTACT))
    links = [a["href"] for a in page.select(".colophon__contact a")]
    assert links == [
        "https://www.dongmuang.go.th/",
        "tel:+6643200000;ext=12",
        "mailto:saraban@example.go.th",
    ]
    assert shown(edition_of(disclosure, contact=CONTACT))["ติดต่อหน่วยงาน"] == (
        "องค์การบริหารส่วนตำบลดงเมือง โทรศัพท์ ๐ ๔๓๒๐ ๐๐๐๐ ต่อ ๑๒ อีเมล saraban@example.go.th หมู่ ๑ ต.ดงเมือง"
    )
    english = read(edition_of(disclosure, "en", contact=CONTACT))
    marked = [span.get_text() for span in english.select(".colophon__contact [lang=th]")]
    assert marked == ["๐ ๔๓๒๐ ๐๐๐๐ ต่อ ๑๒", "หมู่ ๑ ต.ดงเมือง"]


def test_a_mistake_is_reported_by_a_letter_that_names_the_page(disclosure: Disclosure) -> None:
    edition = edition_of(disclosure, contact=CONTACT)
    address = "https://x.go.th/2568/indicators/3/"
    (link,) = read(edition, title="ตัวชี้วัดที่ ๓ & อื่น?", address=address).select(".colophon__mistake a")
    parts = urlsplit(link["href"])
    assert (parts.scheme, parts.path) == ("mailto", "saraban@example.go.th")
    # Mail programs do not read "+" as a space.
    assert "+" not in parts.query
    letter = parse_qs(parts.query, strict_parsing=True)
    assert letter["subject"] == ["แจ้งจุดที่ผิดในหน้า: ตัวชี้วัดที่ ๓ & อื่น?"]
    assert address in letter["body"][0]


def test_without_mail_the_office_is_told_on_its_website(disclosure: Disclosure) -> None:
    for contact in (None, Contact(phone="1567")):
        (link,) = read(edition_of(disclosure, contact=contact)).select(".colophon__mistake a")
        assert link["href"] == "https://www.dongmuang.go.th/"


def test_the_licence_and_the_program(disclosure: Disclosure) -> None:
    assert shown(edition_of(disclosure))["สัญญาอนุญาต"] == "หน่วยงานยังไม่ได้ระบุ"
    assert shown(edition_of(disclosure, licence="ก<b>"))["สัญญาอนุญาต"] == "ก<b>"
    assert shown(edition_of(disclosure, "en"))["Made with"] == "โปร่งใส (Prongsai)"


def test_an_address_inside_the_office_is_no_link(disclosure: Disclosure) -> None:
    page = read(edition_of(disclosure, website="http://192.168.1.1/"))
    assert not page.select(".colophon a[href^='http']")


def test_what_an_officer_wrote_stays_words(disclosure: Disclosure) -> None:
    edition = edition_of(
        disclosure,
        name=Name(th=NASTY),
        licence=NASTY,
        contact=CONTACT.model_copy(update={"address": NASTY, "phone": NASTY}),
    )
    page = read(edition, title=NASTY, edit=f"https://x/{NASTY}", urls=[NASTY])
    assert not page.select("script")
    (letter,) = page.select(".colophon__mistake a")
    assert "\n" not in letter["href"]
    query = parse_qs(urlsplit(letter["href"]).query, strict_parsing=True)
    assert set(query) == {"subject", "body"}
    assert "\n" not in query["subject"][0]


def test_an_english_page_says_everything_in_english_but_what_is_thai(
    disclosure: Disclosure,
) -> None:
    page = read(edition_of(disclosure, "en", checked=1, contact=CONTACT), urls=URLS)
    for thai in page.select("[lang=th]"):
        thai.decompose()
    section = page.select_one("section")
    words = section.get_text() + section["aria-label"]
    assert not [char for char in words if char >= "\N{THAI CHARACTER KO KAI}"]


# The permanent link and its button


def button_page(disclosure: Disclosure, language: Language = "th") -> str:
    edition = edition_of(disclosure, language)
    line = permanent_link(edition, "03-no-gift-policy", 'นโยบาย "ไม่รับ" <b>*ของขวัญ*</b>\nและ')
    return markdown.markdown(f"{line} · [x](y)", extensions=["attr_list"])


def test_the_button_has_the_name_that_is_seen_on_it(disclosure: Disclosure) -> None:
    page = BeautifulSoup(button_page(disclosure), "html.parser")
    (button,) = page.select("p > button[type=button][hidden]")
    assert button.get_text() == "คัดลอกลิงก์"
    assert button["aria-label"] == 'คัดลอกลิงก์: นโยบาย "ไม่รับ" <b>*ของขวัญ*</b> และ'
    assert button.find_next_sibling()["role"] == "status"
    assert not button.find_next_sibling().get_text()
    assert page.select_one("a.permanent-link")["href"] == "#03-no-gift-policy"


@pytest.fixture(scope="module")
def site(disclosure: Disclosure, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("site")
    for path, data in publication.assets().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (root / "page").mkdir()
    (root / "page/index.html").write_text(
        '<!doctype html><html lang="th"><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
        f"<title>{html.escape('หน้า')}</title><body>{button_page(disclosure)}"
        '<script src="../assets/prongsai.js"></script>',
        "utf-8",
    )
    with served(root) as base:
        yield base


@pytest.mark.parametrize("allowed", [True, False])
def test_the_whole_address_is_copied_and_said(browser: Browser, site: str, allowed: bool) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    if not allowed:  # as on a site that is served without encryption
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{site}/page/?q=1#elsewhere")
    button = page.get_by_role("button", name="คัดลอกลิงก์")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("คัดลอกแล้ว", exact=True).wait_for()
    assert page.evaluate("document.activeElement.dataset.copy") == "#03-no-gift-policy"
    if allowed:
        copied = page.evaluate("navigator.clipboard.readText()")
    else:
        page.evaluate("document.body.append(document.createElement('textarea'))")
        page.locator("textarea").focus()
        page.keyboard.press("Control+V")
        copied = page.locator("textarea").input_value()
    assert copied == f"{site}/page/?q=1#03-no-gift-policy"
    context.close()


def test_a_copy_that_fails_is_not_called_one(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false"
    )
    page.goto(f"{site}/page/")
    page.get_by_role("button", name="คัดลอกลิงก์").click()
    page.get_by_role("status").get_by_text("คัดลอกไม่ได้").wait_for()
    page.close()


def test_without_script_there_is_a_link_and_no_button(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/page/")
    assert not page.locator("button").is_visible()
    assert page.get_by_role("link", name="ลิงก์ถาวรของมาตรการนี้").is_visible()
    context.close()
