"""What is published: the addresses that never change, and a menu over them."""

from __future__ import annotations

from site_builder.model import Disclosure
from site_builder.publication import publish


def test_the_permanent_addresses(disclosure: Disclosure) -> None:
    assert set(publish(disclosure, None).files) == {
        "index.md",
        "2568/index.md",
        *(f"2568/indicators/{number}.md" for number in range(1, 11)),
        "links.md",
        "data/index.md",
        "data/2568/measures.json",
        "data/2568/measures.csv",
        "assets/prongsai.css",
    }


def test_every_page_is_in_the_menu(disclosure: Disclosure) -> None:
    def paths(nav: object) -> set[str]:
        if isinstance(nav, str):
            return {nav}
        inner = nav.values() if isinstance(nav, dict) else nav
        return {path for part in inner for path in paths(part)}  # type: ignore[attr-defined]

    made = publish(disclosure, None)
    assert paths(made.nav) == {path for path in made.files if path.endswith(".md")}


def test_each_page_of_one_measure_names_its_file(disclosure: Disclosure) -> None:
    sources = publish(disclosure, None).sources
    assert sources["2568/indicators/3.md"] == "2568/03-no-gift-policy.yaml"
    assert sources["2568/index.md"] == "2568/report.yaml"


def test_publishing_twice_gives_the_same_bytes(disclosure: Disclosure) -> None:
    assert publish(disclosure, "# x") == publish(disclosure, "# x")
