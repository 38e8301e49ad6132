"""The screen of a session: one screen, a pane for each thing a facilitator does in it.

Not for: the model of the evening, which is `escape_tui.guiding`.
"""
