"""Groups of people as a report needs them, and what other people's tools read in its pages.

Not for: checking anything.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from exports.held import Held, Signing
from exports.report.returned import report_pdf
from exports.signoff import MEANING, PRACTICE_MEANING, Gap, SignedReturn
from exports.tables import tables_of
from sessions.instrument_files import load_instrument
from sessions.pack_files import shipped_pack
from sessions.records import (
    AttendanceRow,
    Consent,
    Eligibility,
    ExerciseRow,
    FeedbackCount,
    Joint,
    MeasureRow,
    Person,
    Programme,
    Signpost,
)
from sessions.rules import PainSite
from tests.outside import tool
from tests.returns import making

SIGNED_AT: Final = datetime(2026, 11, 10, 18, 30, 5, tzinfo=UTC)
_HIGHEST: Final = {
    "koos": 4,
    "hoos": 4,
    "msk-hq": 4,
    "chair-stand-30s": 18,
    "activity-days": 7,
    "pain-nrs": 10,
}


def group(people: int, hips: int = 0, programme: Programme = "knees-hips", seed: int = 1) -> Held:
    """A cohort of so many people, the last `hips` of them with a hip; backs have backs."""
    rng = Random(seed)  # noqa: S311 - figures, not secrets
    pack = shipped_pack(programme)
    everyone = tuple(_person(number, people - hips, programme) for number in range(1, people + 1))
    names = [one.id for one in everyone]
    of = making.held()
    return replace(
        of,
        head=replace(of.head, programme=programme, pack_id=pack.id, pack_version=pack.version),
        pack=pack,
        people=everyone,
        consents=tuple(Consent(name, "sharing", True, making.FIRST, "written") for name in names),
        eligibility=tuple(Eligibility(name, "yes", None, None) for name in names),
        attendance=tuple(
            AttendanceRow(name, number, "present" if rng.random() < 0.85 else "absent")
            for number in range(1, 13)
            for name in names
        ),
        exercise=tuple(
            ExerciseRow(name, number, "step-up", 1 + number // 5, 10, None, rng.randint(2, 6), 2, "hold")
            for number in range(1, 13)
            for name in names
        ),
        levels=(),
        measures=tuple(row for one in everyone for row in _sheets(one, rng)),
        incidents=of.incidents if people else (),
        feedback=(FeedbackCount("fft", "very_good", people),) if people else (),
        signposts=tuple(Signpost(name, "gym") for name in names),
    )


def signed(of: Held, **said: object) -> SignedReturn:
    """What somebody who signs that cohort says."""
    practice = of.head.practice
    whole = {
        "return_id": of.head.return_id,
        "revision": 1,
        "previous_sha256": None,
        "amendment_reason": None,
        "practice": practice,
        "site_code": of.asked.site_code,
        "cohort_code": of.head.code,
        "signer": "jk",
        "principal": f"jk@{of.asked.site_code}",
        "key_fingerprint": "SHA256:" + "a" * 43,
        "name": "Jo Kay",
        "role": "physiotherapist",
        "meaning": PRACTICE_MEANING if practice else MEANING,
        "signed_at": SIGNED_AT,
        "gaps": (Gap(code="measure_missing", person_id="PAAAAAAAAAA"),),
        "gaps_reason": "Two people moved away.",
        "audit_length": 300,
        "audit_head": "ab" * 32,
        "app_version": "1.0.0",
    }
    return SignedReturn.model_validate({**whole, **said})


def signing(of: Held) -> Signing:
    del of
    return Signing(1, None, SIGNED_AT, "1.0.0")


def report(of: Held, **said: object) -> bytes:
    """The report in the return of that cohort."""
    return report_pdf(of, tables_of(of, signing(of)), signed(of, **said))


def text_of(pdf: bytes, folder: Path, page: int | None = None) -> str:
    """What `pdftotext` reads on all pages, or on one, line by line as it lies there."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    command = [tool("pdftotext"), "-layout", *pages, str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def _person(number: int, knees: int, programme: Programme) -> Person:
    site: PainSite = "back" if programme == "backs" else "knee" if number <= knees else "hip"
    joint: Joint = "back" if site == "back" else "knee" if site == "knee" else "hip"
    side = "none" if site == "back" else "left"
    name = "P" + "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:010}")
    return replace(
        making.person(name, number),
        pain_site=site,
        side=side,  # type: ignore[arg-type]  # one of its codes
        index_joint=joint,
        index_side=side,  # type: ignore[arg-type]  # one of its codes
        sex="female" if number % 3 else "male",
    )


def _sheets(of: Person, rng: Random) -> list[MeasureRow]:
    first = {"back": "msk-hq", "knee": "koos", "hip": "hoos"}[str(of.pain_site)]
    found = []
    for instrument in (first, "chair-stand-30s", "activity-days", "pain-nrs"):
        items, highest = load_instrument(instrument).item_count, _HIGHEST[instrument]
        for timepoint in ("baseline", "end"):
            answers = tuple(str(rng.randint(highest // 4, highest * 3 // 4)) for _ in range(items))
            row = making.measure(of.id, instrument, timepoint, answers)
            found.append(replace(row, joint=of.index_joint, side=of.index_side))
    return found
