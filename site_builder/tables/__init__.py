"""Word, Excel and text files on disk, opened with care: whatever they are, values or a problem.

The only home of python-docx and openpyxl. Nothing that a file names outside itself is fetched.
"""

from site_builder.tables.opening import read_document

__all__ = ["read_document"]
