"""The report over all as a PDF: each programme's flow, change, sites between limits, and what is missing.

Not for: the figures, which come from `grouped` and `funnel`. The same returns and day give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from exports.centre.funnel import Funnel
from exports.centre.grouped import Change, Group, Programme
from exports.report.document import Leaf, pdf_of
from exports.report.flow_line import FlowLine
from exports.report.funnel import Dot, FunnelPlot, Plot
from exports.report.headlines import headlines
from exports.report.page_one import NO_COMPARISON
from exports.report.rounding import change, effect, interval, percent, points
from exports.report.style import (
    BODY,
    CELL,
    HEAD,
    HEAD_NUMBER,
    HEADING,
    LOUD,
    NOTE,
    TABLE_HEADING,
    TITLE,
    UNDER_TITLE,
    WIDTH,
    grid,
    register_fonts,
    text,
)
from exports.report.suppression import FEW, FEWEST
from exports.report.wording import PROGRAMMES, counted, day, scale_words

MOST_LINES = 60
"""Groups in one table of the PDF; the CSV has all."""
_STEPS = {
    "people_referred": "referred",
    "people_eligible": "eligible",
    "people_enrolled": "enrolled",
    "people_started": "started",
    "people_completed": "completed",
}
_HEADS = {"site": "Site", "quarter": "Quarter"}


def report_pdf(centre: str, programmes: Sequence[Programme], plots: Sequence[Funnel], on: date) -> bytes:
    """The report as a PDF, made on that day. `MachineFailed` where the font's package is damaged."""
    register_fonts()
    story: list[Flowable] = [
        text("ESCAPE-pain: report over all returns", TITLE),
        text(f"{centre}, {day(on)}", UNDER_TITLE),
        Spacer(0, 6),
    ]
    if not programmes:
        story.append(text("No return was accepted yet."))
    for programme in programmes:
        story += _programme(programme, [one for one in plots if one.programme == programme.programme])
    story += _methods()
    leaf = Leaf(
        title="ESCAPE-pain: report over all returns",
        author=centre,
        subject="Change, flow and completeness over all accepted returns",
        head=f"ESCAPE-pain, report over all returns, {centre}",
        foot=(
            f"Made {day(on)} from the returns accepted until then.",
            "Aggregate figures. No comparison group.",
        ),
        practice=False,
    )
    return pdf_of(story, leaf)


def _programme(programme: Programme, plots: Sequence[Funnel]) -> Iterator[Flowable]:
    whole = programme.whole
    yield CondPageBreak(300)
    yield text(f"ESCAPE-pain for {PROGRAMMES[programme.programme]}", HEADING)
    yield text(f"{counted(whole.returns, 'return')} from {counted(len(programme.sites), 'site')}.", BODY)
    steps = [(name, whole.flow.counts[step]) for step, name in _STEPS.items()]
    known = [(name, count) for name, count in steps if count is not None]
    if len(known) == len(steps):
        yield FlowLine(known)
    else:
        yield text(f"Fewer than {FEWEST} people: how many came through is not shown.")
    others = whole.flow.counts["people_not_shared"]
    if others:
        who = counted(others, "more person has", "more people have")
        yield text(f"{who} not agreed to sharing, or withdrew their data, and are in no figure here.", NOTE)
    yield text("Change", TABLE_HEADING)
    if not any(one.row for one in whole.changes):
        yield text(f"Fewer than {FEWEST} people were measured twice on every scale: no change is shown.")
    else:
        yield _changes([(_scale(one), one) for one in whole.changes], "Scale")
        yield text(NO_COMPARISON, LOUD)
    for by, groups in (("quarter", programme.quarters), ("site", programme.sites)):
        yield from _by(by, groups, whole)
    for plot in plots:
        yield from _funnel(plot)
    yield from _missing(programme)


def _scale(one: Change) -> str:
    return scale_words(one.of.instrument, one.of.scale)


def _by(by: str, groups: Sequence[Group], whole: Group) -> Iterator[Flowable]:
    """Flow, and the changes of page one, of each group."""
    yield CondPageBreak(120)
    yield text(f"By {by}: who came and completed", TABLE_HEADING)
    heads = [_HEADS[by], "returns", *_STEPS.values(), "completed (95 % interval)"]
    rows = [_flow_row(one) for one in groups[:MOST_LINES]]
    yield grid(
        _headed(heads, rows), [WIDTH * share for share in (0.16, 0.08, 0.1, 0.1, 0.1, 0.1, 0.12, 0.24)]
    )
    yield from _cut(groups)
    for row in headlines(whole.programme, [one.row for one in whole.changes if one.row is not None]):
        of = next(one.of for one in whole.changes if one.row == row)
        lines = [(one.name, mine) for one in groups for mine in one.changes if mine.of == of]
        yield CondPageBreak(120)
        yield text(f"By {by}: {scale_words(of.instrument, of.scale)}", TABLE_HEADING)
        yield _changes(lines[:MOST_LINES], _HEADS[by])
        yield from _cut(lines)


