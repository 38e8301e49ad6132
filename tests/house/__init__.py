"""The house itself: its law, its style, its pins, its documents."""
