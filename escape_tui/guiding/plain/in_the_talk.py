"""Commands of the discussion and of the measures: themes, notes, goals, papers, the chair stand.

Not for: the acts themselves (`education`, `assessment`, `bench`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from escape_tui.guiding.assessment import (
    Owed,
    check,
    hand_out,
    not_taken,
    owed_today,
    papers_owed,
    take_back,
)
from escape_tui.guiding.bench import Bench, StandTimer, bench, nobody_next, record_stands, refuse_if_flagged
from escape_tui.guiding.education import (
    GOAL_WORDS,
    THEME_WORDS,
    close_goal,
    note_of_group,
    note_of_person,
    open_goals,
    themes_covered,
    tick_theme,
    write_goal,
)
from escape_tui.guiding.plain.command import Command, Desk, alone, number_in, text_in, word_in
from escape_tui.guiding.plain.words import length, named
from sessions.clock import ZERO
from sessions.errors import Refused
from sessions.records import GoalKind, GoalState, MissingReason
from sessions.topic import Theme

_START, _COUNTED = "start the 30 seconds", "enter what another watch has counted"
_PUT_OFF = "somebody else first"
_NEARLY_UP = timedelta(seconds=10)


def themes(desk: Desk) -> None:
    """Tell which themes count as covered, and turn one over."""
    covered = themes_covered(desk.guide)
    everything = (*desk.guide.plan.themes, *(one for one in Theme if one not in desk.guide.plan.themes))
    answers = [f"{THEME_WORDS[one]}: {'covered' if one in covered else 'not covered'}" for one in everything]
    chosen = desk.talk.choose("Themes of this session; choose one to turn it over.", answers)
    if chosen is not None:
        theme = everything[chosen]
        desk.talk.tell(tick_theme(desk.guide, theme, covered=theme not in covered))


def note(desk: Desk, words: tuple[str, ...]) -> None:
    """Write a note of the group, or of one person where a number comes first."""
    if len(words) > 1 and words[0].isdecimal():
        row = desk.talk.person(words[0])
        desk.talk.tell(note_of_person(desk.guide, row.person.id, text_in(words, 1)))
    else:
        desk.talk.tell(note_of_group(desk.guide, text_in(words, 0)))


def goal(desk: Desk, words: tuple[str, ...]) -> None:
    """Write down a goal."""
    _goal(desk, words, "goal")


def plan(desk: Desk, words: tuple[str, ...]) -> None:
    """Write down an action plan."""
    _goal(desk, words, "action_plan")


def cope(desk: Desk, words: tuple[str, ...]) -> None:
    """Write down a coping plan."""
    _goal(desk, words, "coping_plan")


def goals(desk: Desk) -> None:
    """Tell the open goals and plans, and what became of one."""
    opened = open_goals(desk.guide)
    if not opened:
        raise Refused("Nobody has an open goal.", "Type goal 3 and its words for a new one.")
    answers = [
        f"{named(desk.guide.row(one.person).person)}, {GOAL_WORDS[one.kind]}: {one.text}" for one in opened
    ]
    chosen = desk.talk.choose("Which one is settled?", answers)
    if chosen is None:
        return
    states: tuple[GoalState, ...] = tuple(state for state in get_args(GoalState) if state != "open")
    became = desk.talk.choose("What became of it?", [state.replace("_", " ") for state in states])
    if became is not None:
        desk.talk.tell(close_goal(desk.guide, opened[chosen], states[became]))


def owed(desk: Desk) -> None:
    """Tell what everyone here owes today."""
    every = owed_today(desk.guide)
    lines = [f"{named(one.person)}, {one.words}" for one in every]
    desk.talk.say(*(lines or ["Nobody here owes a measure."]))


def give(desk: Desk, words: tuple[str, ...]) -> None:
    """Hand out the papers of everyone here, or of one person."""
    desk.talk.tell(hand_out(desk.guide, _papers(desk, words) if words else papers_owed(desk.guide)))


def back_in(desk: Desk, words: tuple[str, ...]) -> None:
    """Take one person's papers back."""
    for one in _papers(desk, words):
        if one.state == "out":
            desk.talk.tell(take_back(desk.guide, one))


def checked(desk: Desk, words: tuple[str, ...]) -> None:
    """Look through one person's papers, one after another: how many items are blank."""
    for one in _papers(desk, words):
        if one.state == "checked":
            continue
        typed = desk.talk.line(f"{one.name}, {one.items} items: how many are blank? Empty for later.")
        if typed:
            desk.talk.tell(check(desk.guide, one, number_in((typed,), 0, "Blank items", one.items)))


