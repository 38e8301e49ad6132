"""A program killed at any step of writing its keys: the home opens with the old keys or with the new ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from escape_tui.setting_up import set_up
from escape_tui.settings import site_of
from escape_tui.store.files import LEFTOVER_SUFFIX
from escape_tui.store.key_file import KEYS_NAME, keys_are_there
from escape_tui.store.keys import PlainHome, UnlockedHome
from escape_tui.store.opening import open_home
from escape_tui.store.passphrase import Passphrase
from sessions.errors import CannotOpen
from tests.killed import dies_at
from tests.unit.home_fixtures import CHEAP, OTHER, PASSPHRASE, cheap_home, opened

if not hasattr(os, "fork"):
    pytest.skip("a test kills forked children", allow_module_level=True)

ERASED_AT = datetime(2026, 11, 5, tzinfo=UTC)
FEWEST_STEPS = 10

CHANGES: dict[str, Callable[[UnlockedHome], object]] = {
    "a new cohort": lambda home: home.new_cohort_key("B"),
    "an erased cohort": lambda home: home.remove_cohort_key("GONE", ERASED_AT),
    "a new passphrase": lambda home: home.change_passphrase(OTHER, CHEAP),
    "a new home key": lambda home: home.rotate(OTHER, lambda _: None, CHEAP),
    "a cohort moving": lambda home: home.renew_cohort_key("A"),
}


@pytest.mark.parametrize("damaged", [False, True], ids=["sound", "damaged before"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_killed_while_keys_change_the_home_opens_and_no_cohort_is_lost(
    tmp_path: Path, change: Callable[[UnlockedHome], object], damaged: bool
) -> None:
    template = tmp_path / "template"
    home, _ = cheap_home(template)
    key = home.new_cohort_key("A")
    home.new_cohort_key("GONE")
    home.change_passphrase(PASSPHRASE, CHEAP)
    if damaged:
        (template / KEYS_NAME).write_bytes(b"{")

    killed = 0
    for folder in _copies(template):
        victim = opened(folder)
        if not dies_at(killed + 1, lambda victim=victim: change(victim)):  # type: ignore[misc]
            break
        killed += 1
        home = _opened_by_one_of(folder, PASSPHRASE, OTHER)
        assert home.cohort_key("A") == key
        assert not list(folder.glob(f"*{LEFTOVER_SUFFIX}"))
        home.new_cohort_key("AFTER")
        assert home.cohort_key("A") == key
    assert killed >= FEWEST_STEPS


def test_killed_while_a_home_is_set_up_it_can_be_set_up_again_or_opens(tmp_path: Path) -> None:
    site = site_of("S042", "Test Hall", "")

    def begin(folder: Path) -> None:
        set_up(folder, site, None)

    step = 0
    while True:
        step += 1
        folder = tmp_path / str(step)
        if not dies_at(step, lambda folder=folder: begin(folder)):  # type: ignore[misc]
            break
        if not keys_are_there(folder):
            begin(folder)
        assert isinstance(open_home(folder, lambda: PASSPHRASE), PlainHome)
        assert not list(folder.glob(f"*{LEFTOVER_SUFFIX}"))
    assert step > FEWEST_STEPS


def _copies(template: Path) -> Iterator[Path]:
    for number in range(1000):
        folder = template.with_name(f"copy {number}")
        shutil.copytree(template, folder)
        yield folder


def _opened_by_one_of(folder: Path, first: Passphrase, second: Passphrase) -> UnlockedHome:
    try:
        return opened(folder, first)
    except CannotOpen:
        return opened(folder, second)
