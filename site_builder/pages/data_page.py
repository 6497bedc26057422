"""The page of downloads."""

from __future__ import annotations

from site_builder import inline, linkdata
from site_builder.model import KEYS, Disclosure, label
from site_builder.pages.layout import page, table
from site_builder.pages.naming import year_title


def data(disclosure: Disclosure) -> str:
    """The page of downloads: every file, and what each column means."""
    agency = disclosure.agency
    licence = agency.licence or "หน่วยงานยังไม่ได้ระบุสัญญาอนุญาต"
    body = [
        "# ข้อมูลเปิด {: #open-data }",
        "ข้อมูลชุดเดียวกับที่แสดงบนเว็บไซต์ ในรูปแบบที่โปรแกรมอ่านได้ ที่อยู่ไฟล์ไม่เปลี่ยน",
        f"สัญญาอนุญาต: {inline.escape(licence)}",
        table(
            "ไฟล์ข้อมูลรายปี",
            ["ปี", "CSV (เปิดด้วย Excel)", "JSON"],
            [
                [
                    year_title(report, agency),
                    f"[measures.csv]({report.fiscal_year}/measures.csv)",
                    f"[measures.json]({report.fiscal_year}/measures.json)",
                ]
                for report in disclosure.reports
            ],
        ),
        table(
            "ผลการตรวจลิงก์",
            ["ข้อมูล", "CSV (เปิดด้วย Excel)", "JSON"],
            [["ทุกลิงก์ ทุกปี", "[links.csv](links.csv)", "[links.json](links.json)"]],
        ),
        table(
            "ความหมายของคอลัมน์",
            ["คอลัมน์", "ความหมาย"],
            [
                [f"{name}", inline.escape(text)]
                for name, text in {"id": "รหัสถาวรของมาตรการภายในปี", **column_meanings()}.items()
            ],
        ),
        table(
            "ความหมายของข้อมูลผลการตรวจลิงก์",
            ["ข้อมูล", "ความหมาย"],
            [[name, inline.escape(text)] for name, text in linkdata.MEANINGS.items()],
        ),
        (
            "links.json บอกจำนวนลิงก์แยกตามผลการตรวจใน counts ด้วย ส่วน links.csv แยก acknowledged เป็น "
            "acknowledged_reason, acknowledged_on, acknowledged_until แยก copy เป็น "
            "copy_sha256, copy_size, copy_on และบอกที่อยู่ของหัวข้อมาตรการใน sections"
        ),
    ]
    return page("ข้อมูลเปิด", body)


def column_meanings() -> dict[str, str]:
    """What each key of the data files means, in Thai."""
    return {name: label(name) for name in KEYS}
