"""Opening the place that an address names, and what lets one in there.

Not for: asking for a secret; whoever calls gives it when it is asked for.
"""

from __future__ import annotations

from exports.sending.address import Address, FolderAddress
from exports.sending.credentials import Credentials
from exports.sending.folder import Folder
from exports.sending.place import Place


def open_place(address: Address, host_fingerprint: str, credentials: Credentials) -> Place:
    """The place at `address`, open.

    `NotDelivered` where it cannot be reached. `Refused` where the server's key is not that of
    `host_fingerprint` (`SHA256:…`), nobody is let in, or the extra that reaches it is not installed.
    """
    if isinstance(address, FolderAddress):
        return Folder(address.path)
    if address.kind == "sftp":
        from exports.sending.sftp import open_sftp

        return open_sftp(address, host_fingerprint, credentials)
    from exports.sending.webdav import open_webdav

    return open_webdav(address, credentials)
