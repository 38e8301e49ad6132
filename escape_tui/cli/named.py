"""A file or folder that is named on the command line.

Not for: looking into it; whether it is there and may be read is found out where it is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class NamedPath(click.Path):
    """A path as it was typed. An empty one is wrong usage: a script's variable that was never set.

    Click's own look at permissions is left out: what may not be read is no wrong usage (2), the machine says
    so (5).
    """

    def __init__(self) -> None:
        super().__init__(readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path of what was typed."""
        if value == "":
            self.fail("It is empty, and names no file or folder.", param, ctx)
        return super().convert(value, param, ctx)
