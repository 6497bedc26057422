"""The sites that fail, refuse, break off, or lead where nobody may be led."""

from __future__ import annotations

from tests.faults import bodies
from tests.faults.answers import (
    HTML,
    breaks_off,
    drips_headers,
    floods_headers,
    loses_the_last_chunk,
    resets,
)
from tests.faults.certificates import Tls
from tests.faults.plain import HOME, LOST, PAGE, PDF
from tests.faults.running import Site
from tests.faults.server import Answer, Exchange, hangs, leads, says, sends

PRIVATE, LOOPBACK, LOOPBACK_6 = "127.0.0.2", "127.0.0.1", "::1"
"""Where the intranet's servers stand: outside the allowed network."""


def wrong() -> dict[str, Site]:
    """Sites whose answers are not what the address says, or say no."""
    challenge = {"cf-mitigated": "challenge", "Server": "cloudflare"}
    return {
        "not-documents": Site(
            {
                "/page.pdf": PAGE,
                "/page.docx": PAGE,
                "/zip.pdf": says(200, bodies.ZIP, "application/pdf"),
                "/photo.pdf": says(200, bodies.JPEG, "application/pdf"),
            },
            LOST,
        ),
        "nothing": Site(
            {
                "/zero.pdf": says(200, b"", "application/pdf"),
                "/zero.html": says(200, b"", HTML),
                "/white.html": says(200, b" \r\n\t\n" * 50, HTML),
                "/204.html": sends(b"HTTP/1.1 204 No Content\r\n\r\n"),
            },
            LOST,
        ),
        "cut": Site(
            {
                "/short.pdf": breaks_off(bodies.PDF, 50_000, "application/pdf", reset=False),
                "/reset.pdf": breaks_off(bodies.PDF, 50_000, "application/pdf", reset=True),
                "/chunk.html": loses_the_last_chunk(bodies.ARTICLE, HTML),
                "/gzip.html": says(200, bodies.ARTICLE, HTML, headers={"Content-Encoding": "gzip"}),
            },
            LOST,
        ),
        "missing": Site(
            {
                "/410.pdf": says(410),
                "/odd-reason.pdf": says(404, reason="\x1b[31m<b>&\x07"),
                "/no-reason.pdf": sends(b"HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n"),
                "/400.pdf": says(400),
            },
            LOST,
        ),
        "forbidden": Site(
            {
                "/401.pdf": says(401, headers={"WWW-Authenticate": "Basic realm=x"}),
                "/403.pdf": says(403),
                "/406.pdf": says(406),
                "/451.pdf": says(451),
            },
            LOST,
        ),
        "challenge": Site(
            {
                "/403.pdf": says(403, bodies.CHALLENGE, HTML, headers=challenge),
                "/503.pdf": says(503, bodies.CHALLENGE, HTML, headers=challenge),
            },
            LOST,
        ),
        "challenge-200": Site(lost=says(200, bodies.CHALLENGE, HTML)),
        "failing": Site({f"/{n}.pdf": says(n) for n in (500, 502, 503, 504, 522)}, LOST),
        # While it lasts, all addresses show the page.
        "maintenance-200": Site(lost=says(200, bodies.MAINTENANCE, HTML)),
        "maintenance-503": Site(lost=says(503, bodies.MAINTENANCE, HTML)),
        "robots": Site(
            {
                "/robots.txt": _robots("User-agent: *", "Disallow: /private/"),
                "/private/a.pdf": PDF,
                "/a.pdf": PDF,
            },
            LOST,
        ),
        # As Notepad writes it.
        "robots-bom": Site(
            {
                "/robots.txt": says(
                    200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /\r\n", "text/plain"
                ),
                "/a.pdf": PDF,
            },
            LOST,
        ),
        "robots-us": Site(
            {
                "/robots.txt": _robots(
                    "User-agent: Prongsai", "Disallow: /", "", "User-agent: *", "Disallow:"
                ),
                "/a.pdf": PDF,
            },
            LOST,
        ),
        "robots-other": Site(
            {"/robots.txt": _robots("User-agent: Googlebot", "Disallow: /"), "/a.pdf": PDF}, LOST
        ),
        "robots-401": Site({"/robots.txt": says(401), "/a.pdf": PDF}, LOST),
        "robots-403": Site({"/robots.txt": says(403), "/a.pdf": PDF}, LOST),
        "robots-500": Site({"/robots.txt": says(500), "/a.pdf": PDF}, LOST),
        "robots-hang": Site({"/robots.txt": hangs, "/a.pdf": PDF}, LOST),
        "robots-loop": Site({"/robots.txt": leads(302, "/robots.txt"), "/a.pdf": PDF}, LOST),
        "robots-internal": Site(
            {
                "/robots.txt": leads(302, "http://127.0.0.2:<internal.port>/robots.txt"),
                "/a.pdf": PDF,
            },
            LOST,
        ),
    }


