"""How the figures came about, in plain words, the thresholds with their sources, and who signed.

Not for: the figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from exports.report import figures
from exports.report.change_pages import scale_of
from exports.report.headlines import HEADLINES_WHY
from exports.report.rounding import STATED, as_published, percent
from exports.report.style import BODY, CELL, HEAD, HEADING, NOTE, TABLE_HEADING, WIDTH, grid, lead, text
from exports.report.wording import INSTRUMENTS, instant, scale_alone
from exports.rows import Tables
from exports.signoff import SignedReturn

_SHARED = "Only people who agreed to sharing are in any figure."
_EVERYONE = (
    "Everyone is in the figures who has not withdrawn their data, whether or not they agreed to sharing, "
    "so that they may differ from those of a return."
)


def methods_pages(tables: Tables, *, leaves: bool) -> Iterator[Flowable]:
    """What stands under "Methods" and "Thresholds"; `leaves` says that the report leaves the site."""
    cohort = figures.cohort_of(tables)
    yield text("Methods", HEADING)
    for strong, words in _methods(cohort.programme, percent(cohort.completion_share), leaves=leaves):
        yield lead(strong, words, BODY)
    yield CondPageBreak(120)
    yield text("Thresholds and their sources", TABLE_HEADING)
    rows = [
        [text(name, CELL), text("; ".join(values), CELL), text(source, CELL)]
        for (name, source), values in _thresholds(tables).items()
    ]
    if rows:
        head = [
            text("measure", HEAD),
            text("change", HEAD),
            text("where it comes from, or why there is none", HEAD),
        ]
        yield grid([head, *rows], [WIDTH * 0.16, WIDTH * 0.3, WIDTH * 0.54])
    yield text(
        "A threshold is a published change that one person tends to notice. It was found in other people, "
        "often after another treatment, and is given here as a yardstick alone.",
        NOTE,
    )


def _thresholds(tables: Tables) -> dict[tuple[str, str], list[str]]:
    """The changes that count, by measure and source, so that a source stands once."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in tables.summary:
        name, scale = INSTRUMENTS.get(row.instrument, row.instrument), scale_alone(row.scale)
        source = row.mcid_source or scale_of(row).no_threshold or ""
        value = f"{scale}: {as_published(row.mcid)}" if row.mcid is not None else f"{scale}: none"
        found.setdefault((name, source), []).append(value)
    return found


def _methods(programme: str, share: str, *, leaves: bool) -> tuple[tuple[str, str], ...]:
    return (
        (
            "People.",
            "Referred: on the list. Eligible: met the programme's rules. Enrolled: taken into the cohort, "
            "people accepted for a reason too. Started: attended once. Completed: attended at least "
            f"{share} of the sessions planned, less those cancelled and not replaced, rounded up. "
            + (_SHARED if leaves else _EVERYONE),
        ),
        (
            "Change.",
            "End minus baseline in the people who have both, each in its weeks, with the same measure of "
            "the same joint and side. Standard deviations are those of a sample; the 95 % interval of a "
            "mean is Student's, that of a share Wilson's. Better counts any change in the better "
            "direction; no change at all counts as same.",
        ),
        (
            "No comparison group.",
            "People change for many reasons: pain comes and goes, and who joins a group often joins at a "
            "bad time. Those measured twice may differ from those who were not. So these figures tell what "
            "changed, not why.",
        ),
        (
            "Page one.",
            f"The changes shown there were chosen before any were seen: {HEADLINES_WHY[programme]}. Where "
            "fewer than 5 people have one of them twice, another of its kind takes its place.",
        ),
        (
            "Small numbers.",
            (
                "No single person is shown. "
                if leaves
                else "This holds for all pages but those of each person. "
            )
            + "A group of 1 to 4 people reads <5; where the other groups and the total would "
            "tell it, another group reads 5+, or nothing is shown. There is no mean, interval or share of "
            "fewer than 5 people, and KOOS and HOOS are only shown apart where both have 5 or more.",
        ),
        ("Incidents.", "They are counted as they were recorded, however few; a record does not say to whom."),
        ("Rounding.", STATED),
    )


def sign_off(tables: Tables, signed: SignedReturn) -> Iterator[Flowable]:
    """Who answers for the return, and what it can be checked by."""
    cohort = figures.cohort_of(tables)
    block = [
        text("Sign-off", HEADING),
        lead(f"{signed.name}, {signed.role}", f"({signed.principal}) on {instant(signed.signed_at)}:", BODY),
        text(signed.meaning, BODY),
    ]
    if signed.amendment_reason:
        block.append(lead(f"Revision {signed.revision}, because:", f"“{signed.amendment_reason}”", BODY))
    block.append(
        text(
            f"Return {signed.return_id}, revision {signed.revision}. Signed with the key "
            f"{signed.key_fingerprint}; trail of {signed.audit_length} entries, head "
            f"{signed.audit_head[:16]}…. Programme content {cohort.pack_id} {cohort.pack_version}; "
            f"escape-tui {signed.app_version}. These pages hold pseudonymised health data in aggregate; the "
            "tables beside them hold one row a person and are not anonymous.",
            NOTE,
        )
    )
    yield KeepTogether(block)
