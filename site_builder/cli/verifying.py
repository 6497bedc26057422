"""`prongsai verify-links`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from site_builder import addresses, folder, ledger, linkcheck, sitelinks
from site_builder.cli.options import (
    COULD_NOT_RUN,
    LANG,
    MEASURES,
    PROBLEMS_FOUND,
    NetworkRange,
    could_not_run,
    publishable,
)
from site_builder.files import write_files
from site_builder.model import Disclosure
from site_builder.problems import Language
from site_builder.verdicts import TO_MEND, Verdict, words_for


@click.command(name="verify-links")
@click.option(
    "--allow-network",
    "allow",
    type=NetworkRange(),
    multiple=True,
    help="Also contact this non-public network, such as 127.0.0.0/8. Repeatable.",
)
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Check the pages and anchors of this built site instead.",
)
@MEASURES
@LANG
def verify_links(
    allow: tuple[addresses.Network, ...], site: Path | None, measures: Path, lang: Language
) -> None:
    """Verify every link of the measures and keep the results in links.json."""
    if site is not None:
        _verify_site(site, lang)
        return
    # A polite stop of CI cleans up after LinkChecker like Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    disclosure = _linked(measures, lang)
    kept_at = measures / folder.LEDGER
    links = disclosure.links()
    with _progress() as progress:
        try:
            findings = linkcheck.check_links(links, allow=allow, progress=progress)
        except linkcheck.CouldNotRunError as error:
            could_not_run(str(error))
        except KeyboardInterrupt:
            could_not_run(_STOPPED[lang])
    kept = ledger.enter(disclosure.ledger, findings, datetime.now(UTC))
    try:
        write_files(measures, {folder.LEDGER: ledger.write_ledger(kept).encode()})
    except OSError as error:
        could_not_run(f"{kept_at}: {error.strerror}")
    for finding in findings:
        if finding.verdict not in {Verdict.OK, Verdict.NOT_CHECKED}:
            for use in links[finding.url]:
                unit = use.measure.responsible_unit
                click.echo(f"{use.place}: {_described(finding, lang)} [{unit}]")
                if kept.shown_verdict(finding.url) is not finding.verdict:
                    click.echo(f"    {_FIRST_TIME[lang]}")
    click.echo(_verify_summary(findings, lang, kept_at))
    if any(finding.verdict in TO_MEND for finding in findings):
        sys.exit(PROBLEMS_FOUND)


_FIRST_TIME = {
    "th": "พบครั้งแรก ผู้อ่านจะเห็นว่าไม่พบเอกสารเมื่อตรวจซ้ำแล้วยังไม่พบ ห่างกันอย่างน้อย 20 ชั่วโมง",
    "en": "first time: readers are told so once a check at least 20 hours later finds the same",
}
_STOPPED = {"th": "หยุดกลางคัน บันทึกผลเดิมยังอยู่ครบ", "en": "stopped; the ledger is as it was"}


def _linked(measures: Path, lang: Language) -> Disclosure:
    """The disclosure with the ledger on disk; a damaged ledger is never overwritten."""
    reading = folder.read_folder(measures)
    if any(found.code in {"ledger-damaged", "folder-missing"} for found in reading.problems):
        for found in reading.errors:
            click.echo(found.line(lang), err=True)
        sys.exit(COULD_NOT_RUN)
    return publishable(measures, lang)


def _described(finding: ledger.Finding, lang: Language) -> str:
    words = words_for(finding.verdict)
    told = words.th if lang == "th" else words.en
    details = [str(finding.status or ""), (finding.note or "")[:80]]
    if finding.final_url and finding.final_url != finding.url:
        details.append(f"→ {finding.final_url}")
    detail = " ".join(filter(None, details))
    shown = f"{finding.verdict}: {words.sign} {told}: {finding.url}"
    return f"{shown} ({detail})" if detail else shown


def _verify_summary(findings: Sequence[ledger.Finding], lang: Language, kept_at: Path) -> str:
    counts: dict[Verdict, int] = {}
    for finding in findings:
        counts[finding.verdict] = counts.get(finding.verdict, 0) + 1
    parts = [f"{verdict} {count}" for verdict, count in sorted(counts.items())]
    total = {"th": f"ตรวจแล้ว {len(findings)} ที่อยู่", "en": f"{len(findings)} addresses"}[lang]
    return f"{total}: {', '.join(parts) or '–'} — {kept_at}"


def _verify_site(site: Path, lang: Language) -> None:
    if not (site / "index.html").is_file():
        could_not_run(f"{site}: ยังไม่มีเว็บไซต์ที่สร้าง / no built site here: make site")
    try:
        faults = sitelinks.check_site(site)
    except linkcheck.CouldNotRunError as error:
        could_not_run(str(error))
    for fault in faults:
        click.echo(f"{fault.page}: {fault.target}: {fault.message}")
    found = {"th": "ลิงก์ภายในเว็บไซต์ที่เสีย", "en": "broken links inside the site"}[lang]
    click.echo(f"{found}: {len(faults)}")
    if faults:
        sys.exit(PROBLEMS_FOUND)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    bar = Progress(
        TextColumn("ตรวจลิงก์"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    task = bar.add_task("links", total=None)
    with bar:
        yield lambda done, total: bar.update(task, completed=done, total=total)
