"""Share pictures as PNG: chats and social networks show no SVG.

Drawn by resvg, which sets Thai as a browser does and asks nothing of the machine: its fonts are
the two beside the package's data, and the same words give the same bytes. How wide words are,
fontTools reads in the same two files.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from site_builder.lettering import Font
from site_builder.share_pictures import FONT_FILES, FONT_NAME, Card, Fonts, svg

try:
    import resvg_py
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no types
except ImportError:  # pragma: no cover - the tests install it
    resvg_py = None  # type: ignore[assignment]


class CannotDrawError(RuntimeError):
    """The libraries that draw are not installed; the extra `share` brings them."""


def png(card: Card) -> bytes:
    """A share picture, 1200 by 630 pixels.

    Raises:
        CannotDrawError: the libraries are not installed.
    """
    if resvg_py is None:
        raise CannotDrawError
    return _drawn(svg(card, fonts()))


@cache
def fonts() -> Fonts:
    """The widths of the letters of both fonts."""
    folder = resources.files("site_builder").joinpath("data/share")
    with resources.as_file(folder) as files:
        regular, bold = (_widths(TTFont(files / name)) for name in FONT_FILES)
    return regular, bold


def _widths(font: TTFont) -> Font:
    units, metrics = font["head"].unitsPerEm, font["hmtx"]
    return Font({code: metrics[name][0] / units for code, name in font.getBestCmap().items()})


@lru_cache(maxsize=512)  # of some 40 kB each: an office's pictures of ten years
def _drawn(picture: str) -> bytes:
    folder = resources.files("site_builder").joinpath("data/share")
    with resources.as_file(folder) as files:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=picture,
                skip_system_fonts=True,
                font_files=[str(files / name) for name in FONT_FILES],
                font_family=FONT_NAME,
            )
        )
