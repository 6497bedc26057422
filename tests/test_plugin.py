"""The MkDocs door, tried through MkDocs itself."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import site_builder
from site_builder.folder import read_folder
from site_builder.ledger import Ledger, write_ledger
from site_builder.verdicts import Verdict

from .conftest import rewrite
from .every_verdict import NOW, entry

THIRD = "measures/2568/03-no-gift-policy.yaml"


def mkdocs(office: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", *arguments]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        command, cwd=office, env=env, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def page(office: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((office / "site" / path).read_bytes(), "html.parser")


def test_builds_every_address(office: Path) -> None:
    done = mkdocs(office, "build", "--strict")
    assert done.returncode == 0, done.stderr
    pages = [
        "index.html",
        "2568/index.html",
        "links/index.html",
        "data/index.html",
        "about/index.html",
    ]
    pages += [f"2568/indicators/{number}/index.html" for number in range(1, 11)]
    for path in [*pages, "data/2568/measures.json", "data/2568/measures.csv"]:
        assert (office / "site" / path).is_file(), path
    third = page(office, "2568/indicators/3/index.html")
    assert third.find(id="03-no-gift-policy") is not None
    assert third.find("h1").get_text() == "ตัวชี้วัดที่ ๓ การใช้อำนาจ"
    # Warnings are counted, and --strict stays green with them.
    assert re.search(r"ควรดู \d\d จุด: prongsai check", done.stderr)


def test_navigation_is_thai_and_in_order(office: Path) -> None:
    mkdocs(office, "build")
    names = [a.get_text().strip() for a in page(office, "index.html").select("nav.site-menu ul a")]
    assert names[0] == "หน้าแรก"
    start = names.index("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่")
    assert names[start : start + 2] == ["ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "ตัวชี้วัดที่ ๒ การใช้งบประมาณ"]
    assert names[-3:] == ["เกี่ยวกับเว็บไซต์นี้", "การเข้าถึงเว็บไซต์", "ความเป็นส่วนตัว"]


def test_the_home_page_shows_the_summary_whatever_the_office_wrote(office: Path) -> None:
    for own in ("# บ้านของเรา\n", "# บ้านของเรา\n\n<!-- summary -->\n\nท้ายหน้า\n"):
        (office / "content/index.md").write_text(own, "utf-8")
        assert mkdocs(office, "build").returncode == 0
        home = page(office, "index.html")
        assert home.find("h1").get_text() == "บ้านของเรา"
        assert home.select("dl.figures")
    (office / "content/index.md").unlink()
    assert mkdocs(office, "build").returncode == 0
    assert page(office, "index.html").select("dl.figures")


def test_edit_links_open_the_yaml_file(office: Path) -> None:
    done = mkdocs(office, "build", EDIT_URI="https://git.example/o/r/edit/main/content/")
    assert done.returncode == 0, done.stderr
    third = page(office, "2568/indicators/3/index.html")
    links = [a["href"] for a in third.find_all("a", href=True) if "git.example" in a["href"]]
    # Material's pencil, the measure's own two links, and the colophon's two.
    edit, listed = (f"https://git.example/o/r/{way}/main/{THIRD}" for way in ("edit", "commits"))
    assert links == [edit, edit, listed, listed, edit]
    about = page(office, "about/index.html")
    assert about.find("a", href="https://git.example/o/r/edit/main/content/about.md")


def test_with_a_repository_no_script_asks_the_code_host(office: Path) -> None:
    rewrite(office / "mkdocs.yml", "docs_dir:", "repo_url: https://github.com/o/r\ndocs_dir:")
    assert mkdocs(office, "build").returncode == 0
    text = (office / "site/index.html").read_text("utf-8")
    assert 'href="https://github.com/o/r"' in text
    assert 'data-md-component="source"' not in text


@pytest.mark.parametrize("quiet", [[], ["-q"]])
def test_all_errors_are_shown_then_the_build_stops(office: Path, quiet: list[str]) -> None:
    rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: พรุ่งนี้")
    rewrite(office / "measures/2568/04-vehicle-use.yaml", "outcome:", "outcom:")
    done = mkdocs(office, "build", *quiet)
    assert done.returncode == 1
    assert f"{THIRD}:7:9: period-unreadable" in done.stderr
    assert "04-vehicle-use.yaml:10:1: key-unknown" in done.stderr
    assert "ยังไม่มีมาตรการ" not in done.stderr
    assert "Traceback" not in done.stderr
    assert not (office / "site/2568").exists()


def test_two_builds_of_one_commit_are_equal_byte_for_byte(office: Path) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-C", str(office)]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    builds = []
    for name in ("one", "two"):
        done = mkdocs(office, "build", "--site-dir", name, SITE_URL="https://example.go.th/")
        assert done.returncode == 0, done.stderr
        root = office / name
        builds.append({f.relative_to(root): f.read_bytes() for f in root.rglob("*") if f.is_file()})
        time.sleep(1.1)
    assert builds[0] == builds[1]
    day = subprocess.run(
        [*git, "log", "-1", "--format=%cs"], capture_output=True, text=True, check=True
    )
    assert f"<lastmod>{day.stdout.strip()}" in builds[0][Path("sitemap.xml")].decode()


def test_a_build_opens_no_connection(office: Path) -> None:
    (office / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*a, **k): raise RuntimeError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
    )
    done = mkdocs(office, "build", PYTHONPATH=str(office))
    assert done.returncode == 0, done.stderr


def test_an_own_page_in_an_old_encoding_is_named_before_anything_is_lost(office: Path) -> None:
    assert mkdocs(office, "build").returncode == 0
    (office / "content/about.md").write_bytes("# เกี่ยวกับ".encode("tis-620"))
    done = mkdocs(office, "build")
    assert done.returncode == 1
    assert "content/about.md" in done.stderr
    assert "TIS-620" in done.stderr
    assert "Traceback" not in done.stderr
    assert (office / "site/about/index.html").is_file()


def test_a_date_that_is_none_is_told(office: Path) -> None:
    for epoch in ("abc", "99999999999999"):
        done = mkdocs(office, "build", SOURCE_DATE_EPOCH=epoch)
        assert done.returncode == 1
        assert f"SOURCE_DATE_EPOCH={epoch}" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_failed_build_leaves_the_last_good_site(office: Path) -> None:
    assert mkdocs(office, "build").returncode == 0
    rewrite(office / THIRD, "indicator: 3", "indicator: x")
    assert mkdocs(office, "build").returncode == 1
    assert (office / "site/2568/index.html").is_file()


def test_names_of_indicators_cannot_carry_html_into_the_menu(office: Path) -> None:
    shipped = Path(site_builder.__file__).parent / "data/indicators.yaml"
    text = shipped.read_text("utf-8")
    nasty = '"x: \\"\\n---\\ntitle: y\\n---\\n<script>alert(7)</script>\\\\"'
    own = text.replace("name: การใช้อำนาจ", f"name: {nasty}")
    (office / "measures/indicators.yaml").write_text(own, "utf-8")
    done = mkdocs(office, "build", "--strict")
    assert done.returncode == 0, done.stderr
    for path in (office / "site").rglob("*.html"):
        assert "<script>alert" not in path.read_text("utf-8"), path


def test_an_own_page_gives_way_with_a_warning(office: Path) -> None:
    (office / "content/links.md").write_text("# x\n", "utf-8")
    done = mkdocs(office, "build")
    assert "links.md" in done.stderr
    assert page(office, "links/index.html").find("h1").get_text() == "ผลการตรวจลิงก์"


# Preview


@contextlib.contextmanager
def preview(office: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command,
        cwd=office,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(url: str, words: str, *, there: bool = True) -> None:
    deadline = time.monotonic() + 30
    text = ""
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            text = urllib.request.urlopen(url, timeout=5).read().decode()
            if (words in text) == there:
                return
        time.sleep(0.3)
    pytest.fail(f"{words!r} {'not ' if there else ''}on {url}: {text[-2000:]}")


def test_a_preview_follows_the_measures_and_survives_a_broken_file(office: Path) -> None:
    with preview(office) as base:
        third = f"{base}/2568/indicators/3/"
        wait_for(third, "No Gift Policy")
        rewrite(office / THIRD, "period: ๒๗ ธ.ค.๖๗", "period: ๒๘ ธ.ค.๖๗")
        wait_for(third, "๒๘ ธ.ค.๖๗")
        rewrite(office / THIRD, "period: ๒๘ ธ.ค.๖๗", "period: พรุ่งนี้")
        wait_for(base, "03-no-gift-policy.yaml:7:9: period-unreadable")
        wait_for(f"{base}/2568/indicators/4/", "การจัดทำใบอนุญาตใช้รถยนต์ส่วนบุคคล")
        rewrite(office / THIRD, "period: พรุ่งนี้", "period: ๒๗ ธ.ค.๖๗")
        wait_for(base, "period-unreadable", there=False)
        shutil.copy(office / THIRD, office / "measures/2568/11-copy.yaml")
        wait_for(third, "11-copy")
        (office / "measures/2568/11-copy.yaml").unlink()
        wait_for(third, "11-copy", there=False)


def test_a_preview_starts_with_a_broken_office_file(office: Path) -> None:
    (office / "measures/agency.yaml").write_text("name: [", "utf-8")
    with preview(office) as base:
        wait_for(base, "agency.yaml:1")


def test_results_are_old_by_the_day_of_the_build(office: Path) -> None:
    measures = read_folder(office / "measures").disclosure
    assert measures is not None
    links = {url: entry(Verdict.OK) for url in measures.links()}
    (office / "measures/links.json").write_text(write_ledger(Ledger(links=links)), "utf-8")
    for days, old in ((30, False), (31, True)):
        epoch = str(int((NOW + timedelta(days=days)).timestamp()))
        assert mkdocs(office, "build", SOURCE_DATE_EPOCH=epoch).returncode == 0
        listed = page(office, "links/index.html")
        assert ("ผลนี้เก่ากว่า ๓๐ วัน" in listed.find("article").get_text()) == old


def test_the_script_is_the_sites_own(office: Path) -> None:
    assert mkdocs(office, "build").returncode == 0
    listed = page(office, "links/index.html")
    assert listed.find("script", src="../assets/prongsai.js")
    assert (office / "site/assets/prongsai.js").is_file()
