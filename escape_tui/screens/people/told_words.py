"""Figures as lines: scales of a person over time, the summary of a cohort with its intervals drawn.

Not for: any figure itself (`telling.figures`, `telling.summed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from textual.content import Content

from escape_tui.cli.instrument_text import written
from escape_tui.screens.people.words import short_day, spoken
from escape_tui.screens.text import in_a_row, plain, said
from escape_tui.telling.figures import At, Change, ScaleTold
from escape_tui.telling.summed import Summed
from exports.rows import Number, Summary
from sessions.norms import NormPlace
from sessions.rules import Timepoint
from widgets.cells import fit
from widgets.spark import forest_line

_NAME, _FIGURE, _CHANGE = 24, 8, 9
_PAIRS, _INTERVAL, _COUNTS = 5, 24, 12
_DRAWN_LEAST, _DRAWN_MOST = 11, 41
_LEGEND: Final = (
    "Change is end minus start of the people who have both in their days. │ is no change, ┊ the threshold; "
    "each line has a scale of its own. + = - count who is better, the same, worse. v marks scales on which "
    "lower is better."
)
_LATER: Final[tuple[tuple[Timepoint, str], ...]] = (
    ("follow_up_6", "6 months"),
    ("follow_up_12", "12 months"),
)
_NORMS: Final[dict[NormPlace, str]] = {
    "below_average": "below average for age and sex",
    "middle_half": "in the middle half for age and sex",
    "above_middle": "above the middle half for age and sex",
    "no_norm": "no norm for this age or sex",
}


def person_lines(scales: tuple[ScaleTold, ...]) -> Iterator[Content]:
    """Every scale over time, then each threshold with its source."""
    if not scales:
        yield plain("No measure is recorded yet.")
        return
    heads = "".join(fit(word, cells) for word, cells in (("Measure", _NAME), ("Start", _FIGURE), ("End", 8)))
    yield said("[$text-muted]$heads$more[/]", heads=heads, more=f"{'Change':<{_CHANGE}}Held against")
    for scale in scales:
        yield from _scale(scale)
    yield plain("")
    yield said("[bold]Held against[/]")
    for source, held in _thresholds(scales).items():
        yield said("$held [$text-muted]($source)[/]", held=", ".join(held), source=source)
    for name, why in _without(scales).items():
        yield said("$name: no threshold. [$text-muted]$why[/]", name=name, why=why)
    for norms in {scale.scale.norms.source: scale for scale in scales if scale.scale.norms}.values():
        source = norms.scale.norms.source if norms.scale.norms else ""
        yield said(
            "$name: norms by age and sex [$text-muted]($source)[/]", name=norms.instrument, source=source
        )


def _thresholds(scales: tuple[ScaleTold, ...]) -> dict[str, list[str]]:
    """The thresholds in use by where they come from: several scales may rest on one study."""
    found: dict[str, list[str]] = {}
    for scale in scales:
        if scale.threshold is not None:
            words = f"{scale.instrument} {scale.scale.id} {_figure(scale.threshold.value)}"
            found.setdefault(scale.threshold.source, []).append(words)
    return found


def _without(scales: tuple[ScaleTold, ...]) -> dict[str, str]:
    return {
        f"{scale.instrument} {scale.scale.id}": scale.no_threshold
        for scale in scales
        if scale.threshold is None and scale.no_threshold
    }


def _scale(told: ScaleTold) -> Iterator[Content]:
    start, end = told.at.get("baseline"), told.at.get("end")
    change = end.change if end else None
    yield said(
        "$name[bold]$start$end[/]$change$verdict",
        name=fit(f"{told.instrument} {told.scale.id}", _NAME),
        start=fit(_value(start), _FIGURE),
        end=fit(_value(end), _FIGURE),
        change=fit(_by(change), _CHANGE),
        verdict=_verdict(change, told),
    )
    for timepoint, word in _LATER:
        later = told.at.get(timepoint)
        if later is not None:
            yield said(
                "$word[bold]$value[/]$change$verdict",
                word=fit(f"  {word}", _NAME + _FIGURE),
                value=fit(_value(later), _FIGURE),
                change=fit(_by(later.change), _CHANGE),
                verdict=_verdict(later.change, told),
            )
    for word, at in (("start", start), ("end", end)):
        if at is not None and at.norm is not None:
            arms = ", done with the arms" if at.row.category == "arms_used" else ""
            yield said(
                "[$text-muted]  norm at the $word: $norm$arms[/]", word=word, norm=_NORMS[at.norm], arms=arms
            )
    for word, at in (("start", start), ("end", end)):
        if at is not None and at.row.missing_reason is not None:
            yield said("[$text-muted]  $word missing: $why[/]", word=word, why=spoken(at.row.missing_reason))
        elif at is not None and at.row.in_window == "no" and at.taken_on is not None:
            words = f"  {word} taken on {short_day(at.taken_on)}, outside its days: compared with nothing"
            yield said("[$text-warning]$words[/]", words=words)


def _value(at: At | None) -> str:
    if at is None:
        return "-"
    if at.row.score is None:
        return spoken(at.row.category) if at.row.category else "-"
    return written(at.row.score)


def _by(change: Change | None) -> str:
    if change is None:
        return ""
    return f"+{written(change.by)}" if change.by > 0 else written(change.by)


def _verdict(change: Change | None, told: ScaleTold) -> Content:
    if change is None:
        return plain("")
    if change.better is None:
        return plain("no change")
    if not change.better:
        return said("[$text-error]worse[/]")
    if change.reaches is None or told.threshold is None:
        return said("[$text-success]better[/], no threshold")
    held = _figure(told.threshold.value)
    if change.reaches:
        return said("[bold $text-success]better[/], reaches $held", held=held)
    return said("[$text-success]better[/], short of $held", held=held)


def cohort_lines(summed: Summed, width: int) -> Iterator[Content]:
    """The counts, then each scale: the change on the paired people with its interval, drawn as well."""
    counts = summed.counts
    enough = f" (came to {summed.needed} of {summed.counted} or more)" if summed.needed else ""
    yield said(
        "[bold]$enrolled[/] on the list, [bold]$started[/] started, [bold]$completed[/] completed$enough, "
        "[bold]$withdrawn[/] left",
        enrolled=str(counts.enrolled),
        started=str(counts.started),
        completed=str(counts.completed),
        enough=enough,
        withdrawn=str(counts.withdrawn),
    )
    apart = f"; {summed.not_shared} did not, and are left out" if summed.not_shared else ""
    yield plain(f"Measures: of the {summed.shared} who agreed to sharing, as in the return{apart}.")
    for one in summed.left_out:
        yield said("[$text-warning]! $code is left out. $why[/]", code=one.code, why=one.why)
    yield plain("")
    if not summed.rows:
        yield plain("No measure is recorded yet.")
        return
    drawn = max(_DRAWN_LEAST, min(_DRAWN_MOST, width - _NAME - _PAIRS - _INTERVAL - _COUNTS))
    heads = f"{'Measure':<{_NAME}}{'pairs':>{_PAIRS}}  {'mean change (95 %)':<{_INTERVAL}}{'':<{drawn}}"
    yield said("[$text-muted]$heads   +  =  -[/]", heads=heads)
    for row in summed.rows:
        yield _summary(row, drawn)
    yield plain("")
    yield said("[$text-muted]$words[/]", words=_LEGEND)


def _summary(row: Summary, drawn: int) -> Content:
    lower = " v" if row.better == "lower" else ""
    figures = said(
        "$name$pairs  [bold]$change[/][$text-primary]$forest[/]",
        name=fit(f"{row.instrument} {row.scale}{lower}", _NAME),
        pairs=f"{row.n_paired:>{_PAIRS}}",
        change=fit(_interval(row), _INTERVAL),
        forest=_forest(row, drawn),
    )
    counts = said(
        " [$text-success]$better[/]$same[$text-error]$worse[/]",
        better=f"{row.n_better:>3}",
        same=f"{row.n_same:>3}",
        worse=f"{row.n_worse:>3}",
    )
    return in_a_row([figures, counts], "")


def _interval(row: Summary) -> str:
    if row.mean_change is None:
        return "no pair yet"
    if row.ci95_low is None or row.ci95_high is None:
        return f"{_signed(row.mean_change)} (no interval)"
    return f"{_signed(row.mean_change)} ({_signed(row.ci95_low)} to {_signed(row.ci95_high)})"


def _forest(row: Summary, cells: int) -> str:
    """The interval on a scale of its own, as wide on both sides of no change."""
    if row.mean_change is None or row.ci95_low is None or row.ci95_high is None:
        return " " * cells
    low, mean, high = float(row.ci95_low), float(row.mean_change), float(row.ci95_high)
    mcid = None if row.mcid is None else float(row.mcid) * (1 if row.better == "higher" else -1)
    most = max(abs(low), abs(high), abs(mcid or 0.0)) or 1.0
    mean = min(high, max(low, mean))  # an interval of no width may miss its mean by the last digit
    return forest_line(mean, low, high, least=-most, most=most, width=cells, threshold=mcid)


def _figure(value: Number) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _signed(value: Number) -> str:
    """To one decimal, half away from zero, as every other figure on a screen."""
    words = written(Fraction(value))
    return f"+{words}" if value > 0 and words != "0" else words
