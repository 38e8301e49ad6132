"""`escape report`: the site's own report on a cohort, with people; it stays at the site.

Not for: the report in a return, which `escape return sign` makes.
"""

from __future__ import annotations

from pathlib import Path

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.settings import load_settings


@click.command("report")
@click.argument("code", metavar="C")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The PDF to write; it is not there yet."
)
@with_access
@json_option
def report(code: str, out: Path, access: Access, as_json: bool) -> None:
    """Write the site's own report: the figures of a return, and each person's. It stays at the site."""
    from escape_tui.site_report import write_site_report

    home = access.home()
    with access.cohort_in(home, code) as cohort:
        people = write_site_report(cohort, load_settings(home.folder), home.folder, out.absolute())
    aside(
        f"The report on cohort {code} is in {out}. It holds people's health data and is not encrypted: "
        "keep it at the site, and send a return instead."
    )
    if as_json:
        answer_json({"cohort": code, "file": str(out), "people": people})
