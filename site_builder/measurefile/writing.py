"""Values to YAML text in the house form: no folding, quotes only where the reader needs them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.measurefile.parsing import read_content


def write(value: Mapping[str, Any], comments: Mapping[str, str] | None = None) -> str:
    """A file's text: the keys in the order given, which `read_content` reads back as they are.

    Args:
        value: texts, lists and mappings, as `read_content` gives them.
        comments: what to say above a top-level key, line by line, without the `#`.
    """
    lines: list[str] = []
    for key, held in value.items():
        told = (comments or {}).get(key)
        lines += [f"# {line}".rstrip() for line in told.splitlines()] if told else []
        lines += _entry(key, held, "")
    return "".join(f"{line}\n" for line in lines)


def _entry(key: str, value: object, indent: str) -> Iterator[str]:
    name = _scalar(key)
    if isinstance(value, Mapping):
        yield f"{indent}{name}:"
        for inner, held in value.items():
            yield from _entry(inner, held, indent + "  ")
    elif isinstance(value, list | tuple):
        yield f"{indent}{name}:"
        for item in value:
            yield from _item(item, indent + "  ")
    else:
        yield f"{indent}{name}: {_scalar(str(value), indent + '  ')}"


def _item(item: object, indent: str) -> Iterator[str]:
    if isinstance(item, Mapping):
        lines = [line for key, held in item.items() for line in _entry(key, held, indent + "  ")]
        yield f"{indent}- {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield f"{indent}- {_scalar(str(item), indent + '  ')}"


def _scalar(text: str, indent: str = "") -> str:
    """The plainest spelling that reads back as this text."""
    if text and _reads_back(f"k:\n  - {text}\nv: {text}\n", ("k", [text]), ("v", text)):
        return text
    if "\n" in text and indent:
        block = "|-\n" + "\n".join(indent + line if line else "" for line in text.split("\n"))
        if _reads_back(f"{indent[2:]}v: {block}\n", ("v", text)):
            return block
    # JSON's strings are YAML's, but for the controls that only an escape can show.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def _reads_back(written: str, *expected: tuple[str, object]) -> bool:
    """Whether the reader takes this file for these keys and values."""
    content, problems = read_content(written.encode(), "", "")
    return content is not None and not problems and content.value == dict(expected)
