"""Small documents of each kind, and the Thai pages of an office."""

from __future__ import annotations

import io
import zipfile
from functools import cache

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(64) + b"\xff\xd9"
# The first sector of a compound file: what Word wrote until 2003.
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900") + bytes(480)


@cache
def zipped(*names: str) -> bytes:
    """A zip archive with these files in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), f"<x>{name}</x>")
    return packed.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
ZIP = zipped("photos/001.jpg", "photos/002.jpg")

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(title: str, body: str, *, head: str = "") -> bytes:
    """A web page."""
    return (
        f"<!doctype html><html lang=th><head><meta charset=utf-8>{head}<title>{title}</title></head>"
        f"<body>{body}</body></html>"
    ).encode()


ARTICLE_TEXT = (
    "<h1>แผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2566-2570</h1>"
    "<p>องค์การบริหารส่วนตำบลได้จัดทำแผนปฏิบัติการป้องกันการทุจริต เพื่อใช้เป็นกรอบการดำเนินงานด้านความโปร่งใส "
    "ประกอบด้วยการเสริมสร้างวัฒนธรรมสุจริต การเปิดเผยข้อมูลการจัดซื้อจัดจ้าง และการรับฟังความคิดเห็นของประชาชน</p>"
    "<h2 id='ส่วนที่-๒'>ส่วนที่ 2 การติดตาม</h2><p>รายงานผลการดำเนินการรอบ 6 เดือนแล้ว "
    "งบประมาณที่ใช้ไป 128,400 บาท จากที่ตั้งไว้ 150,000 บาท</p><a name='annex'></a><h2>ภาคผนวก</h2>"
)
ARTICLE = page("แผนปฏิบัติการป้องกันการทุจริต", ARTICLE_TEXT)
HOME = page(
    "องค์การบริหารส่วนตำบลตัวอย่าง",
    "<h1>ยินดีต้อนรับ</h1><ul><li>ข่าวประชาสัมพันธ์<li>การจัดซื้อจัดจ้าง<li>ติดต่อเรา</ul>",
)
NEWS = page(
    "ข่าวเด่น", "<h1>ข่าวเด่นประจำวัน</h1><p>ประชาสัมพันธ์การชำระภาษีที่ดินและสิ่งปลูกสร้าง ประจำปี 2568</p>"
)
NO_COMPLAINTS = page(
    "สถิติเรื่องร้องเรียน",
    "<h1>สถิติเรื่องร้องเรียนการทุจริต ปีงบประมาณ พ.ศ. 2568</h1><p>ไม่พบข้อมูลการร้องเรียน</p>",
)
# What a list of phrases, or of marks in the markup, takes for something else.
WATER_WORKS = page(
    "โครงการปรับปรุงระบบประปา",
    "<h1>โครงการปรับปรุงระบบประปาหมู่บ้าน หมู่ที่ 4</h1><p>ประกาศผู้ชนะการเสนอราคา งบประมาณ 480,000 บาท "
    "ปิดปรับปรุงถนนสาย 3 ระหว่างก่อสร้าง</p>",
)
COMPLAINT_FORM = page(
    "แจ้งเรื่องร้องเรียนการทุจริต",
    "<h1>ช่องทางแจ้งเรื่องร้องเรียนการทุจริต</h1><form><textarea name=t></textarea>"
    "<div class=g-recaptcha data-sitekey=x></div><button>ส่งเรื่อง</button></form>"
    "<script src=/recaptcha/api.js></script>",
)
MEMBER_BOX = page(
    "แผนปฏิบัติการป้องกันการทุจริต",
    "<aside><form action=/member.php>สมาชิก <input name=u> <input type=password name=p></form></aside>"
    + ARTICLE_TEXT,
)
DEEP = page("แผน", "<div>" * 12_000 + ARTICLE_TEXT)
ODD_MARKUP = page(
    "แผน", ARTICLE_TEXT + "<![n <!--[if x]> <p\x00<a href='http://[bad/'>ก</b></i><![endif]"
)
ODD_REFRESH = page(
    "แผน",
    ARTICLE_TEXT,
    head="<base href='http://[bad/'><meta http-equiv=refresh content='0; url=http://[bad/'>",
)
LOST = page("404", "<h1>ไม่พบหน้าที่ท่านต้องการ</h1>")
LOGIN = page(
    "เข้าสู่ระบบ",
    "<h1>เข้าสู่ระบบสำหรับเจ้าหน้าที่</h1><form method=post action=/login.php>"
    "<label>ชื่อผู้ใช้ <input name=username></label>"
    "<label>รหัสผ่าน <input type=password name=password></label><button>เข้าสู่ระบบ</button></form>",
)
MAINTENANCE = page(
    "ปิดปรับปรุงเว็บไซต์",
    "<h1>ขออภัย เว็บไซต์ปิดปรับปรุงชั่วคราว</h1><p>ขณะนี้อยู่ระหว่างปิดปรับปรุงระบบ จะเปิดให้บริการอีกครั้งเร็ว ๆ นี้ "
    "(site under maintenance)</p>",
)
CHALLENGE = page(
    "Just a moment...",
    "<h1>Checking your browser before accessing</h1><noscript>Enable JavaScript and cookies to "
    "continue</noscript><div id=challenge-form class=cf-turnstile></div>"
    "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
)
