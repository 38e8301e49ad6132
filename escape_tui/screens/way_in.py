"""The way from a home to Today: unlock it, who is on duty, which cohort, begin a session that was named.

Not for: how each question looks (`unlock`, `duty`, `pick`). What needs no answer is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import CannotOpen, EscapeError

if TYPE_CHECKING:
    from escape_tui.glimpse import Glimpse
    from escape_tui.screens.app import EscapeApp
    from escape_tui.store.keys import Home
    from escape_tui.store.passphrase import Passphrase
    from sessions.clock import Clock


@dataclass(frozen=True, slots=True)
class Begin:
    """What the app is to begin with; `home` is the folder of a home that is to be unlocked, or an open one.

    `by` is who is on duty, as far as the command line said. With a `glimpse` of it, a plain home in a
    folder is opened once the glimpse is seen.
    """

    home: Home | Path
    cohort: str | None = None
    session: int | None = None
    clock: Clock | None = None
    by: str | None = None
    glimpse: Glimpse | None = None


class WayIn:
    """Goes as far as it can without asking, then asks one thing after another."""

    def __init__(self, app: EscapeApp, begin: Begin) -> None:
        self._app = app
        self.begin = begin
        self.is_over = False
        """Whether Today, or what was asked for, is reached."""

    def as_far_as_possible(self) -> None:
        """Go on until something has to be asked; nothing is shown yet."""
        if isinstance(self.begin.home, Path):
            return
        self._on_home(self.begin.home)
        if self._nobody_to_ask():
            self._cohort_is_clear()

    def ask_the_rest(self) -> None:
        """Ask what is left, then show Today; what is shown already is shown first."""
        if self._app.is_ready:
            self._ask_on_home()
        elif self._app.glimpse is not None:
            self._app.screen.call_after_refresh(self._app.load_behind)
        elif isinstance(self.begin.home, Path):
            from escape_tui.screens.unlock import UnlockScreen

            self._app.push_screen(UnlockScreen(self.begin.home), self._unlocked)

    def open_seen(self) -> None:
        """Open the home whose glimpse is seen, and go on as if it had been open. Raises as `home_in`."""
        from escape_tui.desk import home_in

        if isinstance(self.begin.home, Path):
            self.begin = replace(self.begin, home=home_in(self.begin.home, _no_passphrase))
        self.as_far_as_possible()
        self.ask_the_rest()

    def ask_duty(self) -> None:
        """Ask who is on duty, at any time."""
        from escape_tui.screens.duty import DutyScreen

        self._app.push_screen(DutyScreen(), lambda _: self._arrived_again())

    def ask_who_enters(self) -> None:
        """Ask which of those on duty enters."""
        from escape_tui.screens.pick import Pick, Row

        desk = self._app.desk
        rows = [Row(one.id, one.name, one.role) for one in desk.on_duty]
        self._app.push_screen(Pick("Who enters from now on?", rows, at=desk.by), self._enters)

    def ask_cohort(self) -> None:
        """Ask which cohort to work on."""
        from escape_tui.screens.cohorts import cohort_rows
        from escape_tui.screens.pick import Pick

        rows = cohort_rows(self._app.desk)
        self._app.push_screen(Pick("Which cohort?", rows, at=self._app.desk.code), self._cohort_chosen)

    def _on_home(self, home: Home) -> None:
        from escape_tui.desk import Desk

        self._app.take_desk(Desk(home, self.begin.clock))

    def _unlocked(self, home: Home | None) -> None:
        if home is None:
            self._app.exit()
            return
        self._on_home(home)
        self._ask_on_home()

    def _ask_on_home(self) -> None:
        from escape_tui.desk import opened_words

        for words in opened_words(self._app.desk.home):
            self._app.echo(words)
        self._ask_duty()

    def _nobody_to_ask(self) -> bool:
        desk = self._app.desk
        named = [self.begin.by] if self.begin.by else [one.id for one in desk.facilitators]
        if len(named) > 1:
            return False
        desk.go_on_duty(named)
        return True

    def _ask_duty(self) -> None:
        if self._app.desk.on_duty or self._nobody_to_ask():
            self._ask_cohort()
            return
        from escape_tui.screens.duty import DutyScreen

        self._app.push_screen(DutyScreen(), lambda _: self._ask_cohort())

    def _ask_cohort(self) -> None:
        try:
            clear = self._app.desk.is_open or self._cohort_is_clear()
        except EscapeError as error:
            self._app.echo_error(error)
            clear = False
        if clear:
            self._arrive()
        else:
            self.ask_cohort()

    def _cohort_is_clear(self) -> bool:
        """Open the cohort that was named, or the only one; whether nothing is left to choose."""
        codes = self._app.desk.codes
        code = self.begin.cohort or (codes[0] if len(codes) == 1 else None)
        if code is not None:
            self._app.desk.open(code)
        return code is not None or not codes

    def _cohort_chosen(self, code: str | None) -> None:
        if code is not None:
            try:
                self._app.desk.open(code)
            except EscapeError as error:
                self._app.echo_error(error)
        self._arrive()

    def _enters(self, who: str | None) -> None:
        if who is not None:
            self._app.desk.enter_as(who)
            self._arrived_again()

    def _arrive(self) -> None:
        first, self.is_over = not self.is_over, True
        self._arrived_again()
        if first and self.begin.session is not None and self._app.desk.is_open:
            self._app.begin_session(self.begin.session)

    def _arrived_again(self) -> None:
        self._app.refresh_bearings()
        self._app.refresh_bindings()
        self._app.look_again()


def _no_passphrase() -> Passphrase:
    raise CannotOpen("The home has become encrypted just now.", "Start again with `escape`.")
