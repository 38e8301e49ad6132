"""Signing: what leaves, what stays, who is named; a cohort is locked exactly when its return left."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from escape_tui.signers import new_signer, open_key, signer_of
from escape_tui.signing import amend_return, ready_to_sign, sealed_files, sign_return
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.leaving import withdraw_person
from escape_tui.store.audit import verify_chain
from escape_tui.store.ledger import read_ledger, signed_heads
from escape_tui.store.read import cohort_head, signoffs
from exports.bag import zipped
from exports.held import Held, Signing
from exports.rows import Tables
from exports.signers import read_allowed_signers
from exports.tables import tables_of
from exports.taking_in import open_bag
from sessions.errors import MachineFailed, Refused
from sessions.records import AttendanceRow
from tests.outside import tool
from tests.returns.signing_home import (
    WHY,
    SigningHome,
    change_settings,
    report,
    sign_off_in,
    signing_home,
)
from tests.unit.home_fixtures import OTHER

PLANTED = (b"Zwanhild", b"Quastenfloss", b"1957-03", b"3.1957", b"07700900123", b"MT-100")


@pytest.fixture
def home(tmp_path: Path) -> SigningHome:
    return signing_home(tmp_path / "home")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_a_signed_return_is_genuine_lies_in_the_outbox_too_and_locks_the_cohort(
    home: SigningHome, out: Path
) -> None:
    done = home.sign(out)
    assert done.file == out / "S042_K26-1_r1.zip"
    assert done.file.read_bytes() == done.outbox.read_bytes()
    assert done.outbox.parent == home.home.folder / "outbox"
    found = home.judged(done.file)
    assert (found.verdict, found.reasons, found.revision) == ("genuine", (), 1)
    with home.cohort() as cohort:
        assert cohort_head(cohort).state == "signed"
        with pytest.raises(Refused, match="signed, so nothing in it can be changed"):
            mark_attendance(cohort, AttendanceRow(home.shared[0], 1, "present"))
    assert [one.tagmanifest_sha256 for one in read_ledger(home.home.folder).signed] == [
        found.tagmanifest_sha256
    ]
    assert list(out.iterdir()) == [done.file]
    assert list((home.home.folder / "signing").iterdir()) == []


def test_the_sign_off_says_who_signed_what_and_when(home: SigningHome, out: Path) -> None:
    said = sign_off_in(home.sign(out).file)
    assert (said["name"], said["role"], said["principal"]) == ("Jo Kent", "physiotherapist", "jk@S042")
    assert said["signed_at"] == "2026-12-01T18:00:00Z"
    assert "I answer for it" in str(said["meaning"])
    assert said["gaps_reason"] == WHY
    with home.cohort() as cohort:
        (signed,) = signoffs(cohort)
        assert (said["audit_length"], said["audit_head"]) == (signed.audit_length, signed.audit_head)


def test_gaps_are_named_in_the_sign_off_and_nothing_of_who_is_not_in_the_return(
    home: SigningHome, out: Path
) -> None:
    done = home.sign(out)
    gaps = sign_off_in(done.file)["gaps"]
    assert isinstance(gaps, list)
    assert {home.shared[0], home.shared[1]} <= {one["person_id"] for one in gaps}
    assert "consent_unknown" in {one["code"] for one in gaps}
    for name, content in open_bag(done.file).files.items():
        assert home.unshared.encode() not in content, name


def test_nothing_of_anybody_is_in_any_byte_of_the_return(home: SigningHome, out: Path) -> None:
    done = home.sign(out)
    searched = {**open_bag(done.file).files, "zip": done.file.read_bytes()}
    for name, content in searched.items():
        assert [words for words in PLANTED if words in content] == [], name


def test_the_same_records_signed_at_the_same_instant_give_the_same_bytes(
    home: SigningHome, out: Path
) -> None:
    with home.cohort() as cohort:
        ready = ready_to_sign(cohort, home.home, home.order(out))
        key = open_key(signer_of(home.home.folder, "jk", home.clock.now), home.order(out).passphrase())
        made = [zipped("S042_K26-1_r1", sealed_files(ready, key, report)) for _ in range(2)]
    assert made[0] == made[1] == home.sign(out).file.read_bytes()


def test_a_reason_is_needed_for_gaps_and_mends_no_contradiction(home: SigningHome, out: Path) -> None:
    with pytest.raises(Refused, match="gaps in this return") as refused:
        home.sign(out, why=None)
    assert "--accept-gaps" in refused.value.remedy
    with home.cohort() as cohort:
        mark_attendance(cohort, AttendanceRow(home.shared[0], 1, "present"))
        withdraw_person(cohort, home.shared[0], "work", date(2026, 10, 1))
    with pytest.raises(Refused, match="1 contradiction"):
        home.sign(out)
    assert untouched(home, out)


@pytest.mark.parametrize("why", ["Zwanhild was ill", "see MT-1003", "born 14.3.1957", "x" * 201, "", " "])
def test_a_reason_that_names_somebody_or_nothing_is_refused(home: SigningHome, out: Path, why: str) -> None:
    with pytest.raises(Refused):
        home.sign(out, why=why)
    assert untouched(home, out)


def test_a_wrong_passphrase_an_unknown_and_an_expired_signer_change_nothing(
    home: SigningHome, out: Path
) -> None:
    orders = (
        replace(home.order(out), passphrase=lambda: OTHER),
        replace(home.order(out), signer="pb"),
    )
    for order in orders:
        with home.cohort() as cohort, pytest.raises(Refused):
            sign_return(cohort, home.home, order, report)
    home.clock.now += timedelta(days=731)
    with pytest.raises(Refused, match="good no longer"):
        home.sign(out)
    assert untouched(home, out)


def test_a_signer_who_is_no_facilitator_cannot_sign(home: SigningHome, out: Path) -> None:
    new_signer(home.home.folder, "pb", home.order(out).passphrase, home.clock.now, rounds=1)
    with home.cohort() as cohort, pytest.raises(Refused, match="no facilitator"):
        sign_return(cohort, home.home, replace(home.order(out), signer="pb"), report)


def test_a_file_of_that_name_is_never_written_over(home: SigningHome, out: Path) -> None:
    there = out / "S042_K26-1_r1.zip"
    there.write_bytes(b"somebody's own")
    with pytest.raises(Refused, match="already"):
        home.sign(out)
    assert there.read_bytes() == b"somebody's own"
    with pytest.raises(Refused, match="not there"):
        home.sign(out / "missing")


def test_an_amended_return_is_revision_2_and_names_the_first_and_why(home: SigningHome, out: Path) -> None:
    first = home.sign(out)
    with pytest.raises(Refused, match="signed already"):
        home.sign(out)
    with home.cohort() as cohort:
        with pytest.raises(Refused, match="naming anybody"):
            amend_return(cohort, home.home, "Quastenfloss sent the form")
        amend_return(cohort, home.home, "A form came by post.")
        mark_attendance(cohort, AttendanceRow(home.shared[0], 1, "present"))
    second = home.sign(out)
    assert second.file.name == "S042_K26-1_r2.zip"
    said = sign_off_in(second.file)
    assert said["previous_sha256"] == first.tagmanifest_sha256
    assert said["amendment_reason"] == "A form came by post."
    assert home.judged(second.file).verdict == "genuine"
    assert sign_off_in(first.file)["amendment_reason"] is None


def test_a_cohort_that_forgot_its_signature_signs_no_second_revision_1(home: SigningHome, out: Path) -> None:
    file = home.home.folder / "cohorts" / "K26-1.db"
    before = file.read_bytes()
    first = home.sign(out)
    file.write_bytes(before)
    second = home.sign(out)
    assert sign_off_in(second.file)["revision"] == 2
    assert sign_off_in(second.file)["previous_sha256"] == first.tagmanifest_sha256


def test_practice_signs_as_practice_alone(tmp_path: Path, out: Path) -> None:
    home = signing_home(tmp_path / "practice", practice=True)
    done = home.sign(out)
    assert done.file.name == "PRACTICE_S042_K26-1_r1.zip"
    found = home.judged(done.file)
    assert (found.verdict, found.signed_by_known) == ("practice", True)
    assert str(sign_off_in(done.file)["meaning"]).startswith("PRACTICE")


@pytest.mark.parametrize("practice", [True, False])
def test_practice_and_real_are_never_signed_in_each_others_home(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, practice: bool
) -> None:
    home = signing_home(tmp_path / "other", practice=practice)
    monkeypatch.setattr(type(home.home), "practice", not practice)
    with pytest.raises(Refused, match="never mix"):
        home.sign(out)


def test_where_the_settings_name_a_key_the_return_leaves_encrypted(
    home: SigningHome, out: Path, tmp_path: Path
) -> None:
    identity = tmp_path / "centre.key"
    subprocess.run([tool("age-keygen"), "-o", identity], check=True, capture_output=True)
    recipient = identity.read_text().split("public key: ")[1].split()[0]
    change_settings(home, lambda text: text.replace('encrypt_for = ""', f'encrypt_for = "{recipient}"'))
    done = home.sign(out)
    assert done.encrypted
    assert done.file.name == "S042_K26-1_r1.zip.age"
    assert b"manifest" not in done.file.read_bytes()
    opened = subprocess.run([tool("age"), "-d", "-i", identity, done.file], check=True, capture_output=True)
    (out / "S042_K26-1_r1.zip").write_bytes(opened.stdout)
    assert home.judged(out / "S042_K26-1_r1.zip").verdict == "genuine"
    assert open_bag(done.file, identity.read_bytes()) == open_bag(out / "S042_K26-1_r1.zip")


def test_a_trail_that_is_rewritten_after_signing_shows_by_the_ledgers_anchor(
    home: SigningHome, out: Path
) -> None:
    home.sign(out)
    with home.cohort() as cohort:
        heads = signed_heads(home.home, cohort_head(cohort).return_id)
        assert verify_chain(cohort.connection, heads).sound
        cohort.connection.run("DROP TRIGGER audit_is_never_cut")
        cohort.connection.run("DELETE FROM signoff")
        cohort.connection.run("DELETE FROM audit WHERE id >= ?", (heads[0].length,))
        kinds = {one.kind for one in verify_chain(cohort.connection, heads).breaks}
    assert "anchor" in kinds


def test_a_report_that_does_not_fit_stops_the_signing(home: SigningHome, out: Path) -> None:
    def torn(held: object, tables: object, signed: object) -> bytes:
        raise MachineFailed("There is no room.", "Make room.")

    with home.cohort() as cohort, pytest.raises(MachineFailed):
        sign_return(cohort, home.home, home.order(out), torn)
    assert untouched(home, out)


def test_tables_that_do_not_add_up_are_never_signed(
    home: SigningHome, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def miscounted(held: Held, signing: Signing) -> Tables:
        tables = tables_of(held, signing)
        (row,) = tables.cohort
        return replace(tables, cohort=(replace(row, people_started=row.people_started + 1),))

    monkeypatch.setattr("exports.tables.tables_of", miscounted)
    with pytest.raises(MachineFailed, match="does not verify"):
        home.sign(out)
    assert untouched(home, out)


def test_the_lines_for_the_clinic_are_those_that_it_reads(home: SigningHome) -> None:
    lines = home.trusted().allowed
    assert read_allowed_signers("".join(f"{one.line}\n" for one in lines).encode()) == lines


def untouched(home: SigningHome, out: Path) -> bool:
    """Whether nothing left and nothing is locked."""
    with home.cohort() as cohort:
        state = (cohort_head(cohort).state, signoffs(cohort))
    outbox = home.home.folder / "outbox"
    left = [*out.iterdir(), *(outbox.iterdir() if outbox.is_dir() else [])]
    return state == ("open", ()) and not left and read_ledger(home.home.folder).signed == ()
