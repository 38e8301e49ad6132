"""The screens of the area Measures.

Not for: what they rest on (`escape_tui.entry`).
"""
