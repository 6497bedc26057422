"""What is published: the addresses that never change, and a menu over them."""

from __future__ import annotations

from datetime import timedelta

from site_builder.ledger import Ledger
from site_builder.model import Disclosure
from site_builder.publication import publish
from site_builder.verdicts import Verdict

from .every_verdict import TODAY, entry


def test_the_permanent_addresses(disclosure: Disclosure) -> None:
    made = set(publish(disclosure, None, today=TODAY).files)
    assert {path for path in made if not path.startswith("assets/fonts/")} == {
        "index.md",
        "2568/index.md",
        *(f"2568/indicators/{number}.md" for number in range(1, 11)),
        "links.md",
        "data/index.md",
        "data/2568/measures.json",
        "data/2568/measures.csv",
        "data/links.json",
        "data/links.csv",
        "assets/prongsai.css",
        "assets/prongsai.js",
    }


def test_every_page_is_in_the_menu(disclosure: Disclosure) -> None:
    def paths(nav: object) -> set[str]:
        if isinstance(nav, str):
            return {nav}
        inner = nav.values() if isinstance(nav, dict) else nav
        return {path for part in inner for path in paths(part)}  # type: ignore[attr-defined]

    made = publish(disclosure, None, today=TODAY)
    assert paths(made.nav) == {path for path in made.files if path.endswith(".md")}


def test_each_page_of_one_measure_names_its_file(disclosure: Disclosure) -> None:
    sources = publish(disclosure, None, today=TODAY).sources
    assert sources["2568/indicators/3.md"] == "2568/03-no-gift-policy.yaml"
    assert sources["2568/index.md"] == "2568/report.yaml"


def test_publishing_twice_gives_the_same_bytes(disclosure: Disclosure) -> None:
    assert publish(disclosure, "# x", today=TODAY) == publish(disclosure, "# x", today=TODAY)


def test_the_day_says_only_which_results_are_old(disclosure: Disclosure) -> None:
    url = next(iter(disclosure.links()))
    known = disclosure.model_copy(update={"ledger": Ledger(links={url: entry(Verdict.OK)})})
    soon, late = (
        publish(known, None, today=TODAY + timedelta(days=days)).files for days in (0, 400)
    )
    changed = {path for path, data in soon.items() if late[path] != data}
    assert {"links.md", "2568/index.md"} <= changed
    assert all(path in {"links.md", "2568/index.md"} or "/indicators/" in path for path in changed)
