"""The two sentences that leave with a return: what of a participant is found in them, what is let through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.said_of_nobody import refuse_what_names_somebody
from sessions.errors import Refused
from sessions.records import Contact, Identity

PEOPLE = (
    Identity("P1", "MT-104", "Siân", "O'Neill-Wurzel", date(1957, 3, 14)),
    Identity("P2", None, "Bo", "Ng", None),
)
CONTACTS = (Contact("P1", "07700 900123", None, "+44 1632 960 001", None, None, None, None),)


@pytest.mark.parametrize(
    "reason",
    [
        "Sian was ill",
        "we could not reach SIÂN",
        "Mrs O\u2019Neill moved",
        "mrs oneill moved",
        "the Wurzel family",
        "O'Neill-Wurzel",
        "Si\u200ban was ill",
        "\uff33\uff49\uff41\uff4e was ill",
        "SianONeillWurzel left",
        "Bo left",
        "ng",
        "see MT-104",
        "see mt 104",
        "see MT104.",
        "born 14/03/1957",
        "born 14.3.57",
        "born 1957-03-14",
        "born 14 March 1957",
        "born on the 14th of March 1957",
        "born March 14, 1957",
        "born 19570314",
        "ring 07700900123",
        "ring 07700 900 123",
        "ring +44 7700 900123",
        "ring 01632-960001",
        "ring 020 7946 0000",
        "NHS 943 476 5919",
        "at BS1 4DJ",
        "at bs14dj",
        "at D02 X285",
        "write to jo@example.org",
        "write to jo (at) example.org",
    ],
)
def test_a_reason_that_holds_something_of_a_participant_is_refused_without_repeating_it(reason: str) -> None:
    with pytest.raises(Refused, match="without naming anybody") as refused:
        refuse_what_names_somebody(reason, PEOPLE, CONTACTS)
    assert not any(word in str(refused.value) for word in ("Sian", "104", "1957", "07700", "example"))


@pytest.mark.parametrize(
    "reason",
    [
        "Two people were away for the last fortnight, and their forms did not come back by post.",
        "Sessions 11 and 12 were moved from 2026-11-12 to 2026-11-26; the hall was flooded.",
        "The forms of 14/03/2026 were lost.",
        "A knee replacement; 3 of 12 forms are missing.",
        "Follow-up after 6 months, KOOS entered",
        "MT-10 is no reference here",
        "Nobody named Sia or Neil",
    ],
)
def test_a_plain_reason_passes(reason: str) -> None:
    refuse_what_names_somebody(reason, PEOPLE, CONTACTS)


@settings(max_examples=60, deadline=None)
@given(
    before=st.text(max_size=30),
    name=st.sampled_from(["Siân", "siân", "SIAN", "Wurzel", "O'Neill"]),
    after=st.text(max_size=30),
)
def test_a_name_is_found_wherever_it_stands(before: str, name: str, after: str) -> None:
    with pytest.raises(Refused):
        refuse_what_names_somebody(f"{before} {name}, {after}", PEOPLE, CONTACTS)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text: str) -> None:
    refused = ""
    try:
        refuse_what_names_somebody(text, PEOPLE, CONTACTS)
    except Refused as error:
        refused = error.remedy
    assert refused in {"", "Say it without naming anybody."}
