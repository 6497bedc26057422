"""What several commands share: options, exit codes, and stopping."""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path
from typing import NoReturn

import click

from site_builder import addresses, folder
from site_builder.model import Disclosure
from site_builder.problems import Language

PROBLEMS_FOUND = 1
COULD_NOT_RUN = 3


class NetworkRange(click.ParamType[addresses.Network]):
    """A network in CIDR form, such as 127.0.0.0/8."""

    name = "CIDR"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> addresses.Network:
        """The network; anything else is wrong usage."""
        try:
            return ipaddress.ip_network(value)
        except ValueError:
            self.fail(f"{value!r} is not a network, such as 127.0.0.0/8", param, ctx)


LANG = click.option(
    "--lang", type=click.Choice(["th", "en"]), default="th", help="Language of the messages."
)
MEASURES = click.option(
    "--measures",
    type=click.Path(path_type=Path),
    default=Path("measures"),
    show_default=True,
    help="The folder of the measures.",
)


def publishable(measures: Path, lang: Language) -> Disclosure:
    """The disclosure of a folder; ends the program where it has errors."""
    reading = folder.read_folder(measures)
    if reading.errors or reading.disclosure is None:
        for found in reading.errors:
            click.echo(found.line(lang), err=True)
        sys.exit(PROBLEMS_FOUND)
    return reading.disclosure


def could_not_run(message: str) -> NoReturn:
    """End the program: it was asked something right and cannot do it."""
    click.echo(message, err=True)
    sys.exit(COULD_NOT_RUN)
