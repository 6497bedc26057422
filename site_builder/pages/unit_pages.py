"""The pages of the responsible units: what each owes, and what it delivered."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder import inline, standing
from site_builder.edition import Edition
from site_builder.model import Measure, Report
from site_builder.pages import standing_words
from site_builder.pages.layout import figures, page, table
from site_builder.pages.naming import unit_path, units_path
from site_builder.pages.official_table import official_table, section_of
from site_builder.pages.wording import heading, unit_called
from site_builder.standing import DONE, Standing

_TO_SHOW = frozenset({Standing.UNPROVEN, Standing.WITHOUT_EVIDENCE})
"""Said to be done, without a proof that a reader could open."""


def unit_list(edition: Edition, report: Report) -> str:
    """The page that leads to every unit of a year, with the work of each in numbers."""
    found = standing.units(edition.disclosure, report)
    title = edition.say("แยกตามผู้รับผิดชอบ", "By responsible unit")
    body = [f"# {title} {{: #units }}", f'<p class="subtitle">{edition.year_title(report)}</p>']
    if not found:
        body.append(edition.say("ยังไม่มีมาตรการในปีนี้", "There are no measures yet") + "\n{: .empty }")
    else:
        body.append(_comparison(edition, report))
    description = edition.say(
        "ผู้รับผิดชอบมาตรการ {year} {office} แต่ละหน่วยงานมีกี่มาตรการ ดำเนินการแล้วเท่าใด มีหลักฐานเท่าใด",
        "Responsible units, {year}, {office}: how many measures each has, what is done and proven",
        office=edition.office_name(),
        year=edition.year_title(report),
    )
    return page(edition, title, description, body, hide=["toc"])


def _comparison(edition: Edition, report: Report) -> str:
    rows = []
    told: dict[str, str] = {}
    for name, measures in standing.units(edition.disclosure, report).items():
        told = standing_words.in_figures(
            edition, standing.figures(edition.disclosure, measures, edition.today)
        )
        file = unit_path(report, name).rpartition("/")[2]
        rows.append([f"[{_name(edition, name, measures)}]({file})", *told.values()])
    labels = [edition.say("ผู้รับผิดชอบ", "Responsible unit"), *told]
    return table(edition.say("งานของแต่ละหน่วยงาน", "The work of each unit"), labels, rows)


def unit(edition: Edition, report: Report, name: str, measures: Sequence[Measure]) -> str:
    """The page of one unit: its year in numbers, what is owed, and its part of the table."""
    path = unit_path(report, name)
    told = standing.figures(edition.disclosure, measures, edition.today)
    shown = _name(edition, name, measures)
    plain = unit_called(edition, name, measures)[0]
    body = [
        f"# {shown} {{: #unit }}",
        f'<p class="subtitle">{edition.year_title(report)}</p>',
        figures(standing_words.in_figures(edition, told)),
        *_owed(edition, report, measures, path),
        f"## {edition.say('มาตรการทั้งหมด', 'All measures')} {{: #all-measures }}",
        official_table(edition, report, measures, path),
        f"[{edition.say('ผู้รับผิดชอบทั้งหมด', 'All units')}]({units_path(report).rpartition('/')[2]})",
    ]
    where = f"{plain}, {edition.year_title(report)}, {edition.office_name()}"
    description = f"{where}. {standing_words.in_a_line(edition, told)}"
    return page(edition, plain, description, body, hide=["toc"])


def _name(edition: Edition, name: str, measures: Sequence[Measure]) -> str:
    words, foreign = unit_called(edition, name, measures)
    text = inline.escape(" ".join(words.split()))
    return edition.office_words(text) if foreign else text


def _owed(edition: Edition, report: Report, measures: Sequence[Measure], path: str) -> list[str]:
    """What is still to be done or to be shown, the most pressing first."""
    stands = {m.id: standing.of(edition.disclosure, m, edition.today) for m in measures}
    blocks = [f"## {edition.say('ยังค้างอยู่', 'Still owed')} {{: #owed }}"]
    unseen = edition.say(
        "ดำเนินการแล้ว แต่ผู้อ่านยังเปิดหลักฐานไม่ได้", "Done, but readers cannot open the evidence"
    )
    groups = {
        edition.say("พ้นกำหนดแล้ว", "Overdue"): {Standing.OVERDUE},
        edition.say("ยังไม่แล้วเสร็จ", "Not finished"): {Standing.IN_PROGRESS, Standing.PLANNED},
        unseen: _TO_SHOW,
    }
    for words, kinds in groups.items():
        owed = [measure for measure in measures if stands[measure.id] in kinds]
        if owed:
            lines = "\n".join(_item(edition, report, m, path, stands[m.id]) for m in owed)
            blocks.append(f"**{words}**\n\n{lines}")
    if len(blocks) == 1:
        waiting = sum(stand in DONE - {Standing.PROVEN} for stand in stands.values())
        words = (
            edition.say(
                f"ไม่มีมาตรการค้าง อีก {waiting} มาตรการรอผลการตรวจหลักฐาน",
                f"Nothing is owed; the evidence of {waiting} measures waits to be confirmed",
            )
            if waiting
            else edition.say("ไม่มีมาตรการค้าง", "Nothing is owed")
        )
        blocks.append(f"{words}\n{{: .empty }}")
    return blocks


def _item(edition: Edition, report: Report, measure: Measure, path: str, stands: Standing) -> str:
    target = section_of(report, measure, path)
    mark = standing_words.badge(edition, stands)
    return f"- [{heading(edition, measure)}]({target})<br>{mark}"
