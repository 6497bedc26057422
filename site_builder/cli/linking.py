"""`prongsai links`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

import click

from site_builder import folder, ledger, ledgerfile, lines, linkreport, memo, thai
from site_builder.cli.linklists import FORMAT, Format, for_programs, keeping, linked, paint
from site_builder.cli.options import LANG, MEASURES, PROBLEMS_FOUND, could_not_run
from site_builder.ledger import Acknowledgement
from site_builder.linkpolicy import may_be_acknowledged
from site_builder.problems import Language
from site_builder.records import DamagedError

_USUAL_DAYS = 90
_MOST_DAYS = 365


class _Day(click.ParamType[date]):
    """A day, such as 2026-12-31; Thai digits too. A Buddhist year is told from a slip."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day; anything else is wrong usage."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(thai.to_arabic(value.strip()))
        except ValueError:
            example = folder.today_in_thailand() + timedelta(days=_USUAL_DAYS)
            self.fail(
                f"{value!r}: เขียนเป็น ปี ค.ศ.-เดือน-วัน เช่น / a day, such as {example}", param, ctx
            )
        if day.year >= thai.FIRST_YEAR:
            right = f"{day.year - thai.BE_MINUS_CE}{value.strip()[4:]}"
            self.fail(f"{value!r}: ใช้ปี ค.ศ. เช่น / a CE year, such as {right}", param, ctx)
        return day


@click.command()
@click.option("--all", "show_all", is_flag=True, help="Show links that open as well.")
@click.option("--memo", "as_memo", is_flag=True, help="Write a memo to each unit, in Thai.")
@FORMAT
@click.option("--acknowledge", metavar="URL", help="Take what was found at this address as it is.")
@click.option("--reason", help="Why: goes with --acknowledge.")
@click.option("--until", type=_Day(), help="The last day of it; 90 days from now if not given.")
@click.option("--withdraw", metavar="URL", help="Take back an acknowledgement.")
@click.option(
    "--merge",
    is_flag=True,
    help="Settle merge conflicts that git left in links.json and snapshots.json.",
)
@MEASURES
@LANG
def links(  # noqa: PLR0913 - one argument an option
    measures: Path,
    form: Format,
    lang: Language,
    *,
    acknowledge: str | None,
    reason: str | None,
    until: date | None,
    withdraw: str | None,
    show_all: bool,
    as_memo: bool,
    merge: bool,
) -> None:
    """Show which links need mending, by responsible unit. Asks no website."""
    asked = [acknowledge is not None, withdraw is not None, merge]
    if sum(asked) > 1 or (acknowledge is None and (reason is not None or until is not None)):
        raise click.UsageError(_ONE_AT_A_TIME[lang])
    if as_memo and form != "text":
        raise click.UsageError(_MEMO_IS_TEXT[lang])
    if merge:
        _merge(measures, lang)
    elif acknowledge is not None:
        _acknowledge(measures, acknowledge, _acknowledgement(reason, until, lang), lang)
    elif withdraw is not None:
        _acknowledge(measures, withdraw, None, lang)
    else:
        _show(measures, form, lang, show_all=show_all, as_memo=as_memo)


_ONE_AT_A_TIME = {
    "th": "สั่งได้ครั้งละอย่าง และ --reason กับ --until ใช้คู่กับ --acknowledge เช่น"
    "  --acknowledge https://www.example.go.th/a.pdf --reason เปิดด้วยเบราว์เซอร์ได้",
    "en": "one thing at a time; --reason and --until go with --acknowledge",
}


_MEMO_IS_TEXT = {
    "th": "บันทึกข้อความเป็นข้อความเท่านั้น ใช้ --memo พร้อม --format อื่นไม่ได้ เช่น  prongsai links --memo",
    "en": "a memo is text alone, --memo excludes any other --format: prongsai links --memo",
}


