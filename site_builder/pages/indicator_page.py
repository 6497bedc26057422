"""The page of an indicator: its official table, then a section for each measure."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from site_builder import inline, standing, thai
from site_builder.edition import Edition
from site_builder.history import history_address
from site_builder.model import (
    TEXT_FIELDS,
    Evidence,
    Indicator,
    Measure,
    OfficialDocument,
    Report,
)
from site_builder.pages import standing_words
from site_builder.pages.check_words import told
from site_builder.pages.layout import address, page
from site_builder.pages.naming import indicator_path, scores_path, unit_path
from site_builder.pages.official_table import official_table
from site_builder.pages.permanent_link import permanent_link
from site_builder.pages.wording import heading, rendered, unit_called, wording

_INSTRUMENTS = {
    "IIT": ("สำรวจจากบุคลากรภายในหน่วยงาน (IIT)", "Staff survey (IIT)"),
    "EIT": ("สำรวจจากประชาชนและผู้มาติดต่อ (EIT)", "Survey of the public (EIT)"),
    "OIT": ("ตรวจจากข้อมูลที่เปิดเผย (OIT)", "Published evidence (OIT)"),
}
"""How the assessment measures an indicator."""


def indicator(edition: Edition, report: Report, item: Indicator) -> str:
    """The page of one indicator: its official table, then a section for each measure."""
    measures = report.measures_of(item)
    title = edition.indicator_title(item)
    body = [
        f"# {inline.unbroken(title)} {{: #indicator-{item.number} }}",
        _subtitle(edition, report, item),
    ]
    if not measures:
        body.append(
            edition.say(
                "ยังไม่มีมาตรการภายใต้ตัวชี้วัดนี้ในปีงบประมาณนี้",
                "There are no measures under this indicator in this fiscal year yet",
            )
            + "\n{: .empty }"
        )
        return page(edition, title, _description(edition, report, item), body)
    body.append(official_table(edition, report, measures, indicator_path(report, item)))
    for measure in measures:
        body.extend(_section(edition, report, measure))
    # The table of contents would take the width that seven columns need.
    return page(edition, title, _description(edition, report, item), body, hide=["toc"])


def _description(edition: Edition, report: Report, item: Indicator) -> str:
    measures = report.measures_of(item)
    told = standing.figures(edition.disclosure, measures, edition.today)
    names = (edition.indicator_title(item), edition.year_title(report), edition.office_name())
    return f"{', '.join(names)}. {standing_words.in_a_line(edition, told)}"


def _subtitle(edition: Edition, report: Report, item: Indicator) -> str:
    parts = [edition.year_title(report), edition.literal(*_INSTRUMENTS[item.instrument])]
    if edition.language == "en":
        parts.append(edition.office_words(html.escape(item.name)))
    line = f'<p class="subtitle">{" · ".join(parts)}</p>'
    if (score := report.header.score_of(item)) is None:
        return line
    lead = edition.say("คะแนน ITA ปีก่อนของตัวชี้วัดนี้", "Last year's ITA score of this indicator")
    more = edition.say("จากคะแนนสู่มาตรการ", "From scores to measures")
    up = "../" + scores_path(report).partition("/")[2]
    return f"{line}\n\n{lead} **{edition.number(f'{score:f}')}** · [{more}]({up})"


def _section(edition: Edition, report: Report, measure: Measure) -> Iterator[str]:
    yield f"## {heading(edition, measure)} {{: #{measure.id} }}"
    stands = standing.of(edition.disclosure, measure, edition.today)
    yield standing_words.badge(edition, stands)
    yield "\n".join(_fields(edition, report, measure))
    yield "\n".join(_evidence(edition, measure))
    tools = [permanent_link(edition, measure.id, measure.heading)]
    if found := edition.edit_url(f"{report.fiscal_year}/{measure.id}.yaml"):
        tools.append(f"[{edition.say('แก้ไขไฟล์', 'Edit')} {measure.id}.yaml](<{found}>)")
        if changes := history_address(found):
            tools.append(f"[{edition.say('ประวัติการแก้ไข', 'History')}](<{changes}>)")
    yield " · ".join(tools) + "\n{: .screen-only }"


def _fields(edition: Edition, report: Report, measure: Measure) -> Iterator[str]:
    yield from _field(edition, "responsible_unit", [_units(edition, report, measure)])
    yield from _field(edition, "period", [_period(edition, measure)])
    if measure.budget is not None:
        yield from _field(edition, "budget", [_budget(edition, measure)])
    for field in TEXT_FIELDS:
        # A measure of one line stands in the heading already.
        texts, language = wording(edition, measure, field)
        if texts and not (field == "measure" and len(texts) == 1):
            lines = [rendered(edition, text) for text in texts]
            marked = [edition.office_words(line) for line in lines] if language else lines
            yield from _field(edition, field, marked)
    if measure.document:
        yield from _field(edition, "document", [_document(edition, measure.document)])


def _units(edition: Edition, report: Report, measure: Measure) -> str:
    links = []
    for unit in standing.units_of(edition.disclosure, measure):
        words, foreign = unit_called(edition, unit, [measure])
        name = inline.escape(words)
        up = "../" + unit_path(report, unit).partition("/")[2]
        links.append(f"[{edition.office_words(name) if foreign else name}]({up})")
    return ", ".join(links)


def _field(edition: Edition, name: str, lines: Sequence[str]) -> Iterator[str]:
    if len(lines) == 1:
        yield f"- **{edition.label(name)}:** {lines[0]}"
        return
    yield f"- **{edition.label(name)}:**"
    yield from (f"    - {line}" for line in lines)


def _period(edition: Edition, measure: Measure) -> str:
    period = measure.period
    written = edition.office_words(inline.unbroken(period.text))
    meant = edition.period(period.spans)
    same = "".join(thai.to_arabic(meant).split()) == "".join(thai.to_arabic(period.text).split())
    return written if same else f"{written} {inline.unbroken(f'({meant})')}"


def _budget(edition: Edition, measure: Measure) -> str:
    if measure.budget is None or measure.budget == "none":
        return edition.say("ไม่ใช้งบประมาณ", "No budget used")
    return f"{edition.number(f'{measure.budget:,}')} {edition.say('บาท', 'baht')}"


def _document(edition: Edition, document: OfficialDocument) -> str:
    when = f"ลงวันที่ {document.date.text}" if document.date else ""
    return edition.office_words(inline.escape(" ".join(filter(None, (document.number, when)))))


def _evidence(edition: Edition, measure: Measure) -> Iterator[str]:
    yield f"**{edition.label('evidence')}**\n"
    if not measure.evidence:
        yield edition.say("ไม่ได้แนบลิงก์หลักฐาน", "No link to evidence was given")
        return
    for proof in measure.evidence:
        yield f"- {_proof(edition, proof)}"


def _proof(edition: Edition, proof: Evidence) -> str:
    check = told(edition, proof.url)
    if not edition.disclosure.is_link(proof.url):
        title = edition.office_words(inline.escape(proof.title))
        return f"{title} ({inline.escape(proof.url)})<br>{check}"
    link = edition.office_words(inline.link_markdown(proof.url, proof.title))
    return f"{link}<br>{address(proof.url)}<br>{check}"
