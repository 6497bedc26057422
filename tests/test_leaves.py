"""What each page is made from, as its colophon tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from site_builder import standing
from site_builder.edition import Edition
from site_builder.history import UNKNOWN, History, Known, LastChange
from site_builder.leaves import Project, leaf, measures_on
from site_builder.model import Disclosure
from site_builder.pages import naming

THIRD = "2568/03-no-gift-policy.yaml"


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 3, tzinfo=UTC)


@pytest.fixture
def edition(disclosure: Disclosure) -> Edition:
    def edit(path: str) -> str:
        return f"https://git.go.th/o/r/edit/main/measures/{path}".rstrip("/")

    return Edition(disclosure, date(2026, 11, 28), edit_url=edit)


@pytest.fixture
def project(disclosure: Disclosure) -> Project:
    files = ["agency.yaml", "2568/report.yaml"]
    files += [f"2568/{measure.id}.yaml" for measure in disclosure.reports[0].measures]
    last = {f"measures/{file}": LastChange(moment(1), "1") for file in files}
    last[f"measures/{THIRD}"] = LastChange(moment(5), "2")
    last["measures/2568/report.yaml"] = LastChange(moment(7), "3")
    last["measures/agency.yaml"] = LastChange(moment(9), "4")
    return Project(History(last, is_whole=True))


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
    edition: Edition, project: Project, path: str, day: int
) -> None:
    age = leaf(edition, path, "ก", project).age
    assert (age.known, age.moment) == (Known.UPDATED, moment(day))


def test_the_folder_of_the_measures_may_have_another_name(
    edition: Edition, project: Project
) -> None:
    last = {f"data/{path}": change for path, change in project.history.last.items()}
    elsewhere = Project(History(last), "data/measures")
    assert leaf(edition, "index.md", "ก", replace(elsewhere, measures="measures")).age == UNKNOWN
    assert leaf(edition, "index.md", "ก", elsewhere).age.known is Known.UPDATED


def test_a_home_page_is_made_from_its_own_text_too(edition: Edition, project: Project) -> None:
    assert leaf(edition, "index.md", "ก", project, "index.md").age == UNKNOWN
    last = {**project.history.last, "content/index.md": LastChange(moment(20), "9")}
    known = Project(History(last))
    assert leaf(edition, "index.md", "ก", known, "index.md").age.moment == moment(20)


def test_one_file_is_edited_and_several_have_the_history_of_their_folder(
    edition: Edition, project: Project
) -> None:
    listed = "https://git.go.th/o/r/commits/main/measures"
    third = leaf(edition, "2568/indicators/3.md", "ก", project)
    assert third.edit == f"https://git.go.th/o/r/edit/main/measures/{THIRD}"
    assert third.history == f"{listed}/{THIRD}"
    year = leaf(edition, "2568/index.md", "ก", project)
    assert (year.edit, year.history) == (None, f"{listed}/2568")
    home = leaf(edition, "index.md", "ก", project)
    assert (home.edit, home.history) == (None, listed)
    nowhere = Edition(edition.disclosure, edition.today)
    assert leaf(nowhere, "2568/index.md", "ก", project).history is None


def test_a_page_is_named_by_its_address(edition: Edition) -> None:
    def address(path: str, site_url: str = "", edition: Edition = edition) -> str:
        return leaf(edition, path, "ก", Project(site_url=site_url)).address

    assert address("2568/indicators/3.md") == "/2568/indicators/3/"
    assert address("index.md", "https://x.go.th/ita/") == "https://x.go.th/ita/"
    assert address("2568/index.md", "https://x.go.th/ita/") == "https://x.go.th/ita/2568/"
    english = Edition(edition.disclosure, edition.today, "en")
    assert address("links.md", "https://x.go.th/", english) == "https://x.go.th/en/links/"


def test_the_addresses_that_a_page_shows_are_those_of_its_measures(
    edition: Edition, project: Project
) -> None:
    ((_, third),) = measures_on(edition.disclosure, "2568/indicators/3.md")
    found = leaf(edition, "2568/indicators/3.md", "ก", project)
    assert found.urls == [url for url, _ in third.urls()]
    assert set(leaf(edition, "index.md", "ก", project).urls or ()) == set(
        edition.disclosure.links()
    )


def test_a_page_of_a_unit_tells_of_its_measures(edition: Edition, project: Project) -> None:
    report = edition.disclosure.reports[0]
    third = next(m for m in report.measures if m.id == "03-no-gift-policy")
    days = {}
    for unit, measures in standing.units(edition.disclosure, report).items():
        path = naming.unit_path(report, unit)
        assert measures_on(edition.disclosure, path) == tuple((report, m) for m in measures)
        days[unit] = leaf(edition, path, "ก", project).age.moment
    assert {unit for unit, day in days.items() if day == moment(5)} == {third.responsible_unit}


def test_an_indicator_without_measures_is_as_old_as_its_report(
    edition: Edition, project: Project
) -> None:
    report = edition.disclosure.reports[0].model_copy(update={"measures": ()})
    empty = Edition(edition.disclosure.model_copy(update={"reports": (report,)}), edition.today)
    found = leaf(empty, "2568/indicators/3.md", "ก", project)
    assert found.age.moment == moment(7)
    assert not found.urls
