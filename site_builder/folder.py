"""The folder `measures/` on disk, read as a whole with every problem of every file."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path, PurePosixPath

from site_builder import copies, ledger, measurefile, recordfile, rules, thai
from site_builder.model import (
    Agency,
    Disclosure,
    IndicatorList,
    Measure,
    Report,
    ReportHeader,
)
from site_builder.problems import Place, Problem, errors_of, problem
from site_builder.records import DamagedError

# Windows keeps these names for devices: a repository that holds one cannot be checked out there.
_RESERVED = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
LEDGER = "links.json"
COPIES = "snapshots.json"
REPORT = "report.yaml"
UNREADABLE = frozenset({"folder-missing", "ledger-damaged", "snapshots-damaged", "list-newer"})
"""Codes of what no command on links can do without: it could not run, and has judged nothing."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds: as much as could be read, and everything that is wrong with it."""

    disclosure: Disclosure | None
    """None where not even the office's own file could be read."""
    problems: tuple[Problem, ...]
    acknowledged: tuple[tuple[Problem, str], ...] = ()
    """Warnings that the office has looked at, each with its reason; not among the problems."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid publication."""
        return errors_of(self.problems)


def read_folder(folder: Path, today: date | None = None) -> Reading:
    """Read `measures/`: one broken file never hides the problems of the others."""
    reader = _FolderReader(folder)
    disclosure = reader.disclosure()
    judged = rules.judge(disclosure, today or today_in_thailand()) if disclosure else ()
    whole = not errors_of(tuple(reader.problems))
    if not whole:
        # The measure that seems to be missing may stand in the file that cannot be read.
        judged = tuple(found for found in judged if found.code != _MISSING)
    judged = tuple(found for found in judged if not reader.has_draft(found))
    kept, acknowledged = _acknowledge(disclosure, judged, whole=whole)
    problems = tuple(sorted({*reader.problems, *kept}))
    return Reading(disclosure, problems, tuple(sorted(set(acknowledged))))


def _acknowledge(
    disclosure: Disclosure | None, judged: tuple[Problem, ...], *, whole: bool
) -> tuple[list[Problem], list[tuple[Problem, str]]]:
    """Take out what its own file acknowledges; tell of acknowledgements of nothing."""
    kept: list[Problem] = []
    acknowledged: list[tuple[Problem, str]] = []
    reports = disclosure.reports if disclosure else ()
    owners: list[ReportHeader | Measure] = [report.header for report in reports]
    owners += [measure for report in reports for measure in report.measures]
    reasons = {
        (owner.source.file, code): reason
        for owner in owners
        for code, reason in owner.acknowledged.items()
    }
    for found in judged:
        reason = reasons.get((found.place.file, found.code))
        if reason is None:
            kept.append(found)
        else:
            acknowledged.append((found, reason))
    used = {(found.place.file, found.code) for found, _ in acknowledged}
    for owner in owners:
        for code in owner.acknowledged:
            # A rule may be silent because of what cannot be read.
            if whole and (owner.source.file, code) not in used:
                place = owner.source.place_of("acknowledged", code, "key")
                kept.append(problem("acknowledgement-unused", place, value=code))
    return kept, acknowledged


def today_in_thailand() -> date:
    """The day in Thailand, wherever the program runs."""
    return thai.day_of(datetime.now(UTC))


def read_indicators(folder: Path) -> IndicatorList:
    """The indicators that hold in a folder: the office's own list, else the one shipped."""
    return _FolderReader(folder).indicators()


def title_of(folder: Path, fiscal_year: int) -> tuple[str, ...] | None:
    """The title in a year's `report.yaml`; None where there is no such file."""
    file = folder / str(fiscal_year) / "report.yaml"
    return _FolderReader(folder).title(fiscal_year) if file.exists() else None


