"""Checks the links inside a built site with LinkChecker: pages, files and anchors."""

from __future__ import annotations

import html
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from site_builder.linkprogram import Row, running

USER_AGENT = "Prongsai"

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""

_SITE_SETTINGS = """\
[checking]
aborttimeout=2
robotstxt=0
maxrequestspersecond=10000
maxfilesizeparse=1000000000
maxfilesizedownload=1000000000
resultcachesize=1000000000
[AnchorCheck]
"""
# "#top" is the top of any page, without an anchor of that name.
_NO_ANCHOR = re.compile(r"Anchor `(?!top')", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SiteFault:
    """A link inside the built site that leads nowhere."""

    page: str
    """The page's address within the site, such as `/2568/`: the first one with this link."""
    target: str
    """Where the link leads: within the site, or as written where it is no address."""
    message: str


def _silent(_done: int, _total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that a site's edit links open."""

    address: str
    """Where a git host shows the project's folder for editing: `https://…/edit/main/`."""
    folder: Path
    """The project's folder on disk."""


def check_site(
    folder: Path, *, sources: Sources | None = None, progress: Progress = _silent
) -> tuple[SiteFault, ...]:
    """Find the links of a built site that lead to no page, file or anchor of it.

    With `sources`, edit links are checked too: the git host is not asked, the files are looked for.

    The site is served on loopback as a web host would; links that leave it are not followed. All
    pages are read, also those that no other page links to; `progress` counts them. Not 404.html:
    its links are absolute, made for the address where the site will stand.

    Raises:
        CouldNotRunError: LinkChecker is missing, crashed, was stopped, or cannot be understood.
    """
    pages = sorted({"/", *_pages(folder)})
    faults: set[SiteFault] = set()
    done = 0
    with (
        _served(folder, sources) as site,
        running([site + quote(page) for page in pages], _SITE_SETTINGS, USER_AGENT) as rows,
    ):
        for row in rows:
            if row.parent is None:
                done += 1
                progress(done, len(pages))
            if fault := _fault(row, site, sources):
                faults.add(fault)
    return tuple(sorted(faults, key=lambda fault: (fault.page, fault.target)))


def _pages(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.html"):
        page = path.relative_to(folder).as_posix()
        if page != "404.html":
            yield "/" + re.sub(r"(^|/)index\.html$", r"\1", page)


def _fault(row: Row, site: str, sources: Sources | None) -> SiteFault | None:
    message = "anchor not found" if any(map(_NO_ANCHOR.match, row.warnings)) else None
    if not row.valid:
        message = row.result
    if message is None:
        return None
    within = row.real_url.startswith(site + "/")
    target = unquote(row.real_url.removeprefix(site)) if within else row.url
    if sources is not None and target.startswith(_SOURCES):
        target = sources.address + target.removeprefix(_SOURCES)
    page = unquote(row.parent.removeprefix(site)) if row.parent else target
    return SiteFault(page, target, message)


_SOURCES = "/.sources/"
"""Where the loopback server shows the project's folder: no page of a site stands there."""


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves a built site as static web hosts do: no listing of folders, UTF-8 pages."""

    extensions_map = {  # noqa: RUF012 - declared so by the base class
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
    }

    def __init__(self, *request: Any, directory: str, sources: Sources | None) -> None:  # noqa: ANN401 - socketserver's own
        self._sources = sources
        super().__init__(*request, directory=directory)

    def translate_path(self, path: str) -> str:
        if self._sources is None or not path.startswith(_SOURCES):
            return super().translate_path(path)
        within = Path(super().translate_path(path.removeprefix(_SOURCES[:-1])))
        return str(self._sources.folder / within.relative_to(self.directory))

    def send_head(self) -> BytesIO | BinaryIO | None:
        page = Path(self.translate_path(self.path))
        page = page / "index.html" if self.path.endswith("/") else page
        if self._sources is None or page.suffix != ".html" or not page.is_file():
            return super().send_head()
        address = html.escape(self._sources.address).encode()
        body = page.read_bytes().replace(b'href="' + address, b'href="' + _SOURCES.encode())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def end_headers(self) -> None:
        # LinkChecker does not slow down for a host that sends this header.
        self.send_header("LinkChecker", "welcome")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:  # noqa: ARG002
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(folder: Path, sources: Sources | None) -> Iterator[str]:
    handler = partial(_SiteHandler, directory=str(folder.absolute()), sources=sources)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
