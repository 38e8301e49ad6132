"""The files that somebody may mean by what they have typed of a path so far.

Not for: reading any of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

LISTS: Final = (".csv", ".txt", ".tsv")
"""How the names of lists end."""
MOST: Final = 200


def files_near(typed: str) -> tuple[Path, ...]:
    """Folders and lists whose path begins with what is typed, folders first; none where it cannot be read.

    `~` is the user's own folder. Hidden ones are there only where a dot is typed.
    """
    try:
        path = Path(typed or "~").expanduser()
        folder, begins = (path, "") if typed.endswith(("/", "\\")) or not typed else (path.parent, path.name)
        found = [one for one in folder.iterdir() if _fits(one, begins)]
    except (OSError, RuntimeError, ValueError):  # no such folder, no permission, no home, a NUL
        return ()
    found.sort(key=lambda one: (not one.is_dir(), one.name.casefold()))
    return tuple(found[:MOST])


def _fits(path: Path, begins: str) -> bool:
    if not path.name.casefold().startswith(begins.casefold()):
        return False
    if path.name.startswith(".") and not begins.startswith("."):
        return False
    return path.is_dir() or path.suffix.casefold() in LISTS
