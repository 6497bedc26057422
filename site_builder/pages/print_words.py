"""What stands on paper alone: whose page it is, where it is, and of which day.

A sheet travels without its address. The reader's address and day are the browser's to say: the
script `30-print.js` fills them in; without it they are left out, never guessed.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from site_builder.edition import Edition


def print_head(edition: Edition) -> str:
    """The office, above the title."""
    agency = edition.agency
    where = [f"อำเภอ{agency.district}"] if agency.district else []
    name = html.escape(" ".join([agency.name.th, *where, f"จังหวัด{agency.province}"]), quote=False)
    return (
        '<p class="print-head" aria-hidden="true" data-search-exclude>'
        f"{edition.office_words(name)}</p>"
    )


def print_foot(edition: Edition, urls: Iterable[str]) -> str:
    """Below all else: the address, the day of printing, and when the links were checked last."""
    links = edition.disclosure.ledger.links
    checked = [entry.last_checked for url in urls if (entry := links.get(url))]
    digits = edition.agency.digits if edition.language == "th" else "arabic"
    # The day as the edition writes its days, for the browser to write.
    locale = f"th-u-ca-buddhist-nu-{_NUMERALS[digits]}" if edition.language == "th" else "en-GB"
    say = edition.say
    if checked:
        day = edition.day_of(max(checked))
        verified = say(f"ตรวจลิงก์ล่าสุด {day}", f"Links last checked {day}")
    else:
        verified = say("ลิงก์ของหน้านี้ยังไม่ได้ตรวจ", "The links of this page have not been checked")
    return (
        f'<p class="print-foot" aria-hidden="true" data-search-exclude data-digits="{digits}">'
        f'<span class="print-place" hidden>{say("ที่อยู่ของหน้านี้", "This page")} <bdi></bdi></span>'
        f'<span class="print-day" data-locale="{locale}" hidden>'
        f"{say('พิมพ์เมื่อ', 'Printed')} <bdi></bdi></span>"
        f"<span>{verified}</span></p>"
    )


_NUMERALS = {"thai": "thai", "arabic": "latn"}
