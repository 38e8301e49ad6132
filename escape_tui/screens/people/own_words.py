"""A person's goals and plans, notes on them, and where they go on to: what is asked for each.

Not for: goals set in the hall, which a session's talk takes.
"""

from __future__ import annotations

from escape_tui.screens.people.person import PersonScreen
from escape_tui.screens.people.words import DESTINATION, GOAL, GOAL_STATE
from escape_tui.screens.pick import Row
from escape_tui.store.acts.notes import edit_note, remove_note, review_goal, set_goal, signpost, write_note
from escape_tui.store.read import goals, notes

_NEW, _WORDS, _AWAY = "new", "words", "away"
_SHORT = 50


async def about_goals(screen: PersonScreen) -> None:
    """Write a goal or plan, or say what became of one that is there."""
    cohort = screen.desk.cohort
    there = {f"{goal.id}": goal for goal in goals(cohort, screen.person)}
    rows = [Row(kind, f"New: {word.lower()}") for kind, word in GOAL.items()]
    rows += [Row(key, _short(goal.text), GOAL_STATE[goal.state]) for key, goal in there.items()]
    chosen = await screen.pick("A goal or plan, in their own words", rows)
    for kind, word in GOAL.items():
        if chosen == kind:
            text = await screen.type_line(f"{word}, in their own words")
            set_goal(cohort, screen.person, kind, text)
            screen.done(f"{word}: kept.")
            return
    goal = there[chosen]
    states = [Row(state, word) for state, word in GOAL_STATE.items()]
    became = await screen.pick(goal.text, [*states, Row(_WORDS, "Put its words right")], at=goal.state)
    for state in GOAL_STATE:
        if became == state:
            review_goal(cohort, goal.id, state)
            screen.done(f"{GOAL[goal.kind]}: {GOAL_STATE[state]}.")
            return
    review_goal(cohort, goal.id, goal.state, await screen.type_line(GOAL[goal.kind], goal.text))
    screen.done(f"{GOAL[goal.kind]}: kept.")


async def about_notes(screen: PersonScreen) -> None:
    """Write a note, or change one that is there."""
    cohort = screen.desk.cohort
    there = {f"{note.id}": note for note in notes(cohort) if note.person == screen.person}
    chosen = _NEW
    if there:
        rows = [Row(_NEW, "A new note"), *(Row(key, _short(note.text)) for key, note in there.items())]
        chosen = await screen.pick("A note, which never leaves this laptop", rows)
    if chosen == _NEW:
        write_note(cohort, await screen.type_line("A note, which never leaves this laptop"), screen.person)
        screen.done("Note: kept.")
        return
    note = there[chosen]
    todo = await screen.pick(note.text, [Row(_WORDS, "Write it anew"), Row(_AWAY, "Take it out")])
    if todo == _AWAY:
        remove_note(cohort, note.id)
        screen.done("The note is taken out.")
        return
    edit_note(cohort, note.id, await screen.type_line("The note", note.text))
    screen.done("Note: kept.")


async def about_going_on(screen: PersonScreen) -> None:
    """Say where they go on to."""
    rows = [Row(code, word) for code, word in DESTINATION.items()]
    now = screen.page.goes_on_to if screen.page else None
    chosen = await screen.pick("Where do they go on to?", rows, at=now)
    for code, word in DESTINATION.items():
        if chosen == code:
            signpost(screen.desk.cohort, screen.person, code)
            screen.done(f"Goes on to: {word}.")


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
