"""The sites whose documents, pages and failures the table of link cases is about.

Each is on an address of its own: the checker sends an address three requests a second.
"""

from __future__ import annotations

import gzip

from tests.faults import bodies, cms
from tests.faults.answers import (
    HTML,
    announces,
    but_head,
    chunks,
    drips,
    in_turn,
    leads_on,
    leads_on_and_on,
    never_ends,
    resets,
    to_browsers,
    to_cookies,
    unpacks_to,
)
from tests.faults.certificates import Tls
from tests.faults.failures import LOOPBACK, LOOPBACK_6, PRIVATE, intranet, silent, wrong
from tests.faults.plain import HOME, LOGIN, LOST, NEWS, PAGE, PDF
from tests.faults.running import Site
from tests.faults.server import Answer, Exchange, head, leads, says, sends

MANY = 2_147_483_648
LONG = "/เอกสาร/" + "a" * 2_000 + ".pdf"

SPELLINGS = (
    *("/ประกาศ/นโยบาย.pdf", "/%E0%B8%81.pdf", "/%e0%b8%82.pdf", "/%A1%D2%C3.pdf", "/%b9%c2.pdf"),
    *("//start.pdf", "/a//b.pdf", "/a%2Fb.pdf", "/a%2fc.pdf", "/R%26D.pdf", "/a+b.pdf", "/a;b=1.pdf"),
    *("/a[1].pdf", "/~office/plan(2).pdf", "/x/../b.pdf", "/x/./c.pdf", "/a%5Cb.pdf", "/a|b.pdf"),
    *("/a:b.pdf", "/%7Ed.pdf", "/100%.pdf", "/a%20b.pdf", "/a,b!c$d'e*f@g.pdf", "/%2E%2E/e.pdf"),
    *("/get?f=a%2Fb&n=1+2", "/get?file=แผน.pdf", "/get?a=1&&b", "/get?q=a/../b?c", "/end?"),
)  # fmt: skip
"""Targets that must be sent as they are written, apart from Thai letters."""


