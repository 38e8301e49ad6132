"""A programme at a glance as text: whose it is, its sessions, its exercises, its sources.

Not for: one session in full (`plan_text`).
"""

from __future__ import annotations

from collections.abc import Iterator

from escape_tui.cli.paragraphs import heading, paragraph
from sessions.pack import Pack


def programme_text(pack: Pack, sessions: int) -> str:
    """A programme at a glance, with the sessions of the form of that many."""
    return "\n".join(_programme(pack, sessions))


def _programme(pack: Pack, sessions: int) -> Iterator[str]:
    yield f"{pack.name}  ({pack.id}, version {pack.version})"
    yield paragraph(pack.notice)
    yield heading("Sessions", f"form of {sessions}")
    for session in pack.schedule(sessions).sessions:
        yield f"{session.number:>3}  {session.title}  ({session.length} min)"
    yield heading("Exercises")
    for exercise in pack.exercises:
        yield f"{exercise.name:<34} {exercise.area:<10} {len(exercise.levels)} levels"
    yield heading("Sources")
    for source in pack.sources:
        yield paragraph(f"{source.name}. {source.publisher}, {source.year}.", lead="- ")
