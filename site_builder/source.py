"""Where a value was read from: the way back from a text to the letter in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.problems import Place

KeyPath = tuple[str | int, ...]
# Between two characters of a text stand at most a line's end, its indentation, an opening quote.
_LONGEST_GAP = 40


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read from: its file, and the place of every key and item in it."""

    file: str
    """The path as an editor knows it, such as `measures/2568/03-no-gift-policy.yaml`."""
    places: Mapping[KeyPath, Place] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    """The file as it stands on disk."""

    def place_in(self, path: KeyPath, text: str, index: int) -> Place:
        """The place of one character of a text that was read from `path`.

        Falls back to the text's own place where quotes or escapes hide the way.
        """
        start = self.place_of(*path)
        rows = self.text.splitlines(keepends=True)
        at = sum(map(len, rows[: start.line - 1])) + start.column - 1
        # Most texts stand in the file letter for letter, behind a quote or not.
        verbatim = self.text.find(text, at, at + len(text) + 1)
        at = verbatim + index if verbatim >= 0 else self._walk(text[: index + 1], at)
        if at < 0:
            return start
        for number, row in enumerate(rows, start=1):
            if at < len(row):
                return Place(self.file, number, at + 1)
            at -= len(row)
        return start

    def _walk(self, text: str, at: int) -> int:
        """Where the last letter of a text stands in the file; -1 where the way is lost."""
        at -= 1
        for char in text:
            if not char.isspace():  # a line that was folded has other white space in the file
                begun, at = at, self.text.find(char, at + 1)
                if at < 0 or at - begun > _LONGEST_GAP:
                    return -1
        return at

    def place_of(self, *path: str | int) -> Place:
        """The place of a key or item; of the nearest thing around it where it has none."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place(self.file)
