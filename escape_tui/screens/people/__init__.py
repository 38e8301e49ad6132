"""The people of a cohort: list, page, forms, lists that come in, where each goes on to, what it all tells.

Not for: working anything out (`telling`), or changing it (`entering`, `taking_in`, `store.acts`).
"""
