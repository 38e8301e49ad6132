"""What every command is told: where the home lies, and whether errors show where they arose.

Not for: secrets; they are asked for when they are needed and never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from escape_tui.home import home_folder


@dataclass(frozen=True, slots=True)
class Settled:
    """The options given before the command."""

    home: Path | None
    debug: bool

    @property
    def folder(self) -> Path:
        """The folder of the home, whether or not it is there."""
        return home_folder(self.home)


def settled() -> Settled:
    """What was settled before the command that is running."""
    found = click.get_current_context().find_object(Settled)
    if found is None:
        raise RuntimeError("a command was run outside the program")
    return found
