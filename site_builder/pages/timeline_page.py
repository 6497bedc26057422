"""The page of a fiscal year by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from site_builder import charts, inline, standing, thai
from site_builder.edition import Edition
from site_builder.model import Measure, Report
from site_builder.pages import standing_words
from site_builder.pages.layout import page, table
from site_builder.pages.naming import timeline_path
from site_builder.pages.official_table import section_of
from site_builder.pages.wording import heading

_QUARTERS = (1, 2, 3, 4)
_ONE_DAY = timedelta(days=1)


def timeline(edition: Edition, report: Report) -> str:
    """The fiscal year by quarter: how much is under way, and each measure on its lane."""
    title = edition.say("ปฏิทินตามไตรมาส", "The year by quarter")
    measures = report.in_table_order()
    body = [f"# {title} {{: #timeline }}", f'<p class="subtitle">{edition.year_title(report)}</p>']
    if not measures:
        body.append(edition.say("ยังไม่มีมาตรการในปีนี้", "There are no measures yet") + "\n{: .empty }")
    else:
        body += _quarters(edition, report, measures)
    description = edition.say(
        "มาตรการของ{office} {year} แยกตามไตรมาส เริ่มและสิ้นสุดเมื่อใด",
        "Measures of {office}, {year}, by quarter: when each begins and ends",
        office=edition.office_name(),
        year=edition.year_title(report),
    )
    return page(edition, title, description, body, hide=["toc"])


def _quarters(edition: Edition, report: Report, measures: Sequence[Measure]) -> list[str]:
    year = report.fiscal_year
    under_way = {
        quarter: [m for m in measures if _touches(m, thai.quarter_span(year, quarter))]
        for quarter in _QUARTERS
    }
    names = {quarter: _quarter_name(edition, year, quarter) for quarter in _QUARTERS}
    title = edition.say("มาตรการที่ดำเนินการในแต่ละไตรมาส", "Measures under way in each quarter")
    parts = [
        charts.Part(edition.say(f"ไตรมาส {quarter}", f"Q{quarter}"), len(found), "period")
        for quarter, found in under_way.items()
    ]
    rows = [[names[quarter], edition.number(len(under_way[quarter]))] for quarter in _QUARTERS]
    labels = [edition.say("ไตรมาส", "Quarter"), edition.say("มาตรการ", "Measures")]
    blocks = [charts.columns(parts, title, edition.number), table(title, labels, rows)]
    blocks.append(
        edition.say(
            "มาตรการที่ดำเนินการหลายไตรมาสนับในทุกไตรมาสนั้น ส่วนที่อยู่นอกปีงบประมาณไม่นับ",
            "A measure under way in several quarters counts in each; one outside the year in none.",
        )
    )
    listed: set[str] = set()
    for quarter in _QUARTERS:
        span = thai.quarter_span(year, quarter)
        begun = [m for m in measures if m.id not in listed and _begins(m, span, quarter)]
        listed |= {measure.id for measure in begun}
        blocks += _group(edition, report, f"q{quarter}", _starting(edition, names[quarter]), begun)
    outside = [measure for measure in measures if measure.id not in listed]
    if outside:
        words = edition.say("อยู่นอกปีงบประมาณนี้", "Outside this fiscal year")
        blocks += _group(edition, report, "outside", words, outside)
    return blocks


def _starting(edition: Edition, quarter: str) -> str:
    return edition.say(f"เริ่มใน{quarter}", f"Beginning in {quarter}")


def _quarter_name(edition: Edition, year: int, quarter: int) -> str:
    days = edition.period([thai.quarter_span(year, quarter)])
    return edition.say(f"ไตรมาส {quarter}", f"Q{quarter}") + f" ({days})"


def _touches(measure: Measure, span: thai.Span) -> bool:
    return any(own.start <= span.end and span.start <= own.end for own in measure.period.spans)


def _begins(measure: Measure, span: thai.Span, quarter: int) -> bool:
    """Whether a measure begins in this quarter; what began before the year does in the first."""
    start = measure.period.start
    return span.start <= start <= span.end or (
        quarter == 1 and start < span.start and _touches(measure, span)
    )


def _group(
    edition: Edition, report: Report, anchor: str, words: str, measures: Sequence[Measure]
) -> list[str]:
    blocks = [f"## {words} {{: #{anchor} }}"]
    if not measures:
        none = edition.say("ไม่มีมาตรการที่เริ่มในไตรมาสนี้", "No measure begins in this quarter")
        return [*blocks, f"{none}\n{{: .empty }}"]
    labels = [
        edition.say("มาตรการ", "Measure"),
        edition.say("ระยะเวลา", "Period"),
        edition.say("ต.ค. ถึง ก.ย.", "Oct to Sep"),
        edition.say("สถานะ", "Status"),
    ]
    rows = [_row(edition, report, measure) for measure in measures]
    caption = edition.say(f"{len(measures)} มาตรการ", f"{len(measures)} measures")
    return [*blocks, table(f"{words}: {caption}", labels, rows)]


def _row(edition: Edition, report: Report, measure: Measure) -> list[str]:
    stands = standing.of(edition.disclosure, measure, edition.today)
    target = section_of(report, measure, timeline_path(report))
    whole = thai.fiscal_year_span(report.fiscal_year)
    days = (whole.end - whole.start + _ONE_DAY).days
    stretches = [
        charts.Stretch((s.start - whole.start).days / days, ((s.end - whole.start).days + 1) / days)
        for s in measure.period.spans
    ]
    lane = charts.year_lane(stretches, edition.period(measure.period.spans), stands.value)
    return [
        f"[{heading(edition, measure)}]({target})",
        edition.office_words(inline.unbroken(measure.period.text)),
        lane,
        standing_words.badge(edition, stands),
    ]
