"""JSON Schema (draft 7) of the files that officers write, for editors: made from the model.

An editor parses YAML 1.2, where `12` is a number and `yes` a text; the loader reads every scalar
as text. So a text may be a number or a truth value here, and the schemas take what the loader
takes.
"""

from site_builder.schema.building import FOLDER, files

__all__ = ["FOLDER", "files"]
