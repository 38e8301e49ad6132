"""Which bags of one return count: its revisions in a line, each naming the one before.

Not for: whether a bag is genuine (`verify`). The same bags give the same answer, whichever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Place = Literal["accepted", "fork", "waiting"]
"""Of a genuine bag: in the line, set aside with its rivals, or before its turn."""

WHY: Mapping[str, str] = {
    "": "",
    "fork": "There are two returns of this revision; both are set aside until the site says which is true.",
    "fork_before": "A revision before this one is a fork.",
    "names_another": "It names another revision before it than the one that was received.",
    "earlier_missing": "A revision before this one has not been received yet.",
    "file_gone": "Its file is no longer in the inbox; put it there again.",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A genuine bag. `there`: its rows are filed, or can be read now. `settled`: chosen among its rivals."""

    sha256: str
    revision: int
    previous: str | None
    there: bool = True
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Where each bag of a return stands, by its hash, and why; `current` is the one whose rows count."""

    places: Mapping[str, tuple[Place, str]]
    current: str | None


def line_of(links: Iterable[Link]) -> Line:
    """The line of one return: from revision 1 on, each naming the one before, without rivals.

    Where a revision has rivals, all of them are forks, and so is what comes after, unless one was settled on.
    """
    rivals: dict[int, list[Link]] = {}
    for link in sorted(links, key=lambda one: (one.revision, one.sha256)):
        rivals.setdefault(link.revision, []).append(link)
    places: dict[str, tuple[Place, str]] = {}
    accepted: list[Link] = []
    stopped: tuple[Place, str] | None = None
    for revision, found in rivals.items():
        chosen = _chosen(found)
        places |= {one.sha256: ("fork", "fork") for one in found if one is not chosen}
        if chosen is None:
            stopped = stopped or ("fork", "fork_before")
            continue
        if stopped is None:
            stopped = _stops(chosen, revision, accepted)
            if stopped is None:
                accepted.append(chosen)
                places[chosen.sha256] = ("accepted", "")
                continue
        places[chosen.sha256] = stopped
        if stopped[1] == "names_another":
            stopped = ("fork", "fork_before")
    current = next((one for one in reversed(accepted) if one.there), None)
    if current is not None:
        gone = accepted[accepted.index(current) + 1 :]
        places |= {one.sha256: ("waiting", "file_gone") for one in gone}
    else:
        places |= {one.sha256: ("waiting", "file_gone") for one in accepted}
    return Line(places, current.sha256 if current else None)


def _chosen(rivals: list[Link]) -> Link | None:
    if len(rivals) == 1:
        return rivals[0]
    settled = [one for one in rivals if one.settled]
    return settled[0] if len(settled) == 1 else None


def _stops(link: Link, revision: int, accepted: list[Link]) -> tuple[Place, str] | None:
    """Why a bag without rivals does not follow on those before it, None where it does."""
    if revision != len(accepted) + 1:
        return ("waiting", "earlier_missing")
    before = accepted[-1].sha256 if accepted else None
    return None if link.previous == before else ("fork", "names_another")
