"""What stands on the wrap-up: facts, a line each, what is missing first with the key that leads to it.

Not for: acting on any of it (`wrap_up`). A person's text is data, never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from textual.content import Content

from escape_tui.guiding.expected import Expected
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import REASON_WORDS, Arrived
from escape_tui.guiding.wrap_up import Missing, MissingKind, WrapUp
from escape_tui.screens.facts import Fact
from escape_tui.screens.session.incident import ACTIONS, CATEGORIES
from escape_tui.screens.text import in_a_row, lines, plain, said
from sessions.dates import day_in_words
from sessions.records import Incident
from sessions.run_steps import Phase

LEADS: Final[dict[MissingKind, tuple[str, str]]] = {
    "unmarked": ("g", "Register"),
    "not_asked": ("g", "Register"),
    "where": ("g", "Register"),
    "unlogged": ("d", "Desk"),
    "not_said": ("s", "Effort"),
    "measure": ("b", "Bench"),
    "no_incident": ("i", "Incident"),
}


def head(guide: Guide) -> Content:
    """Whether the session goes on, and that nothing needs saving."""
    state = guide.state()
    if state.ended:
        return said("[bold $success]■ The session has ended. Everything is saved.[/] Esc leads to Today.")
    if not state.started:
        return said("The session has not begun: Space begins it.")
    return said("[bold]x ends the session.[/] Everything so far is saved.")


def missing_words(missing: Iterable[Missing]) -> list[str]:
    """What is missing, each in a few words; how many people it is of, no names."""
    return [one.words + (f" of {_count(len(one.people))}" if one.people else "") for one in missing]


def facts_of(guide: Guide, page: WrapUp) -> Iterator[Fact]:
    """Every line of the page."""
    yield Fact("Missing", lines(map(_missing, page.missing)) if page.missing else plain("✓ nothing"))
    if page.incidents:
        yield Fact("Incidents", lines(_incident(guide, one) for one in page.incidents))
    for task in page.tasks:
        yield Fact("Until next", said("[bold]$title:[/] $task", title=task.title, task=task.task))
    yield Fact("Next", _next(page))
    yield Fact("Came", plain(f"{len(page.came)} of {len(guide.register.rows)}"))
    if page.away:
        yield Fact("Away", in_a_row(map(_away, page.away), ", "))
    if page.stopped:
        yield Fact("No exercise", _names(row.person for row in page.stopped))
    talk, exercise = page.times.minutes(Phase.EDUCATION), page.exercise_minutes
    yield Fact("Time", plain(f"{talk} min of talk, {exercise} min of exercise"))
    if page.done:
        yield Fact("Done", lines(plain(one.words) for one in page.done))
    if page.advice:
        yield Fact("Advice", plain(f"{len(page.advice)} not taken yet: d, the desk, has them"))
    if page.moved:
        moved = (said("[bold]$who[/] $what", who=_who(one.person), what=one.words) for one in page.moved)
        yield Fact("Levels", lines(moved))


def _count(people: int) -> str:
    return "1 person" if people == 1 else f"{people} people"


def _missing(one: Missing) -> Content:
    key, where = LEADS[one.kind]
    return said(
        "[bold $accent]$key[/] $where: [bold $warning]$what[/] $who",
        key=key,
        where=where,
        what=one.words,
        who=_names(one.people),
    )


def _names(people: Iterable[Expected]) -> Content:
    return in_a_row(
        (said("[bold]$number[/] $name", number=str(one.number), name=one.desk) for one in people), ", "
    )


def _who(one: Expected) -> str:
    return f"{one.number} {one.desk}"


def _away(row: Arrived) -> Content:
    reason = row.mark.reason if row.mark else None
    why = f" ({REASON_WORDS[reason]})" if reason else ""
    return said("[bold]$number[/] $name$why", number=str(row.person.number), name=row.person.desk, why=why)


def _incident(guide: Guide, one: Incident) -> Content:
    who = next((person for person in guide.people if person.id == one.person), None)
    return said(
        "$who$what, $done",
        who=f"{_who(who)}: " if who else "",
        what=CATEGORIES[one.category],
        done=ACTIONS[one.action],
    )


def _next(page: WrapUp) -> Content:
    if page.next is None:
        return plain("this was the last session")
    following = page.next
    return plain(f"session {following.number}, {day_in_words(following.on)}, {following.time}")
