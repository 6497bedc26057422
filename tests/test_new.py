"""`prongsai new`: a measure asked for piece by piece, and a year made from the year before."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from site_builder import cli, folder, measurefile, thai
from site_builder.cli import asking
from site_builder.measurefile import format_file, new_id, read_measure
from site_builder.measurefile.outline import comments_of
from site_builder.measurefile.starting import RESULTS

from .conftest import ROOT, rewrite

OPTIONS = (
    "--indicator", "3", "--measure", "นโยบายไม่รับของขวัญ (No Gift Policy)", "--method", "จัดทำประกาศ",
    "--unit", "สำนักปลัด", "--period", "๑ ต.ค. ๖๗",
)  # fmt: skip
THIRD = "measures/2568/03-no-gift-policy.yaml"
MADE = "measures/2568/03-no-gift-policy-2.yaml"


@pytest.fixture
def run(office: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201
    """Run `prongsai new` in the office's folder; with `said`, as a person at a terminal."""
    monkeypatch.chdir(office)

    def invoke(*arguments: str, said: str | None = None) -> Result:
        monkeypatch.setattr(asking, "on_a_terminal", lambda: said is not None)
        monkeypatch.setattr("site_builder.cli.starting.on_a_terminal", lambda: said is not None)
        result = CliRunner().invoke(cli.main, ["new", *arguments], input=said)
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        return result

    return invoke


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


# A measure


def test_options_alone_make_a_measure(run, office: Path) -> None:  # noqa: ANN001
    result = run(*OPTIONS, "--method", "แจ้งเวียน")
    assert result.exit_code == 0
    assert f"เขียนแล้ว: {MADE}\n" in result.output
    data = (office / MADE).read_bytes()
    measure, problems = read_measure(data, MADE, "x", 2568)
    assert not problems
    assert measure is not None
    assert measure.indicator == 3
    assert measure.method == ("จัดทำประกาศ", "แจ้งเวียน")
    assert not folder.read_folder(office / "measures").errors
    assert format_file(data, MADE) == (data, ())
    # Nothing is overwritten when it is said once more.
    run(*OPTIONS)
    assert (office / MADE).read_bytes() == data
    assert (office / "measures/2568/03-no-gift-policy-3.yaml").exists()


def test_every_key_is_explained_and_ready_to_be_uncommented() -> None:
    value = {
        "indicator": "3",
        "measure": ["ก"],
        "method": ["ข"],
        "responsible_unit": "ค",
        "period": "ไตรมาส 1",
    }
    text = measurefile.new_measure(value, "3 การใช้อำนาจ")
    # The officer takes one "#" from every line, explanations too, and types something everywhere.
    bare = re.sub(r"^# ?", "", text, flags=re.MULTILINE)
    for key, typed in {
        "url": "https://a.th/",
        "status": "done",
        "budget": "none",
        "date": "๑ ต.ค. ๖๗",
    }.items():
        bare = re.sub(rf"^( *{key}:)$", rf"\1 {typed}", bare, flags=re.MULTILINE)
    leaves = r"^( *(?:- )?(?!evidence|document|translations|en)\w+:)$(?!\n *-)"
    measure, problems = read_measure(
        re.sub(leaves, r"\1 ก", bare, flags=re.MULTILINE).encode(), "x", "x", 2568
    )
    assert not problems
    assert measure is not None
    assert all(getattr(measure, name) for name in RESULTS if name != "acknowledged")
    assert measure.translations is not None


def test_a_key_uncommented_and_not_filled_in_is_told() -> None:
    value = {
        "indicator": "3",
        "measure": "ก",
        "method": "ข",
        "responsible_unit": "ค",
        "period": "ไตรมาส 1",
    }
    text = measurefile.new_measure(value, "3").replace("# outcome:", "outcome:")
    _, problems = read_measure(text.encode(), "x", "x", 2568)
    assert [p.code for p in problems] == ["value-empty"]


DIALOGUE = [
    ("2568", "ปีงบประมาณ"),
    ("สาม", "ตัวชี้วัดที่"),
    ("๑๑", "หมายเลข"),
    ("๓", "หมายเลข"),
    ("   •  นโยบายไม่รับของขวัญ", "มาตรการ"),
    ("• ข้อสอง", ""),
    ("", ""),
    ("ดู [ที่นี่](javascript:alert(1))", "วิธีการ"),
    ("-", "ไม่ปลอดภัย"),
    ("", ""),
    ("สำนกปลัด", "สำนักปลัด · กองคลัง"),
    ("y", 'หมายถึง "สำนักปลัด"'),
    ("เร็ว ๆ นี้", "ระยะเวลา"),
    ("31 เม.ย. 68", "เขียนได้หลายแบบ"),
    ("ต.ค. ๖๗ - ก.ย. ๖๘", "ไม่มีวันที่"),
]


