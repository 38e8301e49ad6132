"""How long a return of 12 people and 12 sessions takes, against reportlab alone: `python -m bench.returns`.

Checked, filled, written, printed, sealed, signed, judged and zipped on our side; as many A4 pages of
the same tables on the other, as plain as reportlab sets them.

Not for: the passphrase of the signer, whose hash is slow on purpose, nor for the disk.
"""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Callable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.compare import Compared
from escape_tui.signing import Ready, sealed_files
from exports.bag import zipped
from exports.completeness import completeness
from exports.held import Held
from exports.report.returned import report_pdf
from exports.signature import OpenKey
from exports.signoff import MEANING, SignedReturn
from sessions import measured
from sessions.records import Consent
from tests.returns.making import FIRST, SIGNING, held, person, sheets

PEOPLE = 12
RUNS = 9
AT_MOST = 2.5
KEY = OpenKey(Ed25519PrivateKey.generate())


def a_cohort() -> Held:
    """Twelve people who came to everything and answered everything; settings as they come."""
    three = held()
    names = [f"P{letter * 10}" for letter in "ABCDEFGHIJKL"]
    numbered = list(enumerate(names, start=1))
    first = three.people[0].id
    return replace(
        three,
        asked=replace(three.asked, responses=False, attendance_reasons=False),
        people=tuple(person(name, number) for number, name in numbered),
        consents=tuple(Consent(name, "sharing", True, FIRST, "written") for name in names),
        eligibility=tuple(replace(three.eligibility[0], person=name) for name in names),
        attendance=tuple(
            replace(row, person=name) for name in names for row in three.attendance if row.person == first
        ),
        exercise=tuple(
            replace(row, person=name) for name in names for row in three.exercise if row.person == first
        ),
        levels=tuple(replace(three.levels[0], person=name) for name in names),
        measures=tuple(row for number, name in numbered for row in sheets(name, number)),
        signposts=tuple(replace(three.signposts[0], person=name) for name in names),
    )


def make_return(cohort: Held) -> dict[str, bytes]:
    """Check, fill, print, seal and sign; the files of the bag."""
    # What one return worked out is no help to another cohort's.
    measured._scored.cache_clear()  # noqa: SLF001
    completeness(cohort)
    files = sealed_files(Ready(cohort, _claims(cohort), ()), KEY, report_pdf)
    zipped("S042_K26-1_r1", files)
    return files


def print_alone(files: dict[str, bytes], pages: int) -> None:
    """As many pages of the same tables, by reportlab and nothing else."""
    from reportlab.lib import pagesizes
    from reportlab.platypus import SimpleDocTemplate, Table

    # So small that the columns of most tables stand on the page, and no smaller.
    small = [("FONTSIZE", (0, 0), (-1, -1), 6), ("LEADING", (0, 0), (-1, -1), 7)]
    tight = [(f"{side}PADDING", (0, 0), (-1, -1), 1) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]

    story = [
        Table(
            list(csv.reader(io.StringIO(content.decode("utf-8-sig")))), repeatRows=1, style=[*small, *tight]
        )
        for name, content in sorted(files.items())
        if name.endswith(".csv") and name != "data/codebook.csv"
    ]

    class Enough(Exception):
        pass

    class Printed(SimpleDocTemplate):  # type: ignore[misc]  # reportlab has no types
        def afterPage(self) -> None:  # noqa: N802 - reportlab's own name
            if self.page >= pages:
                self.canv.save()
                raise Enough

    try:
        Printed(io.BytesIO(), pagesize=pagesizes.landscape(pagesizes.A4)).build(story)
    except Enough:
        return


def both_measured() -> tuple[Compared, int]:
    """Both in turn, in one run, and the number of pages."""
    cohort = a_cohort()
    files = make_return(cohort)
    pages = len(re.findall(rb"/Type /Page\b(?!s)", files["data/return.pdf"]))
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(_timed(lambda: make_return(cohort)))
        theirs.append(_timed(lambda: print_alone(files, pages)))
    return (
        # The quickest of each: what else the machine does only ever adds.
        Compared("a return", min(ours), "reportlab alone", min(theirs), AT_MOST),
        pages,
    )


def _claims(cohort: Held) -> SignedReturn:
    return SignedReturn(
        return_id=cohort.head.return_id,
        revision=SIGNING.revision,
        previous_sha256=None,
        amendment_reason=None,
        practice=False,
        site_code="S042",
        cohort_code="K26-1",
        signer="jk",
        principal="jk@S042",
        key_fingerprint=KEY.public.fingerprint,
        name="Jo Kent",
        role="physiotherapist",
        meaning=MEANING,
        signed_at=SIGNING.signed_on,
        gaps=(),
        gaps_reason=None,
        audit_length=1,
        audit_head="ab" * 32,
        app_version=SIGNING.app_version,
    )


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    compared, pages = both_measured()
    print(f"{pages} pages")
    print(compared.row())
