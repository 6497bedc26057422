"""The certificates and names of the servers with faults, tried by raw clients and processes."""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import names
from tests.faults.running import Running, running
from tests.faults.sites import NAMES, SILENT, sites


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    """All sites."""
    with running(sites(), NAMES, SILENT) as all_sites:
        yield all_sites


# TLS


def _shake(served: Running, site: str, name: str | None = None) -> dict[str, object]:
    """The certificate of a site, once it is verified as a browser does."""
    context = ssl.create_default_context(cafile=str(served.folder / names.AUTHORITY))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    server = served[site]
    with (
        socket.create_connection(server.place, 5) as sock,
        context.wrap_socket(sock, server_hostname=name or server.place[0]) as shaken,
    ):
        return dict(shaken.getpeercert() or {})


@pytest.mark.parametrize(
    ("site", "says_"),
    [
        ("self-signed", "self-signed certificate"),
        ("expired", "certificate has expired"),
        ("other-host", "IP address mismatch"),
        ("unknown-ca", "unable to get local issuer certificate|self-signed certificate in"),
        ("no-intermediate", "unable to get local issuer certificate"),
        ("tls-1-0", "unsupported protocol|alert protocol version|internal error"),
        ("no-tls", "wrong version number"),
    ],
)
def test_tls_that_fails(served: Running, site: str, says_: str) -> None:
    with pytest.raises(ssl.SSLError, match=says_):
        _shake(served, site)


def test_the_certificate_is_for_another_name(served: Running) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match=r"not valid for 'www\.mine\.test'"):
        _shake(served, "other-host", "www.mine.test")


@pytest.mark.parametrize(("site", "soon"), [("secure", False), ("ends-soon", True)])
def test_tls_that_holds(served: Running, site: str, soon: bool) -> None:
    certificate = _shake(served, site, "secure.test" if site == "secure" else None)
    left = ssl.cert_time_to_seconds(str(certificate["notAfter"])) - time.time()
    assert (0 < left < 14 * 86_400) is soon


def test_tls_1_0_is_spoken_to_who_asks_for_it(served: Running) -> None:
    # What a client says that has nothing newer: the server must not merely be broken.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with (
        socket.create_connection(served["tls-1-0"].place, 5) as sock,
        context.wrap_socket(sock) as shaken,
    ):
        assert shaken.version() == "TLSv1"


# Names


def _elsewhere(served: Running, script: str) -> str:
    """What a script prints in a process of its own that knows the names."""
    environment = {**os.environ, **names.environment(served.folder)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    return done.stdout + done.stderr.strip().rpartition("\n")[2]


ASK = "import socket; print(sorted({x[4][0] for x in socket.getaddrinfo(%r, 80)}))"


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.office.test", "office"),
        ("WWW.OFFICE.TEST.", "office"),
        ("หน่วยงาน.ไทย.test", "office"),
        ("xn--12cm6cc5fxbfe1v.xn--o3cw4h.test", "office"),
        ("สำนักงาน.ไทย.test", "office"),
        ("secure.test", "secure"),
    ],
)
def test_names_in_any_process(served: Running, host: str, site: str) -> None:
    home = served[site].place[0]
    assert _elsewhere(served, ASK % host) == f"['{home}']\n"
    assert names.resolver(served.folder)(host) == {ipaddress.ip_address(home)}


def test_names_that_have_no_answer(served: Running) -> None:
    resolve = names.resolver(served.folder)
    assert resolve("nobody.test") == ()
    assert resolve("silent.test") is None
    assert resolve("2130706433") == {ipaddress.ip_address("127.0.0.1")}
    assert _elsewhere(served, ASK % "nobody.test").startswith("socket.gaierror: [Errno -2]")
    assert _elsewhere(served, ASK % "silent.test").startswith("socket.gaierror: [Errno -3]")
    assert _elsewhere(served, ASK % "127.1") == "['127.0.0.1']\n"


def test_answers_follow_each_other_across_processes(served: Running) -> None:
    home = served["rebinds"].place[0]
    assert names.resolver(served.folder)("rebinds.test") == {ipaddress.ip_address(home)}
    assert _elsewhere(served, ASK % "rebinds.test") == "['127.0.0.2']\n"
    assert names.lookups(served.folder).count("rebinds.test") == 2


def test_other_processes_contact_only_this_machine(served: Running) -> None:
    script = "import socket; socket.create_connection((%r, %d), 3).close()"
    server = served["files"]
    assert _elsewhere(served, script % server.place) == ""
    for host in ("169.254.169.254", "10.0.0.1", "64:ff9b::7f00:2"):
        assert "unreachable" in _elsewhere(served, script % (host, 80))
        assert (host, 80) in names.contacts(served.folder)
    assert server.place in names.contacts(served.folder)


def test_a_process_without_its_names_ends(tmp_path: Path) -> None:
    names.write(tmp_path, {}, ())
    (tmp_path / "fault_lookup.py").write_text(
        (tmp_path / "fault_lookup.py").read_text("utf-8").replace("_Resolver(", "_Missing(", 1),
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", "print('runs')"],
        env={**os.environ, **names.environment(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (70, b"")
