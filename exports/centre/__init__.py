"""The centre's side: returns are taken in, filed, answered, and reported over.

Not for: sites. It is the one room of `exports` that keeps a database; only its own commands load it.
"""
