"""How the standing of measures is shown: a badge, and a bar with its numbers beside it."""

from __future__ import annotations

from site_builder import charts
from site_builder.edition import Edition
from site_builder.pages.layout import table
from site_builder.standing import WORDS, Figures, Standing


def badge(edition: Edition, standing: Standing, count: int | None = None) -> str:
    """A standing in words, with a sign that does not depend on colour, and how many have it."""
    words = WORDS[standing]
    sign = f'<span class="sign" aria-hidden="true">{words.sign}</span>'
    many = "" if count is None else f" {edition.number(count)}"
    told = edition.say(words.th, words.en)
    return f'<span class="standing standing-{standing}">{sign} {told}{many}</span>'


def chart(edition: Edition, figures: Figures) -> str:
    """The standings of some measures as one bar, above a table of the same numbers."""
    title = edition.say(
        "มาตรการแยกตามสถานะ ณ {day}", "Measures by status on {day}", day=edition.day(edition.today)
    )
    parts = [
        charts.Part(edition.say(words.th, words.en), count, standing.value, words.sign)
        for standing, count in figures.by_standing.items()
        for words in [WORDS[standing]]
    ]
    rows = [
        [badge(edition, standing), edition.number(count)]
        for standing, count in figures.by_standing.items()
    ]
    labels = [edition.say("สถานะ", "Status"), edition.say("มาตรการ", "Measures")]
    return f"{charts.stacked_bar(parts, title, edition.number)}\n\n{table(title, labels, rows)}"


def in_figures(edition: Edition, figures: Figures) -> dict[str, str]:
    """The work of a year or a unit in a few numbers, each under its name.

    Before the first check nothing is known of the evidence: that is no nought.
    """
    proven = edition.number(figures.proven)
    live = edition.say(f"{figures.live} จาก {figures.links}", f"{figures.live} of {figures.links}")
    if figures.links and not figures.checked:
        words = edition.say("ยังไม่ได้ตรวจ", "not checked yet")
        proven = live = f'<span class="in-words">{words}</span>'
    return {
        edition.say("มาตรการ", "Measures"): edition.number(figures.measures),
        edition.say("ดำเนินการแล้ว", "Done"): edition.number(figures.done),
        edition.say("มีหลักฐานที่เปิดได้", "With evidence that opens"): proven,
        edition.say("ลิงก์ที่เปิดได้", "Links that open"): live,
    }


def in_a_line(edition: Edition, figures: Figures) -> str:
    """How many measures there are and where they stand, for the description of a page."""
    counted = edition.say(f"{figures.measures} มาตรการ", f"{figures.measures} measures")
    parts = [
        f"{edition.say(WORDS[kind].th, WORDS[kind].en)} {edition.number(count)}"
        for kind, count in figures.by_standing.items()
    ]
    return f"{counted}: {', '.join(parts)}" if parts else counted
