"""What a reader is told of the check of a link: words, a sign, and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from site_builder import checks, copies, inline, thai
from site_builder.causes import words_for as words_for_cause
from site_builder.ledger import Acknowledgement, Entry
from site_builder.model import Agency, Disclosure
from site_builder.pages.layout import shortened
from site_builder.verdicts import Verdict, words_for


def opens(disclosure: Disclosure, url: str) -> bool:
    """Whether a reader is told that an address opens."""
    return disclosure.ledger.shown_verdict(url) in checks.REACHABLE


def link_attributes(
    disclosure: Disclosure, url: str, today: date, *, bare: bool = False
) -> str | None:
    """What the style sheet shows behind a link: the verdict in words, its date and its age.

    On paper it shows the address as well, unless the link's words are the address: `bare`.

    The words of an old result stand ready for the script, as they do beside a time.
    """
    if not disclosure.is_link(url):
        return None
    verdict = disclosure.ledger.shown_verdict(url)
    words = words_for(verdict)
    note = f"{words.sign} {words.th}"
    ageing = ""
    if entry := disclosure.ledger.links.get(url):
        note += f" · ตรวจล่าสุด {_day(entry.last_checked, disclosure.agency)}"
        old = _old_words(disclosure.agency)
        if checks.is_old(entry.last_checked, today):
            note += f" · {old}"
        else:
            ageing = f' data-checked="{entry.last_checked.isoformat()}" data-old="{old}"'
    kind = " .bare" if bare else ""
    return f'{{: .checked .checked-{verdict}{kind} data-verdict="{note}"{ageing} }}'


def badge(verdict: Verdict) -> str:
    """A verdict in words, with a sign that does not depend on colour."""
    words = words_for(verdict)
    sign = f'<span class="sign" aria-hidden="true">{words.sign}</span>'
    return f'<span class="verdict verdict-{verdict}">{sign} {words.th}</span>'


def told(disclosure: Disclosure, url: str, today: date) -> str:
    """All that is told beside a link, in lines: the verdict, its dates, its cause, what changed."""
    mark = badge(disclosure.ledger.shown_verdict(url))
    entry = disclosure.ledger.links.get(url)
    if entry is None:
        return mark
    return "<br>".join(
        [
            mark,
            dates(entry, disclosure.agency, today),
            *map(note, _notes(disclosure, url, entry, today)),
        ]
    )


def dates(entry: Entry, agency: Agency, today: date, *, since: bool = False) -> str:
    """When an address was checked last, and when it last opened where it does not now."""
    parts = []
    if since and entry.since != entry.last_checked:
        parts.append(f"พบตั้งแต่ {time(entry.since, agency)}")
    parts.append(f"ตรวจล่าสุด {check_time(entry.last_checked, agency, today)}")
    if entry.last_ok and entry.last_ok != entry.last_checked:
        parts.append(f"เปิดได้ครั้งล่าสุด {time(entry.last_ok, agency)}")
    return f'<span class="checked-on">{" · ".join(map(_part, parts))}</span>'


def _part(words: str) -> str:
    # The style sheet keeps what belongs together on one line, where there is room.
    return f"<span>{words}</span>"


def note(line: str) -> str:
    """A line below a verdict."""
    return f'<span class="check-note">{line}</span>'


def reason(entry: Entry) -> str | None:
    """Why a link has its verdict, where more is known than the verdict says."""
    if checks.waits_for_second_look(entry):
        return "พบปัญหาเป็นครั้งแรก จะตรวจซ้ำก่อนสรุปผล"
    cause = checks.told_cause(entry)
    if cause is None or entry.shown_verdict is Verdict.DNS:  # which says it all
        return None
    name = "หมายเหตุ" if entry.shown_verdict in checks.REACHABLE else "สาเหตุ"
    return f"{name}: {inline.escape(words_for_cause(cause).th)}"


def changes(url: str, entry: Entry, agency: Agency, today: date) -> Iterator[str]:
    """Where the document is now, that it is another one, and that a person has looked."""
    if final := checks.final_address(url, entry):
        if entry.verdict is Verdict.MOVED:
            yield f"ที่อยู่ใหม่: {inline.link_markdown(final, shortened(final))}"
        else:
            yield f"ไปสิ้นสุดที่ {inline.escape(shortened(final))}"
    if entry.content_since:
        yield f"เอกสารเปลี่ยนเมื่อ {time(entry.content_since, agency)}"
    if entry.acknowledged and checks.is_acknowledged(entry, today):
        yield _acknowledged(entry.acknowledged, agency)


def _notes(disclosure: Disclosure, url: str, entry: Entry, today: date) -> Iterator[str]:
    if why := reason(entry):
        yield why
    yield from changes(url, entry, disclosure.agency, today)
    if copy := disclosure.copies.get(url):
        yield copies.told(copy, "th", disclosure.agency.digits)


def _acknowledged(acknowledged: Acknowledgement, agency: Agency) -> str:
    until = acknowledged.until
    # Somebody may have written it by hand: nothing unseen turns the line around.
    reason = "".join(char for char in acknowledged.reason if char.isprintable())
    day = f'<time datetime="{until.isoformat()}">{thai.write_date(until, agency.digits)}</time>'
    return f"เจ้าหน้าที่เปิดดูด้วยตนเองแล้ว ({inline.escape(reason)}) มีผลถึง {day}"


def last_verified(disclosure: Disclosure, urls: Iterable[str]) -> str:
    """When any of these addresses was checked last."""
    entries = [e for url in urls if (e := disclosure.ledger.links.get(url))]
    if not entries:
        return "ลิงก์ของรายงานนี้ยังไม่ได้ตรวจ"
    moment = max(entry.last_checked for entry in entries)
    return f"ตรวจลิงก์ล่าสุด {time(moment, disclosure.agency)}"


def check_time(moment: datetime, agency: Agency, today: date) -> str:
    """When a check was, and whether that is long ago.

    Long ago by the day of the build; the words that it will be told with later stand ready for the
    script, which knows the reader's day.
    """
    old = _old_words(agency)
    if checks.is_old(moment, today):
        return f'{time(moment, agency)} <span class="check-old">{old}</span>'
    day = _day(moment, agency)
    return f'<time datetime="{moment.isoformat()}" data-old="{old}">{day}</time>'


def _old_words(agency: Agency) -> str:
    return thai.in_digits(f"ผลนี้เก่ากว่า {checks.OLD_AFTER_DAYS} วัน", agency.digits)


def time(moment: datetime, agency: Agency) -> str:
    """A moment as readers and programs read it."""
    return f'<time datetime="{moment.isoformat()}">{_day(moment, agency)}</time>'


def _day(moment: datetime, agency: Agency) -> str:
    return thai.write_date(thai.day_of(moment), agency.digits)
