"""What is told of a file's last change, and of what changed lately."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from site_builder.history import Age, Change, History, Known, LastChange, history_address

A, B, C = "measures/2568/01-a.yaml", "measures/2568/02-b.yaml", "content/about.md"


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 3, tzinfo=UTC)


def test_a_page_is_as_new_as_the_newest_file_that_it_is_made_from() -> None:
    history = History({A: LastChange(at(1), "1"), B: LastChange(at(5), "2")}, is_whole=True)
    assert history.age([A]) == Age(Known.UPDATED, at(1))
    assert history.age([A, B]) == Age(Known.UPDATED, at(5))


def test_where_the_history_ends_a_file_is_unchanged_since_then_and_no_more_is_said() -> None:
    history = History({A: LastChange(at(3), "1", is_exact=False), B: LastChange(at(5), "2")})
    assert history.age([A]) == Age(Known.UNCHANGED_SINCE, at(3))
    assert history.age([A, B]) == Age(Known.UPDATED, at(5))
    older = History({A: LastChange(at(3), "1", is_exact=False), B: LastChange(at(2), "2")})
    # The boundary is the newer of the two: what happened then may have happened earlier.
    assert older.age([A, B]) == Age(Known.UNCHANGED_SINCE, at(3))
    same = History({A: LastChange(at(3), "1", is_exact=False), B: LastChange(at(3), "2")})
    assert same.age([A, B]) == Age(Known.UPDATED, at(3))


def test_what_is_being_edited_has_no_day_yet() -> None:
    history = History({A: LastChange(at(1), "1")}, uncommitted=frozenset({A}))
    assert history.age([B, A]) == Age(Known.NOT_COMMITTED)


def test_what_git_does_not_know_has_no_day() -> None:
    assert History().age([A]) == Age(Known.NOTHING)
    assert History().age([]) == Age(Known.NOTHING)
    # A file of a submodule may be newer than all that is known.
    assert History({A: LastChange(at(1), "1")}).age([A, C]) == Age(Known.NOTHING)


def test_many_edits_of_one_measure_are_told_once() -> None:
    history = History(
        changes=(
            Change("changed", B, at(9), "5"),
            Change("changed", B, at(8), "4"),
            Change("removed", A, at(7), "3"),
            Change("added", B, at(6), "2"),
            Change("added", A, at(1), "1"),
        )
    )
    assert [c.commit for c in history.latest_changes(10)] == ["5", "3"]
    assert [c.commit for c in history.latest_changes(1)] == ["5"]


def test_a_renamed_measure_is_told_under_its_new_name_alone() -> None:
    renamed = Change("renamed", B, at(5), "3", was=A)
    old = (Change("changed", A, at(4), "2"), Change("added", A, at(1), "1"))
    assert History(changes=(renamed, *old)).latest_changes(10) == (renamed,)
    # Another measure that takes the old name later is its own.
    taken = Change("added", A, at(6), "4")
    assert History(changes=(taken, renamed, *old)).latest_changes(10) == (taken, renamed)


@pytest.mark.parametrize(
    ("edit", "listed"),
    [
        (
            "https://github.com/o/r/edit/main/measures/2568/03-x.yaml",
            "https://github.com/o/r/commits/main/measures/2568/03-x.yaml",
        ),
        (
            "https://git.go.th/o/edit/edit/main/edit/x",
            "https://git.go.th/o/edit/commits/main/edit/x",
        ),
        (
            "https://gitlab.com/a/b/c/-/edit/main/content/%E0%B8%81.md",
            "https://gitlab.com/a/b/c/-/commits/main/content/%E0%B8%81.md",
        ),
        (
            "https://codeberg.org/o/r/_edit/main/x.yaml",
            "https://codeberg.org/o/r/commits/branch/main/x.yaml",
        ),
        (
            "https://git.go.th/forge/o/r/_edit/main/x.yaml",
            "https://git.go.th/forge/o/r/commits/branch/main/x.yaml",
        ),
        ("https://bitbucket.org/o/r/src/main/x.yaml?mode=edit", None),
        ("https://github.com/o/r/edit/main/x?plain=1", None),
        ("https://github.com/o/r/blob/main/x", None),
        ("https://cms.go.th/edit/x", None),
        ("https://cms.go.th/a/b/c/edit/main/x", None),
        ("/edit/x", None),
        ("", None),
    ],
)
def test_the_list_of_changes_stands_beside_the_editor(edit: str, listed: str | None) -> None:
    assert history_address(edit) == listed
