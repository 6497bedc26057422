"""Rules about words: doubled, broken by a space, cut off; digits and dashes of two kinds.

A Thai space separates phrases, as a comma does elsewhere. Which letters make a word is known from
a list of the words that offices use (`data/words.txt`), so that a rule is silent when unsure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from site_builder import identity, thai
from site_builder.model import Agency, Report
from site_builder.problems import Problem, problem
from site_builder.rules.rule import Passage, Setting, everything, passages

_MARKS = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"  # vowels and tones that need a consonant before them
_LEADING = "เแโใไ"  # vowels that need a consonant after them
_LETTER = "[\u0e01-\u0e4e]"
# Short words repeat by chance where two words meet: "สถานที่ที่", "ติดตามตามแผน", "โครงการการอบรม";
# and any word does before ละ: "๒ ครั้งครั้งละ ๒๐ คน".
_DOUBLED = re.compile(rf"(?P<word>(?![{_MARKS}]){_LETTER}{{5,30}}?)(?P=word)(?![{_MARKS}]|ละ)")
_DOUBLED_SMALL = re.compile(
    "(?P<word>และ|ไม่|ทุก|ซึ่ง|หรือ|โดย|ผ่าน|เพื่อ|(?<!ข้อ)(?<!เนื้อ)(?<!คดี)(?<!แจ้ง)ความ|(?<!ภาย)(?<!ด้าน)(?<!ส่วน)(?<!ข้าง)ใน"
    "|(?<![ก-๎])การ)(?P=word)(?!น)"
)
# Across a space only a whole word is doubled: a sentence may begin with the word before it.
_DOUBLED_APART = re.compile(
    rf"(?<![^\s(])(?P<word>(?:{_LETTER}|\.){{2,}}|[A-Za-z]{{2,}}(?: [A-Za-z]{{2,}}){{0,4}})"
    r" (?P=word)(?![^\s).,])"
)
_CONSONANT = re.compile("[ก-ฮ]")
_INSIDE_CLUSTER = re.compile(rf"(?<=[ก-ฮ{_MARKS}]) (?=[{_MARKS}])|(?<=[{_LEADING}]) (?=[ก-ฮ])")
# Words that lean on the next one; before each, the letters with which it is a word that does not.
_LEANING = (
    "(?<!ข้อ)(?<!เนื้อ)(?<!คู่)(?<!ใจ)(?<!คดี)(?<!แจ้ง)(?<!ตี)(?<!สรุป)(?<!ลง)ความ"
    "|(?<!ภาย)(?<!ด้าน)(?<!ข้าง)(?<!ชั้น)(?<!ส่วน)(?<!ไว้)ใน"
    "|(?<!สิ่ง)(?<!เจ้า)(?<!ข้าว)(?<!เข้า)(?<!รับ)(?<!ให้)(?<!แจก)(?<!มอบ)(?<!ซื้อ)(?<!ขาย)(?<!ส่ง)(?<!บริจาค)(?<!คืน)(?<!สาย)ของ"
)
_BOUND = re.compile(
    rf"(?:{_LEANING}|(?:^|(?<= ))การ) (?=(?!ปี)(?P<next>{_LETTER}+)(?!{_LETTER}*\.))"
)
_UNFINISHED = (
    "และ|หรือ|แต่|เพื่อ|โดย|โดยมี|โดยการ|ซึ่ง|เนื่องจาก|ตลอดจน|รวมทั้ง|รวมถึง|ด้วยการ|ว่าด้วย|สำหรับ|เกี่ยวกับ|อันเป็น|เป็นการ|สามารถ|จะ"
    "|เพื่อให้|เพื่อเป็น|เพื่อให้เกิด|ร้อยละ|มาตรา|หมู่ที่|ประกาศเรื่อง|(?:เมื่อ|ระหว่าง|ลง|ณ\\s?|ตั้งแต่|ภายใน)วันที่|พ\\.ศ\\."
    "|(?<!ครบ)(?<!เต็ม)(?<!หลาย)(?<!ตาม)(?<!ทุก)(?<!บาง)จำนวน"
    "|(?<= )(?:ตาม|กับ|จาก|ไม่|ที่|ให้|ต่อ|ผ่าน|มี|มีการ|ได้|ณ)"
    f"|{_LEANING}"
)
_SOMEONE = "บุคลากร|ประชาชน|เจ้าหน้าที่|พนักงาน|ผู้รับบริการ|หน่วยงาน|ผู้บริหาร|ข้าราชการ|ผู้มาติดต่อ"
_CUT_OFF = re.compile(
    rf"(?P<word>{_UNFINISHED}|เพื่อให้(?:{_SOMEONE})(?:(?:ภาย)?ในหน่วยงาน|ในสังกัด)?|(?<=[ก-๙A-Za-z])(?:\.{{3,}}|…))\s*$"
)
# A tone over a bare consonant wants a vowel yet: "ข้อมูลต่", but "เผยแพร่".
_HALF_WORD = re.compile(r"(?P<word>[ก-๎]{0,30}(?<![เแโใไ])(?<![เแโใไ][ก-ฮ])[ก-ฮ][่้๊๋])\s*$")
_LIST_FOLLOWS = re.compile(r"(?P<word>ได้แก่|เช่น|คือ|ประกอบด้วย|ดังนี้|ดังต่อไปนี้)\s*:?\s*$")
_LONGEST = 40
"""Letters of the longest word that is looked for."""
_WIDE_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f]")
_OPENERS = {"(": ")", "[": "]", "“": "”"}
_DIGITS = re.compile(r"[0-9][0-9.,]*|[๐-๙][๐-๙.,]*")
_COUNTED = "คน|ครั้ง|รุ่น|ระบบ|ฉบับ|เรื่อง|โครงการ|แห่ง|ราย|บาท|วัน|ชั่วโมง|ช่องทาง|ชุด|หน่วย|คะแนน"
_FOREIGN = re.compile(
    rf"[A-Za-z][A-Za-z0-9๐-๙./&'-]*(?: [0-9๐-๙][0-9๐-๙.:/-]*(?! ?(?:{_COUNTED})|[0-9๐-๙]))?"
    r"|[0-9๐-๙./-]{1,20}[A-Za-z]|[0-9] ?ส(?![\u0e01-\u0e4e])"
)
_RANGE = re.compile(r"(?<=[0-9๐-๙.ก-๙]) ?(?P<dash>[-\u2010-\u2015\u2212]) ?(?=[0-9๐-๙ก-๙])")


def no_word_is_doubled(report: Report, _: Setting) -> Iterator[Problem]:
    """No word is written twice in a row."""
    for passage in everything(report):
        seen: set[int] = set()
        for pattern in (_DOUBLED, _DOUBLED_SMALL, _DOUBLED_APART):
            for found in pattern.finditer(passage.words):
                word = found["word"]
                if pattern is _DOUBLED and len(_CONSONANT.findall(word)) < 3:
                    continue
                if found.start() not in seen:
                    seen.add(found.start())
                    place = passage.place(found.start())
                    yield problem("word-doubled", place, value=found[0], right=word)


def no_word_is_broken(report: Report, setting: Setting) -> Iterator[Problem]:
    """No space stands inside a word, or behind a word that leans on the next one."""
    own = _splits(_own_words(report, setting.disclosure.agency))
    for passage in everything(report):
        for at, value in _broken(passage.words, own):
            yield problem(
                "word-broken", passage.place(at), value=value, right=value.replace(" ", "")
            )


def _broken(text: str, own: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Where a word with a space inside begins, and the word as it is written."""
    end = 0
    text = _WIDE_SPACE.sub(" ", text)
    for space in re.finditer(rf"(?<={_LETTER}) (?={_LETTER})", text):
        found = _word_across(text, space.start(), own)
        if found and found[0] >= end:
            yield found
            end = found[0] + len(found[1])


