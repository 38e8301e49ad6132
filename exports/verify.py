"""Judging a bag that somebody sent: is it whole, is it signed, by whom, and do its figures add up.

Not for: getting at its files (`taking_in`), nor for a home: whoever receives a return needs neither a home
nor a passphrase. What is not a return is told with every reason that was found.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Literal

from exports.bag import (
    BAGIT,
    COHORT,
    DECLARATION,
    INFO,
    MANIFEST,
    PAYLOAD,
    RESPONSES,
    SIGNATURE,
    SIGNOFF,
    TAG_FILES,
    TAGMANIFEST,
    BagName,
    bag_name_of,
    manifest_of,
    payload_oxum,
)
from exports.signature import (
    PRACTICE_NAMESPACE,
    RETURN_NAMESPACE,
    NotASignature,
    Signature,
    holds,
    read_signature,
)
from exports.signers import Claimed, Standing, Trusted, standing
from exports.signoff import SignedReturn, read_signoff, signed_instant
from exports.taking_in import NotReadable, OpenedBag

VerdictWord = Literal["genuine", "practice", "signer_not_checked", "not_a_return"]

_LARGEST_TAG_FILE: Final = 64 * 1024

_STANDINGS: Final[Mapping[Standing, tuple[str, str]]] = {
    "unknown": ("unknown_signer", "The file of signers does not give this key to that principal."),
    "wrong_namespace": ("wrong_namespace", "The file of signers lets this key sign something else."),
    "not_yet_valid": ("signer_not_yet_valid", "It was signed before the time from which the key was good."),
    "expired": ("signer_expired", "It was signed after the time until which the key was good."),
    "revoked": ("signer_revoked", "The key was revoked."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a bag is not what it should be: `code` for programs, `path` in the bag, a sentence for people."""

    code: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class SignerFound:
    """Who signed, and what the clinic's file says of them; False for both where none was given."""

    principal: str
    known: bool
    valid: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a bag turned out to be.

    `intact`: every byte is as it was sealed and all parts agree; who sealed it is told by `signers`.
    `signed` is what the signer claims, None where it cannot be read, and nothing to rely on unless `intact`.
    """

    verdict: VerdictWord
    intact: bool
    practice: bool
    revision: int | None
    signers: tuple[SignerFound, ...]
    reasons: tuple[Reason, ...]
    signed: SignedReturn | None = None
    tagmanifest_sha256: str | None = None

    @property
    def signed_by_known(self) -> bool:
        """Whether everyone who signed stands in the clinic's file, with a key that was good."""
        return bool(self.signers) and all(one.known and one.valid for one in self.signers)


def unreadable(error: NotReadable) -> Judgement:
    """The judgement on what could not be taken in."""
    reason = Reason(error.code, error.path, error.message)
    return Judgement(
        "not_a_return", intact=False, practice=False, revision=None, signers=(), reasons=(reason,)
    )


def judge(bag: OpenedBag, trusted: Trusted | None = None, at: datetime | None = None) -> Judgement:
    """Judge a bag; without `trusted` its signer is not looked up.

    A signer's time is judged at the instant that they claim, or at `at` where that is given: the day on which
    it arrived bounds what they claim.
    """
    signature, signed = _signature_of(bag), read_signoff(bag.files.get(SIGNOFF, b""))
    faults = [*_names(bag), *_sealed(bag), *_signing(bag, signature), *_agreeing(bag, signature, signed)]
    if not faults:
        faults += _figures(bag.files)
    practice = _looks_like_practice(bag, signature, signed)
    signers, doubts = _signers(signature, signed, trusted, at)
    return Judgement(
        verdict=_verdict(
            intact=not faults, practice=practice, trusted=trusted is not None, doubts=bool(doubts)
        ),
        intact=not faults,
        practice=practice,
        revision=signed.revision if signed else None,
        signers=signers,
        reasons=(*faults, *doubts),
        signed=signed,
        tagmanifest_sha256=_sha256(bag.files[TAGMANIFEST]) if TAGMANIFEST in bag.files else None,
    )


