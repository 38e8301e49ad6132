"""A programme at a glance as text: whose it is, its sessions and exercises, and the rules to be confirmed.

Not for: one session in full (`plan_text`).
"""

from __future__ import annotations

from collections.abc import Iterator

from escape_tui.cli.paragraphs import heading, paragraph
from sessions.pack import Pack
from sessions.rules import Eligibility, Window


def programme_text(pack: Pack, sessions: int) -> str:
    """A programme at a glance, with the sessions of the form of that many and every rule."""
    return "\n".join(
        (
            *_contents(pack, sessions),
            *_eligibility(pack.eligibility),
            *_advice(pack),
            *_measures(pack),
            *_sources(pack),
        )
    )


def _contents(pack: Pack, sessions: int) -> Iterator[str]:
    yield f"{pack.name}  ({pack.id}, version {pack.version})"
    yield paragraph(pack.notice)
    yield heading("Sessions", f"form of {sessions}")
    for session in pack.schedule(sessions).sessions:
        yield f"{session.number:>3}  {session.title}  ({session.length} min)"
    yield heading("Exercises")
    for exercise in pack.exercises:
        yield f"{exercise.name:<34} {exercise.area:<10} {len(exercise.levels)} levels"


def _eligibility(rules: Eligibility) -> Iterator[str]:
    yield heading("Whom it is for")
    if rules.pain_months_over is not None:
        duration = f"more than {rules.pain_months_over} months"
    else:
        duration = f"at least {rules.pain_months_at_least} months"
    recurrent = ", or in recurrent episodes" if rules.recurrent_counts else ""
    sites = ", ".join(site.replace("_", " ") for site in rules.pain_sites)
    yield paragraph(f"Over {rules.age_over}; pain of {sites} for {duration}{recurrent}.")
    if rules.screen is not None:
        considered = f", at discretion {', '.join(rules.screen.consider)}" if rules.screen.consider else ""
        yield paragraph(f"{rules.screen.instrument}: {', '.join(rules.screen.take)}{considered}.")
        yield paragraph(f"Otherwise: {rules.screen.otherwise}", 4)
    for question in rules.questions:
        yield paragraph(f"{question.ask} It must be {question.must_be}.", lead="- ")
        yield paragraph(f"Otherwise: {question.otherwise}", 4)


def _advice(pack: Pack) -> Iterator[str]:
    rules, steps = pack.advice, pack.steps
    yield heading("Advice on levels")
    yield paragraph(
        f"Up: effort up to {rules.effort_easy_to} of 10 and a rise of pain of up to {rules.rise_safe_to}, "
        f"in {rules.easy_in_a_row} sessions in a row."
    )
    yield paragraph(
        f"Ease: effort of {rules.effort_hard_from} or more, a rise of {rules.rise_ease_from} or more, "
        f"or {rules.missed_ease} sessions missed in a row."
    )
    yield paragraph(
        f"Never up: a new pain, one not settled within {rules.settle_hours} hours, or sessions missed just "
        f"before ({rules.missed_hold} or more)."
    )
    yield paragraph(f"A usual pain of {rules.usual_pain_told_from} or more is told to you.")
    yield paragraph(
        f"One level adds at most {steps.reps} repetitions, {steps.seconds} s, {steps.hold_seconds} s of "
        f"holding, {steps.height_cm} cm or {steps.load_kg:g} kg, and at most {steps.harder_at_once} of these "
        "at once."
    )
    yield paragraph(f"Close support: at most {pack.close_support.per_facilitator} people a facilitator.")


def _measures(pack: Pack) -> Iterator[str]:
    yield heading("Measures")
    for due in pack.measures:
        sites = ", ".join(site.replace("_", " ") for site in due.pain_sites)
        optional = " (optional)" if due.optional else ""
        yield paragraph(f"{due.instrument}{optional}: {sites}; {', '.join(due.timepoints)}", lead="- ")
    windows = pack.windows
    yield paragraph(
        f"Windows in days: baseline {_span(windows.baseline)} around the first session, end "
        f"{_span(windows.end)} around the last, follow-ups {_span(windows.follow_up_6)} and "
        f"{_span(windows.follow_up_12)} around their month."
    )
    for alarm in pack.alarms:
        limit = f"{alarm.at_least} or more" if alarm.at_least is not None else f"{alarm.at_most} or less"
        yield paragraph(f"{alarm.instrument}, {alarm.scale} {limit}: {alarm.title}. {alarm.do}", lead="! ")


def _span(window: Window) -> str:
    return f"{window.from_days} to {window.to_days}"


def _sources(pack: Pack) -> Iterator[str]:
    yield heading("Sources")
    for source in pack.sources:
        yield paragraph(f"{source.name}. {source.publisher}, {source.year}. {source.supports}", lead="- ")
