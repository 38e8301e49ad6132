"""Events of a run survive being kept: what is written is what is read, and nothing else is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.clock import Instant
from sessions.errors import CannotOpen
from sessions.run_events import Event, Paused, TimesChanged, from_json, to_json
from sessions.run_steps import Kind
from tests.unit.run_plans import BEGIN, seconds
from tests.unit.run_stories import events

NOON = Instant(BEGIN, seconds(12.000001), "first")


@given(events)
@settings(max_examples=150)
def test_every_event_survives_its_written_form(event: Event) -> None:
    assert from_json(to_json(event)) == event


def test_the_written_form_names_the_kind_and_the_instant() -> None:
    assert json.loads(to_json(TimesChanged(NOON, Kind.CHANGE, 45))) == {
        "kind": "times_changed",
        "at": {"wall": "2026-11-02T10:00:00Z", "monotonic": "PT12.000001S", "era": "first"},
        "part": "change",
        "seconds": 45,
    }


@pytest.mark.parametrize(
    "damage",
    [
        {"kind": "danced"},
        {"kind": "time_added", "seconds": "30"},
        {"kind": "went_on", "to": 3},
        {"at": {"wall": "2026-11-02T10:00:00", "monotonic": "PT12S", "era": "first"}},
        {"at": None},
    ],
)
def test_what_no_event_wrote_is_refused_with_what_to_do(damage: dict[str, object]) -> None:
    damaged = json.loads(to_json(Paused(NOON))) | damage
    with pytest.raises(CannotOpen, match="backup"):
        from_json(json.dumps(damaged))


@given(st.text(max_size=20))
@settings(max_examples=30)
def test_text_that_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(CannotOpen):
        from_json(text)