def _verdict(*, intact: bool, practice: bool, trusted: bool, doubts: bool) -> VerdictWord:
    if not intact:
        return "not_a_return"
    if practice:
        return "practice"
    if not trusted:
        return "signer_not_checked"
    return "not_a_return" if doubts else "genuine"


def _names(bag: OpenedBag) -> Iterator[Reason]:
    needed = {*PAYLOAD, *TAG_FILES, TAGMANIFEST, SIGNATURE}
    for name in sorted(needed - bag.files.keys()):
        if name == SIGNATURE:
            yield Reason("signature_missing", name, "It is not signed.")
        else:
            yield Reason("missing_file", name, "This file is missing.")
    for name in sorted(bag.files.keys() - needed - {RESPONSES}):
        yield Reason("extra_file", name, "This file does not belong to a return.")


def _sealed(bag: OpenedBag) -> Iterator[Reason]:
    files = bag.files
    large = [name for name in (*TAG_FILES, TAGMANIFEST) if len(files.get(name, b"")) > _LARGEST_TAG_FILE]
    if large:
        yield Reason("too_large", large[0], "This file is larger than that of any return.")
        return
    payload = {name: content for name, content in files.items() if name.startswith("data/")}
    if files.get(BAGIT, DECLARATION) != DECLARATION:
        yield Reason("declaration_wrong", BAGIT, "It does not declare a BagIt 1.0 bag in UTF-8.")
    if INFO in files and _oxum_in(files[INFO]) != payload_oxum(payload):
        yield Reason("oxum_wrong", INFO, "Payload-Oxum is missing, or counts other bytes than there are.")
    if MANIFEST in files:
        yield from _against(files[MANIFEST], payload, MANIFEST)
    if TAGMANIFEST in files:
        covered = {name: files[name] for name in TAG_FILES if name in files}
        yield from _against(files[TAGMANIFEST], covered, TAGMANIFEST)


def _against(manifest: bytes, files: Mapping[str, bytes], named: str) -> Iterator[Reason]:
    """Where files are not what a manifest of them says; it has one spelling alone."""
    if manifest == manifest_of(files):
        return
    said = set(manifest.splitlines())
    changed = [name for name in sorted(files) if manifest_of({name: files[name]}).rstrip(b"\n") not in said]
    for name in changed:
        yield Reason("changed_file", name, "This file is not the one that was sealed.")
    if not changed:
        yield Reason("manifest_wrong", named, "The manifest names other files, or is written in another way.")


def _oxum_in(info: bytes) -> str | None:
    found = [line.partition(b": ")[2] for line in info.split(b"\n") if line.startswith(b"Payload-Oxum:")]
    return found[0].decode("ascii", "replace") if len(found) == 1 else None


def _signature_of(bag: OpenedBag) -> Signature | Reason | None:
    armour = bag.files.get(SIGNATURE)
    if armour is None:
        return None
    try:
        return read_signature(armour)
    except NotASignature as error:
        return Reason("signature_malformed", SIGNATURE, str(error))


def _signing(bag: OpenedBag, signature: Signature | Reason | None) -> Iterator[Reason]:
    if isinstance(signature, Reason):
        yield signature
    elif signature is not None and TAGMANIFEST in bag.files:
        if signature.namespace not in {RETURN_NAMESPACE, PRACTICE_NAMESPACE}:
            yield Reason("wrong_namespace", SIGNATURE, "It was signed as something else than a return.")
        if not holds(signature, bag.files[TAGMANIFEST]):
            yield Reason("signature_wrong", SIGNATURE, "The signature is not over this content.")


