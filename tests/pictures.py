"""Makes the handbook's pictures again: `python -m tests.pictures`.

Needs LibreOffice, pdftoppm (Poppler) and Chromium. What is in the pictures is real: a Word file,
what the commands say of it, and the site that comes of it.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from .browsing import FLAGS, chromium, served
from .conftest import ROOT
from .handbook import START_OFFICE
from .word_report import write_word_report

IMAGES = ROOT / "docs/images"
LATIN = "15px/1.6 'DejaVu Sans Mono', monospace"
CELL = 0.602
"""Width of a terminal's cell in this font, in em."""
THEME = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [(31, 35, 40), (179, 29, 40), (17, 99, 41), (149, 78, 0), (5, 80, 174), (130, 80, 223), (27, 124, 131), (110, 119, 129)],
)  # fmt: skip


def main() -> None:
    """Make every picture in a folder of its own, and put it in its place."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*FLAGS, "--no-sandbox"]
        )
        desk = Path(temporary)
        write_word_report(desk / "report.docx")
        word_picture(desk)
        run(desk, *START_OFFICE)
        office = desk / START_OFFICE[1]
        imported = run(office, "import", "../report.docx", "--year", "2568")
        terminal_picture(browser, "import", imported)
        terminal_picture(browser, "check", run(office, "check"))
        subprocess.run(
            [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--quiet"],
            cwd=office, env=environment(), check=True,
        )  # fmt: skip
        with served(office / "site") as address:
            site_picture(browser, f"{address}/2568/", "office-site")
        demonstration = desk / "demonstration"
        subprocess.run(
            [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet", "--site-dir", demonstration],
            cwd=ROOT, env=environment(), check=True,
        )  # fmt: skip
        with served(demonstration) as address:
            site_picture(browser, f"{address}/2568/", "report-1280")
            phones_picture(browser, address, desk)
        browser.close()


def environment() -> dict[str, str]:
    """The program of this checkout, on a terminal wide enough for its tables."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "112"}


def run(folder: Path, *arguments: str) -> str:
    """What a command says, as a terminal shows it: the command line first."""
    program = "from site_builder.cli import main; main()"
    command = [sys.executable, "-P", "-c", program, *arguments]
    said = subprocess.run(
        command, cwd=folder, env=environment(), check=True, capture_output=True, text=True
    )
    return f"> prongsai {' '.join(arguments)}\n{said.stdout}"


def word_picture(desk: Path) -> None:
    """The first page of the Word file."""
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{desk}/profile"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(desk), str(desk / "report.docx")],
        check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-png", "-singlefile",
         str(desk / "report.pdf"), str(IMAGES / "word-report")],
        check=True,
    )  # fmt: skip


def terminal_picture(browser: Browser, name: str, said: str) -> None:
    """A terminal's text, in its colours."""
    console = Console(record=True, width=200, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    console.print(Text.from_ansi(said), soft_wrap=True)
    page = browser.new_page(viewport={"width": 1100, "height": 400}, device_scale_factor=1.25)
    style = f"margin:0; padding:16px; border:1px solid #d0d7de; font:{LATIN}; color:{{foreground}}; background:{{background}}"
    pre = f'<pre style="{style}; white-space:pre-wrap; width:1060px"><code>{{code}}</code></pre>'
    shown = console.export_html(theme=THEME, inline_styles=True, code_format=pre)
    page.set_content(f"<style>code, i {{ font: inherit }}</style>{_on_cells(shown)}")
    page.locator("pre").screenshot(path=IMAGES / f"{name}.png")
    page.close()


def _on_cells(html: str) -> str:
    """Thai in a font that sets its marks well, each run as wide as its cells on a terminal."""
    return re.sub(
        "[\u0e01-\u0e5b]+",
        lambda found: (
            '<i style="display:inline-block; white-space:nowrap; '
            f'font-family:Loma,Garuda,sans-serif; width:{cell_len(found[0]) * CELL}em">{found[0]}</i>'
        ),
        html,
    )


def site_picture(browser: Browser, address: str, name: str) -> None:
    """The report's table on the site."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.goto(address)
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{name}.png")
    page.close()


def phones_picture(browser: Browser, address: str, desk: Path) -> None:
    """Three telephones side by side: the year, a measure in the dark, a search in Thai."""
    shots = []
    for number, (path, scheme) in enumerate(
        [("/", "light"), ("/2568/indicators/3/", "dark"), ("/2568/", "light")]
    ):
        phone = browser.new_page(
            viewport={"width": 360, "height": 720}, color_scheme=scheme, base_url=address
        )
        phone.goto(path)
        phone.wait_for_timeout(500)
        if number == 2:
            phone.keyboard.press("Control+k")
            phone.keyboard.type("ของขวัญ")
            phone.locator(".md-search-result__item").first.wait_for()
        phone.screenshot(path=desk / f"phone-{number}.png")
        phone.close()
        data = base64.b64encode((desk / f"phone-{number}.png").read_bytes()).decode()
        shots.append(f'<img src="data:image/png;base64,{data}" width="360" height="720">')
    page = browser.new_page(viewport={"width": 1200, "height": 780})
    style = (
        "body { display: flex; gap: 30px; margin: 0; padding: 29px; background: #eef2f0 }"
        "img { border: 1px solid #b9c4bf; border-radius: 14px }"
    )
    page.set_content(f"<style>{style}</style>{''.join(shots)}")
    page.screenshot(path=IMAGES / "phones.png")
    page.close()


if __name__ == "__main__":
    main()
