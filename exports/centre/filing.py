"""Bringing the bags of each return in line, and the rows of the one that counts on the shelf.

Not for: which one counts (`line`). What a newer revision no longer holds is gone with the older one's rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from exports.centre import shelf
from exports.centre.inbox import Item, taken
from exports.centre.ledger import Bag, Ledger, link_of
from exports.centre.line import WHY, Line, line_of
from exports.reading import FaultyTables, read_tables
from exports.rows import Tables
from exports.schema import TABLES
from exports.taking_in import NotReadable

_AT_ONCE: Final = 50
"""Returns in one transaction."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a bag can be read again: the item, its digest when it was judged, the age identity."""

    item: Item
    digest: str
    identity: bytes | None

    def tables(self) -> Tables | None:
        """Its tables, None where the file is no longer what was judged."""
        try:
            got = taken(self.item)
            if got.digest != self.digest:
                return None
            bag = got.bag(self.identity)
            return read_tables({name.removeprefix("data/"): content for name, content in bag.files.items()})
        except (NotReadable, FaultyTables):
            return None


Sources = dict[int, Source]
"""Of each sound bag that lies in the inbox, by its number."""


def file_all(ledger: Ledger, sources: Sources, progress: Callable[[int, int], None]) -> None:
    """Bring every return in line: place its bags, file the rows of the one that counts, drop all others."""
    returns: dict[tuple[str, str], list[Bag]] = {}
    for bag in ledger.bags().values():
        if bag.state != "refused":
            returns.setdefault((bag.sender.site_code, bag.sender.return_id), []).append(bag)
    todo = [bags for bags in returns.values() if _is_out_of_line(bags, sources)]
    for begins in range(0, len(todo), _AT_ONCE):
        with ledger.database.transaction():
            for bags in todo[begins : begins + _AT_ONCE]:
                _bring_in_line(ledger, bags, sources)
        progress(min(begins + _AT_ONCE, len(todo)), len(todo))


def take_down(ledger: Ledger, bag: Bag) -> None:
    """Take the rows of a bag off the shelf, inside the caller's transaction."""
    shelf.drop(ledger.database, bag.id)
    ledger.mark_filed(bag, filed=False)


def _line(bags: Sequence[Bag], sources: Mapping[int, Source]) -> Line:
    return line_of(link_of(bag, readable=bag.id in sources) for bag in bags)


def _is_out_of_line(bags: Sequence[Bag], sources: Sources) -> bool:
    line = _line(bags, sources)
    return any(
        (bag.state, bag.why_code) != line.places[bag.sender.tagmanifest_sha256]
        or bag.filed != (bag.sender.tagmanifest_sha256 == line.current)
        or (bag.state == "accepted" and bag.counts is None and bag.id in sources)
        for bag in bags
    )


def _bring_in_line(ledger: Ledger, bags: Sequence[Bag], sources: Sources) -> None:
    line, tables = _readable_line(bags, sources)
    for bag in bags:
        place, why_code = line.places[bag.sender.tagmanifest_sha256]
        ledger.place(bag, place, why_code, WHY[why_code])
        is_current = bag.sender.tagmanifest_sha256 == line.current
        if bag.filed and not is_current:
            take_down(ledger, bag)
        if is_current and tables is not None:
            shelf.put(ledger.database, bag.id, tables)
            ledger.mark_filed(bag, filed=True)
            ledger.keep_counts(bag, _counts(tables))
        elif place == "accepted" and bag.counts is None and bag.id in sources:
            overtaken = sources[bag.id].tables()
            if overtaken is not None:
                ledger.keep_counts(bag, _counts(overtaken))


def _readable_line(bags: Sequence[Bag], sources: Sources) -> tuple[Line, Tables | None]:
    """The line, and the tables to be filed for it, None where they are filed. Files that went are out."""
    while True:
        line = _line(bags, sources)
        current = next((bag for bag in bags if bag.sender.tagmanifest_sha256 == line.current), None)
        if current is None or current.filed:
            return line, None
        tables = sources[current.id].tables()
        if tables is not None:
            return line, tables
        del sources[current.id]


def _counts(tables: Tables) -> str:
    return json.dumps({table.name: len(getattr(tables, table.name) or ()) for table in TABLES})
