"""Erasing a person: who they are goes from the file, the pseudonymous record stays.

Not for: older copies of the file. The caller moves the cohort to a new key, with a fresh proven backup.
"""

from __future__ import annotations

from datetime import date

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import day, the_person
from escape_tui.store.cohort import Cohort
from escape_tui.store.shapes import SHAPES


def erase_person(cohort: Cohort, person: str, on: date) -> Changed:
    """Erase identity, contact, notes, goals, what is ruled out, typed sentences, the key of the trail.

    What the trail keeps of those can then be guessed at no more, and nothing before can be undone. Goes on in
    a signed cohort. A second time changes nothing.
    """
    with cohort.act("erase_person", when_signed=True, undoable=False) as act:
        if the_person(act, person)["erased_on"] is None:
            _erase_private(act, person)
            act.put("person", id=person, erased_on=day(on), audit_key=None)
            cohort.connection.run("DELETE FROM reason WHERE person = ?", (person,))
            cohort.connection.run("DELETE FROM draft WHERE person = ?", (person,))
            cohort.connection.run("DELETE FROM undo")
    cohort.connection.empty_wal()
    return act.changed


def _erase_private(act: Act, person: str) -> None:
    for table, shape in SHAPES.items():
        if shape.person is None or not (shape.private or shape.gone_when_erased):
            continue
        for row in act.rows(f"SELECT * FROM {table} WHERE {shape.person} = ?", person):  # noqa: S608
            key = {name: row[name] for name in shape.key}
            if shape.gone_when_erased:
                act.remove(table, *key.values())
            else:
                act.put(table, **key, **dict.fromkeys(shape.private))
