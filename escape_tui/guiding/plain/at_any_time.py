"""Commands of the clock and of the whole session: on, back, pause, time, undo, the wrap-up, the end.

Not for: what a session's events do (`sessions.run`).
"""

from __future__ import annotations

from escape_tui.guiding.education import Page, pages_now
from escape_tui.guiding.plain.command import Command, Desk, alone, number_in, word_in
from escape_tui.guiding.plain.in_an_emergency import emergency, tell_roll_call, write_incident
from escape_tui.guiding.plain.words import clock_words, page_lines, status_lines, step_words, wrap_up_lines
from escape_tui.guiding.wrap_up import wrap_up
from sessions.errors import Refused
from sessions.run import MOST_ADDED
from sessions.run_events import (
    Answered,
    FinishWhenReady,
    JumpedToStep,
    Paused,
    Released,
    Resumed,
    TimeAdded,
    TimesChanged,
    WentBack,
    WentOn,
)
from sessions.run_steps import LIMITS, Kind, Phase

_A_LITTLE = 30
_OVER, _NOT_OVER, _EARLY = "end it", "not yet: put something right", "end it early, and say why"


def begin(desk: Desk) -> None:
    """Begin the session."""
    if desk.guide.state().started:
        raise Refused("The session has begun already.", "Type status for where it is.")
    desk.guide.start()


def go_on(desk: Desk) -> None:
    """On: to the next page, after the last page to the next step. It begins a session that has not begun."""
    if not desk.guide.state().started:
        desk.guide.start()
        return
    pages = _pages(desk)
    if desk.page + 1 < len(pages):
        _show(desk, pages, desk.page + 1)
    else:
        skip(desk)


def skip(desk: Desk) -> None:
    """On to the next step at once."""
    _must_run(desk)
    desk.page = 0
    if desk.guide.state().next_step is None:
        raise Refused("This is the last part.", "Type end when the session is over.")
    desk.guide.tell(WentOn(desk.guide.keeper.now()))


def go_back(desk: Desk) -> None:
    """Back: to the page before, from the first page to the step before."""
    pages = _pages(desk)
    if 0 < desk.page < len(pages):
        _show(desk, pages, desk.page - 1)
        return
    _must_run(desk)
    desk.page = 0
    desk.guide.tell(WentBack(desk.guide.keeper.now()))


def jump(desk: Desk) -> None:
    """Jump to the beginning of a phase."""
    _must_run(desk)
    steps = desk.guide.keeper.run.steps
    first = [
        place
        for place, step in enumerate(steps)
        if place == 0 or steps[place - 1].phase is not step.phase or step.kind is Kind.TALK
    ]
    chosen = desk.talk.choose("Where to?", [step_words(steps[place], steps) for place in first])
    if chosen is not None:
        desk.page = 0
        desk.guide.tell(JumpedToStep(desk.guide.keeper.now(), first[chosen]))


def pause(desk: Desk) -> None:
    """Let the clock stand, or go on where it stands."""
    state, now = desk.guide.state(), desk.guide.keeper.now()
    if not state.started or state.ended:
        raise Refused("No clock runs.", "Type begin to begin the session.")
    desk.guide.tell(Resumed(now) if state.paused else Paused(now))


def more(desk: Desk, words: tuple[str, ...]) -> None:
    """More time for this step: 30 seconds, or as many as said."""
    _add(desk, words, 1)


def less(desk: Desk, words: tuple[str, ...]) -> None:
    """Less time for this step."""
    _add(desk, words, -1)


def ready(desk: Desk) -> None:
    """Let this step wait at its end until somebody goes on, or no longer."""
    _must_run(desk)
    on = not desk.guide.state().finish_when_ready
    state = desk.guide.tell(FinishWhenReady(desk.guide.keeper.now(), on))
    waits = state.finish_when_ready
    desk.talk.say("It waits at the end for next." if waits else "It goes on by itself, as it did.")


def seconds(desk: Desk, words: tuple[str, ...]) -> None:
    """Give every part of one kind in the circuit another time for good."""
    _must_run(desk)
    kinds = {kind.value: kind for kind in LIMITS}
    kind = kinds.get(word_in(words, 0))
    if kind is None:
        raise Refused(f"That is none of: {', '.join(kinds)}.", "Such as: seconds change 45.")
    least, most = LIMITS[kind]
    wanted = number_in(words, 1, "The number of seconds", most)
    if wanted < least:
        raise Refused(f"The least for this is {least} seconds.", "Give more.")
    desk.guide.tell(TimesChanged(desk.guide.keeper.now(), kind, wanted))
    desk.talk.say(f"From now on {kind.value} takes {wanted} seconds.")


def counts(desk: Desk) -> None:
    """The time that nobody watched has gone by for the group too."""
    _answer(desk, time_counts=True)


def stood(desk: Desk) -> None:
    """The group waited: go on from where the session was."""
    _answer(desk, time_counts=False)


def release(desk: Desk) -> None:
    """Let the clocks go on after an emergency that was left."""
    if not desk.guide.state().held:
        raise Refused("Nothing is held.", "Type pause to let the clock stand.")
    desk.guide.tell(Released(desk.guide.keeper.now()))


