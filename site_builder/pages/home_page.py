"""The home page."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder import inline, standing
from site_builder.edition import Edition
from site_builder.model import Indicator, Report
from site_builder.pages import standing_words
from site_builder.pages.check_words import last_verified, time
from site_builder.pages.layout import figures, page, table
from site_builder.pages.naming import (
    HOME,
    YEARS,
    indicator_path,
    scores_path,
    timeline_path,
    units_path,
    year_path,
)
from site_builder.pages.official_table import section_of
from site_builder.pages.wording import heading

SUMMARY_MARK = "<!-- summary -->"
"""Where an office's own home text wants the year's summary; without it, it stands at the end."""
_ABOUT = (
    "รายงานผลมาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{office} ทุกมาตรการมีที่อยู่ถาวร ทุกลิงก์มีผลการตรวจ",
    "Integrity and transparency measures of {office}: a permanent address each, every link checked",
)
_TITLE = ("รายงานคุณธรรมและความโปร่งใส {office}", "Integrity and transparency of {office}")


def home(edition: Edition, own_text: str | None) -> str:
    """The home page: the office's own text, if it wrote one, with the year's summary."""
    summary = _summary(edition)
    if own_text is None:
        title = edition.say(*_TITLE, office=edition.office_name())
        shown = edition.say(*_TITLE, office=edition.marked_office_name())
        about = _description(edition)
        lead = edition.say(*_ABOUT, office=edition.marked_office_name())
        return page(edition, title, about, [f"# {shown} {{: #home }}", lead, summary])
    if SUMMARY_MARK in own_text:
        return own_text.replace(SUMMARY_MARK, summary, 1)
    return f"{own_text.rstrip()}\n\n{summary}"


def _description(edition: Edition) -> str:
    return edition.say(*_ABOUT, office=edition.office_name())


def _summary(edition: Edition) -> str:
    reports = edition.disclosure.reports
    if not reports:
        return edition.say("ยังไม่มีรายงาน", "There is no report yet") + "\n{: .empty }\n"
    report, *older = reports
    lines = [
        f"## {edition.year_title(report)} {{: #summary }}",
        *_at_a_glance(edition, report),
        _buttons(edition, report),
        _indicator_overview(edition, report),
        *_lately(edition),
    ]
    if older:
        compare = edition.say("เปรียบเทียบรายปี", "Year against year")
        lines += [
            f"## {edition.say('ปีก่อนหน้า', 'Past years')} {{: #past-years }}",
            "\n".join(f"- [{edition.year_title(r)}]({year_path(r)})" for r in older),
            f"[{compare}]({YEARS})",
        ]
    return "\n\n".join(lines) + "\n"


def _at_a_glance(edition: Edition, report: Report) -> list[str]:
    measures = report.in_table_order()
    if not measures:
        none = edition.say("ยังไม่มีมาตรการในปีนี้", "There are no measures of this year yet")
        return [f"{none}\n{{: .empty }}"]
    told = standing.figures(edition.disclosure, measures, edition.today)
    urls = {url for measure in measures for url, _ in measure.urls()}
    responsible = edition.number(len(standing.units(edition.disclosure, report)))
    shown = {
        **standing_words.in_figures(edition, told),
        edition.say("ผู้รับผิดชอบ", "Responsible units"): responsible,
    }
    verified = last_verified(edition, urls)
    what = edition.say("ดูผลการตรวจทุกลิงก์", "See what was found of every link")
    return [
        figures(shown),
        standing_words.chart(edition, told),
        f"{verified} · [{what}](links.md)\n{{: .verified }}",
    ]


_AT_MOST = 6
"""Lines of changes that the home page tells of."""
_SEVERAL = 3
"""Changes of one day and kind that are named; more are counted."""
_KINDS = {
    "added": ("เพิ่ม", "added"),
    "changed": ("แก้ไข", "changed"),
    "renamed": ("เปลี่ยนชื่อไฟล์", "renamed"),
}


def _lately(edition: Edition) -> list[str]:
    """What changed lately in the measures that are published, as far as git can tell."""
    published = {
        (str(report.fiscal_year), measure.id): (report, measure)
        for report in edition.disclosure.reports
        for measure in report.measures
    }
    told: dict[tuple[str, str], list[str]] = {}
    for change in edition.history.latest_changes(len(edition.history.changes)):
        *_, year, name = f"//{change.path}".split("/")
        found = published.get((year, name.removesuffix(".yaml")))
        if found is None or change.kind not in _KINDS:
            continue
        report, measure = found
        target = section_of(report, measure, HOME)
        link = f"[{heading(edition, measure)}]({target})"
        told.setdefault((time(edition, change.moment), change.kind), []).append(link)
    lines = [f"- {when} {_listed(edition, kind, links)}" for (when, kind), links in told.items()]
    title = f"## {edition.say('เปลี่ยนแปลงล่าสุด', 'What changed lately')} {{: #lately }}"
    if lines:
        return [title, "\n".join(lines[:_AT_MOST])]
    none = edition.say(
        "ยังไม่มีประวัติการแก้ไขที่อ่านได้ในสำเนานี้", "This copy of the site has no history to tell of"
    )
    return [title, f"{none}\n{{: .empty }}"]


def _listed(edition: Edition, kind: str, links: Sequence[str]) -> str:
    """Some changes of one kind on one day; many at once in a number."""
    words = edition.say(*_KINDS[kind])
    if len(links) > _SEVERAL:
        return f"{words} {edition.say(f'{len(links)} มาตรการ', f'{len(links)} measures')}"
    return f"{words} {', '.join(links)}"


def _buttons(edition: Edition, report: Report) -> str:
    table_words = edition.say("ตารางรายงานทั้งฉบับ", "The whole official table")
    ways = {
        units_path(report): edition.say("แยกตามผู้รับผิดชอบ", "By responsible unit"),
        timeline_path(report): edition.say("ตามไตรมาส", "By quarter"),
    }
    if report.header.looks_back:
        ways[scores_path(report)] = edition.say("จากคะแนนสู่มาตรการ", "From scores to measures")
    ways["data/index.md"] = edition.say("ข้อมูลเปิด", "Open data")
    return " ".join(
        [
            f"[{table_words}]({year_path(report)}){{: .md-button .md-button--primary }}",
            *(f"[{words}]({path}){{: .md-button }}" for path, words in ways.items()),
        ]
    )


def _indicator_overview(edition: Edition, report: Report) -> str:
    def row(indicator: Indicator) -> list[str]:
        measures = report.measures_of(indicator)
        told = standing.figures(edition.disclosure, measures, edition.today)
        title = inline.unbroken(edition.indicator_title(indicator))
        several = len(told.by_standing) > 1
        marks = [
            standing_words.badge(edition, kind, count if several else None)
            for kind, count in told.by_standing.items()
        ]
        none = edition.say("ไม่มีมาตรการ", "No measure")
        return [
            f"[{title}]({indicator_path(report, indicator)})",
            edition.number(told.measures),
            "<br>".join(marks) if marks else none,
        ]

    return table(
        edition.say(
            f"ตัวชี้วัดและสถานะ {edition.year_title(report)}",
            f"Indicators and their status, {edition.year_title(report)}",
        ),
        [
            edition.label("indicator"),
            edition.say("มาตรการ", "Measures"),
            edition.say("สถานะ", "Status"),
        ],
        [row(indicator) for indicator in report.indicators],
    )
