"""Reading a zip that nobody vouches for: one meaning or none, and every limit before anything is unpacked.

Not for: what a bag has to hold (`verify`). `zipfile` reads what two tools may read in two ways, and lists
entries without end; here an archive that is not plain is refused.
"""

from __future__ import annotations

import stat
import struct
import zlib
from dataclasses import dataclass
from typing import Final

from exports.taking_in import LARGEST_ALL, LARGEST_FILE, MOST_ENTRIES, NotReadable, safe_name

LARGEST_ZIP: Final = LARGEST_ALL + 1_000_000
"""Bytes of the archive itself: what is stored in it, and room for its headers."""

_END: Final = struct.Struct("<4s4H2LH")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_EXTRA: Final = struct.Struct("<2H")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_END_MARK, _CENTRAL_MARK, _LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_DESCRIPTOR_MARK: Final = b"PK\x07\x08"
_LONGEST_COMMENT: Final = 0xFFFF
_STORED, _DEFLATED = 0, 8
_UNKNOWN: Final = 0xFFFFFFFF
_ENCRYPTED: Final = 0x0001 | 0x0040 | 0x2000
_SIZES_FOLLOW: Final = 0x0008
_SECOND_NAME: Final = 0x7075
"""An extra field that gives an entry another name, which some tools follow and others do not."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: int
    mode: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


def read_zip(content: bytes) -> dict[str, bytes]:
    """Every file of the archive by its name. `NotReadable` says where it is not plain, or beyond a limit."""
    entries, directory_at = _entries(content)
    _refuse_names(entries)
    _refuse_sizes(entries)
    extents = []
    files = {}
    for entry in entries:
        begins, ends = _data_of(content, entry, directory_at)
        extents.append((entry.at, ends, entry.name))
        if not entry.is_folder:
            files[entry.name] = _unpacked(content[begins : begins + entry.packed], entry)
    _refuse_overlaps(extents)
    return files


def _entries(content: bytes) -> tuple[list[_Entry], int]:
    """What the directory at the archive's end lists, and where that directory begins."""
    end_at = _end_of(content)
    _, disk, first_disk, here, count, size, at, _ = _END.unpack_from(content, end_at)
    if (disk, first_disk) != (0, 0) or here != count:
        raise _damaged("The zip is one of several parts.")
    if count > MOST_ENTRIES:
        raise NotReadable("too_many_entries", "", f"The zip has more than {MOST_ENTRIES} entries.")
    if at + size != end_at:
        raise _damaged("Something stands before, between or behind the parts of the zip.")
    entries = []
    for _ in range(count):
        entry, at = _entry(content, at, end_at)
        entries.append(entry)
    if at != end_at:
        raise _damaged("The zip's directory does not end where it should.")
    return entries, end_at - size


def _end_of(content: bytes) -> int:
    first = max(0, len(content) - _END.size - _LONGEST_COMMENT)
    found = []
    at = content.find(_END_MARK, first)
    while at != -1 and at + _END.size <= len(content):
        if at + _END.size + _END.unpack_from(content, at)[-1] == len(content):
            found.append(at)
        at = content.find(_END_MARK, at + 1)
    if len(found) != 1:
        raise NotReadable("not_a_zip", "", "This is no zip, or one that can be read in two ways.")
    return found[0]


def _entry(content: bytes, at: int, end_at: int) -> tuple[_Entry, int]:
    """One entry of the directory, and where the next begins."""
    if at + _CENTRAL.size > end_at:
        raise _damaged("The zip's directory is cut short.")
    fields = _CENTRAL.unpack_from(content, at)
    mark, flags, method = fields[0], fields[3], fields[4]
    crc, packed, size = fields[7:10]
    name_length, extra_length, comment_length, disk = fields[10:14]
    mode, local_at = fields[15] >> 16, fields[16]
    name_at = at + _CENTRAL.size
    extra_at = name_at + name_length
    ends = extra_at + extra_length + comment_length
    if mark != _CENTRAL_MARK or disk != 0 or ends > end_at:
        raise _damaged("The zip's directory is damaged.")
    if _UNKNOWN in {packed, size, local_at}:
        raise NotReadable("too_large", "", "The zip is of the kind for huge files.")
    name = safe_name(content[name_at:extra_at])
    _refuse_second_name(content[extra_at : extra_at + extra_length], name)
    if flags & _ENCRYPTED:
        raise NotReadable("encrypted_entry", name, "An entry of the zip is encrypted.")
    if method not in {_STORED, _DEFLATED}:
        raise NotReadable("zip_damaged", name, "An entry is compressed in a way that is not taken here.")
    return _Entry(name, flags, method, crc, packed, size, local_at, mode), ends


