"""Commands of the exercise: the log by exception, levels, effort and pain, advice.

Not for: the acts themselves (`circuit_log`, `advising`).
"""

from __future__ import annotations

from escape_tui.guiding.by_exception import stand_ins_for
from escape_tui.guiding.circuit_log import Place
from escape_tui.guiding.plain.command import Command, Desk, alone, each_person, number_in, word_in
from escape_tui.guiding.plain.words import advice_line, board_lines, named, place_lines, stand_in_words
from escape_tui.guiding.strong import told_of_effort, told_of_pain
from escape_tui.guiding.wrap_up import advice_waiting, not_said
from sessions.errors import Refused
from sessions.records import Decision

_HIGHEST_REPS = 999


def where(desk: Desk, words: tuple[str, ...]) -> None:
    """Tell who is at which station now, or all of one person's place."""
    if words:
        tell_place(desk, desk.talk.person(words[0]).person.id)
        return
    at = desk.guide.logging()
    if at is None:
        raise Refused("The circuit has not begun.", "Type status for where the session is.")
    desk.talk.say(*board_lines(desk.guide, at))


def tell_place(desk: Desk, person: str) -> None:
    """Tell one person's place in full."""
    place = desk.guide.place_of(person)
    desk.talk.say(f"{named(desk.guide.row(person).person)}:", *place_lines(desk.guide, place))


def planned(desk: Desk, words: tuple[str, ...]) -> None:
    """Log as planned: everyone in this bout, one station, or all that is not logged so far."""
    places = desk.guide.places()
    if words == ("all",):
        places = desk.guide.came_to()
    elif words:
        number = number_in(words, 0, "A station", len(desk.guide.exercises))
        places = tuple(place for place in places if place.station == number)
    if not places:
        raise Refused("Nobody has exercised there yet.", "Log it when they are at it.")
    desk.talk.tell(desk.guide.log.as_planned(places))


def up(desk: Desk, words: tuple[str, ...]) -> None:
    """One person a level up from now on."""
    _step(desk, words, "up")


def down(desk: Desk, words: tuple[str, ...]) -> None:
    """One person a level down from now on."""
    _step(desk, words, "ease")


def instead(desk: Desk, words: tuple[str, ...]) -> None:
    """One person does another exercise at this station."""
    place = _place(desk, words)
    own = desk.guide.plan.circuit.stations[place.station - 1].exercise
    if not own.stand_ins:
        raise Refused("There is no stand-in for this exercise.", "Do less of it, or sit it out.")
    stand_ins = stand_ins_for(desk.guide, place)
    chosen = desk.talk.choose(
        f"Instead of {own.name}:", [stand_in_words(desk.guide, place.person, one) for one in stand_ins]
    )
    if chosen is not None:
        desk.talk.tell(desk.guide.take_stand_in(place, stand_ins[chosen].id))


def out(desk: Desk, words: tuple[str, ...]) -> None:
    """One person did none of this exercise."""
    place = _place(desk, words)
    desk.guide.log.sat_out(place)
    _tell(desk, place, f"did none of {place.exercise.name}")


def rest(desk: Desk, words: tuple[str, ...]) -> None:
    """People sit out from now on and keep their places."""
    each_person(desk, words, lambda person: desk.talk.tell(desk.guide.sit_out(person, True)))


def join(desk: Desk, words: tuple[str, ...]) -> None:
    """People who sat out take part again."""
    each_person(desk, words, lambda person: desk.talk.tell(desk.guide.sit_out(person, False)))


def reps(desk: Desk, words: tuple[str, ...]) -> None:
    """How many repetitions were seen of one person."""
    place = _place(desk, words)
    number = number_in(words, 1, "The number of repetitions", _HIGHEST_REPS)
    desk.guide.log.reps(place, number)
    _tell(desk, place, f"{place.exercise.name}, {number} times")


def clear(desk: Desk, words: tuple[str, ...]) -> None:
    """Take one person's entry at this exercise out."""
    place = _place(desk, words)
    desk.guide.log.clear(place.person, place.exercise.id)
    _tell(desk, place, f"{place.exercise.name}: the entry is out")


def effort(desk: Desk, words: tuple[str, ...]) -> None:
    """What one person said of the whole circuit: effort, then pain."""
    person = desk.talk.person(word_in(words, 0)).person.id
    _effort(desk, person, words[1:])


