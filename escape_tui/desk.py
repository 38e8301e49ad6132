"""What the app works on: the open home, who is on duty, the open cohort, its backups, undo.

Not for: drawing anything, nor the acts themselves (`store.acts`); nothing here knows a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from escape_tui.cohorts import cohort_codes, cohort_path, open_by_code
from escape_tui.facilitators import Facilitator, read_facilitators
from escape_tui.guiding.last_seen import LastSeen
from escape_tui.left_undone import finish_left_undone
from escape_tui.settings import Settings, load_settings
from escape_tui.store.acts.undoing import last_step, undo
from escape_tui.store.cohort import NOBODY_NAMED, Actor, Cohort
from escape_tui.store.copies import is_unsettled
from escape_tui.store.keys import Home
from escape_tui.store.opening import open_home
from escape_tui.store.passphrase import Passphrase
from escape_tui.taken_back import TakenBack, next_to_take_back
from escape_tui.today import Today, today_of
from sessions.clock import Clock, SystemClock
from sessions.errors import Refused

if TYPE_CHECKING:
    from escape_tui.backups import BackupClock
    from escape_tui.guiding.guide import Guide
    from escape_tui.store.erasing import Safeguards

Tell = Callable[[str], None]
"""Takes a sentence that a person should hear, such as that a stick is away. Called from any thread."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An open cohort, the last step that undo could take back then, and its backups."""

    cohort: Cohort
    before: int
    backups: BackupClock | None = None


