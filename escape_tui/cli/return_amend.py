"""`escape return amend`: a signed cohort is reopened for a reason; its next signature is revision n+1.

Not for: signing it again.
"""

from __future__ import annotations

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.signing import amend_return
from escape_tui.store.read import signoffs


@click.command("amend")
@click.argument("code", metavar="C")
@click.option("--reason", required=True, metavar="WHY", help="Why; it leaves with the next revision.")
@json_option
@with_access
def amend(access: Access, code: str, reason: str, as_json: bool) -> None:
    """Reopen the signed cohort C; the next signature is a new revision and names the one before."""
    home = access.home()
    with access.cohort_in(home, code) as cohort:
        amend_return(cohort, home, reason)
        last = signoffs(cohort)[-1].revision
    aside(f"Reopened after revision {last}. Sign again when all is entered.")
    if as_json:
        answer_json({"cohort": code, "state": "open", "after_revision": last, "reason": reason})
