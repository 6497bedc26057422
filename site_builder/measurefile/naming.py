"""Names for new measure files."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

_LONGEST = 48
_WORDS = 5


def new_id(indicator: int, text: str, taken: Collection[str]) -> str:
    """An id, which is the file name without `.yaml`, that no other measure of the year has.

    The indicator's number and the Latin words of the measure's name, such as `03-no-gift-policy`;
    where it has none, `03-1`, `03-2` and so on.
    """
    lead = f"{indicator:02d}"
    held = {name.lower() for name in taken}
    words = slug_of(text)
    if words and f"{lead}-{words}" not in held:
        return f"{lead}-{words}"
    stem, first = (f"{lead}-{words}", 2) if words else (lead, 1)
    return next(name for number in count(first) if (name := f"{stem}-{number}") not in held)


def slug_of(text: str) -> str:
    """The Latin words of a text as a part of an address: `(No Gift Policy)` as no-gift-policy.

    Empty where it has none. Words in brackets are the name that people know it by.
    """
    text = re.sub(r"\S+://\S+|www\.\S+", " ", text)  # an address is no name
    for source in (*re.findall(r"\(([^()]*)\)", text), text):
        words = re.findall(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", source.lower())
        words = [word for word in words if len(re.sub(r"[^a-z]", "", word)) > 1]
        if words:
            return "-".join(words[:_WORDS])[:_LONGEST].strip("-")
    return ""
