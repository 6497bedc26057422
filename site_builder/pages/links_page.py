"""The page of all links: what was found and when, what is worth a look, and every link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from site_builder import checks, inline, thai, units
from site_builder.causes import Cause
from site_builder.edition import Edition
from site_builder.ledger import Entry
from site_builder.model import LinkUse, Report
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
from site_builder.pages.verdict_words import meaning, next_step
from site_builder.pages.wording import heading, unit_name
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


def links(edition: Edition) -> str:
    """The page of all links: what was found, when, and which measures use them."""
    uses = edition.disclosure.links()
    title = edition.say("ผลการตรวจลิงก์", "Link checks")
    description = edition.say(
        "ผลการตรวจทุกลิงก์หลักฐานของ{office} เปิดเอกสารได้หรือไม่ ตรวจเมื่อใด ใครต้องแก้",
        "Every link to evidence of {office}: whether it opens, when it was checked, "
        "and who has to mend it",
        office=edition.office_name(),
    )
    body = [f"# {title} {{: #links }}"]
    if not uses:
        none = edition.say("รายงานนี้ยังไม่มีลิงก์", "There are no links yet")
        return page(edition, title, description, [*body, f"{none}\n{{: .empty }}"])
    body += [
        edition.say(
            f"ทุกลิงก์ที่รายงานอ้างถึง {len(uses)} ที่อยู่ "
            "ผลตรวจบอกว่าเปิดเอกสารได้หรือไม่ในเวลาที่ตรวจ ไม่ได้รับรองเนื้อหาของเอกสาร",
            f"Every link of the reports, {len(uses)} addresses. A check tells whether the document "
            "opened when it was checked; it does not vouch for what stands in it.",
        ),
        _state(edition, uses),
        _totals(edition, uses),
    ]
    if origin := _origin(edition, uses):
        body.append(origin)
    body += _units(edition, uses)
    body.append(f"## {edition.say('ลิงก์ทั้งหมด', 'All links')} {{: #all-links }}")
    body += _every_link(edition, uses)
    # The table of contents would take the width that the tables need.
    return page(edition, title, description, body, hide=["toc"])


# The whole at a glance


def _state(edition: Edition, urls: Mapping[str, object]) -> str:
    ledger = edition.disclosure.ledger
    verdicts = [ledger.shown_verdict(url) for url in urls]
    opening = sum(verdict in checks.REACHABLE for verdict in verdicts)
    silent = sum(verdict in _SILENT for verdict in verdicts)
    if not ledger.links.keys() & urls.keys():
        kind = "waiting"
        words = edition.say(
            "ยังไม่ได้ตรวจลิงก์ ผลจะแสดงที่หน้านี้พร้อมวันที่ เมื่อตรวจครั้งแรกแล้ว",
            "The links have not been checked yet. Results will stand here, with their dates.",
        )
    elif opening == len(verdicts):
        kind, words = "well", edition.say("ทุกลิงก์เปิดได้", "Every link opens")
    elif opening and opening + silent == len(verdicts):
        kind = "well"
        words = edition.say(
            f"ทุกลิงก์ที่ตรวจแล้วเปิดได้ ยังไม่มีผลตรวจ {silent} ลิงก์",
            f"Every link that was checked opens; of {silent} nothing is known",
        )
    else:
        kind = "look"
        words = edition.say(
            f"เปิดได้ {opening} จาก {len(verdicts)} ลิงก์", f"{opening} of {len(verdicts)} links open"
        )
    return f"{words}\n{{: .links-state .links-state-{kind} }}"


def _totals(edition: Edition, urls: Mapping[str, object]) -> str:
    """How many links have each verdict, and what its words mean: the page's legend as well."""
    counts: dict[str, int] = {}
    first: dict[str, Verdict] = {}
    shown = map(edition.disclosure.ledger.shown_verdict, urls)
    for verdict in sorted(shown, key=_RANK.__getitem__):
        name = words_for(verdict).th
        counts[name] = counts.get(name, 0) + 1
        first.setdefault(name, verdict)
    rows = [
        [
            badge(edition, first[name]),
            edition.number(count),
            edition.say(*meaning(first[name])),
        ]
        for name, count in counts.items()
    ]
    caption = edition.say("สรุปผลการตรวจ และความหมาย", "Results, and what they mean")
    labels = [
        edition.say("ผลการตรวจ", "Result"),
        edition.say("ลิงก์", "Links"),
        edition.say("หมายความว่า", "It means"),
    ]
    return table(caption, labels, rows)


