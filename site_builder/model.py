"""The report's model: frozen values with their labels, and the official columns in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SkipValidation,
    ValidationInfo,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from site_builder import addresses, inline, thai
from site_builder.copies import Copy
from site_builder.ledger import Ledger
from site_builder.problems import Place
from site_builder.source import Source
from site_builder.values import (
    Acknowledged,
    Budget,
    Email,
    Line,
    Number,
    Phone,
    Text,
    Url,
    WholeNumber,
    YesNo,
    as_lines,
    is_checkable,
)
from site_builder.verdicts import NOT_PUBLISHED

_ValueT = TypeVar("_ValueT")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(_Frozen):
    """When a measure is carried out (ระยะเวลาดำเนินการ): as written, and as days."""

    text: str
    spans: tuple[thai.Span, ...]
    """Runs of days, both ends included, in the order written."""
    oddities: frozenset[thai.Oddity] = frozenset()

    @property
    def start(self) -> date:
        """The first day."""
        return min(span.start for span in self.spans)

    @property
    def end(self) -> date:
        """The last day; it still belongs to the period."""
        return max(span.end for span in self.spans)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            if info.context:  # read from a file, where a period is a text
                raise PydanticCustomError("string_type", "no text")
            return value
        # "ไตรมาส ๑" means nothing without the report's year: whoever forgets it must hear of it.
        fiscal_year = (info.context or {})["fiscal_year"]
        try:
            reading = thai.read_period(value, fiscal_year)
        except thai.UnreadablePeriod as error:
            raise PydanticCustomError(
                "period", "unreadable", {"reason": error.reason, "value": value}
            ) from None
        return {"text": value, "spans": reading.spans, "oddities": reading.oddities}


class Evidence(_Frozen):
    """A document that proves a measure (หลักฐาน)."""

    title: Line = Field(title="ชื่อหลักฐาน", examples=["ประกาศนโยบาย No Gift Policy"])
    url: Url = Field(title="ที่อยู่เว็บของหลักฐาน", examples=["https://www.example.go.th/files/a.pdf"])


class OfficialDocument(_Frozen):
    """The order or announcement behind a measure."""

    number: Line | None = Field(None, title="เลขที่เอกสาร", examples=["คำสั่งที่ ๑๒/๒๕๖๘"])
    date: Period | None = Field(None, title="วันที่เอกสาร", examples=["๑ ต.ค. ๖๗"])


Status = Literal["planned", "in_progress", "done", "cancelled"]
STATUS_WORDS: Mapping[Status, str] = {
    "planned": "ยังไม่เริ่ม",
    "in_progress": "กำลังดำเนินการ",
    "done": "ดำเนินการแล้ว",
    "cancelled": "ยกเลิก",
}


def _column(title: str, english: str, example: str) -> Any:  # noqa: ANN401 - as pydantic's Field
    extra: JsonDict = {"title_en": english, "official_column": True}
    return Field(title=title, json_schema_extra=extra, examples=[example])


def _optional_column(title: str, english: str, example: str) -> Any:  # noqa: ANN401
    extra: JsonDict = {"title_en": english, "official_column": True}
    return Field(None, title=title, json_schema_extra=extra, examples=[example])


def _extra(title: str, english: str, example: str) -> Any:  # noqa: ANN401
    return Field(None, title=title, json_schema_extra={"title_en": english}, examples=[example])


class Translation(_Frozen):
    """A measure's texts in another language; what is missing stays Thai."""

    measure: Text | None = Field(None, title="มาตรการ", examples=["No Gift Policy"])
    method: Text | None = Field(None, title="วิธีการ", examples=["Issue an announcement"])
    responsible_unit: Line | None = Field(None, title="ผู้รับผิดชอบ", examples=["Office"])
    result_summary: Text | None = Field(None, title="สรุปผล", examples=["Announced online"])
    outcome: Text | None = Field(None, title="ผลลัพธ์", examples=["120 people trained"])


class Translations(_Frozen):
    """The languages that a measure is translated to."""

    en: Translation | None = Field(None, title="คำแปลภาษาอังกฤษ")


