"""`escape central report`: the report over all returns, for publication.

Not for: its figures (`exports.centre`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from escape_tui.centre_keys import read_centre
from escape_tui.cli.central_receive import shown_progress
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.store.files import write_durably
from exports.centre.over_all import report_over_all


@click.command("report")
@click.argument("folder", type=NamedPath())
@click.option("--out", type=NamedPath(), help="Where to write it. Default: the folder `report` in FOLDER.")
@json_option
def report(folder: Path, out: Path | None, as_json: bool) -> None:
    """Report over all returns filed in FOLDER: PDF and CSV, and Parquet where DuckDB is installed."""
    centre = read_centre(folder)
    with shown_progress() as progress:
        made = report_over_all(folder, centre.name, datetime.now(UTC).date(), progress)
    to = folder / "report" if out is None else out
    to.mkdir(parents=True, exist_ok=True)
    paths = [to / name for name in sorted(made.files)]
    for path in paths:
        write_durably(path, made.files[path.name])
    if not made.parquet:
        aside("No Parquet was written: install escape-tui[parquet] to have it.")
    if as_json:
        answer_json({"returns": made.returns, "sites": made.sites, "files": [str(path) for path in paths]})
        return
    click.echo(f"{made.returns} returns from {made.sites} sites, in {to}.")
