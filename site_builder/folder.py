"""The folder `measures/` on disk, read as a whole with every problem of every file.

Here too is the one function that writes files: whole or not at all, and only what changed.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePosixPath

from site_builder import ledger, measurefile, rules, thai
from site_builder.model import (
    Agency,
    Disclosure,
    IndicatorList,
    Measure,
    Report,
    ReportHeader,
    Source,
)
from site_builder.problems import Place, Problem, errors_of, problem

LEDGER = "links.json"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds: as much as could be read, and everything that is wrong with it."""

    disclosure: Disclosure | None
    """None where not even the office's own file could be read."""
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid publication."""
        return errors_of(self.problems)


def read_folder(folder: Path) -> Reading:
    """Read `measures/`: one broken file never hides the problems of the others."""
    reader = _FolderReader(folder)
    disclosure = reader.disclosure()
    judged = rules.judge(disclosure) if disclosure else ()
    if errors_of(tuple(reader.problems)):
        # The measure that seems to be missing may stand in the file that cannot be read.
        judged = tuple(found for found in judged if found.code != "indicator-without-measure")
    return Reading(disclosure, tuple(sorted({*reader.problems, *judged})))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that an office's files share: what an editor offers while somebody writes."""

    indicators: IndicatorList
    units: tuple[str, ...] = ()


