"""The guard: every connection goes to an address that was judged, and to no other.

A host is resolved once for each connection, all its addresses are judged, and the socket is opened
to the very address that was judged; nothing resolves the name a second time.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from site_builder.addresses import Address, is_public, literal_address
from site_builder.linkworker.clock import Clock
from site_builder.linkworker.failures import ForbiddenAddressError, OversizeError

HEADER_LIMIT = 262_144
"""Bytes of all headers of an answer, those of interim answers included."""
RECEIVE_BUFFER = 262_144
"""Bytes that the system may draw from the network before they are asked for."""


def take_long_headers() -> None:
    """Let Python take as many headers, and as long ones, as `HEADER_LIMIT` allows in all.

    Of itself it refuses more than 100 of them, and one of more than 64 kB: browsers open those.
    This holds for the whole process, and is for the worker's own.
    """
    http.client._MAXHEADERS = HEADER_LIMIT  # type: ignore[attr-defined]  # noqa: SLF001
    http.client._MAXLINE = HEADER_LIMIT  # type: ignore[attr-defined]  # noqa: SLF001


class Guard:
    """Says which addresses may be contacted."""

    def __init__(self, allow: Sequence[str]) -> None:
        """Let through what is public, and these networks."""
        self._allow = tuple(map(ipaddress.ip_network, allow))

    def addresses(self, host: str) -> list[Address]:
        """All addresses of a host, in the system's order.

        Raises:
            ForbiddenAddressError: one of them must not be contacted.
            socket.gaierror: there are none, or the name servers did not answer.
        """
        found = self._resolve(host)
        for address in found:
            if not is_public(address) and not any(address in network for network in self._allow):
                raise ForbiddenAddressError(f"not a public address: {host} is {address}")
        return found

    def _resolve(self, host: str) -> list[Address]:
        if literal := literal_address(host.removesuffix(".")):
            return [literal]
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        texts = dict.fromkeys(str(end[0]) for *_, end in answers)
        found = [address for text in texts if (address := literal_address(text))]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return found


@dataclass
class Trip:
    """How one document is fetched: under which guard, clock and pace."""

    guard: Guard
    context: ssl.SSLContext
    clock: Clock
    turn: Callable[[str, Address], None]
    """Waits until a request may be sent to this host at this address."""
    timeout: float
    body_limit: int
    """Bytes that may be drawn of one body."""
    certificate_ends: str | None = None
    """The day on which the certificate of the last host expires."""
    started: float | None = None
    """When the first connection stood."""
    rested_before: float = 0.0
    """How long the clock had rested by then."""


def _connect(trip: Trip, host: str, port: int) -> socket.socket:
    addresses = trip.guard.addresses(host)
    trip.turn(host, addresses[0])
    for number, address in enumerate(addresses, 1):
        try:
            connection = _open(trip, address, port)
        except OSError:
            if number == len(addresses) or trip.clock.over:
                raise
        else:
            trip.clock.hold(connection)
            if trip.started is None:
                trip.started, trip.rested_before = time.monotonic(), trip.clock.rested
            return connection
    raise AssertionError  # pragma: no cover - a host without addresses was refused above


def _open(trip: Trip, address: Address, port: int) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        connection.settimeout(min(trip.timeout, trip.clock.left))
        connection.connect((str(address), port))
        connection.settimeout(trip.timeout)
    except BaseException:
        connection.close()
        raise
    return connection


class _Meter(io.RawIOBase):
    """Counts what is read, and refuses to read without end."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw
        self.left = HEADER_LIMIT
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - whatever a buffer is
        if self.left <= 0:
            raise OversizeError("more than is read of any answer")
        count: int | None = self._raw.readinto(buffer)
        self.left -= count or 0
        self.ended = count == 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _MeteredResponse(http.client.HTTPResponse):
    """Bounds its headers, its body and what stands around the body's chunks."""

    def __init__(self, sock: socket.socket, *, body_limit: int, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(sock, **kwargs)
        self._body_limit = body_limit
        self.fp.close()
        self._meter = _Meter(sock.makefile("rb", buffering=0))
        self.fp = io.BufferedReader(self._meter)

    def begin(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().begin(*args, **kwargs)
        if self._meter.ended:
            # Python takes headers without their end, and half a header, for the whole of them.
            self.close()
            raise http.client.RemoteDisconnected("the connection ended within the headers")
        self._meter.left = self._body_limit

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        # Of the interim answers Python passes over 100 alone; 103 (Early Hints) is one as well.
        while 101 < status < 200:
            http.client.parse_headers(self.fp)
            version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, status, reason


class _GuardedConnection(HTTPConnection):
    """Connects by the guard, and sends the target exactly as it was written."""

    def __init__(self, *args: Any, trip: Trip, target: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._trip = trip
        self._target = target
        # Called, never asked for its type.
        self.response_class = partial(  # type: ignore[assignment]
            _MeteredResponse, body_limit=trip.body_limit
        )

    def _new_conn(self) -> socket.socket:
        self._trip.certificate_ends = None
        try:
            return _connect(self._trip, self._dns_host, self.port)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"Connection to {self.host} timed out.") from error
        except ForbiddenAddressError:
            raise
        except OSError as error:
            raise NewConnectionError(self, f"Failed to connect: {error}") from error

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401, ARG002
        # `url` has been normalised by all the layers above.
        super().putrequest(method, self._target, *args, **kwargs)


class _GuardedTlsConnection(_GuardedConnection, HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, ssl.SSLSocket):
            certificate = self.sock.getpeercert() or {}
            ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
            self._trip.certificate_ends = datetime.fromtimestamp(ends, UTC).date().isoformat()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTlsConnection


def pool_for(
    trip: Trip, scheme: str, host: str, port: int | None, target: str
) -> HTTPConnectionPool:
    """Connections to one host for one request; nothing is contacted yet."""
    if port is None:
        # Without one Python looks for it in the host, and takes "::ffff:a09:807" apart.
        port = 443 if scheme == "https" else 80
    if scheme == "https":
        return _TlsPool(host, port, ssl_context=trip.context, trip=trip, target=target)
    return _Pool(host, port, trip=trip, target=target)
