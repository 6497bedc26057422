"""Responsible units (ผู้รับผิดชอบ): their permanent names in addresses, and in English.

An office names its units as it likes. Those that most local governments have are known here, with
a legible address; any other has an address made from its name alone, in ASCII, since not every web
host keeps a Thai file name whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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
    """A unit's name as it is compared: spaces and line breaks make no other unit of it."""
    return " ".join(name.split())


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
