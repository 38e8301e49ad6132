"""`escape return sign|amend|list`, `escape signer` and `escape verify` as scripts and clinics meet them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from escape_tui.store.keys import PlainHome
from exports.signature import PRACTICE_NAMESPACE
from tests.cli import program
from tests.cli.homes import Escape, secret_file
from tests.outside import tool
from tests.returns.sealing import KEY, OTHER_KEY, a_practice_return, a_return, allowed
from tests.returns.signing_home import WHY, SigningHome, change_settings
from tests.unit.home_fixtures import OTHER_WORDS, WORDS

KEYS = {"verdict", "intact", "practice", "revision", "signers", "reasons"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def signers(tmp_path: Path) -> Path:
    """The clinic's file, which allows the signer of the sealed bags."""
    path = tmp_path / "allowed_signers"
    path.write_text(f"{allowed().line}\n{allowed(namespaces=(PRACTICE_NAMESPACE,)).line}\n")
    return path


def sign(escape: Escape, out: Path, *more: str, passphrase: str = WORDS) -> program.Ran:
    words = ("--signer", "jk", "--out", out, "--json")
    return escape("return", "sign", "K26-1", *words, *more, ESCAPE_SIGNER_PASSPHRASE=passphrase)


def test_a_return_goes_from_signing_to_the_clinics_own_tools(
    escape: Escape, desk: SigningHome, out: Path, tmp_path: Path
) -> None:
    incomplete = sign(escape, out)
    assert (incomplete.code, incomplete.out) == (4, "")
    ran = sign(escape, out, "--accept-gaps", WHY)
    assert ran.code == 0, ran.err
    assert "readable health data" in ran.err
    path = Path(ran.document["return"])
    assert path == out / "S042_K26-1_r1.zip"
    assert path.read_bytes() == Path(ran.document["outbox"]).read_bytes()

    lines = tmp_path / "allowed_signers"
    lines.write_text(escape("signer", "allowed").out)
    assert escape("verify", path, "--signers", lines).code == 0

    with_python = f"import zipfile; zipfile.ZipFile({str(path)!r}).extractall({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", with_python], check=True)
    folder = tmp_path / path.stem
    keygen = [
        tool("ssh-keygen"),
        "-Y",
        "verify",
        "-f",
        str(lines),
        "-I",
        "jk@S042",
        "-n",
        "return@escape-tui",
    ]
    keygen += ["-s", "tagmanifest-sha256.txt.sig", "-Overify-time=20261201180000Z"]
    with (folder / "tagmanifest-sha256.txt").open("rb") as file:
        good = subprocess.run(keygen, stdin=file, cwd=folder, capture_output=True, check=False)
    assert good.returncode == 0, good.stderr
    assert escape("verify", folder, "--signers", lines).code == 0


def test_without_json_the_path_alone_is_printed(escape: Escape, desk: SigningHome, out: Path) -> None:
    words = ("--signer", "jk", "--out", out, "--accept-gaps", WHY)
    ran = escape("return", "sign", "K26-1", *words, ESCAPE_SIGNER_PASSPHRASE=WORDS)
    assert ran.out == f"{out / 'S042_K26-1_r1.zip'}\n"


def test_a_signers_wrong_passphrase_is_4_and_nothing_is_signed(
    escape: Escape, desk: SigningHome, out: Path
) -> None:
    ran = sign(escape, out, "--accept-gaps", WHY, passphrase=OTHER_WORDS)
    assert ran.code == 4
    assert OTHER_WORDS not in ran.err
    assert escape("return", "list", "K26-1", "--json").document == {"returns": []}
    assert list(out.iterdir()) == []


def test_a_signed_cohort_is_reopened_by_amend_alone_and_the_list_tells_both(
    escape: Escape, desk: SigningHome, out: Path
) -> None:
    assert escape("return", "amend", "K26-1", "--reason", "x").code == 4
    first = sign(escape, out, "--accept-gaps", WHY).document
    for refused in (
        ("attendance", "mark", "K26-1", "1", "MT-1001", "present"),
        ("return", "sign", "K26-1", "--signer", "jk", "--out", out, "--accept-gaps", WHY),
    ):
        assert escape(*refused, ESCAPE_SIGNER_PASSPHRASE=WORDS).code == 4
    assert escape("return", "amend", "K26-1", "--reason", "Quastenfloss called").code == 4
    amended = escape("return", "amend", "K26-1", "--reason", "A form came by post.", "--json")
    assert amended.document["after_revision"] == 1
    second = sign(escape, out, "--accept-gaps", WHY).document
    rows = escape("return", "list", "K26-1", "--json").document["returns"]
    assert [row["revision"] for row in rows] == [1, 2]
    assert [row["tagmanifest_sha256"] for row in rows] == [
        first["tagmanifest_sha256"],
        second["tagmanifest_sha256"],
    ]
    assert [row["reason_of_amendment"] for row in rows] == [None, "A form came by post."]
    assert "A form came by post." in escape("return", "list", "K26-1").out
    assert escape("audit", "verify", "K26-1").code == 0


