"""What becomes of each file in the centre's inbox, and what is filed and answered."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exports.bag import SIGNOFF, encrypted
from exports.centre.filing import file_all
from exports.centre.settling import settle
from exports.receipts import CentreReceipt, read_receipt
from exports.signature import PRACTICE_NAMESPACE, RECEIPT_NAMESPACE
from exports.signers import AllowedSigner, Trusted
from exports.taking_in import OpenedBag
from exports.verify import Judgement, judge
from sessions.errors import Refused
from tests.centre.making import NOW, Clinic, a_clinic, a_revision, a_rival
from tests.returns.sealing import (
    KEY,
    OTHER_KEY,
    Sealed,
    a_practice_return,
    a_return,
    allowed,
    replace_claims,
    resealed,
    sealed,
)

NAME = "S042_K26-1_r1.zip"
SECOND = "S042_K26-1_r2.zip"


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)


def rows(clinic: Clinic, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(clinic.folder / "returns.db") as connection:
        found = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    connection.close()
    return found


def receipt(clinic: Clinic, name: str = "S042_K26-1_r1") -> CentreReceipt:
    line = AllowedSigner("centre@here", clinic.key.public, (RECEIPT_NAMESPACE,))
    path = clinic.inbox / f"{name}.receipt.json"
    return read_receipt(path.read_bytes(), path.with_name(f"{path.name}.sig").read_bytes(), [line])


def no_receipt(clinic: Clinic) -> bool:
    return not list(clinic.inbox.rglob("*receipt*"))


def test_a_genuine_return_is_accepted_filed_row_for_row_and_answered(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    assert clinic.verdicts() == {NAME: "accepted"}
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
    assert clinic.verdicts() == {NAME: "known", "strange.zip": "refused"}
    assert first == {NAME: "accepted", "strange.zip": "refused"}
    assert everything(clinic) == before
    assert clinic.asked, "the key was asked for once"


def everything(clinic: Clinic) -> dict[str, bytes]:
    parent = clinic.folder.parent
    return {str(one): one.read_bytes() for one in sorted(parent.rglob("*")) if one.is_file()}


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
    assert clinic.verdicts() == {NAME: "accepted", "unpacked/S042_K26-1_r1": "known"}
    assert len(rows(clinic, "cohort")) == 1


def test_a_later_revision_takes_the_place_of_the_one_before(clinic: Clinic) -> None:
    first = a_return()
    first.zip_in(clinic.inbox)
    clinic.receive()
    a_revision(2, first).zip_in(clinic.inbox)
    assert clinic.verdicts() == {NAME: "known", SECOND: "accepted"}
    assert [row[3] for row in rows(clinic, "cohort")] == [2]
    assert receipt(clinic, "S042_K26-1_r2").verdict == "accepted"


def test_data_that_left_with_a_revision_are_gone_from_the_file_itself(clinic: Clinic) -> None:
    first = a_return()
    first.zip_in(clinic.inbox)
    clinic.receive()
    assert b"PBBBBBBBBBB" in (clinic.folder / "returns.db").read_bytes()
    without(2, first, "PBBBBBBBBBB").zip_in(clinic.inbox)
    outcome = clinic.receive()
    assert outcome.superseded == (NAME,)
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
    assert clinic.verdicts() == {NAME: "accepted", SECOND: "accepted"}
    assert [row[3] for row in rows(clinic, "cohort")] == [2]


def test_a_fork_sets_both_aside_and_both_are_told(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    (clinic.inbox / "rival.zip").write_bytes(a_rival().zip)
    assert clinic.verdicts() == {NAME: "fork", "rival.zip": "fork"}
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
    assert clinic.verdicts() == {NAME: "accepted", SECOND: "fork"}
    assert [row[3] for row in rows(clinic, "cohort")] == [1]


def test_an_unknown_signer_is_set_aside_without_an_answer(clinic: Clinic) -> None:
    stranger = sealed(replace_claims(key_fingerprint=OTHER_KEY.public.fingerprint), key=OTHER_KEY)
    stranger.zip_in(clinic.inbox)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("set_aside", "unknown_signer")
    assert no_receipt(clinic)


def test_a_stranger_whose_line_comes_later_is_then_accepted(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    known, clinic.signers = clinic.signers, ()
    assert clinic.verdicts() == {NAME: "set_aside"}
    clinic.signers = known
    assert clinic.verdicts() == {NAME: "accepted"}


def test_a_site_can_neither_overtake_nor_fork_the_return_of_another(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    other = replace_claims(
        site_code="S001", signer="mo", principal="mo@S001", key_fingerprint=OTHER_KEY.public.fingerprint
    )
    sealed(other, key=OTHER_KEY).zip_in(clinic.inbox)
    clinic.signers += (allowed(principal="mo@S001", key=OTHER_KEY.public),)
    assert set(clinic.verdicts().values()) == {"accepted"}
    assert len(rows(clinic, "cohort")) == 2


def test_a_practice_return_is_refused_and_never_filed_even_where_its_signer_is_known(clinic: Clinic) -> None:
    clinic.signers += (allowed(namespaces=(PRACTICE_NAMESPACE,)),)
    a_practice_return().zip_in(clinic.inbox)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("refused", "practice")
    assert rows(clinic, "cohort") == []
    assert no_receipt(clinic)


def test_a_bag_of_a_newer_format_is_set_aside_until_the_program_is_newer(clinic: Clinic) -> None:
    bag = a_return()
    newer = json.loads(bag.files[SIGNOFF]) | {"format_version": 2}
    payload = {name: content for name, content in bag.files.items() if name.startswith("data/")}
    resealed(bag.folder, payload | {SIGNOFF: json.dumps(newer).encode()}).zip_in(clinic.inbox)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("set_aside", "newer_format")


def test_an_age_file_for_another_key_is_set_aside_and_taken_under_the_right_one(clinic: Clinic) -> None:
    pyrage = pytest.importorskip("pyrage")
    ours, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    sent = clinic.inbox / f"{NAME}.age"
    sent.write_bytes(encrypted(a_return().zip, str(ours.to_public())))
    clinic.identity = str(other).encode()
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("set_aside", "encrypted")
    clinic.identity = str(ours).encode()
    assert clinic.verdicts() == {sent.name: "accepted"}
    assert receipt(clinic).verdict == "accepted"


def test_an_altered_bag_of_a_known_signer_is_refused_and_told_why(clinic: Clinic) -> None:
    bag = a_return()
    Sealed(bag.folder, {**bag.files, "data/return.pdf": b"another"}).zip_in(clinic.inbox)
    assert clinic.verdicts() == {NAME: "refused"}
    answered = receipt(clinic)
    assert answered.verdict == "refused"
    assert "data/return.pdf" in (answered.reason or "")
    assert rows(clinic, "cohort") == []


def test_an_altered_copy_takes_nothing_from_the_return_that_was_accepted(clinic: Clinic) -> None:
    bag = a_return()
    bag.zip_in(clinic.inbox)
    copy = Sealed(bag.folder, {**bag.files, "data/return.pdf": b"another"})
    (clinic.inbox / "copy.zip").write_bytes(copy.zip)
    assert clinic.verdicts() == {NAME: "accepted", "copy.zip": "refused"}
    assert receipt(clinic).verdict == "accepted"
    assert not (clinic.inbox / "copy.receipt.json").exists()


def test_a_whole_copy_after_a_damaged_one_is_accepted(clinic: Clinic) -> None:
    bag = a_return()
    Sealed(bag.folder, {**bag.files, "data/return.pdf": b"another"}).zip_in(clinic.inbox)
    clinic.receive()
    bag.zip_in(clinic.inbox)
    assert clinic.verdicts() == {NAME: "accepted"}
    assert receipt(clinic).verdict == "accepted"


def test_what_nobody_signed_is_refused_without_an_answer(clinic: Clinic) -> None:
    (clinic.inbox / "bomb.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    bag = a_return()
    unsigned = {name: content for name, content in bag.files.items() if not name.endswith(".sig")}
    Sealed(bag.folder, unsigned).zip_in(clinic.inbox)
    assert set(clinic.verdicts().values()) == {"refused"}
    assert no_receipt(clinic)


def test_a_damaged_bag_of_a_stranger_gets_no_answer(clinic: Clinic) -> None:
    bag = sealed(replace_claims(key_fingerprint=OTHER_KEY.public.fingerprint), key=OTHER_KEY)
    Sealed(bag.folder, {**bag.files, "data/return.pdf": b"another"}).zip_in(clinic.inbox)
    assert clinic.verdicts() == {NAME: "refused"}
    assert no_receipt(clinic)


def test_claims_that_nobody_signed_get_no_answer_though_they_name_a_known_signer(clinic: Clinic) -> None:
    payload = {name: content for name, content in a_return().files.items() if name.startswith("data/")}
    forged = resealed("S042_K26-1_r1", payload | {"data/return.pdf": b"another"})
    kept = {"tagmanifest-sha256.txt.sig": a_return().files["tagmanifest-sha256.txt.sig"]}
    Sealed(forged.folder, forged.files | kept).zip_in(clinic.inbox)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("refused", "signature_wrong")
    assert no_receipt(clinic)


def test_what_was_signed_after_the_time_of_its_key_is_refused_and_answered(clinic: Clinic) -> None:
    clinic.signers = (allowed(valid_before=NOW - timedelta(days=30)),)
    a_return().zip_in(clinic.inbox)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("refused", "signer_expired")
    assert receipt(clinic).verdict == "refused"


def test_a_key_revoked_later_takes_what_it_signed_off_the_shelf(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    clinic.revoked = frozenset({KEY.public})
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("refused", "signer_revoked")
    assert rows(clinic, "cohort") == []
    assert receipt(clinic).verdict == "refused"
    before = everything(clinic)
    clinic.receive()
    assert everything(clinic) == before


def test_a_link_and_a_file_still_being_sent_are_passed_over(clinic: Clinic, tmp_path: Path) -> None:
    elsewhere = a_return().zip_in(tmp_path)
    (clinic.inbox / "link.zip").symlink_to(elsewhere)
    (clinic.inbox / f"{NAME}.part").write_bytes(a_return().zip[:100])
    assert clinic.receive().received == ()


def test_a_receipt_that_was_deleted_or_altered_is_laid_there_again(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    said = clinic.inbox / "S042_K26-1_r1.receipt.json"
    was = said.read_bytes()
    said.write_bytes(b"{}")
    said.with_name(f"{said.name}.sig").unlink()
    clinic.receive()
    assert said.read_bytes() == was
    assert receipt(clinic).verdict == "accepted"


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
    assert clinic.verdicts() == {NAME: "accepted", SECOND: "accepted", "rival.zip": "fork"}
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


def test_a_folder_with_a_link_in_it_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    folder = a_return().unpacked_in(clinic.inbox)
    (folder / "data" / "extra.csv").symlink_to(tmp_path)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("refused", "link")


def test_a_file_whose_content_changed_between_judging_and_filing_is_not_filed(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_return().zip_in(clinic.inbox)

    def swapped(*words: Any) -> None:
        path.write_bytes(a_rival().zip)
        file_all(*words)

    monkeypatch.setattr("exports.centre.receive.file_all", swapped)
    assert clinic.verdicts() == {NAME: "waiting"}
    assert rows(clinic, "cohort") == []
    monkeypatch.undo()
    path.write_bytes(a_return().zip)
    assert clinic.verdicts() == {NAME: "accepted"}
