"""Killed between any two steps of sending, the next run comes to the same end as without it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.killed import dies_at
from tests.sending.making import Site, held, lay

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")


def end(site: Site, stick: Path) -> tuple[object, ...]:
    """What there is to see once all is done."""
    one = site.only()
    with site.cohort() as cohort:
        answers = len(cohort.connection.rows("SELECT id FROM audit WHERE act = 'record_receipt'"))
    return (held(stick), one.state, one.received_at, site.waiting.exists(), site.noted(), answers)


def test_killed_at_any_step_of_sending_the_next_run_sends_it_once(made_site: Site, tmp_path: Path) -> None:
    step, killed = 0, True
    ends = []
    while killed:
        step += 1
        site, stick = made_site.copied(tmp_path / f"home{step}"), tmp_path / f"stick{step}"
        stick.mkdir()
        killed = dies_at(step, lambda: site.sync(stick))  # noqa: B023
        whole = [name for name in held(stick) if name.endswith(".zip")]
        assert all((stick / name).read_bytes() == site.waiting.read_bytes() for name in whole)
        site.sync(stick)
        ends.append(end(site, stick))
        shutil.rmtree(site.folder)
    assert step > 15
    assert all(one == ends[-1] for one in ends)
    assert ends[-1][1] == "sent"


def test_killed_at_any_step_of_fetching_a_receipt_the_next_run_notes_it_once(
    made_site: Site, tmp_path: Path
) -> None:
    sent, stick = made_site.copied(tmp_path / "sent"), tmp_path / "stick"
    stick.mkdir()
    sent.sync(stick)
    lay(stick, sent.receipt())
    step, killed = 0, True
    ends = []
    while killed:
        step += 1
        site = sent.copied(tmp_path / f"home{step}")
        killed = dies_at(step, lambda: site.sync(stick))  # noqa: B023
        assert site.waiting.exists() or site.only().state == "accepted"
        site.sync(stick)
        ends.append(end(site, stick))
        shutil.rmtree(site.folder)
    assert step > 15
    assert all(one == ends[-1] for one in ends)
    assert ends[-1][1] == "accepted"
