"""A return as a BagIt 1.0 bag: its name, its tag files, and a zip that is the same bytes each time.

Not for: what is in the payload (`tables`, `report`), signing (`signature`), or taking a bag in (`verify`).
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sessions.errors import Refused
from sessions.text import is_code

BAGIT: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAGMANIFEST: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "tagmanifest-sha256.txt.sig"
TAG_FILES: Final = (BAGIT, INFO, MANIFEST)
"""What the tagmanifest covers."""

SIGNOFF: Final = "data/signoff.json"
COHORT: Final = "data/cohort.csv"
RESPONSES: Final = "data/responses.csv"
"""The one file that only some returns have."""
PAYLOAD: Final = (
    "data/attendance.csv",
    "data/codebook.csv",
    COHORT,
    "data/datapackage.json",
    "data/exercise.csv",
    "data/feedback.csv",
    "data/incidents.csv",
    "data/measures.csv",
    "data/participants.csv",
    "data/return.pdf",
    "data/sessions.csv",
    SIGNOFF,
    "data/summary.csv",
)

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PRACTICE_PREFIX: Final = "PRACTICE_"

_NAME = re.compile(
    r"(?P<practice>PRACTICE_)?(?P<site>[A-Z0-9-]+)_(?P<cohort>[A-Z0-9-]+)_r(?P<revision>[1-9][0-9]{0,5})"
)
_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class BagName:
    """What a bag is called: its folder, and the zip around it."""

    site_code: str
    cohort_code: str
    revision: int
    practice: bool

    @property
    def folder(self) -> str:
        """`S042_K26-1_r1`, or `PRACTICE_S042_K26-1_r1`."""
        prefix = PRACTICE_PREFIX if self.practice else ""
        return f"{prefix}{self.site_code}_{self.cohort_code}_r{self.revision}"


@dataclass(frozen=True, slots=True)
class BagInfo:
    """What `bag-info.txt` says beside the sizes: codes and dates alone."""

    return_id: str
    revision: int
    bagged_on: date
    software: str


def bag_name_of(folder: str) -> BagName | None:
    """The name that a folder's name is, None where it is none."""
    found = _NAME.fullmatch(folder)
    if found is None:
        return None
    practice = found["practice"] is not None
    # The code that no real site or cohort can have.
    if not all(
        is_code(code) or (practice and code == "PRACTICE") for code in (found["site"], found["cohort"])
    ):
        return None
    return BagName(found["site"], found["cohort"], int(found["revision"]), practice)


def bag_files(payload: Mapping[str, bytes], info: BagInfo) -> dict[str, bytes]:
    """Every file of the bag by its path in it, save the signature.

    `ValueError` for another payload than a return's.
    """
    if set(payload) - {RESPONSES} != set(PAYLOAD):
        raise ValueError("a return has exactly the files of the format")
    files = {
        **payload,
        BAGIT: DECLARATION,
        INFO: _info_text(payload, info),
        MANIFEST: manifest_of(payload),
    }
    files[TAGMANIFEST] = manifest_of({name: files[name] for name in TAG_FILES})
    return files


def manifest_of(files: Mapping[str, bytes]) -> bytes:
    """The manifest of these files: one line each, sorted, LF; `sha256sum -c` takes it."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode("ascii")


def payload_oxum(payload: Mapping[str, bytes]) -> str:
    """BagIt's count of bytes and files of the payload."""
    return f"{sum(map(len, payload.values()))}.{len(payload)}"


def zipped(folder: str, files: Mapping[str, bytes]) -> bytes:
    """A zip of one folder with these files: stored, sorted by name, at a fixed date."""
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _FIXED_TIME)
            # 3 is Unix: written on Windows it has to be the same bytes.
            entry.create_system = 3
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, files[name])
    return target.getvalue()


def encrypted(content: bytes, recipient: str) -> bytes:
    """`content` encrypted by age for one recipient (`age1…`).

    `Refused` where the program was installed without the extra `encrypt`, or the recipient is none.
    """
    try:
        import pyrage
    except ImportError:
        pyrage = None
    if pyrage is None:
        raise Refused(
            "The settings name a key to encrypt returns for, and this program was installed without age.",
            "Install it with the extra `encrypt`: escape-tui[encrypt].",
        )
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        to = None
    if to is None:
        raise Refused(
            "The age recipient in the settings is none.",
            "Copy encrypt_for anew from the central team's lines.",
        )
    sealed: bytes = pyrage.encrypt(content, [to])
    return sealed


def _info_text(payload: Mapping[str, bytes], info: BagInfo) -> bytes:
    lines = (
        f"Bag-Software-Agent: {info.software}",
        f"Bagging-Date: {info.bagged_on.isoformat()}",
        f"External-Identifier: {info.return_id}",
        f"Internal-Sender-Identifier: revision {info.revision}",
        f"Payload-Oxum: {payload_oxum(payload)}",
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
