"""Exact versions by name alone, each dependency with its reason."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


INSTALLER = "pip"
"""Required by one of ours, but the machine's own: it is what reads the pins."""


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def direct_requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    return [Requirement(line) for line in [*project["dependencies"], *(line for e in extras for line in e)]]


def needed(*, on_this_machine: bool) -> set[str]:
    """Every distribution that the project needs, whatever needs it in turn; here alone, or on any system."""
    met: set[tuple[str, frozenset[str]]] = set()
    waiting = direct_requirements()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if (
            (name, extras) not in met
            and name != INSTALLER
            and _applies(wanted, on_this_machine=on_this_machine)
        ):
            met.add((name, extras))
            waiting += _required_by(name, extras)
    return {name for name, _ in met}


def _applies(wanted: Requirement, *, on_this_machine: bool) -> bool:
    return wanted.marker is None or not on_this_machine or wanted.marker.evaluate({"extra": ""})


def _required_by(name: str, extras: frozenset[str]) -> list[Requirement]:
    """What a distribution requires: always, and for the extras that were asked for."""
    try:
        lines = [Requirement(line) for line in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return []
    always = [line for line in lines if line.marker is None or "extra" not in str(line.marker)]
    asked = [line for line in lines if line.marker and "extra" in str(line.marker)]
    chosen = [line for line in asked if any(_asked_for(line, extra) for extra in extras)]
    return always + [Requirement(_without_extra(line)) for line in chosen]


def _asked_for(wanted: Requirement, extra: str) -> bool:
    return wanted.marker is not None and wanted.marker.evaluate({"extra": extra})


def _without_extra(wanted: Requirement) -> str:
    """The requirement alone: its extra was asked for, so it needs no marker any more."""
    return str(wanted).partition(";")[0]


def test_constraints_hold_names_and_versions_alone() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"#.*|[a-z0-9-]+==[0-9][0-9a-z.]*", line), line
        assert "//" not in line


def test_everything_that_is_installed_for_us_is_pinned_to_that_version() -> None:
    pinned = pins()
    everything = needed(on_this_machine=True)
    unpinned = {name for name in everything if pinned.get(name) != metadata.version(name)}
    assert not unpinned


def test_nothing_is_pinned_that_nobody_needs() -> None:
    assert set(pins()) <= needed(on_this_machine=False)


def test_every_dependency_of_ours_has_its_reason() -> None:
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    without = [wanted.name for wanted in direct_requirements() if f"`{wanted.name}`" not in decisions]
    assert not without
