"""Pages: a disclosure in, Markdown out. Nothing here knows which site engine will read it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone

from site_builder import inline, thai
from site_builder.ledger import Entry
from site_builder.model import (
    KEYS,
    OFFICIAL_COLUMNS,
    STATUS_WORDS,
    TEXT_FIELDS,
    Agency,
    Disclosure,
    Evidence,
    Indicator,
    LinkUse,
    Measure,
    OfficialDocument,
    Report,
    label,
)
from site_builder.report_tables import CAPTION_PREFIX
from site_builder.verdicts import Verdict, words_for

SUMMARY_MARK = "<!-- summary -->"
"""Where an office's own home text wants the year's summary; without it, it stands at the end."""

EditUrl = Callable[[str], str | None]
"""Gives the address that edits a file below `measures/`; None where there is none."""

# Thailand has one time zone and no summer time: no time zone data is needed.
_THAI_TIME = timezone(timedelta(hours=7))
NOT_STATED = "—"


def year_path(report: Report) -> str:
    """The page of the whole official table."""
    return f"{report.fiscal_year}/index.md"


def indicator_path(report: Report, indicator: Indicator) -> str:
    """The page of one indicator."""
    return f"{report.fiscal_year}/indicators/{indicator.number}.md"


def year_title(report: Report, agency: Agency) -> str:
    """A report's name in menus."""
    return thai.in_digits(f"ปีงบประมาณ พ.ศ. {report.fiscal_year}", agency.digits)


def indicator_title(indicator: Indicator, agency: Agency) -> str:
    """An indicator as the official table names it."""
    number = thai.in_digits(indicator.number, agency.digits)
    return f"ตัวชี้วัดที่ {number} {indicator.name}"


def menu_title(text: str) -> str:
    """A title on one line, safe in menus: themes print titles as HTML."""
    return html.escape(" ".join(text.split()), quote=False)


# Home


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
    live = sum(_opens(disclosure, url) for url in urls)
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
    return f'<dl class="figures">\n{items}\n</dl>\n\n{_last_verified(disclosure, urls)}'


def _last_verified(disclosure: Disclosure, urls: Iterable[str]) -> str:
    entries = [e for url in urls if (e := disclosure.ledger.links.get(url))]
    if not entries:
        return "ลิงก์ของรายงานนี้ยังไม่ได้ตรวจ"
    moment = max(entry.last_checked for entry in entries)
    return f"ตรวจลิงก์ล่าสุด {_time(moment, disclosure.agency)}"


def _opens(disclosure: Disclosure, url: str) -> bool:
    return disclosure.ledger.shown_verdict(url) in {Verdict.OK, Verdict.MOVED}


def _indicator_overview(disclosure: Disclosure, report: Report) -> str:
    agency = disclosure.agency

    def row(indicator: Indicator) -> list[str]:
        measures = report.measures_of(indicator)
        urls = {url for measure in measures for url, _ in measure.urls()}
        live = sum(_opens(disclosure, url) for url in urls)
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


# The year and its indicators


