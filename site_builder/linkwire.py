"""The lines that the link checker and its worker process exchange: JSON, one value a line.

The worker runs LinkChecker and tells facts; what they mean is judged elsewhere. First comes one
`Settings`, then any number of `Task`; for each task comes one `Answer`, as soon as it is known.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

BODY_LIMIT = 65_536
"""Bytes of a body, once decompressed, that are wanted of each document."""
PAGE_LIMIT = 4 * BODY_LIMIT
"""The same of a page: it is compared with others as a whole, and much of it is menu and style."""


class Failure(StrEnum):
    """Why no whole answer came: the first of these that holds."""

    ADDRESS = "address"
    """The host is, or resolved to, an address that must not be contacted; nothing was sent."""
    SCHEME = "scheme"
    """A redirect leads to something that is neither http nor https."""
    LOOP = "loop"
    """Redirects without end."""
    MALFORMED = "malformed"
    """This, or where a redirect leads, is no address."""
    NO_HOST = "no-host"
    """The name servers say that there is no such name."""
    NAME_SERVER = "name-server"
    """The name servers did not answer."""
    TLS = "tls"
    UNREACHABLE = "unreachable"
    """No route to the host or the network."""
    REFUSED = "refused"
    CONNECT_TIMEOUT = "connect-timeout"
    TIMEOUT = "timeout"
    """Connected, then silent for the time of one read."""
    DEADLINE = "deadline"
    """The total time for this address is over."""
    RESET = "reset"
    CLOSED = "closed"
    """The connection ended before an answer."""
    NOT_HTTP = "not-http"
    """What came is no HTTP answer."""
    INTERNAL = "internal"
    """The worker or LinkChecker failed; nothing is known of the address."""


class BodyFault(StrEnum):
    """What was wrong with a body whose headers were sound."""

    TRUNCATED = "truncated"
    """It ended before its announced length or its last chunk."""
    RESET = "reset"
    ENCODING = "encoding"
    """It is not compressed as announced."""
    TIMEOUT = "timeout"
    """It stopped coming, or went on beyond the deadline, before the wanted part was there."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all tasks of one worker."""

    user_agent: str
    browser_agent: str
    """The user agent of tasks that ask as a browser does."""
    allow: tuple[str, ...] = ()
    """Networks in CIDR form that may be contacted although they are not public."""
    read_timeout: float = 20.0
    """Seconds to wait for a connection, and for each piece of an answer; and after which a body
    that is kept must come at a least speed."""
    deadline: float = 60.0
    """Seconds for one task in all: robots.txt, redirects and the body included; a body that is
    kept has more."""
    per_second: float = 3.0
    """Requests a second that are sent to one address."""
    in_flight: int = 2
    """Tasks that ask one address at a time."""


@dataclass(frozen=True, slots=True)
class Task:
    """One address to ask for."""

    id: int
    url: str
    """Sent byte for byte: ASCII, without a fragment."""
    lane: str
    """Tasks of one lane share its pace: the host's address, or its name where that is unknown."""
    fragments: tuple[str, ...] = ()
    """The anchors to look for in an HTML page, percent-decoded."""
    as_browser: bool = False
    """Send the headers of a browser; the user agent still names us."""
    delay: float = 0.0
    """Seconds to wait before it is asked for; other tasks go on."""
    keep: str | None = None
    """The file to write the whole decoded body to; needs `keep_limit`."""
    keep_limit: int = 0
    """Bytes after which keeping is given up."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed."""

    url: str
    """Where it led."""
    status: int
    """How the server sent it: 301, 302, 303, 307 or 308."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one task found out."""

    id: int
    status: int | None = None
    """The final HTTP status; None where no answer came."""
    reason: str = ""
    hops: tuple[Hop, ...] = ()
    """The redirects in order; the last may have failed, or been refused."""
    forbidden: bool = False
    """robots.txt asks not to fetch it; nothing but robots.txt was asked for."""
    failure: Failure | None = None
    causes: tuple[str, ...] = ()
    """The chain of exceptions, outermost first, each as `Type: text`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The final answer's headers, their names in lower case."""
    body: bytes = b""
    """The first `BODY_LIMIT` bytes, or `PAGE_LIMIT` of a page, decompressed."""
    whole: bool = False
    """Whether `body` is all there is."""
    body_fault: BodyFault | None = None
    missing: tuple[str, ...] = ()
    """Those of the task's fragments that an HTML page, read to its end, has not."""
    certificate_ends: str | None = None
    """The day on which the certificate of the final host expires, `2026-12-31`."""
    kept: int | None = None
    """Bytes written to `Task.keep`; None where it was not kept whole."""
    kept_sha256: str | None = None
    seconds: float = 0.0
    """From the first byte sent to the end, waiting for the lane's pace aside."""


def write_line(value: Settings | Task | Answer) -> bytes:
    """A value as one line."""
    plain: dict[str, Any] = asdict(value)
    if isinstance(value, Answer):
        plain["body"] = base64.b64encode(value.body).decode("ascii")
    return json.dumps(plain, separators=(",", ":")).encode() + b"\n"


def read_settings(line: bytes) -> Settings:
    """Read the first line of a worker's input."""
    plain = json.loads(line)
    return Settings(**{**plain, "allow": tuple(plain["allow"])})


def read_task(line: bytes) -> Task:
    """Read any other line of a worker's input."""
    plain = json.loads(line)
    return Task(**{**plain, "fragments": tuple(plain["fragments"])})


def read_answer(line: bytes) -> Answer:
    """Read a line of a worker's output.

    Raises:
        ValueError: it is no answer: what crashed or was killed may have written half of one.
    """
    try:
        plain = json.loads(line)
        return Answer(
            **{
                **plain,
                "hops": tuple(Hop(**hop) for hop in plain["hops"]),
                "failure": plain["failure"] and Failure(plain["failure"]),
                "body_fault": plain["body_fault"] and BodyFault(plain["body_fault"]),
                "causes": tuple(plain["causes"]),
                "missing": tuple(plain["missing"]),
                "body": base64.b64decode(plain["body"], validate=True),
            }
        )
    except (TypeError, KeyError) as error:
        raise ValueError(f"not an answer: {error!r}") from error
