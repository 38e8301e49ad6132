"""A session's plan as text, to be read in a terminal, or printed and run from.

Not for: what stands in a plan (`sessions.session_plan`), nor one exercise of it (`exercise_text`).
"""

from __future__ import annotations

from collections.abc import Iterator

from escape_tui.cli.exercise_text import circuit_lines
from escape_tui.cli.paragraphs import clock, heading, paragraph, points
from sessions.instrument_files import load_instrument
from sessions.pack import Delivery, Sequence
from sessions.rules import ArrivalQuestion, MeasureDue, RedFlag
from sessions.session_plan import PlannedTopic, SessionPlan

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
    Delivery.IN_PERSON: "in the hall",
    Delivery.VIRTUAL: "over a screen",
    Delivery.HYBRID: "in the hall and over a screen",
}
TIMEPOINT_NAMES = {
    "baseline": "baseline",
    "end": "end of the programme",
    "follow_up_6": "follow-up at 6 months",
    "follow_up_12": "follow-up at 12 months",
}
PART_NAMES = {
    "arrival": "Arrival and questions",
    "review": "Looking back",
    "education": "Topic",
    "assessment": "Measures",
    "exercise": "Warm-up, circuit, cool-down",
    "closing": "Closing",
}


def plan_text(plan: SessionPlan) -> str:
    """A session's plan in full, in the order in which it is run: first the evening on one page."""
    return "\n".join(
        (
            *_run_sheet(plan),
            *_arrival(plan),
            *_dangers(plan),
            *_reviews(plan),
            *(line for topic in plan.topics for line in _topic(topic)),
            *_assessment(plan),
            *_exercise(plan),
            *_closing(plan),
            *_whose_text(plan),
        )
    )


def _run_sheet(plan: SessionPlan) -> Iterator[str]:
    where = DELIVERY_NAMES[plan.delivery]
    yield paragraph(f"{plan.pack_name}: session {plan.number} of {plan.sessions}, {where}")
    yield f"{plan.title}, {plan.length} minutes"
    yield "To be confirmed by a trained facilitator: see the end."
    yield ""
    begins = 0
    for part, minutes in plan.minutes:
        if minutes:
            yield f"{_hours(begins)}  {PART_NAMES[part]} ({minutes} min)"
            begins += minutes
    yield f"{_hours(begins)}  End"
    if plan.facilitator_note:
        yield ""
        yield paragraph(plan.facilitator_note, lead="Note: ")
    for title, items in (("Have ready", plan.kit.hall), ("Each person at home has ready", plan.kit.home)):
        if items:
            yield heading(title)
            yield points(items)
    yield heading(DELIVERY_NAMES[plan.delivery])
    yield points(plan.delivery_notes)


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _arrival(plan: SessionPlan) -> Iterator[str]:
    yield heading("On arrival", f"{plan.minutes.arrival} min")
    yield paragraph(
        f"At most {plan.close_support.per_facilitator} people who need close support for each "
        "facilitator on duty; otherwise fewer people or more help."
    )
    yield "\nAsk each person, and pain now from 0 to 10:"
    for question in plan.arrival:
        if not question.private:
            yield from _question(question, plan)
    private = [question for question in plan.arrival if question.private]
    if private:
        yield "\nBY CARD OR IN PRIVATE, NEVER ALOUD:"
        for question in private:
            yield from _question(question, plan)


def _question(question: ArrivalQuestion, plan: SessionPlan) -> Iterator[str]:
    yield paragraph(question.ask, 2, "[ ] ")
    yield paragraph(f"Yes: {question.on_yes}", 6)
    for number, flag in enumerate(_red_flags(plan), start=1):
        if flag.id == question.red_flag:
            yield paragraph(f"Red flag {number}, {URGENCY_WORDS[flag.urgency].lower()}", 6, "-> ")


def _dangers(plan: SessionPlan) -> Iterator[str]:
    yield heading("Red flags: no exercise for that person")
    for number, flag in enumerate(_red_flags(plan), start=1):
        yield paragraph(f"{flag.sign} {URGENCY_WORDS[flag.urgency]}. {flag.do}", lead=f"{number}. ")
    yield heading("Stop at once, whenever you see it")
    for sign in plan.stop_signs:
        yield paragraph(f"{sign.sign} {sign.do}", lead="999 ! " if sign.call_999 else "    ! ")


def _red_flags(plan: SessionPlan) -> list[RedFlag]:
    """The red flags as they are numbered: emergencies first."""
    return sorted(plan.red_flags, key=lambda flag: flag.urgency != "emergency")


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
    yield "\nWords you could use, where they fit what you heard"
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
    yield heading(f"Measures: {TIMEPOINT_NAMES[plan.assess]}", f"{plan.minutes.assessment} min")
    for due in plan.measures:
        yield paragraph(_measure(due), lead="[ ] ")
    for alarm in plan.alarms:
        scale = f"{load_instrument(alarm.instrument).name}, {alarm.scale}"
        limit = f"{alarm.at_least} or more" if alarm.at_least is not None else f"{alarm.at_most} or less"
        yield paragraph(f"{scale} {limit}: {alarm.title}. {alarm.do}", lead="! ")


def _measure(due: MeasureDue) -> str:
    sites = ", ".join(site.replace("_", " ") for site in due.pain_sites)
    optional = ", where your site uses it" if due.optional else ""
    return f"{load_instrument(due.instrument).name}: {sites}{optional}"


def _exercise(plan: SessionPlan) -> Iterator[str]:
    yield heading("Exercise", f"{plan.minutes.exercise} min")
    yield from _sequence(plan.warm_up)
    yield from circuit_lines(plan.circuit, plan.delivery)
    yield from _sequence(plan.cool_down)
    if plan.relaxation is not None:
        yield from _sequence(plan.relaxation)


def _sequence(sequence: Sequence) -> Iterator[str]:
    yield f"\n{sequence.name} ({clock(sequence.seconds)})"
    for step in sequence.steps:
        yield paragraph(f"{step.name}. {step.say}", 2, f"{clock(step.seconds)}  ")
        if step.easier:
            yield paragraph(f"Easier: {step.easier}", 8)


def _closing(plan: SessionPlan) -> Iterator[str]:
    yield heading("Closing", f"{plan.minutes.closing} min")
    yield "Effort 0 to 10 and pain 0 to 10 from each person. Until next time:"
    yield points((topic.task for topic in plan.topics), 2)


def _whose_text(plan: SessionPlan) -> Iterator[str]:
    yield heading("Whose text this is")
    yield paragraph(plan.notice)
    yield "\nThe facts of this session rest on:"
    for source in plan.sources:
        yield paragraph(f"{source.name}. {source.publisher}, {source.year}.", lead="- ")
