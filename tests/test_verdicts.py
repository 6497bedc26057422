"""Link verdicts: a closed set, and what a reader is told for each."""

from __future__ import annotations

import pytest

from site_builder.verdicts import NOT_PUBLISHED, TO_MEND, Verdict, words_for

TOLD = {
    "ok": "เปิดได้",
    "moved": "เปิดได้ (ย้ายที่อยู่)",
    "moved_home": "ควรตรวจด้วยคน",
    "soft_missing": "ควรตรวจด้วยคน",
    "wrong_content": "ควรตรวจด้วยคน",
    "empty": "ควรตรวจด้วยคน",
    "suspect": "ควรตรวจด้วยคน",
    "broken": "ไม่พบเอกสาร",
    "temporary": "เข้าไม่ได้ในขณะตรวจ",
    "dns": "เข้าไม่ได้ในขณะตรวจ (ไม่พบชื่อเว็บไซต์)",
    "tls": "เข้าไม่ได้ในขณะตรวจ (ใบรับรองความปลอดภัย)",
    "blocked": "เว็บไซต์ไม่รับการตรวจอัตโนมัติ",
    "not_checked": "ไม่ได้ตรวจ",
    "unsafe": "ไม่เผยแพร่เป็นลิงก์",
    "invalid": "ไม่เผยแพร่เป็นลิงก์",
    "unchecked": "ยังไม่ได้ตรวจ",
}


def test_the_set_is_closed() -> None:
    assert {str(verdict) for verdict in Verdict} == TOLD.keys()


@pytest.mark.parametrize(("verdict", "thai"), TOLD.items())
def test_a_reader_is_told(verdict: str, thai: str) -> None:
    words = words_for(Verdict(verdict))
    assert words.th == thai
    assert words.en.isascii()
    assert words.sign.strip()


def test_only_what_is_broken_is_called_missing() -> None:
    missing = words_for(Verdict.BROKEN)
    assert [v for v in Verdict if words_for(v).th == missing.th] == [Verdict.BROKEN]
    assert [v for v in Verdict if words_for(v).en == missing.en] == [Verdict.BROKEN]


def test_the_same_words_in_one_language_are_the_same_in_the_other() -> None:
    told = {words_for(verdict) for verdict in Verdict}
    assert len({words.th for words in told}) == len({words.en for words in told}) == len(told)


def test_signs_tell_good_from_bad_without_colour() -> None:
    signed = {sign: {v for v in Verdict if words_for(v).sign == sign} for sign in "✓✗"}
    assert signed["✓"] == {Verdict.OK, Verdict.MOVED}
    assert signed["✗"] == {Verdict.BROKEN, Verdict.UNSAFE, Verdict.INVALID}


def test_what_a_person_must_mend() -> None:
    assert {Verdict.UNSAFE, Verdict.INVALID} == NOT_PUBLISHED
    assert {*NOT_PUBLISHED, Verdict.BROKEN} == TO_MEND
