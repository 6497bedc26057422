"""A server of bare sockets on loopback: it sends any bytes, and remembers what came, and when."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Say = Callable[["Caller"], None]


@dataclass
class Asked:
    """One request."""

    head: bytes
    """The request line and the headers, as they came."""
    at: float

    @property
    def target(self) -> str:
        return self.head.split(b" ")[1].decode("latin-1")

    def header(self, name: str) -> str | None:
        found = re.search(rb"(?im)^" + name.encode() + rb": *(.*)\r$", self.head)
        return found[1].decode("latin-1") if found else None


@dataclass
class Caller:
    """One connection, after its request has come."""

    server: RawServer
    connection: socket.socket
    asked: Asked
    sent: int = 0

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)
        self.sent += len(data)

    def wait(self, seconds: float) -> None:
        if self.server.stopping.wait(seconds):
            raise OSError


def raw(*parts: bytes | float) -> Say:
    """Send these bytes; a number is a pause in seconds."""

    def say(caller: Caller) -> None:
        for part in parts:
            if isinstance(part, bytes):
                caller.send(part)
            else:
                caller.wait(part)

    return say


def ok(
    body: bytes = b"<p>x", kind: str = "text/html", *headers: str, status: str = "200 OK"
) -> Say:
    """A whole answer."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return raw("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def leads(location: str | bytes, status: int = 302, *headers: str) -> Say:
    """A redirect."""
    where = location if isinstance(location, bytes) else location.encode()
    more = "".join(f"{line}\r\n" for line in headers).encode()
    return raw(
        b"HTTP/1.1 %d X\r\nLocation: %b\r\n%bContent-Length: 0\r\n\r\n" % (status, where, more)
    )


def drips(start: bytes, drop: bytes, pause: float = 0.1) -> Say:
    """Send the start, then a drop now and then for ever."""

    def say(caller: Caller) -> None:
        caller.send(start)
        while True:
            caller.send(drop)
            caller.wait(pause)

    return say


def floods(start: bytes, piece: bytes, total: int) -> Say:
    """Send the start, then so many bytes as fast as they are taken."""

    def say(caller: Caller) -> None:
        caller.send(start)
        while caller.sent < total:
            caller.send(piece)

    return say


def resets(*parts: bytes | float) -> Say:
    """Send these bytes, then a reset."""

    def say(caller: Caller) -> None:
        raw(*parts)(caller)
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        caller.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    return say


hangs = raw(60.0)


@dataclass
class RawServer:
    """Answers by path, without the query; 404 for what it does not know."""

    answers: Mapping[str, Say]
    address: str = "127.0.0.1"
    port: int = 0
    delay: float = 0.0
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    """All requests, robots.txt too."""
    connections: int = 0
    callers: list[Caller] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    """What TLS was told that we are called."""
    most_at_once: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Listen at once; a free port is found where none is given."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        self._listener = socket.create_server((self.address, self.port), family=family, backlog=99)
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._now = 0
        if self.tls:
            self.tls.sni_callback = lambda _socket, name, _context: self.names.append(name)

    @property
    def url(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http{'s' if self.tls else ''}://{host}:{self.port}"

    @property
    def targets(self) -> list[str]:
        """What was asked for, byte for byte, but robots.txt."""
        return [asked.target for asked in self.asked if asked.target != "/robots.txt"]

    def run(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            with contextlib.suppress(OSError), connection:
                self._serve(connection)
        finally:
            with self._lock:
                self._now -= 1

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(30)
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(4096)
                if not piece:
                    return
                head += piece
            asked = Asked(head, time.monotonic())
            self.asked.append(asked)
            caller = Caller(self, connection, asked)
            self.callers.append(caller)
            if self.stopping.wait(self.delay):
                return
            path = asked.target.partition("?")[0]
            self.answers.get(path, ok(status="404 Not Found"))(caller)

    def stop(self) -> None:
        self.stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def listening(answers: Mapping[str, Say] | None = None, **more: object) -> Iterator[RawServer]:
    """Run a server for the length of a block."""
    server = RawServer(answers or {}, **more)  # type: ignore[arg-type]
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield server
    finally:
        server.stop()
