"""An office whose ledger holds every verdict and every cause, as checks would leave it."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from site_builder.causes import Cause
from site_builder.ledger import Acknowledgement, Entry, Ledger, write_ledger
from site_builder.measurefile import write
from site_builder.verdicts import Verdict

from .conftest import ROOT

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
"""A night's check: in Thailand it is the 23rd already."""
LONG = (
    "https://www.example.go.th/" + "เอกสารเผยแพร่/".join([""] * 9) + "x" * 400 + ".pdf?a=1|2&b=(3)"
)
UNITS = ("สำนักปลัด", "กองคลัง", "กองการศึกษา ศาสนาและวัฒนธรรม", "กองช่าง | ฝ่าย *โยธา*")
_CAUSES = {
    Verdict.OK: (
        None,
        Cause.REDIRECTS_FOR_NOW,
        Cause.ANCHOR_MISSING,
        Cause.CERTIFICATE_ENDS_SOON,
        Cause.SLOW,
    ),
    Verdict.MOVED: (None, Cause.LEAVES_HTTPS),
    Verdict.MOVED_HOME: (Cause.HOME_PAGE, Cause.LOST_GO_HERE, Cause.MANY_END_HERE),
    Verdict.SOFT_MISSING: (Cause.SAME_AS_LOST, Cause.SAYS_NOT_FOUND),
    Verdict.WRONG_CONTENT: (
        Cause.PAGE_FOR_DOCUMENT,
        Cause.ARCHIVE_FOR_DOCUMENT,
        Cause.OTHER_FILE_TYPE,
    ),
    Verdict.EMPTY: (Cause.NO_BODY,),
    Verdict.SUSPECT: (
        *(Cause.TRUNCATED, Cause.RESET_IN_BODY, Cause.BAD_ENCODING),
        *(Cause.DRAWN_BY_SCRIPT, Cause.LEADS_ON),
    ),
    Verdict.BROKEN: (
        Cause.NOT_FOUND,
        Cause.GONE,
        Cause.REQUEST_REJECTED,
        Cause.REDIRECT_LOOP,
        Cause.REDIRECT_NOWHERE,
    ),
    Verdict.TEMPORARY: (
        Cause.TOO_MANY_REQUESTS,
        Cause.SERVER_ERROR,
        Cause.MAINTENANCE,
        Cause.CONNECTION_REFUSED,
        Cause.UNREACHABLE,
        Cause.TIMED_OUT,
        Cause.CONNECTION_RESET,
        Cause.NOT_HTTP,
        Cause.NAME_SERVER_SILENT,
        Cause.REDIRECT_MALFORMED,
        Cause.NO_RESULT,
    ),
    Verdict.DNS: (Cause.NO_SUCH_HOST,),
    Verdict.TLS: (
        Cause.CERTIFICATE_EXPIRED,
        Cause.CERTIFICATE_OTHER_HOST,
        Cause.CERTIFICATE_UNTRUSTED,
        Cause.TLS_OBSOLETE,
        Cause.TLS_ABSENT,
        Cause.TLS_FAILED,
    ),
    Verdict.BLOCKED: (Cause.FORBIDDEN, Cause.LOGIN, Cause.LEGAL, Cause.CHALLENGE),
    Verdict.NOT_CHECKED: (Cause.ROBOTS, Cause.OTHER_SCHEME),
    Verdict.UNSAFE: (
        Cause.NOT_PUBLIC,
        Cause.LEADS_TO_NOT_PUBLIC,
        Cause.LEADS_TO_OTHER_SCHEME,
        Cause.CREDENTIALS,
        Cause.UNSAFE_SCHEME,
    ),
    Verdict.INVALID: (Cause.NOT_AN_ADDRESS,),
}


def cases() -> tuple[tuple[Verdict, Cause | None], ...]:
    """Every verdict that a check can give, with every cause that it can have."""
    return tuple((verdict, cause) for verdict, causes in _CAUSES.items() for cause in causes)


def url_of(verdict: Verdict, cause: Cause | None) -> str:
    """The address of a case."""
    return f"https://www.example.go.th/files/{verdict}/{cause or 'plain'}.pdf"


