"""Pictures of the exercise part and the emergency: three sizes, both themes, each read before it was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from sessions.run_steps import Kind, Phase, Step
from tests.screens.pictures import looks_as_before
from tests.screens.session.circuits import seen, to_step
from tests.screens.session.hall import LARGE, SMALL, VAST, Hall, play
from tests.screens.session.test_emergency_screens import home_with_address

SIZES = (SMALL, LARGE, VAST)


def warm_up(step: Step) -> bool:
    """The walk on the spot, which has the most words."""
    return step.phase is Phase.WARM_UP and step.title.startswith("Easy")


def at_work(step: Step) -> bool:
    """The second turn."""
    return step.kind is Kind.WORK and step.bout == 2


def changing(step: Step) -> bool:
    """On the way to the second turn."""
    return step.kind is Kind.CHANGE


def cooling(step: Step) -> bool:
    """After the circuit."""
    return step.phase is Phase.COOL_DOWN


PANES = {
    "hall-warm-up": (warm_up, ("h",)),
    "hall-work": (at_work, ("h",)),
    "hall-change": (changing, ("h",)),
    "desk": (at_work, ("d", "a", "3", "i", "4", "n", "6", "o", "5")),
    "desk-times": (at_work, ("d", "k")),
    "sweep": (cooling, ("d", "l", "s", "4", "2", "7")),
    "emergency": (at_work, ("e", "3")),
    "roll-call": (at_work, ("r", "1", "a")),
    "incident": (at_work, ("e", "3", "n", "1")),
}
BOXES = ("desk-times", "roll-call", "incident")
"""The same at any size."""
CONTRAST = ("hall-change", "desk", "sweep", "emergency")


async def shown(hall: Hall, name: str) -> None:
    """Go there and press its keys."""
    wanted, keys = PANES[name]
    await to_step(hall, wanted)
    hall.clock.advance(7)
    await hall.press(*keys)
    await seen(hall)
    await hall.pilot.pause(0.2)


@pytest.mark.parametrize(
    ("name", "size"),
    [(name, size) for name in PANES for size in SIZES if size == SMALL or name not in BOXES],
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}x{one[1]}",
)
def test_it_looks_as_it_was_read(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    async def then(hall: Hall) -> None:
        await shown(hall, name)
        assert looks_as_before(hall.app, f"session-{name}-{size[0]}x{size[1]}")

    play(home_with_address(tmp_path / "home"), then, size=size)


@pytest.mark.parametrize("name", CONTRAST)
def test_it_looks_as_it_was_read_in_high_contrast(tmp_path: Path, name: str) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("f8")
        await shown(hall, name)
        assert looks_as_before(hall.app, f"session-{name}-high-contrast")

    play(home_with_address(tmp_path / "home"), then)