class Measure(_Frozen):
    """One measure (มาตรการ) of a yearly report, as written in one YAML file.

    The first seven fields are the columns of the official table, in its order.
    """

    indicator: WholeNumber = _column("ตัวชี้วัด", "Indicator", "3")
    measure: Text = _column(
        "มาตรการ/แนวทางที่จะดำเนินการ", "Measure / approach", "นโยบายไม่รับของขวัญ (No Gift Policy)"
    )
    method: Text = _column("วิธีการดำเนินการ", "Method", "จัดทำประกาศนโยบายไม่รับของขวัญ")
    responsible_unit: Line = _column("ผู้รับผิดชอบ", "Responsible unit", "สำนักปลัด")
    period: Period = _column("ระยะเวลาดำเนินการ", "Period", "๑ ต.ค. ๖๗")
    result_summary: Text | None = _optional_column(
        "สรุปผลการดำเนินการ", "Summary of results", "ประกาศนโยบายแล้วทางเว็บไซต์ของ อบต."
    )
    outcome: Text | None = _optional_column(
        "ผลลัพธ์/ความสำเร็จ", "Outcome / success", "ผู้ผ่านการอบรม 120 คน"
    )
    evidence: tuple[Evidence, ...] = Field(
        (), title="หลักฐาน", json_schema_extra={"title_en": "Evidence"}
    )
    status: Status | None = _extra("สถานะ", "Status", "done")
    budget: Budget | None = _extra("งบประมาณ (บาท)", "Budget (baht)", "20,000")
    kpi: Text | None = _extra("ตัวชี้วัดความสำเร็จ (KPI)", "KPI", "ร้อยละ 80 ของบุคลากรผ่านการอบรม")
    interim_result: Text | None = _extra(
        "ผลการดำเนินการรอบ 6 เดือน", "Interim result", "อบรมแล้ว 1 รุ่น"
    )
    problems: Text | None = _extra("ปัญหา/อุปสรรค", "Problems", "บุคลากรย้ายระหว่างปี")
    suggestions: Text | None = _extra("ข้อเสนอแนะ", "Suggestions", "จัดอบรมทุกไตรมาส")
    remarks: Text | None = _extra("หมายเหตุ", "Remarks", "ดำเนินการร่วมกับอำเภอ")
    document: OfficialDocument | None = Field(
        None, title="คำสั่ง/ประกาศ", json_schema_extra={"title_en": "Order or announcement"}
    )
    translations: Translations | None = Field(
        None, title="คำแปล", json_schema_extra={"title_en": "Translations"}
    )

    acknowledged: Acknowledged = Field(default_factory=dict, exclude=True)
    """Warnings that the office has looked at; an editor's matter, and not published."""

    id: str = Field("", exclude=True)
    """The file name's stem: permanent within the year, and the anchor on the site."""
    source: SkipValidation[Source] = Field(Source(""), exclude=True, repr=False)

    @property
    def heading(self) -> str:
        """The measure's name in plain words on one line: its first bullet where it has several."""
        return " ".join(inline.plain(self.measure[0]).split())

    def urls(self) -> Iterator[tuple[str, Place]]:
        """Every address that this measure publishes, each with the place it is written."""
        for number, proof in enumerate(self.evidence):
            yield proof.url, self.source.place_of("evidence", number, "url")
        for path, texts in self._texts():
            for number, text in enumerate(texts):
                for link in inline.links(text):
                    yield link.url, self.source.place_of(*path, number)

    def _texts(self) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
        """Every text that is published, translations too, by its keys in the file."""
        for name in TEXT_FIELDS:
            yield (name,), getattr(self, name) or ()
        english = self.translations.en if self.translations else None
        for name in Translation.model_fields if english else ():
            if name in TEXT_FIELDS:
                yield ("translations", "en", name), getattr(english, name) or ()


def _official(name: str) -> bool:
    extra = Measure.model_fields[name].json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("official_column"))


OFFICIAL_COLUMNS: tuple[str, ...] = tuple(n for n in Measure.model_fields if _official(n))
"""The seven columns of the official table, in its order."""
KEYS: tuple[str, ...] = tuple(n for n, f in Measure.model_fields.items() if not f.exclude)
"""What a measure publishes, in the order of the house form."""
TEXT_FIELDS: tuple[str, ...] = (
    "measure",
    "method",
    "result_summary",
    "outcome",
    "kpi",
    "interim_result",
    "problems",
    "suggestions",
    "remarks",
)


def file_keys(kind: type[BaseModel] = Measure) -> tuple[str, ...]:
    """Everything that may stand in a file of this kind, in the order of the house form."""
    return tuple(name for name in kind.model_fields if name not in {"id", "source"})


def label(name: str, model: type[BaseModel] = Measure) -> str:
    """A field's Thai label, as it stands on the official form."""
    return model.model_fields[name].title or name


def label_en(name: str, model: type[BaseModel] = Measure) -> str:
    """A field's English label."""
    extra = model.model_fields[name].json_schema_extra
    return str(extra.get("title_en", name)) if isinstance(extra, dict) else name


