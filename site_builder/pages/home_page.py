"""The home page."""

from __future__ import annotations

from site_builder import inline, thai
from site_builder.model import Disclosure, Indicator, Report
from site_builder.pages.check_words import last_verified, opens
from site_builder.pages.layout import table
from site_builder.pages.naming import indicator_path, indicator_title, year_path, year_title

SUMMARY_MARK = "<!-- summary -->"
"""Where an office's own home text wants the year's summary; without it, it stands at the end."""


def home(disclosure: Disclosure, own_text: str | None) -> str:
    """The home page: the office's own text, if it wrote one, with the year's summary."""
    summary = _summary(disclosure)
    if own_text is None:
        name = inline.escape(disclosure.agency.name.th)
        return f"# รายงานคุณธรรมและความโปร่งใส {name}\n\n{summary}"
    if SUMMARY_MARK in own_text:
        return own_text.replace(SUMMARY_MARK, summary, 1)
    return f"{own_text.rstrip()}\n\n{summary}"


def _summary(disclosure: Disclosure) -> str:
    if not disclosure.reports:
        return "ยังไม่มีรายงาน\n"
    report, *older = disclosure.reports
    agency = disclosure.agency
    lines = [
        f"## {year_title(report, agency)} {{: #summary }}",
        _figures(disclosure, report),
        _indicator_overview(disclosure, report),
        _buttons(report),
    ]
    if older:
        lines.append("## ปีก่อนหน้า {: #past-years }")
        lines.append("\n".join(f"- [{year_title(r, agency)}]({year_path(r)})" for r in older))
    return "\n\n".join(lines) + "\n"


def _buttons(report: Report) -> str:
    return (
        f"[ตารางรายงานทั้งฉบับ]({year_path(report)}){{: .md-button .md-button--primary }}"
        " [ผลการตรวจลิงก์](links.md){: .md-button }"
        " [ข้อมูลเปิด](data/index.md){: .md-button }"
    )


def _figures(disclosure: Disclosure, report: Report) -> str:
    measures = report.in_table_order()
    covered = sum(bool(report.measures_of(i)) for i in report.indicators)
    reported = sum(m.result_summary is not None for m in measures)
    urls = {url for m in measures for url, _ in m.urls()}
    live = sum(opens(disclosure, url) for url in urls)
    figures = {
        "มาตรการ": f"{len(measures)}",
        "ตัวชี้วัดที่มีมาตรการ": f"{covered} จาก {len(report.indicators)}",
        "รายงานผลแล้ว": f"{reported} จาก {len(measures)}",
        "ลิงก์หลักฐานที่เปิดได้": f"{live} จาก {len(urls)}",
    }
    digits = disclosure.agency.digits
    items = "\n".join(
        f"<div><dt>{name}</dt><dd>{thai.in_digits(value, digits)}</dd></div>"
        for name, value in figures.items()
    )
    return f'<dl class="figures">\n{items}\n</dl>\n\n{last_verified(disclosure, urls)}'


def _indicator_overview(disclosure: Disclosure, report: Report) -> str:
    agency = disclosure.agency

    def row(indicator: Indicator) -> list[str]:
        measures = report.measures_of(indicator)
        urls = {url for measure in measures for url, _ in measure.urls()}
        live = sum(opens(disclosure, url) for url in urls)
        title = inline.escape(indicator_title(indicator, agency))
        return [
            f"[{title}]({indicator_path(report, indicator)})",
            thai.in_digits(len(measures), agency.digits),
            thai.in_digits(f"{live} จาก {len(urls)}", agency.digits) if urls else "ไม่มีลิงก์",
        ]

    return table(
        f"ตัวชี้วัดและมาตรการ {year_title(report, agency)}",
        ["ตัวชี้วัด", "มาตรการ", "ลิงก์หลักฐานที่เปิดได้"],
        [row(indicator) for indicator in report.indicators],
    )
