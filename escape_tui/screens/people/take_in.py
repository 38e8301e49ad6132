"""Taking a referral list in: which file, what would change, then whole or not at all.

Not for: reading or matching the list (`taking_in`); the words of its faults are those of the command line.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from escape_tui.files_near import files_near
from escape_tui.recording import today_of
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.taken_words import fault_lines, preview_lines
from escape_tui.screens.text import lines, plain
from escape_tui.store.imports.table import MOST_BYTES
from escape_tui.taking_in import TakenIn, take_in
from sessions.errors import EscapeError, MachineFailed
from sessions.faults import FaultyFiles


class TakeInScreen(AskingScreen[None], inherit_bindings=False):
    """First the file is chosen, then what it came to is shown; nothing is changed before Ctrl+S."""

    HELP = (
        "Type the path of a list that was saved as CSV, or go down into the files below with the arrows and "
        "press Enter. What it would change is shown first; Ctrl+S takes it in, as one step that u takes "
        "back. A list with a fault is not taken at all: each fault is named with its line and column."
    )
    CSS_PATH = "take_in.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take_in", "Take it in"),
        Binding("tab,down", "app.focus_next", "Path or files", key_display="↑↓"),
        Binding("shift+tab,up", "app.focus_previous", "Path or files", show=False),
        Binding("escape", "back", "Back"),
        Binding("f1", "help", "Help", id=f"{COMMON}help"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self) -> None:
        super().__init__()
        self._file: Path | None = None
        self._data = b""
        self._near: tuple[Path, ...] = ()
        self.preview: TakenIn | None = None
        """What the list came to, where it can be taken in."""

    def compose_body(self) -> ComposeResult:
        """The path, the files, what it came to."""
        yield Static("Which list? Its path, or one of the files below:", id="asked")
        yield Input(f"{Path.home()}/", select_on_focus=False)
        yield OptionList()
        with VerticalScroll(id="came-to"):
            yield Static(id="lines")

    def on_mount(self) -> None:
        """Begin with the files near."""
        self.query_exactly_one("#came-to").display = False
        self._list_files()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Taking in is there once the list was looked at and can be taken."""
        if action == "take_in":
            return self.preview is not None
        return super().check_action(action, parameters)

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Show the files that may be meant."""
        changed.stop()
        self._forget()
        self._list_files()

    def on_input_submitted(self, entered: Input.Submitted) -> None:
        """Look at the file, or into the folder."""
        entered.stop()
        self._take_path(Path(entered.value.strip()).expanduser())

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Look at the file that was chosen, or into the folder."""
        chosen.stop()
        self._take_path(self._near[chosen.option_index])

    def action_take_in(self) -> None:
        """Take in what was shown."""
        if self.preview is None or self._file is None:
            return
        cohort = self.desk.cohort
        taken = take_in(cohort, self._data, self._file.name, today_of(cohort))
        self.dismiss(None)
        counted = ", ".join(f"{taken.count(one)} {one}" for one in ("enrolled", "changed", "unchanged"))
        self.app.call_later(self.ours.echo, f"The list is taken in: {counted}.", undo=True)

    def action_back(self) -> None:
        """Choose another file, or go back."""
        if self._file is None:
            self.dismiss(None)
            return
        self._forget()
        self.query_exactly_one(Input).focus()

    def _take_path(self, path: Path) -> None:
        field = self.query_exactly_one(Input)
        if path.is_dir():
            field.value = f"{path}/"
            field.cursor_position = len(field.value)
            field.focus()
            return
        with self.trying():
            self._look_at(path)

    def _look_at(self, path: Path) -> None:
        """Try it: what it would come to, or its faults. Nothing is changed."""
        self._data = _bytes_of(path)
        self._file = path
        cohort = self.desk.cohort
        try:
            self.preview = take_in(cohort, self._data, path.name, today_of(cohort), dry_run=True)
        except FaultyFiles as faulty:
            self._show(fault_lines(faulty))
        except EscapeError:
            self._forget()
            raise
        else:
            self._show(preview_lines(self.preview, path.name))
        self.refresh_bindings()

    def _show(self, rows: Iterable[Content]) -> None:
        self.query_exactly_one("#lines", Static).update(lines(rows))
        came_to = self.query_exactly_one("#came-to", VerticalScroll)
        came_to.display = True
        self.query_exactly_one(OptionList).display = False
        came_to.scroll_home(animate=False)
        came_to.focus()

    def _forget(self) -> None:
        self._file, self._data, self.preview = None, b"", None
        self.query_exactly_one("#came-to").display = False
        self.query_exactly_one(OptionList).display = True
        self.refresh_bindings()

    def _list_files(self) -> None:
        self._near = files_near(self.query_exactly_one(Input).value)
        shown = self.query_exactly_one(OptionList)
        shown.clear_options()
        shown.add_options(
            [Option(plain(f"{path.name}/" if path.is_dir() else path.name)) for path in self._near]
        )
        shown.highlighted = 0 if self._near else None


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, ValueError):
        raise MachineFailed(
            "This file cannot be read.", "Look whether it is there, and whether you may open it."
        ) from None
