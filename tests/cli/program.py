"""Run `escape` as a script does: a process of its own, its exit code, stdout and stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OURS = (
    "ESCAPE_HOME",
    "ESCAPE_BY",
    "ESCAPE_PASSPHRASE",
    "ESCAPE_NEW_PASSPHRASE",
    "ESCAPE_SIGNER_PASSPHRASE",
    "ESCAPE_SERVER_PASSWORD",
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on stdout."""
        return json.loads(self.out)


def escape(*arguments: str | Path, home: Path | None = None, given: str = "", **variables: str) -> Ran:
    """Run `python -m escape_tui` with `arguments`; `given` is its standard input."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | variables
    before = ["--home", str(home)] if home is not None else []
    run = subprocess.run(
        [sys.executable, "-m", "escape_tui", *before, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        input=given.encode(),
        capture_output=True,
        check=False,
    )
    return Ran(run.returncode, run.stdout.decode(), run.stderr.decode())


def typed(arguments: list[str], answers: list[tuple[str, str]]) -> str:
    """All that a terminal showed while the program ran on it and was answered when it asked."""
    pty = pytest.importorskip("pty")
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execve(  # noqa: S606
            sys.executable, [sys.executable, "-m", "escape_tui", *arguments], environment
        )
    shown = ""
    for question, answer in answers:
        start = len(shown)
        while question not in shown[start:]:
            shown += os.read(terminal, 1024).decode()
        os.write(terminal, f"{answer}\n".encode())
    try:
        while more := os.read(terminal, 1024).decode():
            shown += more
    except OSError:
        pass
    os.close(terminal)
    os.waitpid(child, 0)
    return shown


def loaded_by(*arguments: str) -> set[str]:
    """The names of all modules that running `escape` with `arguments` has loaded when it ends."""
    script = (
        "import json, sys\n"
        "from escape_tui.cli.main import outcome\n"
        "outcome(sys.argv[1:])\n"
        "print('\\n' + json.dumps(sorted(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout.splitlines()[-1]))