def _robots(*lines: str) -> Answer:
    return says(200, "\n".join((*lines, "")).encode(), "text/plain")


def silent() -> dict[str, Site]:
    """Sites from which no whole answer comes."""
    return {
        "hangs": Site({"/a.pdf": hangs}, LOST),
        "never-accepts": Site(shut="never-accepts"),
        "never-connects": Site(shut="never-connects"),
        "tls-hangs": Site(door=hangs),
        "refuses": Site(shut="refuses"),
        "resets": Site({"/a.pdf": resets}, LOST),
        "resets-all": Site(door=resets),
        "cut-headers": Site({"/a.pdf": sends(b"HTTP/1.1 200 OK\r\nContent-Type: appl")}, LOST),
        "closes": Site({"/a.pdf": sends(b"")}, LOST),
        "garbage": Site({"/a.pdf": sends(b"\x00\xff\x13hello\r\n\r\n")}, LOST),
        "ssh": Site(door=_ssh),
        "http-0-9": Site({"/a.pdf": sends(bodies.ARTICLE)}, LOST),
        "drips": Site({"/a.pdf": drips_headers}, LOST),
        "floods": Site({"/a.pdf": floods_headers}, LOST),
        "self-signed": Site({"/a.pdf": PDF}, tls=Tls.SELF_SIGNED),
        "expired": Site({"/a.pdf": PDF}, tls=Tls.EXPIRED),
        "other-host": Site({"/a.pdf": PDF}, names=("www.mine.test",), tls=Tls.OTHER_HOST),
        "unknown-ca": Site({"/a.pdf": PDF}, tls=Tls.UNKNOWN_CA),
        "no-intermediate": Site({"/a.pdf": PDF}, tls=Tls.NO_INTERMEDIATE),
        "tls-1-0": Site({"/a.pdf": PDF}, tls=Tls.TLS_1_0),
        "no-tls": Site({"/a.pdf": PDF}, LOST),
        "only-tls": Site({"/a.pdf": PDF}, tls=Tls.GOOD),
    }


def _ssh(exchange: Exchange) -> None:
    exchange.send(b"SSH-2.0-OpenSSH_9.2p1\r\n")
    exchange.drain()


def intranet() -> dict[str, Site]:
    """What nobody may be led to, and the sites that lead there."""
    secret = {"/": HOME, "/a.pdf": PDF}
    return {
        "internal": Site(secret, PAGE, address=PRIVATE),
        "internal-main": Site(secret, PAGE, address=LOOPBACK, port_of="internal"),
        "internal-6": Site(secret, PAGE, address=LOOPBACK_6, port_of="internal"),
        "traps": Site(
            {
                "/metadata": leads(302, "http://169.254.169.254/latest/meta-data/"),
                "/file": leads(302, "file:///etc/passwd"),
                "/script": leads(302, "javascript:alert(1)"),
                "/loopback": leads(301, "http://127.0.0.2:<internal.port>/a.pdf"),
                "/twice": leads(302, "/loopback"),
                "/number": leads(302, "http://2130706433:<internal.port>/a.pdf"),
            },
            LOST,
        ),
        "traps-2": Site(
            {
                "/private": leads(302, "http://10.0.0.1/a.pdf"),
                "/six": leads(302, "http://[::1]:<internal.port>/a.pdf"),
                "/mapped": leads(302, "http://[::ffff:127.0.0.2]:<internal.port>/a.pdf"),
                "/nat64": leads(302, "http://[64:ff9b::7f00:2]:<internal.port>/a.pdf"),
                "/zero": leads(302, "http://0.0.0.0:<internal.port>/a.pdf"),
            },
            LOST,
        ),
        "traps-3": Site(
            {
                "/name": leads(302, "http://intranet.test:<internal.port>/a.pdf"),
                "/two-homes": leads(302, "http://two-homes.test:<internal.port>/a.pdf"),
            },
            LOST,
        ),
        # The same port, so that only the address tells them apart.
        "rebinds": Site({"/a.pdf": PDF}, LOST, port_of="internal"),
    }
