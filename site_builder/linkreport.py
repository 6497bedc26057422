"""What the link checks found, as a list for whoever mends it: each use of each link in words.

The list is made from the ledger alone; nothing here asks anybody.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from site_builder import listing, thai
from site_builder.addresses import names_public_host, refusal
from site_builder.catalogue import LINKS, Severity
from site_builder.causes import Cause, CauseWords
from site_builder.causes import words_for as words_for_cause
from site_builder.ledger import Entry, Finding
from site_builder.linkpolicy import Standing, judge_link, offline_verdict
from site_builder.model import Disclosure, LinkUse
from site_builder.problems import SEVERITY_WORDS, Language, Problem, problem
from site_builder.values import is_checkable
from site_builder.verdicts import Verdict, words_for

Paint = Callable[[str, Severity], str]
"""Gives a text the colour of a severity."""

ACKNOWLEDGED_WORDS: Mapping[Language, str] = {"th": "พิจารณาแล้ว", "en": "acknowledged"}
"""What stands in the place of a severity where somebody has looked at a link by hand."""
_WORST_FIRST = tuple(LINKS)
# What is safe between double quotes in every shell; a Thai address too.
_PLAIN_ADDRESS = re.compile(r"[\w\u0e31-\u0e4e:/.?&=#~+,;@%-]*")


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One place at which a link stands, and what is to be said about it."""

    url: str
    use: LinkUse
    entry: Entry | None
    """None where it was never checked."""
    standing: Standing
    problems: tuple[Problem, ...]
    """The gravest first; none where there is nothing to do."""

    @property
    def unit(self) -> str:
        """The unit that mends it."""
        return self.use.measure.responsible_unit

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look: there is a problem, and nobody has acknowledged it."""
        return bool(self.problems) and self.standing.acknowledged is None

    @property
    def fails(self) -> bool:
        """Whether it fails the run."""
        return self.is_open and any(found.severity == "error" for found in self.problems)


def rows_of(
    disclosure: Disclosure,
    today: date,
    *,
    findings: Mapping[str, Finding] | None = None,
    new: Collection[str] = (),
) -> tuple[LinkRow, ...]:
    """A row for every use of every link, the worst first, then by place.

    `findings` are those of this very run, by address; `new` is what the change under review added.
    """
    found: list[LinkRow] = []
    for url, uses in disclosure.links().items():
        entry = disclosure.ledger.links.get(url)
        finding = (findings or {}).get(url)
        standing = judge_link(url, entry, today, finding=finding, is_new=url in new)
        details = _details(url, entry, finding, disclosure.agency.digits)
        for use in uses:
            told = tuple(problem(code, use.place, **details) for code in standing.codes)
            found.append(LinkRow(url, use, entry, standing, told))
    return tuple(sorted(found, key=_order))


def _order(row: LinkRow) -> tuple[bool, int, object]:
    worst = row.standing.codes[0] if row.standing.codes else None
    rank = _WORST_FIRST.index(worst) if worst else len(_WORST_FIRST)
    return not row.is_open, rank, row.use.place


def by_unit(rows: Iterable[LinkRow]) -> dict[str, tuple[LinkRow, ...]]:
    """The rows of each responsible unit; the unit with the most to mend first."""
    units: dict[str, list[LinkRow]] = {}
    for row in rows:
        units.setdefault(row.unit, []).append(row)
    order = sorted(units, key=lambda unit: (_weight(units[unit]), unit))
    return {unit: tuple(units[unit]) for unit in order}


def _weight(rows: Sequence[LinkRow]) -> tuple[int, int]:
    return -sum(row.fails for row in rows), -sum(row.is_open for row in rows)


def _details(
    url: str, entry: Entry | None, finding: Finding | None, digits: thai.Digits
) -> dict[str, str]:
    cause = _cause(url, entry, finding)
    until = entry.acknowledged.until if entry and entry.acknowledged else None
    moved = moved_to(url, entry)
    streak = entry.streak if entry else 1
    return {
        "value": printable(url),
        "quoted": _quoted(url),
        "moved_th": f"เปลี่ยนเป็น  url: {moved}" if moved else "เปิดดู แล้วเปลี่ยนเป็นที่อยู่ใหม่",
        "moved_en": f"write  url: {moved}" if moved else "open it, and write the new address",
        "cause_th": cause.th,
        "cause_en": cause.en,
        "times_th": thai.in_digits(streak, digits),
        "times_en": str(streak),
        **_dated("since", entry.since if entry else None, digits),
        **_dated("content_since", entry.content_since if entry else None, digits),
        "until_th": thai.write_date(until, digits) if until else "–",
        "until_en": until.isoformat() if until else "–",
    }


def _dated(name: str, moment: datetime | None, digits: thai.Digits) -> dict[str, str]:
    return {f"{name}_{lang}": day_words(moment, lang, digits) for lang in ("th", "en")}


def day_words(moment: datetime | None, lang: str, digits: thai.Digits) -> str:
    """The day of a moment, in Thailand; a dash where there is none."""
    if moment is None:
        return "–"
    day = thai_day(moment)
    return thai.write_date(day, digits) if lang == "th" else day.isoformat()


def thai_day(moment: datetime) -> date:
    """The day that a moment falls on in Thailand."""
    try:
        return thai.day_of(moment)
    except OverflowError:  # the last hours of the calendar
        return moment.date()


def cause_words(row: LinkRow) -> CauseWords:
    """Why a link is judged so, in both languages."""
    return _cause(row.url, row.entry, None)


def _cause(url: str, entry: Entry | None, finding: Finding | None) -> CauseWords:
    known = entry or finding
    if known is None:
        return _offline_cause(url)
    status = f"HTTP {known.status}" if known.status and known.status >= 400 else ""
    if known.cause:
        words = words_for_cause(known.cause)
        return CauseWords(*(", ".join(filter(None, (w, status))) for w in (words.th, words.en)))
    shown = words_for(known.verdict)
    plain = status or printable(known.note or "")[:80]
    return CauseWords(plain or shown.th, plain or shown.en)


def _offline_cause(url: str) -> CauseWords:
    refused = refusal(url)
    if refused is None:
        return words_for_cause(Cause.NOT_PUBLIC)
    if not refused.unsafe:
        return words_for_cause(Cause.NOT_AN_ADDRESS)
    is_secret = refused.fault == "credentials"
    return words_for_cause(Cause.CREDENTIALS if is_secret else Cause.UNSAFE_SCHEME)


def moved_to(url: str, entry: Entry | None) -> str | None:
    """The address to write instead; None where it has not moved, or not to a fit one."""
    if entry is None or entry.verdict is not Verdict.MOVED or not entry.final_url:
        return None
    new = entry.final_url
    if refusal(new) or not is_checkable(new) or not names_public_host(new):
        return None
    fragment = url.partition("#")[2]
    return f"{new}#{fragment}" if fragment and "#" not in new else new


def printable(text: str) -> str:
    """A text on one line, without what would steer a terminal: servers may send anything."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _quoted(url: str) -> str:
    return f'"{url}"' if _PLAIN_ADDRESS.fullmatch(url) else shlex.quote(printable(url))


