"""The tests, each a sentence of behaviour."""
