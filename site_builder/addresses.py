"""Addresses (URLs): which may be published as a link, and which hosts are public."""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

CHECKED_SCHEMES = frozenset({"http", "https"})
"""Schemes whose documents can be fetched and checked."""
CONTACT_SCHEMES = frozenset({"mailto", "tel", "line", "ftp"})
"""Schemes that may be published, but are never checked."""

Fault = Literal["empty", "space", "control", "no-scheme", "malformed", "scheme", "credentials"]

# Control characters, line separators, what has no width or turns the text around, half surrogates.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\ud800-\udfff]"
)
_HOST = re.compile(r"[^\s\x00-\x20!\"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~\x7f]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# RFC 6052: an IPv4 address wrapped so that a NAT64 gateway unwraps it.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# RFC 8215 (local NAT64), RFC 4291 (IPv4-compatible, given up), RFC 2765 (IPv4-translated): no
# document of the public internet stands there, whatever the Python at hand says of them.
_NEVER_PUBLIC = tuple(map(ipaddress.IPv6Network, ("64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is not published as a link."""

    fault: Fault
    unsafe: bool
    """True where following it could harm; False where it is merely no address."""


def refusal(url: str) -> Refusal | None:
    """Why this address must not be published as a link, or None where it may be."""
    fault = _fault(url)
    return Refusal(fault, unsafe=fault in {"scheme", "credentials"}) if fault else None


def _fault(url: str) -> Fault | None:
    if not url:
        return "empty"
    # Control characters first: a browser drops a tab inside "java\tscript:".
    if _CONTROL.search(url):
        return "control"
    if re.search(r"\s", url):
        return "space"
    scheme = _SCHEME.match(url)
    if scheme is None:
        return "no-scheme"
    name = scheme[1].lower()
    # "www.x.go.th:8080/a" reads as a scheme; a dot in it says that it is a host.
    if name not in CHECKED_SCHEMES | CONTACT_SCHEMES:
        return "no-scheme" if "." in name else "scheme"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "malformed"
    if parts.username is not None or parts.password is not None:
        return "credentials"
    if name in CONTACT_SCHEMES:
        return None
    return None if host and _is_host(host, parts) else "malformed"


def _is_host(host: str, parts: SplitResult) -> bool:
    if "[" in parts.netloc or "]" in parts.netloc:
        # urlsplit has checked what stands in the brackets, not what stands around them.
        return re.fullmatch(r"\[[^\[\]]+\](:\d*)?", parts.netloc) is not None
    labels = host.removesuffix(".").split(".")
    return all(label and _HOST.fullmatch(label) for label in labels)


def host_of(url: str) -> str:
    """The host of a publishable http(s) address, in lower case, without a trailing dot."""
    host = urlsplit(url).hostname or ""
    # Name servers are asked for what IDNA makes of a host: full-width digits are digits.
    return (
        unicodedata.normalize("NFKC", host)
        .replace("。", ".")
        .replace("\u00ad", "")
        .removesuffix(".")
    )


def literal_address(host: str) -> Address | None:
    """The IP address that a host *is*, in any notation a browser takes; None for a name.

    2130706433, 0x7f.1 and 127.1 are all 127.0.0.1.
    """
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    if not re.fullmatch(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+)){0,3}", host, re.IGNORECASE):
        return None
    try:
        # Browsers read a bare "0x" as zero; inet_aton refuses it.
        return ipaddress.IPv4Address(socket.inet_aton(re.sub(r"0x(?=\.|$)", "0", host)))
    except OSError:
        return None


def is_public(address: Address) -> bool:
    """Whether the whole internet can reach this address; wrapped IPv4 is unwrapped first."""
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _NEVER_PUBLIC):
            return False
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if address.sixtofour:
            return is_public(address.sixtofour)
    return address.is_global and not address.is_multicast


def names_public_host(url: str) -> bool:
    """Whether the address, as written, names a public host. Asks no name server."""
    host = host_of(url)
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return False
    literal = literal_address(host)
    if literal is None and "." not in host:
        return False  # a name without a dot is one of the office's own network
    return literal is None or is_public(literal)


_HOME_PATHS = re.compile(
    r"/?(?:(?:site/)?(?:index|home|main)(?:\.(?:html?|php|aspx?|jsp))?|default\.aspx?|th|en)?/?"
)
IDLE_QUERY = re.compile(r"(?:lang|language|fbclid|gclid|utm_[a-z]+)=[^&]*")
"""What a link carries along that leads to no other page."""


def names_home_page(url: str) -> bool:
    """Whether an address names a site's home page: what stands there proves nothing by itself."""
    parts = urlsplit(url)
    leads_on = parts.fragment or IDLE_QUERY.sub("", parts.query).strip("&")
    return bool(_HOME_PATHS.fullmatch(parts.path.lower())) and not leads_on