def test_a_wrong_answer_is_told_and_asked_again(run, office: Path) -> None:  # noqa: ANN001
    result = run(said="".join(f"{line}\n" for line, _ in DIALOGUE))
    assert result.exit_code == 0, result.output
    for _, told in DIALOGUE:
        assert told in result.output
    measure, problems = read_measure(
        (office / "measures/2568/03-1.yaml").read_bytes(), "x", "x", 2568
    )
    assert not problems
    assert measure is not None
    assert measure.measure == ("นโยบายไม่รับของขวัญ", "ข้อสอง")
    assert measure.method == ("-",)
    assert measure.responsible_unit == "สำนักปลัด"


def test_a_new_unit_is_taken_when_it_is_meant(run, office: Path) -> None:  # noqa: ANN001
    given = [*OPTIONS[:6], *OPTIONS[8:]]
    result = run(*given, said="2568\nกองช่าง\nn\nn\nกองช่าง\nn\ny\n")
    assert result.exit_code == 0, result.output
    assert "responsible_unit: กองช่าง\n" in (office / MADE).read_text("utf-8")
    assert '"กองช่าง" ไม่อยู่ในรายชื่อ' in run(*given, "--unit", "กองช่าง").output


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--indicator", "11", "1–10"),
        ("--measure", "  ", "--measure"),
        ("--method", "ก\x1b]0;x", "อักขระควบคุม"),
        ("--period", "29 ก.พ. 68", "ไม่มีวันที่"),
        ("--id", "../agency", "a-z"),
        ("--id", "ก", "a-z"),
        ("--id", "report", "มีไฟล์ชื่อนี้แล้ว"),
        ("--id", "03-no-gift-policy", "มีไฟล์ชื่อนี้แล้ว"),
        ("--year", "68", "เลขสี่หลัก"),
        ("--year", "2025", "ปี พ.ศ. คือ 2568"),
        ("--year", "2567", "ยังไม่มีปี 2567"),
        ("--year", "2596", "ยังไม่มีปี 2596"),
    ],
)
def test_a_wrong_option_is_wrong_usage(
    run,  # noqa: ANN001
    office: Path,
    option: str,
    value: str,
    told: str,
) -> None:
    before = files(office)
    arguments = list(OPTIONS)
    if option in arguments:
        arguments[arguments.index(option) + 1] = value
    else:
        arguments += [option, value]
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert told in result.output
    assert files(office) == before


def test_the_files_name_may_be_chosen(run, office: Path) -> None:  # noqa: ANN001
    assert run(*OPTIONS, "--id", "03-b").exit_code == 0
    assert (office / "measures/2568/03-b.yaml").exists()


def test_a_measure_of_a_year_to_come_needs_the_year_first(run, office: Path) -> None:  # noqa: ANN001
    result = run(*OPTIONS, "--year", "2569")
    assert result.exit_code == 2
    assert "prongsai new --year 2569" in result.output
    assert not (office / "measures/2569").exists()


def test_without_anybody_to_ask_all_missing_options_are_named(run, office: Path) -> None:  # noqa: ANN001
    before = files(office)
    result = run("--period", "ไตรมาส 1")
    assert result.exit_code == 2
    assert "--indicator, --measure, --method, --unit" in result.output
    assert files(office) == before


def test_stopping_in_the_middle_writes_nothing(run, office: Path) -> None:  # noqa: ANN001
    before = files(office)
    result = run(said="2568\n3\nนโยบาย\n")
    assert result.exit_code == 3
    assert "ยังไม่ได้เขียนไฟล์ใด" in result.output
    assert files(office) == before


def test_without_measures_the_folder_is_named(run) -> None:  # noqa: ANN001
    result = run("--measures", "nowhere")
    assert result.exit_code == 1
    assert "folder-missing" in result.output


