"""Whether a page is the very one that a site shows for what it does not have.

A list of phrases fails on the next site's wording, and calls a truthful "no complaints found" a
lost page. So the site is asked for an address that surely does not exist, and the two pages are
compared: what the lost page always says must be there, and nothing that is the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from urllib.parse import unquote, urlsplit

from site_builder.bodies import Page

Texts = frozenset[str]

_FEW = 0.5
"""With less than that of its letters in common, a page is another one without further question."""
_SLACK = 12
"""Letters of its own that a lost page may have beyond what two lost pages differ by: a day's or a
month's name, a visitor's town."""


class Likeness(Enum):
    """How a page compares with the page for what does not exist."""

    SAME = "same"
    OTHER = "other"
    UNCERTAIN = "uncertain"
    """A second control page is needed, to know what changes by itself."""


def texts_of(page: Page, url: str) -> Texts:
    """The words of a page that say something: without numbers, and without the asked address."""
    echoed = _spellings(url)
    return frozenset(
        text for piece in (page.title, *page.texts) if (text := _without(piece, echoed))
    )


def _spellings(url: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    values = [found for found in re.split(r"[=&;]", parts.query) if found]
    path = [piece for piece in parts.path.split("/") if piece]
    found = {url, parts.path, f"{parts.path}?{parts.query}", *path[-1:], *values}
    found |= {unquote(text) for text in found}
    stems = {text.rpartition(".")[0] for text in found if "." in text}
    return tuple(sorted((text for text in found | stems if len(text) > 2), key=len, reverse=True))


def _without(text: str, echoed: Iterable[str]) -> str:
    for spelling in echoed:
        text = text.replace(spelling, "")
    # Digits of any script: counters, clocks and dates. Tokens of letters and digits go as a whole.
    text = re.sub(r"\b(?=[a-z]*\d)[a-z0-9]{8,}\b", "", text, flags=re.IGNORECASE)
    return "".join(
        letter for letter in text.casefold() if letter.isalpha() or _is_thai_mark(letter)
    )


def _is_thai_mark(letter: str) -> bool:
    return "\u0e31" <= letter <= "\u0e3a" or "\u0e47" <= letter <= "\u0e4e"


def _letters(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def likeness(page: Texts, control: Texts, other: Texts | None = None) -> Likeness:
    """Compare a page with one control page, or with two from different addresses."""
    if page == control:
        return Likeness.SAME
    common = _letters(page & control)
    if common < _FEW * max(_letters(page), _letters(control)):
        return Likeness.OTHER
    if other is None:
        return Likeness.UNCERTAIN
    always = control & other
    noise = max(_letters(control - other), _letters(other - control))
    own = _letters(page - control - other)
    says_so = always <= page
    return Likeness.SAME if says_so and own <= noise + _SLACK * bool(noise) else Likeness.OTHER
