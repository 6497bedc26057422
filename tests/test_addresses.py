"""Addresses: which may stand as a link, and which hosts only look like public ones."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.addresses import (
    Refusal,
    host_of,
    is_public,
    literal_address,
    names_public_host,
    refusal,
)

ACCEPTED = [
    "https://www.dongmuang.go.th/",
    "HTTPS://WWW.X.GO.TH/",
    "http://x.go.th:8080/a?b=1|2&c=ก#ข",
    "https://x.go.th./",
    "https://x_y.go.th/",
    "https://เทศบาล.ไทย/รายงาน.pdf",
    "http://[2001:4860:4860::8888]:8080/",
    "mailto:a@b.go.th",
    "TEL:+6643000000",
    "line://ti/p/@x",
    "ftp://x.go.th/a.pdf",
]
REFUSED = {
    "": "empty",
    "https://x.go.th/a b": "space",
    "https://x.go.th/a\u00a0b": "space",
    " https://x.go.th/": "space",
    "https://x.go.th/a\nb": "control",
    "https://x.go.th/\u202efdp.a": "control",
    "https://x.go.th/\ufeff": "control",
    "https://x.go.th/\x9b": "control",
    "https://x.go.th/\ud800": "control",  # half a surrogate pair
    "java\tscript:alert(1)": "control",
    "\x01javascript:alert(1)": "control",
    "javascript\u200b:alert(1)": "control",
    "\x00": "control",
    "www.x.go.th": "no-scheme",
    "www.x.go.th:8080/a": "no-scheme",
    "//x.go.th/": "no-scheme",
    "/files/a.pdf": "no-scheme",
    "http": "no-scheme",
    "javascript:alert(1)": "scheme",
    "JaVaScRiPt:alert(1)": "scheme",
    "vbscript:x": "scheme",
    "data:text/html,x": "scheme",
    "file:///etc/passwd": "scheme",
    "blob:https://x.go.th/": "scheme",
    "https://u:p@x.go.th/": "credentials",
    "https://u@x.go.th/": "credentials",
    "https://@x.go.th/": "credentials",
    "ftp://u:p@x.go.th/a.pdf": "credentials",
    "https://x.go.th\\@evil.example/": "credentials",
    "http://[foo": "malformed",
    "http://[::1": "malformed",
    "https:": "malformed",
    "https:x": "malformed",
    "https:/x.go.th/": "malformed",
    "https:///a": "malformed",
    "https://x..go.th/": "malformed",
    "https://x.go.th:99999/": "malformed",
    "https://x.go.th:80a/": "malformed",
    "https://x|y/": "malformed",
    "https://%31.go.th/": "malformed",
    "https://<script>/": "malformed",
}


@pytest.mark.parametrize("url", ACCEPTED)
def test_accepts(url: str) -> None:
    assert refusal(url) is None


@pytest.mark.parametrize(("url", "fault"), REFUSED.items())
def test_refuses(url: str, fault: str) -> None:
    found = refusal(url)
    assert found is not None
    assert (found.fault, found.unsafe) == (fault, fault in {"scheme", "credentials"})


@given(st.lists(st.booleans(), min_size=10, max_size=10), st.text())
def test_no_spelling_of_javascript_is_accepted(upper: list[bool], rest: str) -> None:
    letters = zip("javascript", upper, strict=True)
    scheme = "".join(letter.upper() if up else letter for letter, up in letters)
    assert refusal(f"{scheme}:{rest}") is not None
    assert refusal(f"{scheme}:alert(1)") == Refusal("scheme", unsafe=True)


@given(
    st.text()
    | st.text(alphabet="htps:/[]@.x1%\\#? \t").map(lambda rest: f"http://{rest}")
    | st.text(alphabet="javscript:/\t\n\x00").map(lambda rest: f"j{rest}")
)
def test_any_text_is_judged_and_what_is_accepted_can_be_asked_for_its_host(url: str) -> None:
    if refusal(url) is None:
        scheme = url.partition(":")[0].lower()
        assert scheme in {"http", "https", "mailto", "tel", "line", "ftp"}
        if scheme in {"http", "https"}:
            host = host_of(url)
            assert host
            assert host == host.lower()
            assert isinstance(names_public_host(url), bool)


@pytest.mark.parametrize(
    ("url", "host"),
    {
        "HTTPS://WWW.X.GO.TH:8080/A": "www.x.go.th",
        "https://x.go.th./": "x.go.th",
        "http://[::1]:80/": "::1",
        "mailto:a@b.go.th": "",
    }.items(),
)
def test_host_of(url: str, host: str) -> None:
    assert host_of(url) == host


HOSTS = {
    "x.go.th": True,
    "intranet.x.go.th": True,
    "10.example.go.th": True,
    "8.8.8.8": True,
    "134744072": True,  # 8.8.8.8
    "0x8.8.8.8": True,
    "[2001:4860:4860::8888]": True,
    "[::ffff:8.8.8.8]": True,
    "[64:ff9b::808:808]": True,
    "[2002:808:808::]": True,
    "256.1.1.1": True,  # a name, and no host: for the name servers to say
    "localhost": False,
    "LOCALHOST.": False,
    "a.localhost": False,
    "printer.local": False,
    "files.INTERNAL": False,
    "127.0.0.1": False,
    "127.0.0.1.": False,
    "127.1": False,
    "2130706433": False,
    "0x7f000001": False,
    "0X7F.1": False,
    "0177.0.0.1": False,
    "0": False,
    "10.0.0.1": False,
    "172.16.0.1": False,
    "192.168.1.1": False,
    "169.254.169.254": False,
    "100.64.0.1": False,
    "192.0.2.1": False,
    "224.0.0.1": False,
    "255.255.255.255": False,
    "[::]": False,
    "[::1]": False,
    "[fc00::1]": False,
    "[fe80::1]": False,
    "[fe80::1%25eth0]": False,
    "[ff02::1]": False,
    "[::ffff:127.0.0.1]": False,
    "[::ffff:a00:1]": False,
    "[64:ff9b::7f00:1]": False,
    "[64:ff9b::10.0.0.1]": False,
    "[2002:7f00:1::]": False,
}


@pytest.mark.parametrize(("host", "public"), HOSTS.items())
def test_names_public_host(host: str, public: bool) -> None:
    url = f"http://{host}/a.pdf"
    assert refusal(url) is None
    assert names_public_host(url) is public


V4 = st.ip_addresses(v=4)


@given(V4)
def test_every_notation_of_an_address_is_the_same_address(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    a, b, c, d = address.packed
    for host in (
        f"{number}",
        f"{number:#x}",
        f"0{number:o}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"0{a:o}.{b}.{number & 0xFFFF}",
        f"{a}.{number & 0xFFFFFF}",
    ):
        assert literal_address(host) == address
        assert names_public_host(f"http://{host}/") == is_public(address)


@given(V4)
def test_a_wrapped_address_is_as_public_as_what_it_wraps(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for wrapped in (
        int(ipaddress.IPv6Address("::ffff:0:0")) + number,
        int(ipaddress.IPv6Address("64:ff9b::")) + number,
        int(ipaddress.IPv6Address("2002::")) + (number << 80),
    ):
        assert is_public(ipaddress.IPv6Address(wrapped)) == is_public(address)


@pytest.mark.parametrize("host", ["x.go.th", "1.x", "1.2.3.4.5", "0x7g.1", "", "::g", "๑๒๗.1"])
def test_a_name_is_no_literal_address(host: str) -> None:
    assert literal_address(host) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://localhost。/",
        "http://127.0.0.1\u00ad/",
        "http://[64:ff9b:1::a00:1]/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://0x7f.0x.0x.1/",
    ],
)
def test_disguised_inner_hosts_are_not_public(url: str) -> None:
    assert not names_public_host(url)


@pytest.mark.parametrize("url", ["http://[::1]x/", "http://x[::1]/"])
def test_text_around_brackets_is_malformed(url: str) -> None:
    assert refusal(url) is not None
