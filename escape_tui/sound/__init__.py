"""The sounds of a session: made here, played by the system's own player.

Not for: when one is due (`sessions.run_cues`).
"""
