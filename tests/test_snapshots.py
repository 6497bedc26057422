"""Copies of evidence: fetched by the real worker from servers on loopback, and read with warcio."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from warcio.archiveiterator import ArchiveIterator

from site_builder import cli, folder, linkcheck, recordfile, snapshots
from site_builder.catalogue import CATALOGUE
from site_builder.causes import Cause, words_for
from site_builder.copies import Copies, Copy, Sight, enter, write_copies
from site_builder.files import publish
from site_builder.ledger import Finding, Ledger, write_ledger
from site_builder.ledger import enter as enter_findings
from site_builder.linkcheck import Patience
from site_builder.linkwire import Settings
from site_builder.model import Disclosure
from site_builder.verdicts import Verdict
from site_builder.warcs import UNFINISHED
from tests.faults.server import Answer, FaultServer, leads, says, sends, serving

from .conftest import ROOT
from .handbook import MEASURE, office, write_office

LOCK = recordfile.lock_of(Path(folder.COPIES)).name

ALLOW = ("--allow-network", "127.0.0.0/8")
PDF = b"%PDF-1.7 " + b"x" * 200_000
OTHER = b"%PDF-1.7 another"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 99
PAGE = b"<!doctype html><title>x</title><p>x"


def pdf(body: bytes = PDF, kind: str = "application/pdf", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return says(200, body, kind, headers=named)


def docx() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", "<x/>")
        file.writestr("word/document.xml", "<x/>" * 999)
    return made.getvalue()


@dataclass
class Office:
    """An office's measures whose evidence stands on a server here, with its ledger."""

    root: Path
    server: FaultServer
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    found: dict[str, Finding] = field(default_factory=dict)

    @property
    def measures(self) -> Path:
        return self.root / "measures"

    @property
    def to(self) -> Path:
        return self.root / "snapshots"

    def publish(self, *names: str, **finding: object) -> None:
        """The measures have these addresses and no others; each was found well."""
        urls = [name if "://" in name else self.server.url + name for name in names]
        proofs = "".join(f"  - title: หลักฐานที่ {n}\n    url: {url}\n" for n, url in enumerate(urls))
        files = {
            name: re.sub(r"evidence:\n(?s:.*)", "", text) if "/2568/" in name else text
            for name, text in office().items()
        }
        files["measures/2568/report.yaml"] = office()["measures/2568/report.yaml"]
        files[MEASURE] += f"evidence:\n{proofs}"
        write_office(self.root, files)
        findings = [
            replace(Finding(url, self.verdicts.get(url, Verdict.OK), 200), **finding)  # type: ignore[arg-type]
            for url in urls
        ]
        kept = enter_findings(Ledger(), findings, datetime.now(UTC))
        (self.measures / folder.LEDGER).write_text(write_ledger(kept), "utf-8")

    def run(self, *options: str) -> Result:
        """`prongsai snapshot`, in the office's folder."""
        where = ("--measures", str(self.measures), "--to", str(self.to))
        return CliRunner().invoke(cli.main, ["snapshot", *where, *ALLOW, *options])

    def listed(self) -> Copies:
        return folder.read_copies(self.measures / folder.COPIES)

    def copies(self, name: str) -> list[Copy]:
        return list(self.listed().copies[self.server.url + name])

    def archives(self) -> list[Path]:
        assert not [path for path in self.to.iterdir() if path.name.startswith(".")]
        return sorted(self.to.glob("*.warc.gz"))

    def disclosure(self) -> Disclosure:
        disclosure = folder.read_folder(self.measures).disclosure
        assert disclosure is not None
        return disclosure


@pytest.fixture
def make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Mapping[str, Answer]], Office]]:
    quick = Patience(read=2.0, whole=5.0, pauses=(0.1,))
    monkeypatch.setattr(snapshots.take_copies, "__kwdefaults__", {**DEFAULTS, "patience": quick})
    # The pace is tried by the table of link cases; here it would be most of the time.
    monkeypatch.setattr(snapshots, "Settings", partial(Settings, per_second=1000.0))
    running = []

    def start(answers: Mapping[str, Answer]) -> Office:
        server = serving(answers)
        running.append(server)
        return Office(tmp_path, server.__enter__())

    yield start
    for server in running:
        server.__exit__(None, None, None)


DEFAULTS = dict(snapshots.take_copies.__kwdefaults__)


