"""Commands of the arrival: who is here, what they answered, where those over a screen are.

Not for: the acts themselves (`guiding.register`).
"""

from __future__ import annotations

from typing import get_args

from escape_tui.guiding.plain.command import (
    Command,
    Desk,
    alone,
    code_in,
    each_person,
    number_in,
    text_in,
    word_in,
)
from escape_tui.guiding.plain.words import names, register_line
from escape_tui.guiding.where_today import same_place_as_last, say_where_today, to_ask_where
from sessions.errors import Refused
from sessions.records import AbsenceReason, AttendanceStatus
from sessions.rules import ArrivalQuestion

_REASONS: tuple[AbsenceReason, ...] = get_args(AbsenceReason)


def who(desk: Desk) -> None:
    """Tell the whole register, and who is still to be asked."""
    desk.talk.say(*(register_line(row) for row in desk.guide.register.rows))
    if still := desk.guide.register.not_asked:
        desk.talk.say(f"Not asked on arrival: {names(row.person for row in still)}.")
    if nowhere := to_ask_where(desk.guide):
        desk.talk.say(f"Not asked where they are: {names(row.person for row in nowhere)}.")


def everyone_here(desk: Desk) -> None:
    """Mark everyone here who has no mark."""
    desk.talk.tell(desk.guide.mark_all_here())
    close_support(desk)


def here(desk: Desk, words: tuple[str, ...]) -> None:
    """Mark people who come through the door."""
    each_person(desk, words, lambda person: desk.talk.tell(desk.guide.arrive(person)))
    close_support(desk)


def late(desk: Desk, words: tuple[str, ...]) -> None:
    """Mark people late."""
    _mark_each(desk, words, "late")
    close_support(desk)


def left(desk: Desk, words: tuple[str, ...]) -> None:
    """Mark people who went home early."""
    _mark_each(desk, words, "left_early")


def away(desk: Desk, words: tuple[str, ...]) -> None:
    """Mark one person away, with the reason or without."""
    _away(desk, words, "absent")


def excused(desk: Desk, words: tuple[str, ...]) -> None:
    """Mark one person away who said so before."""
    _away(desk, words, "excused")


def unmark(desk: Desk, words: tuple[str, ...]) -> None:
    """Take marks out."""
    each_person(desk, words, lambda person: desk.talk.tell(desk.guide.unmark(person)))


def questions(desk: Desk) -> None:
    """Tell what is asked on arrival."""
    for question in desk.guide.register.questions:
        private = "In private: " if question.private else ""
        desk.talk.say(f"- {private}{question.ask}")


def asked(desk: Desk, words: tuple[str, ...]) -> None:
    """Everyone here was asked, or these people were, and nobody said yes to what is open."""
    people = [desk.talk.person(word).person.id for word in words] or None
    desk.talk.tell(desk.guide.register.all_asked_nobody_yes(people))


def yes(desk: Desk, words: tuple[str, ...]) -> None:
    """One person said yes to a question."""
    row = desk.talk.person(word_in(words, 0))
    asks = desk.guide.register.questions
    chosen = desk.talk.choose("Yes to which?", [question.ask for question in asks])
    if chosen is None:
        return
    _said_yes(desk, row.person.id, asks[chosen])


def no(desk: Desk, words: tuple[str, ...]) -> None:
    """Put a slip right: this person did not say yes."""
    row = desk.talk.person(word_in(words, 0))
    told = [one for one in desk.guide.register.questions if row.answer(one.id) == "yes"]
    if not told:
        raise Refused("This person has said yes to nothing.", "Type asked for no to everything.")
    chosen = desk.talk.choose("No to which?", [question.ask for question in told])
    if chosen is not None:
        desk.talk.tell(desk.guide.answer(row.person.id, told[chosen], "no"))


def pain(desk: Desk, words: tuple[str, ...]) -> None:
    """Pain on arrival of one person."""
    row = desk.talk.person(word_in(words, 0))
    desk.talk.tell(desk.guide.register.pain(row.person.id, number_in(words, 1, "Pain", 10)))


