"""Which page stands for which others."""

from __future__ import annotations

from pathlib import Path

import pytest

from .page_types import kind, page_types, pages


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("/", "/"),
        ("/404.html", "/404.html/"),
        ("/about/", "/about/"),
        ("/2568/", "/year/"),
        ("/2568/timeline/", "/year/timeline/"),
        ("/2568/indicators/3/", "/year/indicators/*/"),
        ("/2567/units/finance/", "/year/units/*/"),
        ("/en/", "/en/"),
        ("/en/links/", "/en/links/"),
        ("/en/2568/indicators/10/", "/en/year/indicators/*/"),
    ],
)
def test_pages_of_one_kind(page: str, expected: str) -> None:
    assert kind(page) == expected


def test_the_demonstration_has_them_all(site: Path) -> None:
    kinds = {kind(page) for page in page_types(site)}
    assert kinds == {kind(page) for page in pages(site)}
    assert kinds >= {"/", "/404.html/", "/year/", "/year/indicators/*/", "/links/", "/data/"}
    assert len(page_types(site)) == len(kinds) < len(pages(site))
