"""What a verdict means to a reader, and what the office can do next: one plain clause each."""

from __future__ import annotations

from site_builder.causes import Cause
from site_builder.checks import told_cause
from site_builder.ledger import Entry
from site_builder.verdicts import Verdict

_LOOK = "มีคำตอบ แต่อาจไม่ใช่เอกสารที่อ้างถึง ต้องให้คนเปิดดู"
_NOT_PUBLISHED = "ที่อยู่ไม่ถูกต้อง ไม่ปลอดภัย หรืออยู่ในเครือข่ายภายใน จึงแสดงเป็นข้อความ"
_MEANING: dict[Verdict, str] = {
    Verdict.OK: "เปิดเอกสารได้ในเวลาที่ตรวจ",
    Verdict.MOVED: "เปิดเอกสารได้ และเว็บไซต์แจ้งที่อยู่ใหม่",
    Verdict.MOVED_HOME: _LOOK,
    Verdict.SOFT_MISSING: _LOOK,
    Verdict.WRONG_CONTENT: _LOOK,
    Verdict.EMPTY: _LOOK,
    Verdict.SUSPECT: _LOOK,
    Verdict.BROKEN: "ตรวจอย่างน้อยสองครั้งในเวลาต่างกัน ไม่พบเอกสารตามที่อยู่นี้",
    Verdict.TEMPORARY: "อาจขัดข้องชั่วคราว หรือเพิ่งพบปัญหาครั้งแรก จะตรวจซ้ำ ยังไม่ได้แปลว่าไม่มีเอกสาร",
    Verdict.DNS: "ติดต่อเว็บไซต์ไม่ได้ ยังไม่ได้แปลว่าไม่มีเอกสาร",
    Verdict.TLS: "เชื่อมต่ออย่างปลอดภัยไม่ได้ เอกสารอาจยังอยู่",
    Verdict.BLOCKED: "ผู้อ่านอาจเปิดได้ตามปกติ โปรแกรมจึงตัดสินไม่ได้",
    Verdict.NOT_CHECKED: "ไม่ใช่ที่อยู่เว็บ หรือเว็บไซต์ขอไม่ให้โปรแกรมเปิด",
    Verdict.UNSAFE: _NOT_PUBLISHED,
    Verdict.INVALID: _NOT_PUBLISHED,
    Verdict.UNCHECKED: "รอการตรวจครั้งแรก",
}

_FIND = "หาที่อยู่ปัจจุบันของเอกสาร แล้วแก้ลิงก์"
_OPEN = "เปิดดูด้วยตนเอง ถ้าไม่ใช่เอกสารที่อ้างถึง ให้หาที่อยู่ปัจจุบันแล้วแก้ลิงก์"
_UPLOAD = "เปิดดูด้วยตนเอง ถ้าไฟล์ไม่ครบ ให้นำไฟล์ขึ้นเว็บไซต์ใหม่"
_WAIT = "รอผลการตรวจครั้งต่อไป ถ้ายังเข้าไม่ได้ ให้แจ้งผู้ดูแลเว็บไซต์"
_NEXT: dict[Verdict, str] = {
    Verdict.OK: "ไม่มี",
    Verdict.MOVED: "แก้ลิงก์เป็นที่อยู่ใหม่เมื่อสะดวก",
    Verdict.MOVED_HOME: _FIND,
    Verdict.SOFT_MISSING: _OPEN,
    Verdict.WRONG_CONTENT: _OPEN,
    Verdict.EMPTY: _UPLOAD,
    Verdict.SUSPECT: _UPLOAD,
    Verdict.BROKEN: f"{_FIND} หรือนำเอกสารกลับขึ้นเว็บไซต์",
    Verdict.TEMPORARY: _WAIT,
    Verdict.DNS: "ตรวจตัวสะกดของชื่อเว็บไซต์ ถ้าถูกแล้ว ให้แจ้งผู้ดูแลเว็บไซต์",
    Verdict.TLS: "แจ้งผู้ดูแลเว็บไซต์ให้แก้ใบรับรองหรือการเข้ารหัส",
    Verdict.BLOCKED: "เปิดดูด้วยตนเองว่าประชาชนเปิดได้โดยไม่ต้องมีรหัสผ่าน",
    Verdict.NOT_CHECKED: "เปิดดูด้วยตนเอง",
    Verdict.UNSAFE: "นำลิงก์นี้ออก หรือใช้ที่อยู่ที่ทุกคนเปิดได้",
    Verdict.INVALID: "แก้ที่อยู่ให้ถูกต้อง โดยคัดลอกจากแถบที่อยู่ของเบราว์เซอร์",
    Verdict.UNCHECKED: "รอการตรวจครั้งแรก",
}
_NEXT_FOR_CAUSE: dict[Cause, str] = {
    Cause.LOGIN: "ตั้งค่าให้ทุกคนเปิดได้โดยไม่ต้องเข้าสู่ระบบ",
    Cause.CREDENTIALS: "ใช้ที่อยู่ที่ไม่มีชื่อผู้ใช้และรหัสผ่าน และเปลี่ยนรหัสผ่านนั้น",
    Cause.REDIRECT_LOOP: "แจ้งผู้ดูแลเว็บไซต์ให้แก้การส่งต่อ",
    Cause.REDIRECT_NOWHERE: "แจ้งผู้ดูแลเว็บไซต์ให้แก้การส่งต่อ",
    Cause.REDIRECT_MALFORMED: "แจ้งผู้ดูแลเว็บไซต์ให้แก้การส่งต่อ",
    Cause.TLS_ABSENT: "ใช้ที่อยู่ที่ขึ้นต้นด้วย http:// หรือแจ้งผู้ดูแลเว็บไซต์ให้เปิดใช้ https",
    Cause.TOO_MANY_REQUESTS: "รอผลการตรวจครั้งต่อไป",
    Cause.NO_RESULT: "รอผลการตรวจครั้งต่อไป",
    Cause.NAME_SERVER_SILENT: "รอผลการตรวจครั้งต่อไป",
}


def meaning(verdict: Verdict) -> str:
    """What a verdict says and does not say, for whoever has never met it."""
    return _MEANING[verdict]


def next_step(entry: Entry) -> str:
    """What the office can do next."""
    cause = told_cause(entry)
    own = _NEXT_FOR_CAUSE.get(cause) if cause else None
    return own or _NEXT[entry.shown_verdict]
