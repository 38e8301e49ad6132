"""What the commands that take a list share: its bytes, and saying what became of it.

Not for: entering a list (`lists_in`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from escape_tui.cli.access import Access
from escape_tui.cli.output import answer_json, aside
from escape_tui.lists_in import Entered
from escape_tui.store.cohort import Cohort
from sessions.faults import FaultyFiles

Enter = Callable[[Cohort, bytes, str], Entered]

file_argument = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


def import_list(access: Access, code: str, file: Path, enter: Enter, *, as_json: bool) -> None:
    """Enter the list in `file` into the cohort of that code, and say what became of it."""
    data = file.read_bytes()
    with access.cohort(code) as cohort, faults_told(code, as_json=as_json):
        entered = enter(cohort, data, file.name)
    for words in _in_words(entered):
        aside(words)
    if as_json:
        answer_json(
            {
                "rows": entered.rows,
                "new": entered.new,
                "unchanged": entered.rows - entered.new,
                "ignored_columns": entered.ignored,
                "remarks": entered.remarks,
            }
        )


@contextmanager
def faults_told(code: str, *, as_json: bool) -> Iterator[None]:
    """Answer with every fault of a list, as JSON where that is asked for, and let the refusal go on."""
    try:
        yield
    except FaultyFiles as error:
        if as_json:
            answer_json({"cohort": code, "faults": [fault.as_row() for fault in error.faults]})
        raise


def _in_words(entered: Entered) -> Iterator[str]:
    rows = "1 row" if entered.rows == 1 else f"{entered.rows} rows"
    if entered.new == 0:
        yield f"{rows} read; all of it was there already, and nothing was changed."
    else:
        yield f"{rows} read, {entered.new} entered, {entered.rows - entered.new} there already."
    if entered.ignored:
        yield f"Columns passed over: {', '.join(entered.ignored)}."
    yield from entered.remarks
