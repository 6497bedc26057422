"""Answers that are wrong in one way each."""

from __future__ import annotations

import gzip
import itertools
import zlib
from functools import cache

from tests.faults.server import Answer, Exchange, head, leads, says

HTML = "text/html; charset=utf-8"


def in_turn(*answers: Answer) -> Answer:
    """Another answer each time that a target is asked for; the last one stays."""

    def answer(exchange: Exchange) -> None:
        answers[min(exchange.nth, len(answers) - 1)](exchange)

    return answer


def but_head(to_head: Answer, to_get: Answer) -> Answer:
    """HEAD is answered otherwise than GET."""

    def answer(exchange: Exchange) -> None:
        (to_head if exchange.request.method == "HEAD" else to_get)(exchange)

    return answer


def to_browsers(else_: Answer, then: Answer) -> Answer:
    """What asks as a browser of a Thai reader does gets another answer than what does not."""

    def answer(exchange: Exchange) -> None:
        headers = exchange.request.headers
        browser = (
            headers.get("user-agent", "").startswith("Mozilla/5.0 (")
            and "th" in headers.get("accept-language", "")
            and "text/html" in headers.get("accept", "")
        )
        (then if browser else else_)(exchange)

    return answer


def to_cookies(cookie: str, then: Answer) -> Answer:
    """A redirect to itself that sets a cookie, until the cookie comes back."""

    def answer(exchange: Exchange) -> None:
        if cookie in exchange.request.headers.get("cookie", ""):
            then(exchange)
            return
        again = {"Location": exchange.request.target, "Set-Cookie": f"{cookie}; Path=/"}
        says(302, headers=again)(exchange)

    return answer


def leads_on(status: int, site: str) -> Answer:
    """A redirect of all that is asked for to the same target of another site."""

    def answer(exchange: Exchange) -> None:
        leads(status, site + exchange.request.target)(exchange)

    return answer


def leads_on_and_on(exchange: Exchange) -> None:
    """A redirect to another address each time, without end."""
    path, _, number = exchange.request.target.partition("?n=")
    leads(302, f"{path}?n={int(number or 0) + 1}")(exchange)


def resets(exchange: Exchange) -> None:
    """The connection is reset instead of an answer."""
    exchange.reset()


def breaks_off(body: bytes, announced: int, kind: str, *, reset: bool) -> Answer:
    """A body that ends, or is reset, before its announced length."""

    def answer(exchange: Exchange) -> None:
        exchange.ends = True
        exchange.send(head(200, {"Content-Type": kind, "Content-Length": str(announced)}))
        exchange.send(body)
        if reset:
            exchange.wait(0.2)  # what was sent is to be read first
            exchange.reset()

    return answer


def loses_the_last_chunk(body: bytes, kind: str) -> Answer:
    """A chunked body without its end."""

    def answer(exchange: Exchange) -> None:
        exchange.ends = True
        exchange.send(head(200, {"Content-Type": kind, "Transfer-Encoding": "chunked"}))
        exchange.send(_chunk(body))

    return answer


def chunks(*pieces: bytes) -> Answer:
    """A sound chunked web page."""

    def answer(exchange: Exchange) -> None:
        exchange.send(head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"}))
        for piece in (*pieces, b""):
            exchange.send(_chunk(piece))

    return answer


def drips(pieces: list[bytes], pause: float) -> Answer:
    """These pieces with a pause before each, then the end."""

    def answer(exchange: Exchange) -> None:
        exchange.ends = True
        for piece in pieces:
            if not exchange.wait(pause):
                return
            exchange.send(piece)

    return answer


def drips_headers(exchange: Exchange) -> None:
    """Headers without end, a byte at a time: each read gets something, no answer ever comes."""
    exchange.ends = True
    for byte in itertools.chain(b"HTTP/1.1 200 OK\r\nX-Slow: ", itertools.repeat(ord("z"))):
        exchange.send(bytes([byte]))
        if not exchange.wait(0.1):
            return


def floods_headers(exchange: Exchange) -> None:
    """Headers without end, as fast as they are taken."""
    exchange.ends = True
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        exchange.send(f"X-{number}: {'z' * 1000}\r\n".encode())


def announces(size: int, start: bytes, kind: str) -> Answer:
    """A body of this size, made only as it is drawn."""

    def answer(exchange: Exchange) -> None:
        exchange.send(head(200, {"Content-Type": kind, "Content-Length": str(size)}))
        exchange.send(start)
        left, block = size - len(start), bytes(16_384)
        while left > 0:
            exchange.send(block[:left])
            left -= len(block)

    return answer


def never_ends(start: bytes, more: bytes) -> Answer:
    """A chunked web page without end."""

    def answer(exchange: Exchange) -> None:
        exchange.send(head(200, {"Content-Type": HTML, "Transfer-Encoding": "chunked"}))
        exchange.send(_chunk(start))
        while not exchange.server.stopping.is_set():
            exchange.send(_chunk(more))

    return answer


def unpacks_to(start: bytes, row: bytes, megabytes: int) -> Answer:
    """A web page that is small on the wire and large once decompressed, and sound gzip."""

    def answer(exchange: Exchange) -> None:
        body = _bomb(start, row, megabytes)
        packed = {"Content-Type": HTML, "Content-Encoding": "gzip"}
        exchange.send(head(200, {**packed, "Content-Length": str(len(body))}))
        exchange.send(body)

    return answer


@cache
def _bomb(start: bytes, row: bytes, megabytes: int) -> bytes:
    block = (row * (1_000_000 // len(row) + 1))[:1_000_000]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # A full flush forgets what came before: the packed block may be repeated as it is.
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.crc32(start)
    for _ in range(megabytes):
        check = zlib.crc32(block, check)
    size = (len(start) + megabytes * len(block)) & 0xFFFF_FFFF
    end = packer.flush() + check.to_bytes(4, "little") + size.to_bytes(4, "little")
    return gzip.compress(b"")[:10] + first + packed * megabytes + end


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"