def read_vocabulary(folder: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The indicators and units of an office, and what is wrong with the files that name them.

    A folder that is not there, or names none, has the indicators that are shipped and no units.
    """
    reader = _FolderReader(folder)
    indicators = reader.indicators()
    units: tuple[str, ...] = ()
    if (folder / "agency.yaml").exists():
        agency = reader.model(Agency, "agency.yaml", "measures/agency.yaml")
        units = agency.units if agency else ()
    return Vocabulary(indicators, units), tuple(sorted(reader.problems))


class _FolderReader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Editors and CI open paths as they were given, so places repeat them.
        self._name = PurePosixPath(folder.as_posix())
        self.problems: list[Problem] = []

    def disclosure(self) -> Disclosure | None:
        if not self._folder.is_dir():
            self._report("folder-missing", self._name)
            return None
        self._check_names()
        agency = self.model(Agency, "agency.yaml", "measures/agency.yaml")
        indicators = self.indicators()
        reports = tuple(self._reports(indicators))
        kept = self._ledger()
        if agency is None:
            return None
        return Disclosure(agency=agency, reports=reports, ledger=kept)

    def _check_names(self) -> None:
        for path in sorted(self._folder.iterdir()):
            if path.is_dir() and not path.name.startswith((".", "_")) and not _is_year(path.name):
                self._report("year-folder", self._name / path.name)
            elif (
                path.is_file()
                and path.suffix.lower() in {".yml", ".yaml"}
                and (path.name not in {"agency.yaml", "indicators.yaml"})
            ):
                self._report("file-stray", self._name / path.name)

    def indicators(self) -> IndicatorList:
        """The office's own list; the shipped one where it has none that can be read."""
        if (self._folder / "indicators.yaml").exists():
            own = self.model(IndicatorList, "indicators.yaml", "measures/indicators.yaml")
            if own is not None:
                return own
        shipped = resources.files("site_builder").joinpath("data/indicators.yaml").read_bytes()
        known, problems = measurefile.read_model(IndicatorList, shipped, "indicators.yaml")
        if known is None:
            raise RuntimeError(problems)
        return known

    def _reports(self, known: IndicatorList) -> Iterator[Report]:
        years = [path for path in self._folder.iterdir() if path.is_dir() and _is_year(path.name)]
        if not years:
            self._report("file-missing", self._name, example="measures/2568/report.yaml")
        for path in sorted(years, key=lambda year: year.name, reverse=True):
            report = self._report_of(path, known)
            if report is not None:
                yield report

    def _report_of(self, path: Path, known: IndicatorList) -> Report | None:
        year = int(path.name)
        indicators = known.indicators_of(year)
        numbers = [indicator.number for indicator in indicators]
        context = {"fiscal_year": year}
        name = f"{path.name}/report.yaml"
        header = self.model(ReportHeader, name, "measures/2568/report.yaml", context)
        measures = tuple(self._measures(path, year, numbers))
        if header is None:
            return None
        header = header.model_copy(update={"source": Source(str(self._name / name))})
        item = known.item_of(header.assessment_year) if header.assessment_year else None
        return Report(
            fiscal_year=year, header=header, indicators=indicators, item=item, measures=measures
        )

    def _measures(self, path: Path, year: int, numbers: list[int]) -> Iterator[Measure]:
        files = sorted(path.iterdir())
        stems = [file.stem for file in files if file.suffix == ".yaml"]
        for file in files:
            name = self._name / path.name / file.name
            if file.name == "report.yaml" or file.name.startswith((".", "_")):
                continue
            if file.is_dir():
                self._report("folder-inside-year", name)
                continue
            if file.suffix != ".yaml":
                if file.suffix.lower() in {".yml", ".yaml", ".txt"}:
                    example = f"{name.name.partition('.')[0]}.yaml"
                    self._report("file-extension", name, example=example)
                continue
            if not _ID.fullmatch(file.stem):
                self._report_name(name, stems)
            data = self._bytes(file, name)
            if data is None:
                continue
            measure, problems = measurefile.read_measure(data, str(name), file.stem, year)
            self.problems.extend(problems)
            if measure is None:
                continue
            if measure.indicator in numbers:
                yield measure
            else:
                self.problems.append(_unknown_indicator(measure, numbers))

    def _report_name(self, name: PurePosixPath, stems: Sequence[str]) -> None:
        """A name that cannot be an address; where small letters would make it another's, whose."""
        small = name.stem.lower()
        twins = [stem for stem in stems if stem.lower() == small and stem != name.stem]
        if twins:
            example = f"{small}-2.yaml"
            self._report("id-repeated", name, other=f"{twins[-1]}.yaml", example=example)
        else:
            self._report("file-name", name)

    def model(
        self,
        kind: type[measurefile.ModelT],
        name: str,
        example: str,
        context: Mapping[str, object] | None = None,
    ) -> measurefile.ModelT | None:
        """One file of the folder as a value; None where a problem forbids it."""
        path = self._name / name
        if not (self._folder / name).is_file():
            self._report("file-missing", path, example=example)
            return None
        data = self._bytes(self._folder / name, path)
        if data is None:
            return None
        value, problems = measurefile.read_model(kind, data, str(path), context)
        self.problems.extend(problems)
        return value

    def _ledger(self) -> ledger.Ledger:
        path = self._folder / LEDGER
        if not path.exists():
            return ledger.Ledger()
        try:
            return read_ledger(path)
        except (ledger.DamagedLedgerError, UnicodeDecodeError, OSError) as error:
            self._report("ledger-damaged", self._name / LEDGER, cause=error)
            return ledger.Ledger()

    def _bytes(self, file: Path, name: PurePosixPath) -> bytes | None:
        try:
            if not file.is_file():  # a pipe or a device would never end
                self._report("file-unreadable", name, cause="not a file")
                return None
            with file.open("rb") as stream:
                # One byte over the limit is enough to see that a file is too large.
                return stream.read(measurefile.LIMIT + 1)
        except OSError as error:
            self._report("file-unreadable", name, cause=error.strerror)
            return None

    def _report(self, code: str, path: PurePosixPath, **details: object) -> None:
        self.problems.append(problem(code, Place(str(path)), **details))


def _unknown_indicator(measure: Measure, numbers: list[int]) -> Problem:
    choices = f"{numbers[0]}–{numbers[-1]}" if numbers else "–"
    return problem(
        "indicator-unknown",
        measure.source.place_of("indicator"),
        value=measure.indicator,
        choices=choices,
        first=numbers[0] if numbers else 1,
    )


def _is_year(name: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}", name):
        return False
    return thai.FIRST_YEAR <= int(name) <= thai.LAST_YEAR


def read_ledger(path: Path) -> ledger.Ledger:
    """The ledger on disk; an empty one where there is none yet.

    Raises:
        DamagedLedgerError, UnicodeDecodeError, OSError: it is there and cannot be read.
    """
    return ledger.read_ledger(path.read_text("utf-8")) if path.exists() else ledger.Ledger()


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, each whole or not at all, and only those that changed."""
    for name, data in sorted(files.items()):
        target = folder / name
        if target.is_file() and target.read_bytes() == data:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            # mkstemp makes a file for its owner only; a site is for everybody.
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
