"""Problems: the catalogue is whole, in both languages, and the code uses nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from site_builder import problems, thai
from site_builder.catalogue import CATALOGUE, Kind
from site_builder.measurefile import reading
from site_builder.problems import Place, Problem, errors_of, problem

PLACE = Place("measures/2568/03-no-gift-policy.yaml", 7, 3)
THAI = re.compile(r"[\u0e01-\u0e5b]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def all_blanks(kind: Kind) -> set[str]:
    return blanks(kind.th) | blanks(kind.en) | blanks(kind.example)


def filled(code: str) -> Problem:
    return problem(code, PLACE, **{name: f"‹{name}›" for name in all_blanks(CATALOGUE[code])})


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_message_is_whole_in_both_languages(code: str) -> None:
    found = filled(code)
    kind = CATALOGUE[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert found.severity in {"error", "warning"}
    for message, written in ((found.message("th"), kind.th), (found.message("en"), kind.en)):
        assert all(f"‹{name}›" in message for name in blanks(written))
        assert "{" not in message
        assert message == message.strip()
    assert THAI.search(found.message("th"))
    assert not THAI.search(found.message("en"))
    assert found.message() == found.message("th")
    for line in (found.line("th"), found.line("en")):
        assert line.startswith(f"measures/2568/03-no-gift-policy.yaml:7:3: {code}: ")
        assert line.endswith(found.example)


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_have_the_same_blanks(code: str) -> None:
    kind = CATALOGUE[code]
    same = [
        {name.removesuffix("_th").removesuffix("_en") for name in blanks(text)}
        for text in (kind.th, kind.en)
    ]
    assert same[0] == same[1]


def test_what_an_officer_wrote_is_never_read_as_a_blank() -> None:
    found = problem("url-not-public", PLACE, value="http://10.0.0.1/{value}{0}{x!r}%s")
    assert found.message("en").endswith(": http://10.0.0.1/{value}{0}{x!r}%s")


def test_a_missing_blank_is_noticed() -> None:
    with pytest.raises(KeyError, match="value"):
        problem("url-not-public", PLACE).message()


def test_a_line_shows_its_example_in_the_readers_language() -> None:
    found = problem("period-no-year", PLACE, value="๑ ต.ค.")
    assert found.line("th").endswith(" — เช่น  period: ๑ ต.ค. ๖๗")
    assert found.line("en").endswith(" — such as  period: ๑ ต.ค. ๖๗")
    assert " — " not in problem("yaml-depth", PLACE).line("en")


def test_problems_stand_in_the_order_of_the_files() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 10), Place("a", 2, 9)]
    found = sorted(problem("yaml-depth", place) for place in places)
    assert [str(each.place) for each in found] == ["a:2:9", "a:2:10", "a:10:1", "b:1:1"]


def test_only_errors_stop_a_build() -> None:
    both = (problem("yaml-depth", PLACE), problem("period-reversed", PLACE, value="x"))
    assert errors_of(both) == both[:1]


SOURCES = sorted(Path(problems.__file__).parent.rglob("*.py"))
CALLS = {"problem", "_report"}
VALIDATION = {"key", "value", "example", "label", "label_en"}
"""What `measurefile` hands on with `**`."""


def reported() -> Iterator[tuple[str, str, set[str]]]:
    """Every code that the package reports by name: where, the code, the blanks it fills."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            if name in CALLS and isinstance(first, ast.Constant):
                keywords = {word.arg for word in node.keywords}
                starred = VALIDATION if None in keywords else set()
                given = {word for word in keywords if word} | starred
                yield f"{path.name}:{node.lineno}", str(first.value), given


def test_every_reported_code_is_in_the_catalogue_with_its_blanks_filled() -> None:
    calls = list(reported())
    assert len({where.partition(":")[0] for where, _, _ in calls}) >= 5
    wrong = [
        (where, code)
        for where, code, given in calls
        if code not in CATALOGUE or not all_blanks(CATALOGUE[code]) <= given
    ]
    assert not wrong


def test_codes_from_tables_and_composed_codes_are_in_the_catalogue() -> None:
    tables = [value for name, value in vars(reading).items() if name.endswith("_CODES")]
    codes = {code for table in tables for code in table.values()}
    assert codes
    assert codes | {f"period-{oddity}" for oddity in get_args(thai.Oddity)} <= CATALOGUE.keys()
