"""Tools of the system that tests call: missing on a laptop they skip a test by name, in CI they fail it."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(name: str) -> str:
    """The path of the tool `name`; skips the test where it is missing, fails it under `CI=true`."""
    found = shutil.which(name)
    if found is None:
        missing = f"the tool {name} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found