def sweep(desk: Desk) -> None:
    """Ask effort and pain of everyone who has not said both."""
    for person in not_said(desk.guide):
        while typed := desk.talk.line(f"{named(person)}: effort and pain, such as 5 2. Empty to pass."):
            try:
                _effort(desk, person.id, tuple(typed.split()))
                break
            except Refused as error:
                desk.talk.say(f"Not done: {error.wrong} {error.remedy}")
    left = len(not_said(desk.guide))
    desk.talk.say(f"{left} still to ask." if left else "Everyone has said effort and pain.")


def advice(desk: Desk) -> None:
    """Tell the advice that waits, numbered."""
    desk.advice = advice_waiting(desk.guide)
    if not desk.advice:
        desk.talk.say("No advice is waiting.")
    desk.talk.say(*(advice_line(desk.guide, one, place) for place, one in enumerate(desk.advice, start=1)))
    if desk.advice:
        desk.talk.say("Type accept and the numbers to take.")


def accept(desk: Desk, words: tuple[str, ...]) -> None:
    """Take advice by its numbers, as they were told last."""
    word_in(words, 0)
    for place in range(len(words)):
        number = number_in(words, place, "The number of an advice", len(desk.advice))
        if number == 0:
            raise Refused("The advice has no number 0.", "Type advice for the list.")
        one = desk.advice[number - 1]
        row = desk.guide.row(one.person)
        steady = one.advice.confirm
        if steady and not desk.talk.yes(f"{named(row.person)}: steady at level {one.level}?"):
            continue
        moved = desk.guide.advising.accept(one, confirmed=steady)
        words_of = f"{one.exercise.name}, level {moved.level} from session {moved.from_session}"
        desk.talk.tell(desk.guide.register.said(one.person, words_of, undo=True))


def _step(desk: Desk, words: tuple[str, ...], direction: Decision) -> None:
    place = _place(desk, words)
    steady = direction == "up" and place.exercise.up_needs_confirming
    if steady and not desk.talk.yes(f"A balance exercise: steady at level {place.level}?"):
        return
    at = desk.guide.logging()
    moved = desk.guide.log.step(place, direction, at.round if at else 1, confirmed=steady)
    _tell(desk, place, f"{place.exercise.name}, level {moved.level} from now on")


def _place(desk: Desk, words: tuple[str, ...]) -> Place:
    return desk.guide.place_of(desk.talk.person(word_in(words, 0)).person.id)


def _tell(desk: Desk, place: Place, words: str) -> None:
    desk.talk.tell(desk.guide.register.said(place.person, words, undo=True))


def _effort(desk: Desk, person: str, words: tuple[str, ...]) -> None:
    hard, hurt = number_in(words, 0, "Effort", 10), number_in(words, 1, "Pain", 10)
    did = desk.guide.came_to(person)
    if not did:
        raise Refused("This person has not been at a station.", "Ask after the circuit has begun.")
    desk.guide.log.effort_and_pain(did, hard, hurt)
    desk.talk.tell(desk.guide.register.said(person, f"effort {hard}, pain {hurt}", undo=True))
    rules, register = desk.guide.pack.advice, desk.guide.register
    for told in (
        told_of_effort(register, rules, person, hard),
        told_of_pain(register, rules, person, hurt),
    ):
        if told.kind == "warn":
            desk.talk.tell(told)


COMMANDS: tuple[Command, ...] = (
    Command("where 3", "who is at which station; with a number that one's exercise and cues", where, "v"),
    Command(
        "planned 2", "as planned: everyone now, one station, or planned all for all so far", planned, "p"
    ),
    Command("up 3", "one person a level up from now on", up, "u"),
    Command("down 3", "one person a level down from now on", down, "d"),
    Command("instead 3", "another exercise at this station; they follow to choose from", instead, "i"),
    Command("out 3", "one person did none of this exercise", out, "o"),
    Command("rest 3", "people sit out from now on and keep their places", rest),
    Command("join 3", "people who sat out take part again", join, "j"),
    Command("reps 3 8", "one person did 8 repetitions", reps, "r"),
    Command("clear 3", "take one person's entry at this exercise out", clear),
    Command("effort 3 5 2", "effort 5 and pain 2 of one person, for the whole circuit", effort, "f"),
    Command("sweep", "ask effort and pain of everyone who has not said both", alone(sweep)),
    Command("advice", "the advice on levels that waits", alone(advice)),
    Command("accept 1 2", "take advice by its numbers", accept),
)