class Indicator(_Frozen):
    """One indicator (ตัวชี้วัด) of the assessment."""

    number: WholeNumber = Field(ge=1, title="หมายเลขตัวชี้วัด", examples=["1"])
    name: Line = Field(title="ชื่อตัวชี้วัด", examples=["การปฏิบัติหน้าที่"])
    name_en: Line = Field(title="ชื่อตัวชี้วัดภาษาอังกฤษ", examples=["Bribery Fraud"])
    instrument: Literal["IIT", "EIT", "OIT"] = Field(title="แบบวัด", examples=["IIT"])


class IndicatorSet(_Frozen):
    """The indicators that hold from a fiscal year on."""

    from_fiscal_year: WholeNumber = Field(title="ใช้ตั้งแต่ปีงบประมาณ (พ.ศ.)", examples=["2561"])
    indicators: tuple[Indicator, ...] = Field(min_length=1, title="ตัวชี้วัด")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        numbers = [indicator.number for indicator in self.indicators]
        for number in numbers:
            if numbers.count(number) > 1:
                raise PydanticCustomError("indicator-repeated", "twice", {"value": number})
        return self


class Item(_Frozen):
    """The numbers of the assessment's two items on measures, in one assessment year."""

    assessment_year: WholeNumber = Field(title="ปีที่ประเมิน (พ.ศ.)", examples=["2569"])
    measures: Line = Field(title="ข้อของมาตรการ", examples=["O25"])
    report: Line = Field(title="ข้อของรายงานผล", examples=["O26"])
    confirmed: YesNo = Field(True, title="ตรวจกับคู่มือแล้ว", examples=["yes"])  # noqa: FBT003
    """False for numbers that no published manual has confirmed."""


class IndicatorList(_Frozen):
    """Which indicators and item numbers hold in which year: data, since both change."""

    indicator_sets: tuple[IndicatorSet, ...] = Field(min_length=1, title="ชุดตัวชี้วัด")
    items: tuple[Item, ...] = Field((), title="ข้อของการประเมินในแต่ละปี")

    def indicators_of(self, fiscal_year: int) -> tuple[Indicator, ...]:
        """The indicators of a fiscal year, by number; empty before the first set."""
        held = [s for s in self.indicator_sets if s.from_fiscal_year <= fiscal_year]
        if not held:
            return ()
        newest = max(held, key=lambda s: s.from_fiscal_year)
        return tuple(sorted(newest.indicators, key=lambda indicator: indicator.number))

    def item_of(self, assessment_year: int) -> Item | None:
        """The item numbers of an assessment year, where they are known."""
        return next((i for i in self.items if i.assessment_year == assessment_year), None)


class Name(_Frozen):
    """A name in Thai and, where there is one, in English."""

    th: Line = Field(title="ชื่อภาษาไทย", examples=["อบต.ตัวอย่าง"])
    en: Line | None = Field(None, title="ชื่อภาษาอังกฤษ", examples=["Dong Mueang SAO"])


class Contact(_Frozen):
    """How anybody reaches the office; what is the office's own, and no person's."""

    email: Email | None = _extra("อีเมลของหน่วยงาน", "E-mail", "saraban@example.go.th")
    phone: Phone | None = _extra("โทรศัพท์ของหน่วยงาน", "Telephone", "0 4320 0000 ต่อ 12")
    address: Line | None = _extra(
        "ที่ตั้งของหน่วยงาน", "Address", "99 หมู่ 1 ต.ตัวอย่าง อ.เมือง จ.ขอนแก่น 40000"
    )


class Agency(_Frozen):
    """The office (หน่วยงาน) whose disclosures these are."""

    name: Name = Field(title="ชื่อหน่วยงาน")
    short_name: Name | None = Field(None, title="ชื่อย่อ")
    district: Line | None = Field(None, title="อำเภอ", examples=["บางใหญ่"])
    province: Line = Field(title="จังหวัด", examples=["นนทบุรี"])
    website: Url = Field(title="เว็บไซต์หลัก", examples=["https://www.example.go.th/"])
    allowed_hosts: tuple[Line, ...] = Field(
        (), title="เว็บไซต์อื่นของหน่วยงาน", examples=["www.example.go.th"]
    )
    units: tuple[Line, ...] = Field((), title="หน่วยงานภายใน", examples=["สำนักปลัด"])
    digits: thai.Digits = Field("thai", title="ตัวเลขที่แสดง", examples=["thai"])
    licence: Line | None = Field(None, title="สัญญาอนุญาต", examples=["DGA Open Government License"])
    contact: Contact | None = Field(None, title="ช่องทางติดต่อ")

    @property
    def display_name(self) -> str:
        """The short name where there is one, else the full name."""
        return (self.short_name or self.name).th


