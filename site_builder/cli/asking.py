"""Questions: an option answers one, otherwise a person is asked until the answer is right."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click

from site_builder import thai
from site_builder.cli.options import could_not_run
from site_builder.problems import Language

Check = Callable[[str], str | None]
"""What is wrong with an answer, in the officer's language; None where nothing is."""

_BULLET = re.compile(r"^[\s\u200b\ufeff]*(?:[•●▪◦‣·]\s*|[-–*]\s+)?")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the option that answers it without asking."""

    option: str
    words: str
    wrong: Check = lambda _: None
    default: str | None = None


def on_a_terminal() -> bool:
    """Whether a person is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def somebody_answers(options: Mapping[str, object], *, nobody: bool = False) -> None:
    """Where no person can be asked, every one of these options must be given.

    Raises:
        click.UsageError: some are not; the message names all of them.
    """
    missing = ", ".join(name for name, given in options.items() if not given)
    if missing and (nobody or not on_a_terminal()):
        told = "ไม่มีผู้ตอบคำถาม จึงต้องระบุตัวเลือกนี้ / nobody to ask, please give"
        raise click.UsageError(f"{told}: {missing}")


def answer(question: Question, given: str | None) -> str:
    """The answer: the option's, or the person's, or the default where nobody is there."""
    if given is None and not on_a_terminal():
        if question.default is None:
            somebody_answers({question.option: None})
        given = question.default
    if given is not None:
        return _checked(question, given)
    shown = bool(question.default)
    while True:
        said = tidy(str(click.prompt(question.words, default=question.default, show_default=shown)))
        fault = question.wrong(said)
        if fault is None:
            return said
        click.echo(f"  {fault}")


def answers(question: Question, given: Sequence[str], more: str) -> list[str]:
    """One answer or several, line by line until an empty one: a list can be pasted from Word."""
    if given:
        return [_checked(question, each) for each in given]
    said = [answer(question, None)]
    while line := tidy(str(click.prompt(more, default="", show_default=False))):
        fault = question.wrong(line)
        if fault is None:
            said.append(line)
        else:
            click.echo(f"  {fault}")
    return said


def year_fault(said: str, example: int, lang: Language) -> str | None:
    """Why an answer is no fiscal year; Thai digits are fine, a CE year is told what it is in BE."""
    said = thai.to_arabic(said)
    year = int(said) if re.fullmatch(r"[0-9]{4}", said) else 0
    if thai.FIRST_YEAR <= year <= thai.LAST_YEAR:
        return None
    if thai.FIRST_YEAR <= year + 543 <= thai.LAST_YEAR:
        told = {
            "th": "{said} เป็นปี ค.ศ. — ปี พ.ศ. คือ {year}",
            "en": "{said} is CE; in BE it is {year}",
        }
        return told[lang].format(said=said, year=year + 543)
    told = {
        "th": "ปี พ.ศ. ต้องเป็นเลขสี่หลัก เช่น {example}",
        "en": "a BE year has four digits, such as {example}",
    }
    return told[lang].format(example=example)


def tidy(text: str) -> str:
    """An answer without the bullet and white space that came along with it from Word."""
    return _BULLET.sub("", " ".join(text.split()), count=1)


@contextmanager
def nothing_written_when_stopped(lang: Language) -> Iterator[None]:
    """Ctrl-C, or the end of the input, in the middle of the questions."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        stopped = {"th": "ยกเลิกแล้ว ยังไม่ได้เขียนไฟล์ใด", "en": "stopped; nothing was written"}
        could_not_run(f"\n{stopped[lang]}")


def _checked(question: Question, given: str) -> str:
    given = tidy(given)
    if fault := question.wrong(given):
        raise click.BadParameter(fault, param_hint=question.option)
    return given
