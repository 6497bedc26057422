"""Units: addresses that stay, and English names where they are known."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from site_builder import units


def test_known_units_have_legible_addresses_of_their_own() -> None:
    slugs = [units.slug(name) for name in units.KNOWN]
    assert units.slug("สำนักปลัด") == "clerk"
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


@given(st.text(min_size=1))
def test_any_name_gives_an_address_that_every_host_keeps(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", units.slug(name))


def test_spaces_make_no_other_unit() -> None:
    assert units.slug(" กองการศึกษา  ศาสนาและวัฒนธรรม\n") == "education-religion-culture"
    assert units.slug("กอง  พัสดุ") == units.slug("กอง พัสดุ") == "unit-" + units.slug("กอง พัสดุ")[5:]
    assert units.english("กองคลัง ") == "Finance Division"
    assert units.english("กองพัสดุ") is None
