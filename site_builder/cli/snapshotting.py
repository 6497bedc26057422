"""`prongsai snapshot`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder import addresses, copies, folder, linkcheck, recordfile, thai
from site_builder.causes import words_for
from site_builder.cli.linklists import worker_failed
from site_builder.cli.options import (
    COULD_NOT_RUN,
    LANG,
    MEASURES,
    PROBLEMS_FOUND,
    NetworkRange,
    could_not_run,
)
from site_builder.cli.waiting import progress_bar, terminated_like_ctrl_c
from site_builder.model import Disclosure
from site_builder.problems import Language, Place, Problem, problem

if TYPE_CHECKING:
    from site_builder.snapshots import Check, Left, Outcome

_MB = 1_000_000


class _Types(click.ParamType[tuple[str, ...]]):
    """Kinds of documents, such as pdf,word."""

    name = "TYPE,…"

    def convert(
        self,
        value: str | tuple[str, ...],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, ...]:
        """The kinds, each once; anything else is wrong usage."""
        if isinstance(value, tuple):
            return value
        names = [name.strip().lower() for name in value.split(",")]
        unknown = [name for name in names if name not in copies.TYPES]
        if unknown:
            known = ", ".join(copies.TYPES)
            self.fail(f"{unknown[0]!r} is none of {known}; such as pdf,word", param, ctx)
        return tuple(dict.fromkeys(names))


@click.command()
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the copies.  [default: snapshots, beside the folder of the measures]",
)
@click.option(
    "--max-size",
    type=click.IntRange(1, 2_000),
    default=50,
    show_default=True,
    metavar="MB",
    help="Keep no document that is larger.",
)
@click.option(
    "--max-total",
    type=click.IntRange(1, 1_000_000),
    default=1_000,
    show_default=True,
    metavar="MB",
    help="Keep no more new documents than that in one run.",
)
@click.option(
    "--types",
    type=_Types(),
    default=copies.USUAL_TYPES,
    help=f"The kinds of documents, out of {','.join(copies.TYPES)}.  [default: all but html]",
)
@click.option(
    "--again", is_flag=True, help="Keep once more what is listed in a file that is not there."
)
@click.option(
    "--allow-network",
    "allow",
    type=NetworkRange(),
    multiple=True,
    help="Also contact this non-public network, such as 127.0.0.0/8. Repeatable.",
)
@click.option("--verify", is_flag=True, help="Fetch nothing; verify the copies that are there.")
@MEASURES
@LANG
def snapshot(  # noqa: PLR0913 - one argument an option
    *,
    to: Path | None,
    max_size: int,
    max_total: int,
    types: tuple[str, ...],
    allow: tuple[addresses.Network, ...],
    measures: Path,
    lang: Language,
    again: bool,
    verify: bool,
) -> None:
    """Keep a copy of each evidence document that opens, in a web archive (WARC).

    Only documents whose link was found well by verify-links are fetched, as politely. What is kept
    is listed in snapshots.json beside the ledger.
    """
    target = measures.parent / "snapshots" if to is None else to
    if target.resolve().is_relative_to(measures.resolve()):
        raise click.BadParameter(_INSIDE[lang].format(target), param_hint="--to")
    if find_spec("warcio") is None:
        could_not_run(_NOT_INSTALLED[lang].format(_install_line()))
    if verify:
        _verify(measures, target, lang)
    else:
        wanted = _Wanted(max_size, max_total, types, allow, again)
        _keep(measures, target, wanted, lang)


def _install_line() -> str:
    """What to type: into the very Python that runs this, which may be no shell's own."""
    python = Path(sys.executable)
    if python.is_relative_to(Path.cwd()):
        python = python.relative_to(Path.cwd())
    # The extra `snapshot` of pyproject.toml; cmd.exe knows double quotation marks only.
    return f'{python} -m pip install "warcio>=1.7.5"'


_INSIDE = {
    "th": "{}: อยู่ในโฟลเดอร์ของมาตรการ เลือกโฟลเดอร์อื่น เช่น  --to snapshots",
    "en": "{}: lies inside the measures, choose another, such as --to snapshots",
}
_SUMMARY = {
    "th": "เก็บสำเนาใหม่ {new} ฉบับ เหมือนสำเนาเดิม {same} ฉบับ เก็บไม่ได้ {left} ที่อยู่"
    " เป็นหน้าเว็บหรือไฟล์ชนิดที่ไม่เก็บ {passed} ที่อยู่",
    "en": "{new} new copies, {same} documents as kept before, {left} addresses without a copy,"
    " {passed} with web pages or other files that are not kept",
}


