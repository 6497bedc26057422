"""The tools of an official table, in a real browser: filter, sort, copy, download, and without."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from site_builder import units
from site_builder.edition import Edition
from site_builder.measurefile import write
from site_builder.model import OFFICIAL_COLUMNS, Agency, Disclosure, label
from site_builder.pages.table_tools import A_HANDFUL, facts, table_tools
from site_builder.standing import WORDS, Standing

from .browsing import served
from .conftest import ROOT
from .reports import AGENCY, measure, report_of

HOSTILE = 'กองช่าง | ฝ่าย "โยธา" <b>&amp; {: .x } \'*'
TODAY = date(2025, 3, 1)
ROWS: dict[str, dict[str, object]] = {
    "01-water": {
        "indicator": "1",
        "measure": ["ประปา น้ำดื่มสะอาด ปี ๒๕๖๘", "ข้อสอง \t มีช่องว่าง"],
        "responsible_unit": "สำนักปลัด",
        "period": "๑ ธ.ค. ๖๗",
        "result_summary": "ทำแล้ว ดู [ประกาศ <1>](https://www.dongmuang.go.th/a?b=1&c=2)",
    },
    "02-training": {
        "indicator": "2",
        "measure": "อบรมพนักงาน No Gift Policy",
        "responsible_unit": "กองคลัง",
        "period": "พ.ย. ๖๗ - ก.ย. ๖๘",
        "status": "in_progress",
    },
    "03-formula": {
        "indicator": "3",
        "measure": '=SUM(A1;"กด")',
        "method": ["-1+1", "บรรทัด, สอง"],
        "responsible_unit": HOSTILE,
        "period": "๑ ต.ค. ๖๗ และ ๑ เม.ย. ๖๘",
        "outcome": "<script>document.title = 'ถูกเจาะ'</script>",
    },
    "04-late": {
        "indicator": "4",
        "measure": "จัดซื้อจัดจ้างอย่างโปร่งใส",
        "responsible_unit": "สำนักปลัด",
        "period": "๑๕ ต.ค. ๖๗",
    },
    "05-later": {
        "indicator": "5",
        "measure": "เเผนปฏิบัติการ อบรมนอกสถานที่",
        "responsible_unit": "สำนักปลัด",
        "period": "๑ ก.ย. ๖๘",
    },
    "06-dropped": {
        "indicator": "6",
        "measure": "ยกเลิกโครงการของพนักงาน",
        "responsible_unit": "กองคลัง",
        "period": "๑ ส.ค. ๖๘",
        "status": "cancelled",
    },
}
ORDER = list(ROWS)
SHOWN = "() => [...document.querySelectorAll('table.columns-7 tbody tr')].filter(row => row.checkVisibility()).map(row => new URL(row.querySelector('a').href).hash.slice(1))"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    office = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "content", office / "content")
    shutil.copy(ROOT / "mkdocs.yml", office)
    (office / "measures/2568").mkdir(parents=True)
    (office / "measures/2567").mkdir()
    shutil.copy(ROOT / "measures/agency.yaml", office / "measures")
    for name, fields in ROWS.items():
        _write(office, f"2568/{name}", {"method": "วิธี", **fields})
    for number in range(400):
        _write(
            office,
            f"2567/{number:03}-x",
            {
                "indicator": str(number % 10 + 1),
                "measure": f"มาตรการที่ {number}",
                "method": "วิธี " * 20,
                "responsible_unit": f"กอง {number % 7}",
                "period": f"๑ {('ต.ค.', 'พ.ย.', 'ธ.ค.')[number % 3]} ๖๖",
                "outcome": "ผล" if number % 2 else None,
            },
        )
    for year in (2567, 2568):
        _write(office, f"{year}/report", {"title": ["รายงาน"]})
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
        build(load_config(str(office / "mkdocs.yml"), site_dir=str(office / "site")))
    with served(office / "site") as address:
        yield address


def _write(office: Path, name: str, fields: dict[str, object]) -> None:
    text = write({key: value for key, value in fields.items() if value is not None})
    (office / f"measures/{name}.yaml").write_text(text, "utf-8")


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    context = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto("/2568/")
    yield page
    assert page.title() != "ถูกเจาะ"
    context.close()
    assert complaints == []


def shown(page: Page) -> list[str]:
    found = page.evaluate(SHOWN)
    assert isinstance(found, list)
    return found


def shows(page: Page, *names: str) -> None:
    """Wait for a filter that waits for a reader to finish a word."""
    page.wait_for_function(f"names => String(({SHOWN})()) === String(names)", arg=list(names))


def test_all_rows_are_shown_and_counted(page: Page) -> None:
    assert shown(page) == ORDER
    expect(page.locator(".table-count")).to_have_text("แสดงทั้งหมด ๖ มาตรการ")
    assert page.locator(".table-count").get_attribute("role") == "status"


def test_a_unit_and_what_it_has_not_finished(page: Page) -> None:
    page.locator("#table-unit").select_option("clerk")
    shows(page, "01-water", "04-late", "05-later")
    expect(page.locator(".table-count")).to_have_text("แสดง ๓ จาก ๖ มาตรการ")
    page.get_by_label("สถานะ").select_option("unfinished")
    shows(page, "04-late", "05-later")
    page.get_by_label("สถานะ").select_option("overdue")
    shows(page, "04-late")
    page.get_by_role("button", name="ล้างตัวกรอง").click()
    shows(page, *ORDER)
    assert page.url.endswith("/2568/")


def test_every_standing_filters_its_rows(page: Page) -> None:
    found = {}
    for standing in page.eval_on_selector_all(
        "#table-status option:not([disabled])", "options => options.map(o => o.value)"
    ):
        page.get_by_label("สถานะ").select_option(standing)
        page.wait_for_timeout(30)
        found[standing] = shown(page)
    assert found == {
        "": ORDER,
        "unfinished": ["02-training", "04-late", "05-later"],
        "done": ["01-water", "03-formula"],
        "unconfirmed": ["01-water"],
        "without-evidence": ["03-formula"],
        "overdue": ["04-late"],
        "in-progress": ["02-training"],
        "planned": ["05-later"],
        "cancelled": ["06-dropped"],
    }


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("น้ำดื่ม", ["01-water"]),
        ("น\u0e49\u0e4d\u0e32ดื่ม", ["01-water"]),
        ("น\u0e4d\u0e49\u0e32ดื่ม", ["01-water"]),
        ("2568", ["01-water"]),
        ("๒๕๖๘", ["01-water"]),
        ("ปี2568", ["01-water"]),
        ("no gift POLICY", ["02-training"]),
        ("จัด ซื้อ จัด จ้าง", ["04-late"]),
        ("แผนปฏิบัติการ", ["05-later"]),
        ("เเผนปฏิบัติการ", ["05-later"]),
        ("15 ต.ค.67", ["04-late"]),
        # A phrase where it stands; where it stands nowhere, the rows that have its words.
        ("อบรมพนักงาน", ["02-training"]),
        ("อบรม สถานที่", ["05-later"]),
        ('ฝ่าย "โยธา" <b>&amp;', ["03-formula"]),
        ("ดื่มสะอาด ปี ๒๕๖๘ ข้อสอง", ["01-water"]),
        ("   ", ORDER),
        ("ไม่มีคำนี้", []),
    ],
)
def test_words_are_found_as_a_reader_types_them(page: Page, typed: str, names: list[str]) -> None:
    page.get_by_label("คำในตาราง").fill(typed)
    shows(page, *names)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("unit", ["02-training", "06-dropped", "03-formula", "01-water", "04-late", "05-later"]),
        ("start", ["03-formula", "04-late", "02-training", "01-water", "06-dropped", "05-later"]),
        ("status", ["01-water", "03-formula", "04-late", "02-training", "05-later", "06-dropped"]),
    ],
)
def test_sorting_is_stable_and_undone(page: Page, order: str, names: list[str]) -> None:
    page.get_by_label("เรียงตาม").select_option(order)
    shows(page, *names)
    sorted_by = page.locator("thead th[aria-sort]").all_inner_texts()
    expected = {"unit": "responsible_unit", "start": "period"}
    assert sorted_by == ([label(expected[order])] if order in expected else [])
    page.get_by_label("เรียงตาม").select_option("")
    shows(page, *ORDER)
    assert page.locator("thead th[aria-sort]").count() == 0


def test_an_address_can_be_sent_on(page: Page, browser: Browser, base: str) -> None:
    page.goto("/2568/?h=x#report")
    page.locator("#table-unit").select_option("clerk")
    page.get_by_label("สถานะ").select_option("unfinished")
    page.get_by_label("เรียงตาม").select_option("start")
    page.get_by_label("คำในตาราง").fill("โปร่งใส")
    shows(page, "04-late")
    page.wait_for_function("location.search.includes('text=')")
    assert page.url.endswith("#report")
    assert "h=x" in page.url
    other = browser.new_page(base_url=base)
    other.goto(page.url)
    assert shown(other) == ["04-late"]
    assert other.get_by_label("คำในตาราง").input_value() == "โปร่งใส"
    assert other.locator("#__search").is_checked() is False
    other.close()


def test_an_address_says_the_same_in_english(page: Page) -> None:
    page.goto("/en/2568/?unit=clerk&status=unfinished")
    assert shown(page) == ["04-late", "05-later"]
    expect(page.locator(".table-count")).to_have_text("2 of 6 measures shown")


def test_a_hostile_units_name_is_a_name(page: Page) -> None:
    page.locator("#table-unit").select_option(label=f"{HOSTILE} (๑)")
    shows(page, "03-formula")
    page.reload()
    assert shown(page) == ["03-formula"]
    page.goto(f"/2568/?unit={quote('<img src=x onerror=alert(1)>')}&status=<b>&sort=<i>")
    assert shown(page) == []
    assert page.locator("img[src=x]").count() == 0


def test_nothing_found_is_said_and_undone(page: Page) -> None:
    page.goto(f"/2568/?unit={quote('กองที่ไม่มีแล้ว')}")
    empty = page.locator(".table-empty")
    expect(empty).to_be_visible()
    expect(page.locator("table.columns-7")).to_be_hidden()
    assert page.locator("#table-unit").input_value() == "กองที่ไม่มีแล้ว"
    expect(page.locator(".table-count")).to_have_text("แสดง ๐ จาก ๖ มาตรการ")
    expect(page.get_by_role("button", name="คัดลอกแถวที่แสดง")).to_be_disabled()
    button = page.get_by_role("button", name="แสดงทุกมาตรการ")
    button.focus()
    page.keyboard.press("Enter")
    shows(page, *ORDER)
    expect(empty).to_be_hidden()
    expect(page.get_by_label("คำในตาราง")).to_be_focused()


def test_rows_are_copied_as_a_table(page: Page) -> None:
    page.get_by_label("สถานะ").select_option("done")
    shows(page, "01-water", "03-formula")
    page.get_by_role("button", name="คัดลอกแถวที่แสดง").click()
    expect(page.locator(".table-done")).to_have_text("คัดลอกแล้ว ๒ มาตรการ วางใน Excel หรือ Word ได้")
    kinds = page.evaluate(
        "async () => Object.fromEntries(await Promise.all((await navigator.clipboard.read())[0].types"
        ".map(async t => [t, await (await (await navigator.clipboard.read())[0].getType(t)).text()])))"
    )
    rows = list(csv.reader(io.StringIO(kinds["text/plain"], newline=""), delimiter="\t"))
    assert rows[0] == [label(name) for name in OFFICIAL_COLUMNS]
    assert len(rows) == 3
    assert rows[1][1] == "ประปา น้ำดื่มสะอาด ปี ๒๕๖๘\nข้อสอง มีช่องว่าง"
    assert rows[1][5] == "ทำแล้ว ดู ประกาศ <1>"
    assert rows[2][1] == "'" + str(ROWS["03-formula"]["measure"])
    assert rows[2][2] == "'-1+1\nบรรทัด, สอง"
    table = BeautifulSoup(kinds["text/html"], "html.parser")
    assert [len(row.find_all(["th", "td"])) for row in table.find_all("tr")] == [7, 7, 7]
    assert table.find("script") is None
    link = table.find("a", string="ประกาศ <1>")
    assert link is not None
    assert link["href"] == "https://www.dongmuang.go.th/a?b=1&c=2"


def test_rows_are_copied_where_there_is_no_https(page: Page) -> None:
    page.evaluate("delete window.ClipboardItem")
    page.get_by_label("สถานะ").select_option("overdue")
    page.get_by_role("button", name="คัดลอกแถวที่แสดง").click()
    expect(page.locator(".table-done")).to_contain_text("คัดลอกแล้ว ๑ มาตรการ")
    assert "จัดซื้อจัดจ้าง" in page.evaluate("navigator.clipboard.readText()")


def test_a_browser_that_copies_nothing_is_believed(page: Page) -> None:
    page.evaluate("delete window.ClipboardItem; document.execCommand = () => false; undefined")
    page.get_by_role("button", name="คัดลอกแถวที่แสดง").click()
    expect(page.locator(".table-done")).to_contain_text("ใช้ปุ่มดาวน์โหลดแทนได้")


def test_rows_are_downloaded_as_the_reader_sees_them(page: Page) -> None:
    page.locator("#table-unit").select_option(label=f"{HOSTILE} (๑)")
    shows(page, "03-formula")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("ดาวน์โหลด")).click()
    assert download.value.suggested_filename == "measures-2568-filtered.csv"
    data = download.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2
    header, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == [label(name) for name in OFFICIAL_COLUMNS]
    assert row == [
        "ตัวชี้วัดที่ ๓ การใช้อำนาจ",
        "'" + str(ROWS["03-formula"]["measure"]),
        "'-1+1\nบรรทัด, สอง",
        HOSTILE,
        "๑ ต.ค. ๖๗ และ ๑ เม.ย. ๖๘",
        "—",
        "<script>document.title = 'ถูกเจาะ'</script>",
    ]
    page.get_by_role("button", name="ล้างตัวกรอง").click()
    with page.expect_download() as whole:
        page.get_by_role("button", name=re.compile("ดาวน์โหลด")).click()
    assert whole.value.suggested_filename == "measures-2568.csv"


def test_a_strict_policy_lets_all_of_it_work(page: Page) -> None:
    policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    page.route(
        "**/2568/",
        lambda route: route.fulfill(
            response=(got := route.fetch()),
            headers={**got.headers, "content-security-policy": policy},
        ),
    )
    page.goto("/2568/")
    page.get_by_label("สถานะ").select_option("overdue")
    shows(page, "04-late")
    with page.expect_download():
        page.get_by_role("button", name=re.compile("ดาวน์โหลด")).click()


def test_without_scripts_the_table_is_whole_and_has_no_tools(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/2568/?unit=กองคลัง")
    assert page.locator("table.columns-7 tbody tr:visible").count() == len(ROWS)
    assert not page.locator("form.table-tools").is_visible()
    assert not page.get_by_label("คำในตาราง").is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_moves_when_the_script_comes(browser: Browser, base: str, width: int) -> None:
    tops = []
    for late in (True, False):
        page = browser.new_page(viewport={"width": width, "height": 900}, base_url=base)
        if late:
            page.route("**/prongsai.js", lambda route: route.abort())
        page.goto("/2568/")
        tops.append(page.locator("table.columns-7").bounding_box())
        if late:
            # Until the script comes, nothing that could be pressed does nothing.
            assert page.locator(".table-tools :enabled:not(option):visible").count() == 0
        page.close()
    assert tops[0] == tops[1]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_controls_can_be_hit_and_read(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    toggle = page.locator(".table-toggle")
    if toggle.is_visible():
        toggle.click()
    controls = page.locator(".table-tools :is(input, select, button):visible")
    assert controls.count() == 8 if width < 700 else 7
    for control in controls.all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert control.evaluate("e => e.tagName === 'SELECT' || e.scrollWidth <= e.clientWidth")
        assert control.evaluate("e => e.labels?.length > 0 || e.textContent.trim() !== ''")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_folds_the_controls_and_the_keyboard_opens_them(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    toggle = page.get_by_role("button", name="กรองและเรียงตาราง")
    text = page.get_by_label("คำในตาราง")
    expect(text).to_be_hidden()
    expect(page.locator(".table-count")).to_be_visible()
    toggle.focus()
    page.keyboard.press("Enter")
    assert toggle.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    expect(text).to_be_focused()
    page.keyboard.type("จัดซื้อ")
    page.keyboard.press("Enter")
    shows(page, "04-late")
    for name in ("unit", "status", "sort"):
        page.keyboard.press("Tab")
        expect(page.locator(f"#table-{name}")).to_be_focused()
    toggle.click()
    expect(text).to_be_hidden()
    # What hides rows can be undone without unfolding.
    page.get_by_role("button", name="ล้างตัวกรอง").click()
    shows(page, *ORDER)


def test_a_card_that_is_filtered_away_is_away(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/2568/?status=overdue")
    assert shown(page) == ["04-late"]
    assert page.locator("table.columns-7").get_by_role("row").count() == 2


def test_four_hundred_rows(page: Page) -> None:
    page.goto(f"/2567/?unit={units.slug('กอง 3')}&sort=start&status=done")
    expected = [n for n in range(400) if n % 7 == 3 and n % 2]
    ordered = sorted(expected, key=lambda n: (n % 3, n % 10, n))
    assert shown(page) == [f"{n:03}-x" for n in ordered]
    page.get_by_role("button", name="ล้างตัวกรอง").click()
    page.wait_for_function(f"({SHOWN})().length === 400")
    expect(page.locator(".table-count")).to_have_text("แสดงทั้งหมด ๔๐๐ มาตรการ")


# The markup, as it is made


def disclosure_of(count: int) -> Disclosure:
    measures = [
        measure(number, measure=f"มาตรการ {number}", responsible_unit=f"หน่วย\u00a0 <{number % 2}>")
        for number in range(1, count + 1)
    ]
    report = report_of(*measures)
    return Disclosure(agency=Agency.model_validate(AGENCY), reports=(report,))


def test_a_handful_of_rows_needs_no_tools() -> None:
    for count in (A_HANDFUL, A_HANDFUL + 1):
        disclosure = disclosure_of(count)
        (report,) = disclosure.reports
        tools = table_tools(Edition(disclosure, TODAY), report, report.measures)
        assert (tools is None) == (count == A_HANDFUL)


def test_the_english_edition_has_english_controls() -> None:
    disclosure = disclosure_of(A_HANDFUL + 1)
    (report,) = disclosure.reports
    tools = table_tools(Edition(disclosure, TODAY, "en"), report, report.measures)
    assert tools is not None
    form = BeautifulSoup(tools, "html.parser")
    for own in form.select("option[lang=th]"):
        assert own["data-name"] in {"หน่วย <0>", "หน่วย <1>"}
        own.decompose()
    assert not re.search("[\u0e00-\u0e7f]", str(form))
    overdue = WORDS[Standing.OVERDUE]
    words = facts(Edition(disclosure, TODAY, "en"), report.measures[0])
    assert f'data-told="{overdue.sign} {overdue.en}"' in words


def test_the_words_of_a_standing_fit_an_attribute_list() -> None:
    for words in WORDS.values():
        assert not set('"{}\\\n') & set(words.th + words.en + words.sign)
