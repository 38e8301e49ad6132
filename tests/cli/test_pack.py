"""`escape pack …`: every session of every programme, form and delivery can be read and run from."""

from __future__ import annotations

import itertools
import re
import shutil
from pathlib import Path

import pytest

from escape_tui.cli.paragraphs import WIDTH
from escape_tui.cli.plan_text import plan_text
from sessions.pack import Delivery
from sessions.pack_files import SHIPPED, shipped_pack, shipped_packs
from sessions.session_plan import SessionPlan, session_plan
from tests.cli.program import escape

EVERY_SESSION = [
    (name, sessions, number, delivery)
    for name, sessions in itertools.product(shipped_packs(), (12, 10))
    for number, delivery in itertools.product(range(1, sessions + 1), Delivery)
]


def test_the_list_names_both_programmes_and_their_forms() -> None:
    rows = {row["id"]: row for row in escape("pack", "list", "--json").document["packs"]}
    assert set(rows) == {"backs", "knees-hips"}
    assert rows["backs"]["sessions"] == [12, 10]


def test_a_programme_is_shown_with_its_notice_and_sessions() -> None:
    ran = escape("pack", "show", "knees-hips", "--sessions", "10")
    assert "form of 10" in ran.out
    assert len(escape("pack", "show", "knees-hips", "--json").document["topics"]) == 12


@pytest.mark.parametrize("name", shipped_packs())
def test_every_rule_that_has_to_be_confirmed_can_be_read(name: str) -> None:
    pack = shipped_pack(name)
    flat = " ".join(escape("pack", "show", name).out.split())
    for question in pack.eligibility.questions:
        assert question.ask in flat
    for alarm in pack.alarms:
        assert alarm.do in flat
    for due in pack.measures:
        assert due.instrument in flat
    assert f"a rise of {pack.advice.rise_ease_from} or more" in flat
    assert f"baseline {pack.windows.baseline.from_days} to {pack.windows.baseline.to_days}" in flat


@pytest.mark.parametrize(("name", "sessions", "number", "delivery"), EVERY_SESSION)
def test_a_session_can_be_run_from_its_text(
    name: str, sessions: int, number: int, delivery: Delivery
) -> None:
    plan = session_plan(shipped_pack(name), sessions, number, delivery)
    text = plan_text(plan)
    flat = " ".join(text.split())
    for sentence in said_and_done(plan):
        assert sentence in flat
    assert all(len(line) <= WIDTH for line in text.splitlines())


def said_and_done(plan: SessionPlan) -> list[str]:
    sentences = [question.ask for question in plan.arrival]
    sentences += [flag.do for flag in plan.red_flags] + [sign.do for sign in plan.stop_signs]
    for topic in plan.topics:
        sentences += [topic.opening_question, *topic.key_messages, topic.activity.say, topic.task]
    for station in plan.circuit.stations:
        exercise = station.exercise
        sentences += [exercise.name, *exercise.cues, exercise.watch, exercise.when_it_hurts]
        if plan.delivery is not Delivery.VIRTUAL:
            sentences.append(exercise.set_up)
        if plan.delivery is not Delivery.IN_PERSON:
            sentences += [exercise.home.set_up, exercise.home.safety]
    for sequence in (plan.warm_up, plan.cool_down):
        sentences += [step.say for step in sequence.steps]
    return sentences


def test_a_private_question_is_marked_so_that_it_is_never_read_aloud() -> None:
    shown = escape("pack", "show", "backs", "--session", "1").out
    assert "BY CARD OR IN PRIVATE, NEVER ALOUD:" in " ".join(shown.split())


def test_a_question_that_is_a_red_flag_points_to_its_number() -> None:
    text = escape("pack", "show", "backs", "--session", "1").out
    pointers = re.findall(r"-> Red flag (\d+), emergency department or 999 at once", text)
    assert len(pointers) >= 3
    flags = text.split("RED FLAGS")[1].split("STOP AT ONCE")[0]
    for number in pointers:
        assert re.search(rf"^{number}\. ", flags, flags=re.MULTILINE)


