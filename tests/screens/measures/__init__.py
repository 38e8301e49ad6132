"""Tests of the area Measures."""
