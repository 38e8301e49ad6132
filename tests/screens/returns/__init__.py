"""Tests of the screens of returns."""
