"""Kinds of offices: how their full names begin, and the short forms that they are known by."""

from __future__ import annotations

from collections.abc import Mapping

SHORT_FORMS: Mapping[str, str] = {
    "องค์การบริหารส่วนตำบล": "อบต.",
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
    "เทศบาลตำบล": "ทต.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลนคร": "ทน.",
}


def short_name_of(name: str) -> str:
    """The short form that offices use: อบต. for องค์การบริหารส่วนตำบล, and so on."""
    for form, short in SHORT_FORMS.items():
        if name.startswith(form) and name != form:
            return short + name.removeprefix(form).strip()
    return name
