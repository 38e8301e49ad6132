"""`escape person …`.

Not for: lists of people.
"""

from __future__ import annotations

import click

from escape_tui.cli.erase import erase_a_person


@click.group("person")
def persons() -> None:
    """The people of a cohort: erase one."""


persons.add_command(erase_a_person)
