"""The whole evening line by line: each line is one command, and what is due is told in between.

Not for: the commands themselves, nor for opening the cohort, which the caller does.
"""

from __future__ import annotations

from collections.abc import Callable

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain import at_any_time, at_the_door, in_the_circuit, in_the_talk
from escape_tui.guiding.plain.command import Command, Desk
from escape_tui.guiding.plain.in_an_emergency import emergency
from escape_tui.guiding.plain.in_the_circuit import tell_place
from escape_tui.guiding.plain.lines import Lines, StdinLines, say_line
from escape_tui.guiding.plain.talk import Talk
from escape_tui.guiding.plain.words import register_line, status_lines
from escape_tui.recording import today_of
from sessions.dates import day_in_words
from sessions.errors import EscapeError, Refused

GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("The session", at_any_time.COMMANDS),
    ("The register", at_the_door.COMMANDS),
    ("The talk and the measures", in_the_talk.COMMANDS),
    ("The exercise", in_the_circuit.COMMANDS),
)


def guide_plainly(guide: Guide, lines: Lines | None = None, say: Callable[[str], None] = say_line) -> bool:
    """Guide the session by what `lines` gives, by default stdin; tell each line by `say`, by default stdout.

    True where the session is over, False where it was left or broken off by the end of the input or Ctrl-C:
    then it is taken up again by doing the same once more. The caller opens and closes the cohort.
    """
    talk = Talk(guide, lines if lines is not None else StdinLines(), say)
    talk.emergency = emergency
    desk = Desk(guide, talk)
    try:
        _welcome(desk)
        while not desk.over:
            _do(desk, talk.line())
    except (EOFError, KeyboardInterrupt):
        talk.say("Left here.")
    if not guide.keeper.run.ended:
        talk.say("The session is not ended; everything is kept. Do the same again to take it up.")
    return guide.keeper.run.ended


def _welcome(desk: Desk) -> None:
    guide, plan = desk.guide, desk.guide.plan
    desk.talk.say(
        f"Session {guide.number} of {plan.sessions}: {plan.title}. {day_in_words(today_of(guide.cohort))}."
    )
    desk.talk.say(*(register_line(row) for row in guide.register.rows))
    state = guide.state()
    if not state.started:
        desk.talk.say("Type begin to begin, help for all commands, emergency at any time.")
    else:
        desk.talk.say("Taken up where it is.", *status_lines(guide))


def _do(desk: Desk, typed: str) -> None:
    word, *rest = typed.split() or ["status"]
    try:
        if word.casefold() in {"help", "?"}:
            desk.talk.say(*_help(rest[0].casefold() if rest else ""))
        elif word.isdecimal():
            _tell_person(desk, word)
        else:
            _command(word.casefold()).do(desk, tuple(rest))
    except EscapeError as error:
        desk.talk.say(f"Not done: {error.wrong} {error.remedy}")


def _command(word: str) -> Command:
    every = [command for _, commands in GROUPS for command in commands]
    exact = [command for command in every if word == command.name or word in command.letters]
    found = exact or [command for command in every if len(word) > 1 and command.name.startswith(word)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused("There is no such command.", "Type help for all of them.")
    raise Refused("More than one command begins so.", f"{', '.join(command.name for command in found)}.")


def _help(word: str) -> list[str]:
    if word:
        return [_command(word).help]
    said = []
    for title, commands in GROUPS:
        said += [f"{title}:", *(command.help for command in commands)]
    return [*said, "A number alone: that person. An empty line: where the session stands."]


def _tell_person(desk: Desk, number: str) -> None:
    row = desk.talk.person(number)
    desk.talk.say(register_line(row))
    if any(place.person == row.person.id for place in desk.guide.places()):
        tell_place(desk, row.person.id)
