"""Sessions of requests that change no byte of an address and read no redirect's body."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes, urljoin, urlsplit

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool

from site_builder.addresses import CHECKED_SCHEMES, host_of, refusal
from site_builder.linkwire import Hop, Settings
from site_builder.linkworker.failures import ForbiddenSchemeError, NoAddressError
from site_builder.linkworker.guard import Trip, pool_for

# `ssl.OP_LEGACY_SERVER_CONNECT` of Python 3.12.
_LEGACY_SERVER_CONNECT = 0x4
_ENCODINGS = "gzip, deflate"
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_NOT_IN_HOST = re.compile(rb"[\x00-\x20\x7f/?#@:\\\[\]%]")
"""What would make of a host that was encoded another address."""


def trusting_context() -> ssl.SSLContext:
    """TLS 1.2 or later, certificates judged by `SSL_CERT_FILE` or else by certifi's list."""
    context = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # Python 3.13 refuses certificates that browsers accept; the verdict is not Python's to change.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    # Nor are old servers refused that browsers open: nothing secret is sent to them.
    context.options |= _LEGACY_SERVER_CONNECT
    return context


def headers_for(settings: Settings, *, as_browser: bool) -> dict[str, str]:
    """The headers of a request."""
    if not as_browser:
        return {
            "User-Agent": settings.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": _ENCODINGS,
            "Connection": "keep-alive",
        }
    return {
        "Connection": "keep-alive",
        "Upgrade-Insecure-Requests": "1",
        "User-Agent": settings.browser_agent,
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,"
        "image/avif,image/webp,image/apng,*/*;q=0.8",
        "Sec-Fetch-Site": "none",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-User": "?1",
        "Sec-Fetch-Dest": "document",
        "Accept-Encoding": _ENCODINGS,
        "Accept-Language": "th-TH,th;q=0.9,en-US;q=0.8,en;q=0.7",
    }


def parted(url: str) -> tuple[str, str]:
    """An address's origin, and what is sent in the request line: the rest, but the fragment."""
    document = url.partition("#")[0]
    found = re.search(r"(?<!:)(?<!:/)[/?]", document)
    if found is None:
        return document, "/"
    target = document[found.start() :]
    return document[: found.start()], target if target.startswith("/") else "/" + target


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: the same text for all its spellings.

    Raises:
        NoAddressError: the port is none.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise NoAddressError(str(error)) from error
    host = host_of(url)
    host = f"[{host}]" if ":" in host else host
    usual = port in {None, 443 if parts.scheme == "https" else 80}
    return f"{parts.scheme}://{host}" + ("" if usual else f":{port}")


class _Adapter(HTTPAdapter):
    def __init__(self, trip: Trip) -> None:
        self._trip = trip
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: object,  # noqa: ARG002
        proxies: object = None,  # noqa: ARG002
        cert: object = None,  # noqa: ARG002
    ) -> HTTPConnectionPool:
        url = request.url or ""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise requests.exceptions.InvalidURL(str(error)) from error
        if ":" in host:
            # A zone names an interface of this very machine: it is no part of what is asked for.
            host = host.partition("%")[0]
        return pool_for(self._trip, parts.scheme, host, port, parted(url)[1])

    def cert_verify(self, *_: object) -> None:
        """The context has all that is to be said about certificates."""

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:  # noqa: ANN401
        response = super().build_response(req, resp)
        if response.is_redirect and response.headers["location"]:
            # requests would read the body, however long, so as to use the connection again.
            resp.close()
            response._content = b""  # noqa: SLF001
        return response


class ExactSession(requests.Session):
    """Asks for addresses as they are written, and remembers the redirects."""

    def __init__(self, trip: Trip, headers: Mapping[str, str], max_redirects: int) -> None:
        """No proxy, no .netrc, and no cookie but those of its own answers."""
        super().__init__()
        self.trust_env = False
        self.max_redirects = max_redirects
        self.headers.clear()
        self.headers.update(headers)
        self.hops: list[Hop] = []
        """The redirects that were followed; the last may have failed."""
        self._next: Hop | None = None
        adapter = _Adapter(trip)
        self.adapters.clear()
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Prepare all but the address, which requests would spell anew."""
        exact = str(request.url)
        request.url, _ = parted(exact)
        prepared = super().prepare_request(request)
        prepared.url = exact
        return prepared

    def rebuild_method(
        self, prepared_request: requests.PreparedRequest, response: requests.Response
    ) -> None:
        """The first step after requests has spelt the redirect's address anew: put it back."""
        super().rebuild_method(prepared_request, response)
        url = self.get_redirect_target(response)
        if url is not None:
            prepared_request.url = url
            self._next = Hop(url, response.status_code)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        """Send a request; the step of a redirect is remembered first."""
        hop, self._next = self._next, None
        if hop:
            self.hops.append(hop)
        return super().send(request, **kwargs)

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Where a redirect leads, as it was written.

        Raises:
            ForbiddenSchemeError: to something else than http or https.
            NoAddressError: to something that is no address.
        """
        if not resp.is_redirect:
            return None
        # Only these: to Python bytes of Thai letters (ภ, ๅ) end in what is white space as Latin-1.
        location = resp.headers["location"].strip(" \t\r\n").encode("latin-1")
        try:
            return resolved(resp.url, location) if location else None
        except ForbiddenSchemeError:
            # Not followed, but what it is decides whether it is harmless.
            self.hops.append(Hop(quote_from_bytes(location, safe=_PRINTABLE), resp.status_code))
            raise


def resolved(base: str, location: bytes) -> str:
    """A Location header's address; bytes that are no ASCII are percent-encoded as they are."""
    text = quote_from_bytes(location, safe=_PRINTABLE)
    try:
        if re.match(r"/(?!/)", text):
            parts = urlsplit(base)
            url = f"{parts.scheme}://{parts.netloc}{text}"
        elif text.startswith("//"):
            url = f"{urlsplit(base).scheme}:{_with_ascii_host(location, text)}"
        elif re.match(r"https?://", text, re.IGNORECASE):
            url = _with_ascii_host(location, text)
        else:
            url = urljoin(base, text)
        refused = refusal(url)
    except ValueError as error:
        raise NoAddressError(f"redirected to {text}: {error}") from error
    scheme = url.partition(":")[0].lower()
    if refused and refused.fault not in {"scheme", "credentials"}:
        raise NoAddressError(f"redirected to {text}: {refused.fault}")
    if scheme not in CHECKED_SCHEMES:
        raise ForbiddenSchemeError(f"redirected to {text}")
    return url


def _with_ascii_host(location: bytes, text: str) -> str:
    """The address with its host in ASCII: servers write Thai hosts as they are, or encoded.

    Raises:
        ValueError: the host is in no UTF-8, or has what no host has.
    """
    before, slashes, rest = location.partition(b"//")
    netloc = re.split(rb"[/?#]", rest, maxsplit=1)[0]
    user, at, place = netloc.rpartition(b"@")
    if place.startswith(b"[") or (place.isascii() and b"%" not in place):
        return text
    found, colon, port = place.partition(b":")
    host = unquote_to_bytes(found).decode("utf-8").encode("idna")
    if _NOT_IN_HOST.search(host):
        raise ValueError("not a host")
    after = rest[len(netloc) :]
    parts = (before, slashes, user, at, host, colon, port, after)
    return quote_from_bytes(b"".join(parts), safe=_PRINTABLE)
