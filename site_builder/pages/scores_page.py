"""The page that leads from last year's scores to this year's measures."""

from __future__ import annotations

from decimal import Decimal

from site_builder import charts, inline, standing
from site_builder.edition import Edition
from site_builder.model import Indicator, Report
from site_builder.pages import standing_words
from site_builder.pages.layout import bullets, page, table
from site_builder.pages.naming import scores_path
from site_builder.pages.official_table import section_of
from site_builder.pages.wording import heading


def scores(edition: Edition, report: Report) -> str:
    """Last year's score of each indicator, its weak point, and the measures on it."""
    title = edition.say("จากคะแนนสู่มาตรการ", "From scores to measures")
    header = report.header
    found = [(i, header.score_of(i), header.weak_point_of(i)) for i in report.indicators]
    # The weakest first: that is where a measure is asked for most; then what has no score.
    known = sorted(
        ((indicator, score) for indicator, score, weak in found if score is not None or weak),
        key=lambda pair: (pair[1] is None, pair[1] or 0, pair[0].number),
    )
    chart = edition.say("คะแนน ITA ปีก่อน รายตัวชี้วัด", "Last year's ITA score of each indicator")
    parts = [
        charts.Part(edition.number(indicator.number), float(score), "period", f"{score:f}")
        for indicator, score in known
        if score is not None
    ]
    labels = [
        edition.label("indicator"),
        edition.say("คะแนนปีก่อน", "Last year's score"),
        edition.say("จุดที่ต้องพัฒนา", "Weak point"),
        edition.say("มาตรการปีนี้ และสถานะ", "Measures of this year, and their status"),
    ]
    rows = [_row(edition, report, indicator, score) for indicator, score in known]
    body = [
        f"# {title} {{: #scores }}",
        f'<p class="subtitle">{edition.year_title(report)}</p>',
        edition.say(
            "คะแนนการประเมิน ITA ปีก่อน จุดที่ต้องพัฒนา มาตรการที่หน่วยงานเลือกทำ และผลของมาตรการ "
            "เรียงจากคะแนนน้อยไปมาก",
            "Last year's ITA score, the weak point, the measures chosen and what came of them, "
            "the lowest score first",
        ),
        *([charts.columns(parts, chart, edition.number, top=100)] if parts else []),
        table(title, labels, rows),
    ]
    description = edition.say(
        "คะแนน ITA ปีก่อนรายตัวชี้วัดของ{office} และมาตรการที่ทำใน{year}",
        "Last year's ITA scores of {office} and the measures of {year}",
        office=edition.office_name(),
        year=edition.year_title(report),
    )
    return page(edition, title, description, body, hide=["toc"])


def _row(
    edition: Edition, report: Report, indicator: Indicator, score: Decimal | None
) -> list[str]:
    path = scores_path(report)
    unknown = edition.say("ไม่ได้ระบุ", "Not stated")
    measures = report.measures_of(indicator)
    weak = report.header.weak_point_of(indicator)
    lines = [
        f"[{heading(edition, m)}]({section_of(report, m, path)})<br>"
        + standing_words.badge(edition, standing.of(edition.disclosure, m, edition.today))
        for m in measures
    ]
    title = inline.unbroken(edition.indicator_title(indicator))
    return [
        f"[{title}](indicators/{indicator.number}.md)",
        edition.number(f"{score:f}") if score is not None else unknown,
        edition.office_words(inline.unbroken(weak)) if weak else unknown,
        bullets(lines) if lines else edition.say("ยังไม่มีมาตรการ", "No measure yet"),
    ]
