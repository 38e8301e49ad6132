"""Page one: what a commissioner asks first, from how many came to what is missing.

Not for: how the figures come about, which the later pages tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepInFrame, Spacer, Table

from exports.columns import POOLED
from exports.report import figures
from exports.report.flow_line import FlowLine
from exports.report.headlines import headlines, too_few
from exports.report.rounding import HARD_SPACE, as_published, change, interval, percent, percent_of, points
from exports.report.share_bar import ShareBar
from exports.report.style import (
    CELL,
    CELL_BOLD,
    CELL_SOFT,
    FACT,
    HEAD,
    HEAD_NUMBER,
    LINE,
    LOUD,
    NOTE,
    NUMBER,
    NUMBER_BOLD,
    SHORT,
    SMALL_HEADING,
    TITLE,
    UNDER_TITLE,
    WIDTH,
    grid,
    text,
    unmarked,
)
from exports.report.suppression import FEW, Breakdown, few
from exports.report.wording import DELIVERIES, PROGRAMMES, counted, day, inside, plain, scale_words
from exports.rows import Cohort, Summary, Tables
from exports.signoff import SignedReturn

_SHARES = (0.25, 0.08, 0.08, 0.19, 0.1, 0.15, 0.15)
"""Of the width, for each column of the changes."""
NO_COMPARISON = (
    "There is no comparison group: these are changes in the people who took part. They do not show what "
    "would have happened without the programme."
)


def page_one(tables: Tables, signed: SignedReturn | None) -> Iterator[Flowable]:
    """Everything on page one; `signed` is None for a report that nobody signs."""
    cohort = figures.cohort_of(tables)
    yield from title(cohort)
    # Shrunk where there is more to say than usual: page one is one page.
    yield KeepInFrame(0, 0, [*_below_the_title(cohort, tables, signed)], mode="shrink")


def _below_the_title(cohort: Cohort, tables: Tables, signed: SignedReturn | None) -> Iterator[Flowable]:
    yield Spacer(0, 5)
    yield from _in_short(cohort, tables)
    yield Spacer(0, 5)
    yield FlowLine(
        [
            ("referred", cohort.people_referred),
            ("eligible", cohort.people_eligible),
            ("enrolled", cohort.people_enrolled),
            ("started", cohort.people_started),
            ("completed", cohort.people_completed),
        ]
    )
    yield from _not_shared(cohort)
    yield Spacer(0, 4)
    yield text("What changed", SMALL_HEADING)
    yield from _changes(cohort, tables)
    yield text(NO_COMPARISON, LOUD)
    yield Spacer(0, 3)
    yield _facts(cohort, tables, signed)


def title(cohort: Cohort) -> Iterator[Flowable]:
    """Whose report it is, of what, when."""
    yield text(f"ESCAPE-pain for {PROGRAMMES[cohort.programme]}: report on one cohort", TITLE)
    provider = f", {cohort.provider}" if cohort.provider else ""
    yield text(
        f"{cohort.site_name}{provider} (site {cohort.site_code}), cohort {cohort.cohort_code}", UNDER_TITLE
    )
    held = f"{cohort.sessions_delivered} of {counted(cohort.sessions_planned, 'session')} held"
    if cohort.sessions_delivered > cohort.sessions_planned:
        held = f"{counted(cohort.sessions_delivered, 'session')} held, {cohort.sessions_planned} planned"
    yield text(
        f"{day(cohort.start_date)} to {day(cohort.end_date)}, {DELIVERIES[cohort.delivery]}, {held}",
        UNDER_TITLE,
    )


def _in_short(cohort: Cohort, tables: Tables) -> Iterator[Flowable]:
    """The answer in three sentences."""
    if not cohort.people_enrolled:
        yield text("Nobody is in this report.", SHORT)
        return
    said = [f"{cohort.people_completed} of {cohort.people_enrolled} people completed the programme."]
    first = next((row for row in headlines(cohort.programme, tables.summary) if not too_few(row)), None)
    if first is not None and first.mean_change is not None:
        within = ""
        if first.ci95_low is not None and first.ci95_high is not None:
            within = f" (95{HARD_SPACE}% interval {interval(first.ci95_low, first.ci95_high)})"
        said.append(
            f"In the {first.n_paired} people measured twice, "
            f"{inside(scale_words(first.instrument, first.scale))} changed by {change(first.mean_change)} "
            f"on average{within}, where {first.better} is better; {first.n_better} of them got better."
        )
    else:
        said.append("Change is not shown: fewer than 5 people were measured both before and at the end.")
    incidents = len(tables.incidents)
    recorded = f"{counted(incidents, 'incident')} recorded.".replace(" ", HARD_SPACE, 1)
    said.append(recorded if incidents else "No incident was recorded.")
    yield text(" ".join(said), SHORT)


def _not_shared(cohort: Cohort) -> Iterator[Flowable]:
    if cohort.people_not_shared:
        who = counted(cohort.people_not_shared, "more person has", "more people have")
        yield text(f"{who} not agreed to sharing, or withdrew their data, and are in no figure here.", NOTE)


def _changes(cohort: Cohort, tables: Tables) -> Iterator[Flowable]:
    rows = headlines(cohort.programme, tables.summary)
    if not rows:
        yield text("No measure was taken both before and at the end.", CELL)
        return
    heading = [
        text("", HEAD),
        text("before", HEAD_NUMBER),
        text("at the end", HEAD_NUMBER),
        text(f"mean change (95{HARD_SPACE}% interval)", HEAD_NUMBER),
        text("paired people", HEAD_NUMBER),
        text("better / same / worse", HEAD_NUMBER),
        text("past the published threshold", HEAD_NUMBER),
    ]
    yield grid([heading, *(_change(row) for row in rows)], [WIDTH * share for share in _SHARES])
    sources = [
        f"{scale_words(row.instrument, row.scale)} {as_published(row.mcid)}, {short_source(row.mcid_source)}"
        for row in rows
        if row.mcid is not None and not too_few(row)
    ]
    told = f" Thresholds: {'; '.join(sources)}; in full under Methods." if sources else ""
    best = " KOOS and HOOS run from 0 to 100, and 100 is best: more points for pain are less pain."
    knees = best if any(row.instrument in {POOLED, "koos-12", "hoos-12"} for row in rows) else ""
    paired = "Means are of the paired people alone: those measured both before and at the end."
    yield text(f"{paired}{knees}{told}", NOTE)


def _change(row: Summary) -> list[Flowable]:
    way = "higher is better" if row.better == "higher" else "lower is better"
    name: list[Flowable] = [text(scale_words(row.instrument, row.scale), CELL_BOLD), text(way, CELL_SOFT)]
    if too_few(row) or row.mean_baseline is None or row.mean_end is None or row.mean_change is None:
        paired = f"{FEW} of {row.n_enrolled}" if few(row.n_paired) else f"0 of {row.n_enrolled}"
        cells = ["", "", "not shown for fewer than 5", paired, "", ""]
        return [name, *(text(cell, NUMBER) for cell in cells)]
    ends = [] if row.ci95_low is None or row.ci95_high is None else [interval(row.ci95_low, row.ci95_high)]
    past = "none used" if row.n_mcid is None else f"{row.n_mcid} of {row.n_paired}"
    by = "" if row.mcid is None else f"by {as_published(row.mcid)} or more"
    share = "" if row.share_better is None else f"{percent(row.share_better)} better"
    return [
        name,
        text(points(row.mean_baseline), NUMBER),
        text(points(row.mean_end), NUMBER),
        [text(change(row.mean_change), NUMBER_BOLD), *(text(f"({end})", NUMBER) for end in ends)],
        text(f"{row.n_paired} of {row.n_enrolled}", NUMBER),
        [
            text(f"{row.n_better} / {row.n_same} / {row.n_worse}", NUMBER),
            ShareBar(row.n_better, row.n_same, row.n_worse, WIDTH * _SHARES[5] - 6),
            text(share, NUMBER),
        ],
        [text(past, NUMBER), text(by, NUMBER)],
    ]


def short_source(source: str | None) -> str:
    """The name of a source, without what it measured in whom."""
    return (source or "").rpartition("; ")[2]


def _facts(cohort: Cohort, tables: Tables, signed: SignedReturn | None) -> Table:
    left = [
        *_block("Completion", _completion(cohort, tables)),
        *_block("Waiting", ["Not recorded: these records hold no date of referral."]),
        *_block("Would recommend", _recommend(figures.feedback(tables))),
        *_block("Where people went on to", _went_to(figures.went_to(tables.participants))),
    ]
    right = [
        *_block("Harms", _harms(cohort, tables)),
        *_block("What is missing", _missing(cohort, tables, signed)),
    ]
    return unmarked(
        [[left, right]],
        [WIDTH / 2, WIDTH / 2],
        ("RIGHTPADDING", (0, 0), (0, 0), 12),
        ("LEFTPADDING", (1, 0), (1, 0), 12),
        ("LINEBEFORE", (1, 0), (1, 0), 0.5, LINE),
    )


def _block(heading: str, sentences: list[str]) -> list[Flowable]:
    return [text(heading, SMALL_HEADING), *(text(sentence, FACT) for sentence in sentences), Spacer(0, 7)]


def _completion(cohort: Cohort, tables: Tables) -> list[str]:
    if not cohort.people_enrolled:
        return ["Nobody is in this report."]
    share = percent(cohort.completion_share)
    said = [
        f"{cohort.people_completed} of {cohort.people_enrolled} enrolled "
        f"({percent_of(cohort.people_completed, cohort.people_enrolled)}) attended at least {share} of the "
        "sessions."
    ]
    attended, offered = figures.attended_in_all(tables.participants)
    if offered and not few(cohort.people_enrolled):
        said.append(f"{attended} of {offered} places offered were taken ({percent_of(attended, offered)}).")
    left = cohort.people_withdrawn
    said.append(
        "Nobody left the programme."
        if not left
        else f"{counted(left, 'person', 'people')} left the programme."
    )
    return said


def _recommend(answers: Breakdown) -> list[str]:
    if not answers.total:
        return ["No feedback was recorded."]
    if answers.withheld:
        small = f"a group of fewer than 5 among {answers.total} answers"
        return [f"Not shown: there were {'fewer than 5 answers' if few(answers.total) else small}."]
    good = answers.shown(figures.RECOMMEND) or ""
    of = f"of {answers.total} answers to the Friends and Family Test were “very good” or “good”"
    if good.isdigit():
        return [f"{good} {of} ({percent_of(int(good), answers.total)})."]
    if good == FEW:
        return [f"Fewer than 5 {of}."]
    least = answers.at_least(figures.RECOMMEND)
    return [f"At least {least} {of}. The exact number would tell what fewer than 5 people said."]


def _went_to(groups: Breakdown) -> list[str]:
    if groups.withheld:
        return ["Fewer than 5 in a group: not shown."]
    return [f"{cell.shown}: {cell.name}" for cell in groups.cells if cell.shown != "0"]


def _harms(cohort: Cohort, tables: Tables) -> list[str]:
    held = counted(cohort.sessions_delivered, "session")
    if not tables.incidents:
        return [f"No incident was recorded at {held}."]
    worst = Counter(one.severity for one in tables.incidents)
    grave = ", ".join(f"{worst[code]} {words}" for code, words in SEVERITIES.items() if worst[code])
    kinds = Counter(one.category for one in tables.incidents)
    what = ", ".join(f"{count} {plain(kind)}" for kind, count in sorted(kinds.items()))
    outside = sum(one.action in BEYOND_THE_HALL for one in tables.incidents)
    beyond = "None needed a GP, urgent care or an ambulance." if not outside else (
        f"{outside} of them needed a GP, urgent care, an emergency department or an ambulance."
    )  # fmt: skip
    return [f"{counted(len(tables.incidents), 'incident')} at {held}: {what}.", f"Harm: {grave}.", beyond]


SEVERITIES = {"none": "without harm", "minor": "minor", "moderate": "moderate", "severe": "severe"}
BEYOND_THE_HALL = frozenset({"gp", "urgent_care", "emergency_department", "emergency_call"})


def _missing(cohort: Cohort, tables: Tables, signed: SignedReturn | None) -> list[str]:
    said = [*_without_a_pair(cohort, tables)]
    said += [f"{one.count} of {one.of} {one.what}" for one in figures.missing(tables)]
    if signed is not None and signed.gaps:
        said.append(f"{counted(len(signed.gaps), 'gap')} accepted by the signer: see Data quality.")
    return said or ["Nothing: every session has its register, every person both measures."]


def _without_a_pair(cohort: Cohort, tables: Tables) -> Iterator[str]:
    by_number: dict[int, list[str]] = {}
    for row in headlines(cohort.programme, tables.summary):
        if row.n_paired < row.n_enrolled and not too_few(row):
            by_number.setdefault(row.n_enrolled - row.n_paired, []).append(
                inside(scale_words(row.instrument, row.scale))
            )
    for number, scales in sorted(by_number.items()):
        yield f"{number} of {cohort.people_enrolled} people not measured twice: {', '.join(scales)}."