def _show(measures: Path, form: Format, lang: Language, *, show_all: bool, as_memo: bool) -> None:
    disclosure = linked(measures, form, lang, _NONE_SHOWN)
    every = linkreport.rows_of(disclosure, folder.today_in_thailand())
    rows = every if show_all else tuple(row for row in every if row.problems)
    if as_memo:
        click.echo(memo.memos(every, disclosure.agency) or _NOTHING[lang])
    elif form == "junit":  # a test that passes is told too
        click.echo(for_programs(every, form, lang), nl=False)
    elif form != "text":
        click.echo(for_programs(rows, form, lang), nl=False)
    else:
        click.echo(linkreport.to_text(rows, lang, paint, disclosure.agency.digits), nl=False)
        click.echo(linkreport.summary(every, lang))
        if any(row.is_open for row in every):
            click.echo(_HINT[lang])
    if any(row.fails for row in every):
        sys.exit(PROBLEMS_FOUND)


_NONE_SHOWN: Mapping[Language, str] = {
    "th": "ยังไม่ได้แสดงลิงก์ใด เพราะไฟล์มาตรการมีจุดที่ต้องแก้ก่อน",
    "en": "no link is shown: the measures have to be mended first",
}
_NOTHING = {"th": "ไม่มีลิงก์ที่ต้องแก้หรือควรดู", "en": "no link needs mending or a look"}
_HINT = {
    "th": "บันทึกข้อความถึงแต่ละหน่วยงาน: prongsai links --memo",
    "en": "a memo to each unit: prongsai links --memo",
}


# Acknowledging


def _acknowledgement(reason: str | None, until: date | None, lang: Language) -> Acknowledgement:
    today = folder.today_in_thailand()
    words = " ".join(linkreport.printable(reason or "").split())[:500]
    if not re.search(lines.REASON, words):
        raise click.UsageError(_REASON[lang])
    last = until or today + timedelta(days=_USUAL_DAYS)
    if not today <= last <= today + timedelta(days=_MOST_DAYS):
        example = today + timedelta(days=_USUAL_DAYS)
        raise click.UsageError(_UNTIL[lang].format(example))
    return Acknowledgement(reason=words, on=today, until=last)


_REASON = {
    "th": "ต้องบอกเหตุผลด้วยตัวอักษรอย่างน้อย 4 ตัว (ไม่นับสระ วรรณยุกต์ ตัวเลข และเครื่องหมาย)"
    " เช่น  --reason เปิดด้วยเบราว์เซอร์ได้",
    "en": "a reason of at least 4 letters is needed (Thai vowels, numbers and signs"
    ' do not count), such as --reason "opens in a browser"',
}
_UNTIL = {
    "th": "วันสุดท้ายต้องเป็นวันนี้หรือหลังจากนี้ไม่เกินหนึ่งปี เช่น  --until {}",
    "en": "the last day is today or at most a year from now, such as --until {}",
}


def _acknowledge(measures: Path, asked: str, said: Acknowledgement | None, lang: Language) -> None:
    def change(kept: ledger.Ledger) -> ledger.Ledger:
        url = _address(asked, kept, lang)
        entry = kept.links[url]
        if said is not None and not may_be_acknowledged(url, entry):
            raise click.UsageError(_NEVER[lang].format(linkreport.printable(url)))
        if said is None and entry.acknowledged is None:
            raise click.UsageError(_NOT_ACKNOWLEDGED[lang].format(linkreport.printable(url)))
        told.append(linkreport.printable(url))
        return ledger.acknowledge(kept, url, said)

    told: list[str] = []
    with keeping(measures, lang):
        ledgerfile.rewrite(measures, change)
    if said is None:
        click.echo(f"{_WITHDRAWN[lang]}: {told[0]}")
        return
    click.echo(f"{_ACKNOWLEDGED[lang].format(_day(said.until, lang))}: {told[0]}")