def test_a_broken_neighbour_does_not_matter_a_broken_office_does(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: พรุ่งนี้")
    assert run(*OPTIONS).exit_code == 0
    rewrite(office / "measures/agency.yaml", "digits: thai", "digit: thai")
    result = run(*OPTIONS)
    assert result.exit_code == 1
    assert "measures/agency.yaml:17:1: key-unknown" in result.output


def test_the_words_are_english_too(run) -> None:  # noqa: ANN001
    result = run(*OPTIONS, "--lang", "en")
    assert f"written: {MADE}\n" in result.output
    assert "a BE year has four digits" in run(*OPTIONS, "--year", "x", "--lang", "en").output


def test_a_real_terminal(office: Path) -> None:
    """The dialogue in a real pseudo-terminal: asked, answered, and stopped by what Ctrl-C sends."""
    # A test run in the background ignores Ctrl-C, and so would every program that it starts.
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{listening}; from site_builder.cli import main; main()"
    command = [sys.executable, "-c", program, "new"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    def talk(lines: list[str]) -> int:
        ours, theirs = pty.openpty()
        with subprocess.Popen(command, cwd=office, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True, close_fds=True) as process:  # fmt: skip
            os.close(theirs)
            seen = b""
            for line in lines:
                while not seen.endswith(b": "):
                    assert select.select([ours], [], [], 60)[0], seen.decode()
                    seen += os.read(ours, 4096)
                seen = b""
                if line == "^C":
                    time.sleep(0.5)  # Python misses one that comes just before it waits for input
                    process.send_signal(2)
                else:
                    os.write(ours, f"{line}\n".encode())
            while True:
                if not select.select([ours], [], [], 60)[0]:
                    process.kill()
                try:
                    if not os.read(ours, 4096):
                        break
                except OSError:
                    break
            os.close(ours)
            return process.wait()

    before = files(office)
    assert talk(["2568", "^C"]) == 3
    assert files(office) == before
    assert talk(["2568", "๔", "มาตรการ Car Use", "", "วิธี", "", "กองคลัง", "ไตรมาส ๑"]) == 0
    assert (office / "measures/2568/04-car-use.yaml").exists()


# Names

NAMES = {
    (3, "นโยบายไม่รับของขวัญ (No Gift Policy)"): "03-no-gift-policy",
    (10, "การจัดซื้อจัดจ้าง"): "10-1",
    (7, "E-Service ปี 2568"): "07-e-service",
    (1, "ดู https://www.example.go.th/a และ www.example.go.th"): "01-1",
    (2, "../../etc/passwd"): "02-etc-passwd",
}


@pytest.mark.parametrize(("given", "name"), NAMES.items())
def test_names(given: tuple[int, str], name: str) -> None:
    assert new_id(*given, ()) == name


@given(
    st.integers(0, 99),
    st.text(alphabet="กขAbz09-. /()_"),
    st.sets(st.sampled_from(["03-1", "03-2", "03-AB", "00-b", "00-b-2"])),
)
def test_a_name_is_a_name_and_new(indicator: int, text: str, taken: set[str]) -> None:
    name = new_id(indicator, text, taken)
    assert folder.is_measure_id(name)
    assert name.lower() not in {each.lower() for each in taken}
    assert len(name) < 60


# A year


def test_a_year_begins_with_the_measures_of_the_last(run, office: Path) -> None:  # noqa: ANN001
    before = files(office / "measures")
    result = run("--year", "๒๕๖๙")
    assert result.exit_code == 0, result.output
    assert "เริ่มปี 2569 แล้ว: 10 มาตรการ" in result.output
    after = files(office / "measures")
    assert {name: after[name] for name in before} == before
    assert {n.replace("2569", "2568") for n in after if n.startswith("2569")} == {
        n for n in before if n.startswith("2568")
    }
    reading = folder.read_folder(office / "measures")
    assert not reading.errors
    assert reading.disclosure is not None
    new, old = reading.disclosure.reports
    assert new.fiscal_year == 2569
    for mine, theirs in zip(new.measures, old.measures, strict=True):
        assert (mine.id, mine.measure, mine.method) == (theirs.id, theirs.measure, theirs.method)
        assert not any(getattr(mine, name) for name in RESULTS)
        assert [
            s.start.year - o.start.year
            for s, o in zip(mine.period.spans, theirs.period.spans, strict=True)
        ] == [1] * len(mine.period.spans)
    assert new.measures[0].period.text == "๑ ต.ค.๖๘ และ ๑ เม.ย. ๖๙"
    assert new.header.title[1] == "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"
    assert new.header.assessment_year == 2570
    assert "# หัวเรื่องของรายงาน" in after["2569/report.yaml"].decode()
    # The warning that follows from the old file's own oddity is shown at once.
    assert "measures/2569/02-budget-disclosure.yaml:9:9: period-outside-year" in result.output
    for name in (name for name in after if name.startswith("2569")):
        kind = measurefile.kind_of(Path(name).name)
        assert format_file(after[name], name, kind) == (after[name], ())


def test_what_cannot_be_moved_is_told_with_its_place(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: ๒๙ ก.พ. ๖๗")
    rewrite(office / THIRD, "method:\n  - ", "method:\n  - ตามประกาศ ลว. ๑ ต.ค.๖๗ ")
    rewrite(office / "measures/2568/report.yaml", "ประจำปี", "การประเมินปี ๒๕๗๐ ประจำปี")
    result = run("--year", "2569")
    assert result.exit_code == 0
    made = THIRD.replace("2568", "2569")
    assert f"{made}:7:9: period-not-moved" in result.output
    assert f'{made}:5:5: year-in-text: ข้อความมีปี "ต.ค.๖๗"' in result.output
    assert 'measures/2569/report.yaml:4:5: year-in-text: ข้อความมีปี "๒๕๗๐"' in result.output
    assert "period: ๒๙ ก.พ. ๖๗\n" in (office / made).read_text("utf-8")


def test_a_year_is_made_whole_or_not_at_all(run, office: Path) -> None:  # noqa: ANN001
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: พรุ่งนี้")
    result = run("--year", "2569")
    assert result.exit_code == 1
    assert f"{THIRD}:7:9: period-unreadable" in result.output
    assert not (office / "measures/2569").exists()


def test_nothing_is_added_to_a_year_that_has_begun(run, office: Path) -> None:  # noqa: ANN001
    (office / "measures/2569").mkdir()
    result = run("--year", "2569", *OPTIONS)
    assert result.exit_code == 1
    assert "measures/2569/report.yaml:1:1: file-missing" in result.output
    assert not list((office / "measures/2569").iterdir())


def test_a_person_is_asked_before_a_year_begins(run, office: Path) -> None:  # noqa: ANN001
    result = run(said="2569\nn\n")
    assert result.exit_code == 3
    assert not (office / "measures/2569").exists()
    assert run(said="2569\ny\n").exit_code == 0
    assert (office / "measures/2569/report.yaml").exists()


def test_a_year_made_by_new_can_be_made_into_the_next(run, office: Path) -> None:  # noqa: ANN001
    run("--year", "2569")
    shutil.rmtree(office / "measures/2568")
    result = run("--year", "2571")
    assert result.exit_code == 0
    first = files(office / "measures/2569")
    assert {name: data.count(b"\n") for name, data in files(office / "measures/2571").items()} == {
        name: data.count(b"\n") for name, data in first.items()
    }


FULL = """\
# หัว

indicator: 8  # เลข
measure: ก
method: [ข] # วิธี
responsible_unit: ค
period: ไตรมาส ๑-๒/๒๕๖๘  # เมื่อไร
# ผล
result_summary:  # สรุป
  - ก  # ผลหนึ่ง
evidence:
  # ใบแรก
  - {title: ก, url: https://a.th/}  # ใบ
status: done
budget: 15,000  # เงิน
kpi: ร้อยละ 80
problems: ง
suggestions: จ
remarks: ฉ
document: {number: ๑, date: ๑ ต.ค. ๖๗}
translations:
  en:
    measure: a
    outcome: b  # en
acknowledged: {evidence-home-page: ก}
# ท้าย
"""


def test_results_go_and_comments_and_plans_stay() -> None:
    full = FULL.replace("evidence-home-page", measurefile.reading.values.WARNINGS[0])
    made = measurefile.renew_measure(full.encode(), "x.yaml", 2568, 1)
    content, problems = measurefile.read_content(made.data, "x.yaml", "")
    assert not problems
    assert content is not None
    assert content.value == {
        "indicator": "8",
        "measure": "ก",
        "method": ["ข"],
        "responsible_unit": "ค",
        "period": "ไตรมาส ๑-๒/๒๕๖๙",
        "kpi": "ร้อยละ 80",
        "remarks": "ฉ",
        "translations": {"en": {"measure": "a"}},
    }
    text = made.data.decode()
    assert not Counter(comments_of(full)) - Counter(comments_of(text))
    assert text.startswith("# หัว\n\nindicator: 8  # เลข\n")
    assert text.endswith("# ท้าย\n")
    for name in RESULTS:
        assert len(re.findall(rf"^# {name}:$", text, re.MULTILINE)) == (name != "interim_result")
    assert not made.problems


def test_a_header_leaves_scores_and_approval_behind() -> None:
    header = "title: รายงาน ๒๕๖๘ (2568) 12568\nassessment_year: ๒๕๖๙\nscores: {'1': 90}\napproved: {by: ก}  # ใคร\n"
    made = measurefile.renew_header(header.encode(), "r", 2568, 2).data.decode()
    assert made.startswith("title: รายงาน ๒๕๗๐ (2570) 12568\nassessment_year: ๒๕๗๑\n## คะแนน")
    assert "# scores:\n# ใคร\n" in made
    assert thai.years_in(made)
