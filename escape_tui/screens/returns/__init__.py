"""The returns of a cohort on screens: what is missing, signing it off, what became of it.

Not for: finding, signing or keeping any of it (`exports.completeness`, `escape_tui.signing`).
"""
