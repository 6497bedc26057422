"""How an office is reached: e-mail addresses and telephone numbers as offices write them.

The patterns are written so that Python and the JavaScript of an editor read them alike: the same
ones stand in the JSON Schema.
"""

from __future__ import annotations

import re
from typing import Final

from site_builder import thai

_END: Final = r"(?![\s\S])"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL: Final = (
    rf"^[A-Za-z0-9_](?:[A-Za-z0-9._%+-]{{0,62}}[A-Za-z0-9_])?@(?:{_LABEL}\.){{1,8}}"
    rf"[A-Za-z]{{2,24}}{_END}"
)
"""One address, as mail programs everywhere take it."""
_DIGIT: Final = "[0-9๐-๙]"
_FIRST: Final = "[1-9๑-๙]"
_ZERO: Final = "[0๐]"
_BETWEEN: Final = r"[ ().\u2013-]{0,3}"
_EXTENSION: Final = (
    rf"(?:,? ?(?:ต่อ|ext[.]?|#) ?{_DIGIT}{{1,6}}(?: ?[-\u2013,] ?{_DIGIT}{{1,6}}){{0,5}})?"
)
PHONE: Final = (
    rf"^[(]?(?:[+]{_BETWEEN}{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{7,14}}"
    rf"|{_ZERO}{_BETWEEN}{_FIRST}(?:{_BETWEEN}{_DIGIT}){{7,10}}"
    rf"|{_FIRST}{_DIGIT}{{2,3}})[)]?{_EXTENSION}{_END}"
)
"""One number with its area, of another country, or a short one such as 1567; also with lines
(0-2141-9300-9) and an extension (ต่อ 12)."""


def dialled(phone: str) -> str | None:
    """The number that a telephone dials (RFC 3966, without `tel:`); None where that is not sure."""
    text = thai.to_arabic(phone)
    number, *extension = re.split(r"(?:ต่อ|ext[.]?|#)", text, maxsplit=1)
    digits = re.sub(r"\D", "", number)
    extended = re.search(r"\d+", "".join(extension))
    tail = f";ext={extended[0]}" if extended else ""
    if number.strip(" (").startswith("+"):
        return f"+{digits}{tail}"
    if not digits.startswith("0"):
        # Of this country alone: no international form.
        return f"{digits};phone-context=+66{tail}" if digits else None
    # Numbers of mobile telephones have ten digits, all others nine; after those come other lines
    # of the same office (0-2141-9300-9).
    length = 10 if digits[1:2] in {"6", "8", "9"} else 9
    if len(digits) < length or (length == 10 and len(digits) > length):
        return None
    return f"+66{digits[1:length]}{tail}"
