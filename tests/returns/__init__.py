"""Returns: signatures, bags, verification, signing, and what never leaves."""