def missing(desk: Desk, words: tuple[str, ...]) -> None:
    """Record why one person's measure is not taken."""
    row = desk.talk.person(word_in(words, 0))
    every = [one for one in owed_today(desk.guide) if one.person.id == row.person.id]
    chosen = desk.talk.choose("Which one is not taken?", [one.name for one in every])
    if chosen is None:
        return
    reasons: tuple[MissingReason, ...] = get_args(MissingReason)
    why = desk.talk.choose("Why?", [reason.replace("_", " ") for reason in reasons])
    if why is not None:
        desk.talk.tell(not_taken(desk.guide, every[chosen], reasons[why]))


def chair_stand(desk: Desk, words: tuple[str, ...]) -> None:
    """Go along the bench: each person thirty seconds, then the number of stands."""
    queue = bench(desk.guide)
    if words:
        person = desk.talk.person(words[0]).person.id
        refuse_if_flagged(desk.guide, person)
        queue = queue.choose(person)
    while queue.next is not None:
        stepped = _at_the_bench(desk, queue, queue.next)
        if stepped is None:
            return
        queue = stepped
    desk.talk.say(nobody_next(desk.guide))


def _at_the_bench(desk: Desk, queue: Bench, owed_by: Owed) -> Bench | None:
    """What the bench looks like after one person; None where it is left."""
    answers = (_START, _COUNTED, _PUT_OFF)
    chosen = desk.talk.choose(f"Chair stand: {named(owed_by.person)}.", answers)
    if chosen is None:
        return None
    if answers[chosen] == _PUT_OFF:
        return queue.put_off()
    if answers[chosen] == _START and not _thirty_seconds(desk):
        return queue
    return bench(desk.guide, queue.later) if _stands(desk, owed_by) else queue


def _thirty_seconds(desk: Desk) -> bool:
    """Time them. False where the count is worth nothing and is done again."""
    clock = desk.guide.keeper
    timer = StandTimer().start(clock.now())
    desk.talk.say("GO. 30 seconds. An empty line breaks it off.")
    ten_said = False
    while not timer.is_over(clock.now()):
        timer = timer.tick(clock.now())
        if desk.talk.look() is not None:
            desk.talk.say("Broken off.")
            return False
        left = timer.remaining(clock.now())
        if not ten_said and ZERO < left <= _NEARLY_UP:
            ten_said = True
            desk.talk.say(f"{length(left)} left.")
    timer = timer.tick(clock.now())
    desk.talk.say("STOP." if not timer.broken else "The laptop slept meanwhile: do it again.")
    return not timer.broken


def _stands(desk: Desk, owed_by: Owed) -> bool:
    """Ask for the number until it is one; False where it is left empty."""
    while typed := desk.talk.line("How many stands? Type arms if the arms were used, empty for later."):
        try:
            arms = typed.casefold() == "arms"
            count = 0 if arms else number_in((typed,), 0, "The number of stands", 999)
            desk.talk.tell(record_stands(desk.guide, owed_by, count, arms=arms))
        except Refused as error:
            desk.talk.say(f"Not done: {error.wrong} {error.remedy}")
        else:
            return True
    return False


def _papers(desk: Desk, words: tuple[str, ...]) -> list[Owed]:
    row = desk.talk.person(word_in(words, 0))
    found = [one for one in papers_owed(desk.guide) if one.person.id == row.person.id]
    if not found:
        raise Refused("This person owes no paper today.", "Type owed for who does.")
    return found


def _goal(desk: Desk, words: tuple[str, ...], kind: GoalKind) -> None:
    row = desk.talk.person(word_in(words, 0))
    desk.talk.tell(write_goal(desk.guide, row.person.id, kind, text_in(words, 1)))


COMMANDS: tuple[Command, ...] = (
    Command("themes", "which themes were covered; to turn one over", alone(themes)),
    Command("note 3 likes the window", "a note on one person, or without a number on the group", note),
    Command("goal 3 walk to the shop", "a goal in the person's own words", goal),
    Command("plan 3 walk on Tuesdays", "an action plan", plan),
    Command("cope 3 rest at noon", "a coping plan", cope),
    Command("goals", "the open goals and plans; what became of one", alone(goals)),
    Command("owed", "which measures people here owe today", alone(owed)),
    Command("give 3", "hand out one person's papers; without a number everyone's", give),
    Command("taken 3", "one person's papers are back", back_in),
    Command("checked 3", "look through one person's papers for blanks", checked),
    Command("missing 3", "why a measure is not taken", missing),
    Command(
        "bench 3", "the chair stand, one person after another; with a number that one first", chair_stand
    ),
)
