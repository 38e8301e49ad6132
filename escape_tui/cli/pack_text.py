"""A programme and a session's plan as text, to be read in a terminal or printed and run from.

Not for: what stands in a plan (`sessions.session_plan`).
"""

from __future__ import annotations

from collections.abc import Iterator

from escape_tui.cli.paragraphs import clock, heading, paragraph, points
from sessions.dose import dose_words
from sessions.pack import Delivery, Exercise, Level, Pack, Sequence
from sessions.rules import RedFlag
from sessions.session_plan import PlannedCircuit, PlannedStation, PlannedTopic, SessionPlan

PROMPT_NAMES = {
    "open_question": "Ask",
    "affirmation": "Affirm",
    "reflection": "Reflect",
    "summary": "Sum up",
}
URGENCY_WORDS = {
    "emergency": "EMERGENCY DEPARTMENT OR 999 AT ONCE",
    "same_day": "CLINICIAN THE SAME DAY",
}
DELIVERY_NAMES = {
    Delivery.IN_PERSON: "in person",
    Delivery.VIRTUAL: "virtual",
    Delivery.HYBRID: "hybrid",
}


def programme_text(pack: Pack, sessions: int) -> str:
    """A programme at a glance: whose text it is, its sessions, its exercises."""
    return "\n".join(_programme(pack, sessions))


def plan_text(plan: SessionPlan) -> str:
    """A session's plan in full, in the order in which it is run."""
    return "\n".join(
        (
            *_opening(plan),
            *_arrival(plan),
            *_reviews(plan),
            *(line for topic in plan.topics for line in _topic(topic)),
            *_assessment(plan),
            *_exercise(plan),
            *_closing(plan),
        )
    )


def _programme(pack: Pack, sessions: int) -> Iterator[str]:
    yield f"{pack.name}  ({pack.id}, version {pack.version})"
    yield paragraph(pack.notice)
    yield heading("Sessions", f"form of {sessions}")
    for session in pack.schedule(sessions).sessions:
        yield f"{session.number:>3}  {session.title}  ({session.length} min)"
    yield heading("Exercises")
    for exercise in pack.exercises:
        yield f"{exercise.name:<34} {exercise.area:<10} {len(exercise.levels)} levels"
    yield heading("Sources")
    for source in pack.sources:
        yield paragraph(f"{source.name}. {source.publisher}, {source.year}.", lead="- ")


def _opening(plan: SessionPlan) -> Iterator[str]:
    yield f"{plan.pack_name}: session {plan.number} of {plan.sessions}, {DELIVERY_NAMES[plan.delivery]}"
    yield f"{plan.title}"
    yield paragraph(f"{plan.length} minutes: {', '.join(_parts(plan))}")
    yield ""
    yield paragraph(plan.notice)
    if plan.facilitator_note:
        yield ""
        yield paragraph(plan.facilitator_note, lead="Note: ")
    yield heading("Have ready")
    yield points(plan.kit)
    if plan.delivery_notes:
        yield heading(f"{DELIVERY_NAMES[plan.delivery]} delivery")
        yield points(plan.delivery_notes)


def _parts(plan: SessionPlan) -> Iterator[str]:
    for name, minutes in plan.minutes:
        if minutes:
            yield f"{name} {minutes}"


def _arrival(plan: SessionPlan) -> Iterator[str]:
    yield heading("On arrival", f"{plan.minutes.arrival} min")
    yield paragraph(
        f"At most {plan.close_support.per_facilitator} people who need close support for each "
        "facilitator on duty; otherwise fewer people or more help."
    )
    yield "Ask each person, and pain now from 0 to 10:"
    for question in plan.arrival:
        private = " [BY CARD OR IN PRIVATE, NEVER ALOUD]" if question.private else ""
        yield paragraph(f"{question.ask}{private}", 2, "[ ] ")
        yield paragraph(f"Yes: {question.on_yes}", 6)
    yield heading("Red flags: no exercise for that person")
    for flag in sorted(plan.red_flags, key=_emergencies_first):
        yield paragraph(f"{flag.sign} {URGENCY_WORDS[flag.urgency]}. {flag.do}", lead="! ")


def _emergencies_first(flag: RedFlag) -> bool:
    return flag.urgency != "emergency"


def _reviews(plan: SessionPlan) -> Iterator[str]:
    if not plan.reviews:
        return
    yield heading("Looking back", f"{plan.minutes.review} min")
    for review in plan.reviews:
        yield review.title
        yield points(review.ask, 2)


