"""`escape practice`: a cohort of invented people to try everything with, and the app opened on it.

Not for: making the cohort (`escape_tui.practice`).
"""

from __future__ import annotations

import click

from escape_tui.cli.context import settled
from escape_tui.cli.dates import today
from escape_tui.cli.output import aside
from escape_tui.packs import open_pack
from escape_tui.practice.app import open_the_app
from escape_tui.practice.home import practice_folder, practice_home
from escape_tui.practice.making import FIRST_SEED, Asked, make_practice_cohort
from escape_tui.practice.pace import PacedClock
from escape_tui.practice.resuming import session_to_resume
from sessions.clock import SystemClock
from sessions.pack import Delivery
from sessions.records import DeliveryForm


@click.command("practice")
@click.option(
    "--programme", "pack", metavar="P", default="knees-hips", show_default=True, help="Which programme."
)
@click.option("--people", type=click.INT, default=10, show_default=True, help="How many are in the group.")
@click.option(
    "--sessions", type=click.Choice(["12", "10"]), default="12", show_default=True, help="Which form."
)
@click.option(
    "--delivery",
    type=click.Choice([delivery.value for delivery in Delivery]),
    default=Delivery.IN_PERSON.value,
    show_default=True,
    help="How it reaches people.",
)
@click.option("--at", type=click.INT, help="The session that is today. Else one in the middle.")
@click.option(
    "--seed", type=click.INT, default=FIRST_SEED, show_default=True, help="Another number, another group."
)
@click.option(
    "--pace", type=click.FLOAT, default=1, show_default=True, help="How many times faster the clock runs."
)
@click.option(
    "--resume",
    is_flag=True,
    help="Take up the last practice cohort as it is; of the other options only --pace holds.",
)
def practice(
    pack: str,
    people: int,
    sessions: str,
    delivery: DeliveryForm,
    at: int | None,
    seed: int,
    pace: float,
    resume: bool,
) -> None:
    """Practise with invented people. Nothing is set up before, and no real cohort is touched."""
    clock = PacedClock(SystemClock(), pace)
    folder = settled().folder
    if resume:
        home = practice_home(folder)
        session = session_to_resume(home)
    else:
        asked = Asked(pack=pack, people=people, sessions=int(sessions), delivery=delivery, at=at, seed=seed)
        # What cannot be asked is refused before there is a folder.
        open_pack(practice_folder(folder), asked.pack)
        home = practice_home(folder)
        session = make_practice_cohort(home, asked, today())
    aside(f"Practice: everyone here is invented. It lies in {home.folder}.")
    open_the_app(home, session, clock)
