"""`escape return check`: what is missing in a cohort's return, what contradicts itself, and where to mend it.

Not for: finding it (`exports.completeness`), or signing over gaps.
"""

from __future__ import annotations

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.context import settled
from escape_tui.cli.failures import AnswerIsNo
from escape_tui.cli.naming import Named
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.return_rows import found_lines, found_row
from escape_tui.returning import held_of
from escape_tui.settings import load_settings
from exports.completeness import completeness


@click.command("check")
@click.argument("code", metavar="C")
@json_option
@with_access
def check(access: Access, code: str, as_json: bool) -> None:
    """Name every gap and every contradiction in the return of cohort C, each with where to mend it.

    Leaves with 0 when the return is ready to sign, with 1 when it is not.
    """
    with access.cohort(code) as cohort:
        result, names = completeness(held_of(cohort, load_settings(settled().folder))), Named(cohort)
    if as_json:
        answer_json(
            {
                "ready": result.ready,
                "contradictions": [found_row(one, code, names) for one in result.contradictions],
                "gaps": [found_row(one, code, names) for one in result.gaps],
                "notes": [found_row(one, code, names) for one in result.notes],
            }
        )
    else:
        for line in found_lines(result, code, names):
            click.echo(line)
    if result.ready:
        aside("Ready to sign.")
        return
    aside(
        f"Not ready. Contradictions: {len(result.contradictions)}, gaps: {len(result.gaps)}. "
        "Contradictions are mended first; gaps can be accepted with a reason."
    )
    raise AnswerIsNo
