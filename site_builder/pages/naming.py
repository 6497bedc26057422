"""Names: where each page stands, and what it is called in menus."""

from __future__ import annotations

import html
from collections.abc import Callable

from site_builder import thai
from site_builder.model import Agency, Indicator, Report

EditUrl = Callable[[str], str | None]
"""Gives the address that edits a file below `measures/`; None where there is none."""


def year_path(report: Report) -> str:
    """The page of the whole official table."""
    return f"{report.fiscal_year}/index.md"


def indicator_path(report: Report, indicator: Indicator) -> str:
    """The page of one indicator."""
    return f"{report.fiscal_year}/indicators/{indicator.number}.md"


def year_title(report: Report, agency: Agency) -> str:
    """A report's name in menus."""
    return thai.in_digits(f"ปีงบประมาณ พ.ศ. {report.fiscal_year}", agency.digits)


def indicator_title(indicator: Indicator, agency: Agency) -> str:
    """An indicator as the official table names it."""
    number = thai.in_digits(indicator.number, agency.digits)
    return f"ตัวชี้วัดที่ {number} {indicator.name}"


def menu_title(text: str) -> str:
    """A title on one line, safe in menus: themes print titles as HTML."""
    return html.escape(" ".join(text.split()), quote=False)