def entry(verdict: Verdict, cause: Cause | None = None, **values: object) -> Entry:
    """An entry as several nights of checks leave it."""
    reachable = verdict in {Verdict.OK, Verdict.MOVED}
    plain = {
        "verdict": verdict,
        "cause": cause,
        "status": 200 if reachable else None,
        "first_seen": NOW - timedelta(days=200),
        "last_checked": NOW,
        "last_ok": NOW if reachable else NOW - timedelta(days=9),
        "since": NOW - timedelta(days=8),
        "streak": 3,
        "vantage": "สำนักงาน อบต.ดงเมือง",
        "checker": "prongsai 0.2 LinkChecker 10.6.0",
        "note": "a technician's words",
        **values,
    }
    return Entry.model_validate(plain)


def ledger() -> Ledger:
    """A ledger with every case, and with what comes beside verdicts."""
    links = {url_of(verdict, cause): entry(verdict, cause) for verdict, cause in cases()}
    moved = url_of(Verdict.MOVED, None)
    links[moved] = entry(Verdict.MOVED, final_url="https://new.example.go.th/a.pdf", chain=("301",))
    home = url_of(Verdict.MOVED_HOME, Cause.HOME_PAGE)
    links[home] = entry(
        Verdict.MOVED_HOME, Cause.HOME_PAGE, final_url="https://www.example.go.th/th/index.php"
    )
    plain = url_of(Verdict.OK, None)
    links[plain] = entry(
        Verdict.OK,
        content_type="application/pdf",
        size=123_456,
        sha256="ab" * 32,
        content_since=NOW - timedelta(days=3),
    )
    slow = url_of(Verdict.OK, Cause.SLOW)
    old = NOW - timedelta(days=31)
    links[slow] = entry(Verdict.OK, Cause.SLOW, last_checked=old, last_ok=old)
    login = url_of(Verdict.BLOCKED, Cause.LOGIN)
    links[login] = entry(
        Verdict.BLOCKED,
        Cause.LOGIN,
        acknowledged=Acknowledgement(
            reason="เปิดได้ตามปกติ | <b>เห็นเอกสาร</b>", on=TODAY, until=TODAY + timedelta(days=90)
        ),
    )
    links[FIRST_TIME] = entry(Verdict.BROKEN, Cause.NOT_FOUND, status=404, streak=1, since=NOW)
    links[LONG] = entry(Verdict.MOVED, final_url=LONG.replace("www", "files"))
    return Ledger(links=links)


FIRST_TIME = "https://www.example.go.th/files/first-time.pdf"
NEVER = "https://www.example.go.th/files/never-checked.pdf"


def office_with_every_verdict(folder: Path) -> Path:
    """A project as `mkdocs build` takes it: two years, four units, every case in the newer year."""
    for name in ("measures", "content"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    measures = folder / "measures"
    shutil.copytree(measures / "2568", measures / "2567")
    for number in range(1, 11):
        (file,) = measures.glob(f"2568/{number:02}-*.yaml")
        file.unlink()
    urls = [*(url_of(*case) for case in cases()), FIRST_TIME, NEVER, LONG]
    for number in range(1, 11):
        own = urls[number - 1 :: 10]
        plain = {
            "indicator": str(number),
            "measure": f"มาตรการที่ {number} ส่งเสริมคุณธรรมและความโปร่งใส",
            "method": "จัดทำประกาศและเผยแพร่ทางเว็บไซต์",
            "responsible_unit": UNITS[number % len(UNITS)],
            "period": "ต.ค. ๖๗ - ก.ย. ๖๘",
            "result_summary": f"เผยแพร่แล้ว [ประกาศ]({own[0]})",
            "outcome": "ประชาชนเข้าถึงเอกสารได้",
            "evidence": [
                {"title": f"หลักฐาน {number}.{place} ประกาศและรายงานผล", "url": url}
                for place, url in enumerate(own, 1)
            ],
        }
        (measures / f"2568/{number:02}-every.yaml").write_bytes(write(plain).encode())
    (measures / "links.json").write_text(write_ledger(ledger()), "utf-8")
    return folder


def site_with_every_verdict(folder: Path) -> Path:
    """That office's site, built on the day after its night's check."""
    office = office_with_every_verdict(folder / "office")
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
        build(load_config(str(office / "mkdocs.yml"), site_dir=str(office / "site")))
    return office / "site"
