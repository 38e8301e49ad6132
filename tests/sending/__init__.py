"""Tests of sending returns and of the receipts that come home."""
