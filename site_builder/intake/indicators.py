"""Which indicator a cell names: by its number, its name, or both."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder import thai
from site_builder.model import Indicator

_PREFIX = re.compile(r"(?:ตัว)?ชี้วัด\s*(?:ที่)?\s*")
_NUMBER = re.compile(r"\(?\s*([0-9]{1,2})(?![0-9])\s*[.):\-\u2013]*\s*")
_SURE = 0.85
_LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Named:
    """The indicator that a text names, and the words of it that are not part of the name."""

    number: int
    surplus: str = ""


def named_indicator(text: str, indicators: Sequence[Indicator]) -> Named | None:
    """The indicator that a text names; None where it names none, or two."""
    bare = thai.to_arabic(re.sub(r"^[-\u2013\u2022*]\s*", "", text.strip()))
    prefix = _PREFIX.match(bare)
    rest = bare[prefix.end() :] if prefix else bare
    number = _NUMBER.match(rest)
    name = rest[number.end() :] if number else rest
    if number is not None:
        return _numbered(int(number[1]), name.strip(), indicators)
    exact = [(i, surplus) for i in indicators if (surplus := _beyond(name, i.name)) is not None]
    if len(exact) == 1:
        return Named(exact[0][0].number, exact[0][1])
    near = _nearest(name, indicators)
    return Named(near.number, text) if near is not None else None


def _numbered(number: int, name: str, indicators: Sequence[Indicator]) -> Named | None:
    own = next((i for i in indicators if i.number == number), None)
    if own is None:
        return None
    if not name:
        return Named(number)
    surplus = _beyond(name, own.name)
    if surplus is not None:
        return Named(number, surplus)
    # Another indicator's name beside this number: the office must say which it means.
    near = _nearest(name, indicators)
    if near is not None and near.number != number:
        return None
    return Named(number, name) if _likeness(name, own.name) >= _LIKELY else None


def _beyond(text: str, name: str) -> str | None:
    """What a text says beyond an indicator's name; None where it does not begin with it."""
    wanted = _squeezed(name)
    for end in range(min(len(text), 3 * len(name)), 0, -1):
        said = _squeezed(text[:end])
        if said == wanted:
            # "การใช้อำนาจหน้าที่" is another name, not this one and a word more.
            apart = text[end - 1].isspace() or not text[end : end + 1].isalpha()
            return text[end:].strip(" :-") if apart else None
        if len(said) < len(wanted):
            break
    return None


def _squeezed(text: str) -> str:
    # Both spellings stand in official papers.
    return re.sub(r"\s", "", text).replace("ของทางราชการ", "ของราชการ")


def _nearest(text: str, indicators: Sequence[Indicator]) -> Indicator | None:
    best = max(indicators, key=lambda i: _likeness(text, i.name), default=None)
    return best if best is not None and _likeness(text, best.name) >= _SURE else None


def _likeness(text: str, name: str) -> float:
    return difflib.SequenceMatcher(None, _squeezed(text)[:100], _squeezed(name)).ratio()
