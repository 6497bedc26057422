"""Pages: an edition in, Markdown out. Nothing here knows which site engine will read it."""

from site_builder.pages.colophon import colophon
from site_builder.pages.data_page import column_meanings, data
from site_builder.pages.home_page import SUMMARY_MARK, home
from site_builder.pages.indicator_page import indicator
from site_builder.pages.layout import table, title_of
from site_builder.pages.links_page import links
from site_builder.pages.naming import (
    DATA,
    HOME,
    LINKS,
    YEARS,
    indicator_path,
    menu_title,
    scores_path,
    timeline_path,
    unit_path,
    units_path,
    year_path,
)
from site_builder.pages.official_table import NOT_STATED, official_table, plain_cell
from site_builder.pages.print_words import print_foot
from site_builder.pages.scores_page import scores
from site_builder.pages.timeline_page import timeline
from site_builder.pages.unit_pages import unit, unit_list
from site_builder.pages.wording import unit_called
from site_builder.pages.year_page import year
from site_builder.pages.years_page import years

__all__ = [
    "DATA",
    "HOME",
    "LINKS",
    "NOT_STATED",
    "SUMMARY_MARK",
    "YEARS",
    "colophon",
    "column_meanings",
    "data",
    "home",
    "indicator",
    "indicator_path",
    "links",
    "menu_title",
    "official_table",
    "plain_cell",
    "print_foot",
    "scores",
    "scores_path",
    "table",
    "timeline",
    "timeline_path",
    "title_of",
    "unit",
    "unit_called",
    "unit_list",
    "unit_path",
    "units_path",
    "year",
    "year_path",
    "years",
]
