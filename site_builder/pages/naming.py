"""Names: where each page stands, and what it is called in menus."""

from __future__ import annotations

import html

from site_builder import units
from site_builder.model import Indicator, Report

# Paths are those of the Thai edition; an edition's pages stand below its folder, in the same order,
# so that a link between two of its pages is the same in every edition.
HOME = "index.md"
LINKS = "links.md"
DATA = "data/index.md"
YEARS = "years.md"


def year_path(report: Report) -> str:
    """The page of the whole official table."""
    return f"{report.fiscal_year}/index.md"


def indicator_path(report: Report, indicator: Indicator) -> str:
    """The page of one indicator."""
    return f"{report.fiscal_year}/indicators/{indicator.number}.md"


def units_path(report: Report) -> str:
    """The page that lists the responsible units."""
    return f"{report.fiscal_year}/units/index.md"


def unit_path(report: Report, unit: str) -> str:
    """The page of one responsible unit."""
    return f"{report.fiscal_year}/units/{units.slug(unit)}.md"


def timeline_path(report: Report) -> str:
    """The page of the fiscal year by quarter."""
    return f"{report.fiscal_year}/timeline.md"


def scores_path(report: Report) -> str:
    """The page that leads from last year's scores to this year's measures."""
    return f"{report.fiscal_year}/scores.md"


def menu_title(text: str) -> str:
    """A title on one line, safe in menus: themes print titles as HTML."""
    return html.escape(" ".join(text.split()), quote=False)
