"""The page of all links: what was found and when, what is worth a look, and every link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from site_builder import checks, inline, thai
from site_builder.causes import Cause
from site_builder.ledger import Entry
from site_builder.model import Disclosure, LinkUse, Report
from site_builder.pages.check_words import (
    badge,
    changes,
    check_time,
    dates,
    note,
    reason,
    time,
    told,
)
from site_builder.pages.layout import address, bullets, page, shortened, table
from site_builder.pages.naming import year_title
from site_builder.pages.verdict_words import meaning, next_step
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
_RANK = {verdict: rank for rank, verdict in enumerate(_WORST_FIRST)}
_SILENT = frozenset({Verdict.UNCHECKED, Verdict.NOT_CHECKED})
"""Verdicts that say nothing about the document."""
_MANY = 50
"""A table of more rows than this is folded away until a reader opens it."""


def links(disclosure: Disclosure, today: date) -> str:
    """The page of all links: what was found, when, and which measures use them."""
    agency = disclosure.agency
    uses = disclosure.links()
    body = ["# ผลการตรวจลิงก์ {: #links }"]
    if not uses:
        body.append("รายงานนี้ยังไม่มีลิงก์")
        return page("ผลการตรวจลิงก์", body)
    total = thai.in_digits(len(uses), agency.digits)
    body.append(
        f"ทุกลิงก์ที่รายงานอ้างถึง {total} ที่อยู่ "
        "ผลตรวจบอกว่าเปิดเอกสารได้หรือไม่ในเวลาที่ตรวจ ไม่ได้รับรองเนื้อหาของเอกสาร"
    )
    body.append(_state(disclosure, uses))
    body.append(_totals(disclosure, uses))
    if origin := _origin(disclosure, uses, today):
        body.append(origin)
    body += _units(disclosure, uses, today)
    body.append("## ลิงก์ทั้งหมด {: #all-links }")
    body += _every_link(disclosure, uses, today)
    # The table of contents would take the width that the tables need.
    return page("ผลการตรวจลิงก์", body, hide=["toc"])


# The whole at a glance


def _state(disclosure: Disclosure, urls: Mapping[str, object]) -> str:
    digits = disclosure.agency.digits
    verdicts = [disclosure.ledger.shown_verdict(url) for url in urls]
    opening = sum(verdict in checks.REACHABLE for verdict in verdicts)
    silent = sum(verdict in _SILENT for verdict in verdicts)
    if not disclosure.ledger.links.keys() & urls.keys():
        kind, words = "waiting", "ยังไม่ได้ตรวจลิงก์ ผลจะแสดงที่หน้านี้พร้อมวันที่ เมื่อตรวจครั้งแรกแล้ว"
    elif opening == len(verdicts):
        kind, words = "well", "ทุกลิงก์เปิดได้"
    elif opening and opening + silent == len(verdicts):
        kind, words = "well", f"ทุกลิงก์ที่ตรวจแล้วเปิดได้ ยังไม่มีผลตรวจ {silent} ลิงก์"
    else:
        kind, words = "look", f"เปิดได้ {opening} จาก {len(verdicts)} ลิงก์"
    return f"{thai.in_digits(words, digits)}\n{{: .links-state .links-state-{kind} }}"


def _totals(disclosure: Disclosure, urls: Mapping[str, object]) -> str:
    """How many links have each verdict, and what its words mean: the page's legend as well."""
    counts: dict[str, int] = {}
    first: dict[str, Verdict] = {}
    for verdict in sorted(map(disclosure.ledger.shown_verdict, urls), key=_RANK.__getitem__):
        name = words_for(verdict).th
        counts[name] = counts.get(name, 0) + 1
        first.setdefault(name, verdict)
    digits = disclosure.agency.digits
    rows = [
        [badge(first[name]), thai.in_digits(count, digits), meaning(first[name])]
        for name, count in counts.items()
    ]
    return table("สรุปผลการตรวจ และความหมาย", ["ผลการตรวจ", "ลิงก์", "หมายความว่า"], rows)


def _origin(disclosure: Disclosure, urls: Mapping[str, object], today: date) -> str | None:
    """From where, with what and when the links were checked, as far as the ledger knows."""
    entries = [e for url in urls if (e := disclosure.ledger.links.get(url))]
    if not entries:
        return None
    places = sorted({entry.vantage for entry in entries if entry.vantage})
    tools = sorted({entry.checker for entry in entries if entry.checker})
    first = min(entry.last_checked for entry in entries)
    last = max(entry.last_checked for entry in entries)
    agency = disclosure.agency
    when = check_time(last, agency, today)
    if thai.day_of(first) != thai.day_of(last):
        when = f"{time(first, agency)} ถึง {when}"
    where = f"จาก {_listed(places)} " if places else ""
    tool = _listed(tools or ["โปรแกรม LinkChecker"])
    return f"ตรวจ{where}ด้วย {tool} เมื่อ {when}\n{{: .links-origin }}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(map(inline.escape, words))


# What is worth a look, by responsible unit


@dataclass(frozen=True, slots=True)
class _Look:
    """A link that is not well, as one unit sees it."""

    url: str
    entry: Entry
    acknowledged: bool
    uses: tuple[LinkUse, ...]
    """Where this unit's measures use it."""

    @property
    def kind(self) -> tuple[bool, int, bool, Cause | str]:
        """Links of one kind are told together; what is most in need of a hand comes first."""
        provisional = checks.waits_for_second_look(self.entry)
        cause = checks.told_cause(self.entry) or ""
        return self.acknowledged, _RANK[self.entry.shown_verdict], provisional, cause


