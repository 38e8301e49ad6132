"""The screens, pressed and looked at without a terminal."""
