"""What a reader is told of the check of a link: words, a sign, and dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from site_builder import thai
from site_builder.ledger import Entry
from site_builder.model import Agency, Disclosure
from site_builder.verdicts import Verdict, words_for

# Thailand has one time zone and no summer time: no time zone data is needed.
_THAI_TIME = timezone(timedelta(hours=7))


def opens(disclosure: Disclosure, url: str) -> bool:
    """Whether a reader is told that an address opens."""
    return disclosure.ledger.shown_verdict(url) in {Verdict.OK, Verdict.MOVED}


def link_attributes(disclosure: Disclosure, url: str) -> str | None:
    """What the style sheet shows behind a link: the verdict in words and its date."""
    if not disclosure.is_link(url):
        return None
    verdict = disclosure.ledger.shown_verdict(url)
    words = words_for(verdict)
    note = f"{words.sign} {words.th}"
    if entry := disclosure.ledger.links.get(url):
        note += f" · ตรวจล่าสุด {date_of(entry.last_checked, disclosure.agency)}"
    return f'{{: .checked .checked-{verdict} data-verdict="{note}" }}'


def verdict_words(disclosure: Disclosure, url: str) -> str:
    """The verdict on an address, and when it was checked."""
    verdict = disclosure.ledger.shown_verdict(url)
    words = words_for(verdict)
    sign = f'<span aria-hidden="true">{words.sign}</span>'
    badge = f'<span class="verdict verdict-{verdict}">{sign} {words.th}</span>'
    entry = disclosure.ledger.links.get(url)
    return badge if entry is None else f"{badge} {checked(entry, disclosure.agency)}"


def checked(entry: Entry, agency: Agency) -> str:
    """When an address was checked last, and when it last opened."""
    text = f"ตรวจล่าสุด {time(entry.last_checked, agency)}"
    if entry.last_ok and entry.last_ok != entry.last_checked:
        text += f" เปิดได้ครั้งล่าสุด {time(entry.last_ok, agency)}"
    return f'<span class="checked-on">{text}</span>'


def last_verified(disclosure: Disclosure, urls: Iterable[str]) -> str:
    """When any of these addresses was checked last."""
    entries = [e for url in urls if (e := disclosure.ledger.links.get(url))]
    if not entries:
        return "ลิงก์ของรายงานนี้ยังไม่ได้ตรวจ"
    moment = max(entry.last_checked for entry in entries)
    return f"ตรวจลิงก์ล่าสุด {time(moment, disclosure.agency)}"


def date_of(moment: datetime, agency: Agency) -> str:
    """A moment as the day that it was in Thailand."""
    return thai.write_date(moment.astimezone(_THAI_TIME).date(), agency.digits)


def time(moment: datetime, agency: Agency) -> str:
    """A moment as readers and programs read it."""
    return f'<time datetime="{moment.isoformat()}">{date_of(moment, agency)}</time>'
