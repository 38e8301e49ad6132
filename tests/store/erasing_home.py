"""A home with a cohort, its backups and a stick, to try erasing and handing over on; plain or encrypted.

Not for: checking anything. Backups are made here as simply as can be.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from escape_tui.cohorts import make_cohort, open_by_code
from escape_tui.store.acts.notes import write_note
from escape_tui.store.backup_files import BACKUPS_FOLDER
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.connect import open_to_copy
from escape_tui.store.copies import remember_place
from escape_tui.store.erasing import Safeguards, finish_erased_cohorts
from escape_tui.store.home_key import CohortKey
from escape_tui.store.key_file import KEYS_NAME
from escape_tui.store.keys import Home, UnlockedHome
from escape_tui.store.opening import make_plain_home, open_home
from sessions.errors import CannotOpen
from tests.killed import dies_at
from tests.store.making import Clock, new_cohort, someone
from tests.unit.home_fixtures import PASSPHRASE, cheap_home

CODE = "K26-1"
NOTE = "Zwanhild walks with Grindelbart"
PLANTED = ("Zwanhild", "Quastenfloss", "1957-03-14", "07700900123", "REF-77", "Grindelbart")


@dataclass
class Site:
    """A home, its stick, and the backups that were made of it."""

    folder: Path
    stick: Path
    made: list[Path] = field(default_factory=list)
    recorded: list[tuple[str, str, date]] = field(default_factory=list)

    @property
    def safeguards(self) -> Safeguards:
        return Safeguards(self.back_up, lambda *one: self.recorded.append(one), lambda: self.stick)

    def home(self) -> Home:
        """The home, opened as every command opens it."""
        home = open_home(self.folder, lambda: PASSPHRASE)
        finish_erased_cohorts(home)
        return home

    def open(self, home: Home | None = None) -> Cohort:
        return open_by_code(home or self.home(), CODE, ACTOR, lambda: None, self.safeguards)

    def back_up(self, cohort: Cohort) -> None:
        """A backup of the cohort as its file lies there, in the home and on the stick."""
        cohort.connection.empty_wal()
        name = f"{len(self.made):03}.db"
        for place in (self.folder / BACKUPS_FOLDER, self.stick):
            if place == self.stick and not place.exists():
                continue
            (place / CODE).mkdir(parents=True, exist_ok=True)
            if place == self.stick:
                remember_place(self.folder, place)
            shutil.copy(self.folder / KEYS_NAME, place / KEYS_NAME)
            shutil.copy(cohort.connection.path, place / CODE / name)
            self.made.append(place / CODE / name)

    def bytes_everywhere(self) -> bytes:
        """Every byte of every file of the home and the stick."""
        files = [one for place in (self.folder, self.stick) for one in place.rglob("*") if one.is_file()]
        return b"\0".join(one.read_bytes() for one in files)


ACTOR = Actor("jk", Clock())
NO_SAFEGUARDS = Safeguards(lambda _: None, lambda *_: None)
MAKERS: dict[str, Callable[[Path], Home]] = {
    "plain": make_plain_home,
    "encrypted": lambda folder: cheap_home(folder)[0],
}


def make_site(root: Path, kind: str) -> tuple[Site, str]:
    """A site whose cohort has two people, an older backup and a copy on the stick; the first person's id."""
    site = Site(root / "home", root / "stick")
    site.stick.mkdir(parents=True)
    home = MAKERS[kind](site.folder)
    with make_cohort(home, new_cohort(), ACTOR) as cohort:
        person = someone(cohort, "REF-77")
        write_note(cohort, NOTE, person)
        someone(cohort, "REF-78", given_name="Other", family_name="Body")
        site.back_up(cohort)
    return site, person


def keys_of(site: Site) -> tuple[bytes | None, ...]:
    """Every key that any file of the home or of the stick gives to whoever has the passphrase."""
    found: list[bytes | None] = []
    for folder in (site.folder, site.folder / BACKUPS_FOLDER, site.stick):
        for name in (KEYS_NAME, f"{KEYS_NAME}.1"):
            if (folder / name).exists():
                found += _keys_in(folder / name, site.folder.with_name("looking"))
    return tuple(found)


def readable(path: Path, keys: tuple[bytes | None, ...]) -> bool:
    """Whether one of the keys opens that file."""
    return any(_opens(path, key) for key in keys)


def people_named(path: Path, key: bytes | None) -> str:
    """All that the file holds, as text: what a thief with its key would see."""
    connection = open_to_copy(path, key)
    try:
        tables = connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        return repr([connection.rows(f"SELECT * FROM {table['name']!s}") for table in tables])  # noqa: S608
    finally:
        connection.close()


def kills(work: Callable[[Site], object], site: Site) -> Iterator[Site]:
    """A copy of the site after each step at which `work` on it was killed and had left something behind."""
    step, seen = 0, _shape(site.folder.parent)
    # In memory where there is such a folder: every step copies the site and syncs it many times.
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as root:
        while True:
            step += 1
            here = Path(root) / str(step)
            shutil.copytree(site.folder.parent, here)
            victim = Site(here / "home", here / "stick")
            _move_memory(victim, site)
            if not dies_at(step, lambda victim=victim: work(victim)):  # type: ignore[misc]
                return
            now = _shape(here)
            if now != seen:
                yield victim
            seen = now
            shutil.rmtree(here)


def _shape(folder: Path) -> list[tuple[str, int]]:
    """Names and sizes: what a step that only opens, closes or syncs a file does not change."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    return sorted((str(one.relative_to(folder)), one.stat().st_size) for one in files)


def _move_memory(victim: Site, site: Site) -> None:
    copies = victim.folder / "copies.json"
    if copies.exists():
        copies.write_text(copies.read_text().replace(str(site.stick), str(victim.stick)))


def _opens(path: Path, key: bytes | None) -> bool:
    try:
        open_to_copy(path, key).close()
    except CannotOpen:
        return False
    return True


def _keys_in(path: Path, looking: Path) -> list[bytes | None]:
    shutil.rmtree(looking, ignore_errors=True)
    looking.mkdir()
    shutil.copy(path, looking / KEYS_NAME)
    home = open_home(looking, lambda: PASSPHRASE)
    if not isinstance(home, UnlockedHome):
        return [None]
    found: list[CohortKey] = []
    for code in home.cohort_ids:
        found.append(home.cohort_key(code))
        if (moving_to := home.next_cohort_key(code)) is not None:
            found.append(moving_to)
    return [key.raw for key in found]
