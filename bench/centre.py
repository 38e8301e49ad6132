"""How the centre's work grows with the number of returns: `python -m bench.centre`.

1,000, 2,500 and 5,000 small returns of 200 sites are verified, filed and answered, received again, and
reported over. The time for each return must not grow with their number; receiving again must take less than
5 % of the first time.

Not for: the passphrase of the centre, whose hash is slow on purpose.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.bag import SIGNATURE, SIGNOFF, TAGMANIFEST, BagInfo, BagName, bag_files, zipped
from exports.centre.judging import lists_of
from exports.centre.over_all import report_over_all
from exports.centre.receive import Receiving, receive
from exports.rows import Mark, Tables
from exports.signature import RETURN_NAMESPACE, OpenKey, sign
from exports.signers import AllowedSigner, Trusted
from exports.signoff import SignedReturn, signoff_json
from exports.summary import summarise
from exports.writing import files_of
from tests.returns.sealing import KEY, replace_claims, tables_of
from tests.returns.sealing import a_return as some_return

SIZES = (1000, 2500, 5000)
SITES = 200
PEOPLE = 6
DESCRIPTIONS = ("data/codebook.csv", "data/datapackage.json", "data/return.pdf")
MOST_GROWTH = 1.5
"""The time for one return among 5,000, in the time for one among 1,000; twice that would not be linear."""
MOST_AGAIN = 0.05
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds."""

    size: int
    first: float
    again: float
    report: float


def a_return(number: int) -> tuple[str, bytes]:
    """The name and the zip of a small return; the same each time."""
    chance = random.Random(number)  # noqa: S311
    site = f"S{number % SITES:03d}"
    signed = replace_claims(
        site_code=site,
        principal=f"jk@{site}",
        cohort_code=f"K{number // SITES + 1}",
        return_id=f"{number:032x}",
    )
    tables, sealed = _tables(signed, chance), some_return()
    csvs = files_of(tables)
    payload = {f"data/{name}": content for name, content in csvs.items()}
    # What is not read is the same in each: making it takes longer than all that is measured here.
    payload |= {name: sealed.files[name] for name in DESCRIPTIONS}
    payload[SIGNOFF] = signoff_json(signed)
    folder = BagName(site, signed.cohort_code, 1, practice=False).folder
    files = bag_files(payload, BagInfo(signed.return_id, 1, date(2026, 11, 22), "escape-tui bench"))
    files[SIGNATURE] = sign(files[TAGMANIFEST], RETURN_NAMESPACE, KEY)
    return f"{folder}.zip", zipped(folder, files)


def _tables(signed: SignedReturn, chance: random.Random) -> Tables:
    base = tables_of(signed)
    names = ["P" + "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=10)) for _ in range(PEOPLE)]
    names.sort()
    start = date(2026, 1, 5) + timedelta(days=7 * chance.randrange(40))
    measures = tuple(
        replace(base.measures[0], person_id=name, timepoint=point, score=Fraction(score), week=week)
        for name in names
        for point, score, week in (
            ("baseline", chance.randrange(20, 60), 0),
            ("end", chance.randrange(30, 80), 6),
        )
    )
    (cohort,) = base.cohort
    counts = dict.fromkeys(
        ("people_referred", "people_eligible", "people_enrolled", "people_started", "people_completed"),
        PEOPLE,
    )
    return replace(
        base,
        cohort=(replace(cohort, start_date=start, end_date=start + timedelta(days=42), **counts),),  # type: ignore[arg-type]
        participants=tuple(replace(base.participants[0], person_id=name) for name in names),
        sessions=tuple(replace(row, people_present=PEOPLE) for row in base.sessions),
        attendance=tuple(Mark(name, number, "present", None) for name in names for number in (1, 2)),
        measures=measures,
        summary=summarise(PEOPLE, measures, {}),
    )


def measured(size: int, folder: Path) -> Measured:
    """All three for `size` returns."""
    inbox, into = folder / "inbox", folder / "centre"
    inbox.mkdir()
    into.mkdir()
    for number in range(size):
        name, content = a_return(number)
        (inbox / name).write_bytes(content)
    key = OpenKey(Ed25519PrivateKey.generate())
    after = datetime(2026, 1, 1, tzinfo=UTC)
    lines = tuple(
        AllowedSigner(f"jk@S{site:03d}", KEY.public, (RETURN_NAMESPACE,), after) for site in range(SITES)
    )
    order = Receiving(
        inbox, into, "Central team", lists_of(Trusted(lines), None), lambda: key, lambda: NOW, lambda *_: None
    )
    first = _timed(lambda: _all_are(order, "accepted"))
    again = _timed(lambda: _all_are(order, "known"))
    return Measured(
        size, first, again, _timed(lambda: report_over_all(into, "Central team", NOW.date(), lambda *_: None))
    )


def _all_are(order: Receiving, verdict: str) -> None:
    if {one.verdict for one in receive(order).received} != {verdict}:
        raise RuntimeError(f"not every return is {verdict}")


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> int:
    """Measure and tell; 1 where it grows, or receiving again takes too long."""
    found = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            one = measured(size, Path(folder))
        found.append(one)
        print(
            f"{one.size:5} returns: first {one.first:6.1f} s ({1000 * one.first / one.size:.2f} ms each), "
            f"again {one.again:5.2f} s ({100 * one.again / one.first:.1f} %), "
            f"report {one.report:5.1f} s ({1000 * one.report / one.size:.2f} ms each)"
        )
    few, many = found[0], found[-1]
    growth = (many.first / many.size) / (few.first / few.size)
    report_growth = (many.report / many.size) / (few.report / few.size)
    print(
        f"growth for each return: receiving {growth:.2f}, report {report_growth:.2f}; at most {MOST_GROWTH}"
    )
    fits = max(growth, report_growth) <= MOST_GROWTH and all(
        one.again < MOST_AGAIN * one.first for one in found
    )
    return 0 if fits else 1


if __name__ == "__main__":
    sys.exit(main())
