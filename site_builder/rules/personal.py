"""The rule about people: what a public page, and a public file, must not tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder import identity, thai
from site_builder.model import Report
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Passage, Setting, everything
from site_builder.source import Source


def no_person_is_identified(report: Report, _: Setting) -> Iterator[Problem]:
    """No text, address or note holds a citizen's number or a mobile telephone number.

    A citizen's number has 13 digits and a right check digit; an office's own telephone line begins
    with 02 to 07.
    """
    for passage in (*everything(report), *_beside(report)):
        for found in identity.find(passage.text):
            in_address = passage.words[found.start] != passage.text[found.start]
            written = thai.to_arabic(passage.text[found.start : found.end])
            # Files are often called by ten digits, or by the millisecond at which they were made.
            if in_address and (found.kind == "mobile-number" or written.startswith(("16", "17"))):
                continue
            # A message lands in logs that more people read than the file.
            yield problem(found.kind, passage.place(found.start), value=found.masked)


def _beside(report: Report) -> Iterator[Passage]:
    """What stands in the files besides texts: titles and addresses of evidence, reasons."""
    yield from _reasons(report.header.source, report.header.acknowledged)
    for measure in report.measures:
        yield from _reasons(measure.source, measure.acknowledged)
        for number, proof in enumerate(measure.evidence):
            yield Passage(measure.source, ("evidence", number, "title"), proof.title)
            yield Passage(measure.source, ("evidence", number, "url"), proof.url)
        if measure.document is not None and measure.document.number is not None:
            yield Passage(measure.source, ("document", "number"), measure.document.number)


def _reasons(source: Source, acknowledged: Mapping[str, str]) -> Iterator[Passage]:
    for code, reason in acknowledged.items():
        yield Passage(source, ("acknowledged", code), reason)
