"""What to ask for: the request behind an address, and what needs no request at all."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from site_builder.addresses import CHECKED_SCHEMES, Address, Fault, Network, is_public, refusal
from site_builder.causes import Cause
from site_builder.ledger import Finding
from site_builder.verdicts import Verdict

_CAUSES: dict[Fault, Cause] = {
    "scheme": Cause.UNSAFE_SCHEME,
    "credentials": Cause.CREDENTIALS,
}


def request_for(url: str) -> str:
    """The address to ask for so as to check a publishable http(s) address: one for each document.

    As it is written, in ASCII: characters beyond it are encoded as browsers do. Without the
    fragment, which is never sent.

    Raises:
        ValueError: the host cannot be written in ASCII (a label of more than 63 bytes), or the
            address not in UTF-8 (half a surrogate pair).
    """
    document = url.partition("#")[0]
    scheme, _, rest = document.partition("://")
    end = re.search(r"[/?\\]", rest)
    netloc, target = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    host, colon, port = netloc.rpartition(":") if re.search(r":\d*$", netloc) else (netloc, "", "")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return f"{scheme.lower()}://{host.lower()}{colon}{port}{_in_ascii(target)}"


def _in_ascii(text: str) -> str:
    return re.sub(r"[^\x21-\x7e]+", lambda found: quote(found[0], safe=""), text)


def fragment_of(url: str) -> str | None:
    """The anchor that an address names, decoded; None where it names none."""
    return unquote(url.partition("#")[2]) or None


def judge_address(url: str) -> Finding | None:
    """The finding that the address alone allows; None where its host has to be looked at."""
    if refused := refusal(url):
        verdict = Verdict.UNSAFE if refused.unsafe else Verdict.INVALID
        cause = _CAUSES.get(refused.fault, Cause.NOT_AN_ADDRESS)
        return Finding(url, verdict, cause=cause, note=refused.fault)
    if url.partition(":")[0].lower() not in CHECKED_SCHEMES:
        return Finding(url, Verdict.NOT_CHECKED, cause=Cause.OTHER_SCHEME)
    try:
        request_for(url)
    except ValueError as error:
        return Finding(url, Verdict.INVALID, cause=Cause.NOT_AN_ADDRESS, note=str(error))
    return None


def judge_host(
    url: str, addresses: Collection[Address] | None, allow: Collection[Network]
) -> Finding | None:
    """The finding that makes a request needless or forbidden; None where it may be sent.

    `addresses` is all that the host resolves to now: empty where there is no such name, None where
    the name servers gave no answer. One address neither public nor in an allowed network is enough
    to forbid the request.
    """
    if addresses is None:
        return Finding(url, Verdict.TEMPORARY, cause=Cause.NAME_SERVER_SILENT)
    if not addresses:
        return Finding(url, Verdict.DNS, cause=Cause.NO_SUCH_HOST)
    for address in sorted(addresses, key=str):
        if not is_public(address) and not any(address in network for network in allow):
            return Finding(url, Verdict.UNSAFE, cause=Cause.NOT_PUBLIC, note=str(address))
    return None


# Controls: addresses beside one that is checked, which surely do not exist


@dataclass(frozen=True, slots=True)
class Place:
    """Where addresses are expected to be lost in the same way: one control serves them all."""

    site: str
    folder: str
    """The folder's path, each number in it as 0: /news/12/ answers as /news/13/ does. With the
    beginning of a name that ends in a number: /news-12.html answers as /news-13.html does."""
    extension: str
    names: tuple[str, ...]
    """The names of the query's values."""


def place_of(request: str) -> Place:
    """The place of a request."""
    parts = urlsplit(request)
    folder, _, name = parts.path.rpartition("/")
    extension = _extension(name)
    names = (name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return Place(
        f"{parts.scheme}://{parts.netloc}",
        re.sub(r"\d+", "0", f"{folder}/{_lost(name.removesuffix(extension), '')}"),
        extension,
        # A program that reads a query answers by its name; a plain file's name is the sibling's.
        (name, *names) if parts.query else (),
    )


def control_for(request: str, token: str) -> str | None:
    """An address of the same form as a request that surely does not exist; None for a home page.

    `token` is a random number in digits: numbers in the query become it, other values and the
    file's name become a word with it.
    """
    parts = urlsplit(request)
    folder, _, name = parts.path.rpartition("/")
    if parts.query:
        query = re.sub(r"=([^&;]*)", lambda found: "=" + _lost(found[1], token), parts.query)
        if query != parts.query:
            return parts._replace(query=query).geturl()
        return parts._replace(query=f"{_lost('', token)}").geturl()
    if not name:
        above, _, last = folder.rpartition("/")
        if not last:
            return None
        return parts._replace(path=f"{above}/{_lost(last, token)}/").geturl()
    extension = _extension(name)
    stem = _lost(name.removesuffix(extension), token)
    return parts._replace(path=f"{folder}/{stem}{extension}").geturl()


def _lost(value: str, token: str) -> str:
    """A value of the same shape: /news-12.html may be a program's, and /x.html nobody's."""
    found = re.fullmatch(r"([^\d%]*?)\d+", value)
    return f"{found[1]}{token}" if found else f"x{token}"


def _extension(name: str) -> str:
    found = re.search(r"\.[a-z][a-z0-9]{0,4}$", name, re.IGNORECASE)
    return found[0] if found else ""
