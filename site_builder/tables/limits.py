"""How much is read: many times what a report has, and nothing that could choke a small machine."""

from __future__ import annotations

FILE_LIMIT = 50 * 1024 * 1024
"""Bytes of a file; photographs make reports large."""
TEXT_LIMIT = 5 * 1024 * 1024
"""Bytes of a text file."""
UNZIPPED_LIMIT = 150 * 1024 * 1024
"""Bytes of everything that is packed in a Word or Excel file."""
XML_LIMIT = 24 * 1024 * 1024
"""Bytes of what is packed there and is read: text, tables, styles."""
PARTS_LIMIT = 5_000
"""Files packed in a Word or Excel file."""
TABLE_LIMIT = 60_000
"""Cells of a file, empty ones between the full ones counted."""
CELL_LIMIT = 50_000
"""Characters in a cell; Excel itself holds 32,767."""


class LimitError(Exception):
    """A file has more of something than is read."""

    def __init__(self, thai: str, english: str, size: int, limit: int) -> None:
        """Keep what there is too much of, in both languages, and how much."""
        super().__init__(english, size, limit)
        self.thai = thai
        self.english = english
        self.size = size
        self.limit = limit
