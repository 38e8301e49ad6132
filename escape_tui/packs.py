"""The packs a site can run: those that come with the program, and those in its home.

Not for: what is in a pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sessions.errors import Refused
from sessions.faults import FaultyFiles
from sessions.pack import Pack
from sessions.pack_check import check_pack
from sessions.pack_files import read_pack, shipped_pack, shipped_packs
from sessions.text import Data


class OfferedPack(Data):
    """A pack that can be run. `origin` is `shipped`, or `home` for one that the site put there."""

    id: str
    programme: str
    name: str
    version: str
    origin: Literal["shipped", "home"]
    sessions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfferedPacks:
    """The packs that can be run, sorted by id, and the names of those in the home that have faults."""

    packs: tuple[OfferedPack, ...]
    faulty: tuple[str, ...]


def offered_packs(home: Path) -> OfferedPacks:
    """Every pack; one in the home takes the place of a shipped one of the same id."""
    own = _packs_of(home)
    offered = [_offered(shipped_pack(name), "shipped") for name in shipped_packs() if name not in own]
    faulty: list[str] = []
    for name in own:
        try:
            offered.append(_offered(open_pack(home, name), "home"))
        except FaultyFiles:
            faulty.append(name)
    return OfferedPacks(tuple(sorted(offered, key=lambda pack: pack.id)), tuple(faulty))


def open_pack(home: Path, name: str) -> Pack:
    """Open the pack of that id, the home's own first. A faulty one of the home raises `FaultyFiles`."""
    own = _packs_of(home)
    if name in own:
        check_pack(home / "packs" / name)
        return read_pack(home / "packs" / name)
    if name not in shipped_packs():
        known = sorted({*own, *shipped_packs()})
        raise Refused("There is no programme of that name.", f"Choose one of: {', '.join(known)}.")
    return shipped_pack(name)


def _packs_of(home: Path) -> tuple[str, ...]:
    folder = home / "packs"
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))


def _offered(pack: Pack, origin: Literal["shipped", "home"]) -> OfferedPack:
    return OfferedPack(
        id=pack.id,
        programme=pack.programme,
        name=pack.name,
        version=pack.version,
        origin=origin,
        sessions=tuple(sorted((len(schedule.sessions) for schedule in pack.schedules), reverse=True)),
    )