def _refuse_second_name(extra: bytes, name: str) -> None:
    while len(extra) >= _EXTRA.size:
        kind, length = _EXTRA.unpack_from(extra)
        if kind == _SECOND_NAME:
            raise NotReadable("unsafe_path", name, "An entry of the zip has two names.")
        extra = extra[_EXTRA.size + length :]


def _refuse_names(entries: list[_Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        kind = stat.S_IFMT(entry.mode)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR} or (kind == stat.S_IFDIR) > entry.is_folder:
            raise NotReadable("link", entry.name, "An entry of the zip is a link or no plain file.")
        plain = entry.name.rstrip("/").casefold()
        if plain in seen:
            raise NotReadable(
                "duplicate_name", entry.name, "Two entries have one name, but for upper and lower case."
            )
        seen.add(plain)


def _refuse_sizes(entries: list[_Entry]) -> None:
    for entry in entries:
        if entry.size > LARGEST_FILE or entry.packed > LARGEST_FILE:
            raise NotReadable("too_large", entry.name, "An entry is larger than 50 MB.")
        if entry.is_folder and (entry.size or entry.packed):
            raise NotReadable("zip_damaged", entry.name, "A folder in the zip has content.")
    if sum(entry.size for entry in entries) > LARGEST_ALL:
        raise NotReadable("too_large", "", "The zip unpacks to more than 200 MB.")


def _data_of(content: bytes, entry: _Entry, directory_at: int) -> tuple[int, int]:
    """Where an entry's bytes begin, and where all that belongs to it ends."""
    if entry.at + _LOCAL.size > directory_at:
        raise _damaged("An entry lies outside the zip.", entry.name)
    mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack_from(
        content, entry.at
    )
    name_at = entry.at + _LOCAL.size
    begins = name_at + name_length + extra_length
    ends = begins + entry.packed
    if mark != _LOCAL_MARK or ends > directory_at:
        raise _damaged("An entry lies outside the zip.", entry.name)
    _refuse_second_name(content[name_at + name_length : begins], entry.name)
    if content[name_at : name_at + name_length] != entry.name.encode() or (flags, method) != (
        entry.flags,
        entry.method,
    ):
        raise _damaged("The zip says two things of one entry.", entry.name)
    told = (crc, packed, size)
    if not flags & _SIZES_FOLLOW:
        if told != (entry.crc, entry.packed, entry.size):
            raise _damaged("The zip says two sizes of one entry.", entry.name)
        return begins, ends
    if any(
        one not in {0, _UNKNOWN, right}
        for one, right in zip(told, (entry.crc, entry.packed, entry.size), strict=True)
    ):
        raise _damaged("The zip says two sizes of one entry.", entry.name)
    return begins, ends + _descriptor(content[ends : min(ends + 24, directory_at)], entry)


def _descriptor(found: bytes, entry: _Entry) -> int:
    """The length of the note behind an entry whose sizes were not known when it was begun."""
    for mark in (_DESCRIPTOR_MARK, b""):
        for form in ("<3L", "<LQQ"):
            note = mark + struct.pack(form, entry.crc, entry.packed, entry.size)
            if found.startswith(note):
                return len(note)
    raise _damaged("The zip says two sizes of one entry.", entry.name)


def _unpacked(packed: bytes, entry: _Entry) -> bytes:
    content = packed if entry.method == _STORED else _inflated(packed, entry)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise _damaged("An entry of the zip is damaged.", entry.name)
    return content


def _inflated(packed: bytes, entry: _Entry) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than it says, so that a bomb shows and does not go off.
        content = unpacker.decompress(packed, entry.size + 1)
    except zlib.error:
        raise _damaged("An entry of the zip is damaged.", entry.name) from None
    if not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail:
        raise _damaged("An entry of the zip is not as long as it says.", entry.name)
    return content


def _refuse_overlaps(extents: list[tuple[int, int, str]]) -> None:
    free_from = 0
    for begins, ends, name in sorted(extents):
        if begins < free_from:
            raise NotReadable("overlapping_entries", name, "Entries of the zip lie over each other.")
        free_from = ends


def _damaged(message: str, name: str = "") -> NotReadable:
    return NotReadable("zip_damaged", name, message)
