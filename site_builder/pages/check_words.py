"""What a reader is told of the check of a link: words, a sign, and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from site_builder import checks, copies, inline
from site_builder.causes import words_for as words_for_cause
from site_builder.edition import Edition
from site_builder.ledger import Acknowledgement, Entry
from site_builder.pages.layout import shortened
from site_builder.verdicts import Verdict, words_for


def link_attributes(edition: Edition, url: str, *, bare: bool = False) -> str | None:
    """What the style sheet shows behind a link: the verdict in words, its date and its age.

    On paper it shows the address as well, unless the link's words are the address: `bare`.

    The words of an old result stand ready for the script, as they do beside a time.
    """
    if not edition.disclosure.is_link(url):
        return None
    verdict = edition.disclosure.ledger.shown_verdict(url)
    words = words_for(verdict)
    note = f"{words.sign} {edition.say(words.th, words.en)}"
    ageing = ""
    if entry := edition.disclosure.ledger.links.get(url):
        note += f" · {_checked(edition, edition.day_of(entry.last_checked))}"
        old = _old_words(edition)
        if checks.is_old(entry.last_checked, edition.today):
            note += f" · {old}"
        else:
            ageing = f' data-checked="{entry.last_checked.isoformat()}" data-old="{old}"'
    kind = " .bare" if bare else ""
    return f'{{: .checked .checked-{verdict}{kind} data-verdict="{note}"{ageing} }}'


def _checked(edition: Edition, when: str) -> str:
    return edition.say("ตรวจล่าสุด", "last checked") + f" {when}"


def badge(edition: Edition, verdict: Verdict) -> str:
    """A verdict in words, with a sign that does not depend on colour."""
    words = words_for(verdict)
    sign = f'<span class="sign" aria-hidden="true">{words.sign}</span>'
    told = edition.say(words.th, words.en)
    return f'<span class="verdict verdict-{verdict}">{sign} {told}</span>'


def told(edition: Edition, url: str) -> str:
    """All that is told beside a link, in lines: the verdict, its dates, its cause, what changed."""
    mark = badge(edition, edition.disclosure.ledger.shown_verdict(url))
    entry = edition.disclosure.ledger.links.get(url)
    if entry is None:
        return mark
    return "<br>".join([mark, dates(edition, entry), *map(note, _notes(edition, url, entry))])


def dates(edition: Edition, entry: Entry, *, since: bool = False) -> str:
    """When an address was checked last, and when it last opened where it does not now."""
    parts = []
    if since and entry.since != entry.last_checked:
        parts.append(f"{edition.say('พบตั้งแต่', 'found since')} {time(edition, entry.since)}")
    parts.append(_checked(edition, check_time(edition, entry.last_checked)))
    if entry.last_ok and entry.last_ok != entry.last_checked:
        lead = edition.say("เปิดได้ครั้งล่าสุด", "last opened")
        parts.append(f"{lead} {time(edition, entry.last_ok)}")
    return f'<span class="checked-on">{" · ".join(map(_part, parts))}</span>'


def _part(words: str) -> str:
    # The style sheet keeps what belongs together on one line, where there is room.
    return f"<span>{words}</span>"


def note(line: str) -> str:
    """A line below a verdict."""
    return f'<span class="check-note">{line}</span>'


def reason(edition: Edition, entry: Entry) -> str | None:
    """Why a link has its verdict, where more is known than the verdict says."""
    if checks.waits_for_second_look(entry):
        return edition.say(
            "พบปัญหาเป็นครั้งแรก จะตรวจซ้ำก่อนสรุปผล",
            "A first failure: it is checked again before it is called one",
        )
    cause = checks.told_cause(entry)
    if cause is None or entry.shown_verdict is Verdict.DNS:  # which says it all
        return None
    opens = entry.shown_verdict in checks.REACHABLE
    name = edition.say("หมายเหตุ", "Note") if opens else edition.say("สาเหตุ", "Cause")
    words = words_for_cause(cause)
    return f"{name}: {inline.escape(words.th if edition.language == 'th' else words.en)}"


def changes(edition: Edition, url: str, entry: Entry) -> Iterator[str]:
    """Where the document is now, that it is another one, and that a person has looked."""
    if final := checks.final_address(url, entry):
        if entry.verdict is Verdict.MOVED:
            lead = edition.say("ที่อยู่ใหม่", "New address")
            yield f"{lead}: {inline.link_markdown(final, shortened(final))}"
        else:
            yield f"{edition.say('ไปสิ้นสุดที่', 'Ends at')} {inline.escape(shortened(final))}"
    if entry.content_since:
        lead = edition.say("เอกสารเปลี่ยนเมื่อ", "The document changed on")
        yield f"{lead} {time(edition, entry.content_since)}"
    if entry.acknowledged and checks.is_acknowledged(entry, edition.today):
        yield _acknowledged(edition, entry.acknowledged)


def _notes(edition: Edition, url: str, entry: Entry) -> Iterator[str]:
    if why := reason(edition, entry):
        yield why
    yield from changes(edition, url, entry)
    if copy := edition.disclosure.copies.get(url):
        yield copies.told(copy, edition.language, edition.agency.digits)


def _acknowledged(edition: Edition, acknowledged: Acknowledgement) -> str:
    until = acknowledged.until
    # Somebody may have written it by hand: nothing unseen turns the line around.
    reason = "".join(char for char in acknowledged.reason if char.isprintable())
    words = edition.office_words(inline.escape(reason))
    day = f'<time datetime="{until.isoformat()}">{edition.day(until)}</time>'
    lead = edition.say("เจ้าหน้าที่เปิดดูด้วยตนเองแล้ว", "An officer has opened it by hand")
    return f"{lead} ({words}) {edition.say('มีผลถึง', 'valid until')} {day}"


def last_verified(edition: Edition, urls: Iterable[str]) -> str:
    """When any of these addresses was checked last."""
    entries = [e for url in urls if (e := edition.disclosure.ledger.links.get(url))]
    if not entries:
        return edition.say("ยังไม่ได้ตรวจลิงก์", "The links have not been checked yet")
    moment = max(entry.last_checked for entry in entries)
    return f"{edition.say('ตรวจลิงก์ล่าสุด', 'Links last checked')} {check_time(edition, moment)}"


def check_time(edition: Edition, moment: datetime) -> str:
    """When a check was, and whether that is long ago.

    Long ago by the day of the build; the words that it will be told with later stand ready for the
    script, which knows the reader's day.
    """
    old = _old_words(edition)
    if checks.is_old(moment, edition.today):
        return f'{time(edition, moment)} <span class="check-old">{old}</span>'
    day = edition.day_of(moment)
    return f'<time datetime="{moment.isoformat()}" data-old="{old}">{day}</time>'


def _old_words(edition: Edition) -> str:
    days = checks.OLD_AFTER_DAYS
    return edition.say(f"ผลนี้เก่ากว่า {days} วัน", f"older than {days} days")


def time(edition: Edition, moment: datetime) -> str:
    """A moment as readers and programs read it."""
    return f'<time datetime="{moment.isoformat()}">{edition.day_of(moment)}</time>'
