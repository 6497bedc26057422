"""A web server on loopback whose answers are faulty on purpose, and which remembers what came."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

Answer = Callable[["Handler"], None]


def says(
    status: int,
    body: bytes = b"<p>x",
    kind: str = "text/html",
    *,
    reason: str | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """A whole and proper answer."""

    def answer(handler: Handler) -> None:
        handler.send_response(status, reason)
        for name, value in {"Content-Type": kind, **headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def leads(status: int, location: str) -> Answer:
    """A redirect."""
    return says(status, headers={"Location": location})


def sends(data: bytes) -> Answer:
    """These bytes instead of an answer, then the end."""

    def answer(handler: Handler) -> None:
        handler.close_connection = True
        handler.wfile.write(data)

    return answer


def hangs(handler: Handler) -> None:
    """No answer until the server stops."""
    handler.close_connection = True
    handler.server.stopping.wait(60)


class FaultServer(ThreadingHTTPServer):
    """Answers by path; 404 for a path that it does not know."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        """Answer these paths, without their query."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = dict(answers)
        self.asked: list[str] = []
        """What was asked for, byte for byte, but robots.txt."""
        self.agents: set[str] = set()
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        """Where it is, without a final slash."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One connection to a FaultServer."""

    server: FaultServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer by path."""
        if self.path != "/robots.txt":
            self.server.asked.append(self.path)
            self.server.agents.add(self.headers.get("User-Agent", ""))
        self.server.answers.get(self.path.partition("?")[0], says(404))(self)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def handle(self) -> None:
        """Bear with clients that leave without reading."""
        try:
            super().handle()
        except OSError:
            self.close_connection = True


@contextmanager
def serving(
    answers: Mapping[str, Answer], certificate: Path | None = None
) -> Iterator[FaultServer]:
    """Run a server for the length of a block; with a certificate and its key, over TLS."""
    with FaultServer(answers) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
