"""`escape feedback …`: anonymous answers, as counts alone.

Not for: anything of a person. Enter the cards together and shuffled: nothing keeps an order.
"""

from __future__ import annotations

from typing import get_args

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.store.acts.feedback import add_feedback
from escape_tui.store.read import feedback
from sessions.records import FeedbackAnswer


@click.group("feedback")
def feedback_cards() -> None:
    """Anonymous feedback: how many people gave which answer."""


@feedback_cards.command("add")
@click.argument("code", metavar="C")
@click.option(
    "--answer",
    required=True,
    type=click.Choice(get_args(FeedbackAnswer)),
    help="What was answered on the experience as a whole.",
)
@click.option("--count", default=1, show_default=True, type=click.INT, help="How many people answered so.")
@json_option
@with_access
def add(access: Access, code: str, answer: FeedbackAnswer, count: int, as_json: bool) -> None:
    """Add answers to the counts. Nothing links an answer to a person, a time or an order."""
    with access.cohort(code) as cohort:
        add_feedback(cohort, {answer: count})
        counts = feedback(cohort)
    aside("Added.")
    if as_json:
        rows = [{"question": one.question, "answer": one.answer, "count": one.count} for one in counts]
        answer_json({"feedback": rows})
