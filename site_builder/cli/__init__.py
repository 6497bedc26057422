"""The terminal door: one command a module, all of them gathered in `main`.

Exit codes: 0 clean, 1 problems or broken links, 2 wrong usage, 3 could not run.
"""

from __future__ import annotations

import sys

import click

from site_builder.cli.checking import check
from site_builder.cli.exporting import export
from site_builder.cli.formatting import fmt
from site_builder.cli.founding import init
from site_builder.cli.importing import import_file
from site_builder.cli.linking import links
from site_builder.cli.schemas import write_schemas
from site_builder.cli.snapshotting import snapshot
from site_builder.cli.starting import new
from site_builder.cli.verifying import verify_links


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="prongsai")
def main() -> None:
    """โปร่งใส (Prongsai): publish a public body's transparency disclosures."""
    # A Windows console's own encoding cannot write Thai.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


for command in (
    *(check, fmt, new, import_file, init, write_schemas),
    *(verify_links, links, snapshot, export),
):
    main.add_command(command)
