"""`escape instrument …`: list the measures, show what is known of one, score one person's answers.

Not for: scoring itself (`sessions.scoring`), nor how an instrument is laid out (`instrument_text`).
"""

from __future__ import annotations

import click

from escape_tui.cli.context import settled
from escape_tui.cli.instrument_text import instrument_text, score_lines
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.scores import score_row
from sessions.answers import parse_answers
from sessions.instrument_files import instrument_ids, load_instrument, load_wording
from sessions.scoring import score


@click.group("instrument")
def instruments() -> None:
    """The measures: list them, show one, score one person's answers."""


@instruments.command("list")
@json_option
def list_instruments(as_json: bool) -> None:
    """List the instruments that can be entered and scored."""
    known = [load_instrument(name) for name in instrument_ids()]
    if as_json:
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "items": one.item_count,
                "scales": [scale.id for scale in one.scales],
            }
            for one in known
        ]
        answer_json({"instruments": rows})
        return
    for one in known:
        click.echo(f"{one.id:<17} {one.item_count:>2} item{'s' if one.item_count > 1 else ' '}  {one.name}")


@instruments.command("show")
@click.argument("name", metavar="I")
@json_option
def show_instrument(name: str, as_json: bool) -> None:
    """Show an instrument: items, scales, rules, thresholds and their sources, licence."""
    shown = load_instrument(name)
    if as_json:
        answer_json(shown.model_dump(mode="json"))
    else:
        click.echo(instrument_text(shown, load_wording(settled().folder, shown)))


@instruments.command("score")
@click.argument("name", metavar="I")
@click.option(
    "--answers",
    required=True,
    help='Codes in the order of the items, comma between, blank = not answered: "0,3,,2".',
)
@json_option
def score_answers(name: str, answers: str, as_json: bool) -> None:
    """Score one person's answers."""
    scored = load_instrument(name)
    given = parse_answers(scored, answers)
    scores = score(scored, given)
    blank = sum(answer is None for answer in given)
    if blank:
        aside(f"{blank} of {scored.item_count} items are not answered.")
    if as_json:
        answer_json({"instrument": scored.id, "scales": [score_row(one) for one in scores]})
        return
    for line in score_lines(scored, scores):
        click.echo(line)