def file_names(folder: Path) -> tuple[str, ...]:
    """The names in a folder, hidden ones too; none where there is no such folder."""
    return tuple(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ()


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


_MISSING = "indicator-without-measure"


class _FolderReader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Editors and CI open paths as they were given, so places repeat them.
        self._name = PurePosixPath(folder.as_posix())
        self.problems: list[Problem] = []
        self._drafts: set[tuple[str, str]] = set()

    def has_draft(self, found: Problem) -> bool:
        """Whether the measure that is missing is there, and only not finished."""
        number = dict(found.details).get("number", "").zfill(2)
        return found.code == _MISSING and (found.place.file, number) in self._drafts

    def disclosure(self) -> Disclosure | None:
        if not self._folder.is_dir():
            self._report("folder-missing", self._name)
            return None
        self._check_names()
        agency = self.model(Agency, "agency.yaml", "measures/agency.yaml")
        indicators = self.indicators()
        reports = tuple(self._reports(indicators))
        kept = self._ledger()
        newest = self._copies()
        if agency is None:
            return None
        return Disclosure(agency=agency, reports=reports, ledger=kept, copies=newest)

    def _check_names(self) -> None:
        for path in sorted(self._folder.iterdir()):
            if path.name in {LEDGER, COPIES}:
                continue  # whatever stands there, whoever reads it tells
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

    def title(self, fiscal_year: int) -> tuple[str, ...]:
        name = f"{fiscal_year}/report.yaml"
        header = self.model(ReportHeader, name, name, {"fiscal_year": fiscal_year})
        return header.title if header else ()

    def _reports(self, known: IndicatorList) -> Iterator[Report]:
        years = years_of(self._folder)
        if not years:
            self._report("file-missing", self._name, example="measures/2568/report.yaml")
        for year in years:
            report = self._report_of(self._folder / str(year), known)
            if report is not None:
                yield report

    def _report_of(self, path: Path, known: IndicatorList) -> Report | None:
        year = int(path.name)
        indicators = known.indicators_of(year)
        numbers = [indicator.number for indicator in indicators]
        context = {"fiscal_year": year}
        name = f"{path.name}/{REPORT}"
        header = self.model(ReportHeader, name, "measures/2568/report.yaml", context)
        measures = tuple(self._measures(path, year, numbers))
        if header is None:
            return None
        self._check_indicators_of(header, numbers)
        item = known.item_of(header.assessment_year) if header.assessment_year else None
        return Report(
            fiscal_year=year, header=header, indicators=indicators, item=item, measures=measures
        )

    def _check_indicators_of(self, header: ReportHeader, numbers: list[int]) -> None:
        """Last year's scores and weak points are of indicators that there are, each said once."""
        for name in ("scores", "weak_points"):
            seen: set[int] = set()
            for key in getattr(header, name):
                place = header.source.place_of(name, key, "key")
                number = thai.to_arabic(key).strip()
                if not number.isdecimal() or int(number) not in numbers:
                    self.problems.append(_no_such_indicator(place, key, numbers))
                elif int(number) in seen:
                    self.problems.append(problem("indicator-repeated", place, value=key))
                else:
                    seen.add(int(number))

    def _measures(self, path: Path, year: int, numbers: list[int]) -> Iterator[Measure]:
        files = sorted(path.iterdir())
        stems = [file.stem for file in files if file.suffix == ".yaml"]
        for file in files:
            name = self._name / path.name / file.name
            if file.name == REPORT or file.name.startswith((".", "_")):
                self._note_draft(name)
                continue
            if file.is_dir():
                self._report("folder-inside-year", name)
                continue
            if file.suffix != ".yaml":
                if file.suffix.lower() in {".yml", ".yaml", ".txt"}:
                    example = f"{name.name.partition('.')[0]}.yaml"
                    self._report("file-extension", name, example=example)
                continue
            if not is_measure_id(file.stem):
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

    def _note_draft(self, name: PurePosixPath) -> None:
        if name.name.startswith("_") and name.suffix == ".yaml":
            self._report("draft-unfinished", name)
            self._drafts.add((str(name.with_name(REPORT)), name.name[1:3]))

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
        try:
            return read_ledger(self._folder / LEDGER)
        except ledger.DamagedLedgerError as damage:
            self.problems.append(ledger_damaged(str(self._name / LEDGER), damage))
            return ledger.Ledger()

    def _copies(self) -> dict[str, copies.Copy]:
        try:
            return read_copies(self._folder / COPIES).newest()
        except copies.DamagedCopiesError as damage:
            self.problems.append(copies_damaged(str(self._name / COPIES), damage))
            return {}

    def _bytes(self, file: Path, name: PurePosixPath) -> bytes | None:
        try:
            return read_bytes(file)
        except OSError as error:
            self._report("file-unreadable", name, cause=error.strerror)
            return None

    def _report(self, code: str, path: PurePosixPath, **details: object) -> None:
        self.problems.append(problem(code, Place(str(path)), **details))


def _unknown_indicator(measure: Measure, numbers: list[int]) -> Problem:
    place = measure.source.place_of("indicator")
    return _no_such_indicator(place, measure.indicator, numbers)


def _no_such_indicator(place: Place, value: object, numbers: list[int]) -> Problem:
    choices = f"{numbers[0]}–{numbers[-1]}" if numbers else "–"
    return problem(
        "indicator-unknown",
        place,
        value=value,
        choices=choices,
        first=numbers[0] if numbers else 1,
    )


def _is_year(name: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}", name):
        return False
    return thai.FIRST_YEAR <= int(name) <= thai.LAST_YEAR


def locate(paths: Sequence[Path]) -> dict[Path, frozenset[str]]:
    """The folders of measures that these paths lie in, each with what was named of it.

    A file is named as a message names it, a folder with a `/` behind it. Nothing is named where
    the folder itself, or the project's folder around it, was.
    """
    wanted: dict[Path, set[str] | None] = {}
    for path in paths:
        root = _root_of(path.absolute())
        shown = _as_typed(root, like=path)
        if path.absolute() in {root, root.parent}:
            wanted[shown] = None
        elif (named := wanted.setdefault(shown, set())) is not None:
            inside = shown / path.absolute().relative_to(root)
            named.add(f"{inside.as_posix()}{'/' if path.is_dir() else ''}")
    return {root: frozenset(named or ()) for root, named in wanted.items()}


def is_named(file: str, named: frozenset[str]) -> bool:
    """Whether a file is among those that `locate` was given."""
    return not named or file in named or any(file.startswith(n) for n in named if n.endswith("/"))


def _as_typed(root: Path, like: Path) -> Path:
    """A path as short as somebody would type it: editors and hooks name files in full."""
    below = root.is_relative_to(Path.cwd())
    return Path(os.path.relpath(root)) if below or not like.is_absolute() else root


def _root_of(path: Path) -> Path:
    """The folder of measures that a file, a year or a project belongs to."""
    path = Path(os.path.normpath(path))
    for candidate in (path, path / "measures", path.parent, path.parent.parent):
        if (candidate / "agency.yaml").is_file():
            return candidate
    return path.parent.parent if path.is_file() and _is_year(path.parent.name) else path


def read_lines(file: Path) -> list[str]:
    """The lines of a file that somebody edits, to show them; none where that cannot be done."""
    if file.suffix.lower() not in {".yaml", ".yml", ".json"}:
        return []
    try:
        data = read_bytes(file)
    except OSError:
        return []
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return data.decode("cp874", "replace").splitlines()


def years_of(folder: Path) -> tuple[int, ...]:
    """The fiscal years that have a folder, newest first."""
    names = [path.name for path in folder.iterdir() if path.is_dir() and _is_year(path.name)]
    return tuple(sorted(map(int, names), reverse=True))


def measures_of(folder: Path, year: int) -> dict[str, Path]:
    """The measure files of a year, by id."""
    files = sorted((folder / str(year)).glob("[!._]*.yaml"))
    return {file.stem: file for file in files if file.name != REPORT and file.is_file()}


def is_measure_id(name: str) -> bool:
    """Whether a name may be a measure's: its address, on every kind of disk."""
    return bool(_ID.fullmatch(name)) and not _RESERVED.fullmatch(name)


def read_bytes(file: Path) -> bytes:
    """What a file of the folder holds, as far as it is read at all.

    Raises:
        OSError: it cannot be opened, or is no file.
    """
    if not file.is_file():  # a pipe or a device would never end
        raise OSError(errno.EINVAL, "not a file")
    with file.open("rb") as stream:
        # One byte over the limit is enough to see that a file is too large.
        return stream.read(measurefile.LIMIT + 1)


def read_ledger(path: Path) -> ledger.Ledger:
    """The ledger on disk; an empty one where there is none yet.

    Raises:
        DamagedLedgerError: it is there and cannot be read.
    """
    text = recordfile.read_text(path, ledger.DamagedLedgerError)
    return ledger.Ledger() if text is None else ledger.read_ledger(text)


def ledger_damaged(file: str, damage: DamagedError) -> Problem:
    """What an officer is told of a damaged ledger, with the command that helps."""
    return _damaged("ledger-damaged", file, damage)


def _damaged(code: str, file: str, damage: DamagedError) -> Problem:
    place = Place(file, damage.line, damage.column)
    if damage.newer:  # git would give back what is just as new
        return problem("list-newer", place, cause=damage)
    way = "prongsai links --merge" if damage.conflict else f"git restore {file}"
    return problem(code, place, cause=damage, example=way)


def read_copies(path: Path) -> copies.Copies:
    """The list of copies on disk; an empty one where there is none yet.

    Raises:
        DamagedCopiesError: it is there and cannot be read.
    """
    text = recordfile.read_text(path, copies.DamagedCopiesError)
    return copies.Copies() if text is None else copies.read_copies(text)


def copies_damaged(file: str, damage: DamagedError) -> Problem:
    """What an officer is told of a damaged list of copies, with the command that helps."""
    return _damaged("snapshots-damaged", file, damage)


def conflict_unsettled(file: str, damage: DamagedError) -> Problem:
    """What an officer is told of a list whose conflict cannot be settled: a side is damaged."""
    code = "snapshots-damaged" if PurePosixPath(file).name == COPIES else "ledger-damaged"
    if damage.conflict:
        place = Place(file, damage.line, damage.column)
        return problem(code, place, cause=damage, example=f"git checkout --ours {file}")
    return _damaged(code, file, damage)