def test_virtual_delivery_has_all_exercise_together_without_the_halls_kit() -> None:
    plan = escape("pack", "show", "backs", "--session", "3", "--delivery", "virtual", "--json").document
    assert plan["circuit"]["together"]
    at_home = {item for station in plan["circuit"]["stations"] for item in station["exercise"]["home"]["kit"]}
    assert at_home <= set(plan["kit"]["home"])


def test_a_dose_at_home_never_names_the_halls_kit() -> None:
    plan = session_plan(shipped_pack("knees-hips"), 12, 3, Delivery.VIRTUAL)
    step = next(line for line in plan_text(plan).split("Level ") if "stair" in line)
    assert "step 1" not in step
    assert "support" not in step.split("\n", maxsplit=1)[0]


def test_what_stands_in_can_be_run_from_the_text_as_well() -> None:
    plan = session_plan(shipped_pack("backs"), 12, 3, Delivery.IN_PERSON)
    flat = " ".join(plan_text(plan).split())
    assert plan.circuit.stand_ins
    for exercise in plan.circuit.stand_ins:
        assert exercise.set_up in flat
        assert set(exercise.kit) <= set(plan.kit.hall)


def test_the_first_session_does_not_ask_about_last_time() -> None:
    asked = {
        number: {
            question.id
            for question in session_plan(shipped_pack(name), 12, number, Delivery.IN_PERSON).arrival
        }
        for name in shipped_packs()
        for number in (1, 2)
    }
    assert "not-settled-in-a-day" not in asked[1]
    assert "not-settled-in-a-day" in asked[2]


def test_the_first_session_brings_what_a_delivery_needs_beforehand() -> None:
    notes = {
        number: session_plan(shipped_pack("backs"), 12, number, Delivery.VIRTUAL).delivery_notes
        for number in (1, 2)
    }
    assert len(notes[1]) > len(notes[2]) > 0


def test_json_of_a_session_is_the_whole_plan() -> None:
    ran = escape("pack", "show", "knees-hips", "--session", "4", "--json")
    plan = session_plan(shipped_pack("knees-hips"), 12, 4, Delivery.IN_PERSON)
    assert SessionPlan.model_validate_json(ran.out) == plan
    assert ran.err == ""


def test_a_pack_without_fault_is_said_to_have_none() -> None:
    ran = escape("pack", "check", SHIPPED / "backs", "--json")
    assert (ran.code, ran.document["faults"]) == (0, [])


def test_a_faulty_pack_is_refused_with_every_fault_on_its_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED / "backs", tmp_path / "backs"))
    for name in ("goal-setting", "pacing"):
        topic = folder / "topics" / f"{name}.toml"
        topic.write_text(topic.read_text(encoding="utf-8").replace("aim =", "aims ="), encoding="utf-8")
    ran = escape("pack", "check", folder)
    assert ran.code == 4
    for name in ("goal-setting", "pacing"):
        assert f"topics/{name}.toml, line " in ran.err
    assert ran.err.endswith("has 4 faults. Mend each place that is named, then check again.\n")
    faults = escape("pack", "check", folder, "--json").document["faults"]
    assert {fault["place"] for fault in faults} == {"aim", "aims"}


def test_a_faulty_pack_of_the_home_is_named_and_does_not_hide_the_others(tmp_path: Path) -> None:
    own = Path(shutil.copytree(SHIPPED / "backs", tmp_path / "packs" / "mine"))
    ran = escape("pack", "list", "--json", home=tmp_path)
    assert len(ran.document["packs"]) == 2
    assert "mine" in ran.err
    head = own / "pack.toml"
    head.write_text(
        head.read_text(encoding="utf-8").replace('id = "backs"', 'id = "mine"', 1), encoding="utf-8"
    )
    assert len(escape("pack", "list", "--json", home=tmp_path).document["packs"]) == 3
    assert escape("pack", "show", "mine", "--session", "2", home=tmp_path).code == 0