@dataclass
class Record:
    kind: str
    url: str
    headers: dict[str, str]
    status: str
    http: dict[str, str]
    body: bytes


def records(archive: Path) -> list[Record]:
    """All records of an archive, as warcio reads them, with every digest checked."""
    found = []
    with archive.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            http = record.http_headers
            found.append(
                Record(
                    record.rec_type,
                    record.rec_headers.get_header("WARC-Target-URI") or "",
                    dict(record.rec_headers.headers),
                    http.statusline if http else "",
                    {name.lower(): value for name, value in http.headers} if http else {},
                    record.content_stream().read(),
                )
            )
    return found


def of_kind(archive: Path, kind: str) -> list[Record]:
    return [record for record in records(archive) if record.kind == kind]


# What is kept


def test_documents_are_kept_whole_with_what_the_server_said(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf(Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT"), "/b.png": pdf(PNG)})
    here.publish("/a.pdf", "/b.png")
    done = here.run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert "เก็บสำเนาใหม่ 2 ฉบับ" in done.stdout
    (archive,) = here.archives()
    assert str(archive) in done.stdout
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d{6}Z-[0-9a-f]{6}\.warc\.gz", archive.name)
    kinds = [record.kind for record in records(archive)]
    assert kinds == ["warcinfo", "response", "metadata", "response", "metadata"]
    first = next(r for r in of_kind(archive, "response") if r.url.endswith("/a.pdf"))
    assert first.body == PDF
    assert first.status == "200 OK"
    assert first.http["last-modified"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert first.http["content-length"] == str(len(PDF))
    digest = hashlib.sha256(PDF).hexdigest()
    assert first.headers["WARC-Payload-Digest"] == f"sha256:{digest}"
    assert first.headers["WARC-Identified-Payload-Type"] == "application/pdf"
    (copy,) = here.copies("/a.pdf")
    assert (copy.sha256, copy.size, copy.file) == (digest, len(PDF), archive.name)
    assert f"{copy.on:%Y-%m-%dT%H:%M:%SZ}" == first.headers["WARC-Date"]
    assert copy.final_url is None
    (info,) = of_kind(archive, "warcinfo")
    assert info.headers["WARC-Filename"] == archive.name
    (agent,) = here.server.agents
    assert f"http-header-user-agent: {agent}".encode() in info.body
    assert "https://www.example.go.th/" in agent
    # The disclosure has it for whoever shows it.
    assert here.disclosure().copies[here.server.url + "/a.pdf"] == copy


def test_warcio_itself_finds_nothing_wrong(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf(), "/c.pdf": leads(302, "/a.pdf"), "/d.pdf": pdf(OTHER)})
    here.publish("/a.pdf", "/c.pdf", "/d.pdf")
    assert here.run().exit_code == 0
    check = [sys.executable, "-m", "warcio.cli", "check", "-v", str(here.archives()[0])]
    done = subprocess.run(check, capture_output=True, text=True, check=True)
    assert done.stdout.count("digest pass") >= 5
    assert "fail" not in done.stdout


def test_only_what_was_found_well_is_asked_for(make: Callable[..., Office]) -> None:
    here = make({f"/{verdict}.pdf": pdf() for verdict in Verdict})
    here.verdicts = {f"{here.server.url}/{verdict}.pdf": verdict for verdict in Verdict}
    here.publish(*(f"/{verdict}.pdf" for verdict in Verdict))
    assert here.run().exit_code == 0
    assert sorted(here.server.asked) == ["/moved.pdf", "/ok.pdf"]


def test_nothing_is_sent_to_a_closed_network_nor_against_robots_txt(
    make: Callable[..., Office],
) -> None:
    rules = says(200, b"User-agent: *\nDisallow: /private/", "text/plain")
    with serving({"/x.pdf": pdf()}) as inside:
        here = make(
            {
                "/robots.txt": rules,
                "/private/a.pdf": pdf(),
                "/b.pdf": leads(302, f"http://127.0.0.2:{inside.server_port}/x.pdf"),
            }
        )
        here.publish("/private/a.pdf", "/b.pdf")
        only = ("--measures", str(here.measures), "--to", str(here.to))
        one = ("--allow-network", "127.0.0.1/32")
        done = CliRunner().invoke(cli.main, ["snapshot", *only, *one])
        assert done.exit_code == 1
        assert inside.asked == []
        assert here.server.asked == ["/b.pdf"]
        assert "robots.txt" in done.stdout
        assert "ส่งต่อไปยังเครือข่ายภายใน" in done.stdout
        assert CliRunner().invoke(cli.main, ["snapshot", *only]).exit_code == 1
        assert here.server.asked == ["/b.pdf"]
    assert here.archives() == []


def test_the_way_to_a_document_is_kept(make: Callable[..., Office]) -> None:
    answers = {
        "/ก.pdf": leads(301, "/b?n=1"),
        "/%E0%B8%81.pdf": leads(301, "/b?n=1"),
        "/b": leads(302, "/c.pdf"),
        "/c.pdf": pdf(),
    }
    here = make(answers)
    here.publish("/ก.pdf#page=2")
    assert here.run().exit_code == 0
    (archive,) = here.archives()
    (response,) = of_kind(archive, "response")
    url = here.server.url
    assert response.url == f"{url}/c.pdf"
    (said,) = of_kind(archive, "metadata")
    assert said.url == response.url
    assert said.headers["WARC-Concurrent-To"] == response.headers["WARC-Record-ID"]
    assert said.body.decode().splitlines() == [
        f"via: {url}/b?n=1",
        "hopsFromSeed: RR",
        f"seed: {url}/%E0%B8%81.pdf",
        f"redirect: 301 {url}/b?n=1",
        f"redirect: 302 {url}/c.pdf",
        f"published-address: {url}/ก.pdf#page=2",
    ]
    assert here.copies("/ก.pdf#page=2")[0].final_url == f"{url}/c.pdf"


def test_the_documents_own_type_decides(make: Callable[..., Office]) -> None:
    here = make(
        {
            "/download?id=1": says(404),
            "/download": pdf(docx(), "application/octet-stream"),
            "/page": says(200, PAGE, "application/pdf"),
            "/text": says(200, b"no pdf", "application/pdf"),
        }
    )
    here.publish("/download", "/page", "/text")
    done = here.run()
    assert done.exit_code == 0
    assert "ชนิดที่ไม่เก็บ 2 ที่อยู่" in done.stdout
    (copy,) = here.copies("/download")
    assert copy.content_type.endswith("wordprocessingml.document")
    assert here.run("--types", "html").exit_code == 0
    assert here.copies("/page")[0].content_type == "text/html"


def test_what_the_ledger_knows_to_be_a_page_is_not_asked_for(make: Callable[..., Office]) -> None:
    here = make({"/page": says(200, PAGE)})
    here.publish("/page", content_type="text/html")
    assert here.run().exit_code == 0
    assert here.server.asked == []


def test_a_packed_body_is_kept_unpacked_and_says_so(make: Callable[..., Office]) -> None:
    data = gzip.compress(PDF)
    chunked = sends(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Encoding: gzip\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(data), data)
    )
    here = make({"/a.pdf": chunked})
    here.publish("/a.pdf")
    assert here.run().exit_code == 0
    (response,) = of_kind(here.archives()[0], "response")
    assert response.body == PDF
    assert response.http["x-archive-orig-content-encoding"] == "gzip"
    assert response.http["content-length"] == str(len(PDF))
    assert "content-encoding" not in response.http


def test_headers_are_kept_in_their_bytes_and_on_their_line(make: Callable[..., Office]) -> None:
    thai = 'attachment; filename="รายงาน.pdf"'.encode("cp874")
    head = b"HTTP/1.1 200 \xa1\xa2\r\nContent-Disposition: %b\r\nX-Fold: a\r\n b: c\r\n" % thai
    here = make({"/a.pdf": sends(head + b"Content-Length: %d\r\n\r\n" % len(PDF) + PDF)})
    here.publish("/a.pdf")
    assert here.run().exit_code == 0
    (archive,) = here.archives()
    data = gzip.decompress(archive.read_bytes())
    assert b"content-disposition: " + thai + b"\r\n" in data
    (response,) = of_kind(archive, "response")
    assert response.body == PDF
    assert re.fullmatch(r"a\s+b: c", response.http["x-fold"])


def test_one_document_at_two_addresses_is_kept_once(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf(), "/b.pdf": pdf()})
    here.publish("/a.pdf", "/a.pdf#page=3", "/b.pdf")
    done = here.run()
    assert done.exit_code == 0
    assert sorted(here.server.asked) == ["/a.pdf", "/b.pdf"]
    (archive,) = here.archives()
    (response,) = of_kind(archive, "response")
    (revisit,) = of_kind(archive, "revisit")
    assert revisit.headers["WARC-Refers-To-Target-URI"] == response.url
    assert revisit.headers["WARC-Refers-To-Date"] == response.headers["WARC-Date"]
    assert revisit.headers["WARC-Payload-Digest"] == response.headers["WARC-Payload-Digest"]
    assert revisit.headers["WARC-Profile"].endswith("identical-payload-digest")
    assert len({copy.file for copy in here.listed().newest().values()}) == 1
    assert len(here.listed().copies) == 3
    assert here.run("--verify").exit_code == 0


