"""Names for new measure files."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

_LONGEST = 40


def new_id(indicator: int, text: str, taken: Collection[str]) -> str:
    """An id, which is the file name without `.yaml`, that no other measure of the year has.

    The indicator's number and the Latin words of the measure's name, such as `03-no-gift-policy`;
    where it has none, `03-1`, `03-2` and so on.
    """
    lead = f"{indicator:02d}"
    held = {name.lower() for name in taken}
    words = _latin_words(text)
    if words and f"{lead}-{words}" not in held:
        return f"{lead}-{words}"
    stem, first = (f"{lead}-{words}", 2) if words else (lead, 1)
    return next(name for number in count(first) if (name := f"{stem}-{number}") not in held)


def _latin_words(text: str) -> str:
    text = re.sub(r"\S+://\S+|www\.\S+", " ", text)  # an address is no name
    slug = ""
    for word in re.findall(r"[a-z0-9]*[a-z][a-z0-9]*", text.lower()):
        if len(slug) + len(word) >= _LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug
