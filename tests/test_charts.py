"""Charts: well-formed SVG whose parts measure what the numbers say."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from site_builder import charts
from site_builder.charts import Part, Stretch

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ET.Element:
    # Inline SVG in HTML needs no namespace; a parser of XML reads it as well-formed all the same.
    return ET.fromstring(svg)  # noqa: S314 - what is read was made a line above


def boxes(svg: str) -> list[dict[str, str]]:
    return [dict(rect.attrib) for rect in drawn(svg).iter("rect")]


def share(written: str) -> float:
    return float(written.removesuffix("%"))


def test_a_bar_is_shared_out_by_the_values() -> None:
    made = charts.stacked_bar([Part("ก", 3, "a"), Part("ข", 0, "b"), Part("ค", 1, "c")], "ท", str)
    first, second = boxes(made)
    assert share(first["width"]) == pytest.approx(3 * share(second["width"]), rel=0.01)
    assert [first["class"], second["class"]] == ["tone-a", "tone-c"]
    assert [text.text for text in drawn(made).iter("text")] == ["3", "1"]
    assert share(second["x"]) + share(second["width"]) == pytest.approx(100, abs=0.2)


def test_nothing_is_no_bar() -> None:
    assert charts.stacked_bar([Part("ก", 0, "a")], "ท", str) == ""
    assert charts.stacked_bar([], "ท", str) == ""


def test_columns_stand_as_tall_as_their_values_and_nought_is_flat() -> None:
    made = charts.columns([Part("ก", 4, "a"), Part("ข", 2, "a"), Part("ค", 0, "a")], "ท", str)
    tall = [float(box["height"]) for box in boxes(made)]
    assert tall == [120, 60, 0]
    assert boxes(charts.columns([Part("ก", 0, "a")], "ท", str))[0]["height"] == "0"


def test_a_lane_shows_a_single_day_and_cuts_what_lies_outside() -> None:
    day, half, outside = Stretch(0.999, 1.0), Stretch(-0.5, 0.5), Stretch(1.1, 1.2)
    _, one, two = boxes(charts.year_lane([day, half, outside], "ท", "done"))
    assert float(one["width"]) >= 5
    assert float(one["x"]) + float(one["width"]) <= 240
    assert (two["x"], two["width"]) == ("0", "120")


def test_words_of_anybody_stay_words() -> None:
    nasty = '<script>"&'
    made = charts.stacked_bar([Part(nasty, 1, "a")], nasty, str)
    assert drawn(made).find("svg").get("aria-label") == nasty
    assert not list(drawn(made).iter("script"))
