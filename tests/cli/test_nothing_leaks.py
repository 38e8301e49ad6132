"""Nobody's name, birth date or contact in any file of a home, on stderr or where the program was started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import ROOT
from tests.store.homes import a_home
from tests.unit.home_fixtures import WORDS

PLANTED = ("Zwanhild", "Quastenfloss", "1957-03-14", "14/03/1957", "07700900123", "Wurzelgraf")
LIST = (
    "person,given_name,family_name,birth_date,sex,pain_site,side,pain_months,referral_source,phone,"
    "emergency_contact\n"
    + "".join(
        f"R{n},Zwanhild,Quastenfloss {n},14/03/{1950 + n % 20},female,knee,left,30,gp,"
        "07700900123,Wurzelgraf\n"
        for n in range(300)
    )
)


@pytest.fixture
def started_in(tmp_path: Path) -> Path:
    """Where the program is started; nothing may be left there."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def start(started_in: Path, home: Path, *arguments: str | Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "ESCAPE_PASSPHRASE": WORDS,
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(home.parent),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "escape_tui", "--debug", "--home", home, *arguments],
        cwd=started_in,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def leaks(folder: Path, said: bytes) -> list[str]:
    found = [f"stderr: {words}" for words in PLANTED if words.encode() in said]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".csv":
            found += [f"{path.name}: {words}" for words in PLANTED if words.encode() in path.read_bytes()]
    return found


def test_an_import_killed_at_any_moment_leaves_nothing_readable(tmp_path: Path, started_in: Path) -> None:
    home = a_home(tmp_path / "home", encrypted=True).folder
    people = tmp_path / "people.csv"
    people.write_text(LIST, encoding="utf-8")
    made = start(
        started_in,
        home,
        "cohort",
        "new",
        "knees-hips",
        "--code",
        "K1",
        "--start",
        "2026-11-02",
        "--days",
        "mon,thu",
    )
    said = made.communicate()[1]
    assert made.returncode == 0
    for seconds in (0.5, 0.8, 1.1):
        victim = start(started_in, home, "cohort", "import", "K1", people)
        time.sleep(seconds)
        victim.send_signal(signal.SIGKILL)
        said += victim.communicate()[1]
        assert leaks(tmp_path, said) == []
    done = start(started_in, home, "cohort", "import", "K1", people)
    said += done.communicate()[1]
    backed = start(started_in, home, "backup", "now")
    said += backed.communicate()[1]
    assert (done.returncode, backed.returncode) == (0, 0)
    assert leaks(tmp_path, said) == []
    assert list(started_in.iterdir()) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "left.log").write_text("of Zwanhild", encoding="utf-8")
    assert leaks(tmp_path, b"07700900123") == ["stderr: 07700900123", "left.log: Zwanhild"]
