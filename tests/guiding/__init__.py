"""Tests of guiding a session, without a screen."""
