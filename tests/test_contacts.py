"""How an office is reached, as offices write it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.contacts import EMAIL, PHONE, dialled
from site_builder.folder import read_folder

from .handbook import office, with_example, write_office


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0 4320 0000", "+6643200000"),
        ("043-200000", "+6643200000"),
        ("๐ ๔๓๒๐ ๐๐๐๐ ต่อ ๑๒", "+6643200000;ext=12"),
        ("(043) 200 000 ext. 7-9", "+6643200000;ext=7"),
        ("0-2141-9300-9", "+6621419300"),
        ("0 2141 9300\N{EN DASH}19", "+6621419300"),
        ("0812345678", "+66812345678"),
        ("+66 43 200 000", "+6643200000"),
        ("+1 (202) 555 0100", "+12025550100"),
        ("1567", "1567;phone-context=+66"),
        ("191", "191;phone-context=+66"),
    ],
)
def test_numbers_that_offices_write_can_be_dialled(written: str, number: str) -> None:
    assert re.search(PHONE, written)
    assert dialled(written) == number


def test_a_number_that_is_not_sure_is_not_dialled() -> None:
    # A mobile number has no further lines: which digits are too many nobody can tell.
    assert re.search(PHONE, "081 234 5678 9")
    assert dialled("081 234 5678 9") is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "โทร. 043 200 000",
        "4320 0000",
        "043",
        "12",
        "0 0000 0000",
        "043200000\n",
        "043200000 043200001",
        "2024-10-01",
        "<b>1</b>",
    ],
)
def test_what_is_no_number(written: str) -> None:
    assert not re.search(PHONE, written)


@pytest.mark.parametrize(
    "written", ["saraban@example.go.th", "a@b.co", "saraban_07401234@dla.go.th", "x.y+z@a-b.or.th"]
)
def test_addresses_of_mail(written: str) -> None:
    assert re.search(EMAIL, written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a",
        "a@b",
        "@b.th",
        ".a@b.th",
        "a.@b.th",
        "a@b..th",
        "a@-b.th",
        "a@b.th\n",
        "a@b.th?bcc=x@y.th",
        "a@b.th,c@d.th",
        "ก@ข.ไทย",
        "a b@c.th",
        '"a"@b.th',
        "mailto:a@b.th",
    ],
)
def test_what_is_no_address_of_mail(written: str) -> None:
    assert not re.search(EMAIL, written)


def test_patterns_end_soon_whatever_stands_there() -> None:
    assert not re.search(PHONE, "0" + "4 -" * 5000)
    assert not re.search(EMAIL, "a@" + "a-" * 5000)


def test_an_office_says_how_it_is_reached(tmp_path: Path) -> None:
    example = "# measures/agency.yaml\ncontact:\n  email: saraban@example.go.th\n  phone: 0432ก\n"
    reading = read_folder(write_office(tmp_path, with_example(office(), example)))
    (found,) = reading.errors
    assert (found.code, found.place.line, found.place.column) == ("phone-invalid", 14, 10)
    assert "0 4320 0000 ต่อ 12" in found.line()
