"""The terminal door: `prongsai check`, `verify-links` and `export`.

Exit codes: 0 clean, 1 problems or broken links, 2 wrong usage, 3 could not run.
"""

from __future__ import annotations

import ipaddress
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from site_builder import addresses, folder, ledger, linkcheck, publication, sitecheck
from site_builder.model import Disclosure
from site_builder.problems import Language, Problem, errors_of
from site_builder.publication import STYLE_SHEET
from site_builder.verdicts import TO_MEND, Verdict, words_for

PROBLEMS_FOUND = 1
COULD_NOT_RUN = 3


class _Network(click.ParamType[addresses.Network]):
    """A network in CIDR form, such as 127.0.0.0/8."""

    name = "CIDR"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> addresses.Network:
        try:
            return ipaddress.ip_network(value)
        except ValueError:
            self.fail(f"{value!r} is not a network, such as 127.0.0.0/8", param, ctx)


_LANG = click.option(
    "--lang", type=click.Choice(["th", "en"]), default="th", help="Language of the messages."
)
_MEASURES = click.option(
    "--measures",
    type=click.Path(path_type=Path),
    default=Path("measures"),
    show_default=True,
    help="The folder of the measures.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="prongsai")
def main() -> None:
    """โปร่งใส (Prongsai): publish a public body's transparency disclosures."""
    # A Windows console's own encoding cannot write Thai.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("measures", type=click.Path(path_type=Path), default=Path("measures"))
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Prove that this built site holds every measure and evidence link.",
)
@_LANG
def check(measures: Path, site: Path | None, lang: Language, *, strict: bool) -> None:
    """Show all problems of all files below MEASURES."""
    reading = folder.read_folder(measures)
    problems = reading.problems
    if site is not None and reading.disclosure is not None and not reading.errors:
        problems = (*problems, *sitecheck.check_site(site, reading.disclosure))
    for found in problems:
        click.echo(f"{_SEVERITY[lang][found.severity]} {found.line(lang)}")
    errors = errors_of(problems)
    click.echo(_check_summary(reading.disclosure, errors, problems, lang, site))
    if errors or (strict and problems):
        sys.exit(PROBLEMS_FOUND)


_SEVERITY = {
    "th": {"error": "ผิด  ", "warning": "เตือน"},
    "en": {"error": "error  ", "warning": "warning"},
}


def _check_summary(
    disclosure: Disclosure | None,
    errors: Sequence[Problem],
    problems: Sequence[Problem],
    lang: Language,
    site: Path | None,
) -> str:
    measures = sum(len(report.measures) for report in disclosure.reports) if disclosure else 0
    warnings = len(problems) - len(errors)
    if lang == "en":
        text = f"{measures} measures, {len(errors)} errors, {warnings} warnings"
        return f"{text}; {site} holds them all" if site and not errors else text
    text = f"{measures} มาตรการ ต้องแก้ {len(errors)} จุด ควรดู {warnings} จุด"
    return f"{text} — {site} มีครบทุกมาตรการ" if site and not errors else text


@main.command()
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"))
@_MEASURES
@_LANG
def export(target: Path, content: Path, measures: Path, lang: Language) -> None:
    """Write the pages and data files that the plugin makes, for any site engine.

    The engine needs Markdown tables and attribute lists (`attr_list`).
    """
    if refused := _not_a_place_to_export(target, content, measures):
        raise click.BadParameter(refused, param_hint="--to")
    disclosure = _publishable(measures, lang)
    own = {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }
    home = own.get(publication.HOME)
    made = publication.publish(disclosure, home.decode() if home is not None else None)
    files = {**own, **made.files}
    try:
        folder.write_files(target, files)
    except OSError as error:
        _could_not_run(f"{target}: {error.strerror}")
    click.echo({"th": "เขียนแล้ว", "en": "written"}[lang] + f" {len(files)}: {target}")


def _not_a_place_to_export(target: Path, content: Path, measures: Path) -> str | None:
    """Why exporting there would harm what people wrote; None where it would not."""
    place = target.resolve()
    for source in (content.resolve(), measures.resolve(), Path.cwd()):
        if place == source or place in source.parents:
            return f"{target}: ที่นี่มีไฟล์ต้นฉบับ เลือกโฟลเดอร์อื่น / holds sources, choose another"
    for source in (content.resolve(), measures.resolve()):
        if source in place.parents:
            return f"{target}: อยู่ในโฟลเดอร์ต้นฉบับ / lies inside the sources, choose another"
    if target.is_dir() and any(target.iterdir()) and not (target / STYLE_SHEET).is_file():
        return f"{target}: มีไฟล์อื่นอยู่แล้ว เลือกโฟลเดอร์ว่าง / is not empty and no earlier export"
    return None


def _publishable(measures: Path, lang: Language) -> Disclosure:
    reading = folder.read_folder(measures)
    if reading.errors or reading.disclosure is None:
        for found in reading.errors:
            click.echo(found.line(lang), err=True)
        sys.exit(PROBLEMS_FOUND)
    return reading.disclosure


def _could_not_run(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(COULD_NOT_RUN)


@main.command(name="verify-links")
@click.option(
    "--allow-network",
    "allow",
    type=_Network(),
    multiple=True,
    help="Also contact this non-public network, such as 127.0.0.0/8. Repeatable.",
)
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Check the pages and anchors of this built site instead.",
)
@_MEASURES
@_LANG
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
            _could_not_run(str(error))
        except KeyboardInterrupt:
            _could_not_run(_STOPPED[lang])
    kept = ledger.enter(disclosure.ledger, findings, datetime.now(UTC))
    try:
        folder.write_files(measures, {folder.LEDGER: ledger.write_ledger(kept).encode()})
    except OSError as error:
        _could_not_run(f"{kept_at}: {error.strerror}")
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
    return _publishable(measures, lang)


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
        _could_not_run(f"{site}: ยังไม่มีเว็บไซต์ที่สร้าง / no built site here: make site")
    try:
        faults = linkcheck.check_site(site)
    except linkcheck.CouldNotRunError as error:
        _could_not_run(str(error))
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