def _agreeing(
    bag: OpenedBag, signature: Signature | Reason | None, signed: SignedReturn | None
) -> Iterator[Reason]:
    """Whether folder, sign-off, cohort's row and signature speak of one return."""
    name = bag_name_of(bag.folder)
    if name is None:
        yield Reason("name_disagrees", "", "The folder's name is none of a return.")
    if SIGNOFF not in bag.files or COHORT not in bag.files:
        return
    row = _cohort_row(bag.files[COHORT])
    if signed is None or row is None:
        faulty = SIGNOFF if signed is None else COHORT
        yield Reason("not_understood", faulty, "It cannot be read as this version of the format.")
        return
    if name is not None and name != _name_in(signed):
        yield Reason("name_disagrees", "", "The folder's name and the sign-off speak of different returns.")
    for column, said in _told_twice(signed):
        if row.get(column) != said:
            yield Reason("record_disagrees", COHORT, f"The sign-off says something else of {column}.")
    if isinstance(signature, Signature):
        yield from _signed_by(signature, signed)


def _signed_by(signature: Signature, signed: SignedReturn) -> Iterator[Reason]:
    """Whether the signature is that of whom the sign-off names."""
    if signed.principal != f"{signed.signer}@{signed.site_code}":
        yield Reason("signer_disagrees", SIGNOFF, "The principal is not that of its signer and site.")
    if signature.key.fingerprint != signed.key_fingerprint:
        yield Reason("signer_disagrees", SIGNATURE, "It was signed by another key than the sign-off names.")
    if (signature.namespace == PRACTICE_NAMESPACE) != signed.practice:
        yield Reason("wrong_namespace", SIGNATURE, "Practice was signed as real, or real as practice.")


def _name_in(signed: SignedReturn) -> BagName:
    return BagName(signed.site_code, signed.cohort_code, signed.revision, signed.practice)


def _told_twice(signed: SignedReturn) -> Iterable[tuple[str, str]]:
    return (
        ("format_version", str(signed.format_version)),
        ("return_id", signed.return_id),
        ("revision", str(signed.revision)),
        ("previous_sha256", signed.previous_sha256 or ""),
        ("practice", "yes" if signed.practice else "no"),
        ("site_code", signed.site_code),
        ("cohort_code", signed.cohort_code),
        ("signed_on", signed_instant(signed.signed_at)),
        ("app_version", signed.app_version),
    )


def _cohort_row(content: bytes) -> dict[str, str] | None:
    """The one row of cohort.csv, None where it is no such table."""
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        # One more than there should be: a hostile table may have millions.
        rows = list(islice(lines, 3))
    except (UnicodeDecodeError, csv.Error):
        return None
    match rows:
        case [heading, row] if len(heading) == len(row) == len(set(heading)):
            return dict(zip(heading, row, strict=True))
    return None


def _looks_like_practice(
    bag: OpenedBag, signature: Signature | Reason | None, signed: SignedReturn | None
) -> bool:
    """Whether anything in it says practice: one such sign is enough."""
    name = bag_name_of(bag.folder)
    return (
        (name is not None and name.practice)
        or (isinstance(signature, Signature) and signature.namespace == PRACTICE_NAMESPACE)
        or (signed is not None and signed.practice)
    )


def _figures(files: Mapping[str, bytes]) -> list[Reason]:
    from exports.recount import recount

    tables = {name.removeprefix("data/"): content for name, content in files.items()}
    return [Reason(one.code, f"data/{one.file}", one.message) for one in recount(tables)]


def _signers(
    signature: Signature | Reason | None,
    signed: SignedReturn | None,
    trusted: Trusted | None,
    at: datetime | None,
) -> tuple[tuple[SignerFound, ...], tuple[Reason, ...]]:
    if not isinstance(signature, Signature) or signed is None:
        return (), ()
    if trusted is None:
        return (SignerFound(signed.principal, known=False, valid=False),), ()
    claimed = Claimed(signed.principal, signature.key, signature.namespace, at or signed.signed_at)
    found = standing(claimed, trusted)
    signer = SignerFound(signed.principal, known=found != "unknown", valid=found == "valid")
    if found == "valid":
        return (signer,), ()
    code, message = _STANDINGS[found]
    return (signer,), (Reason(code, SIGNATURE, message),)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
