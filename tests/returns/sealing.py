"""A small sealed return to tamper with: two people, two sessions, one scale, signed by a key of the tests.

Not for: checking anything, nor for how a cohort becomes a return.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.bag import SIGNATURE, SIGNOFF, TAGMANIFEST, BagInfo, BagName, bag_files, zipped
from exports.codebook import codebook, datapackage
from exports.rows import Cohort, Mark, Measure, Participant, Session, Tables
from exports.signature import PRACTICE_NAMESPACE, RETURN_NAMESPACE, OpenKey, sign
from exports.signers import AllowedSigner, Trusted
from exports.signoff import MEANING, SignedReturn, signoff_json
from exports.summary import summarise
from exports.writing import files_of

KEY = OpenKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEY = OpenKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
SIGNED_AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n% stands for a report\n%%EOF\n"
RETURN_ID = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bag as it was sealed, to be spoilt by a test."""

    folder: str
    files: dict[str, bytes]

    @property
    def zip(self) -> bytes:
        """Its zip, as `return sign` writes it."""
        return zipped(self.folder, self.files)

    def unpacked_in(self, parent: Path) -> Path:
        """Its folder, unpacked."""
        folder = parent / self.folder
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder

    def zip_in(self, parent: Path) -> Path:
        """Its zip in a file."""
        path = parent / f"{self.folder}.zip"
        path.write_bytes(self.zip)
        return path


def allowed(**changed: object) -> AllowedSigner:
    """The clinic's line for the signer of the tests."""
    line = AllowedSigner(
        "jk@S042",
        KEY.public,
        (RETURN_NAMESPACE,),
        SIGNED_AT - timedelta(days=10),
        SIGNED_AT + timedelta(days=10),
    )
    return replace(line, **changed)  # type: ignore[arg-type]


TRUSTED = Trusted((allowed(),))


@cache
def a_return() -> Sealed:
    """A genuine return."""
    return sealed(claims())


@cache
def a_practice_return() -> Sealed:
    """A practice return."""
    return sealed(replace_claims(practice=True), namespace=PRACTICE_NAMESPACE)


def sealed(signed: SignedReturn, key: OpenKey = KEY, namespace: str = RETURN_NAMESPACE) -> Sealed:
    """A return with these claims, sealed and signed."""
    tables = tables_of(signed)
    csvs = files_of(tables)
    payload = {f"data/{name}": content for name, content in csvs.items()}
    payload["data/codebook.csv"] = codebook(csvs)
    payload["data/datapackage.json"] = datapackage(tables.cohort[0], csvs)
    payload["data/return.pdf"] = PDF
    payload[SIGNOFF] = signoff_json(signed)
    name = BagName(signed.site_code, signed.cohort_code, signed.revision, signed.practice)
    return resealed(name.folder, payload, key, namespace)


def resealed(
    folder: str, payload: dict[str, bytes], key: OpenKey = KEY, namespace: str = RETURN_NAMESPACE
) -> Sealed:
    """A bag around this payload, with manifests and a signature that fit it."""
    files = bag_files(payload, BagInfo(RETURN_ID, 1, SIGNED_AT.date(), "escape-tui tests"))
    files[SIGNATURE] = sign(files[TAGMANIFEST], namespace, key)
    return Sealed(folder, files)


def claims() -> SignedReturn:
    """What the signer of the tests says."""
    return SignedReturn(
        return_id=RETURN_ID,
        revision=1,
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
        signed_at=SIGNED_AT,
        gaps=(),
        gaps_reason=None,
        audit_length=3,
        audit_head="cd" * 32,
        app_version="0.1",
    )


def replace_claims(**changed: object) -> SignedReturn:
    """The same, but for what is given."""
    return claims().model_copy(update=changed)


def tables_of(signed: SignedReturn) -> Tables:
    """Tables that agree with each other and with the sign-off."""
    days = (date(2026, 10, 5), date(2026, 10, 8))
    sessions = tuple(
        Session(number, None, None, day, day, "delivered", "no", 20, 40, 1, 2)
        for number, day in enumerate(days, start=1)
    )
    people = ("PAAAAAAAAAA", "PBBBBBBBBBB")
    measures = tuple(
        Measure(
            person,
            point,
            "koos",
            "pain",
            Fraction(score),
            None,
            "higher",
            9,
            9,
            week,
            "self",
            "yes",
            "yes",
            None,
        )
        for person, scores in zip(people, ((40, 55), (50, 52)), strict=True)
        for point, score, week in zip(("baseline", "end"), scores, (0, 6), strict=True)
    )
    return Tables(
        cohort=(_cohort(signed, days),),
        participants=tuple(_participant(person) for person in people),
        sessions=sessions,
        attendance=tuple(Mark(person, number, "present", None) for person in people for number in (1, 2)),
        exercise=(),
        measures=measures,
        responses=None,
        incidents=(),
        feedback=(),
        summary=summarise(len(people), measures, {}),
    )


def _participant(person: str) -> Participant:
    return Participant(
        person,
        "65-69",
        "female",
        "knee",
        "left",
        "24-59",
        "gp",
        "yes",
        "no",
        1,
        2,
        2,
        "yes",
        None,
        None,
        None,
    )


def _cohort(signed: SignedReturn, days: tuple[date, date]) -> Cohort:
    return Cohort(
        format_version=1,
        return_id=signed.return_id,
        revision=signed.revision,
        previous_sha256=signed.previous_sha256,
        practice="yes" if signed.practice else "no",
        central_team=None,
        provider=None,
        site_code=signed.site_code,
        site_name="Môn Hall",
        cohort_code=signed.cohort_code,
        programme="knees-hips",
        pack_id="knees-hips",
        pack_version="2026.1",
        pack_sha256="ef" * 32,
        delivery="in_person",
        start_date=days[0],
        end_date=days[1],
        sessions_planned=2,
        sessions_delivered=2,
        people_referred=2,
        people_eligible=2,
        people_enrolled=2,
        people_started=2,
        people_completed=2,
        people_withdrawn=0,
        people_not_shared=0,
        completion_share=Fraction(3, 4),
        signed_on=signed.signed_at,
        app_version=signed.app_version,
    )
