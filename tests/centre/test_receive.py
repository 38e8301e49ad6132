"""What is accepted at the centre, what takes the place of what, and what is filed and answered."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exports.centre.filing import file_all
from exports.centre.settling import settle
from exports.signature import RECEIPT_NAMESPACE
from exports.signers import AllowedSigner, Trusted
from exports.taking_in import OpenedBag
from exports.verify import Judgement, judge
from sessions.errors import Refused
from tests.centre.making import (
    FIRST,
    NOW,
    SECOND,
    Clinic,
    a_revision,
    a_rival,
    everything,
    no_receipt,
    receipt,
    rows,
)
from tests.returns.sealing import (
    Sealed,
    a_return,
    resealed,
)


def test_a_genuine_return_is_accepted_filed_row_for_row_and_answered(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    assert clinic.verdicts() == {FIRST: "accepted"}
    assert len(rows(clinic, "measures")) == 4
    assert len(rows(clinic, "attendance")) == 4
    answered = receipt(clinic)
    assert (answered.verdict, answered.site_code, answered.revision) == ("accepted", "S042", 1)
    assert answered.counts["measures"] == 4
    assert answered.received_at == NOW


def test_the_receipt_is_good_by_ssh_keygen(clinic: Clinic, tmp_path: Path) -> None:
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    line = AllowedSigner("central@here", clinic.key.public, (RECEIPT_NAMESPACE,)).line
    (tmp_path / "allowed").write_text(f"{line}\n")
    said = clinic.inbox / "S042_K26-1_r1.receipt.json"
    words = ("verify", "-f", tmp_path / "allowed", "-I", "central@here", "-n", "receipt@escape-tui")
    run = subprocess.run(
        ["ssh-keygen", "-Y", *words, "-s", f"{said}.sig"],
        input=said.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_received_again_everything_is_known_and_no_byte_changes(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    (clinic.inbox / "strange.zip").write_bytes(b"no zip")
    first = clinic.verdicts()
    before = everything(clinic)
    clinic.now += timedelta(days=1)
    assert clinic.verdicts() == {FIRST: "known", "strange.zip": "refused"}
    assert first == {FIRST: "accepted", "strange.zip": "refused"}
    assert everything(clinic) == before
    assert clinic.asked, "the key was asked for once"


def test_where_nothing_is_new_no_passphrase_is_asked_for(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    clinic.asked.clear()
    clinic.receive()
    assert clinic.asked == []


def test_the_same_return_in_another_zip_is_known_and_counts_once(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    folder = clinic.inbox / "unpacked"
    folder.mkdir()
    a_return().unpacked_in(folder)
    assert clinic.verdicts() == {FIRST: "accepted", "unpacked/S042_K26-1_r1": "known"}
    assert len(rows(clinic, "cohort")) == 1


def test_a_later_revision_takes_the_place_of_the_one_before(clinic: Clinic) -> None:
    first = a_return()
    first.zip_in(clinic.inbox)
    clinic.receive()
    a_revision(2, first).zip_in(clinic.inbox)
    assert clinic.verdicts() == {FIRST: "known", SECOND: "accepted"}
    assert [row[3] for row in rows(clinic, "cohort")] == [2]
    assert receipt(clinic, "S042_K26-1_r2").verdict == "accepted"


def test_data_that_left_with_a_revision_are_gone_from_the_file_itself(clinic: Clinic) -> None:
    first = a_return()
    first.zip_in(clinic.inbox)
    clinic.receive()
    assert b"PBBBBBBBBBB" in (clinic.folder / "returns.db").read_bytes()
    without(2, first, "PBBBBBBBBBB").zip_in(clinic.inbox)
    outcome = clinic.receive()
    assert outcome.superseded == (FIRST,)
    assert [row[1] for row in rows(clinic, "participants")] == ["PAAAAAAAAAA"]
    assert b"PBBBBBBBBBB" not in (clinic.folder / "returns.db").read_bytes()


def without(number: int, before: Sealed, person: str) -> Sealed:
    """The next revision, in which a person's data are no longer."""
    from exports.bag import COHORT
    from exports.reading import read_tables
    from exports.summary import summarise
    from exports.writing import files_of

    made = a_revision(number, before)
    tables = read_tables({name.removeprefix("data/"): content for name, content in made.files.items()})
    measures = tuple(row for row in tables.measures if row.person_id != person)
    (cohort,) = tables.cohort
    counts = dict.fromkeys(("people_referred", "people_eligible", "people_enrolled", "people_started"), 1)
    left = replace(
        tables,
        cohort=(replace(cohort, people_completed=1, people_not_shared=1, **counts),),  # type: ignore[arg-type]
        participants=tuple(row for row in tables.participants if row.person_id != person),
        sessions=tuple(replace(row, people_present=1) for row in tables.sessions),
        attendance=tuple(row for row in tables.attendance if row.person_id != person),
        measures=measures,
        summary=summarise(1, measures, {}),
    )
    payload = {name: content for name, content in made.files.items() if name.startswith("data/")}
    payload |= {f"data/{name}": content for name, content in files_of(left).items()}
    assert COHORT in payload
    return resealed(made.folder, payload)