def test_a_facilitator_gets_a_key_and_the_clinic_its_line(
    escape: Escape, desk: SigningHome, tmp_path: Path
) -> None:
    words = secret_file(tmp_path / "words", WORDS)
    nobody = escape("signer", "new", "pb", "--signer-passphrase-file", words)
    assert (nobody.code, "--name" in nobody.err) == (4, True)
    named = ("--name", "Pat Bŵen", "--role", "exercise professional")
    made = escape("signer", "new", "pb", *named, "--signer-passphrase-file", words, "--json")
    assert made.document["signer"]["principal"] == "pb@S042"
    assert made.document["signer"]["fingerprint"] in made.err
    people = escape("facilitator", "list", "--json").document["facilitators"]
    assert [one["name"] for one in people if one["id"] == "pb"] == ["Pat Bŵen"]
    lines = escape("signer", "allowed").out.splitlines()
    assert [line.split()[0] for line in lines] == ["jk@S042", "pb@S042"]
    assert escape("signer", "allowed", "--json").document == {"allowed_signers": lines}
    listed = escape("signer", "list", "--json").document["signers"]
    assert [(one["signer"], one["state"]) for one in listed] == [("jk", "valid"), ("pb", "valid")]


def test_a_key_is_renewed_by_its_passphrase_and_retired_without(escape: Escape, desk: SigningHome) -> None:
    assert escape("signer", "new", "jk", ESCAPE_SIGNER_PASSPHRASE=WORDS).code == 4
    assert escape("signer", "renew", "jk", ESCAPE_SIGNER_PASSPHRASE=OTHER_WORDS).code == 4
    assert escape("signer", "renew", "jk", ESCAPE_SIGNER_PASSPHRASE=WORDS).code == 0
    assert escape("signer", "retire", "jk", "--json").document["signer"]["state"] == "retired"
    assert escape("signer", "retire", "jk").code == 4
    states = [one["state"] for one in escape("signer", "list", "--json").document["signers"]]
    assert states == ["retired", "retired"]


def test_a_short_passphrase_makes_no_key_and_no_facilitator(escape: Escape, desk: SigningHome) -> None:
    ran = escape("signer", "new", "pb", "--name", "Pat", "--role", "r", ESCAPE_SIGNER_PASSPHRASE="short")
    assert ran.code == 4
    assert "pb" not in escape("facilitator", "list").out


