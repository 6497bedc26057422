"""Certificates made on the fly, each wrong in one way."""

from __future__ import annotations

import ssl
import warnings
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import trustme


class Tls(StrEnum):
    """How a server speaks TLS."""

    GOOD = "good"
    ENDS_SOON = "ends-soon"
    SELF_SIGNED = "self-signed"
    EXPIRED = "expired"
    OTHER_HOST = "other-host"
    UNKNOWN_CA = "unknown-ca"
    NO_INTERMEDIATE = "no-intermediate"
    TLS_1_0 = "tls-1.0"


class Authority:
    """The one authority that the checker is told to trust."""

    def __init__(self) -> None:
        self._ca = trustme.CA(organization_name="Trusted in the tests")
        self._unknown = trustme.CA(organization_name="Nobody knows it")

    def write(self, file: Path) -> None:
        """Write what `SSL_CERT_FILE` names."""
        self._ca.cert_pem.write_to_path(file)

    def context(self, tls: Tls, *hosts: str) -> ssl.SSLContext:
        """What a server of these hosts (names and addresses) needs to speak TLS this way."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        now = datetime.now(UTC)
        if tls is Tls.SELF_SIGNED:
            # The root of another authority: signed by itself.
            key_and_cert = trustme.Blob(
                self._unknown.private_key_pem.bytes() + self._unknown.cert_pem.bytes()
            )
            with key_and_cert.tempfile() as file:
                context.load_cert_chain(file)
            return context
        if tls is Tls.NO_INTERMEDIATE:
            leaf = self._ca.create_child_ca().issue_cert(*hosts)
            alone = trustme.Blob(leaf.private_key_pem.bytes() + leaf.cert_chain_pems[0].bytes())
            with alone.tempfile() as file:
                context.load_cert_chain(file)
            return context
        if tls is Tls.EXPIRED:
            leaf = self._ca.issue_cert(*hosts, not_after=now - timedelta(days=3))
        elif tls is Tls.ENDS_SOON:
            leaf = self._ca.issue_cert(*hosts, not_after=now + timedelta(days=5))
        elif tls is Tls.OTHER_HOST:
            leaf = self._ca.issue_cert("another-office.test")
        elif tls is Tls.UNKNOWN_CA:
            leaf = self._unknown.issue_cert(*hosts)
        else:
            leaf = self._ca.issue_cert(*hosts)
        leaf.configure_cert(context)
        if tls is Tls.TLS_1_0:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # that is the point
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1
            context.set_ciphers("ALL:@SECLEVEL=0")
        return context