def _origin(edition: Edition, urls: Mapping[str, object]) -> str | None:
    """From where, with what and when the links were checked, as far as the ledger knows."""
    entries = [e for url in urls if (e := edition.disclosure.ledger.links.get(url))]
    if not entries:
        return None
    places = sorted({entry.vantage for entry in entries if entry.vantage})
    tools = sorted({entry.checker for entry in entries if entry.checker})
    first = min(entry.last_checked for entry in entries)
    last = max(entry.last_checked for entry in entries)
    when = check_time(edition, last)
    if thai.day_of(first) != thai.day_of(last):
        when = f"{time(edition, first)} {edition.say('ถึง', 'to')} {when}"
    where = edition.office_words(_listed(places)) if places else ""
    tool = _listed(tools or [edition.say("โปรแกรม LinkChecker", "LinkChecker")])
    lead = edition.say("ตรวจ", "Checked ")
    if where:
        lead = edition.say("ตรวจจาก {where} ", "Checked from {where} ", where=where)
    rest = edition.say("ด้วย {tool} เมื่อ {when}", "with {tool} on {when}", tool=tool, when=when)
    return f"{lead}{rest}\n{{: .links-origin }}"


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


def _units(edition: Edition, uses: Mapping[str, Sequence[LinkUse]]) -> Iterator[str]:
    by_unit: dict[str, list[_Look]] = {}
    for url, places in uses.items():
        entry = edition.disclosure.ledger.links.get(url)
        if entry is None or entry.shown_verdict in checks.REACHABLE | _SILENT:
            continue
        acknowledged = checks.is_acknowledged(entry, edition.today)
        for unit in dict.fromkeys(_unit(use) for use in places):
            own = tuple(use for use in places if _unit(use) == unit)
            by_unit.setdefault(unit, []).append(_Look(url, entry, acknowledged, own))
    if not by_unit:
        return
    for looks in by_unit.values():
        looks.sort(key=lambda look: (look.kind, look.url))
    # Worst first: by the worst link, then by how many there are.
    ordered = sorted(by_unit, key=lambda unit: (by_unit[unit][0].kind, -len(by_unit[unit]), unit))
    title = edition.say("ลิงก์ที่ควรดู แยกตามผู้รับผิดชอบ", "Links worth a look, by responsible unit")
    yield f"## {title} {{: #to-look-at }}"
    names = {}
    for unit in ordered:
        many = len(by_unit[unit])
        name = _unit_words(edition, by_unit[unit][0].uses[0])
        names[unit] = f"{name} " + edition.say(f"({many} ลิงก์)", f"({many})")
    if len(ordered) > 1:
        yield " · ".join(f"[{names[unit]}](#{units.anchor(unit)})" for unit in ordered)
    for unit in ordered:
        yield f"### {names[unit]} {{: #{units.anchor(unit)} .links-unit }}"
        for _, alike in groupby(by_unit[unit], key=lambda look: look.kind):
            yield from _alike(edition, list(alike))


def _unit(use: LinkUse) -> str:
    return units.tidy(use.measure.responsible_unit)


def _unit_words(edition: Edition, use: LinkUse) -> str:
    name, foreign = unit_name(edition, use.measure)
    words = inline.escape(units.tidy(name))
    return edition.office_words(words) if foreign else words