def _cut(lines: Sequence[object]) -> Iterator[Flowable]:
    if len(lines) > MOST_LINES:
        yield text(f"{len(lines) - MOST_LINES} more are in the CSV files.", NOTE)


def _flow_row(group: Group) -> list[str]:
    flow = group.flow
    counts = [
        str(flow.counts[step] if flow.counts[step] is not None else flow.hidden[step]) for step in _STEPS
    ]
    share = ""
    if flow.share is not None and flow.interval is not None:
        share = f"{percent(flow.share)} ({percent(flow.interval.low)} to {percent(flow.interval.high)})"
    return [group.name, str(group.returns), *counts, share]


def _changes(lines: Sequence[tuple[str, Change]], first: str) -> Flowable:
    heads = [first, "paired", "before", "at the end", "mean change (95 % interval)", "dz", "better"]
    rows = [[name, *_change_cells(one)] for name, one in lines]
    return grid(_headed(heads, rows), [WIDTH * share for share in (0.3, 0.08, 0.09, 0.1, 0.25, 0.08, 0.1)])


def _change_cells(one: Change) -> list[str]:
    row = one.row
    if row is None or row.mean_baseline is None or row.mean_end is None or row.mean_change is None:
        return [one.paired, "", "", "not shown" if one.paired != "0" else "", "", ""]
    ends = ""
    if row.ci95_low is not None and row.ci95_high is not None:
        ends = f" ({interval(row.ci95_low, row.ci95_high)})"
    return [
        str(row.n_paired),
        points(row.mean_baseline),
        points(row.mean_end),
        f"{change(row.mean_change)}{ends}",
        "" if row.dz is None else effect(row.dz),
        "" if row.share_better is None else percent(row.share_better),
    ]


def _headed(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[object]]:
    heading: list[object] = [text(heads[0], HEAD), *(text(head, HEAD_NUMBER) for head in heads[1:])]
    return [heading, *([text(row[0], CELL), *row[1:]] for row in rows)]


def _funnel(plot: Funnel) -> Iterator[Flowable]:
    if not plot.points:
        return
    share = plot.figure == "completed"
    instrument, _, scale = plot.figure.partition(" ")
    what = (
        "share of the enrolled who completed" if share else f"mean change, {scale_words(instrument, scale)}"
    )

    def limits(n: int) -> tuple[float, float, float, float]:
        found = plot.limits(n)
        return found.inner_low, found.inner_high, found.outer_low, found.outer_high

    dots = [Dot(one.n, one.value, one.site_code, one.outside != "no") for one in plot.points]
    drawn = FunnelPlot(
        Plot(
            f"Sites: {what}",
            plot.centre,
            dots,
            limits,
            percent if share else points,
            (0.0, 1.0) if share else None,
            "people enrolled" if share else "people measured twice",
        )
    )
    outside = [one.site_code for one in plot.points if one.outside != "no"]
    named = ", ".join(outside[:20]) + (" …" if len(outside) > 20 else "")  # noqa: PLR2004
    note = f"Outside: {named}." if outside else "No site lies outside the limits."
    yield KeepTogether(
        [
            drawn,
            text(
                "Each ring is a site, the line through the plot the mean of all. Of sites that differ by "
                "chance alone, 95 % lie within the dashed lines and 99.8 % within the outer ones. A site "
                "outside is a reason to ask, not a verdict. Sites of fewer than "
                f"{FEWEST} people are left out. {note}",
                NOTE,
            ),
        ]
    )


def _missing(programme: Programme) -> Iterator[Flowable]:
    kinds = sorted({what for one in programme.groups for what in one.missing})
    yield CondPageBreak(120)
    yield text("What is missing, by site", TABLE_HEADING)
    if not kinds:
        yield text("Nothing is missing.")
        return
    groups = (programme.whole, *programme.sites[:MOST_LINES])
    rows = [[one.name, *(_lack(one, what) for what in kinds)] for one in groups]
    first = 0.16
    yield grid(
        _headed(["Site", *kinds], rows), [WIDTH * first, *[WIDTH * (1 - first) / len(kinds)] * len(kinds)]
    )
    yield from _cut(programme.sites)


def _lack(group: Group, what: str) -> str:
    lack = group.missing.get(what)
    if lack is None:
        return "0"
    return lack.hidden if lack.count is None else f"{lack.count} of {lack.of}"


def _methods() -> Iterator[Flowable]:
    yield CondPageBreak(120)
    yield text("Methods", HEADING)
    yield text(
        "Of each return the newest accepted revision counts. Change is the end minus the baseline of the "
        "people who have both, each in its weeks, with the same measure of the same joint and side; the "
        "interval is Student's, that of a share Wilson's. The scales of KOOS and HOOS are pooled. People of "
        "one site may resemble each other, which these intervals do not account for.",
        BODY,
    )
    yield text(
        f"A group of 1 to 4 people reads {FEW}; where the other groups and the total would tell it, another "
        "group reads 5+ or nothing is shown, and neither has a mean, interval or share. Sites and quarters "
        "are never broken down by each other here.",
        BODY,
    )
