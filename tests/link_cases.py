"""The table of all link cases: what a reader must be told of each address, and what may be asked.

The servers behind the addresses are in `tests/faults/sites.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.causes import Cause
from site_builder.verdicts import Verdict
from tests.faults.server import quoted
from tests.faults.sites import LONG, SPELLINGS

ANY_STATUS = -1


@dataclass(frozen=True, slots=True)
class Case:
    """One address and what its check must find."""

    name: str
    url: str
    """As an officer writes it, with the places of sites still open: `<site>/a.pdf`."""
    verdict: Verdict
    causes: tuple[Cause | None, ...] = (None,)
    """Any of them is right; where there is none, any cause at all."""
    status: int | None = 200
    """None where no answer may come; `ANY_STATUS` where it says nothing."""
    final: str | None = None
    """Where redirects must be told to end."""
    asked: str | None = None
    """The target that its site must be asked for, byte for byte."""
    requests: int | None = None
    """How often it must be asked for, where that matters: 0 for never."""
    host: str | None = None
    """The Host header that must come with it."""

    @property
    def site(self) -> str:
        """The site that the address leads to first."""
        found = re.search(r"<([a-z0-9-]+)", self.url)
        return found[1] if found else ""


def _documents() -> list[Case]:
    ok = Verdict.OK
    kinds = (
        *("<pages>/", "<pages>/plan.html", "<pages>/plan", "<pages>/plan.php"),
        *("<truthful>/water.html", "<truthful>/complain.php", "<truthful>/member-box.html"),
        *("<odd-pages>/deep.html", "<odd-pages>/markup.html", "<odd-pages>/charset.html"),
        *("<odd-pages>/codec.html", "<odd-pages>/refresh.html", "<odd-pages>/length.pdf"),
        *(
            "<unusual>/gzip.html",
            "<unusual>/utf-8.html",
            "<unusual>/chunked.html",
            "<unusual>/http-1-0.pdf",
        ),
        *("<unusual>/bare-lf.pdf", "<unusual-2>/early-hints.pdf", "<unusual-2>/odd-type"),
        *("<complaints>/2568.html", "<secure>/a.pdf", "<files>/junk-before.pdf"),
        *("<files>/a.pdf", "<files>/octets.pdf", "<files>/text.pdf", "<files>/bom.pdf"),
        *("<office-files>/a.docx", "<office-files>/zip.docx", "<office-files>/a.xlsx"),
        *("<office-files>/a.doc", "<office-files>/a.zip", "<office-files>/a.jpg"),
        *("<heads>/404.pdf", "<heads>/405.pdf", "<heads>/reset.pdf"),
    )
    again = (
        "<once>/404.pdf",
        "<once>/429.pdf",
        "<once>/503.pdf",
        "<once>/reset.pdf",
        "<wait-one>/a.pdf",
    )
    browsers = ("<browsers>/406.pdf", "<browsers>/403.pdf", "<browsers>/403.html")
    large = ("<large>/2gb.pdf", "<large>/endless.html", "<large>/bomb.html")
    return [
        *(Case(_name(url), url, ok) for url in (*kinds, *browsers, *large)),
        *(Case(_name(url), url, ok, asked=_target(url), requests=2) for url in again),
        Case("cookies", "<cookies>/a.pdf", ok, asked="/a.pdf", requests=2),
        Case("long", f"<long>{LONG}", ok, asked=quoted(LONG), requests=1),
        Case("same", "<same>/three-places.pdf", ok, asked="/three-places.pdf", requests=1),
        Case("first-refuses", "http://first-refuses.test:<second.port>/a.pdf", ok),
    ]


def _spellings() -> list[Case]:
    ok = Verdict.OK
    written = [
        Case(f"spelling {target}", f"<spelling-{n % 4}>{target}", ok, asked=quoted(target))
        for n, target in enumerate(SPELLINGS)
    ]
    thai, host = "หน่วยงาน.ไทย.test", "หน่วยงาน.ไทย.test".encode("idna").decode()
    return [
        *written,
        Case("idn-unicode", f"http://{thai}:<office.port>/รายงาน.pdf", ok,
             asked=quoted("/รายงาน.pdf"), host=f"{host}:<office.port>"),
        Case("idn-punycode", f"http://{host}:<office.port>/a.pdf", ok),
        Case("idn-sara-am", "http://สำนักงาน.ไทย.test:<office.port>/a.pdf", ok),
        Case("underscore", "http://my_office.test:<office.port>/a.pdf", ok),
        Case("upper-case", "HTTP://WWW.OFFICE.TEST:<office.port>/A.pdf", ok, asked="/A.pdf",
             host="www.office.test:<office.port>"),
        Case("trailing-dot", "http://www.office.test.:<office.port>/a.pdf", ok),
        Case("anchor", "<anchors>/a.html#annex", ok),
        Case("anchor-thai", "<anchors>/a.html#ส่วนที่-๒", ok),
        Case("anchor-quoted", "<anchors>/a.html#" + _percent("ส่วนที่-๒"), ok),
        Case("anchor-top", "<anchors>/a.html#top", ok),
        Case("anchor-of-pdf", "<anchors>/a.pdf#page=2", ok),
        # What Chrome's "copy link to highlight" makes.
        Case("anchor-text", "<anchors>/a.html#:~:text=" + _percent("ภาคผนวก"), ok),
        Case("anchor-missing", "<anchors>/a.html#ไม่มี", ok, (Cause.ANCHOR_MISSING,)),
        Case("ends-soon", "<ends-soon>/a.pdf", ok, (Cause.CERTIFICATE_ENDS_SOON,)),
        Case("slow", "<slow>/a.html", ok, (Cause.SLOW,)),
    ]  # fmt: skip


def _redirects() -> list[Case]:
    moved, ok, home = Verdict.MOVED, Verdict.OK, Verdict.MOVED_HOME
    here, lost_too = (Cause.HOME_PAGE,), (Cause.LOST_GO_HERE,)
    for_now = (Cause.REDIRECTS_FOR_NOW,)
    many = [Case(f"many{path}", f"<many>{path}", home, (Cause.MANY_END_HERE,),
                 final="<many>/portal/list.php?cat=5")
            for path in ("/policy.pdf", "/budget/2567.pdf", "/annual.pdf")]  # fmt: skip
    new = [Case(f"moved{path}", f"<moved>{path}", moved, final="<moved>/new.pdf")
           for path in ("/301.pdf", "/308.pdf", "/twice.pdf", "/relative/old.pdf")]  # fmt: skip
    return [
        *new,
        *many,
        Case("same-scheme", "<moved>/same-scheme.pdf", moved, final="<files>/a.pdf"),
        Case("elsewhere", "<moved>/elsewhere.pdf", moved, final="<files>/a.pdf"),
        Case("old-site", "<old-site>/octets.pdf", moved, final="<files>/octets.pdf"),
        Case("location-space", "<moved-thai>/space.pdf", moved, asked="/a%20b.pdf"),
        Case("location-utf-8", "<moved-thai>/utf-8.pdf", moved, asked=quoted("/เอกสาร/แผน.pdf")),
        Case("location-tis-620", "<moved-thai>/tis-620.pdf", moved, asked="/%A1%D2%C3.pdf"),
        Case("to-https", "http://plain.test:<to-https.port>/a.pdf", moved),
        Case("to-http", "<to-http>/a.pdf", moved, (Cause.LEAVES_HTTPS,)),
        Case("two-at-one", "<many>/old.pdf", moved, final="<many>/new.pdf"),
        Case("two-at-one-2", "<many>/older.pdf", moved, final="<many>/new.pdf"),
        *(Case(f"for-now-{n}", f"<for-now>/{n}.pdf", ok, for_now) for n in (302, 303, 307)),
        Case("for-now-301-302", "<for-now>/301-302.pdf", ok, for_now),
        Case("home-to-home", "<home-to-home>/", ok, for_now),
        Case("home-302", "<home>/302.pdf", home, here),
        Case("home-301", "<home>/301.pdf", home, here),
        Case("home-thai", "<home>/thai.pdf", home, here),
        Case("home-query", "<home-2>/query.pdf", home, here),
        Case("home-refresh", "<home-2>/refresh.html", home, here),
        Case("home-parked", "<home-2>/gone-domain.pdf", home, here),
        Case("page-that-reloads", "<home-2>/reload.html", ok),
        Case("hot-news-lost", "<hot-news>/docs/2564/plan.pdf", home, lost_too,
             final="<hot-news>/main/hotnews.php"),
        Case("hot-news-document", "<hot-news>/docs/2568/plan.pdf", ok),
        Case("hot-news-itself", "<hot-news>/main/hotnews.php", ok),
    ]  # fmt: skip


def _lost() -> list[Case]:
    ok, lost = Verdict.OK, Verdict.SOFT_MISSING
    usual, unseen = (Cause.SAME_AS_LOST, Cause.SAYS_NOT_FOUND), (Cause.SAME_AS_LOST,)
    systems = {
        "cms": usual,
        "cms-unseen": unseen,
        "cms-blank": unseen,
        "cms-still": unseen,
        "cms-rotating": unseen,
        "cms-874": usual,
        "cms-620": unseen,
    }
    return [
        *(Case(f"{site}-lost", f"<{site}>/news/2559", lost, systems[site]) for site in systems),
        *(Case(f"{site}-article", f"<{site}>/news/plan", ok) for site in systems),
        *(Case(f"{site}-short", f"<{site}>/news/short", ok) for site in systems),
        Case("lost-file", "<cms-files>/files/lost.pdf", lost, usual),
        Case("lost-file-unseen", "<cms-unseen-files>/files/lost.pdf", lost, unseen),
        # The difference lies beyond what is read: no ground for an accusation.
        Case("cms-heavy-article", "<cms-heavy>/news/plan", ok),
        Case("page-for-file", "<cms-files>/files/page.pdf", Verdict.WRONG_CONTENT,
             (Cause.PAGE_FOR_DOCUMENT,)),
        Case("script-file", "<cms-script>/download.php?file=plan.pdf", ok),
        Case("script-lost", "<cms-script>/download.php?file=old.pdf", lost, usual),
        Case("old-cms-lost", "<old-cms>/news/2559", lost, unseen),
        Case("old-cms-article", "<old-cms>/news/plan", Verdict.MOVED),
        Case("real-file", "<cms-files>/files/real.pdf", ok),
        Case("no-complaints", "http://www.cms.test:<cms-complaints.port>/complaints/2568", ok),
        Case("no-complaints-lost", "http://www.cms.test:<cms-complaints.port>/complaints/2560",
             lost, usual),
        Case("no-complaints-query", "<cms-complaints-query>/show.php?id=7", ok),
        Case("no-complaints-query-lost", "<cms-complaints-query>/show.php?id=6", lost, usual),
        Case("query-lost", "<cms-query>/index.php?id=99", lost, unseen),
        Case("query-article", "<cms-query>/index.php?id=12", ok),
        Case("query-short", "<cms-query>/index.php?id=13", ok),
        Case("guarded-lost", "<guarded>/lost.html", lost, (Cause.SAYS_NOT_FOUND,)),
        Case("guarded-article", "<guarded>/real.html", ok),
        *(Case(f"shown-{n}", f"<shown>/view.php?id={n}", ok) for n in range(11, 16)),
        Case("shown-lost", "<shown>/view.php?id=99", lost, unseen),
        Case("counted", "<counted>/stat.php?y=2568", ok),
        Case("counted-lost", "<counted>/stat.php?y=2599", lost, unseen),
        Case("own-word", "<own-word>/index.php?page=กองคลัง&id=3", lost, unseen),
        Case("own-word-path", "<own-word>/แผนพัฒนาท้องถิ่น", lost, unseen),
        Case("bounces-script", "<bounces>/alert.php", Verdict.SUSPECT, (Cause.DRAWN_BY_SCRIPT,)),
        Case("bounces-refresh", "<bounces>/refresh.html", Verdict.SUSPECT, (Cause.LEADS_ON,)),
        Case("blank-page", "<bounces>/blank.html", Verdict.EMPTY, (Cause.NO_BODY,)),
        Case("titled-lost", "<bounces>/titled.html", lost, (Cause.SAYS_NOT_FOUND,)),
        Case("plain-lost", "<bounces>/plain.php?f=plan", lost, (Cause.SAYS_NOT_FOUND,)),
        Case("home-for-all-lost", "<home-for-all>/lost.html", lost, unseen),
        Case("home-for-all-page", "<home-for-all>/plan.html", ok),
        Case("home-for-all-file", "<home-for-all>/a.pdf", ok),
        Case("home-for-all-itself", "<home-for-all>/", ok),
    ]  # fmt: skip


def _wrong() -> list[Case]:
    other, empty, cut = Verdict.WRONG_CONTENT, Verdict.EMPTY, Verdict.SUSPECT
    broken, blocked = Verdict.BROKEN, Verdict.BLOCKED
    a_page, empty_ = (Cause.PAGE_FOR_DOCUMENT,), (Cause.NO_BODY,)
    broken_off = (Cause.RESET_IN_BODY, Cause.TRUNCATED)
    forbidden, login, challenge = (Cause.FORBIDDEN,), (Cause.LOGIN,), (Cause.CHALLENGE,)
    not_found = (Cause.NOT_FOUND,)
    return [
        Case("page-for-pdf", "<not-documents>/page.pdf", other, a_page),
        Case("page-for-docx", "<not-documents>/page.docx", other, a_page),
        Case("zip-for-pdf", "<not-documents>/zip.pdf", other, (Cause.ARCHIVE_FOR_DOCUMENT,)),
        Case("photo-for-pdf", "<not-documents>/photo.pdf", other, (Cause.OTHER_FILE_TYPE,)),
        Case("zero-pdf", "<nothing>/zero.pdf", empty, empty_),
        Case("zero-html", "<nothing>/zero.html", empty, empty_),
        Case("white", "<nothing>/white.html", empty, empty_),
        Case("204", "<nothing>/204.html", empty, empty_, 204),
        Case("cut-short", "<cut>/short.pdf", cut, (Cause.TRUNCATED,)),
        Case("cut-reset", "<cut>/reset.pdf", cut, broken_off),
        Case("cut-chunk", "<cut>/chunk.html", cut, (Cause.TRUNCATED,)),
        Case("bad-gzip", "<cut>/gzip.html", cut, (Cause.BAD_ENCODING,)),
        Case("404", "<missing>/404.pdf", broken, not_found, 404),
        Case("404-no-reason", "<missing>/no-reason.pdf", broken, not_found, 404),
        Case("404-odd-reason", "<missing>/odd-reason.pdf", broken, not_found, 404),
        Case("404-for-browsers", "<browsers>/lost.pdf", broken, not_found, 404),
        Case("410", "<missing>/410.pdf", broken, (Cause.GONE,), 410),
        Case("400", "<missing>/400.pdf", broken, (Cause.REQUEST_REJECTED,), 400),
        Case("loop", "<astray>/loop.pdf", broken, (Cause.REDIRECT_LOOP,), ANY_STATUS),
        Case("on-and-on", "<astray>/on-and-on.pdf", broken, (Cause.REDIRECT_LOOP,), ANY_STATUS),
        Case("nowhere", "<astray>/nowhere.pdf", broken, (Cause.REDIRECT_NOWHERE,), 302),
        Case("to-404", "<astray>/lost.pdf", broken, not_found, 404),
        Case("robots-403-404", "<robots-403>/lost.pdf", broken, not_found, 404,
             asked="/lost.pdf"),
        Case("401", "<forbidden>/401.pdf", blocked, (Cause.FORBIDDEN, Cause.LOGIN), 401),
        Case("403", "<forbidden>/403.pdf", blocked, forbidden, 403),
        Case("406", "<forbidden>/406.pdf", blocked, (), 406),
        Case("451", "<forbidden>/451.pdf", blocked, (Cause.LEGAL,), 451),
        Case("challenge-403", "<challenge>/403.pdf", blocked, challenge, 403),
        Case("challenge-503", "<challenge>/503.pdf", blocked, challenge, 503),
        Case("challenge-200", "<challenge-200>/plan.html", blocked, challenge),
        Case("login-redirect", "<login>/a.pdf", blocked, login),
        Case("login-form", "<login>/form.pdf", blocked, login),
        Case("login-for-all", "<members>/minutes.pdf", blocked, login),
    ]  # fmt: skip


def _unreachable() -> list[Case]:
    later, tls, failed = Verdict.TEMPORARY, Verdict.TLS, (Cause.SERVER_ERROR,)
    in_time, cut, not_http = (Cause.TIMED_OUT,), (Cause.CONNECTION_RESET,), (Cause.NOT_HTTP,)
    wait, maintenance = (Cause.TOO_MANY_REQUESTS,), (Cause.MAINTENANCE,)
    untrusted = (Cause.CERTIFICATE_UNTRUSTED,)
    no_host = (Cause.NO_SUCH_HOST,)
    silent = {
        **dict.fromkeys(("hangs", "never-accepts", "never-connects", "drips"), in_time),
        "refuses": (Cause.CONNECTION_REFUSED,),
        **dict.fromkeys(("resets", "resets-all", "closes"), cut),
        **dict.fromkeys(("garbage", "ssh", "http-0-9"), not_http),
        "floods": (),
        "cut-headers": (),
    }
    certificates = {
        **dict.fromkeys(("self-signed", "unknown-ca", "no-intermediate"), untrusted),
        "expired": (Cause.CERTIFICATE_EXPIRED,),
        "tls-1-0": (Cause.TLS_OBSOLETE,),
    }
    return [
        *(Case(site, f"<{site}>/a.pdf", later, silent[site], None) for site in silent),
        Case("tls-hangs", "https://<tls-hangs.host>:<tls-hangs.port>/a.pdf", later, in_time, None),
        Case("only-tls", "http://<only-tls.host>:<only-tls.port>/a.pdf", later, (), None),
        *(Case(f"{n}", f"<failing>/{n}.pdf", later, failed, n) for n in (500, 502, 503, 504, 522)),
        Case("429-wait-long", "<wait-long>/a.pdf", later, wait, 429, asked="/a.pdf", requests=1),
        Case("maintenance-200", "<maintenance-200>/plan.html", later, maintenance),
        Case("maintenance-200-pdf", "<maintenance-200>/plan.pdf", later, maintenance),
        Case("maintenance-503", "<maintenance-503>/plan.pdf", later, (*maintenance, *failed), 503),
        Case("no-address", "<astray>/no-address.pdf", later, (Cause.REDIRECT_MALFORMED,), ANY_STATUS),
        Case("silent-name", "http://silent.test/a.pdf", later, (Cause.NAME_SERVER_SILENT,), None),
        Case("no-host", "http://nobody-has-it.test/a.pdf", Verdict.DNS, no_host, None),
        # Thai digits are letters of a name, to browsers too.
        Case("thai-digits", "http://๑๒๗.๐.๐.๒/a.pdf", Verdict.DNS, no_host, None),
        Case("to-no-host", "<astray>/no-host.pdf", Verdict.DNS, no_host, ANY_STATUS),
        *(Case(site, f"<{site}>/a.pdf", tls, certificates[site], None, asked="/a.pdf", requests=0)
          for site in certificates),
        Case("other-host", "https://www.mine.test:<other-host.port>/a.pdf", tls,
             (Cause.CERTIFICATE_OTHER_HOST,), None, asked="/a.pdf", requests=0),
        Case("no-tls", "https://<no-tls.host>:<no-tls.port>/a.pdf", tls,
             (Cause.TLS_ABSENT, Cause.TLS_FAILED), None, asked="/a.pdf", requests=0),
    ]  # fmt: skip


def _unsafe() -> list[Case]:
    unsafe, none = Verdict.UNSAFE, Verdict.NOT_CHECKED
    leads, other = (Cause.LEADS_TO_NOT_PUBLIC,), (Cause.LEADS_TO_OTHER_SCHEME,)
    port = ":<internal.port>/a.pdf"
    hosts = (
        *("10.0.0.1", "169.254.169.254", "127.0.0.2", "2130706433", "0x7f.1", "0177.0.0.1"),
        *("[::1]", "[64:ff9b::7f00:2]", "[::ffff:127.0.0.2]", "0.0.0.0"),  # noqa: S104
        *("localhost", "intranet.test", "two-homes.test", "rebinds.test"),
        *("１２７.０.０.２", "127。0。0。2"),
    )
    traps = (
        *("<traps>/metadata", "<traps>/loopback", "<traps>/twice", "<traps>/number"),
        *("<traps-2>/private", "<traps-2>/six", "<traps-2>/mapped", "<traps-2>/nat64"),
        *("<traps-2>/zero", "<traps-3>/name", "<traps-3>/two-homes"),
    )
    # Whoever asks twice for a name finds out at the request, who asks once before it.
    closed = {"rebinds.test": (Cause.NOT_PUBLIC, Cause.LEADS_TO_NOT_PUBLIC)}
    no_robots = ("401", "403", "500", "hang", "loop", "internal", "other")
    scripts = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "JavaScript:x")
    contacts = (
        *("mailto:office@office.test", "tel:+6643000000", "line://ti/p/@office"),
        "ftp://ftp.office.test/a.pdf",
    )
    no_address = ("www.office.test/a.pdf", "<files>/a b.pdf", "<files>/a\t.pdf", "http://", "ไม่มี")
    return [
        *(Case(f"unsafe {host}", f"http://{host}{port}", unsafe,
               closed.get(host, (Cause.NOT_PUBLIC,)), None) for host in hosts),
        *(Case(f"unsafe {_name(url)}", url, unsafe, leads, None) for url in traps),
        Case("to-file", "<traps>/file", unsafe, other, None),
        Case("to-script", "<traps>/script", unsafe, other, None),
        Case("credentials", "http://office:secret@<files.host>:<files.port>/secret.pdf", unsafe,
             (Cause.CREDENTIALS,), None, asked="/secret.pdf", requests=0),
        *(Case(url, url, unsafe, (Cause.UNSAFE_SCHEME,), None) for url in scripts),
        *(Case(f"invalid {url!r}", url, Verdict.INVALID, (Cause.NOT_AN_ADDRESS,), None)
          for url in no_address),
        *(Case(url, url, none, (Cause.OTHER_SCHEME,), None) for url in contacts),
        Case("robots-forbids", "<robots>/private/a.pdf", none, (Cause.ROBOTS,), None,
             asked="/private/a.pdf", requests=0),
        Case("robots-bom", "<robots-bom>/a.pdf", none, (Cause.ROBOTS,), None,
             asked="/a.pdf", requests=0),
        Case("robots-us", "<robots-us>/a.pdf", none, (Cause.ROBOTS,), None,
             asked="/a.pdf", requests=0),
        Case("robots-allows", "<robots>/a.pdf", Verdict.OK),
        *(Case(f"robots-{how}", f"<robots-{how}>/a.pdf", Verdict.OK, asked="/a.pdf", requests=1)
          for how in no_robots),
    ]  # fmt: skip


def _name(url: str) -> str:
    return url.replace("<", "").replace(">", "")


def _target(url: str) -> str:
    return url.partition(">")[2]


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


CASES: Sequence[Case] = (
    *_documents(),
    *_spellings(),
    *_redirects(),
    *_lost(),
    *_wrong(),
    *_unreachable(),
    *_unsafe(),
)