class Approval(_Frozen):
    """Who approved the report, and when."""

    by: Line = Field(title="ผู้อนุมัติ", examples=["นายก อบต.ตัวอย่าง"])
    on: Period | None = Field(None, title="วันที่อนุมัติ", examples=["๓๐ ต.ค. ๖๘"])


class ReportHeader(_Frozen):
    """The year's own facts, as written in `report.yaml`."""

    title: Annotated[tuple[Line, ...], BeforeValidator(as_lines), Field(min_length=1)] = Field(
        title="หัวเรื่องของรายงาน", examples=["รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"]
    )
    """The report's title, line by line, as published."""
    assessment_year: WholeNumber | None = Field(None, title="ปีที่ใช้ประเมิน", examples=["2569"])
    """The year of the assessment in which the report counts; not its fiscal year."""
    scores: Mapping[str, Number] = Field(
        default_factory=dict, title="คะแนนปีก่อนรายตัวชี้วัด", examples=["{1: 91.5}"]
    )
    weak_points: Mapping[str, Line] = Field(
        default_factory=dict,
        title="จุดที่ต้องพัฒนารายตัวชี้วัด",
        examples=["{1: ขั้นตอนการให้บริการไม่ชัดเจน}"],
    )
    """What last year's assessment showed to be weak, by indicator."""
    approved: Approval | None = Field(None, title="ผู้อนุมัติ")
    acknowledged: Acknowledged = Field(default_factory=dict, exclude=True)
    """Warnings about the report as a whole that the office has looked at."""

    source: SkipValidation[Source] = Field(Source(""), exclude=True, repr=False)

    @property
    def looks_back(self) -> bool:
        """Whether anything is told of last year's assessment."""
        return bool(self.scores or self.weak_points)

    def score_of(self, indicator: Indicator) -> Decimal | None:
        """Last year's score of an indicator, where it is known."""
        return _of_indicator(self.scores, indicator)

    def weak_point_of(self, indicator: Indicator) -> str | None:
        """What was weak under an indicator last year, where it is known."""
        return _of_indicator(self.weak_points, indicator)


def _of_indicator(values: Mapping[str, _ValueT], indicator: Indicator) -> _ValueT | None:
    # Offices write indicators in Thai digits as well, and with a zero in front.
    known = {thai.to_arabic(number).strip().lstrip("0"): value for number, value in values.items()}
    return known.get(str(indicator.number))


class Report(_Frozen):
    """One office's report of one fiscal year."""

    fiscal_year: int
    header: ReportHeader
    indicators: tuple[Indicator, ...]
    item: Item | None = None
    measures: tuple[Measure, ...] = ()

    def measures_of(self, indicator: Indicator) -> tuple[Measure, ...]:
        """The measures under one indicator, in the order of their ids."""
        return tuple(m for m in self.measures if m.indicator == indicator.number)

    def in_table_order(self) -> tuple[Measure, ...]:
        """All measures, in the order of the official table."""
        return tuple(m for indicator in self.indicators for m in self.measures_of(indicator))


@dataclass(frozen=True, slots=True)
class LinkUse:
    """One place at which an address is published."""

    fiscal_year: int
    measure: Measure
    place: Place


class Disclosure(_Frozen):
    """Everything one office publishes: the hinge between what is read and what is written."""

    agency: Agency
    reports: tuple[Report, ...] = ()
    """Newest year first."""
    ledger: SkipValidation[Ledger] = Ledger()
    copies: SkipValidation[Mapping[str, Copy]] = Field(default_factory=dict)
    """The newest copy of each address of which one is kept; `copies.told` says it in words."""

    def links(self) -> dict[str, tuple[LinkUse, ...]]:
        """Every address that is published, in order of first use, with all its places."""
        uses: dict[str, list[LinkUse]] = {}
        for report in self.reports:
            for measure in report.in_table_order():
                for url, place in measure.urls():
                    uses.setdefault(url, []).append(LinkUse(report.fiscal_year, measure, place))
        return {url: tuple(found) for url, found in uses.items()}

    def is_link(self, url: str) -> bool:
        """Whether an address may stand on the site as a link."""
        if addresses.refusal(url):
            return False
        entry = self.ledger.links.get(url)
        # A check that was allowed into a network has seen more than the name can tell.
        if entry is not None:
            return entry.verdict not in NOT_PUBLISHED
        return not is_checkable(url) or addresses.names_public_host(url)
