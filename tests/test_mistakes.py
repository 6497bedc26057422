"""An officer's mistakes in a real file: each gives its one code at its place; nothing breaks.

The file is the committed measure on gifts; the places are lines and columns of the changed file.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.measurefile import LIMIT, read_measure, read_model
from site_builder.model import Agency, ReportHeader

from .conftest import ROOT

GIFT = (ROOT / "measures/2568/03-no-gift-policy.yaml").read_text("utf-8")
FILES = sorted((ROOT / "measures").rglob("*.yaml"))


def found_in(data: bytes) -> list[tuple[str, int, int]]:
    _, problems = read_measure(data, "x.yaml", "x", 2568)
    return [(p.code, p.place.line, p.place.column) for p in problems]


MISTAKES = {
    "a tab before an item": ("  - นโยบาย", "\t- นโยบาย", ("yaml-tab", 3, 1)),
    "a tab after spaces": ("  - นโยบาย", "  \t- นโยบาย", ("yaml-tab", 3, 3)),
    "a tab before a key": ("period:", "\tperiod:", ("yaml-tab", 7, 1)),
    "a tab before a nested key": ("    url:", "\turl:", ("yaml-tab", 14, 1)),
    "a nested key too far left": ("    url:", "  url:", ("yaml-indentation", 14, 3)),
    "a nested key too far right": ("    url:", "     url:", ("yaml-indentation", 14, 6)),
    "a key too far right": ("period:", " period:", ("yaml-indentation", 7, 2)),
    "an item too far left": ("  - จัดทำ", "  - ก\n - จัดทำ", ("yaml-indentation", 6, 2)),
    "no colon, first line": ("indicator:", "indicator", ("yaml-colon-missing", 1, 1)),
    "no colon before a list": ("method:", "method", ("yaml-colon-missing", 4, 1)),
    "no colon before a text": ("period:", "period", ("yaml-colon-missing", 7, 1)),
    "no colon in an item": ("- title:", "- title", ("yaml-colon-missing", 13, 5)),
    "no colon in a nested key": ("    url:", "    url", ("yaml-colon-missing", 14, 5)),
    "no space, first line": ("indicator: ", "indicator:", ("yaml-colon-missing", 1, 1)),
    "no space after the colon": ("period: ", "period:", ("yaml-colon-missing", 7, 1)),
    "no space in an item": ("title: ", "title:", ("yaml-colon-missing", 13, 5)),
    "no space in a nested key": ("url: ", "url:", ("yaml-colon-missing", 14, 5)),
    "a full-width colon": ("period: ", "period：", ("yaml-colon-missing", 7, 1)),
    "a colon in a text": ("period: ", "period: วันที่: ", ("yaml-colon-in-text", 7, 15)),
    "a colon in an item": ("- จัดทำ", "- โครงการ: จัดทำ", ("yaml-colon-in-text", 5, 5)),
    "a Word bullet for a dash": ("  - จัดทำ", "  • จัดทำ", ("bullet-from-word", 5, 3)),
    "a Word bullet in an item": ("- จัดทำ", "- • จัดทำ", ("bullet-from-word", 5, 5)),
    "a bullet of Word's symbol font": ("- จัดทำ", "\uf0b7 จัดทำ", ("bullet-from-word", 5, 3)),
    "an en dash for a dash": ("- จัดทำ", "– จัดทำ", ("bullet-from-word", 5, 3)),
    "a middle dot": ("- จัดทำ", "·จัดทำ", ("bullet-from-word", 5, 3)),
    "a dash without its space": ("- จัดทำ", "-จัดทำ", ("bullet-without-space", 5, 3)),
    "two of them": ("- จัดทำ", "-ก\n  -จัดทำ", ("bullet-without-space", 5, 3)),
    "the second of two": ("- จัดทำ", "- ก\n  -จัดทำ", ("bullet-without-space", 6, 3)),
    "the first of two": ("- จัดทำ", "-ก\n  - จัดทำ", ("bullet-without-space", 5, 3)),
    "a dash without its space at a key": ("- title", "-title", ("bullet-without-space", 13, 3)),
    "a dash for nothing": ("๒๗ ธ.ค.๖๗", "-", ("yaml-special-start", 7, 9)),
    "an item beside its key": ("method:\n ", "method:", ("yaml-indentation", 4, 9)),
    "a key given twice": ("outcome:", "period: ๑ ต.ค. ๖๗\noutcome:", ("key-repeated", 10, 1)),
    "a mistyped key": ("outcome:", "outcom:", ("key-unknown", 10, 1)),
    "a Thai label as a key": ("responsible_unit:", "ผู้รับผิดชอบ:", ("key-unknown", 6, 1)),
    "a capital": ("period:", "Period:", ("key-unknown", 7, 1)),
    "capitals": ("period:", "PERIOD:", ("key-unknown", 7, 1)),
    "words for a key": ("responsible_unit:", "Responsible Unit:", ("key-unknown", 6, 1)),
    "an invisible character in a key": (
        "period:",
        "\u200bperiod:",
        ("yaml-control-character", 7, 1),
    ),
    "a missing key": ("period: ๒๗ ธ.ค.๖๗\n", "", ("key-missing", 1, 1)),
    "an empty value": (" ๒๗ ธ.ค.๖๗", "", ("value-empty", 7, 1)),
    "a list for a text": ("สำนักปลัด", "[สำนักปลัด]", ("value-not-text", 6, 19)),
    "a text for a list": ("  - title", "  ก\nx: \n  - title", ("value-not-list", 13, 3)),
    "a word for a number": ("indicator: 3", "indicator: สาม", ("value-not-number", 1, 12)),
    "an unreadable date": ("๒๗ ธ.ค.๖๗", "เร็ว ๆ นี้", ("period-unreadable", 7, 9)),
    "dots of Word for a date": ("๒๗ ธ.ค.๖๗", "…", ("period-unreadable", 7, 9)),
    "a day that is none": ("๒๗ ธ.ค.๖๗", "๓๑ เม.ย. ๖๘", ("period-no-such-day", 7, 9)),
    "an unsafe address": ("url: https:", "url: javascript:", ("url-unsafe", 14, 10)),
    "a space in an address": ("url: https://", "url: https://a b.", ("url-invalid", 14, 10)),
    "an alias": ("๒๗ ธ.ค.๖๗", "*ก", ("yaml-alias", 7, 9)),
    "an anchor": ("๒๗ ธ.ค.๖๗", "&ก ๒๗ ธ.ค.๖๗", ("yaml-alias", 7, 9)),
    "a tag": ("๒๗ ธ.ค.๖๗", "!!str ๒๗ ธ.ค.๖๗", ("yaml-tag", 7, 9)),
    "an exclamation mark": ("๒๗ ธ.ค.๖๗", "! ๒๗ ธ.ค.๖๗", ("yaml-tag", 7, 9)),
    "an open quote": ("- จัดทำ", '- "จัดทำ', ("yaml-quote", 5, 5)),
    "words after a quote": ("- จัดทำ", '- "จัดทำ" ก', ("yaml-quote", 5, 13)),
    "words after a bracket": ("- จัดทำ", "- [ก] จัดทำ", ("yaml-quote", 5, 9)),
    "an at sign": ("- จัดทำ", "- @จัดทำ", ("yaml-special-start", 5, 5)),
    "a second document": ("period:", "---\nperiod:", ("yaml-documents", 7, 1)),
    "a NUL": ("๒๗", "\0๒๗", ("yaml-control-character", 7, 9)),
    "a text turned around": ("๒๗", "\u202e๒๗", ("yaml-control-character", 7, 9)),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_gives_its_code_at_its_place(name: str) -> None:
    old, new, expected = MISTAKES[name]
    assert old in GIFT
    found = found_in(GIFT.replace(old, new, 1).encode())
    # A key put in to show the mistake may be unknown; nothing else may come along.
    assert [each for each in found if each[0] != "key-unknown" or "x: " not in new] == [expected]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (GIFT.encode("cp874"), ("file-encoding", 3, 5)),
        (GIFT.encode("utf-16"), ("file-encoding", 1, 1)),
        (GIFT.encode("utf-16-le"), ("file-encoding", 1, 1)),
        (GIFT.encode("utf-16-be"), ("file-encoding", 1, 1)),
        (GIFT.encode() + b"\xff", ("file-encoding", 15, 1)),
        (GIFT.encode() + b"#" * LIMIT, ("file-too-large", 1, 1)),
        (b"[" * 5000, ("yaml-depth", 1, 1)),
    ],
    ids=["TIS-620", "UTF-16", "UTF-16LE", "UTF-16BE", "one byte", "too large", "deep"],
)
def test_each_wrong_file_gives_its_code(data: bytes, place: tuple[str, int, int]) -> None:
    assert found_in(data) == [place]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("indicator: 3", "\ufeffindicator: 3"),
        ("indicator: 3", "indicator: ๓"),
        ("- จัดทำ", "- “จัดทำ”"),
        ("- จัดทำ", "- …จัดทำ"),
        ("- จัดทำ", "- -5 องศา"),
        ("- จัดทำ", "- –\n  - จัดทำ"),
        ("period: ", "period:\t"),
        ("  - จัดทำ", "- จัดทำ"),
        ("indicator: 3", "# ก\n---\nindicator: 3"),
    ],
)
def test_what_is_no_mistake_is_read(old: str, new: str) -> None:
    assert old in GIFT
    assert found_in(GIFT.replace(old, new).encode()) == []


def test_an_alias_bomb_is_refused_where_it_is_planted() -> None:
    lines = ["a: &a [x, x]"]
    lines += [
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(f'*{chr(97 + i)}' for _ in range(9))}]"
        for i in range(9)
    ]
    begun = time.process_time()
    found = found_in("\n".join(lines).encode())
    assert ("yaml-alias", 1, 4) in found
    assert len(found) < 100
    assert time.process_time() - begun < 5


def test_a_mistyped_key_is_not_missing_as_well_and_the_right_one_is_named() -> None:
    for typed in ("Period", "PERIOD", "peroid", "ระยะเวลาดำเนินการ"):
        data = GIFT.replace("period:", f"{typed}:").encode()
        _, problems = read_measure(data, "x", "x", 2568)
        assert [p.code for p in problems] == ["key-unknown"]
        assert '"period"' in problems[0].message()


PIECES = st.sampled_from(
    [
        "\t",
        "  ",
        ":",
        ": ",
        "-",
        "- ",
        "• ",
        "–",
        '"',
        "'",
        "&a ",
        "*a",
        "!",
        "|",
        ">",
        "[",
        "]",
        "{",
        "}",
        "#",
        "%",
        "@",
        "`",
        "?",
        ",",
        "\n",
        "\r\n",
        "\u2028",
        "\x00",
        "\x85",
        "ก",
        "๓",
        "---\n",
    ]
)


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """A committed file with a few strokes, bytes or lines put in, taken out or moved."""
    path = draw(st.sampled_from(FILES))
    data = path.read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        lines = data.splitlines(keepends=True) or [b""]
        line = draw(st.integers(0, len(lines) - 1))
        at = draw(st.integers(0, len(data)))
        how = draw(
            st.sampled_from(
                ["type", "bytes", "cut", "line out", "line twice", "no colon", "indent", "swap"]
            )
        )
        if how == "type":
            data = data[:at] + draw(PIECES).encode() + data[at:]
        elif how == "bytes":
            data = data[:at] + draw(st.binary(max_size=4)) + data[at + 2 :]
        elif how == "cut":
            data = data[:at]
        elif how == "line out":
            data = b"".join(lines[:line] + lines[line + 1 :])
        elif how == "line twice":
            data = b"".join([*lines[:line], lines[line], *lines[line:]])
        elif how == "no colon":
            data = b"".join([*lines[:line], lines[line].replace(b":", b"", 1), *lines[line + 1 :]])
        elif how == "indent":
            more = draw(st.sampled_from([b" ", b"\t", b"   "]))
            data = b"".join([*lines[:line], more, *lines[line:]])
        else:
            other = draw(st.integers(0, len(lines) - 1))
            lines[line], lines[other] = lines[other], lines[line]
            data = b"".join(lines)
    return path.name, data


@settings(max_examples=400)
@given(spoiled())
def test_a_spoiled_file_gives_problems_within_it_never_a_traceback(case: tuple[str, bytes]) -> None:
    name, data = case
    context = {"fiscal_year": 2568}
    if name == "agency.yaml":
        value, problems = read_model(Agency, data, name, context)
    elif name == "report.yaml":
        value, problems = read_model(ReportHeader, data, name, context)
    else:
        value, problems = read_measure(data, name, "x", 2568)
    assert value is not None or problems
    lines = data.decode("utf-8", "replace").splitlines()
    for found in problems:
        assert found.line("th")
        assert found.line("en")
        assert 1 <= found.place.line <= len(lines) + 1
        assert found.place.column >= 1
