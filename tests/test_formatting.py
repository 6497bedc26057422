"""`prongsai fmt`: the layout changes, and no word and no comment is ever lost."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder import cli, measurefile, model
from site_builder.measurefile import format_file, kind_of, read_content
from site_builder.measurefile.outline import comments_of

from .conftest import ROOT, rewrite
from .test_measurefile import GOOD, SPOILED
from .test_writing import VALUES

COMMITTED = sorted((ROOT / "measures").rglob("*.yaml"))


def formatted(text: str, name: str = "x.yaml") -> str:
    made, problems = format_file(text.encode(), name, kind_of(name))
    assert made is not None, problems
    assert not problems
    return made.decode()


@pytest.mark.parametrize("file", COMMITTED, ids=lambda file: file.name)
def test_the_committed_files_stay_as_they_are(file: Path) -> None:
    assert formatted(file.read_text("utf-8"), file.name) == file.read_text("utf-8")


# What an officer wrote, and its house form
CASES = {
    "keys in the order of the form": ("method: ก\nindicator: 3\n", "indicator: 3\nmethod: ก\n"),
    "nested keys too": (
        "evidence:\n  - url: u\n    title: t\n",
        "evidence:\n  - title: t\n    url: u\n",
    ),
    "keys that are unknown stay behind their neighbour": (
        "period: ก\nmethod: ข\nmetod: ค\n",
        "method: ข\nmetod: ค\nperiod: ก\n",
    ),
    "quotes that nobody needs": ("measure: \"ก\"\nmethod: 'ข'\n", "measure: ก\nmethod: ข\n"),
    "quotes that are needed": ("measure: 'ก: ข'\n", 'measure: "ก: ข"\n'),
    "a list without indentation": ("method:\n- ก\n-   ข\n", "method:\n  - ก\n  - ข\n"),
    "flow style": (
        "method: [ก, ข]\nevidence: [{title: t, url: u}]\n",
        "method:\n  - ก\n  - ข\nevidence:\n  - title: t\n    url: u\n",
    ),
    "nothing in brackets": ("method: [ ]\nevidence: { }\n", "method: []\nevidence: {}\n"),
    "folded text": ("measure: >-\n   ก\n   ข\n", "measure: ก ข\n"),
    "text in lines": ("measure: |\n   ก\n   ข\n", "measure: |\n  ก\n  ข\n"),
    "text over two lines": ("measure: ก\n  ข\n", "measure: ก ข\n"),
    "Windows line ends, BOM, no last line end": (
        "\ufeffmeasure: ก\r\nmethod: ข",
        "measure: ก\nmethod: ข\n",
    ),
    "blanks at line ends": ("measure: ก   \n", "measure: ก\n"),
    "Thai digits stay": ("indicator: ๓\n", "indicator: ๓\n"),
    "one blank line at most": (
        "\n\nmeasure: ก\n\n\n\nmethod:\n\n  - ข\n\n",
        "measure: ก\n\nmethod:\n  - ข\n",
    ),
    "a start of document": ("---\nmeasure: ก\n", "measure: ก\n"),
    # comments
    "a comment moves with its key": (
        "# ข้อ\nmethod: ก\nindicator: 3 # เลข\n",
        "indicator: 3  # เลข\n# ข้อ\nmethod: ก\n",
    ),
    "the file's own comment stays at the top": (
        "# ไฟล์\n\n# ข้อ\nmethod: ก\nindicator: 3\n",
        "# ไฟล์\n\nindicator: 3\n# ข้อ\nmethod: ก\n",
    ),
    "a comment that ends the file": (
        "method: ก\nindicator: 3\n\n# ท้าย\n",
        "indicator: 3\nmethod: ก\n\n# ท้าย\n",
    ),
    "comments in a list": (
        "method: # วิธี\n# ก่อน\n- ก # ข้าง\n      # ลึก\n- ข\n  # ท้าย\nperiod: ค\n",
        "method:  # วิธี\n  # ก่อน\n  - ก  # ข้าง\n  # ลึก\n  - ข\n  # ท้าย\nperiod: ค\n",
    ),
    "comments in nested keys": (
        "evidence:\n  - # ข้อแรก\n    url: u # ที่อยู่\n    # ชื่อ\n    title: t\n    # ท้าย\n",
        "evidence:\n  # ข้อแรก\n  # ชื่อ\n  - title: t\n    # ท้าย\n    url: u  # ที่อยู่\n",
    ),
    "comments in brackets": (
        "method: [ # เปิด\n # ก่อน\n ก, # หนึ่ง\n ข # สอง\n # ท้าย\n] # ปิด\n",
        "method:  # เปิด\n  # ก่อน\n  - ก  # หนึ่ง\n  - ข  # สอง\n  # ท้าย\n  # ปิด\n",
    ),
    "a comment beside a block of text": (
        "measure: | # ข้าง\n  ก # ในข้อความ\n  ข\n# ใต้\n",
        "measure: |  # ข้าง\n  ก # ในข้อความ\n  ข\n# ใต้\n",
    ),
    "a key that was put aside": (
        "measure: ก\n#method: ข\nperiod: ค\n",
        "measure: ก\n#method: ข\nperiod: ค\n",
    ),
    "no comment": (
        "measure: ก#ข\nmethod: 'ค # ง'\nevidence:\n - {title: \"# จ\", url: https://a.th/#ฉ}\n",
        'measure: ก#ข\nmethod: "ค # ง"\nevidence:\n  - title: "# จ"\n    url: https://a.th/#ฉ\n',
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_house_form(name: str) -> None:
    written, expected = CASES[name]
    assert formatted(written) == expected
    assert formatted(expected) == expected


def test_each_file_has_its_own_order() -> None:
    assert formatted("digits: thai\nname: {en: a, th: ก}\n", "agency.yaml").startswith(
        "name:\n  th"
    )
    text = "scores: {'2': 1, '1': 2}\nassessment_year: 2569\ntitle: ก\n"
    expected = "title: ก\nassessment_year: 2569\nscores:\n  2: 1\n  1: 2\n"
    assert formatted(text, "report.yaml") == expected
    text = "items: []\nindicator_sets:\n- indicators: [{name: ก, number: 1}]\n"
    expected = "indicator_sets:\n  - indicators:\n      - number: 1\n        name: ก\nitems: []\n"
    assert formatted(text, "indicators.yaml") == expected


# Laws: over every text that can be read at all

LINES = st.lists(
    st.sampled_from(
        [
            "measure: ก # ค1", "# ค2", "  # ค3", "    # ค4", "", "method:", "- ก", "  - ข # ค5", "  - 'ค # ไม่'",
            "period: |", "  ง # ไม่", "outcome: >-", "evidence:", "  - url: u", "    title: t # ค6", "  -",
            "indicator: [1, # ค7", "   2 ]  # ค8", "kpi: {a: b, c: [d]} # ค9", "acknowledged:", "  ก: ข", "xyz: ๑",
            'problems: "ก', '  ข" # ค10', "  ต่อ", "- - ซ้อน", "    - ซ้อน", "document:", "  number: ๑", "  date: ๒",
            "remarks: |+ # ค11", "  ท้าย", "   ", "---", "# ค12\r", "#", "# ค\u2028 13", "status: done\t# ค14",
        ]
    ),
    max_size=14,
)  # fmt: skip
TEXTS = (
    LINES.map("\n".join)
    | st.text(alphabet=GOOD + "#\t-:[]{}|>'\"\r\n", max_size=120)
    | VALUES.map(measurefile.write)
)


@given(TEXTS)
@example("method:\n  - ก\n  # ค\n\n  # ค\nindicator: 1")
@example("measure: |\n  ก\n\n\nindicator: 1\n")
@example("? ก\n: ข\n# ค")
def test_content_and_comments_stay_and_once_is_enough(text: str) -> None:
    made, problems = format_file(text.encode(), "x.yaml")
    before, found = read_content(text.encode(), "x.yaml", "")
    if made is None:
        assert problems
        # What can be read as keys can be formatted; only odd keys are refused.
        if before is not None and not found and isinstance(before.value, dict):
            assert {p.code for p in problems} == {"format-refused"}
        return
    after, _ = read_content(made, "x.yaml", "")
    assert before is not None
    assert after is not None
    assert after.value == before.value
    assert Counter(comments_of(text.removeprefix("\ufeff"))) == Counter(comments_of(made.decode()))
    assert format_file(made, "x.yaml") == (made, ())
    assert made.endswith(b"\n")
    assert b"\r" not in made
    assert b"\n\n\n" not in re.sub(rb'"[^"]*"|\|[^#]*', b"", made)


COMMENTED = st.lists(st.sampled_from(["# หนึ่ง", "# สอง: ค่า", "#- สาม", "# 'สี่"]), max_size=3)


@given(VALUES, st.data())
def test_every_comment_line_that_is_put_in_is_found_again(
    value: dict[str, object], data: st.DataObject
) -> None:
    """Judged by counting lines, without the project's own eye for comments."""
    lines: list[str] = []
    put: Counter[str] = Counter()
    for name, held in value.items():
        above = data.draw(COMMENTED)
        put.update(above)
        lines += [*above, *measurefile.write({name: held}).splitlines()]
    text = "\n".join(lines) + "\n"
    before, problems = read_content(text.encode(), "x", "")
    if problems or before is None or before.value != value:
        return  # a text in lines has swallowed the comment below it
    counts = Counter(line.strip() for line in formatted(text).splitlines())
    assert all(counts[comment] >= number for comment, number in put.items())


