"""`prongsai verify-links`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import click

from site_builder import (
    addresses,
    folder,
    ledger,
    ledgerfile,
    linkcheck,
    linkreport,
    recheck,
    revisions,
    sitelinks,
)
from site_builder.cli.linklists import FORMAT, Format, for_programs, keeping, linked, worker_failed
from site_builder.cli.options import LANG, MEASURES, PROBLEMS_FOUND, NetworkRange, could_not_run
from site_builder.cli.waiting import progress_bar, terminated_like_ctrl_c
from site_builder.linkpolicy import offline_verdict
from site_builder.model import Disclosure
from site_builder.problems import Language
from site_builder.verdicts import NOT_PUBLISHED, Verdict, words_for

CHECKPOINT = 2.0
"""Seconds after which a run keeps what it knows: a machine that goes down loses no more."""
SPARING = 20.0
"""How much longer than one writing takes the pauses between them are at least."""


@click.command(name="verify-links")
@click.option("--all", "check_all", is_flag=True, help="Check all links, also those not due yet.")
@click.option(
    "--only-changed",
    is_flag=True,
    help="Check only the links that the measures did not have at the revision of --since.",
)
@click.option(
    "--since",
    metavar="REVISION",
    help="The git revision that a change is compared with: new links must not be missing.",
)
@click.option(
    "--vantage",
    envvar="PRONGSAI_VANTAGE",
    help="Where this check is made from, in your own words; kept with the results.",
)
@FORMAT
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
@click.option(
    "--edit-uri",
    envvar="EDIT_URI",
    help="With --site: where edit links open the folder content; their files are looked for here.",
)
@MEASURES
@LANG
def verify_links(  # noqa: PLR0913 - one argument an option
    allow: tuple[addresses.Network, ...],
    site: Path | None,
    measures: Path,
    form: Format,
    lang: Language,
    *,
    edit_uri: str | None,
    since: str | None,
    vantage: str | None,
    check_all: bool,
    only_changed: bool,
) -> None:
    """Verify the links of the measures that are due, and keep the results in links.json.

    Due is what is new or was not well when last seen; all else about once a week.
    """
    if site is not None:
        _verify_site(site, edit_uri, lang)
        return
    if only_changed and (since is None or check_all):
        raise click.UsageError(_ONLY_CHANGED[lang])
    disclosure = linked(measures, form, lang, _NONE_CHECKED)
    links = disclosure.links()
    base = _base(measures, since, lang)
    new = frozenset(links) - base if base is not None else frozenset()
    now = datetime.now(UTC)
    wanted = [
        url
        for url in links
        if (url in new if only_changed else check_all or _is_due(disclosure, url, now))
    ]
    run = _Run(measures, vantage or _vantage(), disclosure.ledger.links.keys() - links.keys())
    findings = _checked(run, wanted, disclosure.agency.website, allow, lang)
    judged = disclosure.model_copy(update={"ledger": run.kept})
    rows = [
        row
        for row in linkreport.rows_of(
            judged,
            folder.today_in_thailand(),
            findings={finding.url: finding for finding in findings},
            new=new,
        )
        if not only_changed or row.url in new or (not allow and _is_refused_unseen(judged, row.url))
    ]
    if form == "text":
        # An acknowledged link is silent; `links` tells of it.
        open_rows = [row for row in rows if row.is_open]
        click.echo(linkreport.to_lines(open_rows, lang), nl=False)
    else:
        click.echo(for_programs(rows, form, lang), nl=False)
    said = _verify_summary(findings, len(links) - len(wanted), lang, measures / folder.LEDGER)
    click.echo(said, err=form != "text")
    if any(row.fails for row in rows):
        sys.exit(PROBLEMS_FOUND)


_ONLY_CHANGED = {
    "th": "--only-changed ต้องบอกด้วยว่าเทียบกับรุ่นใด และใช้พร้อม --all ไม่ได้"
    " เช่น  --only-changed --since origin/main",
    "en": "--only-changed needs a revision and excludes --all: --only-changed --since origin/main",
}


_NONE_CHECKED: Mapping[Language, str] = {
    "th": "ยังไม่ได้ตรวจลิงก์ใด เพราะไฟล์มาตรการมีจุดที่ต้องแก้ก่อน",
    "en": "no link was checked: the measures have to be mended first",
}


def _is_due(disclosure: Disclosure, url: str, now: datetime) -> bool:
    return recheck.is_due(url, disclosure.ledger.links.get(url), now)


def _is_refused_unseen(disclosure: Disclosure, url: str) -> bool:
    """Whether an address must not be published, as anybody can tell who reads it."""
    return url not in disclosure.ledger.links and offline_verdict(url) in NOT_PUBLISHED


# What is compared with


def _base(measures: Path, since: str | None, lang: Language) -> frozenset[str] | None:
    if since is None:
        return None
    try:
        base = revisions.links_at(measures, since)
    except revisions.RevisionError as error:
        said = linkreport.printable(str(error))
        could_not_run(_NO_REVISION[error.why][lang].format(said))
    if not base.is_whole:
        click.echo(_BASE_BROKEN[lang].format(linkreport.printable(since)), err=True)
    return base.urls


_NO_REVISION = {
    revisions.Why.NO_GIT: {
        "th": "ไม่พบโปรแกรม git ในเครื่องนี้ จึงเทียบกับรุ่นก่อนไม่ได้ — ติดตั้ง git หรือสั่งโดยไม่ใส่ --since",
        "en": "git is not installed, so nothing can be compared; install it, or leave out --since",
    },
    revisions.Why.NOT_IN_GIT: {
        "th": "โฟลเดอร์นี้ไม่ได้อยู่ใน git จึงเทียบกับรุ่นก่อนไม่ได้ ({}) — สั่งโดยไม่ใส่ --since",
        "en": "this folder is not in git, so nothing can be compared ({}); leave out --since",
    },
    revisions.Why.NO_SUCH_REVISION: {
        "th": 'ไม่พบรุ่น "{}" ใน git — เช่น  --since origin/main  หรือ  --since HEAD~1',
        "en": 'git has no revision "{}"; such as --since origin/main or --since HEAD~1',
    },
    revisions.Why.SHALLOW: {
        "th": 'ไม่พบรุ่น "{}" เพราะดึงประวัติ git มาไม่ครบ — สั่ง git fetch --unshallow'
        " (บน GitHub ตั้ง fetch-depth: 0 บน GitLab ตั้ง GIT_DEPTH: 0)",
        "en": 'revision "{}" is not in this shallow clone; git fetch --unshallow (GitHub:'
        " fetch-depth: 0, GitLab: GIT_DEPTH: 0)",
    },
    revisions.Why.FAILED: {
        "th": "อ่านรุ่นก่อนจาก git ไม่สำเร็จ: {}",
        "en": "git could not give the earlier revision: {}",
    },
}
_BASE_BROKEN = {
    "th": 'ไฟล์มาตรการที่รุ่น "{}" มีข้อผิดพลาด จึงถือว่าทุกลิงก์เป็นลิงก์ใหม่',
    "en": 'the measures at "{}" have errors, so every link counts as new',
}


def _vantage() -> str:
    """Where the check is made from, as far as the machine can tell."""
    if os.environ.get("GITHUB_ACTIONS"):
        return "GitHub Actions"
    if os.environ.get("GITLAB_CI"):
        return "GitLab CI"
    return "เครื่องของผู้ตรวจ"


# Checking, and keeping what is known


class _Run:
    """The findings of one run on their way into the ledger."""

    def __init__(self, measures: Path, vantage: str, gone: Collection[str]) -> None:
        self.measures = measures
        self._vantage = linkreport.printable(vantage)[:100]
        self._gone = frozenset(gone)
        self._checker = " ".join(
            f"{name} {metadata.version(package)}"
            for name, package in (("prongsai", "prongsai"), ("LinkChecker", "linkchecker"))
        )
        self._waiting: dict[str, ledger.Finding] = {}
        self._answered = False
        self._written = time.monotonic()
        self._cost = 0.0
        self.kept = ledger.Ledger()
        """The ledger as this run has last seen it on disk."""

    @property
    def has_news(self) -> bool:
        """Whether anything is known that is worth keeping."""
        # Where nothing at all has answered yet, this machine may be offline.
        return bool(self._waiting) and self._answered

    def found(self, finding: ledger.Finding) -> None:
        """Take a finding; keep it, with the others, when it is time."""
        self._waiting[finding.url] = finding
        self._answered = self._answered or finding.status is not None
        # A large ledger takes its time to write; most of the run is for checking.
        pause = max(CHECKPOINT, SPARING * self._cost)
        if self.has_news and time.monotonic() - self._written >= pause:
            self.keep()

    def keep(self) -> None:
        """Enter what is known in the ledger on disk.

        Raises:
            DamagedLedgerError, OSError: it is as it was.
        """
        entered, began = dict(self._waiting), time.monotonic()
        self.kept = ledgerfile.rewrite(
            self.measures,
            lambda kept: ledger.enter(
                kept,
                entered.values(),
                datetime.now(UTC),
                vantage=self._vantage,
                checker=self._checker,
                gone=self._gone,
            ),
        )
        for url in entered:
            self._waiting.pop(url, None)
        self._written = time.monotonic()
        self._cost = self._written - began


def _checked(
    run: _Run,
    wanted: Sequence[str],
    contact: str,
    allow: Sequence[addresses.Network],
    lang: Language,
) -> tuple[ledger.Finding, ...]:
    """Check and keep; whatever comes in between, what is known by then is kept."""
    with terminated_like_ctrl_c():
        try:
            with keeping(run.measures, lang), progress_bar(_CHECKING[lang]) as progress:
                findings = linkcheck.check_links(
                    wanted, allow=allow, contact=contact, progress=progress, found=run.found
                )
                run.keep()
        except linkcheck.OfflineError as error:
            could_not_run(_OFFLINE[lang].format(linkreport.printable(str(error))))
        except linkcheck.CouldNotRunError as error:
            could_not_run(f"{worker_failed(error, lang)}\n{_kept_so_far(run, lang)}")
        except KeyboardInterrupt:
            could_not_run(_kept_so_far(run, lang))
    return findings


_CHECKING = {"th": "ตรวจลิงก์", "en": "checking links"}


def _kept_so_far(run: _Run, lang: Language) -> str:
    """Keep what is known of a run that came to no end, and say so."""
    if not run.has_news:
        return _STOPPED[lang]
    with keeping(run.measures, lang):
        run.keep()
    return _STOPPED_AND_KEPT[lang]


_OFFLINE = {
    "th": "เครื่องนี้เข้าเว็บไซต์ส่วนใหญ่ไม่ได้ น่าจะเป็นที่อินเทอร์เน็ตของเครื่องนี้"
    " จึงไม่บันทึกผลใด — ต่ออินเทอร์เน็ตแล้วลองใหม่ (เว็บไซต์ที่เข้าไม่ได้: {})",
    "en": "most sites could not be reached from this machine, so nothing was kept; try again once"
    " it is online (out of reach: {})",
}
_STOPPED = {"th": "หยุดกลางคัน บันทึกผลเดิมยังอยู่ครบ", "en": "stopped; the ledger is as it was"}
_STOPPED_AND_KEPT = {
    "th": "หยุดกลางคัน บันทึกผลที่ตรวจได้แล้วไว้ครบ ครั้งหน้าตรวจต่อเฉพาะที่เหลือ",
    "en": "stopped; what was found so far is kept, and the next run goes on with the rest",
}


def _verify_summary(
    findings: Sequence[ledger.Finding], left: int, lang: Language, kept_at: Path
) -> str:
    counts: dict[str, int] = {}
    for finding in sorted(findings, key=lambda one: list(Verdict).index(one.verdict)):
        # Codes are for programs: in Thai, verdicts that a reader is told alike are one number.
        told = words_for(finding.verdict).th if lang == "th" else finding.verdict.value
        counts[told] = counts.get(told, 0) + 1
    parts = [f"{told} {count}" for told, count in counts.items()]
    total = {"th": f"ตรวจแล้ว {len(findings)} ที่อยู่", "en": f"{len(findings)} addresses"}[lang]
    if left:
        total += {"th": f" (อีก {left} ไม่ได้ตรวจครั้งนี้)", "en": f" ({left} not checked now)"}[lang]
    return f"{total}: {', '.join(parts) or '–'} — {kept_at}"


def _verify_site(site: Path, edit_uri: str | None, lang: Language) -> None:
    if not (site / "index.html").is_file():
        could_not_run(f"{site}: ยังไม่มีเว็บไซต์ที่สร้าง / no built site here: make site")
    try:
        faults = sitelinks.check_site(site, sources=_sources(edit_uri))
    except linkcheck.CouldNotRunError as error:
        could_not_run(worker_failed(error, lang))
    for fault in faults:
        click.echo(f"{fault.page}: {fault.target}: {fault.message}")
    found = {"th": "ลิงก์ภายในเว็บไซต์ที่เสีย", "en": "broken links inside the site"}[lang]
    click.echo(f"{found}: {len(faults)}")
    if faults:
        sys.exit(PROBLEMS_FOUND)


def _sources(edit_uri: str | None) -> sitelinks.Sources | None:
    """The project's files behind edit links, which name the folder `content` of it."""
    if not edit_uri:
        return None
    return sitelinks.Sources(edit_uri.rstrip("/").rpartition("/")[0] + "/", Path.cwd())
