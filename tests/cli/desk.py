"""A desk to try commands at: a plain home with one cohort of two people, on a day that stands still.

Not for: checking anything. The home is plain so that a test may run many commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any, Self

from escape_tui.cohorts import make_cohort, open_by_code
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.opening import make_plain_home, open_home
from tests.cli.homes import Escape
from tests.cli.program import Ran
from tests.store.making import new_cohort, plan, signed, someone
from tests.unit.home_fixtures import PASSPHRASE

CODE = "K26-1"
TODAY = date(2026, 10, 20)
"""In the third week: sessions 1 to 5 are over, 6 (22 October) is the next."""


class Still(datetime):
    """The system's clock, standing on the morning of `TODAY`."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """That morning."""
        return cls(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=tz)


@dataclass(frozen=True, slots=True)
class Desk:
    """Commands on the cohort, and what a test has to reach beside them."""

    escape: Escape
    home: Path
    people: tuple[str, str]
    """The ids of those whose references are `MT-1` and `MT-2`."""

    def run(self, group: str, command: str, *arguments: str | Path) -> Ran:
        """Run a command on the cohort."""
        return self.escape(group, command, CODE, *arguments)

    def done(self, group: str, command: str, *arguments: str | Path) -> Any:
        """Run a command that has to succeed; its JSON document."""
        ran = self.run(group, command, *arguments, "--json")
        assert ran.code == 0, ran.err
        return ran.document

    def entries(self) -> list[Any]:
        """The trail."""
        found: list[Any] = self.done("audit", "list")["entries"]
        return found

    def csv(self, *lines: str, name: str = "list.csv") -> Path:
        """A list of these lines."""
        path = self.home.parent / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    @contextmanager
    def cohort(self) -> Iterator[Cohort]:
        """The cohort itself, open."""
        home = open_home(self.home, lambda: PASSPHRASE)
        with open_by_code(home, CODE, Actor("command line"), before_migration=lambda: None) as cohort:
            yield cohort

    def sign(self) -> None:
        """Leave the marks of a signed return: the cohort is locked."""
        with self.cohort() as cohort:
            record_signoff(cohort, signed(cohort))


def set_up_desk(escape: Escape, folder: Path) -> Desk:
    """Make the home in `folder`, its cohort and its people."""
    new = replace(new_cohort(), plan=replace(plan(), region="GB-ENG"))
    with make_cohort(make_plain_home(folder), new, Actor("command line")) as cohort:
        people = someone(cohort, "MT-1"), someone(cohort, "MT-2")
    return Desk(escape, folder, people)
