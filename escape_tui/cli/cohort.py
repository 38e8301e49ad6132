"""`escape cohort …`.

Not for: single people (`person`).
"""

from __future__ import annotations

import click

from escape_tui.cli.erase import erase_a_cohort


@click.group("cohort")
def cohorts() -> None:
    """The cohorts: erase one."""


cohorts.add_command(erase_a_cohort)
