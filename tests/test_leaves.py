"""What each page is made from, as its colophon tells it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from site_builder.edition import Edition
from site_builder.history import History, Known, LastChange
from site_builder.leaves import leaf, measures_on
from site_builder.model import Disclosure

THIRD = "2568/03-no-gift-policy.yaml"


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 3, tzinfo=UTC)


@pytest.fixture
def edition(disclosure: Disclosure) -> Edition:
    def edit(path: str) -> str:
        return f"https://git.go.th/o/r/edit/main/measures/{path}".rstrip("/")

    return Edition(disclosure, date(2026, 11, 28), edit_url=edit)


@pytest.fixture
def history(disclosure: Disclosure) -> History:
    files = ["agency.yaml", "2568/report.yaml"]
    files += [f"2568/{measure.id}.yaml" for measure in disclosure.reports[0].measures]
    last = {f"measures/{file}": LastChange(moment(1), "1") for file in files}
    last[f"measures/{THIRD}"] = LastChange(moment(5), "2")
    last["measures/2568/report.yaml"] = LastChange(moment(7), "3")
    last["measures/agency.yaml"] = LastChange(moment(9), "4")
    return History(last, is_whole=True)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2568/indicators/3.md", 5),
        ("2568/indicators/4.md", 1),
        ("2568/index.md", 7),
        ("2568/timeline.md", 5),
        ("index.md", 9),
        ("links.md", 9),
        ("data/index.md", 9),
    ],
)
def test_a_page_is_as_old_as_what_it_shows(
    edition: Edition, history: History, path: str, day: int
) -> None:
    age = leaf(edition, path, "ก", history).age
    assert (age.known, age.moment) == (Known.UPDATED, moment(day))


def test_the_folder_of_the_measures_may_have_another_name(
    edition: Edition, history: History
) -> None:
    elsewhere = History({f"data/{path}": change for path, change in history.last.items()})
    assert leaf(edition, "index.md", "ก", elsewhere).age.known is Known.NOTHING
    found = leaf(edition, "index.md", "ก", elsewhere, folder="data/measures")
    assert found.age.known is Known.UPDATED


def test_one_file_is_edited_and_several_have_the_history_of_their_folder(
    edition: Edition, history: History
) -> None:
    listed = "https://git.go.th/o/r/commits/main/measures"
    third = leaf(edition, "2568/indicators/3.md", "ก", history)
    assert third.edit == f"https://git.go.th/o/r/edit/main/measures/{THIRD}"
    assert third.history == f"{listed}/{THIRD}"
    year = leaf(edition, "2568/index.md", "ก", history)
    assert (year.edit, year.history) == (None, f"{listed}/2568")
    home = leaf(edition, "index.md", "ก", history)
    assert (home.edit, home.history) == (None, listed)
    nowhere = Edition(edition.disclosure, edition.today)
    assert leaf(nowhere, "2568/index.md", "ก", history).history is None


def test_a_page_is_named_by_its_address(edition: Edition, history: History) -> None:
    def address(path: str, site_url: str = "", edition: Edition = edition) -> str:
        return leaf(edition, path, "ก", history, site_url=site_url).address

    assert address("2568/indicators/3.md") == "/2568/indicators/3/"
    assert address("index.md", "https://x.go.th/ita/") == "https://x.go.th/ita/"
    assert address("2568/index.md", "https://x.go.th/ita/") == "https://x.go.th/ita/2568/"
    english = Edition(edition.disclosure, edition.today, "en")
    assert address("links.md", "https://x.go.th/", english) == "https://x.go.th/en/links/"


def test_the_addresses_that_a_page_shows_are_those_of_its_measures(
    edition: Edition, history: History
) -> None:
    ((_, third),) = measures_on(edition.disclosure, "2568/indicators/3.md")
    found = leaf(edition, "2568/indicators/3.md", "ก", history)
    assert found.urls == [url for url, _ in third.urls()]
    assert set(leaf(edition, "index.md", "ก", history).urls or ()) == set(
        edition.disclosure.links()
    )


def test_a_page_of_a_unit_tells_of_what_it_is_given(edition: Edition, history: History) -> None:
    shown = measures_on(edition.disclosure, "2568/indicators/4.md")
    found = leaf(edition, "2568/units/x.md", "ก", history, measures=shown)
    assert found.age.moment == moment(1)


def test_an_indicator_without_measures_is_as_old_as_its_report(
    edition: Edition, history: History
) -> None:
    report = edition.disclosure.reports[0].model_copy(update={"measures": ()})
    empty = Edition(edition.disclosure.model_copy(update={"reports": (report,)}), edition.today)
    found = leaf(empty, "2568/indicators/3.md", "ก", history)
    assert found.age.moment == moment(7)
    assert not found.urls