def documents() -> dict[str, Site]:
    """Sites where all is well."""
    return {
        "pages": Site({"/": HOME, "/plan.html": PAGE, "/plan": PAGE, "/plan.php": PAGE}, LOST),
        "complaints": Site({"/2568.html": says(200, bodies.NO_COMPLAINTS, HTML)}, LOST),
        "files": Site(
            {
                "/a.pdf": PDF,
                "/octets.pdf": says(200, bodies.PDF, "application/octet-stream"),
                "/text.pdf": says(200, bodies.PDF, "text/html"),
                "/bom.pdf": says(200, b"\xef\xbb\xbf" + bodies.PDF, "application/pdf"),
                "/junk-before.pdf": says(200, b"\r\n" * 300 + bodies.PDF, "application/pdf"),
            },
            LOST,
        ),
        "office-files": Site(
            {
                "/a.docx": says(200, bodies.DOCX, bodies.DOCX_TYPE),
                "/zip.docx": says(200, bodies.DOCX, "application/zip"),
                "/a.xlsx": says(200, bodies.XLSX, bodies.XLSX_TYPE),
                "/a.doc": says(200, bodies.OLE, "application/msword"),
                "/a.zip": says(200, bodies.ZIP, "application/zip"),
                "/a.jpg": says(200, bodies.JPEG, "image/jpeg"),
            },
            LOST,
        ),
        "truthful": Site(
            {
                "/water.html": says(200, bodies.WATER_WORKS, HTML),
                "/complain.php": says(200, bodies.COMPLAINT_FORM, HTML),
                "/member-box.html": says(200, bodies.MEMBER_BOX, HTML),
            },
            LOST,
        ),
        # Pages that stop a reader who trusts what they say.
        "odd-pages": Site(
            {
                "/deep.html": says(200, bodies.DEEP, HTML),
                "/markup.html": says(200, bodies.ODD_MARKUP, HTML),
                "/charset.html": says(200, bodies.ARTICLE, "text/html; charset=utf-99"),
                "/codec.html": says(200, bodies.ARTICLE, "text/html; charset=hex"),
                "/refresh.html": says(200, bodies.ODD_REFRESH, HTML),
                "/length.pdf": sends(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" + bodies.PDF),
            },
            LOST,
        ),
        # Unusual, and well all the same.
        "unusual": Site(
            {
                "/gzip.html": says(
                    200, gzip.compress(bodies.ARTICLE), HTML, headers={"Content-Encoding": "gzip"}
                ),
                "/utf-8.html": says(
                    200, bodies.ARTICLE, HTML, headers={"Content-Encoding": "UTF-8"}
                ),
                "/chunked.html": chunks(bodies.ARTICLE[:99], bodies.ARTICLE[99:]),
                "/http-1-0.pdf": sends(b"HTTP/1.0 200 OK\r\n\r\n" + bodies.PDF),
                "/bare-lf.pdf": sends(b"HTTP/1.1 200 OK\nConnection: close\n\n" + bodies.PDF),
            },
            LOST,
        ),
        "unusual-2": Site(
            {
                "/early-hints.pdf": _early_hints,
                "/odd-type": says(200, b"\x00\x01\x02" * 99, 'application/x"><b>\x1b[31m'),
            },
            LOST,
        ),
        "heads": Site(
            {
                "/404.pdf": but_head(says(404), PDF),
                "/405.pdf": but_head(says(405), PDF),
                "/reset.pdf": but_head(resets, PDF),
            },
            LOST,
        ),
        "once": Site(
            {
                "/404.pdf": in_turn(says(404), PDF),
                "/429.pdf": in_turn(says(429), PDF),
                "/503.pdf": in_turn(says(503), PDF),
                "/reset.pdf": in_turn(resets, PDF),
            },
            LOST,
        ),
        "wait-one": Site({"/a.pdf": in_turn(says(429, headers={"Retry-After": "1"}), PDF)}, LOST),
        "wait-long": Site({"/a.pdf": says(429, headers={"Retry-After": "3600"})}, LOST),
        "browsers": Site(
            {
                "/406.pdf": to_browsers(says(406), PDF),
                "/403.pdf": to_browsers(says(403), PDF),
                "/403.html": to_browsers(says(403), PAGE),
            },
            to_browsers(says(403), LOST),
        ),
        "cookies": Site({"/a.pdf": to_cookies("seen=1", PDF)}, LOST),
        "large": Site(
            {
                "/2gb.pdf": announces(MANY, bodies.PDF, "application/pdf"),
                "/endless.html": never_ends(bodies.ARTICLE, b"<p>x" * 1000),
                "/bomb.html": unpacks_to(bodies.ARTICLE, "<p>ก".encode(), 200),
            },
            LOST,
        ),
        **{
            f"spelling-{number}": Site(dict.fromkeys(SPELLINGS[number::4], PDF), LOST)
            for number in range(4)
        },
        "long": Site({LONG: PDF}, LOST),
        "office": Site(
            {"/รายงาน.pdf": PDF, "/A.pdf": PDF, "/a.pdf": PDF},
            LOST,
            names=("www.office.test", "my_office.test", "หน่วยงาน.ไทย.test", "สำนักงาน.ไทย.test"),
        ),
        "second": Site({"/a.pdf": PDF}, LOST),
        "first": Site(shut="refuses", port_of="second"),
        "anchors": Site({"/a.html": PAGE, "/a.pdf": PDF}, LOST),
        "same": Site({"/three-places.pdf": PDF}, LOST),
        "ends-soon": Site({"/a.pdf": PDF}, LOST, tls=Tls.ENDS_SOON),
        "slow": Site({"/a.html": _slow()}, LOST),
        "secure": Site({"/": HOME, "/a.pdf": PDF}, LOST, names=("secure.test",), tls=Tls.GOOD),
    }


def _early_hints(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    PDF(exchange)


def _slow() -> Answer:
    rows = [f"<p>รายการที่ {number}".encode() for number in range(10)]
    fields = {"Content-Type": HTML, "Content-Length": str(len(bodies.ARTICLE + b"".join(rows)))}
    return drips([head(200, fields), bodies.ARTICLE, *rows], 0.25)


def redirects() -> dict[str, Site]:
    """Sites that lead elsewhere."""
    return {
        "moved": Site(
            {
                "/new.pdf": PDF,
                "/301.pdf": leads(301, "/new.pdf"),
                "/308.pdf": leads(308, "/new.pdf"),
                "/twice.pdf": leads(301, "/301.pdf"),
                "/relative/old.pdf": leads(301, "../new.pdf"),
                "/elsewhere.pdf": leads(301, "<files>/a.pdf"),
                "/same-scheme.pdf": leads(301, "//<files.host>:<files.port>/a.pdf"),
            },
            LOST,
        ),
        "moved-thai": Site(
            {
                "/เอกสาร/แผน.pdf": PDF,
                "/%A1%D2%C3.pdf": PDF,
                "/a%20b.pdf": PDF,
                "/space.pdf": leads(301, "/a b.pdf"),
                "/utf-8.pdf": leads(301, "/เอกสาร/แผน.pdf"),
                "/tis-620.pdf": leads(301, "/\xa1\xd2\xc3.pdf"),
            },
            LOST,
        ),
        "to-https": Site(
            {"/a.pdf": leads(301, "https://secure.test:<secure.port>/a.pdf")},
            LOST,
            names=("plain.test",),
        ),
        "to-http": Site({"/a.pdf": leads(301, "<files>/a.pdf")}, LOST, tls=Tls.GOOD),
        # A whole site that moved: what is lost goes to its own address too, and is lost there.
        "old-site": Site(lost=leads_on(301, "<files>")),
        "old-cms": Site(lost=leads_on(301, "<cms-unseen>")),
        "for-now": Site(
            {
                "/new.pdf": PDF,
                "/302.pdf": leads(302, "/new.pdf"),
                "/303.pdf": leads(303, "/new.pdf"),
                "/307.pdf": leads(307, "/new.pdf"),
                "/301-302.pdf": leads(301, "/302.pdf"),
            },
            LOST,
        ),
        "home": Site(
            {
                "/": HOME,
                "/index.html": HOME,
                "/th/index.php": HOME,
                "/index.php": HOME,
                "/302.pdf": leads(302, "/"),
                "/301.pdf": leads(301, "/index.html"),
                "/thai.pdf": leads(301, "/th/index.php"),
            },
            LOST,
        ),
        "home-2": Site(
            {
                "/": HOME,
                "/index.php": HOME,
                "/query.pdf": leads(302, "/index.php?page=home"),
                "/refresh.html": says(
                    200,
                    bodies.page("", "", head="<meta http-equiv=refresh content='0; url=/'>"),
                    HTML,
                ),
                "/reload.html": says(
                    200,
                    bodies.page(
                        "แผน", bodies.ARTICLE_TEXT, head="<meta http-equiv=refresh content=600>"
                    ),
                    HTML,
                ),
                "/gone-domain.pdf": leads(302, "http://parked.test:<parked.port>/"),
            },
            LOST,
        ),
        "home-to-home": Site({"/": leads(302, "/th/"), "/th/": HOME}, LOST),
        "parked": Site({"/": HOME}, LOST, names=("parked.test",)),
        # All that is lost goes, by 302, where nothing says "home".
        "hot-news": Site(
            {"/main/hotnews.php": NEWS, "/docs/2568/plan.pdf": PDF},
            leads(302, "/main/hotnews.php"),
        ),
        # What is lost is told so; yet three links end at one page, and two at one document.
        "many": Site(
            {
                "/portal/list.php": NEWS,
                "/policy.pdf": leads(302, "/portal/list.php?cat=5"),
                "/budget/2567.pdf": leads(302, "/portal/list.php?cat=5"),
                "/annual.pdf": leads(302, "/portal/list.php?cat=5"),
                "/new.pdf": PDF,
                "/old.pdf": leads(301, "/new.pdf"),
                "/older.pdf": leads(301, "/new.pdf"),
            },
            LOST,
        ),
        "login": Site(
            {
                "/login.php": LOGIN,
                "/a.pdf": leads(302, "/login.php?return=/a.pdf"),
                "/form.pdf": LOGIN,
            },
            LOST,
        ),
        "members": Site({"/": HOME}, LOGIN),
        "astray": Site(
            {
                "/loop.pdf": leads(302, "/loop-2.pdf"),
                "/loop-2.pdf": leads(302, "/loop.pdf"),
                "/on-and-on.pdf": leads_on_and_on,
                "/nowhere.pdf": says(302),
                "/lost.pdf": leads(302, "/not-there.pdf"),
                "/no-address.pdf": leads(302, "http://[bad/"),
                "/no-host.pdf": leads(302, "http://nobody.test/a.pdf"),
            },
            LOST,
        ),
    }


def lost() -> dict[str, Site]:
    """Sites that answer 200 for what they do not have."""
    usual = cms.Cms(cms.USUAL)
    hard = cms.Cms(cms.NO_DATA)
    unseen = cms.Cms(cms.UNSEEN)
    blank = cms.Cms(cms.BLANK)
    thai = cms.Cms(cms.USUAL, "windows-874")
    meta = cms.Cms(cms.UNSEEN, "tis-620", by_meta=True)
    return {
        "cms": _cms(usual),
        "cms-rotating": _cms(cms.Cms(cms.UNSEEN, rotates=True)),
        "cms-heavy": _cms(cms.Cms(cms.UNSEEN, heavy=True)),
        "cms-files": Site(
            {"/files/real.pdf": PDF, "/files/page.pdf": usual.has(cms.ARTICLE)}, usual.lacks()
        ),
        "cms-unseen-files": Site({"/files/real.pdf": PDF}, unseen.lacks()),
        "cms-complaints": Site(
            {"/complaints/2568": hard.has(cms.NO_COMPLAINTS)},
            hard.lacks(),
            names=("www.cms.test",),
        ),
        "cms-complaints-query": Site(
            {
                "/": hard.has(cms.ARTICLE),
                "/show.php": cms.by_query("id", {"7": hard.has(cms.NO_COMPLAINTS)}, hard.lacks()),
            },
            hard.lacks(),
        ),
        "cms-unseen": _cms(unseen),
        "cms-blank": _cms(blank),
        "cms-still": _cms(cms.Cms(cms.UNSEEN, noise=False)),
        "cms-874": _cms(thai),
        "cms-620": _cms(meta),
        "cms-query": Site(
            {
                "/index.php": cms.by_query(
                    "id",
                    {"12": unseen.has(cms.ARTICLE), "13": unseen.has(cms.SHORT)},
                    unseen.lacks(),
                )
            },
            LOST,
        ),
        "cms-script": Site(
            {
                "/download.php": cms.by_query(
                    "file", {"plan.pdf": PDF}, says(200, b"File not found.", "text/html")
                )
            },
            LOST,
        ),
        # Nothing to compare with: the site turns away whoever guesses names.
        "guarded": Site(
            {"/lost.html": usual.lacks(), "/real.html": usual.has(cms.ARTICLE)}, says(403)
        ),
        # What is there is not always text: the frame alone is what is lost.
        "shown": Site(
            {
                f"/view.php?id={number}": cms.Cms(cms.Content("", "")).has(cms.Content("", content))
                for number, content in cms.SHOWN.items()
            },
            cms.Cms(cms.Content("", "")).lacks(),
        ),
        "counted": Site(
            {
                "/stat.php?y=2568": cms.COUNTS.has(
                    cms.Content("สถิติ", "<p>ร้องเรียน 5 เรื่อง แล้วเสร็จ 3 เรื่อง")
                )
            },
            cms.COUNTS.lacks(),
        ),
        "own-word": Site({}, cms.Cms(cms.NO_DATA, noise=False).lacks()),
        # Its errors are honest; some of its pages only send the reader on.
        "bounces": Site(
            {
                "/alert.php": says(
                    200, b"<script>alert('x'); location = 'index.php'</script>", HTML
                ),
                "/refresh.html": says(
                    200, b"<meta http-equiv=refresh content='0; url=/gone.html'><p>...", HTML
                ),
                "/blank.html": says(200, b"<html><body></body></html>", HTML),
                "/titled.html": says(200, b"<title>404 Not Found</title><h1>Oops</h1>", HTML),
                "/plain.php?f=plan": says(200, b"File not found.", "text/plain"),
            },
        ),
        # One page for all that is lost, and it is the home page.
        "home-for-all": Site({"/plan.html": PAGE, "/a.pdf": PDF}, HOME),
    }


def _cms(system: cms.Cms) -> Site:
    there = {"/news/plan": system.has(cms.ARTICLE), "/news/short": system.has(cms.SHORT)}
    return Site(there, system.lacks())


def sites() -> dict[str, Site]:
    """All of them."""
    return documents() | redirects() | lost() | wrong() | silent() | intranet()


NAMES = {
    "first-refuses.test": [["first", "second"]],
    "intranet.test": [[PRIVATE]],
    "two-homes.test": [["rebinds", PRIVATE]],
    # Whoever asks first is shown an open address; then it is the intranet's.
    "rebinds.test": [["rebinds"], [PRIVATE]],
    "rebinds-late.test": [["rebinds"], ["rebinds"], [PRIVATE]],
    "localhost": [[LOOPBACK, LOOPBACK_6]],
}
"""Names beside those of the sites: their successive answers, as sites or addresses."""
SILENT = ("silent.test",)
"""Names whose name server says nothing."""
