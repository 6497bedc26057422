"""What a verdict means to a reader, and what the office can do next: one plain clause each."""

from __future__ import annotations

from site_builder.causes import Cause
from site_builder.checks import told_cause
from site_builder.ledger import Entry
from site_builder.verdicts import Verdict

_Said = tuple[str, str]
"""In Thai and in English."""
_LOOK: _Said = (
    "มีคำตอบ แต่อาจไม่ใช่เอกสารที่อ้างถึง ต้องให้คนเปิดดู",
    "Something answers, but it may not be the document: a person has to look",
)
_NOT_PUBLISHED: _Said = (
    "ที่อยู่ไม่ถูกต้อง ไม่ปลอดภัย หรืออยู่ในเครือข่ายภายใน จึงแสดงเป็นข้อความ",
    "The address is invalid, unsafe or in a private network, so it stands as text",
)
_MEANING: dict[Verdict, _Said] = {
    Verdict.OK: ("เปิดเอกสารได้ในเวลาที่ตรวจ", "The document opened when it was checked"),
    Verdict.MOVED: (
        "เปิดเอกสารได้ และเว็บไซต์แจ้งที่อยู่ใหม่",
        "The document opens, and the site names a new address",
    ),
    Verdict.MOVED_HOME: _LOOK,
    Verdict.SOFT_MISSING: _LOOK,
    Verdict.WRONG_CONTENT: _LOOK,
    Verdict.EMPTY: _LOOK,
    Verdict.SUSPECT: _LOOK,
    Verdict.BROKEN: (
        "ตรวจอย่างน้อยสองครั้งในเวลาต่างกัน ไม่พบเอกสารตามที่อยู่นี้",
        "Checked at least twice at different times, nothing was found at this address",
    ),
    Verdict.TEMPORARY: (
        "อาจขัดข้องชั่วคราว หรือเพิ่งพบปัญหาครั้งแรก จะตรวจซ้ำ ยังไม่ได้แปลว่าไม่มีเอกสาร",
        "Perhaps down for a while, or a first failure: it is checked again, and may be there",
    ),
    Verdict.DNS: (
        "ติดต่อเว็บไซต์ไม่ได้ ยังไม่ได้แปลว่าไม่มีเอกสาร",
        "The site could not be reached; the document may be there",
    ),
    Verdict.TLS: (
        "เชื่อมต่ออย่างปลอดภัยไม่ได้ เอกสารอาจยังอยู่",
        "No secure connection could be made; the document may be there",
    ),
    Verdict.BLOCKED: (
        "ผู้อ่านอาจเปิดได้ตามปกติ โปรแกรมจึงตัดสินไม่ได้",
        "Readers may well open it; a program cannot tell",
    ),
    Verdict.NOT_CHECKED: (
        "ไม่ใช่ที่อยู่เว็บ หรือเว็บไซต์ขอไม่ให้โปรแกรมเปิด",
        "Not a web address, or the site asks programs to stay away",
    ),
    Verdict.UNSAFE: _NOT_PUBLISHED,
    Verdict.INVALID: _NOT_PUBLISHED,
    Verdict.UNCHECKED: ("รอการตรวจครั้งแรก", "Waits for its first check"),
}

