"""`escape practice`: one command without set-up, which no real home ever notices."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from escape_tui.cli.main import outcome
from escape_tui.cohorts import make_cohort
from escape_tui.practice.home import FACILITATORS, practice_code, practice_home
from escape_tui.store.acts.session_acts import record_run_events
from escape_tui.store.cohort import Actor
from escape_tui.store.keys import Home
from escape_tui.store.ledger import (
    SignedRevision,
    forget_practice_cohort,
    read_ledger,
    record_signed_revision,
)
from escape_tui.store.opening import make_plain_home
from escape_tui.store.read import cohort_head, people, plan_of
from sessions.clock import Clock, SystemClock
from sessions.run_events import Started, to_json
from tests.practice.groups import opened
from tests.store.making import new_cohort

SMALL = ("--people", "3", "--at", "2")


@dataclass
class App:
    """Stands in for the app: keeps what it was opened with."""

    opened: list[tuple[Home, int, Clock]] = field(default_factory=list)

    def __call__(self, home: Home, session: int, clock: Clock) -> None:
        self.opened.append((home, session, clock))


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.delenv("ESCAPE_HOME", raising=False)
    app = App()
    monkeypatch.setattr("escape_tui.cli.practice.open_the_app", app)
    return app


def practise(home: Path, *options: str) -> int:
    return outcome(["--home", str(home), "practice", *options])


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder with its digest, but for practice."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] != "practice"
    }


def test_one_command_without_set_up_opens_the_app_at_the_session_asked_for(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path / "home", *SMALL, "--programme", "backs", "--sessions", "10") == 0
    ((home, session, _),) = app.opened
    assert session == 2
    assert home.practice
    with opened(home) as cohort:
        head = cohort_head(cohort)
        assert (head.programme, head.sessions_planned, head.practice) == ("backs", 10, True)


def test_in_json_it_says_where_the_group_is_and_opens_nothing(
    tmp_path: Path, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"home": str(tmp_path / "practice"), "cohort": "PRACTICE", "session": 2, "practice": True}
    for options, resumed in (SMALL, False), (("--resume",), True):
        assert practise(tmp_path, *options, "--json") == 0
        assert json.loads(capsys.readouterr().out) == told | {"resumed": resumed}
    assert app.opened == []


def test_without_a_terminal_the_app_is_not_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("escape_tui.practice.app.run_app", lambda *_, **__: pytest.fail("opened"))
    assert practise(tmp_path, *SMALL) == 4
    assert "--json" in capsys.readouterr().err


def test_practice_keeps_to_its_own_folder(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path / "home", *SMALL) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["practice"]


def test_a_real_home_is_the_same_byte_for_byte_afterwards(tmp_path: Path, app: App) -> None:
    real = make_plain_home(tmp_path)
    make_cohort(real, new_cohort(), Actor("command line")).close()
    before = digests(tmp_path)
    assert practise(tmp_path, *SMALL) == 0
    assert practise(tmp_path, "--resume") == 0
    assert digests(tmp_path) == before


def test_a_home_can_be_set_up_where_somebody_has_practised(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path, *SMALL) == 0
    init = ("init", "--site-code", "S042", "--site-name", "Hall", "--plain")
    assert outcome(["--home", str(tmp_path), *init]) == 0
    assert practise(tmp_path, "--resume") == 0


def test_no_real_home_is_set_up_where_another_keeps_its_practice(
    tmp_path: Path, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    make_plain_home(tmp_path)
    init = ("init", "--site-code", "S042", "--site-name", "Hall", "--plain")
    assert outcome(["--home", str(tmp_path / "practice"), *init]) == 4
    assert "never mix" in capsys.readouterr().err
    assert not (tmp_path / "practice").exists()


def test_a_practice_home_is_not_set_up_again_as_a_real_one(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path, *SMALL) == 0
    init = ("init", "--site-code", "S042", "--site-name", "Hall", "--plain")
    assert outcome(["--home", str(tmp_path / "practice"), *init]) == 4
    assert practice_home(tmp_path).practice


def test_a_real_home_in_the_folder_of_practice_is_left_alone(
    tmp_path: Path, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    make_plain_home(tmp_path / "practice")
    before = {path.name: path.read_bytes() for path in (tmp_path / "practice").iterdir()}
    assert practise(tmp_path, *SMALL) == 4
    assert "a real one" in capsys.readouterr().err
    assert app.opened == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "practice").iterdir()} == before


def test_practice_makes_no_practice_inside_practice(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path, *SMALL) == 0
    assert practise(tmp_path / "practice", *SMALL) == 4
    assert not (tmp_path / "practice" / "practice").exists()


def test_a_practice_group_handed_over_is_taken_by_no_real_home(
    tmp_path: Path, app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert practise(tmp_path, *SMALL) == 0
    make_plain_home(tmp_path / "real")
    monkeypatch.setenv("ESCAPE_NEW_PASSPHRASE", "for this journey alone")
    file = str(tmp_path / "group.escape")
    assert outcome(["--home", str(tmp_path / "practice"), "handover", "give", "PRACTICE", "--out", file]) == 0
    capsys.readouterr()
    assert outcome(["--home", str(tmp_path / "real"), "handover", "take", file]) == 4
    assert "practice" in capsys.readouterr().err
    assert not list((tmp_path / "real").glob("cohorts/*.db"))


def test_a_backup_of_practice_is_restored_into_no_real_home(
    tmp_path: Path, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    assert practise(tmp_path, *SMALL) == 0
    assert outcome(["--home", str(tmp_path / "practice"), "backup", "now"]) == 0
    (backup,) = (tmp_path / "practice" / "backups" / "PRACTICE").glob("*.db")
    make_plain_home(tmp_path / "real")
    capsys.readouterr()
    assert outcome(["--home", str(tmp_path / "real"), "restore", str(backup)]) == 4
    assert not list((tmp_path / "real").glob("cohorts/*.db"))


def test_resuming_goes_on_at_the_next_session_with_the_same_group(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path, "--people", "4", "--at", "3") == 0
    assert practise(tmp_path, "--resume", "--people", "9", "--at", "8") == 0
    assert [session for _, session, _ in app.opened] == [3, 3]
    with opened(app.opened[-1][0]) as cohort:
        assert len(people(cohort)) == 4


def test_resuming_goes_back_to_a_session_that_was_broken_off(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path, *SMALL) == 0
    with opened(app.opened[-1][0]) as cohort:
        record_run_events(cohort, 5, [to_json(Started(SystemClock().now()))])
    assert practise(tmp_path, "--resume") == 0
    assert app.opened[-1][1] == 5


def test_resuming_without_a_group_is_refused(
    tmp_path: Path, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    assert practise(tmp_path, "--resume") == 4
    assert "no practice cohort" in capsys.readouterr().err
    assert app.opened == []


def test_resuming_a_group_whose_making_was_killed_is_refused(tmp_path: Path, app: App) -> None:
    home = practice_home(tmp_path)
    make_cohort(home, new_cohort(code="PRACTICE", practice=True), Actor("command line")).close()
    assert practise(tmp_path, "--resume") == 4
    assert app.opened == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--at", "13"), 4),
        (("--at", "11", "--sessions", "10"), 4),
        (("--people", "0"), 4),
        (("--programme", "necks"), 4),
        (("--pace", "0"), 4),
        (("--sessions", "11"), 2),
        (("--delivery", "post"), 2),
    ],
)
def test_what_cannot_be_practised_is_refused_and_opens_nothing(
    tmp_path: Path, app: App, options: tuple[str, ...], code: int
) -> None:
    assert practise(tmp_path / "home", *options) == code
    assert app.opened == []
    assert list(tmp_path.iterdir()) == []


def test_after_the_group_was_erased_there_is_another(tmp_path: Path, app: App) -> None:
    assert practise(tmp_path, *SMALL) == 0
    erase = ("cohort", "erase", "PRACTICE", "--yes")
    assert outcome(["--home", str(tmp_path / "practice"), *erase]) == 0
    assert practise(tmp_path, *SMALL) == 0
    home = app.opened[-1][0]
    assert practice_code(home) == "PRACTICE-2"
    with opened(home) as cohort:
        assert plan_of(cohort).session(1).took_place


def test_who_may_be_on_duty_are_two_facilitators_and_a_helper_for_the_exercise() -> None:
    assert [one.scope for one in FACILITATORS] == ["all", "all", "exercise"]


def test_a_real_home_forgets_no_signed_revision_and_practice_only_those_of_the_group(
    tmp_path: Path,
) -> None:
    real, practice = make_plain_home(tmp_path), practice_home(tmp_path)
    for home in (real, practice):
        for code in ("PRACTICE", "K1"):
            record_signed_revision(
                home,
                SignedRevision(
                    code=code,
                    return_id=f"of {code}",
                    revision=1,
                    signer="jk",
                    signed_at=SystemClock().now().wall,
                    tagmanifest_sha256="ab" * 32,
                ),
            )
    forget_practice_cohort(practice, "PRACTICE")
    assert [one.code for one in read_ledger(practice.folder).signed] == ["K1"]
    with pytest.raises(ValueError, match="real home"):
        forget_practice_cohort(real, "PRACTICE")
    assert len(read_ledger(real.folder).signed) == 2
