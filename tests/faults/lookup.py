"""The names of the tests, resolved from a file: no name server is ever asked.

Stands alone: `names.write` copies it into a folder for a process that the test cannot reach
otherwise, beside a `sitecustomize.py` that calls `install`.
"""

from __future__ import annotations

import errno
import fcntl
import ipaddress
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES, LOOKUPS, CONTACTS = "names.json", "lookups.log", "contacts.log"


def look_up(folder: Path, host: str) -> list[str]:
    """The addresses of a name: the next of its successive answers, whichever process asks.

    Raises:
        socket.gaierror: the name does not exist, or its name server is silent.
    """
    known = json.loads((folder / NAMES).read_text("utf-8"))
    try:
        name = host.removesuffix(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        name = host
    before = _note(folder / LOOKUPS, name)
    if name in known["silent"]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    answers: list[list[str]] = known["names"].get(name, [])
    if not answers:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return answers[min(before, len(answers) - 1)]


def _note(log: Path, line: str) -> int:
    """Add a line to a log that several processes write; how often it stood there before."""
    with log.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = file.read().splitlines().count(line)
        file.write(line + "\n")
    return before


def install(folder: Path) -> None:
    """Let this process resolve names from the file, and contact nothing but this machine."""
    resolver = _Resolver(folder, socket.getaddrinfo)
    patched: Any = socket
    patched.getaddrinfo = resolver.getaddrinfo
    patched.gethostbyname = resolver.gethostbyname
    patched.gethostbyname_ex = patched.gethostbyaddr = _unknown
    patched.socket.connect = _guarded(folder, socket.socket.connect)
    patched.socket.connect_ex = _guarded(folder, socket.socket.connect_ex)


class _Resolver:
    def __init__(self, folder: Path, ask: Callable[..., list[Any]]) -> None:
        self._folder = folder
        self._ask = ask

    def getaddrinfo(  # noqa: PLR0913, PLR0917 - the original's
        self,
        host: bytes | str | None,
        port: bytes | str | int | None,
        family: int = 0,
        type: int = 0,  # noqa: A002
        proto: int = 0,
        flags: int = 0,
    ) -> list[Any]:
        numeric = flags | socket.AI_NUMERICHOST
        try:
            return self._ask(host, port, family, type, proto, numeric)
        except (socket.gaierror, UnicodeError):
            name = host.decode("ascii") if isinstance(host, bytes) else str(host)
        found: list[Any] = []
        for address in look_up(self._folder, name):
            wanted = socket.AF_INET6 if ":" in address else socket.AF_INET
            if family in {0, wanted}:
                found += self._ask(address, port, wanted, type, proto, numeric)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found

    def gethostbyname(self, host: str) -> str:
        return str(self.getaddrinfo(host, None, socket.AF_INET)[0][4][0])


def _unknown(*_: object) -> Any:
    raise socket.herror(1, "Unknown host")


def _guarded(folder: Path, connect: Callable[..., Any]) -> Callable[..., Any]:
    def connects(sock: socket.socket, address: Any) -> Any:
        if sock.family in {socket.AF_INET, socket.AF_INET6}:
            _note(folder / CONTACTS, f"{address[0]} {address[1]}")
            if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback:
                raise OSError(errno.ENETUNREACH, "Network is unreachable")
        return connect(sock, address)

    return connects


def install_or_end(folder: Path) -> None:
    """Install; a process that cannot be held to this machine must not run."""
    try:
        install(folder)
    except BaseException:  # noqa: BLE001 - Python would go on without it
        os._exit(70)
