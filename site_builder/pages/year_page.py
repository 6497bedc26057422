"""The page of a year."""

from __future__ import annotations

from datetime import date

from site_builder import inline, thai
from site_builder.edition import Edition
from site_builder.model import Agency, Disclosure, Report
from site_builder.pages.layout import page
from site_builder.pages.naming import year_path, year_title
from site_builder.pages.official_table import official_table
from site_builder.pages.print_words import print_foot, print_head


def year(disclosure: Disclosure, report: Report, today: date) -> str:
    """The page of a year: its title as published, and the whole official table."""
    agency = disclosure.agency
    first, *rest = (inline.escape(line) for line in report.header.title)
    heading = [f"# {first} {{: #report }}"]
    if rest:
        heading.append('<p class="report-title">' + "<br>".join(rest) + "</p>")
    facts = _header_facts(report, agency)
    edition = Edition(disclosure, today)
    files = f"../data/{report.fiscal_year}/measures"
    return page(
        f"{year_title(report, agency)}",
        [
            print_head(edition),
            *heading,
            *facts,
            official_table(disclosure, report, report.in_table_order(), year_path(report), today),
            (
                "ดาวน์โหลดตารางนี้: "
                f"[CSV (เปิดด้วย Excel)]({files}.csv) · [JSON]({files}.json)\n{{: .screen-only }}"
            ),
            print_foot(edition, (url for m in report.measures for url, _ in m.urls())),
        ],
        hide=["toc"],
    )


def _header_facts(report: Report, agency: Agency) -> list[str]:
    facts = []
    if report.item is not None and report.header.assessment_year is not None:
        text = f"ใช้ประกอบการประเมิน ITA ปี พ.ศ. {report.header.assessment_year}"
        item = "" if not report.item.confirmed else f" ข้อ {report.item.report}"
        facts.append(thai.in_digits(text, agency.digits) + item)
    if approved := report.header.approved:
        when = f" เมื่อ {approved.on.text}" if approved.on else ""
        facts.append(inline.escape(f"ผู้อนุมัติ {approved.by}{when}"))
    return ["  \n".join(facts)] if facts else []
