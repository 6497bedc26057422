"""What is published: the addresses that never change, and a menu over them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from site_builder.ledger import Ledger
from site_builder.model import Disclosure
from site_builder.publication import publish
from site_builder.verdicts import Verdict

from .every_verdict import TODAY, entry


def test_the_permanent_addresses(disclosure: Disclosure) -> None:
    made = set(publish(disclosure, {}, today=TODAY).files)
    pages = {
        "index.md",
        "2568/index.md",
        *(f"2568/indicators/{number}.md" for number in range(1, 11)),
        "2568/units/index.md",
        "2568/units/clerk.md",
        "2568/units/finance.md",
        "2568/timeline.md",
        "links.md",
        "data/index.md",
    }
    assert {path for path in made if not path.startswith("assets/")} == {
        *pages,
        *(f"en/{path}" for path in pages),
        "data/2568/measures.json",
        "data/2568/measures.csv",
        "data/links.json",
        "data/links.csv",
    }
    assert {"assets/prongsai.css", "assets/prongsai.js"} <= made


def test_what_a_year_has_decides_which_pages_it_gets(disclosure: Disclosure) -> None:
    (report,) = disclosure.reports
    scored = report.header.model_copy(update={"scores": {"1": Decimal("91.5")}})
    older = report.model_copy(update={"fiscal_year": 2567})
    both = (report.model_copy(update={"header": scored}), older)
    made = set(publish(disclosure.model_copy(update={"reports": both}), {}, today=TODAY).files)
    assert {"years.md", "en/years.md", "2568/scores.md", "en/2568/scores.md"} <= made
    assert "2567/scores.md" not in made
    assert "2567/timeline.md" in made


def test_every_page_is_in_the_menu(disclosure: Disclosure) -> None:
    def paths(nav: object) -> set[str]:
        if isinstance(nav, str):
            return {nav}
        inner = nav.values() if isinstance(nav, dict) else nav
        return {path for part in inner for path in paths(part)}  # type: ignore[attr-defined]

    made = publish(disclosure, {}, today=TODAY)
    assert paths(dict(made.nav)) == {path for path in made.files if path.endswith(".md")}
    assert all(path.startswith("en/") for path in paths(made.nav["en"]))


def test_each_page_of_one_measure_names_its_file(disclosure: Disclosure) -> None:
    sources = publish(disclosure, {}, today=TODAY).sources
    assert sources["2568/indicators/3.md"] == "2568/03-no-gift-policy.yaml"
    assert sources["2568/index.md"] == "2568/report.yaml"


def test_publishing_twice_gives_the_same_bytes(disclosure: Disclosure) -> None:
    assert publish(disclosure, {"th": "# x"}, today=TODAY) == publish(
        disclosure, {"th": "# x"}, today=TODAY
    )


def test_the_day_says_only_which_results_are_old(disclosure: Disclosure) -> None:
    url = next(iter(disclosure.links()))
    known = disclosure.model_copy(update={"ledger": Ledger(links={url: entry(Verdict.OK)})})
    soon, late = (publish(known, {}, today=TODAY + timedelta(days=days)).files for days in (0, 400))
    changed = {path for path, data in soon.items() if late[path] != data}
    assert {"links.md", "en/links.md", "2568/index.md", "index.md"} <= changed
    # The data hold moments, and no page is added or lost by the day.
    assert all(path.endswith(".md") for path in changed)
    assert soon.keys() == late.keys()
