"""`escape practice`: a cohort of invented people to try everything with, and the app opened on it.

With `--play-through` the programme is lived to its end and a practice return signed, without a terminal.

Not for: making the cohort, or signing (`escape_tui.practice`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from escape_tui.cli.context import settled
from escape_tui.cli.dates import today
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.practice.app import open_the_app
from escape_tui.practice.chance import FIRST_SEED
from escape_tui.practice.home import practice_code, practice_folder, practice_home
from escape_tui.practice.pace import PacedClock
from escape_tui.practice.resuming import session_to_resume
from sessions.clock import SystemClock
from sessions.pack import Delivery
from sessions.records import DeliveryForm

if TYPE_CHECKING:
    from escape_tui.practice.making import Asked
    from escape_tui.store.keys import Home


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
@click.option(
    "--play-through", is_flag=True, help="Live the whole programme and sign a practice return; no terminal."
)
@click.option(
    "--out",
    type=NamedPath(),
    help="With --play-through: the folder for the return. Else one in the practice home.",
)
@json_option
def practice(
    pack: str,
    people: int,
    sessions: str,
    delivery: DeliveryForm,
    at: int | None,
    seed: int,
    pace: float,
    resume: bool,
    play_through: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Practise with invented people. Nothing is set up before, and no real cohort is touched.

    With --json the cohort is made, or looked up, and told; the app is not opened.
    """
    _refuse_what_does_not_go_together(play_through=play_through, others=resume or at is not None, out=out)
    clock = PacedClock(SystemClock(), pace)
    folder = settled().folder
    if resume:
        home = practice_home(folder)
        session = session_to_resume(home)
    else:
        # Here alone: taking the last cohort up needs nothing of what makes one.
        from escape_tui.packs import open_pack
        from escape_tui.practice.making import Asked, make_practice_cohort

        asked = Asked(pack=pack, people=people, sessions=int(sessions), delivery=delivery, at=at, seed=seed)
        # What cannot be asked is refused before there is a folder.
        open_pack(practice_folder(folder), asked.pack)
        home = practice_home(folder)
        if play_through:
            _play_through(home, asked, out, as_json=as_json)
            return
        session = make_practice_cohort(home, asked, today())
    aside(f"Practice: everyone here is invented. It lies in {home.folder}.")
    if as_json:
        answer_json(
            {
                "home": str(home.folder),
                "cohort": practice_code(home),
                "session": session,
                "practice": True,
                "resumed": resume,
            }
        )
    else:
        open_the_app(home, session, clock)


def _refuse_what_does_not_go_together(*, play_through: bool, others: bool, out: Path | None) -> None:
    if play_through and others:
        raise click.UsageError("--play-through lives everything, so --at and --resume say nothing beside it.")
    if out is not None and not play_through:
        raise click.UsageError("--out says where the return of --play-through goes.")


def _play_through(home: Home, asked: Asked, out: Path | None, *, as_json: bool) -> None:
    from escape_tui.practice.returning import played_and_signed

    aside("Practice: the whole programme is lived through with invented people. It takes some seconds.")
    played = played_and_signed(home, asked, today(), out)
    if not as_json:
        click.echo(str(played.file))
        click.echo(str(played.signers))
        return
    lived, counts = played.lived, played.lived.flow
    answer_json(
        {
            "return": str(played.file),
            "signers": str(played.signers),
            "practice": True,
            "cohort": lived.code,
            "programme": lived.programme,
            "delivery": lived.delivery,
            "sessions": lived.sessions,
            "people": {
                "referred": counts.referred,
                "eligible": counts.eligible,
                "enrolled": counts.enrolled,
                "started": counts.started,
                "completed": counts.completed,
                "withdrawn": counts.withdrawn,
            },
            "measures": lived.measures,
            "entries": lived.entries,
            "revision": played.revision,
            "gaps_accepted": played.gaps,
            "tagmanifest_sha256": played.tagmanifest_sha256,
        }
    )
