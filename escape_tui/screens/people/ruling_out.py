"""What kinds of exercise are not for a person: a list of all, each ruled out or lifted by its key, until Esc.

Not for: sitting out today, which is said in the session.
"""

from __future__ import annotations

from escape_tui.screens.people.person import PersonScreen
from escape_tui.screens.pick import Row
from escape_tui.store.acts.ruling_out import rule_in, rule_out
from escape_tui.store.read import ruled_out
from sessions.exercise import Tag
from sessions.ruled_out import in_words


async def about_ruling_out(screen: PersonScreen) -> None:
    """Rule a kind of exercise out or lift it, one after another."""
    at = None
    while True:
        out = [one.tag for one in ruled_out(screen.desk.cohort, screen.person)]
        rows = [Row(tag.value, in_words([tag]), "ruled out" if tag in out else "") for tag in Tag]
        question = "What is not for them? A number rules it out, or lifts it again. Esc when all is right."
        at = await screen.pick(question, rows, at=at)
        tag = Tag(at)
        (rule_in if tag in out else rule_out)(screen.desk.cohort, screen.person, tag)
        done = "is for them again" if tag in out else "is ruled out for them"
        screen.done(f"{in_words([tag]).capitalize()} {done}.")
