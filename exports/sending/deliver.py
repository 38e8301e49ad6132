"""Delivering one file: under a name for what is unfinished, read back, then renamed.

Not for: which file goes where. Killed or cut off between any two steps, doing it again comes to the same end.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from exports.sending.place import NameTaken, NotDelivered, Place

_MARK = 12
"""Letters of the hash in the name of what is unfinished, so that two returns never go into one file."""


def deliver(place: Place, name: str, content: bytes) -> str:
    """Bring `content` to `place` as `name`, once; the name under which it lies there.

    Where another file has that name it is left alone, and ours lies beside it under a name that bears its
    hash: the centre gets both. A file that is there already, byte for byte, is not sent again.
    `NotDelivered` where it did not arrive.
    """
    digest = hashlib.sha256(content).hexdigest()[:_MARK]
    for wanted in (name, _beside(name, digest)):
        there = place.size(wanted)
        if there is None:
            part = f"{wanted}.{digest}.part"
            _bring(place, part, content)
            try:
                place.rename(part, wanted)
            except NameTaken:
                # Somebody was quicker: judged anew, as if it had been there before.
                return deliver(place, name, content)
            return wanted
        if there == len(content) and place.read(wanted, there + 1) == content:
            return wanted
    raise NotDelivered(
        f"Other files have the names under which {name} would lie there.",
        "Ask whoever receives the returns to take them in; then run `escape sync` again.",
    )


def _bring(place: Place, part: str, content: bytes) -> None:
    begun = (place.size(part) or 0) if place.resumes else 0
    if begun and (begun > len(content) or place.read(part, begun) != content[:begun]):
        begun = 0
    if begun < len(content):
        place.write(part, content, begun)
    if place.read(part, len(content) + 1) != content:
        raise NotDelivered(
            "What was sent did not arrive whole.", "It is sent anew with the next `escape sync`."
        )


def _beside(name: str, digest: str) -> str:
    """`S042_K26-1_r1.zip.age` as `S042_K26-1_r1.0123456789ab.zip.age`."""
    suffixes = "".join(PurePosixPath(name).suffixes)
    return f"{name.removesuffix(suffixes)}.{digest}{suffixes}"
