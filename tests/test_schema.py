"""The schemas take exactly what the loader takes; each difference is named here, with its reason."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from site_builder import folder, measurefile, model, schema, thai
from site_builder.cli import main
from site_builder.schema.guidance import GUIDANCE

from .conftest import ROOT, rewrite

KNOWN = folder.read_vocabulary(ROOT / "measures")[0]
FILES = schema.files(KNOWN.indicators, KNOWN.units)
SCHEMAS: dict[type[BaseModel], dict[str, Any]] = {
    model.Measure: json.loads(FILES["measure.schema.json"]),
    model.ReportHeader: json.loads(FILES["report.schema.json"]),
    model.Agency: json.loads(FILES["agency.schema.json"]),
    model.IndicatorList: json.loads(FILES["indicators.schema.json"]),
}
NUMBERS = {i.number for each in KNOWN.indicators.indicator_sets for i in each.indicators}
NODE = shutil.which("node")


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, as yaml-language-server reads it."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def _add(tag: str, pattern: str) -> None:
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), None
    )  # type: ignore[no-untyped-call]


_add("null", "~|[Nn]ull|NULL|")
_add("bool", "[Tt]rue|TRUE|[Ff]alse|FALSE")
_add("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_add(
    "float",
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
)


def _int(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def _float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(
        loader.construct_scalar(node)
        .replace(".inf", "inf")
        .replace(".nan", "nan")
        .replace(".Inf", "inf")
        .replace(".NaN", "nan")
        .replace(".INF", "inf")
        .replace(".NAN", "nan")
    )


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    # JSON's keys are texts.
    return {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value}  # type: ignore[no-untyped-call]


CoreLoader.add_constructor("tag:yaml.org,2002:int", _int)
CoreLoader.add_constructor("tag:yaml.org,2002:float", _float)
CoreLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def editor_takes(text: str, kind: type[BaseModel]) -> bool:
    parsed = yaml.load(text, CoreLoader)  # noqa: S506 - a SafeLoader
    return bool(jsonschema.Draft7Validator(SCHEMAS[kind]).is_valid(parsed))


def loader_takes(text: str, kind: type[BaseModel]) -> bool:
    value: Any
    if kind is model.Measure:
        value, _ = measurefile.read_measure(text.encode(), "x", "x", 2568)
        return value is not None and value.indicator in NUMBERS
    value, _ = measurefile.read_model(kind, text.encode(), "x", {"fiscal_year": 2568})
    return value is not None


MEASURE: dict[str, Any] = {
    "indicator": 3,
    "measure": "นโยบาย",
    "method": ["ประกาศ", "แจ้งเวียน"],
    "responsible_unit": "สำนักปลัด",
    "period": "๑ ต.ค. ๖๗",
    "result_summary": "ประกาศแล้ว",
    "evidence": [{"title": "ประกาศ", "url": "https://www.example.go.th/a.pdf"}],
    "status": "done",
    "budget": "none",
    "document": {"number": "๑/๒๕๖๗", "date": "๑ ต.ค. ๖๗"},
    "translations": {"en": {"measure": "Policy"}},
    "acknowledged": {"period-outside-year": "เหตุผล"},
}
WHOLE: dict[type[BaseModel], dict[str, Any]] = {
    model.Measure: MEASURE,
    model.ReportHeader: {
        "title": ["รายงาน", "ประจำปี"],
        "assessment_year": 2569,
        "scores": {"1": 91.5, "2": "๘๘"},
        "weak_points": {"2": "แผนการใช้จ่ายไม่เป็นที่รู้"},
        "approved": {"by": "นายก", "on": "๓๐ ต.ค. ๖๘"},
    },
    model.Agency: {
        "name": {"th": "อบต.", "en": "SAO"},
        "province": "มหาสารคาม",
        "website": "https://www.example.go.th/",
        "units": ["สำนักปลัด"],
        "digits": "thai",
        "contact": {
            "email": "saraban@example.go.th",
            "phone": "0 4320 0000",
            "address": "หมู่ 1",
        },
    },
    model.IndicatorList: {
        "indicator_sets": [
            {
                "from_fiscal_year": 2561,
                "indicators": [{"number": 1, "name": "ก", "name_en": "A", "instrument": "IIT"}],
            }
        ],
        "items": [
            {"assessment_year": 2569, "measures": "O25", "report": "O26", "confirmed": "yes"}
        ],
    },
}
SCALARS = [
    *(
        "",
        "~",
        "null",
        "true",
        "False",
        "yes",
        "no",
        "on",
        "0",
        "1",
        "12",
        "-5",
        "3.0",
        "3.5",
        "2568",
    ),
    *(
        "1,000",
        "๓",
        "๐๓",
        "' 3 '",
        "',3'",
        "'3 0'",
        "'12'",
        "12345678901234567",
        "'1234567890123456'",
    ),
    *("none", "ไม่ใช้งบประมาณ", "None", "done", "planned", "เสร็จ", "IIT", "thai", "O25"),
    *(
        "ข้อความ",
        "'  '",
        '"\\u200b"',
        '"\\ufeff"',
        '"\\n"',
        "“ข้อความ”",
        "…",
        "-ข้อความ",
        "-5 องศา",
        "-ไม่มี-",
    ),
    *(
        "• ข้อความ",
        "– ข้อความ",
        "–",
        "·ข้อความ",
        "'\uf0b7 ข้อความ'",
        "o ข้อความ",
        f"|\n{' ' * 20}ก\n{' ' * 20}ข",
        f">\n{' ' * 20}ก\n{' ' * 20}ข",
    ),
    *(
        "'[x](javascript:alert(1))'",
        "'[x](https://a.th/)'",
        "'[x](a.pdf)'",
        "'[x] (a.pdf)'",
        "'\\[x](javascript:a)'",
    ),
    *(
        "https://www.example.go.th/",
        "http://a.th:80/",
        "https://a.th:99999/",
        "https://a b.th",
        "www.a.th",
        "HTTPS://ก.ไทย",
    ),
    *(
        "https://u:p@a.th/",
        "https:///a",
        "https://a..th/",
        "https://[::1]/",
        "mailto:a@b.th",
        "javascript:a",
        "https://a.th.",
        "a.b@c.go.th",
        "a@b",
        "a @b.th",
        "ก@ข.ไทย",
        "0 4320 0000 ต่อ 12",
        "๐-๒๑๔๑-๙๓๐๐-๙",
        "043200000",
        "1567",
        "0812345678",
        "(043) 200 000",
        "+66 43 200 000",
        "โทร. 043200000",
        "4320 0000",
        "02",
    ),
    *(
        "๑ ต.ค. ๖๗",
        "1-5 ต.ค. 67",
        "31 ก.พ. 67",
        "29 ก.พ. 67",
        "เร็ว ๆ นี้",
        "2024-10-01",
        "2567-10-01",
        "2567",
        "ไตรมาส 5",
    ),
    *(
        "[]",
        "{}",
        "[ก, ข]",
        "[ก, '']",
        "[[ก]]",
        "{a: b}",
        "[1, true]",
        "[null]",
        "{title: ก}",
        '"\\e"',
    ),
]
assert len(SCALARS) == len(set(SCALARS))
KEYS = [
    "measure",
    "measures",
    "ผู้รับผิดชอบ",
    "Period",
    "id",
    "source",
    "title",
    "number",
    "th",
    "period-outside-year",
    "url",
]


def render(value: Any, indent: str = "") -> str:
    """A tree as YAML text; a leaf is written as it is."""
    if isinstance(value, dict):
        return "".join(
            f"\n{indent}{key}: {render(held, indent + '  ')}" for key, held in value.items()
        )
    if isinstance(value, list):
        return "".join(f"\n{indent}- {render(item, indent + '  ').lstrip()}" for item in value)
    return str(value)


@st.composite
def spoiled(draw: st.DrawFn, kind: type[BaseModel]) -> str:
    """A file of this kind, whole or with up to three mistakes in it."""
    tree = json.loads(json.dumps(WHOLE[kind]))
    for _ in range(draw(st.integers(0, 3))):
        holder = tree
        while True:
            keys = list(range(len(holder))) if isinstance(holder, list) else list(holder)
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            inner = holder[key]
            if isinstance(inner, dict | list) and draw(st.booleans()):
                holder = inner
                continue
            what = draw(st.sampled_from(["replace", "replace", "replace", "drop", "add", "rename"]))
            if what == "replace":
                holder[key] = draw(st.sampled_from(SCALARS))
            elif what == "drop" and len(keys) > 1:
                del holder[key]
            elif isinstance(holder, dict):
                added = draw(st.sampled_from(KEYS))
                if added not in holder:
                    holder[added] = (
                        holder.pop(key) if what == "rename" else draw(st.sampled_from(SCALARS))
                    )
            break
    return render(tree).lstrip("\n") + "\n"


def plain_numbers(text: str) -> list[str]:
    nodes = [yaml.compose(text, CoreLoader)]
    found = []
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode) and node.tag.endswith((":int", ":float")):
            found.append(node.value)
        elif isinstance(node, yaml.MappingNode):
            nodes += [each for pair in node.value for each in pair]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
    return found


DIFFERENCES = {
    "a number that is not spelled in digits alone: JSON keeps no spelling": (
        lambda text: any(
            not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,9})?", n) for n in plain_numbers(text)
        ),
        [
            "indicator: 0x3",
            "indicator: 3e0",
            "indicator: +3",
            "budget: 1.",
            "budget: .nan",
            "budget: 0000000000000001",
        ],
    ),
    "a refused link that is not the first thing in brackets, or a bare one": (
        lambda text: "](" in text or "://" in text,
        ["outcome: '[ก] [x](javascript:a)'", "outcome: ดู https://u:p@a.th/"],
    ),
    "an invisible character in a period, which the reader passes over wherever it stands": (
        lambda text: "\\u200b" in text or "\\ufeff" in text or "\u200b" in text,
        ['period: "\\u200b"', "period: ก\u200b"],
    ),
    "an address in brackets that is no IPv6 address, a host that changes when it is normalised": (
        lambda text: "://[" in text or "℀" in text,
        [
            "evidence: [{title: ก, url: 'https://[ก]/'}]",
            "evidence: [{title: ก, url: 'https://a℀b.th/'}]",
        ],
    ),
}
"""Where the schema takes more than the loader: why, whether a file is such, and examples."""


@pytest.mark.parametrize("kind", SCHEMAS, ids=lambda kind: kind.__name__)
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_editor_takes_what_the_loader_takes(kind: type[BaseModel], data: st.DataObject) -> None:
    text = data.draw(spoiled(kind))
    if loader_takes(text, kind):
        assert editor_takes(text, kind)
    elif not any(told(text) for told, _ in DIFFERENCES.values()):
        assert not editor_takes(text, kind)


LEAVES = [(kind, scalar) for kind in SCHEMAS for scalar in SCALARS]
FIELDS = [(kind, key) for kind in SCHEMAS for key in model.file_keys(kind)]


@pytest.mark.parametrize(("kind", "key"), FIELDS, ids=lambda each: getattr(each, "__name__", each))
def test_each_scalar_in_each_field_is_judged_alike(kind: type[BaseModel], key: str) -> None:
    differing = []
    for scalar in SCALARS:
        text = render({**WHOLE[kind], key: scalar}).lstrip("\n")
        taken, shown = loader_takes(text, kind), editor_takes(text, kind)
        told = any(told(f"{key}: {scalar}") for told, _ in DIFFERENCES.values())
        if taken != shown and (taken or not told):
            differing.append((scalar, taken, shown))
    assert differing == []


@pytest.mark.parametrize("why", DIFFERENCES)
def test_each_difference_is_one(why: str) -> None:
    told, examples = DIFFERENCES[why]
    for line in examples:
        key = line.partition(":")[0]
        rest = {name: held for name, held in MEASURE.items() if name != key}
        text = f"{line}{render(rest)}\n"
        assert told(line)
        assert editor_takes(text, model.Measure), line
        assert not loader_takes(text, model.Measure), line


def test_a_repeated_indicator_is_beyond_a_schema() -> None:
    indicator = "{number: 1, name: ก, name_en: A, instrument: IIT}"
    text = (
        f"indicator_sets:\n  - from_fiscal_year: 2561\n    indicators: [{indicator}, {indicator}]\n"
    )
    assert editor_takes(text, model.IndicatorList)
    assert not loader_takes(text, model.IndicatorList)


@given(st.text(max_size=40))
def test_any_text_is_judged_alike_as_a_text(text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    try:
        yaml.compose(quoted, CoreLoader)
    except (yaml.YAMLError, UnicodeEncodeError):
        return
    file = f"measure: {quoted}{render({k: v for k, v in MEASURE.items() if k != 'measure'})}\n"
    if any("\ud800" <= char <= "\udfff" for char in text):
        return
    # A control character outside an escape: YAML forbids it before a schema is asked.
    if re.search("[\x7f-\x9f\u2028\u2029\ufeff]", text):
        return
    taken, shown = loader_takes(file, model.Measure), editor_takes(file, model.Measure)
    assert taken == shown or (shown and re.search(r"\]\(|://", text))


LINKS = st.lists(
    st.sampled_from(
        [
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "\\",
            "!",
            "*",
            "`",
            "&#58;",
            " ",
            "x",
            "javascript:a",
            "https://a.th/",
            "a.pdf",
            "mailto:a@b.th",
            "\n",
            '"t"',
            "line:x",
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=500)
@given(LINKS)
def test_no_link_that_the_loader_takes_is_refused(text: str) -> None:
    file = f"measure: {json.dumps('ก' + text, ensure_ascii=False)}{render({k: v for k, v in MEASURE.items() if k != 'measure'})}\n"
    if loader_takes(file, model.Measure):
        assert editor_takes(file, model.Measure)


URLS = st.lists(
    st.sampled_from(
        [
            "https",
            "http",
            "://",
            ":",
            "/",
            "@",
            "a",
            "ก",
            ".th",
            ".",
            "..",
            "[",
            "]",
            "::1",
            "80",
            "65536",
            "?",
            "#",
            "%20",
            " ",
            "-",
            "_",
            "&",
            "\u200b",
            "mailto:",
        ]
    ),
    max_size=10,
).map("".join)


@settings(max_examples=500)
@given(URLS | URLS.map("https://a{}".format))
def test_addresses_are_judged_alike(url: str) -> None:
    rest = {key: held for key, held in MEASURE.items() if key != "evidence"}
    file = f"evidence: [{{title: ก, url: {json.dumps(url, ensure_ascii=False)}}}]{render(rest)}\n"
    taken, shown = loader_takes(file, model.Measure), editor_takes(file, model.Measure)
    assert taken == shown or (shown and "[" in url)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "measures").rglob("*.yaml")), ids=lambda path: path.name
)
def test_every_committed_file_is_clean_in_an_editor(path: Path) -> None:
    kinds = {
        "agency": model.Agency,
        "report": model.ReportHeader,
        "indicators": model.IndicatorList,
    }
    assert editor_takes(path.read_text("utf-8"), kinds.get(path.stem, model.Measure))


def test_the_shipped_indicators_are_clean_in_an_editor() -> None:
    shipped = ROOT / "site_builder/data/indicators.yaml"
    assert editor_takes(shipped.read_text("utf-8"), model.IndicatorList)


@pytest.mark.parametrize("kind", SCHEMAS, ids=lambda kind: kind.__name__)
def test_each_schema_is_one(kind: type[BaseModel]) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[kind])
    assert list(SCHEMAS[kind]["properties"]) == list(model.file_keys(kind))


def described(held: Any) -> list[dict[str, Any]]:
    if isinstance(held, list):
        return [each for item in held for each in described(item)]
    if not isinstance(held, dict):
        return []
    own = (
        list(held["properties"].values())
        if held.get("type") == "object" and "properties" in held
        else []
    )
    return own + [each for item in held.values() for each in described(item)]


@pytest.mark.parametrize("kind", SCHEMAS, ids=lambda kind: kind.__name__)
def test_each_field_has_a_thai_title_and_description(kind: type[BaseModel]) -> None:
    for field in described(SCHEMAS[kind]):
        assert re.search("[ก-ฮ]", field["title"]), field
        assert re.search("[ก-ฮ]", field["description"]), field


def test_each_field_of_a_file_has_guidance_and_nothing_else_has() -> None:
    for kind, words in GUIDANCE.items():
        assert list(words) == list(model.file_keys(kind))


def test_the_examples_are_right_themselves() -> None:
    for kind, held in SCHEMAS.items():
        for name, field in held["properties"].items():
            for shown in field.get("examples", ()):
                assert jsonschema.Draft7Validator(field).is_valid(shown), (kind, name, shown)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_javascript_reads_every_pattern_alike() -> None:
    found: set[str] = set()
    for held in SCHEMAS.values():
        found |= set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(held)))
    patterns = sorted(json.loads(each) for each in found)
    nodes = [yaml.compose(scalar, CoreLoader) for scalar in SCALARS]
    texts = [str(node.value) for node in nodes if isinstance(node, yaml.ScalarNode)]
    texts += ["😀", "1\u3000", "\u2028", "-😀", "[x](javascript:a)", "a" * 5000]
    script = (
        "const [patterns, texts] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const said = (f) => patterns.map((p) => texts.map((t) => new RegExp(p, f).test(t)));"
        "process.stdout.write(JSON.stringify([said(''), said('u')]))"
    )
    done = subprocess.run(
        [str(NODE), "-e", script],
        input=json.dumps([patterns, texts]),
        capture_output=True,
        text=True,
        check=True,
    )
    expected = [[bool(re.search(pattern, text)) for text in texts] for pattern in patterns]
    assert json.loads(done.stdout) == [expected, expected]


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schemas_are_current(name: str) -> None:
    assert (ROOT / "measures" / schema.FOLDER / name).read_bytes() == FILES[name]


def test_the_command_writes_checks_and_follows_the_office(office: Path) -> None:
    run = CliRunner().invoke
    arguments = ["schema", "--measures", str(office / "measures")]
    assert run(main, [*arguments, "--check"]).exit_code == 0
    rewrite(office / "measures/agency.yaml", "  - กองคลัง\n", "  - กองคลัง\n  - กองช่าง\n")
    stale = run(main, [*arguments, "--check"])
    assert stale.exit_code == 1
    assert "measure.schema.json" in stale.output
    assert run(main, arguments).exit_code == 0
    assert run(main, [*arguments, "--check"]).exit_code == 0
    written = json.loads((office / "measures/.schema/measure.schema.json").read_text("utf-8"))
    assert "กองช่าง" in written["properties"]["responsible_unit"]["examples"]
    assert not folder.read_folder(office / "measures").errors


def test_the_command_takes_the_offices_own_indicators(office: Path) -> None:
    own = "indicator_sets:\n  - from_fiscal_year: 2561\n    indicators:\n      - {number: 12, name: ก, name_en: A, instrument: IIT}\n"
    (office / "measures/indicators.yaml").write_text(own, "utf-8")
    target = office / "schemas"
    arguments = ["schema", "--measures", str(office / "measures"), "--to", str(target)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    written = json.loads((target / "measure.schema.json").read_text("utf-8"))
    assert written["properties"]["indicator"]["anyOf"][0]["enum"] == [12]


def test_the_command_writes_nothing_when_the_offices_words_cannot_be_read(office: Path) -> None:
    rewrite(office / "measures/agency.yaml", "province:", "provinc:")
    before = (office / "measures/.schema/measure.schema.json").read_bytes()
    done = CliRunner().invoke(main, ["schema", "--measures", str(office / "measures")])
    assert done.exit_code == 1
    assert "key-unknown" in done.output
    assert (office / "measures/.schema/measure.schema.json").read_bytes() == before


def test_the_command_without_a_project(tmp_path: Path) -> None:
    nowhere = ["schema", "--measures", str(tmp_path / "measures")]
    assert CliRunner().invoke(main, nowhere).exit_code == 2
    assert CliRunner().invoke(main, [*nowhere, "--to", str(tmp_path / "s")]).exit_code == 0
    (tmp_path / "file").write_text("x")
    refused = CliRunner().invoke(main, [*nowhere, "--to", str(tmp_path / "file/s")])
    assert refused.exit_code == 3


def test_the_spellings_of_a_period_are_proposed() -> None:
    assert SCHEMAS[model.Measure]["properties"]["period"]["examples"] == list(thai.SPELLINGS)
