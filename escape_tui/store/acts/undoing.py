"""Undo: the last act, or the last batch as one, is taken back by an act of its own.

Not for: what must not be taken back: signing, erasing, handing over, feedback, and the events of a run, which
are facts.
"""

from __future__ import annotations

import json

from escape_tui.store.act import Act, Changed
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Row, whole
from escape_tui.store.shapes import SHAPES
from sessions.errors import Refused


def last_step(cohort: Cohort) -> int:
    """The last step that can be taken back, 0 where there is none: what `undo` may be told to stop at."""
    return whole(cohort.connection.value("SELECT coalesce(max(step), 0) FROM undo"))


def undo(cohort: Cohort, *, back_to: int = 0) -> Changed:
    """Take back the last act that can be, whoever made it; again, the one before; up to 50.

    Steps up to `back_to` stay: a screen takes back only what was done on it.

    `Refused` where nothing is left to take back, and where a later act that stays has changed the same rows.
    """
    with cohort.act("undo", undoable=False) as act:
        taken = act.rows(
            "SELECT audit, images FROM undo WHERE step = (SELECT max(step) FROM undo) AND step > ?"
            " ORDER BY audit DESC",
            back_to,
        )
        if not taken:
            raise Refused("There is nothing to take back.", "Put the entry right instead.")
        try:
            for row in taken:
                for image in reversed(json.loads(str(row["images"]))):
                    _take_back(act, image["table"], image["row"], image["before"], image["after"])
        except Refused:
            raise Refused("A later entry rests on this one.", "Put the entry right instead.") from None
        last, first = whole(taken[0]["audit"]), whole(taken[-1]["audit"])
        act.detail(f"entry {last}" if last == first else f"entries {first} to {last}")
        cohort.connection.run("DELETE FROM undo WHERE step = (SELECT max(step) FROM undo)")
    return act.changed


def _take_back(act: Act, table: str, key: list[str | int], before: Row | None, after: Row | None) -> None:
    hidden = SHAPES[table].hidden
    present = act.row(table, *key)
    shown = None if present is None else {name: present[name] for name in present if name not in hidden}
    if shown != after:
        raise Refused("Another entry has changed this row.", "Put the entry right instead.")
    if before is None:
        act.remove(table, *key)
    else:
        act.put(table, **before)
