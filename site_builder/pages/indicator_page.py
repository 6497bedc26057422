"""The page of an indicator: its official table, then a section for each measure."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import date

from site_builder import inline, thai
from site_builder.model import (
    STATUS_WORDS,
    TEXT_FIELDS,
    Agency,
    Disclosure,
    Evidence,
    Indicator,
    Measure,
    OfficialDocument,
    Report,
    label,
)
from site_builder.pages.check_words import told
from site_builder.pages.layout import address, page
from site_builder.pages.naming import EditUrl, indicator_path, indicator_title, year_title
from site_builder.pages.official_table import official_table, rendered


def indicator(
    disclosure: Disclosure, report: Report, item: Indicator, edit_url: EditUrl, today: date
) -> str:
    """The page of one indicator: its official table, then a section for each measure."""
    measures = report.measures_of(item)
    agency = disclosure.agency
    title = indicator_title(item, agency)
    body = [f"# {inline.escape(title)} {{: #indicator-{item.number} }}"]
    body.append(
        f'<p class="subtitle">{year_title(report, agency)} · '
        f'<span lang="en">{html.escape(item.name_en)}</span> · {item.instrument}</p>'
    )
    if not measures:
        body.append("ยังไม่มีมาตรการภายใต้ตัวชี้วัดนี้ในปีงบประมาณนี้")
        return page(title, body)
    body.append(official_table(disclosure, report, measures, indicator_path(report, item), today))
    for measure in measures:
        body.extend(_section(disclosure, report, measure, edit_url, today))
    # The table of contents would take the width that seven columns need.
    return page(title, body, hide=["toc"])


def _section(
    disclosure: Disclosure, report: Report, measure: Measure, edit_url: EditUrl, today: date
) -> Iterator[str]:
    yield f"## {inline.escape(measure.heading)} {{: #{measure.id} }}"
    yield "\n".join(_fields(disclosure, measure, today))
    yield "\n".join(_evidence(disclosure, measure, today))
    tools = [f"[ลิงก์ถาวรของมาตรการนี้](#{measure.id})"]
    if address := edit_url(f"{report.fiscal_year}/{measure.id}.yaml"):
        tools.append(f"[แก้ไขไฟล์ {measure.id}.yaml](<{address}>)")
    yield " · ".join(tools)


def _fields(disclosure: Disclosure, measure: Measure, today: date) -> Iterator[str]:
    agency = disclosure.agency
    yield from _field("responsible_unit", [inline.escape(measure.responsible_unit)])
    yield from _field("period", [_period(measure, agency)])
    if measure.status:
        yield from _field("status", [STATUS_WORDS[measure.status]])
    if measure.budget is not None:
        yield from _field("budget", [_budget(measure, agency)])
    for name in TEXT_FIELDS:
        # A measure of one line stands in the heading already.
        texts = getattr(measure, name)
        if texts and not (name == "measure" and len(texts) == 1):
            yield from _field(name, [rendered(disclosure, text, today) for text in texts])
    if measure.document:
        yield from _field("document", [_document(measure.document)])


def _field(name: str, lines: Sequence[str]) -> Iterator[str]:
    if len(lines) == 1:
        yield f"- **{label(name)}:** {lines[0]}"
        return
    yield f"- **{label(name)}:**"
    yield from (f"    - {line}" for line in lines)


def _period(measure: Measure, agency: Agency) -> str:
    period = measure.period
    written = inline.unbroken(period.text)
    meant = thai.write_period(period.spans, agency.digits)
    same = "".join(thai.to_arabic(meant).split()) == "".join(thai.to_arabic(period.text).split())
    return written if same else f"{written} ({inline.unbroken(meant)})"


def _budget(measure: Measure, agency: Agency) -> str:
    if measure.budget is None or measure.budget == "none":
        return "ไม่ใช้งบประมาณ"
    return thai.in_digits(f"{measure.budget:,}", agency.digits) + " บาท"


def _document(document: OfficialDocument) -> str:
    when = f"ลงวันที่ {document.date.text}" if document.date else ""
    return inline.escape(" ".join(filter(None, (document.number, when))))


def _evidence(disclosure: Disclosure, measure: Measure, today: date) -> Iterator[str]:
    yield "**หลักฐาน**\n"
    if not measure.evidence:
        yield "ไม่ได้แนบลิงก์หลักฐาน"
        return
    for proof in measure.evidence:
        yield f"- {_proof(disclosure, proof, today)}"


def _proof(disclosure: Disclosure, proof: Evidence, today: date) -> str:
    check = told(disclosure, proof.url, today)
    if not disclosure.is_link(proof.url):
        return f"{inline.escape(proof.title)} ({inline.escape(proof.url)})<br>{check}"
    link = inline.link_markdown(proof.url, proof.title)
    return f"{link}<br>{address(proof.url)}<br>{check}"