def _alike(edition: Edition, looks: Sequence[_Look]) -> Iterator[str]:
    """Links with one verdict for one cause: what it is and what to do once, then each link."""
    entry = looks[0].entry
    step = edition.say(*next_step(entry))
    if looks[0].acknowledged:
        step = edition.say(
            "ไม่มี จนกว่าจะพ้นวันที่เจ้าหน้าที่ระบุไว้", "None, until the day that the officer named"
        )
    why = reason(edition, entry)
    lead = edition.say("ขั้นต่อไป", "Next step")
    head = [badge(edition, entry.shown_verdict), *([why] if why else []), f"**{lead}:** {step}"]
    yield "<br>".join(head) + "\n{: .links-alike }"
    yield "\n".join(f"- {_looked_at(edition, look)}" for look in looks)


def _looked_at(edition: Edition, look: _Look) -> str:
    entry = look.entry
    titles = (p.title for use in look.uses for p in use.measure.evidence if p.url == look.url)
    title = next(titles, None)
    lines = []
    if edition.disclosure.is_link(look.url):
        if title:
            lines.append(edition.office_words(inline.link_markdown(look.url, title)))
            lines.append(address(look.url))
        else:
            lines.append(inline.link_markdown(look.url, shortened(look.url)))
    else:
        lines += [edition.office_words(inline.escape(title))] if title else []
        lines.append(address(look.url))
    lines.append(dates(edition, entry, since=True))
    lines += map(note, changes(edition, look.url, entry))
    lead = edition.say("มาตรการ", "Measures")
    lines.append(note(f"{lead}: {' · '.join(_measures(edition, look.uses, with_years=True))}"))
    return "<br>".join(lines)


def _measures(edition: Edition, uses: Sequence[LinkUse], *, with_years: bool = False) -> list[str]:
    """The measures that use a link, each with its year where years stand side by side."""

    def name(use: LinkUse) -> str:
        words = heading(edition, use.measure)
        if not with_years or len(edition.disclosure.reports) == 1:
            return words
        return words + edition.say(f" (พ.ศ. {use.fiscal_year})", f" (FY {use.fiscal_year})")

    # A measure may publish the address at several places; a reader needs it named once.
    return list(
        dict.fromkeys(
            f"[{name(use)}]"
            f"({use.fiscal_year}/indicators/{use.measure.indicator}.md#{use.measure.id})"
            for use in uses
        )
    )


# Every link


def _every_link(edition: Edition, uses: Mapping[str, Sequence[LinkUse]]) -> Iterator[str]:
    """A table for each year, the newest open unless it is long."""
    for number, report in enumerate(edition.disclosure.reports):
        rows = _rows(edition, report, uses)
        if not rows:
            continue
        title, many = edition.year_title(report), len(rows)
        yield table(
            edition.say(
                f"ลิงก์ทั้งหมด {title} ({many} ลิงก์) เรียงจากที่ควรดูก่อน",
                f"All links, {title} ({many}), those worth a look first",
            ),
            [
                edition.say("ที่อยู่เว็บ", "Address"),
                edition.say("ผลการตรวจ", "Result"),
                edition.say("มาตรการที่อ้างถึง", "Measures that refer to it"),
                edition.say("ผู้รับผิดชอบ", "Responsible unit"),
            ],
            rows,
            folded=number > 0 or len(rows) > _MANY,
        )


def _rows(
    edition: Edition, report: Report, uses: Mapping[str, Sequence[LinkUse]]
) -> list[list[str]]:
    rows = []
    for url in sorted(uses, key=lambda url: _RANK[edition.disclosure.ledger.shown_verdict(url)]):
        own = [use for use in uses[url] if use.fiscal_year == report.fiscal_year]
        if not own:
            continue
        linked = edition.disclosure.is_link(url)
        rows.append(
            [
                inline.link_markdown(url, shortened(url)) if linked else address(url),
                told(edition, url),
                bullets(_measures(edition, own)),
                ", ".join(dict.fromkeys(_unit_words(edition, use) for use in own)),
            ]
        )
    return rows
