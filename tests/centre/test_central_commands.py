"""`escape central init`, `receive`, `report`, `settle`: words, documents, exit codes."""

from __future__ import annotations

import json
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from escape_tui.settings import SETTINGS_NAME, load_settings, settings_text, site_of
from exports.signature import RECEIPT_NAMESPACE
from exports.signers import read_allowed_signers
from tests.cli.program import Ran, escape, typed
from tests.returns.sealing import OTHER_KEY, a_return, allowed, replace_claims, sealed

PASSPHRASE = "four words in a row"  # noqa: S105 - of a centre of the tests


def init(folder: Path, *words: str, passphrase: str = PASSPHRASE) -> Ran:
    named = ("--into", folder, "--name", "Central team")
    return escape("central", "init", *named, *words, ESCAPE_PASSPHRASE=passphrase)


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """One run through: init, an inbox of three, receive."""
    base = tmp_path_factory.mktemp("centre")
    folder, inbox, signers = base / "centre", base / "inbox", base / "allowed_signers"
    inbox.mkdir()
    signers.write_text(f"{allowed().line}\n")
    made = init(folder, "--json")
    a_return().zip_in(inbox)
    stranger = replace_claims(cohort_code="K26-2", key_fingerprint=OTHER_KEY.public.fingerprint)
    sealed(stranger, key=OTHER_KEY).zip_in(inbox)
    (inbox / "notes.txt").write_text("not looked at")
    run = escape(
        *("central", "receive", inbox, "--into", folder, "--signers", signers, "--json"),
        ESCAPE_PASSPHRASE=PASSPHRASE,
    )
    return {"folder": folder, "inbox": inbox, "signers": signers, "made": made, "run": run}


def test_init_prints_lines_that_a_sites_settings_take_as_they_stand(tmp_path: Path) -> None:
    run = init(tmp_path / "centre")
    assert run.code == 0
    lines = tomllib.loads(run.out)["return"]
    home = tmp_path / "home"
    home.mkdir()
    text = settings_text(site_of("S042", "Hall", ""))
    assert 'encrypt_for = ""' in text
    text = text.replace('encrypt_for = ""', f'encrypt_for = "{lines["encrypt_for"]}"')
    (home / SETTINGS_NAME).write_text(
        text.replace("receipt_signers = []", f"receipt_signers = {json.dumps(lines['receipt_signers'])}")
    )
    settings = load_settings(home).returns
    assert settings.encrypt_for == lines["encrypt_for"]
    (signer,) = read_allowed_signers("\n".join(settings.receipt_signers).encode())
    assert signer.namespaces == (RECEIPT_NAMESPACE,)
    assert signer.key.fingerprint in run.err


def test_its_keys_are_good_for_ssh_keygen_and_age_and_for_nobody_elses_eyes(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    made = init(folder, "--json").document["centre"]
    private = tmp_path / "key"
    private.write_text(json.loads((folder / "centre.json").read_text())["private_key"])
    private.chmod(0o600)
    words = ["ssh-keygen", "-y", "-P", PASSPHRASE, "-f", str(private)]
    public = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert public.split()[:2] == made["public_key"].split()[:2]
    sealed_by_age = subprocess.run(
        ["age", "-r", made["encrypt_for"]], input=b"a return", capture_output=True, check=True
    ).stdout
    opened = subprocess.run(
        ["age", "-d", "-i", made["identity"]], input=sealed_by_age, capture_output=True, check=True
    ).stdout
    assert opened == b"a return"
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}


def test_a_second_centre_in_one_folder_is_refused_and_the_first_is_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    init(folder)
    before = (folder / "centre.json").read_bytes()
    assert init(folder).code == 4
    assert (folder / "centre.json").read_bytes() == before


def test_a_short_passphrase_makes_no_centre(tmp_path: Path) -> None:
    run = init(tmp_path / "centre", passphrase="short")
    assert run.code == 4
    assert not (tmp_path / "centre").exists()


def test_receive_answers_with_the_verdict_on_each_file(received: dict[str, object]) -> None:
    run = received["run"]
    assert isinstance(run, Ran)
    assert run.code == 0
    rows = {one["file"]: (one["verdict"], one["code"]) for one in run.document["received"]}
    assert rows == {
        "S042_K26-1_r1.zip": ("accepted", None),
        "S042_K26-2_r1.zip": ("set_aside", "unknown_signer"),
    }
    assert all(one.keys() >= {"file", "verdict", "reason"} for one in run.document["received"])
    assert "\x1b" not in run.err, "no progress in a pipe"


def test_receive_again_needs_no_passphrase_and_says_known(received: dict[str, object]) -> None:
    run = escape(
        *("central", "receive", str(received["inbox"]), "--into", str(received["folder"])),
        *("--signers", str(received["signers"])),
    )
    assert (run.code, run.err) == (0, "")
    assert "1 known already, 1 set aside" in run.out


def test_the_wrong_passphrase_files_nothing(tmp_path: Path, received: dict[str, object]) -> None:
    folder = tmp_path / "centre"
    init(folder)
    run = escape(
        *("central", "receive", str(received["inbox"]), "--into", folder),
        *("--signers", str(received["signers"])),
        ESCAPE_PASSPHRASE="another passphrase",
    )
    assert run.code == 3
    assert "does not open the centre's key" in run.err


@pytest.mark.parametrize("fault", ["jk@* ssh-ed25519 AAAA", None])
def test_a_file_of_signers_that_cannot_be_taken_receives_nothing(
    tmp_path: Path, received: dict[str, object], fault: str | None
) -> None:
    signers = tmp_path / "signers"
    if fault is not None:
        signers.write_text(fault)
    words = ("central", "receive", str(received["inbox"]), "--into", str(received["folder"]))
    run = escape(*words, "--signers", signers, ESCAPE_PASSPHRASE=PASSPHRASE)
    assert run.code == 4
    assert "nothing was received" in run.err


def test_report_writes_pdf_csv_and_parquet_and_says_how_many(
    tmp_path: Path, received: dict[str, object]
) -> None:
    run = escape("central", "report", str(received["folder"]), "--out", tmp_path / "out", "--json")
    assert run.code == 0
    assert (run.document["returns"], run.document["sites"]) == (1, 1)
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert {Path(one).suffix for one in run.document["files"]} == {".pdf", ".csv", ".parquet"}


def test_a_folder_without_a_centre_cannot_be_opened(tmp_path: Path) -> None:
    assert escape("central", "report", tmp_path).code == 3


def test_settling_on_an_unknown_return_is_refused(received: dict[str, object]) -> None:
    run = escape("central", "settle", str(received["folder"]), "0" * 64)
    assert run.code == 4


def test_a_terminal_is_told_how_far_it_is(received: dict[str, object]) -> None:
    words = ["central", "receive", str(received["inbox"]), "--into", str(received["folder"])]
    shown = typed([*words, "--signers", str(received["signers"])], [])
    assert "2 of 2 checked" in shown