def over_screen(desk: Desk, words: tuple[str, ...]) -> None:
    """People of a hybrid group are over the screen today."""
    each_person(desk, words, lambda one: desk.talk.tell(desk.guide.take_part_over_screen(one, True)))


def in_hall(desk: Desk, words: tuple[str, ...]) -> None:
    """People of a hybrid group are in the hall today."""
    each_person(desk, words, lambda one: desk.talk.tell(desk.guide.take_part_over_screen(one, False)))


def place(desk: Desk, words: tuple[str, ...]) -> None:
    """Where somebody over a screen is today."""
    row = desk.talk.person(word_in(words, 0))
    desk.talk.tell(say_where_today(desk.guide, row.person.id, place=text_in(words, 1)))


def phone(desk: Desk, words: tuple[str, ...]) -> None:
    """A telephone where somebody over a screen is today."""
    row = desk.talk.person(word_in(words, 0))
    desk.talk.tell(say_where_today(desk.guide, row.person.id, phone=text_in(words, 1)))


def same(desk: Desk, words: tuple[str, ...]) -> None:
    """People over a screen are where they were the last time."""
    each_person(desk, words, lambda one: desk.talk.tell(same_place_as_last(desk.guide, one)))


def close_support(desk: Desk) -> None:
    """Have the warning answered, once for each number of people, that too many here need close support."""
    warning = desk.guide.register.too_many_close(max(1, len(desk.guide.on_duty)))
    if warning is None or warning.people <= desk.close_support_answered:
        return
    answers = ("go on all the same; a note of it is kept", "not yet: find help, or let somebody sit out")
    chosen = desk.talk.choose(f"Warning: {warning.words}", answers)
    if chosen == 0:
        desk.close_support_answered = warning.people
        desk.talk.tell(desk.guide.register.go_on_all_the_same(warning))


def _mark_each(desk: Desk, words: tuple[str, ...], status: AttendanceStatus) -> None:
    each_person(desk, words, lambda person: desk.talk.tell(desk.guide.mark(person, status)))


def _away(desk: Desk, words: tuple[str, ...], status: AttendanceStatus) -> None:
    row = desk.talk.person(word_in(words, 0))
    desk.talk.tell(desk.guide.mark(row.person.id, status, code_in(words, 1, _REASONS)))


def _said_yes(desk: Desk, person: str, question: ArrivalQuestion) -> None:
    flag = desk.guide.register.flag_of(question)
    desk.talk.tell(desk.guide.answer(person, question, "yes"))
    desk.talk.say(f"Do: {question.on_yes}")
    if flag is not None:
        at_once = "At once" if flag.urgency == "emergency" else "Today"
        desk.talk.say(f"{at_once}: {flag.do}")


COMMANDS: tuple[Command, ...] = (
    Command("who", "the whole register", alone(who), "w"),
    Command("all", "mark everyone here who has no mark", alone(everyone_here)),
    Command("here 3 5", "mark people as they come; after the arrival they are late", here, "h"),
    Command("away 4 ill", f"mark one away; the reason may follow: {', '.join(_REASONS)}", away, "a"),
    Command("excused 4 work", "mark one away who said so before", excused),
    Command("late 3", "mark people late", late),
    Command("left 3", "mark people who go home early", left),
    Command("unmark 3", "take a mark out", unmark),
    Command("questions", "what is asked on arrival", alone(questions)),
    Command("asked 3 5", "these were asked and said no to all; without numbers: everyone here", asked, "k"),
    Command("yes 4", "one said yes; the questions follow to choose from", yes, "y"),
    Command("no 4", "a yes was a slip", no),
    Command("pain 3 5", "pain on arrival, 0 to 10", pain),
    Command("screen 3", "people of a hybrid group who are over the screen today", over_screen),
    Command("hall 3", "people of a hybrid group who are in the hall today", in_hall),
    Command("place 3 12 Mill Lane", "where one over the screen is today, for an ambulance", place),
    Command("phone 3 0161 496 0000", "a telephone there", phone),
    Command("same 3", "where they were the last time", same),
)
