"""What the trail and undo need to know of each table: its key, whom a row is about, what in it is private.

Not for: columns and constraints (`tables_1` and so on).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One table. `person` is the column that names the person a row is about.

    `private` columns, identity and free text, enter the trail as HMAC alone, and are blanked when the person
    is erased; the whole row goes where `gone_when_erased` says so. `hidden` columns enter neither trail nor
    undo. Of an `anonymous` table the trail keeps nothing but its name.
    """

    key: tuple[str, ...]
    person: str | None = None
    private: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    gone_when_erased: bool = False
    anonymous: bool = False


SHAPES: dict[str, Shape] = {
    "cohort": Shape(("id",), hidden=frozenset({"audit_key"})),
    "pack": Shape(("id",), private=frozenset({"content"})),
    "session": Shape(("number",), private=frozenset({"reason"})),
    "session_theme": Shape(("session", "theme")),
    "on_duty": Shape(("session", "facilitator")),
    "person": Shape(("id",), "id", hidden=frozenset({"audit_key"})),
    "identity": Shape(
        ("person",),
        "person",
        private=frozenset({"reference", "given_name", "family_name", "birth_date"}),
        gone_when_erased=True,
    ),
    "contact": Shape(
        ("person",),
        "person",
        private=frozenset(
            {"phone", "emergency_contact", "emergency_phone", "language"}
            | {"interpreter", "hearing_support", "sight_support"}
        ),
        gone_when_erased=True,
    ),
    "consent": Shape(("person", "kind"), "person"),
    "eligibility": Shape(("person",), "person", private=frozenset({"accepted_reason"})),
    "eligibility_answer": Shape(("person", "question"), "person"),
    "run_event": Shape(("session", "seq")),
    "attendance": Shape(("person", "session"), "person"),
    "exercise_log": Shape(("person", "session", "exercise"), "person"),
    "level_change": Shape(
        ("person", "exercise", "from_session", "from_round"), "person", private=frozenset({"reason"})
    ),
    "arrival_answer": Shape(("person", "session", "question"), "person"),
    "arrival_pain": Shape(("person", "session"), "person"),
    "whereabouts": Shape(
        ("person", "session"), "person", private=frozenset({"place", "phone"}), gone_when_erased=True
    ),
    "ruled_out": Shape(("person", "tag"), "person", gone_when_erased=True),
    "measure": Shape(("person", "instrument", "timepoint"), "person"),
    "paper": Shape(("person", "instrument", "timepoint"), "person"),
    "answer": Shape(("person", "instrument", "timepoint", "item"), "person"),
    "incident": Shape(("id",), "person", private=frozenset({"note"})),
    "note": Shape(("id",), "person", private=frozenset({"text"}), gone_when_erased=True),
    "goal": Shape(("id",), "person", private=frozenset({"text"}), gone_when_erased=True),
    "feedback": Shape(("question", "answer"), anonymous=True),
    "signpost": Shape(("person",), "person"),
    "signoff": Shape(("revision",), private=frozenset({"gaps_reason"})),
    "amendment": Shape(("after_revision",), private=frozenset({"reason"})),
    "receipt": Shape(("revision",), private=frozenset({"reason"})),
}
"""Every table that acts write; those of the trail itself are not among them."""
