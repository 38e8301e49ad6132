"""The options by which one person is entered: every column of a people list, and the rules' questions.

Not for: what is done with them (`entering`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_args

import click

from escape_tui.cli.dates import DAY, today
from escape_tui.entering import Entered
from escape_tui.judging import AT_DISCRETION, RECURRENT
from escape_tui.store.acts.people import Clearable, ConsentEntry, PersonEntry
from sessions.eligibility import YesNo
from sessions.records import ConsentKind, ReferralSource, Sex, Side
from sessions.rules import PainSite

_YES_NO = click.Choice(["yes", "no"])
_KINDS: tuple[ConsentKind, ...] = get_args(ConsentKind)


def _answers(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, YesNo]:
    answers: dict[str, YesNo] = {}
    for one in given:
        question, _, answer = one.partition("=")
        if answer not in {"yes", "no"}:
            raise click.BadParameter("Write the question's id, =, and yes or no.")
        answers[question] = "yes" if answer == "yes" else "no"
    return answers


_OPTIONS = (
    click.option("--person", "reference", help="The list's own reference, unique in the cohort."),
    click.option("--given-name", help="Given name, exactly as it is to be shown."),
    click.option("--family-name", help="Family name, exactly as it is to be shown."),
    click.option("--birth-date", type=DAY, help="Birth date, as 1956-05-14."),
    click.option("--sex", type=click.Choice(get_args(Sex)), help="Sex."),
    click.option("--pain-site", type=click.Choice(get_args(PainSite)), help="Where the pain is."),
    click.option("--side", type=click.Choice(get_args(Side)), help="On which side."),
    click.option("--pain-months", type=click.IntRange(0, 1440), help="How long, in whole months."),
    click.option("--referral-source", type=click.Choice(get_args(ReferralSource)), help="Who referred them."),
    click.option(
        "--needs-close-support", type=_YES_NO, help="Whether somebody has to be near: frail, or may fall."
    ),
    click.option("--consent-programme", type=_YES_NO, help="Whether they agreed to take part."),
    click.option("--consent-sharing", type=_YES_NO, help="Whether they agreed that their data are shared."),
    click.option("--consent-contact", type=_YES_NO, help="Whether they may be contacted afterwards."),
    click.option("--phone", help="Telephone number."),
    click.option("--emergency-contact", help="Whom to call in an emergency."),
    click.option("--emergency-phone", help="Their telephone number."),
    click.option("--language", help="The language they speak best."),
    click.option("--interpreter", help="Whether they need an interpreter: yes, no, or for what."),
    click.option("--hearing-support", help="Whether they need help with hearing: yes, no, or what."),
    click.option("--sight-support", help="Whether they need help with sight: yes, no, or what."),
    click.option(
        "--joined-at-session", type=click.IntRange(1, 99), help="The first session that they are offered."
    ),
    click.option(
        "--answer",
        "answers",
        multiple=True,
        callback=_answers,
        help="The answer to one of the rules' questions, as fever-now=no. May be given again.",
    ),
    click.option(
        "--all-clear", is_flag=True, help="Every question still open was asked and is as it must be."
    ),
    click.option("--recurrent", type=_YES_NO, help="Whether the pain comes back in episodes."),
    click.option(
        "--at-discretion", type=_YES_NO, help="Your decision, where the screening result leaves it to you."
    ),
)

clear_option = click.option(
    "--clear",
    multiple=True,
    type=click.Choice(get_args(Clearable)),
    help="What becomes unknown. May be given again.",
)


_ENTRIES = tuple(one.name for one in fields(PersonEntry))


def with_entered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of one person's entries, and hand it all of them as `entered`."""

    @functools.wraps(command)
    def with_all(
        *args: Any,
        answers: dict[str, YesNo],
        recurrent: YesNo | None,
        at_discretion: YesNo | None,
        all_clear: bool,
        clear: tuple[Clearable, ...] = (),
        **kwargs: Any,
    ) -> None:
        said = {name: kwargs.pop(name) for name in _ENTRIES}
        consents = {kind: kwargs.pop(f"consent_{kind}") for kind in _KINDS}
        entered = Entered(
            entry=PersonEntry(**{**said, "needs_close_support": _as_bool(said["needs_close_support"])}),
            consents=[
                ConsentEntry(kind, given == "yes", today()) for kind, given in consents.items() if given
            ],
            answers={**answers, **_beside(recurrent, at_discretion)},
            all_clear=all_clear,
            clear=clear,
        )
        command(*args, entered=entered, **kwargs)

    with_options = with_all
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


def _beside(recurrent: YesNo | None, at_discretion: YesNo | None) -> dict[str, YesNo]:
    said: dict[str, YesNo | None] = {RECURRENT: recurrent, AT_DISCRETION: at_discretion}
    return {name: answer for name, answer in said.items() if answer is not None}


def _as_bool(said: YesNo | None) -> bool | None:
    return None if said is None else said == "yes"
