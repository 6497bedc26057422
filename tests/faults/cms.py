"""Content management systems that answer 200 for what is lost, inside the frame of all pages."""

from __future__ import annotations

import html
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from tests.faults.server import Answer, Exchange, says

_MENU = (
    *("หน้าแรก", "ข้อมูลพื้นฐาน", "ประวัติความเป็นมา", "วิสัยทัศน์และพันธกิจ", "โครงสร้างองค์กร", "อำนาจหน้าที่"),
    *("คณะผู้บริหาร", "สมาชิกสภา", "สำนักปลัด", "กองคลัง", "กองช่าง", "กองการศึกษา", "แผนพัฒนาท้องถิ่น"),
    *("ข้อบัญญัติงบประมาณ", "แผนการจัดซื้อจัดจ้าง", "ประกาศจัดซื้อจัดจ้าง", "ราคากลาง", "สรุปผลการจัดซื้อจัดจ้าง"),
    *("รายงานการเงิน", "การบริหารทรัพยากรบุคคล", "คู่มือประชาชน", "บริการออนไลน์", "ร้องเรียนร้องทุกข์"),
    *(
        "แจ้งเบาะแสการทุจริต",
        "ถามตอบ",
        "กระดานสนทนา",
        "ศูนย์ข้อมูลข่าวสาร",
        "กฎหมายที่เกี่ยวข้อง",
        "ดาวน์โหลดแบบฟอร์ม",
    ),
    *("ภาพกิจกรรม", "สถานที่ท่องเที่ยว", "ผลิตภัณฑ์ชุมชน", "ติดต่อเรา", "แผนที่เว็บไซต์"),
)
_HEADER = (
    "<header><img src=/logo.png alt='ตราสัญลักษณ์'><h1>องค์การบริหารส่วนตำบลตัวอย่าง</h1>"
    "<p>อำเภอตัวอย่าง จังหวัดตัวอย่าง โทรศัพท์ 0-4300-0000 โทรสาร 0-4300-0001</p><nav><ul>"
    + "".join(f"<li><a href='/menu/{n}'>{name}</a></li>" for n, name in enumerate(_MENU))
    + "</ul></nav><marquee>ขอเชิญชวนประชาชนชำระภาษีที่ดินและสิ่งปลูกสร้างภายในกำหนดเวลา</marquee></header>"
)
_FOOTER = (
    "<footer><p>ที่อยู่ เลขที่ 99 หมู่ที่ 1 ตำบลตัวอย่าง อำเภอตัวอย่าง จังหวัดตัวอย่าง 44000</p>"
    "<p>นโยบายเว็บไซต์ | นโยบายการคุ้มครองข้อมูลส่วนบุคคล | นโยบายความมั่นคงปลอดภัย</p>"
    "<p>สงวนลิขสิทธิ์ พ.ศ. 2568 องค์การบริหารส่วนตำบลตัวอย่าง</p></footer>"
)


