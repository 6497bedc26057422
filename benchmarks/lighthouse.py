"""Lighthouse's four scores of a phone's reader, for a page of each kind of the built site.

    npm ci --prefix benchmarks/npm
    python -m benchmarks.lighthouse SITE [--page PATH ...]

The site is served packed, as a web host does it, on loopback. Accessibility, good habits and being
found are the same on every machine; speed is what a slow phone would have, simulated from what
this machine did, and so a little lower where the machine is busy.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_PROGRAM = Path(__file__).parent / "npm/node_modules/.bin/lighthouse"
_PACKED = {".woff2", ".png", ".pdf", ".docx", ".xlsx"}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = "--headless=new --no-sandbox --disable-gpu"


class _Packing(SimpleHTTPRequestHandler):
    """Serves files packed with gzip, and lets the browser keep what does not change."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = path.read_bytes()
        packed = path.suffix not in _PACKED
        if packed:
            data = gzip.compress(data, 6)
        self.send_response(HTTPStatus.OK)
        kind = self.guess_type(str(path))
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_header("Content-Type", f"{kind}{charset}")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=31536000")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Keep the figures alone on the screen."""


@contextmanager
def served_packed(site: Path) -> Iterator[str]:
    """A built site on loopback, as a web host sends it."""
    handler = functools.partial(_Packing, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def scores(address: str) -> dict[str, int | None]:
    """What Lighthouse gives a page, out of a hundred."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise SystemExit("no Chromium: apt-get install chromium, or set CHROMIUM")
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [str(_PROGRAM), address, "--quiet", "--output=json", f"--output-path={result}"]
        command += [f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
        subprocess.run(  # noqa: S603 - the program that the lock names
            command, check=True, env={**os.environ, "CHROME_PATH": browser}, timeout=300
        )
        found = json.loads(result.read_text("utf-8"))["categories"]
    # No score is no bad score: it could not be measured.
    given = {name: found[name]["score"] for name in CATEGORIES}
    return {name: None if score is None else round(score * 100) for name, score in given.items()}


def _main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Lighthouse's mobile scores for each kind of page")
    parser.add_argument("site", type=Path, help="the built site")
    parser.add_argument("--page", action="append", help="only this page; may be repeated")
    chosen = parser.parse_args(arguments)
    if not _PROGRAM.exists():
        raise SystemExit("no Lighthouse: npm ci --prefix benchmarks/npm")
    if not chosen.page:
        from tests.page_types import page_types  # noqa: PLC0415 - only here, and not to be installed
    pages = chosen.page or page_types(chosen.site)
    print("| page | " + " | ".join(CATEGORIES) + " |")
    print("| --- |" + " ---: |" * len(CATEGORIES))
    with served_packed(chosen.site) as base:
        for page in pages:
            row = scores(f"{base}{page}")
            print(
                f"| {page} | " + " | ".join(str(row[name]) for name in CATEGORIES) + " |",
                flush=True,
            )


if __name__ == "__main__":
    _main(sys.argv[1:])
