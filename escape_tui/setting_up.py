"""Setting up a home: the settings of its site, then its keys; only then is it a home.

Not for: asking for what it needs; the command line and the screens do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from escape_tui.settings import SETTINGS_NAME, Site, load_settings, settings_text
from escape_tui.store.files import write_durably
from escape_tui.store.home_key import KeepRecoveryKey
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_folder, make_home, make_plain_home, refuse_where_a_home_is
from escape_tui.store.passphrase import Passphrase
from sessions.errors import Refused


def set_up(
    folder: Path, site: Site, passphrase: Callable[[], Passphrase] | None, keep_recovery_key: KeepRecoveryKey
) -> Home:
    """Set up a home of `site` in `folder` and open it; without `passphrase` it is plain.

    `Refused` where a home is there, or the settings of another site; nothing is changed then. A set-up that
    was broken off is taken up by doing it again. `OSError` where the machine cannot write.
    """
    refuse_where_a_home_is(folder)
    settings_are_there = _are_there(folder, site)
    chosen = None if passphrase is None else passphrase()
    if not settings_are_there:
        make_folder(folder)
        write_durably(folder / SETTINGS_NAME, settings_text(site).encode("utf-8"))
    return make_plain_home(folder) if chosen is None else make_home(folder, chosen, keep_recovery_key)


def _are_there(folder: Path, site: Site) -> bool:
    """Whether the settings of `site` are in `folder` already; `Refused` where they are another site's."""
    if not (folder / SETTINGS_NAME).exists():
        return False
    there = load_settings(folder).site
    if (there.code, there.name) != (site.code, site.name) or site.provider not in {"", there.provider}:
        raise Refused(
            f"The {SETTINGS_NAME} in that folder is of another site.",
            "Move it away, give the site that it names, or name another folder with --home.",
        )
    return True