_ASTRAY = {
    "th": "หมายเหตุ: สำเนาที่มีในรายการแล้ว {count} ฉบับไม่อยู่ในโฟลเดอร์ {folder}"
    " — นำไฟล์กลับมา หรือเก็บใหม่ด้วย  prongsai snapshot --again",
    "en": "note: {count} copies of the list are not in {folder}; bring their files back, or keep"
    " them anew: prongsai snapshot --again",
}
_NOT_INSTALLED = {
    "th": "ยังไม่ได้ติดตั้งส่วนเก็บสำเนา — พิมพ์  {}",
    "en": "what keeps copies is not installed: {}",
}


def _linked(measures: Path, lang: Language) -> Disclosure:
    """The disclosure with its ledger and copies; ends the program where they cannot be read."""
    reading = folder.read_folder(measures)
    if reading.errors or reading.disclosure is None:
        for found in reading.errors:
            click.echo(found.line(lang), err=True)
        is_lost = any(found.code in folder.UNREADABLE for found in reading.errors)
        sys.exit(COULD_NOT_RUN if is_lost else PROBLEMS_FOUND)
    links = reading.disclosure.links()
    if links and not links.keys() & reading.disclosure.ledger.links.keys():
        could_not_run(_NOT_VERIFIED[lang])
    return reading.disclosure


_NOT_VERIFIED = {
    "th": "ยังไม่มีผลการตรวจลิงก์ จึงไม่รู้ว่าเอกสารใดเปิดได้ — พิมพ์  prongsai verify-links  ก่อน",
    "en": "no link has been verified, so no document is known to open: prongsai verify-links",
}


# Keeping


@dataclass(frozen=True, slots=True)
class _Wanted:
    max_size: int
    max_total: int
    types: tuple[str, ...]
    allow: tuple[addresses.Network, ...]
    again: bool


def _keep(measures: Path, target: Path, wanted: _Wanted, lang: Language) -> None:
    disclosure = _linked(measures, lang)
    outcome = _taken(measures, target, disclosure, wanted, lang)
    links = disclosure.links()
    problems = [
        _changed(url, earlier, use.place) for url, earlier in outcome.changed for use in links[url]
    ]
    problems += [
        _why_left(left, use.place, wanted) for left in outcome.left for use in links[left.url]
    ]
    for found in sorted(problems):
        click.echo(found.line(lang))
    summary = _SUMMARY[lang].format(
        new=outcome.new, same=outcome.same, left=len(outcome.left), passed=outcome.passed
    )
    click.echo(f"{summary} — {outcome.file}" if outcome.file else summary)
    if outcome.astray:
        click.echo(_ASTRAY[lang].format(count=outcome.astray, folder=target), err=True)
    if outcome.stopped:
        could_not_run(_STOPPED[lang])
    if outcome.left:
        sys.exit(PROBLEMS_FOUND)


def _taken(
    measures: Path, target: Path, disclosure: Disclosure, wanted: _Wanted, lang: Language
) -> Outcome:
    """Keep the copies; ends the program where that cannot be done."""
    from site_builder import snapshots  # noqa: PLC0415 - only who keeps copies has warcio

    listed_at = measures / folder.COPIES
    limits = snapshots.Limits(wanted.max_size * _MB, wanted.max_total * _MB, wanted.types)
    with terminated_like_ctrl_c():
        try:
            with progress_bar(_FETCHING[lang]) as progress:
                return snapshots.take_copies(
                    measures,
                    disclosure,
                    target,
                    again=wanted.again,
                    limits=limits,
                    allow=wanted.allow,
                    progress=progress,
                )
        except KeyboardInterrupt:
            could_not_run(_STOPPED[lang])
        except linkcheck.OfflineError as error:
            could_not_run(_OFFLINE[lang].format(error))
        except linkcheck.CouldNotRunError as error:
            could_not_run(worker_failed(error, lang))
        except copies.DamagedCopiesError as damage:
            could_not_run(folder.copies_damaged(listed_at.as_posix(), damage).line(lang))
        except recordfile.BusyError:
            could_not_run(f"{listed_at}: {_BUSY[lang]}")
        except OSError as error:
            could_not_run(f"{error.filename or target}: {error.strerror or error}")