def test_revision_2_before_1_waits_and_is_filed_when_1_has_come(clinic: Clinic) -> None:
    first = a_return()
    a_revision(2, first).zip_in(clinic.inbox)
    assert clinic.verdicts() == {SECOND: "waiting"}
    assert no_receipt(clinic)
    assert rows(clinic, "cohort") == []
    first.zip_in(clinic.inbox)
    assert clinic.verdicts() == {FIRST: "accepted", SECOND: "accepted"}
    assert [row[3] for row in rows(clinic, "cohort")] == [2]


def test_a_fork_sets_both_aside_and_both_are_told(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    (clinic.inbox / "rival.zip").write_bytes(a_rival().zip)
    assert clinic.verdicts() == {FIRST: "fork", "rival.zip": "fork"}
    assert rows(clinic, "cohort") == []
    assert receipt(clinic).verdict == receipt(clinic, "rival").verdict == "fork"
    assert receipt(clinic).received_at > NOW


def test_what_follows_a_fork_is_not_filed(clinic: Clinic) -> None:
    first = a_return()
    first.zip_in(clinic.inbox)
    (clinic.inbox / "rival.zip").write_bytes(a_rival().zip)
    a_revision(2, first).zip_in(clinic.inbox)
    assert set(clinic.verdicts().values()) == {"fork"}
    assert rows(clinic, "cohort") == []


def test_a_revision_that_names_another_one_before_it_is_a_fork(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    a_revision(2, a_rival()).zip_in(clinic.inbox)
    assert clinic.verdicts() == {FIRST: "accepted", SECOND: "fork"}
    assert [row[3] for row in rows(clinic, "cohort")] == [1]


def test_a_receipt_never_follows_a_link_out_of_the_inbox(clinic: Clinic, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for name in (".S042_K26-1_r1.receipt.json.part", "S042_K26-1_r1.receipt.json"):
        (clinic.inbox / name).symlink_to(victim)
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    assert victim.read_text() == "mine"
    assert receipt(clinic).verdict == "accepted"


def test_a_fork_that_was_settled_is_filed_with_what_follows_it_and_its_rival_stays_out(
    clinic: Clinic,
) -> None:
    first = a_return()
    first.zip_in(clinic.inbox)
    (clinic.inbox / "rival.zip").write_bytes(a_rival().zip)
    a_revision(2, first).zip_in(clinic.inbox)
    clinic.receive()
    settle(clinic.folder, receipt(clinic).tagmanifest_sha256)
    assert clinic.verdicts() == {FIRST: "accepted", SECOND: "accepted", "rival.zip": "fork"}
    assert [row[3] for row in rows(clinic, "cohort")] == [2]
    assert receipt(clinic, "S042_K26-1_r2").verdict == "accepted"


def test_only_a_return_that_has_a_rival_can_be_settled_on(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    with pytest.raises(Refused, match="no rival"):
        settle(clinic.folder, receipt(clinic).tagmanifest_sha256)
    with pytest.raises(Refused, match="No return with this hash"):
        settle(clinic.folder, "0" * 64)


def test_each_file_is_verified_once_however_often_the_inbox_is_received(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []

    def counting(bag: OpenedBag, trusted: Trusted | None = None) -> Judgement:
        judged.append(bag.folder)
        return judge(bag, trusted)

    monkeypatch.setattr("exports.centre.judging.judge", counting)
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    clinic.receive()
    assert judged == ["S042_K26-1_r1"]


def test_a_file_whose_content_changed_between_judging_and_filing_is_not_filed(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_return().zip_in(clinic.inbox)

    def swapped(*words: Any) -> None:
        path.write_bytes(a_rival().zip)
        file_all(*words)

    monkeypatch.setattr("exports.centre.receive.file_all", swapped)
    assert clinic.verdicts() == {FIRST: "waiting"}
    assert rows(clinic, "cohort") == []
    monkeypatch.undo()
    path.write_bytes(a_return().zip)
    assert clinic.verdicts() == {FIRST: "accepted"}
