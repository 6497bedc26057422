"""Rules about people: what a public page must not tell of them (Personal Data Protection Act)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder import thai
from site_builder.model import Report
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Setting, everything

_CITIZEN_ID = re.compile(r"(?<![0-9.,/-])[1-8](?:[ -]?[0-9]){12}(?![0-9]|[.,/-][0-9])")
_MOBILE = re.compile(r"(?<![0-9.,/-])(?:\+66[ -]?|0)[689](?:[ .-]?[0-9]){8}(?![0-9]|[,/-][0-9])")


def no_citizen_id(report: Report, _: Setting) -> Iterator[Problem]:
    """No text holds a citizen's 13-digit identity number (one whose check digit is right)."""
    for passage in everything(report):
        for found in _CITIZEN_ID.finditer(thai.to_arabic(passage.words)):
            digits = re.sub(r"[^0-9]", "", found[0])
            if _check_digit(digits[:12]) == int(digits[12]):
                # A message lands in logs that more people read than the file.
                masked = f"{digits[0]}-xxxx-xxxxx-{digits[10:12]}-x"
                yield problem("citizen-id", passage.place(found.start()), value=masked)


def no_mobile_number(report: Report, _: Setting) -> Iterator[Problem]:
    """No text holds a mobile telephone number; an office's own line begins with 02 to 07."""
    for passage in everything(report):
        for found in _MOBILE.finditer(thai.to_arabic(passage.words)):
            digits = re.sub(r"[^0-9]", "", found[0].replace("+66", "0"))
            masked = f"{digits[:3]}-xxx-{digits[-4:]}"
            yield problem("mobile-number", passage.place(found.start()), value=masked)


def _check_digit(digits: str) -> int:
    """The 13th digit: weights 13 to 2, modulo 11 (Department of Provincial Administration)."""
    weighted = sum(
        int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True)
    )
    return (11 - weighted % 11) % 10
