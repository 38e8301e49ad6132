"""Making a cohort, closing it, and handing it to another laptop.

Not for: planning its dates (`sessions.plan`), signing (`signoff`), or its key and backups.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from uuid import UUID

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import day
from escape_tui.store.acts.session_acts import write_plan
from escape_tui.store.cohort import Actor, Cohort, lock_path
from escape_tui.store.connect import Connection, look_at_file, make_file, make_folder, remove_files
from escape_tui.store.lock import Lock
from escape_tui.store.masks import KEY_BYTES
from escape_tui.store.schema import SCHEMA_VERSION, make_schema
from sessions.errors import Refused
from sessions.pack import Pack
from sessions.plan import CohortPlan
from sessions.records import DeliveryForm
from sessions.text import is_code


@dataclass(frozen=True, slots=True)
class NewCohort:
    """What a cohort is made from.

    `start_time` is `HH:MM` local time. `practice` can never be changed afterwards; only a practice cohort may
    bear the reserved code.
    """

    code: str
    pack: Pack
    delivery: DeliveryForm
    plan: CohortPlan
    start_time: str
    practice: bool = False


def create_cohort(
    path: Path,
    key: bytes | None,
    new: NewCohort,
    actor: Actor,
) -> Cohort:
    """Make the file of a new cohort and open it; the key has to be kept safely before.

    `Refused` for a code that cannot be one, and where the file is there already; it is left
    alone then. A file that could not be finished is taken away again.
    """
    if not (is_code(new.code) or (new.practice and new.code == "PRACTICE")):
        raise Refused(
            "This cannot be a cohort's code.",
            "Use up to 16 capital letters and digits, with single hyphens between, such as K24-1.",
        )
    if path.exists():
        raise Refused("There is a cohort of this code already.", "Choose another code.")
    make_folder(path.parent)
    lock = Lock.take(lock_path(path), actor.clock().astimezone(UTC))
    with contextlib.ExitStack() as undone:
        undone.callback(lock.release)
        connection = _made(path, key, undone)
        cohort = Cohort(connection, lock, actor)
        with connection.transaction():
            make_schema(connection)
            with cohort.act("create_cohort", undoable=False) as act:
                _fill(act, new, actor.random_bytes)
        cohort.connection = look_at_file(connection, key, SCHEMA_VERSION)
        undone.pop_all()
    return cohort


def close_cohort(cohort: Cohort, on: date) -> Changed:
    """Say that the programme is over; what is still to come, a follow-up say, can be entered all the same."""
    with cohort.act("close_cohort") as act:
        act.put("cohort", id=1, state="closed", closed_on=day(on))
    return act.changed


def reopen_cohort(cohort: Cohort) -> Changed:
    """Take a closing back. A signed cohort is reopened by `amend`."""
    with cohort.act("reopen_cohort") as act:
        act.put("cohort", id=1, state="open", closed_on=None)
    return act.changed


def hand_over(cohort: Cohort) -> Changed:
    """Make this copy read-only, for another laptop writes the cohort from now on."""
    with cohort.act("hand_over", when_signed=True, undoable=False) as act:
        act.put("cohort", id=1, handed_over=1)
    return act.changed


def take_back(cohort: Cohort) -> Changed:
    """Make this copy the one that is written, on the laptop that received it or the giver's own."""
    with cohort.act("take_back", when_signed=True, when_away=True, undoable=False) as act:
        act.put("cohort", id=1, handed_over=0)
    return act.changed


def _made(path: Path, key: bytes | None, undone: contextlib.ExitStack) -> Connection:
    connection = make_file(path, key)
    undone.callback(remove_files, path)
    undone.callback(connection.close)
    return connection


def _fill(act: Act, new: NewCohort, random_bytes: Callable[[int], bytes]) -> None:
    act.put(
        "cohort",
        id=1,
        code=new.code,
        programme=new.pack.programme,
        delivery=new.delivery,
        start_date=day(new.plan.start),
        start_time=new.start_time,
        weekdays=",".join(new.plan.weekdays),
        region=new.plan.region,
        sessions_planned=len(new.plan.sessions),
        practice=int(new.practice),
        return_id=str(UUID(bytes=random_bytes(16), version=4)),
        audit_key=random_bytes(KEY_BYTES),
    )
    content = new.pack.model_dump_json()
    act.put(
        "pack",
        id=1,
        pack_id=new.pack.id,
        version=new.pack.version,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        content=content,
    )
    write_plan(act, new.plan)
