"""What a file of the inbox turns out to be, and on whose word, by the centre's own lists alone.

Not for: judging a bag (`verify`), which it asks once for each, nor for which revision counts (`line`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from exports.bag import MANIFEST, SIGNATURE, SIGNOFF, TAGMANIFEST
from exports.centre.ledger import Sender
from exports.signature import RETURN_NAMESPACE, NotASignature, PublicKey, holds, read_signature
from exports.signers import AllowedSigner, Claimed, Trusted, standing
from exports.signoff import FORMAT_VERSION, SignedReturn, read_signoff
from exports.taking_in import NotReadable, OpenedBag
from exports.verify import Reason, judge

LONGEST_WHY: Final = 400
_LARGEST_SIGNOFF: Final = 1_000_000
_MAY_CHANGE: Final = frozenset({"encrypted", "unreadable"})
"""Reasons that lie with the centre or its machine, not with what was sent."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What the centre goes by: who may sign, whose key is good no more, its age identity.

    `under` is a digest of all of it: under the same, the same file is judged the same.
    """

    by_principal: Mapping[str, tuple[AllowedSigner, ...]]
    revoked: frozenset[PublicKey]
    identity: bytes | None
    under: str

    def for_principal(self, principal: str) -> Trusted:
        """The lines of one principal alone, so that judging does not slow down with the number of sites."""
        return Trusted(self.by_principal.get(principal, ()), self.revoked)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a file is. `sender` is who vouches for it, where that is a known signer, and what they say."""

    verdict: Literal["sound", "refused", "set_aside"]
    why_code: str = ""
    why: str = ""
    sender: Sender | None = None


def lists_of(trusted: Trusted, identity: bytes | None) -> Lists:
    """The lists, ready to be asked."""
    by_principal: dict[str, list[AllowedSigner]] = {}
    for line in trusted.allowed:
        by_principal.setdefault(line.principal, []).append(line)
    told = [
        *(line.line for line in trusted.allowed),
        *sorted(key.text for key in trusted.revoked),
        hashlib.sha256(identity or b"").hexdigest(),
        f"format {FORMAT_VERSION}",
    ]
    under = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return Lists(
        {name: tuple(lines) for name, lines in by_principal.items()}, trusted.revoked, identity, under
    )


def finding_of(open_it: Callable[[], OpenedBag], lists: Lists) -> Finding:
    """What the bag that `open_it` gives is; it may raise `NotReadable`."""
    try:
        bag = open_it()
    except NotReadable as error:
        return unreadable(error)
    signoff = bag.files.get(SIGNOFF, b"")
    if _of_newer_format(signoff):
        return Finding(
            "set_aside",
            "newer_format",
            "It is of a newer format; bring this program up to date, then receive again.",
        )
    claimed = read_signoff(signoff)
    trusted = lists.for_principal(claimed.principal if claimed else "")
    found = judge(bag, trusted)
    if found.verdict == "practice":
        return Finding("refused", "practice", "It is a practice return: nothing in it happened.")
    if found.intact and not any(one.known for one in found.signers):
        return Finding("set_aside", "unknown_signer", _words(found.reasons))
    sender = _vouched(bag, claimed, trusted) if claimed else None
    if found.verdict == "genuine" and sender is not None:
        return Finding("sound", sender=sender)
    return Finding("refused", found.reasons[0].code if found.reasons else "", _words(found.reasons), sender)


def unreadable(error: NotReadable) -> Finding:
    """What it is that cannot be taken in: set aside where that may be otherwise another time."""
    verdict: Literal["refused", "set_aside"] = "set_aside" if error.code in _MAY_CHANGE else "refused"
    return Finding(verdict, error.code, _words([Reason(error.code, error.path, error.message)]))


def _words(reasons: tuple[Reason, ...] | list[Reason]) -> str:
    told = " ".join(f"{one.path}: {one.message}" if one.path else one.message for one in reasons[:3])
    return told if len(told) <= LONGEST_WHY else f"{told[: LONGEST_WHY - 1]}…"


def _of_newer_format(signoff: bytes) -> bool:
    if len(signoff) > _LARGEST_SIGNOFF:
        return False
    try:
        document = json.loads(signoff)
    except (ValueError, RecursionError):
        return False
    version = document.get("format_version") if isinstance(document, dict) else None
    return isinstance(version, int) and not isinstance(version, bool) and version > FORMAT_VERSION


def _vouched(bag: OpenedBag, signed: SignedReturn, trusted: Trusted) -> Sender | None:
    """Who vouches for the sign-off, although other parts of the bag may be damaged; None for a stranger.

    Only then is anybody answered: an answer to what nobody signed would be about what somebody made up.
    """
    files = bag.files
    tagmanifest, manifest = files.get(TAGMANIFEST), files.get(MANIFEST)
    if tagmanifest is None or manifest is None or signed.practice:
        return None
    if not (_lists(tagmanifest, MANIFEST, manifest) and _lists(manifest, SIGNOFF, files[SIGNOFF])):
        return None
    try:
        signature = read_signature(files.get(SIGNATURE, b""))
    except NotASignature:
        return None
    principal_fits = signed.principal == f"{signed.signer}@{signed.site_code}"
    key_fits = signature.key.fingerprint == signed.key_fingerprint
    if not (principal_fits and key_fits and signature.namespace == RETURN_NAMESPACE):
        return None
    claim = Claimed(signed.principal, signature.key, signature.namespace, signed.signed_at)
    if standing(claim, trusted) == "unknown" or not holds(signature, tagmanifest):
        return None
    return Sender(
        tagmanifest_sha256=hashlib.sha256(tagmanifest).hexdigest(),
        site_code=signed.site_code,
        cohort_code=signed.cohort_code,
        return_id=signed.return_id,
        revision=signed.revision,
        previous_sha256=signed.previous_sha256,
        principal=signed.principal,
        public_key=signature.key.text,
        signed_at=signed.signed_at,
    )


def _lists(manifest: bytes, name: str, content: bytes) -> bool:
    line = f"{hashlib.sha256(content).hexdigest()}  {name}".encode()
    return line in manifest.split(b"\n")
