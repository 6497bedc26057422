"""What a page tells search engines and other programs: schema.org, as plain JSON-LD values.

Every address in it is whole. Where the site's own address is not known, what needs one is left
out: a relative one would name something else on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from site_builder import contacts, thai
from site_builder.edition import Edition
from site_builder.history import UNKNOWN, Age, Known
from site_builder.model import Agency, Contact, Indicator, Measure, Report
from site_builder.pages import naming

Address = Callable[[str], str | None]
"""Gives the whole address of a page or file, by its path below the documentation folder; None
where there is no such file, or the site's own address is not known."""
Node = dict[str, Any]
_COUNTRY = "TH"


@dataclass(frozen=True, slots=True)
class Described:
    """A page as its head tells of it."""

    path: str
    """Within its edition, as in `pages.naming`."""
    title: str
    description: str
    age: Age = UNKNOWN


def graph(edition: Edition, page: Described, address: Address) -> Node:
    """All that is told of a page, as one JSON-LD document."""
    teller = _Teller(edition, address)
    nodes = (teller.office(), *teller.site(), *teller.page(page), *teller.breadcrumbs(page))
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def _known(**properties: object) -> Node:
    """A node of the properties that are known; a name that begins with `at_` is one of JSON-LD."""
    return {
        re.sub("^at_", "@", name): value
        for name, value in properties.items()
        if value not in (None, "", [], {})
    }


