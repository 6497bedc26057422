"""Share pictures as PNG: chats and social networks show no SVG.

Drawn by resvg, which sets Thai as a browser does and asks nothing of the machine: its fonts are
the two beside the package's data, and the same words give the same bytes.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from site_builder.share_pictures import FONT_FILES, FONT_NAME, Card, svg

try:
    import resvg_py
except ImportError:  # pragma: no cover - the tests install it
    resvg_py = None  # type: ignore[assignment]


class CannotDrawError(RuntimeError):
    """The library that draws is not installed; the extra `share` brings it."""


def png(card: Card) -> bytes:
    """A share picture, 1200 by 630 pixels.

    Raises:
        CannotDrawError: the library is not installed.
    """
    if resvg_py is None:
        raise CannotDrawError
    return _drawn(svg(card))


@lru_cache(maxsize=512)  # of some 40 kB each: an office's pictures of ten years
def _drawn(picture: str) -> bytes:
    fonts = resources.files("site_builder").joinpath("data/share")
    with resources.as_file(fonts) as folder:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=picture,
                skip_system_fonts=True,
                font_files=[str(folder / name) for name in FONT_FILES],
                font_family=FONT_NAME,
            )
        )
