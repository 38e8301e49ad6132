"""Homes on the command line: set up, opened, given a new passphrase; who may be on duty."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from escape_tui.cli import recovery
from escape_tui.cli.main import outcome
from escape_tui.facilitators import who_acts
from escape_tui.settings import Settings, load_settings
from escape_tui.store import key_file
from escape_tui.store.files import write_durably
from escape_tui.store.key_file import KEPT_NAME, KEYS_NAME
from sessions.errors import Refused
from tests.cli import program
from tests.cli.held import CODE, hold_cohort
from tests.cli.homes import SITE, Escape, contents, secret_file
from tests.unit.home_fixtures import OTHER_WORDS, WORDS, cheap_home


def test_init_sets_up_a_home_that_its_passphrase_opens_and_its_recovery_key_recovers(
    escape: Escape, tmp_path: Path
) -> None:
    key_file = tmp_path / "recovery.txt"
    made = escape(
        "init", *SITE, "--provider", "A trust", "--recovery-file", key_file, "--json", ESCAPE_PASSPHRASE=WORDS
    )
    assert made.code == 0
    *remarks, key = key_file.read_text(encoding="utf-8").splitlines()
    assert len(key.split("-")) == 8
    assert all(line.startswith("# ") for line in remarks)
    for words in ("Môn Hall (S042)", "escape passphrase recover"):
        assert words in " ".join(remarks)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert key not in made.out + made.err
    assert {name: made.document[name] for name in ("site_code", "encrypted", "recovery_file")} == {
        "site_code": "S042",
        "encrypted": True,
        "recovery_file": str(key_file),
    }
    site = load_settings(tmp_path / "home").site
    assert (site.code, site.name, site.provider) == ("S042", "Môn Hall", "A trust")
    assert escape("unlock-check", ESCAPE_PASSPHRASE=WORDS).code == 0

    recovered = escape(
        "passphrase", "recover", "--recovery-file", key_file, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS
    )
    assert recovered.code == 0
    assert "still opens with the old passphrase" in recovered.err
    assert escape("unlock-check", ESCAPE_PASSPHRASE=WORDS).code == 3
    assert escape("unlock-check", ESCAPE_PASSPHRASE=OTHER_WORDS).code == 0
    for path in (tmp_path / "home").rglob("*"):
        content = path.read_bytes()
        for secret in (WORDS, OTHER_WORDS, key):
            assert secret.encode() not in content, path.name


def test_init_shows_the_recovery_key_once_on_stderr_and_never_in_the_document(escape: Escape) -> None:
    made = escape("init", *SITE, "--json", ESCAPE_PASSPHRASE=WORDS)
    assert made.code == 0
    key = next(line.strip() for line in made.err.splitlines() if line.startswith("    "))
    assert len(key.split("-")) == 8
    assert key not in made.out
    assert made.document["recovery_file"] is None
    assert "see that no log keeps it" in made.err


def test_a_plain_home_is_made_only_when_it_is_asked_for_and_says_what_that_means(
    escape: Escape, tmp_path: Path
) -> None:
    made = escape("init", *SITE, "--plain", "--json", ESCAPE_PASSPHRASE=WORDS)
    assert made.code == 0
    assert "not encrypted" in made.err
    assert made.document["encrypted"] is False
    checked = escape("unlock-check", "--json")
    assert checked.code == 0
    assert checked.document["encrypted"] is False
    changed = escape("passphrase", "change", ESCAPE_NEW_PASSPHRASE=OTHER_WORDS)
    assert changed.code == 4
    assert "not encrypted" in changed.err


@pytest.mark.parametrize("extra", [("--recovery-file", "key.txt"), ("--passphrase-file", "words.txt")])
def test_a_plain_home_takes_no_secret(escape: Escape, tmp_path: Path, extra: tuple[str, str]) -> None:
    assert escape("init", *SITE, "--plain", *extra).code == 2
    assert not (tmp_path / "home").exists()


def test_a_home_is_never_set_up_over_another(escape: Escape, home: Path) -> None:
    before = contents(home)
    for extra in (("--recovery-file", home.parent / "key.txt"), ("--plain",)):
        again = escape("init", *SITE, *extra, ESCAPE_PASSPHRASE=OTHER_WORDS)
        assert again.code == 4
        assert "a home in that folder already" in again.err
    assert contents(home) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--site-code", "s042", "--site-name", "Hall"), WORDS),
        (("--site-code", "PRACTICE", "--site-name", "Hall"), WORDS),
        (("--site-code", "S042", "--site-name", " "), WORDS),
        (("--site-code", "S042", "--site-name", "Hall\tTwo"), WORDS),
        (SITE, "too short"),
        (SITE, None),
    ],
)
def test_a_home_that_cannot_be_set_up_leaves_nothing_behind(
    escape: Escape, tmp_path: Path, arguments: tuple[str, ...], words: str | None
) -> None:
    variables = {} if words is None else {"ESCAPE_PASSPHRASE": words}
    ran = escape("init", *arguments, "--recovery-file", tmp_path / "key.txt", **variables)
    assert ran.code == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "place", ["home/key.txt", "home/deeper/key.txt", "link/key.txt", "there.txt", "no/where.txt"]
)
def test_a_recovery_key_goes_neither_into_the_home_nor_over_a_file(
    escape: Escape, tmp_path: Path, place: str
) -> None:
    (tmp_path / "there.txt").write_text("another home's key", encoding="utf-8")
    (tmp_path / "home" / "deeper").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "home")
    refused = escape("init", *SITE, "--recovery-file", tmp_path / place, ESCAPE_PASSPHRASE=WORDS)
    assert refused.code == 4
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["deeper"]
    assert (tmp_path / "there.txt").read_text(encoding="utf-8") == "another home's key"


def test_settings_prepared_for_the_site_are_kept_and_another_sites_refused(
    escape: Escape, tmp_path: Path
) -> None:
    prepared = '[site]\ncode = "S042"\nname = "Môn Hall"\n[idle]\nlock_minutes = 3\n'
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "escape.toml").write_text(prepared, encoding="utf-8")
    refused = escape("init", "--site-code", "S043", "--site-name", "Hall", "--plain")
    assert refused.code == 4
    assert escape("init", *SITE, "--plain").code == 0
    assert (tmp_path / "home" / "escape.toml").read_text(encoding="utf-8") == prepared


@pytest.mark.parametrize(("mode", "told"), [(0o755, True), (0o700, False)])
def test_a_folder_that_others_can_look_into_is_warned_about(
    escape: Escape, tmp_path: Path, mode: int, told: bool
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(mode)
    made = escape("init", *SITE, "--plain")
    assert made.code == 0
    assert ("Others on this machine can look into" in made.err) is told


def test_a_set_up_ends_with_what_comes_next(escape: Escape) -> None:
    assert "escape facilitator add" in escape("init", *SITE, "--plain").err


def test_a_new_home_has_the_commented_settings(plain_home: Path) -> None:
    text = (plain_home / "escape.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["site"]["code"] == "S042"
    assert load_settings(plain_home).backup == Settings().backup
    assert text.count("#") > 20


@pytest.mark.parametrize(
    "arguments",
    [("unlock-check",), ("facilitator", "list"), ("passphrase", "change"), ("passphrase", "recover")],
)
def test_without_a_home_a_command_says_how_to_set_one_up(
    escape: Escape, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ran = escape(*arguments, ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS)
    assert ran.code == 3
    assert "escape init" in ran.err
    assert f"There is no home in {tmp_path / 'home'}." in ran.err
    assert not (tmp_path / "home").exists()


def test_changing_the_passphrase_takes_effect_and_needs_the_old_one(
    escape: Escape, home: Path, tmp_path: Path
) -> None:
    new = secret_file(tmp_path / "new", OTHER_WORDS)
    assert escape("passphrase", "change", "--new-passphrase-file", new, ESCAPE_PASSPHRASE="wrong").code == 3
    assert escape("passphrase", "change", ESCAPE_PASSPHRASE=WORDS).code == 4
    assert escape("passphrase", "change", ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE="short").code == 4
    changed = escape("passphrase", "change", "--new-passphrase-file", new, "--json", ESCAPE_PASSPHRASE=WORDS)
    assert changed.code == 0
    assert changed.document == {"changed": True, "rotated": False, "recovery_file": None}
    assert escape("unlock-check", ESCAPE_PASSPHRASE=OTHER_WORDS).code == 0
    assert escape("unlock-check", ESCAPE_PASSPHRASE=WORDS).code == 3


def test_rotating_writes_a_new_recovery_key_that_recovers(escape: Escape, home: Path, tmp_path: Path) -> None:
    key_file = tmp_path / "new-key.txt"
    rotated = escape(
        "passphrase", "change", "--rotate", "--recovery-file", key_file,
        ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS,
    )  # fmt: skip
    assert rotated.code == 0
    assert escape("unlock-check", ESCAPE_PASSPHRASE=OTHER_WORDS).code == 0
    recovered = escape("passphrase", "recover", "--recovery-file", key_file, ESCAPE_NEW_PASSPHRASE=WORDS)
    assert recovered.code == 0
    assert escape("unlock-check", ESCAPE_PASSPHRASE=WORDS).code == 0


@pytest.mark.parametrize("full_at", [KEPT_NAME, KEYS_NAME])
def test_a_rotation_that_failed_takes_its_recovery_key_back_unless_something_opens_by_it(
    escape: Escape, home: Path, monkeypatch: pytest.MonkeyPatch, full_at: str
) -> None:
    def full(path: Path, content: bytes) -> None:
        if path.name == full_at:
            raise OSError(errno.ENOSPC, "full")
        write_durably(path, content)

    monkeypatch.setattr(key_file, "write_durably", full)
    key = home.parent / "key.txt"
    ran = escape(
        "passphrase", "change", "--rotate", "--recovery-file", key,
        ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS,
    )  # fmt: skip
    assert ran.code == 5
    kept = full_at == KEYS_NAME
    assert key.exists() is kept
    assert ("one from before as well" if kept else "one from before still holds") in ran.err
    assert escape("unlock-check", ESCAPE_PASSPHRASE=WORDS).code == 0


def test_a_recovery_file_that_cannot_be_written_is_told_before_anything_is_made(
    escape: Escape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: Path, content: bytes) -> None:
        raise PermissionError(errno.EACCES, "denied", str(path))

    monkeypatch.setattr(recovery, "write_new_file", denied)
    assert escape("init", *SITE, "--recovery-file", tmp_path / "key.txt").code == 5
    assert list(tmp_path.iterdir()) == []


def test_a_recovery_file_without_rotate_is_wrong_usage(escape: Escape, home: Path, tmp_path: Path) -> None:
    ran = escape(
        "passphrase", "change", "--recovery-file", tmp_path / "key",
        ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS,
    )  # fmt: skip
    assert ran.code == 2
    assert not (tmp_path / "key").exists()


def test_a_mistyped_recovery_key_changes_nothing(escape: Escape, home: Path, tmp_path: Path) -> None:
    file = secret_file(tmp_path / "key", "ABCDE-" * 7 + "ABCDE")
    before = contents(home)
    ran = escape("passphrase", "recover", "--recovery-file", file, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS)
    assert ran.code == 3
    assert "ABCDE" not in ran.err
    assert contents(home) == before


def test_damaged_keys_open_from_the_generation_before_with_a_plain_word(escape: Escape, home: Path) -> None:
    (home / KEYS_NAME).write_bytes(b"\0" * 100)
    ran = escape("unlock-check", "--json", ESCAPE_PASSPHRASE=WORDS)
    assert ran.code == 0
    assert "damaged or gone" in ran.err
    assert ran.document["keys_damaged"] is True
    (home / KEPT_NAME).write_bytes(b"")
    assert escape("unlock-check", ESCAPE_PASSPHRASE=WORDS).code == 3


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("x = [", "damaged", "escape.toml"),
        ("[idle]\nlock_minuets = 3\n", "damaged", "lock_minuets"),
        (None, "missing", "escape.toml of this home is gone"),
    ],
)
def test_faulty_settings_are_told_by_unlock_check(
    escape: Escape, plain_home: Path, text: str | None, verdict: str, words: str
) -> None:
    assert escape("unlock-check", "--json").document["settings"] == "sound"
    (plain_home / "escape.toml").unlink()
    if text is not None:
        (plain_home / "escape.toml").write_text(text, encoding="utf-8")
    ran = escape("unlock-check", "--json")
    assert ran.code == 0
    assert ran.document["settings"] == verdict
    assert words in ran.err


@pytest.mark.parametrize("command", [("cohort", "list"), ("backup", "now"), ("measure", "due", CODE)])
def test_a_home_with_faulty_settings_cannot_be_opened_and_each_fault_is_named(
    escape: Escape, plain_home: Path, command: tuple[str, ...]
) -> None:
    hold_cohort(plain_home)
    (plain_home / "escape.toml").write_text("[idle]\nlock_minuets = 3\n", encoding="utf-8")
    ran = escape(*command)
    assert (ran.code, ran.out) == (3, "")
    assert "escape.toml, line 2, idle → lock_minuets" in ran.err
    assert "has 1 fault" in ran.err


def test_faulty_settings_prepared_for_a_new_home_are_bad_input(escape: Escape, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "escape.toml").write_text("x = [", encoding="utf-8")
    ran = escape("init", *SITE, "--plain")
    assert (ran.code, "escape.toml, line 1" in ran.err) == (4, True)


@pytest.mark.parametrize("under", [False, True], ids=["a file", "under a file"])
def test_a_home_whose_path_is_a_file_is_told_in_a_sentence(
    escape: Escape, tmp_path: Path, under: bool
) -> None:
    (tmp_path / "letter").write_text("dear diary", encoding="utf-8")
    there = tmp_path / "letter" / "home" if under else tmp_path / "letter"
    opened = escape("--home", there, "cohort", "list")
    assert (opened.code, "a part of that path is a file" in opened.err) == (3, True)
    made = escape("--home", there, "init", *SITE, "--plain")
    assert (made.code, "a file where the home should be" in made.err) == (4, True)
    looked = escape("--home", there, "doctor", "--json")
    assert looked.code == 1
    assert looked.document["checks"][0]["verdict"] == "bad"


def test_keys_of_a_newer_version_are_refused_untouched(escape: Escape, home: Path) -> None:
    (home / KEYS_NAME).write_text('{"version": 2}', encoding="utf-8")
    before = contents(home)
    for arguments in (("unlock-check",), ("passphrase", "change")):
        ran = escape(*arguments, ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS)
        assert ran.code == 3
        assert "newer version" in ran.err
    assert contents(home) == before


def test_facilitators_are_added_and_listed(escape: Escape, plain_home: Path) -> None:
    jo = ("facilitator", "add", "jo", "--name", "Jo Kent", "--role", "physiotherapist")
    assert escape(*jo, "--json").document["added"] is True
    assert escape(*jo, "--json").document["added"] is False
    assert escape(*jo, "--scope", "exercise").code == 4
    assert escape("facilitator", "add", "Jo!", "--name", "Jo", "--role", "nurse").code == 4
    escape("facilitator", "add", "sam", "--name", "Sam", "--role", "instructor", "--scope", "exercise")
    assert escape("facilitator", "list", "--json").document == {
        "facilitators": [
            {"id": "jo", "name": "Jo Kent", "role": "physiotherapist", "scope": "all"},
            {"id": "sam", "name": "Sam", "role": "instructor", "scope": "exercise"},
        ]
    }
    listed = escape("facilitator", "list").out.splitlines()
    assert "exercise alone" in listed[1]


def test_a_misspelt_name_is_corrected_where_that_is_asked_for(escape: Escape, plain_home: Path) -> None:
    escape("facilitator", "add", "jo", "--name", "Jo Knet", "--role", "physiotherapist")
    escape("facilitator", "add", "sam", "--name", "Sam", "--role", "instructor")
    right = ("facilitator", "add", "jo", "--name", "Jo Kent", "--role", "physiotherapist")
    assert "--replace" in escape(*right).err
    assert escape(*right, "--replace", "--json").document["replaced"] is True
    assert escape(*right, "--replace", "--json").document["replaced"] is False
    listed = escape("facilitator", "list", "--json").document["facilitators"]
    assert [one["name"] for one in listed] == ["Jo Kent", "Sam"]
    nobody = escape("facilitator", "add", "joe", "--name", "Joe", "--role", "nurse", "--replace")
    assert nobody.code == 4


def test_a_stranger_adds_nobody_but_the_first(escape: Escape, plain_home: Path) -> None:
    jo = ("facilitator", "add", "jo", "--name", "Jo Kent", "--role", "physiotherapist")
    sam = ("facilitator", "add", "sam", "--name", "Sam", "--role", "instructor")
    assert escape(*jo, ESCAPE_BY="nobody").code == 0
    assert escape(*sam, ESCAPE_BY="nobody").code == 4
    assert escape(*sam, "--by", "nobody").code == 4
    assert escape(*sam, "--by", "jo").code == 0


def test_a_list_of_nobody_says_so(escape: Escape, plain_home: Path) -> None:
    ran = escape("facilitator", "list")
    assert ran.out == ""
    assert "Nobody has been added yet." in ran.err


def test_a_home_whose_keys_are_gone_is_told_from_a_folder_without_one(
    escape: Escape, plain_home: Path
) -> None:
    escape("facilitator", "add", "jo", "--name", "Jo Kent", "--role", "physiotherapist")
    for name in (KEYS_NAME, KEPT_NAME):
        (plain_home / name).unlink()
    ran = escape("facilitator", "list")
    assert ran.code == 3
    assert f"The keys of the home in {plain_home} are gone." in ran.err


def test_only_a_facilitator_of_the_home_can_act(escape: Escape, plain_home: Path) -> None:
    escape("facilitator", "add", "jo", "--name", "Jo Kent", "--role", "physiotherapist")
    assert who_acts(plain_home, None) == "jo"
    with pytest.raises(Refused):
        who_acts(plain_home, "sam")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="gives up its rights in a forked child")
def test_a_folder_that_can_only_be_read_is_5_and_still_opens(escape: Escape, open_to_all: Path) -> None:
    folder = open_to_all / "home"
    folder.mkdir()
    assert _unprivileged(["--home", str(folder), "init", *SITE, "--plain"]) == 5
    assert list(folder.iterdir()) == []
    assert outcome(["--home", str(folder), "init", *SITE, "--plain"]) == 0
    for path in folder.iterdir():
        path.chmod(0o444)
    before = contents(folder)
    added = ["facilitator", "add", "jo", "--name", "Jo", "--role", "nurse"]
    assert _unprivileged(["--home", str(folder), *added]) == 5
    assert _unprivileged(["--home", str(folder), "unlock-check"]) == 0
    assert contents(folder) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="gives up its rights in a forked child")
@pytest.mark.parametrize("arguments", [["pack", "list"], ["unlock-check"], ["facilitator", "list"]])
def test_a_home_that_may_not_be_read_is_5(open_to_all: Path, arguments: list[str]) -> None:
    folder = open_to_all / "home"
    folder.mkdir(mode=0o700)
    folder.chmod(0o000)
    assert _unprivileged(["--home", str(folder), *arguments]) == 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="gives up its rights in a forked child")
def test_a_passphrase_file_that_may_not_be_read_is_5(escape: Escape, open_to_all: Path) -> None:
    folder = open_to_all / "home"
    cheap_home(folder)
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    file = secret_file(open_to_all / "words", WORDS)
    file.chmod(0o000)
    assert _unprivileged(["--home", str(folder), "unlock-check", "--passphrase-file", str(file)]) == 5


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that everybody may read and nobody else write; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="escape-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def _unprivileged(arguments: list[str]) -> int:
    """The exit code of the program run as somebody who owns nothing here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 99
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            code = outcome(arguments)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_help_and_plain_homes_load_no_cryptography(tmp_path: Path) -> None:
    heavy = {"argon2", "cryptography", "_argon2_cffi_bindings"}
    assert not program.loaded_by("--help") & heavy
    folder = str(tmp_path / "home")
    assert not program.loaded_by("--home", folder, "init", *SITE, "--plain") & heavy


def test_a_new_passphrase_reaches_the_copies_of_the_keys_that_are_there(
    escape: Escape, home: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings = (home / "escape.toml").read_text(encoding="utf-8")
    (home / "escape.toml").write_text(
        settings.replace('second_copy = ""', f'second_copy = "{stick}"'), encoding="utf-8"
    )
    changed = escape("passphrase", "change", ESCAPE_PASSPHRASE=WORDS, ESCAPE_NEW_PASSPHRASE=OTHER_WORDS)
    assert changed.code == 0
    assert (stick / "keys.json").read_bytes() == (home / "keys.json").read_bytes()
    stick.rename(tmp_path / "gone")
    again = escape("passphrase", "change", ESCAPE_PASSPHRASE=OTHER_WORDS, ESCAPE_NEW_PASSPHRASE=WORDS)
    assert again.code == 0
    assert f"The folder {stick} is not there" in again.err