class _Teller:
    """Tells of one edition's pages."""

    def __init__(self, edition: Edition, address: Address) -> None:
        self._edition = edition
        self._address = address

    def _at(self, path: str) -> str | None:
        """The whole address of a page of this edition."""
        return self._address(f"{self._edition.folder}{path}")

    def _id(self, path: str, name: str) -> str | None:
        """What a thing is called by, whatever language it is told of in."""
        whole = self._address(path)
        return f"{whole}#{name}" if whole else None

    def _page_id(self, path: str, name: str) -> str | None:
        whole = self._at(path)
        return f"{whole}#{name}" if whole else None

    def _reference(self, path: str, name: str, otherwise: Node | None = None) -> Node | None:
        """A node by its id; where there are no ids, what may stand in its place."""
        known = self._id(path, name)
        return {"@id": known} if known else otherwise

    # The office and its site

    def office(self) -> Node:
        agency = self._edition.agency
        contact = agency.contact or Contact()
        name, *others = self._names(agency)
        return _known(
            at_type="GovernmentOrganization",
            at_id=self._id(naming.HOME, "office"),
            name=name,
            alternateName=others,
            url=agency.website,
            email=contact.email,
            telephone=_telephone(contact.phone),
            address=_known(
                at_type="PostalAddress",
                streetAddress=contact.address,
                addressLocality=agency.district,
                addressRegion=agency.province,
                addressCountry=_COUNTRY,
            ),
        )

    def _names(self, agency: Agency) -> list[str]:
        """Every name of the office, the one of the edition first."""
        names = [agency.name.th, agency.name.en]
        if self._edition.language == "en":
            names.reverse()
        short = agency.short_name
        names += [short.th, short.en] if short else []
        return list(dict.fromkeys(name for name in names if name))

    def _office(self) -> Node | None:
        name = self._names(self._edition.agency)[0]
        nameless = {"@type": "GovernmentOrganization", "name": name}
        return self._reference(naming.HOME, "office", nameless)

    def site(self) -> Iterator[Node]:
        """The site as a whole; nothing where it has no address."""
        if home := self._at(naming.HOME):
            yield _known(
                at_type="WebSite",
                at_id=self._page_id(naming.HOME, "site"),
                url=home,
                name=self._edition.say(
                    "ความโปร่งใส {office}",
                    "Transparency of {office}",
                    office=self._edition.office_name(),
                ),
                inLanguage=self._edition.language,
                publisher=self._office(),
            )

    # One page

    def page(self, page: Described) -> Iterator[Node]:
        reports = self._edition.disclosure.reports
        for report in reports:
            if page.path == naming.year_path(report):
                yield self._report(report, page)
                yield self._dataset(report)
                return
            for indicator in report.indicators:
                if page.path == naming.indicator_path(report, indicator):
                    yield self._indicator(report, indicator, page)
                    return
        if page.path == naming.DATA:
            yield self._catalogue(page)
            yield from map(self._dataset, reports)
            yield self._link_dataset()
            return
        yield self._web_page(page)

    def _web_page(self, page: Described, **more: object) -> Node:
        return _known(
            at_type="WebPage",
            at_id=self._page_id(page.path, "page"),
            url=self._at(page.path),
            name=page.title,
            description=page.description,
            inLanguage=self._edition.language,
            publisher=self._office(),
            dateModified=_modified(page.age),
            **{"isPartOf": self._site(), **more},
        )

    def _site(self) -> Node | None:
        known = self._page_id(naming.HOME, "site")
        return {"@id": known} if known else None

    def _report(self, report: Report, page: Described) -> Node:
        path = naming.year_path(report)
        return _known(
            at_type="Report",
            at_id=self._id(path, "report"),
            url=self._at(path),
            # The office's own words, in every edition.
            name=" ".join(report.header.title),
            description=page.description,
            inLanguage="th",
            isPartOf=self._site(),
            author=self._office(),
            publisher=self._office(),
            temporalCoverage=_coverage(report),
            dateModified=_modified(page.age),
            license=self._licence(),
            isBasedOn=self._reference(path, "data"),
        )

    def _indicator(self, report: Report, indicator: Indicator, page: Described) -> Node:
        year = naming.year_path(report)
        cited = [*self._documents(report.measures_of(indicator))]
        return self._web_page(
            page,
            about={"@type": "Thing", "name": self._edition.indicator_title(indicator)},
            isPartOf=self._reference(year, "report"),
            citation=cited,
        )

    def _documents(self, measures: Sequence[Measure]) -> Iterator[Node]:
        """The evidence that readers are led to, each document once."""
        told: set[str] = set()
        for proof in (proof for measure in measures for proof in measure.evidence):
            if proof.url not in told and self._edition.disclosure.is_link(proof.url):
                told.add(proof.url)
                title = " ".join(proof.title.split())
                yield {"@type": "DigitalDocument", "name": title, "url": proof.url}

    # Data

    def _catalogue(self, page: Described) -> Node:
        reports = self._edition.disclosure.reports
        references = [self._reference(naming.year_path(report), "data") for report in reports]
        references.append(self._reference(naming.DATA, "links"))
        return _known(
            at_type="DataCatalog",
            at_id=self._id(naming.DATA, "catalogue"),
            url=self._at(naming.DATA),
            name=page.title,
            description=page.description,
            inLanguage=self._edition.language,
            publisher=self._office(),
            license=self._licence(),
            dataset=[each for each in references if each],
        )

    def _dataset(self, report: Report) -> Node:
        edition = self._edition
        named = {"year": edition.year_title(report), "office": edition.office_name()}
        return self._data(
            self._id(naming.year_path(report), "data"),
            edition.say(
                "มาตรการส่งเสริมคุณธรรมและความโปร่งใส {office} {year}",
                "Integrity and transparency measures of {office}, {year}",
                **named,
            ),
            edition.say(
                "มาตรการส่งเสริมคุณธรรมและความโปร่งใสของ{office} {year} ทุกมาตรการ พร้อมวิธีดำเนินการ "
                "ผู้รับผิดชอบ ระยะเวลา ผลการดำเนินการ ผลลัพธ์ และที่อยู่ของหลักฐาน",
                "Every integrity and transparency measure of {office} in {year}, with its method, "
                "responsible unit, period, results, outcome and the addresses of its evidence",
                **named,
            ),
            f"data/{report.fiscal_year}/measures",
            temporalCoverage=_coverage(report),
        )

    def _link_dataset(self) -> Node:
        edition = self._edition
        office = edition.office_name()
        return self._data(
            self._id(naming.DATA, "links"),
            edition.say("ผลการตรวจลิงก์หลักฐาน {office}", "Link checks of {office}", office=office),
            edition.say(
                "ผลการตรวจทุกลิงก์ที่รายงานของ{office}อ้างถึง ว่าเปิดเอกสารได้หรือไม่ และตรวจเมื่อใด",
                "For every link in the reports of {office}: whether the document opened, and when "
                "that was checked",
                office=office,
            ),
            "data/links",
        )

    def _data(
        self, identity: str | None, name: str, description: str, stem: str, **more: object
    ) -> Node:
        files = {"text/csv": f"{stem}.csv", "application/json": f"{stem}.json"}
        return _known(
            at_type="Dataset",
            at_id=identity,
            name=name,
            description=description,
            inLanguage="th",
            creator=self._office(),
            publisher=self._office(),
            license=self._licence(),
            isAccessibleForFree=True,
            includedInDataCatalog=self._reference(naming.DATA, "catalogue"),
            distribution=[
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": whole}
                for kind, path in files.items()
                if (whole := self._address(path))
            ],
            **more,
        )

    def _licence(self) -> Node | str | None:
        """The licence by its address where the office wrote one, else by its name."""
        licence = self._edition.agency.licence
        if licence is None or re.fullmatch(r"https?://\S+", licence):
            return licence
        return {"@type": "CreativeWork", "name": licence}

    # Where a page stands

    def breadcrumbs(self, page: Described) -> Iterator[Node]:
        """The way from the home page; nothing for the home page itself, or without addresses."""
        steps = [(naming.HOME, self._edition.say("หน้าแรก", "Home"))]
        for report in self._edition.disclosure.reports:
            year = naming.year_path(report)
            if page.path.startswith(f"{report.fiscal_year}/") and page.path != year:
                steps.append((year, self._edition.year_title(report)))
        steps.append((page.path, page.title))
        items = [
            {"@type": "ListItem", "position": number, "name": name, "item": whole}
            for number, (path, name) in enumerate(steps, 1)
            if (whole := self._at(path))
        ]
        if page.path != naming.HOME and len(items) == len(steps):
            yield {"@type": "BreadcrumbList", "itemListElement": items}


def _telephone(phone: str | None) -> str | None:
    number = contacts.dialled(phone) if phone else None
    return number.partition(";")[0] if number else None


def _coverage(report: Report) -> str:
    span = thai.fiscal_year_span(report.fiscal_year)
    return f"{span.start.isoformat()}/{span.end.isoformat()}"


def _modified(age: Age) -> str | None:
    """The day of the last change; one that is only a limit is not told."""
    if age.known is not Known.UPDATED or age.moment is None:
        return None
    return thai.day_of(age.moment).isoformat()
