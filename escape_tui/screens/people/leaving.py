"""What is asked where a person leaves, withdraws their data, takes part again, or moves to another cohort.

Not for: erasing a person, which is a command of its own.
"""

from __future__ import annotations

from escape_tui.cohorts import listed_cohorts
from escape_tui.entering import Leaving, refuse_to_come, withdraw
from escape_tui.moving import move_to
from escape_tui.recording import today_of
from escape_tui.screens.people.person import PersonScreen
from escape_tui.screens.people.words import LEAVING, short_day
from escape_tui.screens.pick import Row
from escape_tui.store.acts.leaving import return_person, withdraw_data
from escape_tui.store.read import person_of
from sessions.errors import Refused

_LEAVES, _DATA, _BOTH = "leaves", "data", "both"


async def about_leaving(screen: PersonScreen) -> None:
    """Leaving the programme, or withdrawing the data, or both: asked apart, confirmed in full."""
    person = person_of(screen.desk.cohort, screen.person)
    left, signed = person.withdrawn_on is not None, bool(screen.page and screen.page.state == "signed")
    rows = []
    if not left and not signed and person.erased_on is None:
        rows.append(Row(_LEAVES, "Leaves the programme", "what is recorded stays and counts"))
    if person.data_withdrawn_on is None:
        rows.append(Row(_DATA, "Withdraws their data", "in no return from the next one on"))
    if len(rows) > 1:
        rows.append(Row(_BOTH, "Both"))
    if not rows:
        raise Refused("This person has left.", "Their data can be withdrawn, or they take part again.")
    what = await screen.pick("These are two different things. Which of them?", rows)
    if what == _DATA:
        await _withdraw_data(screen)
    else:
        await _leave(screen, data=what == _BOTH)


async def about_returning(screen: PersonScreen) -> None:
    """Record that somebody who left takes part again."""
    cohort = screen.desk.cohort
    went_to = person_of(cohort, screen.person).went_to
    there = f" Their place in cohort {went_to} stays: record there that they left." if went_to else ""
    await screen.confirm(
        f"They take part again, and the day and reason of leaving are taken back.{there}",
        yes="Takes part again",
    )
    return_person(cohort, screen.person)
    screen.done("Takes part again.")


async def about_moving(screen: PersonScreen) -> None:
    """Move somebody to another cohort that is running."""
    desk = screen.desk
    rows = [
        Row(one.code, one.code, f"{one.glance.head.programme}, {one.glance.head.state}")
        for one in listed_cohorts(desk.home)
        if one.code != desk.code and one.glance is not None and one.glance.head.state != "signed"
    ]
    if not rows:
        raise Refused("There is no other cohort to move to.", "Plan one first: `escape cohort new`.")
    code = await screen.pick("To which cohort?", rows)
    await screen.confirm(
        f"They are taken into {code} with name, contacts and what helps them. Their record here stays, with "
        f"the reason that they moved. Measures, consents and the rules' questions begin anew in {code}.",
        yes="Move them",
    )
    moved = move_to(desk.home, desk.cohort, screen.person, code, today_of(desk.cohort))
    screen.done(f"Moved: number {moved.number} in {moved.cohort}. Ask for their consents there.")


async def _leave(screen: PersonScreen, *, data: bool) -> None:
    cohort, today = screen.desk.cohort, today_of(screen.desk.cohort)
    chosen = await screen.pick("Why do they leave?", [Row(code, word) for code, word in LEAVING.items()])
    reason = next(code for code in LEAVING if code == chosen)
    on = await screen.type_day("On which day did they leave?")
    refuse_to_come(on, today)
    also = " Their data are withdrawn too, and are in no return from the next one on." if data else ""
    await screen.confirm(
        f"They left the programme on {short_day(on)} ({LEAVING[reason]}). What is recorded stays here.{also}",
        yes="Record it",
    )
    withdraw(cohort, screen.person, Leaving(reason, on, data), today)
    screen.done("Left the programme, and the data are withdrawn." if data else "Left the programme.")


async def _withdraw_data(screen: PersonScreen) -> None:
    cohort = screen.desk.cohort
    await screen.confirm(
        "They withdraw their data: from the next return on they are in none, and consent to sharing becomes "
        "no. The record on this laptop stays until it is erased. They are on no register any more.",
        yes="Withdraw their data",
    )
    withdraw_data(cohort, screen.person, today_of(cohort))
    screen.done("The data are withdrawn.")
