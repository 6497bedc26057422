"""The tools of a long official table: filter, sort, copy, download.

Plain labelled controls in HTML, made at build with every word they need; the script
`20-table-tools.js` brings them to life. Without it they are not shown, and the table is whole.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence

from site_builder import standing, units
from site_builder.edition import Edition
from site_builder.model import OFFICIAL_COLUMNS, Measure, Report
from site_builder.pages.wording import unit_called
from site_builder.standing import DONE, WORDS, Standing

A_HANDFUL = 5
"""Rows that need no tools: all of them are seen at once."""
UNFINISHED = (Standing.OVERDUE, Standing.IN_PROGRESS, Standing.PLANNED)
"""What an office still owes; a cancelled measure is owed no more."""


def facts(edition: Edition, measure: Measure) -> str:
    """What the tools must know of a row, as an attribute list for its first cell.

    The words are what the style sheet shows there: a reader who filters by standing sees it.
    """
    found = standing.of(edition.disclosure, measure, edition.today)
    words = WORDS[found]
    told = f"{words.sign} {edition.say(words.th, words.en)}"
    start = measure.period.start.isoformat()
    unit = " ".join(map(units.slug, standing.units_of(edition.disclosure, measure)))
    return (
        f'{{: data-unit="{unit}" data-standing="{found}" data-start="{start}" data-told="{told}" }}'
    )


def table_tools(edition: Edition, report: Report, measures: Sequence[Measure]) -> str | None:
    """The controls that stand above an official table; None where a table needs none."""
    if len(measures) <= A_HANDFUL:
        return None
    return "\n".join(_form(edition, report, measures))


def _form(edition: Edition, report: Report, measures: Sequence[Measure]) -> Iterator[str]:
    say = edition.say
    name = say("กรองและเรียงตาราง", "Filter and sort the table")
    # `hidden` for readers of the page without the style sheet and the script.
    yield (
        f'<form class="table-tools" hidden autocomplete="off" data-search-exclude'
        f' aria-label="{name}"'
        f' data-file="measures-{report.fiscal_year}"'
        f' data-columns="{" ".join(OFFICIAL_COLUMNS)}"'
        f' data-words="{_attribute(json.dumps(_words(edition), ensure_ascii=False))}">'
    )
    yield (
        '<button type="button" class="table-toggle" aria-expanded="false"'
        f' aria-controls="table-filters" disabled>{name}</button>'
    )
    yield '<fieldset class="table-filters" id="table-filters" disabled>'
    yield f"<legend>{name}</legend>"
    yield (
        f'<p><label for="table-text">{say("คำในตาราง", "Words in the table")}</label>'
        '<input type="search" id="table-text" name="text" enterkeyhint="search"></p>'
    )
    choices = list(_units(edition, report, measures))
    # "All" and one more: on the page of a unit there is nothing to choose.
    yield _select("unit", edition.label("responsible_unit"), choices, hidden=len(choices) < 3)
    yield _select("status", say("สถานะ", "Status"), _standings(edition, measures))
    yield _select("sort", say("เรียงตาม", "Sort by"), _orders(edition))
    yield "</fieldset>"
    yield '<fieldset class="table-actions" disabled>'
    yield f"<legend>{say('แถวที่แสดง', 'Rows shown')}</legend>"
    yield f'<p class="table-count" role="status">{_all_shown(edition, len(measures))}</p>'
    # Where the filters are folded away, an address that was sent on must say what it filters.
    yield '<p class="table-set"></p>'
    yield f'<button type="reset">{say("ล้างตัวกรอง", "Clear")}</button>'
    yield f'<button type="button" name="copy">{say("คัดลอกแถวที่แสดง", "Copy rows shown")}</button>'
    yield (
        '<button type="button" name="download">'
        f"{say('ดาวน์โหลดแถวที่แสดง (CSV)', 'Download rows shown (CSV)')}</button>"
    )
    yield '<p class="table-done" role="status"></p>'
    yield "</fieldset>"
    yield '<p class="table-printed"></p>'
    yield '<div class="table-empty" hidden>'
    yield f"<p><strong>{say('ไม่มีมาตรการที่ตรงกับตัวกรอง', 'No measure matches')}</strong></p>"
    yield (
        f"<p>{say('ลองใช้คำที่สั้นลง หรือเลือกทุกผู้รับผิดชอบและทุกสถานะ', 'Try a shorter word, or all units and all statuses.')}</p>"  # noqa: E501 - two languages of one sentence
    )
    yield f'<button type="reset">{say("แสดงทุกมาตรการ", "Show all measures")}</button>'
    yield "</div>"
    yield "</form>"


def _all_shown(edition: Edition, count: int) -> str:
    return edition.say(f"แสดงทั้งหมด {count} มาตรการ", f"All {count} measures shown")


def _words(edition: Edition) -> dict[str, str]:
    """What the script says, with places for its numbers; it has no words of its own."""
    say = edition.say
    return {
        "digits": edition.number("0123456789"),
        "all": say("แสดงทั้งหมด {all} มาตรการ", "All {all} measures shown"),
        "some": say("แสดง {shown} จาก {all} มาตรการ", "{shown} of {all} measures shown"),
        "printed": say(
            "พิมพ์ตามที่กรองหรือเรียงไว้ ไม่ใช่ตารางทั้งฉบับตามลำดับ: {count} ({conditions})",
            "Printed as filtered or sorted, not the whole table: {count} ({conditions})",
        ),
        "copied": say(
            "คัดลอกแล้ว {shown} มาตรการ วางใน Excel หรือ Word ได้",
            "Copied {shown} measures: paste them into Excel or Word",
        ),
        "failed": say(
            "เบราว์เซอร์ไม่ให้คัดลอก ใช้ปุ่มดาวน์โหลดแทนได้",
            "The browser does not allow copying: the download has the same rows",
        ),
        "downloaded": say("ดาวน์โหลดแล้ว {shown} มาตรการ", "Downloaded {shown} measures"),
    }


def _select(name: str, label: str, options: Iterable[str], *, hidden: bool = False) -> str:
    return (
        f'<p{" hidden" if hidden else ""}><label for="table-{name}">{html.escape(label)}</label>'
        f'<select id="table-{name}" name="{name}">{"".join(options)}</select></p>'
    )


def _units(edition: Edition, report: Report, measures: Sequence[Measure]) -> Iterator[str]:
    yield _option("", edition.say("ทุกผู้รับผิดชอบ", "All units"))
    # A unit's value is what its page is called: the same in every edition.
    for unit, own in standing.units(edition.disclosure, report).items():
        if count := sum(measure in own for measure in measures):
            name, foreign = unit_called(edition, unit, own)
            lang = f' lang="{foreign}"' if foreign else ""
            yield _option(units.slug(unit), units.tidy(name), edition.number(count), lang)


def _standings(edition: Edition, measures: Sequence[Measure]) -> Iterator[str]:
    found = [standing.of(edition.disclosure, measure, edition.today) for measure in measures]
    yield _option("", edition.say("ทุกสถานะ", "All statuses"))
    groups = (
        ("unfinished", edition.say("ยังไม่แล้วเสร็จ", "Not finished"), UNFINISHED),
        ("done", edition.say("ดำเนินการแล้ว ทุกแบบ", "Done (all kinds)"), tuple(DONE)),
    )
    for value, words, members in groups:
        count = sum(found.count(member) for member in members)
        # In the order of the list, and so the same in every build.
        listed = " ".join(member for member in WORDS if member in members)
        yield _option(value, words, edition.number(count), f' data-standings="{listed}"')
    for member, names in WORDS.items():
        # One that no row has now stays in the list: an address sent earlier may name it.
        words, count = edition.say(names.th, names.en), found.count(member)
        yield _option(member, words, edition.number(count), "" if count else " disabled")


def _orders(edition: Edition) -> Iterator[str]:
    yield _option("", edition.say("ลำดับตัวชี้วัด", "Order of the indicators"))
    yield _option("unit", edition.label("responsible_unit"))
    yield _option("start", edition.say("วันเริ่มดำเนินการ", "Start of the period"))
    yield _option("status", edition.say("สถานะ", "Status"))


def _option(value: str, words: str, count: str | None = None, attributes: str = "") -> str:
    value, words = _attribute(value), html.escape(words)
    shown = words if count is None else f"{words} ({count})"
    return f'<option value="{value}" data-name="{words}"{attributes}>{shown}</option>'


def _attribute(text: str) -> str:
    return html.escape(text, quote=True)
