"""Tests of the screen of a session: keys pressed, records read, the screen looked at."""
