"""`escape sync` as a script runs it: its exit codes, its document, its words."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import escape
from tests.returns.signing_home import change_settings
from tests.sending.making import NAME, Site, held, later, lay


def test_all_delivered_is_0_also_while_no_answer_came(site: Site, stick: Path) -> None:
    change_settings(site.made, lambda text: text.replace('\nto = ""', f'\nto = "{stick}"'))
    ran = escape("sync", "--json", home=site.folder)
    assert ran.code == 0, ran.err
    assert list(held(stick)) == [NAME]
    assert (ran.document["to"], ran.document["fault"], ran.document["next_try"]) == (str(stick), None, None)
    (row,) = ran.document["returns"]
    assert (row["file"], row["state"], row["counts_agree"]) == (NAME, "sent", None)
    assert row["counts"]["participants"] == {"sealed": 2, "counted": None}


def test_an_accepted_return_is_0_and_a_fork_is_1_and_both_are_said(site: Site, stick: Path) -> None:
    receipt = site.receipt()
    lay(stick, receipt)
    ran = escape("sync", "--to", stick, home=site.folder)
    assert ran.code == 0
    assert NAME in ran.out
    assert "accepted" in ran.out
    lay(stick, later(receipt, verdict="fork", reason="Another bag of this revision was received."))
    ran = escape("sync", "--to", stick, home=site.folder)
    assert ran.code == 1
    assert "Another bag of this revision was received." in ran.out


def test_a_medium_that_is_away_is_5_with_one_plain_line_and_the_next_try(site: Site, stick: Path) -> None:
    ran = escape("sync", "--to", stick / "gone", "--json", home=site.folder)
    assert ran.code == 5
    assert ran.err.count("\n") == 1
    assert "is not there; a stick may be out" in ran.err
    assert "Next try: " in ran.err
    assert ran.document["fault"] in ran.err
    assert ran.document["next_try"].endswith("Z")
    assert ran.document["returns"][0]["state"] == "queued"


def test_an_address_with_a_password_is_refused_and_never_repeated(site: Site) -> None:
    ran = escape("sync", "--to", "sftp://jk:secret-word@127.0.0.1/in", home=site.folder)
    assert ran.code == 4
    assert "holds a password" in ran.err
    assert "secret" not in ran.err + ran.out


def test_without_any_place_to_send_to_it_is_refused(site: Site) -> None:
    ran = escape("sync", home=site.folder)
    assert ran.code == 4
    assert "Nothing says where returns are sent." in ran.err
