"""Pages: a disclosure in, Markdown out. Nothing here knows which site engine will read it."""

from site_builder.pages.data_page import column_meanings, data
from site_builder.pages.home_page import SUMMARY_MARK, home
from site_builder.pages.indicator_page import indicator
from site_builder.pages.layout import table
from site_builder.pages.links_page import links
from site_builder.pages.naming import (
    EditUrl,
    indicator_path,
    indicator_title,
    menu_title,
    year_path,
    year_title,
)
from site_builder.pages.official_table import NOT_STATED, official_table, plain_cell
from site_builder.pages.year_page import year

__all__ = [
    "NOT_STATED",
    "SUMMARY_MARK",
    "EditUrl",
    "column_meanings",
    "data",
    "home",
    "indicator",
    "indicator_path",
    "indicator_title",
    "links",
    "menu_title",
    "official_table",
    "plain_cell",
    "table",
    "year",
    "year_path",
    "year_title",
]
