"""`escape measure summary …`: the mean change of each scale, as a return made now would have it.

Not for: the figures themselves (`telling.summed`), nor for the measures of one person (`measure list`).
"""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.context import settled
from escape_tui.cli.instrument_text import written
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.rows import aligned
from escape_tui.settings import load_settings
from exports.rows import Number, Summary


@click.command("summary")
@click.argument("code", metavar="C")
@with_access
@json_option
def summarised(code: str, access: Access, as_json: bool) -> None:
    """Sum up each scale: its mean change with 95 % interval, on how many pairs, how many better and worse.

    Of the people who agreed to sharing alone, as in a return; the columns are those of its summary.
    """
    from escape_tui.returning import held_of
    from escape_tui.telling.summed import summed_of

    with access.cohort(code) as cohort:
        summed = summed_of(held_of(cohort, load_settings(settled().folder)))
    if summed.not_shared:
        aside(f"Left out, for they did not agree to sharing: {summed.not_shared}.")
    if as_json:
        rows = [{name: _told(value) for name, value in asdict(row).items()} for row in summed.rows]
        answer_json({"cohort": code, "shared": summed.shared, "summary": rows})
        return
    for line in aligned(_cells(row) for row in summed.rows):
        click.echo(line)


def _cells(row: Summary) -> tuple[str, ...]:
    return (
        row.instrument,
        row.scale,
        f"{row.better} is better",
        f"{row.n_paired} pairs",
        _change(row),
        f"better {row.n_better}, same {row.n_same}, worse {row.n_worse}",
    )


def _change(row: Summary) -> str:
    if row.mean_change is None:
        return "no pair yet"
    change = _figure(row.mean_change)
    if row.ci95_low is None or row.ci95_high is None:
        return change
    return f"{change} ({_figure(row.ci95_low)} to {_figure(row.ci95_high)})"


def _figure(value: Number) -> str:
    return written(Fraction(value))


def _told(value: object) -> object:
    """A figure in full precision, rounded once."""
    return float(value) if isinstance(value, Fraction) else value
