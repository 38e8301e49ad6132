"""What the centre refuses or sets aside, and whom it answers then."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from exports.bag import SIGNOFF, encrypted
from exports.signature import PRACTICE_NAMESPACE
from tests.centre.making import (
    FIRST,
    NOW,
    Clinic,
    everything,
    no_receipt,
    receipt,
    rows,
)
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


def test_an_unknown_signer_is_set_aside_without_an_answer(clinic: Clinic) -> None:
    stranger = sealed(replace_claims(key_fingerprint=OTHER_KEY.public.fingerprint), key=OTHER_KEY)
    stranger.zip_in(clinic.inbox)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("set_aside", "unknown_signer")
    assert no_receipt(clinic)


def test_a_stranger_whose_line_comes_later_is_then_accepted(clinic: Clinic) -> None:
    a_return().zip_in(clinic.inbox)
    known, clinic.signers = clinic.signers, ()
    assert clinic.verdicts() == {FIRST: "set_aside"}
    clinic.signers = known
    assert clinic.verdicts() == {FIRST: "accepted"}


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
    sent = clinic.inbox / f"{FIRST}.age"
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
    assert clinic.verdicts() == {FIRST: "refused"}
    answered = receipt(clinic)
    assert answered.verdict == "refused"
    assert "data/return.pdf" in (answered.reason or "")
    assert rows(clinic, "cohort") == []


def test_an_altered_copy_takes_nothing_from_the_return_that_was_accepted(clinic: Clinic) -> None:
    bag = a_return()
    bag.zip_in(clinic.inbox)
    copy = Sealed(bag.folder, {**bag.files, "data/return.pdf": b"another"})
    (clinic.inbox / "copy.zip").write_bytes(copy.zip)
    assert clinic.verdicts() == {FIRST: "accepted", "copy.zip": "refused"}
    assert receipt(clinic).verdict == "accepted"
    assert not (clinic.inbox / "copy.receipt.json").exists()


def test_a_whole_copy_after_a_damaged_one_is_accepted(clinic: Clinic) -> None:
    bag = a_return()
    Sealed(bag.folder, {**bag.files, "data/return.pdf": b"another"}).zip_in(clinic.inbox)
    clinic.receive()
    bag.zip_in(clinic.inbox)
    assert clinic.verdicts() == {FIRST: "accepted"}
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
    assert clinic.verdicts() == {FIRST: "refused"}
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
    (clinic.inbox / f"{FIRST}.part").write_bytes(a_return().zip[:100])
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


def test_a_folder_with_a_link_in_it_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    folder = a_return().unpacked_in(clinic.inbox)
    (folder / "data" / "extra.csv").symlink_to(tmp_path)
    (one,) = clinic.receive().received
    assert (one.verdict, one.why_code) == ("refused", "link")
