"""Runs all sites at once, each on an address of its own, as the checker paces each address."""

from __future__ import annotations

import ipaddress
import re
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from site_builder.addresses import Network
from tests.faults import names
from tests.faults.certificates import Authority, Tls
from tests.faults.server import Answer, FaultServer, bound

OPEN: tuple[Network, ...] = (ipaddress.ip_network("127.77.0.0/16"),)
"""The network of the sites: what a run has to allow. The rest of loopback is the intranet."""

Shut = Literal["refuses", "never-accepts", "never-connects"]


@dataclass(frozen=True, slots=True)
class Site:
    """One server before it runs."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By target: the whole of it, else its path without the query; not quoted yet."""
    lost: Answer | None = None
    """What all other targets get; 404 unless given."""
    names: tuple[str, ...] = ()
    tls: Tls | None = None
    door: Answer | None = None
    """Takes over each connection before it has said anything."""
    shut: Shut | None = None
    """How the port behaves where no server answers."""
    address: str | None = None
    """Where it has to be; an address of `OPEN` of its own unless given."""
    port_of: str | None = None
    """The site before it in the list whose port number it needs."""


class ShutPort:
    """A port where no server answers."""

    def __init__(self, listener: socket.socket, shut: Shut) -> None:
        """Hold the port; what only is bound refuses."""
        self.place: tuple[str, int] = listener.getsockname()[:2]
        self.url = "http://{}:{}".format(*self.place)
        self._held = [listener]
        if shut == "never-accepts":
            listener.listen(64)
        elif shut == "never-connects":
            # A full queue: the system drops what else knocks.
            listener.listen(0)
            for _ in range(4):
                knocking = socket.socket(listener.family, socket.SOCK_STREAM)
                knocking.setblocking(False)
                with suppress(BlockingIOError):
                    knocking.connect(listener.getsockname())
                self._held.append(knocking)

    def stop(self) -> None:
        """Give the port back."""
        for held in self._held:
            held.close()


class Running:
    """All sites while they run."""

    def __init__(self, folder: Path) -> None:
        """Begin with none; `folder` is the one for `names`."""
        self.folder = folder
        self.servers: dict[str, FaultServer] = {}
        self.ports: dict[str, ShutPort] = {}

    def __getitem__(self, site: str) -> FaultServer:
        """The server of a site."""
        return self.servers[site]

    def where(self, text: str) -> str:
        """Put the sites' places into a text: `<site>`, `<site.host>` and `<site.port>`."""

        def place(found: re.Match[str]) -> str:
            server = self.servers.get(found["site"]) or self.ports[found["site"]]
            parts = urlsplit(server.url)
            shown = {"host": parts.hostname, "port": parts.port, None: server.url}
            return str(shown[found["part"]])

        return re.sub(r"<(?P<site>[a-z0-9-]+)(\.(?P<part>host|port))?>", place, text)

    def stop(self) -> None:
        """Stop all."""
        for server in self.servers.values():
            server.stop()
        for port in self.ports.values():
            port.stop()


@contextmanager
def running(
    sites: Mapping[str, Site],
    more_names: Mapping[str, Sequence[Sequence[str]]],
    silent: Sequence[str] = (),
) -> Iterator[Running]:
    """Run the sites for a block. `more_names` may name sites: their addresses are put in."""
    with ExitStack() as stack:
        # Not pytest's folder, which no other user may enter.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prongsai-faults-")))
        authority = Authority()
        authority.write(folder / names.AUTHORITY)
        (folder / names.AUTHORITY).chmod(0o644)
        homes = _homes(sites)
        known = {name: [[homes[site]]] for site in sites for name in sites[site].names}
        for name, answers in more_names.items():
            known[name] = [[homes.get(each, each) for each in answer] for answer in answers]
        names.write(folder, known, silent)
        run = Running(folder)
        stack.callback(run.stop)
        for name, listener in _bind(sites, homes).items():
            site = sites[name]
            if site.shut:
                run.ports[name] = ShutPort(listener, site.shut)
                continue
            hosts = (homes[name], *(each.encode("idna").decode() for each in site.names))
            run.servers[name] = FaultServer(
                site.answers,
                listener=listener,
                lost=site.lost,
                context=authority.context(site.tls, *hosts) if site.tls else None,
                door=site.door,
            )
            run.servers[name].where = run.where
        yield run


def _homes(sites: Mapping[str, Site]) -> dict[str, str]:
    hosts = (str(host) for host in OPEN[0].hosts())
    return {name: site.address or next(hosts) for name, site in sites.items()}


def _bind(sites: Mapping[str, Site], homes: Mapping[str, str]) -> dict[str, socket.socket]:
    for _ in range(20):
        listeners: dict[str, socket.socket] = {}
        try:
            for name, site in sites.items():
                shared = listeners[site.port_of].getsockname()[1] if site.port_of else 0
                listeners[name] = bound(homes[name], shared)
        except OSError:  # somebody else has a port that two sites are to share
            for listener in listeners.values():
                listener.close()
        else:
            return listeners
    raise OSError("no ports")