def test_the_second_copy_has_the_keys_too(escape: Escape, desk: SigningHome, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    change_settings(desk, lambda text: text.replace('second_copy = ""', f'second_copy = "{second}"'))
    assert escape("signer", "renew", "jk", ESCAPE_SIGNER_PASSPHRASE=WORDS).code == 0
    assert (second / "signers.json").read_bytes() == (desk.home.folder / "signers.json").read_bytes()
    assert isinstance(desk.home, PlainHome)


def test_a_signing_that_was_broken_off_is_ended_by_the_next_command(
    escape: Escape, desk: SigningHome, out: Path
) -> None:
    sign(escape, out, "--accept-gaps", WHY)
    # As a crash right after the lock leaves it.
    outbox = desk.home.folder / "outbox"
    staging = desk.home.folder / "signing" / "K26-1"
    staging.mkdir()
    sealed = outbox / "S042_K26-1_r1.zip"
    note = json.loads((desk.home.folder / "ledger.json").read_bytes())["signed"][0]
    (desk.home.folder / "ledger.json").unlink()
    (staging / "leaving.json").write_text(
        json.dumps({"file_name": sealed.name, "sha256": "x", "out": str(out), "revision": note})
    )
    shutil.move(sealed, staging / sealed.name)
    (out / sealed.name).unlink()
    told = escape("return", "list", "K26-1")
    assert "was brought to its end" in told.err
    assert sealed.exists()
    assert (out / sealed.name).read_bytes() == sealed.read_bytes()
    assert (desk.home.folder / "ledger.json").exists()


def test_doctor_says_that_returns_leave_readable(escape: Escape, desk: SigningHome) -> None:
    checks = escape("doctor", "--json").document["checks"]
    (said,) = [one for one in checks if one["check"] == "returns"]
    assert "readable health data" in said["message"]


@pytest.mark.parametrize(
    ("bag", "options", "answer"),
    [
        ("real", ["--signers"], (0, "genuine")),
        ("real", [], (1, "signer_not_checked")),
        ("real", ["--integrity-only"], (0, "signer_not_checked")),
        ("real", ["--integrity-only", "--signers"], (0, "genuine")),
        ("real", ["--practice", "--signers"], (1, "genuine")),
        ("real", ["--practice", "--integrity-only"], (1, "signer_not_checked")),
        ("practice", ["--signers"], (1, "practice")),
        ("practice", ["--integrity-only"], (1, "practice")),
        ("practice", ["--practice"], (1, "practice")),
        ("practice", ["--practice", "--signers"], (0, "practice")),
    ],
)
def test_the_exit_says_what_was_asked(
    escape: Escape, signers: Path, bag: str, options: list[str], answer: tuple[int, str]
) -> None:
    path = (a_return() if bag == "real" else a_practice_return()).zip_in(signers.parent)
    given = [
        word for option in options for word in ([option, signers] if option == "--signers" else [option])
    ]
    ran = escape("verify", path, *given, "--json")
    assert (ran.code, ran.document["verdict"]) == answer
    assert ran.document.keys() == KEYS
    assert ran.document["intact"] is True
    assert escape("verify", path, *given).code == answer[0]


def test_a_signer_unknown_to_the_file_is_1_even_where_integrity_is_asked_for(
    escape: Escape, tmp_path: Path
) -> None:
    other = tmp_path / "others"
    other.write_text(f"{allowed(key=OTHER_KEY.public).line}\n")
    path = a_return().zip_in(tmp_path)
    ran = escape("verify", path, "--signers", other, "--integrity-only", "--json")
    assert (ran.code, ran.document["verdict"]) == (1, "not_a_return")
    assert ran.document["reasons"][0]["code"] == "unknown_signer"
    empty = tmp_path / "empty"
    empty.write_text("")
    assert escape("verify", path, "--signers", empty).code == 1


def test_revoked_keys_and_the_instant_of_receipt_are_taken(
    escape: Escape, tmp_path: Path, signers: Path
) -> None:
    path = a_return().zip_in(tmp_path)
    revoked = tmp_path / "revoked"
    revoked.write_text(f"{KEY.public.text}\n")
    ran = escape("verify", path, "--signers", signers, "--revoked", revoked, "--json")
    assert (ran.code, ran.document["reasons"][0]["code"]) == (1, "signer_revoked")
    late = escape("verify", path, "--signers", signers, "--at", "2027-01-01", "--json")
    assert (late.code, late.document["reasons"][0]["code"]) == (1, "signer_expired")
    assert escape("verify", path, "--signers", signers, "--at", "2026-11-23T00:00Z").code == 0
    assert escape("verify", path, "--at", "soon").code == 2
    assert escape("verify", path, "--revoked", revoked).code == 2


@pytest.mark.parametrize("what", ["missing", "folder", "text", "signers missing", "signers faulty"])
def test_what_cannot_be_read_is_1_with_a_reason(
    escape: Escape, tmp_path: Path, signers: Path, what: str
) -> None:
    path = a_return().zip_in(tmp_path)
    if what == "missing":
        path = tmp_path / "none.zip"
    if what == "folder":
        path = tmp_path / "empty"
        path.mkdir()
    if what == "text":
        path.write_text("not a zip")
    if what == "signers missing":
        signers = tmp_path / "none"
    if what == "signers faulty":
        signers.write_text("* ssh-ed25519 x\n")
    ran = escape("verify", path, "--signers", signers, "--json")
    assert ran.code == 1, ran.err
    assert ran.document["verdict"] == "not_a_return"
    assert ran.document["reasons"]
    assert ran.err == ""


def test_for_people_the_reasons_are_sentences(escape: Escape, tmp_path: Path, signers: Path) -> None:
    folder = a_return().unpacked_in(tmp_path)
    assert "This is a genuine return." in escape("verify", folder, "--signers", signers).out
    (folder / "data" / "measures.csv").write_bytes(b"x")
    ran = escape("verify", folder, "--signers", signers)
    assert ran.out.startswith("This is not a return.\n")
    assert "data/measures.csv: This file is not the one that was sealed." in ran.out


def test_verify_needs_no_home_and_loads_no_screen_no_paper_no_store(tmp_path: Path, signers: Path) -> None:
    path = a_return().zip_in(tmp_path)
    home = tmp_path / "no-home"
    loaded = program.loaded_by("--home", str(home), "verify", str(path), "--signers", str(signers))
    assert "exports.verify" in loaded
    heavy = ("textual", "rich", "reportlab", "sqlite3", "sqlcipher3", "sqlite_utils", "argon2", "pyrage")
    assert not [name for name in loaded if name.partition(".")[0] in heavy]
    assert not [name for name in loaded if name.startswith(("escape_tui.store", "escape_tui.settings"))]
    assert not home.exists()
