"""Measures and what is due of them, as rows: for scripts, and as the cells of a line for people.

Not for: working out scores (`sessions.measured`) or states (`sessions.due`).
"""

from __future__ import annotations

from datetime import date

from escape_tui.cli.instrument_text import written
from escape_tui.cli.naming import Named
from escape_tui.cli.scores import score_row
from sessions.due import Due
from sessions.measured import scores_of
from sessions.records import MeasureRow
from sessions.scoring import ScaleScore

_STATES = {"not_yet": "not yet", "outside_window": "outside its window"}


def measure_row(measure: MeasureRow, names: Named) -> dict[str, object]:
    """A measure in JSON: single answers as they are kept, and every scale with its score in full."""
    return {
        **names.row(measure.person),
        "instrument": measure.instrument,
        "timepoint": measure.timepoint,
        "taken_on": _day(measure.taken_on),
        "mode": measure.mode,
        "missing_reason": measure.missing_reason,
        "joint": measure.joint,
        "side": measure.side,
        "answers": measure.answers,
        "scales": [score_row(one) for one in scores_of(measure)],
    }


def measure_cells(measure: MeasureRow, names: Named) -> tuple[str, ...]:
    """A measure as the cells of a line: its scores to one decimal, or why it is missing."""
    said = ", ".join(_score(one) for one in scores_of(measure))
    return (
        names.shown(measure.person),
        measure.timepoint,
        measure.instrument,
        _day(measure.taken_on) or "",
        said or f"missing: {measure.missing_reason}",
    )


def due_row(due: Due, names: Named) -> dict[str, object]:
    """A measure that is asked for in JSON, with its state and its window."""
    return {
        **names.row(due.person),
        "instrument": due.instrument,
        "timepoint": due.timepoint,
        "state": due.state,
        "from": _day(due.window.first),
        "to": _day(due.window.last),
        "taken_on": _day(due.row.taken_on) if due.row else None,
        "missing_reason": due.row.missing_reason if due.row else None,
    }


def due_cells(due: Due, names: Named) -> tuple[str, ...]:
    """A measure that is asked for as the cells of a line."""
    why = f": {due.row.missing_reason}" if due.row and due.row.missing_reason else ""
    return (
        due.timepoint,
        names.shown(due.person),
        due.instrument,
        f"{due.window.first} to {due.window.last}",
        f"{_STATES.get(due.state, due.state)}{why}",
    )


def _score(one: ScaleScore) -> str:
    words = [] if one.score is None else [written(one.score)]
    words += [] if one.category is None else [one.category]
    return f"{one.scale} {' '.join(words) or '-'}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
