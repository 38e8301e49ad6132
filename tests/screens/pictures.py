"""Pictures of screens as text: what stands where and in which colours, compared with the one that was read.

A picture is a file under `pictures/`: the screen's characters, then for each line its runs of styles, then
the styles. It can be read in a review, as an SVG cannot. `PICTURES=write` makes them anew: read each before
it is kept, for a picture proves only that nothing changed.
"""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from string import ascii_letters, digits
from typing import Any

from rich.style import Style
from textual.app import App

FOLDER = Path(__file__).with_name("pictures")
LETTERS = ascii_letters + digits + "!$%&*+=?@^~"


def picture_of(app: App[Any]) -> str:
    """The screen as it is shown now."""
    names: dict[str, str] = {}
    texts, runs = [], []
    # The compositor's strips are the only way to the cells as they are.
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001
        texts.append(strip.text.rstrip())
        cells = [
            (names.setdefault(_said(part.style), LETTERS[len(names)]), part.cell_length) for part in strip
        ]
        merged = [
            (name, sum(cells for _, cells in group)) for name, group in groupby(cells, key=lambda c: c[0])
        ]
        runs.append(" ".join(f"{name}{cells}" for name, cells in merged))
    styles = [f"{name}: {said}" for said, name in names.items()]
    return "\n".join([*texts, "", *_folded(runs), "", *styles, ""])


def looks_as_before(app: App[Any], name: str) -> bool:
    """Compare the screen with its picture. Raises AssertionError that says how to look at both."""
    kept = FOLDER / f"{name}.txt"
    now = picture_of(app)
    if os.environ.get("PICTURES") == "write":
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8")
    before = kept.read_text(encoding="utf-8") if kept.exists() else ""
    if now != before:
        raise AssertionError(
            f"{name} looks different; `PICTURES=write`, then read the difference in {kept.name}\n{now}"
        )
    return True


def _said(style: Style | None) -> str:
    if style is None:
        return "plain"
    kinds = [kind for kind in ("bold", "dim", "italic", "underline", "reverse") if getattr(style, kind)]
    colours = [colour.name if colour else "-" for colour in (style.color, style.bgcolor)]
    return " ".join([" on ".join(colours), *kinds])


def _folded(runs: list[str]) -> list[str]:
    """Lines alike in their styles, said once."""
    folded = []
    for run, group in groupby(runs):
        times = len(list(group))
        folded.append(f"{times} lines: {run}" if times > 1 else run)
    return folded
