"""Measurements against a comparison in the same run; never part of the tests."""
