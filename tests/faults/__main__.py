"""Serves all sites and prints the table with their addresses, until Ctrl-C."""

from __future__ import annotations

import shlex
import sys
import threading
from contextlib import suppress

from tests.faults import names
from tests.faults.running import OPEN, Running, running
from tests.faults.sites import NAMES, SILENT, sites
from tests.link_cases import ANY_STATUS, CASES, Case

_TRY = """\
# All link cases

Served until Ctrl-C. Any program that is started with this environment knows the names, trusts the
certificates, and contacts nothing but this machine:

```
export {environment}
{python} -c "from site_builder.cli import main; main()" verify-links --allow-network {network}
```

| case | address | verdict | cause | status |
| --- | --- | --- | --- | --- |
"""


def _row(case: Case, served: Running) -> str:
    causes = " / ".join(cause or "–" for cause in case.causes) or "any"
    status = {None: "–", ANY_STATUS: "any"}.get(case.status, str(case.status))
    address = served.where(case.url).replace("\t", "⇥").replace("|", "\\|")
    name = case.name.replace("|", "\\|")
    # Two backquotes: an address may hold one.
    return f"| {name} | `` {address} `` | {case.verdict} | {causes} | {status} |"


def main() -> None:
    """Serve, and say what is where."""
    with running(sites(), NAMES, SILENT) as served:
        environment = names.environment(served.folder)
        export = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
        sys.stdout.write(_TRY.format(environment=export, python=sys.executable, network=OPEN[0]))
        for case in CASES:
            sys.stdout.write(_row(case, served) + "\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
