"""From a site that signs, over a folder, through the centre, and its answer home again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exports.centre.receive import receive
from tests.centre.making import Clinic
from tests.sending.making import CENTRE_KEY, NAME, make_site


def test_what_a_site_sends_is_accepted_and_the_site_sees_so_with_counts_that_agree(
    tmp_path: Path, clinic: Clinic
) -> None:
    site = make_site(tmp_path / "site")
    centre = replace(clinic, signers=site.made.trusted().allowed)
    site.sync(centre.inbox)
    assert site.only().state == "sent"
    outcome = receive(centre.order(lambda: CENTRE_KEY))
    assert [(one.file, one.verdict) for one in outcome.received] == [(NAME, "accepted")]
    site.sync(centre.inbox)
    assert site.only().state == "accepted"
    assert all(row.counted == row.sealed for row in site.only().rows)
    assert site.only().rows
    (noted,) = site.noted()
    assert noted.verdict == "accepted"
