"""The list of links in the forms that code hosts show beside a change: JUnit XML and Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from site_builder import inline, listing
from site_builder.linkreport import ACKNOWLEDGED_WORDS, LinkRow, by_unit, printable, summary
from site_builder.problems import SEVERITY_WORDS, Language

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(rows: Sequence[LinkRow], lang: Language) -> str:
    """A test report in JUnit's XML: a suite for each unit, a case for each use of a link.

    What fails the run is a failure, what is acknowledged is skipped, a warning is output.
    """
    report = Element("testsuites", {"name": "prongsai links", **_counts(rows)})
    for unit, own in by_unit(rows).items():
        skipped = str(sum(bool(row.problems) and not row.is_open for row in own))
        attributes = {"name": _xml(unit), **_counts(own), "skipped": skipped}
        suite = SubElement(report, "testsuite", attributes)
        seen: Counter[tuple[str, str]] = Counter()
        for row in own:
            _case(suite, row, lang, seen)
    return _written(report)


def _written(report: Element) -> str:
    indent(report)
    text = tostring(report, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def measures_to_junit(rows: Sequence[listing.Row], lang: Language) -> str:
    """What is wrong with the measures themselves, where no link could be looked at."""
    counts = {"tests": str(len(rows)), "failures": str(len(rows)), "errors": "0"}
    report = Element("testsuites", {"name": "prongsai links", **counts})
    suite = SubElement(report, "testsuite", {"name": "prongsai check", **counts, "skipped": "0"})
    for row in rows:
        found = row.problem
        where = {"classname": _xml(found.place.file), "name": _xml(found.code)}
        attributes = {"type": found.code, "message": _xml(found.message(lang))}
        case = SubElement(suite, "testcase", where)
        SubElement(case, "failure", attributes).text = _xml(found.line(lang))
    return _written(report)


def _counts(rows: Sequence[LinkRow]) -> dict[str, str]:
    failures = sum(row.fails for row in rows)
    return {"tests": str(len(rows)), "failures": str(failures), "errors": "0"}


def _case(suite: Element, row: LinkRow, lang: Language, seen: Counter[tuple[str, str]]) -> None:
    place = row.use.place
    # Hosts know a test by its name, which an edit above it in the file must not change.
    name = " ".join([*(found.code for found in row.problems[:1]), row.url])
    seen[place.file, name] += 1
    if (times := seen[place.file, name]) > 1:
        name += f" ({times})"
    case = SubElement(suite, "testcase", {"classname": _xml(place.file), "name": _xml(name)})
    told = "\n".join(found.line(lang) for found in row.problems)
    if not row.problems:
        SubElement(case, "system-out").text = _xml(str(place))
        return
    if row.standing.acknowledged:
        SubElement(case, "skipped", {"message": _xml(row.standing.acknowledged.reason)})
    elif row.fails:
        worst = row.problems[0]
        attributes = {"type": worst.code, "message": _xml(worst.message(lang))}
        SubElement(case, "failure", attributes).text = _xml(told)
        return
    SubElement(case, "system-out").text = _xml(told)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


_HEADINGS = {
    "th": ("ลิงก์ที่ต้องดูแล", "ระดับ", "สิ่งที่พบ", "ที่", "ผู้รับผิดชอบ", "ไม่มีลิงก์ที่ต้องแก้หรือควรดู"),
    "en": (
        "Links to look after",
        "Level",
        "What was found",
        "Place",
        "Unit",
        "Nothing to look at.",
    ),
}


def to_markdown(rows: Sequence[LinkRow], lang: Language) -> str:
    """A heading, a table and a summary, for a comment on a change or a page of its own."""
    title, *columns, nothing = _HEADINGS[lang]
    lines = [f"## {title}", ""]
    table = [_row(row, lang) for row in rows if row.problems]
    if table:
        lines += [_cells(columns), _cells(["---"] * len(columns)), *table]
    else:
        lines.append(nothing)
    return "\n".join([*lines, "", summary(rows, lang), ""])


def measures_to_markdown(rows: Sequence[listing.Row], lang: Language) -> str:
    """What is wrong with the measures themselves, where no link could be looked at."""
    _, *columns, _ = _HEADINGS[lang]
    lines = [f"## {_MEASURES[lang]}", "", _cells(columns), _cells(["---"] * len(columns))]
    for row in rows:
        found = row.problem
        level = SEVERITY_WORDS[lang][found.severity]
        told = f"`{found.code}` {inline.escape(printable(found.message(lang)))}"
        unit = inline.escape(printable(row.unit or "–"))
        lines.append(_cells([level, told, inline.escape(str(found.place)), unit]))
    return "\n".join([*lines, ""])


_MEASURES = {"th": "จุดในไฟล์มาตรการที่ต้องแก้ก่อน", "en": "To mend in the measures first"}


def _row(row: LinkRow, lang: Language) -> str:
    worst = row.problems[0]
    level = SEVERITY_WORDS[lang][worst.severity] if row.is_open else ACKNOWLEDGED_WORDS[lang]
    url = printable(row.url)
    is_link = worst.code not in {"link-unsafe", "link-invalid"}
    shown = inline.link_markdown(url, url) if is_link else inline.escape(url)
    told = "<br>".join(
        f"`{found.code}` {inline.escape(found.message(lang)).replace(inline.escape(url), shown, 1)}"
        for found in row.problems
    )
    place = inline.escape(str(row.use.place))
    return _cells([level, told, place, inline.escape(printable(row.unit))])


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
