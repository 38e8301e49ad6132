"""A cohort that is open here and looked at from elsewhere: nobody's look takes an entry away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from escape_tui.store.read import peek
from tests.store.making import make, reopen, someone

LOOK = """
import sys
from pathlib import Path
from escape_tui.store.connect import open_file
for _ in range(2):
    looking = open_file(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]) if sys.argv[2:] else None, 99)
    seen = looking.value("SELECT count(*) FROM person")
    looking.close()
print(seen)
"""


@pytest.mark.parametrize("made_just_now", [True, False], ids=["just made", "opened again"])
def test_every_entry_is_in_the_file_after_this_program_and_another_looked_at_it(
    path: Path, key: bytes | None, made_just_now: bool
) -> None:
    if not made_just_now:
        make(path, key).close()
    with make(path, key) if made_just_now else reopen(path, key) as cohort:
        for number in (1, 2):
            someone(cohort, f"R{number}")
            if not made_just_now:
                peek(path, key)
            assert _seen_by_another_program(path, key) == number


def _seen_by_another_program(path: Path, key: bytes | None) -> int:
    arguments = [str(path), key.hex()] if key else [str(path)]
    seen = subprocess.run([sys.executable, "-c", LOOK, *arguments], check=True, capture_output=True)
    return int(seen.stdout)
