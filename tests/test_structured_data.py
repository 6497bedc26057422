"""What pages tell programs: whole addresses, what each type requires, and words that stay words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from site_builder.edition import Edition
from site_builder.history import Age, Known
from site_builder.model import Contact, Disclosure, Evidence, Measure, Name
from site_builder.problems import Language
from site_builder.structured_data import Address, Described, graph

SITE = "https://x.go.th/ita/"
PATHS = (
    "index.md",
    "2568/index.md",
    "2568/indicators/3.md",
    "data/index.md",
    "links.md",
    "about.md",
)
REQUIRED: dict[str, set[str]] = {
    "GovernmentOrganization": {"@id", "name", "url", "address"},
    "PostalAddress": {"addressRegion", "addressCountry"},
    "WebSite": {"@id", "url", "name", "inLanguage", "publisher"},
    "WebPage": {"@id", "url", "name", "description", "inLanguage", "isPartOf", "publisher"},
    "Report": {"@id", "url", "name", "inLanguage", "publisher", "temporalCoverage", "isPartOf"},
    "DataCatalog": {"@id", "url", "name", "description", "dataset", "publisher"},
    "Dataset": {"@id", "name", "description", "creator", "distribution", "isAccessibleForFree"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "DigitalDocument": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "CreativeWork": {"name"},
    "Thing": {"name"},
}


def whole(path: str) -> str | None:
    stem = re.sub(r"(^|/)index\.md$", r"\1", path)
    return SITE + (f"{stem[:-3]}/" if stem.endswith(".md") else stem)


def nowhere(_: str) -> None:
    return None


def told(
    disclosure: Disclosure,
    path: str,
    address: Address = whole,
    language: Language = "th",
    **agency: Any,
) -> dict[str, Any]:
    own = disclosure.agency.model_copy(update=agency)
    edition = Edition(disclosure.model_copy(update={"agency": own}), date(2026, 11, 28), language)
    page = Described(path, "ชื่อหน้า", "หน้านี้บอกอะไร")
    found = graph(edition, page, address)
    # What programs read is the text of it.
    return dict(json.loads(json.dumps(found)))


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def of_type(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes(found) if node.get("@type") == kind]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_each_node_has_what_its_type_requires(
    disclosure: Disclosure, path: str, language: Language
) -> None:
    found = told(
        disclosure, path, language=language, licence="ใครก็ใช้ได้", contact=Contact(phone="1567")
    )
    assert found["@context"] == "https://schema.org"
    defined = set()
    for node in nodes(found["@graph"]):
        if "@type" not in node:
            assert set(node) == {"@id"}
            continue
        assert REQUIRED[node["@type"]] <= node.keys(), node
        assert None not in node.values()
        defined.add(node.get("@id"))
    for node in nodes(found):
        for key in ("@id", "url", "contentUrl", "item"):
            assert str(node.get(key, "https://")).startswith("https://"), (key, node)
    assert len([n for n in found["@graph"] if n["@type"] == "GovernmentOrganization"]) == 1


@pytest.mark.parametrize("path", PATHS)
def test_without_the_sites_address_nothing_relative_is_told(
    disclosure: Disclosure, path: str
) -> None:
    found = told(disclosure, path, nowhere)
    assert not [node for node in nodes(found) if "@id" in node]
    for kind in ("WebSite", "BreadcrumbList", "DataDownload"):
        assert not of_type(found, kind)
    assert of_type(found, "GovernmentOrganization")[0]["url"] == "https://www.dongmuang.go.th/"


def test_the_office(disclosure: Disclosure) -> None:
    contact = Contact(email="a@b.go.th", phone="๐๔๓-๒๐๐๐๐๐ ต่อ ๑๒", address="หมู่ ๑")
    office = of_type(told(disclosure, "index.md", contact=contact), "GovernmentOrganization")[0]
    assert office["name"] == "องค์การบริหารส่วนตำบลดงเมือง"
    assert "Dong Mueang SAO" in office["alternateName"]
    assert (office["email"], office["telephone"]) == ("a@b.go.th", "+6643200000")
    assert office["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "หมู่ ๑",
        "addressLocality": "ยางสีสุราช",
        "addressRegion": "มหาสารคาม",
        "addressCountry": "TH",
    }
    english = of_type(told(disclosure, "index.md", language="en"), "GovernmentOrganization")[0]
    assert english["name"] == "Dong Mueang Subdistrict Administrative Organization"
    # In either language it is the same office.
    assert english["@id"] == office["@id"] == f"{SITE}#office"


def test_the_report_of_a_year_and_its_data(disclosure: Disclosure) -> None:
    found = told(disclosure, "2568/index.md")
    (report,) = of_type(found, "Report")
    assert report["name"] == " ".join(disclosure.reports[0].header.title)
    assert report["temporalCoverage"] == "2024-10-01/2025-09-30"
    (data,) = of_type(found, "Dataset")
    # What Google's index of data sets asks for.
    assert 50 <= len(data["description"]) <= 5000
    assert data["temporalCoverage"] == "2024-10-01/2025-09-30"
    assert {d["encodingFormat"]: d["contentUrl"] for d in data["distribution"]} == {
        "text/csv": f"{SITE}data/2568/measures.csv",
        "application/json": f"{SITE}data/2568/measures.json",
    }
    assert "license" not in data


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        (
            "DGA Open Government License",
            {"@type": "CreativeWork", "name": "DGA Open Government License"},
        ),
        ("https://data.go.th/licence", "https://data.go.th/licence"),
    ],
)
def test_the_licence(disclosure: Disclosure, licence: str, said: object) -> None:
    found = told(disclosure, "data/index.md", licence=licence)
    assert {json.dumps(d["license"]) for d in of_type(found, "Dataset")} == {json.dumps(said)}


def test_the_page_of_data_lists_what_it_defines(disclosure: Disclosure) -> None:
    found = told(disclosure, "data/index.md")
    (catalogue,) = of_type(found, "DataCatalog")
    assert [each["@id"] for each in catalogue["dataset"]] == [
        data["@id"] for data in of_type(found, "Dataset")
    ]


def test_an_indicator_cites_the_evidence_that_may_be_opened(disclosure: Disclosure) -> None:
    (measure, *_) = disclosure.reports[0].measures
    proofs = (
        Evidence(title="ประกาศ", url="https://www.example.go.th/a.pdf"),
        Evidence(title="อีกครั้ง", url="https://www.example.go.th/a.pdf"),
        Evidence(title="ภายใน", url="http://192.168.1.1/a.pdf"),
    )
    changed = measure.model_copy(update={"evidence": proofs})
    report = disclosure.reports[0].model_copy(update={"measures": (changed,)})
    found = told(
        disclosure.model_copy(update={"reports": (report,)}),
        f"2568/indicators/{measure.indicator}.md",
    )
    assert of_type(found, "DigitalDocument") == [
        {"@type": "DigitalDocument", "name": "ประกาศ", "url": "https://www.example.go.th/a.pdf"}
    ]


@pytest.mark.parametrize(
    ("path", "language", "items"),
    [
        ("index.md", "th", []),
        ("about.md", "th", ["", "about/"]),
        ("2568/index.md", "th", ["", "2568/"]),
        ("2568/indicators/3.md", "th", ["", "2568/", "2568/indicators/3/"]),
        ("2568/indicators/3.md", "en", ["en/", "en/2568/", "en/2568/indicators/3/"]),
    ],
)
def test_the_way_from_the_home_page(
    disclosure: Disclosure, path: str, language: Language, items: list[str]
) -> None:
    steps = of_type(told(disclosure, path, language=language), "ListItem")
    assert [step["item"] for step in steps] == [f"{SITE}{item}" for item in items]
    assert [step["position"] for step in steps] == list(range(1, len(items) + 1))


def test_the_day_of_a_change_is_told_only_where_it_is_known(disclosure: Disclosure) -> None:
    moment = datetime(2026, 11, 23, 19, tzinfo=UTC)
    edition = Edition(disclosure, date(2026, 11, 28))
    said = {}
    for known in Known:
        page = Described("2568/index.md", "ก", "ข", Age(known, moment))
        (report,) = of_type(graph(edition, page, whole), "Report")
        said[known] = report.get("dateModified")
    assert {known for known, day in said.items() if day} == {Known.UPDATED}
    assert said[Known.UPDATED] == "2026-11-24"  # as it was in Thailand


def test_hostile_names_stay_data(disclosure: Disclosure) -> None:
    nasty = '</script><script>alert(1)</script>", "@id": "x'
    plain: dict[str, Any] = {
        "indicator": "3",
        "measure": "ม",
        "method": "ว",
        "responsible_unit": "ส",
        "period": "๑ ต.ค. ๖๗",
        "evidence": [{"title": nasty, "url": "https://www.example.go.th/a.pdf"}],
    }
    measure = Measure.model_validate(plain, context={"fiscal_year": 2568})
    report = disclosure.reports[0].model_copy(update={"measures": (measure,)})
    found = told(
        disclosure.model_copy(update={"reports": (report,)}),
        "2568/indicators/3.md",
        name=Name(th=nasty),
        licence=nasty,
    )
    assert of_type(found, "GovernmentOrganization")[0]["name"] == nasty
    assert of_type(found, "DigitalDocument")[0]["name"] == nasty
    assert {node["@id"] for node in nodes(found) if "@id" in node} == {
        f"{SITE}#office",
        f"{SITE}#site",
        f"{SITE}2568/#report",
        f"{SITE}2568/indicators/3/#page",
    }
