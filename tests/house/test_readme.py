"""The README's two commands, and what CI makes of them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command_under(title: str) -> str:
    section = README.split(f"## {title}\n", 1)[1]
    found = re.search(r"```sh\n(.+)\n```", section)
    assert found is not None
    return found[1]


def test_ci_runs_the_test_command_word_for_word() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == command_under("Test")


def test_both_commands_set_up_from_the_pins() -> None:
    for title in ("Start", "Test"):
        assert "-m venv" in command_under(title)
        assert "-c constraints.txt" in command_under(title)


def test_every_document_that_is_pointed_to_is_there() -> None:
    for document in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
