"""Numbers that identify a person (Personal Data Protection Act): found, and masked where shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from site_builder.thai import to_arabic

# What people write between the digits, and what cannot be seen there.
_GAP = r"[ .\-\u2010-\u2015\u00a0\u00ad\u200b-\u200d]{0,2}"
_CITIZEN_ID = re.compile(
    rf"(?<![0-9][.,/-])(?<![0-9])[1-8](?:{_GAP}[0-9]){{12}}(?![0-9]|[.,/-][0-9])"
)
_MOBILE = re.compile(
    rf"(?<![0-9][.,/-])(?<![0-9])(?:\+?66|\(?0){_GAP}[689](?:[)]?{_GAP}[0-9]){{8}}(?![0-9]|[,/-][0-9])"
)
# Numbers of papers and things have 13 digits too, and one in ten passes for a citizen's.
_NO_PERSON = re.compile(
    r"(?:e-?GP|สัญญา|โครงการ|บาร์โค้ด|ใบเสร็จ|ครุภัณฑ์|คุม)[^0-9]{0,25}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A number that identifies a person: where it stands in a text, and a form fit to be shown."""

    kind: Literal["citizen-id", "mobile-number"]
    start: int
    end: int
    masked: str


def find(text: str) -> tuple[Found, ...]:
    """The identifying numbers in a text, in Thai or Arabic digits, in order."""
    return tuple(sorted(_find(to_arabic(text)), key=lambda found: found.start))


def _find(text: str) -> Iterator[Found]:
    for match in _CITIZEN_ID.finditer(text):
        digits = re.sub(r"[^0-9]", "", match[0])
        right = _check_digit(digits[:12]) == int(digits[12])
        if right and not _NO_PERSON.search(text[: match.start()]):
            masked = f"{digits[0]}-xxxx-xxxxx-{digits[10:12]}-x"
            yield Found("citizen-id", match.start(), match.end(), masked)
    for match in _MOBILE.finditer(text):
        digits = "0" + re.sub(r"[^0-9]", "", match[0])[-9:]
        masked = f"{digits[:3]}-xxx-{digits[-4:]}"
        yield Found("mobile-number", match.start(), match.end(), masked)


def masked(text: str) -> str:
    """The text, as long as it was, with every digit of an identifying number as an x."""
    for found in find(text):
        hidden = re.sub(r"[0-9๐-๙]", "x", text[found.start : found.end])
        text = text[: found.start] + hidden + text[found.end :]
    return text


def _check_digit(digits: str) -> int:
    """The 13th digit: weights 13 to 2, modulo 11 (Department of Provincial Administration)."""
    weighted = sum(
        int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True)
    )
    return (11 - weighted % 11) % 10
