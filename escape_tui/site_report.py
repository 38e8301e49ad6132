"""The site's own report on a cohort: read from the store and written to a file that stays at the site.

Not for: the report in a return (`signing`), nor for what stands on its pages (`exports.report`).
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from escape_tui import __version__
from escape_tui.guiding.names import names_of
from escape_tui.returning import held_of
from escape_tui.settings import Settings
from escape_tui.store import read
from escape_tui.store.cohort import Cohort
from escape_tui.store.files import write_durably
from exports.report.site import Called, site_report_pdf
from sessions.errors import Refused


def write_site_report(cohort: Cohort, settings: Settings, home: Path, out: Path) -> int:
    """Write the report to `out`, readable by its owner alone; gives the number of people in it.

    Killed at any step, there is no file or a whole one. `Refused` where there is a file of that name, no such
    folder, or the file would lie in the home, whose outbox is sent.
    """
    _refuse_unfit(home, out)
    held = held_of(cohort, settings)
    names = names_of(held.people, read.identities(cohort), settings.names.desk)
    called = [Called(person.id, names.of(person.id)) for person in held.people]
    now = cohort.now().astimezone(UTC).replace(microsecond=0)
    write_durably(out, site_report_pdf(held, called, now, __version__))
    return sum(person.erased_on is None and person.data_withdrawn_on is None for person in held.people)


def _refuse_unfit(home: Path, out: Path) -> None:
    if out.exists() or not out.parent.is_dir():
        raise Refused("There is a file of that name already, or no such folder.", "Give --out another name.")
    if out.resolve().is_relative_to(home.resolve()):
        raise Refused("The report must not lie inside the home.", "Name a file in a folder of your own.")
