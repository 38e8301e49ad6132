"""Every hazard in the log is proven by a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_hazard_names_a_test_that_is_there() -> None:
    log = (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8")
    proofs = re.findall(r"\| `(test_\w+)(\.py)?` \|$", log, flags=re.MULTILINE)
    rows = re.findall(r"^\| \d+ \|", log, flags=re.MULTILINE)
    assert len(proofs) == len(rows) > 0
    # Two folders may have a file of one name.
    files = list((ROOT / "tests").rglob("test_*.py"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    known = {path.name for path in files} | {
        name for text in texts for name in re.findall(r"def (test_\w+)", text)
    }
    assert not [name + ending for name, ending in proofs if name + ending not in known]