def _units(
    disclosure: Disclosure, uses: Mapping[str, Sequence[LinkUse]], today: date
) -> Iterator[str]:
    by_unit: dict[str, list[_Look]] = {}
    for url, places in uses.items():
        entry = disclosure.ledger.links.get(url)
        if entry is None or entry.shown_verdict in checks.REACHABLE | _SILENT:
            continue
        acknowledged = checks.is_acknowledged(entry, today)
        for unit in dict.fromkeys(_unit(use) for use in places):
            own = tuple(use for use in places if _unit(use) == unit)
            by_unit.setdefault(unit, []).append(_Look(url, entry, acknowledged, own))
    if not by_unit:
        return
    for looks in by_unit.values():
        looks.sort(key=lambda look: (look.kind, look.url))
    # Worst first: by the worst link, then by how many there are.
    ordered = sorted(by_unit, key=lambda unit: (by_unit[unit][0].kind, -len(by_unit[unit]), unit))
    yield "## ลิงก์ที่ควรดู แยกตามผู้รับผิดชอบ {: #to-look-at }"
    names = {
        unit: f"{inline.escape(unit)} "
        + thai.in_digits(f"({len(by_unit[unit])} ลิงก์)", disclosure.agency.digits)
        for unit in ordered
    }
    if len(ordered) > 1:
        yield " · ".join(f"[{names[unit]}](#{_anchor(unit)})" for unit in ordered)
    for unit in ordered:
        yield f"### {names[unit]} {{: #{_anchor(unit)} .links-unit }}"
        for _, alike in groupby(by_unit[unit], key=lambda look: look.kind):
            yield from _alike(disclosure, list(alike), today)


def _unit(use: LinkUse) -> str:
    return " ".join(use.measure.responsible_unit.split())


def _anchor(unit: str) -> str:
    """A unit's anchor: the same as long as its name is, and short when copied."""
    return f"unit-{hashlib.sha256(unit.encode()).hexdigest()[:8]}"


def _alike(disclosure: Disclosure, looks: Sequence[_Look], today: date) -> Iterator[str]:
    """Links with one verdict for one cause: what it is and what to do once, then each link."""
    entry = looks[0].entry
    step = "ไม่มี จนกว่าจะพ้นวันที่เจ้าหน้าที่ระบุไว้" if looks[0].acknowledged else next_step(entry)
    why = reason(entry)
    head = [badge(entry.shown_verdict), *([why] if why else []), f"**ขั้นต่อไป:** {step}"]
    yield "<br>".join(head) + "\n{: .links-alike }"
    yield "\n".join(f"- {_looked_at(disclosure, look, today)}" for look in looks)


def _looked_at(disclosure: Disclosure, look: _Look, today: date) -> str:
    agency, entry = disclosure.agency, look.entry
    titles = (p.title for use in look.uses for p in use.measure.evidence if p.url == look.url)
    title = next(titles, None)
    lines = []
    if disclosure.is_link(look.url):
        lines.append(inline.link_markdown(look.url, title or shortened(look.url)))
        if title:
            lines.append(address(look.url))
    else:
        lines += [inline.escape(title)] if title else []
        lines.append(address(look.url))
    lines.append(dates(entry, agency, today, since=True))
    lines += map(note, changes(look.url, entry, agency, today))
    lines.append(note(f"มาตรการ: {' · '.join(_measures(look.uses, disclosure))}"))
    return "<br>".join(lines)


def _measures(uses: Sequence[LinkUse], across_years: Disclosure | None = None) -> list[str]:
    """The measures that use a link, each with its year where years stand side by side."""

    def name(use: LinkUse) -> str:
        heading = inline.escape(use.measure.heading)
        if across_years is None or len(across_years.reports) == 1:
            return heading
        return heading + thai.in_digits(f" (พ.ศ. {use.fiscal_year})", across_years.agency.digits)

    # A measure may publish the address at several places; a reader needs it named once.
    return list(
        dict.fromkeys(
            f"[{name(use)}]"
            f"({use.fiscal_year}/indicators/{use.measure.indicator}.md#{use.measure.id})"
            for use in uses
        )
    )


# Every link


def _every_link(
    disclosure: Disclosure, uses: Mapping[str, Sequence[LinkUse]], today: date
) -> Iterator[str]:
    """A table for each year, the newest open unless it is long."""
    for number, report in enumerate(disclosure.reports):
        rows = _rows(disclosure, report, uses, today)
        if not rows:
            continue
        title = year_title(report, disclosure.agency)
        count = thai.in_digits(f"({len(rows)} ลิงก์)", disclosure.agency.digits)
        yield table(
            f"ลิงก์ทั้งหมด {title} {count} เรียงจากที่ควรดูก่อน",
            ["ที่อยู่เว็บ", "ผลการตรวจ", "มาตรการที่อ้างถึง", "ผู้รับผิดชอบ"],
            rows,
            folded=number > 0 or len(rows) > _MANY,
        )


def _rows(
    disclosure: Disclosure, report: Report, uses: Mapping[str, Sequence[LinkUse]], today: date
) -> list[list[str]]:
    rows = []
    for url in sorted(uses, key=lambda url: _RANK[disclosure.ledger.shown_verdict(url)]):
        own = [use for use in uses[url] if use.fiscal_year == report.fiscal_year]
        if not own:
            continue
        linked = disclosure.is_link(url)
        rows.append(
            [
                inline.link_markdown(url, shortened(url)) if linked else address(url),
                told(disclosure, url, today),
                bullets(_measures(own)),
                ", ".join(dict.fromkeys(inline.escape(_unit(use)) for use in own)),
            ]
        )
    return rows