def _address(asked: str, kept: ledger.Ledger, lang: Language) -> str:
    """The ledger's own spelling of an address; anything unknown is wrong usage."""
    asked = asked.strip().strip("<>\"'")
    if asked in kept.links:
        return asked
    # A browser copies a Thai address percent-encoded.
    same = [url for url in kept.links if unquote(url) == unquote(asked)]
    if len(same) == 1:
        return same[0]
    near = get_close_matches(asked, kept.links, n=3, cutoff=0.6)
    shown = "".join(f"\n  {linkreport.printable(url)}" for url in near)
    told = _NEAR[lang] + shown if near else _NO_NEAR[lang]
    raise click.UsageError(f"{_UNKNOWN[lang].format(linkreport.printable(asked))} {told}")


def _day(day: date, lang: Language) -> str:
    return thai.write_date(day, "arabic") if lang == "th" else day.isoformat()


_UNKNOWN = {
    "th": "ไม่พบที่อยู่นี้ในบันทึกผลการตรวจลิงก์: {}",
    "en": "the ledger has no such address: {}",
}
_NEAR = {"th": "ที่ใกล้เคียงคือ", "en": "near to it:"}
_NO_NEAR = {
    "th": "ดูรายการทั้งหมดด้วย  prongsai links --all  ลิงก์ใหม่ต้องตรวจก่อนด้วย  prongsai verify-links",
    "en": "see prongsai links --all; a new link is checked first: prongsai verify-links",
}
_NEVER = {
    "th": "ที่อยู่ที่ไม่ปลอดภัยหรือไม่ถูกต้องจดว่าพิจารณาแล้วไม่ได้ ต้องแก้: {}",
    "en": "an address that is not safe or not valid cannot be acknowledged, mend it: {}",
}
_NOT_ACKNOWLEDGED = {"th": "ที่อยู่นี้ยังไม่ได้จดว่าพิจารณาแล้ว: {}", "en": "this is not acknowledged: {}"}
_ACKNOWLEDGED = {"th": "จดแล้วว่าพิจารณาแล้ว มีผลถึง {}", "en": "acknowledged until {}"}
_WITHDRAWN = {"th": "ยกเลิกที่จดไว้แล้ว", "en": "the acknowledgement is withdrawn"}


# A conflict that git left


def _merge(measures: Path, lang: Language) -> None:
    """Settle what can be settled; one list that cannot be read holds up no other."""
    settled: list[Path] = []
    unsettled: list[str] = []
    for name in (folder.LEDGER, folder.COPIES):
        path = measures / name
        with keeping(measures, lang):
            try:
                if ledgerfile.merge_conflict(measures, name):
                    settled.append(path)
            except DamagedError as damage:
                found = folder.conflict_unsettled(path.as_posix(), damage)
                unsettled.append(found.line(lang))
    for path in settled:
        words = _MERGED if path.name == folder.LEDGER else _COPIES_MERGED
        click.echo(f"{path}: {words[lang].format(path.as_posix())}")
    if unsettled:
        could_not_run("\n".join(unsettled))
    if not settled:
        click.echo(f"{measures}: {_NO_CONFLICT[lang]}")


_MERGED = {
    "th": "รวมผลการตรวจของทั้งสองฝ่ายแล้ว ใช้ผลล่าสุดของแต่ละลิงก์ — พิมพ์ต่อ  git add {}",
    "en": "both sides are merged, each link's freshest result; go on with git add {}",
}
_COPIES_MERGED = {
    "th": "รวมรายการสำเนาของทั้งสองฝ่ายแล้ว ไม่มีสำเนาใดหายไป — พิมพ์ต่อ  git add {}",
    "en": "both sides are merged, no copy is lost; go on with git add {}",
}
_NO_CONFLICT = {
    "th": "ไม่มีส่วนที่ขัดกัน ไม่ต้องทำอะไร",
    "en": "no merge conflict, nothing to do",
}
