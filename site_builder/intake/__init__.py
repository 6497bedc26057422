"""An office's own file, understood: its tables as drafts of measure files.

Nothing is invented and no word is lost: what a draft cannot hold is a leftover with its place, and
a draft that lacks something says so in its own comments and is not read by the site.
"""

from site_builder.intake.columns import Column
from site_builder.intake.document import Cell, Document, Line, Outside, Piece, Table
from site_builder.intake.drafts import LEFTOVERS, Draft, Intake, understand

__all__ = [
    "LEFTOVERS",
    "Cell",
    "Column",
    "Document",
    "Draft",
    "Intake",
    "Line",
    "Outside",
    "Piece",
    "Table",
    "understand",
]