_FIND: _Said = (
    "หาที่อยู่ปัจจุบันของเอกสาร แล้วแก้ลิงก์",
    "Find where the document is now, and mend the link",
)
_OPEN: _Said = (
    "เปิดดูด้วยตนเอง ถ้าไม่ใช่เอกสารที่อ้างถึง ให้หาที่อยู่ปัจจุบันแล้วแก้ลิงก์",
    "Open it by hand; if it is not the document, find where that is now and mend the link",
)
_UPLOAD: _Said = (
    "เปิดดูด้วยตนเอง ถ้าไฟล์ไม่ครบ ให้นำไฟล์ขึ้นเว็บไซต์ใหม่",
    "Open it by hand; if the file is not whole, put it on the website again",
)
_WAIT: _Said = (
    "รอผลการตรวจครั้งต่อไป ถ้ายังเข้าไม่ได้ ให้แจ้งผู้ดูแลเว็บไซต์",
    "Wait for the next check; if it still fails, tell whoever runs the site",
)
_WAIT_ONLY: _Said = ("รอผลการตรวจครั้งต่อไป", "Wait for the next check")
_REDIRECTS: _Said = ("แจ้งผู้ดูแลเว็บไซต์ให้แก้การส่งต่อ", "Ask whoever runs the site to mend the redirect")
_NEXT: dict[Verdict, _Said] = {
    Verdict.OK: ("ไม่มี", "None"),
    Verdict.MOVED: ("แก้ลิงก์เป็นที่อยู่ใหม่เมื่อสะดวก", "Change the link to the new address at leisure"),
    Verdict.MOVED_HOME: _FIND,
    Verdict.SOFT_MISSING: _OPEN,
    Verdict.WRONG_CONTENT: _OPEN,
    Verdict.EMPTY: _UPLOAD,
    Verdict.SUSPECT: _UPLOAD,
    Verdict.BROKEN: (
        f"{_FIND[0]} หรือนำเอกสารกลับขึ้นเว็บไซต์",
        f"{_FIND[1]}, or put the document back on the website",
    ),
    Verdict.TEMPORARY: _WAIT,
    Verdict.DNS: (
        "ตรวจตัวสะกดของชื่อเว็บไซต์ ถ้าถูกแล้ว ให้แจ้งผู้ดูแลเว็บไซต์",
        "Check the spelling of the site's name; if it is right, tell whoever runs the site",
    ),
    Verdict.TLS: (
        "แจ้งผู้ดูแลเว็บไซต์ให้แก้ใบรับรองหรือการเข้ารหัส",
        "Ask whoever runs the site to mend its certificate or encryption",
    ),
    Verdict.BLOCKED: (
        "เปิดดูด้วยตนเองว่าประชาชนเปิดได้โดยไม่ต้องมีรหัสผ่าน",
        "Open it by hand, to see that the public can without a password",
    ),
    Verdict.NOT_CHECKED: ("เปิดดูด้วยตนเอง", "Open it by hand"),
    Verdict.UNSAFE: (
        "นำลิงก์นี้ออก หรือใช้ที่อยู่ที่ทุกคนเปิดได้",
        "Remove this link, or use an address that everybody can open",
    ),
    Verdict.INVALID: (
        "แก้ที่อยู่ให้ถูกต้อง โดยคัดลอกจากแถบที่อยู่ของเบราว์เซอร์",
        "Mend the address: copy it from the address bar of a browser",
    ),
    Verdict.UNCHECKED: ("รอการตรวจครั้งแรก", "Wait for the first check"),
}
_NEXT_FOR_CAUSE: dict[Cause, _Said] = {
    Cause.LOGIN: (
        "ตั้งค่าให้ทุกคนเปิดได้โดยไม่ต้องเข้าสู่ระบบ",
        "Let everybody open it without signing in",
    ),
    Cause.CREDENTIALS: (
        "ใช้ที่อยู่ที่ไม่มีชื่อผู้ใช้และรหัสผ่าน และเปลี่ยนรหัสผ่านนั้น",
        "Use an address without a user name and password, and change that password",
    ),
    Cause.REDIRECT_LOOP: _REDIRECTS,
    Cause.REDIRECT_NOWHERE: _REDIRECTS,
    Cause.REDIRECT_MALFORMED: _REDIRECTS,
    Cause.TLS_ABSENT: (
        "ใช้ที่อยู่ที่ขึ้นต้นด้วย http:// หรือแจ้งผู้ดูแลเว็บไซต์ให้เปิดใช้ https",
        "Use an address that begins with http://, or ask whoever runs the site for https",
    ),
    Cause.TOO_MANY_REQUESTS: _WAIT_ONLY,
    Cause.NO_RESULT: _WAIT_ONLY,
    Cause.NAME_SERVER_SILENT: _WAIT_ONLY,
}


def meaning(verdict: Verdict) -> tuple[str, str]:
    """What a verdict says and does not say, for whoever has never met it: in Thai, in English."""
    return _MEANING[verdict]


def next_step(entry: Entry) -> tuple[str, str]:
    """What the office can do next, in Thai and in English."""
    cause = told_cause(entry)
    own = _NEXT_FOR_CAUSE.get(cause) if cause else None
    return own or _NEXT[entry.shown_verdict]
