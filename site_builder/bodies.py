"""What the bytes of an answer are: the body's own type beats the header's."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

# Python's own parser takes minutes for some pages, and fails at others.
from lxml import etree  # type: ignore[import-untyped]

HTML = "text/html"
PDF = "application/pdf"
ZIP = "application/zip"

_OFFICE_XML = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OLD_OFFICE = "application/x-ole-storage"
_RTF = "application/rtf"
_DOCUMENTS = {PDF, _OLD_OFFICE, _RTF, *_OFFICE_XML.values()}
_IMAGES = {"image/jpeg", "image/png", "image/gif"}
_ARCHIVES = {ZIP, "application/vnd.rar", "application/x-7z-compressed", "application/gzip"}
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"{\\rtf", _RTF),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
)
_PDF_WITHIN = 1024
"""PDF readers look for `%PDF` in that many bytes: a byte-order mark may stand before it."""
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|div|table|p)\b", re.IGNORECASE
)

_EXPECTED: dict[str, set[str]] = {
    "pdf": {PDF},
    **dict.fromkeys(("doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf"), _DOCUMENTS),
    **dict.fromkeys(("odt", "ods", "odp"), _DOCUMENTS),
    **dict.fromkeys(("zip", "rar", "7z", "gz"), _ARCHIVES),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif"), _IMAGES),
}


def type_of(body: bytes, header: str) -> str:
    """The media type of a body, by its first bytes; else what the header `Content-Type` says.

    Empty where neither tells.
    """
    start = body[3:] if body.startswith(codecs.BOM_UTF8) else body
    if b"%PDF" in body[:_PDF_WITHIN]:
        return PDF
    if start.startswith(b"PK\x03\x04"):
        return _type_of_zip(start)
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if _PAGE.search(body[:2048]):
        return HTML
    kind = header.partition(";")[0].strip().lower()
    return kind if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+_-]+", kind) else ""


def _type_of_zip(body: bytes) -> str:
    if found := re.match(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z]+)", body[30:]):
        return found[1].decode("ascii")
    if b"[Content_Types].xml" in body or b"_rels/.rels" in body:
        return next((kind for part, kind in _OFFICE_XML.items() if part in body), ZIP)
    return ZIP


def expects(extension: str) -> set[str] | None:
    """The media types that an address's extension (`.pdf`) promises; None: it promises none."""
    return _EXPECTED.get(extension.removeprefix(".").lower())


def is_document(kind: str) -> bool:
    """Whether a media type is that of a text, table or presentation file."""
    return kind in _DOCUMENTS or kind.startswith("application/vnd.oasis.opendocument.")


def is_archive(kind: str) -> bool:
    """Whether a media type is that of a file of files."""
    return kind in _ARCHIVES


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader would see of an HTML page, as far as it was fetched."""

    title: str
    texts: tuple[str, ...]
    """The pieces of text in order, white space squeezed."""
    things: tuple[str, ...]
    """What it shows beside text: pictures, frames, films and files, by their addresses."""
    asks_password: bool
    has_script: bool
    refresh: str | None
    """Where it leads by itself within a few seconds, absolute."""

    @property
    def is_blank(self) -> bool:
        """Whether a reader without scripts sees nothing in it."""
        return not self.things and not any(map(str.isalnum, "".join(self.texts)))


def read_page(body: bytes, headers: Mapping[str, str], url: str) -> Page:
    """Read an HTML page that was found at `url`. Never fails: browsers read anything."""
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True)
    text = decoded(body, headers.get("content-type", "")).replace("\0", "")
    # An empty page is none to lxml; what it had read of another until it gave up is kept.
    with suppress(etree.LxmlError):
        parser.feed(f"<!doctype html>{text}".encode(errors="replace"))
        parser.close()
    told = reader.refresh or headers.get("refresh")
    refresh = told and _refresh_target(told, url)
    return Page(
        " ".join("".join(reader.title).split()),
        tuple(text for piece in reader.texts if (text := " ".join(piece.split()))),
        tuple(reader.things),
        reader.asks_password,
        reader.has_script,
        refresh,
    )


_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.IGNORECASE)
_LONGEST_REFRESH = 10.0
_REFRESH = re.compile(
    r"\s*(?P<seconds>[\d.]+)\s*[;,]\s*url\s*=\s*['\"]?(?P<url>[^'\"]+)", re.IGNORECASE
)


def decoded(body: bytes, content_type: str) -> str:
    """The text of a page, in the encoding that it or the header names if that is one of pages."""
    header = re.search(r"charset=[\"']?([a-z0-9_-]+)", content_type, re.IGNORECASE)
    declared = _CHARSET.search(body[:4096])
    names = [header[1]] if header else []
    if declared:
        names.append(declared[1].decode("ascii"))
    for name in (*names, "utf-8"):
        try:
            return _decode(body, _ENCODINGS.get(name.lower(), "utf-8"))
        except UnicodeDecodeError:
            continue
    # Thai pages that declare nothing, or the wrong thing.
    return body.decode("cp874", errors="replace")


def _decode(body: bytes, encoding: str) -> str:
    # The wanted part may end within a character.
    return codecs.getincrementaldecoder(encoding)().decode(body)


# Those that pages are written in: a server may not choose from all of Python's codecs, some of
# which are slow. What says TIS-620 or ISO-8859-1 is written by Windows, with its characters.
_ENCODINGS = {
    **dict.fromkeys(("tis-620", "tis620", "iso-8859-11", "windows-874", "x-windows-874"), "cp874"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252"), "cp874"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16"),
}


def _refresh_target(content: str, url: str) -> str | None:
    found = _REFRESH.match(content)
    try:
        if found is None or float(found["seconds"]) > _LONGEST_REFRESH:
            return None
        return str(urljoin(url, found["url"].strip()))
    except ValueError:
        return None


_UNSEEN = frozenset({"script", "style", "template", "noscript", "title"})
_SHOWN = {
    **dict.fromkeys(("img", "iframe", "frame", "embed", "video", "audio", "source"), "src"),
    "object": "data",
    "a": "href",
}
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif)(?=$|[?#])", re.IGNORECASE)


class _Reader:
    """Gathers what `Page` holds, from one element to the next."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self.texts: list[str] = []
        self.things: list[str] = []
        self.asks_password = self.has_script = False
        self.refresh: str | None = None
        self._within: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        # A text ends where an element begins or ends.
        self.texts.append("")
        self.has_script |= tag == "script"
        if tag in _UNSEEN:
            self._within = tag
        elif name := _SHOWN.get(tag):
            shown = [attributes.get("alt", ""), attributes.get(name, "")]
            if tag != "a" or _FILE.search(shown[1]):
                self.things.append(f"{tag} {' '.join(shown)}")
        elif tag == "input":
            self.asks_password |= attributes.get("type", "").lower() == "password"
        elif tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            self.refresh = attributes.get("content")

    def end(self, tag: str) -> None:
        self.texts.append("")
        if tag == self._within:
            self._within = None

    def data(self, data: str) -> None:
        if self._within == "title":
            self.title.append(data)
        elif self._within is None:
            # lxml gives a long text in pieces.
            self.texts.append(self.texts.pop() + data if self.texts else data)

    def close(self) -> None:
        pass