def status(desk: Desk) -> None:
    """Where the session stands."""
    desk.talk.say(*status_lines(desk.guide))


def page(desk: Desk) -> None:
    """Tell the present page of the talk again."""
    pages = _pages(desk)
    if not pages:
        raise Refused("There is no talk now.", "Type status for where the session is.")
    _show(desk, pages, min(desk.page, len(pages) - 1))


def take_back(desk: Desk) -> None:
    """Take the last entry back."""
    desk.talk.tell(desk.guide.undo())


def wrap(desk: Desk) -> None:
    """Tell the wrap-up as it stands."""
    desk.talk.say(*wrap_up_lines(wrap_up(desk.guide)))


def incident(desk: Desk, words: tuple[str, ...]) -> None:
    """Write an incident down."""
    write_incident(desk.talk, words[0] if words else None)


def roll(desk: Desk) -> None:
    """The roll call alone, for a fire alarm."""
    tell_roll_call(desk.talk)


def sound_emergency(desk: Desk) -> None:
    """An emergency."""
    emergency(desk.talk)


def end(desk: Desk) -> None:
    """End the session, or say why it ends early; what is missing is told first."""
    guide, state = desk.guide, desk.guide.state()
    if not state.started:
        raise Refused("The session has not begun.", "Type quit to leave; marks are kept.")
    if not state.ended:
        desk.talk.say(*wrap_up_lines(wrap_up(guide)))
        early = state.step.phase is not Phase.CLOSING
        answers = [_OVER, _NOT_OVER, *([_EARLY] if early else [])]
        chosen = desk.talk.choose("Is it over?", answers)
        if chosen is None or answers[chosen] == _NOT_OVER:
            return
        if answers[chosen] == _EARLY:
            guide.cut_short(desk.talk.line("Why does it end early?", text=True))
        else:
            guide.end()
    desk.talk.say("The session is over. Everything is kept.")
    desk.over = True


def leave(desk: Desk) -> None:
    """Leave without ending: it is taken up where it is."""
    desk.over = True


def _pages(desk: Desk) -> tuple[Page, ...]:
    in_talk = desk.guide.state().step.phase is not Phase.CLOSING
    return pages_now(desk.guide) if in_talk else ()


def _show(desk: Desk, pages: tuple[Page, ...], place: int) -> None:
    desk.page = place
    desk.talk.say(*page_lines(pages[place], place + 1, len(pages)))


def _add(desk: Desk, words: tuple[str, ...], sign: int) -> None:
    _must_run(desk)
    wanted = number_in(words, 0, "The number of seconds", MOST_ADDED) if words else _A_LITTLE
    state = desk.guide.tell(TimeAdded(desk.guide.keeper.now(), sign * wanted))
    desk.talk.say(f"{clock_words(state)}.")


def _answer(desk: Desk, *, time_counts: bool) -> None:
    if desk.guide.state().asking is None:
        raise Refused("Nothing is asked.", "Type status for where the session is.")
    desk.guide.tell(Answered(desk.guide.keeper.now(), time_counts))
    desk.talk.say(*status_lines(desk.guide))


def _must_run(desk: Desk) -> None:
    """`Refused` where an event would change nothing, so that nobody is told it did."""
    state = desk.guide.state()
    if not state.started or state.ended:
        raise Refused("The session does not run.", "Type begin to begin it.")
    if state.held:
        raise Refused("Everything is held.", "Type release when the emergency is over.")
    if state.asking is not None:
        raise Refused("Nobody watched for a while.", "Type counts or stood first.")


COMMANDS: tuple[Command, ...] = (
    Command("begin", "begin the session", alone(begin)),
    Command("next", "on: to the next page, then to the next step", alone(go_on), "n"),
    Command("back", "back: to the page before, then to the step before", alone(go_back), "b"),
    Command("skip", "to the next step at once", alone(skip)),
    Command("jump", "to another part; they follow to choose from", alone(jump)),
    Command("page", "the present page of the talk again", alone(page)),
    Command("pause", "the clock stands; again, and it goes on", alone(pause), "t"),
    Command("more 60", "more time for this step, 30 seconds without a number", more, "m"),
    Command("less 60", "less time for this step", less, "l"),
    Command("ready", "this step waits at its end for next; again, and it does not", alone(ready)),
    Command("seconds change 45", "another time for ready, work, change or rest, for good", seconds),
    Command("counts", "after a time nobody watched: the group went on meanwhile", alone(counts)),
    Command("stood", "after a time nobody watched: the group waited", alone(stood)),
    Command("status", "where the session stands", alone(status), "s"),
    Command("undo", "take the last entry back", alone(take_back), "z"),
    Command("wrap", "what was done, what is missing, what is next", alone(wrap)),
    Command("incident 3", "write down what happened, to one person or to nobody", incident),
    Command("roll", "roll call, as for a fire alarm", alone(roll)),
    Command(
        "emergency",
        "the clocks hold; address, contacts, roll call; at any question too",
        alone(sound_emergency),
        "e",
    ),
    Command("release", "let the clocks go on after an emergency", alone(release)),
    Command("end", "end the session; what is missing is told first", alone(end), "x"),
    Command("quit", "leave without ending: it is taken up where it is", alone(leave), "q"),
)