# For people


def to_lines(rows: Sequence[LinkRow], lang: Language) -> str:
    """One line for each problem, with the unit that mends it."""
    return "".join(
        f"{found.line(lang)} [{row.unit}]{_acknowledged(row, lang)}\n"
        for row in rows
        for found in row.problems
    )


def _acknowledged(row: LinkRow, lang: Language) -> str:
    said = row.standing.acknowledged
    if said is None:
        return ""
    return f" — {ACKNOWLEDGED_WORDS[lang]}: {printable(said.reason)}"


def to_text(
    rows: Sequence[LinkRow], lang: Language, paint: Paint, digits: thai.Digits = "thai"
) -> str:
    """The list by responsible unit: each link once, with its places and what is known of it."""
    blocks: list[str] = []
    for unit, own in by_unit(rows).items():
        links = [_block(uses, lang, paint, digits) for uses in by_link(own)]
        blocks.append("\n".join([f"{unit} — {_counted(own, lang)}", *links]))
    return "\n\n".join(blocks) + ("\n" if blocks else "")


def by_link(rows: Iterable[LinkRow]) -> tuple[tuple[LinkRow, ...], ...]:
    """The rows of each link together, in the order of the first of each."""
    links: dict[str, list[LinkRow]] = {}
    for row in rows:
        links.setdefault(row.url, []).append(row)
    return tuple(tuple(uses) for uses in links.values())


def _block(uses: Sequence[LinkRow], lang: Language, paint: Paint, digits: thai.Digits) -> str:
    row, *others = uses
    if not row.problems:
        words = words_for(row.entry.shown_verdict if row.entry else offline_verdict(row.url))
        told = words.th if lang == "th" else words.en
        lines = [f"  {row.use.place}: {words.sign} {told}: {printable(row.url)}"]
    else:
        lines = [
            f"  {_level(row, found, lang, paint)} {found.line(lang)}" for found in row.problems
        ]
    if others:
        lead = {"th": "และที่", "en": "and at"}[lang]
        lines.append(f"      {lead} {' '.join(str(other.use.place) for other in others)}")
    if history := _history(row, lang, digits):
        lines.append(f"      {history}")
    if said := row.standing.acknowledged:
        until = thai.write_date(said.until, digits) if lang == "th" else said.until.isoformat()
        lead = {"th": "พิจารณาแล้ว ถึง", "en": "acknowledged until"}[lang]
        lines.append(f"      {lead} {until}: {printable(said.reason)}")
    return "\n".join(lines)


