"""The lines of a person's form: what they hold, what they mean, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.people_form import FIELDS, FaultyForm, newcomer, put_line_right, text_of, understood, value_of
from escape_tui.store.acts.people import PersonEntry
from sessions.records import ReferralSource, Sex, Side
from sessions.rules import PainSite

TODAY = date(2026, 10, 5)
_typed = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30).filter(str.strip)
_entries = st.builds(
    PersonEntry,
    reference=_typed,
    given_name=_typed,
    family_name=_typed,
    birth_date=st.dates(date(1910, 1, 1), TODAY),
    sex=st.sampled_from(get_args(Sex)),
    pain_site=st.sampled_from(get_args(PainSite)),
    side=st.sampled_from(get_args(Side)),
    pain_months=st.integers(0, 1440),
    referral_source=st.sampled_from(get_args(ReferralSource)),
    needs_close_support=st.booleans(),
    phone=_typed,
    language=_typed,
    hearing_support=st.sampled_from(["yes", "no", "[/b] loop", "links"]),
    joined_at_session=st.integers(1, 12),
)


@given(_entries)
@settings(max_examples=60)
def test_a_line_says_what_is_kept_so_that_leaving_it_changes_nothing(
    entry: PersonEntry,
) -> None:
    for field in FIELDS:
        assert put_line_right(entry, field.name, text_of(entry, field.name)) is None, field.name


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("sex", "f", "female"),
        ("sex", "prefer not to say", "not_stated"),
        ("pain_site", "hip and knee", "knee_and_hip"),
        ("side", "bilateral", "both"),
        ("pain_months", "1.5 years", 18),
        ("birth_date", "14/05/1956", date(1956, 5, 14)),
        ("referral_source", "physio", "physiotherapist"),
        ("needs_close_support", "n", False),
        ("hearing_support", "y", "yes"),
        ("hearing_support", "a loop", "a loop"),
        ("given_name", " Ann [/b] x ", " Ann [/b] x "),
        ("phone", "  ", None),
    ],
)
def test_a_line_is_read_in_the_usual_words_and_text_stays_exact(field: str, text: str, value: Any) -> None:
    assert value_of(field, text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("sex", "q"),
        ("pain_site", "left knee"),
        ("birth_date", "14/05/56"),
        ("birth_date", "31/02/1956"),
        ("pain_months", "long"),
        ("joined_at_session", "0"),
        ("given_name", "a\x07b"),
        ("family_name", "x" * 201),
    ],
)
def test_what_cannot_be_read_names_its_line_and_never_repeats_it(field: str, text: str) -> None:
    with pytest.raises(FaultyForm) as refused:
        value_of(field, text)
    assert refused.value.field == field
    assert text not in str(refused.value)


def test_an_empty_line_clears_what_may_be_unknown_and_keeps_a_name_and_a_first_session() -> None:
    kept = PersonEntry(given_name="Ann", family_name="", phone="07700", sex="female", joined_at_session=3)
    cleared = put_line_right(kept, "phone", "")
    assert cleared is not None
    assert tuple(cleared.clear) == ("phone",)
    unstated = put_line_right(kept, "sex", "")
    assert unstated is not None
    assert unstated.entry.sex == "not_stated"
    for name in ("given_name", "joined_at_session"):
        with pytest.raises(FaultyForm):
            put_line_right(kept, name, "")


def test_a_newcomer_needs_one_name_and_bears_the_consents_that_were_said() -> None:
    entered = newcomer({"family_name": "Cole", "consent_sharing": "n", "consent_programme": "yes"}, TODAY)
    assert {one.kind: one.given for one in entered.consents} == {"programme": True, "sharing": False}
    with pytest.raises(FaultyForm) as refused:
        newcomer({"given_name": "  ", "phone": "07700"}, TODAY)
    assert refused.value.field == "given_name"


def test_what_was_understood_is_said_in_full() -> None:
    assert understood("birth_date", date(1956, 10, 6), TODAY) == "6 October 1956, 69 years"
    assert understood("referral_source", "msk_triage", TODAY) == "msk triage"
    assert understood("given_name", "Ann", TODAY) == ""
