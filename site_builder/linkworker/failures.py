"""What an exception of the network means: the failures of the wire, and the chain of causes."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3.exceptions

from site_builder.linkwire import BodyFault, Failure
from site_builder.linkworker.clock import TimeUpError

_TEXT_LIMIT = 4_000
_CHAIN_LIMIT = 20

_UNREACHABLE = frozenset(
    {
        *(errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL),
        *(errno.EACCES, errno.EPERM, errno.EAFNOSUPPORT),
    }
)
_NO_SUCH_NAME = frozenset(
    number
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if (number := getattr(socket, name, None)) is not None
)


class ForbiddenAddressError(OSError):
    """A host is, or resolved to, an address that must not be contacted."""


class ForbiddenSchemeError(requests.exceptions.InvalidSchema):
    """A redirect leads to something that is neither http nor https."""


class NoAddressError(requests.exceptions.InvalidURL):
    """This is no address."""


class OversizeError(http.client.HTTPException):
    """More came than is read of any answer."""


def chain_of(error: BaseException) -> list[BaseException]:
    """An exception and all that it was made of, outermost first."""
    chain: list[BaseException] = []
    waiting = [error]
    while waiting and len(chain) < _CHAIN_LIMIT:
        found = waiting.pop(0)
        if not any(found is seen for seen in chain):
            chain.append(found)
            waiting += _parts(found)
    return chain


def _parts(error: BaseException) -> Iterator[BaseException]:
    for part in (getattr(error, "reason", None), *error.args, error.__cause__, error.__context__):
        if isinstance(part, BaseException):
            yield part


def causes_of(error: BaseException) -> tuple[str, ...]:
    """The chain as `Type: text`, each text once."""
    texts = (f"{type(part).__name__}: {part}"[:_TEXT_LIMIT] for part in chain_of(error))
    return tuple(dict.fromkeys(texts))


def failure_of(error: BaseException, *, time_up: bool) -> Failure:
    """Why no answer came: the first of `Failure` that holds.

    When time is up the connection is cut, and whatever then fails fails because of that.
    """
    chain = chain_of(error)

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(part, kinds) for part in chain)

    if has(ForbiddenAddressError):
        return Failure.ADDRESS
    if has(ForbiddenSchemeError, requests.exceptions.InvalidSchema):
        return Failure.SCHEME
    if has(requests.exceptions.TooManyRedirects):
        return Failure.LOOP
    if time_up or has(TimeUpError):
        return Failure.DEADLINE
    if has(
        *(UnicodeError, requests.exceptions.InvalidURL, http.client.InvalidURL),
        urllib3.exceptions.LocationParseError,
    ):
        return Failure.MALFORMED
    for part in chain:
        if isinstance(part, socket.gaierror):
            return Failure.NO_HOST if part.errno in _NO_SUCH_NAME else Failure.NAME_SERVER
    return _connection_failure(chain)


def _connection_failure(chain: list[BaseException]) -> Failure:
    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(part, kinds) for part in chain)

    if has(ssl.SSLError, ssl.CertificateError, urllib3.exceptions.SSLError):
        return Failure.TLS
    if any(isinstance(part, OSError) and part.errno in _UNREACHABLE for part in chain):
        return Failure.UNREACHABLE
    if has(ConnectionRefusedError):
        return Failure.REFUSED
    if has(requests.exceptions.ConnectTimeout):
        return Failure.CONNECT_TIMEOUT
    if has(requests.exceptions.ReadTimeout, TimeoutError, urllib3.exceptions.ReadTimeoutError):
        return Failure.TIMEOUT
    # Both a reset and a line that is no HTTP, to Python: the connection ended without a word.
    if has(http.client.RemoteDisconnected):
        return Failure.CLOSED
    if has(ConnectionResetError, ConnectionAbortedError, BrokenPipeError):
        return Failure.RESET
    if has(http.client.HTTPException, urllib3.exceptions.InvalidHeader):
        return Failure.NOT_HTTP
    return Failure.INTERNAL


def body_fault_of(error: BaseException, *, time_up: bool) -> BodyFault:
    """What was wrong with a body that could not be read to its end."""
    chain = chain_of(error)
    if time_up or any(
        isinstance(part, (TimeoutError, urllib3.exceptions.ReadTimeoutError)) for part in chain
    ):
        return BodyFault.TIMEOUT
    if any(isinstance(part, ConnectionResetError) for part in chain):
        return BodyFault.RESET
    return BodyFault.TRUNCATED
