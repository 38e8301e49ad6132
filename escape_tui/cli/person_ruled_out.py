"""`escape person rule-out …`: which kinds of exercise are not for somebody.

Not for: what follows from it in a session (`guiding.circuit_log`).
"""

from __future__ import annotations

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import aside, json_option
from escape_tui.cli.person_rows import answer_person
from escape_tui.store.acts.ruling_out import rule_in, rule_out
from escape_tui.store.read import find_person
from sessions.exercise import Tag


@click.command("rule-out")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.argument("tag", metavar="TAG", type=click.Choice([tag.value for tag in Tag]))
@click.option("--lift", is_flag=True, help="It is for them again.")
@with_access
@json_option
def rule_one_out(code: str, named: str, tag: str, lift: bool, access: Access, as_json: bool) -> None:
    """Rule a kind of exercise out for PERSON, or lift that again. It is in no return.

    TAG: balance, kneeling, overhead, impact, hands-on, floor, stepping, deep-bend, twisting, standing.
    """
    with access.cohort(code) as cohort:
        person = find_person(cohort, named)
        changed = (rule_in if lift else rule_out)(cohort, person, Tag(tag))
        if changed.act is None:
            aside("It was so already; nothing was changed.")
        answer_person(cohort, person, as_json=as_json)
