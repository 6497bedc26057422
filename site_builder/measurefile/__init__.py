"""YAML files that people write: bytes in, values and problems out, a place for every key.

Every scalar is read as the text that stands in the file: YAML's own ideas about `no`, `0101`,
`12:30` or a Buddhist-era date never apply. This is the only home of PyYAML.
"""

from site_builder.measurefile.formatting import format_file, kind_of
from site_builder.measurefile.naming import new_id, slug_of
from site_builder.measurefile.parsing import LIMIT, Content, read_content
from site_builder.measurefile.reading import ModelT, read_measure, read_model
from site_builder.measurefile.starting import (
    Renewed,
    fault_of,
    new_agency,
    new_header,
    new_measure,
    renew_header,
    renew_measure,
)
from site_builder.measurefile.syntax import encoding_problem
from site_builder.measurefile.writing import scalar, write

__all__ = [
    "LIMIT",
    "Content",
    "ModelT",
    "Renewed",
    "encoding_problem",
    "fault_of",
    "format_file",
    "kind_of",
    "new_agency",
    "new_header",
    "new_id",
    "new_measure",
    "read_content",
    "read_measure",
    "read_model",
    "renew_header",
    "renew_measure",
    "scalar",
    "slug_of",
    "write",
]
