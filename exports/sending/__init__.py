"""Bringing a return to where the settings say: a folder, an SFTP server, a WebDAV server.

Not for: what is sent and when (`escape_tui.syncing`).
"""
