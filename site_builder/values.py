"""The kinds of values that a field of a file takes: lines, texts, numbers, addresses, reasons.

Each says what is wrong by a code of the catalogue, so that a message can say it where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from site_builder import addresses, contacts, inline, lines, thai
from site_builder.catalogue import CATALOGUE, COPIES, LINKS


def as_lines(value: object) -> object:
    """One text where several may stand is a list of one."""
    return (value,) if isinstance(value, str) else value


def _not_blank(value: str) -> str:
    if found := lines.fault(value):
        raise PydanticCustomError(found.code, "no line", {"character": found.character})
    return value


def _as_number(value: object) -> object:
    """Thai digits and thousands separators are how offices write numbers."""
    if not isinstance(value, str):
        return value
    text = thai.to_arabic(value).replace(",", "").strip()
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,9})?", text):
        raise PydanticCustomError("value-not-number", "not a number")
    return Decimal(text)


def _as_whole_number(value: object) -> object:
    number = _as_number(value)
    if isinstance(number, Decimal) and number != number.to_integral_value():
        raise PydanticCustomError("value-not-number", "not a whole number")
    return int(number) if isinstance(number, Decimal) else number


def _as_yes_no(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def _as_budget(value: object) -> object:
    return "none" if value in ("none", "ไม่ใช้งบประมาณ") else _as_number(value)


def _publishable(value: str) -> str:
    if found := addresses.refusal(value):
        code = "url-unsafe" if found.unsafe else "url-invalid"
        raise PydanticCustomError(code, "refused", {"fault": found.fault, "value": value})
    return value


def _fetchable(value: str) -> str:
    if not is_checkable(value):
        raise PydanticCustomError("url-invalid", "refused", {"fault": "scheme", "value": value})
    return value


def _mail_address(value: str) -> str:
    if not re.search(contacts.EMAIL, value):
        raise PydanticCustomError("email-invalid", "no address", {"value": value})
    return value


def _phone_number(value: str) -> str:
    if not re.search(contacts.PHONE, value):
        raise PydanticCustomError("phone-invalid", "no number", {"value": value})
    return value


def _texts_publishable(value: tuple[str, ...]) -> tuple[str, ...]:
    for text in value:
        for link in inline.links(text):
            _publishable(link.url)
    return value


def _warning_code(value: str) -> str:
    if value not in WARNINGS:
        raise PydanticCustomError("acknowledged-unknown", "no warning", {"value": value})
    return value


WARNINGS: tuple[str, ...] = tuple(
    code
    for code, kind in CATALOGUE.items()
    if kind.severity == "warning"
    and code not in {"citizen-id", *LINKS, *COPIES}
    and not code.startswith("import-")
)
"""The codes that a file may acknowledge. A citizen's number is never fit to print; what a link
check found is acknowledged in the ledger."""


def _reason(value: str) -> str:
    if not re.search(lines.REASON, value):
        raise PydanticCustomError("acknowledged-without-reason", "no reason")
    return value


Line = Annotated[str, AfterValidator(_not_blank)]
Text = Annotated[
    tuple[Line, ...],
    BeforeValidator(as_lines),
    Field(min_length=1),
    AfterValidator(_texts_publishable),
]
"""One text, or several bullets; each is inline Markdown in the office's own words."""
WholeNumber = Annotated[int, BeforeValidator(_as_whole_number)]
Number = Annotated[Decimal, BeforeValidator(_as_number)]
YesNo = Annotated[bool, BeforeValidator(_as_yes_no)]
Budget = Annotated[Literal["none"] | Decimal, BeforeValidator(_as_budget)]
"""Baht; `none` says that no budget was used, which is an answer and not a blank."""
Url = Annotated[Line, AfterValidator(_publishable), AfterValidator(_fetchable)]
"""An http(s) address: what is offered as proof can be fetched and checked."""

Email = Annotated[Line, AfterValidator(_mail_address)]
Phone = Annotated[Line, AfterValidator(_phone_number)]


Acknowledged = Annotated[
    Mapping[
        Annotated[str, AfterValidator(_warning_code)], Annotated[Line, AfterValidator(_reason)]
    ],
    Field(
        title="คำเตือนที่หน่วยงานพิจารณาแล้ว",
        description="รหัสคำเตือน: เหตุผลที่ปล่อยไว้ (ไม่เผยแพร่ ดูได้ด้วย prongsai check --all)",
        examples=["{evidence-home-page: ประกาศอยู่บนหน้าแรกเท่านั้น}"],
    ),
]
"""Warnings that the office has looked at: the code, and the reason to leave it so."""


def is_checkable(url: str) -> bool:
    """Whether an address can be fetched at all."""
    return bool(re.match(r"https?://", url, re.IGNORECASE))
