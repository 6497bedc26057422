"""Where a Thai line must not end: inside a date, and between an abbreviation and its name.

Thai writes words without spaces, and a browser breaks lines by a dictionary. It knows neither
`๑ ต.ค.๖๗`, which it breaks after the day, nor the place in `อบต.ในเมือง`, which it takes apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder import thai

_SHORT = "|".join(r"\s?\.?\s?".join(name.rstrip(".").split(".")) for name in thai.SHORT_MONTHS)
_MONTH = rf"(?:{'|'.join(thai.LONG_MONTHS)}|(?:{_SHORT})\.?)"
_ERA = r"พ\s?\.\s?ศ\s?\."
# A name longer than this is a sentence that nobody put a space into.
_NAME = 20
_WHOLE = re.compile(
    rf"""
    # What opens or closes stays with what it encloses.
    [(\[“"]*
    (?:
        # A date: day, month and year; the day or the year may be left out, not both.
        (?<![0-9]) (?:[0-9]{{1,2}}\s?{_MONTH} (?:\s?(?:{_ERA}\s?)?[0-9]{{2,4}})?
                   | {_MONTH}\s?(?:{_ERA}\s?)?[0-9]{{2,4}}) (?![0-9])
        # A year with its era
        | {_ERA}\s?[0-9]{{4}}(?![0-9])
        # An abbreviation, with the name that is written on to it: อบต.ในเมือง, ป.ป.ช.
        | (?<![ก-๎.]) (?:[ก-ฮ]{{1,4}}\.)+ (?:[ก-๎]{{2,{_NAME}}} (?![ก-๎]))?
    )
    [)\]”",;:ฯ]*
    """,
    re.VERBOSE,
)


def wholes(text: str) -> Iterator[tuple[int, int]]:
    """The beginning and the end of each piece of a text that must stay on one line, in order."""
    # A digit for a digit, so that places in one text are places in the other.
    for found in _WHOLE.finditer(thai.to_arabic(text)):
        # One sign cannot be broken.
        if len(found[0]) > 1:
            yield found.span()
