"""The door to LinkChecker: a list of addresses in, a row for each link out.

LinkChecker is GPL: it runs as a program of its own, reads the list from standard input and answers
in XML. As root it changes to the user nobody. It meets neither the user's settings, nor a proxy,
nor a .netrc.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.sax.saxutils import unescape

READ_TIMEOUT = 20
"""Seconds that LinkChecker waits for a connection, and for each piece of an answer."""
STALL = 90.0
"""Seconds without a line of output after which LinkChecker is stopped."""
SECONDS_EACH = 5.0
"""Seconds that each address of the list adds to `STALL`: the bound of the whole run."""

_OPTIONS = "--stdin --verbose --no-status --output xml/utf-8 --threads 10"

# A list of what is let through, not of what is kept back: a proxy, a .netrc, a language or a
# folder of plug-ins would change what is contacted or said.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")

# LinkChecker writes what servers say into its XML as it came.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Row:
    """What LinkChecker tells of one address, in its own words (English)."""

    url: str
    """The address as it was handed to LinkChecker, or as it stands in the page."""
    parent: str | None
    """The page that links to it; None for an address from the list."""
    real_url: str
    """The address that answered, after LinkChecker's rewriting and all redirects."""
    valid: bool
    result: str
    """`404 Not Found`, or the name and text of an exception, cut at 240 characters."""
    warnings: tuple[str, ...]


class CouldNotRunError(RuntimeError):
    """LinkChecker is missing, crashed, was stopped, or gave output that cannot be read.

    The message says which, with the end of what the program wrote to standard error.
    """


@contextmanager
def running(urls: Sequence[str], settings: str, user_agent: str) -> Iterator[Iterator[Row]]:
    """Run LinkChecker on a list of addresses: its rows, as they come.

    `settings` is the text of its configuration file. The program is gone when the block ends.

    Raises:
        CouldNotRunError: at the start, or instead of a row.
    """
    program = _program()
    with tempfile.TemporaryDirectory(prefix="prongsai-") as name:
        home = Path(name)
        home.chmod(0o755)  # for the user nobody
        config, listed, errors = home / "linkcheckerrc", home / "urls", home / "stderr"
        config.write_text(settings, encoding="utf-8")
        # Files for what goes in and for its complaints: full pipes could stop both sides.
        listed.write_text("\n".join(urls), encoding="utf-8")
        environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
        with listed.open("rb") as stdin, errors.open("wb") as stderr:
            process = subprocess.Popen(  # noqa: S603 - no shell, and no address among the arguments
                [
                    *(program, f"--config={config}", *_OPTIONS.split()),
                    *(f"--timeout={READ_TIMEOUT}", f"--user-agent={user_agent}"),
                ],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=home,
                env={**environment, "HOME": name, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
                # Ctrl-C is ours to handle: LinkChecker would wait for what it has begun.
                start_new_session=True,
                encoding="utf-8",
                errors="replace",
            )
        try:
            yield _rows(process, errors, STALL + SECONDS_EACH * len(urls))
        finally:
            _end(process)


def _program() -> str:
    places = (sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath))
    program = shutil.which("linkchecker", path=os.pathsep.join(places))
    if program is None:
        raise CouldNotRunError("LinkChecker is missing: pip install 'linkchecker>=10.6,<10.7'")
    return program


def _rows(process: subprocess.Popen[str], errors: Path, seconds: float) -> Iterator[Row]:
    deadline = time.monotonic() + seconds
    lines: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_pump, args=(process.stdout, lines), daemon=True).start()
    parser: XMLPullParser[Element] = XMLPullParser()
    try:
        while line := lines.get(timeout=max(0.0, min(STALL, deadline - time.monotonic()))):
            parser.feed(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", line))
            for *_, element in parser.read_events():
                if isinstance(element, Element) and element.tag == "urldata":
                    yield _row(element)
                    element.clear()
        parser.close()
    except Empty:
        said = f"LinkChecker took too long and was stopped: {_tail(errors)}"
        raise CouldNotRunError(said) from None
    except ParseError as error:
        problem = "gave output that cannot be read" if line else "crashed"
        code = "" if line else f", exit code {process.wait()}"
        raise CouldNotRunError(f"LinkChecker {problem} ({error}{code}): {_tail(errors)}") from error


def _pump(stream: IO[str], lines: SimpleQueue[str]) -> None:
    with stream:
        for line in stream:
            lines.put(line)
    lines.put("")


def _tail(errors: Path) -> str:
    return errors.read_text(encoding="utf-8", errors="replace")[-2000:].strip()


def _row(element: Element) -> Row:
    valid = element.find("valid")
    return Row(
        url=element.findtext("url", ""),
        parent=element.findtext("parent"),
        real_url=element.findtext("realurl", ""),
        valid=element.findtext("valid") == "1",
        # An attribute is escaped twice.
        result="" if valid is None else unescape(valid.get("result", "")),
        warnings=tuple(warning.text or "" for warning in element.iterfind("warnings/warning")),
    )


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        if hasattr(os, "killpg"):  # a wrapper around it may have children
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()
