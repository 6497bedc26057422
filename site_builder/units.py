"""Responsible units (ผู้รับผิดชอบ): their permanent names in addresses, and in English.

An office names its units as it likes. Those that most local governments have are known here, with
a legible address; any other has an address made from its name alone, in ASCII, since not every web
host keeps a Thai file name whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that many offices have."""

    slug: str
    english: str


KNOWN: Mapping[str, KnownUnit] = {
    "สำนักปลัด": KnownUnit("clerk", "Office of the Chief Administrator"),
    "สำนักปลัดเทศบาล": KnownUnit("municipal-clerk", "Office of the Municipal Clerk"),
    "กองคลัง": KnownUnit("finance", "Finance Division"),
    "กองช่าง": KnownUnit("public-works", "Public Works Division"),
    "กองการศึกษา": KnownUnit("education", "Education Division"),
    "กองการศึกษา ศาสนาและวัฒนธรรม": KnownUnit(
        "education-religion-culture", "Education, Religion and Culture Division"
    ),
    "กองสาธารณสุขและสิ่งแวดล้อม": KnownUnit(
        "health-environment", "Public Health and Environment Division"
    ),
    "กองสวัสดิการสังคม": KnownUnit("social-welfare", "Social Welfare Division"),
    "กองส่งเสริมการเกษตร": KnownUnit("agriculture", "Agricultural Promotion Division"),
    "กองยุทธศาสตร์และงบประมาณ": KnownUnit("strategy-budget", "Strategy and Budget Division"),
    "กองการประปา": KnownUnit("waterworks", "Waterworks Division"),
    "กองการเจ้าหน้าที่": KnownUnit("personnel", "Personnel Division"),
    "หน่วยตรวจสอบภายใน": KnownUnit("internal-audit", "Internal Audit Unit"),
}


def tidy(name: str) -> str:
    """A unit's name as it is compared: what cannot be seen makes no other unit of it.

    That is white space, signs without width, and the two spellings of สระอำ.
    """
    seen = re.sub("[\u200b-\u200d\u2060\ufeff]", "", name).replace("\u0e4d\u0e32", "\u0e33")
    return " ".join(seen.split())


_GLUE = re.compile(r"(?:และ|ร่วมกับ|กับ|[\s,/·&+–-])*")


def named(written: str, known: Collection[str]) -> tuple[str, ...]:
    """The units that a text names: several where it is made of known ones alone, else itself.

    `known` are the office's own units; `KNOWN` are known as well. "สำนักปลัด/กองคลัง" names two.
    """
    text = tidy(written)
    left, found = text, []
    for name in sorted({*map(tidy, known), *KNOWN}, key=len, reverse=True):
        if name and name in left:
            found.append(name)
            left = left.replace(name, " ")
    if len(found) > 1 and _GLUE.fullmatch(left):
        return tuple(sorted(found, key=text.index))
    return (text,)


def slug(name: str) -> str:
    """A unit's name in addresses: the same as long as the unit is called the same."""
    known = KNOWN.get(tidy(name))
    return known.slug if known else anchor(name)


def anchor(name: str) -> str:
    """A unit's anchor within a page."""
    return f"unit-{hashlib.sha256(tidy(name).encode()).hexdigest()[:8]}"


def english(name: str) -> str | None:
    """A unit's name in English; None where it is not known."""
    known = KNOWN.get(tidy(name))
    return known.english if known else None
