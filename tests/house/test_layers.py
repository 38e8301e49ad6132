"""The law of the four packages, by import-linter and by what a fresh process really loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import loaded_by

ROOT = Path(__file__).parents[2]
KEEPS_A_DATABASE = ("exports.centre",)
SCREEN_AND_STORE = {"textual", "rich", "sqlite3", "sqlite_utils", "sqlcipher3"}

LOADED = """
import importlib, json, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.startswith(tuple(sys.argv[2:])):
        importlib.import_module(module.name)
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""
WITHOUT_REPORT = """
import importlib, json, pkgutil, sys
import exports
for module in pkgutil.walk_packages(exports.__path__, "exports."):
    late = module.name.startswith(("exports.report.", "exports.centre.")) and module.name not in sys.argv[1:]
    if not late:
        importlib.import_module(module.name)
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""
ASKED_OF_THE_REPORTS = ("exports.report.returned", "exports.report.site", "exports.report.suppression")
"""What other rooms import of the reports; each loads the typesetter only when it makes a report."""


def test_imports_keep_the_law() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def loaded_with(*words: str) -> set[str]:
    """What is loaded with all modules of the package first named, but for those that begin as the rest."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout))


@pytest.mark.parametrize("package", ["sessions", "exports"])
def test_rules_and_exports_load_neither_screen_nor_store(package: str) -> None:
    loaded = loaded_with(package, *KEEPS_A_DATABASE)
    assert package in loaded
    assert not loaded & SCREEN_AND_STORE


def test_the_centre_loads_a_database_and_no_screen() -> None:
    loaded = loaded_with("exports.centre")
    assert loaded & SCREEN_AND_STORE == {"sqlite3"}


def test_only_the_centres_own_commands_load_its_database() -> None:
    for command in ("--help", "central", "central init --help", "verify --help", "return --help"):
        assert not {name for name in loaded_by(*command.split()) if name.startswith("exports.centre")}, (
            command
        )
    assert "exports.centre.database" in loaded_by("central", "receive", "--help")


def test_only_making_a_report_loads_the_typesetter() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_REPORT, *ASKED_OF_THE_REPORTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(json.loads(run.stdout)) & {"reportlab", "PIL"}