# Again


def test_a_document_that_is_the_same_is_not_kept_again(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    here.run()
    before = (here.measures / folder.COPIES).read_bytes()
    done = here.run()
    assert "เก็บสำเนาใหม่ 0 ฉบับ เหมือนสำเนาเดิม 1 ฉบับ" in done.stdout
    assert len(here.archives()) == 1
    assert (here.measures / folder.COPIES).read_bytes() == before


def test_a_changed_document_is_kept_beside_the_old_one(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    here.run()
    for body, news, archives in ((OTHER, True, 2), (OTHER, False, 2), (PDF, True, 3)):
        here.server.answers["/a.pdf"] = pdf(body)
        done = here.run()
        assert done.exit_code == 0
        assert ("copy-changed: เอกสารเปลี่ยน" in done.stdout) is news
        assert ("03-no-gift-policy.yaml:" in done.stdout) is news
        assert len(here.archives()) == archives
    first, second, third = here.copies("/a.pdf")
    assert first.sha256 == third.sha256 != second.sha256
    # What came back is where it was kept first; the new archive only refers to it.
    assert first.file == third.file != second.file
    assert here.run("--verify").exit_code == 0


def test_a_document_that_is_still_there_is_noted_once_a_week(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    here.run()
    (kept,) = here.copies("/a.pdf")
    for days in (6, 8):
        old = kept.model_copy(update={"on": datetime.now(UTC) - timedelta(days=days)})
        text = write_copies(Copies(copies={here.server.url + "/a.pdf": (old,)}))
        (here.measures / folder.COPIES).write_text(text, "utf-8")
        here.run()
        assert (here.copies("/a.pdf")[0].seen is not None) is (days > 7)
    assert len(here.archives()) == 1


def test_what_was_lost_is_kept_again_where_that_is_asked_for(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf(), "/b.pdf": pdf(), "/c.pdf": pdf()})
    here.publish("/a.pdf", "/b.pdf")
    here.run()
    (lost,) = here.archives()
    lost.unlink()
    done = here.run("--verify")
    assert done.exit_code == 1
    assert done.stdout.count("copy-missing") == 2
    assert "2 ฉบับไม่อยู่ในโฟลเดอร์" in here.run().stderr
    assert here.archives() == []
    # A further address of a document whose only copy is gone has none either.
    here.publish("/a.pdf", "/b.pdf", "/c.pdf")
    assert "3 ฉบับไม่อยู่ในโฟลเดอร์" in here.run().stderr
    shutil.rmtree(here.to)
    done = here.run("--again")
    # One of them is kept, and the others are the same: by then it is not astray.
    assert (done.exit_code, done.stderr) == (0, "")
    assert "เก็บสำเนาใหม่ 1 ฉบับ เหมือนสำเนาเดิม 2 ฉบับ" in done.stdout
    assert here.run("--verify").exit_code == 0
    assert {len(kept) for kept in here.listed().copies.values()} == {1}


# What is left out


LEFT: dict[str, tuple[Answer, str]] = {
    "grown": (pdf(PDF * 6), "copy-too-large"),
    "grown, packed": (
        says(200, gzip.compress(PDF * 6), "x/y", headers={"Content-Encoding": "gzip"}),
        "copy-too-large",
    ),
    "a page now": (says(200, PAGE), "copy-type-changed"),
    "an archive now": (says(200, b"PK\x03\x04zip", "application/pdf"), "copy-type-changed"),
    "gone": (says(404), "copy-failed"),
    "empty": (says(200, b"", "application/pdf"), "copy-failed"),
    "cut off": (
        sends(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + PDF),
        "copy-failed",
    ),
    "garbled": (
        says(200, gzip.compress(PDF)[:-9], "x/y", headers={"Content-Encoding": "gzip"}),
        "copy-failed",
    ),
    "a part": (says(206, PDF, "application/pdf"), "copy-failed"),
    "packed in no known way": (
        says(200, PDF, "application/pdf", headers={"Content-Encoding": "br"}),
        "copy-failed",
    ),
}


def test_what_is_not_whole_is_left_out_and_said(make: Callable[..., Office]) -> None:
    paths = {f"/{number}.pdf": case for number, case in enumerate(LEFT)}
    here = make({**{path: LEFT[case][0] for path, case in paths.items()}, "/b.pdf": pdf(OTHER)})
    here.publish(*paths, "/b.pdf", content_type="application/pdf")
    done = here.run("--max-size", "1")
    assert done.exit_code == 1
    for path, case in paths.items():
        (line,) = (line for line in done.stdout.splitlines() if path in line)
        where = r"/2568/03-no-gift-policy\.yaml:\d+:\d+"
        assert re.search(rf"{where}: {LEFT[case][1]}: [ก-๙]", line), case
    assert here.listed().copies.keys() == {here.server.url + "/b.pdf"}
    (archive,) = here.archives()
    assert [record.body for record in of_kind(archive, "response")] == [OTHER]


def test_a_document_that_drips_is_not_waited_for(
    make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = {**DEFAULTS, "patience": Patience(read=0.5, whole=20.0, pauses=())}
    monkeypatch.setattr(snapshots.take_copies, "__kwdefaults__", hasty)

    def drip(to: Any) -> None:
        to.send(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n%PDF-1.7 ")
        while to.wait(0.1):
            to.send(b"x")

    here = make({"/a.pdf": drip, "/b.pdf": pdf(OTHER)})
    here.publish("/a.pdf", "/b.pdf")
    before = time.monotonic()
    done = here.run("--lang", "en")
    assert time.monotonic() - before < 10
    assert done.exit_code == 1
    (line,) = (line for line in done.stdout.splitlines() if "/a.pdf" in line)
    assert "copy-failed" in line
    assert words_for(Cause.TIMED_OUT).en in line
    assert here.listed().copies.keys() == {here.server.url + "/b.pdf"}


def test_a_document_that_is_known_to_be_too_large_is_not_asked_for(
    make: Callable[..., Office],
) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf", size=50_000_001)
    done = here.run("--lang", "en")
    assert done.exit_code == 1
    assert "copy-too-large: no copy was kept: the document is larger than 50 MB" in done.stdout
    assert "prongsai snapshot --max-size 100" in done.stdout
    assert here.server.asked == []


def test_a_run_keeps_no_more_than_the_total_and_the_next_goes_on(
    make: Callable[..., Office],
) -> None:
    names = [f"/{n}.pdf" for n in range(4)]
    here = make({name: pdf(PDF * 2 + name.encode()) for name in names})
    here.publish(*names)
    first = here.run("--max-total", "1")
    assert first.exit_code == 1
    assert first.stdout.count("copy-over-total") == 2
    assert len(here.listed().copies) == 2
    assert here.run("--max-total", "1").exit_code == 0
    assert len(here.listed().copies) == 4


def test_what_may_pass_is_asked_for_again(make: Callable[..., Office]) -> None:
    def second_time(first: Answer, then: Answer) -> Answer:
        answers = iter([first])

        def answer(to: Any) -> None:
            next(answers, then)(to)

        return answer

    here = make(
        {
            "/forbidden.pdf": second_time(says(403), pdf()),
            "/tired.pdf": second_time(says(503), pdf(OTHER)),
            "/cut.pdf": second_time(LEFT["cut off"][0], pdf(b"%PDF")),
        }
    )
    here.publish("/forbidden.pdf", "/tired.pdf", "/cut.pdf")
    assert here.run().exit_code == 0
    assert len(here.listed().copies) == 3
    # Once as itself, and to whoever may mind that once more as a browser would.
    assert len(here.server.agents) == 2


def test_each_code_has_been_seen_here_or_says_what_it_needs() -> None:
    assert {code for code in CATALOGUE if code.startswith("copy-")} == {
        *(f"copy-{state}" for state in ("missing", "damaged", "changed")),
        *snapshots.Why,
    }


# Verifying


def test_verifying_tells_of_each_copy_without_a_network(
    make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make({"/a.pdf": pdf(), "/b.pdf": pdf(OTHER)})
    here.publish("/a.pdf", "/b.pdf")
    here.run()
    for name in ("socket.socket", "socket.getaddrinfo", "site_builder.fetching.working"):
        monkeypatch.delattr(name)
    done = here.run("--verify")
    assert done.exit_code == 0
    assert done.stdout.count("✓ สำเนาครบถ้วน ไม่ถูกแก้ไข (SHA-256 ") == 2
    assert "2 จาก 2 ฉบับ" in done.stdout
    here.publish("/b.pdf")
    lines = here.run("--verify", "--lang", "en").stdout.splitlines()
    assert "03-no-gift-policy.yaml:" in lines[0]
    assert "snapshots.json:1:1: ✓ whole and unchanged (SHA-256 " in lines[1]


def spoilt(data: bytes) -> dict[str, bytes]:
    middle = len(data) // 2
    plain = gzip.decompress(data)
    return {
        "cut": data[: len(data) - 400],
        "one bit": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "emptied": b"",
        "something else": b"GIF8" * 999,
        "changed and packed anew": gzip.compress(plain.replace(b"another", b"forgery")),
        "a digest that was changed with it": gzip.compress(
            plain.replace(b"another", b"forgery").replace(
                hashlib.sha256(OTHER).hexdigest().encode(),
                hashlib.sha256(OTHER.replace(b"another", b"forgery")).hexdigest().encode(),
            )
        ),
        "a bomb": gzip.compress(
            b"WARC/1.1\r\nContent-Length: 50000000\r\n\r\n" + bytes(50_000_000)
        ),
    }


def test_a_copy_that_was_touched_is_told(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf(OTHER)})
    here.publish("/a.pdf")
    here.run()
    (archive,) = here.archives()
    for how, data in spoilt(archive.read_bytes()).items():
        archive.write_bytes(data)
        done = here.run("--verify")
        assert (how, done.exit_code, done.stderr) == (how, 1, "")
        assert "copy-damaged" in done.stdout, how
        assert "0 จาก 1 ฉบับ" in done.stdout, how


def test_nothing_to_verify(make: Callable[..., Office]) -> None:
    here = make({})
    here.publish()
    assert here.run("--verify").exit_code == 0
    (here.measures / folder.COPIES).write_text("{", "utf-8")
    done = here.run("--verify")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "snapshots.json:1:2: snapshots-damaged" in done.stderr


# Nothing half-written, nothing lost


PROGRAM = "from site_builder.cli import main; main()"


def started(here: Office, *options: str) -> subprocess.Popen[bytes]:
    where = ("--measures", str(here.measures), "--to", str(here.to))
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "snapshot", *where, *ALLOW, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def slow(begun: threading.Event) -> Answer:
    def answer(to: Any) -> None:
        LEFT["cut off"][0](to)
        begun.set()
        to.server.stopping.wait(60)

    return answer


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only some systems kill so")
def test_a_run_that_is_killed_leaves_no_half_archive(make: Callable[..., Office]) -> None:
    begun = threading.Event()
    here = make({"/a.pdf": pdf(), "/slow.pdf": slow(begun)})
    here.publish("/a.pdf", "/slow.pdf")
    process = started(here)
    assert begun.wait(20)
    wait_until(lambda: bool(list(here.to.glob(f".*{UNFINISHED}"))))
    process.kill()
    process.communicate()
    assert not list(here.to.glob("[!.]*"))
    assert not (here.measures / folder.COPIES).exists()
    left = list(here.to.iterdir())
    assert left
    # A later run takes away what was left, and only once nobody can be at it any more.
    here.publish("/a.pdf")
    assert here.run().exit_code == 0
    assert set(left) <= set(here.to.iterdir())
    long_ago = time.time() - 2 * 24 * 3600
    for path in left:
        os.utime(path, (long_ago, long_ago))
    here.run()
    assert not set(left) & set(here.to.iterdir())
    assert len(here.archives()) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only some systems kill so")
@pytest.mark.parametrize(
    ("last", "archives"), [("warcs.publish", 0), ("snapshots.write_durably", 1)]
)
def test_a_run_that_is_killed_as_it_ends_lists_nothing_that_is_not_whole(
    last: str, archives: int, make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    script = f"import os; from site_builder import snapshots, warcs; {last} = lambda *_: os.kill(os.getpid(), 9)"
    monkeypatch.setattr(sys.modules[__name__], "PROGRAM", f"{script}; {PROGRAM}")
    process = started(here)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    assert not (here.measures / folder.COPIES).exists()
    named = list(here.to.glob("[!.]*"))
    assert len(named) == archives
    assert all(of_kind(archive, "response")[0].body == PDF for archive in named)
    assert here.run().exit_code == 0
    assert here.run("--verify").exit_code == 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only some systems stop so")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_a_run_that_is_stopped_keeps_what_it_has(how: str, make: Callable[..., Office]) -> None:
    begun = threading.Event()
    here = make({"/a.pdf": pdf(), "/slow.pdf": slow(begun)})
    here.publish("/a.pdf", "/slow.pdf")
    process = started(here)
    assert begun.wait(20)
    wait_until(lambda: bool(list(here.to.glob(f".*{UNFINISHED}"))))
    time.sleep(0.3)
    process.send_signal(getattr(signal, how))
    said, errors = process.communicate(timeout=20)
    assert process.returncode == 3
    assert "เก็บสำเนาใหม่ 1 ฉบับ" in said.decode()
    assert str(here.archives()[0]) in said.decode()
    assert "หยุดกลางคัน" in errors.decode()
    assert "Traceback" not in errors.decode()
    assert here.listed().copies.keys() == {here.server.url + "/a.pdf"}
    assert here.run("--verify").exit_code == 0


def test_two_runs_at_once_lose_nothing(make: Callable[..., Office]) -> None:
    names = [f"/{n}.pdf" for n in range(4)]
    here = make({name: pdf(PDF + name.encode()) for name in names})
    here.publish(*names[:3])
    first = started(here)
    wait_until(lambda: len(here.server.asked) > 1)
    here.publish(*names[1:])
    second = started(here)
    assert [run.wait(60) for run in (first, second)] == [0, 0]
    for run in (first, second):
        run.communicate()
    assert here.listed().copies.keys() == {here.server.url + name for name in names}
    assert here.run("--verify").exit_code == 0


def test_a_busy_list_is_waited_for_but_not_for_ever(
    make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordfile, "PATIENCE", 0.1)
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    with FileLock(here.measures / LOCK, thread_local=False):
        done = here.run()
    assert done.exit_code == 3
    assert "โปรแกรมอื่นกำลังเขียน" in done.stderr
    assert here.archives() == []


def test_a_lock_that_is_a_link_is_not_opened(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    precious = here.root / "precious"
    precious.write_text("x")
    (here.measures / LOCK).symlink_to(precious)
    assert here.run().exit_code == 3
    assert precious.read_text() == "x"


def test_a_damaged_list_is_named_and_never_overwritten(make: Callable[..., Office]) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    file = here.measures / folder.COPIES
    file.write_text('{\n  "copies": 5\n}\n', "utf-8")
    done = here.run()
    assert done.exit_code == 3
    assert f"{file}:2:3: snapshots-damaged: " in done.stderr
    assert "git restore" in done.stderr
    assert file.read_text("utf-8") == '{\n  "copies": 5\n}\n'
    assert here.server.asked == []
    # Damaged while it ran: nothing is kept, and it is as somebody left it.
    file.unlink()

    def spoil(to: Any) -> None:
        file.write_text("{", "utf-8")
        pdf()(to)

    here.server.answers["/a.pdf"] = spoil
    assert here.run().exit_code == 3
    assert file.read_text("utf-8") == "{"
    assert here.archives() == []


def test_a_disk_that_is_full(make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    assert resource
    here = make({"/a.pdf": pdf(OTHER), "/b.pdf": pdf(os.urandom(900_000).join((b"%PDF-1.7", b"")))})
    here.publish("/a.pdf", "/b.pdf")
    script = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000)); {PROGRAM}"
    )
    monkeypatch.setattr(sys.modules[__name__], "PROGRAM", script)
    process = started(here)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 3, errors
    assert "Traceback" not in errors.decode()
    listed = here.listed().copies
    assert listed.keys() <= {here.server.url + "/a.pdf"}
    assert here.run("--verify").exit_code == 0


# Wrong usage, and what cannot be


@pytest.mark.parametrize(
    "options",
    [
        ("--max-size", "0"),
        ("--max-size", "ใหญ่"),
        ("--types", "pdf,video"),
        ("--types", ""),
        ("--allow-network", "10.0.0.1/8"),
        ("--to", "measures/copies"),
        ("--to", "measures"),
    ],
)
def test_wrong_usage(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_office(Path(), office())
    assert CliRunner().invoke(cli.main, ["snapshot", *options]).exit_code == 2


def test_thai_digits_and_the_usual_folder(
    make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    monkeypatch.chdir(here.root)
    done = CliRunner().invoke(
        cli.main, ["snapshot", *ALLOW, "--max-size", "๕", "--types", "PDF, word"]
    )
    assert done.exit_code == 0, done.output
    assert len(here.archives()) == 1


def test_before_any_verification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_office(Path(), office())
    done = CliRunner().invoke(cli.main, ["snapshot"])
    assert done.exit_code == 3
    assert "prongsai verify-links" in done.stderr
    assert not Path("snapshots").exists()
    Path(MEASURE).write_text("indicator:3\n", "utf-8")
    assert CliRunner().invoke(cli.main, ["snapshot"]).exit_code == 1
    monkeypatch.chdir(tmp_path.parent)
    assert CliRunner().invoke(cli.main, ["snapshot"]).exit_code == 3


def test_offline(make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch) -> None:
    here = make({})
    here.publish("https://www.example.go.th/a.pdf")
    defaults = {**snapshots.take_copies.__kwdefaults__, "resolve": lambda _host: None}
    monkeypatch.setattr(snapshots.take_copies, "__kwdefaults__", defaults)
    done = here.run()
    assert done.exit_code == 3
    assert "อินเทอร์เน็ต" in done.stderr


def test_a_worker_that_dies_has_one_successor(
    make: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make({"/a.pdf": pdf()})
    here.publish("/a.pdf")
    real, begun = linkcheck.working, []

    def dying(settings: linkcheck.Settings) -> object:
        begun.append(settings)
        return real(settings if len(begun) > 1 else replace(settings, allow=("nonsense",)))

    monkeypatch.setattr("site_builder.fetching.working", dying)
    assert here.run().exit_code == 0
    assert len(here.archives()) == 1
    monkeypatch.setattr(
        "site_builder.fetching.working", lambda all_: real(replace(all_, allow=("nonsense",)))
    )
    done = here.run()
    assert done.exit_code == 3
    assert "nonsense" in done.stderr


@pytest.mark.parametrize("option", [(), ("--verify",)])
def test_without_the_extra_the_line_that_installs_it_is_told(
    option: tuple[str, ...], tmp_path: Path
) -> None:
    write_office(tmp_path, office())
    code = f"import sys; sys.modules['warcio'] = None; {PROGRAM}"
    done = subprocess.run(
        [sys.executable, "-c", code, "snapshot", *option],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (needed,) = project["optional-dependencies"]["snapshot"]
    assert f'{sys.executable} -m pip install "{needed}"' in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_starts_without_what_few_need() -> None:
    code = "import sys, site_builder.cli; print([m for m in ('warcio', 'filelock') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "warcio" not in done.stdout


def test_the_list_and_the_archive_agree_however_it_was_entered(tmp_path: Path) -> None:
    copy = Copy(
        sha256="a" * 64,
        size=1,
        content_type="application/pdf",
        on=datetime(2026, 1, 1, tzinfo=UTC),
        file="gone.warc.gz",
    )
    listed = enter(Copies(), [Sight("https://x.go.th/a", copy)], copy.on)
    (check,) = snapshots.verify_copies(listed, tmp_path, lambda _done, _total: None)
    assert check.state == "missing"
    (tmp_path / "gone.warc.gz").mkdir()
    (check,) = snapshots.verify_copies(listed, tmp_path, lambda _done, _total: None)
    assert check.state == "damaged"


def test_an_archive_takes_no_other_files_name(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    with pytest.raises(FileExistsError):
        publish(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "old"
    publish(tmp_path / "new", tmp_path / "third")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["old", "third"]