class Desk:
    """One sitting at one home: at most one cohort open at a time, everything else in the words of the job.

    `tell` may be replaced by whoever shows sentences.
    """

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        self.home = home
        self.clock: Clock = clock or SystemClock()
        self.tell: Tell = _to_nobody
        self._on_duty: tuple[Facilitator, ...] = ()
        self._enters: Facilitator | None = None
        self._open: _Open | None = None

    @cached_property
    def settings(self) -> Settings:
        """The settings of the home. Raises as `load_settings`."""
        return load_settings(self.home.folder)

    @cached_property
    def facilitators(self) -> tuple[Facilitator, ...]:
        """Everyone who may be on duty. Raises as `read_facilitators`."""
        return read_facilitators(self.home.folder)

    @property
    def practice(self) -> bool:
        """Whether everything here is practice."""
        return self.home.practice

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the cohorts of this home."""
        return cohort_codes(self.home)

    @property
    def on_duty(self) -> tuple[Facilitator, ...]:
        """Who is on duty, in the order they were named; nobody where the home has no facilitators."""
        return self._on_duty

    @property
    def enters(self) -> Facilitator | None:
        """Who enters: every act is written down as theirs."""
        return self._enters

    @property
    def by(self) -> str:
        """The id that acts are written down under."""
        return NOBODY_NAMED if self._enters is None else self._enters.id

    @property
    def may_lead_education(self) -> bool:
        """Whether somebody on duty may lead more than the exercise; True where the home names nobody."""
        return not self._on_duty or any(one.scope == "all" for one in self._on_duty)

    @property
    def is_open(self) -> bool:
        """Whether a cohort is open."""
        return self._open is not None

    @property
    def cohort(self) -> Cohort:
        """The open cohort. `RuntimeError` where none is, which no screen that needs one lets happen."""
        return self._opened().cohort

    @property
    def code(self) -> str | None:
        """The code of the open cohort."""
        return None if self._open is None else self._open.cohort.code

    def now(self) -> datetime:
        """The present instant in UTC."""
        return self.clock.now().wall

    def go_on_duty(self, ids: Iterable[str]) -> None:
        """Say who is on duty from now on; who enters stays, or is the first of them.

        `Refused` where nobody is named although the home has facilitators, and for an unknown id.
        """
        known = {one.id: one for one in self.facilitators}
        named = tuple(dict.fromkeys(ids))
        if any(one not in known for one in named):
            raise Refused("Nobody of that id is a facilitator here.", "Add them: `escape facilitator add`.")
        if known and not named:
            raise Refused("Nobody is on duty.", "Choose at least one person.")
        self._on_duty = tuple(known[one] for one in named)
        if self._enters not in self._on_duty:
            self._enters = self._on_duty[0] if self._on_duty else None
        self._act_as_named()

    def enter_as(self, facilitator: str) -> None:
        """Say who enters from now on. `Refused` for somebody who is not on duty."""
        chosen = next((one for one in self._on_duty if one.id == facilitator), None)
        if chosen is None:
            raise Refused("They are not on duty.", "Put them on duty first.")
        self._enters = chosen
        self._act_as_named()

    def open(self, code: str) -> None:
        """Open a cohort and close the one that was open, which stays open where this fails.

        Raises as `open_by_code`.
        """
        if code == self.code:
            return
        cohort = open_by_code(
            self.home, code, self._actor(), lambda: self._before_migration(code), self._safeguards(code)
        )
        try:
            opened = _Open(cohort, last_step(cohort))
        except BaseException:
            cohort.close()
            raise
        self.close()
        self._open = opened

    def take_back(self) -> TakenBack:
        """Undo the last act that can be, and say what it was. Raises as `undo`."""
        taken = self.to_take_back()
        undo(self.cohort)
        # A step's number is given again once it was taken back: what comes next is of this sitting.
        opened = self._opened()
        self._open = replace(opened, before=min(opened.before, last_step(opened.cohort)))
        return taken

    def to_take_back(self) -> TakenBack:
        """What the next undo takes back; `Refused` where there is nothing left."""
        opened = self._opened()
        return next_to_take_back(opened.cohort, self.settings.names.desk, opened.before)

    def last_seen(self, session: int) -> LastSeen:
        """Where the last instant at which a session of the open cohort was watched is kept."""
        return LastSeen(cohort_path(self.home, self.cohort.code).with_suffix(".seen"), session)

    def guide(self, session: int) -> Guide:
        """A session of the open cohort, to be guided by those on duty. Raises as `Guide`."""
        from escape_tui.guiding.guide import Evening, Guide

        evening = Evening(self.clock, self.settings, self.on_duty, self.last_seen(session))
        return Guide(self.cohort, session, evening)

    def today(self) -> Today:
        """What Today shows of the open cohort."""
        now = self.now().astimezone()
        return today_of(self.cohort, now, self.settings, lambda session: self.last_seen(session).read())

    def backups(self) -> BackupClock | None:
        """What keeps the open cohort backed up; its `tick` is for one worker thread, at any time."""
        from escape_tui.backups import BackupClock

        opened = self._open
        if opened is not None and opened.backups is None:
            clock = BackupClock(self.home, opened.cohort, self.settings.backup)
            opened = self._open = replace(opened, backups=clock)
        return None if opened is None else opened.backups

    def close(self) -> None:
        """Close the cohort that is open, if any."""
        if self._open is not None:
            self._open.cohort.close()
            self._open = None

    def _opened(self) -> _Open:
        if self._open is None:
            raise RuntimeError("no cohort is open")
        return self._open

    def _actor(self) -> Actor:
        return Actor(by=self.by, clock=self.now)

    def _act_as_named(self) -> None:
        if self._open is not None:
            self._open.cohort.actor = self._actor()

    def _before_migration(self, code: str) -> None:
        from escape_tui.backups import back_up

        back_up(self.home, code, "migration", self.settings.backup, self.now())

    def _safeguards(self, code: str) -> Safeguards | None:
        """What an erasing that was broken off needs to come to its end."""
        if not is_unsettled(self.home, code):
            return None
        from escape_tui.safeguards import safeguards_of

        return safeguards_of(self.home, self._tell)

    def _tell(self, words: str) -> None:
        self.tell(words)


def home_in(folder: Path, passphrase: Callable[[], Passphrase]) -> Home:
    """The home in `folder`, open; what a crash left undone of an erasing or a signing is done.

    Raises as `open_home`.
    """
    home = open_home(folder, passphrase)
    finish_left_undone(home, datetime.now(UTC))
    return home


def opened_words(home: Home) -> tuple[str, ...]:
    """What a person should hear of a home that was just opened."""
    if not home.from_kept_generation:
        return ()
    return (
        "The keys of this home are damaged or gone; those kept before them are used. "
        "Leave, then run `escape doctor`.",
    )


def _to_nobody(words: str) -> None:
    del words
