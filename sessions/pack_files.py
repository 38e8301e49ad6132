"""Read a pack from its folder: one file a topic and an exercise, a few for the rest.

    pack.toml            who, whose text, sources, rules, circuits, sequences
    topics/<id>.toml     one discussion each
    exercises/<id>.toml  one exercise each
    schedules/<n>.toml   the programme over n sessions

Not for: holding the parts against each other (`pack_check`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from sessions.errors import Refused
from sessions.exercise import Exercise
from sessions.faults import Fault, FaultyFiles
from sessions.pack import Pack, PackHead, Schedule
from sessions.toml_source import Place, line_of, place_in_words, read_toml
from sessions.topic import Topic

SHIPPED = Path(__file__).parent / "packs"
LARGEST_FILE = 1024 * 1024
MOST_FILES = 200
FOLDERS = ("topics", "exercises", "schedules")
BESIDE = frozenset({"README.md", "LICENSE", "LICENSE.md"})
"""Files that may lie in a pack's folder and are not part of it."""

_Record = TypeVar("_Record", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class PackSource:
    """The bytes of a pack's files by their path in its folder, sorted, and the faults of the folder."""

    files: tuple[tuple[str, bytes], ...]
    faults: tuple[Fault, ...] = ()

    @property
    def sha256(self) -> str:
        """Hex digest over every path and its bytes; it changes when any of them does."""
        digest = hashlib.sha256()
        for path, content in self.files:
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Filed(Generic[_Record]):
    """A record with the file it was read from; `record` is None where the file is faulty."""

    path: str
    text: str
    record: _Record | None

    @property
    def stem(self) -> str:
        """The file's name without folder and ending: the id that the record has to bear."""
        return self.path.rpartition("/")[2].removesuffix(".toml")

    def fault(self, place: Place, wrong: str, remedy: str) -> Fault:
        """A fault at that place of the file."""
        return Fault(self.path, place_in_words(place), wrong, remedy, line_of(self.text, place))


@dataclass(frozen=True, slots=True)
class PackParts:
    """Everything of a pack that could be read, each with its file, and the faults met on the way."""

    head: Filed[PackHead]
    topics: tuple[Filed[Topic], ...]
    exercises: tuple[Filed[Exercise], ...]
    schedules: tuple[Filed[Schedule], ...]
    faults: tuple[Fault, ...]


def shipped_packs() -> tuple[str, ...]:
    """The ids of the packs that come with the program."""
    return tuple(sorted(path.name for path in SHIPPED.iterdir() if (path / "pack.toml").is_file()))


@cache
def shipped_pack(name: str) -> Pack:
    """The pack of that id that comes with the program."""
    return read_pack(SHIPPED / name)


def read_pack(folder: Path) -> Pack:
    """Read the pack in `folder`; `FaultyFiles` with every fault of every file where it cannot be."""
    parts = read_parts(read_source(folder))
    if parts.faults or parts.head.record is None:
        raise FaultyFiles(f"The pack in {folder}", parts.faults)
    head = parts.head.record
    return Pack(
        **{field: getattr(head, field) for field in PackHead.model_fields},
        topics=tuple(filed.record for filed in parts.topics if filed.record is not None),
        exercises=tuple(filed.record for filed in parts.exercises if filed.record is not None),
        schedules=tuple(filed.record for filed in parts.schedules if filed.record is not None),
    )


def read_source(folder: Path) -> PackSource:
    """Read the files in `folder`. `Refused` where there is no such folder.

    Links are faults: what they point to could lie anywhere. Files over 1 MiB are not opened.
    """
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder.", "Name the folder that holds the pack.toml.")
    files: list[tuple[str, bytes]] = []
    faults: list[Fault] = []
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if fault := _fault_of_file(path, name):
            faults.append(fault)
        elif name not in BESIDE:
            files.append((name, path.read_bytes()))
        if len(files) + len(faults) > MOST_FILES:
            wrong = f"there are more than {MOST_FILES} files."
            faults.append(Fault(folder.name, "", wrong, "Keep only the pack in its folder."))
            break
    return PackSource(tuple(files), tuple(faults))


def read_parts(source: PackSource) -> PackParts:
    """Read every file of a pack into its record, going on past those that are faulty."""
    faults = list(source.faults)
    content = dict(source.files)
    if "pack.toml" not in content and not any(fault.file == "pack.toml" for fault in faults):
        faults.append(Fault("pack.toml", "", "the file is missing.", "Write it: a pack begins with it."))
    parts = PackParts(
        head=_head(content.get("pack.toml"), faults),
        topics=_folder(source, "topics", Topic, faults),
        exercises=_folder(source, "exercises", Exercise, faults),
        schedules=_folder(source, "schedules", Schedule, faults),
        faults=(),
    )
    faults.extend(
        Fault(f"{folder}/", "", "there is no file in it.", "Add at least one.")
        for folder in FOLDERS
        if not any(path.startswith(f"{folder}/") for path in content)
    )
    return replace(parts, faults=tuple(faults))


def _head(content: bytes | None, faults: list[Fault]) -> Filed[PackHead]:
    if content is None:
        return Filed("pack.toml", "", None)
    return _filed("pack.toml", content, PackHead, faults)


def _folder(
    source: PackSource, folder: str, record: type[_Record], faults: list[Fault]
) -> tuple[Filed[_Record], ...]:
    return tuple(
        _filed(path, content, record, faults)
        for path, content in source.files
        if path.startswith(f"{folder}/")
    )


def _filed(path: str, content: bytes, record: type[_Record], faults: list[Fault]) -> Filed[_Record]:
    text = content.decode("utf-8", "replace")
    read = read_toml(path, content, record)
    if isinstance(read, tuple):
        faults.extend(read)
        return Filed(path, text, None)
    return Filed(path, text, read)


def _walk(folder: Path) -> Iterator[Path]:
    """Files, links and folders that do not belong below `folder`, sorted; links are not followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            if path.name not in FOLDERS:
                yield path
            yield from sorted(path.iterdir())
        else:
            yield path


def _fault_of_file(path: Path, name: str) -> Fault | None:
    if path.is_symlink():
        return Fault(name, "", "this is a link.", "Put the file itself into the folder.")
    if not path.is_file():
        return Fault(name, "", "this is not a file that belongs here.", "Take it out of the folder.")
    if path.stat().st_size > LARGEST_FILE:
        return Fault(name, "", "the file is larger than 1 MiB.", "Keep text alone in a pack.")
    folder, _, rest = name.partition("/")
    is_part = folder in FOLDERS and rest.endswith(".toml") and "/" not in rest
    if not is_part and name != "pack.toml" and name not in BESIDE:
        return Fault(name, "", "the file is not part of a pack.", "Take it out, or correct its name.")
    return None