def _topic(topic: PlannedTopic) -> Iterator[str]:
    minutes = topic.minutes
    yield heading(topic.title, f"{minutes.total} min")
    yield paragraph(topic.aim, lead="Aim: ")
    yield f"\nOpen with ({minutes.opening} min)"
    yield paragraph(topic.opening_question, 2)
    yield f"\nKey messages ({minutes.messages} min)"
    yield points(topic.key_messages, 2)
    yield "\nThings to say"
    for prompt in topic.prompts:
        yield paragraph(prompt.say, 2, f"{PROMPT_NAMES[prompt.kind]}: ")
    yield f"\nActivity: {topic.activity.name} ({minutes.activity} min)"
    yield paragraph(topic.activity.how, 2)
    yield paragraph(topic.activity.say, 2, "Say: ")
    yield f"\nWorries, and words that meet them ({minutes.worries} min)"
    for worry in topic.worries:
        yield paragraph(f"“{worry.worry}”", 2)
        yield paragraph(worry.answer, 4)
    yield f"\nUntil next time ({minutes.task} min)"
    yield paragraph(topic.task, 2)


def _assessment(plan: SessionPlan) -> Iterator[str]:
    if plan.assess is None:
        return
    yield heading(f"Measures: {plan.assess}", f"{plan.minutes.assessment} min")
    for due in plan.measures:
        sites = ", ".join(site.replace("_", " ") for site in due.pain_sites)
        optional = ", where your site uses it" if due.optional else ""
        yield paragraph(f"{due.instrument} ({sites}{optional})", lead="[ ] ")


def _exercise(plan: SessionPlan) -> Iterator[str]:
    yield heading("Exercise", f"{plan.minutes.exercise} min")
    yield from _sequence(plan.warm_up)
    yield from _circuit(plan.circuit, plan.delivery)
    yield heading("Stop at once")
    for sign in plan.stop_signs:
        yield paragraph(f"{sign.sign} {'CALL 999. ' if sign.call_999 else ''}{sign.do}", lead="! ")
    yield from _sequence(plan.cool_down)
    if plan.relaxation is not None:
        yield from _sequence(plan.relaxation)


def _sequence(sequence: Sequence) -> Iterator[str]:
    yield f"\n{sequence.name} ({clock(sequence.seconds)})"
    for step in sequence.steps:
        yield paragraph(f"{step.name}. {step.say}", 2, f"{clock(step.seconds)}  ")
        if step.easier:
            yield paragraph(f"Easier: {step.easier}", 8)


def _circuit(circuit: PlannedCircuit, delivery: Delivery) -> Iterator[str]:
    rounds = "1 round" if circuit.rounds == 1 else f"{circuit.rounds} rounds"
    yield f"\nCircuit {circuit.name}: {rounds}, {clock(circuit.seconds)}"
    yield paragraph(
        f"Get ready {circuit.ready_seconds} s, work {circuit.work_seconds} s, change "
        f"{circuit.change_seconds} s, rest {circuit.rest_seconds} s between rounds. "
        + ("All do the same exercise together." if circuit.together else "Groups stay together and move on."),
        2,
    )
    for station in circuit.stations:
        yield from _station(station, delivery)


def _station(station: PlannedStation, delivery: Delivery) -> Iterator[str]:
    exercise = station.exercise
    places = "" if delivery is Delivery.VIRTUAL else f"  (takes {station.capacity})"
    yield f"\n  {station.number}. {exercise.name}{places}"
    yield paragraph(exercise.aim, 5)
    if delivery is not Delivery.VIRTUAL:
        yield paragraph(exercise.set_up, 5, "Set up: ")
    if delivery is not Delivery.IN_PERSON:
        yield paragraph(exercise.home.set_up, 5, "At home: ")
        yield paragraph(exercise.home.safety, 5, "Safe at home: ")
    yield paragraph(" / ".join(exercise.cues), 5, "Cues: ")
    yield from _levels(exercise, delivery)
    yield paragraph(exercise.watch, 5, "Watch: ")
    yield paragraph(exercise.when_it_hurts, 5, "If it hurts: ")
    if exercise.hand:
        yield paragraph("A hand nearby for whoever needs close support.", 5)
    if station.stand_ins:
        yield paragraph(", ".join(station.stand_ins), 5, "Instead: ")


def _levels(exercise: Exercise, delivery: Delivery) -> Iterator[str]:
    for level in exercise.levels:
        start = "  (start here)" if level.number == exercise.start_level else ""
        yield paragraph(f"{_level_words(level, delivery)}{start}", 5, f"Level {level.number}: ")


def _level_words(level: Level, delivery: Delivery) -> str:
    done = level.home if level.home and delivery is Delivery.VIRTUAL else level.do
    at_home = f" [at home: {level.home}]" if level.home and delivery is Delivery.HYBRID else ""
    return f"{done}, {dose_words(level)}{at_home}"


def _closing(plan: SessionPlan) -> Iterator[str]:
    yield heading("Closing", f"{plan.minutes.closing} min")
    yield "Effort 0 to 10 and pain 0 to 10 from each person. Until next time:"
    yield points((topic.task for topic in plan.topics), 2)
    yield heading("Sources of this session's facts")
    for source in plan.sources:
        yield paragraph(f"{source.name}. {source.publisher}, {source.year}.", lead="- ")
