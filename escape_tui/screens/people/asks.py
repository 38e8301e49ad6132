"""What the screens of people share: questions one after another, with what is refused said on the screen.

Not for: any one question.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any, ClassVar, TypeVar

from textual import events

from escape_tui.screens.ask import Ask
from escape_tui.screens.base import Dialog, EscapeScreen
from escape_tui.screens.people.typed import TypedLine
from escape_tui.screens.pick import Pick, Row
from escape_tui.store.imports.dates import read_date
from escape_tui.store.read import people
from sessions.errors import EscapeError

Answer = TypeVar("Answer")
ResultT = TypeVar("ResultT")


class Leave(Exception):
    """Somebody pressed Esc: all that was asked before is forgotten, and nothing was changed."""


class AskingScreen(EscapeScreen[ResultT]):
    """A screen of the open cohort whose keys may ask several things before anything is changed.

    It closes where another cohort was opened meanwhile: what it shows, and what was typed on it, is not of
    that one.
    """

    STAYS: ClassVar[bool] = False
    """Whether it shows the other cohort instead."""

    def __init__(self) -> None:
        super().__init__()
        self._code: str | None = None

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Close where another cohort is open now."""
        if self._code is None:
            self._code = self.desk.code if self.ours.is_ready else None
        if not self.STAYS and self._code != self.desk.code:
            event.prevent_default()
            self.dismiss(None)

    def is_gone(self, person: str) -> bool:
        """Whether a person is on the list no more, as after their coming was taken back; it closes then."""
        if person in {one.id for one in people(self.desk.cohort)}:
            return False
        self.dismiss(None)
        return True

    def converse(self, talk: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Hold a conversation of awaited questions; Esc at any of them ends it."""

        async def held() -> None:
            try:
                await talk()
            except Leave:
                return
            except EscapeError as error:
                self.ours.echo_error(error)

        self.run_worker(held(), exclusive=True, group="conversation")

    async def answer_to(self, dialog: Dialog[Answer]) -> Answer:
        """What a dialog ends with; `Leave` where it ends with nothing."""
        answer: Answer | None = await self.app.push_screen_wait(dialog)
        if answer is None:
            raise Leave
        return answer

    async def pick(self, question: str, rows: list[Row], at: str | None = None) -> str:
        """The key of the row that is chosen."""
        return await self.answer_to(Pick(question, rows, at))

    async def type_line(self, question: str, text: str = "") -> str:
        """A line as it is typed."""
        return await self.answer_to(TypedLine(question, text))

    async def type_day(self, question: str) -> date:
        """A day; today's stands there already. `Refused` where what is typed is none."""
        today = f"{self.desk.now().astimezone():%d/%m/%Y}"
        return read_date(await self.answer_to(TypedLine(question, today, over=True)))

    async def confirm(self, question: str, yes: str, no: str = "No") -> None:
        """Go on only where the answer is yes."""
        if not await self.answer_to(Ask(question, yes=yes, no=no)):
            raise Leave