def year(disclosure: Disclosure, report: Report) -> str:
    """The page of a year: its title as published, and the whole official table."""
    agency = disclosure.agency
    first, *rest = (inline.escape(line) for line in report.header.title)
    heading = [f"# {first} {{: #report }}"]
    if rest:
        heading.append('<p class="report-title">' + "<br>".join(rest) + "</p>")
    facts = _header_facts(report, agency)
    files = f"../data/{report.fiscal_year}/measures"
    return _page(
        f"{year_title(report, agency)}",
        [
            *heading,
            *facts,
            official_table(disclosure, report, report.in_table_order(), year_path(report)),
            f"ดาวน์โหลดตารางนี้: [CSV (เปิดด้วย Excel)]({files}.csv) · [JSON]({files}.json)",
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


def indicator(disclosure: Disclosure, report: Report, item: Indicator, edit_url: EditUrl) -> str:
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
        return _page(title, body)
    body.append(official_table(disclosure, report, measures, indicator_path(report, item)))
    for measure in measures:
        body.extend(_section(disclosure, report, measure, edit_url))
    # The table of contents would take the width that seven columns need.
    return _page(title, body, hide=["toc"])


def official_table(
    disclosure: Disclosure, report: Report, measures: Sequence[Measure], page: str
) -> str:
    """The official table, its seven columns in order; `page` is where it stands."""
    caption = f"รายงานผลการดำเนินการตามมาตรการ {year_title(report, disclosure.agency)}"
    rows = [
        [cell(disclosure, report, measure, name, page) for name in OFFICIAL_COLUMNS]
        for measure in measures
    ]
    return table(caption, [label(name) for name in OFFICIAL_COLUMNS], rows)


def cell(disclosure: Disclosure, report: Report, measure: Measure, name: str, page: str) -> str:
    """One cell of the official table: the office's words, safe in a Markdown table."""
    if name == "indicator":
        title = inline.escape(plain_cell(report, measure, name, disclosure.agency))
        folder = "indicators/" if page == year_path(report) else ""
        return f"[{title}]({folder}{measure.indicator}.md#{measure.id})"
    if name in TEXT_FIELDS and (texts := getattr(measure, name)) is not None:
        return _bullets([_rendered(disclosure, text) for text in texts])
    return inline.escape(plain_cell(report, measure, name, disclosure.agency))


def plain_cell(report: Report, measure: Measure, name: str, agency: Agency) -> str:
    """One cell of the official table in plain words, a line for each bullet."""
    value = getattr(measure, name)
    if name == "indicator":
        return indicator_title(next(i for i in report.indicators if i.number == value), agency)
    if name == "period":
        return measure.period.text
    if name in TEXT_FIELDS:
        return "\n".join(map(inline.plain, value)) if value is not None else NOT_STATED
    return str(value)


def _bullets(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    # A Markdown table cell is one line; inline HTML is how it holds a list.
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def table(caption: str, labels: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table under its caption line; cells are Markdown already."""
    lines = [labels, ["---"] * len(labels), *rows]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{CAPTION_PREFIX}{caption}\n\n{body}"


def _rendered(disclosure: Disclosure, text: str) -> str:
    return inline.to_markdown(text, lambda link: _link_attributes(disclosure, link.url))


def _link_attributes(disclosure: Disclosure, url: str) -> str | None:
    """What the style sheet shows behind a link: the verdict in words and its date."""
    if not disclosure.is_link(url):
        return None
    verdict = disclosure.ledger.shown_verdict(url)
    words = words_for(verdict)
    note = f"{words.sign} {words.th}"
    if entry := disclosure.ledger.links.get(url):
        note += f" · ตรวจล่าสุด {_date(entry.last_checked, disclosure.agency)}"
    return f'{{: .checked .checked-{verdict} data-verdict="{note}" }}'


# A measure's section


def _section(
    disclosure: Disclosure, report: Report, measure: Measure, edit_url: EditUrl
) -> Iterator[str]:
    yield f"## {inline.escape(measure.heading)} {{: #{measure.id} }}"
    yield "\n".join(_fields(disclosure, measure))
    yield "\n".join(_evidence(disclosure, measure))
    tools = [f"[ลิงก์ถาวรของมาตรการนี้](#{measure.id})"]
    if address := edit_url(f"{report.fiscal_year}/{measure.id}.yaml"):
        tools.append(f"[แก้ไขไฟล์ {measure.id}.yaml](<{address}>)")
    yield " · ".join(tools)


def _fields(disclosure: Disclosure, measure: Measure) -> Iterator[str]:
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
            yield from _field(name, [_rendered(disclosure, text) for text in texts])
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
    written = inline.escape(period.text)
    meant = thai.write_period(period.spans, agency.digits)
    same = "".join(thai.to_arabic(meant).split()) == "".join(thai.to_arabic(period.text).split())
    return written if same else f"{written} ({meant})"


def _budget(measure: Measure, agency: Agency) -> str:
    if measure.budget is None or measure.budget == "none":
        return "ไม่ใช้งบประมาณ"
    return thai.in_digits(f"{measure.budget:,}", agency.digits) + " บาท"


def _document(document: OfficialDocument) -> str:
    when = f"ลงวันที่ {document.date.text}" if document.date else ""
    return inline.escape(" ".join(filter(None, (document.number, when))))


def _evidence(disclosure: Disclosure, measure: Measure) -> Iterator[str]:
    yield "**หลักฐาน**\n"
    if not measure.evidence:
        yield "ไม่ได้แนบลิงก์หลักฐาน"
        return
    for proof in measure.evidence:
        yield f"- {_proof(disclosure, proof)}"


def _proof(disclosure: Disclosure, proof: Evidence) -> str:
    verdict = f"{_verdict_words(disclosure, proof.url)}"
    if not disclosure.is_link(proof.url):
        return f"{inline.escape(proof.title)} ({inline.escape(proof.url)}) {verdict}"
    link = inline.link_markdown(proof.url, proof.title)
    return f"{link}<br>{inline.escape(proof.url)} {verdict}"


def _verdict_words(disclosure: Disclosure, url: str) -> str:
    verdict = disclosure.ledger.shown_verdict(url)
    words = words_for(verdict)
    sign = f'<span aria-hidden="true">{words.sign}</span>'
    badge = f'<span class="verdict verdict-{verdict}">{sign} {words.th}</span>'
    entry = disclosure.ledger.links.get(url)
    return badge if entry is None else f"{badge} {_checked(entry, disclosure.agency)}"


def _checked(entry: Entry, agency: Agency) -> str:
    text = f"ตรวจล่าสุด {_time(entry.last_checked, agency)}"
    if entry.last_ok and entry.last_ok != entry.last_checked:
        text += f" เปิดได้ครั้งล่าสุด {_time(entry.last_ok, agency)}"
    return f'<span class="checked-on">{text}</span>'


def _date(moment: datetime, agency: Agency) -> str:
    return thai.write_date(moment.astimezone(_THAI_TIME).date(), agency.digits)


def _time(moment: datetime, agency: Agency) -> str:
    return f'<time datetime="{moment.isoformat()}">{_date(moment, agency)}</time>'


# Links and data

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


def links(disclosure: Disclosure) -> str:
    """The page of all links: what was found, when, and which measures use them."""
    agency = disclosure.agency
    links = disclosure.links()
    body = ["# ผลการตรวจลิงก์ {: #links }"]
    if not links:
        body.append("รายงานนี้ยังไม่มีลิงก์")
        return _page("ผลการตรวจลิงก์", body)
    verdicts = [disclosure.ledger.shown_verdict(url) for url in links]
    total = thai.in_digits(len(links), agency.digits)
    body.append(
        f"ทุกลิงก์ที่รายงานอ้างถึง {total} ที่อยู่ ตรวจด้วยโปรแกรม LinkChecker "
        f"{_last_verified(disclosure, links)} "
        "ผลตรวจบอกว่าเปิดเอกสารได้หรือไม่ในเวลาที่ตรวจ ไม่ได้รับรองเนื้อหาของเอกสาร"
    )
    body.append("\n".join(_totals(verdicts, agency)))
    ordered = sorted(
        links, key=lambda url: _WORST_FIRST.index(disclosure.ledger.shown_verdict(url))
    )
    labels = ["ที่อยู่เว็บ", "ผลการตรวจ", "มาตรการที่อ้างถึง", "ผู้รับผิดชอบ"]
    rows = [_link_row(disclosure, url, links[url]) for url in ordered]
    body.append(table("ลิงก์ทั้งหมด เรียงจากที่ควรแก้ก่อน", labels, rows))
    return _page("ผลการตรวจลิงก์", body, hide=["toc"])


def _totals(verdicts: Sequence[Verdict], agency: Agency) -> Iterator[str]:
    counts: dict[str, int] = {}
    for verdict in sorted(verdicts, key=_WORST_FIRST.index):
        words = words_for(verdict)
        name = f"{words.sign} {words.th}"
        counts[name] = counts.get(name, 0) + 1
    for name, count in counts.items():
        yield f"- {name}: {thai.in_digits(count, agency.digits)}"


def _link_row(disclosure: Disclosure, url: str, uses: Sequence[LinkUse]) -> list[str]:
    shown = inline.link_markdown(url, url) if disclosure.is_link(url) else inline.escape(url)
    entry = disclosure.ledger.links.get(url)
    verdict = _verdict_words(disclosure, url)
    if entry and entry.final_url and entry.final_url != url:
        verdict += f"<br>ไปสิ้นสุดที่ {inline.escape(entry.final_url)}"
    # A measure may publish the address at several places; a reader needs it named once.
    measures = dict.fromkeys(
        f"[{inline.escape(use.measure.heading)}]"
        f"({use.fiscal_year}/indicators/{use.measure.indicator}.md#{use.measure.id})"
        for use in uses
    )
    units = dict.fromkeys(inline.escape(use.measure.responsible_unit) for use in uses)
    return [shown, verdict, _bullets(list(measures)), ", ".join(units)]


def data(disclosure: Disclosure) -> str:
    """The page of downloads: every file, and what each column means."""
    agency = disclosure.agency
    licence = agency.licence or "หน่วยงานยังไม่ได้ระบุสัญญาอนุญาต"
    body = [
        "# ข้อมูลเปิด {: #open-data }",
        "ข้อมูลชุดเดียวกับที่แสดงบนเว็บไซต์ ในรูปแบบที่โปรแกรมอ่านได้ ที่อยู่ไฟล์ไม่เปลี่ยน",
        f"สัญญาอนุญาต: {inline.escape(licence)}",
        table(
            "ไฟล์ข้อมูลรายปี",
            ["ปี", "CSV (เปิดด้วย Excel)", "JSON"],
            [
                [
                    year_title(report, agency),
                    f"[measures.csv]({report.fiscal_year}/measures.csv)",
                    f"[measures.json]({report.fiscal_year}/measures.json)",
                ]
                for report in disclosure.reports
            ],
        ),
        table(
            "ความหมายของคอลัมน์",
            ["คอลัมน์", "ความหมาย"],
            [
                [f"{name}", inline.escape(text)]
                for name, text in {"id": "รหัสถาวรของมาตรการภายในปี", **column_meanings()}.items()
            ],
        ),
    ]
    return _page("ข้อมูลเปิด", body)


def column_meanings() -> dict[str, str]:
    """What each key of the data files means, in Thai."""
    return {name: label(name) for name in KEYS}


def _page(title: str, body: Sequence[str], hide: Sequence[str] = ()) -> str:
    # A JSON string is a YAML string whatever stands in it.
    lines = ["---", f"title: {json.dumps(menu_title(title), ensure_ascii=False)}"]
    if hide:
        lines += ["hide:", *(f"  - {part}" for part in hide)]
    return "\n".join([*lines, "---", ""]) + "\n" + "\n\n".join(body) + "\n"
