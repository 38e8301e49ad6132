"""The tables of the measures: scores, single answers, and the summary of change.

Not for: how their rows come about (`exports.tables`).
"""

from __future__ import annotations

from typing import get_args

from exports.columns import (
    CATEGORY,
    INSTRUMENT,
    POOLED,
    YES_NO,
    Column,
    Reference,
    Table,
    count,
    id_of,
    person_id,
    timepoint,
)
from sessions.records import MissingReason, Mode

MEASURES = Table(
    "measures",
    "One row a person, timepoint, instrument and scale.",
    (
        person_id(),
        timepoint(),
        id_of("instrument", INSTRUMENT),
        id_of("scale", "Which of its scales."),
        Column(
            "score",
            "number",
            "The score, in the scale's own unit.",
            empty="missing, a class, or too few items answered",
        ),
        Column(
            "category",
            "code",
            "The class of a scale that is one (`risk`: low, medium, high), or `arms_used`.",
            pattern=CATEGORY,
            empty="none",
        ),
        Column("better", "code", "Which way is better.", codes=("higher", "lower"), required=True),
        Column("answered", "integer", "Items answered.", unit="items", lowest=0, highest=99, empty="missing"),
        Column(
            "items", "integer", "Items of the scale.", unit="items", lowest=0, highest=99, empty="missing"
        ),
        Column(
            "week",
            "integer",
            "Whole weeks since the cohort's start, negative before it.",
            unit="weeks",
            lowest=-999,
            highest=999,
            empty="missing",
        ),
        Column("mode", "code", "How it was answered.", codes=get_args(Mode), empty="missing"),
        Column(
            "in_window",
            "code",
            "Whether it was taken in the days in which its timepoint counts.",
            codes=YES_NO,
            empty="missing",
        ),
        Column(
            "used_in_pair",
            "code",
            "Whether the figures of change rest on it: baseline and end, each scored and in its window, "
            "of the same instrument, joint and side.",
            codes=YES_NO,
            required=True,
        ),
        Column(
            "missing_reason",
            "code",
            "Why it was not taken.",
            codes=get_args(MissingReason),
            empty="it was taken",
        ),
    ),
    key=("person_id", "timepoint", "instrument", "scale"),
    references=(Reference("person_id", "participants", "person_id"),),
)

RESPONSES = Table(
    "responses",
    "One row a single answer; in a return only where the site's settings ask for it.",
    (
        person_id(),
        timepoint(),
        id_of("instrument", INSTRUMENT),
        Column(
            "item",
            "integer",
            "The item's number in the order of the form.",
            lowest=1,
            highest=99,
            required=True,
        ),
        Column(
            "value",
            "code",
            "The answer's code; with a word where the instrument has one (`0 arms`).",
            pattern=r"[0-9]{1,9}(\.[0-9]{1,9})?( [A-Za-z_]{1,20})?",
            empty="not answered",
        ),
    ),
    key=("person_id", "timepoint", "instrument", "item"),
    references=(Reference("person_id", "participants", "person_id"),),
    optional=True,
)

_OF_PAIRS = "of the paired people"

SUMMARY = Table(
    "summary",
    "One row an instrument and scale that anybody has a score of: change from baseline to end, without a "
    f"comparison group. `{POOLED}` pools KOOS and HOOS over people who have the same of the two twice.",
    (
        id_of("instrument", INSTRUMENT),
        id_of("scale", "Which of its scales."),
        Column("better", "code", "Which way is better.", codes=("higher", "lower"), required=True),
        count("n_enrolled", "People enrolled who agreed to sharing, whether or not they were asked this."),
        count("n_baseline", "People with a score at baseline."),
        count("n_end", "People with a score at the end."),
        count("n_paired", "People with both, in their windows, of the same joint and side."),
        Column(
            "mean_baseline",
            "number",
            f"Mean at baseline {_OF_PAIRS}.",
            unit="points",
            empty="nobody is paired",
        ),
        Column(
            "sd_baseline",
            "number",
            f"Standard deviation at baseline (n - 1) {_OF_PAIRS}.",
            unit="points",
            lowest=0,
            empty="fewer than 2 pairs",
        ),
        Column(
            "mean_end", "number", f"Mean at the end {_OF_PAIRS}.", unit="points", empty="nobody is paired"
        ),
        Column(
            "sd_end",
            "number",
            f"Standard deviation at the end (n - 1) {_OF_PAIRS}.",
            unit="points",
            lowest=0,
            empty="fewer than 2 pairs",
        ),
        Column(
            "mean_change",
            "number",
            "Mean of end minus baseline, whichever way is better.",
            unit="points",
            empty="nobody is paired",
        ),
        Column(
            "sd_change",
            "number",
            "Standard deviation of the changes (n - 1).",
            unit="points",
            lowest=0,
            empty="fewer than 2 pairs",
        ),
        Column(
            "ci95_low",
            "number",
            "Lower end of the 95 % interval (Student's t) of the mean change.",
            unit="points",
            empty="fewer than 2 pairs",
        ),
        Column("ci95_high", "number", "Its upper end.", unit="points", empty="fewer than 2 pairs"),
        Column(
            "dz",
            "number",
            "mean_change divided by sd_change.",
            unit="SDs",
            empty="fewer than 2 pairs, or all changes are equal",
        ),
        count("n_better", "Paired people who changed in the better direction."),
        count("n_same", "Paired people without change."),
        count("n_worse", "Paired people who changed in the worse direction."),
        Column(
            "share_better",
            "number",
            "n_better divided by n_paired.",
            unit="share",
            lowest=0,
            highest=1,
            empty="nobody is paired",
        ),
        Column(
            "share_better_low",
            "number",
            "Lower end of its 95 % interval (Wilson).",
            unit="share",
            lowest=0,
            highest=1,
            empty="nobody is paired",
        ),
        Column(
            "share_better_high",
            "number",
            "Its upper end.",
            unit="share",
            lowest=0,
            highest=1,
            empty="nobody is paired",
        ),
        Column(
            "mcid",
            "number",
            "The published change that counts as important.",
            unit="points",
            lowest=0,
            empty="none is used",
        ),
        Column("mcid_source", "text", "Where that comes from.", empty="none is used"),
        Column(
            "n_mcid",
            "integer",
            "Paired people who changed for the better by so much or more.",
            unit="people",
            lowest=0,
            empty="no such change is used",
        ),
    ),
    key=("instrument", "scale"),
)
