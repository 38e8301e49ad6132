"""Receipts that come home: only the centre's own, for exactly this return, and never an older one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from exports.outbox import State
from exports.receipts import CentreReceipt, ReceiptVerdictWord
from exports.signature import RETURN_NAMESPACE, sign
from tests.returns.signing_home import change_settings
from tests.sending.making import BAG, CENTRE_KEY, NAME, RECEIVED, STRANGERS_KEY, Site, held, later, lay


@pytest.fixture
def sent(site: Site, stick: Path) -> Site:
    """A site whose return was sent."""
    site.sync(stick)
    return site


def test_an_accepted_return_is_told_noted_in_the_cohort_and_let_go_of(sent: Site, stick: Path) -> None:
    assert sent.waiting.exists()
    lay(stick, sent.receipt())
    assert sent.sync(stick).whole
    one = sent.only()
    assert (one.state, one.centre, one.received_at) == ("accepted", "Central team", RECEIVED)
    assert one.agrees is True
    (noted,) = sent.noted()
    assert (noted.verdict, noted.tagmanifest_sha256) == ("accepted", one.tagmanifest_sha256)
    assert not sent.waiting.exists()
    assert list(held(stick)) == [NAME]


def test_a_receipt_named_after_the_whole_file_counts_too(sent: Site, stick: Path) -> None:
    lay(stick, sent.receipt(), bag=NAME)
    sent.sync(stick)
    assert sent.only().state == "accepted"


@pytest.mark.parametrize(("verdict", "state"), [("refused", "refused"), ("fork", "forked")])
def test_a_return_that_is_not_taken_stays_in_the_outbox_with_the_reason(
    sent: Site, stick: Path, verdict: ReceiptVerdictWord, state: State
) -> None:
    lay(stick, sent.receipt().model_copy(update={"verdict": verdict, "reason": "Why not."}))
    sent.sync(stick)
    assert (sent.only().state, sent.only().reason) == (state, "Why not.")
    assert sent.waiting.exists()
    assert [one.verdict for one in sent.noted()] == ["refused"]


def test_other_counts_than_were_sealed_are_told_and_the_file_is_kept(sent: Site, stick: Path) -> None:
    receipt = sent.receipt()
    lay(stick, receipt.model_copy(update={"counts": receipt.counts | {"participants": 7}}))
    sent.sync(stick)
    assert sent.only().agrees is False
    (row,) = (one for one in sent.only().rows if one.table == "participants")
    assert (row.sealed, row.counted) == (2, 7)
    assert sent.waiting.exists()


def nothing_changed(sent: Site, stick: Path) -> None:
    before = sent.only()
    sent.sync(stick)
    assert sent.only() == before
    assert sent.noted() == ()


def test_a_receipt_by_a_stranger_changes_nothing(sent: Site, stick: Path) -> None:
    lay(stick, sent.receipt(), key=STRANGERS_KEY)
    nothing_changed(sent, stick)


def test_without_a_key_in_the_settings_no_receipt_counts_and_that_is_said(sent: Site, stick: Path) -> None:
    change_settings(sent.made, lambda text: text.replace("receipt_signers = [", "receipt_signers = [] # "))
    lay(stick, sent.receipt())
    assert any("name no key for receipts" in word for word in sent.sync(stick).words)
    assert sent.only().state == "sent"


def test_a_receipt_that_was_altered_changes_nothing(sent: Site, stick: Path) -> None:
    lay(stick, sent.receipt().model_copy(update={"verdict": "refused"}))
    file = stick / f"{BAG}.receipt.json"
    file.write_bytes(file.read_bytes().replace(b'"refused"', b'"accepted"'))
    nothing_changed(sent, stick)


def test_a_receipt_without_its_signature_changes_nothing(sent: Site, stick: Path) -> None:
    lay(stick, sent.receipt())
    (stick / f"{BAG}.receipt.json.sig").unlink()
    nothing_changed(sent, stick)


def test_a_signature_that_the_centres_key_made_for_something_else_changes_nothing(
    sent: Site, stick: Path
) -> None:
    lay(stick, sent.receipt())
    content = (stick / f"{BAG}.receipt.json").read_bytes()
    (stick / f"{BAG}.receipt.json.sig").write_bytes(sign(content, RETURN_NAMESPACE, CENTRE_KEY))
    nothing_changed(sent, stick)


@pytest.mark.parametrize(
    "foreign",
    [{"tagmanifest_sha256": "0" * 64}, {"return_id": "R-OTHER"}, {"revision": 2}],
    ids=["another bag", "another return", "another revision"],
)
def test_a_receipt_for_another_return_changes_nothing(
    sent: Site, stick: Path, foreign: dict[str, object]
) -> None:
    lay(stick, sent.receipt().model_copy(update=foreign))
    nothing_changed(sent, stick)


def test_a_receipt_of_a_newer_format_changes_nothing(sent: Site, stick: Path) -> None:
    document: CentreReceipt = sent.receipt().model_copy(update={"format_version": 2})
    lay(stick, document)
    nothing_changed(sent, stick)


def test_a_replayed_receipt_is_noted_once(sent: Site, stick: Path) -> None:
    lay(stick, sent.receipt().model_copy(update={"verdict": "refused", "reason": "Unknown signer."}))
    sent.sync(stick)
    with sent.cohort() as cohort:
        trail = len(cohort.connection.rows("SELECT id FROM audit"))
    before = sent.only()
    sent.sync(stick)
    with sent.cohort() as cohort:
        assert len(cohort.connection.rows("SELECT id FROM audit")) == trail
    assert sent.only() == before


def test_a_later_answer_counts_and_an_older_one_laid_over_it_does_not(sent: Site, stick: Path) -> None:
    refused = sent.receipt().model_copy(update={"verdict": "refused", "reason": "Unknown signer."})
    lay(stick, refused)
    sent.sync(stick)
    lay(stick, later(refused, verdict="accepted", reason=None))
    sent.sync(stick)
    assert sent.only().state == "accepted"
    lay(stick, refused)
    sent.sync(stick)
    assert sent.only().state == "accepted"
    assert [one.verdict for one in sent.noted()] == ["accepted"]


def test_a_fork_that_shows_later_is_told_though_the_return_was_accepted(sent: Site, stick: Path) -> None:
    lay(stick, sent.receipt())
    sent.sync(stick)
    lay(stick, later(sent.receipt(), verdict="fork"))
    sent.sync(stick)
    assert sent.only().state == "forked"


def test_an_answer_that_came_before_we_knew_that_it_was_sent_saves_sending_it_twice(
    site: Site, stick: Path
) -> None:
    lay(stick, site.receipt())
    site.sync(stick)
    assert site.only().state == "accepted"
    assert held(stick) == {}


def test_while_the_cohort_is_open_elsewhere_the_answer_is_kept_and_noted_later(
    sent: Site, stick: Path
) -> None:
    lay(stick, sent.receipt())
    with sent.cohort():
        done = sent.sync(stick)
    assert done.whole
    assert any("could not be noted in the cohort" in word for word in done.words)
    assert sent.only().state == "accepted"
    sent.sync(stick)
    assert len(sent.noted()) == 1


def test_a_cohort_that_was_put_back_from_before_the_signature_is_left_as_it_is(
    site: Site, stick: Path, tmp_path: Path
) -> None:
    site.sync(stick)
    lay(stick, site.receipt())
    with site.cohort() as cohort:
        cohort.connection.run("DELETE FROM signoff")
    done = site.sync(stick)
    assert (done.whole, done.words) == (True, ())
    assert site.noted() == ()


def test_what_is_lost_of_the_outboxs_own_file_is_found_out_anew(sent: Site, stick: Path) -> None:
    lay(stick, sent.receipt())
    sent.sync(stick)
    (sent.folder / "outbox.json").unlink()
    sent.sync(stick)
    assert sent.only().state == "accepted"
    assert len(sent.noted()) == 1
    assert list(held(stick)) == [NAME]


def test_an_older_answer_never_overtakes_the_one_that_the_cohort_knows(sent: Site, stick: Path) -> None:
    receipt = sent.receipt()
    lay(stick, later(receipt))
    sent.sync(stick)
    (sent.folder / "outbox.json").unlink()
    lay(stick, receipt.model_copy(update={"verdict": "refused", "reason": "Unknown signer."}))
    sent.sync(stick)
    assert [one.verdict for one in sent.noted()] == ["accepted"]


def test_it_is_time_for_another_look_until_the_centre_has_answered(sent: Site, stick: Path) -> None:
    change_settings(sent.made, lambda text: text.replace('\nto = ""', f'\nto = "{stick}"'))
    now = sent.made.clock.now
    assert sent.outbox().is_due(now)
    sent.sync(stick / "gone")
    assert not sent.outbox().is_due(now)
    assert sent.outbox().is_due(now + timedelta(minutes=15))
    lay(stick, sent.receipt())
    sent.sync(stick)
    assert not sent.outbox().is_due(now + timedelta(days=9))
