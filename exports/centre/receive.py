"""Taking in what lies in the inbox: judged once each, placed in its line, filed, answered.

Not for: the single steps (`judging`, `filing`, `answering`). Killed between any two of them, the next run
comes to the same end; a run in which nothing is new changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, cast

from exports.bag import SIGNATURE
from exports.centre.answering import Answering, answer, lay_beside
from exports.centre.filing import Source, file_all, take_down
from exports.centre.inbox import Item, items_in, taken
from exports.centre.judging import Finding, Lists, finding_of, unreadable
from exports.centre.ledger import Bag, KnownFile, Ledger, open_ledger
from exports.signature import SigningKey, public_key_of
from exports.taking_in import NotReadable

Verdict = Literal["accepted", "refused", "known", "fork", "waiting", "set_aside"]
Progress = Callable[[str, int, int], None]
"""Told what is being done, how far, of how many."""

_AT_ONCE: Final = 50
"""So many are kept in one transaction; a crash costs no more work than that."""
_REVOKED: Final = ("signer_revoked", f"{SIGNATURE}: The key was revoked.")


@dataclass(frozen=True, slots=True)
class Receiving:
    """What to receive, where to file it, what to go by, and how to answer.

    `key` gives the centre's key; it is asked for only where something is new.
    """

    inbox: Path
    folder: Path
    centre: str
    lists: Lists
    key: Callable[[], SigningKey]
    now: Callable[[], datetime]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file of the inbox; `why` is empty for one that counts."""

    file: str
    verdict: Verdict
    why_code: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every file; `superseded` names those that hold an older revision of what is filed."""

    received: tuple[Received, ...]
    superseded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    item: Item
    file: KnownFile

    @property
    def sound(self) -> bool:
        return self.file.verdict == "sound"


def receive(order: Receiving) -> Outcome:
    """Take in everything in the inbox. Raises as `open_ledger`, and `OSError` where the inbox fails."""
    items = items_in(order.inbox)
    with open_ledger(order.folder, to_write=True) as ledger:
        before = ledger.bags()
        seen = _judge_all(ledger, order, items, before)
        _refuse_revoked(ledger, order.lists)
        sources = {
            one.file.bag: Source(one.item, one.file.digest, order.lists.identity)
            for one in reversed(seen)
            if one.sound and one.file.bag is not None
        }
        file_all(ledger, sources, lambda done, of: order.progress("filed", done, of))
        answer(ledger, Answering(order.centre, order.key, order.now))
        bags = ledger.bags()
        lay_beside(ledger, _answered(seen, bags))
        return _outcome(seen, bags, {one.id for one in before.values() if one.state == "accepted"})


def _judge_all(
    ledger: Ledger, order: Receiving, items: Sequence[Item], bags: Mapping[int, Bag]
) -> list[_Seen]:
    """Every item with what its file is, judged where that was not known."""
    known, seen, waiting = ledger.files(), [], []
    fresh: dict[str, Finding] = {}

    def keep() -> None:
        if not fresh:
            return
        with ledger.database.transaction():
            for digest, finding in fresh.items():
                known[digest] = _kept(ledger, digest, finding, order)
        fresh.clear()

    for number, item in enumerate(items, start=1):
        order.progress("checked", number, len(items))
        try:
            got = taken(item)
        except NotReadable as error:
            found = unreadable(error)
            seen.append(_Seen(item, KnownFile("", None, "", found.verdict, found.why_code, found.why)))
            continue
        waiting.append((item, got.digest))
        if got.digest in fresh or _still_holds(known.get(got.digest), order.lists, bags):
            continue
        # Before the long work, so that nobody is asked for a passphrase in the middle of it.
        order.key()
        fresh[got.digest] = finding_of(lambda got=got: got.bag(order.lists.identity), order.lists)  # type: ignore[misc]
        if len(fresh) >= _AT_ONCE:
            keep()
    keep()
    seen += [_Seen(item, known[digest]) for item, digest in waiting]
    return sorted(seen, key=lambda one: one.item.name)


def _still_holds(file: KnownFile | None, lists: Lists, bags: Mapping[int, Bag]) -> bool:
    """Whether what a file was found to be needs no second look."""
    if file is None:
        return False
    bag = bags.get(file.bag) if file.bag is not None else None
    if file.verdict == "sound" and bag is not None and bag.state != "refused":
        return not _is_revoked(bag, lists)
    return file.judged_under == lists.under


def _kept(ledger: Ledger, digest: str, finding: Finding, order: Receiving) -> KnownFile:
    bag = None
    if finding.sender is not None:
        refused = None if finding.verdict == "sound" else (finding.why_code, finding.why)
        bag = ledger.add_bag(finding.sender, order.now(), refused)
    file = KnownFile(digest, bag, order.lists.under, finding.verdict, finding.why_code, finding.why)
    ledger.keep_file(file)
    return file


def _refuse_revoked(ledger: Ledger, lists: Lists) -> None:
    """A key that is good no more takes with it whatever it signed, whenever that was filed."""
    for bag in ledger.bags().values():
        if bag.state != "refused" and _is_revoked(bag, lists):
            with ledger.database.transaction():
                take_down(ledger, bag)
                ledger.place(bag, "refused", *_REVOKED)


def _is_revoked(bag: Bag, lists: Lists) -> bool:
    return bool(lists.revoked) and public_key_of(bag.sender.public_key) in lists.revoked


def _answered(seen: Sequence[_Seen], bags: Mapping[int, Bag]) -> Iterator[tuple[Item, Bag]]:
    """The files that the receipt of their bag is about: none that is a spoilt copy of a sound one."""
    for one in seen:
        bag = bags[one.file.bag] if one.file.bag is not None else None
        if bag is not None and (one.sound or bag.state == "refused"):
            yield one.item, bag


def _outcome(seen: Sequence[_Seen], bags: Mapping[int, Bag], accepted_before: set[int]) -> Outcome:
    told = set(accepted_before)
    received, superseded = [], []
    for one in seen:
        bag = bags[one.file.bag] if one.file.bag is not None and one.sound else None
        if bag is None:
            verdict = cast("Verdict", one.file.verdict)
            received.append(Received(one.item.name, verdict, one.file.why_code, one.file.why))
        elif bag.state == "accepted":
            received.append(Received(one.item.name, "known" if bag.id in told else "accepted", "", ""))
            told.add(bag.id)
            superseded += [] if bag.filed else [one.item.name]
        else:
            received.append(Received(one.item.name, cast("Verdict", bag.state), bag.why_code, bag.why))
    return Outcome(tuple(received), tuple(superseded))
