"""The board as a plain text file that somebody names, to be printed.

Not for: what stands in it (`entry.board`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.measures.ask_words import AskWords
from sessions.errors import MachineFailed, Refused


def ask_where(screen: EscapeScreen[Any], text: str) -> None:
    """Ask for a file and write `text` into it."""
    question = (
        "Into which file? It holds names, unlocked: print it and delete it. "
        "Give a full path, as /media/stick/board.txt; it must be new."
    )
    ask = AskWords(question, judge=lambda said: write_new(said, text))
    screen.app.push_screen(ask, lambda said: screen.echo(f"Written: {said.strip()}") if said else None)


def write_new(named: str, text: str) -> None:
    """Write `text` into a new file for its owner alone. `Refused` for no full path, or one that is there."""
    path = Path(named.strip()).expanduser()
    if not path.is_absolute() or not path.parent.is_dir():
        raise Refused("There is no such folder.", "Give the full path, as /media/stick/board.txt.")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused("There is such a file already.", "Give another name.") from None
    except OSError:
        raise MachineFailed("The file cannot be written.", "Choose a folder that you may write to.") from None
