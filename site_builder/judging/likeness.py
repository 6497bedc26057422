"""Whether a page is the very one that a site shows for what it does not have.

A list of phrases fails on the next site's wording, and calls a truthful "no complaints found" a
lost page. So the site is asked for an address that surely does not exist, and the two pages are
compared: what the lost page always says must be there, and nothing that is the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote, urlsplit

from site_builder.bodies import Page

_FEW = 0.5
"""With less than that of its letters in common, a page is another one without further question."""
CONTROLS = 3
"""Lost pages that are compared where they differ: by chance, two of them show one banner."""
PAGES = 3
"""How often a page is asked for before what stays in it is called its own."""


class Likeness(Enum):
    """How a page compares with the page for what does not exist."""

    SAME = "same"
    OTHER = "other"
    MORE_CONTROLS = "more-controls"
    """Another control page is needed, to know what changes by itself."""
    MORE_PAGES = "more-pages"
    """The page itself is needed once more, for the same reason."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a page shows, without the addresses that were asked for: many pages repeat those."""

    exact: frozenset[str]
    words: frozenset[str]
    """Its texts without numbers - clocks, counters, tokens - and the things that it shows."""


def contents_of(page: Page, asked: Collection[str]) -> Contents:
    """What a page shows; `asked` are the addresses of all pages that it is compared with.

    An address may share a word with a site's menu: it goes from all pages alike, or from none.
    """
    echoes = tuple(dict.fromkeys(spelling for url in asked for spelling in _spellings(url)))
    echoed = sorted(echoes, key=len, reverse=True)
    texts = [_without(piece, echoed) for piece in (page.title, *page.texts)]
    things = frozenset(_without(thing, echoed) for thing in page.things)
    words = frozenset(map(_letters_of, texts)) - {""}
    return Contents((frozenset(texts) - {""}) | things, words | things)


def _spellings(url: str) -> Iterable[str]:
    parts = urlsplit(url)
    values = [found for found in re.split(r"[=&;]", parts.query) if found]
    path = [piece for piece in parts.path.split("/") if piece]
    found = {url, parts.path, f"{parts.path}?{parts.query}", *path[-1:], *values}
    found |= {unquote(text) for text in found}
    found |= {text.rpartition(".")[0] for text in found if "." in text}
    return {text.casefold() for text in found if len(text) > 2}


def _without(text: str, echoed: Iterable[str]) -> str:
    text = text.casefold()
    for spelling in echoed:
        text = text.replace(spelling, "")
    return text.strip()


def _letters_of(text: str) -> str:
    # Digits of any script: counters, clocks and dates. Tokens of letters and digits go as a whole.
    text = re.sub(r"\b(?=[a-z]*\d)[a-z0-9]{8,}\b", "", text)
    return "".join(letter for letter in text if letter.isalpha() or _is_thai_mark(letter))


def _is_thai_mark(letter: str) -> bool:
    return "\u0e31" <= letter <= "\u0e3a" or "\u0e47" <= letter <= "\u0e4e"


def _count(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def likeness(pages: Sequence[Contents], controls: Sequence[Contents]) -> Likeness:
    """Compare the answers for one address with those for addresses that do not exist.

    Banners and headlines that change by themselves are told from what is a page's own by asking
    for both more than once: what stays is its own, what lost pages show as well is not.
    """
    page, control = pages[0], controls[0]
    if page.exact == control.exact:
        return Likeness.SAME
    common = _count(page.words & control.words)
    if common < _FEW * max(_count(page.words), _count(control.words)):
        return Likeness.OTHER
    if len(controls) == 1:
        return Likeness.MORE_CONTROLS
    if all(each.exact == control.exact for each in controls):
        return Likeness.OTHER  # a site that stands still, and another page
    if len(controls) < CONTROLS:
        return Likeness.MORE_CONTROLS
    if not _all_of(each.words for each in controls) <= page.words:
        return Likeness.OTHER  # it does not say what all lost pages say
    stays = _all_of(each.words for each in pages)
    if not (stays.difference(*(each.words for each in controls)) or _numbers(pages, controls)):
        return Likeness.SAME
    return Likeness.OTHER if len(pages) >= PAGES else Likeness.MORE_PAGES


def _all_of(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    first, *others = sets
    return first.intersection(*others)


def _numbers(pages: Sequence[Contents], controls: Sequence[Contents]) -> bool:
    """Whether a number of the page stays, where another stays on the lost pages."""
    stays = _all_of(each.exact for each in pages).difference(*(each.exact for each in controls))
    still = set(map(_letters_of, _all_of(each.exact for each in controls)))
    return any(_letters_of(piece) in still for piece in stays)
