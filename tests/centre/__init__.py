"""The centre: returns taken in, filed, answered, reported over."""
