"""Where a home lies: the folder of settings, cohorts, keys, backups and outbox.

Not for: opening what is in it (`store`).
"""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "ESCAPE_HOME"


def home_folder(named: Path | None) -> Path:
    """The folder of the home: the one named, else that of `ESCAPE_HOME`, else the user's data folder.

    Nothing is made; the folder may not be there yet.
    """
    if named is not None:
        return named.expanduser().absolute()
    if chosen := os.environ.get(HOME_VARIABLE):
        return Path(chosen).expanduser().absolute()
    # Imported here: most commands are told their home, and `--help` needs none.
    from platformdirs import user_data_path

    return user_data_path("escape-tui", appauthor=False)
