"""Tests of the program on a real terminal."""
