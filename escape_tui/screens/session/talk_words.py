"""What stands on the talk pane: a page as blocks, its heading, and the foot with themes, goals and notes.

Not for: acting on any of it (`talk`). A person's text is data, never markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from escape_tui.guiding.education import (
    THEME_WORDS,
    Page,
    Point,
    notes_of_today,
    open_goals,
    themes_covered,
    themes_planned,
)
from escape_tui.guiding.guide import Guide
from escape_tui.screens.text import plain, said
from sessions.run_steps import Phase
from widgets.page_view import Block, Bullet, Heading, Paragraph


def blocks_of(page: Page) -> tuple[Block, ...]:
    """A page of the talk as blocks: what is said aloud large, what is for the facilitator alone marked so."""
    return (Heading(page.heading), *(block for point in page.points for block in _blocks(page, point)))


def heading(page: Page | None, at: int, of: int, guide: Guide) -> Content:
    """The topic, which page of it this is, and its minutes."""
    if page is None:
        return plain("This session has no talk.")
    minutes = f" · about {page.minutes} min" if page.minutes else ""
    alone = guide.on_duty and all(one.scope == "exercise" for one in guide.on_duty)
    return said(
        "Part $at of $of$minutes · [bold $primary]$title[/][bold $warning]$warn[/]",
        title=page.title,
        at=str(at + 1),
        of=str(of),
        minutes=minutes,
        warn="  ! Those on duty lead the exercise only." if alone else "",
    )


def foot(guide: Guide) -> Iterator[Content]:
    """What is covered and written down; whose goals there are, not the goals: the group may look on."""
    whose = {goal.person for goal in open_goals(guide)} if guide.state().step.phase is Phase.REVIEW else ()
    numbers = " ".join(str(one.number) for one in guide.people if one.id in whose)
    if numbers:
        yield said(
            "Goals to come back to: [bold $accent]$numbers[/] (a number shows theirs)", numbers=numbers
        )
    covered, planned = themes_covered(guide), themes_planned(guide)
    shown = [*planned, *(theme for theme in covered if theme not in planned)]
    ticks = "  ".join(f"{'✓' if theme in covered else '□'} {THEME_WORDS[theme]}" for theme in shown)
    notes = len(notes_of_today(guide))
    yield plain(f"Themes: {ticks or 'none planned'}" + (f"   Notes: {notes}" if notes else ""))


def _blocks(page: Page, point: Point) -> Iterator[Block]:
    if not point.spoken:
        yield Paragraph(f"For you - {point.label}: {point.text}" if point.label else f"For you: {point.text}")
    elif page.kind == "worries":
        yield Paragraph(f"“{point.label}”")
        yield Bullet(point.text)
    elif point.label:
        yield Bullet(f"{point.label}: {point.text}")
    elif len(page.points) > 1:
        yield Bullet(point.text)
    else:
        yield Paragraph(point.text)