def _level(row: LinkRow, found: Problem, lang: Language, paint: Paint) -> str:
    if row.standing.acknowledged:
        return ACKNOWLEDGED_WORDS[lang]
    return paint(SEVERITY_WORDS[lang][found.severity], found.severity)


_HISTORY = {
    "th": ("ตรวจล่าสุด {}", "เปิดได้ล่าสุด {}", "พบอย่างนี้ {} ครั้ง ตั้งแต่ {}", "ไปสิ้นสุดที่ {}", "ตรวจจาก {}"),
    "en": ("checked {}", "last opened {}", "found so {} times since {}", "ends at {}", "from {}"),
}


def _history(row: LinkRow, lang: Language, digits: thai.Digits) -> str:
    entry = row.entry
    if entry is None:
        return ""
    checked, opened, times, ends, place = _HISTORY[lang]
    said = [checked.format(day_words(entry.last_checked, lang, digits))]
    if row.problems:
        since = day_words(entry.since, lang, digits)
        count = thai.in_digits(entry.streak, digits) if lang == "th" else entry.streak
        said.append(times.format(count, since))
        if entry.last_ok and entry.last_ok != entry.last_checked:
            said.append(opened.format(day_words(entry.last_ok, lang, digits)))
    if entry.final_url and entry.final_url != row.url:
        said.append(ends.format(printable(entry.final_url)))
    if entry.vantage:
        said.append(place.format(printable(entry.vantage)))
    return " · ".join(said)


def _counted(rows: Sequence[LinkRow], lang: Language) -> str:
    links = {row.url for row in rows}
    mend = {row.url for row in rows if row.fails}
    look = {row.url for row in rows if row.is_open} - mend
    if lang == "en":
        return f"{len(links)} links, to mend {len(mend)}, to look at {len(look)}"
    return f"{len(links)} ลิงก์ ต้องแก้ {len(mend)} ควรดู {len(look)}"


def summary(rows: Sequence[LinkRow], lang: Language) -> str:
    """How many links there are, and how many of them are to be mended."""
    verdicts = {row.url: (row.entry.shown_verdict if row.entry else None) for row in rows}
    unknown = sum(
        verdict is None and offline_verdict(url) is Verdict.UNCHECKED
        for url, verdict in verdicts.items()
    )
    said = [_counted(rows, lang)]
    silent = {row.url for row in rows if row.standing.acknowledged}
    if silent:
        told = {"th": "พิจารณาแล้ว {}", "en": "acknowledged {}"}[lang]
        said.append(told.format(len(silent)))
    if unknown:
        told = {"th": "ยังไม่ได้ตรวจ {}", "en": "not checked yet {}"}[lang]
        said.append(told.format(unknown))
    return {"th": " ", "en": ", "}[lang].join(said)


# For programs


def listed(rows: Iterable[LinkRow]) -> tuple[listing.Row, ...]:
    """The rows as those of a list of problems; a link without a problem has none."""
    return tuple(
        listing.Row(found, row.use.measure.id, row.unit, _reason(row))
        for row in rows
        for found in row.problems
    )


def _reason(row: LinkRow) -> str | None:
    return row.standing.acknowledged.reason if row.standing.acknowledged else None


def to_json(rows: Iterable[LinkRow], lang: Language) -> str:
    """An array of objects as `listing.to_json` makes them, each with what is known of the link.

    A link without a problem has neither code nor message.
    """
    objects: list[dict[str, object]] = []
    for row in rows:
        told = [listing.as_object(each, lang) for each in listed([row])]
        objects += [{**each, **_facts(row)} for each in told or [_without_problem(row)]]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _without_problem(row: LinkRow) -> dict[str, object]:
    place = row.use.place
    where = {"file": place.file, "line": place.line, "column": place.column}
    return {**where, "unit": row.unit, "measure": row.use.measure.id}


def _facts(row: LinkRow) -> dict[str, object]:
    entry = row.entry
    if entry is None:
        return {"url": row.url, "verdict": offline_verdict(row.url)}
    return {
        "url": row.url,
        "verdict": entry.shown_verdict,
        "cause": entry.cause,
        "status": entry.status,
        "final_url": entry.final_url,
        "moved_to": moved_to(row.url, entry),
        "since": _iso(entry.since),
        "streak": entry.streak,
        "last_checked": _iso(entry.last_checked),
        "last_ok": _iso(entry.last_ok),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
