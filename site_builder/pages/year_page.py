"""The page of a year."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import inline, standing
from site_builder.edition import Edition
from site_builder.model import Report
from site_builder.pages import standing_words
from site_builder.pages.layout import page
from site_builder.pages.naming import scores_path, timeline_path, units_path, year_path
from site_builder.pages.official_table import official_table


def year(edition: Edition, report: Report) -> str:
    """The page of a year: its title as published, and the whole official table."""
    title = edition.year_title(report)
    table = official_table(edition, report, report.in_table_order(), year_path(report))
    files = f"../{edition.to_root}data/{report.fiscal_year}/measures"
    download = edition.say("ดาวน์โหลดตารางนี้", "Download this table")
    excel = edition.say("CSV (เปิดด้วย Excel)", "CSV (opens in Excel)")
    return page(
        edition,
        title,
        _description(edition, report),
        [
            *_heading(edition, report),
            *_header_facts(edition, report),
            " · ".join(_ways_in(edition, report)) + "\n{: .screen-only }",
            table,
            f"{download}: [{excel}]({files}.csv) · [JSON]({files}.json)\n{{: .screen-only }}",
        ],
        hide=["toc"],
    )


def _description(edition: Edition, report: Report) -> str:
    told = standing.figures(edition.disclosure, report.in_table_order(), edition.today)
    lead = edition.say(
        "รายงานผลมาตรการส่งเสริมคุณธรรมและความโปร่งใส {office} {year}",
        "Integrity and transparency measures of {office}, {year}",
        office=edition.office_name(),
        year=edition.year_title(report),
    )
    return f"{lead}. {standing_words.in_a_line(edition, told)}"


def _heading(edition: Edition, report: Report) -> Iterator[str]:
    lines = [inline.unbroken(line) for line in report.header.title]
    if edition.language == "en":
        yield f"# Integrity and transparency measures, {edition.year_title(report)} {{: #report }}"
    else:
        yield f"# {lines.pop(0)} {{: #report }}"
    if lines:
        mark = "" if edition.language == "th" else ' lang="th"'
        yield f'<p class="report-title"{mark}>' + "<br>".join(lines) + "</p>"


def _header_facts(edition: Edition, report: Report) -> list[str]:
    facts = []
    assessed = report.header.assessment_year
    if report.item is not None and assessed is not None:
        item = report.item.report if report.item.confirmed else ""
        facts.append(
            edition.say(f"ใช้ประกอบการประเมิน ITA ปี พ.ศ. {assessed}", f"Counts in ITA {assessed}")
            + (f" {edition.say('ข้อ', 'as item')} {item}" if item else "")
        )
    if approved := report.header.approved:
        when = f" เมื่อ {approved.on.text}" if approved.on else ""
        facts.append(edition.office_words(inline.escape(f"ผู้อนุมัติ {approved.by}{when}")))
    return ["  \n".join(facts)] if facts else []


def _ways_in(edition: Edition, report: Report) -> Iterator[str]:
    """The same measures, seen in other ways."""
    ways = {
        units_path(report): edition.say("แยกตามผู้รับผิดชอบ", "By responsible unit"),
        timeline_path(report): edition.say("ตามไตรมาส", "By quarter"),
    }
    if report.header.looks_back:
        ways[scores_path(report)] = edition.say("จากคะแนนสู่มาตรการ", "From scores to measures")
    yield from (f"[{words}]({path.partition('/')[2]})" for path, words in ways.items())