@given(st.binary(max_size=300))
def test_any_bytes_give_problems_never_a_traceback(data: bytes) -> None:
    made, problems = format_file(data, "x.yaml")
    assert (made is None) == bool(problems)


@pytest.mark.parametrize("name", SPOILED)
def test_a_mistake_in_a_value_is_formatted_and_one_in_the_form_is_told(name: str) -> None:
    old, new, expected = SPOILED[name]
    text = GOOD.replace(old, new) if old == "\n" else GOOD.replace(old, new, 1)
    made, problems = format_file(text.encode(), "x.yaml")
    if made is None:
        assert [(p.code, p.place.line, p.place.column) for p in problems] == expected
    else:
        content, _ = read_content(text.encode(), "x", "")
        again, _ = read_content(made, "x", "")
        assert content is not None
        assert again is not None
        assert again.value == content.value


def test_a_file_of_no_keys_is_told() -> None:
    assert [p.code for p in format_file(b"- a\n", "x.yaml")[1]] == ["value-not-keys"]
    assert [p.code for p in format_file(b"text", "x.yaml")[1]] == ["yaml-colon-missing"]
    assert [p.code for p in format_file(b"# a\n", "x.yaml", model.Agency)[1]] == ["file-empty"]


def test_without_libyaml_the_form_is_the_same() -> None:
    script = (
        "import sys; sys.modules['yaml.cyaml'] = None\n"
        "from tests.test_formatting import CASES, formatted\n"
        "for written, expected in CASES.values():\n"
        "    assert formatted(written) == expected, (written, formatted(written))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# The command


@pytest.fixture
def run(office: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201
    """Run `prongsai fmt` in the office's folder."""
    monkeypatch.chdir(office)

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(cli.main, ["fmt", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return invoke


THIRD = "measures/2568/03-no-gift-policy.yaml"
FOURTH = "measures/2568/04-vehicle-use.yaml"


def test_nothing_to_do(run) -> None:  # noqa: ANN001
    assert run("--check").exit_code == 0
    result = run()
    assert result.exit_code == 0
    assert result.output == "12 ไฟล์ รูปแบบต่าง 0 ไฟล์ ต้องแก้ 0 จุด\n"


def test_check_names_files_and_changes_none(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "indicator: 3", 'indicator: "3"   # เลข')
    before = (office / THIRD).read_bytes()
    result = run("--check")
    assert result.exit_code == 1
    assert f"ยังไม่ตรงรูปแบบ: {THIRD}\n" in result.output
    assert (office / THIRD).read_bytes() == before
    assert run("--check", FOURTH).exit_code == 0
    result = run("--lang", "en")
    assert result.exit_code == 0
    assert f"formatted: {THIRD}\n" in result.output
    assert (office / THIRD).read_bytes().startswith("indicator: 3  # เลข\n".encode())


def test_a_broken_file_is_left_and_the_others_are_formatted(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "  - นโยบาย", "\t- นโยบาย")
    rewrite(office / FOURTH, "indicator: 4", "indicator:   4")
    broken = (office / THIRD).read_bytes()
    result = run()
    assert result.exit_code == 1
    assert f"{THIRD}:3:1: yaml-tab" in result.output
    assert (office / THIRD).read_bytes() == broken
    assert (office / FOURTH).read_bytes() == (ROOT / FOURTH).read_bytes()


def test_what_is_not_there_is_told(run, office: Path) -> None:  # noqa: ANN001
    result = run("nowhere", "measures/nothing.yaml")
    assert result.exit_code == 1
    assert "nowhere:1:1: folder-missing" in result.output
    assert "measures/nothing.yaml:1:1: file-missing" in result.output
    (office / "measures/2568/11-x.yaml").mkdir()
    assert "11-x.yaml:1:1: file-unreadable" in run().output


def test_drafts_and_hidden_files_are_left_alone(run, office: Path) -> None:  # noqa: ANN001
    draft = office / "measures/2568/_draft.yaml"
    draft.write_text("measure:   ก\n", "utf-8")
    assert run().exit_code == 0
    assert draft.read_text("utf-8") == "measure:   ก\n"
    run("measures/2568/_draft.yaml")
    assert draft.read_text("utf-8") == "measure: ก\n"


def test_a_link_stays_a_link(run, office: Path) -> None:  # noqa: ANN001
    real = office / "real.yaml"
    real.write_text("measure:   ก\n", "utf-8")
    (office / "measures/2568/11-link.yaml").symlink_to(real)
    run()
    assert (office / "measures/2568/11-link.yaml").is_symlink()
    assert real.read_text("utf-8") == "measure: ก\n"
