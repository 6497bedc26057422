"""What keeps a text from being a line of the report: nothing to see, or a bullet left in it.

The patterns are written so that Python and the JavaScript of an editor read them alike: the same
ones stand in the JSON Schema.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Code = Literal["value-empty", "bullet-from-word", "bullet-without-space"]

# What has no width is as blank as white space.
_NOTHING: Final = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]"
INK: Final = r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]"
"""Found in every text that shows something."""
# The signs of Word's lists, and the places in a private area where its symbol fonts hold theirs.
_SIGN: Final = (
    r"[\u00b7\u2022\u2023\u2043\u2219\u25a0\u25a1\u25aa\u25ab\u25b6\u25ba\u25c6\u25c7\u25cb\u25cf"
    r"\u25e6\u2756\u27a2\u27a4\uf020-\uf0ff]"
)
# Word's second level is a lone "o". Thai has no such word.
_LONE_O: Final = r"o(?=\s+[\u0e01-\u0e2e\u0e40-\u0e44])"
# A letter that a word may begin with, or what may open a word.
_WORD: Final = r"[A-Za-z\u0e01-\u0e2e\u0e40-\u0e44\u0022\u0027\u2018\u201c(\[*]"
_LONG_DASH: Final = r"[\u2010-\u2015\u2212]"
# "–" alone and "- ไม่มี -" are how forms say that there is nothing: words, and not bullets.
_OPEN: Final = rf"(?![\s\S]*[-\u2010-\u2015\u2212]{_NOTHING}*$)"
WORD_BULLET: Final = rf"^{_NOTHING}*(?:{_SIGN}|{_LONE_O}|{_LONG_DASH}(?=\s+\S|{_WORD}){_OPEN})"
"""A bullet pasted from a word processor. "–5 องศา" is none: a number may follow its sign."""
DASH_BULLET: Final = rf"^{_NOTHING}*-(?={_WORD}){_OPEN}"
"""A dash that was meant as YAML's "- " and lacks the space. "-5 องศา" is none."""


REASON: Final = r"^(?:[^A-Za-z\u0e01-\u0e2e]*[A-Za-z\u0e01-\u0e2e]){4}"
"""Four letters: a text with fewer explains nothing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no line of the report."""

    code: Code
    """The problem's code in the catalogue."""
    character: str = ""
    """The bullet, where there is one."""


def fault(text: str) -> Fault | None:
    """Why this text cannot be a line of the report, or None where it can."""
    if not re.search(INK, text):
        return Fault("value-empty")
    if bullet := re.search(WORD_BULLET, text):
        return Fault("bullet-from-word", bullet[0][-1])
    if re.search(DASH_BULLET, text):
        return Fault("bullet-without-space", "-")
    return None
