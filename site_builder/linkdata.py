"""Link data: what is known of every link, as files that programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from site_builder import checks
from site_builder.causes import words_for as words_for_cause
from site_builder.copies import Copy
from site_builder.downloads import as_csv
from site_builder.ledger import Entry
from site_builder.model import Disclosure, LinkUse
from site_builder.verdicts import words_for

FORMAT_VERSION = 1

MEANINGS: Mapping[str, tuple[str, str]] = {
    "url": (
        "ที่อยู่ตามที่หน่วยงานเขียน",
        "The address as the office wrote it",
    ),
    "published": (
        "เผยแพร่เป็นลิงก์หรือไม่ (ที่อยู่ที่ไม่ปลอดภัยหรือไม่ถูกต้อง แสดงเป็นข้อความเท่านั้น)",
        "Whether it is published as a link (an unsafe or invalid address stands as text only)",
    ),
    "verdict": (
        "รหัสผลการตรวจที่แสดงบนเว็บไซต์",
        "Code of the verdict shown on the site",
    ),
    "words": (
        "ผลการตรวจเป็นถ้อยคำ",
        "The verdict in words",
    ),
    "cause": (
        "รหัสสาเหตุหรือหมายเหตุ ว่างถ้าไม่มี หรือพบปัญหาเป็นครั้งแรกและรอตรวจซ้ำ",
        "Code of the cause or note; empty where there is none, and for a first failure",
    ),
    "cause_words": (
        "สาเหตุหรือหมายเหตุเป็นถ้อยคำ",
        "The cause or note in words",
    ),
    "status": (
        "รหัสตอบกลับ HTTP ว่างถ้าไม่มีคำตอบ",
        "HTTP status; empty where no answer came",
    ),
    "first_seen": (
        "ตรวจครั้งแรกเมื่อ",
        "When it was first checked",
    ),
    "last_checked": (
        "ตรวจล่าสุดเมื่อ",
        "When it was last checked",
    ),
    "last_ok": (
        "เปิดได้ครั้งล่าสุดเมื่อ",
        "When it last opened",
    ),
    "since": (
        "พบผลนี้ตั้งแต่",
        "Since when it has been found so",
    ),
    "final_url": (
        "ที่อยู่ที่ถูกส่งต่อไป ว่างถ้าไม่มี หรือเผยแพร่ไม่ได้",
        "Where redirects ended; empty where there were none, or where it cannot be published",
    ),
    "content_type": (
        "ชนิดของเอกสารที่ได้รับ",
        "Type of the document received",
    ),
    "size": (
        "ขนาดเอกสาร (ไบต์)",
        "Size of the document (bytes)",
    ),
    "sha256": (
        "ค่า SHA-256 ของ 64 KB แรกของเอกสาร",
        "SHA-256 of the first 64 KB of the document",
    ),
    "content_since": (
        "พบเนื้อหานี้ครั้งแรกเมื่อ ถ้าเอกสารเคยเปลี่ยน",
        "When this content was first found, where the document has changed",
    ),
    "vantage": (
        "ตรวจจากที่ใด",
        "Where it was checked from",
    ),
    "checker": (
        "ตรวจด้วยโปรแกรมใด",
        "What it was checked with",
    ),
    "acknowledged": (
        "เจ้าหน้าที่เปิดดูด้วยตนเอง: เหตุผล (reason) วันที่ดู (on) และวันสุดท้ายที่มีผล (until)",
        "An officer has opened it by hand: reason, day (on), last day on which it holds (until)",
    ),
    "copy": (
        "สำเนาที่หน่วยงานเก็บไว้: SHA-256 ของทั้งฉบับ (sha256) ขนาดเป็นไบต์ (size) และเวลาที่เก็บ (on)",
        "The copy that the office keeps: SHA-256 of the whole, size in bytes, when fetched (on)",
    ),
    "measures": (
        "มาตรการที่อ้างถึง: ปีงบประมาณ รหัส และที่อยู่ของหัวข้อนับจากหน้าแรกของเว็บไซต์",
        "The measures that refer to it: fiscal year, id, and the address of the section",
    ),
}
"""What each key means, in Thai and in English, in the order of the files."""
_PARTS = {"acknowledged": ("reason", "on", "until"), "copy": ("sha256", "size", "on")}
CSV_COLUMNS = (
    *(name for name in MEANINGS if name not in {*_PARTS, "measures"}),
    *(f"{name}_{part}" for name, parts in _PARTS.items() for part in parts),
    "measures",
    "sections",
)
"""What has several parts in JSON has a column for each."""


def links_json(disclosure: Disclosure) -> bytes:
    """Every published address and its last check as JSON (UTF-8), sorted by address."""
    links = [_as_json(disclosure, url, uses) for url, uses in sorted(disclosure.links().items())]
    plain = {
        "version": FORMAT_VERSION,
        "agency": disclosure.agency.model_dump(mode="json", include={"name", "website"}),
        "counts": {"links": len(links), "by_verdict": _counts(links)},
        "links": links,
    }
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def _counts(links: Sequence[Mapping[str, object]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for verdict in sorted(str(link["verdict"]) for link in links):
        counts[verdict] = counts.get(verdict, 0) + 1
    return counts


def _as_json(disclosure: Disclosure, url: str, uses: Sequence[LinkUse]) -> dict[str, object]:
    verdict = disclosure.ledger.shown_verdict(url)
    words = words_for(verdict)
    known = _known(url, disclosure.ledger.links.get(url))
    values: dict[str, object] = {
        "url": url,
        "published": disclosure.is_link(url),
        "verdict": verdict.value,
        "words": {"th": words.th, "en": words.en},
        **known,
        "copy": _copy(disclosure.copies.get(url)),
        "measures": list(_measures(uses)),
    }
    return {name: values[name] for name in MEANINGS}


def _copy(copy: Copy | None) -> dict[str, object] | None:
    return {"sha256": copy.sha256, "size": copy.size, "on": copy.on.isoformat()} if copy else None


def _known(url: str, entry: Entry | None) -> dict[str, object]:
    """What the ledger tells of an address; nulls before its first check."""
    cause = checks.told_cause(entry) if entry else None
    cause_words = words_for_cause(cause) if cause else None
    acknowledged = entry.acknowledged if entry else None
    known: dict[str, object] = {
        "cause": cause.value if cause else None,
        "cause_words": {"th": cause_words.th, "en": cause_words.en} if cause_words else None,
        "final_url": checks.final_address(url, entry) if entry else None,
        "acknowledged": acknowledged.model_dump(mode="json") if acknowledged else None,
    }
    for name in MEANINGS:
        if name in Entry.model_fields and name not in {*known, "verdict"}:
            known[name] = _plain(getattr(entry, name)) if entry else None
    return known


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _measures(uses: Sequence[LinkUse]) -> Iterator[dict[str, object]]:
    # A measure may publish the address at several places.
    found = {(use.fiscal_year, use.measure.id): use.measure.indicator for use in uses}
    for (year, measure_id), indicator in sorted(found.items()):
        section = f"{year}/indicators/{indicator}/#{measure_id}"
        yield {"fiscal_year": year, "id": measure_id, "url": section}


def links_csv(disclosure: Disclosure) -> bytes:
    """The same as CSV (RFC 4180): Thai words, and a line for each measure within its cell."""
    rows = (
        _as_row(_as_json(disclosure, url, uses), uses)
        for url, uses in sorted(disclosure.links().items())
    )
    return as_csv(CSV_COLUMNS, rows)


def _as_row(link: Mapping[str, object], uses: Sequence[LinkUse]) -> dict[str, object]:
    row: dict[str, object] = {}
    for name, value in link.items():
        if name in _PARTS:
            for part in _PARTS[name]:
                row[f"{name}_{part}"] = value[part] if isinstance(value, dict) else None
        else:
            row[name] = value["th"] if isinstance(value, dict) else value
    measures = list(_measures(uses))
    return {
        **row,
        "published": "yes" if link["published"] else "no",
        "measures": "\n".join(f"{found['fiscal_year']}/{found['id']}" for found in measures),
        "sections": "\n".join(str(found["url"]) for found in measures),
    }
