"""A measure's cells as what its file holds: texts, evidence, budget and status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder import thai
from site_builder.intake.bullets import Item, content_of
from site_builder.intake.document import Cell
from site_builder.intake.rows import Entry, said, urls_of
from site_builder.intake.words import is_its_address, markdown, publishable, text_of
from site_builder.model import KEYS, STATUS_WORDS, TEXT_FIELDS, label, label_en
from site_builder.problems import Place, Problem, problem

REQUIRED = ("indicator", "measure", "method", "responsible_unit", "period")


@dataclass(slots=True)
class Values:
    """What a measure file will hold, key by key, and what of its cells it cannot."""

    held: dict[str, object] = field(default_factory=dict)
    leftovers: list[Problem] = field(default_factory=list)
    evidence: int = 0


def values_of(entry: Entry, file: str, fiscal_year: int) -> Values:
    """One measure's values; `""` for what must be there and is not, the words where unreadable."""
    return _Gatherer(entry, file, fiscal_year).values()


# Words that only say "press here" name no document.
_CLICK = re.compile(
    r"[\s([]*(?:(?:กรุณา)?คลิก(?:ที่นี่|ลิงก์|ลิงค์|เพื่อดู|ดู)?|ที่นี่|ดูที่นี่|ลิงก์|ลิงค์|link|click(?:\s?here)?|here"
    r"|ดูรายละเอียด|รายละเอียด|อ่านต่อ|ดาวน์โหลด|download)[\s)\].:]*",
    re.IGNORECASE,
)


class _Gatherer:
    def __init__(self, entry: Entry, file: str, fiscal_year: int) -> None:
        self._entry = entry
        self._file = file
        self._year = fiscal_year
        self._values = Values()
        self._evidence: dict[tuple[str, str], None] = {}

    def values(self) -> Values:
        found: dict[str, object] = {}
        entry = self._entry
        found["indicator"] = (
            str(entry.number) if entry.number is not None else entry.indicator_words
        )
        for name in (*KEYS, "evidence"):
            cells = entry.cells.get(name, [])
            if name in TEXT_FIELDS:
                text = self._text(cells)
                if text:
                    found[name] = text
                for cell in cells:
                    self._links_in_text(cell)
            elif name == "evidence":
                continue
            elif cells:
                found |= self._single(name, cells)
        for cell in entry.cells.get("evidence", []):
            self._evidence_column(cell)
        if self._evidence:
            found["evidence"] = [{"title": t, "url": u} for t, u in self._evidence]
        found |= {name: "" for name in REQUIRED if name not in found}
        self._values.held = {name: found[name] for name in KEYS if name in found}
        self._values.evidence = len(self._evidence)
        return self._values

    def _text(self, cells: list[Cell]) -> str | list[str]:
        content = content_of(cells)
        texts = [markdown(item) for item in content.items if text_of(item).strip()]
        if not texts:
            return ""
        return texts if content.listed else " ".join(texts)

    # Links

    def _links_in_text(self, cell: Cell) -> None:
        for item in content_of([cell]).items:
            before = ""
            for number, piece in enumerate(item):
                if not piece.url:
                    before += piece.text
                    continue
                if self._is_publishable(cell, piece.url, piece.text):
                    after = text_of(p for p in item[number + 1 :] if not p.url)
                    own = "" if _says_nothing(piece.text, piece.url) else piece.text
                    around = (before, _words(item[:number]), after)
                    self._add_evidence((own, *map(_named, around)), piece.url)
                before = "" if _says_nothing(piece.text, piece.url) else before + piece.text

    def _evidence_column(self, cell: Cell) -> None:
        for item in content_of([cell]).items:
            linked = [n for n, piece in enumerate(item) if piece.url]
            linked = [n for n in linked if self._is_publishable(cell, item[n].url, item[n].text)]
            if not linked:
                words = text_of(item).strip()
                if words:
                    self._leave("import-evidence-without-link", cell, words=words)
                continue
            # Each link's document is named by the words up to it; the last one's also by the rest.
            begins = 0
            for n in linked:
                end = len(item) if n == linked[-1] else n + 1
                self._add_evidence((_words(item[begins:end]),), item[n].url)
                begins = end

    def _is_publishable(self, cell: Cell, url: str, words: str) -> bool:
        if publishable(url):
            return True
        self._leave("import-link-refused", cell, url=url, words=words)
        return False

    def _add_evidence(self, titles: tuple[str, ...], url: str) -> None:
        heading = content_of(self._entry.cells.get("measure", [])).items[:1]
        likely = (*titles, *(_words(item) for item in heading), url)
        title = next(tidied for title in likely if (tidied := _tidied(title)))
        self._evidence.setdefault((title, url))

    # Single values

    def _single(self, name: str, cells: list[Cell]) -> dict[str, object]:
        content = content_of(cells)
        for cell in cells:
            for url in urls_of(cell):
                self._leave("import-link-misplaced", cell, url=url)
        texts = [text_of(item) for item in content.items]
        if not texts:
            return {}
        if name == "period":
            return {name: self._period(texts)}
        if name == "responsible_unit":
            # Units that bullets set apart; a name that merely broke over two lines stays one.
            return {name: (", " if content.marked else " ").join(texts)}
        value = _budget(content.text) if name == "budget" else _status(content.text)
        if value is None:
            self._leave(
                "import-value-unreadable",
                cells[0],
                words=said([line for cell in cells for line in cell.lines]),
                key_th=label(name),
                key_en=label_en(name),
            )
            return {}
        return {name: value}

    def _period(self, texts: list[str]) -> str:
        spellings = (" ".join(texts), ", ".join(texts))
        return next((text for text in spellings if self._is_period(text)), spellings[0])

    def _is_period(self, text: str) -> bool:
        try:
            thai.read_period(text, self._year)
        except thai.UnreadablePeriod:
            return False
        return True

    def _leave(self, code: str, cell: Cell, **details: object) -> None:
        place = Place(self._file, cell.row, cell.column)
        self._values.leftovers.append(problem(code, place, table=self._entry.table, **details))


