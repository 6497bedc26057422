# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
"""Web archives (WARC 1.1, ISO 28500): written whole or not at all, and read again to be verified.

It stands on warcio, which only those install who keep copies: import this module when it is used.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Protocol

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from site_builder.files import publish

UNFINISHED = ".unfinished"
"""How the names of archives end that are being written; they begin with a dot."""
_PIECE = 1 << 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Response:
    """An answer whose whole body was kept."""

    asked: str
    """The address that was asked for, in ASCII."""
    url: str
    """The address that answered: where redirects ended, in ASCII."""
    chain: Sequence[tuple[int, str]]
    """Each redirect: its status, and where it led."""
    published: Sequence[str]
    """The addresses as the measures write them."""
    status: int
    reason: str
    headers: Mapping[str, str]
    content_type: str
    """By the body's own first bytes."""
    on: datetime
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Original:
    """The record elsewhere that holds the same body."""

    url: str
    on: datetime


class Archive:
    """A new web archive. Until it is finished it stands under a hidden name."""

    def __init__(self, folder: Path, now: datetime, about: Mapping[str, str]) -> None:
        """Begin one in this folder; `about` is said of it in its first record.

        Raises:
            OSError: it cannot be written there.
        """
        self.name = f"{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{secrets.token_hex(3)}.warc.gz"
        self._folder, self._about, self._moment = folder, about, _written(now)
        self._file: BinaryIO | None = None
        self._temporary = folder / self.name
        self._whole = 0
        """Bytes of what was added whole."""

    def add(self, response: Response, body: Path) -> None:
        """Add an answer with its body.

        Raises:
            OSError: it cannot be written; what was added before is there.
        """
        with body.open("rb") as stream:
            writer = self._writer()
            record = writer.create_warc_record(
                response.url,
                "response",
                payload=stream,
                length=response.size,
                http_headers=_http_headers(response, response.size),
                warc_headers_dict={
                    "WARC-Date": _written(response.on),
                    "WARC-Payload-Digest": f"sha256:{response.sha256}",
                    "WARC-Identified-Payload-Type": response.content_type,
                },
            )
            self._write(writer, record, response)

    def refer(self, response: Response, original: Original) -> None:
        """Add an answer whose body is kept already: its headers, and where the body is.

        Raises:
            OSError: it cannot be written; what was added before is there.
        """
        writer = self._writer()
        record = writer.create_revisit_record(
            response.url,
            f"sha256:{response.sha256}",
            original.url,
            _written(original.on),
            http_headers=_http_headers(response, response.size),
            warc_headers_dict={"WARC-Date": _written(response.on)},
        )
        self._write(writer, record, response)

    def _writer(self) -> WARCWriter:
        if self._file is None:
            handle, name = tempfile.mkstemp(UNFINISHED, f".{self.name}.", self._folder)
            self._file, self._temporary = os.fdopen(handle, "wb"), Path(name)
            writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
            info = writer.create_warcinfo_record(self.name, self._about)
            info.rec_headers.replace_header("WARC-Date", self._moment)
            writer.write_record(info)
        return WARCWriter(self._file, gzip=True, warc_version="1.1")

    def _write(self, writer: WARCWriter, record: object, response: Response) -> None:
        writer.write_record(record)
        headers = record.rec_headers  # type: ignore[attr-defined]
        fields = _fields(_metadata(response))
        said = writer.create_warc_record(
            response.url,
            "metadata",
            payload=io.BytesIO(fields),
            length=len(fields),
            warc_content_type="application/warc-fields",
            warc_headers_dict={
                "WARC-Date": headers.get_header("WARC-Date"),
                "WARC-Concurrent-To": headers.get_header("WARC-Record-ID"),
            },
        )
        writer.write_record(said)
        if self._file:
            self._whole = self._file.tell()

    def finish(self) -> bool:
        """Bring it to the disk under its name; False where nothing was added, and nothing is left.

        What was being added when something came in between is cut off.

        Raises:
            OSError: it cannot be written; nothing is left.
        """
        if self._file is None:
            return False
        try:
            with suppress(OSError):  # what a full disk did not take is cut off anyway
                self._file.close()
            os.truncate(self._temporary, self._whole)
            if self._whole:
                publish(self._temporary, self._folder / self.name)
        finally:
            self.discard()
        return bool(self._whole)

    def discard(self) -> None:
        """Leave nothing of what is not finished."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None
            self._temporary.unlink(missing_ok=True)


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _fields(fields: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields).encode()


def _metadata(response: Response) -> Iterable[tuple[str, str]]:
    """What the standard has for the way to a document, and the addresses that a report gives."""
    if response.chain:
        # Of the hops of a crawl, R is a redirect; `via` is where the last of them stood.
        came = [response.asked, *(url for _, url in response.chain)]
        yield "via", came[-2]
        yield "hopsFromSeed", "R" * len(response.chain)
        yield "seed", response.asked
        yield from (("redirect", f"{status} {url}") for status, url in response.chain)
    yield from (("published-address", url) for url in response.published)


def _one_line(value: str) -> str:
    return _CONTROL.sub(" ", value).strip()


class _Headers(StatusAndHeaders):
    """Headers in the bytes in which they came: warcio would percent-encode a Thai file name."""

    def to_ascii_bytes(self, filter_func: object = None) -> bytes:
        """The block of headers."""
        return bytes(self.to_bytes(filter_func, encoding="latin-1"))


_ON_THE_WAY = frozenset({"content-encoding", "transfer-encoding"})
"""Headers on how the body was packed, which is kept unpacked: they get another name, as is usual,
so that nobody unpacks it twice."""


def _http_headers(response: Response, size: int) -> StatusAndHeaders:
    packed = any(name in response.headers for name in _ON_THE_WAY)
    lines = []
    for name, value in response.headers.items():
        renamed = name in _ON_THE_WAY or (name == "content-length" and packed)
        lines.append((f"x-archive-orig-{name}" if renamed else name, _in_latin(value)))
    if packed:
        lines.append(("content-length", str(size)))
    reason = response.reason or _phrase(response.status)
    return _Headers(f"{response.status} {_in_latin(reason)}".rstrip(), lines, protocol="HTTP/1.1")


def _in_latin(value: str) -> str:
    """One line, in the characters that stand for the bytes in which it came."""
    return _one_line(value).encode("latin-1", "replace").decode("latin-1")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


# Reading


class _Stream(Protocol):
    def read(self, length: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive was found to hold."""

    digests: frozenset[str]
    """The SHA-256 of each whole body in it, computed now."""
    fault: str | None = None
    """Why it could not be read to its end."""


def read_contents(file: Path) -> Contents:
    """Read an archive, and compute what its bodies' digests are. A damaged one is told, not raised.

    Raises:
        OSError: it is not there, or cannot be opened.
    """
    found: set[str] = set()
    fault = None
    # warcio prints what is wrong with compressed data, and goes on.
    with file.open("rb") as stream, redirect_stderr(io.StringIO()) as said:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type in {"response", "resource"}:
                    found.add(_digest(record.raw_stream))
        except (ArchiveLoadFailed, EOFError, ValueError, AttributeError) as error:
            fault = " ".join(str(error).split())[:200] or type(error).__name__
    return Contents(frozenset(found), fault or said.getvalue().strip()[:200] or None)


def _digest(stream: _Stream) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def remove_unfinished(folder: Path, before: datetime) -> None:
    """Remove what runs that were killed have left; not what another run may be writing now."""
    for left in folder.glob(f".*.warc.gz.*{UNFINISHED}"):
        with suppress(OSError):
            if datetime.fromtimestamp(left.stat().st_mtime, UTC) < before:
                left.unlink()
