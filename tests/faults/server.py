"""A web server on loopback whose answers are faulty on purpose, and which remembers what came.

It reads and writes bytes itself: ready-made servers mend what they get (`//`, `..`), and refuse to
send what is wrong.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

Answer = Callable[["Exchange"], None]
"""Writes what one request gets; or, at the door, what a connection gets that has said nothing."""

_HEAD_LIMIT = 65_536
_PIECE = 16_384
_PATIENCE = 60.0
"""Seconds after which a forgotten client is left."""


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    at: float
    """When its last header was read, on the monotonic clock."""
    connection: int
    """Which of the server's connections carried it, from 0."""
    raw: bytes
    """Request line and headers, byte for byte, without the empty line."""

    @property
    def line(self) -> bytes:
        """The request line."""
        return self.raw.partition(b"\r\n")[0]

    @property
    def method(self) -> str:
        """`GET`."""
        return self.line.partition(b" ")[0].decode("latin-1")

    @property
    def target(self) -> str:
        """What was asked for, byte for byte (as Latin-1)."""
        return b" ".join(self.line.split(b" ")[1:-1]).decode("latin-1")

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Its headers, their names in lower case."""
        pairs = (line.decode("latin-1").partition(":") for line in self.raw.split(b"\r\n")[1:])
        return MappingProxyType({name.lower(): value.strip() for name, _, value in pairs})


class Exchange:
    """One connection, and the request on it that is being answered."""

    def __init__(self, server: FaultServer, sock: socket.socket, connection: int) -> None:
        """Begin with a connection that has said nothing yet."""
        self.server = server
        self.sock = sock
        self.connection = connection
        self.request = Request(time.monotonic(), connection, b"")
        self.nth = 0
        """How often this target was asked for before."""
        self.ends = False
        """Whether the connection ends after this answer."""

    def send(self, data: bytes) -> None:
        """Send these bytes, and count what was taken of them."""
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            self.sock.sendall(piece)
            with self.server.lock:
                self.server.sent[self.request.target] += len(piece)

    def reset(self) -> None:
        """Break the connection off: the client sees a reset, not an end."""
        self.ends = True
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def drain(self) -> None:
        """Read what still comes: the system resets a connection that is closed with bytes unread."""
        self.sock.shutdown(socket.SHUT_WR)
        self.sock.settimeout(1)
        while self.sock.recv(65_536):
            pass

    def wait(self, seconds: float) -> bool:
        """Do nothing for a while; False once the server stops."""
        return not self.server.stopping.wait(seconds)

    def read_request(self) -> bool:
        """Read the next request; False where none came."""
        raw = b""
        while not raw.endswith(b"\r\n\r\n"):
            # Byte for byte is slow but never takes what belongs to the next request.
            byte = self.sock.recv(1)
            raw += byte
            if not byte or len(raw) > _HEAD_LIMIT:
                return False
            if not raw[:1].isalpha():  # TLS, at a port without it: what Apache and nginx answer
                self.send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                self.drain()
                return False
        self.request = Request(time.monotonic(), self.connection, raw[:-4])
        self.ends = self.request.headers.get("connection", "").lower() == "close"
        with self.server.lock:
            self.nth = sum(r.target == self.request.target for r in self.server.requests)
            self.server.requests.append(self.request)
        return True


class FaultServer:
    """Answers by target: the whole of it, else its path without the query."""

    def __init__(
        self,
        answers: Mapping[str, Answer],
        *,
        listener: socket.socket,
        lost: Answer | None = None,
        context: ssl.SSLContext | None = None,
        door: Answer | None = None,
    ) -> None:
        """Answer these targets (Thai ones as UTF-8, percent-encoded); any other gets `lost`.

        `listener` is bound to its address. With a `context` the server speaks TLS. What stands at
        the `door` takes every connection over.
        """
        self.answers = {quoted(target): answers[target] for target in answers}
        self.lost = lost or says(404)
        self.where: Callable[[str], str] = str
        """Makes an address of what a redirect says."""
        self.lock = threading.Lock()
        self.connections: list[float] = []
        """When each connection was made, on the monotonic clock."""
        self.requests: list[Request] = []
        self.sent: Counter[str] = Counter()
        """Bytes that were sent for each target: drawn by the client or in the system's buffers."""
        self.stopping = threading.Event()
        self.server_port: int = listener.getsockname()[1]
        self._listener = listener
        self._context = context
        self._door = door
        self._open: dict[int, tuple[socket.socket, threading.Thread]] = {}
        # Small buffers: what is sent is not far from what was drawn.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        listener.listen(64)
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it is, without a final slash."""
        host, port = self.place
        shown = f"[{host}]" if ":" in host else host
        return f"{'https' if self._context else 'http'}://{shown}:{port}"

    @property
    def place(self) -> tuple[str, int]:
        """Its address and port, for a socket."""
        host, port = self._listener.getsockname()[:2]
        return host, port

    @property
    def asked(self) -> list[str]:
        """The targets that were asked for, byte for byte, but robots.txt."""
        return [each.target for each in self.requests if each.target != "/robots.txt"]

    @property
    def agents(self) -> set[str]:
        """The user agents that asked for them."""
        return {
            each.headers.get("user-agent", "")
            for each in self.requests
            if each.target != "/robots.txt"
        }

    def stop(self) -> None:
        """Close all connections."""
        self.stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(1)
        self._listener.close()
        with self.lock:
            left = list(self._open.values())
        for sock, thread in left:
            with suppress(OSError):
                # Past TLS, which another thread may be reading.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            thread.join(2)

    def _accept(self) -> None:
        while not self.stopping.is_set():
            try:
                sock, _peer = self._listener.accept()
            except OSError:
                return
            with self.lock:
                number = len(self.connections)
                self.connections.append(time.monotonic())
                thread = threading.Thread(target=self._serve, args=(sock, number), daemon=True)
                self._open[number] = sock, thread
            thread.start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        try:
            sock.settimeout(_PATIENCE)
            if self._context and not self._door:
                sock = self._context.wrap_socket(
                    sock, server_side=True, do_handshake_on_connect=False
                )
                with self.lock:
                    self._open[number] = sock, threading.current_thread()
                sock.do_handshake()
            exchange = Exchange(self, sock, number)
            if self._door:
                self._door(exchange)
                return
            while not exchange.ends and exchange.read_request():
                self._answer(exchange)
        except OSError:
            pass  # a client may leave at any time
        finally:
            sock.close()
            with self.lock:
                del self._open[number]

    def _answer(self, exchange: Exchange) -> None:
        target = exchange.request.target
        answer = self.answers.get(target) or self.answers.get(target.partition("?")[0])
        (answer or self.lost)(exchange)


def quoted(text: str) -> str:
    """Percent-encode what is not ASCII, and nothing else."""
    return quote(text, safe="".join(map(chr, range(128))))


def says(
    status: int,
    body: bytes = b"<p>x",
    kind: str = "text/html",
    *,
    reason: str | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """A whole and proper answer."""

    def answer(exchange: Exchange) -> None:
        fields = {"Content-Type": kind, **headers, "Content-Length": str(len(body))}
        exchange.send(head(status, fields, reason=reason))
        if exchange.request.method != "HEAD":
            exchange.send(body)

    return answer


def head(status: int, fields: Mapping[str, str], *, reason: str | None = None) -> bytes:
    """Status line and headers."""
    if reason is None:
        known = {each.value for each in HTTPStatus}
        reason = HTTPStatus(status).phrase if status in known else "Odd"
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {fields[name]}" for name in fields), "", ""]
    # Latin-1 where it can: a test may say any byte; else as most servers write Thai.
    return b"\r\n".join(_encoded(line) for line in lines)


def _encoded(line: str) -> bytes:
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode()


def leads(
    status: int, location: str, *, headers: Mapping[str, str] = MappingProxyType({})
) -> Answer:
    """A redirect."""

    def answer(exchange: Exchange) -> None:
        place = exchange.server.where(location)
        says(status, headers={"Location": place, **headers})(exchange)

    return answer


def sends(data: bytes) -> Answer:
    """These bytes instead of an answer, then the end."""

    def answer(exchange: Exchange) -> None:
        exchange.ends = True
        exchange.send(data)

    return answer


def hangs(exchange: Exchange) -> None:
    """No answer until the server stops."""
    exchange.ends = True
    exchange.wait(_PATIENCE)


def bound(address: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """A socket that holds a port of an address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
    except OSError:
        listener.close()
        raise
    return listener


@contextmanager
def serving(
    answers: Mapping[str, Answer], certificate: Path | None = None
) -> Iterator[FaultServer]:
    """Run one server on 127.0.0.1 for a block; with a certificate and its key, over TLS."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = FaultServer(answers, listener=bound(), context=context)
    try:
        yield server
    finally:
        server.stop()
