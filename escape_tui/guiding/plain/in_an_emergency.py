"""What is told and asked in an emergency, and the roll call by itself.

Not for: what it rests on (`guiding.emergency`).
"""

from __future__ import annotations

from typing import get_args

from escape_tui.guiding.emergency import (
    InNeed,
    RollCall,
    everyone_in_need,
    go_on,
    go_on_without,
    help_for,
    hold_everything,
    in_need,
    note_incident,
    roll_call,
)
from escape_tui.guiding.plain.talk import Talk
from escape_tui.store.acts.incidents import IncidentEntry
from sessions.errors import EscapeError
from sessions.records import IncidentAction, IncidentCategory, Severity

_HELP = (
    "A number: that person's contacts. address: the address again. roll: roll call.",
    "gone 3: the group goes on without 3. rest 3: 3 sits out. incident: write down what happened.",
    "on: the clocks go on. stay: leave this, the clocks stay held.",
)


def emergency(talk: Talk) -> None:
    """Hold the clocks, tell what helps, and answer until somebody says that the session goes on."""
    talk.say("EMERGENCY.", *_address(talk))
    talk.tell(hold_everything(talk.guide))
    talk.say("Here:", *(f"{one.number} {one.name}" for one in everyone_in_need(talk.guide)), *_HELP)
    while True:
        word, *rest = talk.line("Emergency:", text=True).casefold().split() or ["?"]
        try:
            if _is_over(talk, word, rest):
                return
        except EscapeError as error:
            talk.say(f"Not done: {error.wrong} {error.remedy}")


def tell_roll_call(talk: Talk) -> None:
    """Go through everyone who has to be found; the clocks run on. An empty line ends it."""
    roll = roll_call(talk.guide)
    talk.say("Roll call. Type the numbers found, a facilitator by the id; a number again takes it back.")
    talk.say(*_roll_lines(roll))
    while typed := talk.line(f"{roll.words} Numbers, or an empty line to leave:"):
        for word in typed.casefold().split():
            roll = roll.tick_number(int(word)) if word.isdecimal() else roll.tick(word)
        talk.say(*_roll_lines(roll))


def write_incident(talk: Talk, number: str | None = None) -> None:
    """Ask what happened, how grave it was, what was done and to whom; anything left out leaves it all."""
    categories: tuple[IncidentCategory, ...] = get_args(IncidentCategory)
    severities: tuple[Severity, ...] = get_args(Severity)
    actions: tuple[IncidentAction, ...] = get_args(IncidentAction)
    what = talk.choose("What happened?", [one.replace("_", " ") for one in categories])
    how = talk.choose("How grave?", severities) if what is not None else None
    done = (
        talk.choose("What was done?", [one.replace("_", " ") for one in actions]) if how is not None else None
    )
    if what is None or how is None or done is None:
        talk.say("No incident was written down.")
        return
    whom = number or talk.line("To whom? A number, empty for nobody.")
    person = talk.person(whom).person.id if whom else None
    note = talk.line("A note, for this laptop alone; may be empty.", text=True)
    entry = IncidentEntry(categories[what], severities[how], actions[done], note or None)
    talk.tell(note_incident(talk.guide, entry, person))


def _is_over(talk: Talk, word: str, rest: list[str]) -> bool:
    if word in {"on", "stay"}:
        _leave(talk, word)
        return True
    number = rest[0] if rest else ""
    if word.isdecimal():
        talk.say(*_in_need_lines(in_need(talk.guide, talk.person(word).person.id)))
    elif word == "address":
        talk.say(*_address(talk))
    elif word == "roll":
        tell_roll_call(talk)
    elif word in {"gone", "rest"}:
        person = talk.person(number).person.id
        talk.tell(go_on_without(talk.guide, person, gone=word == "gone"))
    elif word == "incident":
        write_incident(talk, number or None)
    else:
        talk.say(*_HELP)
    return False


def _leave(talk: Talk, word: str) -> None:
    if word == "on":
        talk.tell(go_on(talk.guide))
    else:
        talk.say("The clocks stay held. Type release when the session goes on.")


def _address(talk: Talk) -> tuple[str, ...]:
    told = help_for(talk.guide.settings.site)
    return ("Ring 999. The address, line by line:", *told.address, f"Defibrillator: {told.defibrillator}")


def _in_need_lines(one: InNeed) -> tuple[str, ...]:
    return (f"{one.number} {one.name}{', over the screen' if one.over_screen else ''}:", *one.lines)


def _roll_lines(roll: RollCall) -> tuple[str, ...]:
    to_find = [f"Not found: {one.number or one.id} {one.name}" for one in roll.missing]
    unsure = [f"No mark, ask who saw them: {one.number} {one.name}" for one in roll.unsure]
    return (*to_find, *unsure) or ("Everyone is found.",)