@dataclass(frozen=True, slots=True)
class Content:
    """What stands between header and footer."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Cms:
    """How one system answers."""

    lost: Content
    """What it says, with 200, of all that it does not have."""
    charset: str = "utf-8"
    by_meta: bool = False
    """The page says its character set, the header does not."""
    noise: bool = True
    """A visitor counter, a clock, a token and an echo of the asked path, other ones each time."""
    rotates: bool = False
    """A column of headlines, other ones each time."""
    heavy: bool = False
    """More style than a checker reads comes before all content, under one title for all pages."""

    def has(self, content: Content) -> Answer:
        """A page that is there."""
        return self._answer(content, echoes=False)

    def lacks(self) -> Answer:
        """A page that is not there."""
        return self._answer(self.lost, echoes=True)

    def _answer(self, content: Content, *, echoes: bool) -> Answer:
        def answer(exchange: Exchange) -> None:
            asked = unquote(exchange.request.target) if echoes else ""
            body = self._page(content, asked, len(exchange.server.requests))
            kind = "text/html" if self.by_meta else f"text/html; charset={self.charset}"
            encoding = "cp874" if self.charset == "windows-874" else self.charset
            says(200, body.encode(encoding, errors="replace"), kind)(exchange)

        return answer

    def _page(self, content: Content, asked: str, turn: int) -> str:
        meta = (
            f'<meta http-equiv="Content-Type" content="text/html; charset={self.charset}">'
            if self.by_meta
            else ""
        )
        token, counter, clock, echo = "", "", "", ""
        if self.noise:
            token = f"<meta name=csrf-token content={secrets.token_hex(20)}>"
            counter = f"<p>จำนวนผู้เข้าชม {secrets.randbelow(900_000) + 100_000:,} คน</p>"
            clock = f"<p>ขณะนี้เวลา {time.strftime('%H:%M:%S')}.{secrets.randbelow(1000):03} น.</p>"
            echo = f"<p>{html.escape(asked)}</p>" if asked else ""
        title = "" if self.heavy else f"{content.title} | "
        style = f"<style>{'.a{color:#000}' * 9_000}</style>" if self.heavy else ""
        column = "".join(f"<li>{each}" for each in _headlines(turn)) if self.rotates else ""
        return (
            f"<!doctype html><html lang=th><head>{meta}{token}<title>{title}"
            f"องค์การบริหารส่วนตำบลตัวอย่าง</title>{style}</head><body>{_HEADER}<ul>{column}</ul>"
            f"<main><h2>{content.title}</h2>{echo}{content.text}</main>{counter}{clock}{_FOOTER}"
            "</body></html>"
        )


def _headlines(turn: int) -> list[str]:
    """None of them stood in the four pages before: chance would make a case that holds at times."""
    first = 5 * turn % len(_NEWS)
    return _NEWS[first : first + 5]


_NEWS = [
    f"ข่าวที่ {number} {what}"
    for number in range(1, 6)
    for what in ("รับสมัครงาน", "ตลาดนัดชุมชน", "ฉีดวัคซีนสุนัข", "ประชุมสภาสมัยสามัญ", "แจกเบี้ยยังชีพ")
]


# Pages whose content is no text: a scanned order, a file in a frame, a film.
SHOWN = {
    11: "<img src=/up/scan.jpg>",
    12: "<img src=/up/12.jpg alt='ประกาศนโยบาย'>",
    13: "<iframe src=/up/13.pdf></iframe>",
    14: "<a href=/up/14.pdf><img src=/pdf.png></a>",
    15: "<video src=/up/15.mp4></video>",
}
COUNTS = Cms(Content("สถิติ", "<p>ร้องเรียน 0 เรื่อง แล้วเสร็จ 0 เรื่อง"), noise=False)
USUAL = Content("ไม่พบหน้าที่ท่านต้องการ", "<p>ขออภัย ไม่พบหน้าที่ท่านต้องการ หน้านี้อาจถูกลบหรือย้ายไปแล้ว</p>")
# The hard pair of NO_COMPLAINTS: its words, in its frame.
NO_DATA = Content("แจ้งผลการค้นหา", "<p>ไม่พบข้อมูลที่ท่านร้องขอ</p>")
# None of the phrases that a list of phrases would have.
UNSEEN = Content("เรียนท่านผู้เยี่ยมชม", "<p>เนื้อหาส่วนนี้มิได้เปิดให้บริการในเวลานี้ โปรดเลือกรายการจากเมนูด้านบน</p>")
BLANK = Content("&nbsp;", "")
"""Only the frame."""

ARTICLE = Content(
    "แผนปฏิบัติการป้องกันการทุจริต",
    "<p>องค์การบริหารส่วนตำบลได้จัดทำแผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2566-2570 ตามมติที่ประชุมเมื่อวันที่ 14 "
    "พฤศจิกายน 2567 ประกอบด้วยการเสริมสร้างวัฒนธรรมสุจริต การเปิดเผยข้อมูล และการรับฟังความคิดเห็น</p>"
    "<p>รายงานผลการดำเนินการรอบ 6 เดือนแล้ว ใช้งบประมาณ 128,400 บาท จากที่ตั้งไว้ 150,000 บาท</p>",
)
SHORT = Content("ประกาศนโยบายไม่รับของขวัญ", "<p>ประกาศ ณ วันที่ 2 มกราคม พ.ศ. 2568</p>")
NO_COMPLAINTS = Content("สถิติเรื่องร้องเรียนการทุจริต ปีงบประมาณ พ.ศ. 2568", "<p>ไม่พบข้อมูลการร้องเรียน</p>")


def by_query(name: str, known: Mapping[str, Answer], lost: Answer) -> Answer:
    """One script that shows what its query names."""

    def answer(exchange: Exchange) -> None:
        query = exchange.request.target.partition("?")[2]
        values = dict(pair.partition("=")[::2] for pair in query.split("&"))
        known.get(values.get(name, ""), lost)(exchange)

    return answer
