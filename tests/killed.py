"""Running something in a forked child that dies at its n-th call into the system, for every n.

A step is a call of Python's own, or a transaction, of a cohort or of the centre, that is about to be kept.

Not for: power cuts; what the system holds in memory survives a killed process. The order of syncs is tested
apart.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable
from typing import Any

from escape_tui.store.connect import Connection
from exports.centre.database import Database

DONE, KILLED, RAISED = 0, 17, 18
_STATEMENTS = ("COMMIT", "ATTACH", "DETACH")
_CALLS = ("open", "write", "fsync", "close", "replace", "unlink", "mkdir")


def dies_at(step: int, work: Callable[[], object]) -> bool:
    """Do `work` in a child that is killed at its `step`-th call into the system, from 1; whether it was.

    A write is cut in its middle. False where `work` came to its end before that step.
    """
    with warnings.catch_warnings():
        # Python warns of forking beside threads; the child does plain file work and leaves at once.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _live_until(step, work)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {DONE, KILLED, -signal.SIGKILL}, "what was done in the child raised an error"
    return code == KILLED


def _live_until(step: int, work: Callable[[], object]) -> None:
    left = step

    def doomed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                if name == "write":
                    call(args[0], args[1][: len(args[1]) // 2])
                os._exit(KILLED)
            return call(*args, **kwargs)

        return called

    run = Connection.run
    doomed_run = doomed("run", run)

    def run_or_die(connection: Connection, sql: str, *values: Any) -> int:
        return int((doomed_run if sql.startswith(_STATEMENTS) else run)(connection, sql, *values))

    write = Database.run
    doomed_write = doomed("run", write)

    def write_or_die(database: Database, sql: str, *values: Any) -> int:
        return int((doomed_write if sql.startswith(_STATEMENTS) else write)(database, sql, *values))

    try:
        Connection.run = run_or_die  # type: ignore[assignment, method-assign]
        Database.run = write_or_die  # type: ignore[assignment, method-assign]
        for name in _CALLS:
            setattr(os, name, doomed(name, getattr(os, name)))
        work()
    except BaseException:  # noqa: BLE001 - a child must never come back into the test run
        os._exit(RAISED)
    os._exit(DONE)
