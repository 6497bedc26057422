"""The colophon (ท้ายหน้า): how new a page is, who stands behind it, and how to say that it errs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from site_builder import checks, contacts
from site_builder.edition import Edition
from site_builder.history import Age, Known
from site_builder.model import Contact, label, label_en

PROGRAM = "โปร่งใส (Prongsai)"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the site, as far as its colophon tells of it."""

    title: str
    """In plain words."""
    address: str
    """Whole where the site's own address is known, else from the site's root (`/2568/`)."""
    age: Age
    urls: Sequence[str] | None = None
    """The addresses in the measures that the page shows; None for a page that shows none."""
    edit: str | None = None
    """Where the one file behind the page is edited; None where there is none, or several."""
    history: str | None = None
    """Where the changes of what the page is made from are listed."""


def colophon(edition: Edition, leaf: Leaf) -> str:
    """The colophon of a page, as one block of HTML that every Markdown reader hands on."""
    rows = "\n".join(
        f'<div class="colophon__{name}"><dt>{term}</dt><dd>{told}</dd></div>'
        for name, term, told in _rows(edition, leaf)
    )
    about = edition.say("เกี่ยวกับหน้านี้", "About this page")
    # The same words stand on every page: whoever searches for them is not helped by all of them.
    return (
        f'<section class="colophon" aria-label="{about}" data-search-exclude>\n'
        f"<dl>\n{rows}\n</dl>\n</section>"
    )


def _rows(edition: Edition, leaf: Leaf) -> Iterator[tuple[str, str, str]]:
    """Each line of the colophon: its name for the style sheet, its term, and what is told."""
    say = edition.say
    yield "updated", say("ปรับปรุงล่าสุด", "Last updated"), _updated(edition, leaf)
    if leaf.urls:
        yield "verified", say("ตรวจลิงก์ล่าสุด", "Links last checked"), _verified(edition, leaf.urls)
    yield "contact", say("ติดต่อหน่วยงาน", "Contact"), "<br>".join(_contact(edition))
    if way := _mistake(edition, leaf):
        yield "mistake", say("พบข้อผิดพลาด", "Found a mistake?"), way
    yield "licence", say("สัญญาอนุญาต", "Licence"), _licence(edition)
    yield "program", say("จัดทำด้วยโปรแกรม", "Made with"), _thai(edition, PROGRAM)


def _updated(edition: Edition, leaf: Leaf) -> str:
    ways = []
    if leaf.history:
        ways.append(_link(leaf.history, edition.say("ประวัติการแก้ไข", "history")))
    if leaf.edit:
        ways.append(_link(leaf.edit, edition.say("แก้ไขหน้านี้", "edit this page")))
    lead = _age(edition, leaf.age)
    return "<br>".join(filter(None, (lead, " · ".join(ways))))


def _age(edition: Edition, age: Age) -> str:
    say = edition.say
    if age.known is Known.NOT_COMMITTED:
        return say("กำลังแก้ไข ยังไม่บันทึกในประวัติ", "being edited, not committed yet")
    if age.moment is None:
        return say("ไม่ทราบวัน (ไม่มีประวัติการแก้ไข)", "not known (no history at hand)")
    day = _time(edition, age.moment)
    if age.known is Known.UNCHANGED_SINCE:
        # When it was changed before, this copy of the project cannot tell.
        return f"{say('ไม่มีการแก้ไขหลังจาก', 'unchanged since')} {day}"
    return day


def _verified(edition: Edition, urls: Sequence[str]) -> str:
    known = edition.disclosure.ledger.links
    checked = [known[url].last_checked for url in set(urls) if url in known]
    if not checked:
        return edition.say("ยังไม่ได้ตรวจ", "not checked yet")
    newest, every = max(checked), len(set(urls))
    told = _time(edition, newest, ages=True)
    if len(checked) < every:
        part = edition.say(
            f"ตรวจแล้ว {len(checked)} จาก {every} ลิงก์", f"{len(checked)} of {every} links"
        )
        return f"{told} ({part})"
    return told


def _time(edition: Edition, moment: datetime, *, ages: bool = False) -> str:
    """A moment as readers and programs read it; one that `ages` is told when it is old."""
    day, stamp = edition.day_of(moment), moment.isoformat()
    if not ages:
        return f'<time datetime="{stamp}">{day}</time>'
    old = edition.say(
        f"ผลนี้เก่ากว่า {checks.OLD_AFTER_DAYS} วัน", f"older than {checks.OLD_AFTER_DAYS} days"
    )
    if checks.is_old(moment, edition.today):
        return f'<time datetime="{stamp}">{day}</time> <span class="check-old">{old}</span>'
    # The script shows the words at the reader's clock.
    return f'<time datetime="{stamp}" data-old="{old}">{day}</time>'


def _contact(edition: Edition) -> Iterator[str]:
    agency = edition.agency
    own = edition.language == "en" and agency.name.en
    name = html.escape(own) if own else _thai(edition, agency.name.th)
    # An address within the office's own network would lead a reader nowhere.
    yield _link(agency.website, name) if edition.disclosure.is_link(agency.website) else name
    contact = agency.contact or Contact()
    if contact.phone:
        yield f"{_term(edition, 'phone')} {_phone(edition, contact.phone)}"
    if contact.email:
        address = html.escape(contact.email)
        yield f'{_term(edition, "email")} <a href="mailto:{address}">{address}</a>'
    if contact.address:
        yield _thai(edition, contact.address)


def _term(edition: Edition, name: str) -> str:
    if edition.language == "en":
        return label_en(name, Contact)
    return label(name, Contact).removesuffix("ของหน่วยงาน")


def _phone(edition: Edition, phone: str) -> str:
    shown = _thai(edition, phone)
    number = contacts.dialled(phone)
    return f'<a href="tel:{number}">{shown}</a>' if number else shown


def _mistake(edition: Edition, leaf: Leaf) -> str | None:
    agency = edition.agency
    if agency.contact is None or agency.contact.email is None:
        if not edition.disclosure.is_link(agency.website):
            return None
        words = edition.say("แจ้งผ่านเว็บไซต์ของหน่วยงาน", "tell the office on its website")
        return _link(agency.website, words)
    say = edition.say
    # A newline in a letter's header is a header of its own; in a title it is nothing but a space.
    title = " ".join(leaf.title.split())
    letter = {
        "subject": say("แจ้งจุดที่ผิดในหน้า", "A mistake on the page") + f": {title}",
        "body": "\r\n".join(
            [
                say("หน้า", "Page") + f": {leaf.address}",
                say("จุดที่ผิด", "What is wrong") + ": ",
                say("ที่ถูกควรเป็น", "What it should say") + ": ",
                "",
            ]
        ),
    }
    address = f"mailto:{agency.contact.email}?{urlencode(letter, quote_via=quote)}"
    return _link(address, say("แจ้งจุดที่ผิดในหน้านี้", "report a mistake on this page"))


def _licence(edition: Edition) -> str:
    if edition.agency.licence:
        return _thai(edition, edition.agency.licence)
    return edition.say("หน่วยงานยังไม่ได้ระบุ", "not stated by the office")


def _link(address: str, words: str) -> str:
    return f'<a href="{html.escape(address)}">{words}</a>'


def _thai(edition: Edition, words: str) -> str:
    """What holds any Thai, marked as such on a page that is not."""
    text = html.escape(words, quote=False)
    return edition.office_words(text) if re.search("[ก-๛]", words) else text
