"""The frame of every page, Material's `base.html`: what is wrong in it and no block lets mend.

A piece that is no longer there is upstream's good news, or a new place to look: the tests ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MENDS: Mapping[str, str] = MappingProxyType(
    {
        # Not allowed on a checkbox (HTML, "autocomplete"); scripts/20-menu.js does what it is for.
        'type="checkbox" id="__drawer" autocomplete="off"': 'type="checkbox" id="__drawer"',
        'type="checkbox" id="__search" autocomplete="off"': 'type="checkbox" id="__search"',
    }
)
"""What stands in Material's frame, and what should stand there."""


NAME = "base.html"
OURS = "prongsai.html"
"""Stands in its place, and extends it by the name below."""
UPSTREAM = "material/base.html"


def mended(source: str) -> str:
    """The frame's source without its mistakes."""
    for wrong, right in MENDS.items():
        source = source.replace(wrong, right)
    return source