def _says_nothing(words: str, url: str) -> bool:
    return not words.strip() or is_its_address(words, url) or bool(_CLICK.fullmatch(words))


def _words(item: Item) -> str:
    """An item's words without bare addresses and "press here"."""
    return "".join(
        " " if piece.url and _says_nothing(piece.text, piece.url) else piece.text for piece in item
    )


def _tidied(title: str) -> str:
    title = " ".join(title.split())
    return title.strip(" :;,([-\u2013\u2022")


def _named(words: str) -> str:
    """The words around a link, where they name something."""
    return "" if _NAMELESS.fullmatch(words) else re.sub(r"\s(?:และ|หรือ|กับ)\s*\Z", "", words)


_NAMELESS = re.compile(r"[\s,;:()\-]*(?:และ|หรือ|กับ|รวมถึง|ดู|ดูที่|ที่|ได้ที่|ตาม)?[\s,;:()\-]*")
_NO_BUDGET = re.compile(r"ไม่(?:ได้)?(?:ใช้|มี)(?:เงิน)?(?:งบ(?:ประมาณ)?|ค่าใช้จ่าย)?(?:ดำเนินการ)?")

_AMOUNT = re.compile(
    r"(?:จำนวน)?(?:เงิน)?([0-9๐-๙][0-9๐-๙,]{0,18}(?:\.[0-9๐-๙]{1,2})?)(?:\.-)?(?:บาท)?(?:ถ้วน)?"
)


def _budget(text: str) -> str | None:
    """A budget as the model takes it; None where the words say no amount."""
    bare = re.sub(r"\s", "", text)
    if _NO_BUDGET.fullmatch(bare):
        return "none"
    amount = re.fullmatch(
        r"(?:จำนวน)?(?:เงิน)?([0-9๐-๙][0-9๐-๙,]{0,18}(?:\.[0-9๐-๙]{1,2})?)(?:\.-|\.?บาท)?(?:ถ้วน)?",
        bare,
    )
    return amount[1] if amount else None


_STATUS: Mapping[str, str] = {
    **{word: status for status, word in STATUS_WORDS.items()},
    **{status: status for status in STATUS_WORDS},
    **dict.fromkeys(("แล้วเสร็จ", "ดำเนินการแล้วเสร็จ", "ดำเนินการเสร็จสิ้น", "เสร็จสิ้น", "เสร็จแล้ว"), "done"),
    **dict.fromkeys(("อยู่ระหว่างดำเนินการ", "ระหว่างดำเนินการ", "อยู่ระหว่างการดำเนินการ"), "in_progress"),
    **dict.fromkeys(("ยังไม่ดำเนินการ", "ยังไม่ได้ดำเนินการ"), "planned"),
}


def _status(text: str) -> str | None:
    return _STATUS.get(re.sub(r"\s", "", text))
