"""Names for the servers: in this process by a resolver, in others by a folder on PYTHONPATH."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import socket
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from site_builder.addresses import Address, literal_address
from tests.faults import lookup

ROOT = Path(__file__).parent.parent.parent
AUTHORITY = "authority.pem"

_CUSTOMIZE = """\
from pathlib import Path
import fault_lookup
fault_lookup.install_or_end(Path(__file__).parent)
"""


def write(
    folder: Path, names: Mapping[str, Sequence[Sequence[str]]], silent: Collection[str]
) -> None:
    """Fill the folder: the successive answers for each name, and the names that get none.

    Whoever runs the checker may have made it another user: the folder is open to all.
    """
    ascii_names = {name.encode("idna").decode("ascii"): names[name] for name in names}
    known = {"names": ascii_names, "silent": sorted(silent)}
    (folder / lookup.NAMES).write_text(json.dumps(known, indent=1), encoding="utf-8")
    shutil.copy(str(lookup.__file__), folder / "fault_lookup.py")
    (folder / "sitecustomize.py").write_text(_CUSTOMIZE, encoding="utf-8")
    folder.chmod(0o755)
    for log in (lookup.LOOKUPS, lookup.CONTACTS):
        (folder / log).touch()
        (folder / log).chmod(0o666)


def environment(folder: Path) -> dict[str, str]:
    """What a process needs in its environment to know these names, and to trust the authority."""
    return {
        "PYTHONPATH": os.pathsep.join(map(os.fspath, (folder, ROOT))),
        "SSL_CERT_FILE": os.fspath(folder / AUTHORITY),
        # The folder may belong to another user than the process.
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def resolver(folder: Path) -> Callable[[str], Collection[Address] | None]:
    """The same names for this process: no address where there is none, None for silence."""

    def resolve(host: str) -> Collection[Address] | None:
        if literal := literal_address(host):
            return {literal}
        try:
            return {ipaddress.ip_address(each) for each in lookup.look_up(folder, host)}
        except socket.gaierror as error:
            return None if error.errno == socket.EAI_AGAIN else ()

    return resolve


def contacts(folder: Path) -> set[tuple[str, int]]:
    """The addresses and ports that other processes connected to, or tried to."""
    lines = (folder / lookup.CONTACTS).read_text("utf-8").splitlines()
    return {(host, int(port)) for host, port in (line.split(" ") for line in lines)}


def lookups(folder: Path) -> list[str]:
    """Every question for a name, in order, whoever asked."""
    return (folder / lookup.LOOKUPS).read_text("utf-8").splitlines()
