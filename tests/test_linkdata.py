"""Link data: what programs read is what readers are told, whole, dated and harmless."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from site_builder import linkdata, pages
from site_builder.causes import Cause
from site_builder.copies import Copy
from site_builder.ledger import Acknowledgement, Entry, Ledger
from site_builder.model import Disclosure
from site_builder.pages import check_words
from site_builder.verdicts import Verdict

from .every_verdict import NOW, TODAY, cases, entry
from .test_link_pages import URL, checked, several
from .test_pages import edition


def as_json(made: Disclosure) -> dict[str, Any]:
    data = json.loads(linkdata.links_json(made))
    assert isinstance(data, dict)
    return data


def as_csv(made: Disclosure) -> list[dict[str, str]]:
    text = linkdata.links_csv(made).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


FULL = entry(
    Verdict.MOVED,
    Cause.LEAVES_HTTPS,
    final_url="http://files.example.go.th/a.pdf",
    content_type="application/pdf",
    size=123,
    sha256="ab" * 32,
    content_since=NOW,
    acknowledged=Acknowledgement(reason="ดูแล้ว", on=TODAY, until=TODAY),
)


COPY = Copy(sha256="cd" * 32, size=456, content_type="application/pdf", on=NOW, file="a.warc.gz")


def kept(disclosure: Disclosure) -> Disclosure:
    """The office whose link was checked, and whose document was kept."""
    return checked(disclosure, FULL).model_copy(update={"copies": {URL: COPY}})


def test_a_copy_is_told_beside_its_link(disclosure: Disclosure) -> None:
    assert "มีสำเนา (SHA-256 cdcdcdcd" in check_words.told(edition(kept(disclosure)), URL)
    assert "มีสำเนา" not in check_words.told(edition(checked(disclosure, FULL)), URL)


def test_json_tells_all_that_is_known(disclosure: Disclosure) -> None:
    data = as_json(kept(disclosure))
    assert {key: value for key, value in data.items() if key != "links"} == {
        "version": 1,
        "agency": {
            "name": {"th": "องค์การบริหารส่วนตำบลดงเมือง", "en": disclosure.agency.name.en},
            "website": "https://www.dongmuang.go.th/",
        },
        "counts": {"links": 1, "by_verdict": {"moved": 1}},
    }
    (link,) = data["links"]
    assert list(link) == list(linkdata.MEANINGS)
    assert link == {
        "url": URL,
        "published": True,
        "verdict": "moved",
        "words": {"th": "เปิดได้ (ย้ายที่อยู่)", "en": "Opens (moved)"},
        "cause": "leaves-https",
        "cause_words": {
            "th": "ส่งต่อไปยังที่อยู่ที่ไม่เข้ารหัส",
            "en": "redirects from https to http",
        },
        "status": 200,
        "first_seen": "2026-05-06T19:30:00+00:00",
        "last_checked": "2026-11-22T19:30:00+00:00",
        "last_ok": "2026-11-22T19:30:00+00:00",
        "since": "2026-11-14T19:30:00+00:00",
        "final_url": "http://files.example.go.th/a.pdf",
        "content_type": "application/pdf",
        "size": 123,
        "sha256": "ab" * 32,
        "content_since": "2026-11-22T19:30:00+00:00",
        "vantage": "สำนักงาน อบต.ดงเมือง",
        "checker": "prongsai 0.2 LinkChecker 10.6.0",
        "acknowledged": {"reason": "ดูแล้ว", "on": "2026-11-23", "until": "2026-11-23"},
        "copy": {"sha256": "cd" * 32, "size": 456, "on": "2026-11-22T19:30:00+00:00"},
        "measures": [{"fiscal_year": 2568, "id": "m", "url": "2568/indicators/3/#m"}],
    }


def test_before_the_first_check_all_is_null(disclosure: Disclosure) -> None:
    (link,) = as_json(checked(disclosure, None))["links"]
    assert link["verdict"] == "unchecked"
    stated = {name for name, value in link.items() if value is not None}
    assert stated == {"url", "published", "verdict", "words", "measures"}


def test_csv_tells_the_same(disclosure: Disclosure) -> None:
    (row,) = as_csv(kept(disclosure))
    (link,) = as_json(kept(disclosure))["links"]
    assert row.pop("published") == "yes"
    assert row.pop("words") == link["words"]["th"]
    assert row.pop("cause_words") == link["cause_words"]["th"]
    assert (row.pop("measures"), row.pop("sections")) == ("2568/m", "2568/indicators/3/#m")
    for part in ("reason", "on", "until"):
        assert row.pop(f"acknowledged_{part}") == link["acknowledged"][part]
    for part in ("sha256", "size", "on"):
        assert row.pop(f"copy_{part}") == str(link["copy"][part])
    assert row == {name: str(link[name]) for name in row}


@pytest.mark.parametrize("text", ["=cmd|x!A0", "+1", "-1", "@SUM(1)", "\t=1"])
def test_csv_holds_no_formula_of_a_server(disclosure: Disclosure, text: str) -> None:
    found = entry(Verdict.OK, content_type=text, vantage=text, checker=text)
    (row,) = as_csv(checked(disclosure, found))
    assert row["content_type"] == row["vantage"] == row["checker"] == f"'{text}"
    assert as_json(checked(disclosure, found))["links"][0]["content_type"] == text


def test_both_are_sorted_and_counted(disclosure: Disclosure) -> None:
    made = several(disclosure, *[("ก", entry(*case)) for case in cases()], ("ข", None))
    data = as_json(made)
    urls = [link["url"] for link in data["links"]]
    assert urls == sorted(urls) == [row["url"] for row in as_csv(made)]
    assert data["counts"]["links"] == len(urls) == len(cases()) + 1
    assert sum(data["counts"]["by_verdict"].values()) == len(urls)
    assert data["counts"]["by_verdict"]["unchecked"] == 1


@pytest.mark.parametrize("verdict", [Verdict.UNSAFE, Verdict.INVALID])
def test_what_is_not_published_is_there_and_says_so(
    disclosure: Disclosure, verdict: Verdict
) -> None:
    made = checked(disclosure, entry(verdict, final_url="http://10.0.0.1/"))
    (link,) = as_json(made)["links"]
    assert (link["url"], link["published"], link["verdict"]) == (URL, False, verdict)
    assert link["final_url"] is None
    (row,) = as_csv(made)
    assert (row["url"], row["published"]) == (URL, "no")


def test_a_first_failure_is_not_called_broken(disclosure: Disclosure) -> None:
    found = entry(Verdict.BROKEN, Cause.NOT_FOUND, status=404, streak=1)
    (link,) = as_json(checked(disclosure, found))["links"]
    assert (link["verdict"], link["cause"], link["status"]) == ("temporary", None, 404)


def test_a_technicians_note_is_not_published(disclosure: Disclosure) -> None:
    made = checked(disclosure, FULL)
    assert b"technician" not in linkdata.links_json(made) + linkdata.links_csv(made)


def test_a_link_at_several_places_names_each_measure_once(disclosure: Disclosure) -> None:
    made = several(disclosure, ("ก", None))
    (measure,) = made.reports[0].measures
    twice = measure.model_copy(update={"evidence": measure.evidence * 2, "id": "a"})
    older = made.reports[0].model_copy(update={"fiscal_year": 2567, "measures": (measure,)})
    newer = made.reports[0].model_copy(update={"measures": (twice, measure)})
    (link,) = as_json(made.model_copy(update={"reports": (newer, older)}))["links"]
    assert [(use["fiscal_year"], use["id"]) for use in link["measures"]] == [
        (2567, "m0"),
        (2568, "a"),
        (2568, "m0"),
    ]


def test_every_field_of_the_ledger_is_told_or_kept_back_on_purpose() -> None:
    kept_back = {"note", "chain", "streak", "counted"}
    assert {*Entry.model_fields} - {*linkdata.MEANINGS} == kept_back


def test_a_site_without_links_has_files_too(disclosure: Disclosure) -> None:
    empty = disclosure.model_copy(update={"reports": (), "ledger": Ledger()})
    assert as_json(empty)["links"] == []
    assert as_csv(empty) == []


def test_the_page_of_downloads_explains_every_column(disclosure: Disclosure) -> None:
    words = set(re.findall(r"[a-z0-9_]+", pages.data(edition(disclosure))))
    assert {*linkdata.CSV_COLUMNS, *linkdata.MEANINGS, "counts"} <= words
