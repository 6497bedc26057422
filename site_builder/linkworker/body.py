"""Bodies: read as much as is wanted and no more, decompressed within bounds."""

from __future__ import annotations

import hashlib
import time
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from site_builder.linkwire import BodyFault
from site_builder.linkworker.failures import (
    OversizeError,
    body_fault_of,
    causes_of,
    chain_of,
)

PIECE = 65_536
ANCHOR_LIMIT = 4 << 20
"""Bytes of a page in which an anchor is looked for."""
DRAW_LIMIT = 2 << 20
"""Bytes that may be drawn for `BODY_LIMIT` bytes of a body: a compressed one may be mostly air."""
LEAST_SPEED = 5_000
"""Bytes a second, on average, at which a body that is kept must come once patience is over."""


class Source(Protocol):
    """A body as it comes, its chunks put together."""

    def read1(self, amt: int, decode_content: bool) -> bytes: ...  # noqa: D102, FBT001


class _UnknownEncodingError(Exception):
    """A way of compressing that was not asked for."""


class _CutOffError(Exception):
    """A compressed body ends before its end mark."""


class _TooSlowError(TimeoutError):
    """A body comes, but so slowly that it is not waited for."""


@dataclass(frozen=True, slots=True)
class Body:
    """What was read of a body."""

    data: bytes = b""
    """Its beginning, as much as was wanted."""
    ended: bool = False
    """Whether that is all of it."""
    fault: BodyFault | None = None
    causes: tuple[str, ...] = ()


class Keeper:
    """Writes a whole body to a file, or leaves none."""

    def __init__(self, path: str, limit: int, patience: float) -> None:
        """Begin the file; for so many seconds its body may come as slowly as it will."""
        self._path, self._limit = Path(path), limit
        self._hurries_at = time.monotonic() + patience
        self._drawn = 0
        self._file = self._path.open("xb")
        self._sum = hashlib.sha256()
        self.size = 0
        self.fault: OSError | None = None
        """Why it could not be written: a full disk."""

    def draw(self, count: int) -> None:
        """Count the bytes that came, before they are decompressed.

        Raises:
            TimeoutError: they come too slowly.
        """
        self._drawn += count
        late = time.monotonic() - self._hurries_at
        if self._drawn < late * LEAST_SPEED:
            raise _TooSlowError(f"slower than {LEAST_SPEED} bytes a second")

    def write(self, piece: bytes) -> bool:
        """Add a piece; False where the limit is reached, and nothing more is wanted."""
        self.size += len(piece)
        if self.size > self._limit:
            return False
        try:
            self._file.write(piece)
        except OSError as error:
            self.fault = error
            return False
        self._sum.update(piece)
        return True

    def keep(self) -> str:
        """The file is whole: its SHA-256."""
        self._file.close()
        return self._sum.hexdigest()

    def discard(self) -> None:
        """The file is not whole, and goes."""
        self._file.close()
        with suppress(OSError):
            self._path.unlink()


def read_body(source: Source, encoding: str, wanted: int, keeper: Keeper | None = None) -> Body:
    """Read the first `wanted` bytes of a body; with a keeper go on to the end.

    Never raises: how far it came is the answer.
    """
    head = bytearray()
    keeping = keeper is not None
    try:
        with closing(_pieces(source, encoding, keeper)) as pieces:
            for piece in pieces:
                head += piece[: wanted + 1 - len(head)]
                if keeper and keeping:
                    keeping = keeper.write(piece)
                if len(head) > wanted and not keeping:
                    return Body(bytes(head[:wanted]))
    except Exception as error:  # noqa: BLE001 - servers make libraries fail in every way
        if isinstance(error, _UnknownEncodingError) or any(
            isinstance(part, OversizeError) for part in chain_of(error)
        ):
            return Body(bytes(head[:wanted]))
        return Body(bytes(head[:wanted]), fault=_fault_of(error), causes=causes_of(error))
    return Body(bytes(head[:wanted]), ended=len(head) <= wanted or keeping)


def _fault_of(error: Exception) -> BodyFault:
    if isinstance(error, zlib.error):
        return BodyFault.ENCODING
    return body_fault_of(error, time_up=False)


def _pieces(source: Source, encoding: str, keeper: Keeper | None) -> Generator[bytes, None, None]:
    decoder = _decoder_for(encoding)
    while data := source.read1(PIECE, decode_content=False):
        if keeper:
            keeper.draw(len(data))
        if decoder is None:
            yield data
        else:
            yield from decoder.pieces(data)
    if decoder:
        decoder.end()


def _decoder_for(encoding: str) -> _Decoder | None:
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return None
    if name in {"gzip", "x-gzip"}:
        return _Decoder(zlib.MAX_WBITS | 16)
    if name == "deflate":
        return _Decoder(zlib.MAX_WBITS, raw=True)
    raise _UnknownEncodingError(name)


class _Decoder:
    """Decompresses piece by piece, so that no bomb is ever blown up whole."""

    def __init__(self, window: int, *, raw: bool = False) -> None:
        self._window = window
        self._raw = raw
        """Whether it may also be deflate without the zlib frame, as some servers have it."""
        self._zip = zlib.decompressobj(window)
        self._begun = self._over = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while not self._over:
            try:
                piece = self._zip.decompress(data, PIECE)
            except zlib.error:
                if self._begun or not self._raw:
                    raise
                self._raw, self._zip = False, zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            self._begun = True
            if piece:
                yield piece
            data = self._zip.unconsumed_tail
            if self._zip.eof:
                data = self._zip.unused_data
                # A file may be several compressed ones; what else follows is nobody's.
                self._over = not data.startswith(b"\x1f\x8b")
                if not self._over:
                    self._zip = zlib.decompressobj(self._window)
            elif not data and len(piece) < PIECE:
                return

    def end(self) -> None:
        if self._begun and not self._over:
            raise _CutOffError("the compressed body ends before its end mark")


def first_part(body: Body, limit: int) -> tuple[bytes, bool]:
    """What the wire has of a body: its first bytes up to a limit, and whether that is all."""
    return body.data[:limit], body.ended and len(body.data) <= limit
