"""Many hosts on loopback, each an address of its own, that answer after a given time.

Half of the paths are PDF documents, half are pages; anything else is answered 404 as it should be.
Run as a program of its own, so that the servers and the measured program share no interpreter.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PDF = b"%PDF-1.7\n" + b"x" * 20_000
_PAGE = b"<!doctype html><title>x</title><h1>x</h1>" + b"<p>text of a page</p>" * 200


def address(number: int) -> str:
    """The address of a host."""
    return f"127.88.{number // 250}.{number % 250 + 1}"


def links(port: int, hosts: int, each: int) -> tuple[str, ...]:
    """The addresses to check: as many of each host, host by host."""
    return tuple(
        f"http://{address(host)}:{port}/{('docs', 'news')[n % 2]}/{n}{('.pdf', '.html')[n % 2]}"
        for host in range(hosts)
        for n in range(each)
    )


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float, listing: bytes
) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode("latin-1")
            await asyncio.sleep(seconds)
            status, kind, body = _found(path, listing)
            fields = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(f"HTTP/1.1 {status} x\r\n{fields}".encode())
            writer.write(b"" if head.startswith(b"HEAD") else body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _found(path: str, listing: bytes) -> tuple[int, str, bytes]:
    folder, _, name = path.strip("/").partition("/")
    stem, _, extension = name.partition(".")
    if path == "/all.html":
        return 200, "text/html", listing
    if folder == "docs" and extension == "pdf" and stem.isdigit() and len(stem) < 6:
        return 200, "application/pdf", _PDF
    if folder == "news" and extension == "html" and stem.isdigit() and len(stem) < 6:
        return 200, "text/html", _PAGE
    return 404, "text/html", b"<h1>not found</h1>"


async def _serve(hosts: int, each: int, seconds: float) -> None:
    listing = b""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _answer(reader, writer, seconds, listing)

    first = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = first.sockets[0].getsockname()[1]
    rows = "".join(f'<a href="{link}">x</a>' for link in links(port, hosts, each))
    listing = f"<!doctype html><title>x</title>{rows}".encode()
    others = [
        await asyncio.start_server(answer, address(host), port, backlog=512)
        for host in range(hosts)
    ]
    servers = [first, *others]
    print(port, flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


@contextmanager
def serving(hosts: int, each: int, seconds: float) -> Iterator[int]:
    """Serve for the length of a block, at this port; `seconds` pass before each answer."""
    command: Sequence[str] = [sys.executable, "-m", "benchmarks.hosts"]
    with subprocess.Popen(  # noqa: S603 - this very file
        [*command, str(hosts), str(each), str(seconds)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else b""
            if not line:
                raise RuntimeError("the hosts did not start")
            yield int(line)
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