def _word_across(
    text: str, space: int, own: Mapping[str, tuple[str, ...]]
) -> tuple[int, str] | None:
    before, after = text[:space], text[space + 1 :]
    if _INSIDE_CLUSTER.match(text, space):
        start = _run_start(before)
        return start, text[start : space + 1 + _run_length(after)]
    for length in range(min(_run_length(before[::-1]), _LONGEST), 1, -1):
        left = before[-length:]
        for right in (*_known().get(left, ()), *own.get(left, ())):
            if after.startswith(right) and not re.match(f"[{_MARKS}]", after[len(right) :]):
                return space - length, f"{left} {right}"
    for bound in _BOUND.finditer(text, max(0, space - 4), space + 40):
        if bound.end() == space + 1:
            return bound.start(), bound[0] + _first_word(bound["next"])
    return None


def _first_word(text: str) -> str:
    """The word that a run of letters begins with, where it is known."""
    known = (word.replace("|", "") for word in _words())
    return next((word for word in known if text.startswith(word)), text)


def _run_start(before: str) -> int:
    return len(before) - _run_length(before[::-1])


def _run_length(text: str) -> int:
    run = re.match(f"{_LETTER}*", text)
    return len(run[0]) if run else 0


@cache
def _words() -> tuple[str, ...]:
    """The words that offices use, longest first."""
    text = resources.files("site_builder").joinpath("data/words.txt").read_text("utf-8")
    words = (line.strip() for line in text.splitlines() if not line.startswith("#"))
    return tuple(sorted(filter(None, words), key=len, reverse=True))


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    return _splits(_words())


