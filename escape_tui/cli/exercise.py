"""`escape exercise …`: the exercise log of a session kept on paper.

Not for: advice on levels, which a session gives while it runs.
"""

from __future__ import annotations

from pathlib import Path

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.importing import file_argument, import_list
from escape_tui.cli.output import json_option
from escape_tui.lists_in import enter_exercise


@click.group("exercise")
def exercises() -> None:
    """The exercise log."""


@exercises.command("import")
@click.argument("code", metavar="C")
@file_argument
@json_option
@with_access
def import_log(access: Access, code: str, file: Path, as_json: bool) -> None:
    """Import an exercise log: whole, or not at all with every fault named. Levels move as it shows."""
    import_list(access, code, file, enter_exercise, as_json=as_json)
