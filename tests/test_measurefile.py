"""YAML as officers write it: every mistake has a place and a code, no bytes give a traceback."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import measurefile
from site_builder.measurefile import read_content, read_measure

from .conftest import ROOT

GOOD = """\
indicator: 3
measure: นโยบายไม่รับของขวัญ
method:
  - จัดทำประกาศ
  - แจ้งเวียน
responsible_unit: สำนักปลัด
period: ๒๗ ธ.ค.๖๗
outcome: ปฏิบัติตามนโยบาย
evidence:
  - title: ประกาศ
    url: https://www.example.go.th/a.pdf
"""


def read(text: str | bytes) -> list[tuple[str, int, int]]:
    data = text.encode() if isinstance(text, str) else text
    _, problems = read_measure(data, "x.yaml", "x", 2568)
    return [(p.code, p.place.line, p.place.column) for p in problems]


def test_reads_a_good_file_with_a_place_for_everything() -> None:
    measure, problems = read_measure(GOOD.encode(), "x.yaml", "x", 2568)
    assert not problems
    assert measure is not None
    assert measure.method == ("จัดทำประกาศ", "แจ้งเวียน")
    assert measure.id == "x"
    place = measure.source.place_of
    assert (place("method", 1).line, place("method", 1).column) == (5, 5)
    assert (place("evidence", 0, "url").line, place("evidence", 0, "url").column) == (11, 10)
    assert place("kpi").line == 1


SPOILED = {
    "unknown key": ("outcome:", "outcom:", [("key-unknown", 8, 1)]),
    "Thai label for a key": ("outcome:", "ผู้รับผิดชอบ:", [("key-unknown", 8, 1)]),
    "missing key": ("period: ๒๗ ธ.ค.๖๗\n", "", [("key-missing", 1, 1)]),
    "repeated key": ("outcome:", "period: ๑ ต.ค. ๖๗\noutcome:", [("key-repeated", 8, 1)]),
    "empty value": ("outcome: ปฏิบัติตามนโยบาย", "outcome:", [("value-empty", 8, 1)]),
    "nothing to see": ("ปฏิบัติตามนโยบาย", "\u200b", [("value-empty", 8, 10)]),
    "empty bullet": ("  - แจ้งเวียน", "  -", [("value-empty", 5, 4)]),
    "list for a text": (
        "responsible_unit: สำนักปลัด",
        "responsible_unit: [ก, ข]",
        [("value-not-text", 6, 19)],
    ),
    "keys for a text": ("outcome: ปฏิบัติตามนโยบาย", "outcome: {a: b}", [("value-not-list", 8, 10)]),
    "text for a list": (
        "  - title: ประกาศ\n    url: https://www.example.go.th/a.pdf\n",
        "  https://a.th/\n",
        [("value-not-list", 10, 3)],
    ),
    "text for keys": (
        "  - title: ประกาศ\n    url: https://www.example.go.th/a.pdf\n",
        "  - https://a.th/\n",
        [("value-not-keys", 10, 5)],
    ),
    "not a number": ("indicator: 3", "indicator: สาม", [("value-not-number", 1, 12)]),
    "half a number": ("indicator: 3", "indicator: 3.5", [("value-not-number", 1, 12)]),
    "Thai digit": ("indicator: 3", "indicator: ๓", []),
    "Windows line ends": ("\n", "\r\n", []),
    "unknown status": ("outcome:", "status: เสร็จ\noutcome:", [("value-not-choice", 8, 9)]),
    "unreadable period": ("๒๗ ธ.ค.๖๗", "เร็ว ๆ นี้", [("period-unreadable", 7, 9)]),
    "no such day": ("๒๗ ธ.ค.๖๗", "๓๑ เม.ย. ๖๘", [("period-no-such-day", 7, 9)]),
    "naive date": ("๒๗ ธ.ค.๖๗", "2567-02-29", [("period-be-year", 7, 9)]),
    "space in a link": ("a.pdf", "a b.pdf", [("url-invalid", 11, 10)]),
    "no scheme": ("https://www", "www", [("url-invalid", 11, 10)]),
    "http://[foo": ("https://www.example.go.th/a.pdf", "http://[foo", [("url-invalid", 11, 10)]),
    "javascript": (
        "https://www.example.go.th/a.pdf",
        "javascript:alert(1)",
        [("url-unsafe", 11, 10)],
    ),
    "javascript in a text": (
        "ปฏิบัติตามนโยบาย",
        "ดู [ที่นี่](javascript:alert(1))",
        [("url-unsafe", 8, 10)],
    ),
    "password in a link": ("https://www", "https://a:b@www", [("url-unsafe", 11, 10)]),
    "tab": ("  - จัดทำประกาศ", "\t- จัดทำประกาศ", [("yaml-tab", 4, 1)]),
    "missing space after the colon": ("measure: น", "measure:น", [("yaml-colon-missing", 2, 1)]),
    "missing colon": ("outcome: ", "outcome ", [("yaml-colon-missing", 8, 1)]),
    "colon in a text": ("measure: น", "measure: โครงการ: น", [("yaml-colon-in-text", 2, 17)]),
    "wrong indentation": ("  - แจ้งเวียน", " - แจ้งเวียน", [("yaml-indentation", 5, 2)]),
    "open quote": ("ปฏิบัติตามนโยบาย", '"ปฏิบัติ', [("yaml-quote", 8, 10)]),
    "text begins with @": ("ปฏิบัติตามนโยบาย", "@ปฏิบัติ", [("yaml-special-start", 8, 10)]),
    "missing colon on the first line": (
        "indicator: 3",
        "indicator 3",
        [("yaml-colon-missing", 1, 1)],
    ),
    "Word bullets": (
        "  - จัดทำประกาศ\n  - แจ้งเวียน",
        "  • จัดทำประกาศ\n  • แจ้งเวียน",
        [("bullet-from-word", 4, 3)],
    ),
    "Word bullet in a bullet": ("- แจ้งเวียน", "- • แจ้งเวียน", [("bullet-from-word", 5, 5)]),
    "escaped control character": (
        "ปฏิบัติตามนโยบาย",
        '"\\e]0;x"',
        [("yaml-control-character", 8, 10)],
    ),
    "text turned around": ("ปฏิบัติตามนโยบาย", "ก\u202eข", [("yaml-control-character", 8, 11)]),
    "e-mail as evidence": (
        "https://www.example.go.th/a.pdf",
        "mailto:a@b.go.th",
        [("url-invalid", 11, 10)],
    ),
    "alias": ("ปฏิบัติตามนโยบาย", "*ก", [("yaml-alias", 8, 10)]),
    "tag": ("ปฏิบัติตามนโยบาย", "!!python/name:os.system x", [("yaml-tag", 8, 10)]),
    "two documents": ("outcome:", "---\noutcome:", [("yaml-documents", 8, 1)]),
}


@pytest.mark.parametrize("name", SPOILED)
def test_names_each_mistake_and_its_place(name: str) -> None:
    old, new, expected = SPOILED[name]
    assert old in GOOD
    text = GOOD.replace(old, new) if old == "\n" else GOOD.replace(old, new, 1)
    assert read(text) == expected


def test_shows_all_problems_of_a_file_at_once() -> None:
    text = GOOD.replace("indicator: 3", "indicator: x").replace("outcome:", "outcom:")
    assert {code for code, _, _ in read(text)} == {"value-not-number", "key-unknown"}


def test_an_unknown_key_beside_a_repeated_one_shows_both() -> None:
    text = GOOD + "outcome: ซ้ำ\nxyz: 1\n"
    assert {code for code, _, _ in read(text)} == {"key-repeated", "key-unknown"}


def test_names_the_nearest_key() -> None:
    _, problems = read_measure(GOOD.replace("outcome:", "outcom:").encode(), "x.yaml", "x", 2568)
    assert '"outcome"' in problems[0].message("th")
    _, problems = read_measure(GOOD.replace("outcome", "ผู้รับผิดชอบ").encode(), "x", "x", 2568)
    assert '"responsible_unit"' in problems[0].message("th")


def test_scalars_are_the_text_in_the_file() -> None:
    content, _ = read_content(b"a: no\nb: 0101\nc: 12:30\nd: 2567-02-29\ne: '~'", "x", "")
    assert content is not None
    assert content.value == {"a": "no", "b": "0101", "c": "12:30", "d": "2567-02-29", "e": "~"}


@pytest.mark.parametrize("nothing", ["~", "null", "Null", "NULL"])
def test_yamls_word_for_none_is_an_empty_value_and_never_published(nothing: str) -> None:
    assert read(GOOD.replace("ปฏิบัติตามนโยบาย", nothing)) == [("value-empty", 8, 10)]
    assert read(GOOD.replace("ปฏิบัติตามนโยบาย", f"'{nothing}'")) == []


@pytest.mark.parametrize("key", ["id", "source"])
def test_what_the_reader_fills_in_is_no_key_of_a_file(key: str) -> None:
    assert read(f"{GOOD}{key}: x\n") == [("key-unknown", 12, 1)]


def test_names_a_wrong_encoding_and_its_place() -> None:
    _, problems = read_measure(GOOD.encode("cp874"), "x.yaml", "x", 2568)
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [("file-encoding", 2, 10)]
    assert "TIS-620" in problems[0].message("th")
    _, problems = read_measure(GOOD.encode("utf-16"), "x.yaml", "x", 2568)
    assert "UTF-16" in problems[0].message("th")
    _, problems = read_measure(GOOD.encode("utf-8-sig"), "x.yaml", "x", 2568)
    assert not problems


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"# only a comment\n", "file-empty"),
        (b"just text", "yaml-colon-missing"),
        (b"- a\n- b\n", "value-not-keys"),
        (b"a: \x00", "yaml-control-character"),
        (b"x" * (measurefile.LIMIT + 1), "file-too-large"),
        (b"[" * 50_000, "yaml-depth"),
        (b"{a: " * 15_000, "yaml-depth"),
        (b"- " * 30_000, "yaml-depth"),
        (b"a: &a [x]\nb: [*a, *a]\n", "yaml-alias"),
    ],
)
def test_refuses_in_bounded_time(data: bytes, code: str) -> None:
    assert code in {found for found, _, _ in read(data)}


@given(st.binary(max_size=300))
def test_any_bytes_give_problems_never_a_traceback(data: bytes) -> None:
    measure, problems = read_measure(data, "x.yaml", "x", 2568)
    assert measure is not None or problems


@given(st.text(alphabet=GOOD + "\t-:[]{}&*!|>'\"%@`#,?", max_size=200))
def test_any_near_yaml_gives_problems_never_a_traceback(text: str) -> None:
    measure, problems = read_measure(text.encode(), "x.yaml", "x", 2568)
    assert measure is not None or problems
    for found in problems:
        assert found.line("th")
        assert found.line("en")


@given(st.integers(0, len(GOOD) - 1), st.sampled_from("\t :-\"'&*!{}[]|>%@`,#\n๑๒ก"))
def test_one_wrong_key_press_gives_problems_never_a_traceback(at: int, typed: str) -> None:
    measure, problems = read_measure((GOOD[:at] + typed + GOOD[at:]).encode(), "x", "x", 2568)
    assert measure is not None or problems


def test_without_libyaml_the_answers_are_the_same() -> None:
    script = (
        "import sys; sys.modules['yaml.cyaml'] = None\n"
        "from tests.test_measurefile import GOOD, SPOILED, read\n"
        "for old, new, expected in SPOILED.values():\n"
        "    text = GOOD.replace(old, new) if old == '\\n' else GOOD.replace(old, new, 1)\n"
        "    found = [code for code, _, _ in read(text)]\n"
        "    assert found == [code for code, _, _ in expected], (new, found)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


HASHES = {
    "remarks: ห้อง #2": 15,
    "remarks:\n  - ห้อง #2 และ #3": 10,
    'remarks: "ห้อง #2"': None,
    "remarks: ห้อง # หมายเหตุ": None,
    "remarks: ห้อง ## หมายเหตุ": None,
    "remarks: ห้อง#2": None,
    "remarks: ห้อง  # 2": None,
}


@pytest.mark.parametrize(("written", "column"), HASHES.items())
def test_words_behind_a_hash_are_told_and_stop_nothing(written: str, column: int | None) -> None:
    measure, problems = read_measure(f"{GOOD}{written}\n".encode(), "f", "a", 2568)
    assert measure is not None
    assert [(p.code, p.place.column) for p in problems] == (
        [("text-after-hash", column)] if column else []
    )


def test_a_period_is_a_text_whatever_the_model_holds_it_as() -> None:
    spans = "{text: ก, spans: [{start: 2024-10-01, end: 2024-10-01}]}"
    data = re.sub("(?m)^period: .*$", f"period: {spans}", GOOD)
    measure, problems = read_measure(data.encode(), "f", "a", 2568)
    assert measure is None
    assert [p.code for p in problems] == ["value-not-text"]


SLIPS = {
    # An item indented too far is swallowed by the one above it, for all that YAML cares.
    "remarks:\n  - ก\n   - ข": ("yaml-indentation", 2, 4),
    "remarks:\n  - ก\n    - ข": ("yaml-indentation", 2, 5),
    "remarks: ก\n  - ข": ("yaml-indentation", 1, 3),
    "remarks:\n  - ก\n    -5 องศา": None,
    "remarks: >-\n  ก\n  - ข": None,
    "\u200bremarks: ก": ("yaml-control-character", 0, 1),
    "rem\u200barks: ก": ("yaml-control-character", 0, 4),
    "remarks:\u00a0ก": ("yaml-control-character", 0, 9),
    "remarks: ก\u00a0ข: ค": ("yaml-colon-in-text", 0, 13),
    "budget: ไม่มี": ("value-not-number", 0, 9),
}


@pytest.mark.parametrize(("written", "expected"), SLIPS.items())
def test_slips_that_look_right(written: str, expected: tuple[str, int, int] | None) -> None:
    _, problems = read_measure(f"{GOOD}{written}\n".encode(), "f", "a", 2568)
    first = GOOD.count("\n") + 1
    found = [(p.code, p.place.line - first, p.place.column) for p in problems]
    assert found == ([expected] if expected else [])


MEANT = {
    "มาตรการ: ก": "measure",
    "ลิงก์: ก": "evidence",
    "url: ก": "evidence",
    "unit: ก": "responsible_unit",
    "โครงการ: ก": "measure",
    "ระยะเวลา: ก": "period",
}


@pytest.mark.parametrize(("written", "key"), MEANT.items())
def test_a_key_by_another_name_is_known(written: str, key: str) -> None:
    _, problems = read_measure(f"{GOOD}{written}\n".encode(), "f", "a", 2568)
    (unknown,) = (p for p in problems if p.code == "key-unknown")
    assert f'"{key}"' in unknown.message()


def test_an_example_shows_what_is_missing() -> None:
    def example(written: str) -> str:
        _, (found,) = read_measure(f"{GOOD}{written}\n".encode(), "f", "a", 2568)
        return found.example

    assert example("budget: ไม่มี") == "budget: none"
    assert example("budget: 20 หมื่น") == "budget: 20,000"
    bare = re.sub("(?ms)^evidence:.*", "", GOOD)
    _, (found,) = read_measure(f"{bare}evidence:\n  - https://a.go.th/x\n".encode(), "f", "a", 2568)
    assert re.fullmatch(r"evidence: \[\{title: .*, url: https://.*\}\]", found.example)