@cache
def _splits(words: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The first part of each word, and the parts that may follow, for every place to break it."""
    parts: dict[str, list[str]] = {}
    for written in words:
        word = written.replace("|", "")
        may_stand = {found.start() - n for n, found in enumerate(re.finditer(r"\|", written))}
        for at in set(range(2, len(word))) - may_stand:
            left, right = word[:at], word[at:]
            if re.match(f"[{_MARKS}]", right) or left[-1] in _LEADING or left in _ENDS_A_PHRASE:
                continue
            parts.setdefault(left, []).append(right)
    return {left: tuple(rights) for left, rights in parts.items()}


# These end other words as well: "ราชการ เผยแพร่" is no broken "การเผยแพร่".
_ENDS_A_PHRASE = {"การ", "งาน", "ที่", "กร", "ความ", "ใน", "คน", "ปี", "ทาง", "เรื่อง", "ตาม", "ให้"}


def _own_words(report: Report, agency: Agency) -> tuple[str, ...]:
    """The names that the office itself gave: its own, its units', the indicators'."""
    names = [agency.name.th, agency.province, *agency.units]
    names += [indicator.name for indicator in report.indicators]
    if agency.district:
        names.append(agency.district)
    return tuple(word for name in names for word in re.findall(f"{_LETTER}{{4,}}", name))


def no_text_is_cut_off(report: Report, _: Setting) -> Iterator[Problem]:
    """A text ends where its sentence ends: not after "and", nor inside a bracket."""
    for measure in report.measures:
        listed = list(passages(measure))
        for passage, following in zip(listed, [*listed[1:], None], strict=True):
            goes_on = following is not None and following.path[:1] == passage.path[:1]
            if found := _cut_off(passage, goes_on=goes_on):
                at, value = found
                yield problem("text-cut-off", passage.place(at), value=value)


def _cut_off(passage: Passage, *, goes_on: bool) -> tuple[int, str] | None:
    words = passage.words
    if found := _CUT_OFF.search(words) or _HALF_WORD.search(words):
        return found.start("word"), found["word"]
    if not goes_on and (found := _LIST_FOLLOWS.search(words)):
        return found.start("word"), found["word"]
    for opener, closer in _OPENERS.items():
        if words.count(opener) > words.count(closer):
            at = words.rfind(opener)
            return at, words[at : at + 20]
    if words.count('"') % 2:
        at = words.rfind('"')
        return at, words[at : at + 20]
    return None


def digits_are_of_one_kind(report: Report, _: Setting) -> Iterator[Problem]:
    """One report is written with Thai digits or with Arabic ones."""
    uses: dict[bool, list[tuple[Passage, re.Match[str]]]] = {True: [], False: []}
    for passage in (*everything(report), *_periods(report)):
        kinds: set[bool] = set()
        # A number that must not be published is not to be shown in a message either.
        for found in _DIGITS.finditer(_without_foreign(identity.masked(passage.words))):
            is_thai = found[0] != thai.to_arabic(found[0])
            if is_thai not in kinds:
                kinds.add(is_thai)
                uses[is_thai].append((passage, found))
    if uses[True] and uses[False]:
        fewer = len(uses[True]) < len(uses[False])
        passage, found = uses[fewer][0]
        right = thai.in_digits(found[0], "arabic" if fewer else "thai")
        yield problem(
            "digits-mixed",
            passage.place(found.start()),
            value=found[0].rstrip(".,"),
            right=right.rstrip(".,"),
            thai=len(uses[True]),
            arabic=len(uses[False]),
        )


def _without_foreign(text: str) -> str:
    """The text without names that have digits of their own: "COVID-19", "ITA 2568", "5ส"."""
    return _FOREIGN.sub(lambda found: " " * len(found[0]), text)


def _periods(report: Report) -> Iterator[Passage]:
    for measure in report.measures:
        # An ISO date has digits and dashes of its own.
        if not re.fullmatch(r"[0-9/-]+", measure.period.text):
            yield Passage(measure.source, ("period",), measure.period.text)


def ranges_have_one_dash(report: Report, _: Setting) -> Iterator[Problem]:
    """The ranges of a report's periods are written with one kind of dash."""
    uses: dict[str, list[tuple[Passage, re.Match[str]]]] = {}
    for passage in _periods(report):
        for found in _RANGE.finditer(passage.text):
            uses.setdefault(found["dash"], []).append((passage, found))
    if len(uses) > 1:
        counts = Counter({dash: len(found) for dash, found in uses.items()})
        usual = counts.most_common(1)[0][0]
        dash = next(dash for dash in uses if dash != usual)
        passage, found = uses[dash][0]
        right = _RANGE.sub(f" {usual} ", passage.text)
        place = passage.place(found.start("dash"))
        yield problem("dashes-mixed", place, value=passage.text, right=right)
