"""The page of downloads."""

from __future__ import annotations

from site_builder import inline, linkdata
from site_builder.edition import Edition
from site_builder.model import KEYS, label, label_en
from site_builder.pages.layout import page, table

_ID = ("รหัสถาวรของมาตรการภายในปี", "Permanent name of the measure within the year")


def data(edition: Edition) -> str:
    """The page of downloads: every file, and what each column means."""
    title = edition.say("ข้อมูลเปิด", "Open data")
    column, key = edition.say("คอลัมน์", "Column"), edition.say("ข้อมูล", "Key")
    meaning = edition.say("ความหมาย", "Meaning")
    body = [
        f"# {title} {{: #open-data }}",
        edition.say(
            "ข้อมูลชุดเดียวกับที่แสดงบนเว็บไซต์ ในรูปแบบที่โปรแกรมอ่านได้ ที่อยู่ไฟล์ไม่เปลี่ยน",
            "The same data as on these pages, for programs. The files keep their addresses.",
        ),
        _licence(edition),
        _yearly(edition),
        _link_files(edition),
        table(
            edition.say("ความหมายของคอลัมน์", "What the columns mean"),
            [column, meaning],
            [
                [name, inline.escape(edition.say(*words))]
                for name, words in {"id": _ID, **column_meanings()}.items()
            ],
        ),
        table(
            edition.say("ความหมายของข้อมูลผลการตรวจลิงก์", "What the data of link checks mean"),
            [key, meaning],
            [
                [name, inline.escape(edition.literal(*words))]
                for name, words in linkdata.MEANINGS.items()
            ],
        ),
        edition.literal(
            "links.json บอกจำนวนลิงก์แยกตามผลการตรวจใน counts ด้วย ส่วน links.csv แยก acknowledged เป็น "
            "acknowledged_reason, acknowledged_on, acknowledged_until แยก copy เป็น "
            "copy_sha256, copy_size, copy_on และบอกที่อยู่ของหัวข้อมาตรการใน sections",
            "links.json also counts the links by verdict, in counts. links.csv has acknowledged as "
            "acknowledged_reason, acknowledged_on, acknowledged_until, copy as copy_sha256, "
            "copy_size, copy_on, and the addresses of the measures' sections in sections.",
        ),
    ]
    description = edition.say(
        "ดาวน์โหลดมาตรการและผลการตรวจลิงก์ของ{office} เป็น CSV และ JSON พร้อมคำอธิบายทุกคอลัมน์",
        "Measures and link checks of {office} as CSV and JSON, with every column explained",
        office=edition.office_name(),
    )
    return page(edition, title, description, body)


def _licence(edition: Edition) -> str:
    name = edition.agency.licence
    if name is None:
        return edition.say(
            "สัญญาอนุญาต: หน่วยงานยังไม่ได้ระบุสัญญาอนุญาต", "Licence: the office has not stated one"
        )
    return f"{edition.say('สัญญาอนุญาต', 'Licence')}: {inline.escape(name)}"


def _csv(edition: Edition) -> str:
    return edition.say("CSV (เปิดด้วย Excel)", "CSV (opens in Excel)")


def _yearly(edition: Edition) -> str:
    folder = f"../{edition.to_root}data"
    return table(
        edition.say("ไฟล์ข้อมูลรายปี", "Files by year"),
        [
            edition.say("ปี", "Year"),
            _csv(edition),
            "JSON",
        ],
        [
            [
                edition.year_title(report),
                f"[measures.csv]({folder}/{report.fiscal_year}/measures.csv)",
                f"[measures.json]({folder}/{report.fiscal_year}/measures.json)",
            ]
            for report in edition.disclosure.reports
        ],
    )


def _link_files(edition: Edition) -> str:
    folder = f"../{edition.to_root}data"
    every = edition.say("ทุกลิงก์ ทุกปี", "Every link, every year")
    return table(
        edition.say("ผลการตรวจลิงก์", "Link checks"),
        [
            edition.say("ข้อมูล", "Data"),
            _csv(edition),
            "JSON",
        ],
        [[every, f"[links.csv]({folder}/links.csv)", f"[links.json]({folder}/links.json)"]],
    )


def column_meanings() -> dict[str, tuple[str, str]]:
    """What each key of the data files means, in Thai and in English."""
    return {name: (label(name), label_en(name)) for name in KEYS}
