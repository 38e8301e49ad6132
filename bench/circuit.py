"""What an idle circuit costs: the share of a core and the memory, `python -m bench.circuit`.

A session with ten people is brought to its first turn in a process of its own, with the machine's clock on
a screen of 120 by 40, and left alone while it counts down. Not for: what a key costs (`key_to_screen`).
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.compare import ROOT

WATCHED_SECONDS = 20.0
CORE_AT_MOST = 0.05
MEGABYTES_AT_MOST = 70.0
_SIZE = (120, 40)


def measured() -> tuple[float, float]:
    """The share of a core, and megabytes of memory, of a circuit that nobody touches."""
    with tempfile.TemporaryDirectory() as folder:
        # Made in another process as well: what makes it is not to be measured.
        making = "import sys; from pathlib import Path; from tests.screens.session.hall import make_home; "
        home = str(Path(folder) / "home")
        subprocess.run(
            [sys.executable, "-c", f"{making}make_home(Path(sys.argv[1]))", home], cwd=ROOT, check=True
        )
        command = [sys.executable, "-m", "bench.circuit", home]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    share, megabytes = said.split()
    return float(share), float(megabytes)


async def _inside(home: Path) -> None:
    """In the process that is measured: nothing of the tests is loaded here."""
    from escape_tui.desk import home_in
    from escape_tui.screens.app import EscapeApp
    from escape_tui.screens.session.session_screen import SessionScreen
    from escape_tui.screens.way_in import Begin
    from escape_tui.store.passphrase import Passphrase
    from sessions.run_events import WentOn
    from sessions.run_steps import Kind

    def nobody_asks() -> Passphrase:
        raise AssertionError("a plain home asks for no passphrase")

    app = EscapeApp(Begin(home_in(home, nobody_asks), cohort="K26-1", session=1, by="jk"))
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause()
        await pilot.press("a", "n", "space")
        screen = app.screen
        if not isinstance(screen, SessionScreen):
            raise TypeError("the session has not begun")
        while screen.guide.state().step.kind is not Kind.WORK:
            screen.guide.tell(WentOn(screen.guide.keeper.now()))
        await asyncio.sleep(2)
        spent, began = time.process_time(), time.perf_counter()
        await asyncio.sleep(WATCHED_SECONDS)
        share = (time.process_time() - spent) / (time.perf_counter() - began)
        print(f"{share:.4f} {_megabytes():.1f}")
    app.leave_all_closed()


def _megabytes() -> float:
    """Memory of this process now, on Linux; elsewhere the most it ever had."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_inside(Path(sys.argv[1])))
    else:
        core, memory = measured()
        verdicts = [
            "ok" if within else "OVER" for within in (core <= CORE_AT_MOST, memory <= MEGABYTES_AT_MOST)
        ]
        print(f"| an idle circuit | {core:.1%} of a core | at most {CORE_AT_MOST:.0%} | {verdicts[0]} |")
        print(f"| its memory | {memory:.1f} MB | at most {MEGABYTES_AT_MOST:.0f} MB | {verdicts[1]} |")
