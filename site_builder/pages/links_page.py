"""The page of all links: what was found, when, and which measures use them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder import inline, thai
from site_builder.model import Agency, Disclosure, LinkUse
from site_builder.pages.check_words import last_verified, verdict_words
from site_builder.pages.layout import bullets, page, table
from site_builder.verdicts import Verdict, words_for

_WORST_FIRST = (
    Verdict.INVALID,
    Verdict.UNSAFE,
    Verdict.BROKEN,
    Verdict.TLS,
    Verdict.DNS,
    Verdict.TEMPORARY,
    Verdict.SOFT_MISSING,
    Verdict.MOVED_HOME,
    Verdict.WRONG_CONTENT,
    Verdict.EMPTY,
    Verdict.SUSPECT,
    Verdict.BLOCKED,
    Verdict.UNCHECKED,
    Verdict.NOT_CHECKED,
    Verdict.MOVED,
    Verdict.OK,
)


def links(disclosure: Disclosure) -> str:
    """The page of all links: what was found, when, and which measures use them."""
    agency = disclosure.agency
    links = disclosure.links()
    body = ["# ผลการตรวจลิงก์ {: #links }"]
    if not links:
        body.append("รายงานนี้ยังไม่มีลิงก์")
        return page("ผลการตรวจลิงก์", body)
    verdicts = [disclosure.ledger.shown_verdict(url) for url in links]
    total = thai.in_digits(len(links), agency.digits)
    body.append(
        f"ทุกลิงก์ที่รายงานอ้างถึง {total} ที่อยู่ ตรวจด้วยโปรแกรม LinkChecker "
        f"{last_verified(disclosure, links)} "
        "ผลตรวจบอกว่าเปิดเอกสารได้หรือไม่ในเวลาที่ตรวจ ไม่ได้รับรองเนื้อหาของเอกสาร"
    )
    body.append("\n".join(_totals(verdicts, agency)))
    ordered = sorted(
        links, key=lambda url: _WORST_FIRST.index(disclosure.ledger.shown_verdict(url))
    )
    labels = ["ที่อยู่เว็บ", "ผลการตรวจ", "มาตรการที่อ้างถึง", "ผู้รับผิดชอบ"]
    rows = [_link_row(disclosure, url, links[url]) for url in ordered]
    body.append(table("ลิงก์ทั้งหมด เรียงจากที่ควรแก้ก่อน", labels, rows))
    return page("ผลการตรวจลิงก์", body, hide=["toc"])


def _totals(verdicts: Sequence[Verdict], agency: Agency) -> Iterator[str]:
    counts: dict[str, int] = {}
    for verdict in sorted(verdicts, key=_WORST_FIRST.index):
        words = words_for(verdict)
        name = f"{words.sign} {words.th}"
        counts[name] = counts.get(name, 0) + 1
    for name, count in counts.items():
        yield f"- {name}: {thai.in_digits(count, agency.digits)}"


def _link_row(disclosure: Disclosure, url: str, uses: Sequence[LinkUse]) -> list[str]:
    shown = inline.link_markdown(url, url) if disclosure.is_link(url) else inline.escape(url)
    entry = disclosure.ledger.links.get(url)
    verdict = verdict_words(disclosure, url)
    if entry and entry.final_url and entry.final_url != url:
        verdict += f"<br>ไปสิ้นสุดที่ {inline.escape(entry.final_url)}"
    # A measure may publish the address at several places; a reader needs it named once.
    measures = dict.fromkeys(
        f"[{inline.escape(use.measure.heading)}]"
        f"({use.fiscal_year}/indicators/{use.measure.indicator}.md#{use.measure.id})"
        for use in uses
    )
    units = dict.fromkeys(inline.escape(use.measure.responsible_unit) for use in uses)
    return [shown, verdict, bullets(list(measures)), ", ".join(units)]
