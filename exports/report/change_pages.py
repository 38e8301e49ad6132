"""Change on every scale: the plot, and the table of its figures.

Not for: choosing the scales of page one (`headlines`), or working figures out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from exports.columns import POOLED
from exports.report import figures
from exports.report.forest import Forest, Line, Panel
from exports.report.headlines import shown_scales, too_few
from exports.report.rounding import as_published, change, effect, interval, percent, points
from exports.report.style import (
    BODY,
    CELL,
    CELL_SOFT,
    HEAD,
    HEAD_NUMBER,
    HEADING,
    NOTE,
    TABLE_HEADING,
    WIDTH,
    grid,
    text,
)
from exports.report.suppression import shown_count
from exports.report.wording import INSTRUMENTS, TIMEPOINTS, scale_words
from exports.rows import Summary, Tables
from sessions.instrument import Scale
from sessions.instrument_files import load_instrument

_PERCENT = 100


def change_pages(tables: Tables) -> Iterator[Flowable]:
    """Every scale that may be shown: first drawn, then in figures."""
    shown = shown_scales(tables.summary, figures.pain_sites(tables.participants))
    measured = (row for row in shown if row.n_end or row.n_paired)
    rows = sorted(measured, key=lambda row: row.instrument != POOLED)
    yield CondPageBreak(200)
    yield text("Change on each scale", HEADING)
    if not rows:
        yield text("Nothing was measured both before and at the end.")
        return
    if all(too_few(row) for row in rows):
        yield text("Fewer than 5 people are paired on every scale: no change is shown.")
        return
    yield text(
        "Each dot is the mean change of the people measured twice, each bar its 95 % interval. Dots in the "
        "shaded half, to the right of the upright line, are changes for the better, whichever way the "
        "scale runs. A dashed stroke is the published change that counts as important for one person; "
        "means need not reach it.",
        BODY,
    )
    for panel in _panels([row for row in rows if not too_few(row)]):
        yield KeepTogether([Forest(panel), Spacer(0, 5)])
    yield from _arms(tables)
    yield CondPageBreak(120)
    yield text("The figures", TABLE_HEADING)
    yield _table(rows)
    enrolled = figures.cohort_of(tables).people_enrolled
    yield text(
        "Mean (standard deviation) of the paired people. dz is the mean change in standard deviations of "
        f"change. Shares of better with their 95 % interval (Wilson). {enrolled} enrolled. Fewer than 5 "
        "people: no figure.",
        NOTE,
    )


def _panels(rows: Sequence[Summary]) -> Iterator[Panel]:
    """Scales of one range share an axis; the others have one for each instrument."""
    groups: dict[tuple[str, str], list[Summary]] = {}
    for row in rows:
        groups.setdefault(_axis_of(row), []).append(row)
    for (title, unit), members in groups.items():
        yield Panel(title, unit, tuple(_line(row) for row in members))


def _axis_of(row: Summary) -> tuple[str, str]:
    scale = scale_of(row)
    bounds = scale.range
    if scale.unit == "points" and bounds is not None and bounds.lowest == 0 and bounds.highest == _PERCENT:
        return "Scales of 0 to 100", "points"
    of = ""
    if bounds is not None and scale.unit == "points":
        of = f" ({as_published(bounds.lowest)} to {as_published(bounds.highest)})"
    return f"{INSTRUMENTS.get(row.instrument, row.instrument)}{of}", scale.unit


def scale_of(row: Summary) -> Scale:
    """What is known of the scale of a row; KOOS and HOOS have scales of one kind."""
    return load_instrument("koos" if row.instrument == POOLED else row.instrument).scale(row.scale)


def _line(row: Summary) -> Line:
    label = scale_words(row.instrument, row.scale)
    way = 1 if row.better == "higher" else -1
    mean = row.mean_change or 0
    said = change(mean)
    low, high = row.ci95_low, row.ci95_high
    if low is not None and high is not None:
        said += f" ({interval(low, high)})"
    return Line(
        label,
        way * float(mean),
        None if low is None else way * float(low),
        None if high is None else way * float(high),
        None if row.mcid is None else float(row.mcid),
        said,
        str(row.n_paired),
    )


def _arms(tables: Tables) -> Iterator[Flowable]:
    used = figures.arms_used(tables)
    if any(row.instrument == "chair-stand-30s" for row in tables.measures):
        said = ", ".join(
            f"{shown_count(used.get(when, 0))} {TIMEPOINTS[when]}" for when in ("baseline", "end")
        )
        yield text(
            f"Chair stand: people who needed their arms, and so score 0: {said}.",
            NOTE,
        )


def _table(rows: Sequence[Summary]) -> Flowable:
    heading = [
        text("scale", HEAD),
        text("before / end / paired", HEAD_NUMBER),
        text("before", HEAD_NUMBER),
        text("at the end", HEAD_NUMBER),
        text("change (SD) and 95 % interval", HEAD_NUMBER),
        text("dz", HEAD_NUMBER),
        text("better / same / worse", HEAD_NUMBER),
        text("share better", HEAD_NUMBER),
        text("past threshold", HEAD_NUMBER),
    ]
    shares = (0.235, 0.105, 0.095, 0.095, 0.14, 0.06, 0.085, 0.105, 0.08)
    return grid([heading, *(_row(row) for row in rows)], [WIDTH * share for share in shares])


def _row(row: Summary) -> list[Any]:
    name = [text(scale_words(row.instrument, row.scale), CELL), text(f"{row.better} is better", CELL_SOFT)]
    people = f"{' / '.join(map(shown_count, (row.n_baseline, row.n_end, row.n_paired)))}"
    if too_few(row):
        return [name, people, *[""] * 7]
    return [name, people, *_means(row), _changed(row), *_beyond(row)]


def _means(row: Summary) -> list[str]:
    return [
        f"{points(mean)} ({points(sd)})" if mean is not None and sd is not None else ""
        for mean, sd in ((row.mean_baseline, row.sd_baseline), (row.mean_end, row.sd_end))
    ]


def _changed(row: Summary) -> str:
    said: list[str] = []
    if row.mean_change is not None and row.sd_change is not None:
        said.append(f"{change(row.mean_change)} ({points(row.sd_change)})")
    if row.ci95_low is not None and row.ci95_high is not None:
        said.append(interval(row.ci95_low, row.ci95_high))
    return "\n".join(said)


def _beyond(row: Summary) -> list[str]:
    """dz, the counts by direction, the share of better with its interval, how many passed the threshold."""
    shares: list[str] = []
    if row.share_better is not None:
        shares.append(percent(row.share_better))
    if row.share_better_low is not None and row.share_better_high is not None:
        low = percent(row.share_better_low).removesuffix("%").strip()
        shares.append(f"{low} to {percent(row.share_better_high)}")
    return [
        "" if row.dz is None else effect(row.dz),
        f"{row.n_better} / {row.n_same} / {row.n_worse}",
        "\n".join(shares),
        "" if row.n_mcid is None else f"{row.n_mcid} of {row.n_paired}",
    ]