_FETCHING = {"th": "เก็บสำเนา", "en": "keeping copies"}
_STOPPED = {
    "th": "หยุดกลางคัน เอกสารที่ได้มาครบแล้วเก็บไว้ให้ สำเนาเดิมยังอยู่ครบ สั่งอีกครั้งเพื่อเก็บต่อ",
    "en": "stopped; what was fetched whole is kept, run it again for the rest",
}
_OFFLINE = {
    "th": "หาเว็บไซต์ใดไม่พบเลย น่าจะเป็นที่อินเทอร์เน็ตของเครื่องนี้ — ต่ออินเทอร์เน็ตแล้วลองใหม่ ({})",
    "en": "no site could be found; try again once this machine is online ({})",
}
_BUSY = {
    "th": "โปรแกรมอื่นกำลังเขียนไฟล์นี้อยู่ ยังไม่ได้เก็บอะไร — รอให้เสร็จแล้วลองใหม่",
    "en": "another program is writing this file, nothing was kept; try again when it is done",
}


def _changed(url: str, earlier: copies.Copy, place: Place) -> Problem:
    day = thai.day_of(earlier.on)
    on_th, on_en = thai.write_date(day, "arabic"), day.isoformat()
    return problem("copy-changed", place, value=url, on_th=on_th, on_en=on_en)


def _why_left(left: Left, place: Place, wanted: _Wanted) -> Problem:
    url = left.url
    if left.why == "copy-type-changed":
        before = copies.type_name(left.before)
        found = _printable(copies.type_name(left.found))
        return problem("copy-type-changed", place, value=url, before=before, found=found)
    if left.why == "copy-too-large":
        limit = min(wanted.max_size, wanted.max_total)
        return problem("copy-too-large", place, value=url, limit=limit, more=2 * limit)
    if left.why == "copy-over-total":
        return problem("copy-over-total", place, value=url, limit=wanted.max_total)
    words = words_for(left.cause)
    return problem("copy-failed", place, value=url, cause_th=words.th, cause_en=words.en)


def _printable(text: str) -> str:
    """What a server said, on one line."""
    return "".join(char if char.isprintable() else "?" for char in text)[:80] or "?"


# Verifying


def _verify(measures: Path, target: Path, lang: Language) -> None:
    from site_builder import snapshots  # noqa: PLC0415

    listed_at = measures / folder.COPIES
    if not measures.is_dir():
        could_not_run(problem("folder-missing", Place(measures.as_posix())).line(lang))
    try:
        listed = folder.read_copies(listed_at)
    except copies.DamagedCopiesError as damage:
        could_not_run(folder.copies_damaged(listed_at.as_posix(), damage).line(lang))
    with progress_bar(_VERIFYING[lang]) as progress:
        checks = snapshots.verify_copies(listed, target, progress)
    disclosure = folder.read_folder(measures).disclosure
    links = disclosure.links() if disclosure else {}
    lines: list[tuple[Place, str]] = []
    for check in checks:
        # What no measure publishes any more still has its copy, and its line in the list.
        places = [use.place for use in links.get(check.url, ())] or [Place(listed_at.as_posix())]
        lines += [(place, _told(check, place, target, lang)) for place in places]
    for _, line in sorted(lines, key=itemgetter(0)):
        click.echo(line)
    bad = sum(check.state != "whole" for check in checks)
    click.echo(_VERIFIED[lang].format(whole=len(checks) - bad, total=len(checks)) + f" — {target}")
    if bad:
        sys.exit(PROBLEMS_FOUND)


def _told(check: Check, place: Place, target: Path, lang: Language) -> str:
    copy = check.copy
    if check.state == "whole":
        return (
            f"{place}: ✓ {_WHOLE[lang]} ({copies.described(copy, lang)}): {check.url} — {copy.file}"
        )
    file, digest = copy.file, copy.sha256[:12]
    if check.state == "missing":
        found = problem("copy-missing", place, value=check.url, file=file, folder=target.as_posix())
    else:
        found = problem("copy-damaged", place, value=check.url, file=file, digest=digest)
    return found.line(lang)


_VERIFYING = {"th": "ตรวจสำเนา", "en": "verifying copies"}
_WHOLE = {"th": "สำเนาครบถ้วน ไม่ถูกแก้ไข", "en": "whole and unchanged"}
_VERIFIED = {
    "th": "สำเนาครบถ้วนไม่ถูกแก้ไข {whole} จาก {total} ฉบับ",
    "en": "{whole} of {total} copies are whole and unchanged",
}
