"""Regular expressions that say what the loader takes of a text, for Python and JavaScript alike.

Each takes all that the loader takes; what it takes besides is named here and held to that by
`tests/test_schema.py`:

- `LINK`: a link that is refused, unless it is the first thing in brackets and written plainly;
- `URL`: an IPv6 address that is none, and full-width characters that stand for "/", "?", "#",
  "@" or ":" in a host.
"""

from __future__ import annotations

from typing import Final

# What str.strip() strips: JavaScript counts U+FEFF as white space, Python does not.
_BLANK: Final = r"[^\S\ufeff]"
_DIGIT: Final = "[0-9๐-๙]"
_ZERO: Final = "[0๐]"
_START: Final = rf"^(?:{_BLANK}|,)*"
_END: Final = rf"(?:{_BLANK}|,)*$"

CONTROL: Final = (
    r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069"
    r"\ufffe\uffff]*$"
)
"""No character that nobody can see."""

NUMBER: Final = (
    f"{_START}{_DIGIT}(?:,*{_DIGIT}){{0,14}}(?:,*[.],*{_DIGIT}(?:,*{_DIGIT}){{0,8}})?{_END}"
)
"""A number in Thai or Arabic digits, with or without commas."""
_NO_FRACTION: Final = f"(?:,*[.],*{_ZERO}(?:,*{_ZERO}){{0,8}})?"
WHOLE_NUMBER: Final = f"{_START}{_DIGIT}(?:,*{_DIGIT}){{0,14}}{_NO_FRACTION}{_END}"


def number_of(numbers: tuple[int, ...]) -> str:
    """One of these numbers, in Thai or Arabic digits."""

    def spelled(number: int) -> str:
        digits = [f"[{digit}{chr(ord('๐') + int(digit))}]" for digit in f"{number}"]
        return f"(?:{_ZERO},*){{0,{15 - len(digits)}}}" + ",*".join(digits)

    return f"{_START}(?:{'|'.join(map(spelled, numbers))}){_NO_FRACTION}{_END}"


def any_case(words: tuple[str, ...]) -> str:
    """One of these words in large or small letters."""

    def spelled(word: str) -> str:
        return "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() else c for c in word)

    return f"(?:{'|'.join(map(spelled, words))})"


_SCHEMES: Final = any_case(("https", "http", "mailto", "tel", "line", "ftp"))
LINK: Final = rf"^(?![^\\\[\]<]*\[[^\\\[\]<>]*\]\((?!{_SCHEMES}:)[^\s()<>\\&\[\]\u0022\u0027]+\))"
"""No link that cannot be published, such as [x](javascript:…) or [x](file.pdf)."""

_OF_HOST: Final = r"[^\s\u0000-\u0020!\u0022#$%&\u0027()*+,/:;<=>?@\[\\\]^`{|}~\u007f.]+"
_PORT: Final = (
    r"(?::0{0,4000}(?:[0-9]{0,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}"
    r"|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
)
URL: Final = (
    r"^(?![\s\S]*[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e])"
    rf"{any_case(('https', 'http'))}:\/\/"
    rf"(?:{_OF_HOST}(?:\.{_OF_HOST})*\.?|\[[^\[\]@\/?#]+\]){_PORT}(?![^\/?#])"
)
"""An address that can be fetched and published."""
