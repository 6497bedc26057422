"""Downloads: a report as files that programs read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from site_builder import inline
from site_builder.model import KEYS, TEXT_FIELDS, Agency, Measure, OfficialDocument, Period, Report

FORMAT_VERSION = 1


def measures_json(report: Report, agency: Agency) -> bytes:
    """One year as JSON (UTF-8): dates ISO, texts always lists, null where nothing is stated."""
    plain = {
        "version": FORMAT_VERSION,
        "fiscal_year": report.fiscal_year,
        "agency": agency.model_dump(
            mode="json", include={"name", "short_name", "district", "province", "website"}
        ),
        "title": list(report.header.title),
        "assessment_year": report.header.assessment_year,
        "indicators": [indicator.model_dump(mode="json") for indicator in report.indicators],
        "measures": [_as_json(measure) for measure in report.in_table_order()],
    }
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


def _as_json(measure: Measure) -> dict[str, Any]:
    return {"id": measure.id, **{name: _json_value(getattr(measure, name)) for name in KEYS}}


def _json_value(value: Any) -> Any:  # noqa: ANN401 - any field of a measure
    if isinstance(value, Period):
        return {"text": value.text, "start": str(value.start), "end": str(value.end)}
    if isinstance(value, OfficialDocument):
        return {"number": value.number, "date": _json_value(value.date)}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_json_value(item) for item in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


_CSV_COLUMNS = (
    "id",
    "indicator",
    "indicator_name",
    "measure",
    "method",
    "responsible_unit",
    "period",
    "period_start",
    "period_end",
    "result_summary",
    "outcome",
    "evidence_titles",
    "evidence_urls",
    "status",
    "budget",
    "kpi",
    "interim_result",
    "problems",
    "suggestions",
    "remarks",
)


def measures_csv(report: Report) -> bytes:
    """One year as CSV (RFC 4180): a byte-order mark, so that Excel reads the Thai."""
    names = {indicator.number: indicator.name for indicator in report.indicators}
    measures = report.in_table_order()
    return as_csv(_CSV_COLUMNS, (_as_row(m, names[m.indicator]) for m in measures))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A CSV file that spreadsheets show and never run."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _no_formula(value) for name, value in row.items()})
    return stream.getvalue().encode("utf-8-sig")


def _no_formula(value: object) -> object:
    """A text that a spreadsheet would run as a formula gets the apostrophe that stops it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _as_row(measure: Measure, indicator_name: str) -> dict[str, object]:
    texts = {
        name: "\n".join(inline.plain(text) for text in getattr(measure, name) or ())
        for name in TEXT_FIELDS
    }
    return {
        "id": measure.id,
        "indicator": measure.indicator,
        "indicator_name": indicator_name,
        "responsible_unit": measure.responsible_unit,
        "period": measure.period.text,
        "period_start": measure.period.start,
        "period_end": measure.period.end,
        "evidence_titles": "\n".join(" ".join(proof.title.split()) for proof in measure.evidence),
        "evidence_urls": "\n".join(proof.url for proof in measure.evidence),
        "status": measure.status,
        "budget": measure.budget,
        **texts,
    }
