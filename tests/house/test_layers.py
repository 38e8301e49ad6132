"""The law of the four packages, by import-linter and by what a fresh process really loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCREEN_AND_STORE = {"textual", "rich", "sqlite3", "sqlite_utils", "sqlcipher3"}

LOADED = """
import importlib, json, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""
WITHOUT_REPORT = """
import importlib, json, pkgutil, sys
import exports
for module in pkgutil.walk_packages(exports.__path__, "exports."):
    late = module.name.startswith("exports.report.") and module.name not in sys.argv[1:]
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


@pytest.mark.parametrize("package", ["sessions", "exports"])
def test_rules_and_exports_load_neither_screen_nor_store(package: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED, package], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(run.stdout))
    assert package in loaded
    assert not loaded & SCREEN_AND_STORE


def test_only_making_a_report_loads_the_typesetter() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_REPORT, *ASKED_OF_THE_REPORTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(json.loads(run.stdout)) & {"reportlab", "PIL"}
