"""More than one return in the outbox, and returns that are encrypted for the centre."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from escape_tui.signing import amend_return
from tests.returns.signing_home import change_settings
from tests.sending.making import NAME, Site, held, lay

SECOND = "S042_K26-1_r2.zip"


def amended(site: Site) -> None:
    with site.cohort() as cohort:
        amend_return(cohort, site.made.home, "A form came by post.")
    site.made.clock.now += timedelta(days=1)
    out = site.folder.parent / "second"
    out.mkdir()
    site.made.sign(out)


def test_revisions_are_sent_in_their_order_and_each_has_its_own_answer(site: Site, stick: Path) -> None:
    amended(site)
    site.sync(stick)
    assert sorted(held(stick)) == [NAME, SECOND]
    first, second = site.outbox().returns
    sent = [one.sent_at for one in (first, second)]
    assert sent == sorted(sent, key=str)
    receipts = {one.revision: one for one in site.receipts()}
    lay(stick, receipts[1])
    lay(stick, receipts[2].model_copy(update={"verdict": "refused", "reason": "Not that one."}), bag=SECOND)
    site.sync(stick)
    assert [one.state for one in site.outbox().returns] == ["accepted", "refused"]
    assert [(one.revision, one.verdict) for one in site.noted()] == [(1, "accepted"), (2, "refused")]


def test_the_answer_to_an_older_revision_says_nothing_of_the_newer(site: Site, stick: Path) -> None:
    amended(site)
    site.sync(stick)
    (first, _) = site.receipts()
    lay(stick, first)
    lay(stick, first, bag="S042_K26-1_r2")
    site.sync(stick)
    assert [one.state for one in site.outbox().returns] == ["accepted", "sent"]


def test_an_encrypted_return_is_encrypted_once_and_its_counts_are_compared_all_the_same(
    site: Site, stick: Path, tmp_path: Path
) -> None:
    pyrage = pytest.importorskip("pyrage")
    recipient = pyrage.x25519.Identity.generate().to_public()
    change_settings(site.made, lambda text: text.replace('encrypt_for = ""', f'encrypt_for = "{recipient}"'))
    site.waiting.unlink()
    amended(site)
    name = f"{SECOND}.age"
    signed = (site.folder / "outbox" / name).read_bytes()
    site.sync(stick / "gone")
    site.sync(stick)
    assert held(stick) == {name: signed}
    (receipt,) = site.receipts()
    lay(stick, receipt, bag="S042_K26-1_r2")
    site.sync(stick)
    assert (site.only().state, site.only().agrees) == ("accepted", True)
